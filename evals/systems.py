"""What can be measured: our assistant, its stages one by one, and the plain baselines.

All are asked the same cases over the same index. A stage is the assistant with the later stages
taken out: what each of them buys is the difference to the one before it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from assistant.answer import Answer, Citation, RankedPassage, RankedSentence
from assistant.assistant import Assistant
from assistant.conversation import standalone_question
from assistant.exchange import Exchange
from assistant.reader import RerankingReader, SentenceReader
from assistant.retrieval import RetrievalSettings, Retriever
from assistant.trained_reader import TrainedReader
from corpus.document import Span
from corpus.errors import InputError
from corpus.glossary import read_glossary
from evals.baselines import PlainBm25, PlainDense
from evals.case import Case
from evals.given import Given, GivenReading, Quoted, Retrieved
from evals.metrics import quote_is_exact
from evals.run import System
from evals.suite import Wanted
from index.reading import Reading
from index.store import Index

__all__ = ["STAGES", "SYSTEMS", "Ours", "StandaloneOnly", "check_system", "gives", "open_system"]

PASSAGES_KEPT = 10


@dataclass(frozen=True, slots=True)
class Ours:
    """The assistant as it is, or with stages taken out."""

    name: str
    assistant: Assistant
    _texts: dict[str, str] = field(default_factory=dict)  # of the documents cited so far, by id
    _answered: dict[tuple[str, ...], Answer] = field(default_factory=dict)  # conversations so far

    def give(self, case: Case, wanted: Wanted, depth: int) -> Given:
        """What the assistant says; raises InputError for a question it cannot read."""
        if wanted == "answer":
            answer = self.assistant.ask(case.question, history=case.history, within=case.within)
            return self._given(answer)
        if wanted == "conversation":
            return self._given(self._in_conversation((*case.history, case.question)))
        if wanted == "standalone":
            return Given(standalone_question=standalone_question(case.question, case.history))
        if wanted == "passages":
            ranked = self.assistant.search(case.question, history=case.history, count=depth, within=case.within)
            return Given(passages=tuple(map(_passage, ranked)))
        sentences = self.assistant.sentences(case.question, history=case.history, count=depth, within=case.within)
        return Given(sentences=tuple(map(_sentence, sentences)))

    def _in_conversation(self, questions: tuple[str, ...]) -> Answer:
        """The answer to the last of `questions`, each asked after those before it were answered."""
        if questions not in self._answered:
            earlier = [questions[: position + 1] for position in range(len(questions) - 1)]
            turns = [Exchange(asked[-1], answer=self._in_conversation(asked)) for asked in earlier]
            self._answered[questions] = self.assistant.ask(questions[-1], history=turns)
        return self._answered[questions]

    def _given(self, answer: Answer) -> Given:
        return Given(
            standalone_question=answer.standalone_question,
            text=answer.text,
            short_answer=answer.short_answer,
            refused=answer.refused,
            refusal=answer.refusal.value if answer.refusal else "",
            reason=answer.reason,
            confidence=float(answer.confidence),
            mode=answer.mode,
            citations=tuple(map(self._quoted, answer.citations)),
            nearest=tuple(map(self._quoted, answer.nearest)),
            readings=tuple(
                _reading(cited.reading, leads=position < answer.leads) for position, cited in enumerate(answer.readings)
            ),
            passages=tuple(map(_passage, answer.passages[:PASSAGES_KEPT])),
            timings_ms={step: float(spent) for step, spent in answer.timings_ms.items()},
        )

    def _quoted(self, citation: Citation) -> Quoted:
        return Quoted(
            number=citation.number,
            document=citation.document,
            document_id=citation.document_id,
            start=citation.start,
            end=citation.end,
            quote=citation.quote,
            speaker=citation.speaker,
            verdict=citation.verdict.value,
            exact=quote_is_exact(self._text(citation.document_id), citation.start, citation.end, citation.quote),
        )

    def _text(self, document_id: str) -> str:
        """Loaded once: it would count as time of every answer that cites it."""
        if document_id not in self._texts:
            document = self.assistant.index.catalog.document(document_id)
            self._texts[document_id] = document.text if document else ""
        return self._texts[document_id]


@dataclass(frozen=True, slots=True)
class StandaloneOnly:
    """A way to make a follow-up readable alone; it searches nothing."""

    name: str
    read_as: Callable[[str, Sequence[str]], str]

    def give(self, case: Case, wanted: Wanted, depth: int) -> Given:  # noqa: ARG002  # the protocol's signature
        """The standalone question."""
        return Given(standalone_question=self.read_as(case.question, case.history))


def _reading(reading: Reading, *, leads: bool) -> GivenReading:
    period = reading.period.iso if reading.period else None
    return GivenReading(
        reading.value, reading.unit, period, reading.scope or None, reading.kind, reading.text, leads=leads
    )


def _staged(index: Index, name: str) -> System:
    """The assistant up to and with the stage `name`; but for the last, without the trained reader."""
    if name == "reader reranks":
        return Ours(name, Assistant(index, reader=RerankingReader(TrainedReader.load(), read_glossary())))
    settings = RetrievalSettings()
    stage = {
        "dense only": replace(settings, lexical_candidates=0, scored=False),
        "lexical only": replace(settings, dense_candidates=0, scored=False),
        "fused": replace(settings, scored=False),
        "+ rerank": settings,
    }[name]
    return Ours(name, Assistant(index, retriever=Retriever(index, stage), reader=SentenceReader()))


def _rewriting(_index: Index, name: str) -> System:
    return StandaloneOnly(name, REWRITES[name])


STAGES = ("dense only", "lexical only", "fused", "+ rerank", "reader reranks")  # each with what stands before it
PLAIN: dict[str, Callable[[Index], System]] = {"bm25": PlainBm25, "dense": PlainDense}
# Of follow-ups only: what a rewrite of the question has to beat.
REWRITES: dict[str, Callable[[str, Sequence[str]], str]] = {
    "raw question": lambda question, _history: question,
    "first question": lambda question, history: " ".join([*history[:1], question]),
}
SYSTEMS: dict[str, Callable[[Index], System]] = {
    "ours": lambda index: Ours("ours", Assistant(index)),
    **PLAIN,
    **{name: partial(_rewriting, name=name) for name in REWRITES},
    **{stage: partial(_staged, name=stage) for stage in STAGES},
}


def check_system(name: str) -> None:
    """Raises InputError that lists the names when there is no system of that name."""
    if name not in SYSTEMS:
        raise InputError(f"There is no system {name!r}. Choose one of: {', '.join(SYSTEMS)}.")


def open_system(name: str, index: Index) -> System:
    """The system of that name over `index`. Raises InputError that lists the names."""
    check_system(name)
    return SYSTEMS[name](index)


def gives(name: str, wanted: Wanted) -> bool:
    """Whether the system gives what is wanted: a ranking completes no question, a rewrite finds nothing."""
    if name in REWRITES:
        return wanted == "standalone"
    return name not in PLAIN or wanted not in ("standalone", "conversation")


def _passage(ranked: RankedPassage) -> Retrieved:
    passage = ranked.passage
    return Retrieved.of(ranked.document, passage, Span(passage.start, passage.end), ranked.score)


def _sentence(ranked: RankedSentence) -> Retrieved:
    evidence = ranked.evidence
    return Retrieved.of(ranked.document, evidence.passage, evidence.sentence, evidence.score)
