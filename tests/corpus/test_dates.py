"""Days are read where they are written, and nothing else is read as a day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import NO_YEAR, DateOrder, date_order, find_dates, resolve_year


def days(text: str, order: DateOrder = "mdy") -> list[date]:
    return [mention.date for mention in find_dates(text, order=order)]


@pytest.mark.parametrize(
    "written",
    [
        "July 19, 2024",
        "July 19 2024",
        "July 19th, 2024",
        "JULY 19, 2024",
        "july 19, 2024",
        "Jul. 19 2024",
        "July 19 , 2024",
        "19 July 2024",
        "19 July, 2024",
        "19th of July 2024",
        "2024-07-19",
        "2024/07/19",
        "2024.07.19",
        "19.07.2024",
        "19-07-2024",
        "19/07/2024",
        "7/19/2024",
        "ngày 19 tháng 7 năm 2024",
        "19 tháng 7 năm 2024",
        "ngay 19 thang 7 nam 2024",
        "ngày 19 tháng 7, 2024",
    ],
)
def test_every_form_names_the_same_day(written: str) -> None:
    """English, ISO and Vietnamese forms are one day, with the span of the words that write it."""
    text = f"The report of {written} says so."
    (mention,) = find_dates(text, order="mdy")
    assert (mention.date, mention.has_year) == (date(2024, 7, 19), True)
    assert text[mention.start : mention.end] == written


@pytest.mark.parametrize(
    "text",
    [
        "On August 8 they met",
        "the 8th of August",
        "8 August",
        "on 8/8",
        "dated 8/8.",
        "ngày 8/8",
        "Sáng 8/8, Bộ họp",
        "ngày 8 tháng 8",
    ],
)
def test_a_day_without_a_year_says_so(text: str) -> None:
    """The year is never guessed: it is NO_YEAR, and has_year is false."""
    (mention,) = find_dates(text, order="mdy")
    assert (mention.date, mention.has_year) == (date(NO_YEAR, 8, 8), False)


@pytest.mark.parametrize(
    "text",
    [
        "10/11 goals on Digital Government, 03/06 goals and 63/63 localities",
        "477/832 villages",
        "based on 10/11 goals",
        "on 10/11 of the goals",
        "13/25/2024",
        "30 February 2024",
        "31/04/2024",
        "Law 24/2018/QH14",
        "Decree 12/6/2018/NĐ-CP",
        "section 1.2.3 and version 3.10.2024.1",
        "address 10.12.20.24 and 192.168.1.2024",
        "Tel: 0255 3 712 135, 024-38-2024",
        "in July 2,000 people came",
        "In July 2024",
        "May 5% of them",
        "they may 5 times",
        "12 tháng 6 tỉnh",
        "rose 4.523.000",
        "id 2024-07-19-001",
        "https://a.vn/2024/07/19/story",
        "5-10-15",
    ],
)
def test_what_only_looks_like_a_day_is_none(text: str) -> None:
    """Ratios, laws, versions, telephone numbers and impossible days are not dates."""
    assert find_dates(text, order="dmy") == []


@pytest.mark.parametrize(("order", "day"), [("dmy", date(2022, 8, 9)), ("mdy", date(2022, 9, 8))])
def test_order_decides_what_can_be_read_both_ways(order: DateOrder, day: date) -> None:
    """09/08/2022 is the 9th of August or the 8th of September."""
    assert days("Updated 09/08/2022 16:11", order) == [day]


@pytest.mark.parametrize("order", ["dmy", "mdy"])
@pytest.mark.parametrize("written", ["25/12/2022", "12/25/2022"])
def test_order_does_not_matter_where_one_reading_is_possible(written: str, order: DateOrder) -> None:
    """A 25th month does not exist."""
    assert days(written, order) == [date(2022, 12, 25)]


def test_a_range_of_days_is_two_days() -> None:
    """The first and the last day of a range share month and year."""
    both = [date(2024, 7, 19), date(2024, 7, 20)]
    assert days("on July 19-20, 2024") == days("on 19–20 July 2024") == days("July 19 and 20, 2024") == both


def test_a_number_of_things_after_a_day_is_no_range() -> None:
    """A dash between a day and a count does not make the count a day."""
    assert days("On July 5 - 12 provinces met") == [date(NO_YEAR, 7, 5)]


def test_a_day_glued_to_the_word_before_it_is_read() -> None:
    """Web pages run the publisher's name and the day together."""
    assert days("Hà Nội Mới12/06/2023", "dmy") == [date(2023, 6, 12)]


def test_mentions_are_in_the_order_of_the_text() -> None:
    """All forms together come back sorted by position."""
    assert days("2024-01-02, then March 4, 2024, then 05.06.2024", "dmy") == [
        date(2024, 1, 2),
        date(2024, 3, 4),
        date(2024, 6, 5),
    ]


@pytest.mark.parametrize(
    ("language", "text", "order"),
    [
        ("en", "", "mdy"),
        ("vi", "", "dmy"),
        ("fr", "", "dmy"),
        ("en", "Seen 25/12/2022 and 03/04/2022", "dmy"),
        ("vi", "Seen 12/25/2022 and 03/04/2022", "mdy"),
        ("en", "09/08/2022\nOn August 8, the committee met.", "dmy"),
        ("en", "08/09/2022\nOn August 8, the committee met.", "mdy"),
        ("en", "Truy cập nội dung luôn\n09/08/2022", "dmy"),
        ("en", "09/08/2022 Source: quangbinh.gov.vn", "dmy"),
    ],
)
def test_the_text_tells_its_own_order(language: str, text: str, order: DateOrder) -> None:
    """Unambiguous figures, days in words, Vietnamese signs and the language are asked in turn."""
    assert date_order(language, text) == order


def test_a_missing_year_is_the_latest_that_is_not_after() -> None:
    """A report of January that tells of December means last December."""
    assert resolve_year(12, 30, not_after=date(2024, 1, 5)) == date(2023, 12, 30)
    assert resolve_year(1, 5, not_after=date(2024, 1, 5)) == date(2024, 1, 5)
    assert resolve_year(2, 29, not_after=date(2023, 3, 1)) == date(2020, 2, 29)


def test_a_day_that_no_year_has_is_an_error() -> None:
    """31 April is refused rather than searched for."""
    with pytest.raises(ValueError, match="day"):
        resolve_year(4, 31, not_after=date(2024, 1, 5))


def test_a_mention_resolves_its_own_year() -> None:
    """A written year stays; a missing one is taken from the day of the report."""
    written, missing = find_dates("July 19, 2020 and August 8", order="mdy")
    assert written.resolved(not_after=date(2024, 9, 1)) == date(2020, 7, 19)
    assert missing.resolved(not_after=date(2024, 9, 1)) == date(2024, 8, 8)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(["dmy", "mdy"]))
def test_what_is_written_is_read(day: date, order: DateOrder) -> None:
    """Writing a day and reading it again is the identity, in every unambiguous form."""
    slashed = f"{day:%d/%m/%Y}" if order == "dmy" else f"{day:%m/%d/%Y}"
    for written in (day.isoformat(), f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%b} {day.year}", slashed):
        assert days(f"On {written}.", order) == [day]


@given(st.text(st.sampled_from("0123/.-, JulyMa°ngàythá\n"), max_size=60))
def test_spans_are_ordered_and_inside_the_text(text: str) -> None:
    """Whatever the text, mentions have words and do not overlap."""
    end = 0
    for mention in find_dates(text, order="dmy"):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
