"""Questions that reviewers propose as gold, until they are taken into a suite or turned down.

Here they are kept with what a gold line needs; writing the line is the business of evals/. Proposals
and decisions are added to and never changed.

>>> # desk.gold.propose(GoldProposal(question, answers=("45%",), evidence=(quote,)), author="ben")
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from assistant.desk_answers import new_id, now
from assistant.desk_file import DeskFile, Row
from corpus.errors import InputError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

__all__ = ["GoldCandidate", "GoldCandidates", "GoldProposal", "GoldQuote", "GoldState"]

COLUMNS = """g.id, g.answer_id, g.author, g.proposed, g.body,
    coalesce((SELECT state FROM gold_decisions d WHERE d.candidate_id = g.id ORDER BY row DESC LIMIT 1), 'proposed')"""


class GoldState(StrEnum):
    """What became of a candidate."""

    PROPOSED = "proposed"
    TAKEN = "taken"  # it stands in a suite
    TURNED_DOWN = "turned down"


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """A quote that supports the right answer."""

    document: str  # file name, as gold lines name it
    document_id: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class GoldProposal:
    """What is asked and what counts as right."""

    question: str
    history: tuple[str, ...] = ()  # earlier questions of the conversation, oldest first
    answers: tuple[str, ...] = ()  # accepted short answers, the preferred one first
    evidence: tuple[GoldQuote, ...] = ()
    refusal: str = ""  # why the record does not hold the answer; "" when it does
    kind: str = ""  # of question, as gold lines have it
    note: str = ""


@dataclass(frozen=True, slots=True)
class GoldCandidate:
    """A proposal that is kept."""

    id: str
    proposal: GoldProposal
    author: str
    proposed: datetime  # UTC
    answer_id: str | None = None  # the answer it was made from
    state: GoldState = GoldState.PROPOSED


class GoldCandidates:
    """The gold candidates of one open desk."""

    def __init__(self, file: DeskFile) -> None:
        self._file = file

    def propose(self, proposal: GoldProposal, *, author: str, answer_id: str | None = None) -> GoldCandidate:
        """Keep a proposal. Raises InputError when there is no such answer."""
        candidate = GoldCandidate(new_id(), proposal, author, now(), answer_id)
        body = json.dumps(asdict(proposal), ensure_ascii=False)
        try:
            with self._file.writing() as database:
                database.execute(
                    "INSERT INTO gold_candidates (id, answer_id, author, proposed, body) VALUES (?, ?, ?, ?, ?)",
                    (candidate.id, answer_id, author, candidate.proposed.isoformat(), body),
                )
        except sqlite3.IntegrityError as error:
            raise InputError(
                f"No answer has the id {answer_id!r}. It may have been deleted with its conversation."
            ) from error
        return candidate

    def decide(self, candidate_id: str, state: GoldState, *, author: str) -> GoldCandidate:
        """Say what becomes of a candidate. Raises InputError when there is none with the id."""
        try:
            with self._file.writing() as database:
                database.execute(
                    "INSERT INTO gold_decisions (candidate_id, state, author, decided) VALUES (?, ?, ?, ?)",
                    (candidate_id, GoldState(state).value, author, now().isoformat()),
                )
        except sqlite3.IntegrityError as error:
            raise InputError(f"No gold candidate has the id {candidate_id!r}.") from error
        rows = self._file.read(f"SELECT {COLUMNS} FROM gold_candidates g WHERE id = ?", (candidate_id,))
        return _candidate(rows[0])

    def listed(self, state: GoldState | None = None) -> list[GoldCandidate]:
        """All candidates, or those of one state, oldest first."""
        rows = self._file.read(f"SELECT {COLUMNS} FROM gold_candidates g ORDER BY row")
        return [one for one in map(_candidate, rows) if state is None or one.state is state]


@cache
def _proposals() -> TypeAdapter[GoldProposal]:
    from pydantic import TypeAdapter

    return TypeAdapter(GoldProposal)


def _candidate(row: Row) -> GoldCandidate:
    candidate_id, answer_id, author, proposed, body, state = row
    proposal = _proposals().validate_json(body)
    return GoldCandidate(candidate_id, proposal, author, datetime.fromisoformat(proposed), answer_id, GoldState(state))
