"""A run, or two, as one page to look at: the numbers, the charts, and every question to open.

The page is a single file that needs neither the network nor scripts; what documents and answers
hold is shown as text and never as markup. Numbers are those of summary.py. Knows nothing of any
one suite.

    home.joinpath("ask.html").write_text(page(run, suite, against=load_run(before)), encoding="utf-8")
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from evals.case import Case
from evals.compare import compare
from evals.contrast import as_difference
from evals.given import Given, Quoted, Retrieved
from evals.kept_runs import in_both_first
from evals.measures import Measure
from evals.metrics import Place
from evals.outcome import MARKS, OUTCOMES, is_relevant, outcome_of, worst_first
from evals.page_charts import charts_of
from evals.report import HOW_TO_READ, made_with, said
from evals.run import Result, Run
from evals.suite import Suite
from evals.summary import deciding, headline_rows, number, summarise, why_of

__all__ = ["page"]

QUESTIONS = 400  # shown in full; of more, the worst
CHANGED = 150  # shown of each way in which questions changed
PASSAGES = 10  # shown of each question
CLIP = 120  # characters of a passage before its full text is asked for
# As classes of the style sheet.
CLASSES = {"not asked": "asked-not", "wrong": "wrong", "partly": "partly", "not scored": "scored-not", "right": "right"}


@dataclass(frozen=True, slots=True)
class _Found:
    """A passage or sentence as ranked."""

    item: Retrieved
    rank: int
    relevant: bool | None
    clip: str
    number: int  # of its full text, at the end of the page; 0: the clip is all of it


@dataclass(frozen=True, slots=True)
class _Cited:
    item: Quoted
    relevant: bool | None


@dataclass(frozen=True, slots=True)
class _Scored:
    title: str
    value: str
    read: str
    why: str


@dataclass(frozen=True, slots=True)
class _Question:
    """One question with all that the page shows of it."""

    case: Case
    given: Given | None
    error: str
    outcome: str  # a key of OUTCOMES
    said: str
    why: str
    citations: Sequence[_Cited]
    nearest: Sequence[_Cited]
    found: Sequence[_Found]
    more: int  # ranked, and not shown
    scores: Sequence[_Scored]


def page(run: Run, suite: Suite, against: Run | None = None) -> str:
    """The HTML of one run, beside an earlier one where `against` is given.

    Raises InputError when the two runs are of different suites or share no question.
    """
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"number": number, "difference": as_difference, "fingerprint": _fingerprint}
    template = environment.from_string(files("evals").joinpath("report_page.html").read_text(encoding="utf-8"))
    return template.render(_shown(run, suite, against))


def _fingerprint(script: str) -> str:
    """A script as the page's content policy names it; nothing else may run."""
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def _shown(run: Run, suite: Suite, against: Run | None) -> dict[str, Any]:
    summary, measure = summarise(run, suite), deciding(run, suite)
    texts: dict[Place, tuple[int, Retrieved]] = {}
    order = worst_first(measure, run.results)[:QUESTIONS]
    others = _published(suite)
    questions = [_question(result, suite, measure, texts) for result in order]
    return {
        "run": run,
        "suite": suite,
        "against": against,
        "comparison": compare(against, run, in_both_first(run, against, suite)) if against else None,
        "deciding": measure,
        "headline": headline_rows(summary),
        "summary": summary,
        "kind_columns": [at for at, row in enumerate(summary.measured[:3]) if row.wanted],
        "others": others,
        "outcomes": OUTCOMES,
        "css": CLASSES,
        "marks": MARKS,
        "limit": CHANGED,
        "ids": {question.case.id: place for place, question in enumerate(questions, start=1)},
        "rows": [row for row in summary.measured if row.wanted or row.measure.name in others]
        + [summary.median, summary.p95],
        "counts": Counter(outcome_of(measure, result) for result in run.results),
        "kinds": list(dict.fromkeys(result.case.kind for result in run.results)),
        "questions": questions,
        "texts": list(texts.values()),
        "charts": charts_of(
            _named(run, against), [summary, *([summarise(against, suite)] if against else [])], measure
        ),
        "how_to_read": HOW_TO_READ,
        "made_with": [made_with(one) for one in (run, against) if one],
    }


def _named(run: Run, against: Run | None) -> dict[str, Run]:
    """The runs by what they are called in a chart."""
    if against is None:
        return {run.system: run}
    if run.system != against.system:
        return {run.system: run, against.system: against}
    return {"this run": run, "compared with": against}


def _published(suite: Suite) -> Mapping[str, list[Any]]:
    by_measure: dict[str, list[Any]] = {}
    for other in suite.published:
        by_measure.setdefault(other.measure, []).append(other)
    return by_measure


# Single questions


def _question(result: Result, suite: Suite, measure: Measure, texts: dict[Place, tuple[int, Retrieved]]) -> _Question:
    case, given = result.case, result.given or Given()
    ranked = [*given.sentences, *given.passages]
    return _Question(
        case=case,
        given=result.given,
        error=result.error,
        outcome=outcome_of(measure, result),
        said=said(given),
        why=why_of(measure, result),
        citations=[_Cited(quoted, is_relevant(suite, case, quoted)) for quoted in given.citations],
        nearest=[_Cited(quoted, is_relevant(suite, case, quoted)) for quoted in given.nearest],
        found=[_found(item, rank, suite, case, texts) for rank, item in enumerate(ranked[:PASSAGES], start=1)],
        more=len(ranked[PASSAGES:]),
        scores=_scores(result, suite),
    )


def _found(item: Retrieved, rank: int, suite: Suite, case: Case, texts: dict[Place, tuple[int, Retrieved]]) -> _Found:
    text, place = " ".join(item.text.split()), 0
    if len(text) > CLIP:
        # The same passage comes up for many questions: its text stands in the page once.
        place = texts.setdefault(item.place, (len(texts) + 1, item))[0]
        text = f"{text[:CLIP].rsplit(' ', 1)[0]} …"
    return _Found(item, rank, is_relevant(suite, case, item), text, place)


def _scores(result: Result, suite: Suite) -> list[_Scored]:
    measures = {measure.name: measure for measure in suite.measures if measure.reads == (measure.name,)}
    rows = []
    for name, score in result.scores.items():
        known = measures.get(name)
        value = "not scored" if score.value is None else f"{score.value:.3g}"
        title = known.title if known else name.replace("_", " ")
        rows.append(_Scored(title, number(known, score.value) if known else value, score.read, score.why))
    return rows
