"""Numbers that measure nothing, asked through the quantities that remain."""

from __future__ import annotations

import pytest

from corpus.quantities import find_quantities


def _words(text: str, language: str = "en") -> list[str]:
    return [text[quantity.start : quantity.end] for quantity in find_quantities(text, language=language)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("three hospitals and one school", ["three"]),
        ("one of them", []),
        ("the two sides", []),
        ("two of the three plans", ["two of the three"]),
        ("They met two by two", []),
    ],
)
def test_small_number_words_count_what_follows(text: str, words: list[str]) -> None:
    """ "one" and "the two" are pronouns."""
    assert _words(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "in 2024, July 19, 2024, 08/08/2022, first 6 months, 2021-2024, Q2",
        "third quarter, second half of the year, half-year, the first half",
        "at 14:04, at ten o'clock, 10:00, 10.30 am, 9h30",
        "Tel: 0255 3822 111, Fax: (84-24) 3943 0204, dial 0255",
        "at 52 Hung Vuong Street",
        "749/QD-TTg, 45/CP, Decision 749, Decree No. 13, Law 67/2020/QH14, 24/7",
        "Article 12, Section 3.2, Annex 3, page 12, room 204, page 3 of 12, levels 3 and 4",
        "under Project 06, at Level 4, a Boeing 737, on Windows 11",
        "Project 06 of the Government",
        "4G, IPv6, COVID-19, G20, 3D",
        "1. First\n2) Second\n(3) third",
        "img7104-172135.jpg and dsc_3224.jpg",
        "https://example.org/12/34 and me12@example.org",
        "version 3.2.1",
        "the 8th session, 3rd online meeting, 19th century, #8th session",
        "a 3-level portal, a two-day visit, a 5-year plan, a 5 year plan",
        "people aged 15 years and over, aged 15 to 64, 16-year-old, đủ 15 tuổi",
        "over the past 5 years, 5 years ago, in the last 3 days, for 10 years",
        "8 shortcomings, three important issues, 5 groups of tasks, 3 levels, two deadlines",
        '"5 focuses" and 5 "promoting"',
        "in 1858, between 1361 and 1528, the war of 1914-18",
        "66 million years ago",
        "12 June 2023, 16:11  114\n",
        "double-track, a double standard, twice a week, half an hour, a third party",
    ],
)
def test_what_measures_nothing_is_no_quantity(text: str) -> None:
    """Time, names, addresses, list numbers and points of discourse."""
    assert _words(text) == []


def test_a_quantity_beside_a_name_is_found() -> None:
    """After a comma, a name's number is not continued."""
    assert _words("Under Project 06, 12 provinces reached 92%.") == ["12", "92%"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("published 55 problems", ["55"]),
        ("49 groups of tasks", ["49"]),
        ("to train 200 officials", ["200"]),
        ("train 200", []),
        ("10 of 11 tasks", ["10 of 11"]),
        ("1000 guests", ["1000"]),
    ],
)
def test_the_words_beside_a_bare_number_decide(text: str, words: list[str]) -> None:
    """Many problems are things, grouped tasks are a plan, and "train" is a verb before what it counts."""
    assert _words(text) == words


def test_a_total_may_be_named_as_such_in_vietnamese() -> None:
    """ "số" alone numbers, "tổng số" does not."""
    assert _words("tổng số 52 xã, Quyết định số 749", "vi") == ["52"]


def test_a_quoted_figure_with_a_unit_is_no_slogan() -> None:
    """Bare numbers only."""
    assert _words("“the 95 percent?” and “95% by 2025”") == ["95 percent", "95%"]
