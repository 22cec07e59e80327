"""What users say of the answers they got: helpful or not, and why. Who thinks again adds another.

>>> # desk.feedback.add(exchange.answer_id, helpful=False, reason="another year", user="anna")
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assistant.desk_answers import now
from assistant.desk_file import DeskFile, Row
from corpus.errors import InputError

__all__ = ["Feedback", "FeedbackStore"]

COLUMNS = "f.answer_id, f.helpful, f.reason, f.user, f.given"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What one user said of one answer."""

    answer_id: str
    helpful: bool
    reason: str  # "" where none was given
    user: str
    given: datetime  # UTC


class FeedbackStore:
    """The feedback of one open desk."""

    def __init__(self, file: DeskFile) -> None:
        self._file = file

    def add(self, answer_id: str, *, helpful: bool, reason: str = "", user: str) -> Feedback:
        """Keep what a user says. Raises InputError when the answer stands in no conversation of theirs."""
        said = Feedback(answer_id, helpful, reason.strip(), user, now())
        with self._file.writing() as database:
            query = """SELECT 1 FROM exchanges e JOIN conversations c ON c.row = e.conversation
                WHERE e.answer_id = ? AND c.user = ?"""
            if database.execute(query, (answer_id, user)).fetchone() is None:
                raise InputError(
                    f"No answer of yours has the id {answer_id!r}. It may have been deleted; ask the question again."
                )
            database.execute(
                "INSERT INTO feedback (answer_id, helpful, reason, user, given) VALUES (?, ?, ?, ?, ?)",
                (answer_id, helpful, said.reason, user, said.given.isoformat()),
            )
        return said

    def of(self, answer_id: str, *, user: str) -> Feedback | None:
        """What a user last said of an answer."""
        query = f"SELECT {COLUMNS} FROM feedback f WHERE answer_id = ? AND user = ? ORDER BY row DESC LIMIT 1"
        rows = self._file.read(query, (answer_id, user))
        return _feedback(rows[0]) if rows else None

    def latest(self, *, helpful: bool | None = None, count: int = 50, offset: int = 0) -> list[Feedback]:
        """What was last said of each answer, for reviewers, the newest first."""
        rows = self._file.read(
            f"""SELECT {COLUMNS} FROM feedback f
                WHERE row IN (SELECT max(row) FROM feedback GROUP BY answer_id, user)
                AND (:helpful IS NULL OR helpful = :helpful) ORDER BY row DESC LIMIT :count OFFSET :offset""",
            {"helpful": helpful, "count": count, "offset": offset},
        )
        return [_feedback(row) for row in rows]


def _feedback(row: Row) -> Feedback:
    answer_id, helpful, reason, user, given = row
    return Feedback(answer_id, bool(helpful), reason, user, datetime.fromisoformat(given))
