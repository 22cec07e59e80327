"""Fitting the weights: on made evidence whose right weights are known."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from assistant.answer import Evidence, Measures
from assistant.question import understand
from corpus.document import Span
from evals.calibrate import Ranking, fit_decision, fit_ranking, ranked
from evals.calibration_examples import Candidate, Example
from index.passage import Passage

PASSAGE = Passage("p", "d", 0, 0, 4, "Yes.", "", (Span(0, 4),), tokens=2)
ASKED = understand("What was decided?")
PLAIN = Measures(similarity=0.5, coverage=0.5, context_coverage=0.5, span_odds=0.0, relevance=0.5)


def candidate(retrieval: float, span_odds: float, *, is_gold: bool) -> Candidate:
    evidence = Evidence(PASSAGE, Span(0, 4), None, retrieval, replace(PLAIN, span_odds=span_odds))
    return Candidate(evidence, retrieval, is_gold)


def questions(noise: float) -> list[Example]:
    """Six sentences each; the gold one has the highest retrieval score plus a fifth of the odds, but for noise."""
    rng = random.Random(4)
    made = []
    for number in range(120):
        drawn = [(rng.uniform(0, 2), rng.uniform(-7, 7)) for _ in range(6)]
        best = max(range(6), key=lambda at: drawn[at][0] + 0.2 * drawn[at][1] + rng.gauss(0, noise))
        made.append(
            Example(
                ASKED,
                tuple(candidate(*values, is_gold=at == best) for at, values in enumerate(drawn)),
                True,
                "made",
                str(number % 8),
            )
        )
    return made


def test_the_ranking_finds_the_weight_that_made_it() -> None:
    """Retrieval has the weight 1; the reader's log-odds get a fifth, as the questions were made."""
    fitted = fit_ranking(questions(noise=0.3))
    assert fitted.weights["span_odds"] == pytest.approx(0.2, abs=0.05)


def test_ranked_is_the_order_of_the_weights() -> None:
    """With the fitted weights the gold sentence comes first nearly always; by retrieval alone it does not."""
    made = questions(noise=0.0)
    fitted = fit_ranking(made)
    alone = Ranking(dict.fromkeys(fitted.weights, 0.0), 1.0)
    assert np.mean([ranked(one, fitted)[0].is_gold for one in made]) > 0.95
    assert np.mean([ranked(one, alone)[0].is_gold for one in made]) < 0.6


def test_a_question_without_gold_sentence_teaches_no_order() -> None:
    """Only questions whose evidence was read are used."""
    made = questions(noise=0.3)
    unanswered = replace(made[0], candidates=tuple(replace(one, is_gold=False) for one in made[0].candidates))
    assert fit_ranking([*made, unanswered]) == fit_ranking(made)


def test_the_decision_is_calibrated() -> None:
    """Of rows that are right with probability 1 / (1 + exp(-2 x)), the slope found is near 2."""
    rng = np.random.default_rng(5)
    values = rng.uniform(-2, 2, 4000)
    labels = rng.random(4000) < 1 / (1 + np.exp(-2 * values))
    fitted = fit_decision([{"x": float(value)} for value in values], labels.tolist(), np.ones(4000))
    assert fitted["x"] == pytest.approx(2.0, abs=0.2)
    assert fitted["intercept"] == pytest.approx(0.0, abs=0.2)
