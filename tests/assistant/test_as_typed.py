"""Follow-ups typed in haste, written out."""

from __future__ import annotations

import pytest

from assistant.as_typed import written_out

TEXT = "The town of Brackwell met. Fares rose. The NDXP carries data, and in Brackwell fares fell."


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("whats the target", "what is the target"),
        ("where's that from", "where is that from"),
        ("who didnt come", "who did not come"),
        ("whose fares", "whose fares"),
    ],
)
def test_shortened_words_are_written_in_full(typed: str, written: str) -> None:
    """With or without their apostrophe."""
    assert written_out(typed) == written


def test_names_get_the_capitals_of_the_text() -> None:
    """With what hangs on them; a capital that opens a sentence makes no name."""
    assert written_out("brackwell's ndxp and fares", [TEXT]) == "Brackwell's NDXP and fares"
    assert written_out("brackwells fares", [TEXT]) == "Brackwell’s fares"


def test_what_another_text_writes_small_is_no_name() -> None:
    """Nor is a small word of the sentence."""
    assert written_out("in brackwell", [TEXT, "a brackwell"]) == "in brackwell"
    assert written_out("is it in", ["The IT staff of the IN office"]) == "is it in"


def test_what_the_user_wrote_with_capitals_stays() -> None:
    """Whatever the texts say."""
    assert written_out("and Ndxp?", [TEXT]) == "and Ndxp?"
