"""Documents of the record as JSON for programs: what is known of each, without its text.

>>> # document_fields(index.catalog.documents()[0])["document"]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.catalog import StoredDocument

__all__ = ["document_fields"]


def document_fields(document: StoredDocument) -> dict[str, str | int | None]:
    """The document as the contract names its fields."""
    return {
        "document": document.name,
        "document_id": document.id,
        "title": document.title,
        "kind": document.kind,
        "held_on": document.held_on.isoformat() if document.held_on else None,
        "published_on": document.published_on.isoformat() if document.published_on else None,
        "place": document.place,
        "passages": document.passages,
        "characters": document.characters,
        "path": document.path,
    }
