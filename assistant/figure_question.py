"""What a question about a figure asks for: which thing, when, where, in what sense, in what shape.

Knows nothing of the record; the wordings are those of assistant/figure_wording.py.

>>> from assistant.question import understand
>>> asked = figure_question(understand("Compare the EGDI rank in 2022 and in 2024."))
>>> asked.shape, asked.kind, [period.label for period in asked.periods]
('comparison', 'rank', ['2022', '2024'])
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.figure_kind import asked_kind
from assistant.figure_shape import Shape, shape_of
from assistant.figure_wording import (
    ACTUAL,
    AMOUNTS,
    BEGAN,
    CHANGE,
    COUNT,
    FRAME,
    LATEST,
    MET,
    MONEY,
    NATION,
    PERCENTAGE,
    RANK,
    SOURCE,
    TARGET,
    TARGET_NOUN,
    TIMES,
)
from assistant.question import Asked
from assistant.question_kinds import is_terse
from corpus.document import Span
from corpus.periods import Period, PeriodMention, find_periods
from corpus.places import find_places, is_country
from index.reading import ReadingKind
from index.terms import Term, terms

__all__ = ["FigureQuestion", "figure_question"]

Measure = Literal["percentage", "count", "money", "rank", "times"]

_ABOUT_FORM = (CHANGE, ACTUAL, TARGET, BEGAN, MET)  # these words tell which figure of a thing is asked for
_WHAT_CHANGES = frozenset({"money", "percentage", "rank"})  # a change of these may be told in any unit


@dataclass(frozen=True, slots=True)
class FigureQuestion:
    """A question read as one for figures."""

    asked: Asked
    shape: Shape
    kind: ReadingKind | None  # target, actual, estimate, change or rank where the words say so
    measure: Measure | None  # what the figure is counted in, where the words say so
    words: tuple[Term, ...]  # of what is measured
    periods: tuple[Period, ...]  # asked for; those compared with too, but for the shape "one"
    places: tuple[str, ...]  # and organisations
    nation: bool  # asks for the whole nation in so many words
    latest: bool
    names_source: bool  # asks for what one source says: "according to the budget meeting"

    @property
    def is_figure(self) -> bool:
        """Whether a figure may be what is asked for."""
        if self.asked.kind in ("figure", "count") or self.shape != "one" or self.measure in ("rank", "times"):
            return True
        if self.asked.kind == "list":
            return self.measure is not None
        if self.asked.kind not in ("open", "yes_no"):
            return False
        question = self.asked.question
        named = self.kind in ("change", "rank") or TARGET_NOUN.search(question) or AMOUNTS.search(question)
        return self.measure is not None or bool(named) or is_terse(question)


def figure_question(asked: Asked) -> FigureQuestion:
    """How `asked` would be read as a question for figures; never fails."""
    question = asked.question
    mentions = find_periods(question)
    places = find_places(question, any_case=True)
    taken = [Span(mention.start, mention.end) for mention in mentions] + [Span(p.start, p.end) for p in places]
    taken += [Span(*match.span()) for form in _ABOUT_FORM for match in form.finditer(question)]
    words = tuple(
        term
        for term in terms(question)
        if term.stem not in FRAME and not any(span.start <= term.start < span.end for span in taken)
    )
    names = tuple(dict.fromkeys(place.name for place in places))
    periods = tuple(dict.fromkeys(mention.period for mention in mentions))
    shape = shape_of(question, mentions, names)
    kind = None if shape in ("series", "attainment") else asked_kind(question)
    measure = _measure(question)
    return FigureQuestion(
        asked=asked,
        shape=shape,
        kind=kind,
        measure=None if kind == "change" and measure in _WHAT_CHANGES else measure,
        words=words,
        periods=periods if shape != "one" else _asked_for(mentions, kind),
        places=names,
        nation=NATION.search(question) is not None or any(is_country(name) for name in names),
        latest=LATEST.search(question) is not None,
        names_source=SOURCE.search(question) is not None,
    )


def _asked_for(mentions: Sequence[PeriodMention], kind: ReadingKind | None) -> tuple[Period, ...]:
    """The periods that one figure is asked of: not what a change is measured against."""
    against = {"baseline", "since"} if kind == "change" else {"baseline"}
    return tuple(mention.period for mention in mentions if mention.relation not in against)


def _measure(question: str) -> Measure | None:
    """What the figure is counted in, the most telling words first."""
    if RANK.search(question):
        return "rank"
    if TIMES.search(question):
        return "times"
    if COUNT.search(question):
        return "count"
    if PERCENTAGE.search(question):
        return "percentage"
    return "money" if MONEY.search(question) else None
