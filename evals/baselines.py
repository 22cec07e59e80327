"""What plain retrieval finds for the same questions: the floor that our search has to beat.

Plain BM25 (Robertson and Zaragoza 2009, doi:10.1561/1500000019, with the IDF of Lucene:
ln(1 + (N - n + 0.5) / (n + 0.5)), never below 0) and plain all-MiniLM-L6-v2, each over chunks of
256 tokens and over chunks of our own size, beside our search. Follow-up questions are left out: a
plain retriever cannot know what they follow.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.given import Retrieved
from evals.gold import GoldQuestion, find_gold_spans
from evals.metrics import mean, reciprocal_rank, success_at
from evals.report import table
from evals.run import Asker, TruthKind
from evals.truth import OriginalTruth, SpanTruth, Truth
from index.chunking import cut_passages
from index.embedding import Embedder, PassageText
from index.passage import Passage
from index.store import Index

__all__ = ["Bm25", "RetrievalRow", "compare_retrieval", "retrieval_table"]

PLAIN_CHUNK_TOKENS = 256
DEPTH = 10
Array = NDArray[np.float32]
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class RetrievalRow:
    """One way to search, over all questions."""

    name: str
    chunk_tokens: int
    questions: int
    first: float | None  # Success@1: share of questions whose first passage holds a gold quote
    first_five: float | None  # Success@5
    reciprocal_rank: float | None  # mean RR@10


class Bm25:
    """Okapi BM25 over lower-cased words, without stemming and stop words.

    >>> Bm25(["the rate was 45%", "the weather"]).rank("online rate", 2)
    [0, 1]
    """

    def __init__(self, texts: Sequence[str], *, k1: float = 1.5, b: float = 0.75) -> None:
        self._k1, self._b = k1, b
        self._counts = [Counter(_words(text)) for text in texts]
        self._lengths = [sum(counts.values()) for counts in self._counts]
        self._mean_length = mean([float(length) for length in self._lengths]) or 1.0
        holding = Counter(word for counts in self._counts for word in counts)
        total = len(texts)
        self._idf = {word: math.log(1 + (total - n + 0.5) / (n + 0.5)) for word, n in holding.items()}

    def rank(self, question: str, count: int) -> list[int]:
        """Positions of the `count` best texts, best first; ties keep their order."""
        words = _words(question)
        scores = [self._score(words, position) for position in range(len(self._counts))]
        return sorted(range(len(scores)), key=lambda position: -scores[position])[:count]

    def _score(self, words: Sequence[str], position: int) -> float:
        counts, length = self._counts[position], self._lengths[position]
        norm = self._k1 * (1 - self._b + self._b * length / self._mean_length)
        return sum(
            self._idf.get(word, 0.0) * counts[word] * (self._k1 + 1) / (counts[word] + norm)
            for word in words
            if counts[word]
        )


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


@dataclass(frozen=True, slots=True)
class _Asked:
    question: GoldQuestion
    truth: Truth


def compare_retrieval(
    assistant: Asker, index: Index, gold: Sequence[GoldQuestion], truth: TruthKind = "spans"
) -> list[RetrievalRow]:
    """Plain BM25, plain MiniLM and our search for every answerable question without a history."""
    asked = [
        _Asked(question, SpanTruth(question, find_gold_spans(question, index)))
        if truth == "spans"
        else _Asked(question, OriginalTruth(question))
        for question in gold
        if question.answerable and not question.history and (truth == "spans" or question.originals)
    ]
    rows = []
    for chunk_tokens in dict.fromkeys((PLAIN_CHUNK_TOKENS, index.settings.chunk_tokens)):
        chunks = _Chunks.of(index, chunk_tokens)
        rows += [
            _row("plain BM25", chunk_tokens, asked, chunks.lexical()),
            _row("plain MiniLM", chunk_tokens, asked, chunks.dense(index.embedder)),
        ]
    rows.append(_row("our search", index.settings.chunk_tokens, asked, lambda text: _ours(assistant, text)))
    return rows


def _row(
    name: str, chunk_tokens: int, asked: Sequence[_Asked], search: Callable[[str], list[Retrieved]]
) -> RetrievalRow:
    rankings = []
    for question in asked:
        holds = [question.truth.holds(passage) for passage in search(question.question.question)]
        if None not in holds:  # gold that is not in the index could not be scored
            rankings.append([bool(relevant) for relevant in holds])
    return RetrievalRow(
        name=name,
        chunk_tokens=chunk_tokens,
        questions=len(rankings),
        first=success_at(rankings, 1),
        first_five=success_at(rankings, 5),
        reciprocal_rank=mean([reciprocal_rank(ranking, DEPTH) for ranking in rankings]),
    )


def _ours(assistant: Asker, question: str) -> list[Retrieved]:
    return [
        _retrieved(ranked.document, ranked.passage, ranked.score) for ranked in assistant.search(question, count=DEPTH)
    ]


@dataclass(frozen=True, slots=True)
class _Chunks:
    """The indexed documents cut anew, without headers: what a plain retriever has."""

    passages: tuple[Passage, ...]
    documents: dict[str, str]  # name by id

    @classmethod
    def of(cls, index: Index, chunk_tokens: int) -> _Chunks:
        passages: list[Passage] = []
        names = {}
        for stored in index.catalog.documents():
            document = index.catalog.document(stored.id)
            if document:
                names[document.id] = document.name
                passages += cut_passages(document, content_hash=stored.content_hash, chunk_tokens=chunk_tokens)
        return cls(tuple(passages), names)

    def lexical(self) -> Callable[[str], list[Retrieved]]:
        bm25 = Bm25([passage.text for passage in self.passages])
        return lambda question: self._at(bm25.rank(question, DEPTH))

    def dense(self, embedder: Embedder) -> Callable[[str], list[Retrieved]]:
        texts = [PassageText("", passage.text, ()) for passage in self.passages]
        vectors = np.stack([made.passage for made in embedder.embed_passages(texts)])

        def search(question: str) -> list[Retrieved]:
            similarity = vectors @ embedder.embed_query(question)
            return self._at([int(position) for position in np.argsort(-similarity, kind="stable")[:DEPTH]])

        return search

    def _at(self, positions: Sequence[int]) -> list[Retrieved]:
        chosen = [self.passages[position] for position in positions]
        return [_retrieved(self.documents[passage.document_id], passage, 0.0) for passage in chosen]


def _retrieved(document: str, passage: Passage, score: float) -> Retrieved:
    return Retrieved(document, passage.document_id, passage.start, passage.end, passage.text, score)


def retrieval_table(rows: Sequence[RetrievalRow]) -> str:
    """The comparison as a Markdown table."""

    def share(value: float | None) -> str:
        return "not scored" if value is None else f"{100 * value:.1f} %"

    cells = [
        [
            row.name,
            str(row.chunk_tokens),
            share(row.first),
            share(row.first_five),
            "not scored" if row.reciprocal_rank is None else f"{row.reciprocal_rank:.3f}",
            str(row.questions),
        ]
        for row in rows
    ]
    return table(["search", "chunk tokens", "gold first", "gold in first five", "MRR@10", "questions"], cells)
