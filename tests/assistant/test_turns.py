"""What a conversation is about."""

from __future__ import annotations

import pytest

from assistant.noun_phrases import noun_phrases
from assistant.turns import Turn, antecedent, main_topic, opening_turn, said_before


def conversation(*questions: str) -> list[Turn]:
    """Turns that each stand alone."""
    return [opening_turn(question) for question in questions]


@pytest.mark.parametrize(
    ("question", "focus"),
    [
        ("What are the origins of popular music?", "popular music"),
        ("What was the share of the digital economy in 2021?", "the share"),
        ("What was the rate in Nghe An?", "the rate"),
        ("What is worth seeing in Washington D.C.?", "Washington D.C."),
        ("What was discussed at the meeting?", None),
    ],
)
def test_a_turn_is_about_one_thing(question: str, focus: str | None) -> None:
    """B of "the A of B", but a figure is asked for itself; the meeting is never the topic."""
    found = opening_turn(question).focus
    assert (found.text if found else None) == focus


def test_the_main_topic_is_the_most_frequent_and_then_the_first() -> None:
    """Ties go to the opening of the conversation."""
    first, other = "What is yoga?", "What is asthma?"
    assert main_topic(conversation(first, other)).core == "yoga"
    assert main_topic(conversation(first, other, other)).core == "asthma"
    assert main_topic([]) is None


def test_a_pronoun_agrees_with_what_it_stands_for() -> None:
    """One thing, several, a person."""
    turns = conversation("What are cubesats?", "Why did Elon Musk found the company?")
    assert antecedent("they", turns).text == "cubesats"
    assert antecedent("person", turns).text == "Elon Musk"
    assert antecedent("person", conversation("What is yoga?")) is None


def test_a_short_name_finds_the_full_one() -> None:
    """ "the College" after "the US Electoral College", but not "the test"."""
    turns = conversation("What is the US Electoral College?")
    assert said_before(noun_phrases("the College")[0], turns).text == "the US Electoral College"
    assert said_before(noun_phrases("the test")[0], turns) is None


def test_a_turn_is_written_with_one_pair_of_brackets() -> None:
    """What is added stands before the closing mark, and in the body after a comma."""
    turn = Turn("What are the costs?", ("the shop", "2024"))
    assert turn.text == "What are the costs (the shop, 2024)?"
    assert turn.body == "the costs, the shop, 2024"


def test_a_meeting_is_more_than_its_board() -> None:
    """ "it" is then the meeting."""
    focus = opening_turn("When was the third meeting of the Audit Board?").focus
    assert focus is not None and focus.full == "the third meeting of the Audit Board"
