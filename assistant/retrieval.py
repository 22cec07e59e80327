"""Finds the passages that may answer: dense and lexical candidates, fused, then reranked.

Candidates come from Chroma (cosine) and the full text (BM25) and are fused by reciprocal rank
(Cormack et al. 2009). Each candidate is then scored by its best sentence: how near its vector
is to the question's, and how much of the question's rare words it covers. Periods and places
guide the order; nothing is filtered away.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Measures
from assistant.fit import PassageContext
from assistant.query_words import QueryWord, coverage, inverse_document_frequency, query_words
from assistant.question import Asked
from corpus.document import Span
from corpus.glossary import Glossary, read_glossary
from index.catalog import StoredDocument
from index.passage import Passage
from index.store import Index
from index.terms import Term

__all__ = ["RetrievalSettings", "Retrieved", "Retriever", "ScoredSentence", "reciprocal_ranks"]

Array = NDArray[np.float32]
Coverage = Callable[[set[str]], float]  # of a set of stems: share of the question's words in it


@dataclass(frozen=True, slots=True)
class RetrievalSettings:
    """Weights found on the tuning parts of the public sets and the gold suite; see evals/README.md."""

    candidates: int = 60  # from each of the two searches
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
        settings, catalog = self._settings, self._index.catalog
        query = self._index.embedder.embed_query(asked.question)
        total = catalog.passage_count()
        wanted = min(max(settings.candidates, 2 * count), total)
        near = self._index.vectors.nearest(query, wanted, within)
        words = query_words(asked.question, self._glossary)
        lexical = catalog.search((searched for word in words for searched in word.searched), wanted, within)
        similarity = {neighbour.passage_id: neighbour.similarity for neighbour in near}
        fused = reciprocal_ranks(
            [[neighbour.passage_id for neighbour in near], [hit.passage_id for hit in lexical]],
            settings.fusion_constant,
        )
        ids = sorted(fused, key=lambda passage_id: -fused[passage_id])[: max(settings.reranked, count)]
        passages = catalog.passages(ids)
        vectors = catalog.sentence_vectors(ids, len(query))
        documents = catalog.stored({passage.document_id for passage in passages.values()})
        cover = partial(coverage, words, self._weights(words, total))
        ranked = []
        for passage_id in ids:
            # A document may be ingested anew between these look-ups.
            if passage_id in passages and passage_id in vectors and passages[passage_id].document_id in documents:
                context = PassageContext(asked, passages[passage_id], documents[passages[passage_id].document_id])
                ranked.append(self._score(context, query, vectors[passage_id], similarity.get(passage_id, 0.0), cover))
        ranked.sort(key=lambda retrieved: -retrieved.score)
        return ranked[:count]

    def _weights(self, words: Sequence[QueryWord], total: int) -> dict[str, float]:
        """Inverse document frequency of each word, as in BM25, by its commonest single form."""
        forms = {
            word.word: [stem for other in word.alternatives if len(other) == 1 for stem in other] for word in words
        }
        frequency = self._index.catalog.document_frequencies(stem for stems in forms.values() for stem in stems)
        return {
            word: inverse_document_frequency(max(frequency.get(stem, 0) for stem in stems), total)
            for word, stems in forms.items()
        }

    def _score(
        self, context: PassageContext, query: Array, vectors: Array, similarity: float, cover: Coverage
    ) -> Retrieved:
        settings, passage = self._settings, context.passage
        context_coverage = cover(context.stems)
        if not similarity:  # found by the full text only: its sentences' mean stands in
            mean = vectors.mean(axis=0)
            similarity = float(query @ mean / max(float(np.linalg.norm(mean)), 1e-9))
        similarities = vectors @ query
        names_fit = context.names_fit()
        sentences = []
        for position, span in enumerate(passage.sentences):
            measures = Measures(
                similarity=float(similarities[position]),
                coverage=cover(_stems_in(context.words, span, passage.start)),
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
            )
            sentences.append(ScoredSentence(span, measures, score))
        best = max(sentence.score for sentence in sentences)
        return Retrieved(passage, context.document, tuple(sentences), best)


def reciprocal_ranks(rankings: Sequence[Sequence[str]], constant: int) -> dict[str, float]:
    """Sum of 1 / (constant + rank) over the rankings, ranks from 1 (Cormack et al. 2009)."""
    fused: dict[str, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            fused[item] = fused.get(item, 0.0) + 1.0 / (constant + rank)
    return fused


def _stems_in(words: Sequence[Term], span: Span, offset: int) -> set[str]:
    start, end = span.start - offset, span.end - offset
    return {term.stem for term in words if start <= term.start < end}
