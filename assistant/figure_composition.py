"""Composes an answer from readings: the figure asked for first, the others beside it, and why they differ.

Every sentence shown is a quote of the record; the line on the differences is made from the
readings' own fields, and a computed result names the quotes it is computed from.

>>> # compose_figures(question, asked, selection, decide_figures(selection, asked, evidence), catalog).short_answer
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation, CitedReading, Statement
from assistant.arithmetic import worked_out
from assistant.composition import CitedDocuments, refusing, render
from assistant.decision import Decision
from assistant.differences import Difference, Numbered, difference_line, differences
from assistant.figure_likeness import conflicts
from assistant.figure_selection import Selection
from assistant.ledger import Matched
from assistant.question import Asked
from corpus.document import Span
from index.catalog import Catalog
from index.reading import Reading

__all__ = ["compose_figures"]


def compose_figures(question: str, asked: Asked, selection: Selection, decision: Decision, catalog: Catalog) -> Answer:
    """The answer to `asked`, not yet verified; `question` is what the user typed."""
    numbered = _numbered(selection.readings)
    citations = _citations(selection.readings, catalog)
    if not selection.leads:
        nearest = tuple(CitedReading(one.reading, one.number, ()) for one in numbered)
        return replace(refusing(question, asked, decision, citations), nearest_readings=nearest)
    first, *beside = numbered
    differs = [(), *(_differs(selection, one.reading) for one in beside)]
    statements = tuple(Statement(citation.quote, (citation.number,)) for citation in citations)
    is_contradicted = not selection.question.names_source and any(
        conflicts(first.reading, one.reading) for one in beside
    )
    is_single = len(selection.leads) == 1
    worked = worked_out(selection, numbered)
    lines = (
        _conflict_line(first, beside) if is_contradicted else "",
        worked.line if worked else "",
        difference_line(first, beside) if is_single else "",
    )
    remarks = tuple(filter(None, lines))
    short = first.reading.text if is_single and not is_contradicted else None
    return Answer(
        question=question,
        standalone_question=asked.question,
        text=render(short, statements, citations, remarks),
        short_answer=short,
        statements=statements,
        citations=citations,
        readings=tuple(CitedReading(one.reading, one.number, why) for one, why in zip(numbered, differs, strict=True)),
        leads=len(selection.leads),
        remarks=remarks,
        computed=(worked.result,) if worked and worked.result else (),
        confidence=decision.confidence,
    )


def _differs(selection: Selection, reading: Reading) -> tuple[Difference, ...]:
    """In what a reading differs from the first lead; that it agrees, where it does with any of them."""
    leads = [one.reading for one in selection.leads]
    told = [differences(lead, reading) for lead in leads if lead is not reading]
    return ("agrees",) if ("agrees",) in told else told[0]


def _conflict_line(lead: Numbered, beside: Sequence[Numbered]) -> str:
    """That the record contradicts itself, where it does."""
    numbers = "".join(f"[{one.number}]" for one in beside if conflicts(lead.reading, one.reading))
    return f"The record contradicts itself: [{lead.number}] and {numbers} differ for the same time, scope and kind."


def _citations(matched: Sequence[Matched], catalog: Catalog) -> tuple[Citation, ...]:
    """The sentences of the readings, each once."""
    documents = CitedDocuments(catalog)
    return tuple(
        documents.cite_span(number, document_id, span) for (document_id, span), number in _sentences(matched).items()
    )


def _numbered(matched: Sequence[Matched]) -> list[Numbered]:
    """The readings with the numbers of their sentences, which some of them share."""
    numbers = _sentences(matched)
    return [Numbered(one.reading, numbers[one.reading.document_id, one.reading.sentence]) for one in matched]


def _sentences(matched: Sequence[Matched]) -> dict[tuple[str, Span], int]:
    """The sentences of the readings with their citation numbers, in order."""
    distinct = dict.fromkeys((one.reading.document_id, one.reading.sentence) for one in matched)
    return {sentence: number for number, sentence in enumerate(distinct, start=1)}
