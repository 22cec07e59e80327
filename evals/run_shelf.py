"""The kept runs of a home and the shipped baselines, read once each: listed, found by name, compared.

A name is looked up among the files that are there and is never opened as a path. A file that was
changed is read anew. Knows nothing of how runs are shown.

    shelf = RunShelf(home.runs_folder)
    shelf.compared(shelf.rows()[1].name, shelf.rows()[0].name).headline
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import Lock

from corpus.errors import InputError
from evals.compare import Comparison, compare
from evals.kept_runs import KeptRun, in_both_first, outcome, suite_of
from evals.measures import Estimate
from evals.run import load_run
from evals.summary import Summary, summarise

__all__ = ["BASELINES", "RunShelf", "ShelfRow"]

BASELINES = Path(__file__).with_name("results")
Key = tuple[Path, int, int]  # a file as it is: its path, time of change and size


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """A run in a list."""

    name: str
    suite: str
    system: str
    made_at: str  # UTC
    commit: str  # "" where none is known
    dirty: bool
    questions: int
    seconds: float
    decided: Estimate  # the deciding measure of the whole run
    shipped: bool  # a baseline that comes with the program


@dataclass(slots=True)
class RunShelf:
    """Runs by name, the newest first; of the home before the shipped ones."""

    folder: Path
    _rows: dict[Key, ShelfRow | str] = field(default_factory=dict)  # or why it is no run
    _lock: Lock = field(default_factory=Lock)

    def rows(self) -> list[ShelfRow]:
        """Every run that can be read."""
        made = [row for row in self._read() if isinstance(row, ShelfRow)]
        return sorted(made, key=lambda row: (not row.shipped, row.made_at, row.name), reverse=True)

    def faults(self) -> list[str]:
        """Why a file of the folder is no run."""
        return [fault for fault in self._read() if isinstance(fault, str)]

    def find(self, name: str) -> KeptRun:
        """The run of that name. Raises InputError when there is none, or its file is no run."""
        for file in self._files():
            if file.stem == name:
                return KeptRun(file, _loaded(_key(file)).run)
        raise InputError(f"No run is named {name!r}. It may have been deleted; choose one of the list.")

    def summary(self, name: str) -> Summary:
        """The numbers of the run of that name. Raises as `find`."""
        return _summary(_key(self.find(name).file))

    def compared(self, first: str, second: str) -> Comparison:
        """The second run by the first. Raises as `find` and `compare`."""
        return _compared(_key(self.find(first).file), _key(self.find(second).file))

    def before(self, name: str) -> ShelfRow | None:
        """The run of the same suite and system that was made before it."""
        rows = self.rows()
        own = next((row for row in rows if row.name == name), None)
        if own is None:
            return None
        same = [row for row in rows if (row.suite, row.system) == (own.suite, own.system) and row.name != name]
        earlier = [row for row in same if row.made_at <= own.made_at]
        return max(earlier, key=lambda row: row.made_at, default=None)

    def of_suite(self, suite: str) -> list[ShelfRow]:
        """The runs of one suite."""
        return [row for row in self.rows() if row.suite == suite]

    def _files(self) -> list[Path]:
        own = sorted(self.folder.glob("*.json"))
        names = {file.stem for file in own}
        return [*own, *(file for file in sorted(BASELINES.glob("baseline-*.json")) if file.stem not in names)]

    def _read(self) -> Sequence[ShelfRow | str]:
        with self._lock:
            keys = [key for file in self._files() if (key := _key_or_none(file))]
            self._rows = {key: self._rows[key] if key in self._rows else _row(key) for key in keys}
            return list(self._rows.values())


def _key(file: Path) -> Key:
    stat = file.stat()
    return file, stat.st_mtime_ns, stat.st_size


def _key_or_none(file: Path) -> Key | None:
    try:
        return _key(file)
    except OSError:  # gone at this moment
        return None


def _row(key: Key) -> ShelfRow | str:
    file = key[0]
    try:
        run = load_run(file)
    except InputError as error:
        return str(error)
    return ShelfRow(
        name=file.stem,
        suite=run.suite,
        system=run.system,
        made_at=run.made_at,
        commit=run.revision.commit,
        dirty=run.revision.dirty,
        questions=len(run.results),
        seconds=run.seconds,
        decided=outcome(run, suite_of(run)),
        shipped=file.parent == BASELINES,
    )


@lru_cache(maxsize=6)
def _loaded(key: Key) -> KeptRun:
    return KeptRun(key[0], load_run(key[0]))


@lru_cache(maxsize=32)
def _summary(key: Key) -> Summary:
    run = _loaded(key).run
    return summarise(run, suite_of(run))


@lru_cache(maxsize=16)
def _compared(first: Key, second: Key) -> Comparison:
    before, after = _loaded(first).run, _loaded(second).run
    return compare(before, after, in_both_first(before, after, suite_of(before)))
