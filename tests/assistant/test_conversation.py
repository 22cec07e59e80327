"""Follow-ups made to stand alone."""

from __future__ import annotations

import pytest

from assistant.conversation import standalone_question


@pytest.mark.parametrize(
    ("history", "question", "standalone"),
    [
        ([], "And in 2022?", "And in 2022?"),
        (["What was the share in 2021?"], "And in 2022?", "What was the share in 2022?"),
        (["What was the share in 2021?"], "And in Hai Duong?", "What was the share in 2021 in Hai Duong?"),
        (["What was the rate in Nghe An?"], "and in Hai Duong?", "What was the rate in Hai Duong?"),
        (["What was the share in 2021?"], "Who chaired the meeting?", "Who chaired the meeting?"),
        (
            ["What was the revenue in 2024?"],
            "By how much did that grow?",
            "By how much did that grow (the revenue in 2024)?",
        ),
    ],
)
def test_a_follow_up_takes_what_it_lacks_from_the_question_before(
    history: list[str], question: str, standalone: str
) -> None:
    """Period and place are exchanged, a reference is explained, a question of its own is left alone."""
    assert standalone_question(question, history) == standalone


def test_a_chain_of_follow_ups_is_completed_from_the_first_question() -> None:
    """Each turn is read through the ones before it."""
    history = ["What was the rate in 2021?", "And in 2022?"]
    assert standalone_question("And in Hai Duong?", history) == "What was the rate in 2022 in Hai Duong?"


def test_a_question_of_its_own_is_left_alone() -> None:
    """ "Are there" and "this year" point at nothing that was said before."""
    before = ["Who chaired the meeting?"]
    for question in ("How many databases are there in total?", "Which target did the committee set this year?"):
        assert standalone_question(question, before) == question


def test_a_conversation_of_any_length_is_read() -> None:
    """A thousand turns are no fault."""
    assert standalone_question("And in 2022?", ["What was the share in 2021?"] * 1200) == "What was the share in 2022?"
