"""Writes kept runs into the pages: `python -m evals.publish FOLDER`.

Of each suite and system the newest run in FOLDER is taken. Tables go between the markers of
evals/README.md and README.md; every number there comes from a run file, none is typed in. Knows
nothing of how runs are made.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.errors import InputError, RapporteurError
from evals.kept_runs import kept_runs
from evals.marked import write_marked
from evals.report import headline, made_with, markdown, side_by_side, table
from evals.run import Run
from evals.suites import BUNDLED, OWN, PUBLIC, open_suite
from evals.suites.gold_questions import bundled_suite
from evals.summary import Measured, number, summarise
from evals.systems import STAGES

__all__ = ["main", "newest", "public_table"]

README = Path(__file__).resolve().parent / "README.md"
MEASURES_SHOWN = 3  # of each public suite
ABLATION_MEASURES = ("handled", "right_and_cited", "right_not_misled", "wrong_figure", "Success@1", "RR@10", "auroc")
RETRIEVAL_MEASURES = ("Success@1", "Success@5", "RR@10", "nDCG@10", "R@5")
BASELINES = ("bm25", "dense")


def newest(folder: Path) -> dict[tuple[str, str], Run]:
    """The newest run of each suite and system in `folder`. Raises InputError for a file that is no run."""
    shelf = kept_runs(folder)
    if shelf.faults:
        raise InputError(shelf.faults[0])
    return {(kept.run.suite, kept.run.system): kept.run for kept in reversed(shelf.runs)}


def public_table(runs: Mapping[tuple[str, str], Run]) -> str:
    """A row for each of a public suite's first measures: the baselines, ours, and what others reported."""
    rows = []
    for name in PUBLIC:
        if (name, "ours") not in runs:
            continue
        suite = open_suite(name)
        measured = {system: _by_name(runs[name, system]) for system in ("ours", *BASELINES) if (name, system) in runs}
        for measure in suite.measures[:MEASURES_SHOWN]:
            others = [other for other in suite.published if other.measure == measure.name]
            baselines = [_value(measured.get(system, {}).get(measure.name)) for system in BASELINES]
            published = "; ".join(f"{other.system} {number(measure, other.value)}" for other in others)
            ours = measured["ours"][measure.name]
            rows.append([name, measure.title, *baselines, str(ours), str(ours.count), published])
    return table(["suite", "measure", "plain BM25", "plain MiniLM", "ours", "questions", "published"], rows)


def _by_name(run: Run) -> dict[str, Measured]:
    return {row.measure.name: row for row in summarise(run, open_suite(run.suite)).measured}


def _value(row: Measured | None) -> str:
    return number(row.measure, row.value) if row and row.value is not None else ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write what there is; exit code 0, or 2 for a folder that holds no runs."""
    parser = argparse.ArgumentParser(prog="python -m evals.publish", description="Write kept runs into the pages.")
    parser.add_argument("folder", type=Path, help="folder of kept runs, such as .home/runs")
    try:
        _publish(newest(parser.parse_args(arguments).folder))
    except RapporteurError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


def _publish(runs: Mapping[tuple[str, str], Run]) -> None:
    for name in (*BUNDLED, *OWN):
        systems = [runs[name, system] for system in ("ours", *BASELINES) if (name, system) in runs]
        if (name, "ours") in runs:
            parts = [markdown(runs[name, "ours"], open_suite(name))]
            if len(systems) > 1:
                parts.append(_compared(systems, name, RETRIEVAL_MEASURES))
            write_marked(README, name, "\n\n".join(parts))
    if ("ask", "ours") in runs:
        write_marked(README.parents[1] / "README.md", "suite", headline(runs["ask", "ours"], open_suite("ask")))
    stages = [runs["ask", system] for system in (*STAGES, "ours") if ("ask", system) in runs]
    if len(stages) > 1:
        write_marked(README, "ablation", f"{_compared(stages, 'ask', ABLATION_MEASURES)}\n\n{made_with(stages[-1])}")
    if any(name in PUBLIC for name, _ in runs):
        beside = any(name in PUBLIC and system in BASELINES for name, system in runs)
        write_marked(README, "public" if beside else "public_ours", public_table(runs))


def _compared(runs: Sequence[Run], suite: str, measures: Sequence[str]) -> str:
    whole = bundled_suite(suite)
    kept = tuple(measure for measure in whole.measures if measure.name in measures)
    return side_by_side(runs, replace(whole, measures=kept))


if __name__ == "__main__":
    sys.exit(main())
