"""The marks of a drawn series: which readings are on one scale, where each stands in time, and in which colour.

Readings that tell one value of one place and period are one mark. Changes are left out: a rise is not
on the scale of what rises. Knows nothing of how they are drawn.

>>> # marks_of(rows, "%").points[0].middle
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ui.figure_labels import COLOURS, EPOCH, axis_words
from ui.wording import one_line

if TYPE_CHECKING:
    from ui.figure_rows import SourcedReading

__all__ = [
    "MANY",
    "PLACES",
    "Marks",
    "PlotPoint",
    "colours_of",
    "joined",
    "label_order",
    "marks_of",
    "time_range",
    "value_range",
]

MANY = 24  # points: only ends, extremes and targets are labelled, without their sources
PLACES = 6  # with a colour of their own; the rest share the last
CLASSES = (300, 150, 80, 20, 0)  # days at least of a year, half, quarter, month, day
SPAN = 200  # days at least that are shown
OF_TOTAL = "% of the total"


@dataclass(frozen=True, slots=True)
class PlotPoint:
    """Readings that tell one value of one place and period, as one mark."""

    scope: str
    kind: str  # "actual", "estimate" or "target"
    start: date
    end: date
    value: float  # on the y axis
    value_to: float | None
    rows: tuple[SourcedReading, ...]

    @property
    def middle(self) -> float:
        """In days since EPOCH."""
        return (self.start - EPOCH).days + self.days / 2

    @property
    def height(self) -> float:
        """The value; of a range its middle."""
        return self.value if self.value_to is None else (self.value + self.value_to) / 2

    @property
    def days(self) -> int:
        """How long the period is."""
        return (self.end - self.start).days + 1

    @property
    def length(self) -> int:
        """Which of CLASSES: a line joins only periods of like length."""
        return next(number for number, days in enumerate(CLASSES) if self.days >= days)


@dataclass(frozen=True, slots=True)
class Marks:
    """What can be drawn of a series."""

    points: list[PlotPoint]  # by place and time
    axis: str  # what stands at the value axis
    left_out: list[str]  # why other readings are not among them, a sentence each


def marks_of(rows: Sequence[SourcedReading], unit: str) -> Marks:
    """The marks of the series of `rows` that is counted in `unit`."""
    shares = _are_shares(rows)
    told: dict[tuple[str, str, date, date, float, float | None], list[SourcedReading]] = defaultdict(list)
    reasons: Counter[str] = Counter()
    for row in rows:
        reading = row.reading
        if reading.kind == "change":
            reasons["a change, not a level"] += 1
        elif reading.period is None:
            reasons["no period is told"] += 1
        elif shares and not reading.total:
            reasons["no total is told"] += 1
        elif not shares and reading.unit != unit:
            reasons["counted in another unit"] += 1
        else:
            total = reading.total if shares else None
            value = 100 * reading.value / total if total else reading.value
            value_to = 100 * reading.value_to / total if total and reading.value_to else reading.value_to
            kind = reading.kind if reading.kind in ("estimate", "target") else "actual"
            key = (reading.scope, kind, reading.period.start, reading.period.end, value, value_to)
            told[key].append(row)
    points = [PlotPoint(*key, tuple(group)) for key, group in told.items()]
    points.sort(key=lambda point: (point.scope, point.middle, point.value))
    said = [f"{count} {'reading' if count == 1 else 'readings'} not drawn: {why}" for why, count in reasons.items()]
    return Marks(points, OF_TOTAL if shares else axis_words(one_line(unit)), [f"{line}." for line in said])


def _are_shares(rows: Sequence[SourcedReading]) -> bool:
    """Whether what is drawn is a part of a total, such as 477/832, rather than a number."""
    levels = [row.reading for row in rows if row.reading.kind != "change" and row.reading.unit != "rank"]
    return 2 * sum(bool(reading.total) for reading in levels) >= max(1, len(levels))


def joined(points: Sequence[PlotPoint]) -> list[list[PlotPoint]]:
    """The points that a line joins: of one place, over periods of like length, targets left out."""
    lines: dict[tuple[str, int], dict[float, PlotPoint]] = defaultdict(dict)
    for point in points:
        if point.kind != "target":
            lines[point.scope, point.length].setdefault(point.middle, point)  # of two at one time, the first
    return [[line[middle] for middle in sorted(line)] for line in lines.values()]


def time_range(points: Sequence[PlotPoint]) -> tuple[float, float]:
    """From when until when is shown, in days since EPOCH: all periods with room around them."""
    first = min(point.middle - point.days / 2 for point in points)
    last = max(point.middle + point.days / 2 for point in points)
    around = max(0.07 * (last - first), (SPAN - (last - first)) / 2, 10.0)
    return first - around, last + around


def value_range(points: Sequence[PlotPoint], axis: str) -> tuple[float, float]:
    """The values at the bottom and at the top: from nothing where that fits; a rank of 1 is at the top."""
    heights = [value for point in points for value in (point.value, point.value_to) if value is not None]
    low, high = min(heights), max(heights)
    room = 0.18 * (high - low) or 0.25 * abs(high) or 1.0
    if axis.startswith("rank"):
        return high + room, max(low - room, 0.0)
    if axis == OF_TOTAL:
        return 0.0, 112.0
    from_zero = low >= 0 and (low < 0.55 * high or low == high)
    bottom = 0.0 if from_zero else low - room
    return bottom, high + max(room, 0.14 * (high - bottom))


def colours_of(points: Iterable[PlotPoint]) -> dict[str, str]:
    """A colour for each place, those with most readings first."""
    counted = Counter[str]()
    for point in points:
        counted[point.scope] += len(point.rows)
    ordered = sorted(counted, key=lambda scope: (-counted[scope], scope))
    return {scope: COLOURS[min(number, PLACES - 1)] for number, scope in enumerate(ordered)}


def label_order(points: Sequence[PlotPoint]) -> list[PlotPoint]:
    """The points in the order in which they are to find room for a label: ends and extremes first."""
    by_scope: dict[str, list[PlotPoint]] = defaultdict(list)
    for point in points:
        by_scope[point.scope].append(point)
    leading: list[PlotPoint] = []
    for group in by_scope.values():
        leading += [group[-1], group[0], max(group, key=lambda one: one.height), min(group, key=lambda one: one.height)]
    targets = [point for point in points if point.kind == "target"]
    unique: list[PlotPoint] = []
    for point in [*leading, *targets, *(points if len(points) <= MANY else [])]:
        if not any(point is known for known in unique):
            unique.append(point)
    return unique
