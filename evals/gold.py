"""Gold questions: what is asked, what counts as right, and where the record says it.

The truth is a quoted span, not an offset: quotes are found again in the indexed text, so a gold
file outlives any change of chunking. Knows nothing of answers and scores.

>>> canonical("“45 %”\\n of  all").text
'"45 %" of all'
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from corpus.document import Span
from corpus.errors import InputError
from index.store import Index

__all__ = [
    "Canonical",
    "GoldEvidence",
    "GoldFault",
    "GoldQuestion",
    "GoldSpan",
    "Kind",
    "canonical",
    "check_gold",
    "find_gold_spans",
    "gold_hash",
    "load_gold",
]

Kind = Literal[
    "figure",
    "paraphrase",
    "abbreviation",
    "person",
    "date",
    "place",
    "list",
    "directive",
    "reason",
    "yes_no",
    "transcript",
    "unanswerable",
]
Cause = Literal["document gone", "name not unique", "quote not found"]


@dataclass(frozen=True, slots=True)
class GoldEvidence:
    """A quote that supports the answer, in the file it stands in."""

    document: str  # file name
    quote: str


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """One question and all that counts as right; see evals/gold/README.md for the rules."""

    id: str
    kind: Kind
    question: str
    history: tuple[str, ...] = ()  # earlier questions, oldest first
    answers: tuple[str, ...] = ()  # accepted variants of the short answer, the preferred one first
    items: tuple[tuple[str, ...], ...] = ()  # what has to appear, each with its accepted wordings
    evidence: tuple[GoldEvidence, ...] = ()
    originals: tuple[str, ...] = ()  # the seed articles that the same question can be asked of
    refusal: str | None = None  # why the record does not hold the answer; None when it does
    near: tuple[str, ...] = ()  # documents that come nearest, for unanswerable questions
    note: str = ""

    @property
    def answerable(self) -> bool:
        """Whether the record holds the answer."""
        return self.refusal is None


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """Where a gold quote stands in an indexed document; more than once when it is repeated there."""

    evidence: GoldEvidence
    document_id: str
    spans: tuple[Span, ...]  # empty when the quote is not found


@dataclass(frozen=True, slots=True)
class GoldFault:
    """A gold quote that no longer matches the index."""

    question_id: str
    evidence: GoldEvidence
    cause: Cause


class _EvidenceLine(BaseModel):
    model_config = ConfigDict(extra="forbid")

    document: str = Field(min_length=1)
    quote: str = Field(min_length=1)


class _GoldLine(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str = Field(min_length=1)
    kind: Kind
    question: str = Field(min_length=1)
    history: list[str] = []
    answers: list[str] = []
    items: list[list[str]] = []
    evidence: list[_EvidenceLine] = []
    originals: list[str] = []
    refusal: str | None = None
    near: list[str] = []
    note: str = ""

    @model_validator(mode="after")
    def _one_truth(self) -> _GoldLine:
        if (self.kind == "unanswerable") != (self.refusal is not None):
            raise ValueError("'refusal' gives a cause where the kind is 'unanswerable', and null elsewhere")
        if self.refusal is None and not (self.answers or self.items or self.evidence):
            raise ValueError("an answerable question needs 'answers', 'items' or 'evidence'")
        if self.refusal is not None and (self.answers or self.items or self.evidence):
            raise ValueError("an unanswerable question has no 'answers', 'items' or 'evidence'")
        if any(not item for item in self.items):
            raise ValueError("every one of 'items' needs at least one wording")
        return self

    def to_question(self) -> GoldQuestion:
        return GoldQuestion(
            id=self.id,
            kind=self.kind,
            question=self.question,
            history=tuple(self.history),
            answers=tuple(self.answers),
            items=tuple(tuple(item) for item in self.items),
            evidence=tuple(GoldEvidence(line.document, line.quote) for line in self.evidence),
            originals=tuple(self.originals),
            refusal=self.refusal,
            near=tuple(self.near),
            note=self.note,
        )


def load_gold(path: Path) -> list[GoldQuestion]:
    """All questions of a JSONL file, in order; empty lines are passed over.

    Raises InputError that names the file, the line and the field.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}). Give a JSONL file of gold questions.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 (byte {error.start}). Save it as UTF-8.") from error
    questions: list[GoldQuestion] = []
    first_line: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            question = _GoldLine.model_validate_json(line).to_question()
        except ValidationError as error:
            raise InputError(f"{path}:{number}: {_first_fault(error)}. See evals/gold/README.md") from error
        if question.id in first_line:
            raise InputError(
                f"{path}:{number}: the id {question.id!r} is taken by line {first_line[question.id]}. Give another id."
            )
        first_line[question.id] = number
        questions.append(question)
    if not questions:
        raise InputError(f"{path} holds no question. See evals/gold/README.md for the format.")
    return questions


def _first_fault(error: ValidationError) -> str:
    fault = error.errors()[0]
    field = ".".join(map(str, fault["loc"]))
    return f"{field}: {fault['msg']}" if field else fault["msg"]


def gold_hash(questions: Sequence[GoldQuestion]) -> str:
    """SHA-256 of the questions themselves: the same however the file is laid out."""
    return hashlib.sha256(json.dumps([asdict(question) for question in questions]).encode()).hexdigest()


def find_gold_spans(question: GoldQuestion, index: Index) -> tuple[GoldSpan, ...]:
    """Each gold quote found again in the indexed text, white space and quotation marks apart.

    A quote that is not found keeps its place with no spans: see `check_gold`.
    """
    return tuple(_find(evidence, index).span for evidence in question.evidence)


def check_gold(questions: Sequence[GoldQuestion], index: Index) -> list[GoldFault]:
    """The gold quotes that no longer match the index, each with its cause."""
    faults = []
    for question in questions:
        for evidence in question.evidence:
            cause = _find(evidence, index).cause
            if cause:
                faults.append(GoldFault(question.id, evidence, cause))
    return faults


@dataclass(frozen=True, slots=True)
class _Found:
    span: GoldSpan
    cause: Cause | None


def _find(evidence: GoldEvidence, index: Index) -> _Found:
    ids = index.catalog.document_ids_named(evidence.document)
    document = index.catalog.document(ids[0]) if len(ids) == 1 else None
    if document is None:
        return _Found(GoldSpan(evidence, "", ()), "name not unique" if ids else "document gone")
    spans = tuple(_occurrences(evidence.quote, document.text))
    return _Found(GoldSpan(evidence, document.id, spans), None if spans else "quote not found")


def _occurrences(quote: str, text: str) -> Iterator[Span]:
    """Every place of `quote` in `text`, as offsets in `text` itself."""
    wanted = canonical(unicodedata.normalize("NFC", quote)).text.strip()
    if not wanted:
        return
    source = canonical(text)
    position = source.text.find(wanted)
    while position >= 0:
        last = position + len(wanted) - 1
        yield Span(source.offsets[position], source.offsets[last] + 1)
        position = source.text.find(wanted, position + 1)


@dataclass(frozen=True, slots=True)
class Canonical:
    """A text with one kind of space, quotation mark and dash, and where each character came from."""

    text: str
    offsets: tuple[int, ...]  # offsets[i] is the place of text[i] in the original


_PLAIN = str.maketrans(dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‘’‚‛′`´", "'") | dict.fromkeys("‐‑‒–—−", "-"))


def canonical(text: str) -> Canonical:
    """`text` with runs of white space as one space, and plain quotation marks and dashes."""
    characters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text.translate(_PLAIN)):
        if character.isspace():
            if characters and characters[-1] == " ":
                continue
            character = " "
        characters.append(character)
        offsets.append(offset)
    return Canonical("".join(characters), tuple(offsets))
