"""Given files are read in the background: each with a report, none lost, nobody who asks is disturbed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.catalog import Catalog
from index.intake import Intake
from index.settings import Home
from index.store import CATALOG, Index, writing
from index.uploads import Uploads, UploadState

MINUTES = """Minutes of the harbour council

Port Newton, 14 May 2024

The council met on May 13, 2024. It adopted a budget of {budget} million euros for 2024.
"""
BUSY = (UploadState.WAITING, UploadState.READING)


@pytest.fixture
def intake(index: Index, tmp_path: Path) -> Iterator[Intake]:
    """The queue of an empty record."""
    opened = Intake(index, Uploads(Home(tmp_path / "home").uploads_folder))
    yield opened
    opened.close()


def give(intake: Intake, name: str, text: str | bytes) -> str:
    """Let a file come in; returns its id."""
    arriving = intake.uploads.arriving(name)
    arriving.path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return intake.uploads.arrived(arriving, author="").id


def settle(intake: Intake) -> dict[str, tuple[str, str]]:
    """Wait until nothing waits; returns what became of each file and why, by its name."""
    intake.wake()
    until = time.monotonic() + 120
    while any(one.state in BUSY for one in intake.uploads.listed()):
        assert time.monotonic() < until
        time.sleep(0.05)
    return {one.name: (one.state.value, one.told) for one in intake.uploads.listed()}


def index_of(intake: Intake) -> Index:
    """The index as those who ask have it."""
    index = intake._index
    index.refresh()
    return index


def test_files_that_can_be_read_are_added_and_others_named_with_the_reason(intake: Intake) -> None:
    """What is read lies in the uploads folder, the rest nowhere."""
    give(intake, "minutes.txt", MINUTES.format(budget="4.2"))
    give(intake, "scan.pdf", b"%PDF-1.4")
    give(intake, "empty.txt", "  \n")
    found = settle(intake)
    assert found["minutes.txt"] == ("added", "")
    assert found["scan.pdf"][0] == found["empty.txt"][0] == "failed"
    assert found["scan.pdf"][1].startswith("A .pdf file is not a kind that can be read. Readable kinds: .txt")
    assert found["empty.txt"][1].startswith("The file is empty.")
    assert [one.name for one in index_of(intake).catalog.documents()] == ["minutes.txt"]
    assert index_of(intake).vectors.count() == index_of(intake).catalog.passage_count()
    assert {path.name for path in intake.uploads.folder.iterdir() if not path.name.startswith(".")} == {"minutes.txt"}
    assert list((intake.uploads.folder / ".waiting").iterdir()) == []


def test_the_same_content_is_kept_once(intake: Intake) -> None:
    """Given again by its name or another, at once or later."""
    give(intake, "minutes.txt", MINUTES.format(budget="4.2"))
    give(intake, "copy.txt", MINUTES.format(budget="4.2"))
    assert settle(intake)["copy.txt"] == ("unchanged", "The record holds the same content as minutes.txt.")
    later = give(intake, "minutes.txt", MINUTES.format(budget="4.2"))
    settle(intake)
    assert intake.uploads.get(later).state is UploadState.UNCHANGED
    assert len(index_of(intake).catalog.documents()) == 1


def test_the_content_of_a_file_that_is_gone_is_kept_again(intake: Intake) -> None:
    """The record still holds it, but could not be made anew without the file."""
    give(intake, "minutes.txt", MINUTES.format(budget="4.2"))
    settle(intake)
    kept = intake.uploads.folder / "minutes.txt"
    kept.unlink()
    again = give(intake, "minutes.txt", MINUTES.format(budget="4.2"))
    settle(intake)
    assert intake.uploads.get(again).state is UploadState.UNCHANGED
    assert "4.2 million" in kept.read_text()


def test_other_content_of_the_same_name_asks_first(intake: Intake) -> None:
    """Then it takes the place of the earlier one, or a name of its own."""
    give(intake, "minutes.txt", MINUTES.format(budget="4.2"))
    settle(intake)
    second, third = (give(intake, "minutes.txt", MINUTES.format(budget=budget)) for budget in ("5.1", "6.3"))
    settle(intake)
    assert intake.uploads.get(second).state is intake.uploads.get(third).state is UploadState.ASKS
    [document] = index_of(intake).catalog.documents()
    assert "4.2 million" in (index_of(intake).catalog.document(document.id) or pytest.fail("gone")).text
    intake.uploads.answer(second, replace=True)
    intake.uploads.answer(third, replace=False)
    settle(intake)
    assert intake.uploads.get(second).state is UploadState.CHANGED
    assert intake.uploads.get(third).state is UploadState.ADDED
    texts = {one.name: index_of(intake).catalog.document(one.id) for one in index_of(intake).catalog.documents()}
    assert {name: "5.1 million" in text.text for name, text in texts.items() if text} == {
        "minutes.txt": True,
        "minutes (2).txt": False,
    }


def test_a_replacement_that_cannot_be_read_leaves_the_earlier_one(intake: Intake) -> None:
    """File and document."""
    give(intake, "minutes.txt", MINUTES.format(budget="4.2"))
    settle(intake)
    bad = give(intake, "minutes.txt", b"\x00\x01\x02\x03" * 200)
    settle(intake)
    assert intake.uploads.get(bad).state is UploadState.FAILED
    assert "4.2 million" in (intake.uploads.folder / "minutes.txt").read_text()


def test_it_waits_for_another_process_that_writes(intake: Intake) -> None:
    """And says so meanwhile."""
    with writing(intake._index.folder):
        give(intake, "minutes.txt", MINUTES.format(budget="4.2"))
        intake.wake()
        until = time.monotonic() + 60
        while "another process" not in intake.working.doing:
            assert time.monotonic() < until
            time.sleep(0.05)
    assert settle(intake)["minutes.txt"][0] == "added"


def test_what_a_killed_process_left_is_read_by_the_next(intake: Intake) -> None:
    """Whether the file was moved to its place already or not."""
    first = give(intake, "a.txt", MINUTES.format(budget="4.2"))
    second = give(intake, "b.txt", MINUTES.format(budget="5.1"))
    for upload_id in (first, second):
        intake.uploads.mark(upload_id, UploadState.READING)
    moved = intake.uploads.get(second)
    intake.uploads.waiting_file(moved).rename(intake.uploads.kept_file(moved))
    again = Intake(intake._index, Uploads(intake.uploads.folder))
    assert settle(again) == {"a.txt": ("added", ""), "b.txt": ("added", "")}
    again.close()


def test_removing_drops_the_document_and_the_file_that_was_given(intake: Intake, tmp_path: Path) -> None:
    """A file that lies elsewhere stays."""
    from index.ingest import ingest

    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_text(MINUTES.format(budget="9.9"))
    ingest([elsewhere], intake._index)
    give(intake, "minutes.txt", MINUTES.format(budget="4.2"))
    settle(intake)
    ids = [one.id for one in index_of(intake).catalog.documents()]
    assert {one.name for one in intake.remove(ids)} == {"minutes.txt", "elsewhere.txt"}
    assert index_of(intake).catalog.documents() == []
    assert index_of(intake).vectors.count() == 0
    assert elsewhere.exists()
    assert not (intake.uploads.folder / "minutes.txt").exists()
    assert intake.remove(ids) == []


def test_no_search_fails_while_files_come_in(intake: Intake) -> None:
    """Several threads look for neighbours while the index is written to and opened anew."""
    give(intake, "minutes.txt", MINUTES.format(budget="4.2"))
    settle(intake)
    index = intake._index
    question = index.embedder.embed_query("What is the budget?")
    stop = threading.Event()
    found: list[int] = []
    faults: list[BaseException] = []

    def search() -> None:
        while not stop.is_set():
            try:
                index.refresh()
                found.append(len(index.vectors.nearest(question, 5)))
            except BaseException as fault:
                faults.append(fault)
                return

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(15):
        own = Index(Catalog(index.folder / CATALOG), index.embedder, index.settings, index.folder)
        own.vectors.count()
        own.catalog.remember("probe", str(number))
        own.close()
    stop.set()
    for thread in threads:
        thread.join()
    assert faults == []
    assert set(found) == {1}
