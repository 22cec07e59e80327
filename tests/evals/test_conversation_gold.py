"""Gold conversations as they stand in their file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.errors import InputError
from evals.conversation_gold import load_conversations
from evals.suites.gold_questions import GOLD_FOLDER

LINE = {
    "id": "c-1",
    "part": "tuning",
    "turns": [
        {"question": "How many trees stand in Porto?"},
        {"question": "and in Braga?", "kind": "ellipsis", "standalone": "How many trees stand in Braga?"},
    ],
}


def written(folder: Path, *lines: object) -> Path:
    """A file with these lines."""
    file = folder / "conversations.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return file


def test_a_conversation_is_read_with_its_turns(tmp_path: Path) -> None:
    """In order; empty lines are passed over."""
    file = written(tmp_path, LINE)
    file.write_text(file.read_text() + "\n")
    (conversation,) = load_conversations(file)
    assert [turn.standalone for turn in conversation.turns] == ["", "How many trees stand in Braga?"]


def test_a_follow_up_that_is_not_marked_is_named(tmp_path: Path) -> None:
    """With its file, line and turn."""
    bare = {**LINE, "id": "c-2", "turns": [*LINE["turns"], {"question": "why?"}]}
    with pytest.raises(InputError, match=r"line 2.*turn 3 needs a kind and a standalone question"):
        load_conversations(written(tmp_path, LINE, bare))


def test_an_id_stands_once(tmp_path: Path) -> None:
    """The second line is at fault."""
    with pytest.raises(InputError, match=r"line 2.*'c-1' stands.*twice"):
        load_conversations(written(tmp_path, LINE, LINE))


def test_the_bundled_conversations_are_many_and_many_are_held_out() -> None:
    """Two to five turns each, every sort of follow-up among them."""
    conversations = load_conversations(GOLD_FOLDER / "conversations.jsonl")
    held_out = [one for one in conversations if one.part != "tuning"]
    kinds = {turn.kind for one in conversations for turn in one.turns[1:]}
    assert len(conversations) >= 60
    assert len(held_out) >= 40
    assert all(2 <= len(one.turns) <= 5 for one in conversations)
    assert {"ellipsis", "pronoun", "noun phrase", "answer", "correction", "source", "speaker", "own"} <= kinds
