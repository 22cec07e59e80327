"""One thing exchanged for another of its kind."""

from __future__ import annotations

import pytest

from assistant.noun_phrases import noun_phrases
from assistant.swapping import spots, swapped, with_slots


@pytest.mark.parametrize(
    ("rest", "question", "read"),
    [
        ("in Brackwell", "What was the share in Aldermoor in 2021?", "What was the share in Brackwell in 2021?"),
        ("nationally", "What was the share in Aldermoor?", "What was the share nationally?"),
        ("the whole country", "How many came in Aldermoor?", "How many came in the whole country?"),
        ("2022", "What was the share in 2021?", "What was the share in 2022?"),
    ],
)
def test_periods_and_places_are_exchanged(rest: str, question: str, read: str) -> None:
    """A place is known, or a name behind "in"."""
    assert with_slots(rest, question).question == read


@pytest.mark.parametrize(
    ("new", "question", "read"),
    [
        ("districts", "What share of communes is reached?", "What share of districts is reached?"),
        ("the trains", "How many passengers did the buses carry?", "How many passengers did the trains carry?"),
        ("secondary schools", "How many pupils at primary schools eat?", "How many pupils at secondary schools eat?"),
    ],
)
def test_things_of_one_form_are_exchanged(new: str, question: str, read: str) -> None:
    """Bare plural for bare plural, "the" for "the", and what shares a word."""
    assert swapped(noun_phrases(new)[0], question, None) == read


def test_a_word_stands_for_another_where_the_record_writes_them_alike() -> None:
    """ "solar capacity" is told of, "revenue margin" is not."""
    solar, texts = noun_phrases("solar")[0], ["Installed solar capacity grew."]
    question = "What was the wind capacity of Porto?"
    assert swapped(solar, question, None, texts=texts) == "What was the solar capacity of Porto?"
    assert swapped(solar, question, None) is None


def test_what_has_no_counterpart_is_not_exchanged() -> None:
    """Two things of its form leave open which one is meant."""
    assert swapped(noun_phrases("the trains")[0], "Do the buses cross the bridges?", None) is None


def test_a_part_of_an_organisation_is_no_place() -> None:
    """Only a name whose every word has a capital."""
    assert not spots("in the Irrigation division") and spots("in Brackwell")
