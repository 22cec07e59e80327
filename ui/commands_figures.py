"""The command `figures`: what the record measures, and one series in order of time."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import InputError
from index.reading import ReadingKind
from ui.figure_search import FiguresFound, Series, WantedFigures, figure_objects, search_figures
from ui.options import ChromaOption, HomeOption, JsonOption, workplace
from ui.questions import check_question
from ui.terminal import Terminal, note

if TYPE_CHECKING:
    from index.store import Index

__all__ = ["figures"]

PLOTS = (".png", ".svg", ".html")


def figures(
    context: typer.Context,
    words: Annotated[
        str | None,
        typer.Argument(metavar="WORDS", help='What is measured: "digital economy share of GDP". Without: list all.'),
    ] = None,
    scope: Annotated[str | None, typer.Option("--scope", metavar="PLACE", help="Only figures of this place.")] = None,
    kind: Annotated[ReadingKind | None, typer.Option("--kind", help="Only figures of this kind.")] = None,
    count: Annotated[
        int | None,
        typer.Option("--k", min=1, max=10_000, help="How many indicators. Default: 1 with WORDS, else 20."),
    ] = None,
    as_json: JsonOption = False,
    table: Annotated[
        str | None, typer.Option("--csv", metavar="FILE", help="Write a table; - for standard output.")
    ] = None,
    plot: Annotated[
        Path | None, typer.Option("--plot", metavar="FILE", help="Draw the series: a .png, .svg or .html file.")
    ] = None,
    home: HomeOption = None,
    chroma: ChromaOption = None,
) -> None:
    """Show what the record measures, over time; with WORDS the one series they name.

    --json prints one object a line for each indicator.
    """
    wanted = WantedFigures("" if words is None else check_question(words), scope or "", kind or "", count)
    if plot is not None:
        _check_plot(plot, words)
    if as_json and table == "-":
        raise typer.BadParameter("--json and --csv - both write to standard output. Give one of them.")
    index = workplace(context, home, chroma).open()
    found = search_figures(wanted, index)
    shown = found.series
    if table is not None and (shown or table == "-"):
        _write_table(shown, table)
    if plot is not None and shown:
        _write_plot(shown[0], plot)
    if as_json:
        _print_json(found)
    elif not shown:
        _say(_refusal(wanted, found, index), to_stderr=table == "-")
    elif table is None and plot is None:
        from ui.figure_text import listed_lines, series_lines

        terminal = Terminal.of(sys.stdout)
        rows = [(series.indicator, series.rows) for series in shown]
        lines = series_lines if wanted.words else listed_lines
        terminal.write(lines(rows, [one.name for one in found.further], terminal))


def _check_plot(plot: Path, words: str | None) -> None:
    if plot.suffix.lower() not in PLOTS:
        raise typer.BadParameter(
            f"{str(plot)!r} must end in {', '.join(PLOTS[:-1])} or {PLOTS[-1]}.", param_hint="--plot"
        )
    if words is None:
        raise typer.BadParameter('Name the series to draw: rapporteur figures "WORDS" --plot FILE', param_hint="--plot")


def _refusal(wanted: WantedFigures, found: FiguresFound, index: Index) -> list[str]:
    """Why nothing is shown, and what is nearest."""
    from ui.wording import REFUSED, one_line

    terminal = Terminal.of(sys.stdout)
    limits = [f"of {one_line(wanted.scope)}"] if wanted.scope else []
    limits += [f"of the kind “{wanted.kind}”"] if wanted.kind else []
    about = [f"for “{one_line(wanted.words)}”"] if wanted.words else []
    said = " ".join(["It has no figure", *about, *limits])
    lines = [terminal.bold(REFUSED), *terminal.wrapped(f"{said}.")]
    if found.nearest:
        lines += ["", terminal.bold("Nearest")]
        for one in found.nearest:
            many = "1 reading" if len(one.readings) == 1 else f"{len(one.readings)} readings"
            places = sorted({one_line(reading.scope) for reading in one.readings if reading.scope})
            lines += terminal.wrapped(
                f"{one_line(one.name)} ({', '.join([many, *places[:3]])})", first="  ", rest="    "
            )
    elif index.catalog.readings.count():
        lines += ["", "See what it measures with: rapporteur figures"]
    return lines


def _print_json(found: FiguresFound) -> None:
    """One object a line for each indicator; where nothing was found, one that names the nearest."""
    sys.stdout.write("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in figure_objects(found)))


def _write_table(shown: Sequence[Series], file: str) -> None:
    from ui.figure_rows import csv_text

    text = csv_text((series.indicator.name, series.rows) for series in shown)
    if file == "-":
        sys.stdout.write(text)
        return
    _write(Path(file), text.encode())
    readings = sum(len(series.rows) for series in shown)
    note(f"{file}: {readings} {'reading' if readings == 1 else 'readings'}")


def _write_plot(series: Series, file: Path) -> None:
    from ui.figure_plot import plotted

    drawn = plotted(series.indicator.name, series.indicator.unit, series.rows, file.suffix.lower())
    _write(file, drawn.content)
    note(f"{file}: {drawn.points} of {len(series.rows)} readings of “{series.indicator.name}”")
    for left_out in drawn.left_out:
        note(left_out)


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise InputError(f"{file} cannot be written: {error.strerror}.") from error


def _say(lines: Sequence[str], *, to_stderr: bool) -> None:
    Terminal.of(sys.stderr if to_stderr else sys.stdout).write(list(lines))
