"""Two small real records: of a town, and of a country's libraries with figures of several years, places and kinds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from corpus.document import Span
from corpus.periods import Period
from index.ingest import ingest
from index.reading import Reading
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


LIBRARIES_2023 = """Library administration closes the year 2023

20 December 2023

On December 19, the library administration of Portugal held its last meeting of the year.

In 2022, the share of libraries lending e-books in Portugal was 31%. In 2023, the share of libraries lending e-books \
in Portugal reached 38%, up 7 percentage points compared to 2022.

In 2023, the revenue of the reading card was 4.5 million EUR.

In 2023, Portugal ranked 18th out of 27 countries in the reading survey.
"""
LIBRARIES_2024 = """Library administration closes the year 2024

18 December 2024

On December 17, the library administration of Portugal met to look back at 2024.

In 2024, the share of libraries lending e-books in Portugal reached 47%. In the first half of 2024, the share of \
libraries lending e-books in Portugal was about 42%. By 2026, the share of libraries lending e-books is to reach 80%.

In Porto, the share of libraries lending e-books reached 64% in 2024.

In Braga, the share of libraries lending e-books reached 52% in 2024.

In 2024, the revenue of the reading card was 6.25 million EUR. The library bus made 120 stops in 2024.

In 2024, Portugal counted 12.4 million visitors to its libraries.

The target for newly trained librarians in 2024 was 300; in 2024, 340 newly trained librarians started work.
"""
LIBRARY_SURVEY = """Survey of the libraries

5 February 2025

The survey was presented in Lisbon on February 4.

In 2024, Portugal counted 11.9 million visitors to its libraries, the survey says.

In 2024, Portugal ranked 15th out of 27 countries in the reading survey.
"""
LIBRARY_CALL = """Weekly call of the library administration
10 January 2025

Chair: Good morning, let us begin with the e-books.
Analyst: In 2024, the share of libraries lending e-books in Portugal was 47 percent.
Chair: Then the Analyst sends a plan by 31 January.
"""


def indexed(folder: Path, texts: dict[str, str]) -> Index:
    """An index of files with these texts."""
    files = folder / "files"
    files.mkdir()
    for name, text in texts.items():
        (files / name).write_text(text, encoding="utf-8")
    index = open_index(Home(folder / "home"), IndexSettings(), create=True)
    report = ingest([files], index)
    assert not report.failed
    return index


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The three files in an index."""
    return indexed(tmp_path_factory.mktemp("town"), {"2023.txt": YEAR_2023, "2024.txt": YEAR_2024, "call.txt": CALL})


@pytest.fixture(scope="session")
def assistant(town: Index) -> Assistant:
    """The assistant over the town's record."""
    return Assistant(town)


@pytest.fixture(scope="session")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The assistant over the libraries' record."""
    texts = {
        "2023.txt": LIBRARIES_2023,
        "2024.txt": LIBRARIES_2024,
        "survey.txt": LIBRARY_SURVEY,
        "call.txt": LIBRARY_CALL,
    }
    return Assistant(indexed(tmp_path_factory.mktemp("libraries"), texts))


@pytest.fixture(scope="session")
def reading_of() -> Callable[..., Reading]:
    """Makes a reading of 45% in Portugal in 2024, but for what is named; `year` 0 for none."""

    def make(*, year: int = 2024, **changed: object) -> Reading:
        told = Period(date(year, 1, 1), date(year, 12, 31), str(year)) if year else None
        values: dict[str, object] = {
            "document_id": "a",
            "start": 20,
            "end": 23,
            "text": "45%",
            "sentence": Span(0, 24),
            "value": 45.0,
            "value_to": None,
            "total": None,
            "unit": "%",
            "hedge": "",
            "indicator": "share of libraries lending e-books",
            "indicator_known": "stated",
            "period": told,
            "period_known": "stated" if told else None,
            "scope": "Portugal",
            "scope_known": "stated",
            "kind": "actual",
        }
        return Reading(**(values | changed))  # type: ignore[arg-type]

    return make
