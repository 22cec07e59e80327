"""The results of the benchmark as Markdown, ratios first.

Knows the shape of the results and nothing of how they were measured.
"""

from __future__ import annotations

from typing import Any

from evals.report import table

__all__ = ["bench_table"]

Measured = dict[str, Any]
WAYS = {
    "ingest": "`ingest`: read, cut, embed, store",
    "ingest_without_figures": "the same without figures",
    "embedder": "our embedder, sentence vectors included",
    "embedder_plain_malloc": "our embedder, allocator left alone",
    "encode_float32": "SentenceTransformer.encode, float32",
    "encode_bfloat16": "SentenceTransformer.encode, bfloat16",
}
STARTS = {
    "floor": "bare imports",
    "ask_small": "`ask`, smallest index",
    "ask_large": "`ask`, largest index",
}


def bench_table(results: Measured) -> str:
    """All tables, and the line that says what they were made with."""
    parts = [_ratios(results), _throughput(results), _latency(results), _starts(results), _remarks(results)]
    return "\n\n".join(parts)


def _ratios(results: Measured) -> str:
    rows = [[name, "not measured" if value is None else f"{value:.2f}"] for name, value in results["ratios"].items()]
    return table(["ratio", "value"], rows)


def _throughput(results: Measured) -> str:
    rows = []
    for name, label in WAYS.items():
        measured = results["throughput"][name]
        spread = f"{min(measured['rates']):.0f} to {max(measured['rates']):.0f}"
        faults = f"{measured['page_faults'] / measured['passages']:.0f}" if "page_faults" in measured else ""
        rows.append([label, f"{measured['passages_per_s']:.0f}", spread, faults, f"{measured['peak_mb']:.0f}"])
    return table(["ingestion", "passages/s", "lowest to highest", "page faults a passage", "peak MB"], rows)


def _latency(results: Measured) -> str:
    rows = []
    for measured in results["latency"].values():
        steps = ", ".join(f"{step} {spent:.0f}" for step, spent in measured["steps_p50_ms"].items())
        numbers = [f"{measured[name]:.0f}" for name in ("passages", "p50_ms", "p95_ms", "peak_mb")]
        rows.append([*numbers, str(measured["questions"]), steps])
    return table(["passages", "median ms", "p95 ms", "peak MB", "questions", "steps, median ms"], rows)


def _starts(results: Measured) -> str:
    rows = []
    for name, label in STARTS.items():
        measured = results["cold_start"][name]
        if "error" in measured:
            rows.append([label, "not measured", "", measured["error"]])
        else:
            output = "" if name == "floor" else f"{measured['to_output_s']:.2f}"
            rows.append([label, f"{measured['to_exit_s']:.2f}", output, f"{measured['peak_mb']:.0f}"])
    return table(["process start", "seconds to exit", "seconds to output", "peak MB"], rows)


def _remarks(results: Measured) -> str:
    half, graph, machine = results["bfloat16"], results["neighbours"], results["machine"]
    revision = results["revision"]
    tree = f"{revision['commit'][:12] or 'no revision'}{' with changes' if revision['dirty'] else ''}"
    versions = ", ".join(f"{name} {version}" for name, version in results["libraries"].items())
    return "\n".join(
        [
            f"- bfloat16 against float32, cosine over {half['texts']} passages: least {half['passage_min']:.5f}, "
            f"mean {half['passage_mean']:.5f}; their sentences: least {half['sentence_min']:.5f}, "
            f"mean {half['sentence_mean']:.5f}. Native on this processor: {'yes' if half['native'] else 'no'}.",
            f"- Recall@10 of the vector graph at {graph['passages']} passages: mean {graph['recall_mean']:.3f}, "
            f"least {graph['recall_min']:.1f}, {graph['p50_ms']:.1f} ms a query.",
            f"- Made {results['made_at']}, revision {tree}, {machine['processor']}, {machine['cores']} cores, "
            f"{machine['memory_gb']} GB; load {machine['load_1min']} at the start, "
            f"{machine['load_1min_at_end']} at the end.",
            f"- {versions}. Cold start with files in the page cache; models loaded before throughput and latency.",
        ]
    )
