"""How well a reading fits the period, scope, kind and unit of a question.

Each fit is 1 (the one asked for) to -1 (another one), 0 where record or question leave it open,
None where the question does not ask.

>>> from corpus.periods import find_periods
>>> year, half = (mention.period for mention in find_periods("in 2024, and in the first half of 2024"))
>>> period_fit(year, year), period_fit(year, half), period_fit(half, year)
(1.0, 0.5, 0.3)
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.figure_likeness import is_share
from assistant.figure_question import FigureQuestion
from assistant.figure_wording import IN_ALL, PLACES_COUNTED, RATE, TARGET
from assistant.fit import whole_year
from corpus.periods import Period
from corpus.places import find_places, is_country, normal_place
from index.catalog import StoredDocument
from index.reading import Reading, ReadingKind
from index.terms import fold, terms

__all__ = ["PART", "Fits", "fits_of", "period_fit"]

NO_TARGET_NAMED = -0.6  # of what was reached, where only "is to be" asks for a target
NOT_SO_OFTEN = 0.4  # a total where so many a day are asked for, or the reverse
PART = 0.5  # a part of the asked period; a longer one is another
INFERRED = 0.6  # of a fit that rests on the report's date
UNSAID = 0.15  # the record does not say when, but the report speaks from that year
NOT_MONEY = frozenset({"count", "rank", "times", "%", "percentage points", "places"})

# Fits of a kind that is told where the question leaves the kind open, by default a good one.
_KIND_LEFT_OPEN: dict[ReadingKind, float] = {"target": -0.8, "change": -0.5}
_KIND_OF_SEVERAL: dict[ReadingKind, float] = {"change": -0.5}
# Fits of another kind than the one asked for, and of those that are not named.
_KIND_INSTEAD_OF: dict[ReadingKind, dict[ReadingKind, float]] = {
    "actual": {"count": 0.8, "rank": 0.8, "estimate": 0.2, "target": -1.0},
    "change": {"target": -0.5},
    "estimate": {"target": -0.8},
}
_ANY_INSTEAD_OF: dict[ReadingKind, float] = {"target": -1.0, "change": -0.4, "estimate": 0.1}


@dataclass(frozen=True, slots=True)
class Fits:
    """The four fits of one reading; None where the question does not ask."""

    period: float | None
    scope: float
    kind: float
    unit: float

    @property
    def mismatches(self) -> tuple[str, ...]:
        """What is another one than asked for: "period", "place", "kind"."""
        told = {"period": self.period, "place": self.scope, "kind": self.kind}
        return tuple(name for name, fit in told.items() if fit is not None and fit <= -1.0)


def fits_of(question: FigureQuestion, reading: Reading, document: StoredDocument, sentence: str) -> Fits:
    """The fits of `reading`, which stands in `document` in the (folded) `sentence`."""
    return Fits(
        period=_period(question, reading, document),
        scope=_scope(question, reading, sentence),
        kind=_kind(question, reading.kind),
        unit=_unit(question, reading),
    )


def period_fit(wanted: Period, given: Period) -> float:
    """1 for the same days, less for a part of them, 0 where they cross, -1 for others and for a longer time."""
    if wanted == given:
        return 1.0
    if wanted.contains(given):
        return PART
    if given.contains(wanted):
        return -1.0
    return 0.0 if wanted.overlaps(given) else -1.0


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
    spoken = whole_year(document.year)
    return UNSAID if max(period_fit(wanted, spoken) for wanted in question.periods) > -1.0 else -1.0


def _scope(question: FigureQuestion, reading: Reading, sentence: str) -> float:
    if question.places:
        return _place(question, reading, sentence)
    if _stems(reading.scope) and _stems(reading.scope) <= _stems(question.asked.question):
        return 1.0
    if question.nation:
        return 0.6 if is_country(reading.scope) else -1.0 if reading.scope else 0.0
    return 0.4 if is_country(reading.scope) else 0.0 if reading.scope_known != "stated" else -0.3


def _place(question: FigureQuestion, reading: Reading, sentence: str) -> float:
    """The fit of the scope where places are asked for; one that its sentence names may be the one."""
    # Of two places in a question for one figure the last is meant: a follow-up adds it.
    meant = question.places[-1:] if question.shape == "one" else question.places
    wanted = {normal_place(name) for name in meant}
    if reading.scope and normal_place(reading.scope) in wanted:
        return 1.0
    if not reading.scope or reading.scope_known != "stated":
        named = {normal_place(place.name) for place in find_places(sentence, any_case=True)}
        if named & wanted or any(fold(name) in sentence for name in question.places):
            return 0.5
    return -1.0 if reading.scope else 0.0


def _kind(question: FigureQuestion, given: ReadingKind) -> float:
    wanted = question.kind
    if question.shape != "one":
        return _KIND_OF_SEVERAL.get(given, 0.0)
    if wanted is None:
        return _KIND_LEFT_OPEN.get(given, 0.2)
    if wanted == given:
        return 1.0
    fit = _KIND_INSTEAD_OF.get(wanted, {}).get(given, _ANY_INSTEAD_OF.get(wanted, -0.5))
    in_so_many_words = wanted != "target" or TARGET.search(question.asked.question)
    return fit if in_so_many_words else max(fit, NO_TARGET_NAMED)  # "is to be recognised" may be said of what is


def _unit(question: FigureQuestion, reading: Reading) -> float:
    return _counted_in(question, reading) - (NOT_SO_OFTEN if _is_other_rate(question, reading) else 0.0)


def _is_other_rate(question: FigureQuestion, reading: Reading) -> bool:
    """Whether a total is asked for and so many a day are told, or the reverse."""
    asked = question.asked.question
    told = RATE.search(f"{reading.indicator} {reading.unit}") is not None
    return told if IN_ALL.search(asked) else RATE.search(asked) is not None and not told


def _counted_in(question: FigureQuestion, reading: Reading) -> float:
    measure, unit = question.measure, reading.unit
    if measure is None:
        return 0.0
    if measure == "rank":
        return 1.0 if unit == "rank" else 0.3 if unit == "places" and question.kind == "change" else -1.0
    if unit == "rank":
        return -1.0
    if measure == "percentage":
        return 1.0 if is_share(reading) else -0.8 if unit != "times" else -0.4
    if measure == "times":
        return 1.0 if unit == "times" else -0.5
    if measure == "count":
        if unit == "places" and PLACES_COUNTED.search(question.asked.question):
            return 1.0
        return 1.0 if unit == "count" else -0.8 if unit in NOT_MONEY else -0.2
    return 0.6 if unit not in NOT_MONEY else -0.3


def _stems(text: str) -> set[str]:
    return {term.stem for term in terms(text)}
