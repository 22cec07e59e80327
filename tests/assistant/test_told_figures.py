"""What was told with the answer before, taken over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.answer_mentions import Told, ToldFigure
from assistant.follow_up import read_turn
from assistant.told_figures import as_told
from assistant.turns import Turn, opening_turn
from corpus.periods import Period

OF_2023 = Period(date(2023, 1, 1), date(2023, 12, 31), "2023")
OF_2026 = Period(date(2026, 1, 1), date(2026, 12, 31), "2026")
TOLD = Told(
    figures=(
        ToldFigure("trains carried: passengers", "Porto", OF_2023, "actual"),
        ToldFigure("city buses carried: passengers", "Braga", OF_2023, "actual"),
        ToldFigure("city buses carried: passengers", "Braga", OF_2026, "target"),
    )
)


def after(question: str, told: Told = TOLD) -> list[Turn]:
    """A turn with what its answer told."""
    return [replace(opening_turn(question), told=told)]


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("and the buses?", "How many passengers did the buses of Braga carry?"),
        ("and in 2026?", "How many passengers did the trains of Braga carry in 2026 (target)?"),
        ("and the ferries?", "How many passengers did the ferries of Porto carry?"),
        ("and the buses of Porto?", "How many passengers did the buses of Porto carry?"),
    ],
)
def test_the_place_and_the_kind_are_those_of_what_was_told(question: str, read: str) -> None:
    """What the follow-up names stays, and so does what nothing was told of."""
    assert read_turn(question, after("How many passengers did the trains of Porto carry?")).text == read


def test_what_was_reached_is_asked_for_behind_a_target() -> None:
    """In the record's words, for those of a target hold for the time ahead."""
    told = Told(figures=(ToldFigure("online rate", "Porto", OF_2023, "actual"),))
    turn = read_turn("and in 2023?", after("What rate does Porto want to reach by 2026?", told))
    assert turn.text == "What was the online rate in Porto in 2023?"


def test_nothing_told_changes_nothing() -> None:
    """Nor does a follow-up that names nothing of a figure."""
    before = opening_turn("How many passengers did the trains of Porto carry?")
    assert as_told(before, "and in 2026?", before) is before
    assert as_told(before, "why?", replace(before, told=TOLD)) is before
