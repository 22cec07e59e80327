"""Gold conversations: what staff ask one after the other, each follow-up marked with what it means.

One conversation a line of a JSONL file. A follow-up is marked with the question that a stranger
would have to ask to be told the same; where it asks who said what was answered, with the speakers
that are right. Knows nothing of answers and scores.

    {"id": "con-1", "part": "tuning", "turns": [{"question": "How many trees stand in Porto?"},
     {"question": "and in Braga?", "kind": "ellipsis", "standalone": "How many trees stand in Braga?"}]}
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from corpus.errors import InputError

__all__ = ["Conversation", "GoldTurn", "load_conversations"]

TurnKind = Literal[
    "ellipsis",  # names only the period, place or circumstance that changes
    "thing",  # names another indicator, kind or side of the same matter
    "pronoun",
    "noun phrase",  # "that conference", "the platform"
    "answer",  # points at what only the answer names
    "correction",
    "source",
    "speaker",
    "number",  # "the second one"
    "own",  # takes nothing from the turns before
]
Part = Literal["tuning", "held out", "unseen"]  # nothing is tuned on what is held out, nor was "unseen" ever opened


class GoldTurn(BaseModel):
    """One question; all but the first of a conversation have a kind and a standalone question."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: str = Field(min_length=1)
    kind: TurnKind | None = None
    standalone: str = ""
    answers: tuple[str, ...] = ()  # who counts as right where a speaker is asked for
    refused: bool = False  # the record does not say who


class Conversation(BaseModel):
    """Two or more turns over one record."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    part: Part
    turns: tuple[GoldTurn, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _marked(self) -> Conversation:
        for number, turn in enumerate(self.turns[1:], start=2):
            if turn.kind is None or not turn.standalone.strip():
                raise ValueError(f"turn {number} needs a kind and a standalone question")
        return self


def load_conversations(file: Path) -> tuple[Conversation, ...]:
    """All conversations of `file`, in order; empty lines are passed over.

    Raises InputError that names the file, the line and the field.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} cannot be read ({error}). Give a JSONL file in UTF-8.") from error
    found: dict[str, Conversation] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            conversation = Conversation.model_validate_json(line)
        except ValidationError as error:
            fault = error.errors()[0]
            where = ".".join(map(str, fault["loc"])) or "the line"
            raise InputError(f"{file}, line {number}: {where}: {fault['msg']}. Mend it there.") from error
        if conversation.id in found:
            raise InputError(
                f"{file}, line {number}: the id {conversation.id!r} stands there twice. Give each its own."
            )
        found[conversation.id] = conversation
    return tuple(found.values())
