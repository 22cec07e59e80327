"""A conversation as a table for spreadsheets: a row for each citation, CSV as RFC 4180 has it, in UTF-8.

A question without citations has one row, so that none is missing. No cell is ever a formula.

>>> guarded("=HYPERLINK(1)"), guarded("-5%"), guarded("45%")
("'=HYPERLINK(1)", "'-5%", '45%')
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from assistant.answer import Answer, Citation
from assistant.desk_conversations import StoredExchange
from index.catalog import Catalog
from ui.conversation_blocks import standing_words
from ui.wording import clock, visible

__all__ = ["COLUMNS", "guarded", "table"]

COLUMNS = (
    "position", "asked", "question", "read_as", "refused", "reason", "short_answer", "statement", "role", "citation",
    "quote", "title", "document", "source", "held_on", "reported_on", "place", "speaker", "time", "start", "end",
    "verdict", "document_id", "content_hash", "now",
)  # fmt: skip
BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheets read another encoding
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")  # OWASP, "CSV Injection"; full-width forms count in some languages


def table(exchanges: Sequence[StoredExchange], catalog: Catalog | None) -> str:
    """All citations of the conversation; `catalog` tells what became of their quotes."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for stored in exchanges:
        for row in _rows(stored, catalog):
            writer.writerow([guarded(visible(row.get(column, ""))) for column in COLUMNS])
    return BYTE_ORDER_MARK + written.getvalue()


def guarded(cell: str) -> str:
    """`cell` so that a spreadsheet shows it and computes nothing."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA_STARTS) else cell


def _rows(stored: StoredExchange, catalog: Catalog | None) -> Iterator[dict[str, str]]:
    exchange, answer = stored.exchange, stored.exchange.answer
    asked = {
        "position": str(stored.position),
        "asked": stored.asked.isoformat(timespec="seconds"),
        "question": exchange.question,
        "read_as": exchange.standalone_question,
    }
    if answer is None:
        yield asked
        return
    asked |= {
        "refused": "yes" if answer.refused else "no",
        "reason": answer.reason,
        "short_answer": answer.short_answer or "",
    }
    cited = [("cited", one) for one in answer.citations] + [("nearest", one) for one in answer.nearest]
    for role, citation in cited:
        yield {**asked, "role": role, **_cells(citation, stored, answer if role == "cited" else None, catalog)}
    if not cited:
        yield asked


def _cells(
    citation: Citation, stored: StoredExchange, answer: Answer | None, catalog: Catalog | None
) -> dict[str, str]:
    carried = [one.text for one in answer.statements if citation.number in one.citations] if answer else []
    return {
        "citation": str(citation.number),
        "statement": "\n".join(carried),
        "quote": citation.quote,
        "title": citation.title,
        "document": citation.document,
        "source": citation.source,
        "held_on": citation.held_on.isoformat() if citation.held_on else "",
        "reported_on": citation.published_on.isoformat() if citation.published_on else "",
        "place": citation.place,
        "speaker": citation.speaker,
        "time": clock(citation.start_s) if citation.start_s is not None else "",
        "start": str(citation.start),
        "end": str(citation.end),
        "verdict": citation.verdict.value,
        "document_id": citation.document_id,
        "content_hash": stored.content_hashes.get(citation.document_id, ""),
        "now": standing_words(citation, stored, catalog),
    }
