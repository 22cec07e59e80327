"""Whether what an answer quoted then still stands in the record now.

An answer that is kept outlives its documents: they change, move to another folder, or go. Knows
nothing of where answers are kept.

>>> # standing_of(citation, exchange.content_hashes.get(citation.document_id, ""), index.catalog).kind
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.answer import Citation
from corpus.document import Document, Span
from index.catalog import Catalog

__all__ = ["Standing", "StandingKind", "standing_of"]


class StandingKind(StrEnum):
    """What became of a quote."""

    UNCHANGED = "unchanged"  # the document has the content it had then
    STANDS = "stands"  # the document has changed, the quote stands in it word for word
    GONE = "gone"  # the document has changed, and the quote stands in it no more
    NO_DOCUMENT = "no document"  # the document is no longer in the record


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of a quote, and where it stands now."""

    kind: StandingKind
    document: Document | None  # as it is now
    span: Span | None = None  # of the quote in the document as it is now


def standing_of(citation: Citation, content_hash: str, catalog: Catalog) -> Standing:
    """What became of the quote of a citation; `content_hash` is that of its document then, "" for not known.

    A document that was ingested again from another place counts as the same when its content does.
    """
    document = catalog.document(citation.document_id)
    hash_now = catalog.stored([citation.document_id])[citation.document_id].content_hash if document else ""
    if document is None and content_hash:
        same = next((one for one in catalog.documents() if one.content_hash == content_hash), None)
        document, hash_now = (catalog.document(same.id), content_hash) if same else (None, "")
    if document is None:
        return Standing(StandingKind.NO_DOCUMENT, None)
    span = _found(citation, document.text)
    if span is None:
        return Standing(StandingKind.GONE, document)
    return Standing(
        StandingKind.UNCHANGED if content_hash and hash_now == content_hash else StandingKind.STANDS, document, span
    )


def _found(citation: Citation, text: str) -> Span | None:
    """Where the quote stands: at its place, else the nearest to it."""
    if not citation.quote:
        return None
    places = [match.start() for match in re.finditer(re.escape(citation.quote), text)]
    if not places:
        return None
    start = min(places, key=lambda place: abs(place - citation.start))
    return Span(start, start + len(citation.quote))
