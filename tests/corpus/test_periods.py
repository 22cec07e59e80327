"""A period is found with its days, its words and how the text uses it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.periods import Period, PeriodMention, Relation, find_periods


def only(text: str, year_hint: int | None = None) -> PeriodMention:
    (mention,) = find_periods(text, year_hint=year_hint)
    return mention


def period(start: str, end: str) -> Period:
    return Period(date.fromisoformat(start), date.fromisoformat(end), "")


@pytest.mark.parametrize(
    ("text", "words", "start", "end"),
    [
        ("The rate in 2024 rose", "2024", "2024-01-01", "2024-12-31"),
        ("in the 2021-2024 period", "2021-2024", "2021-01-01", "2024-12-31"),
        ("the plan 2021–2025,", "2021–2025", "2021-01-01", "2025-12-31"),
        ("the plan 2021 - 2025,", "2021 - 2025", "2021-01-01", "2025-12-31"),
        ("from 2021 to 2024", "2021 to 2024", "2021-01-01", "2024-12-31"),
        ("between 2019 and 2021", "2019 and 2021", "2019-01-01", "2021-12-31"),
        ("the first 6 months of 2022", "first 6 months of 2022", "2022-01-01", "2022-06-30"),
        ("the first six months of 2022", "first six months of 2022", "2022-01-01", "2022-06-30"),
        ("the last 3 months of 2022", "last 3 months of 2022", "2022-10-01", "2022-12-31"),
        ("first half of 2022", "first half of 2022", "2022-01-01", "2022-06-30"),
        ("second half of 2022", "second half of 2022", "2022-07-01", "2022-12-31"),
        ("in H1 2022", "H1 2022", "2022-01-01", "2022-06-30"),
        ("in 2H2022", "2H2022", "2022-07-01", "2022-12-31"),
        ("second quarter of 2023", "second quarter of 2023", "2023-04-01", "2023-06-30"),
        ("the second quarter 2023 review", "second quarter 2023", "2023-04-01", "2023-06-30"),
        ("in Q2 2023", "Q2 2023", "2023-04-01", "2023-06-30"),
        ("in Q2/2023", "Q2/2023", "2023-04-01", "2023-06-30"),
        ("first three quarters of 2023", "first three quarters of 2023", "2023-01-01", "2023-09-30"),
        ("In July 2024 it", "July 2024", "2024-07-01", "2024-07-31"),
        ("in July, 2024", "July, 2024", "2024-07-01", "2024-07-31"),
        ("in 07/2024", "07/2024", "2024-07-01", "2024-07-31"),
        ("in February 2023", "February 2023", "2023-02-01", "2023-02-28"),
        ("from July to September 2024", "July to September 2024", "2024-07-01", "2024-09-30"),
        ("from December to March 2024", "December to March 2024", "2023-12-01", "2024-03-31"),
        ("on July 19, 2024", "July 19, 2024", "2024-07-19", "2024-07-19"),
        ("on July 19-20, 2024", "July 19-20, 2024", "2024-07-19", "2024-07-20"),
        ("from 29 July to 2 August 2024", "29 July to 2 August 2024", "2024-07-29", "2024-08-02"),
        ("in FY2024", "FY2024", "2024-01-01", "2024-12-31"),
        ("the season 2023/24", "2023/24", "2023-01-01", "2024-12-31"),
        ("in mid-2024", "mid-2024", "2024-05-01", "2024-08-31"),
        ("in early 2024", "early 2024", "2024-01-01", "2024-04-30"),
        ("in late 2024", "late 2024", "2024-09-01", "2024-12-31"),
        ("in spring 2024", "spring 2024", "2024-03-01", "2024-05-31"),
        ("in the winter of 2023", "winter of 2023", "2023-12-01", "2024-02-29"),
        ("in the 2010s", "2010s", "2010-01-01", "2019-12-31"),
        ("trong năm 2024", "2024", "2024-01-01", "2024-12-31"),
        ("quý I/2024", "quý I/2024", "2024-01-01", "2024-03-31"),
        ("quý 2 năm 2024", "quý 2 năm 2024", "2024-04-01", "2024-06-30"),
        ("tháng 7/2024", "tháng 7/2024", "2024-07-01", "2024-07-31"),
        ("tháng 7 năm 2024", "tháng 7 năm 2024", "2024-07-01", "2024-07-31"),
        ("6 tháng đầu năm 2022", "6 tháng đầu năm 2022", "2022-01-01", "2022-06-30"),
        ("6 tháng cuối năm 2022", "6 tháng cuối năm 2022", "2022-07-01", "2022-12-31"),
        ("từ năm 2021 đến năm 2024", "2021 đến năm 2024", "2021-01-01", "2024-12-31"),
    ],
)
def test_every_form_has_its_days_and_words(text: str, words: str, start: str, end: str) -> None:
    """One mention, in use "in", with the first and last day and the words that name it."""
    mention = only(text)
    assert (mention.period, mention.period.text) == (period(start, end), words)
    assert text[mention.start : mention.end] == words
    assert mention.relation == "in"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("in July", "2024-07-01", "2024-07-31"),
        ("5.1 million in March alone", "2024-03-01", "2024-03-31"),
        ("on July 19", "2024-07-19", "2024-07-19"),
        ("this year", "2024-01-01", "2024-12-31"),
        ("last year", "2023-01-01", "2023-12-31"),
        ("next year", "2025-01-01", "2025-12-31"),
        ("the previous year", "2023-01-01", "2023-12-31"),
        ("the first 9 months of the year", "2024-01-01", "2024-09-30"),
        ("the first 9 months", "2024-01-01", "2024-09-30"),
        ("the third quarter of last year", "2023-07-01", "2023-09-30"),
        ("Q3", "2024-07-01", "2024-09-30"),
        ("năm nay", "2024-01-01", "2024-12-31"),
        ("năm ngoái", "2023-01-01", "2023-12-31"),
        ("6 tháng đầu năm", "2024-01-01", "2024-06-30"),
        ("in February", "2024-02-01", "2024-02-29"),
    ],
)
def test_a_missing_year_is_the_hint_or_nothing(text: str, start: str, end: str) -> None:
    """Forms without a year are placed in the hinted year, and left out without a hint."""
    assert only(text, year_hint=2024).period == period(start, end)
    assert find_periods(text) == []


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("95% by 2025", "by"),
        ("by the end of 2025", "by"),
        ("before the end of 2025", "by"),
        ("no later than 2025", "by"),
        ("the strategy to 2030", "by"),
        ("until June 2025", "by"),
        ("By June 2025, all units", "by"),
        ("đến cuối năm 2025", "by"),
        ("đến năm 2030", "by"),
        ("since 2019", "since"),
        ("since the beginning of 2024", "since"),
        ("From 2025, all units sign", "since"),
        ("from 2025 onwards", "since"),
        ("before 2020", "before"),
        ("prior to 2020", "before"),
        ("trước năm 2020", "before"),
        ("after 2020", "after"),
        ("compared to 2022", "baseline"),
        ("compared with the first quarter of 2023", "baseline"),
        ("compared to the same period of 2023", "baseline"),
        ("more than in 2023", "baseline"),
        ("up 12% from 2023", "baseline"),
        ("an increase of 20% over 2023", "baseline"),
        ("up from 38% in 2023", "baseline"),
        ("compared to the beginning of Project 06 (2022)", "baseline"),
        ("so với năm 2023", "baseline"),
        ("according to 2024 figures", "in"),
        ("data from 2023", "in"),
        ("the supply of 2023", "in"),
    ],
)
def test_the_words_before_tell_the_relation(text: str, relation: Relation) -> None:
    """Deadlines, starting points and years compared with are told from the period itself."""
    assert only(text).relation == relation


def test_a_deadline_spans_its_whole_year_or_month() -> None:
    """ "By the end of 2025" is the year 2025, "by June 2025" the month."""
    assert only("by the end of 2025").period == period("2025-01-01", "2025-12-31")
    assert only("by June 2025").period == period("2025-06-01", "2025-06-30")
    assert only("by the end of this year", 2024).period == period("2024-01-01", "2024-12-31")


def test_the_same_period_last_year_is_compared_with() -> None:
    """It stands for last year, as what a figure is compared with."""
    mention = only("up on the same period last year", 2024)
    assert (mention.period.label, mention.relation) == ("2023", "baseline")


def test_years_in_a_list_are_one_period_each() -> None:
    """ "2021 and 2022" is two figures' two years."""
    found = find_periods("In 2020, 2021 and 2022 it was 10%, 11.91%, 14.26%")
    assert [mention.period.label for mention in found] == ["2020", "2021", "2022"]


def test_each_period_of_a_sentence_has_its_own_relation() -> None:
    """A figure, what it is compared with and the target are three mentions."""
    found = find_periods("It rose from 38% in 2023 to 45% in 2024, against 95% by 2025.")
    assert [(m.period.label, m.relation) for m in found] == [
        ("2023", "baseline"),
        ("2024", "in"),
        ("2025", "by"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "there are 2,398 databases",
        "a total of 2400 racks and 2,024.5 tons",
        "2024 people came",
        "about 2020 households",
        "in 2000 villages",
        "to 2030 communes",
        "1950 km of fibre and 2000 MW",
        "costs $2024 or 2024%",
        "Hotline: 1900 1009",
        "No. 2024",
        "Law 24/2018/QH14",
        "10/11 goals on Digital Government",
        "1800 and 2150",
        "2024 xã, 2000 hộ",
        "the first steps of all",
        "they may March on",
        "the second half",
        "He said may be",
        "12 tháng",
    ],
)
def test_a_quantity_is_no_period(text: str) -> None:
    """Four figures that count things, and words that only look like months, are left alone."""
    assert find_periods(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "the 2024 Digital Transformation Plan",
        "the 2024 targets",
        "In 2024 ministries met",
        "online dossier rate 2024?",
        "(2024)",
        "2024 was good",
        "from 2024 onwards",
    ],
)
def test_a_year_beside_a_noun_is_still_a_year(text: str) -> None:
    """The words around decide: "the 2024 targets" has a year, "2024 people" has none."""
    assert only(text).period.label == "2024"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("in 2024", "2024"),
        ("in July", "July 2024"),
        ("on July 19", "July 19, 2024"),
        ("the first 6 months of 2022", "first 6 months of 2022"),
        ("the first 9 months of the year", "first 9 months of 2024"),
        ("the third quarter of last year", "Q3 2023"),
        ("from July to August", "July to August 2024"),
        ("from 19 July to 2 August", "2024-07-19 to 2024-08-02"),
    ],
)
def test_a_label_can_be_read_without_the_text(text: str, label: str) -> None:
    """Whatever the words were, the label has its year."""
    assert only(text, year_hint=2024).period.label == label


def test_periods_contain_overlap_and_count_days() -> None:
    """Both ends belong to a period."""
    year, july = period("2024-01-01", "2024-12-31"), period("2024-07-01", "2024-07-31")
    turn = period("2024-12-31", "2025-01-01")
    assert year.contains(july)
    assert not july.contains(year)
    assert year.overlaps(turn)
    assert not july.overlaps(turn)
    assert (year.days, july.days, turn.days) == (366, 31, 2)


def test_equal_days_are_equal_periods() -> None:
    """The words do not make a difference: "July 2024" is "tháng 7/2024"."""
    assert only("in July 2024").period == only("tháng 7/2024").period


def test_the_29th_of_february_needs_a_leap_year() -> None:
    """A day that the hinted year does not have is not moved to another."""
    assert find_periods("on February 29", year_hint=2023) == []


WORDS = st.sampled_from(
    [
        "in",
        "2024",
        "2023",
        "to",
        "from",
        "-",
        "July",
        "19",
        ",",
        "first",
        "half",
        "of",
        "quarter",
        "the",
        "year",
        "last",
        "by",
        "Q2",
        "/",
        "6",
        "months",
        "tháng",
        "7",
        "năm",
        "\n",
    ]
)


@given(st.lists(WORDS, max_size=14), st.none() | st.integers(1901, 2099))
def test_mentions_are_ordered_and_quote_the_text(words: list[str], year_hint: int | None) -> None:
    """Whatever the text: no overlap, exact words, and no period that ends before it starts."""
    text = " ".join(words)
    end = 0
    for mention in find_periods(text, year_hint=year_hint):
        assert end <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.period.text
        assert mention.period.start <= mention.period.end
        assert mention.period.label
        end = mention.end


@pytest.mark.parametrize(
    "text",
    [
        "The rate came to 45%, an increase of 2.5 times over 2023.",
        "It reached 92%, an increase of 67% over the start of Project 06 (2022).",
    ],
)
def test_what_a_rise_is_measured_against_is_a_baseline(text: str) -> None:
    """The point of a decimal number does not end the clause, and brackets may hold the year."""
    assert [mention.relation for mention in find_periods(text)] == ["baseline"]
