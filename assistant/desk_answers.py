"""Answers as they were given, with the content of their sources at that time, of use and of evaluation runs.

>>> # desk.answers.put_run(answer, hashes, run="2024-12-17", question_id="fig-001")
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from assistant.answer import Answer
from assistant.answer_json import answer_from_json, answer_to_json
from assistant.desk_file import DeskFile, Row
from corpus.errors import InputError
from index.catalog import Catalog

__all__ = [
    "ANSWER_COLUMNS",
    "Answers",
    "StoredAnswer",
    "content_hashes",
    "new_id",
    "now",
    "put_answer",
    "stored_answer",
]

ANSWER_COLUMNS = "a.id, a.given, a.run, a.question_id, a.body, a.content_hashes"


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """An answer as it was given."""

    id: str
    given: datetime  # UTC
    answer: Answer
    content_hashes: Mapping[str, str] = field(default_factory=dict)  # by document id: SHA-256 of the file then
    run: str = ""  # the evaluation run it is of; "" for use
    question_id: str = ""  # of the gold question, for a run


def content_hashes(answer: Answer, catalog: Catalog) -> dict[str, str]:
    """The content hashes of the documents that an answer cites, as they are in the catalog now."""
    ids = {citation.document_id for citation in (*answer.citations, *answer.nearest)}
    return {one.id: one.content_hash for one in catalog.stored(sorted(ids)).values()}


class Answers:
    """The answers of one open desk."""

    def __init__(self, file: DeskFile) -> None:
        self._file = file

    def get(self, answer_id: str) -> StoredAnswer:
        """One answer, whoever asked. Raises InputError when it is not there."""
        rows = self._file.read(f"SELECT {ANSWER_COLUMNS} FROM answers a WHERE a.id = ?", (answer_id,))
        if not rows:
            raise InputError(f"No answer has the id {answer_id!r}. It may have been deleted with its conversation.")
        return stored_answer(rows[0])

    def put_run(self, answer: Answer, hashes: Mapping[str, str], *, run: str, question_id: str) -> StoredAnswer:
        """Keep an answer of an evaluation run; the one that is kept of this run and question already stays."""
        if not run or not question_id:
            raise ValueError("an answer of a run needs the names of the run and of the question")
        query = f"SELECT {ANSWER_COLUMNS} FROM answers a WHERE a.run = ? AND a.question_id = ?"
        with self._file.writing() as database:
            kept = database.execute(query, (run, question_id)).fetchone()
            return stored_answer(kept) if kept else put_answer(database, answer, hashes, run, question_id)

    def runs(self) -> list[str]:
        """The evaluation runs of which answers are kept, the latest first."""
        query = "SELECT run FROM answers WHERE run != '' GROUP BY run ORDER BY max(given) DESC"
        return [row[0] for row in self._file.read(query)]


def put_answer(
    database: sqlite3.Connection, answer: Answer, hashes: Mapping[str, str], run: str = "", question_id: str = ""
) -> StoredAnswer:
    """Add an answer and what can be judged of it; call inside a transaction."""
    stored = StoredAnswer(new_id(), now(), answer, dict(hashes), run, question_id)
    database.execute(
        "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            stored.id,
            stored.given.isoformat(),
            run,
            question_id,
            answer.question,
            answer.refused,
            answer_to_json(answer),
            json.dumps(stored.content_hashes),
        ),
    )
    judged = [answer.reason] if answer.refused else [statement.text for statement in answer.statements]
    database.executemany(
        "INSERT INTO statements VALUES (?, ?, ?)", [(stored.id, position, text) for position, text in enumerate(judged)]
    )
    return stored


def stored_answer(row: Row) -> StoredAnswer:
    """The answer of a row of ANSWER_COLUMNS."""
    answer_id, given, run, question_id, body, hashes = row
    return StoredAnswer(
        answer_id, datetime.fromisoformat(given), answer_from_json(body), json.loads(hashes), run, question_id
    )


def new_id() -> str:
    """An id that nobody guesses."""
    return secrets.token_urlsafe(16)


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)
