"""Which readings are of one thing, and which of them the user's words name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest

from assistant.indicators import Indicator, find_indicators, group_readings, nearest_indicators
from corpus.document import Document, Span
from corpus.glossary import Glossary, read_glossary
from corpus.periods import Period
from index.catalog import Catalog
from index.reading import Reading, ReadingKind

GLOSSARY = read_glossary()


def year(number: int | None) -> Period | None:
    return Period(date(number, 1, 1), date(number, 12, 31), str(number)) if number else None


def reading(
    indicator: str,
    value: float = 40.0,
    unit: str = "%",
    *,
    period: int | None = 2024,
    kind: ReadingKind = "actual",
    total: float | None = None,
    scope: str = "Vietnam",
    sentence: int | None = None,
    document: str = "a",
) -> Reading:
    """A reading in a sentence of its own, unless `sentence` says where that starts."""
    start = crc32(repr((indicator, value, unit, period, kind, scope)).encode())
    known = "stated" if period else None
    where = Span(start if sentence is None else sentence, start + 1)
    return Reading(
        document_id=document, start=start, end=start + 1, text=f"{value:g}", sentence=where, value=value, value_to=None,
        total=total, unit=unit, hedge="", indicator=indicator, indicator_known="stated", period=year(period),
        period_known=known, scope=scope, scope_known="stated", kind=kind,
    )  # fmt: skip


def grouped(*readings: Reading) -> list[list[str]]:
    """What is grouped, by the readings' indicators."""
    return [sorted(one.indicator for one in group.readings) for group in group_readings(readings, GLOSSARY)]


OTHERS = [
    reading("villages with mobile coverage", 312, "count"),
    reading("households with fibre internet", 82),
    reading("fishing boats with licences", 1400, "count"),
    reading("electricity from the wind parks", 12, "MW"),
    reading("schools with a library of their own", 61),
]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("rate of online records", "ratio of online dossiers"),
        ("rate of online records in the province", "online records"),
        ("activated VNeID accounts", "VNeID accounts have been activated"),
        ("Calculations put the proportion of digital economy/GDP", "share of the digital economy in GDP"),
        ("revenue of electronic commerce", "e-commerce revenue"),
    ],
)
def test_other_words_for_the_same_thing_are_one(one: str, other: str) -> None:
    """Word forms, equivalents, places and the verbs of reporting make no difference."""
    assert sorted([one, other]) in grouped(*OTHERS, reading(one, 31), reading(other, 44))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("rate of online records", "rate of digital signatures"),
        ("goals for digital government", "goals for digital society"),
        ("plans have been issued: localities", "plans have been issued: ministries"),
        ("cashless payments", "cashless payments are in use: universities"),
        ("industrial production", "industrial products"),
    ],
)
def test_different_things_stay_apart(one: str, other: str) -> None:
    """One shared word is not enough, and what is counted has to be the same."""
    groups = grouped(*OTHERS, reading(one, 31), reading(other, 44))
    assert [one] in groups
    assert [other] in groups


def test_different_units_stay_apart() -> None:
    """How many online records there are is not which share is online."""
    groups = grouped(reading("online records", 92), reading("online records", 5000, "count"))
    assert groups == [["online records"]] * 2


def test_a_part_of_a_total_is_a_count() -> None:
    """477/832 villages and 500 villages are of one series."""
    counts = (
        reading("villages with coverage", 477, "count", kind="count", total=832),
        reading("villages with coverage", 500, "count"),
    )
    assert len(grouped(*counts)) == 1


def test_a_change_stands_with_the_levels_it_is_of() -> None:
    """A growth of 20% belongs to the revenue in dollars."""
    (group,) = group_readings(
        [
            reading("e-commerce retail revenue", 25e9, "USD"),
            reading("e-commerce retail revenue", 20, "%", kind="change"),
            reading("e-commerce retail revenue", 2, "times", kind="change"),
        ],
        GLOSSARY,
    )
    assert group.unit == "USD"
    assert len(group.readings) == 3


def test_what_one_sentence_tells_apart_is_not_joined() -> None:
    """Two figures of one sentence with other words are of two things, however alike the words."""
    one, other = reading("online records", 31, sentence=5), reading("online records of new firms", 44, sentence=5)
    assert len(grouped(*OTHERS, one, other)) == len(OTHERS) + 2
    assert len(grouped(*OTHERS, one, reading("online records of new firms", 44))) == len(OTHERS) + 1


def test_one_word_and_an_unusual_value_are_the_same_figure_again() -> None:
    """A figure that is quoted with fewer words is known by its value."""
    long = "Calculations put the proportion of digital economy/GDP"
    assert sorted([long, "share in GDP"]) in grouped(*OTHERS, reading(long, 11.91), reading("share in GDP", 11.91))
    assert ["share in GDP"] in grouped(*OTHERS, reading(long, 11.91), reading("share in GDP", 15))


def test_readings_without_words_are_not_joined() -> None:
    """Nothing says that two figures without a name are of one thing; they come last."""
    groups = group_readings([reading("", 1), reading("so far", 2), reading("online records")], GLOSSARY)
    assert [len(group.readings) for group in groups] == [1, 1, 1]
    assert groups[0].name == "Online records"
    assert groups[-1].name == "Not named"


def test_most_readings_first_each_in_order_of_time() -> None:
    """What the record tells most of leads; a reading without a period stands at the end."""
    readings = [reading("villages", 3, "count"), *(reading("online records", 30, period=p) for p in (None, 2025, 2023))]
    groups = group_readings(readings, GLOSSARY)
    assert [group.name for group in groups] == ["Online records", "Villages"]
    assert [one.period and one.period.start.year for one in groups[0].readings] == [2023, 2025, None]


def test_a_name_is_short_and_holds_what_all_share() -> None:
    """Neither the longest wording, nor one that leaves out half."""
    said = ["Calculations put the rate of online records", "rate of online records", "online"]
    (group,) = group_readings([reading(words, 38.3) for words in said], GLOSSARY)
    assert group.name == "Rate of online records"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            ["digital economy For the share in GDP"] * 2 + ["share of the digital economy in GDP"],
            "Share of the digital economy in GDP",
        ),
        (["villages", "villages in Hai Duong", "villages with mobile coverage"], "Villages with mobile coverage"),
        (["have been issued: online permits", "online permits"], "Online permits"),
    ],
)
def test_a_name_is_whole_and_says_enough(said: list[str], expected: str) -> None:
    """Words of one place rather than pieced ones; more than one word, places apart."""
    (group,) = group_readings(
        [reading(words, 38.3, scope="Hai Duong", period=2020 + n) for n, words in enumerate(said)], GLOSSARY
    )
    assert group.name == expected


def test_every_reading_is_in_one_group() -> None:
    """Grouping loses and repeats nothing, whatever the order."""
    readings = [*OTHERS, *(reading("online records", value) for value in range(5)), reading("", 7)]
    for order in (readings, readings[::-1]):
        groups = group_readings(order, GLOSSARY)
        assert sorted(r.start for g in groups for r in g.readings) == sorted(r.start for r in readings)
    assert group_readings([], Glossary(())) == []


# find_indicators

REPORT = """In 2021 the share of the digital economy in GDP was 11.9%.
In 2022 the share of the digital economy in GDP was 14.2%.
The rate of online records reached 45% in 2022.
The rate of online records in Hai Duong reached 92% in 2022.
Of the goals for the digital economy 3 of 6 were met in 2022.
The digital society counts 4000 volunteers.
"""


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    """A catalog with the readings of REPORT, as they should be read."""
    told = [
        ("11.9%", "share of the digital economy in GDP", "%", 2021, "Vietnam"),
        ("14.2%", "share of the digital economy in GDP", "%", 2022, "Vietnam"),
        ("45%", "rate of online records", "%", 2022, "Vietnam"),
        ("92%", "rate of online records in Hai Duong", "%", 2022, "Hai Duong"),
        ("3 of 6", "goals for the digital economy", "count", 2022, "Vietnam"),
        ("4000", "digital society: volunteers", "count", None, "Vietnam"),
    ]
    readings = []
    for text, indicator, unit, period, scope in told:
        start = REPORT.index(text)
        sentence = Span(REPORT.rfind("\n", 0, start) + 1, REPORT.index("\n", start))
        readings.append(
            Reading(
                document_id="d",
                start=start,
                end=start + len(text),
                text=text,
                sentence=sentence,
                value=float(text.split()[0].strip("%")),
                value_to=None,
                total=None,
                unit=unit,
                hedge="",
                indicator=indicator,
                indicator_known="stated",
                period=year(period),
                period_known=None,
                scope=scope,
                scope_known="stated",
                kind="actual",
            )
        )
    catalog = Catalog(tmp_path / "catalog.sqlite")
    document = Document("d", "d.txt", "Report", "article", REPORT, "d.txt")
    with catalog.transaction():
        catalog.put(
            document,
            path="/d.txt",
            content_hash="0",
            passages=[],
            sentence_vectors=[],
            readings=readings,
            reading_vectors=[np.zeros(4, np.float32)] * len(readings),
        )
    yield catalog
    catalog.close()


def names(found: list[Indicator]) -> list[str]:
    return [indicator.name for indicator in found]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("digital economy share of GDP", ["Share of the digital economy in GDP"]),
        ("proportion of the digital economy in gross domestic product", ["Share of the digital economy in GDP"]),
        ("percentage of online dossiers", ["Rate of online records"]),
        ("volunteers", ["Digital society: volunteers"]),
        ("airport budget", []),
        ("airport budget of the digital economy for wind parks", []),
        ("", []),
        ("the of", []),
    ],
)
def test_the_words_find_the_thing_they_name_and_no_other(catalog: Catalog, words: str, expected: list[str]) -> None:
    """One word in common is not enough; other words for the same are."""
    assert names(find_indicators(words, catalog, GLOSSARY)) == expected


def test_a_single_word_finds_all_that_have_it(catalog: Catalog) -> None:
    """Who asks for "digital" is shown what is digital, best first."""
    found = names(find_indicators("digital", catalog, GLOSSARY))
    assert set(found) == {
        "Digital society: volunteers",
        "Goals for the digital economy",
        "Share of the digital economy in GDP",
    }


def test_a_place_limits_the_readings(catalog: Catalog) -> None:
    """The place is no word of the indicator: it says whose readings are wanted."""
    (found,) = find_indicators("online records in Hai Duong", catalog, GLOSSARY)
    assert [one.text for one in found.readings] == ["92%"]
    assert find_indicators("share of the digital economy in GDP of Hai Duong", catalog, GLOSSARY) == []


def test_the_nearest_are_named_when_nothing_fits(catalog: Catalog) -> None:
    """What shares a word with a question that nothing answers, at most so many."""
    words = "airport budget of the digital economy for wind parks"
    assert names(nearest_indicators(words, catalog, GLOSSARY, 2))[0] in {
        "Goals for the digital economy",
        "Share of the digital economy in GDP",
    }
    assert len(nearest_indicators(words, catalog, GLOSSARY, 2)) == 2
    assert nearest_indicators("airport", catalog, GLOSSARY, 2) == []
