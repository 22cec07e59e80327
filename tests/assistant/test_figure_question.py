"""What a question about a figure asks for."""

from __future__ import annotations

import pytest

from assistant.figure_question import FigureQuestion, figure_question
from assistant.question import understand


def read(question: str) -> FigureQuestion:
    return figure_question(understand(question))


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("What share of libraries lent e-books?", "percentage"),
        ("How many libraries lent e-books?", "count"),
        ("How much did the reading card cost?", "money"),
        ("Which place does Portugal hold?", "rank"),
        ("How many times quicker is the new desk?", "times"),
        ("How long is the bus route?", None),
    ],
)
def test_the_words_say_what_the_figure_is_counted_in(question: str, measure: str | None) -> None:
    """Where they do not, any unit may answer."""
    assert read(question).measure == measure


@pytest.mark.parametrize(
    ("question", "is_figure"),
    [
        ("What did the libraries contribute to the budget in 2024?", True),
        ("What did the director say about the libraries in 2024?", False),
    ],
)
def test_what_can_be_done_only_in_figures_asks_for_one(question: str, is_figure: bool) -> None:
    """To contribute is told in a figure, to say is not."""
    assert read(question).is_figure is is_figure


def test_a_change_of_money_may_be_told_in_any_unit() -> None:
    """Revenue grows by euros or by percent."""
    asked = read("By how much did revenue grow in 2024?")
    assert (asked.kind, asked.measure) == ("change", None)


def test_the_words_of_the_thing_are_left_when_form_time_and_place_are_taken_out() -> None:
    """ "What", "target", "2026" and "Porto" do not say what is measured."""
    asked = read("What is the target for the share of libraries lending e-books in Porto by 2026?")
    assert [term.word for term in asked.words] == ["share", "libraries", "lending", "e", "books"]


def test_what_a_change_is_measured_against_is_not_the_period_asked_for() -> None:
    """ "Compared to 2022" only tells the baseline."""
    asked = read("By how much did the share rise in 2023 compared to 2022?")
    assert "2023" in [period.label for period in asked.periods]
    assert [period.label for period in read("What was the rise in 2023 against 2022?").asked.periods] == ["2023"]


@pytest.mark.parametrize(
    ("question", "nation"),
    [
        ("What is the share nationwide?", True),
        ("What is the share in Portugal?", True),
        ("What is the share in Porto?", False),
        ("What is the share?", False),
    ],
)
def test_the_nation_is_asked_for_in_so_many_words(question: str, nation: bool) -> None:
    """By name or by "national"."""
    assert read(question).nation is nation


def test_a_question_may_ask_for_the_latest_or_for_what_one_source_says() -> None:
    """Both decide which of several figures leads."""
    assert read("What is the latest share?").latest
    assert read("What is the share according to the survey?").names_source
    assert not read("What is the share?").latest
    assert not read("What is the share?").names_source


@pytest.mark.parametrize(
    ("question", "is_figure"),
    [
        ("What share of libraries lends e-books?", True),
        ("e-books share 2024", True),
        ("How has the library bus developed?", True),
        ("Name the goals of the year.", False),
        ("Who met in Lisbon?", False),
        ("Why was the archive closed?", False),
        ("What did the analyst promise?", False),
    ],
)
def test_a_question_for_a_person_or_a_reason_is_none_for_a_figure(question: str, is_figure: bool) -> None:
    """Figures are looked for where one may be asked for."""
    assert read(question).is_figure is is_figure
