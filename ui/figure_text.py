"""Indicators and their readings as lines for a terminal: a table of each, or one series with its quotes.

Decides nothing; everything it prints stands in the readings.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui.terminal import Terminal
from ui.wording import day, one_line

if TYPE_CHECKING:
    from assistant.indicators import Indicator
    from ui.figure_rows import SourcedReading

__all__ = ["listed_lines", "series_lines"]

HEAD = ["value", "period", "scope", "kind", "source", "held"]
SOURCE = HEAD.index("source")
NARROWEST_SOURCE = 14  # columns
OTHERS_NAMED = 5
UNITS = {"count": "number", "%": "%", "rank": "rank"}

Rows = Sequence[tuple["Indicator", "Sequence[SourcedReading]"]]


def listed_lines(shown: Rows, others: Sequence[str], terminal: Terminal) -> list[str]:
    """Each indicator with a line for each reading; `others` are not shown."""
    tables = [[_cells(row) for row in rows] for _, rows in shown]
    if not tables:
        return ["The record holds no figures."]
    widths = [max(len(row[column]) for row in [HEAD, *(r for t in tables for r in t)]) for column in range(len(HEAD))]
    if terminal.is_terminal:
        rest = sum(widths) - widths[SOURCE] + 2 * len(widths)
        widths[SOURCE] = min(widths[SOURCE], max(NARROWEST_SOURCE, terminal.width - rest))
    lines = [terminal.faint(_line(HEAD, widths))]
    for (indicator, _), table in zip(shown, tables, strict=True):
        lines += ["", *_title(indicator, len(table), terminal), *(_line(row, widths) for row in table)]
    if others:
        more = "1 more indicator" if len(others) == 1 else f"{len(others):,} more indicators"
        lines += ["", terminal.faint(f"… and {more}; see them with --k {len(shown) + len(others)}")]
    return lines


def series_lines(shown: Rows, others: Sequence[str], terminal: Terminal) -> list[str]:
    """Each series in order of time, every figure with the sentence it stands in; `others` match less well."""
    lines: list[str] = []
    for indicator, rows in shown:
        lines += [*([""] if lines else []), *_title(indicator, len(rows), terminal)]
        widths = [max(len(_cells(row)[column]) for row in rows) for column in range(4)] if rows else []
        for row in rows:
            value, period, scope, kind = _cells(row)[:4]
            facts = [period.ljust(widths[1]), value.ljust(widths[0]), scope.ljust(widths[2]), kind]
            held = f"held {day(row.held_on)}" if row.held_on else "date not stated"
            remarks = [_period_remark(row), one_line(row.reading.comparison)]
            remark = "; ".join(filter(None, remarks))
            lines += ["", terminal.bold("  ".join(facts).rstrip()) + (f"  ({remark})" if remark else "")]
            lines += terminal.wrapped(f"“{one_line(row.quote)}”", first="    ", rest="    ")
            lines += map(
                terminal.faint, terminal.wrapped(f"{one_line(row.document)}, {held}", first="    ", rest="    ")
            )
    if others:
        named = ", ".join(f"“{one_line(name)}”" for name in others[:OTHERS_NAMED])
        more = f" and {len(others) - OTHERS_NAMED} more" if len(others) > OTHERS_NAMED else ""
        also = f"These words also fit {named}{more}; see them with --k {len(shown) + len(others)}"
        lines += ["", *map(terminal.faint, terminal.wrapped(also))]
    return lines


def _title(indicator: Indicator, readings: int, terminal: Terminal) -> list[str]:
    many = "1 reading" if readings == 1 else f"{readings} readings"
    unit = UNITS.get(indicator.unit, one_line(indicator.unit))
    return [terminal.bold(line) for line in terminal.wrapped(f"{one_line(indicator.name)} ({unit}, {many})", rest="  ")]


def _period_remark(row: SourcedReading) -> str:
    return "period taken from the document's date" if row.reading.period_known == "inferred" else ""


def _cells(row: SourcedReading) -> list[str]:
    reading = row.reading
    return [
        one_line(reading.text),
        one_line(reading.period.label) if reading.period else "–",
        one_line(reading.scope) or "–",
        reading.kind,
        one_line(row.document),
        row.held_on.isoformat() if row.held_on else "–",
    ]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    fitted = [_fitted(cell, width).ljust(width) for cell, width in zip(cells, widths, strict=True)]
    return "  " + "  ".join(fitted).rstrip()


def _fitted(text: str, width: int) -> str:
    """`text`, its middle cut out where it is too wide: both ends of a file's name tell something."""
    if len(text) <= width:
        return text
    ahead = (width - 1) * 2 // 3
    return f"{text[:ahead]}…{text[len(text) - (width - 1 - ahead) :]}"
