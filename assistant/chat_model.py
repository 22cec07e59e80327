"""What the assistant needs of a language model: text for messages, piece by piece, or a reason why not.

The seam between drafting and the server; knows neither.

>>> str(ModelFailure("the model's server cannot be reached"))
"the model's server cannot be reached"
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

__all__ = ["ChatModel", "Message", "ModelFailure"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message to the model."""

    role: Literal["system", "user"]
    text: str


class ModelFailure(Exception):
    """The model gave no whole draft; says why in words of our own, never in the server's, which may repeat a key."""


class ChatModel(Protocol):
    """A language model."""

    def write(self, messages: Sequence[Message]) -> Iterator[str]:
        """The model's text as it comes. Raises ModelFailure when it is not finished within its time.

        Closing the iterator ends the request.
        """
        ...
