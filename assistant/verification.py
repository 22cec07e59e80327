"""The last step before anything is shown: every quote against the text of its source.

>>> verdict_of("The rate was 45%.", Span(0, 17), "The rate was 45%.")
<Verdict.EXACT: 'exact'>
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from assistant.answer import Answer, Citation, Statement, Verdict
from assistant.composition import render
from assistant.number_check import NumberVerdict, QuotedText, check_numbers
from corpus.document import Span
from index.catalog import Catalog

__all__ = ["verdict_of", "verify"]

_SAME = {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u00a0": " "}


def verify(answer: Answer, catalog: Catalog) -> Answer:
    """`answer` with a verdict on every citation, and without statements that no exact quote carries.

    A statement must be the words of a quote that stands at its offsets, and the short answer must
    stand in one of those quotes; what fails this is taken out, never shown as fact.
    """
    citations = tuple(_checked(citation, catalog) for citation in answer.citations)
    sound = {citation.number: citation for citation in citations if citation.verdict is Verdict.EXACT}
    statements = tuple(statement for statement in answer.statements if _stands(statement, sound))
    short = answer.short_answer
    if short is not None and not any(short in citation.quote for citation in sound.values()):
        short = None
    nearest = tuple(_checked(citation, catalog) for citation in answer.nearest)
    readings = tuple(reading for reading in answer.readings if reading.citation in sound)
    remarks = tuple(line for line in answer.remarks if _holds(line, answer, sound))
    text = answer.text if answer.refused else render(short, statements, citations, remarks)
    return replace(
        answer,
        text=text,
        citations=citations,
        statements=statements,
        short_answer=short,
        nearest=nearest,
        readings=readings,
        remarks=remarks,
    )


def verdict_of(quote: str, span: Span, text: str) -> Verdict:
    """How `quote` stands to `text`, its document, where it is said to be at `span`."""
    if not quote:
        return Verdict.NOT_FOUND
    if span.of(text) == quote:
        return Verdict.EXACT
    if _plain(span.of(text)) == _plain(quote):
        return Verdict.NORMALISED
    return Verdict.MOVED if _plain(quote) in _plain(text) else Verdict.NOT_FOUND


def _holds(line: str, answer: Answer, sound: dict[int, Citation]) -> bool:
    """Whether every number in a line of our own stands in a sound quote, or was computed from such."""
    quotes = [QuotedText(one.number, one.quote, dates=tuple(_dates(one, answer))) for one in sound.values()]
    return all(
        number.verdict is not NumberVerdict.UNSUPPORTED for number in check_numbers(line, quotes, answer.computed)
    )


def _dates(citation: Citation, answer: Answer) -> Iterator[date]:
    """The days that may be told of a citation: of the meeting, of the report, and of its readings' periods."""
    yield from filter(None, (citation.held_on, citation.published_on))
    for cited in answer.readings:
        if cited.citation == citation.number and cited.reading.period:
            yield from (cited.reading.period.start, cited.reading.period.end)


def _checked(citation: Citation, catalog: Catalog) -> Citation:
    document = catalog.document(citation.document_id)
    if document is None:  # removed while the answer was being made
        return replace(citation, verdict=Verdict.NOT_FOUND)
    return replace(citation, verdict=verdict_of(citation.quote, Span(citation.start, citation.end), document.text))


def _stands(statement: Statement, sound: dict[int, Citation]) -> bool:
    return any(number in sound and statement.text in sound[number].quote for number in statement.citations)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", "".join(_SAME.get(character, character) for character in text)).strip()
