"""The year a document speaks from."""

from __future__ import annotations

from datetime import date

from corpus.document import Document
from index.reference_year import reference_year


def year_of(text: str, **known) -> int | None:
    return reference_year(Document("d1", "a.txt", "", "article", text, "a.txt", **known))


def test_the_meeting_comes_first() -> None:
    """The day of the meeting counts before the day of the report and the text."""
    known = {"held_on": date(2022, 12, 30), "published_on": date(2023, 1, 2)}
    assert year_of("In 2019 the rate was 12%.", **known) == 2022


def test_the_report_comes_second() -> None:
    """Without a day of the meeting, the day of the report counts."""
    assert year_of("In 2019 the rate was 12%.", published_on=date(2023, 1, 2)) == 2023


def test_the_latest_year_told_comes_last() -> None:
    """Without any day, the latest year that the text tells of counts."""
    assert year_of("In 2019 the rate was 12%. In 2021 it was 40%.") == 2021


def test_targets_do_not_count() -> None:
    """A year that is only aimed at is not the year spoken from."""
    assert year_of("In 2021 the rate was 40%. It shall reach 95% by 2025.") == 2021


def test_no_year_is_none() -> None:
    """A text without years has none."""
    assert year_of("The board met in the town hall.") is None
