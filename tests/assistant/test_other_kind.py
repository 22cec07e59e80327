"""Another kind of the figure before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.answer_mentions import Told, ToldFigure
from assistant.noun_phrases import noun_phrases
from assistant.other_kind import asks_for_kind, of_kind, other_kind, without_periods
from assistant.turns import opening_turn
from corpus.periods import Period

REVENUE = opening_turn("What was the revenue in 2023?")
OF_2023 = Period(date(2023, 1, 1), date(2023, 12, 31), "2023")
OF_2026 = Period(date(2026, 1, 1), date(2026, 12, 31), "2026")


def test_a_question_for_a_kind_names_nothing_else() -> None:
    """The thing that the target is of is the one talked about."""
    assert asks_for_kind("What's the target for 2025?") and asks_for_kind("what is planned?")
    assert not asks_for_kind("What is the revenue target?") and not asks_for_kind("Why?")


@pytest.mark.parametrize(
    ("targets", "read"),
    [
        ((), "What was the target (the revenue)?"),
        ((OF_2026,), "What was the target (the revenue)?"),
        ((OF_2026, OF_2023), "What was the target (the revenue in 2023)?"),
    ],
)
def test_the_period_stays_where_a_target_was_told_for_it(targets: tuple[Period, ...], read: str) -> None:
    """Else the target may be of any time."""
    before = replace(
        REVENUE, told=Told(figures=tuple(ToldFigure("revenue", "Porto", period, "target") for period in targets))
    )
    assert of_kind(noun_phrases("the target")[0], before.core, before).text == read


def test_the_tense_tells_where_no_target_was_told() -> None:
    """ "had been" is of the time that was asked for, "is" is not."""
    assert other_kind("What is the target?", REVENUE).text == "What is the target (the revenue)?"
    assert other_kind("What had been the target?", REVENUE).text == "What had been the target (the revenue in 2023)?"


def test_a_verb_is_added_to_the_question_before() -> None:
    """Which goes on asking for the same sort of thing."""
    before = opening_turn("How many lunches were served in 2023?")
    assert other_kind("what is expected for 2024?", before).text == "How many lunches were served (expected for 2024)?"


def test_a_text_loses_its_periods() -> None:
    """With the words that join them."""
    assert without_periods("the revenue of Porto in 2023") == "the revenue of Porto"
