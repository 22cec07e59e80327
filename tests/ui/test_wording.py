"""Words for dates and counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.wording import age, counted

TODAY = date(2024, 11, 28)


@pytest.mark.parametrize(
    ("then", "said"),
    [
        (date(2024, 11, 28), "today"),
        (date(2024, 11, 27), "yesterday"),
        (date(2024, 11, 15), "13 days ago"),
        (date(2024, 11, 7), "3 weeks ago"),
        (date(2024, 10, 28), "1 month ago"),
        (date(2024, 7, 29), "3 months ago"),
        (date(2024, 7, 28), "4 months ago"),
        (date(2023, 11, 29), "11 months ago"),
        (date(2023, 11, 28), "1 year ago"),
        (date(2020, 2, 29), "4 years ago"),
        (date(2024, 12, 1), "in 3 days"),
        (date(2025, 11, 28), "in 1 year"),
    ],
)
def test_an_age_is_told_in_the_largest_full_unit(then: date, said: str) -> None:
    """A month is full on its day, not before."""
    assert age(then, today=TODAY) == said


@given(st.integers(0, 4000), st.integers(0, 4000))
def test_what_is_older_never_sounds_younger(one: int, other: int) -> None:
    """Told in days, weeks, months or years, the order stays."""
    units = {"day": 1, "week": 7, "month": 28, "year": 360}

    def at_least(days: int) -> int:
        said = age(TODAY - timedelta(days=days), today=TODAY)
        if said in ("today", "yesterday"):
            return int(said == "yesterday")
        count, unit, _ = said.split()
        return int(count) * units[unit.removesuffix("s")]

    younger, older = sorted((one, other))
    assert at_least(younger) <= at_least(older)


def test_things_are_counted() -> None:
    """One has no s."""
    assert [counted(count, "passage") for count in (0, 1, 1200)] == ["0 passages", "1 passage", "1,200 passages"]
