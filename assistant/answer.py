"""What a question becomes: an Answer whose every statement is a quoted span of a source.

Plain frozen data; nothing here decides anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from assistant.number_check import Computed
from corpus.document import Span
from index.passage import Passage
from index.reading import Reading

__all__ = [
    "Answer",
    "Citation",
    "CitedReading",
    "Evidence",
    "HeldBack",
    "Measures",
    "Mode",
    "RankedPassage",
    "RankedSentence",
    "Refusal",
    "Statement",
    "Verdict",
]

Mode = Literal["extractive", "generated"]


class Verdict(StrEnum):
    """How a citation's quote stands to the source it names."""

    EXACT = "exact"  # the document's text at the offsets is the quote
    NORMALISED = "normalised"  # the same but for white space, quotation marks or dashes
    MOVED = "moved"  # the quote stands elsewhere in the document
    MISATTRIBUTED = "misattributed"  # the quote stands in another document
    STITCHED = "stitched"  # parts of the quote stand in different places
    NOT_FOUND = "not found"


class Refusal(StrEnum):
    """Why the record does not answer."""

    NOTHING_SIMILAR = "nothing similar"  # no passage shares the question's topic
    NOT_SAID = "not said"  # the topic is there, the thing asked is not
    OTHER_PERIOD = "other period"  # said for another year or date only
    OTHER_PLACE = "other place"  # said of another place only
    OTHER_KIND = "other kind"  # a target where what was reached is asked for, or the reverse
    NAME_UNKNOWN = "name unknown"  # a name of the question stands nowhere near the topic
    EMPTY_INDEX = "empty index"


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage with its retrieval score."""

    passage: Passage
    document: str  # file name, as `Document.name`
    score: float  # higher is better; comparable within one question only


@dataclass(frozen=True, slots=True)
class Measures:
    """What speaks for a sentence; the decision whether to answer is made from these."""

    similarity: float  # cosine of its vector and the question's
    coverage: float  # share of the question's words in it, weighted by rarity, 0 to 1
    context_coverage: float  # the same for its passage with header
    period_fit: float | None = None  # 1 the asked one … -1 another; None when not asked
    place_fit: float | None = None
    names_fit: float | None = None
    scope_fit: float | None = None  # the nation or a part of it, for a figure asked without a place
    kind_fit: float | None = None  # target or actual; None when left open
    span_odds: float | None = None  # the trained reader's log-odds of its best span; None without one
    relevance: float | None = None  # the trained reader's probability that the passage answers


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer, as a Reader sees it."""

    passage: Passage
    sentence: Span  # offsets in the document's text
    answer: Span | None  # the words inside the sentence that answer, where the reader names them
    score: float  # higher is better; comparable between passages and questions
    measures: Measures


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A sentence that may answer, with the document it stands in."""

    evidence: Evidence
    document: str  # file name, as `Document.name`


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement stands: `document.text[start:end] == quote` when the verdict is exact."""

    number: int  # from 1, as in the answer's [n]
    document_id: str
    document: str  # file name as ingested
    title: str
    held_on: date | None
    published_on: date | None
    place: str
    source: str
    quote: str
    start: int
    end: int
    speaker: str = ""
    start_s: float | None = None
    verdict: Verdict = Verdict.NOT_FOUND


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of the answer: copied from the quote of its citation, or, when generated, checked against it."""

    text: str
    citations: tuple[int, ...]  # numbers of the citations that carry it


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A sentence that a language model wrote and that its sources do not carry: never shown as fact."""

    text: str
    cause: str  # why it does not hold, for the reader
    verdict: Verdict  # misattributed, stitched or not found


@dataclass(frozen=True, slots=True)
class CitedReading:
    """A figure of the answer, with the citation whose quote holds it."""

    reading: Reading
    citation: int  # number of the citation
    differs: tuple[str, ...]  # in what from the first: "period", "scope", "kind", "conflict", "change", "agrees"


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer; `short_answer` is a span of a cited quote, or None."""

    question: str
    standalone_question: str  # what it was read as, the conversation taken into account
    text: str  # for reading, with [n] markers
    short_answer: str | None
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    refusal: Refusal | None = None
    reason: str = ""  # one sentence: why the record does not answer
    nearest: tuple[Citation, ...] = ()  # when refused: what came nearest, numbered on their own
    readings: tuple[CitedReading, ...] = ()  # the figures asked for first, then those they could be taken for
    leads: int = 0  # how many of the readings are asked for: more than one for a series or comparison
    nearest_readings: tuple[CitedReading, ...] = ()  # when refused; citations are those of `nearest`
    remarks: tuple[str, ...] = ()  # lines of our own: why figures differ, what is computed from which
    computed: tuple[Computed, ...] = ()  # the results in those lines
    mode: Mode = "extractive"
    held_back: tuple[HeldBack, ...] = ()  # of a language model's draft: what is not in the record
    notice: str = ""  # one line: why a language model that is set did not answer
    confidence: float = 0.0  # probability that the record answers, 0 to 1
    passages: tuple[RankedPassage, ...] = ()  # what was read, best first
    timings_ms: dict[str, float] = field(default_factory=dict)  # by step of the pipeline

    @property
    def refused(self) -> bool:
        """Whether the record does not say."""
        return self.refusal is not None

    @property
    def elapsed_ms(self) -> float:
        """Milliseconds from question to answer, loading of models left out."""
        return sum(self.timings_ms.values())
