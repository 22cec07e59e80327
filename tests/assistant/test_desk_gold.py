"""Gold candidates."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.desk import Desk
from assistant.desk_gold import GoldProposal, GoldQuote, GoldState
from corpus.errors import InputError

PROPOSAL = GoldProposal(
    "And in 2023?",
    history=("What was the rate in 2024?",),
    answers=("31%", "31 %"),
    evidence=(GoldQuote("2023.txt", "d1", 10, 40, "“The rate reached 31%” — Đà Nẵng"),),
    kind="figure",
    note="found in review",
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty desk."""
    return Desk(tmp_path / "desk.sqlite")


def test_a_proposal_is_read_back_as_it_was_made(desk: Desk) -> None:
    """With its quotes, its history and the answer it came from."""
    answer_id = desk.answers.put_run(Answer("q", "q", "", None, (), ()), {}, run="monday", question_id="1").id
    candidate = desk.gold.propose(PROPOSAL, author="ben", answer_id=answer_id)
    assert desk.gold.listed() == [candidate]
    assert (candidate.proposal, candidate.answer_id, candidate.state) == (PROPOSAL, answer_id, GoldState.PROPOSED)


def test_the_last_decision_counts(desk: Desk) -> None:
    """A candidate that was turned down can still be taken."""
    first = desk.gold.propose(PROPOSAL, author="ben")
    second = desk.gold.propose(GoldProposal("How far?", refusal="not said"), author="ben")
    desk.gold.decide(first.id, GoldState.TURNED_DOWN, author="cleo")
    taken = desk.gold.decide(first.id, GoldState.TAKEN, author="cleo")
    assert taken.state is GoldState.TAKEN
    assert desk.gold.listed(GoldState.TAKEN) == [taken]
    assert desk.gold.listed(GoldState.PROPOSED) == [second]


def test_what_is_not_there_is_named(desk: Desk) -> None:
    """Neither an unknown answer nor an unknown candidate passes."""
    with pytest.raises(InputError, match="No answer has the id"):
        desk.gold.propose(PROPOSAL, author="ben", answer_id="nobody's")
    with pytest.raises(InputError, match="No gold candidate"):
        desk.gold.decide("nobody's", GoldState.TAKEN, author="ben")
