"""Follow-ups that are no sentence."""

from __future__ import annotations

import pytest

from assistant.fragments import asked_alone, asks_for_kind, is_fragment, without_periods
from assistant.turns import opening_turn


@pytest.mark.parametrize(
    ("before", "rest", "read"),
    [
        ("How many localities issued a plan?", "how many ministries?", "How many ministries issued a plan?"),
        ("Who checks the count?", "by when?", "By when (who checks the count)?"),
        ("Which place did Porto take in 2024?", "out of how many?", "Out of how many (place did Porto take in 2024)?"),
    ],
)
def test_a_question_word_asks_on(before: str, rest: str, read: str) -> None:
    """For another thing of the same sort, or about what was asked."""
    turn = asked_alone(rest, opening_turn(before))
    assert turn is not None and turn.text == read


@pytest.mark.parametrize(
    "rest", ["who pays the rest?", "What empires survived?", "Why?", "When was it held?", "the costs"]
)
def test_what_has_a_verb_is_a_question_of_its_own(rest: str) -> None:
    """It asks for more than the question word."""
    assert asked_alone(rest, opening_turn("Who checks the count?")) is None


def test_a_prepositional_phrase_is_a_fragment() -> None:
    """What holds a verb or a pronoun is none."""
    assert is_fragment("in Brackwell?") and is_fragment("per inhabitant?") and is_fragment("compared to Braga")
    assert not is_fragment("in which year?") and not is_fragment("about it") and not is_fragment("EGDI rank 2024?")


def test_a_question_for_a_kind_names_nothing_else() -> None:
    """The thing that the target is of is the one talked about."""
    assert asks_for_kind("What's the target for 2025?")
    assert not asks_for_kind("What is the revenue target?") and not asks_for_kind("Why?")


def test_a_text_loses_its_periods() -> None:
    """With the words that join them."""
    assert without_periods("the revenue of Porto in 2023") == "the revenue of Porto"
