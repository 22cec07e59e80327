"""The figures of an answer as HTML: what the first one is of, a table of the others, and why they differ.

Decides nothing; everything it shows stands in the readings, escaped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Answer, CitedReading
from ui.answer_figures import KINDS, beside, facts_of, period_of
from ui.markup import links, safe

__all__ = ["facts_line", "figure_tables", "nearest_figures", "remark_lines"]

_MARKER = re.compile(r"\[(\d{1,3})\]")


def facts_line(answer: Answer) -> str:
    """What the short answer is of: thing, scope, period, kind."""
    if not answer.readings:
        return ""
    facts = "".join(f"<span>{safe(fact)}</span>" for fact in facts_of(answer.readings[0].reading))
    return f'<p class="of">{facts}</p>'


def figure_tables(turn: int, answer: Answer) -> str:
    """The figures of a series or comparison, then those that the one asked for could be taken for."""
    tables = ""
    if answer.leads > 1:
        tables += _table(turn, answer.readings[: answer.leads], "Figures", anchored=False)
    others = beside(answer)
    if others:
        tables += _table(turn, others, "Other figures for this", anchored=True)
    return tables


def nearest_figures(turn: int, answer: Answer) -> str:
    """When refused: the figures that come nearest."""
    return (
        _table(turn, answer.nearest_readings, "The nearest figures", anchored=True) if answer.nearest_readings else ""
    )


def remark_lines(turn: int, answer: Answer) -> str:
    """The lines of our own, their markers as links; what follows a colon is a list."""
    lines = []
    for remark in answer.remarks:
        head, colon, rest = remark.partition(": ")
        parts = rest.rstrip(".").split("; ") if colon else []
        if len(parts) > 1:
            items = "".join(f"<li>{_linked(turn, part)}</li>" for part in parts)
            lines.append(f'<div class="remark">{_linked(turn, head)}:<ul>{items}</ul></div>')
        else:
            lines.append(f'<p class="remark">{_linked(turn, remark)}</p>')
    return "".join(lines)


def _linked(turn: int, text: str) -> str:
    pieces = _MARKER.split(text)  # text, number, text, …
    return "".join(links(turn, [int(one)]) if at % 2 else safe(one) for at, one in enumerate(pieces)).strip()


def _table(turn: int, cited: Sequence[CitedReading], caption: str, *, anchored: bool) -> str:
    seen: set[int] = set()
    rows = []
    for one in cited:
        first = anchored and one.citation not in seen
        seen.add(one.citation)
        rows.append(_row(turn, one, anchored=first))
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Value", "Scope", "Period", "Kind", "Source"))
    return (
        f'<div class="figures"><table><caption>{caption}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _row(turn: int, cited: CitedReading, *, anchored: bool) -> str:
    reading = cited.reading
    unsaid = '<span class="unsaid">not said</span>'
    cells = [safe(reading.scope) or unsaid, safe(period_of(reading)) or unsaid, KINDS[reading.kind]]
    data = "".join(f"<td>{cell}</td>" for cell in cells)
    number = links(turn, [cited.citation], anchored=anchored)
    what = f'<tr class="what"><td colspan="5">{safe(reading.indicator)}</td></tr>' if reading.indicator else ""
    return f'<tr><th scope="row">{safe(reading.text)}</th>{data}<td>{number}</td></tr>{what}'
