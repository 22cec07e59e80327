"""How well a sentence fits the period, the place, the kind of figure and the names asked for.

A sentence that names its own year or province is judged by it; one that does not takes them from
the sentences before it, then from its document. Every fit is 1 (the one asked for) to -1 (another
one), 0 when the record leaves it open, None when the question does not ask.
"""

from __future__ import annotations

import re
from datetime import date

from assistant.figure_kind import asked_kind, said_kind
from assistant.query_words import as_written
from assistant.question import Asked
from corpus.document import Span
from corpus.periods import Period, PeriodMention, find_periods
from corpus.places import find_places, is_country, normal_place
from index.catalog import StoredDocument
from index.passage import Passage
from index.terms import terms

__all__ = ["PassageContext", "whole_year"]

# How far a period counts that comes from the sentences before, from the document's day, or
# from the latest year that a document without a day tells of.
INHERITED, DATED, INFERRED = 0.8, 0.5, 0.3
LABEL_CHARACTERS = 80  # a speaker's name is not longer
PARTLY = 0.8  # a part of the asked period, or one that holds it


class PassageContext:
    """One passage read for one question: its words, and what each of its sentences inherits."""

    def __init__(self, asked: Asked, passage: Passage, document: StoredDocument) -> None:
        self.asked = asked
        self.passage = passage
        self.document = document
        self.words = terms(passage.text)
        self.stems = self.stems_in(Span(passage.start, passage.end)) | {term.stem for term in terms(passage.header)}

    def stems_in(self, span: Span) -> set[str]:
        """The stems of the words in `span`, and, for a question in another language, the words as written."""
        start, end = span.start - self.passage.start, span.end - self.passage.start
        inside = [term for term in self.words if start <= term.start < end]
        stems = {term.stem for term in inside}
        if self.asked.language != "en":
            stems |= {as_written(self.passage.text[term.start : term.end]) for term in inside}
        return stems

    def period_fit(self, sentence: Span) -> float | None:
        """Whether the sentence speaks of an asked period."""
        if not self.asked.periods:
            return None
        year = self.document.year
        own = _times(find_periods(self.passage.quote(sentence), year_hint=year))
        if own:
            return self._best_overlap(own)
        before = Span(self.passage.start, sentence.start)
        line = self.passage.text.rfind("\n", 0, before.end - before.start) + 1 + self.passage.start
        inherited = _times(find_periods(self.passage.quote(Span(line, sentence.start)), year_hint=year))
        if inherited:
            return INHERITED * self._best_overlap(inherited[-2:])
        if year is None:
            return 0.0
        dated = self.document.held_on or self.document.published_on
        return (DATED if dated else INFERRED) * self._best_overlap([whole_year(year)])

    def _best_overlap(self, periods: list[Period]) -> float:
        return max(_overlap(wanted, period) for wanted in self.asked.periods for period in periods)

    def place_fit(self, sentence: Span) -> float | None:
        """Whether the sentence speaks of an asked place."""
        if not self.asked.places:
            return None
        wanted = {normal_place(name) for name in self.asked.places}
        own = {normal_place(mention.name) for mention in find_places(self.passage.quote(sentence))}
        if own & wanted:
            return 1.0
        around = {normal_place(mention.name) for mention in find_places(self.passage.text)}
        around |= {normal_place(mention.name) for mention in find_places(self.passage.header)}
        around.add(normal_place(self.document.place))
        if around & wanted:
            return -0.3 if own else 0.7
        return -1.0

    def scope_fit(self, sentence: Span) -> float | None:
        """For a figure asked without a place: 1 when it is told of the nation, -1 of a part of it.

        None when a place is asked for, or no figure.
        """
        if self.asked.places or self.asked.kind not in {"figure", "count"}:
            return None
        words = self.passage.quote(sentence)
        if _NATION.search(words):
            return 1.0
        part = _PART.search(words) or any(not is_country(mention.name) for mention in find_places(words))
        return -1.0 if part else 0.0

    def kind_fit(self, sentence: Span) -> float | None:
        """Whether the sentence tells a target where one is asked for, or what was reached."""
        asked = asked_kind(self.asked.question)
        if asked not in ("target", "actual") or self.asked.kind not in {"figure", "count"}:
            return None
        return 1.0 if said_kind(self.passage.quote(sentence)) == asked else -1.0

    def names_fit(self) -> float | None:
        """Share of the words of asked names that stand in the passage or its header, scaled to -1..1."""
        asked = [term.stem for name in self.asked.names for term in terms(name)]
        if not asked:
            return None
        return 2.0 * sum(stem in self.stems for stem in asked) / len(asked) - 1.0

    def speaker_fit(self) -> float:
        """Share of a transcript passage's text that is spoken by somebody the question names, 0 to 1."""
        if self.document.kind != "transcript":
            return 0.0
        asked = {term.stem for term in terms(self.asked.question, keep_stop_words=True)}
        spoken = 0
        speaker = self.passage.header.rpartition(" · ")[2]  # who goes on speaking from the passage before
        for line in self.passage.text.split("\n"):
            label, colon, _ = line.partition(": ")
            speaker = label if colon and len(label) <= LABEL_CHARACTERS else speaker
            name = {term.stem for term in terms(speaker, keep_stop_words=True)}
            if name and 2 * len(name & asked) >= len(name):
                spoken += len(line)
        return spoken / max(1, len(self.passage.text))


# What a figure may be told of: "nationally", "in the province".
_NATION = re.compile(r"\b(?:nation(?:al|ally|wide)?|countrywide|(?:the|whole|entire) country)\b", re.IGNORECASE)
_PART = re.compile(r"\b(?:province|city|district|commune|region|state|county)\b", re.IGNORECASE)


def _times(mentions: list[PeriodMention]) -> list[Period]:
    return [mention.period for mention in mentions if mention.relation != "baseline"]


def _overlap(wanted: Period, given: Period) -> float:
    if wanted.start == given.start and wanted.end == given.end:
        return 1.0
    if not wanted.overlaps(given):
        return -1.0
    return PARTLY


def whole_year(year: int) -> Period:
    """The days of a year."""
    return Period(date(year, 1, 1), date(year, 12, 31), str(year))
