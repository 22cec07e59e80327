"""What a suite of questions is: where its record comes from, what is asked, how answers are scored.

Each suite is one file of `evals/suites/`; running, comparing and reporting are the same for all.
Knows nothing of any one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from evals.case import Case, Score
from evals.given import Given
from evals.measures import Measure
from index.store import Index

__all__ = ["Layout", "Published", "Suite", "Wanted"]

Wanted = Literal["answer", "passages", "sentences", "standalone", "conversation"]


@dataclass(frozen=True, slots=True)
class Published:
    """A number that others reported, to stand beside ours."""

    system: str
    measure: str  # name of one of the suite's measures
    value: float  # in the measure's own unit: a share of 1, not per cent
    source: str  # who reported it, on which part of the set


@dataclass(frozen=True, slots=True)
class Layout:
    """A suite made ready: files for `ingest`, and the cases."""

    record: tuple[Path, ...]  # files and folders to index; empty where nothing is searched
    cases: tuple[Case, ...]


class Suite(Protocol):
    """A set of questions with its record and its measures."""

    @property
    def name(self) -> str:
        """As on the command line."""

    @property
    def title(self) -> str:
        """One line: what is asked of what."""

    @property
    def wanted(self) -> Wanted:
        """What a system has to give: an answer, ranked passages or sentences, a standalone question,
        or an answer in a conversation whose earlier turns it has answered."""

    @property
    def depth(self) -> int:
        """How many passages or sentences are ranked."""

    @property
    def measures(self) -> tuple[Measure, ...]:
        """In the order they are shown; the first decides between two runs."""

    @property
    def published(self) -> tuple[Published, ...]:
        """What others reported for the same measures."""

    def lay_out(self, data: Path | None, folder: Path) -> Layout:
        """Read the official files in `data` and write the record's files into `folder`, which is empty.

        Raises InputError that names the file, the place in it and what was expected there.
        """

    def bind(self, case: Case, index: Index) -> Case:
        """The case with its truth found in the indexed documents; unchanged where nothing has to be found."""

    def score(self, case: Case, given: Given) -> dict[str, Score]:
        """All scores of one answer by name; reads nothing but its arguments, so that it can be done again."""
