"""Periods named by the one before."""

from __future__ import annotations

import pytest

from assistant.told_periods import in_full


@pytest.mark.parametrize(
    ("follow_up", "before", "full"),
    [
        ("and the year before?", "What was the revenue in 2023?", "and 2022?"),
        ("the following year?", "What was the revenue in 2023?", "2024?"),
        ("second half?", "How many came in the first half of 2023?", "second half of 2023?"),
        ("and over the whole year?", "How full was it in the fourth quarter of 2023?", "and in 2023?"),
        ("in March?", "What was spent in 2024?", "in March 2024?"),
        ("in Q2?", "What was spent in 2024?", "in Q2 2024?"),
    ],
)
def test_a_part_of_a_year_takes_the_year_before_it(follow_up: str, before: str, full: str) -> None:
    """Also the year before and after, and the whole of it."""
    assert in_full(follow_up, before) == full


@pytest.mark.parametrize(
    ("follow_up", "before"),
    [
        ("in the first half of 2021?", "What was spent in 2024?"),
        ("the year before?", "What was spent?"),
        ("may I see it?", "What was spent in 2024?"),
        ("the year before?", "What was spent from 2019 to 2024?"),
    ],
)
def test_what_has_a_year_or_none_to_take_stays(follow_up: str, before: str) -> None:
    """No year is guessed: none was named, or several were."""
    assert in_full(follow_up, before) == follow_up
