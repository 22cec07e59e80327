"""Targets against results: the same period first, then the last before it, of one place and unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assistant.attainment import attainments
from corpus.document import Span
from corpus.periods import Period
from index.reading import Reading, ReadingKind

WHOLE = {year: Period(date(year, 1, 1), date(year, 12, 31), str(year)) for year in range(2021, 2031)}


def figure(value: float, year: int | None, kind: ReadingKind, scope: str = "Oslo", unit: str = "%") -> Reading:
    """A reading of the share of electric ferries."""
    period = WHOLE[year] if year else None
    return Reading(
        "d", 0, 3, f"{value}", Span(0, 9), value, None, None, unit, "", "share of electric ferries", "stated", period,
        "stated" if year else None, scope, "stated", kind,
    )  # fmt: skip


def test_the_result_of_the_targets_own_period_comes_first() -> None:
    """What was measured before what was estimated."""
    target, reached = figure(40, 2024, "target"), figure(38, 2024, "actual")
    found = attainments([figure(39, 2024, "estimate"), figure(31, 2023, "actual"), target, reached])
    assert [(one.target, one.reached, one.same_period, one.told) for one in found] == [(target, reached, True, "below")]


def test_else_the_last_result_before_the_targets_end() -> None:
    """Named as one of another period; what comes later is no result of the target."""
    target, before = figure(60, 2026, "target"), figure(55, 2025, "estimate")
    [found] = attainments([figure(31, 2023, "actual"), before, figure(70, 2027, "actual"), target])
    assert (found.reached, found.same_period) == (before, False)


def test_another_place_or_unit_is_no_result() -> None:
    """Nothing is set against it then."""
    target = figure(60, 2026, "target")
    [found] = attainments([target, figure(70, 2026, "actual", scope="Bergen"), figure(7, 2026, "actual", unit="count")])
    assert (found.reached, found.told) == (None, "")


def test_a_target_without_a_period_takes_the_last_result_with_a_stated_one() -> None:
    """The date of a report decides only where nothing else does."""
    inferred = replace(figure(60, 2025, "actual"), period_known="inferred")
    stated = figure(45, 2024, "actual")
    [found] = attainments([figure(60, None, "target"), inferred, stated])
    assert found.reached == stated
    [found] = attainments([figure(60, None, "target"), inferred])
    assert (found.reached, found.told) == (inferred, "at")


def test_a_lower_rank_number_is_above_the_target() -> None:
    """70th is above 71st."""
    [found] = attainments([figure(71, 2024, "target", unit="rank"), figure(70, 2024, "rank", unit="rank")])
    assert found.told == "above"


def test_a_range_is_not_compared() -> None:
    """Whether 30 to 50 lies above 40 cannot be told."""
    [found] = attainments([replace(figure(30, 2024, "target"), value_to=50.0), figure(40, 2024, "actual")])
    assert found.told == ""


def test_a_target_told_twice_is_one() -> None:
    """By two documents, or twice in one."""
    assert len(attainments([figure(60, 2030, "target"), replace(figure(60, 2030, "target"), start=50)])) == 1


def test_without_targets_there_is_nothing() -> None:
    """An empty series and one with results only."""
    assert attainments([]) == attainments([figure(31, 2023, "actual")]) == []
