"""Fits the weights of the answer path: `python -m evals.calibrate --data FOLDER`.

Two sums are fitted and written to assistant/weights.json (assistant/weights.py reads it):

- *ranking*: which sentence of all that were read answers. A conditional logit (McFadden 1974) over the sentences of
  each question, so that only differences inside one question count; retrieval's score has the weight 1.
- *decision*: whether the best sentence, by that ranking, answers at all. A logistic regression, with and without the
  trained reader. Each source of questions weighs the same in sum.

Both are judged on questions about documents that were left out (cross-validated), and the file keeps that too.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.evidence_measures import decision_measures, ranking_measures
from assistant.reader import ModelReader, SentenceReader, open_reader
from corpus.glossary import read_glossary
from evals.calibration_examples import Candidate, Example, examples

__all__ = ["fit_decision", "fit_ranking", "main", "ranked"]

WEIGHTS = Path(__file__).resolve().parents[1] / "assistant" / "weights.json"
FOLDS = 10
PENALTY = 1e-3  # on the squares of the ranking's weights
STRENGTH = 1.0  # C of the decision's logistic regression, over measures of unit variance

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The order of evidence."""

    weights: dict[str, float]  # beside retrieval's score, whose weight is 1
    scale: float  # log-odds that a point of score is worth


def fit_ranking(questions: Sequence[Example]) -> Ranking:
    """The ranking under which the gold sentences of the questions are likeliest; one without any teaches nothing."""
    from scipy.optimize import minimize

    names = list(_ranking_row(questions[0], questions[0].candidates[0]))
    tables = [
        (
            np.array([[*_ranking_row(one, candidate).values()] for candidate in one.candidates]),
            np.array([candidate.is_gold for candidate in one.candidates]),
        )
        for one in questions
        if any(candidate.is_gold for candidate in one.candidates)
    ]

    def loss(weights: Floats) -> float:
        total = 0.0
        for values, gold in tables:
            scores = values @ weights
            scores = np.exp(scores - scores.max())
            total -= float(np.log(scores[gold].sum() / scores.sum()))
        return total / len(tables) + PENALTY * float(weights @ weights)

    found = minimize(loss, np.ones(len(names)), method="L-BFGS-B").x
    weights = dict(zip(names[1:], (found[1:] / found[0]).round(4).tolist(), strict=True))
    return Ranking(weights, round(float(found[0]), 3))


def _ranking_row(one: Example, candidate: Candidate) -> dict[str, float]:
    measures = candidate.evidence.measures
    return {
        "retrieval": candidate.retrieval,
        **ranking_measures(
            one.asked,
            measures.span_odds or 0.0,
            measures.relevance or 0.0,
            names_words=candidate.evidence.answer is not None,
        ),
    }


def ranked(one: Example, ranking: Ranking) -> list[Candidate]:
    """The candidates of a question in the order of these weights."""

    def score(candidate: Candidate) -> float:
        row = _ranking_row(one, candidate)
        return row.pop("retrieval") + sum(ranking.weights[name] * value for name, value in row.items())

    return sorted(one.candidates, key=score, reverse=True)


def fit_decision(rows: Sequence[dict[str, float]], labels: Sequence[bool], weights: Floats) -> dict[str, float]:
    """A logistic regression over the measures: weights by name, and the intercept."""
    from sklearn.linear_model import LogisticRegression

    names = list(rows[0])
    inputs = np.array([[row[name] for name in names] for row in rows])
    centre, spread = inputs.mean(axis=0), inputs.std(axis=0) + 1e-9
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    model.fit((inputs - centre) / spread, np.array(labels), sample_weight=weights * len(weights) / weights.sum())
    slopes = model.coef_[0] / spread
    fitted = dict(zip(names, slopes.round(4).tolist(), strict=True))
    fitted["intercept"] = round(float(model.intercept_[0] - slopes @ centre), 4)
    return fitted


def _folds(questions: Sequence[Example]) -> NDArray[np.int64]:
    """A fold for each question; those about one document share it."""
    groups = {group: number % FOLDS for number, group in enumerate(sorted({one.group for one in questions}))}
    return np.array([groups[one.group] for one in questions])


def _confidence(fitted: dict[str, float], row: dict[str, float]) -> float:
    return fitted["intercept"] + sum(fitted[name] * value for name, value in row.items())


def _source_weights(questions: Sequence[Example]) -> Floats:
    count = Counter(one.source for one in questions)
    return np.array([1.0 / count[one.source] for one in questions])


@dataclass(frozen=True, slots=True)
class Calibrated:
    """What was fitted, and how well it does."""

    ranking: Ranking | None  # None without the trained reader
    decision: dict[str, float]
    measured: dict[str, float]


def calibrated(questions: Sequence[Example], *, with_reader: bool) -> Calibrated:
    """Ranking and decision fitted to all questions, and how well both do on documents left out."""
    from sklearn.metrics import roc_auc_score

    folds = _folds(questions)
    weights = _source_weights(questions)
    labels = np.array([one.answerable for one in questions])
    confidence = np.zeros(len(questions))
    first: list[bool] = []
    for fold in sorted(set(folds.tolist())):
        inside = [one for one, own in zip(questions, folds, strict=True) if own != fold]
        order = fit_ranking(inside) if with_reader else None
        rows = [_decision_row(one, order) for one in questions]
        kept = folds != fold
        fitted = fit_decision([row for row, keep in zip(rows, kept, strict=True) if keep], labels[kept], weights[kept])
        for at in np.flatnonzero(~kept).tolist():
            confidence[at] = _confidence(fitted, rows[at])
            top = _order(questions[at], order)
            if any(candidate.is_gold for candidate in top):
                first.append(top[0].is_gold)
    order = fit_ranking(questions) if with_reader else None
    measured = {
        f"auroc_{source}": round(float(roc_auc_score(labels[own], confidence[own])), 3)
        for source in sorted({one.source for one in questions})
        if len(set(labels[own := np.array([one.source == source for one in questions])])) == 2
    }
    measured |= {"questions": float(len(questions)), "gold_sentence_first": round(float(np.mean(first)), 3)}
    rows = [_decision_row(one, order) for one in questions]
    return Calibrated(order, fit_decision(rows, labels.tolist(), weights), measured)


def _order(one: Example, order: Ranking | None) -> list[Candidate]:
    return ranked(one, order) if order else list(one.candidates)


def _decision_row(one: Example, order: Ranking | None) -> dict[str, float]:
    return decision_measures(one.asked, [candidate.evidence for candidate in _order(one, order)])


def _is_read(one: Example) -> bool:
    """Whether the trained reader saw it: not where nothing was found, or in a language it does not know."""
    return bool(one.candidates) and one.candidates[0].evidence.measures.span_odds is not None


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit and write the weights; exit code 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public sets' tuning parts")
    parser.add_argument("--reader", default="", help="folder of a reader's model; default: the bundled one")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where to write; default: the answer path's own file")
    options = parser.parse_args(arguments)
    if not (options.data / "squad2" / "queries.json").is_file():
        parser.error(f"{options.data} has no squad2/queries.json. Name the folder of the public sets.")
    reader = open_reader(options.reader, read_glossary())
    if not isinstance(reader, ModelReader):
        parser.error("Only a reader that names words can be calibrated. Give its folder with --reader.")
    with_reader = calibrated([one for one in examples(reader, options.data) if _is_read(one)], with_reader=True)
    plain = calibrated([one for one in examples(SentenceReader(), options.data) if one.candidates], with_reader=False)
    if with_reader.ranking is None:
        parser.error("No question's evidence was read.")
    result = {
        "weights": {
            "ranking": with_reader.ranking.weights,
            "with_reader": with_reader.decision,
            "without_reader": plain.decision,
        },
        "ranking_scale": with_reader.ranking.scale,
        "cross_validated": {"with_reader": with_reader.measured, "without_reader": plain.measured},
    }
    options.out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(result["cross_validated"], indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
