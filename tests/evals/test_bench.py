"""The benchmark's texts and probes do what they say; times are measured, never asserted."""

from __future__ import annotations

import json
from itertools import pairwise

from evals.bench import _ratios
from evals.bench_probes import dump, latency, neighbours
from evals.bench_table import bench_table
from evals.bench_texts import questions, write_corpus


def test_a_corpus_has_at_least_the_wanted_passages(tmp_path):
    """Without public sets the bundled sentences are recombined, the same at every call."""
    one = write_corpus(tmp_path / "one", 90, 160, None)
    two = write_corpus(tmp_path / "two", 90, 160, None)
    assert one.passages == two.passages >= 90
    assert one.recombined_files == one.files > 0
    for file in one.folder.iterdir():
        assert file.read_text() == (two.folder / file.name).read_text()


def test_public_sets_come_before_recombined_sentences(tmp_path):
    """Meetings and articles are written as text that the readers read."""
    sets = tmp_path / "sets"
    (sets / "qmsum" / "val").mkdir(parents=True)
    (sets / "xquad").mkdir()
    turns = [{"speaker": "Chair", "content": f"This is turn {number} of the call."} for number in range(70)]
    meeting = {"meeting_transcripts": turns, "specific_query_list": [{"query": "What was said?"}]}
    (sets / "qmsum" / "val" / "m.json").write_text(json.dumps(meeting))
    article = {"paragraphs": [{"context": "A paragraph of an article. " * 9, "qas": [{"question": "Of what?"}]}]}
    (sets / "xquad" / "x.en.json").write_text(json.dumps({"data": [article]}))
    corpus = write_corpus(tmp_path / "files", 80, 160, sets)
    names = sorted(file.name for file in corpus.folder.iterdir())
    assert {"meeting-m-0000.txt", "meeting-m-0060.txt", "article-000.txt"} <= set(names)
    assert "Chair: This is turn 69" in (corpus.folder / "meeting-m-0060.txt").read_text()
    assert sorted(questions(["Mine?"], sets, 3)) == ["Mine?", "Of what?"]
    assert questions(["Mine?"], None, 3) == ["Mine?"]


def test_probes_measure_a_real_index(small_index, tmp_path):
    """What they report is about that index."""
    home = str(small_index.folder.parent)
    count = small_index.catalog.passage_count()
    asked = ["What was the rate of online permits?"] * 5
    assert dump(home, str(tmp_path / "texts.json"), 10**6)["texts"] == count
    measured = latency(home, asked)
    assert (measured["passages"], measured["questions"]) == (count, len(asked) - 3)
    assert neighbours(home, asked)["recall_mean"] == 1


def test_the_table_puts_ratios_first_and_names_what_failed():
    """A start that failed is not a number."""
    rate = {"passages": 10, "seconds": 2.0, "peak_mb": 500.0, "passages_per_s": 5.0, "rates": [5.0]}
    names = (
        "ingest",
        "ingest_without_figures",
        "encode_float32",
        "encode_bfloat16",
        "embedder",
        "embedder_plain_malloc",
    )
    steps = {"retrieve": 20.0}
    times = {"passages": 10, "p50_ms": 30.0, "p95_ms": 40.0, "peak_mb": 300.0, "questions": 7, "steps_p50_ms": steps}
    started = {"to_output_s": 1.0, "to_exit_s": 2.0, "peak_mb": 100.0}
    parts = ("passage_min", "passage_mean", "sentence_min", "sentence_mean")
    text = bench_table(
        {
            "ratios": {"ingest / encode float32": 1.5, "cold ask / import floor": None},
            "throughput": dict.fromkeys(names, rate),
            "latency": {"10": times},
            "cold_start": {"floor": started, "ask_small": started, "ask_large": {"error": "No index"}},
            "bfloat16": dict.fromkeys(parts, 0.9999) | {"texts": 5, "native": False},
            "neighbours": {"passages": 10, "recall_mean": 1.0, "recall_min": 1.0, "p50_ms": 1.0},
            "machine": {"processor": "P", "cores": "2", "memory_gb": "8", "load_1min": "0", "load_1min_at_end": "1"},
            "revision": {"commit": "", "dirty": False},
            "made_at": "2025-03-06",
            "libraries": {"torch": "2"},
        }
    )
    places = [text.index(words) for words in ("| ratio", "| ingestion", "| passages", "| process start", "- bfloat16")]
    assert all(first < second for first, second in pairwise(places))
    assert "not measured" in text
    assert "No index" in text


def test_a_floor_that_failed_leaves_its_ratio_out():
    """The other ratios are told all the same."""
    names = (
        "ingest",
        "ingest_without_figures",
        "encode_float32",
        "encode_bfloat16",
        "embedder",
        "embedder_plain_malloc",
    )
    throughput = {name: {"passages_per_s": 5.0} for name in names}
    latency = {"10": {"p50_ms": 20.0}, "20": {"p50_ms": 30.0}}
    ratios = _ratios(throughput, latency, {"floor": {"error": "No module"}, "ask_small": {"to_exit_s": 2.0}})
    assert ratios["cold ask / import floor"] is None
    assert ratios["answer at 20 / at 10 passages"] == 30 / 20
