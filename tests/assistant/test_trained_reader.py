"""The trained reader: what it returns over real text, and how it cuts and merges passages."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from assistant.trained_reader import (
    MODEL_FOLDER,
    Floats,
    Integers,
    PassageInput,
    ReaderModelError,
    ReaderSettings,
    TrainedReader,
    _window_bounds,
)

REPORT = (
    "Delegates discussed the difficulties of recent months. In Hai Duong, 92% of applications were filed online in "
    "2024. The session was chaired by Ann Keller, Director of the Department of Statistics. By the end of 2025 the "
    "rate is to reach 95%."
)


@pytest.fixture(scope="module")
def reader() -> TrainedReader:
    return TrainedReader.load()


@pytest.fixture
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(MODEL_FOLDER / "tokenizer.json"))


def scripted(tokenizer: Tokenizer, word: str, settings: ReaderSettings | None = None) -> TrainedReader:
    """A reader whose model marks every piece `word` outside the question, with relevance by its count."""
    piece = tokenizer.token_to_id(word)

    def forward(ids: Integers, types: Integers, mask: Integers) -> tuple[Floats, Floats, Floats]:
        hits = (ids == piece) & (types == 1) & (mask == 1)
        logits = np.where(hits, 5.0, -5.0).astype(np.float32)
        return logits, logits, np.where(hits.any(axis=1), 4.0, -4.0).astype(np.float32)

    return TrainedReader(forward, tokenizer, settings)


def test_finds_who(reader: TrainedReader) -> None:
    """The span of a plain question over a plain passage is its answer."""
    span = reader.read("Who chaired the session?", [PassageInput("Report", REPORT)])[0].spans[0]
    assert "Ann Keller" in REPORT[span.start : span.end]


def test_prefers_the_passage_that_answers(reader: TrainedReader) -> None:
    """Relevance and span score are higher where the answer is."""
    other = "The weather was mild and the streets were quiet. A bakery opened near the station in spring."
    answered, unanswered = reader.read("Who chaired the session?", [PassageInput("", REPORT), PassageInput("", other)])
    assert answered.relevance > unanswered.relevance
    assert answered.not_here < unanswered.not_here
    assert answered.spans[0].score > unanswered.spans[0].score


def test_spans_are_best_first_short_and_apart(reader: TrainedReader) -> None:
    """Spans are ordered by score, hold at most thirty words, and none overlaps another."""
    spans = reader.read("What was the rate?", [PassageInput("Report · 2024", REPORT)])[0].spans
    assert 1 <= len(spans) <= ReaderSettings().spans
    assert all(better.score >= worse.score for better, worse in pairwise(spans))
    assert all(0 <= span.start < span.end <= len(REPORT) for span in spans)
    assert all(len(REPORT[span.start : span.end].split()) <= 30 for span in spans)
    assert all(one.end <= other.start or other.end <= one.start for one, other in combinations(spans, 2))


def test_reading_alone_is_reading_together(reader: TrainedReader) -> None:
    """A passage is read alike whatever is read beside it."""
    passages = [PassageInput("", REPORT), PassageInput("Minutes", "No decision was taken."), PassageInput("", "Yes.")]
    together = reader.read("What was decided?", passages)
    alone = [reader.read("What was decided?", [passage])[0] for passage in passages]
    for one, other in zip(together, alone, strict=True):
        assert one.relevance == pytest.approx(other.relevance, abs=1e-6)
        assert [(s.start, s.end) for s in one.spans] == [(s.start, s.end) for s in other.spans]


def test_header_is_never_the_answer(tokenizer: Tokenizer) -> None:
    """A word of the header is seen by the model and not returned."""
    reading = scripted(tokenizer, "apple").read("what?", [PassageInput("apple apple", "pear plum")])[0]
    assert reading.relevance > 0.9
    assert all(span.score < 0 for span in reading.spans)


def test_answer_far_into_a_long_passage(tokenizer: Tokenizer) -> None:
    """A passage of many windows is read to its end, with offsets into the whole text."""
    text = "pear " * 900 + "apple " + "plum " * 40
    reading = scripted(tokenizer, "apple").read("what?", [PassageInput("", text)])[0]
    assert text[reading.spans[0].start : reading.spans[0].end] == "apple"
    assert reading.not_here < 0.1


def test_readings_keep_the_order_of_passages(tokenizer: Tokenizer) -> None:
    """Batches are sorted by length inside; what comes out is in the order asked."""
    texts = ["apple " + "pear " * count if count % 2 else "pear " * (count + 1) for count in range(11)]
    settings = ReaderSettings(batch_size=3)
    readings = scripted(tokenizer, "apple", settings).read("what?", [PassageInput("", text) for text in texts])
    assert [reading.relevance > 0.5 for reading in readings] == ["apple" in text for text in texts]


def test_spans_keep_whole_words(tokenizer: Tokenizer) -> None:
    """A span never starts or ends inside a word, also where the model says so."""
    text = "They spoke of digitalizations again."
    reading = scripted(tokenizer, "##ization").read("of what?", [PassageInput("", text)])[0]
    for span in reading.spans:
        assert span.start == 0 or not (text[span.start - 1].isalpha() and text[span.start].isalpha())
        assert span.end == len(text) or not (text[span.end - 1].isalpha() and text[span.end].isalpha())


def test_offsets_hold_in_vietnamese(tokenizer: Tokenizer) -> None:
    """Letters that normalisation takes apart do not move the offsets."""
    text = "Ông Phạm Minh Chính, Thủ tướng, apple"
    span = scripted(tokenizer, "apple").read("ai?", [PassageInput("", text)])[0].spans[0]
    assert text[span.start : span.end] == "apple"


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_to_read(tokenizer: Tokenizer, text: str) -> None:
    """A passage without a word has no spans and does not answer."""
    reading = scripted(tokenizer, "apple").read("what?", [PassageInput("", text)])[0]
    assert reading.spans == ()
    assert reading.not_here == 1.0


def test_no_passages(tokenizer: Tokenizer) -> None:
    """No passages, no readings."""
    assert scripted(tokenizer, "apple").read("what?", []) == []


def test_a_question_longer_than_its_room(tokenizer: Tokenizer) -> None:
    """A very long question is cut and leaves room for the passage."""
    reading = scripted(tokenizer, "apple").read("why " * 500, [PassageInput("long " * 200, "an apple")])[0]
    assert reading.spans[0].score > 0


def test_missing_model_says_what_to_do(tmp_path: Path) -> None:
    """A folder without a model is named, with what to do about it."""
    with pytest.raises(ReaderModelError, match="RAPPORTEUR_READER") as raised:
        TrainedReader.load(tmp_path)
    assert str(tmp_path) in str(raised.value)


def test_broken_model_says_what_to_do(tmp_path: Path) -> None:
    """A file that is no model is an error of the folder, not a crash."""
    (tmp_path / "model.onnx").write_bytes(b"no model")
    (tmp_path / "tokenizer.json").write_bytes((MODEL_FOLDER / "tokenizer.json").read_bytes())
    with pytest.raises(ReaderModelError, match="cannot be loaded"):
        TrainedReader.load(tmp_path)


def test_runs_without_torch() -> None:
    """Loading and reading import neither torch nor transformers."""
    code = (
        "import sys\n"
        "from assistant.trained_reader import PassageInput, TrainedReader\n"
        "TrainedReader.load().read('Who?', [PassageInput('', 'Ann spoke.')])\n"
        "sys.exit(int('torch' in sys.modules or 'transformers' in sys.modules))\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_artefact_is_small() -> None:
    """The files that the install carries stay under 30 MB."""
    assert sum(path.stat().st_size for path in MODEL_FOLDER.iterdir()) <= 30_000_000


@given(length=st.integers(0, 3000), room=st.integers(20, 256), overlap=st.integers(0, 100))
def test_windows_cover_a_passage(length: int, room: int, overlap: int) -> None:
    """Windows fit the room, follow each other without a gap, and reach both ends."""
    bounds = _window_bounds(length, room, overlap)
    assert bounds[0][0] == 0
    assert bounds[-1][1] == length
    assert all(high - low <= room for low, high in bounds)
    assert all(later[0] <= earlier[1] for earlier, later in pairwise(bounds))
