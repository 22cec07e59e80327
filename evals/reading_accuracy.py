"""How well figures are read out of documents: every quantity found, none invented, each field right.

Gold is marked up by hand (evals/gold/readings*.jsonl; see its README). A gold reading is found when a
reading stands at its place with its number; each of its fields is then judged by itself. A gold
reading marked optional is neither missed nor invented. Knows nothing of questions and answers.

    python -m evals.reading_accuracy --originals ../shared/seeds
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from corpus.document import Document, Span
from corpus.reading import read_bytes, read_document
from evals.iso_period import days_of
from evals.marked import write_marked
from evals.report import table
from evals.suites.gold_questions import GOLD_FOLDER, REPORTS
from index.chunking import cut_passages
from index.figures import find_readings
from index.reading import Reading
from index.terms import fold, terms

__all__ = [
    "FIELDS",
    "Accuracy",
    "Faulty",
    "accuracy_of",
    "accuracy_table",
    "main",
    "marked_documents",
    "marked_sentences",
]

EVALS_README = Path(__file__).resolve().parent / "README.md"
CHUNK_TOKENS = 160
FIELDS = ("words", "value", "unit", "total", "hedge", "indicator", "period", "known", "scope", "kind", "baseline")
Gold = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Faulty:
    """One field that is not as the gold has it."""

    place: str  # document or sentence, and the gold's words
    field: str
    expected: str
    given: str


@dataclass(slots=True)
class Accuracy:
    """Counts over some documents."""

    wanted: int = 0
    found: int = 0
    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    invented: list[str] = field(default_factory=list)
    faults: list[Faulty] = field(default_factory=list)

    @property
    def fields_right(self) -> float:
        """Share of all fields of found readings that are right."""
        return sum(self.right.values()) / max(1, sum(self.asked.values()))


@dataclass(frozen=True, slots=True)
class Marked:
    """A document with its gold readings."""

    document: Document
    gold: list[Gold]


def marked_documents(gold: Path, folder: Path) -> Iterator[Marked]:
    """The documents of `folder` that a file of gold readings marks up. Raises OSError when one is missing."""
    by_document: dict[str, list[Gold]] = {}
    for line in _lines(gold):
        by_document.setdefault(line["document"], []).append(line)
    for name, readings in by_document.items():
        path = folder / name
        yield Marked(read_document(path, read_bytes(path)).document, readings)


def marked_sentences(gold: Path) -> Iterator[Marked]:
    """The texts of a file that carries them beside their readings, each as a document of its own."""
    for line in _lines(gold):
        document = Document(
            id=line["id"],
            name=line["id"],
            title="",
            kind="article",
            text=line["text"],
            source="",
            held_on=_day(line.get("held_on")),
            published_on=_day(line.get("published_on")),
            place=line.get("place") or "",
            language=line.get("language", "en"),
        )
        yield Marked(document, line["readings"])


def accuracy_of(marked: Iterable[Marked]) -> Accuracy:
    """Found, invented and right, over all of `marked`."""
    total = Accuracy()
    for one in marked:
        passages = cut_passages(one.document, content_hash="0" * 8, chunk_tokens=CHUNK_TOKENS)
        readings = find_readings(one.document, [span for passage in passages for span in passage.sentences])
        _count(one, readings, total)
    return total


def _count(marked: Marked, readings: Sequence[Reading], total: Accuracy) -> None:
    document = marked.document
    taken: set[int] = set()
    for gold in marked.gold:
        span = _place(document.text, gold)
        place = f"{document.name}: {gold['quote']}"
        here = [n for n, one in enumerate(readings) if n not in taken and Span(one.start, one.end).overlaps(span)]
        at = next((n for n in here if _same(readings[n].value, gold["value"])), here[0] if here else None)
        if at is not None:
            taken.add(at)
        if gold.get("optional"):
            continue
        total.wanted += 1
        if at is None:
            total.faults.append(Faulty(place, "found", "found", "missed"))
            continue
        total.found += 1
        for name, expected, given, right in _judged(gold, readings[at]):
            total.asked[name] += 1
            total.right[name] += right
            if not right:
                total.faults.append(Faulty(place, name, expected, given))
    for number, reading in enumerate(readings):
        if number not in taken:
            around = document.text[max(0, reading.start - 40) : reading.end + 30].replace("\n", "¶")
            total.invented.append(f"{document.name}: {reading.text} in “{around}”")


def _judged(gold: Gold, given: Reading) -> Iterator[tuple[str, str, str, bool]]:
    yield "words", gold["quote"], given.text, _plain(gold["quote"]) == _plain(given.text)
    upper = gold.get("value_to")
    value_right = _same(given.value, gold["value"]) and _same(given.value_to, upper)
    yield "value", f"{gold['value']} {upper or ''}", f"{given.value} {given.value_to or ''}", value_right
    yield "unit", gold["unit"], given.unit, fold(gold["unit"]) == fold(given.unit)
    yield "total", str(gold.get("total")), str(given.total), _same(given.total, gold.get("total"))
    hedge = gold.get("hedge") or ""
    yield "hedge", hedge, given.hedge, fold(hedge).removeprefix("an ") == fold(given.hedge)
    stems = {term.stem for term in terms(given.indicator)}
    wanted = [any(_stems(word) <= stems for word in words.split("|")) for words in gold["indicator"]]
    unwanted = [word for word in gold.get("not_indicator", []) if _stems(word) <= stems]
    expected = f"{gold['indicator']} not {gold.get('not_indicator', [])}"
    yield "indicator", expected, given.indicator, all(wanted) and not unwanted
    period = given.period.iso if given.period else None
    yield "period", str(gold.get("period")), str(period), _same_days(gold.get("period"), period)
    yield (
        "known",
        str(gold.get("period_known")),
        str(given.period_known),
        gold.get("period_known") == given.period_known,
    )
    scope = gold.get("scope") or ""
    yield "scope", scope, given.scope, fold(scope).split() == fold(given.scope).split()
    yield "kind", gold["kind"], given.kind, gold["kind"] == given.kind
    baseline = given.baseline.iso if given.baseline else None
    yield "baseline", str(gold.get("baseline")), str(baseline), _same_days(gold.get("baseline"), baseline)


def _place(text: str, gold: Gold) -> Span:
    """Where the gold's words stand. Raises ValueError when they do not."""
    start = -1
    for _ in range(gold.get("nth", 0) + 1):
        start = text.index(gold["quote"], start + 1)
    return Span(start, start + len(gold["quote"]))


def _stems(words: str) -> set[str]:
    return {term.stem for term in terms(words, keep_stop_words=True)}


def _plain(words: str) -> str:
    return re.sub(r"^(?:an?|the)\s|\s+", "", fold(words))


def _same(given: float | None, expected: float | None) -> bool:
    if given is None or expected is None:
        return given is None and expected is None
    return math.isclose(given, expected, rel_tol=1e-3, abs_tol=1e-9)


def _same_days(expected: str | None, given: str | None) -> bool:
    if expected is None or given is None:
        return expected is None and given is None
    return days_of(expected) == days_of(given)


def _lines(file: Path) -> list[Gold]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def accuracy_table(measured: Mapping[str, Accuracy]) -> str:
    """A row for each set: how many readings there are, how many were found, and how many of each field are right."""
    rows = []
    for name, accuracy in measured.items():
        fields = [f"{accuracy.right[one] / max(1, accuracy.asked[one]):.1%}" for one in FIELDS]
        found = f"{accuracy.found / max(1, accuracy.wanted):.1%}"
        rows.append(
            [name, str(accuracy.wanted), found, str(len(accuracy.invented)), f"{accuracy.fields_right:.1%}", *fields]
        )
    return table(["set", "readings", "found", "invented", "fields right", *FIELDS], rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m evals.reading_accuracy", description=__doc__)
    parser.add_argument("--originals", type=Path, help="folder of the original articles")
    parser.add_argument("--faults", action="store_true", help="list every field that is not as the gold has it")
    parser.add_argument("--only", help="name of one set")
    parser.add_argument("--publish", action="store_true", help="write the table into evals/README.md")
    options = parser.parse_args(arguments)
    sets: dict[str, Iterable[Marked]] = {
        "bundled reports": marked_documents(GOLD_FOLDER / "readings.jsonl", REPORTS),
        "other fields": marked_sentences(GOLD_FOLDER / "readings_other_fields.jsonl"),
        "other fields, second set": marked_sentences(GOLD_FOLDER / "readings_other_fields_2.jsonl"),
    }
    if options.originals:
        originals = GOLD_FOLDER / "readings_originals.jsonl"
        sets = {"five articles": marked_documents(originals, options.originals), **sets}
    measured = {name: accuracy_of(marked) for name, marked in sets.items() if options.only in (None, name)}
    shown = accuracy_table(measured)
    sys.stdout.write(f"{shown}\n")
    if options.publish:
        write_marked(EVALS_README, "readings", shown)
    if options.faults:
        for accuracy in measured.values():
            for fault in accuracy.faults:
                sys.stdout.write(f"{fault.place} · {fault.field}: expected {fault.expected}, given {fault.given}\n")
            sys.stdout.writelines(f"invented: {text}\n" for text in accuracy.invented)
    return 0


if __name__ == "__main__":
    sys.exit(main())
