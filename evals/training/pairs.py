"""A question and a passage -> the word pieces that the reader sees, with where the answer stands."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

MAX_TOKENS = 232  # question, header and passage together
MAX_QUESTION_TOKENS = 48
MAX_HEADER_TOKENS = 24
CLS, SEP, PAD = 101, 102, 0


@dataclass(frozen=True, slots=True)
class EncodedPair:
    """A question and a passage as word pieces, with where the answer starts and ends."""

    ids: NDArray[np.uint16]
    question_length: int  # [CLS] question [SEP]
    passage_from: int  # first word piece of the passage
    starts: tuple[int, ...]
    ends: tuple[int, ...]  # inclusive
    answerable: bool
    span_known: bool  # False: a sentence is known to answer, the span is not trained


@dataclass(slots=True)
class PairEncoder:
    """Texts to word pieces, each text once."""

    tokenizer: Tokenizer
    _texts: dict[str, tuple[list[int], list[tuple[int, int]]]] = field(default_factory=dict)

    @classmethod
    def load(cls, model_folder: Path) -> PairEncoder:
        """Load `tokenizer.json` of a model folder, without truncation or padding."""
        tokenizer = Tokenizer.from_file(str(model_folder / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return cls(tokenizer)

    def pieces(self, text: str, *, keep: bool = False) -> tuple[list[int], list[tuple[int, int]]]:
        """Word pieces and their character offsets, no special pieces."""
        known = self._texts.get(text)
        if known is not None:
            return known
        encoding = self.tokenizer.encode(text, add_special_tokens=False)
        result = (encoding.ids, encoding.offsets)
        if keep:
            self._texts[text] = result
        return result

    def encode(
        self,
        question: str,
        header: str,
        context: str,
        answers: Sequence[tuple[int, int]],
        rng: random.Random,
        *,
        span_known: bool = True,
        max_tokens: int = MAX_TOKENS,
        keep: bool = True,
    ) -> EncodedPair:
        """Encode one pair; a longer context is cut to a window that holds an answer."""
        question_ids = self.pieces(question)[0][:MAX_QUESTION_TOKENS]
        header_ids = self.pieces(header, keep=True)[0][:MAX_HEADER_TOKENS] if header else []
        ids, offsets = self.pieces(context, keep=keep)
        prefix = [CLS, *question_ids, SEP]
        question_length = len(prefix)
        if header_ids:
            prefix += [*header_ids, SEP]
        room = max_tokens - len(prefix) - 1
        spans = [_token_span(offsets, start, end) for start, end in answers]
        low, high = 0, len(ids)
        if len(ids) > room:
            if spans:
                first, last = rng.choice(spans)
                last = min(last, first + room - 1)
                earliest = max(0, last - room + 1)
                latest = min(first, len(ids) - room)
                low = rng.randint(min(earliest, latest), max(earliest, latest))
            else:
                low = rng.randint(0, len(ids) - room)
            high = low + room
        kept = [(first - low, last - low) for first, last in spans if first >= low and last < high]
        answerable = bool(spans)
        at = len(prefix)
        return EncodedPair(
            ids=np.array([*prefix, *ids[low:high], SEP], dtype=np.uint16),
            question_length=question_length,
            passage_from=at,
            starts=tuple(at + first for first, _ in kept),
            ends=tuple(at + last for _, last in kept),
            answerable=answerable,
            span_known=span_known and (bool(kept) or not answerable),
        )

    def encode_claim(
        self,
        claim: str,
        header: str,
        premise: str,
        is_carried: bool,
        claim_tokens: int,
        max_tokens: int,
    ) -> EncodedPair:
        """A claim in the place of the question, the sentences it cites in that of the passage; no span is asked for."""
        prefix = [CLS, *self.pieces(claim)[0][:claim_tokens], SEP]
        question_length = len(prefix)
        if header:
            prefix += [*self.pieces(header, keep=True)[0][:MAX_HEADER_TOKENS], SEP]
        ids = self.pieces(premise)[0][: max_tokens - len(prefix) - 1]
        return EncodedPair(
            ids=np.array([*prefix, *ids, SEP], dtype=np.uint16),
            question_length=question_length,
            passage_from=len(prefix),
            starts=(),
            ends=(),
            answerable=is_carried,
            span_known=False,
        )


def _token_span(offsets: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    first = last = -1
    for at, (token_start, token_end) in enumerate(offsets):
        if token_end > start and first < 0:
            first = at
        if token_start < end:
            last = at
        else:
            break
    first = max(first, 0)
    return first, max(last, first)
