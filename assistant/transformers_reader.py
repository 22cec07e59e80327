"""Any other reader, by name or folder: an extractive question-answering model or a cross-encoder of transformers.

The one file of this package that imports torch and transformers; it is loaded only when such a model is
chosen. A question-answering model (…ForQuestionAnswering, trained with "no answer" at its first piece, as for
SQuAD 2.0) takes the place of the bundled one. A cross-encoder (…ForSequenceClassification with one score) can
only say which passages are relevant.

Knows nothing about retrieval, periods or when to refuse.

>>> # model = load_model("deepset/minilm-uncased-squad2")  # from the local hub cache, or a folder
>>> # readings = model.read("Who chaired the meeting?", [PassageInput("", "Ann chaired it.")])
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from assistant.trained_reader import (
    Floats,
    Forward,
    Integers,
    PassageInput,
    PassageReading,
    ReaderModelError,
    ReaderSettings,
    SpecialPieces,
    TrainedReader,
)
from index.offline import stay_offline

__all__ = ["CrossEncoder", "load_model"]

BATCH = 8
THREADS = 2


def load_model(name: str) -> TrainedReader | CrossEncoder:
    """The model that `name` (a folder, or a name in the local hub cache) holds.

    Raises ReaderModelError when there is none, or when it is neither kind.
    """
    stay_offline()
    import torch
    from transformers import (
        AutoConfig,
        AutoModelForQuestionAnswering,
        AutoModelForSequenceClassification,
        AutoTokenizer,
    )

    torch.set_num_threads(THREADS)
    local: dict[str, Any] = {"local_files_only": True}
    try:
        config = AutoConfig.from_pretrained(name, **local)
        tokenizer: Any = AutoTokenizer.from_pretrained(name, **local)
        kind = (config.architectures or [""])[0]
        if kind.endswith("ForQuestionAnswering"):
            return _span_reader(AutoModelForQuestionAnswering.from_pretrained(name, **local).eval(), tokenizer)
        if kind.endswith("ForSequenceClassification") and config.num_labels == 1:
            model = AutoModelForSequenceClassification.from_pretrained(name, **local).eval()
            return CrossEncoder(model, tokenizer)
    except (OSError, ValueError, ImportError, KeyError) as error:
        raise ReaderModelError(
            f"No reader's model at {name}: {str(error).splitlines()[0]} "
            "Name a folder, or a model of the local hub cache, with RAPPORTEUR_READER, or unset it."
        ) from error
    raise ReaderModelError(
        f"The model {name} is {kind or 'of no known kind'}. RAPPORTEUR_READER takes a question-answering model "
        "(…ForQuestionAnswering) or a cross-encoder (…ForSequenceClassification with one score)."
    )


@dataclass(frozen=True, slots=True)
class CrossEncoder:
    """Tells how relevant each passage is to a question, and no words of it."""

    model: Any
    tokenizer: Any

    def read(self, question: str, passages: Sequence[PassageInput]) -> list[PassageReading]:
        """One reading for each passage, in their order; none names a span."""
        import torch

        readings = []
        texts = [f"{passage.header}\n{passage.text}" if passage.header else passage.text for passage in passages]
        for low in range(0, len(texts), BATCH):
            batch = texts[low : low + BATCH]
            encoded = self.tokenizer(
                [question] * len(batch), batch, truncation="only_second", padding=True, return_tensors="pt"
            )
            with torch.inference_mode():
                scores = torch.sigmoid(self.model(**encoded).logits.float().squeeze(-1)).tolist()
            for passage, score in zip(passages[low : low + BATCH], scores, strict=True):
                readings.append(PassageReading(score, 1.0 - score, (), (None,) * len(passage.sentences)))
        return readings


def _span_reader(model: Any, tokenizer: Any) -> TrainedReader:  # noqa: ANN401  transformers' own types are unions of all models
    backend = getattr(tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise ValueError("its tokenizer has no fast form, which gives the places of words.")
    doubled = tokenizer("a", "b").input_ids.count(tokenizer.sep_token_id) == 3
    pieces = SpecialPieces(tokenizer.cls_token, tokenizer.sep_token, tokenizer.pad_token, doubled, splits_header=False)
    longest = min(int(getattr(model.config, "max_position_embeddings", 512)) - 2, 384)
    return TrainedReader(_forward(model), backend, ReaderSettings(max_tokens=longest, pieces=pieces))


def _forward(model: Any) -> Forward:  # noqa: ANN401
    import torch

    with_types = int(getattr(model.config, "type_vocab_size", 0)) > 1

    def forward(ids: Integers, types: Integers, mask: Integers) -> tuple[Floats, Floats, Floats]:
        given = {"input_ids": torch.from_numpy(ids), "attention_mask": torch.from_numpy(mask)}
        if with_types:
            given["token_type_ids"] = torch.from_numpy(types)
        with torch.inference_mode():
            out = model(**given)
        start, end = (logits.float().numpy() for logits in (out.start_logits, out.end_logits))
        start, end = start - start[:, :1], end - end[:, :1]
        inside = (types == 1) & (mask == 1)
        best = [np.where(inside, logits, -np.inf).max(axis=1) for logits in (start, end)]
        return start, end, (best[0] + best[1]).astype(np.float32)

    return forward
