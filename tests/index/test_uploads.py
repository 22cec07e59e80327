"""Files that were given: names are made safe, and nothing that was given is lost or doubled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import InputError
from index.uploads import NAME_BYTES_MAX, Upload, Uploads, UploadState, kept_name


@pytest.fixture
def uploads(tmp_path: Path) -> Iterator[Uploads]:
    """An empty folder with its ledger."""
    opened = Uploads(tmp_path / "uploads")
    yield opened
    opened.close()


def given_file(uploads: Uploads, name: str, text: str = "text") -> Upload:
    """A file that came in whole."""
    arriving = uploads.arriving(name)
    arriving.path.write_text(text, encoding="utf-8")
    return uploads.arrived(arriving, author="ana")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("minutes.txt", "minutes.txt"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.md", "boot.md"),
        ("C:\\notes\\May 3.txt", "May 3.txt"),
        ("/etc/cron.d/", "unnamed"),
        ("..", "unnamed"),
        ("", "unnamed"),
        (".hidden.txt", "hidden.txt"),
        ("a\x00b\n.txt", "a b.txt"),
        ("\u202etxt.exe.md", "txt.exe.md"),
        ('<img onerror="alert(1)">.txt', '<img onerror="alert(1)">.txt'),
        ("Họp ngày 3.txt", "Họp ngày 3.txt"),
    ],
)
def test_a_name_is_kept_without_its_folders(sent: str, kept: str) -> None:
    """What no file system trips over stays as it is."""
    assert kept_name(sent) == kept


@given(st.text())
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    """Whatever a browser sends is one name below the folder, is short enough, and is kept as itself."""
    kept = kept_name(name)
    assert Path("/home/uploads", kept).parent == Path("/home/uploads")
    assert kept not in {"", ".", ".."}
    assert not kept.startswith(".")
    assert len(kept.encode()) <= NAME_BYTES_MAX
    assert kept_name(kept) == kept


def test_what_was_given_outlives_the_process(uploads: Uploads) -> None:
    """One that was being read waits again."""
    upload = given_file(uploads, "minutes.txt")
    uploads.mark(upload.id, UploadState.READING)
    again = Uploads(uploads.folder)
    again.put_back()
    assert [(one.name, one.author, one.state) for one in again.waiting(9)] == [
        ("minutes.txt", "ana", UploadState.WAITING)
    ]
    assert again.is_kept(again.get(upload.id))
    again.close()


def test_a_file_that_did_not_come_in_whole_leaves_nothing(uploads: Uploads) -> None:
    """Neither bytes nor a row."""
    arriving = uploads.arriving("minutes.txt")
    arriving.path.write_bytes(b"half")
    uploads.given_up(arriving)
    assert uploads.listed() == []
    assert list((uploads.folder / ".waiting").iterdir()) == []


def test_kept_beside_another_it_takes_the_next_free_name(uploads: Uploads) -> None:
    """The suffix stays."""
    (uploads.folder / "minutes.txt").write_text("1")
    (uploads.folder / "minutes (2).txt").write_text("2")
    upload = given_file(uploads, "minutes.txt", "3")
    uploads.mark(upload.id, UploadState.ASKS)
    uploads.answer(upload.id, replace=False)
    [waiting] = uploads.waiting(9)
    assert waiting.name == "minutes (3).txt"
    assert uploads.waiting_file(waiting).read_text() == "3"


def test_only_a_file_that_asks_is_answered_and_only_a_kept_one_tried_again(uploads: Uploads) -> None:
    """A page that was left open may be late."""
    upload = given_file(uploads, "minutes.txt")
    with pytest.raises(InputError, match="asks nothing"):
        uploads.answer(upload.id, replace=True)
    with pytest.raises(InputError, match="Give the file again"):
        uploads.again(upload.id)
    with pytest.raises(InputError, match="No file was given"):
        uploads.again("0123456789abcdef")


def test_put_away_drops_all_but_what_is_being_read(uploads: Uploads) -> None:
    """With the bytes that wait."""
    read, waits = given_file(uploads, "a.txt"), given_file(uploads, "b.txt")
    uploads.mark(read.id, UploadState.READING)
    uploads.put_away([read.id, waits.id])
    assert [one.name for one in uploads.listed()] == ["a.txt"]
    assert not uploads.is_kept(waits)
