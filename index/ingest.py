"""Reads files and folders into the index, only what changed, and survives being killed.

The order makes it safe: new vectors are written first, then the document's rows in one
transaction, then the old vectors are deleted. Whatever a kill leaves over is a vector without
a row, which the next opening sweeps.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document, Span, content_hash, document_id
from corpus.errors import UnreadableFile
from corpus.reading import SUFFIXES, read_bytes, read_document
from index.chunking import cut_passages
from index.embedding import PassageText, PassageVectors
from index.figures import find_readings
from index.indicator_place import place_of
from index.passage import Passage
from index.reading import Reading
from index.store import Index, writing

__all__ = ["Failure", "IngestReport", "Progress", "find_files", "ingest"]

GROUP_PASSAGES = 512  # embedded together: enough to make batches of like length
Progress = Callable[[str, int, int], None]  # what is done now, files done, files in all


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and what to do about it."""

    path: str
    reason: str


@dataclass(slots=True)
class IngestReport:
    """What an ingestion did, file by file."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)  # files of other kinds found in a folder
    passages: int = 0


@dataclass(frozen=True, slots=True)
class _Prepared:
    document: Document
    path: Path
    content_hash: str
    passages: list[Passage]
    readings: list[Reading]


def find_files(paths: Sequence[Path], report: IngestReport) -> list[Path]:
    """All readable files in `paths` and below, sorted, hidden ones left out.

    A file named outright is taken whatever its kind; what does not exist, and folders that may
    not be listed, become failures of the report.
    """
    found: list[Path] = []
    for path in map(_absolute, paths):
        if _is_folder(path):
            found += _files_below(path, report, set())
        elif _is_missing(path):
            report.failed.append(Failure(str(path), "No such file or folder. Check the spelling."))
        else:  # what else may be wrong with it, reading it will tell
            found.append(path)
    return list(dict.fromkeys(found))


def _absolute(path: Path) -> Path:
    """The path from the root without "..": the same file is the same document from wherever it is named."""
    return Path(os.path.abspath(path))  # noqa: PTH100  # resolve() would also follow links


def _is_folder(path: Path) -> bool:
    """Whether there is a folder; False where that may not be looked at."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _is_missing(path: Path) -> bool:
    """Whether there is no such file; False where that may not be looked at."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _files_below(folder: Path, report: IngestReport, seen: set[Path]) -> Iterator[Path]:
    if folder.resolve() in seen:  # links may lead in circles
        return
    seen.add(folder.resolve())
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        reason = f"The folder cannot be listed ({error.strerror}). Give yourself the right to read it."
        report.failed.append(Failure(str(folder), reason))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if _is_folder(entry):
            yield from _files_below(entry, report, seen)
        elif entry.suffix.lower() in SUFFIXES:
            yield entry
        else:
            report.skipped.append(str(entry))


def ingest(
    paths: Sequence[Path], index: Index, *, prune: bool = False, progress: Progress | None = None
) -> IngestReport:
    """Bring the index up to date with the files in `paths`.

    With `prune`, documents below `paths` whose file is gone are dropped. Files that cannot be
    read are reported and the rest goes on. Raises IndexBusy when another process is writing.
    """
    with writing(index.folder):
        index.catalog.remember("writing", "yes")
        for incomplete in index.sweep():
            index.catalog.forget_content(incomplete)
        report = _ingest(paths, index, prune, progress or (lambda *_: None))
        index.catalog.remember("writing", "no")
        return report


def _ingest(paths: Sequence[Path], index: Index, prune: bool, progress: Progress) -> IngestReport:
    report = IngestReport()
    stored = {document.id: document for document in index.catalog.documents()}
    files = find_files(paths, report)
    if prune:
        _prune(paths, index, report)
    waiting: list[_Prepared] = []
    for done, path in enumerate(files):
        shown = str(path).encode("utf-8", "replace").decode()
        progress(f"reading {Path(shown).name}", done, len(files))
        if shown != str(path):
            report.failed.append(Failure(shown, "The file's name, or its folder's, is not UTF-8. Rename it."))
            continue
        try:
            content_bytes = read_bytes(path)
            content = content_hash(content_bytes)
            before = stored.get(document_id(path))
            if before and before.content_hash == content:
                report.unchanged.append(path.name)
                continue
            read = read_document(path, content_bytes)
        except UnreadableFile as error:
            report.failed.append(Failure(str(path), f"{error.reason}. {error.advice}"))
            continue
        except OSError as error:
            reason = f"The file cannot be opened ({error.strerror}). Give yourself the right to read it."
            report.failed.append(Failure(str(path), reason))
            continue
        tokens = index.settings.passage_tokens(read.document.kind)
        passages = cut_passages(read.document, content_hash=content, chunk_tokens=tokens)
        if not passages:
            reason = "Nothing is left when menus and captions are taken away. Give a file that holds the report itself."
            report.failed.append(Failure(str(path), reason))
            continue
        report.warnings += read.warnings
        (report.changed if before else report.added).append(path.name)
        readings = find_readings(read.document, [span for passage in passages for span in passage.sentences])
        waiting.append(_Prepared(read.document, path, content, passages, readings))
        if sum(len(prepared.passages) for prepared in waiting) >= GROUP_PASSAGES:
            report.passages += _write(waiting, index, partial(progress, "embedding", done, len(files)))
            waiting = []
    report.passages += _write(waiting, index, partial(progress, "embedding", len(files), len(files)))
    progress("done", len(files), len(files))
    return report


def _prune(paths: Sequence[Path], index: Index, report: IngestReport) -> None:
    """Drop documents that lie in `paths` and whose files are gone."""
    # Below a folder that is not there itself, an unplugged disk say, nothing is known to be gone.
    roots = [root for root in map(_absolute, paths) if not _is_missing(root) or not _is_missing(root.parent)]
    for stored in index.catalog.documents():
        path = Path(stored.path)
        if _is_missing(path) and any(root == path or root in path.parents for root in roots):
            vectors = [passage.id for passage in index.catalog.passages_of(stored.id)]
            with index.catalog.transaction():
                index.catalog.remove(stored.id)
            index.vectors.delete(vectors)
            report.removed.append(stored.name)
            report.failed = [failure for failure in report.failed if Path(failure.path) != path]


def _write(prepared: Sequence[_Prepared], index: Index, working: Callable[[], None]) -> int:
    """Embed and store some documents; returns how many passages they have."""
    passages = [passage for document in prepared for passage in document.passages]
    if not passages:
        return 0
    working()
    parts = [part for document in prepared for part in _parts(document)]
    texts = [_text_of(passage, own) for passage, own in zip(passages, parts, strict=True)]
    vectors = index.embedder.embed_passages(texts, lambda _: working())
    index.vectors.add(
        [passage.id for passage in passages],
        np.stack([vector.passage for vector in vectors]),
        [passage.document_id for passage in passages],
    )
    position = 0
    for document in prepared:
        own = vectors[position : position + len(document.passages)]
        position += len(document.passages)
        replaced = [passage.id for passage in index.catalog.passages_of(document.document.id)]
        with index.catalog.transaction():
            index.catalog.put(
                document.document,
                path=str(document.path),
                content_hash=document.content_hash,
                passages=document.passages,
                sentence_vectors=[vector.sentences for vector in own],
                readings=document.readings,
                reading_vectors=_meanings(document, own),
            )
        current = {passage.id for passage in document.passages}
        index.vectors.delete([passage_id for passage_id in replaced if passage_id not in current])
    return len(passages)


def _parts(prepared: _Prepared) -> list[dict[Span, None]]:
    """For each passage the runs of words in it that say what readings measure, each once."""
    parts: list[dict[Span, None]] = [{} for _ in prepared.passages]
    starts = [passage.start for passage in prepared.passages]
    for reading in prepared.readings:
        span = place_of(reading.indicator, prepared.document.text, reading.sentence)
        position = bisect_right(starts, span.start) - 1
        if position >= 0 and span.end <= prepared.passages[position].end:
            parts[position][span] = None
    return parts


def _meanings(prepared: _Prepared, vectors: Sequence[PassageVectors]) -> list[NDArray[np.float32]]:
    """For each reading the vector of what it measures; that of its passage where the words span two."""
    known = {
        span: vector
        for own, told in zip(_parts(prepared), vectors, strict=True)
        for span, vector in zip(own, told.parts, strict=True)
    }
    starts = [passage.start for passage in prepared.passages]
    return [
        known.get(
            place_of(reading.indicator, prepared.document.text, reading.sentence),
            vectors[max(0, bisect_right(starts, reading.start) - 1)].passage,
        )
        for reading in prepared.readings
    ]


def _text_of(passage: Passage, parts: Iterable[Span]) -> PassageText:
    def moved(spans: Iterable[Span]) -> tuple[Span, ...]:
        return tuple(Span(span.start - passage.start, span.end - passage.start) for span in spans)

    return PassageText(passage.header, passage.text, moved(passage.sentences), moved(parts))
