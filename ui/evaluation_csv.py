"""Questions of a run, or of two compared, as a table for spreadsheets: CSV as RFC 4180 has it, in UTF-8.

No cell is ever a formula.

>>> run_csv(run, suite).splitlines()[0]  # doctest: +SKIP
'id,kind,history,question,within,expected,outcome,why,given,...'
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from evals.compare import Comparison
from evals.given import Given
from evals.outcome import outcome_of
from evals.run import Result, Run
from evals.suite import Suite
from evals.summary import deciding, why_of
from ui.export_csv import BYTE_ORDER_MARK, guarded
from ui.wording import visible

__all__ = ["comparison_csv", "run_csv"]

RUN_COLUMNS = (
    "id", "kind", "history", "question", "within", "expected", "outcome", "why", "refused", "short_answer", "answer",
    "read_as", "cited", "confidence", "wall_ms", "error",
)  # fmt: skip
COMPARED_COLUMNS = (
    "id", "kind", "history", "question", "expected", "outcome", "earlier", "earlier_score", "earlier_why", "later",
    "later_score", "later_why",
)  # fmt: skip


def run_csv(run: Run, suite: Suite) -> str:
    """A row for each question, then a column for each of its scores."""
    measure = deciding(run, suite)
    scores = list(dict.fromkeys(name for result in run.results for name in result.scores))
    rows = []
    for result in run.results:
        values = [result.scores[name].value if name in result.scores else None for name in scores]
        why = why_of(measure, result)
        rows.append(
            [*_fields(result, outcome_of(measure, result), why), *("" if v is None else f"{v:g}" for v in values)]
        )
    return _written([*RUN_COLUMNS, *scores], rows)


def comparison_csv(comparison: Comparison) -> str:
    """A row for each question that changed."""
    rows = [
        [
            changed.case.id,
            changed.case.kind,
            "\n".join(changed.case.history),
            changed.case.question,
            changed.case.expected,
            changed.outcome,
            *(
                text
                for side in (changed.before, changed.after)
                for text in (side.given, "" if side.score is None else f"{side.score:g}", side.why)
            ),
        ]
        for changed in comparison.changed
    ]
    return _written(COMPARED_COLUMNS, rows)


def _fields(result: Result, outcome: str, why: str) -> list[str]:
    case, given = result.case, result.given or Given()
    return [
        case.id,
        case.kind,
        "\n".join(case.history),
        case.question,
        case.within or "",
        case.expected,
        outcome,
        why,
        "yes" if given.refused else "no",
        given.short_answer or "",
        given.text,
        given.standalone_question,
        "\n".join(f"[{cited.number}] {cited.quote} ({cited.document})" for cited in given.citations),
        f"{given.confidence:.3f}",
        f"{given.wall_ms:.0f}",
        result.error,
    ]


def _written(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([guarded(visible(cell)) for cell in row])
    return BYTE_ORDER_MARK + written.getvalue()
