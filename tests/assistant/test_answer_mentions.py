"""What an answer names."""

from __future__ import annotations

import pytest

from assistant.answer import Answer, Citation, Refusal, Verdict
from assistant.answer_mentions import entity, what_is_told


def answer(short: str | None, quote: str, *, speaker: str = "", refusal: Refusal | None = None) -> Answer:
    """An answer with one citation."""
    citation = Citation(
        1, "d", "d.txt", "Weekly call", None, None, "", "d.txt", quote, 0, len(quote), speaker, None, Verdict.EXACT
    )
    return Answer("?", "?", "", short, (), (citation,), refusal=refusal)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Nghe An", "Nghe An"),
        ("comrade Tran Phong", "Tran Phong"),
        ("chief executive Mara Lindqvist", "Mara Lindqvist"),
        ("the treasurer", "the treasurer"),
        ("about 38.3%", ""),
        ("they have to work online", ""),
        ("", ""),
    ],
)
def test_a_name_is_told_from_other_answers(words: str, name: str) -> None:
    """By its capitals, or as a post."""
    assert entity(words) == name


def test_a_post_comes_with_its_holder() -> None:
    """The short answer may stop in the middle of a name."""
    told = what_is_told(answer("Mayor", "Mayor Ada Brook closed the session."))
    assert told is not None and told.name == "Mayor Ada Brook"


def test_a_figure_and_the_speaker_are_told() -> None:
    """With the title of what is quoted."""
    told = what_is_told(answer("44 percent", "The share was 44 percent.", speaker="Analyst"))
    assert told is not None and (told.figure, told.speaker, told.title) == ("44 percent", "Analyst", "Weekly call")


def test_a_refusal_names_nothing() -> None:
    """Nor does a turn without its answer."""
    assert what_is_told(answer(None, "Nothing.", refusal=Refusal.NOT_SAID)) is None
    assert what_is_told(None) is None
