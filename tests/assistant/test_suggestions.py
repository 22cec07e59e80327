"""Questions worth asking next: each of them, asked, is answered with what it was made from."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.exchange import Exchange
from assistant.suggestions import follow_ups, openings
from index.settings import Home, IndexSettings
from index.store import open_index


def turn(assistant: Assistant, question: str) -> Exchange:
    """A question of a conversation with its answer."""
    answer = assistant.ask(question)
    return Exchange(question, answer.standalone_question, answer)


def test_every_opening_is_answered_with_a_figure(libraries: Assistant) -> None:
    """And each is another question."""
    offered = list(openings(libraries, count=3))
    assert offered
    assert len(set(offered)) == len(offered)
    for question in offered:
        answer = libraries.ask(question)
        assert not answer.refused
        assert answer.leads


@pytest.mark.parametrize(
    "question",
    [
        "What was the share of libraries lending e-books in Portugal in 2024?",
        "How many newly trained librarians started work in 2024?",
    ],
)
def test_every_follow_up_is_answered(libraries: Assistant, question: str) -> None:
    """In its conversation, and none repeats what was asked."""
    asked = turn(libraries, question)
    offered = list(follow_ups(libraries, [asked], count=3))
    assert offered
    assert question not in offered
    for further in offered:
        assert not libraries.ask(further, history=[asked]).refused


def test_nothing_follows_a_question_without_its_answer(libraries: Assistant) -> None:
    """There is nothing to make a question from."""
    assert list(follow_ups(libraries, [Exchange("What?")], count=3)) == []
    assert list(follow_ups(libraries, [], count=3)) == []


def test_an_empty_record_offers_nothing(tmp_path: Path) -> None:
    """No question is made up."""
    index = open_index(Home(tmp_path), IndexSettings(), create=True)
    assert list(openings(Assistant(index), count=4)) == []


def test_who_asks_something_comes_first(libraries: Assistant) -> None:
    """No further question is tried once it may not go on."""
    allowed = iter([True, False])
    assert len(list(openings(libraries, count=4, may_go_on=lambda: next(allowed)))) <= 1
