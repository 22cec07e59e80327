"""When a figure is told of, and what it is measured against, within one sentence."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.document import Span
from corpus.quantities import find_quantities
from index.figure_mentions import comparison_spans, mentions_of, opening_mention
from index.figure_period import StatedTime, times_of
from index.figure_relative import relative_times, shifted
from index.figure_segments import cut_segments

WRITTEN = date(2024, 5, 8)


def times(sentence: str, *, changes: tuple[bool, ...] = ()) -> list[StatedTime]:
    figures = [Span(one.start, one.end) for one in find_quantities(sentence)]
    mentions = mentions_of(sentence, 2024, "dmy", dated=WRITTEN)
    segments = cut_segments(sentence, figures)
    return times_of(sentence, figures, segments, mentions, changes, relative_times(sentence))


def periods(sentence: str) -> list[str | None]:
    return [time.period.iso if time.period else None for time in times(sentence)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It was 3% in 2021 and 4% in 2022.", ["2021", "2022"]),
        ("In 2022 wind had 3% and coal had 4%.", ["2022", "2022"]),
        ("In 2021 and 2022 it was 3% and 4% respectively.", ["2021", "2022"]),
        ("It was 2% in Elm, 3% in Oak and 4% in Ash in 2023.", ["2023", "2023", "2023"]),
        ("Between 2021 and 2023 it rose from 3% to 4%.", ["2021", "2023"]),
        ("It was 4%, compared with 3% in 2022.", [None, "2022"]),
        ("It was 4%.", [None]),
    ],
)
def test_a_figure_takes_the_time_of_its_part(sentence: str, expected: list[str | None]) -> None:
    """Else the one that opens the sentence, or that closes its list."""
    assert periods(sentence) == expected


def test_where_a_change_began_is_of_a_time_before() -> None:
    """Which the sentence does not tell."""
    first, last = times("In 2023 it fell from 214 to 187.")
    assert (first.period, first.relation) == (None, "before")
    assert last.period is not None


def test_the_same_months_of_the_year_before() -> None:
    """ "The same period last year", of a quarter, is that quarter a year before."""
    (time,) = times("In the first quarter of 2024 sales rose 4% against the same period last year.", changes=(True,))
    assert time.baseline is not None
    assert time.baseline.iso == "2023-Q1"


def test_only_a_change_is_measured_against_something() -> None:
    """A level that is compared is not."""
    sentence = "In 2023 sales were 4 million, more than in 2022."
    assert times(sentence)[0].period is not None
    assert times("Sales rose 4% compared to 2022.", changes=(True,))[0].comparison == "compared to 2022"


# Mentions


def test_a_month_that_is_still_ahead_was_last_year() -> None:
    """Unless the sentence looks ahead."""
    (past,) = mentions_of("In September it was 4%.", 2024, "dmy", dated=WRITTEN)
    (ahead,) = mentions_of("It is to open by September.", 2024, "dmy", dated=WRITTEN)
    assert (past.period.iso, ahead.period.iso) == ("2023-09", "2024-09")


def test_the_year_of_a_comparison_does_not_date_the_month() -> None:
    """ "In August: +8% on August 2023"."""
    mentions = mentions_of("Arrivals in April: 12 (+8% on April 2023).", 2024, "dmy", dated=WRITTEN)
    assert [(one.period.iso, one.relation) for one in mentions] == [("2024-04", "in"), ("2023-04", "baseline")]


def test_a_day_of_publication_dates_nothing_else() -> None:
    """ "The plan published in May 2023"."""
    assert mentions_of("The plan published in May 2023 has 12 goals.", 2024, "dmy") == []


def test_what_opens_a_sentence_frames_it() -> None:
    """A period later in it does not."""
    opened = "In 2023, the share was 4%."
    later = "The share of the towns in the north and of those in the south, taken together, was 4% in 2023."
    assert opening_mention(opened, mentions_of(opened, 2024, "dmy")) is not None
    assert opening_mention(later, mentions_of(later, 2024, "dmy")) is None


def test_a_comparison_is_found_with_the_words_that_lead_into_it() -> None:
    """ "Compared to the same period of 2022"."""
    sentence = "It rose 4% compared to the same period of 2022."
    (span,) = comparison_spans(sentence, mentions_of(sentence, 2024, "dmy"))
    assert span.of(sentence) == "compared to the same period of 2022"


# Distances in time


@pytest.mark.parametrize(
    ("sentence", "months"),
    [
        ("up from 12 a year earlier", 12),
        ("up from 12 six months before", 6),
        ("against 12 in the previous quarter", 3),
        ("up 4% year on year", 12),
        ("12 % mehr als im Vorjahr", 12),
        ("+6 % sur un an", 12),
    ],
)
def test_a_distance_is_told_in_months(sentence: str, months: int) -> None:
    """In English, German and French."""
    (relative,) = relative_times(sentence)
    assert (relative.months, relative.is_span) == (months, False)


def test_a_way_through_time_is_told_apart() -> None:
    """ "Over the past two years"."""
    (relative,) = relative_times("It fell from 12 to 9 over the past two years.")
    assert (relative.months, relative.is_span) == (24, True)


def test_whole_months_stay_whole() -> None:
    """Through leap years and turns of the year."""
    (mention,) = mentions_of("in March 2024", 2024, "dmy")
    assert shifted(mention.period, 1).iso == "2024-02"
    assert shifted(mention.period, 13).iso == "2023-02"
    assert shifted(mention.period, 0).iso == "2024-03"
