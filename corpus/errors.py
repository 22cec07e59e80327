"""The errors a reader of the message can mend.

    RapporteurError            what went wrong, with which value, and what to do next
    ├── InputError             the input cannot be used (a file, a question, a setting): exit code 2
    │   ├── UnreadableFile     one file cannot be read; the rest of the batch goes on
    │   ├── UnknownDocument    the record holds no document of that name
    │   └── IndexBusy          another process is writing to the index: the same can be tried again
    ├── IndexFault             the index is missing, damaged or made with other settings: exit code 1
    └── DeskFault              what is kept of conversations and reviews cannot be read or written: exit code 1

Only the command line and the app catch these and show them without a traceback.
Anything else that is raised is a fault of the program and propagates.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["DeskFault", "IndexBusy", "IndexFault", "InputError", "RapporteurError", "UnknownDocument", "UnreadableFile"]


class RapporteurError(Exception):
    """Something the user can mend; the message says what, the value, and the next step."""

    exit_code = 1


class InputError(RapporteurError):
    """Input that cannot be used as it is."""

    exit_code = 2


class UnreadableFile(InputError):
    """One file that cannot become a document."""

    def __init__(self, path: Path, reason: str, advice: str) -> None:
        super().__init__(f"{path}: {reason}. {advice}")
        self.path = path
        self.reason = reason
        self.advice = advice


class UnknownDocument(InputError):
    """No document of the record has this name."""


class IndexBusy(InputError):
    """Another process is writing to the index at this moment."""


class IndexFault(RapporteurError):
    """The index cannot be used as it is."""


class DeskFault(RapporteurError):
    """The desk (conversations, reviews, gold candidates) cannot be used as it is."""
