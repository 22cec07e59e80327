"""What becomes of a quote when its document changes, moves or goes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answer import Citation
from assistant.standing import StandingKind, standing_of
from index.ingest import ingest
from index.settings import Home, IndexSettings
from index.store import Index, open_index

TEXT = "Harbour call\n\nThe quay opens in May. The budget is 4 million euros. The quay opens in May.\n"
QUOTE = "The budget is 4 million euros."


@pytest.fixture
def index(tmp_path: Path) -> Index:
    """An index of one file."""
    files = tmp_path / "files"
    files.mkdir()
    (files / "call.txt").write_text(TEXT, encoding="utf-8")
    opened = open_index(Home(tmp_path / "home"), IndexSettings(), create=True)
    ingest([files], opened)
    return opened


def cited(index: Index, quote: str, *, last: bool = False) -> tuple[Citation, str]:
    """A citation of the file as it is now, and the hash of its content."""
    (stored,) = index.catalog.documents()
    document = index.document_named("call.txt")
    start = document.text.rindex(quote) if last else document.text.index(quote)
    citation = Citation(
        1, document.id, document.name, document.title, None, None, "", "", quote, start, start + len(quote)
    )
    return citation, stored.content_hash


def rewritten(index: Index, change: Callable[[str], str]) -> None:
    """The file with another content, ingested again."""
    file = index.folder.parents[1] / "files" / "call.txt"
    file.write_text(change(TEXT), encoding="utf-8")
    ingest([file.parent], index)


def test_an_unchanged_document_holds_the_quote(index: Index) -> None:
    """At the place where it was cited, also where the same words stand twice."""
    citation, content = cited(index, "The quay opens in May.", last=True)
    standing = standing_of(citation, content, index.catalog)
    assert standing.kind is StandingKind.UNCHANGED
    assert standing.span
    assert (standing.span.start, standing.span.end) == (citation.start, citation.end)


def test_a_quote_that_moved_in_a_changed_document_is_found(index: Index) -> None:
    """Its new place is told."""
    citation, content = cited(index, QUOTE)
    rewritten(index, lambda text: text.replace("The quay", "Since Monday: the quay", 1))
    standing = standing_of(citation, content, index.catalog)
    assert standing.kind is StandingKind.STANDS
    assert standing.document
    assert standing.span
    assert standing.span.start != citation.start
    assert standing.span.of(standing.document.text) == QUOTE


def test_a_quote_that_was_taken_out_is_gone(index: Index) -> None:
    """The document is still told, without a place in it."""
    citation, content = cited(index, QUOTE)
    rewritten(index, lambda text: text.replace("4 million", "5 million"))
    standing = standing_of(citation, content, index.catalog)
    assert (standing.kind, standing.span) == (StandingKind.GONE, None)
    assert standing.document


def test_a_document_that_moved_to_another_folder_is_known_by_its_content(index: Index) -> None:
    """Its id is another one, its text the same."""
    citation, content = cited(index, QUOTE)
    files = index.folder.parents[1] / "files"
    (files / "older").mkdir()
    shutil.move(files / "call.txt", files / "older" / "call.txt")
    ingest([files], index, prune=True)
    standing = standing_of(citation, content, index.catalog)
    assert standing.kind is StandingKind.UNCHANGED
    assert standing.document
    assert standing.document.id != citation.document_id


def test_a_document_that_was_removed_is_said_to_be_gone(index: Index) -> None:
    """Nothing of it is told."""
    citation, content = cited(index, QUOTE)
    files = index.folder.parents[1] / "files"
    (files / "call.txt").unlink()
    (files / "other.txt").write_text("Another call\n\nNothing was decided.\n", encoding="utf-8")
    ingest([files], index, prune=True)
    assert standing_of(citation, content, index.catalog).kind is StandingKind.NO_DOCUMENT
