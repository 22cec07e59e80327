"""What is known of an answer while it is being made: first the evidence, then what is said, at last the Answer.

Plain frozen data, in the order in which `Assistant.answering` gives it: one Found, any number of
Said, one Answer. Who shows answers as they come (the chat, the app, a stream of JSON) reads these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from assistant.answer import Answer, RankedPassage, Statement

__all__ = ["Found", "Progress", "Said"]


@dataclass(frozen=True, slots=True)
class Found:
    """The passages that the answer will be read from."""

    standalone_question: str  # what the question was read as
    passages: tuple[RankedPassage, ...]  # best first


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the answer that has passed its check; an answer that is copied comes all at once, without these."""

    statement: Statement


Progress: TypeAlias = Found | Said | Answer
