"""What is worked out from the figures of an answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.arithmetic import difference_of, worked_out
from assistant.assistant import Assistant
from assistant.differences import Numbered
from assistant.figure_fit import Fits
from assistant.figure_question import figure_question
from assistant.figure_selection import Selection
from assistant.ledger import Matched
from assistant.question import understand
from index.catalog import StoredDocument

DOCUMENT = StoredDocument("a", "a.txt", "", "a.txt", "", "article", None, None, "", "a.txt", 2024, 1, 100)
COMPARISON = "Compare the share in 2023 and 2024."
ATTAINMENT = "Was the target for the share met?"


def worked(question: str, *readings):
    """What is worked out where these readings lead."""
    leads = tuple(Matched(one, DOCUMENT, 1.0, 1.0, 1.0, False, Fits(1.0, 1.0, 1.0, 1.0), 1.0) for one in readings)
    selection = Selection(figure_question(understand(question)), leads, (), None, is_sure=True)
    return worked_out(selection, [Numbered(one, number) for number, one in enumerate(readings, start=1)])


@pytest.mark.parametrize(
    ("first", "second", "difference"),
    [(11.91, 14.26, "2.35"), (47.0, 38.0, "9"), (4.5e6, 6.25e6, "1,750,000"), (0.1, 0.3, "0.2"), (5.0, 5.0, "0")],
)
def test_a_difference_is_exact_in_decimals(first: float, second: float, difference: str) -> None:
    """Not 2.3499999999999996."""
    assert difference_of(first, second) == difference


@pytest.mark.parametrize(
    ("unit", "shown"),
    [("%", "9 percentage points"), ("rank", "9 places"), ("count", "9"), ("EUR", "9 EUR"), ("km", "9 km")],
)
def test_a_difference_has_the_unit_of_differences(reading_of, unit: str, shown: str) -> None:
    """Of two percentages: percentage points."""
    result = worked(COMPARISON, reading_of(value=38.0, unit=unit), reading_of(value=47.0, unit=unit))
    assert result.result.text == shown
    assert result.line == f"Computed from [1] and [2]: the difference is {shown}."
    assert result.result.inputs == (1, 2)


def test_a_difference_of_about_is_about(reading_of) -> None:
    """What went in is told of what comes out."""
    result = worked(COMPARISON, reading_of(value=38.0, hedge="about"), reading_of(value=47.0))
    assert "is about 9 percentage points" in result.line


@pytest.mark.parametrize(("value", "told"), [(79.0, "below"), (80.0, "at or above"), (81.0, "at or above")])
def test_a_result_is_put_against_its_target(reading_of, value: float, told: str) -> None:
    """Nothing more is computed."""
    result = worked(ATTAINMENT, reading_of(value=value), reading_of(value=80.0, kind="target"))
    assert result.line == f"Computed from [1] and [2]: the result is {told} the target."
    assert result.result is None


@pytest.mark.parametrize(("value", "told"), [(71.0, "below"), (70.0, "at or above"), (65.0, "at or above")])
def test_a_rank_is_better_when_its_number_is_smaller(reading_of, value: float, told: str) -> None:
    """71st is below a target of 70th."""
    target = reading_of(value=70.0, unit="rank", kind="target")
    assert f"is {told} the target" in worked(ATTAINMENT, reading_of(value=value, unit="rank"), target).line


@pytest.mark.parametrize("changed", [{"unit": "EUR"}, {"value_to": 50.0}, {"total": 150.0}])
def test_two_units_ranges_and_parts_of_a_total_are_not_reckoned_with(reading_of, changed) -> None:
    """There is no one difference of them."""
    assert worked(COMPARISON, reading_of(), reading_of(value=47.0, **changed)) is None


def test_one_figure_or_a_series_is_not_reckoned_with(reading_of) -> None:
    """Only what is asked for is computed."""
    assert worked("What was the share in 2024?", reading_of()) is None
    assert worked("How has the share developed?", reading_of(), reading_of(value=47.0)) is None


def test_a_computed_difference_names_its_inputs_and_is_verified(libraries: Assistant) -> None:
    """Over the record: 52% and 64%."""
    answer = libraries.ask("Compare the share of libraries lending e-books in Braga and Porto.")
    assert answer.remarks[0] == "Computed from [1] and [2]: the difference is 12 percentage points."
    assert answer.computed[0].value == 12.0
    assert ["52%" in answer.citations[0].quote, "64%" in answer.citations[1].quote] == [True, True]


def test_figures_of_one_quote_are_named_once(reading_of) -> None:
    """ "Computed from [1]"."""
    readings = [reading_of(value=38.0), reading_of(value=47.0)]
    leads = tuple(Matched(one, DOCUMENT, 1.0, 1.0, 1.0, False, Fits(1.0, 1.0, 1.0, 1.0), 1.0) for one in readings)
    selection = replace(
        Selection(figure_question(understand(COMPARISON)), leads, (), None, is_sure=True), others=leads[:1]
    )
    found = worked_out(selection, [Numbered(one, 1) for one in readings])
    assert found.line.startswith("Computed from [1]:")
    assert found.result.inputs == (1,)
