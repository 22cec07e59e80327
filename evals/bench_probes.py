"""The measurements, each in a process of its own: `python -m evals.bench_probes NAME JSON`.

A probe reads its arguments as one JSON object and writes its result as one; process state
(loaded models, the allocator's pool, peak memory) is then its own. Knows nothing of tables.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from corpus.document import Span
from evals.metrics import percentile
from index.embedding import PassageText, SentenceTransformerEmbedder, bundled_model_folder, has_bfloat16
from index.settings import BUNDLED_MODEL, Home, IndexSettings
from index.store import Index, open_index

__all__ = ["PROBES", "main"]

WARM_UP = [PassageText("", "A sentence that loads the model.", (Span(0, 32),))] * 8
NEIGHBOURS = 10
Measured = dict[str, Any]


def _open(home: str, *, create: bool = False) -> Index:
    return open_index(Home(Path(home)), IndexSettings(), create=create)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _texts(file: str) -> list[PassageText]:
    rows = json.loads(Path(file).read_text(encoding="utf-8"))
    return [PassageText(row["header"], row["text"], tuple(Span(*pair) for pair in row["sentences"])) for row in rows]


def ingest(home: str, folders: Sequence[str], *, figures: bool = True) -> Measured:
    """A whole `ingest`: reading, chunking, figures, embedding, storing; the model is loaded before.

    Without `figures` none are looked for: what they cost is the difference.
    """
    import index.ingest as ingestion

    if not figures:
        vars(ingestion)["find_readings"] = lambda *_: []
    run = ingestion.ingest
    index = _open(home, create=True)
    index.embedder.embed_passages(WARM_UP)
    started = time.perf_counter()
    report = run([Path(folder) for folder in folders], index)
    seconds = time.perf_counter() - started
    failed = [f"{failure.path}: {failure.reason}" for failure in report.failed]
    return {"passages": report.passages, "seconds": seconds, "peak_mb": _peak_mb(), "failed": failed}


def dump(home: str, file: str, count: int) -> Measured:
    """Write the texts of `count` passages, spread over the index, as they are embedded."""
    index = _open(home)
    passages = [p for stored in index.catalog.documents() for p in index.catalog.passages_of(stored.id)]
    chosen = passages[:: max(1, len(passages) // count)][:count]
    rows = [
        {
            "header": passage.header,
            "text": passage.text,
            "sentences": [[span.start - passage.start, span.end - passage.start] for span in passage.sentences],
        }
        for passage in chosen
    ]
    Path(file).write_text(json.dumps(rows), encoding="utf-8")
    return {"texts": len(rows)}


def encode(file: str, bfloat16: bool) -> Measured:
    """The bare model: SentenceTransformer.encode as anyone would call it, on the same texts."""
    from index.offline import stay_offline

    stay_offline()
    import torch
    from sentence_transformers import SentenceTransformer  # the baseline is the library itself, not our use of it

    kwargs = {"dtype": torch.bfloat16} if bfloat16 else {}
    model = SentenceTransformer(str(bundled_model_folder()), device="cpu", local_files_only=True, model_kwargs=kwargs)
    texts = [f"{passage.header}\n{passage.text}" for passage in _texts(file)]
    model.encode([passage.text for passage in WARM_UP], show_progress_bar=False)
    started = time.perf_counter()
    model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    return {"passages": len(texts), "seconds": time.perf_counter() - started, "peak_mb": _peak_mb()}


def embed(file: str, keep_freed_memory: bool) -> Measured:
    """Our embedder, sentence vectors included, with and without its setting of the allocator."""
    import index.embedding

    if not keep_freed_memory:
        index.embedding._keep_freed_memory = lambda: None  # the program itself has no such switch
    embedder = SentenceTransformerEmbedder(BUNDLED_MODEL)
    embedder.embed_passages(WARM_UP)
    texts = _texts(file)
    faults = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    started = time.perf_counter()
    embedder.embed_passages(texts)
    seconds = time.perf_counter() - started
    faults = resource.getrusage(resource.RUSAGE_SELF).ru_minflt - faults
    return {"passages": len(texts), "seconds": seconds, "page_faults": faults, "peak_mb": _peak_mb()}


def cosine(file: str) -> Measured:
    """How near bfloat16 vectors are to float32 ones, and questions in numpy to both."""
    texts = _texts(file)
    full = SentenceTransformerEmbedder(BUNDLED_MODEL, bfloat16=False).embed_passages(texts)
    half = SentenceTransformerEmbedder(BUNDLED_MODEL, bfloat16=True).embed_passages(texts)
    passages = [float(one.passage @ other.passage) for one, other in zip(full, half, strict=True)]
    sentences = np.concatenate([(o.sentences * h.sentences).sum(axis=1) for o, h in zip(full, half, strict=True)])
    return {
        "texts": len(texts),
        "native": has_bfloat16(),
        "passage_min": min(passages),
        "passage_mean": statistics.fmean(passages),
        "sentence_min": float(sentences.min()),
        "sentence_mean": float(sentences.mean()),
    }


def latency(home: str, questions: Sequence[str]) -> Measured:
    """Wall time of single questions, one after the other, models loaded by three others before."""
    from assistant.assistant import Assistant

    index = _open(home)
    assistant = Assistant(index)
    for question in questions[:3]:
        assistant.ask(question)
    spent: list[float] = []
    steps: dict[str, list[float]] = {}
    for question in questions[3:]:
        started = time.perf_counter()
        answer = assistant.ask(question)
        spent.append(1000 * (time.perf_counter() - started))
        for step, milliseconds in answer.timings_ms.items():
            steps.setdefault(step, []).append(milliseconds)
    return {
        "passages": index.catalog.passage_count(),
        "questions": len(spent),
        "p50_ms": percentile(spent, 0.5),
        "p95_ms": percentile(spent, 0.95),
        "steps_p50_ms": {step: percentile(values, 0.5) for step, values in steps.items()},
        "peak_mb": _peak_mb(),
    }


def neighbours(home: str, questions: Sequence[str]) -> Measured:
    """Share of the true ten nearest passages that the HNSW graph returns."""
    index = _open(home)
    collection = index.vectors._collection  # type: ignore[attr-defined]  # only the benchmark wants the vectors back
    ids: list[str] = []
    pages = []
    while len(ids) < index.vectors.count():
        page = collection.get(include=["embeddings"], limit=2000, offset=len(ids))
        ids += page["ids"]
        pages.append(np.asarray(page["embeddings"], dtype=np.float32))
    vectors = np.concatenate(pages)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    recalls, spent = [], []
    for question in questions:
        wanted = index.embedder.embed_query(question)
        nearest = {ids[position] for position in np.argsort(-(vectors @ wanted))[:NEIGHBOURS]}
        started = time.perf_counter()
        found = {neighbour.passage_id for neighbour in index.vectors.nearest(wanted, NEIGHBOURS)}
        spent.append(1000 * (time.perf_counter() - started))
        recalls.append(len(found & nearest) / len(nearest))
    return {
        "passages": len(ids),
        "questions": len(recalls),
        "recall_mean": statistics.fmean(recalls),
        "recall_min": min(recalls),
        "p50_ms": percentile(spent, 0.5),
    }


PROBES: dict[str, Callable[..., Measured]] = {
    "ingest": ingest,
    "dump": dump,
    "encode": encode,
    "embed": embed,
    "cosine": cosine,
    "latency": latency,
    "neighbours": neighbours,
}


def main(arguments: Sequence[str]) -> int:
    """Run one probe and write its result to standard output."""
    name, settings = arguments
    sys.stdout.write(json.dumps(PROBES[name](**json.loads(settings))) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
