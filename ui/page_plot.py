"""A small drawing of an answer's figures over time, as SVG inside the page: what was asked for among its kin.

What was reached is a filled circle, an estimate a hollow one, a target a diamond, as in the larger
drawings of ui/figure_plot.py; colours are those of the page. Nothing is drawn that the table beside
it does not hold. Knows nothing of Gradio; needs no drawing library, so that no answer waits for one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from assistant.answer import Answer
from index.reading import Reading
from ui.answer_figures import KINDS, period_of
from ui.markup import safe
from ui.wording import one_line

__all__ = ["small_plot"]

WIDTH, HEIGHT = 420, 165  # units of the drawing
LEFT, RIGHT, TOP, BOTTOM = 24, 24, 34, 34  # around the marks
LETTER = 6.4  # units of one letter of a label
LABEL_HEIGHT = 15
POINTS_MIN = 2


@dataclass(frozen=True, slots=True)
class _Point:
    reading: Reading
    asked: bool
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class _Box:
    """Room that is taken by words or a mark."""

    x0: float
    y0: float
    x1: float
    y1: float

    def overlaps(self, other: _Box) -> bool:
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1


def small_plot(answer: Answer) -> str:
    """The drawing, or "" where fewer than two figures can be set against each other."""
    points = _points(answer)
    if len(points) < POINTS_MIN:
        return ""
    told = "; ".join(_words(point.reading) for point in points)
    return (
        f'<svg class="plot" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="The figures over time, as in the table: {safe(told)}">'
        f"{_axis(points)}{_lines(points)}{''.join(map(_mark, points))}{_labels(points)}</svg>"
    )


def _points(answer: Answer) -> list[_Point]:
    """The readings on one scale: those of the first one's unit that are levels of a known time."""
    told: dict[tuple[str, str, date, date, float], tuple[Reading, bool]] = {}
    unit = answer.readings[0].reading.unit if answer.readings else ""
    for number, cited in enumerate(answer.readings):
        reading = cited.reading
        if reading.period and reading.unit == unit and reading.kind not in ("change", "rank") and not reading.total:
            key = (reading.scope, reading.kind, reading.period.start, reading.period.end, reading.value)
            told.setdefault(key, (reading, number < answer.leads))
    if len({reading.value for reading, _ in told.values()}) < POINTS_MIN:
        return []
    days = [_middle(reading) for reading, _ in told.values()]
    values = [reading.value for reading, _ in told.values()]
    first, last, low, high = min(days), max(days), min(0.0, *values), max(values)
    across, along = (last - first) or 1.0, (high - low) or 1.0
    margin = 50 if last > first else (WIDTH - LEFT - RIGHT) / 2
    return [
        _Point(
            reading,
            asked,
            LEFT + margin + (_middle(reading) - first) / across * (WIDTH - LEFT - RIGHT - 2 * margin),
            HEIGHT - BOTTOM - (reading.value - low) / along * (HEIGHT - TOP - BOTTOM),
        )
        for reading, asked in told.values()
    ]


def _middle(reading: Reading) -> float:
    """The day in the middle of its period."""
    assert reading.period is not None
    return (reading.period.start.toordinal() + reading.period.end.toordinal()) / 2


def _axis(points: Sequence[_Point]) -> str:
    """A line for nothing, and the years below it."""
    base = HEIGHT - BOTTOM
    years = {round(_middle(point.reading) // 365.2425) + 1 for point in points}
    ticks, taken = [], -LETTER * 6
    for year in sorted(years):
        near = [point.x for point in points if round(_middle(point.reading) // 365.2425) + 1 == year]
        x = sum(near) / len(near)
        if x - taken >= LETTER * 6:
            ticks.append(f'<text class="year" x="{x:.0f}" y="{base + 20}" text-anchor="middle">{year}</text>')
            taken = x
    return f'<line class="base" x1="{LEFT}" y1="{base}" x2="{WIDTH - RIGHT}" y2="{base}"/>{"".join(ticks)}'


def _lines(points: Sequence[_Point]) -> str:
    """From one year's figure to the next of the same place, targets left out."""
    lines = []
    for scope in dict.fromkeys(point.reading.scope for point in points):
        reached = [point for point in points if point.reading.scope == scope and point.reading.kind != "target"]
        reached.sort(key=lambda point: point.x)
        for one, other in pairwise(reached):
            path = f"M{one.x:.1f} {one.y:.1f}L{other.x:.1f} {other.y:.1f}"
            lines.append(f'<path class="link" d="{path}"/>')
    return "".join(lines)


def _mark(point: _Point) -> str:
    kind = point.reading.kind if point.reading.kind in ("estimate", "target") else "actual"
    told = f"<title>{safe(_words(point.reading))}</title>"
    name = f"{kind}{' asked' if point.asked else ''}"
    if kind == "target":
        return f'<path class="{name}" d="M{point.x:.1f} {point.y - 6.5:.1f}l6.5 6.5l-6.5 6.5l-6.5 -6.5z">{told}</path>'
    return f'<circle class="{name}" cx="{point.x:.1f}" cy="{point.y:.1f}" r="5.5">{told}</circle>'


def _labels(points: Sequence[_Point]) -> str:
    """Value and place beside each mark where there is room, the figures asked for first."""
    taken = [_Box(point.x - 8, point.y - 8, point.x + 8, point.y + 8) for point in points]
    shared = {point.reading.scope for point in points}
    written = []
    for point in sorted(points, key=lambda point: not point.asked):
        value = one_line(point.reading.text)
        place = one_line(point.reading.scope) if len(shared) > 1 else ""
        kind = KINDS[point.reading.kind] if point.reading.kind != "actual" else ""
        wordings = dict.fromkeys([" ".join(filter(None, (value, place, kind))), f"{value} {kind}".strip(), value])
        room = next((found for words in wordings if (found := _room(point, words, taken))), None)
        if room:
            box, words, anchor, x = room
            taken.append(box)
            strong = ' class="asked"' if point.asked else ""
            place = f'x="{x:.0f}" y="{box.y1 - 4:.0f}" text-anchor="{anchor}"'
            written.append(f"<text{strong} {place}>{safe(words)}</text>")
    return "".join(written)


def _room(point: _Point, words: str, taken: Sequence[_Box]) -> tuple[_Box, str, str, float] | None:
    """Where `words` can stand: above, below, to the right or left of the mark."""
    width = LETTER * len(words)
    places = (
        ("middle", point.x, point.x - width / 2, point.y - 10 - LABEL_HEIGHT),
        ("middle", point.x, point.x - width / 2, point.y + 10),
        ("start", point.x + 12, point.x + 12, point.y - LABEL_HEIGHT / 2),
        ("end", point.x - 12, point.x - 12 - width, point.y - LABEL_HEIGHT / 2),
    )
    for anchor, x, left, top in places:
        box = _Box(left, top, left + width, top + LABEL_HEIGHT)
        inside = box.x0 >= 0 and box.x1 <= WIDTH and box.y0 >= 0 and box.y1 <= HEIGHT - BOTTOM
        if inside and not any(box.overlaps(other) for other in taken):
            return box, words, anchor, x
    return None


def _words(reading: Reading) -> str:
    return ", ".join(filter(None, (one_line(reading.text), reading.scope, period_of(reading), KINDS[reading.kind])))
