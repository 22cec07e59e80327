"""Sentences of the record with claims that they carry and claims that they do not: what the claim checker learns from.

A set is gzipped JSON lines: {"header", "before", "speaker", "source": […], "honest": […], "lies": [[kind, sentence],
…]}.
`contrasts/written.jsonl.gz` was written by hand for this. Knows nothing of models and tokens.

    written = load_contrasts(WRITTEN)
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["HELD", "WRITTEN", "Contrast", "load_contrasts", "save_contrasts"]

WRITTEN = Path(__file__).parent / "contrasts" / "written.jsonl.gz"
HELD = WRITTEN.with_name("held.jsonl.gz")  # never trained on: what is decided with is fitted to it


@dataclass(frozen=True, slots=True)
class Lie:
    """A claim that its source does not carry, and of what sort it is."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Contrast:
    """Claims that compete over the same sentences."""

    source: tuple[str, ...]  # the sentences that are cited
    honest: tuple[str, ...]
    lies: tuple[Lie, ...]
    header: str = ""  # title, place and date
    before: str = ""  # what stands before the source: what "she" and "they" mean
    speaker: str = ""  # whose words the source is, in a transcript


def load_contrasts(file: Path) -> list[Contrast]:
    """Read a set."""
    found = []
    for line in gzip.decompress(file.read_bytes()).decode("utf-8").splitlines():
        told = json.loads(line)
        found.append(
            Contrast(
                source=tuple(told["source"]),
                honest=tuple(told["honest"]),
                lies=tuple(Lie(*lie) for lie in told["lies"]),
                header=told["header"],
                before=told["before"],
                speaker=told["speaker"],
            )
        )
    return found


def save_contrasts(contrasts: Sequence[Contrast], file: Path) -> None:
    """Write a set; the same contrasts give the same bytes."""
    lines = [
        json.dumps(
            {
                "header": one.header,
                "before": one.before,
                "speaker": one.speaker,
                "source": one.source,
                "honest": one.honest,
                "lies": [[lie.kind, lie.text] for lie in one.lies],
            },
            ensure_ascii=False,
        )
        for one in contrasts
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))
