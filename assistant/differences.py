"""Why the figures of one answer differ: another time, another scope, another kind, or a contradiction.

Said with the numbers of the citations and in words that stand in them or in their sources' data,
so that nothing is added to the record.

>>> # difference_line(Numbered(lead, 1), [Numbered(other, 2)])
>>> # -> "Why the others differ: [2] (92%) is of Hai Duong, not of Vietnam."
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.figure_likeness import conflicts, same_figure, same_kind, same_scope, same_time
from index.reading import Reading, ReadingKind

__all__ = ["Difference", "Numbered", "difference_line", "differences"]

Difference = Literal["period", "scope", "kind", "conflict", "agrees", "change", "wording"]
_KINDS: dict[ReadingKind, str] = {
    "actual": "was reached",
    "estimate": "is an estimate",
    "target": "is a target",
    "change": "is a change, not a level",
    "rank": "is a rank",
    "count": "is so many of a total",
}


@dataclass(frozen=True, slots=True)
class Numbered:
    """A reading with the number of its citation."""

    reading: Reading
    number: int


def differences(lead: Reading, other: Reading) -> tuple[Difference, ...]:
    """In what `other` differs from `lead`; "wording" where the record does not tell."""
    if same_figure(lead, other):
        return ("agrees",)
    if conflicts(lead, other):
        return ("conflict",)
    if other.kind == "change" and lead.kind != "change":
        return ("change",)
    found: list[Difference] = []
    if not same_kind(lead, other):
        found.append("kind")
    if not same_scope(lead, other):
        found.append("scope")
    if not same_time(lead, other):
        found.append("period")
    return tuple(found) or ("wording",)


def difference_line(lead: Numbered, others: Sequence[Numbered]) -> str:
    """One line for all of them; "" where there is nothing to tell."""
    agreeing = [one for one in others if differences(lead.reading, one.reading) == ("agrees",)]
    apart = [part for one in others if one not in agreeing and (part := _told(lead, one))]
    elsewhere = [f"[{one.number}]" for one in agreeing if one.number != lead.number]
    lines = []
    if elsewhere:
        lines.append(f"{' and '.join(elsewhere)} {'give' if len(elsewhere) > 1 else 'gives'} the same figure.")
    if apart:
        lines.append(f"Why the others differ: {'; '.join(apart)}.")
    return " ".join(lines)


def _told(lead: Numbered, other: Numbered) -> str:
    """Why one other figure differs; "" where its quote is the lead's own and nothing can be said."""
    found = differences(lead.reading, other.reading)
    same_quote = other.number == lead.number
    name, told = f"[{other.number}]", f"[{other.number}] ({other.reading.text})"
    if found == ("conflict",):
        return f"{name} contradicts [{lead.number}]: same time, scope and kind, another value"
    if found == ("change",):
        return f"{told} is {'the' if same_quote else 'a'} change"
    if found == ("wording",):
        return "" if same_quote else f"{name} may count something else; the record does not say"
    said = []
    if "kind" in found:
        said.append(_KINDS[other.reading.kind])
    if "scope" in found:
        said.append(f"is of {other.reading.scope}, not of {lead.reading.scope}")
    if "period" in found:
        said.append(_period_told(other.reading))
    return f"{told} {' and '.join(said)}"


def _period_told(reading: Reading) -> str:
    if reading.period is None:
        return "is of a time that its report does not name"
    if reading.period_known == "inferred":
        return f"is of {reading.period.label}, the date of its report"
    return f"is of {' '.join(reading.period.label.split())}"
