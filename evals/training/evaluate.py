"""Measure a reader: SQuAD 2 exact match and F1, answerability, choice of passage, speed.

`python -m evals.training.evaluate --model FOLDER_OR_CHECKPOINT --squad2 FOLDER`

Answers are compared as the official SQuAD 2.0 script does (lower case, no
punctuation, no articles; Rajpurkar et al. 2018, "Know What You Don't Know").
A question is answered when its best span's score is above a threshold; the
threshold is chosen on one half of the questions and used on the other, so that
no question decides over itself, and the best over all is given beside it.

Knows nothing about training.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.trained_reader import (
    Floats,
    Integers,
    PassageInput,
    PassageReading,
    TrainedReader,
)
from evals.measures import auroc_of
from evals.metrics import exact_match, normalise_answer, token_f1
from evals.suites.squad2 import read_questions


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question over one context; no answers: not answered there."""

    question: str
    context: str
    answers: tuple[str, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Prediction:
    """The best span of a context and what speaks for it."""

    text: str
    score: float  # log-odds of the span against "not here"
    relevance: float  # probability, relevance head
    here: float  # 1 - not_here


@dataclass(frozen=True, slots=True)
class SquadReport:
    """Percentages; `auroc` of answerable against not, from 0 to 1."""

    questions: int
    exact: float  # threshold from the other half
    f1: float
    best_exact: float  # threshold from the same questions
    best_f1: float
    threshold: float
    has_answer_exact: float  # never refusing, answerable questions only
    has_answer_f1: float
    auroc_span: float
    auroc_here: float
    auroc_relevance: float
    auroc_both: float


def auroc(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """Probability that a positive scores above a negative, ties half (Mann-Whitney)."""
    columns = np.asarray(scores, dtype=np.float64), np.asarray(labels, dtype=np.float64)
    return float(auroc_of(columns, np.ones((1, len(scores))))[0])


def dev_questions(data: Path) -> list[GoldQuestion]:
    """The development part that training holds back."""
    from evals.training.rows import load_rows, split_rows

    _, dev = split_rows(load_rows(data, None))
    return [
        GoldQuestion(
            row.question,
            row.context,
            tuple(row.context[start:end] for start, end in row.answers),
            row.title or "",
        )
        for row in dev
    ]


def predict(reader: TrainedReader, questions: Sequence[GoldQuestion]) -> list[Prediction]:
    """Read every question's own context."""
    predictions = []
    for question in questions:
        reading = reader.read(question.question, [PassageInput("", question.context)])[0]
        predictions.append(_prediction(reading, question.context))
    return predictions


def _prediction(reading: PassageReading, text: str) -> Prediction:
    if not reading.spans:
        return Prediction("", -50.0, reading.relevance, 1 - reading.not_here)
    best = reading.spans[0]
    return Prediction(text[best.start : best.end], best.score, reading.relevance, 1 - reading.not_here)


def report_of(questions: Sequence[GoldQuestion], predictions: Sequence[Prediction]) -> SquadReport:
    """Score predictions as SQuAD 2.0 does."""
    golds = [question.answers or ("",) for question in questions]
    exact = np.array([exact_match(p.text, gold) or 0.0 for p, gold in zip(predictions, golds, strict=True)])
    f1 = np.array([token_f1(p.text, gold) or 0.0 for p, gold in zip(predictions, golds, strict=True)])
    answerable = np.array([bool(question.answers) for question in questions])
    both = np.array([_logit(p.relevance) + p.score / 2 for p in predictions])
    chosen = both
    exact_half, f1_half = np.zeros(len(questions)), np.zeros(len(questions))
    fold = np.arange(len(questions)) % 2
    for half in (0, 1):
        own, other = fold == half, fold != half
        threshold = _best_threshold(chosen[other], f1[other], answerable[other])
        answer = chosen[own] >= threshold
        exact_half[own] = np.where(answer, exact[own], ~answerable[own])
        f1_half[own] = np.where(answer, f1[own], ~answerable[own])
    threshold = _best_threshold(chosen, f1, answerable)
    answer = chosen >= threshold
    return SquadReport(
        questions=len(questions),
        exact=_percent(exact_half),
        f1=_percent(f1_half),
        best_exact=_percent(np.where(answer, exact, ~answerable)),
        best_f1=_percent(np.where(answer, f1, ~answerable)),
        threshold=round(threshold, 3),
        has_answer_exact=_percent(exact[answerable]),
        has_answer_f1=_percent(f1[answerable]),
        auroc_span=_round(auroc([p.score for p in predictions], list(answerable))),
        auroc_here=_round(auroc([p.here for p in predictions], list(answerable))),
        auroc_relevance=_round(auroc([p.relevance for p in predictions], list(answerable))),
        auroc_both=_round(auroc(list(both), list(answerable))),
    )


def _logit(probability: float) -> float:
    clipped = min(max(probability, 1e-6), 1 - 1e-6)
    return float(np.log(clipped / (1 - clipped)))


def _best_threshold(scores: np.ndarray[Any, Any], f1: np.ndarray[Any, Any], answerable: np.ndarray[Any, Any]) -> float:
    candidates = np.concatenate([[-1e9], np.sort(scores), [1e9]])
    values = [np.where(scores >= c, f1, ~answerable).mean() for c in candidates]
    best = np.flatnonzero(np.isclose(values, max(values)))
    at = int(best[len(best) // 2])
    low = candidates[max(0, at - 1)]
    return float((low + candidates[at]) / 2 if abs(low) < 1e8 else candidates[at])


def _percent(values: np.ndarray[Any, Any]) -> float:
    return round(100 * float(values.mean()), 1) if len(values) else float("nan")


def _round(value: float) -> float:
    return round(value, 4)


def passage_choice(reader: TrainedReader, questions: Sequence[GoldQuestion], limit: int = 150) -> dict[str, float]:
    """How often the best-scored passage of eight of one article is the one that answers."""
    articles: dict[str, list[str]] = defaultdict(list)
    for question in questions:
        if question.context not in articles[question.title]:
            articles[question.title].append(question.context)
    asked = [q for q in questions if q.answers and len(articles[q.title]) >= 8]
    asked = asked[:: max(1, len(asked) // limit)]
    right = Counter[str]()
    for question in asked:
        words = set(normalise_answer(question.question).split())
        others = sorted(
            (c for c in articles[question.title] if c != question.context),
            key=lambda c: -len(words & set(normalise_answer(c).split())),
        )[:7]
        contexts = [question.context, *others]
        readings = reader.read(question.question, [PassageInput("", c) for c in contexts])
        spans = [reading.spans[0].score if reading.spans else -50.0 for reading in readings]
        relevance = [reading.relevance for reading in readings]
        both = [s / 2 + _logit(r) for s, r in zip(spans, relevance, strict=True)]
        right["span"] += int(np.argmax(spans)) == 0
        right["relevance"] += int(np.argmax(relevance)) == 0
        right["both"] += int(np.argmax(both)) == 0
    return {name: round(count / max(1, len(asked)), 3) for name, count in right.items()} | {
        "questions": float(len(asked))
    }


def speed(reader: TrainedReader, questions: Sequence[GoldQuestion], repeats: int = 30) -> float:
    """Median milliseconds to read 8 passages of about 180 word pieces."""
    from itertools import cycle, islice

    words = " ".join(question.context for question in questions[:40]).split()
    passages = [
        PassageInput("Report of a meeting · 2024-07-19", " ".join(words[at : at + 135]))
        for at in islice(cycle(range(0, len(words) - 140, 135)), 8 * repeats)
    ]
    question = "What was the rate of online records in the province in 2024?"
    reader.read(question, passages[:8])
    times = []
    for at in range(repeats):
        started = time.perf_counter()
        reader.read(question, passages[8 * at : 8 * at + 8])
        times.append(time.perf_counter() - started)
    return round(1000 * float(np.median(times)), 1)


def torch_reader(checkpoint: Path, threads: int = 2) -> TrainedReader:
    """A reader over a training checkpoint, in float32."""
    import torch
    from tokenizers import Tokenizer

    from evals.training.model import ReaderModel
    from evals.training.train import default_encoder

    torch.set_num_threads(threads)
    folder = default_encoder()
    model = ReaderModel.from_pretrained(folder, attention="sdpa")
    model.load_state_dict(torch.load(checkpoint, weights_only=True)["model"])
    model.eval()

    def forward(ids: Integers, types: Integers, mask: Integers) -> tuple[Floats, Floats, Floats]:
        with torch.inference_mode():
            start, end, relevance = model(torch.from_numpy(ids), torch.from_numpy(types), torch.from_numpy(mask))
        return start.numpy(), end.numpy(), relevance.numpy()

    return TrainedReader(forward, Tokenizer.from_file(str(folder / "tokenizer.json")))


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m evals.training.evaluate", description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="ONNX folder or checkpoint.pt")
    parser.add_argument("--squad2", type=Path, help="folder of the SQuAD 2 sample")
    parser.add_argument("--data", type=Path, help="training sets, to measure the part held back")
    parser.add_argument("--speed", action="store_true")
    chosen = parser.parse_args(arguments)
    reader = TrainedReader.load(chosen.model) if chosen.model.is_dir() else torch_reader(chosen.model)
    found: dict[str, Any] = {}
    questions: list[GoldQuestion] = []
    if chosen.squad2:
        questions = [
            GoldQuestion(asked.question, asked.context, asked.accepted if asked.answerable else ())
            for asked in read_questions(chosen.squad2, "squad2")
        ]
        found["squad2"] = asdict(report_of(questions, predict(reader, questions)))
    if chosen.data:
        questions = dev_questions(chosen.data)
        sample = questions[::3]
        found["dev"] = asdict(report_of(sample, predict(reader, sample)))
        found["passage_choice"] = passage_choice(reader, questions)
    if chosen.speed and questions:
        found["speed_ms_8_passages"] = speed(reader, questions)
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
