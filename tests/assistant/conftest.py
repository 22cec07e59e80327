"""A small real record about a town: two reports of two years, and a call that speaks of them."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from index.ingest import ingest
from index.settings import Home, IndexSettings
from index.store import Index, open_index

YEAR_2023 = """Town council closes the year 2023

15 December 2023

On December 14, the council of Northfield held its last meeting of the year.

In 2023, the share of permits requested online reached 31%, up 4% compared to 2022. 1,240 permits were issued.

Mayor Ada Brook thanked the staff of the permit office.
"""
YEAR_2024 = """Town council closes the year 2024

13 December 2024

On December 12, the council of Northfield met under Mayor Carl Dunn.

In 2024, the share of permits requested online reached 44%. By 2026 it is to reach 90%.

The mayor named "3 priorities": safer roads; a new library; cleaner water.

Work still to be done:

- The bridge is not repaired.
- The archive is not yet digital.

The council meets again in January.
"""
CALL = """Weekly call of the permit office
10 January 2025

Chair: Good morning, let us begin with the permits.
Analyst: The online share was 44 percent in 2024, and the target of 90 percent is far away.
Chair: Then the Analyst sends a plan by 31 January.
"""


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The three files in an index."""
    folder = tmp_path_factory.mktemp("town")
    files = folder / "files"
    files.mkdir()
    for name, text in {"2023.txt": YEAR_2023, "2024.txt": YEAR_2024, "call.txt": CALL}.items():
        (files / name).write_text(text, encoding="utf-8")
    index = open_index(Home(folder / "home"), IndexSettings(), create=True)
    report = ingest([files], index)
    assert not report.failed
    return index


@pytest.fixture(scope="session")
def assistant(town: Index) -> Assistant:
    """The assistant over the town's record."""
    return Assistant(town)
