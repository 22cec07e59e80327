"""The small parts that the evaluation's pages share, as HTML: links, times, intervals drawn, outcomes, verdicts.

Everything from a run is escaped here. Knows nothing of which page shows them.

>>> moment("2026-11-28T17:02:05+00:00")
'28 November 2026, 17:02 UTC'
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from evals.metrics import Interval
from evals.outcome import MARKS, OUTCOMES, Outcome
from evals.run_shelf import ShelfRow
from evals.summary import Measured, number
from ui.evaluation_place import Place
from ui.markup import safe
from ui.wording import day

__all__ = [
    "CLASSES",
    "SYSTEM_WORDS",
    "clipped",
    "difference_line",
    "duration",
    "interval_line",
    "link",
    "made_by",
    "measured_cells",
    "moment",
    "neutral",
    "outcome_tag",
    "table",
]

CLASSES: dict[Outcome, str] = {
    "not asked": "asked-not",
    "wrong": "wrong",
    "partly": "partly",
    "not scored": "scored-not",
    "right": "right",
}
SYSTEM_WORDS = {
    "ours": "the assistant as it is",
    "+ rerank": "the assistant without its trained reader",
    "fused": "and without reranking",
    "lexical only": "full text search alone",
    "dense only": "vector search alone",
    "bm25": "plain BM25, to compare with",
    "dense": "plain vectors, to compare with",
}
WIDTH, HEIGHT, MIDDLE, EDGE = 132, 14, 7, 5  # of a drawn interval, in pixels


def link(place: Place, words: str, *, current: bool = False, classes: str = "") -> str:
    """A link to a place of the page."""
    here = ' aria-current="true"' if current else ""
    styled = f' class="{classes}"' if classes else ""
    return f'<a href="{safe(place.address)}"{styled}{here}>{safe(words)}</a>'


def moment(made_at: str) -> str:
    """When a run was made, as a person writes it; as it stands where it is no time."""
    try:
        at = datetime.fromisoformat(made_at)
    except ValueError:
        return made_at
    return f"{day(at.date())}, {at:%H:%M} UTC"


def duration(seconds: float) -> str:
    """So many seconds, minutes or hours, whichever says it best."""
    for size, name in ((3600, "hour"), (60, "minute")):
        if seconds >= 1.5 * size:
            count = round(seconds / size)
            return f"{count} {name}s"
    count = max(1, round(seconds))
    return f"{count} second{'' if count == 1 else 's'}"


def made_by(row: ShelfRow) -> str:
    """The program that made a run: its revision, and whether that was changed."""
    revision = row.commit[:8] or "unknown revision"
    return f"{revision}, with changes" if row.dirty else revision


def clipped(text: str, most: int) -> str:
    """The beginning of a long text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]} …"


def outcome_tag(outcome: Outcome) -> str:
    """How a question went, in a word and a sign."""
    return f'<b class="tag {CLASSES[outcome]}"><i aria-hidden="true">{MARKS[outcome]}</i> {OUTCOMES[outcome]}</b>'


def table(head: Sequence[str], rows: Sequence[str], classes: str = "") -> str:
    """A table of rows that are HTML, in a box that scrolls where it does not fit; "" of no rows."""
    if not rows:
        return ""
    titles = "".join(f'<th scope="col">{safe(title)}</th>' for title in head)
    return (
        f'<div class="wide" tabindex="0" role="group" aria-label="Table"><table class="{classes}">'
        f"<thead><tr>{titles}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def measured_cells(row: Measured) -> str:
    """A measure's value, its interval drawn, and of how many."""
    if not row.wanted:
        return '<td class="number soft">–</td><td></td>'
    drawn = interval_line(row.value, row.interval) if row.measure.unit == "share" else ""
    value = safe(number(row.measure, row.value))
    return (
        f'<td class="number"><b>{value}</b> <span class="soft">{safe(row.between)}</span></td>'
        f'<td class="drawn">{drawn} <span class="soft">{safe(row.counted)}</span></td>'
    )


def interval_line(value: float | None, interval: Interval | None) -> str:
    """A share from 0 to 1 as a dot, with a line where it would lie 19 times of 20."""
    if value is None or interval is None:
        return ""
    at, low, high = (_across(share) for share in (value, interval.low, interval.high))
    return _drawn(
        f'<line class="axis" x1="{EDGE}" x2="{WIDTH - EDGE}" y1="{MIDDLE}" y2="{MIDDLE}"/>'
        f'<line class="reach" x1="{low}" x2="{high}" y1="{MIDDLE}" y2="{MIDDLE}"/>'
        f'<circle class="dot" cx="{at}" cy="{MIDDLE}" r="4"/>'
    )


def difference_line(difference: float, interval: Interval, widest: float, verdict: str) -> str:
    """A difference as a dot with its line, zero in the middle; `widest` reaches the edge."""
    scale = widest or 1.0
    at, low, high, zero = (_across((end / scale + 1) / 2) for end in (difference, interval.low, interval.high, 0.0))
    return _drawn(
        f'<line class="zero" x1="{zero}" x2="{zero}" y1="0" y2="{HEIGHT}"/>'
        f'<line class="reach" x1="{low}" x2="{high}" y1="{MIDDLE}" y2="{MIDDLE}"/>'
        f'<circle class="dot" cx="{at}" cy="{MIDDLE}" r="4"/>',
        verdict if verdict in ("better", "worse") else "",
    )


def neutral(svg: str) -> str:
    """A chart of our own drawing, so that no label in it could become a part of a template or a script."""
    return svg.replace("`", "&#96;").replace("$", "&#36;")


def _across(share: float) -> str:
    return f"{EDGE + min(max(share, 0.0), 1.0) * (WIDTH - 2 * EDGE):.1f}"


def _drawn(shapes: str, classes: str = "") -> str:
    return (
        f'<svg class="interval {classes}" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'aria-hidden="true">{shapes}</svg>'
    )
