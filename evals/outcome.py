"""How single questions of a run went, in one word each: right, partly, wrong, not scored, not asked.

By the run's deciding measure, the same in the report and in the app. Knows nothing of how it is shown.

>>> list(OUTCOMES)[:2]
['not asked', 'wrong']
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol, runtime_checkable

from evals.case import Case
from evals.given import Quoted, Retrieved
from evals.measures import Measure
from evals.run import Result
from evals.suite import Suite
from evals.summary import decided

__all__ = ["MARKS", "OUTCOMES", "KnowsRelevant", "Outcome", "is_relevant", "outcome_of", "worst_first"]

Outcome = Literal["not asked", "wrong", "partly", "not scored", "right"]
OUTCOMES: dict[Outcome, str] = {  # the worst first
    "not asked": "could not be asked",
    "wrong": "wrong",
    "partly": "partly right",
    "not scored": "not scored",
    "right": "right",
}
# A sign for those who do not see the colour.
MARKS: dict[Outcome, str] = {"not asked": "!", "wrong": "✗", "partly": "◐", "not scored": "–", "right": "✓"}


@runtime_checkable
class KnowsRelevant(Protocol):
    """A suite that can say of a passage or a citation whether it is one that was to be found."""

    def relevant(self, case: Case, found: Retrieved | Quoted) -> bool | None:
        """None where that is not known."""


def is_relevant(suite: Suite, case: Case, found: Retrieved | Quoted) -> bool | None:
    """As the suite says; None of a suite that cannot say."""
    return suite.relevant(case, found) if isinstance(suite, KnowsRelevant) else None


def outcome_of(measure: Measure, result: Result) -> Outcome:
    """How the question went by `measure`."""
    if result.given is None:
        return "not asked"
    value = decided(measure, result)
    if value is None:
        return "not scored"
    return "right" if value >= 1 else "partly" if value > 0 else "wrong"


def worst_first(measure: Measure, results: Sequence[Result]) -> list[Result]:
    """The results, those first that went worst."""
    order = list(OUTCOMES)
    return sorted(
        results, key=lambda result: (order.index(outcome_of(measure, result)), decided(measure, result) or 0.0)
    )
