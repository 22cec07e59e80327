"""What programs are given and what they may send, beyond answers and passages: the JSON of the REST API and of MCP.

Answers, citations and passages are those of assistant/wire.py; a figure and a document have the fields
that the command line prints. Knows nothing of HTTP and of MCP.

>>> QuestionBody(question="Who chaired the meeting?").history
[]
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from assistant.assistant import LONGEST_QUESTION
from assistant.wire import AnswerLine, PassageLine
from index.reading import ReadingKind

__all__ = [
    "DocumentLine",
    "DocumentsLine",
    "FigureLine",
    "FiguresLine",
    "FoundLine",
    "HealthLine",
    "History",
    "PassagesLine",
    "QuestionBody",
    "SaidLine",
    "SearchBody",
    "SeriesLine",
    "StepLine",
    "TextLine",
    "Within",
]

LONGEST_HISTORY = 100  # questions
LONGEST_NAME = 4096  # characters of a document's name, path or id
MOST_PASSAGES = 100

History = Annotated[
    list[Annotated[str, Field(max_length=LONGEST_QUESTION)]],
    Field(max_length=LONGEST_HISTORY, description="Earlier questions of the conversation, oldest first."),
]
Within = Annotated[
    str | None,
    Field(max_length=LONGEST_NAME, description="Look only in this document: its file name, path or id."),
]


class QuestionBody(BaseModel):
    """A question as a program puts it."""

    model_config = ConfigDict(extra="forbid")  # a misspelt field is named rather than passed over

    question: str = Field(description="One question, in a sentence or two.")
    history: History = []
    within: Within = None


class SearchBody(QuestionBody):
    """A question whose passages are wanted."""

    k: int = Field(default=10, ge=1, le=MOST_PASSAGES, description="How many passages.")


class PassagesLine(BaseModel):
    """The passages nearest to a question, best first."""

    passages: list[PassageLine]


class FoundLine(PassagesLine):
    """What the answer will be read from, known before it is made."""

    standalone_question: str = Field(description="What the question was read as")


class SaidLine(BaseModel):
    """A sentence of the answer that has passed its check."""

    text: str
    citations: list[int] = Field(description="Numbers of the citations that carry it")


class StepLine(BaseModel):
    """One line of a streamed answer; it holds one of these: found first, answer or error last."""

    found: FoundLine | None = None
    said: SaidLine | None = None
    answer: AnswerLine | None = None
    error: str | None = None


class FigureLine(BaseModel):
    """One figure of the record, with the sentence it stands in."""

    value: int | float
    value_to: int | float | None = Field(description="Upper end of a range")
    total: int | float | None = Field(description="What a count or rank is out of")
    unit: str
    text: str = Field(description="The figure as the record writes it")
    indicator: str = Field(description="What is measured, in the record's words")
    period: str | None = Field(
        description="2024, 2024-07, 2024-Q1 or two with a slash; null where the record does not say"
    )
    period_known: str | None = Field(
        description='"stated" in the sentence, "carried" from one before, "inferred" from the document'
    )
    scope: str = Field(description="Whose figure it is: a nation, a place, an organisation")
    scope_known: str | None = Field(description="As period_known")
    kind: ReadingKind
    comparison: str = Field(description='"compared to 2022"; empty where there is none')
    document: str = Field(description="The file's name as it was ingested")
    document_id: str
    title: str
    held_on: str | None = Field(description="Day of the meeting")
    quote: str = Field(description="The sentence, exactly")
    start: int = Field(description="Of the figure in the document's text")
    end: int


class SeriesLine(BaseModel):
    """The figures of one indicator in order of time; without an indicator, the nearest that there are."""

    indicator: str | None
    unit: str | None
    readings: list[FigureLine]
    nearest: list[str] | None = Field(default=None, exclude_if=lambda value: value is None)


class FiguresLine(BaseModel):
    """The series that the words name, best first."""

    figures: list[SeriesLine]


class DocumentLine(BaseModel):
    """What is known of a document."""

    document: str = Field(description="The file's name as it was ingested")
    document_id: str
    title: str
    kind: str = Field(description="Article or transcript")
    held_on: str | None = Field(description="Day of the meeting")
    published_on: str | None = Field(description="Day of the report")
    place: str
    passages: int
    characters: int
    path: str


class DocumentsLine(BaseModel):
    """The documents of the record, by name."""

    documents: list[DocumentLine]


class TextLine(BaseModel):
    """A stretch of a document's canonical text, the text that every offset points into."""

    document: str
    document_id: str
    start: int
    end: int
    characters: int = Field(description="Of the whole text")
    text: str


class HealthLine(BaseModel):
    """Whether the record can be asked, and how much it holds."""

    ok: bool
    documents: int
    passages: int
