"""Questions as people and files give them: checked before anything is loaded for them.

A questions file is JSONL; a line that cannot be used becomes a BadLine and the rest goes on.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from corpus.errors import InputError

if TYPE_CHECKING:
    from assistant.wire import QuestionLine

__all__ = ["BadLine", "NumberedQuestion", "check_question", "open_questions", "read_questions"]

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class NumberedQuestion:
    """A question and the line it stands on, from 1."""

    number: int
    question: QuestionLine


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is not a question, and why."""

    number: int
    reason: str


def check_question(question: str) -> str:
    """The question without the spaces around it.

    Raises InputError when nothing is left, when it is longer than LONGEST_QUESTION, and when it
    holds bytes that were no characters.
    """
    from assistant.assistant import LONGEST_QUESTION

    stripped = question.strip()
    if not stripped:
        raise InputError('The question is empty. Write it in quotation marks: rapporteur ask "What was decided?"')
    if len(stripped) > LONGEST_QUESTION:
        raise InputError(
            f"The question has {len(stripped):,} characters, and at most {LONGEST_QUESTION:,} are read. "
            "Ask for one thing in a sentence or two."
        )
    try:
        stripped.encode()
    except UnicodeEncodeError as error:  # Python keeps an undecodable byte of an argument as a surrogate
        raise InputError(
            f"The question is not valid Unicode (character {error.start + 1} is U+{ord(stripped[error.start]):04X}). "
            "Write it in UTF-8, or in the encoding of this terminal."
        ) from error
    return stripped


def open_questions(file: str) -> AbstractContextManager[BinaryIO]:
    """Open a questions file, or standard input for "-". Raises InputError when it cannot be opened."""
    if file == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(file).open("rb")
    except OSError as error:
        raise InputError(
            f"{file} cannot be read ({error.strerror}). Give a JSONL file, or - for standard input."
        ) from error


def read_questions(lines: Iterable[bytes]) -> Iterator[NumberedQuestion | BadLine]:
    """Each line as a question or as a bad line, in order; empty lines are passed over."""
    for number, line in enumerate(lines, start=1):
        content = line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line
        if content.strip():
            yield _question(number, content)


def _question(number: int, content: bytes) -> NumberedQuestion | BadLine:
    from pydantic import ValidationError

    from assistant.wire import QuestionLine

    try:
        question = QuestionLine.model_validate_json(content.decode())
        check_question(question.question)
        for earlier in question.history:
            if earlier.strip():
                check_question(earlier)
    except UnicodeDecodeError as error:
        return BadLine(number, f"not UTF-8 (byte {error.start + 1} is {content[error.start]:#04x})")
    except ValidationError as error:
        return BadLine(number, _first_fault(error.errors()[0]["loc"], error.errors()[0]["msg"]))
    except InputError as error:
        return BadLine(number, str(error))
    return NumberedQuestion(number, question)


def _first_fault(where: tuple[int | str, ...], what: str) -> str:
    field = ".".join(map(str, where))
    return f"{field}: {what}" if field else what
