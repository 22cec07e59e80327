"""Answers and questions as JSON: the contract other programs rely on, at the border only.

`python -c "from assistant.wire import AnswerLine; print(AnswerLine.model_json_schema())"`
prints the schema.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Answer, Citation, CitedReading, RankedPassage

__all__ = ["AnswerLine", "CitationLine", "PassageLine", "QuestionLine", "ReadingLine"]


class QuestionLine(BaseModel):
    """One line of a questions file."""

    model_config = ConfigDict(extra="ignore")

    id: str | int | None = None
    question: str = Field(min_length=1)
    history: list[str] = []  # earlier questions of the conversation, oldest first
    within: str | None = None  # a document's name, path or id


class CitationLine(BaseModel):
    """A citation as the contract names its fields."""

    number: int
    document: str  # the file's name as it was ingested
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
    value_to: float | None  # upper end of a range
    total: float | None  # what a count or rank is out of
    unit: str
    text: str
    indicator: str
    period: str | None  # 2024, 2024-07, 2024-Q1 or two with a slash; None where the record does not say
    period_known: str | None  # "stated", "carried" from a sentence before, "inferred" from the report's date
    scope: str | None
    scope_known: str | None
    kind: str
    comparison: str | None  # "compared to 2022"
    differs: list[str]  # in what from the first: period, scope, kind, conflict, change, agrees, wording
    lead: bool  # whether it is asked for, or one that it could be taken for
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
    nearest_readings: list[ReadingLine]  # when refused; their citations are those of `nearest`
    remarks: list[str]  # why figures differ, what is computed
    nearest: list[CitationLine]
    mode: str
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
