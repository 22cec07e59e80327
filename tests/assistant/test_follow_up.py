"""One turn read through those before it."""

from __future__ import annotations

from assistant.follow_up import asked_of, read_turn
from assistant.turns import opening_turn


def test_a_count_goes_on_counting_the_same() -> None:
    """What was counted is put in where the follow-up leaves it out."""
    before = opening_turn("How many permits were issued?")
    assert read_turn("How many were renewed?", [before]).core == "How many permits were renewed?"


def test_a_question_about_the_answer_tells_what_was_asked() -> None:
    """In brackets, so that it can be read alone."""
    before = opening_turn("What was the share in 2024?")
    assert asked_of("and who said so?", before).text == "Who said so (the share in 2024)?"


def test_the_first_turn_is_read_as_it_is() -> None:
    """Nothing stands before it."""
    assert read_turn("And in 2022?", []).text == "And in 2022?"
