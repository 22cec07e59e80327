"""A reviewer's proposal becomes a line of a gold file: its truth is a quote of a document, never a passage or an id.

The line is checked against the format and against the record before it is written, and a question
stands in the file once. Knows nothing of who proposes and of pages.

>>> # add_gold(home.gold_folder / REVIEWED, proposal, index, near=["call.vtt"])
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.answer import Refusal
from assistant.desk_gold import GoldProposal, GoldQuote
from assistant.question_kinds import kind_of
from corpus.errors import InputError
from evals.gold import GoldEvidence, GoldQuestion, load_gold
from evals.gold_check import check
from evals.gold_line import GoldLine, Kind, faults_of
from index.store import Index

__all__ = ["REFUSALS", "REVIEWED", "AddedGold", "add_gold", "likely_kind", "refusal_cause"]

REVIEWED = "reviewed.jsonl"  # in the home's folder of gold files
WAIT_S = 10  # for another reviewer who is adding
REFUSALS = ("other period", "other place", "other kind", "outside the record", "outside the topic")
_ID = re.compile(r"review-(\d+)")
_CAUSES = {
    Refusal.OTHER_PERIOD: "other period",
    Refusal.OTHER_PLACE: "other place",
    Refusal.OTHER_KIND: "other kind",
    Refusal.NOTHING_SIMILAR: "outside the topic",
}


@dataclass(frozen=True, slots=True)
class AddedGold:
    """A question that now stands in the file."""

    id: str
    file: Path
    remarks: tuple[str, ...]  # what scoring may stumble over, such as an answer that no quote holds


def add_gold(file: Path, proposal: GoldProposal, index: Index, *, near: Sequence[str] = ()) -> AddedGold:
    """Add a proposal to `file` as a line that `eval run --gold` and `eval check` accept.

    `near` names the documents that come nearest to a question that the record does not answer. Raises
    InputError when the proposal is no gold question, when its quote does not stand in the document it
    names, or when the same is asked in the file already.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(file.with_suffix(".lock"), timeout=WAIT_S):
            there = load_gold(file) if file.exists() else []
            _once(proposal, there, file)
            line = _line(proposal, _next_id(there), index, near)
            remarks = _checked(line, index)
            _append(file, line)
    except Timeout as error:
        raise InputError(f"Another reviewer is adding to {file.name}. Try again in a moment.") from error
    return AddedGold(line.id, file, remarks)


def likely_kind(question: str, document_kind: str) -> Kind:
    """What kind of gold question this is, for a reviewer to correct."""
    if document_kind == "transcript":
        return "transcript"
    kind = kind_of(question)
    if kind == "figure" or kind == "count":  # apart, so that mypy sees what is left
        return "figure"
    if kind == "open":
        return "paraphrase"
    return kind


def refusal_cause(refusal: Refusal | None) -> str:
    """A refusal's cause in the words of gold files."""
    return _CAUSES.get(refusal, "outside the record") if refusal else ""


def _line(proposal: GoldProposal, question_id: str, index: Index, near: Sequence[str]) -> GoldLine:
    fields = {
        "id": question_id,
        "kind": proposal.kind,
        "question": proposal.question,
        "history": list(proposal.history),
        "answers": list(proposal.answers),
        "evidence": [{"document": _name(quote, index), "quote": quote.quote} for quote in proposal.evidence],
        "refusal": proposal.refusal or None,
        "near": list(near) if proposal.refusal else [],
        "note": proposal.note,
    }
    text = json.dumps(fields, ensure_ascii=False)
    if faults := faults_of(text):
        raise InputError(f"This is not yet a gold question: {'; '.join(faults)}. Change that and make it again.")
    return GoldLine.model_validate_json(text)


def _name(quote: GoldQuote, index: Index) -> str:
    """The document's file name; its path where several have that name."""
    stored = index.catalog.stored([quote.document_id]).get(quote.document_id)
    if stored is None:
        raise InputError(f"{quote.document} is no longer in the record. Choose the words in another document.")
    return stored.name if len(index.catalog.document_ids_named(stored.name)) == 1 else stored.path


def _checked(line: GoldLine, index: Index) -> tuple[str, ...]:
    """What the check warns of. Raises InputError for what would make the question useless."""
    question = GoldQuestion(
        line.id,
        line.kind,
        line.question,
        answers=tuple(line.answers),
        evidence=tuple(GoldEvidence(one.document, one.quote) for one in line.evidence),
        refusal=line.refusal,
        near=tuple(line.near),
    )
    found = check([question], index)
    for fault in found:
        if not fault.warning:
            raise InputError(f"{fault.cause}: {fault.document}. {fault.next_step}")
    return tuple(f"{fault.cause}: {fault.expected}" for fault in found)


def _once(proposal: GoldProposal, there: Sequence[GoldQuestion], file: Path) -> None:
    for question in there:
        same = (question.question.casefold(), question.history) == (proposal.question.casefold(), proposal.history)
        if same:
            raise InputError(f"{file.name} asks this already, as {question.id}. Change it there, or ask another way.")


def _next_id(there: Sequence[GoldQuestion]) -> str:
    numbers = [int(match[1]) for question in there if (match := _ID.fullmatch(question.id))]
    return f"review-{max(numbers, default=0) + 1:03}"


def _append(file: Path, line: GoldLine) -> None:
    """One line at the end, whole or not at all."""
    before = file.read_bytes() if file.exists() else b""
    if before and not before.endswith(b"\n"):
        before += b"\n"
    draft = file.with_suffix(".draft")
    added = json.dumps(line.model_dump(mode="json"), ensure_ascii=False).encode() + b"\n"
    try:
        with draft.open("wb") as written:
            written.write(before + added)
            written.flush()
            os.fsync(written.fileno())
        draft.replace(file)
    except OSError as error:
        raise InputError(f"{file} cannot be written ({error.strerror}). See that its folder has room.") from error
