"""Fits the weights of the decision to answer: `python -m evals.calibrate --data FOLDER`.

Every question of the gold suite (over the bundled reports) and of the tuning part of SQuAD 2.0
(over its paragraphs) is read as the assistant would; the label is whether the
record holds the answer. Each gold question that names a year or a place is also asked with another one, which the
record does not hold. A logistic regression on the measures (scikit-learn, C = 1), with and without the trained
reader, is written to assistant/decision.json together with its cross-validated AUROC. Questions
of the two sources weigh the same in sum.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.answer import Evidence
from assistant.assistant import PASSAGES_RETRIEVED
from assistant.conversation import standalone_question
from assistant.decision import features
from assistant.question import Asked, understand
from assistant.reader import Reader, SentenceReader, open_reader
from assistant.retrieval import Retriever
from corpus.glossary import read_glossary
from corpus.places import find_places
from evals.gold import load_gold
from evals.suites.gold_questions import GOLD_FOLDER, bundled_suite
from evals.suites.squad2 import Squad2
from evals.workbench import Workbench, laid_out
from index.store import Index

__all__ = ["Example", "fit", "main"]

WEIGHTS = Path(__file__).resolve().parents[1] / "assistant" / "decision.json"
FOLDS = 10
YEARS_BACK, OTHER_PLACE = 9, "Lao Cai"  # in no report


@dataclass(frozen=True, slots=True)
class Example:
    """One question as the decision sees it."""

    values: dict[str, float]
    answerable: bool  # the record holds the answer
    weight: float


def fit(examples: Sequence[Example]) -> dict[str, object]:
    """Weights by name with the intercept, and the cross-validated AUROC of being answerable."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    names = list(examples[0].values)
    inputs = np.array([[example.values[name] for name in names] for example in examples])
    labels = np.array([example.answerable for example in examples])
    weights = np.array([example.weight for example in examples])
    weights *= len(weights) / weights.sum()  # C then means the same whatever the number of examples
    model = LogisticRegression(C=1.0, max_iter=2000)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    held_out = cross_val_predict(
        model, inputs, labels, cv=folds, method="predict_proba", params={"sample_weight": weights}
    )
    model.fit(inputs, labels, sample_weight=weights)
    fitted = dict(zip(names, model.coef_[0].round(3).tolist(), strict=True))
    fitted["intercept"] = round(float(model.intercept_[0]), 3)
    return {"weights": fitted, "auroc": round(float(roc_auc_score(labels, held_out[:, 1])), 3), "count": len(labels)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit and write the weights; exit code 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public sets' tuning parts")
    parser.add_argument("--reader", default="", help="folder of a reader's model; default: the bundled one")
    options = parser.parse_args(arguments)
    if not (options.data / "squad2" / "queries.json").is_file():
        parser.error(f"{options.data} has no squad2/queries.json. Name the folder of the public sets.")
    result: dict[str, dict[str, object]] = {"weights": {}, "auroc": {}, "questions": {}}
    readers: dict[str, Reader] = {
        "with_reader": open_reader(options.reader, read_glossary()),
        "without_reader": SentenceReader(),
    }
    with laid_out(bundled_suite("ask"), None) as gold, laid_out(Squad2(), options.data) as squad:
        for name, reader in readers.items():
            if name == "with_reader" and isinstance(reader, SentenceReader):
                parser.error("There is no reader's model. Give its folder with --reader.")
            fitted = fit([*_weighted(list(_gold_examples(gold, reader))), *_weighted(list(_examples(squad, reader)))])
            result["weights"][name] = fitted["weights"]
            result["auroc"][name] = fitted["auroc"]
            result["questions"][name] = fitted["count"]
            sys.stdout.write(f"{name}: AUROC {fitted['auroc']} over {fitted['count']} questions\n")
    WEIGHTS.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    return 0


def _weighted(examples: list[Example]) -> list[Example]:
    return [Example(example.values, example.answerable, 1.0 / len(examples)) for example in examples]


@dataclass(frozen=True, slots=True)
class _Read:
    asked: Asked
    best: Evidence


def _read(question: str, index: Index, reader: Reader) -> _Read | None:
    asked = understand(question)
    evidence = reader.read(asked, Retriever(index).retrieve(asked, count=PASSAGES_RETRIEVED))
    if not evidence:
        return None
    return _Read(asked, evidence[0])


def _gold_examples(bench: Workbench, reader: Reader) -> Iterator[Example]:
    for question in load_gold(GOLD_FOLDER / "ask.jsonl"):
        standalone = standalone_question(question.question, question.history)
        for trap in _with_another(standalone):
            read = _read(trap, bench.index, reader)
            if read:
                yield Example(features(read.asked, read.best), False, 1.0)
        read = _read(standalone, bench.index, reader)
        if read:
            yield Example(features(read.asked, read.best), question.answerable, 1.0)


def _with_another(question: str) -> Iterator[str]:
    """The question for a year, and for a place, of which the record says nothing."""
    year = re.search(r"\b20\d\d\b", question)
    if year:
        yield question.replace(year.group(), str(int(year.group()) - YEARS_BACK))
    place = next((place for place in find_places(question, any_case=True) if place.name != "Vietnam"), None)
    if place:
        yield question[: place.start] + OTHER_PLACE + question[place.end :]


def _examples(bench: Workbench, reader: Reader) -> Iterator[Example]:
    """Over all paragraphs together: which one is meant has to be found too."""
    for case in bench.layout.cases:
        read = _read(case.question, bench.index, reader)
        if read:
            yield Example(features(read.asked, read.best), bool(case.truth["answerable"]), 1.0)


if __name__ == "__main__":
    sys.exit(main())
