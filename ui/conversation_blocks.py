"""A conversation as the blocks of a document: headings, paragraphs, quotes with where they stand, tables.

What is in the document is decided here once; how Markdown or Word writes it is told in
export_markdown.py and export_word.py. Text is as the record has it, but for control characters.

>>> # conversation_blocks(ExportedConversation("The dossiers", date.today(), exchanges, index.catalog))
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from assistant.answer import Answer, Citation, CitedReading, Statement, Verdict
from assistant.desk_conversations import StoredExchange
from assistant.standing import standing_of
from index.catalog import Catalog
from ui.answer_figures import KINDS, facts_of, period_of
from ui.standing_text import CHANGED
from ui.wording import NEAREST, REFUSED, dates, day, one_line, said_by, short_answer_numbers, visible

__all__ = [
    "Block",
    "ExportedConversation",
    "Heading",
    "Paragraph",
    "Quote",
    "Table",
    "conversation_blocks",
    "moment",
    "standing_words",
]

FIGURES = ("Value", "Scope", "Period", "Kind", "Measures", "Source")


@dataclass(frozen=True, slots=True)
class ExportedConversation:
    """What is exported."""

    title: str
    exported_on: date
    exchanges: Sequence[StoredExchange]
    catalog: Catalog | None = None  # to tell what became of the quotes; None leaves that out


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the document's title."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in one style: as usual, strong for what answers, soft for what is looked at second."""

    text: str
    style: Literal["usual", "strong", "soft"] = "usual"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the record with their number, and where they stand."""

    number: int
    text: str
    source: str  # title, dates, place, speaker and time, file
    address: str  # of the original on the web; "" for a file
    remark: str  # what is to be known of the quote; "" for nothing


@dataclass(frozen=True, slots=True)
class Table:
    """A table; each row has the cells of the head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block: TypeAlias = Heading | Paragraph | Quote | Table


def conversation_blocks(exported: ExportedConversation) -> list[Block]:
    """The whole document."""
    count = len(exported.exchanges)
    questions = "1 question" if count == 1 else f"{count} questions"
    blocks: list[Block] = [
        Heading(one_line(exported.title), 1),
        Paragraph(
            f"Exported on {day(exported.exported_on)}, {questions}. Every quote is copied from its source.", "soft"
        ),
    ]
    for stored in exported.exchanges:
        blocks += [Heading(f"{stored.position}. {one_line(stored.exchange.question)}", 2), *_exchange(stored, exported)]
    return blocks


def moment(value: datetime) -> str:
    """A day and a time of this machine's clock."""
    local = value.astimezone()
    return f"{day(local.date())}, {local:%H:%M}"


def standing_words(citation: Citation, stored: StoredExchange, catalog: Catalog | None) -> str:
    """What became of a quote since it was quoted; "" where nothing did, or without a catalog."""
    if catalog is None:
        return ""
    return CHANGED[standing_of(citation, stored.content_hashes.get(citation.document_id, ""), catalog).kind]


def _exchange(stored: StoredExchange, exported: ExportedConversation) -> Iterator[Block]:
    exchange, answer = stored.exchange, stored.exchange.answer
    yield Paragraph(f"Asked on {moment(stored.asked)}", "soft")
    if exchange.standalone_question and exchange.standalone_question.strip() != exchange.question.strip():
        yield Paragraph(f"Read as: {one_line(exchange.standalone_question)}", "soft")
    if answer is None:
        yield Paragraph("This question was not answered.")
    elif answer.refusal:
        yield Paragraph(REFUSED, "strong")
        yield from [Paragraph(one_line(answer.reason))] if answer.reason else []
        if answer.nearest:
            yield Paragraph(f"{NEAREST[answer.refusal]}:")
            yield from (_quote(citation, stored, exported) for citation in answer.nearest)
            yield from _figures("Nearest figures", answer.nearest_readings)
    else:
        yield from _answered(answer, stored, exported)


def _answered(answer: Answer, stored: StoredExchange, exported: ExportedConversation) -> Iterator[Block]:
    if answer.short_answer:
        numbers = short_answer_numbers(answer.citations, answer.short_answer)
        yield Paragraph(f"{one_line(answer.short_answer)} {_markers(numbers)}".rstrip(), "strong")
        if answer.readings:
            yield Paragraph(" · ".join(facts_of(answer.readings[0].reading)), "soft")
    by_number = {citation.number: citation for citation in answer.citations}
    shown: set[int] = set()
    for statement in answer.statements:
        cited = [by_number[number] for number in statement.citations if number in by_number]
        if not _is_its_quote(statement, cited):
            yield Paragraph(f"{one_line(statement.text)} {_markers(statement.citations)}")
        yield from (_quote(one, stored, exported) for one in cited if one.number not in shown)
        shown |= {one.number for one in cited}
    yield from (_quote(one, stored, exported) for one in answer.citations if one.number not in shown)
    yield from (Paragraph(one_line(remark)) for remark in answer.remarks)
    yield from _figures("Figures", answer.readings)


def _is_its_quote(statement: Statement, cited: Sequence[Citation]) -> bool:
    return len(cited) == 1 and statement.text == cited[0].quote


def _quote(citation: Citation, stored: StoredExchange, exported: ExportedConversation) -> Quote:
    parts = [citation.title or citation.document, dates(citation), citation.place, said_by(citation), citation.document]
    not_exact = f"The quote is not word for word: {citation.verdict.value}."
    remarks = [
        "" if citation.verdict is Verdict.EXACT else not_exact,
        standing_words(citation, stored, exported.catalog),
    ]
    is_on_the_web = citation.source.startswith(("https://", "http://"))
    return Quote(
        citation.number,
        visible(citation.quote),
        " — ".join(one_line(part) for part in dict.fromkeys(parts) if part),
        one_line(citation.source) if is_on_the_web else "",
        " ".join(filter(None, remarks)),
    )


def _figures(title: str, readings: Sequence[CitedReading]) -> Iterator[Block]:
    if readings:
        yield Heading(title, 3)
        yield Table(FIGURES, tuple(_cells(one) for one in readings))


def _cells(cited: CitedReading) -> tuple[str, ...]:
    reading = cited.reading
    return (
        one_line(reading.text),
        one_line(reading.scope) or "not said",
        period_of(reading) or "not said",
        KINDS[reading.kind],
        one_line(reading.indicator),
        f"[{cited.citation}]",
    )


def _markers(numbers: Sequence[int]) -> str:
    return "".join(f"[{number}]" for number in numbers)
