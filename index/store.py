"""An open index: catalog, vectors and embedder that belong together.

It remembers how it was made and refuses to be used otherwise; what a crash left over is swept
when it is opened.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Document
from corpus.errors import IndexFault, InputError
from index.catalog import Catalog
from index.embedding import Embedder, open_embedder
from index.settings import Home, IndexSettings
from index.vectors import ChromaVectors, VectorStore

__all__ = ["FORMAT", "Index", "open_index"]

FORMAT = 2  # raise when readers, chunking or tables change so that old rows are wrong


@dataclass(frozen=True, slots=True)
class Index:
    """The parts of one index."""

    catalog: Catalog
    vectors: VectorStore
    embedder: Embedder
    settings: IndexSettings
    folder: Path

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
        owned = self.catalog.passage_ids()
        present = set(self.vectors.ids())
        left_over = sorted(present - owned)
        self.vectors.delete(left_over)
        lost = {passage_id.split(".")[0] for passage_id in owned - present}
        if lost:
            with self.catalog.transaction():
                for document_id in lost:
                    self.catalog.remove(document_id)
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
    if remembered is None:
        catalog.remember("made_with", made_with)
        catalog.remember("collection", f"passages-{uuid.uuid4().hex[:12]}")
    elif remembered != made_with:
        catalog.close()
        raise IndexFault(_mismatch(home, json.loads(remembered), json.loads(made_with)))
    vectors = ChromaVectors.open(
        folder / "chroma", catalog.remembered("collection") or "passages", settings.chroma_address
    )
    index = Index(catalog, vectors, open_embedder(settings.embedding_model), settings, folder)
    if vectors.count() != catalog.passage_count() or catalog.remembered("writing") == "yes":
        _sweep_unless_writing(index)
    return index


def _sweep_unless_writing(index: Index) -> None:
    """Sweep what a crash left, unless another process is writing at this moment."""
    from filelock import FileLock, Timeout

    try:
        with FileLock(index.folder / "writer.lock", timeout=0):
            index.sweep()
            index.catalog.remember("writing", "no")
    except Timeout:
        return


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
