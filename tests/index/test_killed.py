"""An ingestion that is killed at any moment leaves an index that opens whole."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.document import content_hash
from corpus.reading import read_document
from index.chunking import cut_passages
from index.ingest import ingest
from index.store import Index

PROGRAM = Path(__file__).with_name("killed_ingest.py")
REPOSITORY = PROGRAM.parents[2]
WAYS = [
    "before-the-first-vectors",
    "vectors-added-rows-not",
    "in-a-transaction",
    "rows-committed-old-vectors-there",
    "old-vectors-deleted",
    "rows-pruned-vectors-there",
    "at-the-first-ingestion",
    "early",
    "late",
]


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what each killed ingestion left behind."""
    folder = tmp_path_factory.mktemp("killed")
    run = subprocess.run(
        [sys.executable, PROGRAM, folder],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    endings = json.loads(run.stdout)
    assert {way: ending["signal"] for way, ending in endings.items()} == dict.fromkeys(WAYS, signal.SIGKILL), run.stderr
    return folder


@pytest.fixture(params=WAYS)
def place(request: pytest.FixtureRequest, killed: Path) -> Path:
    """Where one killed ingestion happened: `files` and `home`."""
    return killed / request.param


def check_whole(index: Index) -> None:
    """Each passage has its vector, each vector its passage, each document the passages that its text gives."""
    assert index.vectors.count() == index.catalog.passage_count()
    assert set(index.vectors.ids()) == index.catalog.passage_ids()
    for stored in index.catalog.documents():
        document = index.catalog.document(stored.id)
        passages = cut_passages(document, content_hash=stored.content_hash, chunk_tokens=index.settings.chunk_tokens)
        assert index.catalog.passages_of(stored.id) == passages
        vectors = index.catalog.sentence_vectors([one.id for one in passages], 384)
        assert [len(vectors[one.id]) for one in passages] == [len(one.sentences) for one in passages]
        assert len(index.catalog.search(["number"], 1, stored.id)) == 1


def test_the_index_opens_whole_and_is_completed(place: Path, open_at) -> None:
    """It opens, it is whole, nothing indexed before is lost, and the next ingestion completes it."""
    index = open_at(place / "home", create=False)
    check_whole(index)
    if place.name != "at-the-first-ingestion":
        present = {Path(stored.path).name for stored in index.catalog.documents()}
        pruned = range(40, 50) if "pruned" in place.name else ()
        assert present >= {f"report-{number:02}.txt" for number in range(50) if number not in pruned}

    report = ingest([place / "files"], index, prune=True)
    assert report.failed == []
    check_whole(index)
    files = sorted((place / "files").iterdir())
    current = {stored.path: stored.content_hash for stored in index.catalog.documents()}
    assert current == {str(file): content_hash(file.read_bytes()) for file in files}
    assert all(
        index.catalog.document(stored.id) == read_document(Path(stored.path)).document
        for stored in index.catalog.documents()
    )
    assert len(ingest([place / "files"], index).unchanged) == len(files)
