"""Answers and questions as JSON: the contract other programs rely on, at the border only.

`python -c "from assistant.wire import AnswerLine; print(AnswerLine.model_json_schema())"`
prints the schema.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Answer, Citation, CitedReading, HeldBack, RankedPassage

__all__ = ["AnswerLine", "CitationLine", "HeldBackLine", "PassageLine", "QuestionLine", "ReadingLine"]


class QuestionLine(BaseModel):
    """One line of a questions file."""

    model_config = ConfigDict(extra="ignore")

    id: str | int | None = None
    question: str = Field(min_length=1)
    history: list[str] = Field(default=[], description="Earlier questions of the conversation, oldest first")
    within: str | None = Field(default=None, description="A document's name, path or id")


class CitationLine(BaseModel):
    """A citation as the contract names its fields."""

    number: int
    document: str = Field(description="The file's name as it was ingested")
    document_id: str
    title: str
    held_on: str | None
    published_on: str | None
    place: str
    source: str
    quote: str
    start: int
    end: int
    speaker: str | None
    start_s: float | None
    verdict: str

    @classmethod
    def of(cls, citation: Citation) -> CitationLine:
        """The JSON form of a citation."""
        return cls(
            number=citation.number,
            document=citation.document,
            document_id=citation.document_id,
            title=citation.title,
            held_on=citation.held_on.isoformat() if citation.held_on else None,
            published_on=citation.published_on.isoformat() if citation.published_on else None,
            place=citation.place,
            source=citation.source,
            quote=citation.quote,
            start=citation.start,
            end=citation.end,
            speaker=citation.speaker or None,
            start_s=citation.start_s,
            verdict=citation.verdict.value,
        )


class ReadingLine(BaseModel):
    """A figure as the contract names its fields."""

    value: float
    value_to: float | None = Field(description="Upper end of a range")
    total: float | None = Field(description="What a count or rank is out of")
    unit: str
    text: str
    indicator: str
    period: str | None = Field(
        description="2024, 2024-07, 2024-Q1 or two with a slash; None where the record does not say"
    )
    period_known: str | None = Field(
        description='"stated", "carried" from a sentence before, "inferred" from the report\'s date'
    )
    scope: str | None
    scope_known: str | None
    kind: str
    comparison: str | None = Field(description='"compared to 2022"')
    differs: list[str] = Field(
        description="In what from the first: period, scope, kind, conflict, change, agrees, wording"
    )
    lead: bool = Field(description="Whether it is asked for, or one that it could be taken for")
    citation: int

    @classmethod
    def of(cls, cited: CitedReading, *, lead: bool) -> ReadingLine:
        """The JSON form of a reading of an answer."""
        reading = cited.reading
        return cls(
            value=reading.value,
            value_to=reading.value_to,
            total=reading.total,
            unit=reading.unit,
            text=reading.text,
            indicator=reading.indicator,
            period=reading.period.iso if reading.period else None,
            period_known=reading.period_known,
            scope=reading.scope or None,
            scope_known=reading.scope_known,
            kind=reading.kind,
            comparison=reading.comparison or None,
            differs=list(cited.differs),
            lead=lead,
            citation=cited.citation,
        )


class HeldBackLine(BaseModel):
    """A sentence of a language model's draft that is not in the record."""

    text: str
    cause: str
    verdict: str = Field(description='"misattributed", "stitched" or "not found"')

    @classmethod
    def of(cls, held_back: HeldBack) -> HeldBackLine:
        """The JSON form of a sentence that was held back."""
        return cls(text=held_back.text, cause=held_back.cause, verdict=held_back.verdict.value)


class AnswerLine(BaseModel):
    """An answer as the contract names its fields."""

    id: str | int | None = Field(default=None, exclude_if=lambda value: value is None)
    question: str
    standalone_question: str
    answer: str
    short_answer: str | None
    refused: bool
    reason: str | None
    citations: list[CitationLine]
    readings: list[ReadingLine]
    nearest_readings: list[ReadingLine] = Field(description="When refused; their citations are those of `nearest`")
    remarks: list[str] = Field(description="Why figures differ, what is computed")
    nearest: list[CitationLine]
    mode: str = Field(description='"extractive", or "generated" by a language model and checked sentence by sentence')
    held_back: list[HeldBackLine] = Field(
        description="Sentences of a model's draft that are not in the record; never facts"
    )
    notice: str | None = Field(description="Why a language model that is set did not answer")
    confidence: float
    elapsed_ms: float

    @classmethod
    def of(cls, answer: Answer, question_id: str | int | None = None) -> AnswerLine:
        """The JSON form of an answer; `question_id` is repeated from the question's line."""
        return cls(
            id=question_id,
            question=answer.question,
            standalone_question=answer.standalone_question,
            answer=answer.text,
            short_answer=answer.short_answer,
            refused=answer.refused,
            reason=answer.reason or None,
            citations=[CitationLine.of(citation) for citation in answer.citations],
            readings=[
                ReadingLine.of(cited, lead=position < answer.leads) for position, cited in enumerate(answer.readings)
            ],
            nearest_readings=[ReadingLine.of(cited, lead=False) for cited in answer.nearest_readings],
            remarks=list(answer.remarks),
            nearest=[CitationLine.of(citation) for citation in answer.nearest],
            mode=answer.mode,
            held_back=[HeldBackLine.of(held) for held in answer.held_back],
            notice=answer.notice or None,
            confidence=round(answer.confidence, 4),
            elapsed_ms=round(answer.elapsed_ms, 1),
        )


class PassageLine(BaseModel):
    """One ranked passage of `rapporteur search`."""

    document: str
    document_id: str
    start: int
    end: int
    text: str
    score: float

    @classmethod
    def of(cls, ranked: RankedPassage) -> PassageLine:
        """The JSON form of a ranked passage."""
        passage = ranked.passage
        return cls(
            document=ranked.document,
            document_id=passage.document_id,
            start=passage.start,
            end=passage.end,
            text=passage.text,
            score=round(ranked.score, 6),
        )
