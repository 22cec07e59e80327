"""What reviewers say of statements: a queue of what can be judged, and every judgement ever given.

Each statement of an answer is judged by itself, and a refusal as one. Reviews are shared between
reviewers and never changed: who thinks again adds another, and the last of each author counts.
Whose conversation a statement is of is not told.

>>> # desk.reviews.add(item.answer_id, item.position, ReviewVerdict.PARTLY, author="ben", cause="moved")
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from assistant.desk_answers import now
from assistant.desk_file import DeskFile, Row
from corpus.errors import InputError

__all__ = ["CorrectedSpan", "Review", "ReviewFilter", "ReviewItem", "ReviewVerdict", "Reviews"]


class ReviewVerdict(StrEnum):
    """Whether the source supports the statement, or the refusal is right."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    NOT_SUPPORTED = "not supported"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True)
class CorrectedSpan:
    """Where the record says it, in a reviewer's eyes: `document.text[start:end] == quote` when it was given."""

    document_id: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Review:
    """One judgement."""

    answer_id: str
    position: int  # of the statement in its answer, from 0; 0 for a refusal
    verdict: ReviewVerdict
    author: str
    given: datetime  # UTC
    cause: str = ""  # a Verdict of assistant/answer.py, or the reviewer's own words
    corrected: CorrectedSpan | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReviewFilter:
    """Which statements a queue holds; what is left as it is lets all through."""

    source: Literal["any", "use", "run"] = "any"  # asked by somebody, or by an evaluation run
    run: str = ""  # one evaluation run
    refused: bool | None = None
    reviewed: bool | None = None  # by the author whose queue it is
    unhelpful: bool = False  # only answers that a user said were not helpful


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One statement, or refusal, that can be judged."""

    answer_id: str
    position: int  # as in Review
    text: str  # the statement, or the reason of the refusal
    question: str
    refused: bool
    run: str  # "" for use
    question_id: str  # of the gold question, for a run
    given: datetime  # UTC: when it was answered
    reviews: int  # by all authors
    verdict: ReviewVerdict | None  # the last one of the author whose queue it is


COLUMNS = """answer_id, position, verdict, author, given, cause, note,
    corrected_document_id, corrected_start, corrected_end, corrected_quote"""
OWN = """(SELECT verdict FROM reviews r WHERE r.answer_id = s.answer_id AND r.position = s.position
    AND r.author = :author ORDER BY r.row DESC LIMIT 1)"""
SELECTED = f"""SELECT s.answer_id, s.position, s.text, a.question, a.refused, a.run, a.question_id, a.given,
    (SELECT count(*) FROM reviews r WHERE r.answer_id = s.answer_id AND r.position = s.position), {OWN}"""
ITEMS = """FROM statements s JOIN answers a ON a.id = s.answer_id
    WHERE (:source = 'any' OR (a.run = '') = (:source = 'use'))
    AND (:run = '' OR a.run = :run) AND (:refused IS NULL OR a.refused = :refused)
    AND (NOT :unhelpful OR EXISTS (SELECT 1 FROM feedback f WHERE f.answer_id = a.id AND NOT f.helpful))
    AND (:reviewed IS NULL OR :reviewed = EXISTS (SELECT 1 FROM reviews r
        WHERE r.answer_id = s.answer_id AND r.position = s.position AND r.author = :author))"""


class Reviews:
    """The reviews of one open desk."""

    def __init__(self, file: DeskFile) -> None:
        self._file = file

    def queue(
        self, wanted: ReviewFilter | None = None, *, author: str, count: int = 50, offset: int = 0
    ) -> list[ReviewItem]:
        """What can be judged, the latest answer first, its statements in order."""
        rows = self._file.read(
            f"{SELECTED} {ITEMS} ORDER BY a.given DESC, a.id, s.position LIMIT :count OFFSET :offset",
            {**_values(wanted, author), "count": count, "offset": offset},
        )
        return [_item(row) for row in rows]

    def queue_length(self, wanted: ReviewFilter | None = None, *, author: str) -> int:
        """How many statements and refusals `queue` holds without a limit."""
        return int(self._file.read(f"SELECT count(*) {ITEMS}", _values(wanted, author))[0][0])

    def item(self, answer_id: str, position: int, *, author: str) -> ReviewItem:
        """One statement or refusal, whether a queue holds it or not. Raises InputError when there is none."""
        rows = self._file.read(
            f"{SELECTED} {ITEMS} AND s.answer_id = :answer_id AND s.position = :position",
            {**_values(None, author), "answer_id": answer_id, "position": position},
        )
        if not rows:
            raise _unknown(answer_id, position)
        return _item(rows[0])

    def beside(
        self, item: ReviewItem, wanted: ReviewFilter | None = None, *, author: str, before: bool = False
    ) -> ReviewItem | None:
        """What follows `item` in the queue, or comes before it; it need not be in the queue itself."""
        later, earlier = ("<", ">") if before else (">", "<")
        order = "a.given ASC, a.id DESC, s.position DESC" if before else "a.given DESC, a.id ASC, s.position ASC"
        rows = self._file.read(
            f"""{SELECTED} {ITEMS} AND (a.given {earlier} :given OR (a.given = :given AND (a.id {later} :answer_id
                OR (a.id = :answer_id AND s.position {later} :position)))) ORDER BY {order} LIMIT 1""",
            {
                **_values(wanted, author),
                "given": item.given.isoformat(),
                "answer_id": item.answer_id,
                "position": item.position,
            },
        )
        return _item(rows[0]) if rows else None

    def add(
        self,
        answer_id: str,
        position: int,
        verdict: ReviewVerdict,
        *,
        author: str,
        cause: str = "",
        corrected: CorrectedSpan | None = None,
        note: str = "",
    ) -> Review:
        """Add a judgement. Raises InputError when there is no such statement."""
        review = Review(answer_id, position, ReviewVerdict(verdict), author, now(), cause, corrected, note)
        span = (corrected.document_id, corrected.start, corrected.end, corrected.quote) if corrected else (None,) * 4
        values = (answer_id, position, review.verdict.value, author, review.given.isoformat(), cause, note, *span)
        try:
            with self._file.writing() as database:
                database.execute(
                    f"INSERT INTO reviews ({COLUMNS}) VALUES ({', '.join('?' * len(values))})",
                    values,
                )
        except sqlite3.IntegrityError as error:
            raise _unknown(answer_id, position) from error
        return review

    def history(self, answer_id: str, position: int) -> list[Review]:
        """Every judgement of a statement, oldest first."""
        query = f"SELECT {COLUMNS} FROM reviews WHERE answer_id = ? AND position = ? ORDER BY row"
        return [_review(row) for row in self._file.read(query, (answer_id, position))]

    def latest(self, *, run: str | None = None) -> list[Review]:
        """The last judgement of each author on each statement, oldest first; of one run, or of use with ""."""
        rows = self._file.read(
            f"""SELECT {COLUMNS} FROM reviews WHERE row IN (
                    SELECT max(r.row) FROM reviews r JOIN answers a ON a.id = r.answer_id
                    WHERE :run IS NULL OR a.run = :run GROUP BY r.answer_id, r.position, r.author) ORDER BY row""",
            {"run": run},
        )
        return [_review(row) for row in rows]


def _values(wanted: ReviewFilter | None, author: str) -> dict[str, Any]:
    wanted = wanted or ReviewFilter()
    return {
        "source": wanted.source,
        "run": wanted.run,
        "refused": wanted.refused,
        "reviewed": wanted.reviewed,
        "unhelpful": wanted.unhelpful,
        "author": author,
    }


def _item(row: Row) -> ReviewItem:
    answer_id, position, text, question, refused, run, question_id, given, reviews, verdict = row
    return ReviewItem(
        answer_id,
        position,
        text,
        question,
        bool(refused),
        run,
        question_id,
        datetime.fromisoformat(given),
        reviews,
        ReviewVerdict(verdict) if verdict else None,
    )


def _review(row: Row) -> Review:
    answer_id, position, verdict, author, given, cause, note, document_id, start, end, quote = row
    corrected = CorrectedSpan(document_id, start, end, quote) if document_id is not None else None
    moment = datetime.fromisoformat(given)
    return Review(answer_id, position, ReviewVerdict(verdict), author, moment, cause, corrected, note)


def _unknown(answer_id: str, position: int) -> InputError:
    return InputError(
        f"Answer {answer_id!r} has no statement {position + 1}; its conversation may have been deleted. "
        "Take the next one of the queue."
    )
