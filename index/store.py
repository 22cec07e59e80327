"""An open index: catalog, vectors and embedder that belong together.

It remembers how it was made and refuses to be used otherwise; what a crash left over is swept
when it is opened.
"""

from __future__ import annotations

import functools
import json
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from corpus.document import Document
from corpus.errors import IndexFault, InputError, RapporteurError
from index.catalog import Catalog
from index.embedding import Embedder, open_embedder
from index.settings import Home, IndexSettings
from index.vectors import ChromaVectors, VectorStore

__all__ = ["FORMAT", "Index", "discard_index", "open_index", "writing"]

FORMAT = 2  # raise when readers, chunking or tables change so that old rows are wrong


class Index:
    """The parts of one index; the vectors are opened, and swept if need be, when first used."""

    def __init__(self, catalog: Catalog, embedder: Embedder, settings: IndexSettings, folder: Path) -> None:
        self.catalog = catalog
        self.embedder = embedder
        self.settings = settings
        self.folder = folder

    @functools.cached_property
    def vectors(self) -> VectorStore:
        """The vectors that belong to the catalog. Raises as ChromaVectors.open does."""
        vectors = _open_vectors(self.folder, self.catalog, self.settings.chroma_address)
        if vectors.count() != self.catalog.passage_count() or self.catalog.remembered("writing") == "yes":
            self.__dict__["vectors"] = vectors  # sweep() needs them
            _sweep_unless_writing(self)
        return vectors

    def document_named(self, name: str) -> Document:
        """The document with this file name, path or id.

        Raises InputError when there is none or more than one.
        """
        ids = self.catalog.document_ids_named(name)
        document = self.catalog.document(ids[0]) if len(ids) == 1 else None
        if document:
            return document
        if ids:
            raise InputError(
                f"{len(ids)} documents are named {name!r}. Give the path or id that rapporteur sources shows."
            )
        raise InputError(f"No document is named {name!r}. See the names with: rapporteur sources")

    def sweep(self) -> int:
        """Delete vectors that no passage owns, as a crash leaves them; returns how many.

        A passage without its vector makes its document be read again at the next ingest.
        """
        present = set(self.vectors.ids())
        lost = {passage_id.split(".")[0] for passage_id in self.catalog.passage_ids() - present}
        if lost:
            with self.catalog.transaction():
                for document_id in lost:
                    self.catalog.remove(document_id)
        left_over = sorted(present - self.catalog.passage_ids())
        self.vectors.delete(left_over)
        return len(left_over)


def open_index(home: Home, settings: IndexSettings, *, create: bool = False) -> Index:
    """Open the index in `home`, or make an empty one when `create`.

    Raises IndexFault when there is none, or when it was made with other settings.
    """
    folder = home.index_folder
    file = folder / "catalog.sqlite"
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


def discard_index(home: Home, settings: IndexSettings) -> list[Path]:
    """Delete the index in `home`, whatever it was made with; returns the files it was made from.

    Raises InputError when another process is writing to it.
    """
    folder = home.index_folder
    if not (folder / "catalog.sqlite").exists():
        return []
    with writing(folder):
        try:
            catalog = Catalog(folder / "catalog.sqlite")
            files = [Path(path) for path in catalog.paths()]
            made_with = json.loads(catalog.remembered("made_with") or "{}")
        except (RapporteurError, sqlite3.DatabaseError):  # damaged: nothing of it can be told or kept
            shutil.rmtree(folder)
            return []
        try:
            _open_vectors(folder, catalog, made_with.get("chroma_address", settings.chroma_address)).drop()
        except InputError:  # their server is gone, and they with it
            pass
        except IndexFault:  # damaged
            shutil.rmtree(folder / "chroma")
        catalog.close()
        for file in folder.glob("catalog.sqlite*"):
            file.unlink()
    return files


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Be the one process that writes to the index in `folder`; raises InputError when another is."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder / "writer.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise InputError(
            f"Another process is writing to the index in {folder}. Wait until it is done and try again."
        ) from error
    try:
        yield
    finally:
        lock.release()


def _open_vectors(folder: Path, catalog: Catalog, address: str) -> ChromaVectors:
    return ChromaVectors.open(folder / "chroma", catalog.remembered("collection") or "passages", address)


def _sweep_unless_writing(index: Index) -> None:
    """Sweep what a crash left, unless another process is writing at this moment."""
    with suppress(InputError), writing(index.folder):
        index.sweep()
        index.catalog.remember("writing", "no")


def _is_unused(catalog: Catalog, was: dict[str, object], made_with: str) -> bool:
    """Whether nothing was ever indexed with the other settings, so that these may take their place."""
    return was.get("format") == FORMAT and json.dumps(was) != made_with and not catalog.paths()


def _fingerprint(settings: IndexSettings) -> str:
    return json.dumps(
        {
            "format": FORMAT,
            "embedding_model": settings.embedding_model,
            "chunk_tokens": settings.chunk_tokens,
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
