"""ONNX Runtime beside torch for the reader: start-up, speed and memory, each in processes of their own, taken in turn.

    python -m evals.training.runtimes --checkpoint RUN/final.pt

Torch reads the checkpoint in float32, ONNX Runtime the shipped int8 artefact; both read the same eight passages.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

RUNTIMES = ("onnxruntime", "torch")
ROUNDS = 5
PROBE = """
import json, sys, time
from pathlib import Path

def held():
    return next(int(line.split()[1]) / 1024 for line in open("/proc/self/status") if line.startswith("VmRSS"))

before, started = held(), time.perf_counter()
from assistant.trained_reader import PassageInput, TrainedReader
if sys.argv[1] == "torch":
    import torch, transformers
    from evals.training.evaluate import torch_reader
else:
    import onnxruntime, tokenizers
imported = time.perf_counter()
reader = torch_reader(Path(sys.argv[2])) if sys.argv[1] == "torch" else TrainedReader.load()
loaded = time.perf_counter()
words = Path("corpus/reports/results-2024-and-tasks-2025-quang-binh.md").read_text().split()
texts = [" ".join(words[at * 40 : at * 40 + 130]) for at in range(8)]
passages = [PassageInput("Report of a meeting · 2024-07-19", text) for text in texts]
question = "What was the rate of online records in the province in 2024?"
reader.read(question, passages)
times = []
for _ in range(9):
    began = time.perf_counter()
    reader.read(question, passages)
    times.append(1000 * (time.perf_counter() - began))
print(json.dumps({"import_s": imported - started, "load_s": loaded - imported, "read_8_ms": sorted(times)[4],
                  "memory_mb": held() - before}))
"""


def measured(checkpoint: Path) -> dict[str, dict[str, float]]:
    """The median of each number over rounds in which the runtimes take turns."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in RUNTIMES}
    for _ in range(ROUNDS):
        for name in RUNTIMES:
            ran = subprocess.run(
                [sys.executable, "-c", PROBE, name, str(checkpoint)], capture_output=True, text=True, check=True
            )
            found[name].append(json.loads(ran.stdout.splitlines()[-1]))
    return {
        name: {key: round(statistics.median(one[key] for one in rounds), 3) for key in rounds[0]}
        for name, rounds in found.items()
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m evals.training.runtimes", description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    sys.stdout.write(json.dumps(measured(parser.parse_args(arguments).checkpoint), indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
