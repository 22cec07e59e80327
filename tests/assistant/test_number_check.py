"""A number of an answer stands in a quote, was computed, or has no support; nothing between."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.number_check import Approximation, Computed, NumberVerdict, QuotedText, check_numbers

QUOTED, COMPUTED, UNSUPPORTED = NumberVerdict
MEETING = (date(2024, 7, 19),)


def verdicts(words: str, *quotes: str, language: str = "en", dates: tuple[date, ...] = ()) -> list[NumberVerdict]:
    """The verdict on each number of `words`, where the quotes say `quotes`."""
    given_quotes = [QuotedText(number, text, language, dates) for number, text in enumerate(quotes, start=1)]
    return [checked.verdict for checked in check_numbers(words, given_quotes)]


@pytest.mark.parametrize(
    ("words", "quote", "language"),
    [
        ("4,523,000 dossiers", "có 4.523.000 hồ sơ", "vi"),
        ("12 %", "a rate of 12.0%", "en"),
        ("45 percent", "45% of them", "en"),
        ("13.2 million accounts", "13,200,000 accounts", "en"),
        ("two billion", "02 billion", "en"),
        ("3-4 times", "3 to 4 times", "en"),
        ("2.5-fold", "2.5 times", "en"),
        ("half of them", "50% of them", "en"),
        ("25 billion USD", "US$25bn", "en"),
        ("477 of 832 communes", "477/832 communes", "en"),
        ("832 communes", "477/832 communes", "en"),
        ("ranked 71", "the 71st place", "en"),
    ],
)
def test_values_are_compared_and_not_spelling(words, quote, language):
    """The same value in the same unit is quoted, however it is written."""
    assert verdicts(words, quote, language=language) == [QUOTED]


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        ("45 communes", "45 % of communes"),
        ("It is 45.", "It is 45 %."),
        ("25 billion USD", "25 billion VND"),
        ("25 billion", "25 billion USD"),
        ("71 communes", "ranked 71st"),
        ("ranked 71st", "71 communes"),
        ("up 5%", "up 5 percentage points"),
        ("45 communes", "US$ 45 for communes"),
        ("19 cases", "COVID-19 cases"),
        ("523 dossiers", "4 523 000 dossiers"),
        ("45 communes", "245 communes, 45,1 communes, 3.45 communes"),
    ],
)
def test_units_count(words, quote):
    """The same figures in another unit, or as part of another number, are no support."""
    assert verdicts(words, quote) == [UNSUPPORTED]


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        ("nearly half of them", "47.79 % of them"),
        ("4 times as many", "3 to 4 times as many"),
        ("3 to 4 times", "3 times, then 4 times"),
        ("477 of 900 communes", "477 of 832 communes"),
        ("a third of them", "33.3% of them"),
    ],
)
def test_what_needs_judgement_is_no_quote(words, quote):
    """Rounding, an end of a range, another total are the answer's own."""
    assert verdicts(words, quote) == [UNSUPPORTED]


@pytest.mark.parametrize(
    ("words", "quote", "fate"),
    [
        ("about 38.3%", "about 38.3%", Approximation.KEPT),
        ("38.3%", "38.3%", Approximation.KEPT),
        ("approximately 38.3%", "khoảng 38,3%", Approximation.KEPT),
        ("more than 40 km", "over 40 km", Approximation.KEPT),
        ("between 3 and 5 million", "3-5 million", Approximation.KEPT),
        ("38.3%", "an estimated 38.3%", Approximation.DROPPED),
        ("over 38.3%", "38.3%", Approximation.ADDED),
        ("over 38.3%", "nearly 38.3%", Approximation.CHANGED),
        ("38.3%", "over 38.3%, to be exact 38.3%", Approximation.KEPT),
    ],
)
def test_what_became_of_the_hedge(words, quote, fate):
    """It is told beside the verdict, which it does not change."""
    language = "vi" if "khoảng" in quote else "en"
    (checked,) = check_numbers(words, [QuotedText(1, quote, language)])
    assert (checked.verdict, checked.approximation) == (QUOTED, fate)


@pytest.mark.parametrize(
    ("words", "quote", "dates"),
    [
        ("in 2024", "reached in 2024", ()),
        ("in 2024", "it rose", MEETING),
        ("in 2025", "in the 2021-2025 period", ()),
        ("on July 19, 2024", "Hà Nội, 19/07/2024", ()),
        ("July 19, 2024", "on July 19", MEETING),
        ("in July 2024", "on July 19, 2024", ()),
        ("in March 2024", "in March", MEETING),
        ("in February 2023", "in February", (date(2023, 5, 1),)),
        ("the first half of 2024", "in the first 6 months", MEETING),
        ("Q2 2024", "in the second quarter of 2024", ()),
    ],
)
def test_days_and_years_stand_in_the_quote_or_its_dates(words, quote, dates):
    """In any form, and coarser than they are written."""
    assert verdicts(words, quote, dates=dates) == [QUOTED]


@pytest.mark.parametrize(
    ("words", "quote", "dates"),
    [
        ("in 2024", "it rose", ()),
        ("in 2024", "2024 people came", ()),
        ("In total 2024 people came", "in 2024", ()),
        ("in 2023", "last year", MEETING),
        ("in 2022", "in the 2021-2025 period", ()),
        ("July 19, 2023", "on July 19 they looked back on 2023", MEETING),
        ("on July 20, 2024", "on July 19, 2024", MEETING),
        ("the first half of 2023", "in the first 6 months", MEETING),
    ],
)
def test_other_days_and_years_have_no_support(words, quote, dates):
    """A count is no year, and what "last year" was is the reader's conclusion."""
    assert verdicts(words, quote, dates=dates) == [UNSUPPORTED]


@pytest.mark.parametrize(
    ("words", "quote", "verdict"),
    [
        ("Project 06", "under project 06", QUOTED),
        ("Project 07", "under project 06, with 07 offices", UNSUPPORTED),
        ("IPv6", "IPv6 in use", QUOTED),
        ("IPv6", "IPv4 and 6 others", UNSUPPORTED),
        ("COVID–19", "Covid-19", QUOTED),
        ("749/QD-TTg", "Decision 1749/QD-TTg", UNSUPPORTED),
        ("#8th session", "digital #8th session", QUOTED),
        ("the 8th session", "its 8th session", QUOTED),
        ("the 8th session", "the 8th meeting", UNSUPPORTED),
        ("at 9:30", "at 9:30 am", QUOTED),
        ("at 9:30", "at 9:30:15 and 19:30", UNSUPPORTED),
    ],
)
def test_names_stand_as_they_are_written(words, quote, verdict):
    """A number in a name is compared with the word that it belongs to, and counts nothing."""
    assert verdicts(words, quote) == [verdict]


@pytest.mark.parametrize(
    ("words", "quote", "expected"),
    [
        ("in 3 months", "it took 3 months", [QUOTED]),
        ("five key tasks", "5 tasks", [QUOTED]),
        ("seven key tasks", "5 tasks", [UNSUPPORTED]),
    ],
)
def test_numbers_that_measure_nothing_are_checked_too(words, quote, expected):
    """Durations, points of a talk and ages are no readings, but may be wrong all the same."""
    assert verdicts(words, quote) == expected


@pytest.mark.parametrize(
    "words",
    [
        "Two reports say so.",
        "Three different sources say so.",
        "One of them said so, and the second agreed.",
        "Dozens came in July.",
        "It rose [1].",
        "It rose [1][2], [1, 2].",
        "1. It rose.\n2. It fell.",
    ],
)
def test_what_is_not_checked(words):
    """The answer's own sources, plain English, markers and the numbers of its lines."""
    assert verdicts(words, "It rose.", "It fell.") == []


@pytest.mark.parametrize("words", ["three hospitals", "four of them", "[7]", "It rose to [1]%.", "12. It rose.", "12."])
def test_what_looks_like_it_is_checked(words):
    """A count in words, a bracket that no citation has, a line that is not the first."""
    assert verdicts(words, "It rose.") == [UNSUPPORTED]


def test_the_marked_citation_goes_first():
    """Of two quotes with the number the one that the answer points to is told."""
    quotes = [QuotedText(1, "It is 45%."), QuotedText(2, "It is about 45%.")]
    (checked,) = check_numbers("It is 45% [2].", quotes)
    assert (checked.citation, checked.approximation) == (2, Approximation.DROPPED)


def test_a_number_of_another_citation_is_told_with_it():
    """The caller can see that the marker behind a number is the wrong one."""
    (checked,) = check_numbers("It is 45% [1].", [QuotedText(1, "It is 40%."), QuotedText(2, "It is 45%.")])
    assert (checked.verdict, checked.citation) == (QUOTED, 2)


def test_places_are_of_the_words_with_markers():
    """Markers before a number do not move it; two levels after one word do not overlap."""
    words = "“It is 45%” [1], at levels 3 and 4 about 12 % of 30 wards [1]."
    checked = check_numbers(words, [QuotedText(1, "It is 45%.")])
    assert [number.text for number in checked] == ["45%", "levels 3", "4", "about 12 %", "30"]
    assert all(words[number.start : number.end] == number.text for number in checked)


@pytest.mark.parametrize(
    ("words", "result", "verdict"),
    [
        ("1.17 times", Computed("45% / 38.3%", 1.17, "times", (1,)), COMPUTED),
        ("6.7 percentage points", Computed("45% - 38.3%", 45 - 38.3, "percentage points", (1, 1)), COMPUTED),
        ("6.7%", Computed("45% - 38.3%", 45 - 38.3, "percentage points", (1,)), UNSUPPORTED),
        ("1.2 times", Computed("45% / 38.3%", 1.17, "times", (1,)), UNSUPPORTED),
        ("1.17 times", Computed("45% / 38.3%", 1.17, "times", ()), UNSUPPORTED),
        ("1.17 times", Computed("45% / 38.3%", 1.17, "times", (1, 2)), UNSUPPORTED),
        ("45%", Computed("45%", 45, "%", (1,)), QUOTED),
    ],
)
def test_a_result_of_cited_inputs_is_computed(words, result, verdict):
    """Value and unit are the result's and every input is given; what is quoted needs no computation."""
    (checked,) = check_numbers(words, [QuotedText(1, "45%, after 38.3%")], [result])
    assert (checked.verdict, checked.citation) == (verdict, 1 if verdict is QUOTED else None)


@pytest.mark.parametrize(("words", "verdict"), [("1,162 km", QUOTED), ("1.162 km", QUOTED), ("1,163 km", UNSUPPORTED)])
def test_a_copy_is_quoted_whatever_the_language_makes_of_it(words, verdict):
    """Copied figures stand, though English would read another value; so does the same value."""
    assert verdicts(words, "dài 1,162 km", language="vi") == [verdict]


def test_without_quotes_nothing_stands():
    """An empty list of quotes supports no number; no words have none."""
    assert verdicts("about 45%, in 2024") == [UNSUPPORTED, UNSUPPORTED]
    assert verdicts("") == []


UNITS = [
    "%",
    " percent",
    " times",
    " km",
    " million USD",
    " billion VND",
    " percentage points",
    " communes",
    " dossiers",
]
FRAMES = ["The rate was {} then.", "It rose to {}", "They told of {}, no more.", "“{}” was said"]
numerals = st.one_of(
    st.integers(3, 1899).map(str),
    st.integers(10_000, 99_999_999).map("{:,}".format),
    st.decimals("0.1", "999.9", places=1).map(str),
)


@given(number=numerals, unit=st.sampled_from(UNITS), frames=st.tuples(*[st.sampled_from(FRAMES)] * 2))
def test_a_number_that_is_quoted_verbatim_is_quoted(number, unit, frames):
    """Whatever stands around it in the quote and in the answer."""
    quote, words = (frame.format(number + unit) for frame in frames)
    assert verdicts(words, quote) == [QUOTED]


@given(
    number=numerals,
    unit=st.sampled_from(UNITS),
    frames=st.tuples(*[st.sampled_from(FRAMES)] * 2),
    place=st.integers(0, 20),
    digit=st.sampled_from("123456789"),
)
def test_a_changed_digit_is_never_quoted(number, unit, frames, place, digit):
    """One other digit is another number, and the quote does not carry it."""
    places = [match.start() for match in re.finditer(r"\d", number)]
    at = places[place % len(places)]
    changed = number[:at] + digit + number[at + 1 :]
    stated = verdicts(frames[1].format(changed + unit), frames[0].format(number + unit))
    assert (QUOTED in stated) == (changed == number)


@given(st.text(alphabet="0123456789 .,%/-–()[]\n$abIPvthM", max_size=40))
def test_no_figure_goes_unseen(words):
    """Every digit is in a checked number or numbers a line; places are in order and apart."""
    checked = check_numbers(words, [])
    seen = {position for number in checked for position in range(number.start, number.end)}
    lines = {match.start(1) + i for match in re.finditer(r"(?m)^[^\S\n]*(\d{1,2})[.)]", words) for i in (0, 1)}
    assert {match.start() for match in re.finditer(r"\d", words)} <= seen | lines
    assert all(first.end <= second.start for first, second in pairwise(checked))
    assert all(words[number.start : number.end] == number.text for number in checked)
