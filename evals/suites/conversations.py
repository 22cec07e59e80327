"""Conversations: whether a follow-up is answered as the question that it stands for.

Every follow-up is asked in its conversation, the turns before it answered first, and then once more
alone, in the words of the person who marked it. Right is the same answer: both refused, or the same
short answer or first quote. Where "who said so?" is asked, right is the marked speaker. Knows
nothing of how a follow-up is completed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from assistant.answer import Answer
from assistant.assistant import Assistant
from corpus.document import Span
from corpus.errors import InputError
from evals.case import Case, Score
from evals.conversation_gold import Conversation, GoldTurn, load_conversations
from evals.given import Given
from evals.measures import Measure
from evals.metrics import answer_matches, normalise_answer
from evals.rouge import rouge_scores
from evals.suite import Layout, Published, Wanted
from evals.suites.gold_questions import FIGURE_REPORTS, GOLD_FOLDER, REPORTS
from index.store import Index

__all__ = ["Conversations"]


@dataclass(frozen=True, slots=True)
class Conversations:
    """Every turn but the first of its conversation."""

    name: str = "conversations"
    title: str = "conversations over the reports and over six reports of other fields"
    wanted: Wanted = "conversation"
    depth: int = 0
    gold: Path = GOLD_FOLDER / "conversations.jsonl"
    record: tuple[Path, ...] = (REPORTS, FIGURE_REPORTS)
    measures: tuple[Measure, ...] = (
        Measure("as_alone", "answered as the standalone question is"),
        Measure("as_alone_tuning", "the same, of the conversations tuned on"),
        Measure("as_alone_held_out", "the same, of the conversations held out"),
        Measure("as_alone_unseen", "the same, of the conversations never opened since they were written"),
        Measure("as_alone_answered", "the same, where the standalone question is answered"),
        Measure("as_alone_refused", "the same, where the standalone question is refused"),
        Measure("rouge_1", "ROUGE-1 F of the standalone question, against the marked one"),
    )
    published: tuple[Published, ...] = ()
    _alone: dict[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict, compare=False)
    _assistants: dict[str, Assistant] = field(default_factory=dict, compare=False)  # by their index's folder

    def lay_out(self, data: Path | None, folder: Path) -> Layout:  # noqa: ARG002  # the protocol's signature
        """The two folders of the record, and the follow-ups. Raises InputError for a file that cannot be read."""
        missing = next((place for place in self.record if not place.is_dir()), None)
        if missing:
            raise InputError(
                f"The folder {missing} of the suite {self.name} is missing. Restore it from the repository."
            )
        cases = (case for conversation in load_conversations(self.gold) for case in _cases(conversation))
        return Layout(self.record, tuple(cases))

    def bind(self, case: Case, index: Index) -> Case:
        """The case with the assistant's answer to its marked question, asked alone."""
        place = str(index.folder)
        if (place, case.expected) not in self._alone:
            assistant = self._assistants.setdefault(place, Assistant(index))
            self._alone[place, case.expected] = _told(assistant.ask(case.expected))
        return replace(case, truth={**case.truth, "alone": self._alone[place, case.expected]})

    def score(self, case: Case, given: Given) -> dict[str, Score]:
        """1 where the answer is the right one; the same again for its part and its sort."""
        same = _as_marked(case, given) if case.truth["speaker"] else _as_alone(case, given)
        left_out = Score(None, same.read, "of another part")
        refused = bool(case.truth["refused"] if case.truth["speaker"] else case.truth["alone"]["refused"])
        part = case.truth["part"]
        rouge = rouge_scores(given.standalone_question, case.expected)
        return {
            "as_alone": same,
            "as_alone_tuning": same if part == "tuning" else left_out,
            "as_alone_held_out": same if part == "held out" else left_out,
            "as_alone_unseen": same if part == "unseen" else left_out,
            "as_alone_answered": left_out if refused else same,
            "as_alone_refused": same if refused else left_out,
            "rouge_1": Score(rouge["ROUGE-1"] if rouge else None, given.standalone_question, f"of {case.expected!r}"),
        }


def _cases(conversation: Conversation) -> Iterator[Case]:
    questions = tuple(turn.question for turn in conversation.turns)
    for position, turn in enumerate(conversation.turns[1:], start=1):
        yield Case(
            id=f"{conversation.id}_{position + 1}",
            kind=turn.kind or "",
            question=turn.question,
            history=questions[:position],
            expected=turn.standalone,
            group=conversation.id,
            truth={"part": conversation.part, **_marked(turn)},
        )


def _marked(turn: GoldTurn) -> dict[str, Any]:
    return {"speaker": bool(turn.answers or turn.refused), "answers": list(turn.answers), "refused": turn.refused}


def _told(answer: Answer) -> Mapping[str, Any]:
    first = answer.citations[0] if answer.citations else None
    return {
        "refused": answer.refused,
        "short_answer": answer.short_answer or "",
        "first": {"document_id": first.document_id, "start": first.start, "end": first.end} if first else None,
    }


def _as_alone(case: Case, given: Given) -> Score:
    alone = case.truth["alone"]
    read = f"read as: {given.standalone_question}"
    if given.refused or alone["refused"]:
        told = "refused" if given.refused else "answered"
        return Score(float(given.refused == alone["refused"]), read, f"{told}; alone {_words(alone)}")
    short = bool(given.short_answer) and normalise_answer(given.short_answer or "") == normalise_answer(
        alone["short_answer"]
    )
    first = given.citations[0] if given.citations else None
    place = alone["first"]
    quoted = (
        first is not None
        and place is not None
        and first.document_id == place["document_id"]
        and Span(first.start, first.end).overlaps(Span(place["start"], place["end"]))
    )
    why = "the same short answer" if short else "the same first quote" if quoted else "another answer"
    return Score(float(short or quoted), read, f"{why}: {given.short_answer!r}; alone {_words(alone)}")


def _as_marked(case: Case, given: Given) -> Score:
    if given.refused or case.truth["refused"]:
        return Score(
            float(given.refused == case.truth["refused"]), given.reason, "refused" if given.refused else "named"
        )
    speaker = given.short_answer or (given.citations[0].speaker if given.citations else "")
    right = any(answer_matches(speaker, accepted) for accepted in case.truth["answers"])
    return Score(float(right), speaker, f"wanted {' or '.join(case.truth['answers'])}")


def _words(alone: Mapping[str, Any]) -> str:
    return "refused" if alone["refused"] else repr(alone["short_answer"] or "quoted")
