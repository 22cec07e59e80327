"""The data folder -> question-answering rows, split into training and development parts.

Rows whose paragraph stands in a benchmark are left out; the split goes by title.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

DEV_SHARE = {"squad_dev": 0.06, "squad_train_partial": 0.02}


@dataclass(frozen=True, slots=True)
class Row:
    """One question over one context; no answers: it is not answered there."""

    question: str
    context: str
    answers: tuple[tuple[int, int], ...]  # (start, end) in characters of the context
    source: str
    title: str | None
    header: str | None = None

    @property
    def answerable(self) -> bool:
        """Whether the context holds an answer."""
        return bool(self.answers)


def load_rows(folder: Path, benchmarks: Path | None) -> list[Row]:
    """Read every set of the data folder, without rows that a benchmark also holds.

    Args:
        folder: the data folder, with `main/`, `constructed/` and `evidence/`.
        benchmarks: texts that must not be trained on; None skips the check.
    """
    shingles = _benchmark_shingles(benchmarks) if benchmarks else frozenset()
    meetings = _benchmark_meetings(benchmarks) if benchmarks else frozenset()
    rows: list[Row] = []
    seen_overlap: dict[str, bool] = {}
    for path in sorted(folder.glob("*/*.jsonl.gz")):
        for line in gzip.decompress(path.read_bytes()).decode("utf-8").split("\n"):
            if not line:
                continue
            raw = json.loads(line)
            context = raw["context"]
            if context not in seen_overlap:
                seen_overlap[context] = _overlaps(context, shingles)
            if seen_overlap[context] or raw["title"] in meetings:
                continue
            answers = tuple(
                dict.fromkeys((answer["start"], answer["start"] + len(answer["text"])) for answer in raw["answers"])
            )
            rows.append(Row(raw["question"].strip(), context, answers, raw["source"], raw["title"]))
    return rows


def _shingles(text: str) -> Iterator[int]:
    words = re.findall(r"\w+", text.lower())
    for at in range(len(words) - 9):
        yield hash(" ".join(words[at : at + 10]))


def _benchmark_shingles(folder: Path) -> frozenset[int]:
    found: set[int] = set()

    def walk(value: object) -> None:
        if isinstance(value, str):
            if len(value) > 60:
                found.update(_shingles(value))
        elif isinstance(value, dict):
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    for path in sorted(folder.rglob("*.json*")):
        text = path.read_text(encoding="utf-8")
        for part in text.splitlines() if path.suffix == ".jsonl" else [text]:
            if part.strip():
                walk(json.loads(part))
    return frozenset(found)


def _benchmark_meetings(folder: Path) -> frozenset[str]:
    return frozenset(path.stem for path in (folder / "qmsum").rglob("*.json"))


def _overlaps(context: str, shingles: frozenset[int]) -> bool:
    own = list(_shingles(context))
    if not own or not shingles:
        return False
    return sum(shingle in shingles for shingle in own) > 0.3 * len(own)


def _fraction(key: str) -> float:
    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF


def split_rows(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Split rows by title into training and development parts.

    squad_dev, disfl_qa and spoken_squad share articles, so a title that goes to
    the development part leaves training in every set.
    """

    def key(title: str | None) -> str:
        return (title or "").replace("_", " ").strip().lower()

    held = {key(row.title) for row in rows if row.title and _fraction(key(row.title)) < DEV_SHARE.get(row.source, 0.0)}
    held_contexts = {row.context for row in rows if key(row.title) in held}
    train = [row for row in rows if key(row.title) not in held and row.context not in held_contexts]
    dev = [row for row in rows if key(row.title) in held and row.source in ("squad_dev", "squad_train_partial")]
    return train, dev
