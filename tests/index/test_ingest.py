"""Ingestion: only what changed is read, what fails is told, and nothing indexed is lost."""

from __future__ import annotations

import errno
import io
import os
import shutil
from pathlib import Path
from types import ModuleType

import pytest
from conftest import OpenAt, report
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import IndexFault, InputError
from index import ingest as ingesting
from index.ingest import IngestReport, ingest
from index.rebuild import rebuild
from index.settings import Home, IndexSettings
from index.store import Index, open_index


def names(index: Index) -> list[str]:
    """The file names of all documents."""
    return [document.name for document in index.catalog.documents()]


def contents(index: Index) -> list[object]:
    """Everything that is indexed: documents, passages, and the ids of the vectors."""
    documents = index.catalog.documents()
    passages = [index.catalog.passages_of(document.id) for document in documents]
    assert set(index.vectors.ids()) == index.catalog.passage_ids()
    return [documents, passages, [index.catalog.document(document.id) for document in documents]]


def told(report: IngestReport) -> str:
    """All failures in one text."""
    return "\n".join(f"{failure.path}: {failure.reason}" for failure in report.failed)


def deny(monkeypatch: pytest.MonkeyPatch, module: ModuleType, function: str, denied: Path) -> None:
    """Make a function refuse one path, as the system does for who may not read it."""
    original = getattr(module, function)

    def refusing(path, *rest, **named):
        if not isinstance(path, int) and str(path).startswith(str(denied)):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return original(path, *rest, **named)

    monkeypatch.setattr(module, function, refusing)


# What is read


def test_files_of_a_folder_are_added(index: Index, files: Path) -> None:
    """All readable files of a folder become documents; others are told as skipped."""
    made = ingest([files], index)
    assert made.added == names(index) == ["east.txt", "north.txt", "south.md"]
    assert made.skipped == [str(files / "table.xlsx")]
    assert (made.passages, made.failed) == (index.catalog.passage_count(), [])
    assert index.vectors.count() == index.catalog.passage_count()


def test_ingesting_twice_is_ingesting_once(index: Index, files: Path) -> None:
    """Unchanged files are not read again and leave the index as it was."""
    ingest([files], index)
    before = contents(index)
    again = ingest([files], index)
    assert again.unchanged == ["east.txt", "north.txt", "south.md"]
    assert (again.added, again.changed, again.passages) == ([], [], 0)
    assert contents(index) == before


def test_a_file_written_again_with_the_same_content_is_unchanged(index: Index, files: Path) -> None:
    """The content counts, not the time it was written."""
    ingest([files], index)
    os.utime(files / "north.txt", (0, 0))
    assert "north.txt" in ingest([files], index).unchanged


def test_a_file_reached_by_two_ways_is_one_document(index: Index, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Absolute or relative, with dots or without: the same file is the same document."""
    ingest([files], index)
    before = contents(index)
    monkeypatch.chdir(files)
    (files / "sub").mkdir()
    for way in (Path(), Path("sub/.."), files / "sub" / "..", Path("../files"), files / "." / "north.txt"):
        assert ingest([way], index).added == []
    assert contents(index) == before


def test_a_file_named_twice_is_read_once(index: Index, files: Path) -> None:
    """A file that is named and lies in a named folder counts once."""
    made = ingest([files / "north.txt", files], index)
    assert made.added == ["north.txt", "east.txt", "south.md"]


def test_folders_below_are_read_and_hidden_ones_are_not(index: Index, files: Path) -> None:
    """Subfolders are read; names that begin with a dot are left alone."""
    for place in ("2024/spring", ".git", "2024/.cache"):
        (files / place).mkdir(parents=True)
        shutil.copy(files / "north.txt", files / place / "note.txt")
    (files / ".hidden.txt").write_text("Hidden.")
    ingest([files], index)
    assert sorted(Path(path).relative_to(files).as_posix() for path in index.catalog.paths()) == [
        "2024/spring/note.txt",
        "east.txt",
        "north.txt",
        "south.md",
    ]


def test_a_folder_linked_into_itself_is_read_once(index: Index, files: Path) -> None:
    """A link to a folder above does not multiply its files."""
    (files / "loop").symlink_to(files)
    ingest([files], index)
    assert names(index) == ["east.txt", "north.txt", "south.md"]


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(["north.txt", "south.md", "east.txt", "north.txt"]))
def test_the_order_of_files_does_not_matter(index: Index, files: Path, order: list[str]) -> None:
    """Whatever the order and however often, the same files give the same index."""
    for name in order:
        ingest([files / name], index)
    assert names(index) == ["east.txt", "north.txt", "south.md"]
    assert ingest([files], index).passages == 0


def test_progress_ends_with_all_files_done(index: Index, files: Path) -> None:
    """What is told of the progress never falls and ends at the number of files."""
    steps: list[tuple[int, int]] = []
    ingest([files], index, progress=lambda doing, done, total: steps.append((done, total)))
    assert steps == sorted(steps)
    assert steps[-1] == (3, 3)


def test_groups_of_any_size_give_the_same_index(
    open_at: OpenAt, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How many passages are embedded together does not show in what is indexed."""
    whole, parts = open_at(tmp_path / "whole"), open_at(tmp_path / "parts")
    ingest([files], whole)
    monkeypatch.setattr(ingesting, "GROUP_PASSAGES", 1)
    ingest([files], parts)
    assert contents(parts) == contents(whole)


# What changed


def test_a_changed_file_is_replaced(index: Index, files: Path) -> None:
    """The new text is found, the old is gone, from the full text and from the vectors."""
    ingest([files], index)
    before = index.catalog.passage_ids()
    (files / "north.txt").write_text(report("Northern Board", "4 May 2024", 46), encoding="utf-8")
    made = ingest([files], index)
    assert (made.changed, made.unchanged) == (["north.txt"], ["east.txt", "south.md"])
    assert len(index.catalog.search(["46"], 10)) == 1
    assert index.catalog.search(["45"], 10) == []
    assert set(index.vectors.ids()) == index.catalog.passage_ids() != before


def test_a_shorter_file_leaves_no_passage_behind(index: Index, files: Path) -> None:
    """When a file shrinks, passages and vectors beyond its end go."""
    (files / "north.txt").write_text("\n\n".join([report("Northern Board", "4 May 2024", 45)] * 10), encoding="utf-8")
    ingest([files / "north.txt"], index)
    long = index.vectors.count()
    (files / "north.txt").write_text(report("Northern Board", "4 May 2024", 45), encoding="utf-8")
    ingest([files / "north.txt"], index)
    assert index.vectors.count() == index.catalog.passage_count() < long


def test_a_removed_file_stays_without_prune(index: Index, files: Path) -> None:
    """A file that is gone keeps its document until it is asked to go."""
    ingest([files], index)
    (files / "north.txt").unlink()
    assert ingest([files], index).removed == []
    assert "north.txt" in names(index)


def test_prune_drops_what_is_gone(index: Index, files: Path) -> None:
    """With prune, a document whose file is gone goes, with its vectors."""
    ingest([files], index)
    (files / "north.txt").unlink()
    made = ingest([files], index, prune=True)
    assert (made.removed, names(index)) == (["north.txt"], ["east.txt", "south.md"])
    contents(index)


def test_prune_drops_a_file_named_outright(index: Index, files: Path) -> None:
    """With prune, a file that is named and gone is removed, not a failure."""
    ingest([files], index)
    (files / "north.txt").unlink()
    made = ingest([files / "north.txt"], index, prune=True)
    assert (made.removed, made.failed) == (["north.txt"], [])


def test_prune_leaves_other_folders_alone(index: Index, files: Path, tmp_path: Path) -> None:
    """With prune, only documents below the named paths can go; a folder with a longer name is another one."""
    other = tmp_path / "files-of-others"
    shutil.copytree(files, other)
    ingest([files, other], index)
    (other / "north.txt").unlink()
    assert ingest([files], index, prune=True).removed == []
    assert str(other / "north.txt") in index.catalog.paths()


# What fails


def test_failures_are_told_and_the_rest_goes_on(index: Index, files: Path) -> None:
    """Files that cannot be read are told by name and reason; the others are indexed."""
    (files / "empty.txt").write_bytes(b"")
    (files / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (files / "broken.txt").write_bytes("Tỷ lệ đạt 45%. ".encode() * 20 + b"\xff\xfe\xfa" + "số".encode())
    (files / "broken.vtt").write_text("WEBVTT\n\n00:00:zz --> later\nHello\n")
    made = ingest([files, files / "missing.txt", files / "table.xlsx"], index)
    assert {Path(failure.path).name for failure in made.failed} == {
        "empty.txt",
        "binary.txt",
        "broken.txt",
        "broken.vtt",
        "missing.txt",
        "table.xlsx",
    }
    assert all(failure.reason for failure in made.failed)
    assert "empty" in told(made)
    assert "binary" in told(made)
    assert made.added == ["east.txt", "north.txt", "south.md"]


def test_a_name_that_is_not_utf8_is_told(index: Index, files: Path) -> None:
    """A file whose name, or whose folder's name, cannot be written down fails alone."""
    try:
        (files / os.fsdecode(b"d\xe9c")).mkdir()
        for name in (b"caf\xe9.txt", b"d\xe9c/note.txt"):
            (files / os.fsdecode(name)).write_text(report("Western Board", "5 May 2024", 5), encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    made = ingest([files], index)
    assert len(made.failed) == 2
    assert told(made).encode("utf-8")
    assert names(index) == ["east.txt", "north.txt", "south.md"]


def test_a_folder_that_may_not_be_listed_is_told(index: Index, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without permission fails by name; what lies beside it is indexed."""
    (files / "locked").mkdir()
    deny(monkeypatch, os, "listdir", files / "locked")
    deny(monkeypatch, os, "scandir", files / "locked")
    made = ingest([files], index)
    assert [failure.path for failure in made.failed] == [str(files / "locked")]
    assert "Permission denied" in told(made)
    assert names(index) == ["east.txt", "north.txt", "south.md"]


@pytest.mark.parametrize("prune", [False, True])
def test_a_folder_whose_files_may_not_be_looked_at_is_told(
    index: Index, files: Path, monkeypatch: pytest.MonkeyPatch, prune: bool
) -> None:
    """Where even the kind of a file is denied, that is a failure, and what was indexed from there stays."""
    locked = files / "locked"
    locked.mkdir()
    shutil.copy(files / "north.txt", locked / "north.txt")
    ingest([files], index)
    before = contents(index)
    deny(monkeypatch, os, "stat", locked / "north.txt")
    deny(monkeypatch, io, "open", locked / "north.txt")
    made = ingest([files, locked / "north.txt"], index, prune=prune)
    assert {failure.path for failure in made.failed} == {str(locked / "north.txt")}
    assert "permission denied" in told(made).lower()
    assert (made.removed, len(made.unchanged)) == ([], 3)
    assert contents(index) == before


def test_a_file_that_may_not_be_opened_keeps_its_document(
    index: Index, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that can no longer be read fails, and what was indexed of it stays."""
    ingest([files], index)
    before = contents(index)
    deny(monkeypatch, io, "open", files / "north.txt")
    made = ingest([files], index)
    assert [Path(failure.path).name for failure in made.failed] == ["north.txt"]
    assert contents(index) == before


@pytest.mark.parametrize("content", [b"", bytes(range(256)) * 20])
def test_a_file_that_became_unreadable_keeps_its_document(index: Index, files: Path, content: bytes) -> None:
    """A file overwritten with nothing or with binary data fails, and what was indexed of it stays."""
    ingest([files], index)
    before = contents(index)
    (files / "north.txt").write_bytes(content)
    assert len(ingest([files], index).failed) == 1
    assert contents(index) == before


def test_no_paths_change_nothing(index: Index, files: Path) -> None:
    """Nothing to read leaves the index as it is, with prune too."""
    ingest([files], index)
    before = contents(index)
    ingest([], index, prune=True)
    assert contents(index) == before


def test_what_breaks_in_the_middle_loses_nothing(
    index: Index, files: Path, monkeypatch: pytest.MonkeyPatch, open_at: OpenAt, tmp_path: Path
) -> None:
    """An error between vectors and rows propagates, and the index opens as it was."""
    ingest([files], index)
    before = contents(index)
    (files / "north.txt").write_text(report("Northern Board", "4 May 2024", 99), encoding="utf-8")

    def failing(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(type(index.catalog), "put", failing)
    with pytest.raises(OSError, match="No space left"):
        ingest([files], index)
    monkeypatch.undo()
    assert contents(open_at(tmp_path / "home")) == before


# Who else is there


def test_a_second_writer_is_refused(open_at: OpenAt, index: Index, files: Path, tmp_path: Path) -> None:
    """While one ingestion writes, another is told to wait, and the first is not disturbed."""
    other = open_at(tmp_path / "home")
    refused: list[str] = []

    def meanwhile(doing: str, done: int, total: int) -> None:
        with pytest.raises(InputError, match="Another process is writing") as raised:
            ingest([files], other)
        refused.append(str(raised.value))

    ingest([files], index, progress=meanwhile)
    assert refused
    assert len(names(index)) == 3


def test_a_rebuild_waits_for_the_writer(index: Index, files: Path, tmp_path: Path) -> None:
    """While one ingestion writes, the index is not deleted under it."""

    def meanwhile(doing: str, done: int, total: int) -> None:
        with pytest.raises(InputError, match="Another process is writing"):
            rebuild([files], Home(tmp_path / "home"), IndexSettings())

    ingest([files], index, progress=meanwhile)
    assert len(names(index)) == 3
    contents(index)


def test_who_opens_while_another_writes_sweeps_nothing(
    open_at: OpenAt, index: Index, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Vectors that are written and have no rows yet are left to the one who writes them."""
    put = type(index.catalog).put

    def meanwhile(*arguments: object, **named: object) -> None:
        assert open_at(tmp_path / "home").vectors.count() == 3  # the rows are in an open transaction
        put(*arguments, **named)

    monkeypatch.setattr(type(index.catalog), "put", meanwhile)
    ingest([files], index)
    monkeypatch.undo()
    contents(index)


# Made anew


def test_a_rebuild_keeps_the_files_it_was_made_from(open_at: OpenAt, index: Index, files: Path, tmp_path: Path) -> None:
    """Made anew with other settings, the index holds the old files and the new ones."""
    ingest([files / "north.txt", files / "east.txt"], index)
    (files / "east.txt").unlink()
    rebuild([files / "south.md"], Home(tmp_path / "home"), IndexSettings(chunk_tokens=40))
    made = open_at(tmp_path / "home", IndexSettings(chunk_tokens=40))
    assert names(made) == ["north.txt", "south.md"]
    assert all(one.tokens <= 40 for one in made.catalog.passages_of(made.catalog.documents()[0].id))
    contents(made)


def test_a_rebuild_of_nothing_is_an_ingestion(open_at: OpenAt, files: Path, tmp_path: Path) -> None:
    """Where no index is, a rebuild makes the first."""
    rebuild([files], Home(tmp_path / "home"), IndexSettings())
    assert names(open_at(tmp_path / "home")) == ["east.txt", "north.txt", "south.md"]


def test_a_rebuild_mends_damaged_vectors(files: Path, tmp_path: Path) -> None:
    """Where the vectors cannot be opened any more, a rebuild still knows the files."""
    home = Home(tmp_path / "home")
    ingest([files], open_index(home, IndexSettings(), create=True))
    moved = Home(tmp_path / "moved")  # an index that this process has not opened
    shutil.copytree(home.folder, moved.folder)
    (moved.index_folder / "chroma" / "chroma.sqlite3").write_bytes(b"torn " * 2000)
    assert rebuild([], moved, IndexSettings()).added == ["east.txt", "north.txt", "south.md"]


def test_a_rebuild_without_the_old_server_keeps_the_files(files: Path, tmp_path: Path) -> None:
    """Where the vectors lay on a server that is gone, a rebuild still knows the files."""
    home = Home(tmp_path / "home")
    made = open_index(home, IndexSettings(), create=True)
    ingest([files], made)
    settings = made.catalog.remembered("made_with").replace(
        '"chroma_address": ""', '"chroma_address": "http://127.0.0.1:9"'
    )
    made.catalog.remember("made_with", settings)
    assert rebuild([], home, IndexSettings()).added == ["east.txt", "north.txt", "south.md"]


def test_a_rebuild_mends_a_damaged_catalog(files: Path, tmp_path: Path) -> None:
    """Where the catalog is no database any more, a rebuild makes the index from the given files."""
    home = Home(tmp_path / "home")
    home.index_folder.mkdir(parents=True)
    (home.index_folder / "catalog.sqlite").write_text("hello " * 1000)
    assert len(rebuild([files], home, IndexSettings()).added) == 3


@pytest.mark.parametrize(
    "other",
    [
        IndexSettings(chunk_tokens=64),
        IndexSettings(embedding_model="/models/other"),
        IndexSettings(chroma_address="http://127.0.0.1:9"),
    ],
)
def test_other_settings_are_told(
    index: Index, files: Path, open_at: OpenAt, tmp_path: Path, other: IndexSettings
) -> None:
    """An index made with other settings is not opened; the message names both and the command."""
    ingest([files], index)
    with pytest.raises(IndexFault, match="rapporteur ingest --rebuild") as raised:
        open_at(tmp_path / "home", other)
    for value in {other.chunk_tokens, other.embedding_model, other.chroma_address} - {160, "bundled", ""}:
        assert repr(value) in str(raised.value)
