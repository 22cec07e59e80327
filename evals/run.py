"""A run: every case of a suite put to one system once, every answer kept as given and scored.

A run is one JSON file that can be read alone. Knows nothing of suites' formats and of reports.

    run = run_suite(suite, system, cases, made_with=conditions(index))
    again = load_run(save_run(run, home.runs_folder))
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter, ValidationError

from corpus.errors import InputError, RapporteurError
from evals.case import Case, Score, cases_hash
from evals.given import Given
from evals.journal import Journal
from evals.provenance import Revision, libraries, machine, now, revision, source_hash
from evals.suite import Suite, Wanted
from index.store import Index

__all__ = [
    "LEFT_OUT",
    "Conditions",
    "Result",
    "Run",
    "System",
    "column_of",
    "conditions",
    "corpus_hash",
    "load_run",
    "rescore",
    "run_suite",
    "save_run",
    "slim",
    "write_run",
]

Progress = Callable[[int, int], None]  # cases done, cases in all


class System(Protocol):
    """What is measured: the assistant, a stage of it, or a baseline."""

    @property
    def name(self) -> str:
        """As in the tables: "ours", "bm25", "dense"."""

    def give(self, case: Case, wanted: Wanted, depth: int) -> Given:
        """The answer or the ranking. Raises RapporteurError where it cannot be given."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What the answers were made from."""

    corpus_hash: str = ""
    index_fingerprint: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """One case with its answer and its scores."""

    case: Case
    given: Given | None  # None when asking failed
    error: str = ""  # why asking failed
    scores: Mapping[str, Score] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """All results of one system on one suite, and what they were made with."""

    suite: str
    system: str
    made_at: str  # UTC
    seconds: float  # for all questions together
    gold_hash: str
    made_with: Conditions
    revision: Revision
    source_hash: str
    machine: Mapping[str, str]
    libraries: Mapping[str, str]
    results: tuple[Result, ...]

    def column(self, name: str) -> NDArray[np.float64]:
        """A score of every result, NaN where it could not be scored."""
        return column_of(self.results, name)

    @property
    def groups(self) -> list[str]:
        """What each result's case belongs to."""
        return [result.case.group for result in self.results]


def column_of(results: Sequence[Result], name: str) -> NDArray[np.float64]:
    """A score of each of `results`, NaN where it could not be scored."""
    values = [result.scores[name].value if name in result.scores else None for result in results]
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def run_suite(
    suite: Suite,
    system: System,
    cases: Sequence[Case],
    *,
    made_with: Conditions | None = None,
    bind: Callable[[Case], Case] = lambda case: case,
    journals: Path | None = None,
    progress: Progress | None = None,
) -> Run:
    """Put every case to `system` once and score what it gives; models are loaded before the clock starts.

    `bind` finds a case's truth in the index. With a folder for `journals`, every result is kept
    there as it comes, and a run that was interrupted goes on where it stopped, as long as
    program, questions, corpus and settings are the same.
    """
    made_with = made_with or Conditions()
    made_at, at_machine = now(), machine()
    gold = cases_hash(cases)
    same = [suite.name, system.name, gold, source_hash(), made_with.corpus_hash, made_with.index_fingerprint]
    with Journal(journals, suite.name, [*same, json.dumps(dict(made_with.settings), sort_keys=True)]) as journal:
        kept = {result.case.id: result for result in map(_RESULT.validate_json, journal.lines)}
        if cases and len(kept) < len(cases):
            _warm_up(system, cases[0], suite)
        seconds, results = journal.seconds, []
        for done, case in enumerate(cases, start=1):
            started = time.perf_counter()
            result = kept.get(case.id) or _ask(suite, system, bind(case))
            if case.id not in kept:
                seconds += time.perf_counter() - started
                journal.add(json.dumps(asdict(result), ensure_ascii=False), seconds)
            results.append(result)
            if progress:
                progress(done, len(cases))
        journal.close_finished()
    return Run(
        suite=suite.name,
        system=system.name,
        made_at=made_at,
        seconds=seconds,
        gold_hash=gold,
        made_with=made_with,
        revision=revision(),
        source_hash=source_hash(),
        machine=at_machine,
        libraries=libraries(),
        results=tuple(results),
    )


def _warm_up(system: System, case: Case, suite: Suite) -> None:
    try:
        system.give(case, suite.wanted, suite.depth)
    except RapporteurError:
        return  # comes again, and is kept, when the case is asked


def _ask(suite: Suite, system: System, case: Case) -> Result:
    started = time.perf_counter()
    try:
        given = system.give(case, suite.wanted, suite.depth)
    except RapporteurError as error:
        return Result(case, None, error=str(error))
    given = replace(given, wall_ms=1000 * (time.perf_counter() - started))
    return Result(case, given, scores=suite.score(case, given))


def conditions(index: Index) -> Conditions:
    """What an index was made from and with."""
    return Conditions(
        corpus_hash=corpus_hash(index),
        index_fingerprint=index.catalog.remembered("made_with") or "",
        settings={name: str(value) for name, value in asdict(index.settings).items()},
    )


def corpus_hash(index: Index) -> str:
    """SHA-256 over the names and contents of the indexed files, whatever folder they came from."""
    files = sorted(f"{stored.name} {stored.content_hash}" for stored in index.catalog.documents())
    return hashlib.sha256("\n".join(files).encode()).hexdigest()


# In place of the truth of a case that slim() has taken it from.
LEFT_OUT: Mapping[str, str] = {"left out": "this copy is for comparing only"}


def slim(run: Run) -> Run:
    """A copy to compare with: every score and its reason, without the evidence that they were computed from."""
    return replace(run, results=tuple(_slim(result) for result in run.results))


def _slim(result: Result) -> Result:
    given = result.given and replace(result.given, citations=(), nearest=(), passages=(), sentences=(), timings_ms={})
    scores = {name: replace(score, read="") for name, score in result.scores.items()}
    return replace(result, case=replace(result.case, truth=LEFT_OUT), given=given, scores=scores)


def rescore(run: Run, suite: Suite) -> Run:
    """The same answers scored by the metrics as they are now; nothing is asked again.

    Raises InputError for a slim copy.
    """
    if any(result.case.truth == LEFT_OUT for result in run.results):
        raise InputError(f"This run of {run.suite} is a copy to compare with: score the run it was made from again.")
    results = tuple(
        replace(result, scores=suite.score(result.case, result.given)) if result.given else result
        for result in run.results
    )
    return replace(run, results=results)


# One run, one file

_RUN = TypeAdapter(Run)
_RESULT = TypeAdapter(Result)


def save_run(run: Run, folder: Path) -> Path:
    """Write `run` into `folder` under its suite, system, time and revision; returns the file.

    The file appears whole or not at all. Raises InputError when it cannot be written.
    """
    moment = run.made_at[:19].replace(":", "").replace("-", "")
    system = run.system.replace(" ", "-").replace("+", "with")
    stem = f"{run.suite}-{system}-{moment}-{run.revision.commit[:8] or 'no-revision'}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return write_run(run, _free_name(folder, stem))
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"The run cannot be kept in {folder} ({reason}). Choose another with --home.") from error


def write_run(run: Run, file: Path, *, indent: int | None = 1) -> Path:
    """Write `run` as `file`, whole or not at all; on one line with no `indent`. Raises OSError."""
    draft = file.with_suffix(".draft")
    draft.write_text(json.dumps(asdict(run), ensure_ascii=False, indent=indent) + "\n", encoding="utf-8")
    return draft.replace(file)


def _free_name(folder: Path, stem: str) -> Path:
    file, number = folder / f"{stem}.json", 1
    while file.exists():
        number += 1
        file = folder / f"{stem}-{number}.json"
    return file


def load_run(path: Path) -> Run:
    """The run kept in `path`.

    Raises InputError when the file cannot be read or is no run, naming the field.
    """
    try:
        return _RUN.validate_json(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}). Give a file of the runs folder.") from error
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(map(str, fault["loc"])) or "the file"
        raise InputError(f"{path} is not an evaluation run: {where}: {fault['msg']}") from error
