"""Reading: which sentences of the retrieved passages answer, and which of their words.

`Reader` is the seam: a trained model takes the place of `SentenceReader` without any other
change. A reader judges; it does not decide whether to answer (see assistant/decision.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.answer import Evidence
from assistant.question import Asked
from assistant.retrieval import Retrieved
from assistant.spans import answer_span
from corpus.document import Span

__all__ = ["Reader", "SentenceReader"]

READ_SENTENCES = 40  # best ones whose words are looked at
TYPE_BONUS = 0.15  # for a sentence that holds something of the asked kind
TYPED_KINDS = {"figure", "count", "person", "date", "place"}


class Reader(Protocol):
    """Finds evidence in passages."""

    def read(self, asked: Asked, passages: Sequence[Retrieved]) -> list[Evidence]:
        """Sentences that may answer, best first; scores compare across passages and questions."""


class SentenceReader:
    """Ranks sentences by their retrieval scores and by whether they hold what is asked for."""

    def read(self, asked: Asked, passages: Sequence[Retrieved]) -> list[Evidence]:
        """Sentences that may answer, best first."""
        scored = sorted(
            ((sentence.score, retrieved, sentence) for retrieved in passages for sentence in retrieved.sentences),
            key=lambda item: -item[0],
        )
        evidence = []
        for score, retrieved, sentence in scored[:READ_SENTENCES]:
            passage = retrieved.passage
            found = answer_span(asked, passage.quote(sentence.span)) if asked.kind in TYPED_KINDS else None
            answer = Span(sentence.span.start + found.start, sentence.span.start + found.end) if found else None
            bonus = TYPE_BONUS if answer else 0.0
            evidence.append(Evidence(passage, sentence.span, answer, score + bonus, sentence.measures))
        return sorted(evidence, key=lambda item: -item.score)
