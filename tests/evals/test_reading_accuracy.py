"""The scorer of readings on gold made here, and how well the bundled record is read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.document import Document
from evals.reading_accuracy import Accuracy, Marked, accuracy_of, marked_documents, marked_sentences
from evals.suites.gold_questions import GOLD_FOLDER, REPORTS

ORIGINALS = Path(__file__).parents[3] / "shared" / "seeds"
TEXT = "In 2023 the rate of paperless permits reached 61%, and 14 towns took part."
RATE = {
    "quote": "61%", "value": 61, "unit": "%", "indicator": ["permits"], "period": "2023", "period_known": "stated",
    "scope": "Norwich", "kind": "actual",
}  # fmt: skip
TOWNS = {**RATE, "quote": "14", "value": 14, "unit": "count", "indicator": ["town|towns"]}


def accuracy(*gold: dict[str, object], text: str = TEXT) -> Accuracy:
    document = Document("d", "d", "", "article", text, "", published_on=date(2024, 5, 8), place="Norwich")
    return accuracy_of([Marked(document, list(gold))])


def test_what_is_read_as_the_gold_has_it_is_right() -> None:
    """Every reading found, every field right, none invented."""
    counted = accuracy(RATE, TOWNS)
    assert (counted.wanted, counted.found, counted.invented) == (2, 2, [])
    assert counted.faults == []
    assert counted.fields_right == 1


def test_a_reading_that_is_not_there_is_missed() -> None:
    """It has no fields to be judged."""
    counted = accuracy(RATE, TOWNS, text="The rate of 14 permits (the 61% of May) is told in May 61% of days.")
    assert counted.wanted == 2
    missed = accuracy({**RATE, "quote": "2023", "value": 2023}, RATE, TOWNS)
    assert (missed.wanted, missed.found) == (3, 2)
    assert [fault.field for fault in missed.faults] == ["found"]


def test_a_reading_that_the_gold_has_not_is_invented() -> None:
    """It is told with the words around it."""
    (invented,) = accuracy(RATE).invented
    assert "14" in invented


def test_an_optional_reading_is_neither() -> None:
    """Reported or not."""
    assert accuracy(RATE, {**TOWNS, "optional": True}).invented == []
    assert accuracy(RATE, TOWNS, {**RATE, "quote": "2023", "value": 2023, "optional": True}).wanted == 2


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("unit", {"unit": "times"}),
        ("value", {"value_to": 70}),
        ("total", {"total": 100}),
        ("hedge", {"hedge": "about"}),
        ("indicator", {"indicator": ["permits", "towns"]}),
        ("indicator", {"not_indicator": ["permits"]}),
        ("period", {"period": "2022"}),
        ("known", {"period_known": "carried"}),
        ("scope", {"scope": "Lindholm"}),
        ("kind", {"kind": "target"}),
        ("baseline", {"baseline": "2022"}),
    ],
)
def test_each_field_is_judged_by_itself(field: str, wrong: dict[str, object]) -> None:
    """One that is not as the gold has it is the only fault."""
    assert [fault.field for fault in accuracy({**RATE, **wrong}, TOWNS).faults] == [field]


def test_periods_of_the_same_days_are_equal() -> None:
    """However they are written."""
    assert accuracy({**RATE, "period": "2023-01/2023-12"}, TOWNS).faults == []


def test_the_bundled_reports_are_read() -> None:
    """Nearly all is found, nearly all fields are right, nothing is invented."""
    counted = accuracy_of(marked_documents(GOLD_FOLDER / "readings.jsonl", REPORTS))
    assert counted.found / counted.wanted >= 0.98
    assert counted.fields_right >= 0.95
    assert counted.invented == []


def test_texts_of_other_fields_are_read() -> None:
    """Companies, courts, hospitals, in four languages."""
    counted = accuracy_of(marked_sentences(GOLD_FOLDER / "readings_other_fields.jsonl"))
    assert counted.found / counted.wanted >= 0.98
    assert counted.fields_right >= 0.95


@pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the original articles are not here")
def test_the_original_articles_are_read() -> None:
    """As well as the bundled reports."""
    counted = accuracy_of(marked_documents(GOLD_FOLDER / "readings_originals.jsonl", ORIGINALS))
    assert counted.found / counted.wanted >= 0.98
    assert counted.fields_right >= 0.95
    assert counted.invented == []
