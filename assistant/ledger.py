"""Which of the record's figures a question asks for, and which others it could be taken for.

Every reading whose words share the question's, and every one in the sentences that retrieval
found, is judged by what it measures, its period, scope, kind and unit. A figure of another year,
place or kind never leads: it is shown beside, or told as the reason why there is no answer.

>>> # Ledger(catalog, embedder, glossary).matched(figure_question(asked), evidence)[0].reading.text
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Evidence
from assistant.figure_fit import Fits, fits_of
from assistant.figure_question import FigureQuestion
from assistant.figure_shape import shape_of
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
UNLIKE, ALIKE = 0.2, 0.65  # cosines of indicators that have nothing in common, and that are one
MEASURE_WEIGHT = 0.35  # of words that say how a thing is counted and not which
MEASURES = frozenset(
    "rate rates ratio share proportion percentage number total amount value level portion part figure".split()
)
# Weights of the parts of a score.
MATCH, LIKENESS, EVIDENCE, IS_SPAN = 1.4, 0.8, 0.5, 0.3
PERIOD, SCOPE, KIND, UNIT = 0.7, 0.35, 0.5, 0.45


_Key = tuple[str, int]  # document id and start of a reading


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


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a question asks for, as readings are compared with it."""

    question: FigureQuestion
    words: tuple[QueryWord, ...]
    weights: dict[str, float]  # by word
    vector: NDArray[np.float32]  # of what is asked for, (dim,) unit norm

    def match(self, found: FoundReading, others: set[str]) -> float:
        """Share of the words, by weight, that say what a reading measures; less for those beside it.

        `others` are the stems of what the other figures of its sentence measure.
        """
        own = _stems(f"{found.reading.indicator} {found.reading.scope}")
        sentence = own | _stems(found.sentence)
        around = sentence | _stems(found.header)
        total = sum(self.weights[word.word] for word in self.words) or 1.0
        sentence -= others - own
        return sum(self.weights[word.word] * _told(word, own, sentence, around) for word in self.words) / total

    def likeness(self, found: FoundReading) -> float:
        """Cosine of what is asked for and what a reading measures."""
        return float(self.vector @ found.vector) if found.vector.shape == self.vector.shape else 0.0


@dataclass(slots=True)
class _InEvidence:
    """The readings that stand in the sentences of the evidence."""

    found: dict[_Key, FoundReading]
    ranks: dict[_Key, float]  # 1 for those of the best sentence
    spans: set[_Key]  # those that the reader named


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
        wanted = self._wanted(question)
        searched = [form for word in wanted.words for form in word.searched]
        told = self._in_evidence(evidence)
        found = told.found | {
            _key(one.reading): one for one in self._catalog.readings.search(searched, SEARCHED, within)
        }
        measured: dict[tuple[str, Span], list[FoundReading]] = {}
        for one in found.values():
            measured.setdefault((one.reading.document_id, one.reading.sentence), []).append(one)
        documents = self._catalog.stored({one.reading.document_id for one in found.values()})
        matched = [
            _judged(
                wanted,
                one,
                documents[one.reading.document_id],
                told.ranks.get(key, 0.0),
                is_span=key in told.spans,
                others=_measured_by(measured[one.reading.document_id, one.reading.sentence]),
            )
            for key, one in found.items()
            if one.reading.document_id in documents
        ]
        return sorted(matched, key=lambda item: (-item.score, item.reading.document_id, item.reading.start))

    def with_known_scopes(self, question: FigureQuestion) -> FigureQuestion:
        """The question with the places and organisations that it names and the record gives figures of."""
        text = question.asked.question
        asked = _stems(text)
        known = {normal_place(name) for name in question.places}
        named = {
            scope: own
            for scope in self._catalog.readings.scopes()
            if (own := _stems(scope)) and own <= asked and normal_place(scope) not in known and _is_named(scope, text)
        }
        if not named:
            return question
        of_names = {stem for own in named.values() for stem in own}
        folded = fold(text)
        places = tuple(sorted((*question.places, *named), key=lambda name: folded.rfind(fold(name))))
        return replace(
            question,
            places=places,
            words=tuple(word for word in question.words if word.stem not in of_names),
            shape=shape_of(text, find_periods(text), places),
        )

    def _wanted(self, question: FigureQuestion) -> _Wanted:
        asked = question.asked
        topic = " ".join(asked.question[word.start : word.end] for word in question.words)
        kept = {word.word for word in question.words}
        words = query_words(asked.question, self._glossary, asked.language)
        words = [word for word in words if word.word in kept] or words
        weights = word_weights(words, self._catalog)
        return _Wanted(
            question,
            tuple(words),
            {word: weight * (MEASURE_WEIGHT if word in MEASURES else 1.0) for word, weight in weights.items()},
            self._embedder.embed_query(topic or asked.question),
        )

    def _in_evidence(self, evidence: Sequence[Evidence]) -> _InEvidence:
        told = _InEvidence({}, {}, set())
        best = max((item.score for item in evidence), default=1.0)
        for item in evidence[:EVIDENCE_READ]:
            for one in self._catalog.readings.inside(item.passage.document_id, item.sentence):
                key = _key(one.reading)
                told.found.setdefault(key, one)
                told.ranks.setdefault(key, max(0.0, item.score / best) if best > 0 else 0.0)
                if item.answer and item.answer.overlaps(Span(one.reading.start, one.reading.end)):
                    told.spans.add(key)
        return told


def _is_named(scope: str, question: str) -> bool:
    """Whether a question that writes names with capitals writes this one so."""
    capitals = any(letter.isupper() for letter in question[1:])
    return not capitals or re.search(rf"\b{re.escape(scope[:1].upper())}", question) is not None


def _measured_by(found: Sequence[FoundReading]) -> set[str]:
    """The stems of what some readings measure."""
    return {stem for one in found for stem in _stems(one.reading.indicator)}


def _judged(
    wanted: _Wanted,
    found: FoundReading,
    document: StoredDocument,
    evidence: float,
    *,
    is_span: bool,
    others: set[str],
) -> Matched:
    match, likeness = wanted.match(found, others), wanted.likeness(found)
    fits = fits_of(wanted.question, found.reading, document, found.sentence)
    told = MATCH * match + LIKENESS * likeness + EVIDENCE * evidence + IS_SPAN * is_span
    fit = PERIOD * (fits.period or 0.0) + SCOPE * fits.scope + KIND * fits.kind + UNIT * fits.unit
    return Matched(found.reading, document, match, likeness, evidence, is_span, fits, told + fit)


def _told(word: QueryWord, own: set[str], sentence: set[str], around: set[str]) -> float:
    """How far a word is told of a reading: of what it measures, in its sentence, in its document's header."""
    return max(word.share_in(own), IN_SENTENCE * word.share_in(sentence), IN_HEADER * word.share_in(around))


def _key(reading: Reading) -> _Key:
    return reading.document_id, reading.start


def _stems(text: str) -> set[str]:
    return {term.stem for term in terms(text)}
