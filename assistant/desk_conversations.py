"""Conversations that are kept: begun, added to, listed, searched, renamed, deleted, each by its own user only.

>>> # kept = desk.conversations.begin(user="anna")
>>> # desk.conversations.add(kept.id, Exchange(question, read_as, answer), content_hashes(answer, catalog), user="anna")
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from assistant.desk_answers import ANSWER_COLUMNS, new_id, now, put_answer, stored_answer
from assistant.desk_file import DeskFile, Row
from assistant.exchange import Exchange
from corpus.errors import InputError
from index.terms import fold

__all__ = ["Conversation", "Conversations", "StoredExchange"]

TITLE = """coalesce(nullif(c.name, ''),
    (SELECT question FROM exchanges e WHERE e.conversation = c.row ORDER BY position LIMIT 1), '')"""
COLUMNS = f"""c.id, {TITLE}, c.created, c.updated, c.user, c.within, c.name != '',
    (SELECT count(*) FROM exchanges e WHERE e.conversation = c.row)"""
TITLE_WEIGHT, QUESTIONS_WEIGHT = 2.0, 1.0  # of a match in bm25()
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Conversation:
    """What is known of a conversation without its answers."""

    id: str
    title: str  # the first question until it is renamed; "" before there is one
    created: datetime  # UTC
    updated: datetime  # when it was last added to or renamed
    user: str  # whose it is; "" where nobody logs in
    within: str = ""  # id of the only document it is about; "" for the whole record
    is_renamed: bool = False
    exchanges: int = 0  # how many questions it has


@dataclass(frozen=True, slots=True)
class StoredExchange:
    """One question of a conversation with its answer as it was given."""

    id: str
    conversation_id: str
    position: int  # in the conversation, from 1
    asked: datetime  # UTC
    exchange: Exchange
    answer_id: str | None = None
    content_hashes: Mapping[str, str] = field(default_factory=dict)  # by document id: SHA-256 of the file then


class Conversations:
    """The conversations of one open desk; what belongs to another user is as if it were not there."""

    def __init__(self, file: DeskFile) -> None:
        self._file = file

    def begin(self, *, user: str, within: str = "") -> Conversation:
        """A new conversation without questions."""
        moment = now()
        begun = Conversation(new_id(), "", moment, moment, user, within)
        with self._file.writing() as database:
            row = database.execute(
                "INSERT INTO conversations (id, user, name, within, created, updated) VALUES (?, ?, '', ?, ?, ?)",
                (begun.id, user, within, moment.isoformat(), moment.isoformat()),
            ).lastrowid
            database.execute("INSERT INTO conversation_words (rowid, title, questions) VALUES (?, '', '')", (row,))
        return begun

    def add(
        self, conversation_id: str, exchange: Exchange, content_hashes: Mapping[str, str], *, user: str
    ) -> StoredExchange:
        """Keep a question and its answer at the end of a conversation."""
        moment = now()
        with self._file.writing() as database:
            row = self._row(database, conversation_id, user)
            last = database.execute("SELECT max(position) FROM exchanges WHERE conversation = ?", (row,)).fetchone()[0]
            answer = put_answer(database, exchange.answer, content_hashes) if exchange.answer else None
            hashes = answer.content_hashes if answer else {}
            stored = StoredExchange(
                new_id(), conversation_id, (last or 0) + 1, moment, exchange, answer.id if answer else None, hashes
            )
            database.execute(
                "INSERT INTO exchanges VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    row,
                    stored.position,
                    stored.id,
                    moment.isoformat(),
                    exchange.question,
                    exchange.standalone_question,
                    stored.answer_id,
                ),
            )
            database.execute("UPDATE conversations SET updated = ? WHERE row = ?", (moment.isoformat(), row))
            _index(database, row)
        return stored

    def get(self, conversation_id: str, *, user: str) -> Conversation:
        """One conversation. Raises InputError when this user has none with the id."""
        found = self._found("WHERE c.id = :id AND c.user = :user", {"id": conversation_id, "user": user})
        if not found:
            raise _unknown(conversation_id)
        return found[0]

    def exchanges(self, conversation_id: str, *, user: str) -> list[StoredExchange]:
        """Its questions and answers, oldest first. Raises as `get` does."""
        self.get(conversation_id, user=user)
        rows = self._file.read(
            f"""SELECT e.id, e.position, e.asked, e.question, e.standalone_question, {ANSWER_COLUMNS}
                FROM exchanges e JOIN conversations c ON c.row = e.conversation
                LEFT JOIN answers a ON a.id = e.answer_id
                WHERE c.id = ? AND c.user = ? ORDER BY e.position""",
            (conversation_id, user),
        )
        return [_exchange(conversation_id, row) for row in rows]

    def listed(self, *, user: str, count: int = 50, offset: int = 0) -> list[Conversation]:
        """This user's conversations, the one last added to first."""
        limits = {"user": user, "count": count, "offset": offset}
        return self._found("WHERE c.user = :user ORDER BY c.updated DESC LIMIT :count OFFSET :offset", limits)

    def questions(self, *, user: str, count: int) -> list[str]:
        """The last `count` questions of this user, oldest first."""
        query = """SELECT e.question FROM exchanges e JOIN conversations c ON c.row = e.conversation
            WHERE c.user = ? ORDER BY e.asked DESC LIMIT ?"""
        return [row[0] for row in reversed(self._file.read(query, (user, count)))]

    def search(self, words: str, *, user: str, count: int = 50) -> list[Conversation]:
        """This user's conversations whose title or questions hold words that begin like all of `words`, best first."""
        wanted = [match.group() for match in _WORD.finditer(fold(words))]
        if not wanted:
            return []
        return self._found(
            f"""JOIN conversation_words w ON w.rowid = c.row WHERE conversation_words MATCH :words AND c.user = :user
                ORDER BY bm25(conversation_words, {TITLE_WEIGHT}, {QUESTIONS_WEIGHT}), c.updated DESC LIMIT :count""",
            {"words": " ".join(f'"{word}"*' for word in wanted), "user": user, "count": count},
        )

    def rename(self, conversation_id: str, title: str, *, user: str) -> Conversation:
        """Give it a title, or with "" its first question again. Raises as `get` does."""
        with self._file.writing() as database:
            row = self._row(database, conversation_id, user)
            database.execute(
                "UPDATE conversations SET name = ?, updated = ? WHERE row = ?",
                (" ".join(title.split()), now().isoformat(), row),
            )
            _index(database, row)
        return self.get(conversation_id, user=user)

    def delete(self, conversation_id: str, *, user: str) -> None:
        """Delete it with its answers; those that reviews or gold candidates rest on stay, without their user."""
        with self._file.writing() as database:
            row = self._row(database, conversation_id, user)
            answers = _answers(database, row, 1)
            database.execute("DELETE FROM conversation_words WHERE rowid = ?", (row,))
            database.execute("DELETE FROM conversations WHERE row = ?", (row,))
            _drop(database, answers)

    def cut(self, conversation_id: str, position: int, *, user: str) -> None:
        """Take out the questions from `position` on, so that another can be asked there; answers as in `delete`."""
        with self._file.writing() as database:
            row = self._row(database, conversation_id, user)
            answers = _answers(database, row, position)
            database.execute("DELETE FROM exchanges WHERE conversation = ? AND position >= ?", (row, position))
            _drop(database, answers)
            _index(database, row)

    def _found(self, where: str, values: Mapping[str, Any]) -> list[Conversation]:
        rows = self._file.read(f"SELECT {COLUMNS} FROM conversations c {where}", values)
        return [
            Conversation(
                conversation_id,
                title,
                datetime.fromisoformat(created),
                datetime.fromisoformat(updated),
                user,
                within,
                bool(is_renamed),
                count,
            )
            for conversation_id, title, created, updated, user, within, is_renamed, count in rows
        ]

    def _row(self, database: sqlite3.Connection, conversation_id: str, user: str) -> int:
        query = "SELECT row FROM conversations WHERE id = ? AND user = ?"
        found = database.execute(query, (conversation_id, user)).fetchone()
        if found is None:
            raise _unknown(conversation_id)
        return int(found[0])


def _answers(database: sqlite3.Connection, row: int, first: int) -> list[str]:
    """The answers of a conversation from a position on."""
    query = "SELECT answer_id FROM exchanges WHERE conversation = ? AND position >= ? AND answer_id IS NOT NULL"
    return [answer_id for (answer_id,) in database.execute(query, (row, first))]


def _drop(database: sqlite3.Connection, answers: list[str]) -> None:
    """Delete those of `answers` that nothing rests on."""
    database.executemany(
        """DELETE FROM answers WHERE id = :id AND NOT EXISTS (SELECT 1 FROM reviews WHERE answer_id = :id)
            AND NOT EXISTS (SELECT 1 FROM gold_candidates WHERE answer_id = :id)""",
        [{"id": answer_id} for answer_id in answers],
    )


def _index(database: sqlite3.Connection, row: int) -> None:
    """Put the conversation's words as they are now into the full text."""
    title, questions = database.execute(
        f"""SELECT {TITLE}, (SELECT group_concat(question, char(10)) FROM exchanges e WHERE e.conversation = c.row)
            FROM conversations c WHERE c.row = ?""",
        (row,),
    ).fetchone()
    database.execute(
        "UPDATE conversation_words SET title = ?, questions = ? WHERE rowid = ?",
        (fold(title), fold(questions or ""), row),
    )


def _exchange(conversation_id: str, row: Row) -> StoredExchange:
    exchange_id, position, asked, question, read_as, *answer_row = row
    stored = stored_answer(tuple(answer_row)) if answer_row[0] is not None else None
    return StoredExchange(
        exchange_id,
        conversation_id,
        position,
        datetime.fromisoformat(asked),
        Exchange(question, read_as, stored.answer if stored else None),
        stored.id if stored else None,
        stored.content_hashes if stored else {},
    )


def _unknown(conversation_id: str) -> InputError:
    return InputError(f"No conversation has the id {conversation_id!r}. See yours with: rapporteur chat --list")
