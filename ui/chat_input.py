"""Lines that a person types, with editing, history and completion, or that a file or pipe gives.

Knows nothing of what the lines mean.

>>> # for line in typed_lines(history=["What was decided?"], words=["/help"]): ...
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress

__all__ = ["PROMPT", "piped_lines", "typed_lines"]

PROMPT = "> "
AFTER_AN_INTERRUPTION = "(Ctrl+D or /quit ends the chat.)"


def typed_lines(*, history: Sequence[str] = (), words: Sequence[str] = ()) -> Iterator[str]:
    """The lines typed at the prompt until Ctrl+D; Ctrl+C throws away the line.

    `history` is what the arrow keys go back to, oldest first; Tab completes one of `words` at the
    start of a line.
    """
    with suppress(ImportError):  # not on every system; lines are read without it too
        _prepare_editing(history, words)
    while True:
        try:
            yield input(PROMPT)
        except KeyboardInterrupt:
            sys.stdout.write(f"\n{AFTER_AN_INTERRUPTION}\n")
        except EOFError:
            sys.stdout.write("\n")
            return


def piped_lines() -> Iterator[str]:
    """The lines of standard input, in UTF-8; a byte that is none stays in the line as a surrogate."""
    for number, line in enumerate(sys.stdin.buffer):
        text = line.decode("utf-8", errors="surrogateescape")
        yield text.removeprefix("\ufeff") if number == 0 else text


def _prepare_editing(history: Sequence[str], words: Sequence[str]) -> None:
    import readline

    for line in history:
        readline.add_history(line)
    readline.set_completer_delims("")
    readline.set_completer(lambda start, number: _completion(start, number, words))
    readline.parse_and_bind("tab: complete")


def _completion(start: str, number: int, words: Sequence[str]) -> str | None:
    fitting = [f"{word} " for word in words if start and word.startswith(start)]
    return fitting[number] if number < len(fitting) else None
