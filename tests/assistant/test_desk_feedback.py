"""What users say of their answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.desk import Desk
from assistant.exchange import Exchange
from corpus.errors import InputError

ANSWER = Answer("How much?", "How much?", "4 [1]", "4", (), ())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty desk."""
    return Desk(tmp_path / "desk.sqlite")


def answered(desk: Desk, user: str) -> str:
    """The id of an answer that `user` got."""
    conversation = desk.conversations.begin(user=user)
    stored = desk.conversations.add(conversation.id, Exchange("How much?", "", ANSWER), {}, user=user)
    assert stored.answer_id
    return stored.answer_id


def test_the_last_word_of_a_user_counts(desk: Desk) -> None:
    """Who thinks again is heard again."""
    answer_id = answered(desk, "anna")
    assert desk.feedback.of(answer_id, user="anna") is None
    desk.feedback.add(answer_id, helpful=True, user="anna")
    said = desk.feedback.add(answer_id, helpful=False, reason=" another year ", user="anna")
    assert said.reason == "another year"
    assert desk.feedback.of(answer_id, user="anna") == said
    assert desk.feedback.latest() == [said]


def test_reviewers_see_what_all_users_said_the_newest_first(desk: Desk) -> None:
    """And can ask for what was not helpful."""
    good = desk.feedback.add(answered(desk, "anna"), helpful=True, user="anna")
    bad = desk.feedback.add(answered(desk, "ben"), helpful=False, reason="no date", user="ben")
    assert desk.feedback.latest() == [bad, good]
    assert desk.feedback.latest(helpful=False) == [bad]
    assert desk.feedback.latest(count=1, offset=1) == [good]


def test_nobody_speaks_of_anothers_answer(desk: Desk) -> None:
    """It is as if it were not there."""
    answer_id = answered(desk, "anna")
    with pytest.raises(InputError, match="No answer of yours"):
        desk.feedback.add(answer_id, helpful=False, user="ben")
    assert desk.feedback.latest() == []


def test_feedback_goes_with_its_conversation(desk: Desk) -> None:
    """What a user deletes is deleted."""
    answer_id = answered(desk, "anna")
    desk.feedback.add(answer_id, helpful=True, user="anna")
    desk.conversations.delete(desk.conversations.listed(user="anna")[0].id, user="anna")
    assert desk.feedback.latest() == []
