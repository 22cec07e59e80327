"""A run as a table to read: how often right, how sure that is, and what went wrong.

Plain Markdown that reads as well in a terminal. Every rate carries its count and its 95 % Wilson
interval, every mean its bootstrap interval. Knows nothing of how answers are made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.metrics import (
    Interval,
    auroc,
    balanced_accuracy,
    bootstrap_interval,
    mean,
    percentile,
    wilson_interval,
)
from evals.run import Result, Run

__all__ = ["KindRow", "Mean", "Rate", "Summary", "failures", "headline", "markdown", "summarise", "table"]


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of how many."""

    successes: int
    count: int

    @property
    def share(self) -> float | None:
        """From 0 to 1; None when nothing was counted."""
        return self.successes / self.count if self.count else None

    @property
    def complement(self) -> Rate:
        """Those that were not counted."""
        return Rate(self.count - self.successes, self.count)

    def __str__(self) -> str:
        interval = wilson_interval(self.successes, self.count)
        return f"{_percent(self.share)} ({self.successes}/{self.count}) {_between(interval)}".strip()


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean with what it was taken over."""

    value: float | None
    count: int
    interval: Interval | None

    @classmethod
    def of(cls, values: Sequence[float]) -> Mean:
        """The mean of `values` with its bootstrap interval."""
        return cls(mean(values), len(values), bootstrap_interval(values))

    def __str__(self) -> str:
        return f"{_percent(self.value)} (n={self.count}) {_between(self.interval)}".strip()


@dataclass(frozen=True, slots=True)
class KindRow:
    """The answerable questions of one kind."""

    kind: str
    right_and_cited: Rate
    right: Rate
    cited: Rate
    short_answer_right: Rate


@dataclass(frozen=True, slots=True)
class Summary:
    """A run in numbers."""

    kinds: tuple[KindRow, ...]
    overall: KindRow
    not_misled: Rate  # right, and no wrong short answer in front
    short_answers_given_right: Rate  # among the short answers that were given
    exact_match: Mean
    token_f1: Mean
    wrong_figures: Rate  # among the answered questions of either sort
    figures_without_record: Rate  # among the unanswerable questions
    citation_precision: Mean
    citation_recall: Mean
    quotes_exact: Rate
    false_refusals: Rate
    false_answers: Rate
    rightly_refused: Rate
    balanced_accuracy: float | None
    auroc: float | None
    success_at_1: Mean
    success_at_5: Mean
    reciprocal_rank: Mean
    p50_ms: float | None
    p95_ms: float | None
    failed: int  # questions that could not be asked


def summarise(run: Run) -> Summary:
    """All numbers of the report."""
    answerable = [result for result in run.results if result.question.answerable]
    unanswerable = [result for result in run.results if not result.question.answerable]
    kinds = dict.fromkeys(result.question.kind for result in answerable)
    rows = [_row(kind, [r for r in answerable if r.question.kind == kind]) for kind in kinds]
    answered = [result for result in run.results if result.given and not result.given.refused]
    with_short = [result for result in answered if result.given and result.given.short_answer]
    quotes = [c.exact for r in run.results if r.given for c in (*r.given.citations, *r.given.nearest)]
    false_refusals, false_answers = _rate(answerable, "false_refusal"), _rate(unanswerable, "false_answer")
    spent = [result.given.wall_ms for result in run.results if result.given]
    return Summary(
        kinds=tuple(rows),
        overall=_row("all", answerable),
        not_misled=_rate(answerable, "right_not_misled"),
        short_answers_given_right=_rate(with_short, "short_answer_right"),
        exact_match=Mean.of(run.scored("exact_match")),
        token_f1=Mean.of(run.scored("token_f1")),
        wrong_figures=Rate(len(_with(answered, "wrong_figure")), len(answered)),
        figures_without_record=Rate(len(_with(unanswerable, "wrong_figure")), len(unanswerable)),
        citation_precision=Mean.of(run.scored("citation_precision")),
        citation_recall=Mean.of(run.scored("citation_recall")),
        quotes_exact=Rate(sum(quotes), len(quotes)),
        false_refusals=false_refusals,
        false_answers=false_answers,
        rightly_refused=false_answers.complement,
        balanced_accuracy=balanced_accuracy(false_answers.share, false_refusals.share),
        auroc=auroc(_confidences(answerable), _confidences(unanswerable)),
        success_at_1=Mean.of(run.scored("success@1")),
        success_at_5=Mean.of(run.scored("success@5")),
        reciprocal_rank=Mean.of(run.scored("rr@10")),
        p50_ms=percentile(spent, 0.5),
        p95_ms=percentile(spent, 0.95),
        failed=sum(result.given is None for result in run.results),
    )


def _row(kind: str, results: Sequence[Result]) -> KindRow:
    names = ("right_and_cited", "right", "cited", "short_answer_right")
    return KindRow(kind, *(_rate(results, name) for name in names))


def _rate(results: Sequence[Result], metric: str) -> Rate:
    values = [result.scores[metric].value for result in results if metric in result.scores]
    scored = [value for value in values if value is not None]
    return Rate(sum(value > 0 for value in scored), len(scored))


def _with(results: Sequence[Result], metric: str) -> list[Result]:
    return [result for result in results if metric in result.scores and result.scores[metric].value]


def _confidences(results: Sequence[Result]) -> list[float]:
    return [result.given.confidence for result in results if result.given]


def markdown(run: Run) -> str:
    """The whole report: by kind, in numbers, and what it was made with."""
    summary = summarise(run)
    return "\n\n".join([_by_kind(summary), _in_numbers(summary), _made_with(run)])


def headline(run: Run) -> str:
    """The few numbers that a reader of the README wants."""
    summary = summarise(run)
    rows = [
        ["right and cited", str(summary.overall.right_and_cited)],
        ["right, and no wrong short answer in front", str(summary.not_misled)],
        ["refused where the record does not say", str(summary.rightly_refused)],
        ["refused though the record says", str(summary.false_refusals)],
        ["quotes that are the source's text at their offsets", str(summary.quotes_exact)],
        ["time, median", _milliseconds(summary.p50_ms)],
    ]
    return table(["measure", "value"], rows)


def _by_kind(summary: Summary) -> str:
    rows = [
        [row.kind, str(row.right_and_cited), str(row.right), str(row.cited), str(row.short_answer_right)]
        for row in (*summary.kinds, summary.overall)
    ]
    return table(["kind", "right and cited", "right", "cited", "short answer right"], rows)


def _in_numbers(summary: Summary) -> str:
    rows = [
        ["right, no wrong short answer in front", str(summary.not_misled)],
        ["short answers given that are right", str(summary.short_answers_given_right)],
        ["short answer, exact match (SQuAD)", str(summary.exact_match)],
        ["short answer, token F1 (SQuAD)", str(summary.token_f1)],
        ["wrong figures, of the answers given", str(summary.wrong_figures)],
        ["… where the record holds no figure", str(summary.figures_without_record)],
        ["citation precision", str(summary.citation_precision)],
        ["citation recall", str(summary.citation_recall)],
        ["quotes exact", str(summary.quotes_exact)],
        ["false answers (the record does not say)", str(summary.false_answers)],
        ["false refusals (the record says)", str(summary.false_refusals)],
        ["refusal, balanced accuracy", _percent(summary.balanced_accuracy)],
        ["confidence, AUROC", _decimal(summary.auroc)],
        ["passages read, Success@1", str(summary.success_at_1)],
        ["passages read, Success@5", str(summary.success_at_5)],
        ["passages read, RR@10", str(summary.reciprocal_rank)],
        ["time, median", _milliseconds(summary.p50_ms)],
        ["time, p95", _milliseconds(summary.p95_ms)],
        ["questions that could not be asked", str(summary.failed)],
    ]
    return table(["measure", "value"], rows)


def _made_with(run: Run) -> str:
    tree = f"{run.revision.commit[:12] or 'no revision'}{' with changes' if run.revision.dirty else ''}"
    machine = f"{run.machine.get('processor', '')}, {run.machine.get('cores', '?')} cores"
    return (
        f"Suite {run.suite}, {len(run.results)} questions, {run.made_at}, revision {tree}, "
        f"gold {run.gold_hash[:12]}, corpus {run.corpus_hash[:12]}, {machine}, "
        f"load {run.machine.get('load_1min', '?')} at the start."
    )


def failures(run: Run) -> str:
    """A row for each question that was not answered right and cited, or not refused."""
    rows = [row for result in run.results if (row := _failure(result))]
    if not rows:
        return "No question failed."
    return table(["question", "kind", "asked", "expected", "given", "why"], rows)


def _failure(result: Result) -> list[str] | None:
    question, given = result.question, result.given
    if given is None:
        return [question.id, question.kind, question.question, "", "", f"could not be asked: {result.error}"]
    deciding = ["right_not_misled", "right_and_cited"] if question.answerable else ["false_answer"]
    wanted = 1.0 if question.answerable else 0.0
    scores = [result.scores[name] for name in deciding if name in result.scores]
    missed = [score for score in scores if score.value is not None and score.value != wanted]
    if not missed:
        return None
    asked = " / ".join([*question.history, question.question])
    expected = question.refusal or "; ".join([*question.answers[:1], *(item[0] for item in question.items)])
    said = f"refused: {given.reason}" if given.refused else (given.short_answer or given.text[:120])
    return [question.id, question.kind, asked, expected, said, missed[0].why]


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table whose columns line up in a terminal."""
    cells = [[_cell(text) for text in row] for row in (head, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    lines = [
        "| " + " | ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) + " |" for row in cells
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _percent(share: float | None) -> str:
    return "not scored" if share is None else f"{100 * share:.1f} %"


def _decimal(value: float | None) -> str:
    return "not scored" if value is None else f"{value:.3f}"


def _milliseconds(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.0f} ms"


def _between(interval: Interval | None) -> str:
    return f"[{100 * interval.low:.0f}, {100 * interval.high:.0f}]" if interval else ""
