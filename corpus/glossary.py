"""Words that mean the same in the record's field, from an editable list.

>>> glossary = read_glossary()
>>> sorted(glossary.equivalents("NDXP"))
['National Data Sharing and Integration Platform']
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

__all__ = ["Glossary", "read_glossary"]


@dataclass(frozen=True, slots=True)
class Glossary:
    """Groups of equivalent words and phrases."""

    groups: tuple[tuple[str, ...], ...]

    def equivalents(self, phrase: str) -> set[str]:
        """The other members of every group that holds `phrase`, whatever its case."""
        wanted = phrase.casefold()
        return {
            other
            for group in self.groups
            if any(member.casefold() == wanted for member in group)
            for other in group
            if other.casefold() != wanted
        }


def read_glossary(own: Path | None = None) -> Glossary:
    """The bundled glossary with the user's `own` file, where there is one, added to it."""
    text = files("corpus").joinpath("glossary.txt").read_text(encoding="utf-8")
    if own and own.is_file():
        text += "\n" + own.read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return Glossary(
        tuple(
            tuple(member.strip() for member in line.split(",") if member.strip())
            for line in lines
            if line and not line.startswith("#")
        )
    )
