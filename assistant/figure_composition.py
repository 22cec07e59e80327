"""Composes an answer from readings: the figure asked for first, the others beside it, and why they differ.

Every sentence shown is a quote of the record; the line on the differences is made from the
readings' own fields, and a computed result names the quotes it is computed from.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, CitedReading, Statement
from assistant.arithmetic import worked_out
from assistant.composition import CitedDocuments, render
from assistant.decision import Decision
from assistant.differences import Difference, Numbered, difference_line, differences
from assistant.figure_selection import Selection, conflicts
from assistant.ledger import Matched
from assistant.question import Asked
from corpus.document import Span
from index.catalog import Catalog
from index.reading import Reading

__all__ = ["compose_figures"]


def compose_figures(question: str, asked: Asked, selection: Selection, decision: Decision, catalog: Catalog) -> Answer:
    """The answer to `asked`, not yet verified; `question` is what the user typed."""
    documents = CitedDocuments(catalog)
    readings = _numbered(selection.readings)
    sentences = _sentences(selection.readings)
    citations = tuple(
        documents.cite_span(number, document_id, span) for (document_id, span), number in sentences.items()
    )
    cited = [CitedReading(reading, number, ()) for reading, number in readings]
    if not selection.leads:
        return Answer(
            question=question,
            standalone_question=asked.question,
            text=f"The record does not say. {decision.reason}",
            short_answer=None,
            statements=(),
            citations=(),
            refusal=decision.refusal,
            reason=decision.reason,
            nearest=citations,
            nearest_readings=tuple(cited),
            confidence=decision.confidence,
        )
    lead = selection.leads[0].reading
    first = Numbered(lead, readings[0][1])
    beside = [
        Numbered(one.reading, number) for one, (_, number) in zip(selection.readings[1:], readings[1:], strict=True)
    ]
    cited = [
        CitedReading(one.reading, one.number, () if one is first else _differs(selection, one.reading))
        for one in (first, *beside)
    ]
    statements = tuple(Statement(citation.quote, (citation.number,)) for citation in citations)
    several = len(selection.leads) > 1
    contradicted = not selection.question.names_source and any(conflicts(lead, one.reading) for one in beside)
    others = beside[len(selection.leads) - 1 :]
    worked = worked_out(selection, [first, *beside])
    lines = (
        _conflict_line(first, beside) if contradicted else "",
        worked.line if worked else "",
        "" if several else difference_line(first, others),
    )
    remarks = tuple(filter(None, lines))
    short = None if several or contradicted else lead.text
    return Answer(
        question=question,
        standalone_question=asked.question,
        text=render(short, statements, citations, remarks),
        short_answer=short,
        statements=statements,
        citations=citations,
        readings=tuple(cited),
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
    numbers = "".join(f"[{one.number}]" for one in beside if conflicts(lead.reading, one.reading))
    return f"The record contradicts itself: [{lead.number}] and {numbers} differ for the same time, scope and kind."


def _sentences(matched: Sequence[Matched]) -> dict[tuple[str, Span], int]:
    """The sentences of the readings with their citation numbers, in order, each once."""
    found: dict[tuple[str, Span], int] = {}
    for one in matched:
        found.setdefault((one.reading.document_id, one.reading.sentence), len(found) + 1)
    return found


def _numbered(matched: Sequence[Matched]) -> list[tuple[Reading, int]]:
    numbers = _sentences(matched)
    return [(one.reading, numbers[one.reading.document_id, one.reading.sentence]) for one in matched]
