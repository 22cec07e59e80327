"""Follow-ups that are no sentence."""

from __future__ import annotations

import pytest

from assistant.fragments import asked_alone, is_fragment
from assistant.turns import opening_turn


@pytest.mark.parametrize(
    ("before", "rest", "read"),
    [
        ("How many localities issued a plan?", "how many ministries?", "How many ministries issued a plan?"),
        ("Who checks the count?", "by when?", "By when (who checks the count)?"),
        ("How much did the rate grow?", "since when?", "Since when did the rate grow?"),
        ("When is the draft ready?", "how many pages", "How many pages does the draft have?"),
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
