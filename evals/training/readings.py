"""Questions made from the figures of real passages: asked with their own year, place and kind, and with another.

The passages of the training sets are read as the record is (index/figures.py); a reading that says
what it measures and when or where becomes a question that it answers, beside questions that differ in
one of these and that the passage does not answer. It is the commonest false answer over reports of
meetings, and unlike evals/training/figures.py the sentences are those that people wrote.

Knows nothing about models or tokens.

    >>> context = "In 2019, 340 teachers were trained in Lisbon. In 2020 there were 512."
    >>> [one.text for one in readings_in("", context)]
    ['340', '512']
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Document
from corpus.sentences import split_sentences
from evals.training.rows import Row
from evals.training.traps import PLACES
from index.figures import find_readings
from index.reading import Reading

__all__ = ["AskedReading", "ask_reading", "readings_in", "usable_readings"]

SOURCES = frozenset({"squad_train_partial", "squad_dev", "squadshifts_newwiki", "qed_nq"})
MOST_WORDS = 7  # of an indicator; a longer one is a clause that makes no question
_YEAR = re.compile(r"\b(1[4-9]\d\d|20[0-3]\d)\b")
_AWKWARD = re.compile(
    r"[^a-zA-Z' -]|\b(?:and|or|he|she|it|they|which|who|that|was|were|is|are|had|has|have|not|after|other)\b"
)
_PEOPLE = frozenset("people men women children students employees troops".split())
_WRONG_YEARS = (-7, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 7)


@dataclass(frozen=True, slots=True)
class AskedReading:
    """A question that a passage answers with these spans, and questions that it does not answer."""

    question: str
    spans: tuple[tuple[int, int], ...]
    wrong_questions: tuple[str, ...]


def readings_in(title: str, context: str) -> list[Reading]:
    """The figures of a passage, as the record's are read."""
    document = Document(id="", name="", title=title, kind="article", text=context, source="")
    return find_readings(document, split_sentences(context))


def usable_readings(rows: Sequence[Row]) -> list[tuple[Row, Reading]]:
    """The readings of the rows' passages that make a question: what is measured is short, when or where is stated."""
    contexts = {row.context: row for row in rows if row.source in SOURCES}
    found = []
    for row in contexts.values():
        if re.search(r"\d", row.context):
            readings = readings_in(row.title or "", row.context)
            found += [(row, reading) for reading in readings if _is_usable(reading, row.context)]
    return found


def _is_usable(reading: Reading, context: str) -> bool:
    words = reading.indicator.split()
    if not words or len(words) > MOST_WORDS or _AWKWARD.search(reading.indicator) or reading.kind == "rank":
        return False
    if not (_is_plural(words[-1]) if reading.unit == "count" else _is_noun_phrase(reading.indicator, context)):
        return False
    return bool(_year_of(reading)) or _place_of(reading) is not None


def _is_plural(word: str) -> bool:
    return word.islower() and (word in _PEOPLE or (word.endswith("s") and not word.endswith("ss")))


def _is_noun_phrase(indicator: str, context: str) -> bool:
    """Whether it stands in the passage as it is, led by an article or so: "the literacy rate"."""
    return re.search(rf"\b(?:the|an?|its|their|total|of)\s{re.escape(indicator)}\b", context) is not None


def _year_of(reading: Reading) -> str:
    """The label of a stated period that names a year, else ""."""
    if reading.period is None or reading.period_known != "stated" or not _YEAR.search(reading.period.label):
        return ""
    return reading.period.label


def _place_of(reading: Reading) -> str | None:
    return reading.scope if reading.scope_known == "stated" and reading.scope in PLACES else None


def ask_reading(reading: Reading, context: str, rng: random.Random) -> AskedReading:
    """Ask for a reading in one of several wordings, and for what it is not."""
    when, where = _year_of(reading), _place_of(reading) or ""
    shape = rng.randrange(4)
    lowered = context.lower()
    wrong = []
    if when:
        years = [str(int(year) + step) for step in _WRONG_YEARS for year in _YEAR.findall(when)[:1]]
        others = [year for year in years if year not in lowered]
        if others:
            wrong.append(_worded(reading, _YEAR.sub(rng.choice(others), when), where, reading.kind, shape))
    if where:
        elsewhere = [place for place in rng.sample(PLACES, 6) if place.lower() not in lowered]
        if elsewhere:
            wrong.append(_worded(reading, when, elsewhere[0], reading.kind, shape))
    if reading.kind == "actual" and not re.search(r"\b(?:target|goal|aim|plan|objective)", lowered):
        wrong.append(_worded(reading, when, where, "target", shape))
    rng.shuffle(wrong)
    question = _worded(reading, when, where, reading.kind, shape)
    return AskedReading(question, ((reading.start, reading.end),), tuple(wrong))


def _worded(reading: Reading, when: str, where: str, kind: str, shape: int) -> str:
    """The question in one of four shapes, the last in key words only."""
    thing = reading.indicator
    slot = "".join((f" in {where}" if where else "", f" in {when}" if when else ""))
    if shape == 3:
        return " ".join(part for part in (kind if kind == "target" else "", thing, where, when) if part)
    if kind == "target":
        return f"What is the target for {thing}{slot}?"
    if kind == "change":
        return f"By how much did {thing} change{slot}?"
    if reading.unit == "count" or thing.endswith("s"):
        return f"How many {thing}{slot}?" if shape == 0 else f"What was the number of {thing}{slot}?"
    return f"How much was {thing}{slot}?" if shape == 0 else f"What was the {thing.removeprefix('the ')}{slot}?"
