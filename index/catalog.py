"""The catalog: documents, passages and full text in one SQLite file, the truth of the index.

A document's rows change in one transaction. Full text is FTS5 with BM25 (Robertson and Zaragoza
2009), porter stemming and folded diacritics. Knows nothing of embeddings except that each
sentence's vector is kept beside its passage.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document, Span, Utterance
from corpus.errors import IndexFault
from index.passage import Passage
from index.reading import Reading
from index.readings_table import SCHEMA as READINGS_SCHEMA
from index.readings_table import ReadingsTable
from index.reference_year import reference_year
from index.terms import fold

Row = tuple[Any, ...]

__all__ = ["Catalog", "LexicalHit", "StoredDocument"]

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY, path TEXT NOT NULL, content_hash TEXT NOT NULL, name TEXT NOT NULL,
    title TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, source TEXT NOT NULL,
    publisher TEXT NOT NULL, held_on TEXT, published_on TEXT, place TEXT NOT NULL,
    series TEXT NOT NULL, language TEXT NOT NULL, utterances TEXT NOT NULL, year INTEGER);
CREATE INDEX IF NOT EXISTS documents_by_name ON documents (name);
CREATE TABLE IF NOT EXISTS passages (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, document_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL,
    header TEXT NOT NULL, sentences TEXT NOT NULL, tokens INTEGER NOT NULL, vectors BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS passages_by_document ON passages (document_id, ordinal);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
    header, body, tokenize = 'porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE IF NOT EXISTS vocabulary USING fts5vocab (words, 'row');
"""
DOCUMENT_COLUMNS = (
    "id, name, title, kind, text, source, publisher, held_on, published_on, place, series, language, utterances"
)
STORED = """
    SELECT d.id, d.path, d.content_hash, d.name, d.title, d.kind, d.held_on, d.published_on, d.place, d.source, d.year,
           (SELECT count(*) FROM passages p WHERE p.document_id = d.id), length(d.text), d.language,
           (SELECT count(*) FROM readings r WHERE r.document_id = d.id)
    FROM documents d"""
PASSAGE_COLUMNS = "id, document_id, ordinal, start, end, text, header, sentences, tokens"
HEADER_WEIGHT, BODY_WEIGHT = 0.5, 1.0  # of a match in bm25(); a title is shared by all its passages
PARAMETERS = 500  # values in one IN (…): well below SQLite's limit


STORED_COLUMNS = """
    id path content_hash name title kind held_on published_on place source year passages characters language figures
""".split()


@dataclass(frozen=True, slots=True)
class LexicalHit:
    """A passage that shares words with the question."""

    passage_id: str
    score: float  # BM25, higher is better


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """What ingestion and `sources` need to know of a document, without its text."""

    id: str
    path: str
    content_hash: str
    name: str
    title: str
    kind: str
    held_on: date | None
    published_on: date | None
    place: str
    source: str
    year: int | None  # the year it speaks from; see index/reference_year.py
    passages: int
    characters: int
    language: str = ""  # ISO 639-1
    figures: int = 0


class Catalog:
    """One open catalog; reading is safe beside a writer (write-ahead log)."""

    def __init__(self, file: Path) -> None:
        try:
            self._db = sqlite3.connect(file, timeout=30, check_same_thread=False, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.executescript(SCHEMA + READINGS_SCHEMA)
        except sqlite3.OperationalError as error:  # not damaged: no right, no room, locked
            raise IndexFault(
                f"The catalog {file} cannot be opened ({error}). "
                "See that the folder can be written to and has room; if that does not help, make the index anew "
                "with: rapporteur ingest --rebuild FOLDER"
            ) from error
        except sqlite3.DatabaseError as error:
            raise IndexFault(
                f"The catalog {file} cannot be opened ({error}). Make it anew with: rapporteur ingest --rebuild FOLDER"
            ) from error
        self.readings = ReadingsTable(self._db)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside happen together or not at all."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    # What the index remembers of itself

    def remembered(self, name: str) -> str | None:
        """A value kept with `remember`, or None."""
        row = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def remember(self, name: str, value: str) -> None:
        """Keep a value about the index itself."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def made_with(self) -> dict[str, object]:
        """The settings the index was made with; empty for a new one."""
        settings: dict[str, object] = json.loads(self.remembered("made_with") or "{}")
        return settings

    def version(self) -> int:
        """A number that changes when another process has written to the catalog."""
        return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    # Documents

    def put(
        self,
        document: Document,
        *,
        path: str,
        content_hash: str,
        passages: Sequence[Passage],
        sentence_vectors: Sequence[NDArray[np.float32]],
        readings: Sequence[Reading] = (),
        reading_vectors: Sequence[NDArray[np.float32]] = (),
    ) -> None:
        """Replace everything that is kept of `document`; call inside a transaction."""
        self.remove(document.id)
        self._db.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document.id,
                path,
                content_hash,
                document.name,
                document.title,
                document.kind,
                document.text,
                document.source,
                document.publisher,
                document.held_on.isoformat() if document.held_on else None,
                document.published_on.isoformat() if document.published_on else None,
                document.place,
                document.series,
                document.language,
                json.dumps([[u.speaker, u.start, u.end, u.start_s, u.end_s] for u in document.utterances]),
                reference_year(document),
            ),
        )
        for passage, vectors in zip(passages, sentence_vectors, strict=True):
            row = self._db.execute(
                "INSERT INTO passages VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    passage.id,
                    passage.document_id,
                    passage.ordinal,
                    passage.start,
                    passage.end,
                    passage.text,
                    passage.header,
                    json.dumps([[span.start, span.end] for span in passage.sentences]),
                    passage.tokens,
                    vectors.astype(np.float16).tobytes(),
                ),
            ).lastrowid
            self._db.execute(
                "INSERT INTO words (rowid, header, body) VALUES (?, ?, ?)",
                (row, fold(passage.header), fold(passage.text)),
            )
        self.readings.put(readings, reading_vectors, document.text, f"{document.title} {document.place}")

    def forget_content(self, document_id: str) -> None:
        """Make the document count as changed, so that the next ingest reads its file again."""
        self._db.execute("UPDATE documents SET content_hash = '' WHERE id = ?", (document_id,))

    def remove(self, document_id: str) -> None:
        """Drop a document's rows; call inside a transaction."""
        rows = self._db.execute("SELECT row FROM passages WHERE document_id = ?", (document_id,)).fetchall()
        self._db.executemany("DELETE FROM words WHERE rowid = ?", rows)
        self._db.execute("DELETE FROM passages WHERE document_id = ?", (document_id,))
        self.readings.remove(document_id)
        self._db.execute("DELETE FROM documents WHERE id = ?", (document_id,))

    def documents(self) -> list[StoredDocument]:
        """All documents by name."""
        return [_stored(row) for row in self._db.execute(f"{STORED} ORDER BY d.name, d.path")]

    def paths(self) -> list[str]:
        """The files the documents were read from; holds for catalogs of older formats too."""
        return [row[0] for row in self._db.execute("SELECT path FROM documents ORDER BY path")]

    def stored(self, ids: Iterable[str]) -> dict[str, StoredDocument]:
        """The documents among `ids` that exist, by id, without their texts."""
        return {row[0]: _stored(row) for row in self._in(f"{STORED} WHERE d.id IN", list(ids))}

    def document(self, document_id: str) -> Document | None:
        """One document with its text, or None."""
        query = f"SELECT {DOCUMENT_COLUMNS} FROM documents WHERE id = ?"
        row = self._db.execute(query, (document_id,)).fetchone()
        if row is None:
            return None
        fields = dict(zip(DOCUMENT_COLUMNS.split(", "), row, strict=True))
        fields["held_on"], fields["published_on"] = _day(fields["held_on"]), _day(fields["published_on"])
        fields["utterances"] = tuple(Utterance(*turn) for turn in json.loads(fields["utterances"]))
        return Document(**fields)

    def document_ids_named(self, name: str) -> list[str]:
        """Ids of the documents whose file name, path or id is `name`."""
        rows = self._db.execute("SELECT id FROM documents WHERE ? IN (name, path, id) ORDER BY path", (name,))
        return [row[0] for row in rows]

    # Passages

    def passages(self, ids: Sequence[str]) -> dict[str, Passage]:
        """The passages among `ids` that exist, by id."""
        return {row[0]: _passage(row) for row in self._in(f"SELECT {PASSAGE_COLUMNS} FROM passages WHERE id IN", ids)}

    def passages_of(self, document_id: str) -> list[Passage]:
        """A document's passages in order."""
        query = f"SELECT {PASSAGE_COLUMNS} FROM passages WHERE document_id = ? ORDER BY ordinal"
        return [_passage(row) for row in self._db.execute(query, (document_id,))]

    def passage_ids(self) -> set[str]:
        """All passage ids."""
        return {row[0] for row in self._db.execute("SELECT id FROM passages")}

    def passage_count(self) -> int:
        """How many passages there are."""
        return int(self._db.execute("SELECT count(*) FROM passages").fetchone()[0])

    def sentence_vectors(self, ids: Sequence[str], dim: int) -> dict[str, NDArray[np.float32]]:
        """Vectors of each passage's sentences, (n_sentences, dim) float32 of unit norm, by passage id."""
        rows = self._in("SELECT id, vectors FROM passages WHERE id IN", ids)
        return {
            passage_id: np.frombuffer(blob, dtype=np.float16).reshape(-1, dim).astype(np.float32)
            for passage_id, blob in rows
        }

    # Full text

    def search(self, words: Iterable[str], count: int, within: str | None = None) -> list[LexicalHit]:
        """The `count` best passages by BM25 for any of `words` (folded, not stemmed), best first."""
        quoted = " OR ".join(f'"{word}"' for word in dict.fromkeys(words))
        if not quoted:
            return []
        # The full-text table ranks by itself; joining before the limit would look up every match.
        limit = "AND words.rowid IN (SELECT row FROM passages WHERE document_id = :within)" if within else ""
        rows = self._db.execute(
            f"""SELECT p.id, best.score FROM (
                    SELECT rowid, bm25(words, {HEADER_WEIGHT}, {BODY_WEIGHT}) AS score FROM words
                    WHERE words MATCH :words {limit} ORDER BY score LIMIT :count) best
                JOIN passages p ON p.row = best.rowid ORDER BY best.score""",
            {"words": quoted, "within": within, "count": count},
        )
        return [LexicalHit(passage_id, -score) for passage_id, score in rows]

    def document_frequencies(self, stems: Iterable[str]) -> dict[str, int]:
        """In how many passages each stem occurs; those that occur in none are left out."""
        return dict(self._in("SELECT term, doc FROM vocabulary WHERE term IN", list(dict.fromkeys(stems))))

    def _in(self, query: str, values: Sequence[str]) -> Iterator[Row]:
        for start in range(0, len(values), PARAMETERS):
            page = list(values[start : start + PARAMETERS])
            yield from self._db.execute(f"{query} ({','.join('?' * len(page))})", page)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _stored(row: Row) -> StoredDocument:
    fields = dict(zip(STORED_COLUMNS, row, strict=True))
    fields["held_on"], fields["published_on"] = _day(fields["held_on"]), _day(fields["published_on"])
    return StoredDocument(**fields)


def _passage(row: Row) -> Passage:
    passage_id, document_id, ordinal, start, end, text, header, sentences, tokens = row
    spans = tuple(Span(*pair) for pair in json.loads(sentences))
    return Passage(passage_id, document_id, ordinal, start, end, text, header, spans, tokens)
