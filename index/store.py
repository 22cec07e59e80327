"""An open index: catalog, vectors and embedder that belong together.

It remembers how it was made and refuses to be used otherwise; what a crash left over is swept
when it is opened.
"""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Document
from corpus.errors import IndexBusy, IndexFault, InputError, UnknownDocument
from index.catalog import Catalog
from index.embedding import Embedder, open_embedder
from index.settings import Home, IndexSettings
from index.vectors import ChromaVectors, VectorStore

__all__ = ["CATALOG", "FORMAT", "Index", "open_index", "writing"]

CATALOG = "catalog.sqlite"
FORMAT = 4  # raise when readers, chunking or tables change so that old rows are wrong


@dataclass(frozen=True, slots=True)
class _State:
    """Differs when another process has written."""

    inode: int  # another one when the index was made anew
    version: int


class Index:
    """The parts of one index; the vectors are opened, and swept if need be, when first used."""

    def __init__(self, catalog: Catalog, embedder: Embedder, settings: IndexSettings, folder: Path) -> None:
        self.catalog = catalog
        self.embedder = embedder
        self.settings = settings
        self.folder = folder
        self._vectors: ChromaVectors | None = None
        self._opening = threading.RLock()
        self._seen = self._state()

    @property
    def vectors(self) -> VectorStore:
        """The vectors that belong to the catalog.

        Raises as ChromaVectors.open does, and IndexFault when vectors are missing.
        """
        with self._opening:
            if self._vectors is None:
                name = self.catalog.remembered("collection") or "passages"
                self._vectors = ChromaVectors.open(self.folder / "chroma", name, self.settings.chroma_address)
                self._settle(self._vectors)
            return self._vectors

    def refresh(self) -> None:
        """Take notice of what another process has written; cheap when nothing was."""
        with self._opening:
            state = self._state()
            if state == self._seen:
                return
            if state.inode != self._seen.inode:  # made anew
                self.catalog.close()
                self.catalog = Catalog(self.folder / CATALOG)
                state = self._state()
            self._close_vectors()
            self._seen = state

    def close(self) -> None:
        """Close the files."""
        with self._opening:
            self._close_vectors()
            self.catalog.close()

    def _state(self) -> _State:
        try:
            inode = (self.folder / CATALOG).stat().st_ino
        except OSError as error:
            raise IndexFault(f"The index at {self.folder} is gone. Build one with: rapporteur ingest FOLDER") from error
        return _State(inode, self.catalog.version())

    def _close_vectors(self) -> None:
        if self._vectors is not None:
            self._vectors.close()
            self._vectors = None

    def _settle(self, vectors: VectorStore) -> None:
        """Sweep what a crash left, unless another process is writing at this moment."""
        if vectors.count() == self.catalog.passage_count() and self.catalog.remembered("writing") != "yes":
            return
        with suppress(InputError), writing(self.folder):
            incomplete = self.sweep()
            self.catalog.remember("writing", "no")
            if incomplete:
                raise IndexFault(
                    f"The vectors of {len(incomplete)} documents are missing in {self.folder}. "
                    "Make the index anew with: rapporteur ingest --rebuild"
                )

    def document_named(self, name: str) -> Document:
        """The document with this file name, path or id.

        Raises UnknownDocument when there is none, InputError when there is more than one.
        """
        ids = self.catalog.document_ids_named(name)
        document = self.catalog.document(ids[0]) if len(ids) == 1 else None
        if document:
            return document
        if ids:
            raise InputError(
                f"{len(ids)} documents are named {name!r}. Give the path or id that rapporteur sources shows."
            )
        raise UnknownDocument(f"No document is named {name!r}. See the names with: rapporteur sources")

    def sweep(self) -> set[str]:
        """Delete vectors that no passage owns; returns the documents whose passages lack theirs."""
        present = set(self.vectors.ids())
        owned = self.catalog.passage_ids()
        self.vectors.delete(sorted(present - owned))
        return {passage_id.split(".")[0] for passage_id in owned - present}


def open_index(home: Home, settings: IndexSettings, *, create: bool = False) -> Index:
    """Open the index in `home`, or make an empty one when `create`.

    Raises IndexFault when there is none, or when it was made with other settings.
    """
    folder = home.index_folder
    file = folder / CATALOG
    if not create and not file.exists():
        raise IndexFault(f"No index at {home.folder}. Build one with: rapporteur ingest FOLDER")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder} cannot be made ({error.strerror}). Choose another with --home.") from error
    catalog = Catalog(file)
    made_with = _fingerprint(settings)
    remembered = catalog.remembered("made_with")
    if remembered is None or (create and _is_unused(catalog, json.loads(remembered), made_with)):
        catalog.remember("made_with", made_with)
        catalog.remember("collection", f"passages-{uuid.uuid4().hex[:12]}")
    elif remembered != made_with:
        catalog.close()
        raise IndexFault(_mismatch(home, json.loads(remembered), json.loads(made_with)))
    return Index(catalog, open_embedder(settings.embedding_model), settings, folder)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Be the one process that writes to the index in `folder`; raises IndexBusy when another is."""
    from filelock import FileLock, Timeout

    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "writer.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise IndexBusy(
            f"Another process is writing to the index in {folder}. Wait until it is done and try again."
        ) from error
    try:
        yield
    finally:
        lock.release()


def _is_unused(catalog: Catalog, was: dict[str, object], made_with: str) -> bool:
    """Whether nothing was ever indexed with the other settings, so that these may take their place."""
    return was.get("format") == FORMAT and json.dumps(was) != made_with and not catalog.paths()


def _fingerprint(settings: IndexSettings) -> str:
    return json.dumps(
        {
            "format": FORMAT,
            "embedding_model": settings.embedding_model,
            "chunk_tokens": settings.chunk_tokens,
            "talk_tokens": settings.talk_tokens,
            "chroma_address": settings.chroma_address,
        }
    )


def _mismatch(home: Home, was: dict[str, object], now: dict[str, object]) -> str:
    differences = [
        f"{name} {was.get(name)!r} instead of {value!r}" for name, value in now.items() if was.get(name) != value
    ]
    return (
        f"The index at {home.folder} was made with {', '.join(differences)}. "
        "Make it anew with: rapporteur ingest --rebuild FOLDER, or go back to the settings it was made with."
    )
