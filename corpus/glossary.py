"""Words that mean the same in the record's field, from an editable list.

>>> ("NDXP", "National Data Sharing and Integration Platform") in read_glossary().groups
True
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from corpus.errors import InputError

__all__ = ["Glossary", "read_glossary"]


@dataclass(frozen=True, slots=True)
class Glossary:
    """Groups of equivalent words and phrases."""

    groups: tuple[tuple[str, ...], ...]


def read_glossary(own: Path | None = None) -> Glossary:
    """The bundled glossary with the user's `own` file, where there is one, added to it.

    Raises InputError when that file is not UTF-8.
    """
    text = files("corpus").joinpath("glossary.txt").read_text(encoding="utf-8")
    if own and own.is_file():
        try:
            text += "\n" + own.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise InputError(f"The glossary {own} is not valid UTF-8 ({error.reason}). Save it as UTF-8.") from error
    lines = (line.strip() for line in text.splitlines())
    return Glossary(
        tuple(
            tuple(member.strip() for member in line.split(",") if member.strip())
            for line in lines
            if line and not line.startswith("#")
        )
    )
