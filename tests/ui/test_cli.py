"""The command line: its contracts, its exit codes, and what it says to input it cannot use."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from small_record import Finished, Record

from assistant.assistant import LONGEST_QUESTION
from index.settings import Home, IndexSettings
from ui.doctor import examine

Run = Callable[..., Finished]

BUDGET = "How much is the harbour budget for 2024?"
DREDGING = "How many tonnes of sediment did the dredging of the north channel remove?"
ANSWER_KEYS = {
    "question",
    "standalone_question",
    "answer",
    "short_answer",
    "refused",
    "reason",
    "citations",
    "readings",
    "mode",
    "elapsed_ms",
}
CITATION_KEYS = {
    "number",
    "document",
    "document_id",
    "title",
    "held_on",
    "quote",
    "start",
    "end",
    "speaker",
    "start_s",
    "verdict",
}


def process(record: Record, *arguments: str, **options: object) -> subprocess.Popen[bytes]:
    """`rapporteur` as a process of its own."""
    environment = {**os.environ, "RAPPORTEUR_HOME": str(record.home.folder)}
    return subprocess.Popen(  # type: ignore[call-overload, no-any-return]
        [sys.executable, "-m", "ui", *arguments], env=environment, stderr=subprocess.PIPE, **options
    )


# ask


def test_ask_prints_the_short_answer_first_with_its_number(rapporteur: Run) -> None:
    """The figure is on the first line, plain when it is piped, and the source below it."""
    done = rapporteur("ask", BUDGET)
    lines = done.out.splitlines()
    assert done.code == 0
    assert "4.2 million" in lines[0]
    assert lines[0].endswith("[1]")
    assert "\x1b" not in done.out
    source = done.out.partition("Sources")[2]
    assert "held 13 May 2024 (reported 14 May 2024)" in " ".join(source.split())
    assert "budget.txt" in source


def test_ask_names_speaker_and_time(rapporteur: Run) -> None:
    """Who spoke and when is told for a transcript."""
    assert "Harbour master at 0:01:05" in rapporteur("ask", DREDGING).out


def test_ask_says_that_the_record_does_not_say(rapporteur: Run) -> None:
    """A refusal is an answer: it says so, gives the reason and exits with 0."""
    done = rapporteur("ask", "What is the airport budget of Oslo in 1999?")
    assert done.code == 0
    assert done.out.startswith("The record does not say.")


def test_ask_json_is_one_object_with_the_fields_of_the_contract(rapporteur: Run, record: Record) -> None:
    """Every field is there, and each quote is the document's text at its offsets."""
    done = rapporteur("ask", "--json", BUDGET)
    assert done.out.count("\n") == 1
    answer = json.loads(done.out)
    assert set(answer) >= ANSWER_KEYS
    for citation in answer["citations"]:
        assert set(citation) >= CITATION_KEYS
        text = record.index.document_named(citation["document"]).text
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_questions_are_answered_in_order_and_bad_lines_are_named(rapporteur: Run, tmp_path: Path) -> None:
    """A line that cannot be read is reported by file and number; the rest goes on; exit code 2."""
    file = tmp_path / "questions.jsonl"
    lines = [
        json.dumps({"id": "a", "question": BUDGET}).encode(),
        b"{broken",
        json.dumps({"id": "b", "question": "   "}).encode(),
        b"",
        b'{"id": "c", "question": "caf\xe9"}',
        json.dumps({"id": "d"}).encode(),
        json.dumps({"id": "e", "question": "x" * 100_000}).encode(),
        json.dumps({"id": "f", "question": BUDGET, "within": "nothing.txt"}).encode(),
        json.dumps({"id": 7, "question": "And in 2019?", "history": [BUDGET]}).encode(),
    ]
    file.write_bytes(b"\xef\xbb\xbf" + b"\n".join(lines))
    done = rapporteur("ask", "--questions", file)
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", 7]
    assert answers[1]["standalone_question"] != "And in 2019?"
    assert done.code == 2
    for number in (2, 3, 5, 6, 7, 8):
        assert f"{file} line {number}: " in done.err
    assert "line 4" not in done.err
    assert "100,000" in done.err
    assert "Traceback" not in done.err


def test_questions_come_from_standard_input(rapporteur: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file named - is standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps({"question": BUDGET}).encode())))
    done = rapporteur("ask", "--questions", "-")
    assert done.code == 0
    assert "id" not in json.loads(done.out)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask", "   "], "The question is empty"),
        (["ask", "x" * (LONGEST_QUESTION + 1)], "2,001"),
        (["search", "   "], "The question is empty"),
        (["ask", "caf\udce9?"], "not valid Unicode (character 4 is U+DCE9)"),
        (["ask", BUDGET, "--within", "nothing.txt"], "nothing.txt"),
        (["search", BUDGET, "--k", "0"], "--k"),
        (["ask"], "--questions"),
        (["ask", BUDGET, "--questions", "file.jsonl"], "--questions"),
        (["ask", "--questions", "no-such-file.jsonl"], "no-such-file.jsonl"),
        (["show", "nothing.txt"], "nothing.txt"),
        (["ingest"], "PATH"),
        (["frobnicate"], "frobnicate"),
        (["serve", "--host", "0.0.0.0"], "Add users first, who then sign in: rapporteur users add"),
        (["serve", "--host", "example.org"], "does not listen on example.org"),
    ],
)
def test_input_that_cannot_be_used_is_exit_code_2(rapporteur: Run, arguments: list[str], said: str) -> None:
    """The message names what is wrong, on standard error, without a traceback."""
    done = rapporteur(*arguments)
    assert done.code == 2, done.err
    assert said in done.err
    assert "Traceback" not in done.err
    assert not done.out


def test_the_limit_of_a_question_is_named(rapporteur: Run) -> None:
    """A question that is too long is told its length and the limit."""
    assert f"{LONGEST_QUESTION:,}" in rapporteur("ask", "x" * 3000).err


def test_without_an_index_the_command_to_build_one_is_named(rapporteur: Run, tmp_path: Path) -> None:
    """No index is a failure with exit code 1, before or after the command alike."""
    after = rapporteur("ask", BUDGET, "--home", tmp_path / "empty")
    before = rapporteur("--home", tmp_path / "empty", "ask", BUDGET)
    assert after == before
    assert after.code == 1
    assert "rapporteur ingest" in after.err


# search, show, sources


def test_search_json_gives_ranked_passages_of_one_document(rapporteur: Run, record: Record) -> None:
    """Each passage is the document's text at its offsets, best first."""
    done = rapporteur("search", BUDGET, "--k", "2", "--json", "--within", "budget.txt")
    passages = json.loads(done.out)["passages"]
    text = record.index.document_named("budget.txt").text
    assert passages
    assert len(passages) <= 2
    for passage in passages:
        assert {"document", "start", "end", "text", "score"} <= set(passage)
        assert passage["document"] == "budget.txt"
        assert text[passage["start"] : passage["end"]] == passage["text"]
    scores = [passage["score"] for passage in passages]
    assert scores == sorted(scores, reverse=True)


def test_search_answers_a_file_of_questions(rapporteur: Run, tmp_path: Path) -> None:
    """One object a question, with its id."""
    file = tmp_path / "questions.jsonl"
    file.write_text(json.dumps({"id": 1, "question": BUDGET}) + "\n" + json.dumps({"id": 2, "question": DREDGING}))
    found = [json.loads(line) for line in rapporteur("search", "--questions", file, "--k", "1").out.splitlines()]
    assert [(line["id"], line["passages"][0]["document"]) for line in found] == [(1, "budget.txt"), (2, "call.vtt")]


def test_show_prints_exactly_the_text(rapporteur: Run, record: Record) -> None:
    """Nothing is added and nothing is lost: offsets count in what is printed."""
    for name in ("budget.txt", "call.vtt", "hostile.txt"):
        assert rapporteur("show", name).out == record.index.document_named(name).text


def test_sources_lists_every_document(rapporteur: Run) -> None:
    """Dates and counts of each document, as a table and as JSON."""
    table = rapporteur("sources").out.splitlines()
    assert table[0].split()[:4] == ["document", "kind", "held", "reported"]
    assert len(table) == 4
    documents = json.loads(rapporteur("sources", "--json").out)["documents"]
    budget = next(document for document in documents if document["document"] == "budget.txt")
    assert (budget["held_on"], budget["published_on"]) == ("2024-05-13", "2024-05-14")


def test_sources_tells_the_id_that_names_a_document(rapporteur: Run, record: Record) -> None:
    """What the table shows can be given to other commands."""
    table = rapporteur("sources").out
    document_id = record.index.document_named("budget.txt").id
    assert document_id in next(line for line in table.splitlines() if line.startswith("budget.txt"))
    assert rapporteur("show", document_id).out == record.index.document_named("budget.txt").text


def test_text_of_the_record_cannot_command_the_terminal(rapporteur: Run) -> None:
    """Escape sequences and marks that turn the writing's direction are not passed on."""
    done = rapporteur("search", "lighthouse lens glass", "--within", "hostile.txt")
    assert "glass" in done.out
    assert "\x1b" not in done.out
    assert "\u202e" not in done.out


# ingest


def test_ingest_goes_on_after_files_it_cannot_read(rapporteur: Run, tmp_path: Path) -> None:
    """Each failure is named with its reason, the rest is done, and the exit code says so."""
    files, home = tmp_path / "files", tmp_path / "home"
    files.mkdir()
    (files / "good.txt").write_text("The jury met on 3 May 2021. The jury chose 12 designs.")
    (files / "empty.txt").write_text("")
    (files / "picture.txt").write_bytes(bytes(range(256)) * 40)
    (files / "broken.vtt").write_text("WEBVTT\n\n00:00:xx --> nonsense\n<v Chair>Hello")
    done = rapporteur("--home", home, "ingest", files, tmp_path / "nowhere")
    assert done.code == 2
    summary = " ".join(done.out.split())
    assert "added 1 good.txt" in summary
    for name in ("empty.txt", "picture.txt", "nowhere"):
        assert name in summary
        assert name in done.err
    assert "Traceback" not in done.err
    again = rapporteur("--home", home, "ingest", files / "good.txt")
    assert again.code == 0
    assert "unchanged 1" in " ".join(again.out.split())
    (files / "good.txt").unlink()
    pruned = rapporteur("--home", home, "ingest", files, "--prune")
    assert "removed 1 good.txt" in " ".join(pruned.out.split())


def test_rebuild_makes_the_index_from_the_files_it_knows(rapporteur: Run, record: Record, tmp_path: Path) -> None:
    """With --rebuild no paths are needed."""
    file, home = tmp_path / "jury.txt", str(tmp_path / "home")
    file.write_text("The jury met on 3 May 2021. The jury chose 12 designs.")
    assert rapporteur("--home", home, "ingest", file).code == 0
    with process(record, "--home", home, "ingest", "--rebuild", stdout=subprocess.PIPE) as running:
        out, _ = running.communicate(timeout=120)
    assert running.returncode == 0
    assert "added 1 jury.txt" in " ".join(out.decode().split())


def test_an_address_that_is_none_is_named(rapporteur: Run, tmp_path: Path) -> None:
    """A Chroma address is told what it should look like."""
    done = rapporteur("--home", tmp_path, "--chroma", "not an address", "ingest", tmp_path)
    assert done.code == 2
    assert "http://host:port" in done.err


# doctor, serve, the process itself


def test_doctor_finds_the_install_well(rapporteur: Run) -> None:
    """Every line is ok over a good index, as text and as JSON."""
    report = json.loads(rapporteur("doctor", "--json").out)
    assert [check["name"] for check in report["checks"] if not check["ok"]] == []
    assert report["ok"] is True
    done = rapporteur("doctor")
    assert done.code == 0
    assert "FAIL" not in done.out


def test_doctor_says_what_to_do_without_an_index(rapporteur: Run, tmp_path: Path) -> None:
    """What is missing is one failed line with the command that mends it; the exit code is 1."""
    done = rapporteur("doctor", "--home", tmp_path / "empty")
    assert done.code == 1
    assert done.out.count("FAIL") == 1
    assert "rapporteur ingest" in done.out


def test_doctor_goes_on_after_a_check_that_failed(
    rapporteur: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader's model that is not there fails its own check and the question that needs it; the record is counted."""
    monkeypatch.setenv("RAPPORTEUR_READER", str(tmp_path))
    done = rapporteur("doctor", "--json")
    found = {check["name"]: check["ok"] for check in json.loads(done.out)["checks"]}
    assert done.code == 1
    assert [name for name, ok in found.items() if not ok] == ["reader's model", "test question"]
    assert found["record"]
    assert "Traceback" not in done.err


def test_doctor_tells_of_vectors_that_are_damaged(record: Record, tmp_path: Path) -> None:
    """The checks after it are made all the same."""
    home = Home(tmp_path / "home")
    shutil.copytree(record.home.folder, home.folder)
    (home.index_folder / "chroma" / "chroma.sqlite3").write_text("hello " * 1000)
    checks = {check.name: check for check in examine(home, IndexSettings())}
    assert not checks["record"].ok
    assert "rapporteur ingest" in checks["record"].advice
    assert "test question" in checks


def test_doctor_names_the_files_that_the_readers_model_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without a model is told by what it lacks."""
    monkeypatch.setenv("RAPPORTEUR_READER", str(tmp_path))
    checks = {check.name: check for check in examine(Home(tmp_path / "empty"), IndexSettings())}
    assert checks["reader's model"].found == f"{tmp_path} lacks model.onnx, tokenizer.json"


def test_doctor_says_that_no_reader_is_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that is switched off is not missing."""
    monkeypatch.setenv("RAPPORTEUR_READER", "none")
    checks = {check.name: check for check in examine(Home(tmp_path / "empty"), IndexSettings())}
    assert checks["reader's model"].ok


def test_serve_says_that_its_port_is_taken(rapporteur: Run) -> None:
    """A port that somebody else listens on is named, and another is proposed."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = rapporteur("serve", "--port", port)
    assert done.code == 2
    assert f"Port {port}" in done.err
    assert f"--port {port + 1}" in done.err


def test_asking_imports_neither_app_nor_reader_nor_torch(record: Record) -> None:
    """A question starts at once: heavy libraries that it does not need stay out."""
    code = (
        "import sys; sys.argv = ['rapporteur', 'ask', 'How much is the harbour budget?']\n"
        "from ui.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = ['gradio', 'torch', 'transformers', 'llama_index', 'pandas', 'trafilatura', 'sklearn']\n"
        "sys.exit(','.join(name for name in heavy if name in sys.modules) or 0)"
    )
    environment = {**os.environ, "RAPPORTEUR_HOME": str(record.home.folder)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=120)
    assert done.stderr == ""
    assert done.returncode == 0


def test_a_reader_that_leaves_ends_the_command_quietly(record: Record, tmp_path: Path) -> None:
    """`rapporteur … | head` prints no traceback."""
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join([json.dumps({"question": BUDGET})] * 50))
    with process(record, "search", "--questions", str(file), stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""


def test_interrupted_it_exits_with_130_and_says_nothing(record: Record) -> None:
    """Ctrl+C is not a fault."""
    options = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with process(record, "ask", "--questions", "-", **options) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdin.write(json.dumps({"question": BUDGET}).encode() + b"\n")
        running.stdin.flush()
        assert running.stdout.readline()
        time.sleep(0.2)
        running.send_signal(signal.SIGINT)
        assert running.stderr.read() == b""
        assert running.wait(30) == 130
