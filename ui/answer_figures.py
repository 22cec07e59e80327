"""The figures of an answer as lines for a terminal: what the first one is of, and a table of the others.

Decides nothing; everything it prints stands in the readings.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, CitedReading, Statement
from index.reading import Reading, ReadingKind
from ui.terminal import Terminal
from ui.wording import one_line

__all__ = ["KINDS", "beside", "facts_of", "figure_table", "of_what_was_asked", "period_of"]

HEAD = ("value", "scope", "period", "kind")
KINDS: dict[ReadingKind, str] = {
    "actual": "actual",
    "estimate": "estimate",
    "target": "target",
    "change": "change",
    "rank": "rank",
    "count": "number of a total",
}


def facts_of(reading: Reading) -> list[str]:
    """What, where, when and in what sense, each as a phrase; what the record does not say is left out."""
    return [
        fact for fact in (one_line(reading.indicator), reading.scope, period_of(reading), KINDS[reading.kind]) if fact
    ]


def beside(answer: Answer) -> list[CitedReading]:
    """The readings that stand beside those asked for, without those that only tell the same figure again."""
    return [cited for cited in answer.readings[answer.leads :] if cited.differs != ("agrees",)]


def of_what_was_asked(answer: Answer) -> list[Statement]:
    """A model's text whole; of a copied answer the statements that tell the figures asked for, or all without any."""
    leads = {cited.citation for cited in answer.readings[: answer.leads]}
    if answer.mode == "generated" or not leads:
        return list(answer.statements)
    return [one for one in answer.statements if leads & set(one.citations)]


def period_of(reading: Reading) -> str:
    """The period, and whether it rests on the report's date; "" where the record does not say."""
    if reading.period is None:
        return ""
    label = one_line(reading.period.label)
    return f"{label} (date of the report)" if reading.period_known == "inferred" else label


def figure_table(cited: Sequence[CitedReading], terminal: Terminal) -> list[str]:
    """Two lines for each reading: its fields with the number of its citation, and below them what it measures.

    In a narrow terminal the fields stand in one line.
    """
    rows = [_cells(one.reading) for one in cited]
    widths = [max(len(row[column]) for row in [HEAD, *rows]) for column in range(len(HEAD))]
    if sum(widths) + 2 * len(widths) + len("  [1]") > terminal.width:
        return _figure_list(cited, terminal)
    lines = [terminal.faint("  " + _line(HEAD, widths).rstrip())]
    for row, one in zip(rows, cited, strict=True):
        lines.append(f"  {_line(row, widths)}  {terminal.accent(f'[{one.citation}]')}")
        what = terminal.wrapped(one_line(one.reading.indicator), first="    ", rest="    ")
        lines += map(terminal.faint, what if one.reading.indicator else [])
    return lines


def _figure_list(cited: Sequence[CitedReading], terminal: Terminal) -> list[str]:
    """The same where a table has no room."""
    lines: list[str] = []
    for one in cited:
        value, scope, period, kind = _cells(one.reading)
        facts = f"scope {scope} · period {period} · {kind}"
        lines.append(f"  {value}  {terminal.accent(f'[{one.citation}]')}")
        told = [
            line
            for text in (facts, one_line(one.reading.indicator))
            if text
            for line in terminal.wrapped(text, first="    ", rest="    ")
        ]
        lines += map(terminal.faint, told)
    return lines


def _cells(reading: Reading) -> tuple[str, ...]:
    return one_line(reading.text), reading.scope or "not said", period_of(reading) or "not said", KINDS[reading.kind]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
