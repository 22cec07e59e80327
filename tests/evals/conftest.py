"""A small real index: two reports, embedded by the bundled model."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.ingest import ingest
from index.settings import Home, IndexSettings
from index.store import Index, open_index

NORTH = """# Third session of the Northern Board

The Northern Board held its third session on 4 May 2024 with Ms Adams in the chair.

The rate of online permits reached 45% in 2024, an increase of “2.5 times” over 2023.

The board named three tasks: roads, schools and water.
"""
SOUTH = """# Spring meeting of the Southern Board

The Southern Board met on 9 May 2024. It was led by Mr Brown, who thanked the members.

In the south the rate of online permits reached 12% in 2024. The target for 2025 is 30%.
"""


@pytest.fixture(scope="session")
def small_index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Two reports, one passage or two each."""
    folder: Path = tmp_path_factory.mktemp("evals")
    (folder / "reports").mkdir()
    (folder / "reports" / "north.md").write_text(NORTH, encoding="utf-8")
    (folder / "reports" / "south.md").write_text(SOUTH, encoding="utf-8")
    index = open_index(Home(folder / "home"), IndexSettings(), create=True)
    report = ingest([folder / "reports"], index)
    assert not report.failed
    return index
