"""Indexes in folders of their own, all with the one loaded model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.embedding import SentenceTransformerEmbedder
from index.settings import Home, IndexSettings
from index.store import Index, open_index

OpenAt = Callable[..., Index]


@pytest.fixture(scope="session")
def open_at(embedder: SentenceTransformerEmbedder) -> OpenAt:
    """Opens the index in a folder, or makes it; the model is not loaded again for each."""

    def opened(folder: Path, settings: IndexSettings | None = None, *, create: bool = True) -> Index:
        index = open_index(Home(folder), settings or IndexSettings(), create=create)
        index.embedder = embedder
        return index

    return opened


@pytest.fixture
def index(open_at: OpenAt, tmp_path: Path) -> Index:
    """An empty index in `tmp_path / "home"`."""
    return open_at(tmp_path / "home")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with three short reports and a file of a kind that is not read."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "north.txt").write_text(report("Northern Board", "4 May 2024", 45), encoding="utf-8")
    (folder / "south.md").write_text(
        "# Southern Board\n\n" + report("Southern Board", "9 May 2024", 12), encoding="utf-8"
    )
    (folder / "east.txt").write_text(report("Eastern Board", "2 June 2024", 71), encoding="utf-8")
    (folder / "table.xlsx").write_bytes(b"PK\x03\x04")
    return folder


def report(board: str, day: str, percent: int) -> str:
    """A report of three sentences."""
    return (
        f"{board} meets\n\nThe {board} held its spring session on {day} in the town hall.\n\n"
        f"The rate of online permits reached {percent}% in 2024. Ms Adams was in the chair.\n"
    )
