"""Writes generated text between two markers of a Markdown file, and leaves the rest alone.

<!-- begin: ask -->
…
<!-- end: ask -->
"""

from __future__ import annotations

import re
from pathlib import Path

from corpus.errors import InputError

__all__ = ["write_marked"]


def write_marked(file: Path, name: str, text: str) -> None:
    """Replace what stands between the markers `name` of `file` by `text`.

    Raises InputError when the file cannot be read or has no such markers.
    """
    try:
        page = file.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{file} cannot be read ({error.strerror}).") from error
    begin, end = f"<!-- begin: {name} -->", f"<!-- end: {name} -->"
    between = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if not between.search(page):
        raise InputError(f"{file} has no place for {name!r}. Add the lines {begin} and {end} to it.")
    file.write_text(between.sub(lambda _: f"{begin}\n{text}\n{end}", page, count=1), encoding="utf-8")
