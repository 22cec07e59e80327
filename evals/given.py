"""An answer as it was given, in the form a run keeps: plain data, with all that scoring reads.

Knows nothing of what would have been right.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.document import Span
from evals.metrics import Place
from index.passage import Passage

__all__ = ["Given", "GivenReading", "Quoted", "Retrieved"]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A citation as it was given."""

    number: int
    document: str  # file name
    document_id: str
    start: int
    end: int
    quote: str
    speaker: str
    verdict: str
    exact: bool  # the document's text at the offsets was the quote when the answer was given

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.document_id, Span(self.start, self.end))


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A passage, or a sentence, as it was ranked."""

    document: str
    document_id: str
    start: int
    end: int
    text: str
    score: float

    @classmethod
    def of(cls, document: str, passage: Passage, span: Span, score: float) -> Retrieved:
        """What stands at `span` of a passage of the document of that name."""
        return cls(document, passage.document_id, span.start, span.end, passage.quote(span), float(score))

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.document_id, Span(self.start, self.end))


@dataclass(frozen=True, slots=True)
class GivenReading:
    """A figure as an answer gives it, with what it says about it; None where it does not say."""

    value: float
    unit: str
    period: str | None = None  # see iso_period.py
    scope: str | None = None
    kind: str | None = None
    text: str = ""
    leads: bool = False  # it is given as asked for, not as one that it could be taken for


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was given, with all that scoring reads."""

    standalone_question: str = ""
    text: str = ""
    short_answer: str | None = None
    refused: bool = False
    refusal: str = ""  # cause of the refusal, as the assistant names it
    reason: str = ""
    confidence: float = 0.0
    mode: str = "extractive"
    citations: tuple[Quoted, ...] = ()
    nearest: tuple[Quoted, ...] = ()
    readings: tuple[GivenReading, ...] = ()
    passages: tuple[Retrieved, ...] = ()  # as ranked, best first
    sentences: tuple[Retrieved, ...] = ()  # as ranked, where a suite ranks sentences
    timings_ms: dict[str, float] = field(default_factory=dict)
    wall_ms: float = 0.0  # from question to answer, measured from outside
