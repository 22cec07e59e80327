"""Quantities that are words of their own."""

from __future__ import annotations

import pytest

from corpus.quantities import Quantity, find_quantities


def _only(text: str) -> Quantity:
    found = find_quantities(text)
    assert len(found) == 1, [text[quantity.start : quantity.end] for quantity in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two thirds of them came", 200 / 3),
        ("two-thirds majority", 200 / 3),
        ("three quarters of them", 75),
        ("a third of farms", 100 / 3),
        ("a quarter of the farms", 25),
        ("half of all farms", 50),
        ("cut by half.", 50),
    ],
)
def test_parts_of_a_whole_in_words_are_percentages(text: str, value: float) -> None:
    """Of the whole that is named after them."""
    quantity = _only(text)
    assert (quantity.value, quantity.unit) == (pytest.approx(value), "%")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Sales doubled.", 2),
        ("Sales tripled.", 3),
        ("It quadrupled.", 4),
        ("It was halved.", 0.5),
        ("to double by 2030", 2),
        ("twice as many", 2),
    ],
)
def test_verbs_of_multiplication_are_times(text: str, value: float) -> None:
    """Without a number beside them."""
    quantity = _only(text)
    assert (quantity.value, quantity.unit) == (value, "times")
