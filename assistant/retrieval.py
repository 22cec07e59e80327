"""Finds the passages that may answer: dense and lexical candidates, fused, then reranked.

Candidates come from Chroma (cosine) and the full text (BM25) and are fused by reciprocal rank
(Cormack et al. 2009). Each candidate is then scored by its best sentence: how near its vector
is to the question's, and how much of the question's rare words it covers. Periods and places
guide the order; nothing is filtered away.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Measures
from assistant.fit import PassageContext
from assistant.neighbours import with_neighbours
from assistant.query_words import QueryWord, coverage, query_words, word_weights
from assistant.question import Asked
from assistant.topic import topic_of
from corpus.document import Span
from corpus.glossary import Glossary, read_glossary
from index.catalog import LexicalHit, StoredDocument
from index.passage import Passage
from index.settings import BUNDLED_MODEL
from index.store import Index
from index.vectors import Neighbour

__all__ = ["RetrievalSettings", "Retrieved", "Retriever", "ScoredSentence", "reciprocal_ranks"]

Array = NDArray[np.float32]
LEAST = 1e-6  # orders sentences of one passage and nothing else
Coverage = Callable[[set[str]], float]  # of a set of stems: share of the question's words in it


@dataclass(frozen=True, slots=True)
class RetrievalSettings:
    """Weights found on the tuning parts of the public sets and the gold suite; see evals/README.md."""

    dense_candidates: int = 60  # nearest vectors; 0 leaves them out
    lexical_candidates: int = 60  # from the full text; 0 leaves it out
    scored: bool = True  # candidates ordered by their best sentence, else as fused
    reranked: int = 40  # fused candidates whose sentences are scored
    fusion_constant: int = 60  # k of reciprocal rank fusion
    dense: float = 1.0  # the sentence's cosine similarity
    dense_passage: float = 0.5  # its passage's
    lexical: float = 0.6  # share of the question's rare words in the sentence
    lexical_passage: float = 0.4  # in the passage and its header
    period: float = 0.25  # the asked period, where one is asked
    place: float = 0.25
    scope: float = 0.15  # the nation before a part of it, where no place is asked for
    kind: float = 0.1  # target or actual
    speaker: float = 0.15  # the share of a passage's talk that is the asked speaker's
    neighbours: float = 3.5  # the mean of the passages around one of a transcript
    neighbours_reach: float = 4.0  # passages over which that mean falls off

    def by_words(self) -> RetrievalSettings:
        """For a question in a language that the encoder has not learnt: its vectors are noise there."""
        return replace(self, dense_candidates=0, dense=0.2, dense_passage=0.1, lexical_passage=0.8)


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence of a candidate passage and what speaks for it."""

    span: Span  # offsets in the document
    measures: Measures
    score: float


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A candidate passage with its sentences in order."""

    passage: Passage
    document: StoredDocument
    sentences: tuple[ScoredSentence, ...]
    score: float  # higher is better


@dataclass(frozen=True, slots=True)
class _Candidate:
    passage_id: str
    fused: float  # sum of reciprocal ranks
    similarity: float | None  # of its vector; None when only the full text found it


class Retriever:
    """Searches one index."""

    def __init__(
        self, index: Index, settings: RetrievalSettings | None = None, glossary: Glossary | None = None
    ) -> None:
        self._index = index
        self._settings = settings or RetrievalSettings()
        self._glossary = glossary or read_glossary()

    def retrieve(self, asked: Asked, *, count: int = 10, within: str | None = None) -> list[Retrieved]:
        """The `count` best passages, best first; `within` is a document id to stay inside of."""
        settings = self._settings_for(asked.language)
        query = self._query(asked.question)
        words = query_words(asked.question, self._glossary, asked.language)
        candidates = self._candidates(settings, query, words, count, within)
        ranked = self._scored(settings, asked, query, words, candidates)
        if settings.scored:
            ranked = self._among_neighbours(ranked)
        ranked.sort(key=lambda retrieved: -retrieved.score)
        return ranked[:count]

    def _candidates(
        self, settings: RetrievalSettings, query: Array, words: Sequence[QueryWord], count: int, within: str | None
    ) -> list[_Candidate]:
        """What vectors and full text find, fused by rank; at least `count` where there are as many."""
        total = self._index.catalog.passage_count()
        near: list[Neighbour] = []
        matching: list[LexicalHit] = []
        if settings.dense_candidates:
            wanted = min(max(settings.dense_candidates, 2 * count), total)
            near = self._index.vectors.nearest(query, wanted, within)
        if settings.lexical_candidates:
            wanted = min(max(settings.lexical_candidates, 2 * count), total)
            searched = (form for word in words for form in word.searched)
            matching = self._index.catalog.search(searched, wanted, within)
        similarity = {neighbour.passage_id: neighbour.similarity for neighbour in near}
        fused = reciprocal_ranks(
            [[neighbour.passage_id for neighbour in near], [hit.passage_id for hit in matching]],
            settings.fusion_constant,
        )
        ids = sorted(fused, key=lambda passage_id: -fused[passage_id])[: max(settings.reranked, count)]
        return [_Candidate(passage_id, fused[passage_id], similarity.get(passage_id)) for passage_id in ids]

    def _scored(
        self,
        settings: RetrievalSettings,
        asked: Asked,
        query: Array,
        words: Sequence[QueryWord],
        candidates: Sequence[_Candidate],
    ) -> list[Retrieved]:
        """Each candidate with its sentences and what speaks for them."""
        catalog = self._index.catalog
        ids = [candidate.passage_id for candidate in candidates]
        passages = catalog.passages(ids)
        vectors = catalog.sentence_vectors(ids, len(query))
        documents = catalog.stored({passage.document_id for passage in passages.values()})
        cover = partial(coverage, words, word_weights(words, catalog))
        ranked = []
        for candidate in candidates:
            passage = passages.get(candidate.passage_id)
            # A document may be ingested anew between these look-ups.
            if passage and passage.id in vectors and passage.document_id in documents:
                context = PassageContext(asked, passage, documents[passage.document_id])
                scored = _score(settings, context, query, vectors[passage.id], candidate.similarity, cover)
                ranked.append(scored if settings.scored else _as_fused(scored, candidate.fused))
        return ranked

    def _query(self, question: str) -> Array:
        """The direction between the question's vector and that of its topic: (dim,) float32, unit norm."""
        vector: Array = self._index.embedder.embed_queries([question, topic_of(question)]).sum(axis=0)
        unit: Array = vector / max(float(np.linalg.norm(vector)), 1e-9)
        return unit

    def _among_neighbours(self, ranked: Sequence[Retrieved]) -> list[Retrieved]:
        """The same passages; those of transcripts scored together with the passages around them."""
        settings = self._settings
        talk: dict[str, dict[int, float]] = {}
        for item in ranked:
            if item.document.kind == "transcript":
                talk.setdefault(item.document.id, {})[item.passage.ordinal] = item.score
        last = {item.document.id: item.document.passages - 1 for item in ranked}
        raised = {
            document_id: with_neighbours(
                scores, last=last[document_id], reach=settings.neighbours_reach, weight=settings.neighbours
            )
            for document_id, scores in talk.items()
        }
        return [
            _raised(item, raised[item.document.id][item.passage.ordinal] - item.score)
            if item.document.id in raised
            else item
            for item in ranked
        ]

    def _settings_for(self, language: str) -> RetrievalSettings:
        known = language == "en" or self._index.settings.embedding_model != BUNDLED_MODEL
        return self._settings if known else self._settings.by_words()


def _score(
    settings: RetrievalSettings,
    context: PassageContext,
    query: Array,
    vectors: Array,
    similarity: float | None,
    cover: Coverage,
) -> Retrieved:
    passage = context.passage
    context_coverage = cover(context.stems)
    if similarity is None:  # found by the full text only: its sentences' mean stands in
        mean = vectors.mean(axis=0)
        similarity = float(query @ mean / max(float(np.linalg.norm(mean)), 1e-9))
    similarities = vectors @ query
    names_fit = context.names_fit()
    spoken = settings.speaker * context.speaker_fit()
    sentences = []
    for position, span in enumerate(passage.sentences):
        measures = Measures(
            similarity=float(similarities[position]),
            coverage=cover(context.stems_in(span)),
            context_coverage=context_coverage,
            period_fit=context.period_fit(span),
            place_fit=context.place_fit(span),
            names_fit=names_fit,
            scope_fit=context.scope_fit(span),
            kind_fit=context.kind_fit(span),
        )
        score = (
            settings.dense * measures.similarity
            + settings.dense_passage * similarity
            + settings.lexical * measures.coverage
            + settings.lexical_passage * context_coverage
            + settings.period * (measures.period_fit or 0.0)
            + settings.place * (measures.place_fit or 0.0)
            + settings.scope * (measures.scope_fit or 0.0)
            + settings.kind * (measures.kind_fit or 0.0)
            + spoken
        )
        sentences.append(ScoredSentence(span, measures, score))
    best = max(sentence.score for sentence in sentences)
    return Retrieved(passage, context.document, tuple(sentences), best)


def _raised(retrieved: Retrieved, by: float) -> Retrieved:
    sentences = tuple(replace(sentence, score=sentence.score + by) for sentence in retrieved.sentences)
    return replace(retrieved, sentences=sentences, score=retrieved.score + by)


def _as_fused(retrieved: Retrieved, fused: float) -> Retrieved:
    """Ordered by the fused rank alone; among a passage's sentences the nearest vector is first."""
    sentences = tuple(replace(s, score=fused + s.measures.similarity * LEAST) for s in retrieved.sentences)
    return replace(retrieved, sentences=sentences, score=fused)


def reciprocal_ranks(rankings: Sequence[Sequence[str]], constant: int) -> dict[str, float]:
    """Sum of 1 / (constant + rank) over the rankings, ranks from 1 (Cormack et al. 2009)."""
    fused: dict[str, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            fused[item] = fused.get(item, 0.0) + 1.0 / (constant + rank)
    return fused
