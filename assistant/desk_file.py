"""The file of the desk: opened, brought to the current format, read and written by several at once.

One connection serves all threads of a process, one at a time; processes share the file by the
write-ahead log. What was committed outlives a kill and a loss of power. Knows nothing of what the
tables hold.

>>> # with file.writing() as database: database.execute("DELETE FROM answers")
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from assistant.desk_schema import APPLICATION_ID, STEPS
from corpus.errors import DeskFault, InputError

__all__ = ["DeskFile", "Row"]

Row: TypeAlias = tuple[Any, ...]
WAIT_S = 30  # for another process that is writing


class DeskFile:
    """One open desk file.

    Raises DeskFault when the file is damaged, no desk, or written by a newer program; it is left as it was.
    """

    def __init__(self, file: Path) -> None:
        self.path = file
        self._lock = threading.RLock()
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch(mode=0o600)  # others on this machine do not read what was asked
        except OSError as error:
            raise InputError(f"{file} cannot be made ({error.strerror}). Choose another folder with --home.") from error
        with self._told_as_faults():
            self._db = sqlite3.connect(file, timeout=WAIT_S, check_same_thread=False, isolation_level=None)
            try:
                self._check()
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.execute("PRAGMA synchronous = FULL")
                self._db.execute("PRAGMA foreign_keys = ON")
                self._bring_up_to_date()
            except BaseException:
                self._db.close()
                raise

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def read(self, query: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[Row]:
        """The rows that a query finds."""
        with self._lock, self._told_as_faults():
            return self._db.execute(query, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All writes inside happen together or not at all."""
        with self._lock, self._told_as_faults():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def _number(self, pragma: str) -> int:
        return int(self._db.execute(f"PRAGMA {pragma}").fetchone()[0])

    def _check(self) -> None:
        known = self._number("application_id")
        if known != APPLICATION_ID and (known or self._db.execute("SELECT 1 FROM sqlite_master").fetchone()):
            raise DeskFault(
                f"{self.path} is a SQLite file of another program. Move it away, or choose another folder with --home."
            )
        if (version := self._number("user_version")) > len(STEPS):
            raise DeskFault(
                f"The desk {self.path} was written by a newer Rapporteur (format {version}; this one knows up to "
                f"{len(STEPS)}). Install that one; nothing was changed."
            )

    def _bring_up_to_date(self) -> None:
        if self._number("user_version") == len(STEPS):
            return
        with self.writing() as database:
            self._check()  # again: another process may have been faster, and newer
            for step in STEPS[self._number("user_version") :]:
                for statement in step:
                    database.execute(statement)
            database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            database.execute(f"PRAGMA user_version = {len(STEPS)}")

    @contextmanager
    def _told_as_faults(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:  # not damaged: no right, no room, locked
            raise DeskFault(
                f"The desk {self.path} cannot be used ({error}). See that its folder can be written to and has room, "
                "and that no other process holds it; nothing that was kept before is lost."
            ) from error
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError):
            raise  # a fault of the program, or of what it was given: the caller knows which
        except sqlite3.DatabaseError as error:
            raise DeskFault(
                f"The desk {self.path} is damaged ({error}). Put back a copy of it, or move it away to begin anew."
            ) from error
