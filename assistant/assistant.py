"""The assistant: one question through the whole pipeline, each step a module of its own.

>>> # Assistant(open_index(home, settings)).ask("What was the online dossier rate in 2024?")
"""

from __future__ import annotations

import os
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant.answer import Answer, Evidence, RankedPassage, RankedSentence
from assistant.chat_model import ChatModel
from assistant.composition import compose
from assistant.conversation import standalone_question
from assistant.decision import decide, decide_figures, refuse
from assistant.exchange import Exchange, exchanges_of
from assistant.figure_composition import compose_figures
from assistant.figure_question import FigureQuestion, figure_question
from assistant.figure_selection import misfit, select
from assistant.generation import Writer
from assistant.ledger import Ledger, Matched
from assistant.model import model_of_environment
from assistant.progress import Found, Progress
from assistant.question import understand
from assistant.reader import Reader, open_reader
from assistant.retrieval import Retrieved, Retriever
from assistant.told_again import told_again
from assistant.verification import verify
from corpus.errors import InputError
from corpus.glossary import read_glossary
from index.store import Index

__all__ = ["LONGEST_QUESTION", "PASSAGES_RETRIEVED", "Assistant"]

LONGEST_QUESTION = 2000  # characters
PASSAGES_RETRIEVED = 10


class Assistant:
    """Answers questions from one index."""

    def __init__(
        self,
        index: Index,
        *,
        retriever: Retriever | None = None,
        reader: Reader | None = None,
        model: ChatModel | None = None,
    ) -> None:
        self.index = index
        glossary = read_glossary(index.folder.parent / "glossary.txt")
        self._retriever = retriever or Retriever(index, glossary=glossary)
        self._ledger = Ledger(index.catalog, index.embedder, glossary)
        self._reader = reader or open_reader(os.environ.get("RAPPORTEUR_READER", ""), glossary)
        model = model or model_of_environment()
        self._writer = Writer(model, index.catalog) if model else None

    def ask(self, question: str, *, history: Sequence[str | Exchange] = (), within: str | None = None) -> Answer:
        """The cited answer, or a refusal with its reason.

        `history` holds the earlier turns of the conversation, oldest first, as questions or with
        their answers; `within` limits the answer to one document (name, path or id). Raises
        InputError for a question that is empty or longer than LONGEST_QUESTION characters, and for
        an unknown document.
        """
        for step in self.answering(question, history=history, within=within):
            if isinstance(step, Answer):
                return step
        raise AssertionError("answering ends with an Answer")

    def answering(
        self, question: str, *, history: Sequence[str | Exchange] = (), within: str | None = None
    ) -> Iterator[Progress]:
        """The answer as it comes: what was found, what is said, the Answer. Arguments and errors as in `ask`."""
        clock = _Clock()
        self.index.refresh()
        turns = exchanges_of(history)
        asked = understand(standalone_question(_checked(question), turns))
        again = told_again(question, asked.question, turns, partial(self._earlier, within=within), self.index.catalog)
        clock.stop("understand")
        if again:
            yield Found(again.standalone_question, again.passages)
            yield replace(verify(again, self.index.catalog), timings_ms=clock.laps_ms)
            return
        passages = self._retriever.retrieve(asked, count=PASSAGES_RETRIEVED, within=self._document_id(within))
        clock.stop("retrieve")
        yield Found(asked.question, tuple(_reranked(passages, ())))
        clock.skip()
        evidence = self._reader.read(asked, passages)
        clock.stop("read")
        figures = self._ledger.with_known_scopes(figure_question(asked))
        matched = self._matched(figures, evidence, within)
        clock.stop("figures")
        answer = verify(self._composed(question, figures, evidence, matched), self.index.catalog)
        clock.stop("answer")
        answer = replace(answer, passages=tuple(_reranked(passages, evidence)), timings_ms=clock.laps_ms)
        if self._writer is None:
            yield answer
            return
        for step in self._writer.write(answer):
            clock.stop("write")
            yield replace(step, timings_ms=clock.laps_ms) if isinstance(step, Answer) else step
            clock.skip()

    def _earlier(self, question: str, before: Sequence[Exchange], *, within: str | None) -> Answer:
        """The answer to an earlier turn of a conversation, where it is not known."""
        return self.ask(question, history=before, within=within)

    def _matched(self, figures: FigureQuestion, evidence: Sequence[Evidence], within: str | None) -> list[Matched]:
        """The readings that the question may ask for; none where neither it nor its best evidence is about a figure."""
        words = evidence[0].passage.quote(evidence[0].answer) if evidence and evidence[0].answer else ""
        about_figures = figures.is_figure or any(character.isdigit() for character in words)
        if not about_figures or figures.asked.language != "en":
            return []
        return self._ledger.matched(figures, evidence, self._document_id(within))

    def _composed(
        self, question: str, figures: FigureQuestion, evidence: Sequence[Evidence], matched: Sequence[Matched]
    ) -> Answer:
        """From readings where they decide, else from the evidence, never led by a figure that does not fit."""
        asked, catalog = figures.asked, self.index.catalog
        selection = select(figures, matched) if figures.is_figure else None
        if selection:
            decision = decide_figures(selection, asked, evidence)
            if bool(decision.refusal) == bool(selection.refusal):
                return compose_figures(question, asked, selection, decision, catalog)
        decision = decide(asked, evidence)
        unfit = misfit(figures, matched, evidence[0]) if evidence and not decision.refusal else None
        if unfit:
            return compose_figures(question, asked, unfit, refuse(unfit, decision), catalog)
        return compose(question, asked, evidence, decision, catalog)

    def search(
        self, question: str, *, history: Sequence[str | Exchange] = (), count: int = 10, within: str | None = None
    ) -> list[RankedPassage]:
        """The `count` best passages, best first. Arguments and errors as in `ask`."""
        found = self._look(question, history, count, within)
        return _reranked(found.passages, found.evidence)[:count]

    def sentences(
        self, question: str, *, history: Sequence[str | Exchange] = (), count: int = 10, within: str | None = None
    ) -> list[RankedSentence]:
        """The `count` best sentences, best first. Arguments and errors as in `ask`."""
        found = self._look(question, history, count, within)
        names = {retrieved.passage.document_id: retrieved.document.name for retrieved in found.passages}
        ranked = [*found.evidence, *_unread(found)]
        return [RankedSentence(item, names[item.passage.document_id]) for item in ranked[:count]]

    def _look(self, question: str, history: Sequence[str | Exchange], count: int, within: str | None) -> _Looked:
        self.index.refresh()
        asked = understand(standalone_question(_checked(question), exchanges_of(history)))
        wanted = max(count, PASSAGES_RETRIEVED)
        passages = self._retriever.retrieve(asked, count=wanted, within=self._document_id(within))
        return _Looked(passages, self._reader.read(asked, passages))

    def _document_id(self, within: str | None) -> str | None:
        return self.index.document_named(within).id if within else None


@dataclass(frozen=True, slots=True)
class _Looked:
    passages: list[Retrieved]
    evidence: list[Evidence]


class _Clock:
    """Milliseconds between stops."""

    def __init__(self) -> None:
        self.laps_ms: dict[str, float] = {}
        self._last = time.perf_counter()

    def stop(self, step: str) -> None:
        """Close a lap of `step`, which may have several."""
        now = time.perf_counter()
        self.laps_ms[step] = self.laps_ms.get(step, 0.0) + (now - self._last) * 1000
        self._last = now

    def skip(self) -> None:
        """Count nothing since the last stop: somebody else had the time."""
        self._last = time.perf_counter()


def _unread(found: _Looked) -> list[Evidence]:
    """The sentences of the passages that the reader did not read, in retrieval's order, below those it did."""
    read = {item.passage.id for item in found.evidence}
    floor = min((item.score for item in found.evidence), default=0.0)
    unread = [
        Evidence(retrieved.passage, sentence.span, None, min(sentence.score, floor), sentence.measures)
        for retrieved in found.passages
        if retrieved.passage.id not in read
        for sentence in retrieved.sentences
    ]
    return sorted(unread, key=lambda item: -item.score)


def _reranked(passages: Sequence[Retrieved], evidence: Sequence[Evidence]) -> list[RankedPassage]:
    """The passages by their best evidence; those that were not read follow in retrieval's order."""
    best: dict[str, float] = {}
    for item in evidence:  # best first
        best.setdefault(item.passage.id, item.score)
    floor = min(best.values(), default=0.0)
    ranked = [
        RankedPassage(
            retrieved.passage,
            retrieved.document.name,
            best.get(retrieved.passage.id, min(retrieved.score, floor)),
        )
        for retrieved in passages
    ]
    return sorted(ranked, key=lambda passage: -passage.score)


def _checked(question: str) -> str:
    if not question.strip():
        raise InputError('The question is empty. Ask something, for example: rapporteur ask "Who chaired the meeting?"')
    if len(question) > LONGEST_QUESTION:
        raise InputError(
            f"The question has {len(question):,} characters; at most {LONGEST_QUESTION:,} can be read. "
            "Ask for one thing, in a sentence or two."
        )
    try:
        question.encode()
    except UnicodeEncodeError as error:
        raise InputError("The question holds bytes that are no text. Type it again, in UTF-8.") from error
    return unicodedata.normalize("NFC", question)  # as the record's text is
