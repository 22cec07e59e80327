"""Title, dates, place, series and publisher: told by the file, or empty."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.languages import is_foreign_line, language_of
from corpus.metadata import Clues, Metadata, read_metadata
from corpus.occasions import place_of, series_of, series_of_title

CHAIRED = "On May 3, the mayor chaired the 4th meeting of the Roads Committee in the town hall."


def known(text: str, **clues: object) -> Metadata:
    """What is known of an article with this text."""
    return read_metadata(Clues(**{"path": Path("a.txt"), "kind": "article", "text": text, **clues}))  # type: ignore[arg-type]


def test_a_day_without_a_year_is_of_the_year_of_the_report() -> None:
    """The dateline gives the year."""
    found = known(CHAIRED, head=("04/05/2024 10:00",), fields={"language": "en"})
    assert found.held_on == date(2024, 5, 3)


def test_a_day_in_december_reported_in_january_is_of_the_year_before() -> None:
    """The day is the nearest one not after the report."""
    text = "On December 30, the mayor chaired the meeting of the Roads Committee."
    assert known(text, head=("January 2, 2025 08:00",)).held_on == date(2024, 12, 30)


def test_a_day_without_any_year_is_not_guessed() -> None:
    """Without a report's date the year is not known, so the day is not either."""
    assert known(CHAIRED).held_on is None
    assert known(CHAIRED).published_on is None


def test_a_day_with_its_year_needs_no_report_date() -> None:
    """What the sentence says itself is enough."""
    assert known("The board met on 3 May 2024 for its meeting.").held_on == date(2024, 5, 3)


def test_the_day_of_a_decision_is_not_the_meetings() -> None:
    """A day after "dated", "before", "by" is another thing's."""
    text = "The meeting spoke about Decision 12 dated May 3, 2024 and a report due by June 1, 2024."
    assert known(text).held_on is None


def test_the_sentence_that_says_held_counts_first() -> None:
    """A meeting that is only mentioned does not give the day."""
    text = "The conference recalled an earlier one of May 3, 2024. The meeting was held on June 7, 2024."
    assert known(text).held_on == date(2024, 6, 7)


def test_a_vietnamese_page_writes_the_day_first() -> None:
    """09/08 is August 9 there, and "On August 8" is the day before."""
    text = "On August 8, the chairman presided over the online meeting in Nghe An."
    found = known(text, head=("Truy cập nội dung", "09/08/2022 16:11"), tail=("Địa chỉ: Nghệ An",))
    assert (found.held_on, found.published_on) == (date(2022, 8, 8), date(2022, 8, 9))


@pytest.mark.parametrize(
    "address",
    [
        "https://town.example/2024/05/03/roads",
        "https://town.example/2024-05-03/roads",
        "https://town.example/a/1714737600000",
    ],
)
def test_an_address_tells_the_day_of_the_report(address: str) -> None:
    """Year, month and day in a path, or a millisecond clock."""
    assert known("The council met.", tail=(f"Source: {address}",)).published_on == date(2024, 5, 3)


@pytest.mark.parametrize("address", ["https://town.example/2024/15/40/x", "https://town.example/a/13848241113627"])
def test_other_figures_in_an_address_are_no_day(address: str) -> None:
    """Numbers that are no date are passed over."""
    assert known("The council met.", tail=(f"Source: {address}",)).published_on is None


def test_front_matter_is_believed_first() -> None:
    """What the file says of itself stands over what its text suggests."""
    fields = {
        "title": "Roads", "published": "2024-05-04", "held": "2024-05-02", "place": "Mill", "series": "Roads circle",
        "publisher": "Town News", "source": "https://town.example/a",
    }  # fmt: skip
    found = known(CHAIRED, fields=fields)
    assert (found.title, found.held_on, found.published_on) == ("Roads", date(2024, 5, 2), date(2024, 5, 4))
    assert (found.place, found.series, found.publisher) == ("Mill", "Roads circle", "Town News")
    assert found.source == "https://town.example/a"


def test_the_source_is_the_path_unless_an_address_is_told() -> None:
    """A name of a site is a publisher and no address."""
    found = known("The council met.", tail=("Source: town.example",))
    assert (found.source, found.publisher) == ("a.txt", "town.example")


@pytest.mark.parametrize(
    ("clues", "publisher"),
    [
        ({"tail": ("Source: https://www.town.example/a",)}, "town.example"),
        ({"tail": ("Copyright 2012 by the Town of Mill. All rights reserved.",)}, "the Town of Mill"),
        ({"text": "(TNA) - The council met."}, "TNA"),
        ({"text": "The council (CM) met."}, ""),
        ({}, ""),
    ],
)
def test_the_publisher_is_named_by_the_page(clues: dict[str, object], publisher: str) -> None:
    """Source line, agency in brackets at the opening, or copyright; else none."""
    assert known(**{"text": "The council met.", **clues}).publisher == publisher  # type: ignore[arg-type]


def test_minutes_carry_the_day_of_the_meeting() -> None:
    """ "Date:" in minutes is when it was held, not when it was published."""
    found = known("Minutes of the board\n\nDate: 3 May 2024\n\nThe board met.", headline="Minutes of the board")
    assert (found.held_on, found.published_on) == (date(2024, 5, 3), None)


def test_a_transcript_is_dated_by_its_preamble() -> None:
    """The lines before the first turn tell the day; a transcript is not published."""
    found = known("Call\nDate: 3 May 2024\nAnn: We begin.", kind="transcript", head=("Call", "Date: 3 May 2024"))
    assert (found.held_on, found.published_on) == (date(2024, 5, 3), None)


def test_a_recording_may_be_dated_by_its_name() -> None:
    """Recordings are named by their day."""
    found = known("Ann: We begin.", kind="transcript", path=Path("call-2024-05-03.vtt"))
    assert found.held_on == date(2024, 5, 3)


@pytest.mark.parametrize(
    ("text", "series"),
    [
        ("The 3rd online meeting of the Council on Public Health with regions.", "Council on Public Health"),
        ("The Board of Trustees held its 12th meeting on Monday.", "Board of Trustees"),
        ("Roads Committee meeting 8th session", "Roads Committee"),
        ("Overview of the second quarter 2023 press briefing meeting in town.", "press briefing meeting"),
        ("It held an online conference on road safety for the second quarter of 2023.", "road safety conference"),
        ("The council met on Monday.", ""),
        ("A meeting of friends took place.", ""),
    ],
)  # fmt: skip
def test_the_series_is_the_name_without_number(text: str, series: str) -> None:
    """Only a numbered or periodic meeting names a series."""
    assert series_of(text) == series


def test_the_series_is_spelled_with_the_most_capitals() -> None:
    """One series has one name, however a headline writes it."""
    text = "Council on public health holds its 8th session\nMembers of the Council on Public Health came."
    assert series_of(text) == "Council on Public Health"


@pytest.mark.parametrize(
    ("title", "series"),
    [("Weekly call #12, 3 May", "Weekly call"), ("Board meeting 2024-05-03", "Board meeting"), ("Roads", "")],
)
def test_a_title_names_a_series(title: str, series: str) -> None:
    """Numbers and days are not part of the name."""
    assert series_of_title(title) == series


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The chairman presided at the Nghe An bridge point.", "Nghe An"),
        ("Delegates from Bac Ninh and Ho Chi Minh City spoke.", ""),
        ("The council met.", ""),
    ],
)
def test_the_place_is_where_it_is_seen_from(text: str, place: str) -> None:
    """A bridge point names it; places that are only mentioned do not."""
    assert place_of("", text) == place


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The council met and agreed the plan for the roads.", "en"),
        ("Thủ tướng chủ trì hội nghị trực tuyến về chuyển đổi số.", "vi"),
        ("Le conseil est réuni dans la salle pour les élus.", "fr"),
        ("Der Rat hat über die Straßen und das Budget beraten.", "de"),
        ("The council of Hà Nội met. It agreed the plan for the roads and the schools of the town.", "en"),
        ("会議は東京で開かれました。", "ja"),
        ("12 345", "en"),
        ("", "en"),
    ],
)
def test_the_language_is_that_of_most_words(text: str, language: str) -> None:
    """Names in another language do not change it, and nothing is English."""
    assert language_of(text) == language


def test_a_foreign_line_is_more_than_a_name() -> None:
    """A Vietnamese sentence is foreign in an English page, a name in it is not."""
    assert is_foreign_line("Chủ tịch thị xã phát biểu tại cuộc họp", "en")
    assert not is_foreign_line("The session in Hà Nội was led by Phạm Minh Chính.", "en")
    assert not is_foreign_line("Chủ tịch thị xã phát biểu tại cuộc họp", "vi")


def test_a_text_without_a_date_needs_a_meeting_that_was_held() -> None:
    """A day next to the word "meeting" alone dates no encyclopedia article."""
    assert known("The Act was passed before the annual meeting, on May 3, 1971.").held_on is None
