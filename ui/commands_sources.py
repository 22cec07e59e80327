"""The commands that fill the record and show what is in it: `ingest`, `sources` and `show`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.document_rows import document_fields
from ui.options import ChromaOption, HomeOption, JsonOption, workplace
from ui.progress import progress_bar
from ui.terminal import Terminal, note
from ui.wording import one_line

if TYPE_CHECKING:
    from index.catalog import StoredDocument
    from index.ingest import IngestReport

__all__ = ["ingest", "show", "sources"]

NAMES_SHOWN = 20  # of each kind in the summary of an ingestion


def ingest(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATH…", help="Files and folders to read.", show_default=False)
    ] = None,
    prune: Annotated[bool, typer.Option("--prune", help="Drop documents below PATH whose file is gone.")] = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Make the whole index anew, from PATH and the files it was made from.")
    ] = False,
    home: HomeOption = None,
    chroma: ChromaOption = None,
) -> None:
    """Read files and folders into the record."""
    if not paths and not rebuild:
        raise typer.BadParameter("Give files or folders to read.", param_hint="PATH…")
    place = workplace(context, home, chroma)
    from index.ingest import ingest as read_into_index
    from index.rebuild import rebuild as make_anew

    with progress_bar() as progress:
        if rebuild:
            report = make_anew(paths or [], place.home, place.settings, progress)
        else:
            report = read_into_index(paths or [], place.open(create=True), prune=prune, progress=progress)
    terminal = Terminal.of(sys.stdout)
    terminal.write(_summary(report, terminal))
    for warning in report.warnings:
        note(one_line(warning))
    if report.failed:
        count = len(report.failed)
        names = ", ".join(one_line(failure.path) for failure in report.failed[:NAMES_SHOWN])
        note(f"{count} {'path' if count == 1 else 'paths'} could not be read; the rest is done: {names}")
        raise typer.Exit(2)


def sources(
    context: typer.Context, as_json: JsonOption = False, home: HomeOption = None, chroma: ChromaOption = None
) -> None:
    """List the documents of the record."""
    documents = workplace(context, home, chroma).open().catalog.documents()
    if as_json:
        rows = [document_fields(document) for document in documents]
        sys.stdout.write(json.dumps({"documents": rows}, ensure_ascii=False) + "\n")
        return
    terminal = Terminal.of(sys.stdout)
    terminal.write(_document_table(documents, terminal))


def show(
    context: typer.Context,
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="A file name, path or id from: sources")],
    home: HomeOption = None,
    chroma: ChromaOption = None,
) -> None:
    """Print the text that every offset points into."""
    text = workplace(context, home, chroma).open().document_named(document).text
    sys.stdout.write(text)
    if sys.stdout.isatty() and not text.endswith("\n"):
        sys.stdout.write("\n")


def _summary(report: IngestReport, terminal: Terminal) -> list[str]:
    lines: list[str] = []
    for word, names in (
        ("added", report.added),
        ("changed", report.changed),
        ("unchanged", report.unchanged),
        ("removed", report.removed),
    ):
        if names or word in {"added", "changed", "unchanged"}:
            lines.append(f"{word:<10}{len(names):>6}")
        if word != "unchanged":
            lines += _name_list(names, terminal)
    if report.skipped:
        lines.append(terminal.faint(f"{'skipped':<10}{len(report.skipped):>6}  files of other kinds"))
        lines += _name_list([Path(path).name for path in report.skipped], terminal)
    if report.failed:
        lines.append(terminal.bad(f"{'failed':<10}{len(report.failed):>6}"))
        for failure in report.failed:
            lines += terminal.wrapped(one_line(f"{failure.path}: {failure.reason}"), first="    ", rest="      ")
    if report.added or report.changed:
        lines.append(f"{'passages':<10}{report.passages:>6}")
    return lines


def _name_list(names: list[str], terminal: Terminal) -> list[str]:
    shown = [terminal.faint(f"    {one_line(name)}") for name in names[:NAMES_SHOWN]]
    more = len(names) - NAMES_SHOWN
    return [*shown, terminal.faint(f"    … and {more:,} more")] if more > 0 else shown


def _document_table(documents: list[StoredDocument], terminal: Terminal) -> list[str]:
    """One row a document; where the terminal is too narrow for that, a few lines for each."""
    if not documents:
        return ["The record is empty. Fill it with: rapporteur ingest FOLDER"]
    head = ["document", "kind", "held", "reported", "place", "passages", "id", "title"]
    rows = [
        [
            one_line(document.name),
            document.kind,
            document.held_on.isoformat() if document.held_on else "–",
            document.published_on.isoformat() if document.published_on else "–",
            one_line(document.place) or "–",
            str(document.passages),
            document.id,
            one_line(document.title),
        ]
        for document in documents
    ]
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    if not terminal.is_terminal or sum(widths) + 2 * len(widths) <= terminal.width:
        return [_row(head, widths), *(_row(row, widths) for row in rows)]
    return [line for row in rows for line in _entry(row, terminal)]


def _row(cells: list[str], widths: list[int]) -> str:
    padded = [
        cell.rjust(width) if cell.isdigit() else cell.ljust(width) for cell, width in zip(cells, widths, strict=True)
    ]
    return "  ".join(padded).rstrip()


def _entry(row: list[str], terminal: Terminal) -> list[str]:
    name, kind, held, reported, place, passages, document_id, title = row
    facts = [kind, f"held {held}", f"reported {reported}", place, f"{passages} passages", f"id {document_id}"]
    return [
        terminal.bold(name),
        *terminal.wrapped(title, first="    ", rest="    "),
        *(terminal.faint(line) for line in terminal.wrapped(" · ".join(facts), first="    ", rest="    ")),
    ]
