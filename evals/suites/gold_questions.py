"""Gold questions as a suite: the bundled ones, or an evaluator's own over an index of their own.

Of the bundled reports the evidence is known to the character. Of the original articles ("-seeds",
with the folder of the articles) it is known by its words only; there only the questions are asked
that name an original, and the unanswerable ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from corpus.document import Span
from corpus.errors import InputError
from evals.case import Case, Score
from evals.given import Given, Quoted, Retrieved
from evals.gold import GoldQuestion, GoldSpan, find_gold_spans, load_gold
from evals.measures import Measure
from evals.metrics import Place, overlaps_by_half
from evals.refusal import REFUSAL
from evals.scoring import score
from evals.suite import Layout, Published, Wanted
from evals.truth import OriginalTruth, SpanTruth
from index.store import Index

__all__ = ["GOLD_FOLDER", "MEASURES", "REPORTS", "GoldSuite", "bundled_suite"]

EVALS = Path(__file__).resolve().parents[1]
GOLD_FOLDER = EVALS / "gold"
REPORTS = EVALS.parent / "corpus" / "reports"
FIGURE_REPORTS = GOLD_FOLDER / "figure_reports"  # fictional, of other fields, for questions about figures

MEASURES = (
    Measure("handled", "right and cited, or rightly refused"),
    Measure("right_and_cited", "right and cited, where the record says"),
    Measure("right_not_misled", "right, no wrong short answer in front"),
    Measure("short_answer_right", "short answer right"),
    Measure("exact_match", "short answer, exact match (SQuAD)"),
    Measure("token_f1", "short answer, token F1 (SQuAD)"),
    Measure("wrong_figure", "wrong figures, of the answers given", higher_is_better=False),
    Measure("figure_value", "figures, value right"),
    Measure("figure_unit", "figures, unit right, where one is given"),
    Measure("figure_period", "figures, period right, where one is given"),
    Measure("figure_scope", "figures, scope right, where one is given"),
    Measure("figure_kind", "figures, kind right, where one is given"),
    Measure("leading_figures", "figures asked for lead, all and only they"),
    Measure("other_figures", "figures it could be taken for, share shown beside"),
    Measure("figure_without_record", "a figure given where the record holds none", higher_is_better=False),
    Measure("citation_precision", "citation precision"),
    Measure("citation_recall", "citation recall"),
    Measure("quotes_exact", "quotes exact", exact=True),
    *REFUSAL,
    Measure("Success@1", "passages read, Success@1"),
    Measure("Success@5", "passages read, Success@5"),
    Measure("RR@10", "passages read, RR@10"),
    Measure("nDCG@10", "passages read, nDCG@10"),
    Measure("R@5", "passages read, R@5"),
    Measure("wall_ms", "time, mean", unit="ms", higher_is_better=False),
)


_QUESTION = TypeAdapter(GoldQuestion)
_SPANS = TypeAdapter(tuple[GoldSpan, ...])


@dataclass(frozen=True, slots=True)
class GoldSuite:
    """The questions of one file over one record."""

    name: str
    gold: Path
    record: Path | None  # None: the folder that is named when it is run
    beside: Path | None = None  # a second folder of the record
    originals: bool = False  # the record is the original articles
    wanted: Wanted = "answer"
    depth: int = 10
    measures: tuple[Measure, ...] = MEASURES
    published: tuple[Published, ...] = ()

    @property
    def title(self) -> str:
        """What is asked of what."""
        over = (
            "the original articles" if self.originals else "the reports" if self.record == REPORTS else "the documents"
        )
        return f"{self.gold.name} over {over}"

    def lay_out(self, data: Path | None, folder: Path) -> Layout:  # noqa: ARG002  # the protocol's signature
        """The questions, and the folder that holds the record. Raises InputError when it is missing."""
        record = self.record or data
        if record is None or not record.is_dir():
            raise InputError(
                f"The suite {self.name} needs the folder of the articles"
                f"{f'; {record} is none' if record else ''}. Name it with --data FOLDER."
            )
        folders = (record, self.beside) if self.beside else (record,)
        return Layout(folders, self.cases(load_gold(self.gold)))

    def cases(self, questions: Sequence[GoldQuestion]) -> tuple[Case, ...]:
        """The questions that can be asked of this record."""
        return tuple(
            _case(question)
            for question in questions
            if not self.originals or question.originals or not question.answerable
        )

    def bind(self, case: Case, index: Index) -> Case:
        """The case with its gold quotes found again in the indexed text."""
        if self.originals:
            return case
        spans = find_gold_spans(_question(case), index)
        return replace(case, truth={**case.truth, "spans": _SPANS.dump_python(spans, mode="json")})

    def relevant(self, case: Case, found: Retrieved | Quoted) -> bool | None:
        """Whether a passage or quote holds evidence; None where none is known."""
        if self.originals:
            truth = OriginalTruth(_question(case))
            return truth.supports(found) if isinstance(found, Quoted) else bool(truth.found(found))
        gold = case.truth.get("spans", [])
        places = [Place(one["document_id"], Span(**span)) for one in gold for span in one["spans"]]
        return overlaps_by_half(found.place, places) if places else None

    def score(self, case: Case, given: Given) -> dict[str, Score]:
        """All scores of the answer."""
        question = _question(case)
        if self.originals:
            return score(question, OriginalTruth(question), given)
        return score(question, SpanTruth(question, _SPANS.validate_python(case.truth.get("spans", []))), given)


def bundled_suite(name: str) -> GoldSuite:
    """ "ask", "held_out", each with "-seeds" for the original articles, and "figures"."""
    if name == "figures":
        return GoldSuite(name, GOLD_FOLDER / "figures.jsonl", REPORTS, FIGURE_REPORTS)
    stem = name.removesuffix("-seeds")
    originals = name != stem
    return GoldSuite(name, GOLD_FOLDER / f"{stem}.jsonl", None if originals else REPORTS, originals=originals)


def _case(question: GoldQuestion) -> Case:
    expected = question.refusal or "; ".join([*question.answers[:1], *(item[0] for item in question.items)])
    named = [*(evidence.document for evidence in question.evidence), *question.originals, *question.near]
    return Case(
        id=question.id,
        kind=question.kind,
        question=question.question,
        history=question.history,
        expected=expected,
        group=named[0] if named else "",
        truth={"question": _QUESTION.dump_python(question, mode="json")},
    )


def _question(case: Case) -> GoldQuestion:
    truth: dict[str, Any] = dict(case.truth)
    return _QUESTION.validate_python(truth["question"])
