"""The reader as a torch module: one encoder, with heads for start, end and relevance.

Scores are log-odds against "not here": the first piece, [CLS], is the option that
the passage holds no answer, and its logit is taken off every other one, so that
spans of different passages can be compared. The loss normalises over one passage
and over all passages of a group (shared normalisation: Clark and Gardner 2018,
"Simple and Effective Multi-Paragraph Reading Comprehension").

Knows nothing about data files or schedules.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

import torch
from torch import Tensor, nn

NEVER = -1e4  # a logit that no softmax picks, finite in bfloat16


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded pairs of several groups."""

    ids: Tensor  # (n_pairs, length) int64
    types: Tensor  # (n_pairs, length) int64, 0 question, 1 header and passage
    mask: Tensor  # (n_pairs, length) int64
    passage: Tensor  # (n_pairs, length) bool, pieces that may be answer
    starts: Tensor  # (n_pairs, length) bool
    ends: Tensor  # (n_pairs, length) bool
    answerable: Tensor  # (n_pairs,) bool
    span_known: Tensor  # (n_pairs,) bool
    group: Tensor  # (n_pairs,) int64, ascending


@dataclass(frozen=True, slots=True)
class Scores:
    """What the heads say of each pair, all float32."""

    start: Tensor  # (n_pairs, length), logits less that of [CLS]
    end: Tensor  # (n_pairs, length)
    relevance: Tensor  # (n_pairs,) logit that the passage answers


@dataclass(frozen=True, slots=True)
class Losses:
    """The parts of the loss, each a mean; `total` is their weighted sum."""

    total: Tensor
    passage: Tensor
    group: Tensor
    relevance: Tensor
    listwise: Tensor


class ReaderModel(nn.Module):
    """Encoder and heads."""

    def __init__(self, encoder: nn.Module, width: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.spans = nn.Linear(width, 2)
        self.relevance = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, 1))
        for layer in (self.spans, self.relevance[0], self.relevance[2]):
            nn.init.normal_(cast(nn.Linear, layer).weight, std=0.02)
            nn.init.zeros_(cast(nn.Linear, layer).bias)

    @classmethod
    def from_pretrained(cls, folder: Path, attention: str = "eager") -> ReaderModel:
        """Start from a BERT-like encoder folder, without dropout: no row is seen often.

        Args:
            folder: the encoder.
            attention: "eager" to export, "sdpa" to measure, "lean" to train.
        """
        from transformers import BertModel

        if attention == "lean":
            _register_lean_attention()
        encoder = BertModel.from_pretrained(
            str(folder),
            add_pooling_layer=False,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
            attn_implementation=attention,
            local_files_only=True,
        )
        return cls(encoder, int(encoder.config.hidden_size))

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Start and end log-odds against [CLS] (n_pairs, length), relevance (n_pairs,)."""
        hidden = self.encoder(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state
        logits = self.spans(hidden).float()
        logits = logits - logits[:, :1]
        relevance = self.relevance(hidden[:, 0]).float().squeeze(-1)
        return logits[..., 0], logits[..., 1], relevance


def _register_lean_attention() -> None:
    """Attention that stays in bfloat16: the usual one turns the scores to float32 with its mask."""
    from transformers import AttentionInterface, AttentionMaskInterface
    from transformers.masking_utils import eager_mask

    def lean(
        module: nn.Module,  # noqa: ARG001  the signature is transformers'
        query: Tensor,
        key: Tensor,
        value: Tensor,
        attention_mask: Tensor | None,
        scaling: float,
        **options: object,  # noqa: ARG001
    ) -> tuple[Tensor, None]:
        scores = torch.matmul(query * scaling, key.transpose(2, 3))
        if attention_mask is not None:
            scores = scores.add_(attention_mask.to(scores.dtype))
        mixed = torch.matmul(torch.softmax(scores, dim=-1), value)
        return mixed.transpose(1, 2).contiguous(), None

    AttentionInterface.register("lean", lean)
    AttentionMaskInterface.register("lean", eager_mask)


def loss_of(scores: Scores, batch: Batch) -> Losses:
    """The loss of a batch.

    Passage: cross-entropy of start and end over {not here} and the passage's pieces.
    Group: the same over all passages of a question, "not here" once.
    Relevance: binary cross-entropy. Listwise: softmax over the pairs of a group.
    """
    start_own, start_shared = _span_loss(scores.start, batch.starts, batch)
    end_own, end_shared = _span_loss(scores.end, batch.ends, batch)
    passage = (start_own + end_own) / 2
    group = (start_shared + end_shared) / 2
    relevance = nn.functional.binary_cross_entropy_with_logits(scores.relevance, batch.answerable.float())
    listwise = _listwise(scores.relevance, batch)
    total = passage + 0.5 * group + 0.5 * relevance + 0.3 * listwise
    return Losses(total, passage.detach(), group.detach(), relevance.detach(), listwise.detach())


def _span_loss(logits: Tensor, gold: Tensor, batch: Batch) -> tuple[Tensor, Tensor]:
    allowed = logits.masked_fill(~batch.passage, NEVER)
    held = torch.logsumexp(allowed, dim=1)  # (n_pairs,)
    right = torch.logsumexp(logits.masked_fill(~gold, NEVER), dim=1)
    zero = torch.zeros_like(held)
    answered = batch.answerable & batch.span_known
    own = torch.logaddexp(zero, held) - torch.where(answered, right, zero)
    own_mean = own[batch.span_known].sum() / max(1, int(batch.span_known.sum()))

    held_table, count = _by_group(held, batch)
    right_table, _ = _by_group(right.masked_fill(~answered, NEVER), batch)
    has_answer = _by_group(answered.float(), batch)[0] > 0.5
    fit = (count > 1) & has_answer.any(dim=1)
    if not bool(fit.any()):
        return own_mean, zero.sum() * 0
    nothing = torch.zeros(held_table.shape[0], 1)
    total = torch.logsumexp(torch.cat([nothing, held_table], dim=1), dim=1)
    shared = total - torch.logsumexp(right_table, dim=1)
    return own_mean, shared[fit].mean()


def _listwise(relevance: Tensor, batch: Batch) -> Tensor:
    table, count = _by_group(relevance, batch)
    right = _by_group(relevance.masked_fill(~batch.answerable, NEVER), batch)[0]
    positives = (_by_group(batch.answerable.float(), batch)[0] > 0.5).sum(dim=1)
    fit = (positives > 0) & (positives < count)
    if not bool(fit.any()):
        return relevance.sum() * 0
    return (torch.logsumexp(table, dim=1) - torch.logsumexp(right, dim=1))[fit].mean()


def _by_group(values: Tensor, batch: Batch) -> tuple[Tensor, Tensor]:
    """(n_groups, most pairs) with NEVER where a group has fewer, and the pairs of each."""
    count = torch.bincount(batch.group)
    first = torch.cumsum(count, 0) - count
    within = torch.arange(len(values)) - first[batch.group]
    table = torch.full((len(count), int(count.max())), NEVER)
    return table.index_put((batch.group, within), values), count
