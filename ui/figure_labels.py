"""Words on a drawing: labels that keep out of each other's way, and short numbers for an axis.

Knows nothing of readings.

>>> short(13_200_000), short(0.5), short(1250)
('13.2 million', '0.5', '1,250')
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.transforms import Bbox

__all__ = [
    "COLOURS",
    "EPOCH",
    "INK",
    "LINE",
    "PAPER",
    "SOFT",
    "Label",
    "TimeTicks",
    "axis_words",
    "place_labels",
    "short",
    "time_axis",
    "time_ticks",
]

EPOCH = date(1970, 1, 1)  # day 0 of the time axis
INK, SOFT, LINE, PAPER = "#1d1b18", "#5d5850", "#e3dfd7", "#ffffff"
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#8f4f9e", "#8a7400", "#56595c")  # of Okabe and Ito's palette, and kin
VALUE_SIZE, SOURCE_SIZE = 9.5, 7.5  # points
GAP = 9.0  # points between a mark and its label
# Where a label may stand beside its mark: to the right and up in gaps, and how it is aligned.
SIDES = (
    (0.0, 1.0, "center", "bottom"),
    (0.0, -1.0, "center", "top"),
    (1.0, 0.0, "left", "center"),
    (-1.0, 0.0, "right", "center"),
    (0.8, 0.8, "left", "bottom"),
    (-0.8, 0.8, "right", "bottom"),
    (0.8, -0.8, "left", "top"),
    (-0.8, -0.8, "right", "top"),
)
ALIGNED = {"left": 0.0, "bottom": 0.0, "center": 0.5, "right": 1.0, "top": 1.0}
AXES = {"%": "in %", "count": "number", "rank": "rank, 1 is best", "times": "times"}
YEARS_LABELLED = 12
MONTHS_LABELLED = 9

Point: TypeAlias = tuple[float, float]  # in data coordinates


@dataclass(frozen=True, slots=True)
class Label:
    """What is written beside the mark at (`x`, `y`), in data coordinates."""

    x: float
    y: float
    value: str
    source: str  # "" for the value alone


@dataclass(frozen=True, slots=True)
class TimeTicks:
    """Where years or months begin and where their names stand, in days since EPOCH."""

    starts: list[int]
    names: list[tuple[float, str]]


def axis_words(unit: str) -> str:
    """What stands at the y axis for a unit of readings."""
    return AXES.get(unit, f"in {unit}")


def short(value: float) -> str:
    """A number for an axis."""
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{value / size:.4g} {word}"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.4g}"


def time_axis(axes: Axes, first: float, last: float) -> None:
    """Let the x axis run from `first` to `last`, in days since EPOCH; years or months stand in their middle."""
    ticks = time_ticks(first, last)
    axes.set_xticks(ticks.starts, [])
    axes.set_xticks([middle for middle, _ in ticks.names], [name for _, name in ticks.names], minor=True)
    axes.set_xlim(first, last)


def time_ticks(first: float, last: float, *, years_labelled: int = YEARS_LABELLED) -> TimeTicks:
    """The years, or for a short time the months, between two days since EPOCH; as many named as there is room for."""
    begin, end = EPOCH + timedelta(days=int(first)), EPOCH + timedelta(days=int(last))
    years = end.year - begin.year + 1
    if last - first > 366 * 1.6:
        step = -(-years // years_labelled)
        starts = [date(year, 1, 1) for year in range(begin.year, end.year + 2)]
        names = [str(day.year) if (day.year - begin.year) % step == 0 else "" for day in starts]
    else:
        months = range(begin.year * 12 + begin.month - 1, end.year * 12 + end.month + 1)
        step = -(-len(months) // min(MONTHS_LABELLED, years_labelled))
        starts = [date(month // 12, month % 12 + 1, 1) for month in months]
        names = [f"{day:%b %Y}" if number % step == 0 else "" for number, day in enumerate(starts)]
    days = [(day - EPOCH).days for day in starts]
    middles = [(one + other) / 2 for one, other in pairwise(days)]
    inside = [(middle, name) for middle, name in zip(middles, names, strict=False) if first <= middle <= last and name]
    return TimeTicks([day for day in days if first <= day <= last], inside)


def place_labels(axes: Axes, labels: Sequence[Label], marks: Sequence[Point], lines: Sequence[Point]) -> None:
    """Write each of `labels` where there is room, in their order.

    Where there is none for value and source the value stands alone, and where there is none for
    that nothing is written. `marks`, in data coordinates, are kept clear, `lines` (points on
    them) where that can be had.
    """
    from matplotlib.transforms import Bbox

    figure = axes.get_figure(root=True)
    if figure is None or not labels:
        return
    scale = figure.dpi / 72
    taken = _around(axes, marks, 5 * scale)
    crossed = _around(axes, lines, 1.5 * scale)
    frame = axes.get_window_extent()
    inside = Bbox.from_extents(frame.x0 - 30 * scale, frame.y0, frame.x1 + 22 * scale, frame.y1 + 8 * scale)
    for label in labels:
        for sourced, avoided in (
            (True, [*taken, *crossed]),
            (True, taken),
            (False, [*taken, *crossed]),
            (False, taken),
        ):
            if placed := _written(axes, label, avoided, inside, sourced=sourced):
                taken.append(placed)
                break


def _around(axes: Axes, points: Sequence[Point], reach: float) -> list[Bbox]:
    """Boxes around `points`, `reach` pixels to each side."""
    from matplotlib.transforms import Bbox

    places = map(axes.transData.transform, points)
    return [Bbox.from_bounds(x - reach, y - reach, 2 * reach, 2 * reach) for x, y in places]


def _written(axes: Axes, label: Label, avoided: Sequence[Bbox], inside: Bbox, *, sourced: bool) -> Bbox | None:
    """Where `label` was written: at the first of SIDES that is free; None where none is."""
    from matplotlib.offsetbox import AnnotationBbox, TextArea, VPacker

    for right, up, across, along in SIDES:
        lines = [TextArea(label.value, textprops={"size": VALUE_SIZE, "color": INK})]
        if sourced and label.source:
            lines.append(TextArea(label.source, textprops={"size": SOURCE_SIZE, "color": SOFT}))
        box = AnnotationBbox(
            VPacker(children=lines, align=across, pad=0, sep=1.5),  # type: ignore[arg-type]  # its stub has lists of Artist
            (label.x, label.y),
            xybox=(right * GAP, up * GAP),
            xycoords="data",
            boxcoords="offset points",
            box_alignment=(ALIGNED[across], ALIGNED[along]),
            pad=0,
            annotation_clip=False,
            bboxprops={"facecolor": PAPER, "edgecolor": "none", "alpha": 0.85},  # so that no grid line strikes it out
        )
        box.set_zorder(1.5)
        axes.add_artist(box)
        extent = box.get_window_extent().padded(1.5)
        within = inside.x0 <= extent.x0 and extent.x1 <= inside.x1 and inside.y0 <= extent.y0 and extent.y1 <= inside.y1
        if within and not any(extent.overlaps(other) for other in avoided):
            return extent
        box.remove()
    return None
