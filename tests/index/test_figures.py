"""Readings of whole documents: each field, what is carried from sentence to sentence, and what is no figure."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document, Span, Utterance
from corpus.sentences import split_sentences
from index.figures import find_readings
from index.reading import Reading

PUBLISHED = date(2024, 5, 8)


def readings(text: str, **fields: Any) -> list[Reading]:
    """The readings of a report with that text, or of a transcript with those turns."""
    fields = {"published_on": PUBLISHED, **fields}
    document = Document(id="r", name="r", title="", kind="article", text=text, source="", **fields)
    turns = [Span(turn.start, turn.end) for turn in document.utterances] or [Span(0, len(text))]
    sentences = [
        Span(turn.start + one.start, turn.start + one.end) for turn in turns for one in split_sentences(turn.of(text))
    ]
    return find_readings(document, sentences)


def only(text: str, **fields: Any) -> Reading:
    found = readings(text, **fields)
    assert len(found) == 1, [reading.text for reading in found]
    return found[0]


def talk(*turns: str, **fields: Any) -> list[Reading]:
    """The readings of a transcript, one line a turn."""
    text, utterances = "", []
    for turn in turns:
        speaker, _, words = turn.partition(": ")
        start = len(text) + len(speaker) + 2
        text += turn + "\n"
        utterances.append(Utterance(speaker, start, start + len(words)))
    return readings(text, utterances=tuple(utterances), **fields)


def iso(reading: Reading) -> str | None:
    return reading.period.iso if reading.period else None


# What a reading says


def test_a_reading_has_all_that_its_sentence_tells() -> None:
    """Words, value, unit, hedge, thing, time, place and sense."""
    reading = only("In Hai Duong, the rate of paperless permits reached about 61% in 2023.")
    assert (reading.text, reading.value, reading.unit, reading.hedge) == ("about 61%", 61, "%", "about")
    assert (reading.indicator, reading.indicator_known) == ("rate of paperless permits", "stated")
    assert (iso(reading), reading.period_known) == ("2023", "stated")
    assert (reading.scope, reading.scope_known) == ("Hai Duong", "stated")
    assert reading.kind == "actual"


def test_a_count_has_its_total() -> None:
    """ "41 of 60 villages" counts 41, out of 60."""
    reading = only("41 of 60 villages have a paved road.")
    assert (reading.value, reading.total, reading.kind) == (41, 60, "count")
    assert "villages" in reading.indicator


def test_counts_of_a_group_that_opens_the_sentence_are_out_of_it() -> None:
    """ "Of the 60 villages, 41": the group's number is the total, its noun what is counted."""
    group, part = readings("Of the 60 villages of the county, 41 have a paved road.")
    assert group.total is None
    assert (part.total, part.kind) == (60, "count")
    assert "villages" in part.indicator
    assert "road" in part.indicator


def test_a_range_has_both_ends() -> None:
    """ "Between 15 and 18" is no vague figure."""
    reading = only("We expect to open between 15 and 18 shops this year.")
    assert (reading.value, reading.value_to, reading.hedge) == (15, 18, "")


def test_a_rate_per_so_many_is_a_count() -> None:
    """ "81 per 100,000 inhabitants" counts 81; what it is per belongs to what is measured."""
    reading = only("The prisons held 81 per 100,000 inhabitants.")
    assert (reading.text, reading.unit) == ("81", "count")
    assert "inhabitants" in reading.indicator


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The share of paperless permits was 61% in 2023.", "actual"),
        ("The share of paperless permits rose by 6% in 2023.", "change"),
        ("By 2030 the share of paperless permits is to reach 90%.", "target"),
        ("The share of paperless permits is estimated at 61%.", "estimate"),
        ("The county ranked 4th in paperless permits.", "rank"),
        ("Paperless permits are issued in 12 of 40 towns.", "count"),
    ],
)
def test_each_kind_is_told_apart(text: str, kind: str) -> None:
    """Reached, changed, aimed at, estimated, ranked, counted out of a total."""
    assert only(text).kind == kind


def test_a_duty_about_a_time_that_was_over_is_a_result() -> None:
    """Machine translations put a past tense as "will"."""
    assert only("In 2023 the share of permits will reach 90%.").kind == "actual"
    assert only("In 2026 the share of permits will reach 90%.").kind == "target"


def test_the_result_and_the_target_that_it_exceeds_are_told_apart() -> None:
    """Both are of the same time."""
    result, target = readings("In 2023 revenue reached 80 million USD, exceeding the target of 75 million USD.")
    assert (result.kind, target.kind) == ("actual", "target")
    assert iso(result) == iso(target) == "2023"


def test_a_change_has_its_own_time_and_the_one_that_it_is_measured_against() -> None:
    """ "In 2023 … compared to 2022"."""
    reading = only("In 2023 revenue rose by 12% compared to 2022.")
    assert reading.baseline is not None
    assert (iso(reading), reading.baseline.iso, reading.comparison) == ("2023", "2022", "compared to 2022")


def test_a_distance_in_time_is_counted_from_the_time_of_the_figure() -> None:
    """ "A year earlier" than the first half of 2023 is the first half of 2022."""
    now, then = readings("In the first half of 2023 it sold 40 ships, against 31 ships a year earlier.")
    assert iso(now) == "2023-01/2023-06"
    assert iso(then) == "2022-01/2022-06"


def test_year_on_year_is_a_baseline() -> None:
    """The same months of the year before."""
    reading = only("In the second quarter of 2023 sales rose 8% year on year.")
    assert reading.baseline is not None
    assert reading.baseline.iso == "2022-Q2"


def test_what_is_to_come_is_a_target_and_what_may_come_an_estimate() -> None:
    """Told before the figure or behind it."""
    assert only("By 2028, 40 of the 62 stations should be rebuilt.").kind == "target"
    assert only("Output could reach 12 million tonnes next year.").kind == "estimate"


def test_the_present_is_told_apart_from_a_deadline_before_it() -> None:
    """ "By 2028 …; today 31"."""
    reading = only("Every bus is to be electric by 2028; today 31 of 240 buses are.")
    assert (iso(reading), reading.period_known, reading.kind) == ("2024-05", "inferred", "count")


def test_points_of_a_share_are_percentage_points() -> None:
    """ "6.1 points lower"."""
    _, change = readings("Turnout was 54.3 per cent, 6.1 points lower than in 2020.")
    assert (change.text, change.unit, change.kind) == ("6.1 points", "percentage points", "change")


def test_a_rate_of_change_a_year_is_of_no_one_year() -> None:
    """ "By 5% a year"."""
    assert only("Cash payments fall by 5% a year.").period is None


def test_labels_before_a_colon_name_what_is_counted() -> None:
    """One for each figure."""
    found = readings("Admitted: 310; rejected: 780 pupils.")
    assert ["dmitted" in one.indicator for one in found] == [True, False]
    assert "rejected" in found[1].indicator


# What figures of one sentence share


def test_figures_are_dealt_out_to_their_times() -> None:
    """ "In 2021 and 2022 … respectively"."""
    first, last = readings("The share of wind power in 2021 and 2022 was 12% and 15% respectively.")
    assert (iso(first), iso(last)) == ("2021", "2022")
    assert first.indicator == last.indicator == "share of wind power"


def test_figures_are_dealt_out_to_their_things() -> None:
    """ "Wind, solar and coal … respectively"."""
    found = readings("In 2022 the shares of wind, solar and coal were 12%, 8% and 40% respectively.")
    assert [reading.indicator for reading in found] == ["shares of wind", "shares of solar", "shares of coal"]


def test_figures_are_dealt_out_to_their_places() -> None:
    """ "The courts of Elmar and Oskul … respectively"."""
    found = readings("The courts of Elmar and Oskul closed 814 and 312 cases respectively.")
    assert [reading.scope for reading in found] == ["Elmar", "Oskul"]
    assert all("cases" in reading.indicator for reading in found)


def test_the_ends_of_a_way_share_a_unit() -> None:
    """ "From 40 to 28 minutes": where it began has no time that is told."""
    first, last = readings("The waiting time fell from 40 to 28 minutes in 2023.")
    assert (first.unit, last.unit) == ("minutes", "minutes")
    assert (iso(first), iso(last)) == (None, "2023")


def test_the_ends_of_a_way_are_of_the_ends_of_its_time() -> None:
    """ "From 41% to 56% between 2021 and 2023"."""
    found = readings("Between 2021 and 2023 coverage rose from 41% to 56%.")
    assert [iso(reading) for reading in found] == ["2021", "2023"]


def test_a_change_is_of_the_way_that_follows_it() -> None:
    """ "Doubled, from … in 2018 to … in 2023"."""
    change, *_ = readings("Enrolment doubled, from 18,200 pupils in 2018 to 36,500 in 2023.")
    assert change.baseline is not None
    assert (iso(change), change.baseline.iso, change.kind) == ("2023", "2018", "change")


def test_a_predicate_is_told_of_every_count_of_its_subject() -> None:
    """ "21 ministries and 62 provinces have issued a plan"."""
    found = readings("So far 21 ministries and 62 provinces have issued a plan.")
    assert all("plan" in reading.indicator for reading in found)


def test_what_is_counted_is_not_told_twice() -> None:
    """ "150 households sell online, and 173 received training": 173 households."""
    _, second = readings("150 households do business online, and 173 received training.")
    assert "households" in second.indicator
    assert "training" in second.indicator


def test_of_which_takes_up_what_was_counted() -> None:
    """ "1,204 ships, of which 310 were ferries"."""
    _, second = readings("The harbour saw 1,204 ships, of which 310 were ferries.")
    assert "ships" in second.indicator
    assert "ferries" in second.indicator


def test_a_budget_beside_what_was_reached_is_a_target_in_its_unit() -> None:
    """ "Against 38,500 budgeted"."""
    _, budget = readings("Income was 41,000 pounds against 38,500 budgeted.")
    assert (budget.unit, budget.kind) == ("GBP", "target")


def test_each_clause_has_its_own_subject() -> None:
    """A name that no list of places has, too."""
    first, second = readings("Hai Duong had 41 clinics in 2022; Zarqa had 62.")
    assert (first.scope, second.scope) == ("Hai Duong", "Zarqa")
    assert second.indicator == "clinics"


# What is carried from the sentences before


def test_a_heading_dates_what_stands_under_it() -> None:
    """Until a sentence has a time of its own."""
    first, second = readings("Results of 2022\n\nThe share of cash was 12%. In 2021 the share of cash was 15%.")
    assert (iso(first), first.period_known) == ("2022", "carried")
    assert (iso(second), second.period_known) == ("2021", "stated")


def test_a_time_that_opens_a_paragraph_holds_to_its_end() -> None:
    """And no longer."""
    text = "In 2022 wind power rose. Its share was 12%.\n\nThe share of coal is 40%."
    first, second = readings(text)
    assert (iso(first), first.period_known) == ("2022", "carried")
    assert (iso(second), second.period_known) == ("2024-05", "inferred")


def test_the_province_is_the_one_that_was_named_last() -> None:
    """In another paragraph too."""
    _, second = readings("Hai Duong issued 40 permits.\n\nThe province also built 12 bridges.")
    assert second.scope == "Hai Duong"


def test_a_report_of_a_place_speaks_of_it() -> None:
    """Where nothing narrower is said."""
    reading = only("The share of paperless permits was 61%.", place="Norwich")
    assert (reading.scope, reading.scope_known) == ("Norwich", "inferred")


def test_an_organisation_that_acts_is_the_scope() -> None:
    """With a name of several words, or one behind an opening."""
    assert only("Northline Tramways carried 3.4 million passengers.").scope == "Northline Tramways"
    assert only("In 2023, Velora opened 14 depots.").scope == "Velora"


def test_who_speaks_is_no_scope_and_no_thing() -> None:
    """A label in capitals before a colon."""
    reading = only("DEPUTY MAYOR: The share of paperless permits was 61%.", place="Tema")
    assert (reading.scope, reading.indicator) == ("Tema", "share of paperless permits")


def test_an_ellipsis_takes_the_measure_of_the_figure_before() -> None:
    """ "And Hai Duong has 92 percent.", in talk."""
    first, second = talk(
        "Chair: The rate of paperless permits is 45 percent in the nation.", "Analyst: And Hai Duong has 92 percent."
    )
    assert second.indicator == first.indicator == "rate of paperless permits"
    assert second.scope == "Hai Duong"
    assert second.indicator_known == "carried"


def test_the_place_that_a_call_comes_to_holds_for_the_turns_that_follow() -> None:
    """Until it comes to another."""
    first, second = talk(
        "Chair: Next, Quang Binh.",
        "Analyst: They built 12 bridges.",
        "Chair: Then Hai Duong.",
        "Analyst: They built 9 bridges.",
    )
    assert (first.scope, second.scope) == ("Quang Binh", "Hai Duong")


def test_a_question_names_the_measure_of_the_answer() -> None:
    """ "How many buses run on time?" """
    reading, *_ = talk("Chair: How many buses run on time?", "Guest: In April it was 83 per cent.")
    assert reading.indicator == "buses run on time"


def test_a_remark_tells_the_sense_of_the_figure_before() -> None:
    """ "Also an estimate." """
    assert only("The output was 40 tonnes in 2023. Also an estimate.").kind == "estimate"


def test_the_definite_figure_is_the_one_that_was_told_before() -> None:
    """ "The 92 percent" measures what 92 percent measured."""
    _, second = talk(
        "Chair: The rate of paperless permits is 92 percent.", "Analyst: The 92 percent covers only towns."
    )
    assert second.indicator == "rate of paperless permits"


def test_a_figure_read_out_of_a_report_is_not_of_today() -> None:
    """In a call; the report does not say when it holds."""
    reading = talk("Analyst: The Quang Ngai report has 41 percent.", held_on=date(2025, 3, 6))[0]
    assert reading.period is None


def test_the_cells_of_a_table_have_the_heads_of_their_row_and_column() -> None:
    """A year, a place."""
    text = "We begin with the share of women.\n\nYear | Kenya | Uganda\n2020 | 41% | 38%\n2021 | 43% | 39%"
    found = readings(text)
    assert [(iso(one), one.scope) for one in found] == [
        ("2020", "Kenya"), ("2020", "Uganda"), ("2021", "Kenya"), ("2021", "Uganda"),
    ]  # fmt: skip
    assert {one.indicator for one in found} == {"share of women"}


# Other languages


def test_vietnamese_figures_are_read() -> None:
    """Numbers, an estimate whose verb is no part of the figure, the same months of the year before."""
    text = "Thu thuế 9 tháng đầu năm 2024 ước đạt 412 tỷ đồng, tăng 12,5% so với cùng kỳ năm trước."
    amount, change = readings(text, language="vi", published_on=date(2024, 10, 3))
    assert (amount.text, amount.value, amount.kind) == ("412 tỷ đồng", 412e9, "estimate")
    assert change.baseline is not None
    assert (iso(amount), change.kind, change.baseline.iso) == ("2024-01/2024-09", "change", "2023-01/2023-09")


def test_german_and_french_figures_are_read() -> None:
    """Half-years, places behind "de", changes "im Vorjahr"."""
    german = readings("Das Werk erzeugte 2023 rund 1.234 MWh, 12 % mehr als im Vorjahr.", language="de")
    assert [reading.baseline.iso for reading in german if reading.baseline] == ["2022"]
    french = only("Au premier semestre 2023, les bus de Morvan ont transporté 2 millions de voyageurs.", language="fr")
    assert (iso(french), french.scope) == ("2023-01/2023-06", "Morvan")


# What is no figure


@pytest.mark.parametrize(
    "text",
    [
        "Decision 45 was signed on 4 May 2023 at 10:30 in Room 12.",
        "The board met on 17 April 2024 at 10.30.",
        "Questions may be put to 0471 555 0192.",
        "Five tasks were set for the first 6 months.",
        "It is the 8th session, and Project 06 goes on to level 4.",
        "Households with 3 or more persons are asked.",
        "It is told per 1,000 inhabitants.",
        "There is no number here.",
        "",
    ],
)
def test_nothing_is_invented(text: str) -> None:
    """Names, days, clocks, telephones, points of discourse, definitions."""
    assert readings(text) == []


# Laws

FRAGMENTS = st.sampled_from(
    [
        "In 2023", "the rate of permits", "reached", "about 61%", ",", "and", "from 40 to 28 minutes", "respectively",
        "Hai Duong", "41 of 60 villages", "(+8% year on year)", "compared to 2022", "the province", "will", "by 2030",
        "; ", ". ", "\n", " | ", "ranked 4th", "Also an estimate.", "doubled", "25 billion USD", "a quarter",
        "of which", "Mục tiêu cả năm", "tăng 12,5%", "MAYOR:", "the target of", "between 15 and 18", "a year earlier",
        "(", ")",
        "The trust's", "In Quang Binh", "12%, 8% and 40%", "over the past year", "How many", "?", "im Vorjahr", "-",
    ]
)  # fmt: skip
TEXTS = st.lists(FRAGMENTS, max_size=25).map(" ".join) | st.text(max_size=200)


@given(TEXTS)
def test_readings_stand_in_the_text(text: str) -> None:
    """Each is quoted at its place, inside its sentence; they come in order and do not overlap."""
    end = 0
    for reading in readings(text):
        assert text[reading.start : reading.end] == reading.text != ""
        assert reading.sentence.start <= reading.start < reading.end <= reading.sentence.end
        assert reading.start >= end
        end = reading.end


@given(TEXTS)
def test_what_is_known_has_a_source(text: str) -> None:
    """A period or scope says where it is from, and none is said where there is none."""
    for reading in readings(text):
        assert (reading.period is None) == (reading.period_known is None)
        assert (reading.scope == "") == (reading.scope_known is None)


@given(TEXTS)
def test_the_same_text_has_the_same_readings(text: str) -> None:
    """No order of sets, no state between documents."""
    assert readings(text) == readings(text)
