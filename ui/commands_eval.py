"""The commands that put gold questions to the record: `eval suites` and `eval run`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import InputError
from ui.eval_options import BriefOption, DataOption, GoldOption, HtmlOption, say, say_json, write_page
from ui.options import ChromaOption, HomeOption, JsonOption, Workplace, workplace
from ui.progress import progress_bar
from ui.terminal import note

if TYPE_CHECKING:
    from evals.batch import Asked, Batch

__all__ = ["carried_out", "ordered", "run", "suites"]

INTERRUPTED = 130  # exit code, as shells give it
SuiteOption = Annotated[
    list[str] | None,
    typer.Option(
        "--suite",
        metavar="NAME",
        help="What to ask; may be given several times. Names: eval suites; also `bundled` and `public`, for all of "
        "them whose files are there. Default: ask.",
    ),
]
SystemOption = Annotated[
    list[str] | None,
    typer.Option(
        "--system", metavar="NAME", help="What is asked; may be given several times, all over one index. Default: ours."
    ),
]


def suites() -> None:
    """List the suites: what each asks, what it needs, what decides."""
    from evals.report import table
    from evals.suites import BUNDLED, OWN, PUBLIC, open_suite
    from evals.systems import SYSTEMS

    rows = []
    for suite in map(open_suite, (*BUNDLED, *OWN, *PUBLIC)):
        needs = "nothing" if suite.name in (*BUNDLED, *OWN) and not suite.name.endswith("-seeds") else "--data FOLDER"
        rows.append([suite.name, suite.title, needs, suite.measures[0].title])
    say(table(["suite", "asks", "needs", "decided by"], rows))
    say(f"\nSystems: {', '.join(SYSTEMS)}.")


def run(
    context: typer.Context,
    suite: SuiteOption = None,
    gold: GoldOption = None,
    data: DataOption = None,
    system: SystemOption = None,
    html: HtmlOption = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE.json", help="Write a small copy of the run too, to be a baseline."),
    ] = None,
    as_json: JsonOption = False,
    brief: BriefOption = False,
    home: HomeOption = None,
    chroma: ChromaOption = None,
) -> None:
    """Ask the questions of a suite and score the answers.

    The run is kept; see `eval runs`. Suites are indexed apart: your own index is not touched.
    Interrupted with Ctrl+C, the same command goes on where it stopped.
    """
    place = workplace(context, home, chroma)
    batch = ordered(place, suite or [], gold, system or ["ours"], data)
    asked = []
    for of_suite in carried_out(batch):
        asked.append(of_suite)
        if not as_json:
            _say_runs(of_suite, brief)
    kept = [(of_suite.suite, finished.kept) for of_suite in asked for finished in of_suite.runs]
    if as_json:
        from evals.report import as_json as numbers

        say_json({"runs": [{**numbers(one.run, of), "run": one.name, "file": str(one.file)} for of, one in kept]})
    if html:
        for of, one in kept:
            # One run, one page: of several each has its suite and system in the name.
            several = f"{html.stem}-{of.name}-{one.run.system}{html.suffix}"
            write_page(html if len(kept) == 1 else html.with_name(several), one.run, of)
    if out:
        if len(kept) != 1:
            raise InputError(f"--out keeps one run, and these are {len(kept)}. Name one suite and one system.")
        from evals.run import slim, write_run

        try:
            write_run(slim(kept[0][1].run), out, indent=None)
        except OSError as error:
            raise InputError(f"{out} cannot be written ({error.strerror}). Name another file with --out.") from error
        note(f"a small copy is {out}")


def ordered(place: Workplace, suites: list[str], gold: Path | None, systems: list[str], data: Path | None) -> Batch:
    """What is to be run. Raises InputError for what cannot be, before anything is indexed."""
    from evals.batch import Batch, Wish, own_suite, wished

    if gold is None:
        return Batch(wished(suites or ["ask"], data), systems, place.home.runs_folder, data=data)
    if suites:
        raise typer.BadParameter("Give either --suite or --gold: the questions of a suite, or your own.")
    from evals.gold import load_gold

    load_gold(gold)  # what is wrong with the file is told before anything is loaded for it
    index = place.open() if data is None else None
    return Batch([Wish(own_suite(gold, data))], systems, place.home.runs_folder, data=data, index=index)


def carried_out(batch: Batch) -> Iterator[Asked]:
    """Run each suite with a progress bar, and say where the runs are kept; exits with 130 when interrupted."""
    nothing_asked = True
    try:
        for wish in batch.wishes:
            with progress_bar() as progress:
                asked = batch.ask(wish, progress)
            for remark in asked.remarks:
                note(remark)
            for finished in asked.runs:
                before = ", finished before the interruption" if finished.earlier else ""
                note(f"{asked.suite.name}, {finished.kept.run.system}{before}: kept in {finished.kept.file}")
            nothing_asked = nothing_asked and not asked.runs
            if asked.runs:
                yield asked
    except KeyboardInterrupt:
        note("interrupted. While program and questions stay as they are, the same command goes on where it stopped.")
        raise typer.Exit(INTERRUPTED) from None
    batch.close_finished()
    if nothing_asked:
        raise InputError("Nothing was asked. See what there is to ask, and what it needs, with: rapporteur eval suites")


def _say_runs(asked: Asked, brief: bool) -> None:
    from evals.report import failures, markdown, side_by_side

    runs = [finished.kept.run for finished in asked.runs]
    for run in runs:
        say(f"{markdown(run, asked.suite)}\n")
        if not brief:
            say(f"{failures(run, asked.suite)}\n")
    if len(runs) > 1:
        say(f"{asked.suite.name}, side by side:\n\n{side_by_side(runs, asked.suite)}\n")
