"""Files that were given to the app: where they are kept, and what became of each.

A file first lies in a folder of its own below `.waiting/` and takes its place beside the others when
it has been read. The ledger, one row a file, outlives the process and the page that the file was
given on. Knows nothing of HTTP, nor of how a file is read into the index.

>>> # uploads = Uploads(home.uploads_folder)
>>> # uploads.arrived(uploads.arriving("minutes.txt"), author="")
"""

from __future__ import annotations

import re
import secrets
import shutil
import sqlite3
import threading
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path, PurePosixPath

from corpus.errors import InputError

__all__ = ["Arriving", "Upload", "UploadState", "Uploads", "kept_name"]

SCHEMA = """
CREATE TABLE IF NOT EXISTS uploads (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, bytes INTEGER NOT NULL, author TEXT NOT NULL, arrived TEXT NOT NULL,
    state TEXT NOT NULL, told TEXT NOT NULL, replaces INTEGER NOT NULL, document_id TEXT NOT NULL);
"""
COLUMNS = "id, name, bytes, author, arrived, state, told, replaces, document_id"
NAME_BYTES_MAX = 200  # of a file's name in UTF-8: below the 255 of every file system, with room for " (2)"
UNNAMED = "unnamed"


class UploadState(StrEnum):
    """What became of a file that was given."""

    WAITING = "waiting"
    READING = "reading"
    ADDED = "added"
    CHANGED = "changed"  # it took the place of an earlier file of its name
    UNCHANGED = "unchanged"  # the record has its content already
    ASKS = "asks"  # a file of its name is there already, with other content
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Upload:
    """One file that was given."""

    id: str
    name: str  # as it is kept
    bytes: int
    author: str  # who gave it; "" for the one person
    arrived: datetime  # UTC
    state: UploadState
    told: str = ""  # why, and what to do next; or what to know of it
    replaces: bool = False  # it may take the place of a file of its name
    document_id: str = ""  # what it has become


@dataclass(frozen=True, slots=True)
class Arriving:
    """A file whose bytes are being received."""

    id: str
    path: Path  # where they are written to


class Uploads:
    """The files given to the app of one home. Safe to use from several threads and processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self._waiting.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"{folder} cannot be made ({error.strerror}). Choose another home with --home.") from error
        self._lock = threading.Lock()
        self._db = sqlite3.connect(
            folder / ".uploads.sqlite", timeout=30, check_same_thread=False, isolation_level=None
        )
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.executescript(SCHEMA)

    def close(self) -> None:
        """Close the ledger."""
        with self._lock:
            self._db.close()

    # A file comes in

    def arriving(self, name: str) -> Arriving:
        """A place for the bytes of a file of this name, which may be anything that a browser sends."""
        upload_id = secrets.token_hex(8)
        folder = self._waiting / upload_id
        folder.mkdir()
        return Arriving(upload_id, folder / kept_name(name))

    def given_up(self, arriving: Arriving) -> None:
        """Forget a file that did not come in whole."""
        shutil.rmtree(arriving.path.parent, ignore_errors=True)

    def arrived(self, arriving: Arriving, *, author: str) -> Upload:
        """The file is whole and waits to be read."""
        upload = Upload(
            arriving.id,
            arriving.path.name,
            arriving.path.stat().st_size,
            author,
            datetime.now(UTC),
            UploadState.WAITING,
        )
        self._write(
            f"INSERT INTO uploads ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, '', 0, '')",
            (upload.id, upload.name, upload.bytes, author, upload.arrived.isoformat(), upload.state),
        )
        return upload

    # What became of it

    def listed(self) -> list[Upload]:
        """All files that were given and not put away, the latest first."""
        return self._read("ORDER BY arrived DESC, rowid DESC")

    def get(self, upload_id: str) -> Upload:
        """One of them. Raises InputError when there is none with the id."""
        found = self._read("WHERE id = ?", (upload_id,))
        if not found:
            raise InputError(f"No file was given with the id {upload_id!r}. Load the page again.")
        return found[0]

    def waiting(self, count: int) -> list[Upload]:
        """The `count` files that have waited longest."""
        return self._read("WHERE state = ? ORDER BY arrived, rowid LIMIT ?", (UploadState.WAITING, count))

    def put_back(self) -> None:
        """Let files that were being read when a process ended wait again."""
        self._write("UPDATE uploads SET state = ? WHERE state = ?", (UploadState.WAITING, UploadState.READING))

    def mark(self, upload_id: str, state: UploadState, told: str = "", document_id: str = "") -> None:
        """Note what became of a file."""
        self._write(
            "UPDATE uploads SET state = ?, told = ?, document_id = ? WHERE id = ?",
            (state, told, document_id, upload_id),
        )

    def answer(self, upload_id: str, *, replace: bool) -> None:
        """Whether a file that asks takes the place of the one of its name, or is kept beside it by another name."""
        upload = self.get(upload_id)
        if upload.state is not UploadState.ASKS:
            raise InputError(f"{upload.name} asks nothing any more. Load the page again.")
        name = upload.name if replace else self._free_name(upload.name)
        if name != upload.name:
            self.waiting_file(upload).rename(self._waiting / upload.id / name)
        self._write(
            "UPDATE uploads SET state = ?, told = '', replaces = ?, name = ? WHERE id = ?",
            (UploadState.WAITING, replace, name, upload_id),
        )

    def again(self, upload_id: str) -> None:
        """Let a file that failed wait once more. Raises InputError when its bytes are not kept."""
        upload = self.get(upload_id)
        if upload.state is not UploadState.FAILED or not self.is_kept(upload):
            raise InputError(f"{upload.name} is not kept here. Give the file again.")
        self.mark(upload_id, UploadState.WAITING)

    def put_away(self, ids: Iterable[str]) -> None:
        """Drop these from the list; a file that is still being read stays, the bytes of others that wait go too."""
        for upload_id in ids:
            self._write("DELETE FROM uploads WHERE id = ? AND state != ?", (upload_id, UploadState.READING))
            if not self._read("WHERE id = ?", (upload_id,)):
                shutil.rmtree(self._waiting / upload_id, ignore_errors=True)

    # Where it lies

    def waiting_file(self, upload: Upload) -> Path:
        """Where its bytes lie until it has been read."""
        return self._waiting / upload.id / upload.name

    def kept_file(self, upload: Upload) -> Path:
        """Where it lies for good."""
        return self.folder / upload.name

    def is_kept(self, upload: Upload) -> bool:
        """Whether its bytes still wait, so that reading it can be tried again."""
        return self.waiting_file(upload).is_file()

    def drop_waiting(self, upload: Upload) -> None:
        """Delete what lies of it below `.waiting/`."""
        shutil.rmtree(self._waiting / upload.id, ignore_errors=True)

    def owns(self, path: str) -> bool:
        """Whether the file at `path` is one that was given to the app."""
        return Path(path).parent == self.folder.absolute()

    @property
    def _waiting(self) -> Path:
        return self.folder / ".waiting"

    def _free_name(self, name: str) -> str:
        path = PurePosixPath(name)
        taken = {*(file.name for file in self.folder.iterdir()), *(upload.name for upload in self.listed())}
        numbers = iter(range(2, len(taken) + 3))
        return next(free for number in numbers if (free := f"{path.stem} ({number}){path.suffix}") not in taken)

    def _read(self, query: str, values: tuple[object, ...] = ()) -> list[Upload]:
        with self._lock:
            rows = self._db.execute(f"SELECT {COLUMNS} FROM uploads {query}", values).fetchall()
        return [
            Upload(row[0], row[1], row[2], row[3], datetime.fromisoformat(row[4]), UploadState(row[5]), row[6],
                   bool(row[7]), row[8])
            for row in rows
        ]  # fmt: skip

    def _write(self, query: str, values: tuple[object, ...]) -> None:
        with self._lock:
            self._db.execute(query, values)


def kept_name(name: str) -> str:
    """The name under which a file is kept: what a browser calls it, without folders and what a file system trips over.

    >>> kept_name("../../etc/passwd"), kept_name("C:\\\\notes\\\\May 3.txt"), kept_name("..")
    ('passwd', 'May 3.txt', 'unnamed')
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    # Controls, marks that turn the direction of text, halves of characters, and what is no character.
    shown = "".join(" " if unicodedata.category(one) in {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"} else one for one in last)
    plain = " ".join(shown.split()).strip(". ")
    path = PurePosixPath(plain)
    stem, suffix = (path.stem, path.suffix) if len(path.suffix.encode()) <= 20 else (plain, "")
    while len(stem.encode()) + len(suffix.encode()) > NAME_BYTES_MAX:
        stem = stem[:-1]
    return f"{stem.rstrip()}{suffix}" or UNNAMED
