"""Makes an index anew beside the old one, and puts it in its place when it is whole.

Until then nothing of the old index is touched: an interrupted rebuild loses nothing.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from corpus.errors import RapporteurError
from index.catalog import Catalog
from index.ingest import IngestReport, Progress, ingest
from index.settings import Home, IndexSettings
from index.store import CATALOG, open_index, writing
from index.vectors import ChromaVectors

__all__ = ["rebuild"]


def rebuild(
    paths: Sequence[Path], home: Home, settings: IndexSettings, progress: Progress | None = None
) -> IngestReport:
    """Make the index anew with `settings`, from `paths` and the files it was made from.

    Known files that are gone are reported as removed. Raises InputError when another process is
    writing, and whatever prevents the new index; the old one then stays as it is.
    """
    beside = Home(home.folder / ".rebuild")
    with writing(home.index_folder):
        shutil.rmtree(beside.folder, ignore_errors=True)
        known = _known_files(home)
        index = open_index(beside, settings, create=True)
        try:
            report = ingest([*paths, *(path for path in known if path.exists())], index, progress=progress)
        finally:
            index.close()
        report.removed += [path.name for path in known if not path.exists()]
        _drop_collection(home)
        home.index_folder.rename(beside.folder / "old")
        beside.index_folder.rename(home.index_folder)
        ChromaVectors.forget_clients()
    shutil.rmtree(beside.folder)
    return report


def _known_files(home: Home) -> list[Path]:
    """The files the old index was made from; none when it cannot be read."""
    if not (home.index_folder / CATALOG).exists():
        return []
    with suppress(RapporteurError):
        catalog = Catalog(home.index_folder / CATALOG)
        files = [Path(path) for path in catalog.paths()]
        catalog.close()
        return files
    return []


def _drop_collection(home: Home) -> None:
    """Delete the old vectors where they lie on a server; a local folder is deleted as a whole."""
    with suppress(RapporteurError):  # damaged, or the server is gone, and they with it
        catalog = Catalog(home.index_folder / CATALOG)
        name, address = catalog.remembered("collection"), catalog.made_with().get("chroma_address")
        catalog.close()
        if name and address:
            ChromaVectors.open(home.index_folder / "chroma", name, str(address)).drop()
