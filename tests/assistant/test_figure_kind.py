"""In what sense a figure is asked for, and told."""

from __future__ import annotations

import pytest

from assistant.figure_kind import asked_kind, said_kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What was the target for 2030?", "target"),
        ("Which rate is to be reached by 2030?", "target"),
        ("How high should the share be in 2030?", "target"),
        ("What rate was actually reached in 2030?", "actual"),
        ("Which share did Porto reach?", "actual"),
        ("How many of the targets were met?", None),
        ("By how much did the share rise?", "change"),
        ("How many places did Portugal climb?", "change"),
        ("Which place does Portugal rank?", "rank"),
        ("What is the forecast for 2025?", "estimate"),
        ("What was the rate in 2030?", None),
    ],
)
def test_a_question_asks_for_a_kind_only_where_it_says_so(question: str, kind: str | None) -> None:
    """A plain question for a figure leaves it open."""
    assert asked_kind(question) == kind


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("By 2030 the share will reach 60%.", "target"),
        ("The share is to reach 60%.", "target"),
        ("In 2023 the share reached 31%.", "actual"),
    ],
)
def test_duty_plan_and_deadline_make_a_target(sentence: str, kind: str) -> None:
    """What is told as done is no target."""
    assert said_kind(sentence) == kind
