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

UNIT_OF_DIFFERENCE = {"%": "percentage points", "rank": "places"}  # else that of the figures


@dataclass(frozen=True, slots=True)
class Worked:
    """A line with a result that is computed, and what it is computed from; no result where it only compares."""

    line: str
    result: Computed | None = None


def worked_out(selection: Selection, leads: Sequence[Numbered]) -> Worked | None:
    """The difference of two compared figures, or whether a target was met; None where nothing is computed.

    `leads` are the numbered leads of `selection`, in its order; what follows them is not looked at.
    """
    if len(selection.leads) != 2:
        return None
    first, second = leads[0], leads[1]
    if not (_is_plain(first.reading) and _is_plain(second.reading)) or first.reading.unit != second.reading.unit:
        return None
    if selection.question.shape == "attainment":
        return _attainment(first, second)
    return _difference(first, second) if selection.question.shape == "comparison" else None


def difference_of(first: float, second: float) -> str:
    """The distance of two values, exact in their decimals, with commas for thousands."""
    return f"{abs(Decimal(repr(second)) - Decimal(repr(first))).normalize():,f}"


def _attainment(result: Numbered, target: Numbered) -> Worked:
    gap = result.reading.value - target.reading.value
    is_below = gap > 0 if result.reading.unit == "rank" else gap < 0  # 71st is below 70th
    told = "below" if is_below else "at or above"
    return Worked(f"Computed from {_sources(result, target)}: the result is {told} the target.")


def _difference(first: Numbered, second: Numbered) -> Worked:
    amount = difference_of(first.reading.value, second.reading.value)
    unit = UNIT_OF_DIFFERENCE.get(first.reading.unit, first.reading.unit)
    about = "about " if first.reading.hedge or second.reading.hedge else ""
    shown = amount if unit == "count" else f"{amount} {unit}"
    line = f"Computed from {_sources(first, second)}: the difference is {about}{shown}."
    inputs = tuple(dict.fromkeys((first.number, second.number)))
    return Worked(line, Computed(shown, float(amount.replace(",", "")), unit, inputs))


def _sources(first: Numbered, second: Numbered) -> str:
    return " and ".join(dict.fromkeys((f"[{first.number}]", f"[{second.number}]")))


def _is_plain(reading: Reading) -> bool:
    """Whether a reading is one number: no range, no share of a total."""
    return reading.value_to is None and reading.total is None
