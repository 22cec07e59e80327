"""Questions as the answer path sees them, with what would be right: what its weights are fitted to.

Every gold question of the suites "ask" and "figures" is read as the assistant would, and again in key words, as
staff type; one that names a year or a place is also asked with another one, which the record does not hold. The
tuning part of SQuAD 2.0 adds questions that people wrote to look answerable. Held-out questions take no part.

Knows nothing of weights.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.answer import Evidence
from assistant.assistant import PASSAGES_RETRIEVED
from assistant.conversation import standalone_question
from assistant.question import Asked, understand
from assistant.reader import Reader
from assistant.retrieval import Retriever
from corpus.document import Span
from corpus.places import find_places
from evals.metrics import Place, overlaps_by_half
from evals.suites.gold_questions import bundled_suite
from evals.suites.squad2 import Squad2
from evals.workbench import Workbench, laid_out

__all__ = ["Candidate", "Example", "examples"]

GOLD_SUITES = ("ask", "figures")
YEARS_BACK, OTHER_PLACE = 9, "Lao Cai"  # in no report
FEWEST_KEY_WORDS = 3
_LITTLE = frozenset(
    """a an the of in on at to for and or is are was were be been do does did what which as that this it its his her
    their has have had there with from into will would should can could""".split()
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer."""

    evidence: Evidence
    retrieval: float  # its score before it was read
    is_gold: bool


@dataclass(frozen=True, slots=True)
class Example:
    """One question as the answer path sees it."""

    asked: Asked
    candidates: tuple[Candidate, ...]  # in the reader's order
    answerable: bool  # the record holds the answer
    source: str  # the suite
    group: str  # documents that stand and fall together


def examples(reader: Reader, data: Path) -> Iterator[Example]:
    """The questions of all sources as `reader` judges them; `data` is the folder of the public sets' tuning parts."""
    for name in GOLD_SUITES:
        with laid_out(bundled_suite(name), None) as bench:
            yield from _gold_examples(bench, reader)
    with laid_out(Squad2(), data) as bench:  # over all paragraphs together: which one is meant has to be found too
        for case in bench.layout.cases:
            yield _example(
                bench, reader, case.question, [], answerable=bool(case.truth["answerable"]), group=case.group
            )


def _gold_examples(bench: Workbench, reader: Reader) -> Iterator[Example]:
    for case in bench.layout.cases:
        truth = bench.suite.bind(case, bench.index).truth
        gold = [Place(one["document_id"], Span(**span)) for one in truth["spans"] for span in one["spans"]]
        answerable = truth["question"]["refusal"] is None
        question = standalone_question(case.question, case.history)
        for wording in filter(None, (question, _in_key_words(question))):
            yield _example(bench, reader, wording, gold, answerable=answerable, group=case.group)
        for trap in _with_another(question):
            yield _example(bench, reader, trap, [], answerable=False, group=case.group)


def _example(
    bench: Workbench, reader: Reader, question: str, gold: list[Place], *, answerable: bool, group: str
) -> Example:
    asked = understand(question)
    passages = Retriever(bench.index).retrieve(asked, count=PASSAGES_RETRIEVED)
    scores = {(item.passage.id, sentence.span): sentence.score for item in passages for sentence in item.sentences}
    candidates = tuple(
        Candidate(
            evidence,
            scores[evidence.passage.id, evidence.sentence],
            bool(gold) and overlaps_by_half(Place(evidence.passage.document_id, evidence.sentence), gold),
        )
        for evidence in reader.read(asked, passages)
    )
    return Example(asked, candidates, answerable, bench.suite.name, group)


def _in_key_words(question: str) -> str | None:
    """The question as it is typed in a hurry: "online dossier rate 2024"; None where too little is left."""
    words = [word for word in re.findall(r"[\w'’%.,/-]+", question) if word.lower().strip(".,") not in _LITTLE]
    return " ".join(words).rstrip(".,").lower() if len(words) >= FEWEST_KEY_WORDS else None


def _with_another(question: str) -> Iterator[str]:
    """The question for a year, and for a place, of which the record says nothing."""
    year = re.search(r"\b20\d\d\b", question)
    if year:
        yield question.replace(year.group(), str(int(year.group()) - YEARS_BACK))
    place = next((place for place in find_places(question, any_case=True) if place.name != "Vietnam"), None)
    if place:
        yield question[: place.start] + OTHER_PLACE + question[place.end :]
