"""Texts to fill an index of a wanted size with, and questions to ask of it.

Takes meetings, articles and passages of the public sets in `benchmarks` where that folder is
present, and recombines their sentences (or those of the bundled reports) when they run out. They
are read and written into a temporary folder, never into the repository. Knows nothing of times.
"""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.reading import read_document
from corpus.sentences import split_sentences
from index.chunking import cut_passages

__all__ = ["REPORTS", "Corpus", "questions", "write_corpus"]

REPORTS = Path(__file__).resolve().parent.parent / "corpus" / "reports"
TURNS_PER_FILE = 60
CONTEXTS_PER_FILE = 10
SENTENCES_PER_PARAGRAPH, PARAGRAPHS_PER_FILE = 6, 20
SEED = 20250306


@dataclass(frozen=True, slots=True)
class _Text:
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """A folder of files and what is in it."""

    folder: Path
    files: int
    passages: int  # the bundled reports included
    recombined_files: int  # made of sentences in another order


def write_corpus(folder: Path, passages: int, chunk_tokens: int, benchmarks: Path | None) -> Corpus:
    """Write files into `folder` until they and the bundled reports give at least `passages` passages."""
    folder.mkdir(parents=True, exist_ok=True)
    made = sum(_passages_of(file, chunk_tokens) for file in sorted(REPORTS.iterdir()))
    files = recombined = 0
    for text in itertools.chain(_real(benchmarks), _recombined(benchmarks)):
        if made >= passages:
            break
        file = folder / f"{text.name}.txt"
        file.write_text(text.text, encoding="utf-8")
        made += _passages_of(file, chunk_tokens)
        files += 1
        recombined += text.name.startswith("recombined")
    return Corpus(folder, files, made, recombined)


def _passages_of(file: Path, chunk_tokens: int) -> int:
    return len(cut_passages(read_document(file).document, content_hash="", chunk_tokens=chunk_tokens))


def _real(benchmarks: Path | None) -> Iterator[_Text]:
    """Files of the public sets, one of each in turn, so that a small corpus is mixed too."""
    if benchmarks is None:
        return
    sources = [
        _meetings(benchmarks / "qmsum" / "val"),
        _articles(benchmarks / "xquad"),
        _contexts(benchmarks / "mtrag"),
    ]
    for group in itertools.zip_longest(*sources):
        yield from (text for text in group if text)


def _meetings(folder: Path) -> Iterator[_Text]:
    for file in sorted(folder.glob("*.json")):
        turns = [f"{turn['speaker']}: {turn['content']}" for turn in _json(file)["meeting_transcripts"]]
        for start in range(0, len(turns), TURNS_PER_FILE):
            yield _Text(f"meeting-{file.stem}-{start:04d}", "\n".join(turns[start : start + TURNS_PER_FILE]))


def _articles(folder: Path) -> Iterator[_Text]:
    for file in sorted(folder.glob("*.en.json")):
        for number, article in enumerate(_json(file)["data"]):
            yield _Text(f"article-{number:03d}", "\n\n".join(part["context"] for part in article["paragraphs"]))


def _contexts(folder: Path) -> Iterator[_Text]:
    texts: dict[str, str] = {}
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            texts |= {context["document_id"]: context["text"] for context in json.loads(line)["contexts"]}
    distinct = list(texts.values())
    for start in range(0, len(distinct), CONTEXTS_PER_FILE):
        yield _Text(f"passages-{start:05d}", "\n\n".join(distinct[start : start + CONTEXTS_PER_FILE]))


def _recombined(benchmarks: Path | None) -> Iterator[_Text]:
    """Endless files of real sentences in another order; the same at every call."""
    texts = [text.text for text in _real(benchmarks)]
    texts = texts or [read_document(file).document.text for file in sorted(REPORTS.iterdir())]
    sentences = [span.of(text) for text in texts for span in split_sentences(text)]
    chance = random.Random(SEED)
    for number in itertools.count():
        paragraphs = [
            " ".join(chance.choices(sentences, k=SENTENCES_PER_PARAGRAPH)) for _ in range(PARAGRAPHS_PER_FILE)
        ]
        yield _Text(f"recombined-{number:04d}", "\n\n".join(paragraphs))


def questions(gold: Sequence[str], benchmarks: Path | None, count: int) -> list[str]:
    """`count` questions at most: half of `gold`, half of the public sets, in a fixed random order."""
    public = []
    if benchmarks is not None:
        for file in sorted((benchmarks / "qmsum" / "val").glob("*.json")):
            public += [query["query"] for query in _json(file)["specific_query_list"]]
        for file in sorted((benchmarks / "xquad").glob("*.en.json")):
            for article in _json(file)["data"]:
                public += [asked["question"] for part in article["paragraphs"] for asked in part["qas"]]
    chance = random.Random(SEED)
    half = min(count // 2, len(public))
    chosen = chance.sample(public, half) + chance.sample(list(gold), min(count - half, len(gold)))
    chance.shuffle(chosen)
    return chosen


def _json(file: Path) -> Any:  # noqa: ANN401  # the shape is the public set's own
    return json.loads(file.read_text(encoding="utf-8"))
