"""Noun phrases of questions."""

from __future__ import annotations

import pytest

from assistant.noun_phrases import noun_phrases


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        ("How do navigation systems work?", ["navigation systems"]),
        ("Why did Elon Musk start it?", ["Elon Musk"]),
        ("What causes acidic reflux in the morning?", ["acidic reflux", "the morning"]),
        ("What foods cause it?", ["foods"]),
        ("Which museums are the most popular?", ["museums", "the most popular"]),
        ("Is the Spy Museum free?", ["the Spy Museum"]),
        ("What do they eat for dinner?", ["dinner"]),
        ("Describe the Afra tanker scale.", ["the Afra tanker scale"]),
        ("Tell me the difference", ["the difference"]),
        ("What is Chattanooga famous for?", ["Chattanooga"]),
        ("How reliable is the test?", ["the test"]),
        ("When did the third meeting of the Audit Board take place?", ["the third meeting", "the Audit Board"]),
        ("What did minister Ada Brook announce at the Porto fair?", ["minister Ada Brook", "the Porto fair"]),
        ("Which province had the highest rate in 2024?", ["province", "the highest rate", "2024"]),
        ("rate in Porto 2024", ["rate", "Porto", "2024"]),
        ("How many people work at the ministry?", ["people", "the ministry"]),
        ("Why do people keep their records?", ["people", "their records"]),
        ("and why?", []),
        ("", []),
    ],
)
def test_the_verb_is_cut_out(question: str, phrases: list[str]) -> None:
    """What the question names is left, articles included."""
    assert [phrase.text for phrase in noun_phrases(question)] == phrases


def test_a_name_may_hold_small_words() -> None:
    """ "Lewis and Clark" is one phrase, "plants and animals" two."""
    assert noun_phrases("the Lewis and Clark expedition")[0].core == "Lewis and Clark expedition"
    assert [phrase.text for phrase in noun_phrases("about plants and animals")] == ["plants", "animals"]


def test_a_phrase_knows_what_follows_it() -> None:
    """A of B, and where and when."""
    share, economy, _ = noun_phrases("What was the share of the digital economy in 2021?")
    assert share.of == economy
    assert share.full == "the share of the digital economy in 2021"
    assert economy.tail == " in 2021"


def test_number_name_and_head_are_told() -> None:
    """Of "members of the board" the members are the head."""
    members = noun_phrases("Who are the members of the board?")[0]
    assert members.is_plural and members.is_person and not members.is_name
    assert members.head == "members"
    assert noun_phrases("Who is the Minister of Health?")[0].head == "minister"


@pytest.mark.parametrize("question", ["What is the largest?", "What is unique about it?", "their role", "in 2024"])
def test_some_phrases_are_nothing_to_talk_about(question: str) -> None:
    """A superlative or adjective alone, what is somebody's, a year."""
    assert not any(phrase.names_a_thing for phrase in noun_phrases(question))
