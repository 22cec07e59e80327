"""Which figures lead an answer, which stand beside them, and why there is none: over a real index."""

from __future__ import annotations

import pytest

from assistant.answer import Answer, Refusal
from assistant.assistant import Assistant


def leads(answer: Answer) -> list[str]:
    return [cited.reading.text for cited in answer.readings[: answer.leads]]


def beside(answer: Answer) -> dict[str, tuple[str, ...]]:
    """The other figures, with what they differ in."""
    return {cited.reading.text: cited.differs for cited in answer.readings[answer.leads :]}


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("What share of libraries lent e-books in 2024?", "47%"),
        ("What share of libraries lent e-books in 2023?", "38%"),
        ("What share of libraries lent e-books in the first half of 2024?", "about 42%"),
        ("What share of libraries lent e-books in Porto in 2024?", "64%"),
        ("What share of libraries lent e-books in Braga in 2024?", "52%"),
        ("What is the target for the share of libraries lending e-books in 2026?", "80%"),
        ("By how much did the share of libraries lending e-books rise in 2023?", "7 percentage points"),
        ("What was the revenue of the reading card in 2023?", "4.5 million EUR"),
        ("Which place did Portugal rank in the reading survey in 2024?", "15th"),
        ("How many stops did the library bus make in 2024?", "120"),
    ],
)
def test_the_figure_of_the_asked_period_place_kind_and_unit_leads(
    libraries: Assistant, question: str, figure: str
) -> None:
    """Though others of the same thing stand in the record."""
    answer = libraries.ask(question)
    assert leads(answer) == [figure]
    assert answer.short_answer == figure


@pytest.mark.parametrize(
    ("question", "refusal", "told"),
    [
        ("What share of libraries lent e-books in 2019?", Refusal.OTHER_PERIOD, "for 2024"),
        ("How many stops did the library bus make in 2021?", Refusal.OTHER_PERIOD, "for 2024, not for 2021"),
        ("What share of libraries lent e-books in Coimbra in 2024?", Refusal.OTHER_PLACE, "not for Coimbra"),
        ("What is the target for the revenue of the reading card in 2024?", Refusal.OTHER_KIND, "is not a target"),
        (
            "What share of libraries lending e-books was actually reached in 2026?",
            Refusal.OTHER_KIND,
            "is not a figure that was reached",
        ),
    ],
)
def test_where_only_another_year_place_or_kind_is_told_the_answer_is_refused(
    libraries: Assistant, question: str, refusal: Refusal, told: str
) -> None:
    """The reason says what is told instead, and the nearest figures are shown."""
    answer = libraries.ask(question)
    assert answer.refusal is refusal
    assert told in answer.reason
    assert answer.short_answer is None
    assert answer.readings == ()
    assert answer.nearest_readings
    for cited in answer.nearest_readings:
        assert cited.reading.text in answer.nearest[cited.citation - 1].quote


def test_the_others_are_shown_with_what_they_differ_in(libraries: Assistant) -> None:
    """Other places, other times; a half of the asked year is another time."""
    others = beside(libraries.ask("What share of libraries lent e-books in 2024?"))
    expected = {"64%": ("scope",), "52%": ("scope",), "31%": ("period",), "38%": ("period",), "about 42%": ("period",)}
    assert others.items() >= expected.items()


def test_a_figure_of_another_thing_is_not_shown(libraries: Assistant) -> None:
    """Visitors, stops and ranks are no shares."""
    shown = libraries.ask("What share of libraries lent e-books in 2024?").readings
    assert {cited.reading.indicator for cited in shown} == {"share of libraries lending e-books"}


def test_a_source_that_agrees_is_named(libraries: Assistant) -> None:
    """The report leads; the call tells the same."""
    answer = libraries.ask("What share of libraries lent e-books in 2024?")
    assert answer.citations[0].document == "2024.txt"
    assert beside(answer)["47 percent"] == ("agrees",)
    assert "[2] gives the same figure." in answer.remarks[0]


def test_a_contradiction_shows_both_and_has_no_short_answer(libraries: Assistant) -> None:
    """Neither report is taken for the right one."""
    answer = libraries.ask("How many visitors did the libraries count in 2024?")
    assert sorted(leads(answer)) == ["11.9 million", "12.4 million"]
    assert answer.short_answer is None
    assert answer.readings[1].differs == ("conflict",)
    assert any("contradicts itself" in line for line in answer.remarks)


def test_what_one_source_says_is_not_contradicted_by_another(libraries: Assistant) -> None:
    """Asked for by name, it leads alone; the other stands beside."""
    answer = libraries.ask("How many visitors did the libraries count in 2024 according to the survey?")
    assert answer.short_answer == "11.9 million"
    assert beside(answer)["12.4 million"] == ("conflict",)


def test_the_latest_figure_leads_where_the_latest_is_asked_for(libraries: Assistant) -> None:
    """And not the target, which is of a later time."""
    assert leads(libraries.ask("What is the latest share of libraries lending e-books?")) == ["47%"]


def test_a_series_is_told_in_order_of_time_by_whole_years(libraries: Assistant) -> None:
    """The half year, other places and the target stand beside."""
    answer = libraries.ask("How has the share of libraries lending e-books developed?")
    assert leads(answer) == ["31%", "38%", "47%"]
    assert {"about 42%", "80%"} <= beside(answer).keys()
    assert answer.short_answer is None


def test_a_series_stays_inside_of_the_asked_time(libraries: Assistant) -> None:
    """Its other years stand beside."""
    answer = libraries.ask("How did the share of libraries lending e-books develop from 2023 to 2024?")
    assert leads(answer) == ["38%", "47%"]


def test_places_are_compared_by_one_figure_each(libraries: Assistant) -> None:
    """In the order of the question."""
    answer = libraries.ask("Compare the share of libraries lending e-books in Braga and Porto.")
    assert leads(answer) == ["52%", "64%"]


def test_a_place_is_compared_with_the_nation(libraries: Assistant) -> None:
    """The nation's figure is of the same time."""
    question = "How does the share of libraries lending e-books in Porto compare with the national figure in 2024?"
    assert leads(libraries.ask(question)) == ["64%", "47%"]


def test_years_are_compared_in_order_of_time(libraries: Assistant) -> None:
    """Whichever the question names first."""
    answer = libraries.ask("What was the revenue of the reading card in 2024 compared to 2023?")
    assert leads(answer) == ["4.5 million EUR", "6.25 million EUR"]


def test_years_of_a_country_are_compared_and_not_the_country_with_itself(libraries: Assistant) -> None:
    """The nation is the place that is named."""
    answer = libraries.ask("What was the share of libraries lending e-books in Portugal in 2023 and 2024?")
    assert leads(answer) == ["38%", "47%"]


def test_a_year_is_compared_with_its_half(libraries: Assistant) -> None:
    """Each by the figure of its own days."""
    question = "Compare the share of libraries lending e-books in the first half of 2024 with that in 2024."
    assert sorted(leads(libraries.ask(question))) == ["47%", "about 42%"]


def test_a_comparison_with_what_is_not_told_is_refused(libraries: Assistant) -> None:
    """One half of it would mislead."""
    answer = libraries.ask("Compare the share of libraries lending e-books in Porto and Coimbra.")
    assert answer.refusal is Refusal.OTHER_PLACE
    assert answer.readings == ()


def test_a_target_is_shown_with_its_result(libraries: Assistant) -> None:
    """The result first."""
    answer = libraries.ask("Was the target for newly trained librarians reached in 2024?")
    assert leads(answer) == ["340", "300"]
    assert answer.readings[1].reading.kind == "target"


def test_a_question_that_is_not_for_a_figure_gets_none(libraries: Assistant) -> None:
    """It is answered by sentences."""
    assert libraries.ask("Who sends a plan?").readings == ()


def test_a_figure_of_another_thing_is_no_answer(libraries: Assistant) -> None:
    """Where neither words nor meaning of what is asked for are told of the only figure of a place, it is not given."""
    answer = libraries.ask("What is the population of Porto?")
    assert answer.refused
    assert answer.short_answer is None
