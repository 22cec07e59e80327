"""The reader's training: questions made from real figures, and a shipped reader turned back into weights."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
import torch

from assistant.trained_reader import MODEL_FOLDER
from evals.training.data import GroupBuilder
from evals.training.model import ReaderModel
from evals.training.pairs import PairEncoder
from evals.training.readings import ask_reading, readings_in, usable_readings
from evals.training.rows import Row
from evals.training.train import default_encoder

CONTEXT = (
    "In 2019, 340 teachers were trained in Portugal. The literacy rate of the region reached 92% in 2020, and the "
    "number of schools fell."
)
ROWS = [
    Row("How many teachers were trained in 2019?", CONTEXT, ((9, 12),), "squad_dev", "Schools"),
    Row("Who paid for it?", CONTEXT, (), "squad_dev", "Schools"),
]


def test_a_reading_becomes_a_question_that_the_passage_answers() -> None:
    """The spans of the question are the figure's own words."""
    for reading in readings_in("Schools", CONTEXT):
        asked = ask_reading(reading, CONTEXT, random.Random(1))
        assert [CONTEXT[start:end] for start, end in asked.spans] == [reading.text]


def test_what_is_asked_wrongly_differs_and_stands_nowhere() -> None:
    """A wrong question names another year, place or kind, none of which the passage holds."""
    (teachers,) = (one for one in readings_in("Schools", CONTEXT) if one.text == "340")
    for seed in range(20):
        asked = ask_reading(teachers, CONTEXT, random.Random(seed))
        for wrong in asked.wrong_questions:
            assert wrong != asked.question
            assert "2019" not in wrong or "Portugal" not in wrong or "target" in wrong


def test_only_readings_that_make_a_question_are_asked() -> None:
    """What is measured is a short noun phrase, and when or where is said."""
    assert {reading.text for _, reading in usable_readings(ROWS)} <= {"340", "92%"}


def test_the_same_seed_gives_the_same_groups() -> None:
    """Training can be resumed at any chunk: it is drawn as it was."""
    builder = GroupBuilder(ROWS, PairEncoder.load(default_encoder()))
    whole = list(builder.chunks(7, 200))
    resumed = next(iter(builder.chunks(7, 200, first=3)))
    number, groups = whole[3]
    assert resumed[0] == number
    for one, other in zip(groups, resumed[1], strict=True):
        assert one.source == other.source
        for pair, again in zip(one.pairs, other.pairs, strict=True):
            assert np.array_equal(pair.ids, again.ids)
            assert pair.starts == again.starts


def test_a_shipped_reader_can_be_trained_on() -> None:
    """Its weights, turned back, score pieces nearly as the shipped model does."""
    pytest.importorskip("onnx")
    import onnxruntime

    from evals.training.start import weights_of

    model = ReaderModel.from_pretrained(default_encoder())
    model.load_state_dict(weights_of(MODEL_FOLDER))
    encoder = PairEncoder.load(default_encoder())
    pair = encoder.encode("How many teachers were trained?", "Schools", CONTEXT, ((9, 12),), random.Random(0))
    ids = np.array([pair.ids], dtype=np.int64)
    types = np.zeros_like(ids)
    types[:, pair.question_length :] = 1
    mask = np.ones_like(ids)
    with torch.inference_mode():
        start, end, relevance = model.eval()(*map(torch.from_numpy, (ids, types, mask)))
    session = onnxruntime.InferenceSession(str(Path(MODEL_FOLDER) / "model.onnx"))
    shipped = session.run(["start", "end", "relevance"], {"ids": ids, "types": types, "mask": mask})
    for ours, theirs in zip((start, end, relevance), shipped, strict=True):
        assert np.corrcoef(ours.numpy().ravel(), theirs.ravel())[0, 1] > 0.99 if theirs.size > 1 else True
    assert int(start[0].argmax()) == int(shipped[0][0].argmax())
