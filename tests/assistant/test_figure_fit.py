"""How well a reading fits what is asked for."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.figure_fit import Fits, fits_of
from assistant.figure_question import figure_question
from assistant.question import understand
from corpus.periods import Period
from index.catalog import StoredDocument

DOCUMENT = StoredDocument("a", "a.txt", "", "a.txt", "", "article", None, None, "", "a.txt", 2024, 1, 100)


def fits(question: str, reading, sentence: str = "the share was 45%.") -> Fits:
    return fits_of(figure_question(understand(question)), reading, DOCUMENT, sentence)


@pytest.mark.parametrize(
    ("question", "mismatches"),
    [
        ("What was the share in 2024?", ()),
        ("What was the share in Portugal in 2024?", ()),
        ("What was the share in 2019?", ("period",)),
        ("What was the share in Porto?", ("place",)),
        ("What is the target for the share?", ("kind",)),
        ("What was the share in Porto in 2019?", ("period", "place")),
    ],
)
def test_another_period_place_or_kind_is_a_mismatch(reading_of, question, mismatches) -> None:
    """Each is named, for the reason of a refusal."""
    assert fits(question, reading_of()).mismatches == mismatches


def test_the_same_days_fit_better_than_a_part_and_a_longer_time_is_another(reading_of) -> None:
    """What holds for five years says nothing of one of them."""
    half = Period(date(2024, 1, 1), date(2024, 6, 30), "first half of 2024")
    years = Period(date(2021, 1, 1), date(2025, 12, 31), "2021-2025")
    question = "What was the share in 2024?"
    same, part, longer = (fits(question, reading_of(period=one)).period for one in (reading_of().period, half, years))
    assert same > part > 0 > longer
    assert longer == fits(question, reading_of(year=2020)).period


def test_a_period_told_fits_better_than_one_from_the_reports_date(reading_of) -> None:
    """And that better than none, where the report is of the asked year."""
    question = "What was the share in 2024?"
    told = [reading_of(), reading_of(period_known="inferred"), reading_of(year=0)]
    fit = [fits(question, reading).period for reading in told]
    assert fit == sorted(fit, reverse=True)
    assert fit[-1] > 0


def test_a_reading_without_a_time_in_a_report_of_another_year_is_of_another_period(reading_of) -> None:
    """The report speaks from its own year."""
    assert fits("What was the share in 2019?", reading_of(year=0)).period == -1.0


def test_the_latest_figure_may_be_of_any_period(reading_of) -> None:
    """ "Current" asks for no year."""
    assert fits("What is the current share?", reading_of(year=2019)).period == 0.0


def test_a_place_that_the_sentence_names_may_be_the_scope(reading_of) -> None:
    """Unless the record tells another scope in so many words."""
    sentence = "in porto the share was 45%."
    assert fits("What was the share in Porto?", reading_of(scope_known="carried"), sentence).scope > 0
    assert fits("What was the share in Porto?", reading_of(), sentence).scope == -1.0


def test_without_a_place_the_nation_comes_before_a_part(reading_of) -> None:
    """And before what is told of no place."""
    scopes = ("Portugal", "", "Porto")
    fit = [fits("What was the share?", reading_of(scope=scope)).scope for scope in scopes]
    assert fit[0] > fit[1] >= fit[2]


def test_the_nation_asked_for_is_no_part_of_it(reading_of) -> None:
    """A city's figure is another place's."""
    assert fits("What was the share nationwide?", reading_of(scope="Porto")).mismatches == ("place",)


@pytest.mark.parametrize(
    ("question", "better", "worse"),
    [
        ("What share was it?", {"unit": "%"}, {"unit": "EUR"}),
        ("How many were there?", {"unit": "count"}, {"unit": "%"}),
        ("Which place does it rank?", {"unit": "rank"}, {"unit": "%"}),
        ("What did it cost?", {"unit": "EUR"}, {"unit": "count"}),
        ("How many times quicker was it?", {"unit": "times"}, {"unit": "%"}),
        ("By how many places did it move?", {"unit": "places"}, {"unit": "%"}),
    ],
)
def test_the_unit_that_is_asked_for_fits_best(reading_of, question, better, worse) -> None:
    """The question's words tell it."""
    assert fits(question, reading_of(**better)).unit > fits(question, reading_of(**worse)).unit


def test_a_kind_that_is_left_open_is_rather_a_level_than_a_change_or_target(reading_of) -> None:
    """A plain question asks for what was."""
    kinds = ("actual", "change", "target")
    fit = [fits("What was the share?", reading_of(kind=kind)).kind for kind in kinds]
    assert fit == sorted(fit, reverse=True)
