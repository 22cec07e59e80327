"""Questions about the answer itself, told from those that ask the record."""

from __future__ import annotations

import pytest

from assistant.asked_back import AskedBack, asked_back


@pytest.mark.parametrize(
    "question",
    [
        "Show me the source",
        "source pls",
        "ok, and where does it say so?",
        "Where's that from?",
        "Can you show me the exact wording please?",
        "which report is that from?",
        "How do you know that?",
    ],
)
def test_a_source_is_asked_for(question: str) -> None:
    """In the words of staff, polite ones and short ones."""
    assert asked_back(question) == AskedBack("source")


@pytest.mark.parametrize("question", ["Who said so?", "says who", "and who says that?", "Who gave that figure?"])
def test_a_speaker_is_asked_for(question: str) -> None:
    """Of what was quoted."""
    assert asked_back(question) == AskedBack("speaker")


@pytest.mark.parametrize(
    "question", ["What does the second one say?", "open [2]", "source 2", "show me the second quote"]
)
def test_one_of_several_sources_is_meant(question: str) -> None:
    """By its place among the quotes."""
    assert asked_back(question) == AskedBack("source", 2)


@pytest.mark.parametrize(
    "question",
    [
        "Who said that the target is too low?",
        "What are the sources of income?",
        "Where was the meeting held?",
        "What is the evidence for it?",
        "Who was the speaker at the conference?",
        "What does the report say?",
        "When was that meeting?",
        "",
    ],
)
def test_a_question_to_the_record_is_none_of_them(question: str) -> None:
    """Though it holds the same words."""
    assert asked_back(question) is None
