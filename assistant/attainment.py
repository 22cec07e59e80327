"""Targets of a series against what was reached: each target with the result of its own period, else the last before.

Only figures of the same place and unit are set against each other, and whether the result lies above or
below is all that is worked out: whether that is good, the record has to say. Knows nothing of how
readings are grouped and shown.

>>> # attainments(indicator.readings)[0].told
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from index.reading import Reading
from index.terms import fold

__all__ = ["Attainment", "attainments"]

Told = Literal["above", "at", "below", ""]  # "" where the two cannot be compared
REACHED = ("actual", "estimate", "rank", "count")  # what was measured is looked at before what was estimated


@dataclass(frozen=True, slots=True)
class Attainment:
    """A target and the result that comes nearest to its period."""

    target: Reading
    reached: Reading | None  # None where the record does not say
    same_period: bool  # whether the result is of the target's own period
    told: Told  # where the result lies


def attainments(readings: Iterable[Reading]) -> list[Attainment]:
    """Each target among `readings`, those told again once, in their order."""
    readings = list(readings)
    told: dict[object, Reading] = {}
    for reading in readings:
        if reading.kind == "target":
            period = (reading.period.start, reading.period.end) if reading.period else None
            told.setdefault((fold(reading.scope), period, reading.unit, reading.value, reading.value_to), reading)
    return [_attainment(target, readings) for target in told.values()]


def _attainment(target: Reading, readings: Sequence[Reading]) -> Attainment:
    results = [
        reading
        for reading in readings
        if reading.kind in REACHED
        and reading.period
        and reading.unit == target.unit
        and fold(reading.scope) == fold(target.scope)
    ]
    period = target.period
    same = [
        result
        for result in results
        if period and result.period and (result.period.start, result.period.end) == (period.start, period.end)
    ]
    # The day of a report is no period that somebody named: it decides only where nothing else does.
    results = [result for result in results if result.period_known != "inferred"] or results
    before = [result for result in results if period is None or (result.period and result.period.end <= period.end)]
    reached = min(same, key=lambda result: REACHED.index(result.kind), default=None) or _latest(before)
    return Attainment(target, reached, bool(same), _compared(reached, target) if reached else "")


def _latest(results: Sequence[Reading]) -> Reading | None:
    """The last by the end of its period; of several the longest, then what was measured rather than estimated."""

    def order(result: Reading) -> tuple[int, int, int]:
        assert result.period is not None
        days = (result.period.end - result.period.start).days
        return result.period.end.toordinal(), days, -REACHED.index(result.kind)

    return max(results, key=order, default=None)


def _compared(reached: Reading, target: Reading) -> Told:
    ranges = any(reading.value_to is not None for reading in (reached, target))
    if ranges or (reached.total or None) != (target.total or None):
        return ""
    gap = reached.value - target.value
    if target.unit == "rank":
        gap = -gap  # 71st is below 70th
    return "above" if gap > 0 else "below" if gap < 0 else "at"
