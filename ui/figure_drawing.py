"""A series as an inline SVG of a page: every mark is a link to its passage, reached by pointer and by keyboard.

What was reached is a filled circle on a line, an estimate a hollow one on dashes, a target a diamond,
as in the pictures of ui/figure_plot.py, of the same marks in the same colours. Needs no drawing
library and no script. Knows nothing of pages.

>>> # drawing(marks_of(rows, "%"), width=960, height=400)
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ui.figure_labels import COLOURS, short, time_ticks
from ui.figure_points import MANY, Marks, PlotPoint, colours_of, joined, label_order, time_range, value_range
from ui.markup import safe
from ui.wording import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["drawing", "place_numbers", "point_words"]

LEFT, RIGHT, TOP, BOTTOM = 64, 20, 18, 34  # units around the marks
LETTER, LINE_HEIGHT = 7.0, 17  # units of one letter of a label, and of its line
YEAR_WIDTH = 46  # units that the name of a year or month takes
GAP = 11  # units between a mark and its label
REACH = 16  # units around a mark in which a pointer hits it
TICKS = 6
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class _Box:
    """Room that is taken by words or a mark."""

    x0: float
    y0: float
    x1: float
    y1: float

    def overlaps(self, other: _Box) -> bool:
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where days and values stand in the drawing."""

    width: int
    height: int
    days: tuple[float, float]
    values: tuple[float, float]

    def x(self, day: float) -> float:
        first, last = self.days
        return LEFT + (day - first) / (last - first) * (self.width - LEFT - RIGHT)

    def y(self, value: float) -> float:
        bottom, top = self.values
        return self.height - BOTTOM - (value - bottom) / (top - bottom) * (self.height - TOP - BOTTOM)


def drawing(marks: Marks, *, width: int, height: int, name: str) -> str:
    """The drawing of `marks`, called `name`; "" where there is none."""
    if not marks.points:
        return ""
    frame = _Frame(width, height, time_range(marks.points), value_range(marks.points, marks.axis))
    numbers = place_numbers(marks.points)
    points = "".join(
        _linked(number, point, numbers[point.scope], frame) for number, point in enumerate(marks.points, start=1)
    )
    return (
        f'<svg class="series-plot" viewBox="0 0 {width} {height}" role="group" aria-label="{safe(one_line(name))}, '
        f'drawn over time: {len(marks.points)} marks, each a link to its passage">'
        f"{_value_axis(marks.axis, frame)}{_time_axis(frame)}{_lines(marks.points, numbers, frame)}"
        f"{_labels(marks.points, frame)}{points}</svg>"
    )


def place_numbers(points: Sequence[PlotPoint]) -> Mapping[str, int]:
    """Which of the colours, from 1 on, a place has; those with most figures first."""
    return {scope: COLOURS.index(colour) + 1 for scope, colour in colours_of(points).items()}


def point_words(point: PlotPoint) -> str:
    """A mark in words: "45%, 2024, Vietnam, actual, in results-2024.md"."""
    first = point.rows[0]
    documents = list(dict.fromkeys(row.document for row in point.rows))
    more = f" and {len(documents) - 1} more" if len(documents) > 1 else ""
    period = first.reading.period.label if first.reading.period else ""
    told = [first.reading.text, period, point.scope or "place not said", point.kind, f"in {documents[0]}{more}"]
    return ", ".join(one_line(part) for part in told if part)


def _value_axis(axis: str, frame: _Frame) -> str:
    """Lines across, with their values at the left."""
    sign = "%" if "%" in axis else ""
    whole = axis.startswith(("rank", "number"))
    lines = []
    for value in _ticks(*sorted(frame.values), whole=whole):
        y = frame.y(value)
        lines.append(f'<line class="grid" x1="{LEFT}" y1="{y:.1f}" x2="{frame.width - RIGHT}" y2="{y:.1f}"/>')
        words = f"{short(value)}{sign}".replace(" million", "m").replace(" billion", "bn").replace(" trillion", "tn")
        lines.append(f'<text class="tick" x="{LEFT - 10}" y="{y + 4:.1f}" text-anchor="end">{words}</text>')
    return "".join(lines)


def _ticks(low: float, high: float, *, whole: bool) -> list[float]:
    """Round values between `low` and `high`, about TICKS of them."""
    rough = (high - low) / TICKS
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(step * size for step in STEPS if step * size >= rough)
    step = max(1.0, round(step)) if whole else step
    first = math.ceil(low / step)
    return [number * step for number in range(first, math.floor(high / step) + 1)]


def _time_axis(frame: _Frame) -> str:
    """The base, the beginnings of years or months, and their names."""
    base = frame.height - BOTTOM
    room = max(2, int((frame.width - LEFT - RIGHT) / YEAR_WIDTH / 1.4))
    ticks = time_ticks(*frame.days, years_labelled=min(12, room))
    lines = [f'<line class="base" x1="{LEFT}" y1="{base}" x2="{frame.width - RIGHT}" y2="{base}"/>']
    lines += [
        f'<line class="base" x1="{frame.x(day):.1f}" y1="{base}" x2="{frame.x(day):.1f}" y2="{base + 5}"/>'
        for day in ticks.starts
    ]
    lines += [
        f'<text class="tick" x="{frame.x(middle):.1f}" y="{base + 22}" text-anchor="middle">{name}</text>'
        for middle, name in ticks.names
        if LEFT <= frame.x(middle) <= frame.width - RIGHT - YEAR_WIDTH / 3
    ]
    return "".join(lines)


def _lines(points: Sequence[PlotPoint], numbers: Mapping[str, int], frame: _Frame) -> str:
    lines = []
    for line in joined(points):
        for one, other in pairwise(line):
            dashed = " dashed" if "estimate" in (one.kind, other.kind) else ""
            lines.append(
                f'<line class="link place-{numbers[one.scope]}{dashed}" x1="{frame.x(one.middle):.1f}" '
                f'y1="{frame.y(one.height):.1f}" x2="{frame.x(other.middle):.1f}" y2="{frame.y(other.height):.1f}"/>'
            )
    return "".join(lines)


def _linked(number: int, point: PlotPoint, place: int, frame: _Frame) -> str:
    """One mark with the bar of its period, as a link to the sentence it is read from."""
    x, y = frame.x(point.middle), frame.y(point.height)
    parts = [f"<title>{safe(point_words(point))}</title>"]
    if point.days > 1:
        first, last = frame.x(point.middle - point.days / 2), frame.x(point.middle + point.days / 2)
        parts.append(f'<line class="period" x1="{first:.1f}" y1="{y:.1f}" x2="{last:.1f}" y2="{y:.1f}"/>')
    if point.value_to is not None:
        low, high = frame.y(point.value), frame.y(point.value_to)
        parts.append(f'<line class="range" x1="{x:.1f}" y1="{low:.1f}" x2="{x:.1f}" y2="{high:.1f}"/>')
    parts.append(f'<circle class="reach" cx="{x:.1f}" cy="{y:.1f}" r="{REACH}"/>')
    if point.kind == "target":
        parts.append(f'<path class="mark" d="M{x:.1f} {y - 7:.1f}l7 7l-7 7l-7 -7z"/>')
    else:
        parts.append(f'<circle class="mark" cx="{x:.1f}" cy="{y:.1f}" r="5.5"/>')
    reading = point.rows[0].reading
    address = f"/source/{safe(reading.document_id)}?start={reading.sentence.start}&amp;end={reading.sentence.end}"
    return f'<a class="point place-{place} {point.kind}" data-point="{number}" href="{address}">{"".join(parts)}</a>'


def _labels(points: Sequence[PlotPoint], frame: _Frame) -> str:
    """The value beside each mark where there is room, ends and extremes first."""
    taken = [_around(frame.x(point.middle), frame.y(point.height), 8) for point in points]
    crossed = [
        _around(frame.x(day), frame.y(one.height + share * (other.height - one.height)), 2)
        for line in joined(points)
        for one, other in pairwise(line)
        for share in (step / 30 for step in range(31))
        for day in [one.middle + share * (other.middle - one.middle)]
    ]
    written = []
    for point in label_order(points)[: 2 * MANY]:
        words = _clipped(one_line(point.rows[0].reading.text))
        x, y = frame.x(point.middle), frame.y(point.height)
        for avoided in ([*taken, *crossed], taken):
            if room := _room(x, y, LETTER * len(words), avoided, frame):
                box, anchor, at = room
                taken.append(box)
                written.append(
                    f'<text class="value" x="{at:.1f}" y="{box.y1 - 4:.1f}" text-anchor="{anchor}">{safe(words)}</text>'
                )
                break
    return "".join(written)


def _room(x: float, y: float, width: float, taken: Sequence[_Box], frame: _Frame) -> tuple[_Box, str, float] | None:
    """Where words of this width can stand: above, below, to the right or left of the mark at (`x`, `y`)."""
    sides = (
        ("middle", x, x - width / 2, y - GAP - LINE_HEIGHT),
        ("middle", x, x - width / 2, y + GAP),
        ("start", x + GAP, x + GAP, y - LINE_HEIGHT / 2),
        ("end", x - GAP, x - GAP - width, y - LINE_HEIGHT / 2),
    )
    for anchor, at, left, top in sides:
        box = _Box(left, top, left + width, top + LINE_HEIGHT)
        inside = box.x0 >= LEFT - 8 and box.x1 <= frame.width and box.y0 >= 0 and box.y1 <= frame.height - BOTTOM
        if inside and not any(box.overlaps(other) for other in taken):
            return box, anchor, at
    return None


def _around(x: float, y: float, reach: float) -> _Box:
    return _Box(x - reach, y - reach, x + reach, y + reach)


def _clipped(text: str, length: int = 26) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
