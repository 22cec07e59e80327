"""What a question about a figure asks for: which thing, when, where, in what sense, in what shape.

>>> asked = figure_question(understand("By how much did the EGDI rank change between 2022 and 2024?"))
>>> asked.shape, asked.kind, [period.label for period in asked.periods]
('comparison', 'change', ['2022', '2024'])
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.question import Asked, understand
from assistant.question_kinds import is_terse
from corpus.document import Span
from corpus.periods import Period, PeriodMention, find_periods
from corpus.places import find_places, is_country
from index.reading import ReadingKind
from index.terms import Term, terms

__all__ = ["FigureQuestion", "Shape", "figure_question", "shape_of", "understand"]

Shape = Literal["one", "series", "comparison", "attainment"]
Measure = Literal["percentage", "count", "money", "rank", "times"]

_SERIES = re.compile(
    r"\bhow (?:has|have|had|did)\b.*\b(?:develop|evolv|chang|progress|mov|gone|go\b|vary|varied|trend)\w*"
    r"|\b(?:development|evolution|trend|trajectory|history|time series|progress(?:ion)?) (?:of|in|for)\b|\bover (?:the )?(?:years|time)\b"
    r"|\byear (?:by|on) year\b|\b(?:each|every) year (?:since|from|between)|\bover the (?:last|past)\b|\bsince (?:19|20)\d\d\b|\bthrough the years\b"
    r"|\b(?:all|the) (?:years|figures) (?:for|of|from|since)\b|\bseries\b",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"\bcompare[ds]?\b|\bcomparison\b|\bversus\b|\bvs\b|\bagainst\b|\bor\b|\bdifference between\b|\bdiffer\b|\b(?:more|less|fewer|higher|lower|larger|bigger|smaller|better)\b.*\b(?:than|or in)\b"
    r"|\bbetween\b.*\band\b|\bfrom\b.*\bto\b",
    re.IGNORECASE,
)
_ATTAINMENT = re.compile(
    r"\b(?:target|goal|plan)s?\b.*\b(?:reach|met|meet|achiev|exceed|miss|surpass|beat|fulfil|attain|hit|fall short|on track)\w*"
    r"|\b(?:reach|met|meet|achiev|exceed|miss|surpass|beat|fulfil|attain|hit)\w*\b.*\b(?:target|goal|plan)s?\b",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"\b(?:goals?|targets?|plan) (?:and|against|versus|vs\.?) (?:the )?(?:results?|actuals?|outcome|outturn|reality|achieved)\b"
    r"|\b(?:results?|actuals?|outcome) (?:and|against|versus|vs\.?) (?:the )?(?:goals?|targets?|plan)\b"
    r"|\b(?:stands?|compares?|measures?|looks?)\b[^?]*\b(?:against|with|to) (?:the|its|their) (?:goals?|targets?|plan)\b",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\bsince (?:19|20)\d\d\b", re.IGNORECASE)
_HOW_HAS = re.compile(r"\bhow (?:has|have|did|had)\b", re.IGNORECASE)
_YES_NO = re.compile(r"^\s*(?:is|are|was|were|did|do|does|has|have|had|how far|by how much)\b", re.IGNORECASE)
_TARGET = re.compile(
    r"\b(?:targets?|targeted|goals?|aims?|aimed|planned (?:for|to|in|by)|objective|(?:is|are|was|were|meant|supposed|due) to (?:be|reach|rise|have|get|open|fall|handle|achieve)"
    r"|should|must|supposed|hoped?|set for)\b",
    re.IGNORECASE,
)
_GOALS_COUNTED = re.compile(r"\bhow many\b[^?]{0,90}\b(?:goals|targets)\b", re.IGNORECASE)
_DUE = re.compile(r"\b(?:(?:is|are|was|were|due) to be|(?:meant|supposed|expected) to|should)\b", re.IGNORECASE)
_ACTUAL = re.compile(
    r"\b(?:actual|actually|achieved|in fact|so far|already|in the end|in reality|really|result(?:s|ed)?|outturn|realised|reached)\b",
    re.IGNORECASE,
)
_DID_REACH = re.compile(r"\b(?:did|has|have|had)\b[^?]*\b(?:reach|achieve|get to|attain)\b", re.IGNORECASE)
_ESTIMATE = re.compile(r"\b(?:estimat\w+|forecast\w*|project(?:ed|ion)\w*|predict\w*|expect\w*)\b", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:by how (?:much|many)|how (?:much|many) (?:more|less|fewer|higher|lower|faster|quicker)|how fast|how much did .* (?:grow|rise|fall|drop|increase|decrease|change|go up|go down)"
    r"|growth|increase[ds]?|decrease[ds]?|gr[eo]w(?:n|s|ing|th)?|rise|rose|risen|fell|fallen|drop(?:ped)?|decline[ds]?|change[ds]?|climb\w*|faster|quicker|go(?:ne)? up|went up|times (?:quicker|faster|higher)"
    r"|places? did|spots?)\b",
    re.IGNORECASE,
)
_MOVES = re.compile(
    r"\b(?:climb\w*|(?:go|gone|went|moved?) (?:up|down)|by how many (?:places|spots|positions)|how many (?:places|spots|positions))\b",
    re.IGNORECASE,
)
_RANK = re.compile(
    r"\brank\w*|\b(?:what|which) (?:place|position|spot)\b|\bposition\b|\bhow high .* rank", re.IGNORECASE
)
_PERCENTAGE = re.compile(
    r"\b(?:per ?cent(?:age)?|percentages?|share|proportion|ratio|rate|portion|part|fraction|quota)\b|%", re.IGNORECASE
)
_MONEY = re.compile(
    r"\b(?:revenues?|cost|costs|price|budget|spend\w*|spent|income|profit|loss|turnover|sales|expenditure|money|dollars?|euros?|dong|USD|VND|EUR|salary|fund\w*|invest\w*|debt|deficit|surplus|pay|paid)\b",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\bhow many\b|\bnumber of\b|\bno\. of\b|\bcount of\b", re.IGNORECASE)
_TIMES = re.compile(
    r"\bhow many times\b|\btimes (?:quicker|faster|higher|more)|\bhow much (?:quicker|faster)\b", re.IGNORECASE
)
_LATEST = re.compile(r"\b(?:latest|most recent|newest|current|currently|now|today|at present)\b", re.IGNORECASE)
_SOURCE = re.compile(
    r"\baccording to\b|\bin the words of\b|\bas (?:\w+ ){0,4}(?:said|put|gave|reported)\b|\b(?:report|article|meeting|session|call|minutes) (?:say|give|report|name|state)s?\b",
    re.IGNORECASE,
)
_NATION = re.compile(
    r"\b(?:national(?:ly)?|nationwide|countrywide|(?:the|whole|entire) (?:country|nation)|country['’]s)\b",
    re.IGNORECASE,
)
# Words that say how a figure is asked for, not of what it is.
_FRAME = frozenset(
    term.stem
    for term in terms(
        "much many fast high low large big figure figures number total amount value level latest current recent target goal aim plan planned actual achieved "
        "estimate estimated forecast expected projected compare comparison versus vs difference develop developed development evolve evolved change changed trend "
        "since year years time report according record reach reached get got percentage percent set exactly number still year-end end whole full please quarter half month "
        "stand stands against compare compares report reports source sources agree agrees altogether overall "
        "national nationally nationwide country put given pls thank thanks lot slide need want"
    )
)  # fmt: skip


_BEGAN = re.compile(r"\bsince [^?,]{1,40} (?:began|started|start|beginning)\b", re.IGNORECASE)
_MET = re.compile(r"\b(?:reach|met|meet|achiev|exceed|miss|surpass|beat|fulfil|attain|hit)\w*\b", re.IGNORECASE)
_ABOUT_FORM = (_CHANGE, _ACTUAL, _TARGET, _BEGAN, _MET)  # these words tell which figure of a thing is asked for


@dataclass(frozen=True, slots=True)
class FigureQuestion:
    """A question read as one for figures."""

    asked: Asked
    shape: Shape
    kind: ReadingKind | None  # target, actual, estimate, change or rank where the words say so
    measure: Measure | None  # what the figure is counted in, where the words say so
    words: tuple[Term, ...]  # of what is measured
    periods: tuple[Period, ...]  # asked for, those compared with included
    places: tuple[str, ...]  # and organisations
    nation: bool  # asks for the whole nation in so many words
    latest: bool
    names_source: bool  # asks for what one source says: "according to the budget meeting"

    @property
    def is_figure(self) -> bool:
        """Whether a figure may be what is asked for."""
        if self.asked.kind in ("figure", "count") or self.shape != "one" or self.measure in ("rank", "times"):
            return True
        open_words = self.asked.kind in ("open", "list", "yes_no")
        return open_words and (self.measure is not None or self.kind is not None or is_terse(self.asked.question))


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
        if term.stem not in _FRAME and not any(span.start <= term.start < span.end for span in taken)
    )
    names = tuple(dict.fromkeys(place.name for place in places))
    periods = tuple(dict.fromkeys(mention.period for mention in mentions))
    shape = shape_of(question, mentions, names)
    kind = _kind(question, shape)
    measure = _measure(question)
    return FigureQuestion(
        asked=asked,
        shape=shape,
        kind=kind,
        measure=None if kind == "change" and measure in ("money", "percentage", "rank") else measure,
        words=words,
        periods=periods if shape != "one" else _asked_for(mentions, kind),
        places=tuple(name for name in names),
        nation=_NATION.search(question) is not None or any(is_country(name) for name in names),
        latest=_LATEST.search(question) is not None,
        names_source=_SOURCE.search(question) is not None,
    )


def shape_of(question: str, mentions: Sequence[PeriodMention], places: Sequence[str]) -> Shape:
    """Whether one figure is asked for, its course over time, several side by side, or a target with its result."""
    against_nation = len(places) == 1 and not is_country(places[0]) and _NATION.search(question) is not None
    several = len({mention.period for mention in mentions}) > 1 or len(places) > 1 or against_nation
    if _BOTH.search(question) or (_ATTAINMENT.search(question) and _YES_NO.search(question)):
        return "attainment"
    if _CHANGE.search(question) and _SINCE.search(question) and not _HOW_HAS.search(question):
        return "one"  # "the rise since 2022"
    if several and _COMPARES.search(question) and not _SERIES.search(question):
        return "comparison"
    if _SERIES.search(question):
        return "series"
    ranged = any(mention.period.days > 400 for mention in mentions)
    if ranged:
        return "comparison" if _CHANGE.search(question) else "series"
    return "comparison" if several and re.search(r"\band\b", question) else "one"


def _asked_for(mentions: Sequence[PeriodMention], kind: ReadingKind | None) -> tuple[Period, ...]:
    """The periods that one figure is asked of: not what a change is measured against."""
    against = {"baseline", "since"} if kind == "change" else {"baseline"}
    return tuple(mention.period for mention in mentions if mention.relation not in against)


def _kind(question: str, shape: Shape) -> ReadingKind | None:
    if shape in ("series", "attainment"):
        return None
    if _GOALS_COUNTED.search(question):
        return None
    if _DUE.search(question) or (_TARGET.search(question) and not _ACTUAL.search(question)):
        return "target"
    if _ACTUAL.search(question) or _DID_REACH.search(question):
        return "actual"
    if _MOVES.search(question):
        return "change"
    if _RANK.search(question):
        return "rank"
    if _CHANGE.search(question):
        return "change"
    return "estimate" if _ESTIMATE.search(question) else None


def _measure(question: str) -> Measure | None:
    if _RANK.search(question):
        return "rank"
    if _TIMES.search(question):
        return "times"
    if _COUNT.search(question):
        return "count"
    if _PERCENTAGE.search(question):
        return "percentage"
    return "money" if _MONEY.search(question) else None
