"""The options that several commands share, and the place they lead to.

`--home` and `--chroma` may stand before or after the command; after it wins.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.settings import Home, IndexSettings

if TYPE_CHECKING:
    from index.store import Index

__all__ = [
    "ChromaOption",
    "HomeOption",
    "JsonOption",
    "QuestionsOption",
    "WithinOption",
    "Workplace",
    "remember_workplace",
    "workplace",
]

HomeOption = Annotated[
    Path | None,
    typer.Option("--home", metavar="FOLDER", help="Data folder. Default: RAPPORTEUR_HOME, else the user's own."),
]
ChromaOption = Annotated[
    str | None,
    typer.Option("--chroma", metavar="URL", help="Keep the vectors on a Chroma server, such as http://host:8000."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
QuestionsOption = Annotated[
    str | None,
    typer.Option(
        "--questions",
        metavar="FILE.jsonl",
        help='Many questions, one {"id", "question"} a line; - reads standard input. Prints a line of JSON for each.',
    ),
]
WithinOption = Annotated[
    str | None,
    typer.Option("--within", metavar="DOCUMENT", help="Look only in this document: its file name, path or id."),
]


@dataclass(frozen=True, slots=True)
class Workplace:
    """The home and the settings a command works with."""

    home: Home
    settings: IndexSettings

    def open(self, *, create: bool = False) -> Index:
        """Open the index; raises what `index.store.open_index` raises."""
        from index.store import open_index

        return open_index(self.home, self.settings, create=create)


def remember_workplace(context: typer.Context, home: Path | None, chroma: str | None) -> None:
    """Keep what stands before the command, for `workplace`."""
    default = Workplace(Home(), IndexSettings.from_environment())
    context.obj = _changed(default, home, chroma)


def workplace(context: typer.Context, home: Path | None, chroma: str | None) -> Workplace:
    """Where this command works: the environment, changed by the options before and after the command."""
    given = context.obj
    if not isinstance(given, Workplace):
        given = Workplace(Home(), IndexSettings.from_environment())
    return _changed(given, home, chroma)


def _changed(place: Workplace, home: Path | None, chroma: str | None) -> Workplace:
    settings = place.settings if chroma is None else replace(place.settings, chroma_address=chroma)
    return Workplace(place.home if home is None else Home(home), settings)
