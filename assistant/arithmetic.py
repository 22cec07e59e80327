"""What can be worked out from the figures that lead an answer, with its inputs named.

A difference of two levels in one unit, or a result against its target; nothing else is computed,
and what is computed is called so.

>>> difference_of(11.91, 14.26)
'2.35'
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.differences import Numbered
from assistant.figure_selection import Selection
from assistant.number_check import Computed
from index.reading import Reading

__all__ = ["Worked", "difference_of", "worked_out"]


@dataclass(frozen=True, slots=True)
class Worked:
    """A line with a result that is computed, and what it is computed from; no result where it only compares."""

    line: str
    result: Computed | None = None


def worked_out(selection: Selection, leads: Sequence[Numbered]) -> Worked | None:
    """The difference of two compared figures, or whether a target was met; None where nothing is computed."""
    if len(selection.leads) != 2 or selection.question.shape not in ("comparison", "attainment"):
        return None
    first, second = leads[0], leads[1]
    if not _is_plain(first.reading) or not _is_plain(second.reading) or first.reading.unit != second.reading.unit:
        return None
    if selection.question.shape == "attainment":
        below = first.reading.value < second.reading.value
        told = "below" if below else "at or above"
        return Worked(f"Computed from {_sources(first, second)}: the result is {told} the target.")
    amount = difference_of(first.reading.value, second.reading.value)
    unit = {"%": "percentage points", "rank": "places"}.get(first.reading.unit, first.reading.unit)
    about = "about " if first.reading.hedge or second.reading.hedge else ""
    shown = amount if unit == "count" else f"{amount} {unit}"
    inputs = tuple(dict.fromkeys((first.number, second.number)))
    line = f"Computed from {_sources(first, second)}: the difference is {about}{shown}."
    return Worked(line, Computed(shown, float(amount.replace(",", "")), unit, inputs))


def _sources(first: Numbered, second: Numbered) -> str:
    return f"[{first.number}]" if first.number == second.number else f"[{first.number}] and [{second.number}]"


def difference_of(first: float, second: float) -> str:
    """The distance of two values, exact in their decimals, with commas for thousands."""
    return f"{abs(Decimal(repr(second)) - Decimal(repr(first))).normalize():,f}"


def _is_plain(reading: Reading) -> bool:
    return reading.value_to is None and reading.total is None
