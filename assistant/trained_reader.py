"""The trained reader: a question and passages in, answer spans or "not here" out.

One pass of a small encoder over each question and passage gives a relevance, the
best spans with their scores, and the probability that the answer is not there.
Scores are log-odds against "not here", so they can be compared between passages.
The header (title, date, place, speaker) is read with the passage and is never
part of an answer. Runs on ONNX Runtime and `tokenizers`, on the CPU.

Knows nothing about retrieval, periods or when to refuse. How the model was made
is in its folder (README.md) and in `evals/training`.

    reader = TrainedReader.load()
    readings = reader.read("Who chaired the meeting?", [PassageInput("", "Ann chaired it.")])
    readings[0].spans[0]  # SpanScore(start=0, end=3, score=...)
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from corpus.document import Span
from corpus.errors import RapporteurError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = [
    "MODEL_FILE",
    "MODEL_FOLDER",
    "TOKENIZER_FILE",
    "PassageInput",
    "PassageReading",
    "ReaderModelError",
    "ReaderSettings",
    "SpanScore",
    "SpecialPieces",
    "TrainedReader",
]

MODEL_FOLDER = Path(__file__).parent / "reader_model"
MODEL_FILE, TOKENIZER_FILE = "model.onnx", "tokenizer.json"
_WORD = re.compile(r"\S+")

Integers: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float32]
Forward: TypeAlias = Callable[[Integers, Integers, Integers], tuple[Floats, Floats, Floats]]
"""ids, types and mask, all (n, length) -> start (n, length), end (n, length), relevance (n,)."""


class ReaderModelError(RapporteurError):
    """The folder of the reader's model cannot be used."""


@dataclass(frozen=True, slots=True)
class PassageInput:
    """A passage to read, with what is known about it but is not part of it."""

    header: str
    text: str
    sentences: tuple[Span, ...] = ()  # offsets in the text: the best span of each is given too


@dataclass(frozen=True, slots=True)
class SpanScore:
    """A span of a passage's text and its log-odds against "not here", higher is better."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class PassageReading:
    """What the reader says of one passage; `spans` best first, none overlapping."""

    relevance: float  # probability that the passage answers, from the relevance head
    not_here: float  # probability that no span of it answers, from the span heads
    spans: tuple[SpanScore, ...]
    in_sentences: tuple[SpanScore | None, ...] = ()  # the best span that begins in each of the passage's sentences


@dataclass(frozen=True, slots=True)
class SpecialPieces:
    """What stands around question and passage: [CLS] question [SEP] header [SEP] passage [SEP]."""

    first: str = "[CLS]"
    separator: str = "[SEP]"
    padding: str = "[PAD]"
    doubled: bool = False  # two separators between question and passage, as for RoBERTa
    splits_header: bool = True  # a separator between header and passage


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """How passages are cut and how many spans are returned."""

    max_tokens: int = 256  # question, header and passage together
    question_tokens: int = 48
    header_tokens: int = 32
    overlap_tokens: int = 64  # shared by two neighbouring windows of a long passage
    span_tokens: int = 56
    span_words: int = 30
    spans: int = 4
    batch_size: int = 1  # one at a time is fastest, and int8 rounds a passage by itself, not by its neighbours
    threads: int = 2
    pieces: SpecialPieces = SpecialPieces()


@dataclass(frozen=True, slots=True)
class _Window:
    passage: int
    ids: list[int]
    question_length: int
    passage_from: int
    offsets: list[tuple[int, int]]  # of the passage's pieces, in characters
    word_starts: list[bool]
    word_ends: list[bool]


class TrainedReader:
    """Reads passages for a question; holds the model and its tokenizer."""

    def __init__(self, forward: Forward, tokenizer: Tokenizer, settings: ReaderSettings | None = None) -> None:
        """Put a reader together from its parts; `load` is the usual way.

        Args:
            forward: the model.
            tokenizer: its word pieces; truncation and padding are switched off.
            settings: how passages are cut.
        """
        self._forward = forward
        self._tokenizer = tokenizer
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._settings = settings or ReaderSettings()
        pieces = self._settings.pieces
        self._cls = _piece(tokenizer, pieces.first)
        self._sep = _piece(tokenizer, pieces.separator)
        self._pad = _piece(tokenizer, pieces.padding)

    @classmethod
    def load(cls, folder: Path = MODEL_FOLDER, settings: ReaderSettings | None = None) -> TrainedReader:
        """Load `model.onnx` and `tokenizer.json` of a folder.

        Raises:
            ReaderModelError: a file is missing or is not a reader's model.
        """
        settings = settings or ReaderSettings()
        for name in (MODEL_FILE, TOKENIZER_FILE):
            if not (folder / name).is_file():
                raise ReaderModelError(
                    f"No reader model at {folder}: {name} is missing. "
                    "Install Rapporteur again, or name another with RAPPORTEUR_READER"
                )
        from tokenizers import Tokenizer

        try:
            tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
            forward = _onnx_forward(folder / MODEL_FILE, settings.threads)
        except Exception as error:  # both libraries raise their own undocumented kinds
            raise ReaderModelError(
                f"The reader model at {folder} cannot be loaded: {error}. "
                "Install Rapporteur again, or name another with RAPPORTEUR_READER"
            ) from error
        return cls(forward, tokenizer, settings)

    def read(self, question: str, passages: Sequence[PassageInput]) -> list[PassageReading]:
        """Read every passage for a question.

        Args:
            question: a standalone question.
            passages: what to read; a long one is read in overlapping windows.

        Returns:
            One reading for each passage, in their order. Offsets are characters of
            the passage's `text`.
        """
        if not passages:
            return []
        windows = list(self._windows(question, passages))
        windows.sort(key=lambda window: len(window.ids))
        found: dict[int, list[PassageReading]] = {}
        for low in range(0, len(windows), self._settings.batch_size):
            batch = windows[low : low + self._settings.batch_size]
            for window, reading in zip(batch, self._read_batch(batch, passages), strict=True):
                found.setdefault(window.passage, []).append(reading)
        return [self._merge(found.get(at, [])) for at in range(len(passages))]

    def _windows(self, question: str, passages: Sequence[PassageInput]) -> Iterable[_Window]:
        settings = self._settings
        encode = self._tokenizer.encode
        question_ids = encode(question, add_special_tokens=False).ids[: settings.question_tokens]
        headers: dict[str, list[int]] = {}
        for at, passage in enumerate(passages):
            if passage.header not in headers:
                headers[passage.header] = encode(passage.header, add_special_tokens=False).ids
            header_ids = headers[passage.header][: settings.header_tokens]
            prefix = [self._cls, *question_ids, *[self._sep] * (2 if settings.pieces.doubled else 1)]
            question_length = len(prefix)
            if header_ids:
                prefix += [*header_ids, self._sep] if settings.pieces.splits_header else header_ids
            encoding = encode(passage.text, add_special_tokens=False)
            ids, offsets, words = encoding.ids, encoding.offsets, encoding.word_ids
            room = settings.max_tokens - len(prefix) - 1
            for low, high in _window_bounds(len(ids), room, settings.overlap_tokens):
                inside = range(low, high)
                yield _Window(
                    passage=at,
                    ids=[*prefix, *ids[low:high], self._sep],
                    question_length=question_length,
                    passage_from=len(prefix),
                    offsets=offsets[low:high],
                    word_starts=[i == 0 or words[i] != words[i - 1] for i in inside],
                    word_ends=[i + 1 == len(ids) or words[i] != words[i + 1] for i in inside],
                )

    def _read_batch(self, windows: Sequence[_Window], passages: Sequence[PassageInput]) -> list[PassageReading]:
        shape = (len(windows), max(len(window.ids) for window in windows))
        ids = np.full(shape, self._pad, dtype=np.int64)
        types = np.zeros(shape, dtype=np.int64)
        mask = np.zeros(shape, dtype=np.int64)
        for row, window in enumerate(windows):
            size = len(window.ids)
            ids[row, :size] = window.ids
            types[row, window.question_length : size] = 1
            mask[row, :size] = 1
        start, end, relevance = self._forward(ids, types, mask)
        readings = []
        for row, window in enumerate(windows):
            inside = slice(window.passage_from, len(window.ids) - 1)
            probability = float(1 / (1 + np.exp(-float(relevance[row]))))
            scores = self._span_scores(start[row, inside], end[row, inside], window)
            readings.append(self._reading(scores, window, passages[window.passage], probability))
        return readings

    def _reading(
        self, scores: NDArray[np.float64], window: _Window, passage: PassageInput, relevance: float
    ) -> PassageReading:
        """The best spans of one window, those of its sentences, and the probability that none of it answers.

        All spans and "not here", whose log-odds are 0, share one softmax.
        """
        if not scores.size:
            return PassageReading(relevance, 1.0, (), (None,) * len(passage.sentences))
        highest = max(0.0, float(scores.max()))
        not_here = float(np.exp(-highest) / (np.exp(-highest) + np.exp(scores - highest).sum()))
        spans = self._best_spans(scores, window, passage.text)
        inside = tuple(_best_from(scores, window, sentence) for sentence in passage.sentences)
        return PassageReading(relevance, not_here, spans, inside)

    def _span_scores(self, start: Floats, end: Floats, window: _Window) -> NDArray[np.float64]:
        """The log-odds of every span by its first and last piece, -inf for one that cannot be: (pieces, pieces)."""
        count = len(window.offsets)
        scores = start[:, None].astype(np.float64) + end[None, :]
        first, last = np.arange(count)[:, None], np.arange(count)[None, :]
        legal = (last >= first) & (last < first + self._settings.span_tokens)
        legal &= np.array(window.word_starts, dtype=bool)[:, None] & np.array(window.word_ends, dtype=bool)[None, :]
        return np.where(legal, scores, -np.inf)

    def _best_spans(self, scores: NDArray[np.float64], window: _Window, text: str) -> tuple[SpanScore, ...]:
        """The best spans, best first, none overlapping, none longer than a short answer is."""
        count = len(window.offsets)
        order = np.argsort(scores, axis=None)[::-1]
        spans: list[SpanScore] = []
        for flat in order[: 40 * self._settings.spans]:
            at, to = divmod(int(flat), count)
            score = float(scores[at, to])
            if score == -np.inf or len(spans) == self._settings.spans:
                break
            span = SpanScore(window.offsets[at][0], window.offsets[to][1], score)
            words = len(_WORD.findall(text[span.start : span.end]))
            if words <= self._settings.span_words and not any(_overlap(span, s) for s in spans):
                spans.append(span)
        return tuple(spans)

    def _merge(self, readings: Sequence[PassageReading]) -> PassageReading:
        """The reading of a passage from those of its windows: the best of each."""
        if not readings:
            return PassageReading(0.0, 1.0, ())
        ranked = sorted((span for reading in readings for span in reading.spans), key=lambda s: -s.score)
        spans: list[SpanScore] = []
        for span in ranked:
            if not any(_overlap(span, kept) for kept in spans):
                spans.append(span)
        return PassageReading(
            relevance=max(reading.relevance for reading in readings),
            not_here=min(reading.not_here for reading in readings),
            spans=tuple(spans[: self._settings.spans]),
            in_sentences=tuple(
                max(filter(None, best), key=lambda span: span.score, default=None)
                for best in zip(*(reading.in_sentences for reading in readings), strict=True)
            ),
        )


def _best_from(scores: NDArray[np.float64], window: _Window, sentence: Span) -> SpanScore | None:
    """The best span of a window that begins in `sentence`, cut at its end."""
    first = bisect_left(window.offsets, (sentence.start, 0))
    last = bisect_left(window.offsets, (sentence.end, 0))
    if first >= last:
        return None
    at, to = divmod(int(scores[first:last].argmax()), scores.shape[1])
    score = float(scores[first + at, to])
    if score == -np.inf:
        return None
    return SpanScore(window.offsets[first + at][0], min(window.offsets[to][1], sentence.end), score)


def _piece(tokenizer: Tokenizer, name: str) -> int:
    piece = tokenizer.token_to_id(name)
    if piece is None:
        raise ReaderModelError(f"The reader's tokenizer has no piece {name}. It needs that of a BERT-like model.")
    return piece


def _overlap(one: SpanScore, other: SpanScore) -> bool:
    return one.start < other.end and other.start < one.end


def _window_bounds(length: int, room: int, overlap: int) -> list[tuple[int, int]]:
    """Bounds of windows of at most `room` pieces that cover `length`, of like size."""
    if length <= room:
        return [(0, length)]
    step = max(1, room - min(overlap, room // 2))
    count = -(-(length - room) // step) + 1
    lows = [round(at * (length - room) / (count - 1)) for at in range(count)]
    return [(low, low + room) for low in lows]


def _onnx_forward(path: Path, threads: int) -> Forward:
    import onnxruntime  # type: ignore[import-untyped]

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session: Any = onnxruntime.InferenceSession(str(path), sess_options=options, providers=["CPUExecutionProvider"])

    def forward(ids: Integers, types: Integers, mask: Integers) -> tuple[Floats, Floats, Floats]:
        start, end, relevance = session.run(["start", "end", "relevance"], {"ids": ids, "types": types, "mask": mask})
        return start, end, relevance

    return forward
