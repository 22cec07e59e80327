"""Ingestions that are killed, each in a process of its own; a program that test_killed.py runs.

    python killed_ingest.py FOLDER

For each way to die it makes FOLDER/<way>/files, indexes them into FOLDER/<way>/home, changes some,
adds some, and ingests again until SIGKILL. The libraries and the model are loaded once, then each
process is forked. It prints how each one ended.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import chromadb  # noqa: F401  # loaded here, so that the forked processes have it
import torch

import index.ingest
from index.catalog import Catalog
from index.embedding import SentenceTransformerEmbedder
from index.settings import BUNDLED_MODEL, Home, IndexSettings
from index.store import open_index
from index.vectors import ChromaVectors

__all__ = ["ADDED", "CHANGED", "FILES", "WAYS"]

FILES = 60
CHANGED = range(20)  # other content at the second ingestion
ADDED = range(50, FILES)  # not there at the first
PRUNED = range(40, 50)  # gone at the second, where the way to die prunes
PASSAGES_WRITTEN_TOGETHER = 8


def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _on_call(owner: type, name: str, number: int, *, after: bool) -> None:
    """Die before or after the `number`th call of a method that has something to do."""
    original: Callable[..., Any] = getattr(owner, name)
    calls = 0

    def counted(self: object, first: Any, *rest: Any, **named: Any) -> Any:
        nonlocal calls
        calls += bool(first)
        if calls == number and not after:
            _die()
        result = original(self, first, *rest, **named)
        if calls == number:
            _die()
        return result

    setattr(owner, name, counted)


WAYS: dict[str, Callable[[], None]] = {
    "before-the-first-vectors": lambda: _on_call(ChromaVectors, "add", 1, after=False),
    "vectors-added-rows-not": lambda: _on_call(ChromaVectors, "add", 2, after=True),
    "in-a-transaction": lambda: _on_call(Catalog, "put", 5, after=True),
    "rows-committed-old-vectors-there": lambda: _on_call(ChromaVectors, "delete", 4, after=False),
    "old-vectors-deleted": lambda: _on_call(ChromaVectors, "delete", 4, after=True),
    "rows-pruned-vectors-there": lambda: _on_call(ChromaVectors, "delete", 3, after=False),
    "at-the-first-ingestion": lambda: _on_call(Catalog, "put", 3, after=True),
    "early": lambda: None,  # killed from outside
    "late": lambda: None,
}
FRACTIONS = {"early": (0.05, 0.4), "late": (0.4, 0.9)}  # of the time that the first ingestion took


def write_file(folder: Path, number: int, edition: int) -> None:
    """A report of a few sentences; each tenth is long enough for several passages."""
    told = f"In edition {edition} board number {number} said that {number}% of the permits were online. "
    length = 40 if number % 10 == 0 else 2
    text = f"Board number {number}\n\n" + told + "".join(f"Task {task} was put off. " for task in range(length))
    (folder / f"report-{number:02}.txt").write_text(text, encoding="utf-8")


def _live(folder: Path, way: str, embedder: SentenceTransformerEmbedder, told: int) -> None:
    """Ingest twice in `folder`; the second time to the death."""
    files = folder / "files"
    files.mkdir(parents=True)
    for number in set(range(FILES)) - set(ADDED):
        write_file(files, number, edition=1)
    opened = open_index(Home(folder / "home"), IndexSettings(), create=True)
    opened.embedder = embedder
    if way == "at-the-first-ingestion":
        WAYS[way]()
    started = time.perf_counter()
    index.ingest.ingest([files], opened)
    took = time.perf_counter() - started
    for number in [*CHANGED, *ADDED]:
        write_file(files, number, edition=2)
    prune = "pruned" in way
    for number in PRUNED if prune else ():
        (files / f"report-{number:02}.txt").unlink()
    WAYS[way]()
    os.write(told, str(took).encode())
    index.ingest.ingest([files], opened, prune=prune)
    time.sleep(600)  # a kill from outside that comes too late still finds the process


def _killed(folder: Path, way: str, embedder: SentenceTransformerEmbedder) -> dict[str, object]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            _live(folder, way, embedder, writing)
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
        finally:
            os._exit(1)
    os.close(writing)
    took = os.read(reading, 100)
    fraction = random.uniform(*FRACTIONS[way]) if way in FRACTIONS else 0.0
    if way in FRACTIONS and took:
        time.sleep(float(took) * fraction)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(reading)
    return {"signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else None, "fraction": fraction}


def main() -> None:
    """Kill one ingestion in each way."""
    torch.set_num_threads(1)  # threads do not outlive a fork
    index.ingest.GROUP_PASSAGES = PASSAGES_WRITTEN_TOGETHER
    embedder = SentenceTransformerEmbedder(BUNDLED_MODEL)
    _ = embedder._model
    endings = {way: _killed(Path(sys.argv[1]) / way, way, embedder) for way in WAYS}
    sys.stdout.write(json.dumps(endings))


if __name__ == "__main__":
    main()
