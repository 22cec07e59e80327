"""Finds runs that were kept: by file, by name, or the last one of a suite; and what each is a run of.

Knows nothing of how runs are made and shown.

    kept = find_run("last:ask", home.runs_folder)
    markdown(kept.run, suite_of(kept.run))
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import numpy as np

from corpus.errors import InputError
from evals.gold import load_gold
from evals.measures import Estimate, Measure, estimate
from evals.run import Run, load_run
from evals.suite import Suite
from evals.suites import BUNDLED, OWN, PUBLIC, open_suite
from evals.summary import deciding

__all__ = ["KeptRun", "Shelf", "asked_now", "find_run", "in_both_first", "kept_runs", "outcome", "suite_of"]

NAMES_SHOWN = 5
LAST = "last"


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A run and the file that holds it."""

    file: Path
    run: Run

    @property
    def name(self) -> str:
        """What it is called on the command line."""
        return self.file.stem


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a folder of runs holds."""

    runs: tuple[KeptRun, ...]  # newest first
    faults: tuple[str, ...]  # why a file of it is no run


def kept_runs(folder: Path) -> Shelf:
    """The runs in `folder`, which need not exist."""
    runs: list[KeptRun] = []
    faults: list[str] = []
    for file in _files(folder):
        try:
            runs.append(KeptRun(file, load_run(file)))
        except InputError as error:
            faults.append(str(error))
    # Of two runs of the same second the one that was written later is the newer.
    runs.sort(key=lambda kept: (kept.run.made_at, kept.file.stat().st_mtime_ns), reverse=True)
    return Shelf(tuple(runs), tuple(faults))


def find_run(reference: str, folder: Path) -> KeptRun:
    """The run that `reference` names: "last", "last:SUITE", a file, or a file's name in `folder`.

    Raises InputError when there is none, with the nearest names, and when the file is no run.
    """
    word, _, suite = reference.partition(":")
    if word == LAST:
        return _last(suite, folder)
    for file in _files(folder):
        if file.stem == reference.removesuffix(".json"):
            return KeptRun(file, load_run(file))
    try:
        there = Path(reference).is_file()
    except OSError:  # too long for a name
        there = False
    if not there:
        raise InputError(f"There is no run and no file {reference!r}. {_names_like(reference, folder)}")
    return KeptRun(Path(reference), load_run(Path(reference)))


def _last(suite: str, folder: Path) -> KeptRun:
    runs = kept_runs(folder).runs
    for kept in runs:
        if suite in ("", kept.run.suite):
            return kept
    if not runs:
        raise InputError(f"There is no last run: {_none_kept(folder)}")
    suites = ", ".join(sorted({kept.run.suite for kept in runs}))
    raise InputError(
        f"{folder} holds no run of {suite!r}, only of {suites}. Make one with: rapporteur eval run --suite {suite}"
    )


def _names_like(reference: str, folder: Path) -> str:
    names = [file.stem for file in _files(folder)]
    if not names:
        return _none_kept(folder)
    begun = [name for name in names if name.startswith(reference)]
    near = list(dict.fromkeys([*begun, *get_close_matches(reference, names, NAMES_SHOWN, cutoff=0.4)]))[:NAMES_SHOWN]
    nearest = f"The nearest names: {', '.join(near)}. " if near else ""
    return f"{nearest}See all of them with: rapporteur eval runs"


def _none_kept(folder: Path) -> str:
    return f"{folder} holds no run yet. Make one with: rapporteur eval run"


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"))


# What a run is of


def suite_of(run: Run) -> Suite:
    """The suite that scored `run`: the one of that name, else an evaluator's own gold questions."""
    if run.suite in (*BUNDLED, *OWN, *PUBLIC):
        return open_suite(run.suite)
    from evals.suites.gold_questions import GoldSuite

    return GoldSuite(run.suite, Path(f"{run.suite}.jsonl"), None)


def asked_now(suite: Suite) -> frozenset[str] | None:
    """The ids of a bundled suite's questions as they are now; None where they are not at hand."""
    if suite.name not in BUNDLED:
        return None
    from evals.suites.gold_questions import bundled_suite

    bundled = bundled_suite(suite.name)
    return frozenset(case.id for case in bundled.cases(load_gold(bundled.gold)))


def outcome(run: Run, suite: Suite) -> Estimate:
    """The measure that decides, with its value for the whole run, without an interval."""
    measure = deciding(run, suite)
    columns = {name: run.column(name) for name in measure.reads}
    return estimate(measure, columns, np.ones((1, len(run.results))))


def in_both_first(first: Run, second: Run, suite: Suite) -> list[Measure]:
    """The suite's measures, before them the first that both runs have: a baseline has not all that ours has."""
    both = [
        measure
        for measure in suite.measures
        if not any(np.isnan(run.column(name)).all() for run in (first, second) for name in measure.reads)
    ]
    return list(dict.fromkeys([*both[:1], *suite.measures]))
