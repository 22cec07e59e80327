"""How fast and how large: `python -m evals.bench --out evals/results/bench.json`.

Ingestion against the bare model on the same texts in the same run, time to an answer by size of
the index, the cold start against the import floor, recall of the vector graph, and memory. Every
measurement runs in a process of its own; ratios come first, since they outlive the machine.
Writes the JSON, and the same as a table in Markdown beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.errors import RapporteurError
from evals.bench_table import bench_table
from evals.bench_texts import REPORTS, questions, write_corpus
from evals.gold import load_gold
from evals.marked import write_marked
from evals.provenance import libraries, machine, now, revision
from index.settings import IndexSettings

__all__ = ["Sizes", "main"]

REPOSITORY = Path(__file__).resolve().parent.parent
GOLD = REPOSITORY / "evals" / "gold" / "ask.jsonl"
README = REPOSITORY / "evals" / "README.md"
BENCHMARKS = REPOSITORY.parent / "shared" / "benchmarks"
FLOOR = "import numpy, chromadb, tokenizers, safetensors, typer"
QUESTION = "What was the online dossier rate in 2024?"
Measured = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    indexes: tuple[int, ...] = (100, 1000, 10000)  # passages
    throughput_passages: int = 1000
    repeats: int = 3  # of each throughput measurement, in turn
    cosine_texts: int = 300
    questions: int = 103  # the first three load the models
    starts: int = 5  # of the command line


QUICK = Sizes(indexes=(100, 300), throughput_passages=100, repeats=1, cosine_texts=50, questions=23, starts=3)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the results; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description="Measure speed and memory.")
    parser.add_argument("--out", type=Path, default=REPOSITORY / "evals" / "results" / "bench.json")
    parser.add_argument("--benchmarks", type=Path, default=BENCHMARKS, help="folder of public sets, where present")
    parser.add_argument("--quick", action="store_true", help="smaller sizes, one repeat: to see that it runs")
    parser.add_argument("--readme", action="store_true", help="write the table into evals/README.md too")
    options = parser.parse_args(arguments)
    benchmarks = options.benchmarks if options.benchmarks.is_dir() else None
    try:
        with tempfile.TemporaryDirectory(prefix="rapporteur-bench-") as folder:
            results = _measure(Path(folder), QUICK if options.quick else Sizes(), benchmarks)
    except RapporteurError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    text = bench_table(results)
    options.out.with_suffix(".md").write_text(f"# Benchmark\n\n{text}\n", encoding="utf-8")
    if options.readme:
        write_marked(README, "bench", text)
    sys.stdout.write(text + "\n")
    return 0


def _measure(folder: Path, sizes: Sizes, benchmarks: Path | None) -> Measured:
    made_at, at_machine = now(), machine()
    throughput = _throughput(folder, sizes, benchmarks)
    texts = folder / "cosine.json"
    probe("dump", home=str(folder / "throughput-0"), file=str(texts), count=sizes.cosine_texts)
    bfloat16 = probe("cosine", file=str(texts))
    asked = questions([q.question for q in load_gold(GOLD) if not q.history], benchmarks, sizes.questions)
    homes = {size: _index(folder, size, benchmarks) for size in sizes.indexes}
    latency = {str(size): probe("latency", home=str(home), questions=asked) for size, home in homes.items()}
    largest, smallest = homes[max(homes)], homes[min(homes)]
    neighbours = probe("neighbours", home=str(largest), questions=asked)
    cold = _cold_start(smallest, largest, sizes.starts)
    return {
        "ratios": _ratios(throughput, latency, cold),
        "made_at": made_at,
        "revision": asdict(revision()),
        "machine": at_machine | {"load_1min_at_end": machine()["load_1min"]},
        "libraries": libraries(),
        "sizes": asdict(sizes),
        "public_texts": benchmarks is not None,
        "throughput": throughput,
        "bfloat16": bfloat16,
        "latency": latency,
        "neighbours": neighbours,
        "cold_start": cold,
    }


def probe(name: str, **settings: object) -> Measured:
    """One measurement in a process of its own.

    Raises RapporteurError with the last line that the process wrote when it fails.
    """
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {name}\n")
    command = [sys.executable, "-m", "evals.bench_probes", name, json.dumps(settings)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise RapporteurError(f"The measurement {name!r} failed: {last}. Run it alone: {' '.join(command[1:4])} …")
    measured: Measured = json.loads(done.stdout.strip().splitlines()[-1])
    return measured


def _throughput(folder: Path, sizes: Sizes, benchmarks: Path | None) -> Measured:
    """Passages a second of the whole ingestion and of the bare model, in turn, on the same texts."""
    corpus = write_corpus(folder / "throughput", sizes.throughput_passages, IndexSettings().chunk_tokens, benchmarks)
    texts = str(folder / "texts.json")
    measured: dict[str, list[Measured]] = {}
    for turn in range(sizes.repeats):
        home = str(folder / f"throughput-{turn}")
        folders = [str(REPORTS), str(corpus.folder)]
        measured.setdefault("ingest", []).append(_ingested(home, folders))
        bare = str(folder / f"without-figures-{turn}")
        measured.setdefault("ingest_without_figures", []).append(_ingested(bare, folders, figures=False))
        if turn == 0:
            probe("dump", home=home, file=texts, count=10**9)
        measured.setdefault("encode_float32", []).append(probe("encode", file=texts, bfloat16=False))
        measured.setdefault("encode_bfloat16", []).append(probe("encode", file=texts, bfloat16=True))
        measured.setdefault("embedder", []).append(probe("embed", file=texts, keep_freed_memory=True))
        measured.setdefault("embedder_plain_malloc", []).append(probe("embed", file=texts, keep_freed_memory=False))
    return {name: _middle(turns) for name, turns in measured.items()} | {"corpus": asdict(corpus) | {"folder": ""}}


def _middle(turns: Sequence[Measured]) -> Measured:
    """The median of each number over the repeats, and the rates one by one."""
    rates = [turn["passages"] / turn["seconds"] for turn in turns]
    numbers = {name: statistics.median(turn[name] for turn in turns) for name in turns[0]}
    return numbers | {"passages_per_s": statistics.median(rates), "rates": rates}


def _ingested(home: str, folders: list[str], *, figures: bool = True) -> Measured:
    """Raises RapporteurError when a file was left out: the numbers would be of another corpus."""
    measured = probe("ingest", home=home, folders=folders, figures=figures)
    failed: list[str] = measured.pop("failed")
    if failed:
        raise RapporteurError(f"{len(failed)} files of the benchmark could not be read, the first: {failed[0]}")
    return measured


def _index(folder: Path, size: int, benchmarks: Path | None) -> Path:
    corpus = write_corpus(folder / f"files-{size}", size, IndexSettings().chunk_tokens, benchmarks)
    home = folder / f"home-{size}"
    _ingested(str(home), [str(REPORTS), str(corpus.folder)])
    return home


def _cold_start(small: Path, large: Path, starts: int) -> Measured:
    """Seconds of whole processes, in turn: the imports alone, and `ask` over two indexes."""
    commands = {
        "floor": ([sys.executable, "-c", FLOOR], small),
        "ask_small": ([sys.executable, "-m", "ui", "ask", QUESTION], small),
        "ask_large": ([sys.executable, "-m", "ui", "ask", QUESTION], large),
    }
    turns: dict[str, list[Measured]] = {}
    for _ in range(starts):
        for name, (command, home) in commands.items():
            turns.setdefault(name, []).append(_process(command, home))
    return {name: _middle_start(measured) for name, measured in turns.items()} | {"imports": FLOOR}


def _middle_start(turns: Sequence[Measured]) -> Measured:
    failed = [turn["error"] for turn in turns if turn["error"]]
    if failed:
        return {"error": failed[0]}
    names = ("to_output_s", "to_exit_s", "peak_mb")
    return {name: statistics.median(turn[name] for turn in turns) for name in names}


def _process(command: Sequence[str], home: Path) -> Measured:
    """One process: seconds to its first output and to its end, and its peak memory."""
    environment = os.environ | {"RAPPORTEUR_HOME": str(home)}
    with tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, stderr=errors)
        output = process.stdout
        first = output.read(1) if output else b""
        to_output = time.perf_counter() - started
        if output:
            output.read()
            output.close()
        _, status, used = os.wait4(process.pid, 0)
        to_exit = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        said = errors.read().decode(errors="replace").strip().splitlines()
    return {
        "to_output_s": to_output if first else to_exit,
        "to_exit_s": to_exit,
        "peak_mb": used.ru_maxrss / 1024,
        "error": "" if process.returncode == 0 else (said or [f"exit code {process.returncode}"])[-1],
    }


def _ratios(throughput: Measured, latency: Measured, cold: Measured) -> dict[str, float | None]:
    """What is compared within this run; None where one side could not be measured."""

    def over(name: str, other: str) -> float:
        ratio: float = throughput[name]["passages_per_s"] / throughput[other]["passages_per_s"]
        return ratio

    sizes = sorted(latency, key=int)
    started, floor = cold["ask_small"].get("to_exit_s"), cold["floor"].get("to_exit_s")
    return {
        "ingest / ingest without figures": over("ingest", "ingest_without_figures"),
        "ingest / encode float32": over("ingest", "encode_float32"),
        "ingest / encode bfloat16": over("ingest", "encode_bfloat16"),
        "embedder / encode float32": over("embedder", "encode_float32"),
        "embedder / encode bfloat16": over("embedder", "encode_bfloat16"),
        "encode bfloat16 / float32": over("encode_bfloat16", "encode_float32"),
        "embedder, memory kept / plain malloc": over("embedder", "embedder_plain_malloc"),
        "cold ask / import floor": started / floor if started and floor else None,
        f"answer at {sizes[-1]} / at {sizes[0]} passages": latency[sizes[-1]]["p50_ms"] / latency[sizes[0]]["p50_ms"],
    }


if __name__ == "__main__":
    sys.exit(main())
