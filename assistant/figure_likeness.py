"""How two readings stand to each other: the same figure, a contradiction, points of one series.

Knows nothing of questions and answers. A place, a time or a kind that the record leaves open
contradicts nothing.

>>> same_place("Hải Dương", "Hai Duong province"), same_place("Hai Duong", "Hai Phong")
(True, False)
"""

from __future__ import annotations

from corpus.places import normal_place
from corpus.quantities import Quantity
from index.reading import Reading
from index.terms import terms

__all__ = [
    "are_near",
    "can_stand_in_series",
    "conflicts",
    "is_share",
    "same_figure",
    "same_kind",
    "same_place",
    "same_scope",
    "same_time",
    "same_value",
]

EQUAL = 1e-9  # relative: two spellings of one value
SHARED_WORDS = 0.6  # of the shorter of two indicators that are one
NEAR = 2  # characters between sentences that follow each other


def is_share(figure: Reading | Quantity) -> bool:
    """Whether a figure can be read as a share: a percentage, or so many of a total."""
    return figure.unit == "%" or (figure.total is not None and figure.unit == "count")


def same_place(first: str, second: str) -> bool:
    """Whether two names are of one place or organisation."""
    return normal_place(first) == normal_place(second)


def same_scope(first: Reading, second: Reading) -> bool:
    """Whether two readings may be of one place: where one does not say, they may."""
    return not first.scope or not second.scope or same_place(first.scope, second.scope)


def same_time(first: Reading, second: Reading) -> bool:
    """Whether two readings are of the same days, or both of no time that is told."""
    return first.period == second.period


def same_kind(first: Reading, second: Reading) -> bool:
    """Whether two readings are told in one sense; so many of a total is what was reached."""
    kinds = {first.kind, second.kind}
    return len(kinds) == 1 or kinds == {"actual", "count"}


def same_value(first: Reading, second: Reading) -> bool:
    """Whether two readings tell one value in one unit, however it is written."""
    scale = max(abs(first.value), abs(second.value), EQUAL)
    return first.unit == second.unit and abs(first.value - second.value) <= EQUAL * scale


def same_figure(first: Reading, second: Reading) -> bool:
    """Whether two readings tell the same value of the same time, scope and kind."""
    return same_value(first, second) and _same_sense(first, second)


def conflicts(first: Reading, second: Reading) -> bool:
    """Whether readings of two documents contradict: one indicator, time, scope, kind and unit, another value."""
    apart = first.document_id != second.document_id and first.period is not None
    return (
        apart
        and first.unit == second.unit
        and not same_value(first, second)
        and _same_sense(first, second)
        and _same_thing(first, second)
    )


def can_stand_in_series(first: Reading, second: Reading) -> bool:
    """Whether two readings can stand in one row: both shares, or both in one unit; both levels or both changes."""
    levels = (first.kind == "change") == (second.kind == "change")
    return levels and (first.unit == second.unit or (is_share(first) and is_share(second)))


def are_near(first: Reading, second: Reading) -> bool:
    """Whether two readings stand in one sentence or in sentences that follow each other."""
    gap = max(first.sentence.start - second.sentence.end, second.sentence.start - first.sentence.end)
    return first.document_id == second.document_id and gap <= NEAR


def _same_sense(first: Reading, second: Reading) -> bool:
    return same_time(first, second) and same_scope(first, second) and same_kind(first, second)


def _same_thing(first: Reading, second: Reading) -> bool:
    """Whether two indicators share most of their words."""
    a, b = ({term.stem for term in terms(one.indicator)} for one in (first, second))
    return bool(a and b) and len(a & b) >= SHARED_WORDS * min(len(a), len(b))
