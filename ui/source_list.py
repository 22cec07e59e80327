"""The documents of the record as a list: filtered by words, sorted by a column, each with the state of its file.

Knows nothing of HTML and of Gradio.

>>> # source_list(SourcesWanted("hai duong"), index.catalog, FileStates())
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from corpus.document import content_hash
from index.catalog import Catalog, StoredDocument
from index.terms import fold

__all__ = ["COLUMNS", "FileState", "FileStates", "ListedSource", "SourceList", "SourcesWanted", "source_list"]

SHOWN = 200  # documents on a page
COLUMNS: Mapping[str, Callable[[StoredDocument], Any]] = {  # what the list may be sorted by
    "document": lambda one: fold(one.title or one.name),
    "kind": lambda one: one.kind,
    "held": lambda one: one.held_on or date.min,
    "reported": lambda one: one.published_on or date.min,
    "place": lambda one: fold(one.place) or "\uffff",
    "language": lambda one: one.language,
    "passages": lambda one: one.passages,
    "figures": lambda one: one.figures,
}


class FileState(StrEnum):
    """What became of the file since it was read."""

    CURRENT = "current"
    CHANGED = "changed"
    GONE = "gone"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class SourcesWanted:
    """What the user asks for."""

    words: str = ""
    column: str = "document"  # of COLUMNS
    descending: bool = False


@dataclass(frozen=True, slots=True)
class ListedSource:
    """One document with the state of its file."""

    document: StoredDocument
    state: FileState


@dataclass(frozen=True, slots=True)
class SourceList:
    """The documents that fit, and how many there are."""

    wanted: SourcesWanted
    shown: list[ListedSource]
    fitting: int
    documents: int  # in the record
    passages: int
    figures: int


class FileStates:
    """Tells whether a file still has the content that was read; looks into one again only when it was touched."""

    def __init__(self) -> None:
        self._hashes: dict[str, tuple[int, int, str]] = {}  # by path: time of the last change, size, content

    def of(self, document: StoredDocument) -> FileState:
        """The state of the document's file."""
        path = Path(document.path)
        try:
            found = path.stat()
            known = self._hashes.get(document.path)
            if known is None or known[:2] != (found.st_mtime_ns, found.st_size):
                known = (found.st_mtime_ns, found.st_size, content_hash(path.read_bytes()))
                self._hashes[document.path] = known
        except (FileNotFoundError, NotADirectoryError):
            return FileState.GONE
        except OSError:
            return FileState.UNREADABLE
        return FileState.CURRENT if known[2] == document.content_hash else FileState.CHANGED


def source_list(wanted: SourcesWanted, catalog: Catalog, states: FileStates) -> SourceList:
    """The documents that hold every one of the words in what is known of them, sorted; the first SHOWN of them."""
    documents = catalog.documents()
    words = fold(wanted.words).split()
    fitting = [one for one in documents if all(word in _known(one) for word in words)] if words else list(documents)
    key = COLUMNS.get(wanted.column, COLUMNS["document"])
    fitting.sort(key=key, reverse=wanted.descending)
    return SourceList(
        wanted,
        [ListedSource(one, states.of(one)) for one in fitting[:SHOWN]],
        len(fitting),
        len(documents),
        sum(one.passages for one in documents),
        sum(one.figures for one in documents),
    )


def _known(document: StoredDocument) -> str:
    days = [day for day in (document.held_on, document.published_on) if day]
    told = [f"{day:%d %B %Y} {day.isoformat()}" for day in days]
    return fold(" ".join([document.title, document.name, document.kind, document.place, document.language, *told]))
