"""Drops documents from the index: their rows, their readings and their vectors, never their files.

>>> # remove_documents(["3f2a91c05d7e8b46"], index)
"""

from __future__ import annotations

from collections.abc import Iterable

from index.catalog import StoredDocument
from index.store import Index, writing

__all__ = ["remove_documents"]


def remove_documents(ids: Iterable[str], index: Index) -> list[StoredDocument]:
    """Drop the documents with these `ids`; those that are not there are passed over. Returns what was dropped.

    Raises IndexBusy when another process is writing.
    """
    with writing(index.folder):
        stored = index.catalog.stored(list(ids))
        vectors = [passage.id for one in stored for passage in index.catalog.passages_of(one)]
        with index.catalog.transaction():
            for document_id in stored:
                index.catalog.remove(document_id)
        index.vectors.delete(vectors)
        return list(stored.values())
