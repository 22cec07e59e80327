"""How well a reading fits the period, scope, kind and unit of a question.

Each fit is 1 (the one asked for) to -1 (another one), 0 where record or question leave it open.

>>> # fits_of(figure_question(understand("EGDI rank 2024?")), reading, document, sentence).period
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from assistant.figure_question import FigureQuestion
from corpus.periods import Period
from corpus.places import find_places, is_country, normal_place
from index.catalog import StoredDocument
from index.reading import Reading
from index.terms import fold, terms

__all__ = ["PART", "Fits", "fits_of", "is_percentage", "period_fit"]

PART, WHOLE = 0.5, 0.3  # a part of the asked period; a longer one that holds it
INFERRED = 0.6  # of a fit that rests on the report's date
UNSAID = 0.15  # the record does not say when, but the report speaks from that year
NOT_MONEY = frozenset({"count", "rank", "times", "%", "percentage points", "places"})


@dataclass(frozen=True, slots=True)
class Fits:
    """The four fits of one reading."""

    period: float | None
    scope: float | None
    kind: float | None
    unit: float | None

    @property
    def mismatches(self) -> tuple[str, ...]:
        """What is another one than asked for."""
        told = {"period": self.period, "place": self.scope, "kind": self.kind}
        return tuple(name for name, fit in told.items() if fit is not None and fit <= -1.0)


def fits_of(question: FigureQuestion, reading: Reading, document: StoredDocument, sentence: str) -> Fits:
    """The fits of `reading`, which stands in `document` in the (folded) `sentence`."""
    return Fits(
        period=_period(question, reading, document),
        scope=_scope(question, reading, sentence),
        kind=_kind(question, reading),
        unit=_unit(question, reading),
    )


def period_fit(wanted: Period, given: Period) -> float:
    """1 for the same days, less for a part or a whole of them, -1 for others."""
    if (wanted.start, wanted.end) == (given.start, given.end):
        return 1.0
    if wanted.contains(given):
        return PART
    if given.contains(wanted):
        return WHOLE
    return 0.0 if wanted.overlaps(given) else -1.0


def is_percentage(reading: Reading) -> bool:
    """Whether a reading can be read as a share: a percentage, or so many of a total."""
    return reading.unit == "%" or (reading.total is not None and reading.unit == "count")


def _period(question: FigureQuestion, reading: Reading, document: StoredDocument) -> float | None:
    if question.latest and reading.period:
        return 0.0
    if not question.periods:
        return None
    if reading.period:
        best = max(period_fit(wanted, reading.period) for wanted in question.periods)
        return best * INFERRED if reading.period_known == "inferred" and best > 0 else best
    if document.year is None or reading.kind == "target":
        return 0.0
    spoken = Period(date(document.year, 1, 1), date(document.year, 12, 31), str(document.year))
    return UNSAID if max(period_fit(wanted, spoken) for wanted in question.periods) > -1.0 else -1.0


def _scope(question: FigureQuestion, reading: Reading, sentence: str) -> float | None:
    scope = normal_place(reading.scope) if reading.scope else ""
    if question.places:
        # Of two places in a question for one figure the last is meant: a follow-up adds it.
        meant = question.places[-1:] if question.shape == "one" else question.places
        wanted = {normal_place(name) for name in meant}
        if scope in wanted:
            return 1.0
        elsewhere = scope and reading.scope_known == "stated"
        named = {normal_place(place.name) for place in find_places(sentence, any_case=True)}
        if not elsewhere and (any(fold(name) in sentence for name in question.places) or named & wanted):
            return 0.5
        return -1.0 if scope else 0.0
    if reading.scope:
        asked = {term.stem for term in terms(question.asked.question)}
        named_scope = {term.stem for term in terms(reading.scope)}
        if named_scope and named_scope <= asked:
            return 1.0
    if question.nation:
        return 0.6 if is_country(reading.scope) else -1.0 if scope else 0.0
    return 0.4 if is_country(reading.scope) else 0.0 if reading.scope_known != "stated" else -0.3


def _kind(question: FigureQuestion, reading: Reading) -> float | None:
    wanted, given = question.kind, reading.kind
    if question.shape != "one":
        return {"change": -0.5}.get(given, 0.0)
    if wanted is None:
        return {"target": -0.8, "change": -0.5}.get(given, 0.2)
    if wanted == given:
        return 1.0
    if wanted == "target":
        return -1.0
    if wanted == "actual":
        return (
            0.8 if given in ("count", "rank") else 0.2 if given == "estimate" else -1.0 if given == "target" else -0.5
        )
    if wanted == "change":
        return -0.5 if given == "target" else -0.4
    if wanted == "estimate":
        return -0.8 if given == "target" else 0.1
    return -0.5


def _unit(question: FigureQuestion, reading: Reading) -> float | None:
    measure, unit = question.measure, reading.unit
    if measure is None:
        return 0.0
    if measure == "rank":
        return 1.0 if unit == "rank" else 0.3 if unit == "places" and question.kind == "change" else -1.0
    if unit == "rank":
        return -1.0
    if measure == "percentage":
        return 1.0 if is_percentage(reading) else -0.8 if unit != "times" else -0.4
    if measure == "times":
        return 1.0 if unit == "times" else -0.5
    if measure == "count":
        if unit == "places" and re.search(r"\b(?:place|spot)s?\b", question.asked.question.lower()):
            return 1.0
        return 1.0 if unit == "count" else -0.8 if unit in NOT_MONEY else -0.2
    return 0.6 if unit not in NOT_MONEY else -0.3
