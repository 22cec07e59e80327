"""A series of figures drawn over time: as a picture, as a drawing, or as a page with its sources.

What was reached is a filled circle on a line, an estimate a hollow one on dashes, a target a
diamond. Each stands at the middle of its period, a bar shows how long that is. Places differ by
colour (Okabe and Ito's palette, told apart by colour-blind readers). Changes are left out: a rise
is not on the scale of what rises. Knows nothing of the command line, nor of the catalog.

>>> # plotted("Share of the digital economy in GDP", "%", rows, ".svg").content
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

from ui.figure_labels import INK, LINE, PAPER, SOFT, Label, place_labels, short, time_axis
from ui.figure_points import (
    MANY,
    PLACES,
    Marks,
    PlotPoint,
    colours_of,
    joined,
    label_order,
    marks_of,
    time_range,
    value_range,
)
from ui.wording import one_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ui.figure_rows import SourcedReading

__all__ = ["Plotted", "plotted"]

WIDTH, HEIGHT = 9.0, 5.2  # inches
PIXELS = 200  # an inch of a .png: twice what a plain screen has
TITLE, LONG_TITLE = 60, 78  # characters of a title, in the large and in the smaller type
LEGEND_ROW = 70  # characters
STEPS = 40  # points of a line that labels keep clear of
STYLE = {
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "rapporteur",
    "text.parse_math": False,  # a label may hold dollar signs
    "font.family": ["sans-serif"],
    "font.size": 9.5,
    "text.color": INK,
    "axes.labelcolor": SOFT,
    "axes.edgecolor": LINE,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.axisbelow": True,
    "grid.color": LINE,
    "grid.linewidth": 0.8,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.major.size": 5,
    "xtick.minor.size": 0,
    "xtick.minor.pad": 7,
    "ytick.major.size": 0,
    "xtick.major.pad": 5,
    "ytick.major.pad": 6,
    "legend.frameon": False,
    "legend.fontsize": 9,
}


@dataclass(frozen=True, slots=True)
class Plotted:
    """What was drawn."""

    content: bytes  # of the file
    points: int  # readings that are in the drawing
    left_out: tuple[str, ...]  # why others are not, a sentence each


def plotted(name: str, unit: str, rows: Sequence[SourcedReading], form: str) -> Plotted:
    """The series `name` counted in `unit` as a file of the `form` ".png", ".svg" or ".html"."""
    marks = marks_of(rows, unit)
    content = _drawn(name, marks, form)
    if form == ".html":
        from ui.figure_page import page

        content = page(name, content.decode(), rows).encode()
    return Plotted(content, sum(len(point.rows) for point in marks.points), tuple(marks.left_out))


def _drawn(name: str, marks: Marks, form: str) -> bytes:
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with rc_context(STYLE), warnings.catch_warnings():  # type: ignore[arg-type]  # its stub lists every name
        warnings.filterwarnings("ignore", message=".*missing from font.*")  # shown as a box, as anywhere
        figure = Figure(figsize=(WIDTH, HEIGHT), facecolor=PAPER)
        FigureCanvasAgg(figure)
        titled = form != ".html"  # a page has a heading of its own
        axes = figure.add_axes((0.09, 0.13, 0.87, 0.68 if titled else 0.74), facecolor="none")
        _draw(axes, marks.points, marks.axis)
        _frame(figure, axes, name, marks, titled=titled)
        out = BytesIO()
        dates = {"Date": None, "Creator": None, "Format": None, "Type": None}
        if form == ".png":
            figure.savefig(out, format="png", dpi=PIXELS)
        else:
            figure.savefig(out, format="svg", metadata=dates)
    return out.getvalue()


def _draw(axes: Axes, points: Sequence[PlotPoint], axis: str) -> None:
    """Marks, lines and labels on `axes`."""
    colours = colours_of(points)
    axes.grid(axis="y")
    _scale(axes, points, axis)
    crossed: list[tuple[float, float]] = []
    for line in joined(points):
        scope = line[0].scope
        for one, other in pairwise(line):
            steps = [step / STEPS for step in range(STEPS + 1)]
            crossed += [
                (one.middle + step * (other.middle - one.middle), one.height + step * (other.height - one.height))
                for step in steps
            ]
            dashed = "estimate" in (one.kind, other.kind)
            axes.plot(
                [one.middle, other.middle], [one.height, other.height], color=colours[scope], linewidth=1.8, zorder=2,
                linestyle=(0, (4, 2.6)) if dashed else "-", solid_capstyle="round",
            )  # fmt: skip
    for point in points:
        _mark(axes, point, colours[point.scope])
    labels = [_label(point, sourced=len(points) <= MANY) for point in label_order(points)]
    crossed += [(edge, point.height) for point in points for edge in _edges(point)]
    place_labels(axes, labels, [(point.middle, point.height) for point in points], crossed)


def _edges(point: PlotPoint) -> list[float]:
    """Places along the bar of a point's period."""
    first = point.middle - point.days / 2
    return [first + step * point.days / 8 for step in range(9)]


def _mark(axes: Axes, point: PlotPoint, colour: str) -> None:
    if point.days > 1:
        first = point.middle - point.days / 2
        axes.plot(
            [first, first + point.days], [point.height] * 2, color=colour, alpha=0.28, linewidth=5, zorder=1,
            solid_capstyle="butt",
        )  # fmt: skip
    if point.value_to is not None:
        axes.plot([point.middle] * 2, [point.value, point.value_to], color=colour, linewidth=1.8, zorder=2)
    filled = point.kind != "estimate"
    axes.plot(
        [point.middle], [point.height], marker="D" if point.kind == "target" else "o", linestyle="none",
        markersize=6.5 if point.kind == "target" else 7.5, zorder=3, clip_on=False,
        markerfacecolor=colour if filled else PAPER, markeredgecolor=colour, markeredgewidth=1.8,
    )  # fmt: skip


def _scale(axes: Axes, points: Sequence[PlotPoint], axis: str) -> None:
    """Axes with room around the points for their labels; a rank of 1 is at the top."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    if not points:
        axes.set_xticks([])
        axes.set_yticks([])
        axes.text(0.5, 0.5, "Nothing to draw over time", transform=axes.transAxes, ha="center", color=SOFT)
        return
    time_axis(axes, *time_range(points))
    axes.set_ylim(*value_range(points, axis))
    sign = "%" if "%" in axis else ""
    axes.yaxis.set_major_locator(MaxNLocator(nbins=6, integer=axis.startswith(("rank", "number"))))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: short(value) + sign))


def _frame(figure: Figure, axes: Axes, name: str, marks: Marks, *, titled: bool) -> None:
    """Title, what is measured, legend, and a line for what is not drawn."""
    points, axis = marks.points, marks.axis
    from matplotlib.lines import Line2D

    if titled:
        size = 14 if len(one_line(name)) <= TITLE else 11
        figure.text(0.03, 0.945, _clipped(one_line(name), LONG_TITLE), fontsize=size, fontweight="bold", va="center")
    figure.text(0.03, 0.885 if titled else 0.955, axis, fontsize=9.5, color=SOFT, va="center")
    kinds = {"actual": ("o", True), "estimate": ("o", False), "target": ("D", True)}
    used = [kind for kind in kinds if any(point.kind == kind for point in points)]
    colours = colours_of(points)
    handles = []
    shown = list(dict.fromkeys(colours))
    if len(shown) > 1:
        handles = [
            Line2D([], [], color=colours[scope], linewidth=4, label=_clipped(one_line(scope) or "place not stated", 28))
            for scope in shown[:PLACES]
        ]
    if used and used != ["actual"]:
        handles += [
            Line2D(
                [],
                [],
                marker=kinds[kind][0],
                color=SOFT,
                label=kind,
                linestyle="none",
                markersize=6.5,
                markerfacecolor=SOFT if kinds[kind][1] else PAPER,
                markeredgewidth=1.6,
            )
            for kind in used
        ]
    if handles:
        columns = len(handles) if sum(len(str(one.get_label())) + 5 for one in handles) <= LEGEND_ROW else 4
        axes.legend(
            handles=handles, loc="lower right", bbox_to_anchor=(1.0, 1.01), ncols=columns, borderaxespad=0,
            columnspacing=1.6, handlelength=1.4, handletextpad=0.6,
        )  # fmt: skip
    scopes = "" if len(shown) != 1 else one_line(shown[0])
    foot = [*([scopes] if scopes else []), *marks.left_out]
    figure.text(0.03, 0.035, _clipped("  ·  ".join(foot), 150), fontsize=8, color=SOFT, va="center")


def _label(point: PlotPoint, *, sourced: bool) -> Label:
    first = point.rows[0]
    documents = dict.fromkeys(row.document for row in point.rows)
    more = f" +{len(documents) - 1}" if len(documents) > 1 else ""
    source = _clipped(one_line(first.short_source), 26 - len(more)) + more
    return Label(point.middle, point.height, _clipped(one_line(first.reading.text), 26), source if sourced else "")


def _clipped(text: str, length: int) -> str:
    """`text`, or its first whole words with a mark that more follow."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return f"{(cut.rpartition(' ')[0] if ' ' in cut[length // 2 :] else cut).rstrip(' -_,')}…"
