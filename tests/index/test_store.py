"""Opening an index: what is missing is told, what a crash left is swept."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from conftest import OpenAt, report

from corpus.errors import IndexFault, InputError
from index.ingest import ingest
from index.settings import Home, IndexSettings
from index.store import Index, open_index


@pytest.fixture
def filled(index: Index, files: Path) -> Index:
    """Three reports, one of several passages."""
    (files / "north.txt").write_text("\n\n".join([report("Northern Board", "4 May 2024", 45)] * 10), encoding="utf-8")
    ingest([files], index)
    return index


def test_no_index_names_the_command(tmp_path: Path) -> None:
    """Where no index is, the message gives the folder and the command that builds one."""
    with pytest.raises(IndexFault) as raised:
        open_index(Home(tmp_path / "nowhere"), IndexSettings())
    assert str(raised.value) == f"No index at {tmp_path / 'nowhere'}. Build one with: rapporteur ingest FOLDER"


def test_looking_for_an_index_makes_none(tmp_path: Path) -> None:
    """A failed look leaves no folder behind."""
    with pytest.raises(IndexFault):
        open_index(Home(tmp_path / "nowhere"), IndexSettings())
    assert not (tmp_path / "nowhere").exists()


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """Where a file stands in the way of the folder, another home is advised."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(InputError, match="--home"):
        open_index(Home(tmp_path / "file"), IndexSettings(), create=True)


def test_a_first_ingestion_that_failed_binds_nobody(open_at: OpenAt, files: Path, tmp_path: Path) -> None:
    """Settings with which nothing was ever indexed do not stand in the way of others."""
    with pytest.raises(InputError, match="No Chroma server"):
        ingest([files], open_at(tmp_path / "home", IndexSettings(chroma_address="http://127.0.0.1:9")))
    assert len(ingest([files], open_at(tmp_path / "home")).added) == 3


def test_documents_are_named(filled: Index, files: Path) -> None:
    """A document is found by its file name, its path and its id."""
    document = filled.document_named("north.txt")
    assert document == filled.document_named(str(files / "north.txt")) == filled.document_named(document.id)


def test_an_unknown_name_is_told(filled: Index) -> None:
    """A name that no document has is repeated, with the command that lists the names."""
    with pytest.raises(InputError, match=r"'west.txt'.*rapporteur sources"):
        filled.document_named("west.txt")


def test_a_name_of_two_is_told(filled: Index, tmp_path: Path) -> None:
    """A name that two documents have is not chosen from; the path still tells them apart."""
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "east.txt").write_text(report("Far East Board", "1 July 2024", 3), encoding="utf-8")
    ingest([tmp_path / "more"], filled)
    with pytest.raises(InputError, match=r"2 documents are named 'east.txt'.*path or id"):
        filled.document_named("east.txt")
    assert "Far East" in filled.document_named(str(tmp_path / "more" / "east.txt")).text


def test_vectors_without_passages_are_swept(filled: Index, open_at: OpenAt, tmp_path: Path) -> None:
    """Vectors that no passage owns are deleted when the index is opened."""
    filled.vectors.add(["gone.0", "gone.1"], np.eye(2, 384, dtype=np.float32), ["gone", "gone"])
    opened = open_at(tmp_path / "home")
    assert set(opened.vectors.ids()) == opened.catalog.passage_ids()


def test_a_question_never_drops_a_document(filled: Index, open_at: OpenAt, tmp_path: Path) -> None:
    """Where vectors are missing, searching says what to do and leaves the catalog as it is."""
    before = filled.catalog.passage_ids()
    filled.vectors.delete(list(filled.vectors.ids()))
    opened = open_at(tmp_path / "home")
    with pytest.raises(IndexFault, match=r"vectors of 3 documents are missing.*rapporteur ingest --rebuild"):
        _ = opened.vectors
    assert opened.catalog.passage_ids() == before


def test_a_document_without_a_vector_is_read_again(filled: Index, open_at: OpenAt, files: Path, tmp_path: Path) -> None:
    """The next ingestion reads the file of a document that lost a vector, and only that."""
    document = filled.document_named("north.txt")
    passages = filled.catalog.passages_of(document.id)
    assert len(passages) > 1
    filled.vectors.delete([passages[0].id])
    opened = open_at(tmp_path / "home")
    made = ingest([files], opened)
    assert (made.changed, len(made.unchanged)) == (["north.txt"], 2)
    assert set(opened.vectors.ids()) == opened.catalog.passage_ids()


def test_another_process_index_is_noticed(filled: Index, files: Path, tmp_path: Path) -> None:
    """What another process ingests, or makes anew, is there at the next question."""
    assert len(filled.catalog.documents()) == 3
    (files / "later.txt").write_text(report("Later Board", "5 May 2024", 3), encoding="utf-8")
    for option in ([], ["--rebuild"]):
        command = [sys.executable, "-m", "ui", "ingest", *option, str(files), "--home", str(tmp_path / "home")]
        subprocess.run(command, check=True, capture_output=True, timeout=200)
        filled.refresh()
        assert len(filled.catalog.documents()) == 4
        assert set(filled.vectors.ids()) == filled.catalog.passage_ids()
