"""A question that was asked and what was answered: what a conversation consists of.

Plain frozen data. A follow-up may refer to the answer as well as to the question; where only the
questions are known (the `history` of a questions file), the answer is None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Answer

__all__ = ["Exchange", "exchanges_of"]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One turn of a conversation."""

    question: str  # as the user put it
    standalone_question: str = ""  # what it was read as; "" where that is not known
    answer: Answer | None = None


def exchanges_of(history: Sequence[str | Exchange]) -> list[Exchange]:
    """The turns of `history`, oldest first; a question alone is a turn without its answer."""
    return [turn if isinstance(turn, Exchange) else Exchange(turn) for turn in history]
