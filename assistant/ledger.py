"""Which of the record's figures a question asks for, and which others it could be taken for.

Every reading whose words share the question's, and every one in the sentences that retrieval
found, is judged by what it measures, its period, scope, kind and unit. A figure of another year,
place or kind never leads: it is shown beside, or told as the reason why there is no answer.

>>> # Ledger(catalog, glossary).select(figure_question(asked), evidence)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Evidence
from assistant.figure_fit import Fits, fits_of
from assistant.figure_question import FigureQuestion, shape_of
from assistant.query_words import QueryWord, query_words, word_weights
from corpus.document import Span
from corpus.glossary import Glossary
from corpus.periods import find_periods
from corpus.places import normal_place
from index.catalog import Catalog, StoredDocument
from index.embedding import Embedder
from index.reading import Reading
from index.readings_table import FoundReading
from index.terms import fold, terms

__all__ = ["Ledger", "Matched"]

SEARCHED = 80  # readings by their words
EVIDENCE_READ = 24  # sentences of the evidence whose readings are judged
IN_SENTENCE, IN_HEADER = 0.6, 0.4  # what a word counts that stands beside what the figure measures, not in it
UNLIKE, ALIKE = 0.25, 0.85  # cosines of indicators that have nothing in common, and that are one
MEASURE_WEIGHT = 0.35  # of words that say how a thing is counted and not which
MEASURES = frozenset(
    "rate rates ratio share proportion percentage number total amount value level portion part figure".split()
)
WEIGHTS = {
    "match": 1.4,
    "likeness": 0.8,
    "evidence": 0.5,
    "span": 0.3,
    "period": 0.7,
    "scope": 0.35,
    "kind": 0.5,
    "unit": 0.45,
}


@dataclass(frozen=True, slots=True)
class Matched:
    """A reading judged for a question."""

    reading: Reading
    document: StoredDocument
    match: float  # share of the question's words, weighted by rarity, that say what it measures, 0 to 1
    likeness: float  # cosine of what it measures and what is asked for
    evidence: float  # its sentence's place among the evidence: 1 for the best, 0 for none
    is_span: bool  # the reader named these words
    fits: Fits
    score: float  # higher is better; comparable within one question

    @property
    def likely(self) -> float:
        """How likely it is told of what is asked for, by words or by meaning, 0 to 1."""
        meaning = min(1.0, max(0.0, (self.likeness - UNLIKE) / (ALIKE - UNLIKE)))
        return max(self.match, (self.match + meaning) / 2)

    @property
    def mismatches(self) -> tuple[str, ...]:
        """What speaks against it: "period", "place", "kind"."""
        return self.fits.mismatches


class Ledger:
    """Judges the readings of one catalog."""

    def __init__(self, catalog: Catalog, embedder: Embedder, glossary: Glossary) -> None:
        self._catalog = catalog
        self._embedder = embedder
        self._glossary = glossary

    def matched(
        self, question: FigureQuestion, evidence: Sequence[Evidence], within: str | None = None
    ) -> list[Matched]:
        """The readings that may be asked for, best first; `within` is a document id to stay inside of."""
        words = self._words(question)
        asked = self._embedder.embed_query(_topic(question) or question.asked.question)
        searched = [form for word in words for form in word.searched]
        found = {_key(one.reading): one for one in self._catalog.readings.search(searched, SEARCHED, within)}
        ranks: dict[tuple[str, int], float] = {}
        spans: set[tuple[str, int]] = set()
        best = max((item.score for item in evidence), default=1.0)
        for item in evidence[:EVIDENCE_READ]:
            for one in self._catalog.readings.inside(item.passage.document_id, item.sentence):
                key = _key(one.reading)
                found.setdefault(key, one)
                ranks.setdefault(key, max(0.0, item.score / best) if best > 0 else 0.0)
                if item.answer and item.answer.overlaps(Span(one.reading.start, one.reading.end)):
                    spans.add(key)
        documents = self._catalog.stored({one.reading.document_id for one in found.values()})
        weights = word_weights(words, self._catalog)
        weights = {word: weight * (MEASURE_WEIGHT if word in MEASURES else 1.0) for word, weight in weights.items()}
        matched = [
            self._judged(
                question,
                one,
                documents[one.reading.document_id],
                words,
                weights,
                ranks.get(key, 0.0),
                key in spans,
                asked,
            )
            for key, one in found.items()
            if one.reading.document_id in documents
        ]
        return sorted(matched, key=lambda item: (-item.score, item.reading.document_id, item.reading.start))

    def with_known_scopes(self, question: FigureQuestion) -> FigureQuestion:
        """The question with the places and organisations that it names and the record gives figures of."""
        asked = {term.stem for term in terms(question.asked.question)}
        known = {normal_place(name) for name in question.places}
        named = [
            scope
            for scope in self._catalog.readings.scopes()
            if (own := _stems(scope)) and own <= asked and normal_place(scope) not in known
        ]
        stems = {stem for scope in named for stem in _stems(scope)}
        words = tuple(word for word in question.words if word.stem not in stems)
        if not named:
            return question
        asked_text = fold(question.asked.question)
        places = tuple(sorted((*question.places, *named), key=lambda name: asked_text.rfind(fold(name))))
        mentions = find_periods(question.asked.question)
        shape = shape_of(question.asked.question, mentions, places)
        return replace(question, places=places, words=words, shape=shape)

    def _words(self, question: FigureQuestion) -> list[QueryWord]:
        stems = {term.stem for term in question.words}
        asked = query_words(question.asked.question, self._glossary, question.asked.language)
        kept = [word for word in asked if any(term.stem in stems and term.word == word.word for term in question.words)]
        return kept or asked

    def _judged(
        self,
        question: FigureQuestion,
        found: FoundReading,
        document: StoredDocument,
        words: Sequence[QueryWord],
        weights: dict[str, float],
        evidence: float,
        is_span: bool,
        asked: NDArray[np.float32],
    ) -> Matched:
        reading = found.reading
        likeness = float(asked @ found.vector) if found.vector.shape == asked.shape else 0.0
        own = _stems(f"{reading.indicator} {reading.scope}")
        sentence = own | _stems(found.sentence)
        around = sentence | _stems(found.header)
        total = sum(weights[word.word] for word in words) or 1.0
        match = (
            sum(
                weights[word.word]
                * max(word.share_in(own), IN_SENTENCE * word.share_in(sentence), IN_HEADER * word.share_in(around))
                for word in words
            )
            / total
        )
        fits = fits_of(question, reading, document, found.sentence)
        score = (
            WEIGHTS["match"] * match
            + WEIGHTS["likeness"] * likeness
            + WEIGHTS["evidence"] * evidence
            + WEIGHTS["span"] * is_span
            + WEIGHTS["period"] * (fits.period or 0.0)
            + WEIGHTS["scope"] * (fits.scope or 0.0)
            + WEIGHTS["kind"] * (fits.kind or 0.0)
            + WEIGHTS["unit"] * (fits.unit or 0.0)
        )
        return Matched(reading, document, match, likeness, evidence, is_span, fits, score)


def _topic(question: FigureQuestion) -> str:
    text = question.asked.question
    return " ".join(text[word.start : word.end] for word in question.words)


def _key(reading: Reading) -> tuple[str, int]:
    return reading.document_id, reading.start


def _stems(text: str) -> set[str]:
    return {term.stem for term in terms(text)}
