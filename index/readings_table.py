"""The readings in the catalog: one row each, and a full text of what they measure.

A document's readings are written and dropped with its other rows, in the same transaction.

>>> # catalog.readings.search(["online", "record"], 50)
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.document import Span
from corpus.periods import Period
from index.reading import Reading
from index.terms import fold

__all__ = ["SCHEMA", "FoundReading", "ReadingsTable"]

SCHEMA = """
CREATE TABLE IF NOT EXISTS readings (
    row INTEGER PRIMARY KEY, document_id TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    text TEXT NOT NULL, sentence_start INTEGER NOT NULL, sentence_end INTEGER NOT NULL, value REAL NOT NULL,
    value_to REAL, total REAL, unit TEXT NOT NULL, hedge TEXT NOT NULL, indicator TEXT NOT NULL,
    indicator_known TEXT NOT NULL, period_start TEXT, period_end TEXT, period_text TEXT, period_known TEXT,
    scope TEXT NOT NULL, scope_known TEXT, kind TEXT NOT NULL, baseline_start TEXT, baseline_end TEXT,
    baseline_text TEXT, comparison TEXT NOT NULL, vector BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS readings_by_document ON readings (document_id, start);
CREATE VIRTUAL TABLE IF NOT EXISTS reading_words USING fts5 (
    indicator, sentence, header, tokenize = 'porter unicode61 remove_diacritics 2');
"""
COLUMNS = (
    "document_id, start, end, text, sentence_start, sentence_end, value, value_to, total, unit, hedge, indicator, "
    "indicator_known, period_start, period_end, period_text, period_known, scope, scope_known, kind, "
    "baseline_start, baseline_end, baseline_text, comparison"
)
FOUND = (
    f"SELECT {', '.join('r.' + column for column in COLUMNS.split(', '))}, w.sentence, w.header, r.vector "
    "FROM readings r JOIN reading_words w ON w.rowid = r.row"
)
INDICATOR_WEIGHT, SENTENCE_WEIGHT, HEADER_WEIGHT = 2.0, 1.0, 0.3  # of a match in bm25()


@dataclass(frozen=True, slots=True)
class FoundReading:
    """A reading with the words around it, folded: for matching, not for quoting."""

    reading: Reading
    sentence: str
    header: str  # title, place and scope
    vector: NDArray[np.float32]  # of what it measures, (dim,) unit norm


class ReadingsTable:
    """The readings of one open catalog."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database

    def put(self, readings: Sequence[Reading], vectors: Sequence[NDArray[np.float32]], text: str, header: str) -> None:
        """Add the readings of a document with its `text`; call inside a transaction.

        `vectors` are those of what they measure, (dim,) float32 of unit norm each.
        """
        marks = ", ".join("?" * (len(COLUMNS.split(", ")) + 1))
        for reading, vector in zip(readings, vectors, strict=True):
            values = [*_values(reading), vector.astype(np.float16).tobytes()]
            row = self._db.execute(f"INSERT INTO readings ({COLUMNS}, vector) VALUES ({marks})", values).lastrowid
            self._db.execute(
                "INSERT INTO reading_words (rowid, indicator, sentence, header) VALUES (?, ?, ?, ?)",
                (row, fold(reading.indicator), fold(reading.sentence.of(text)), fold(f"{header} {reading.scope}")),
            )

    def remove(self, document_id: str) -> None:
        """Drop a document's readings; call inside a transaction."""
        rows = self._db.execute("SELECT row FROM readings WHERE document_id = ?", (document_id,)).fetchall()
        self._db.executemany("DELETE FROM reading_words WHERE rowid = ?", rows)
        self._db.execute("DELETE FROM readings WHERE document_id = ?", (document_id,))

    def count(self) -> int:
        """How many readings there are."""
        return int(self._db.execute("SELECT count(*) FROM readings").fetchone()[0])

    def all(self) -> list[Reading]:
        """Every reading, by document and place."""
        return [
            _reading(row) for row in self._db.execute(f"SELECT {COLUMNS} FROM readings ORDER BY document_id, start")
        ]

    def inside(self, document_id: str, span: Span) -> list[FoundReading]:
        """The readings of a document that stand in `span`, by place."""
        query = f"{FOUND} WHERE r.document_id = ? AND r.start >= ? AND r.end <= ? ORDER BY r.start"
        return [_found(row) for row in self._db.execute(query, (document_id, span.start, span.end))]

    def scopes(self) -> list[str]:
        """Every scope that some reading has."""
        return [row[0] for row in self._db.execute("SELECT DISTINCT scope FROM readings WHERE scope != ''")]

    def search(self, words: Iterable[str], count: int, within: str | None = None) -> list[FoundReading]:
        """The `count` best readings by BM25 for any of `words` (folded, not stemmed), best first.

        `within` is a document id to stay inside of.
        """
        quoted = " OR ".join(f'"{word}"' for word in dict.fromkeys(words))
        if not quoted:
            return []
        limit = "AND rowid IN (SELECT row FROM readings WHERE document_id = :within)" if within else ""
        weights = f"{INDICATOR_WEIGHT}, {SENTENCE_WEIGHT}, {HEADER_WEIGHT}"
        rows = self._db.execute(
            f"""{FOUND} JOIN (
                    SELECT rowid, bm25(reading_words, {weights}) AS score FROM reading_words
                    WHERE reading_words MATCH :words {limit} ORDER BY score LIMIT :count) best
                ON r.row = best.rowid ORDER BY best.score, r.row""",
            {"words": quoted, "within": within, "count": count},
        )
        return [_found(row) for row in rows]


def _found(row: Sequence[Any]) -> FoundReading:
    vector = np.frombuffer(row[-1], dtype=np.float16).astype(np.float32)
    return FoundReading(_reading(row[:-3]), row[-3], row[-2], vector)


def _values(reading: Reading) -> list[Any]:
    values: list[Any] = []
    for field in fields(Reading):
        value = getattr(reading, field.name)
        if field.name == "sentence":
            values += [value.start, value.end]
        elif field.name in ("period", "baseline"):
            values += [value.start.isoformat(), value.end.isoformat(), value.text] if value else [None] * 3
        else:
            values.append(value)
    return values


def _reading(row: Sequence[Any]) -> Reading:
    given: Iterator[Any] = iter(row)
    values: dict[str, Any] = {}
    for field in fields(Reading):
        if field.name == "sentence":
            values["sentence"] = Span(next(given), next(given))
        elif field.name in ("period", "baseline"):
            values[field.name] = _period(next(given), next(given), next(given))
        else:
            values[field.name] = next(given)
    return Reading(**values)


def _period(start: str | None, end: str | None, text: str | None) -> Period | None:
    return Period(date.fromisoformat(start), date.fromisoformat(end), text or "") if start and end else None
