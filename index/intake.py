"""Reads the files that were given to the app into the index, one batch after the other, in a thread of its own.

What was given waits in the ledger (index/uploads.py), so that closing the page or the program loses
nothing. The thread works on a catalog of its own: nobody who asks meanwhile sees a document half
written. Several programs may serve one home; one of them reads at a time.

>>> # intake = Intake(index, Uploads(home.uploads_folder))
>>> # intake.wake()
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.document import content_hash, document_id
from corpus.errors import IndexBusy, RapporteurError, UnreadableFile
from corpus.reading import read_bytes, read_document
from index.catalog import Catalog, StoredDocument
from index.ingest import IngestReport, ingest
from index.removal import remove_documents
from index.store import CATALOG, Index
from index.uploads import Upload, Uploads, UploadState

__all__ = ["Intake", "Working"]

BATCH = 8  # files read together: their passages are embedded in one go, and a removal waits for no more
RETRY_S = 0.5  # between two looks whether another process has done writing
REMOVAL_PATIENCE_S = 30.0
FAULT = "A fault of the program, told in the server's log. Try again; the file is kept until then."


@dataclass(frozen=True, slots=True)
class Working:
    """What the thread does at this moment."""

    doing: str = ""  # "reading minutes.txt", "embedding"; "" for nothing
    done: int = 0  # files of the batch
    files: int = 0


class Intake:
    """The one queue of a server. The thread is started by the first `wake` and ends when nothing waits."""

    def __init__(self, index: Index, uploads: Uploads) -> None:
        self.uploads = uploads
        self._index = index
        self._state = threading.Lock()
        self._thread: threading.Thread | None = None
        self._woken = False
        self._closed = threading.Event()
        self.working = Working()

    def wake(self) -> None:
        """See whether something waits."""
        with self._state:
            self._woken = True
            if self._thread is None and not self._closed.is_set():
                self._thread = threading.Thread(target=self._run, name="rapporteur-intake", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Read nothing more; what waits is read by the next that opens the home."""
        self._closed.set()
        with self._state:
            thread = self._thread
        if thread is not None:
            thread.join()
        self.uploads.close()

    def remove(self, ids: Sequence[str]) -> list[StoredDocument]:
        """Drop documents from the record, and the files of those that were given here.

        Waits for a batch that is being read. Raises IndexBusy when the index stays busy.
        """
        until = time.monotonic() + REMOVAL_PATIENCE_S
        while True:
            try:
                with self._own_index() as own:
                    gone = remove_documents(ids, own)
                break
            except IndexBusy:
                if time.monotonic() > until or self._closed.wait(RETRY_S):
                    raise
        for document in gone:
            if self.uploads.owns(document.path):
                Path(document.path).unlink(missing_ok=True)
        return gone

    def _run(self) -> None:
        while True:
            with self._state:
                if not self._woken or self._closed.is_set():
                    self._thread = None
                    return
                self._woken = False
            try:
                self._work()
            except Exception:  # told in the log and, by `_work`, in the ledger: the next file must not wait for ever
                logging.getLogger(__name__).exception("reading given files failed")
            finally:
                self.working = Working()

    def _work(self) -> None:
        from filelock import FileLock, Timeout

        lock = FileLock(self.uploads.folder / ".reading.lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:  # another program at this home reads; it looks at the ledger until nothing waits
            self._closed.wait(RETRY_S)
            if self.uploads.waiting(1):
                self.wake()
            return
        try:
            self.uploads.put_back()
            while not self._closed.is_set() and (batch := self.uploads.waiting(BATCH)):
                self._read(batch)
        finally:
            lock.release()

    def _read(self, batch: Sequence[Upload]) -> None:
        """Read some files into the index and note what became of each."""
        try:
            with self._own_index() as own:
                known: dict[str, str] = {}  # by content hash: files of this batch
                placed = [upload for upload in batch if self._place(upload, own, known)]
                self._ingest(placed, own)
        except RapporteurError as error:
            self._fail(batch, str(error))
        except BaseException:
            self._fail(batch, FAULT)
            raise

    def _place(self, upload: Upload, own: Index, known: dict[str, str]) -> bool:
        """Put a file that can be read in its place; else note why it cannot be."""
        self.working = Working(f"reading {upload.name}")
        self.uploads.mark(upload.id, UploadState.READING)
        waiting, kept = self.uploads.waiting_file(upload), self.uploads.kept_file(upload)
        if not waiting.is_file():
            if kept.is_file():  # a process ended after it was moved
                return True
            self.uploads.mark(upload.id, UploadState.FAILED, "The file is no longer there. Give it again.")
            return False
        try:
            content = read_bytes(waiting)
            content_id = content_hash(content)
            stored = _of_content(content_id, own.catalog)
            same = stored.name if stored else known.get(content_id)
            if same is not None:
                told = "" if same == upload.name else f"The record holds the same content as {same}."
                became = stored.id if stored else document_id(self.uploads.folder / same)
                self._done(upload, UploadState.UNCHANGED, told, became)
                return False
            read_document(waiting, content)
        except UnreadableFile as error:
            self._done(upload, UploadState.FAILED, _sentence(error))
            return False
        if kept.exists() and not upload.replaces:
            told = "A file of this name is in the record already, with other content."
            self.uploads.mark(upload.id, UploadState.ASKS, told, document_id(kept))
            return False
        if kept.exists():
            kept.rename(_before(waiting))
        waiting.rename(kept)
        known[content_id] = upload.name
        return True

    def _ingest(self, placed: Sequence[Upload], own: Index) -> None:
        if not placed:
            return
        files = [self.uploads.kept_file(upload) for upload in placed]
        report = self._when_free(lambda: ingest(files, own, progress=self._progress))
        reasons = {failure.path: failure.reason for failure in report.failed}
        for upload, file in zip(placed, files, strict=True):
            waiting = self.uploads.waiting_file(upload)
            if (reason := reasons.get(str(file.absolute()))) is not None:
                file.unlink(missing_ok=True)
                if _before(waiting).exists():
                    _before(waiting).rename(file)
                self._done(upload, UploadState.FAILED, reason)
                continue
            state = (
                UploadState.ADDED if file.name in report.added else
                UploadState.CHANGED if file.name in report.changed else UploadState.UNCHANGED
            )  # fmt: skip
            warnings = "; ".join(warning for warning in report.warnings if warning.startswith(file.name))
            self._done(upload, state, warnings, document_id(file))

    def _when_free(self, work: Callable[[], IngestReport]) -> IngestReport:
        """Do `work` once no other process writes to the index."""
        while True:
            try:
                return work()
            except IndexBusy:
                self.working = Working("waiting for another process that writes to the index")
                if self._closed.wait(RETRY_S):
                    raise

    def _done(self, upload: Upload, state: UploadState, told: str = "", became: str = "") -> None:
        self.uploads.mark(upload.id, state, told, became)
        self.uploads.drop_waiting(upload)

    def _fail(self, batch: Sequence[Upload], why: str) -> None:
        """Note a fault of the index or the program; the files wait where they were for another try."""
        reading = {upload.id for upload in self.uploads.listed() if upload.state is UploadState.READING}
        for upload in batch:
            if upload.id not in reading:
                continue
            if self._closed.is_set():
                self.uploads.mark(upload.id, UploadState.WAITING)
                continue
            waiting, kept = self.uploads.waiting_file(upload), self.uploads.kept_file(upload)
            if not waiting.exists() and kept.exists():
                kept.rename(waiting)
                if _before(waiting).exists():
                    _before(waiting).rename(kept)
            self.uploads.mark(upload.id, UploadState.FAILED, why)

    def _progress(self, doing: str, done: int, files: int) -> None:
        self.working = Working(doing, done, files)

    @contextmanager
    def _own_index(self) -> Iterator[Index]:
        """The same index over a connection of its own."""
        shared = self._index
        own = Index(Catalog(shared.folder / CATALOG), shared.embedder, shared.settings, shared.folder)
        try:
            yield own
        finally:
            own.close()


def _sentence(error: UnreadableFile) -> str:
    """Why a file cannot be read and what to do: its reason tells something of the file, or names a kind of file."""
    reason = error.reason
    subject = reason[:1].upper() + reason[1:] if reason.startswith("a ") else f"The file {reason}"
    return f"{subject}. {error.advice}."


def _of_content(content: str, catalog: Catalog) -> StoredDocument | None:
    """A document of the record that was read from the same bytes, whose file still holds them for a rebuild."""
    same = (one for one in catalog.documents() if one.content_hash == content)
    return next((one for one in same if Path(one.path).is_file()), None)


def _before(waiting: Path) -> Path:
    """Where the file that is being replaced lies until the new one has been read."""
    return waiting.with_name(".before")
