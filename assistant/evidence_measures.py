"""What the learned sums are made of: the measures of a sentence for its rank, and of the best one for the decision.

Knows nothing of the weights (assistant/weights.py).

>>> round(relevance_odds(0.5), 3), within(9.5, 8.0)
(0.0, 8.0)
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.answer import Evidence
from assistant.question import Asked
from assistant.question_kinds import TYPED_KINDS, is_terse
from assistant.weights import probability

__all__ = ["MOST_ODDS", "decision_measures", "ranking_measures", "relevance_odds", "within"]

MOST_ODDS, MOST_RELEVANCE = 8.0, 6.0  # log-odds of spans and of passages beyond which the reader says no more
LONG_KINDS = {"list", "reason", "yes_no"}


def ranking_measures(asked: Asked, span_odds: float, relevance: float, *, names_words: bool) -> dict[str, float]:
    """What is added to a sentence's retrieval score.

    Args:
        asked: the question.
        span_odds: the reader's log-odds of the best span that begins in the sentence.
        relevance: its probability that the passage answers.
        names_words: whether words of the asked kind were found in the sentence.
    """
    return {
        "span_odds": within(span_odds, MOST_ODDS),
        "relevance_odds": relevance_odds(relevance),
        "answer": float(names_words and asked.kind in TYPED_KINDS),
    }


def decision_measures(asked: Asked, evidence: Sequence[Evidence]) -> dict[str, float]:
    """What the probability to answer is computed from; a fit that is not asked for counts as 0."""
    best = evidence[0]
    measures = best.measures
    values = {
        "similarity": measures.similarity,
        "coverage": measures.coverage,
        "context_coverage": measures.context_coverage,
        "other_period": max(0.0, -(measures.period_fit or 0.0)),
        "other_place": max(0.0, -(measures.place_fit or 0.0)),
        "other_kind": max(0.0, -(measures.kind_fit or 0.0)),
        "missing_names": (1.0 - measures.names_fit) / 2.0 if measures.names_fit is not None else 0.0,
        "no_such_thing": float(asked.kind in TYPED_KINDS and best.answer is None),
    }
    if measures.span_odds is not None and measures.relevance is not None:
        values["span_odds"] = within(measures.span_odds, MOST_ODDS)
        values["relevance"] = measures.relevance
        values["relevance_odds"] = relevance_odds(measures.relevance)
        # The reader was trained on whole questions with short answers: its odds mean something
        # else for a list or a reason, and for a question in key words.
        for name, holds in (("long", asked.kind in LONG_KINDS), ("terse", is_terse(asked.question))):
            values |= {
                name: float(holds),
                f"{name}_odds": holds * values["span_odds"],
                f"{name}_relevance": holds * values["relevance_odds"],
            }
    return values


def relevance_odds(relevance: float) -> float:
    """A probability as log-odds, within what the reader can tell apart."""
    lowest = probability(-MOST_RELEVANCE)
    held = min(max(relevance, lowest), 1.0 - lowest)
    return math.log(held / (1.0 - held))


def within(value: float, most: float) -> float:
    """`value`, cut to -most..most."""
    return max(-most, min(value, most))
