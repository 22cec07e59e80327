"""How things look on a terminal: width, wrapping, and colours where there is somebody to see them.

Knows nothing of answers or documents. Text from the record is cleaned of control characters
before it gets here (see ui/wording.py).
"""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from dataclasses import dataclass
from typing import TextIO

__all__ = ["Terminal", "note", "prepare_streams"]

NARROWEST, WIDEST = 40, 100  # columns: longer lines are hard to read


@dataclass(frozen=True, slots=True)
class Terminal:
    """A stream that is written to, and what it can show."""

    stream: TextIO
    width: int  # columns
    colours: bool
    is_terminal: bool

    @classmethod
    def of(cls, stream: TextIO) -> Terminal:
        """The terminal behind `stream`; a pipe or file gets plain text. NO_COLOR is respected."""
        seen = stream.isatty()
        colours = seen and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        width = min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)
        return cls(stream, width, colours, seen)

    def bold(self, text: str) -> str:
        """`text` in bold."""
        return self._styled("1", text)

    def faint(self, text: str) -> str:
        """`text` in a weaker colour, for what is looked at second."""
        return self._styled("2", text)

    def accent(self, text: str) -> str:
        """`text` in the colour of citation numbers."""
        return self._styled("36", text)

    def good(self, text: str) -> str:
        """`text` in green."""
        return self._styled("32", text)

    def bad(self, text: str) -> str:
        """`text` in red."""
        return self._styled("31", text)

    def wrapped(self, text: str, *, first: str = "", rest: str = "") -> list[str]:
        """`text` in lines of at most `width` columns; `first` and `rest` are the indents.

        A line is not broken at a no-break space.
        """
        lines = textwrap.wrap(
            text,
            self.width,
            initial_indent=first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return [line.replace("\xa0", " ") for line in lines] or [first.rstrip()]

    def write(self, lines: list[str]) -> None:
        """Print `lines`, each on its own."""
        self.stream.write("".join(f"{line}\n" for line in lines))

    def _styled(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colours and text else text


def note(text: str) -> None:
    """Say something beside the results: on standard error, in the program's name."""
    sys.stdout.flush()  # what was printed before is read before, also where both go to one place
    sys.stderr.write(f"rapporteur: {text}\n")
    sys.stderr.flush()


def prepare_streams() -> None:
    """Write UTF-8 and plain newlines to pipes and files wherever this runs, and never fail on a character."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
