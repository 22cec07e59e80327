"""`rapporteur eval`: each command over a small record, what it says to wrong input, and its exit codes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from small_record import Finished

from evals.batch import Batch, Wish, own_suite
from evals.case import Score
from evals.run import load_run, save_run, write_run
from evals.suites import gold_questions
from index.ingest import ingest
from index.settings import Home, IndexSettings
from index.store import open_index

Run = Callable[..., Finished]

NORTH = """# Third session of the Northern Board

The Northern Board held its third session on 4 May 2024 with Ms Adams in the chair.

The rate of online permits reached 45% in 2024, an increase of 2.5 times over 2023.
"""
SOUTH = """# Spring meeting of the Southern Board

The Southern Board met on 9 May 2024. In the south the rate of online permits reached 12% in 2024.
"""
GOLD = [
    {
        "id": "north",
        "kind": "figure",
        "question": "What was the rate of online permits of the Northern Board in 2024?",
        "answers": ["45%"],
        "evidence": [{"document": "north.md", "quote": "The rate of online permits reached 45% in 2024"}],
        "originals": ["north.md"],
    },
    {
        "id": "south",
        "kind": "figure",
        "question": "What was the rate of online permits in the south in 2024?",
        "answers": ["12%"],
        "evidence": [{"document": "south.md", "quote": "In the south the rate of online permits reached 12% in 2024."}],
    },
    {"id": "oslo", "kind": "unanswerable", "question": "What did the airport in Oslo cost?", "refusal": "outside"},
]


def write_gold(file: Path, *lines: dict[str, object]) -> Path:
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `docs`, `home` with their index, `mine.jsonl`, and a run of ours and of bm25."""
    folder = tmp_path_factory.mktemp("eval")
    (folder / "docs").mkdir()
    (folder / "docs" / "north.md").write_text(NORTH, encoding="utf-8")
    (folder / "docs" / "south.md").write_text(SOUTH, encoding="utf-8")
    home = Home(folder / "home")
    index = open_index(home, IndexSettings(), create=True)
    assert not ingest([folder / "docs"], index).failed
    gold = write_gold(folder / "mine.jsonl", *GOLD)
    batch = Batch([Wish(own_suite(gold, None))], ["bm25", "ours"], home.runs_folder, index=index)
    batch.ask(batch.wishes[0])
    batch.close_finished()
    return folder


@pytest.fixture
def evaluate(rapporteur: Run, place: Path) -> Run:
    """`rapporteur --home HOME eval …`."""
    return lambda *arguments: rapporteur("--home", place / "home", "eval", *arguments)


@pytest.fixture
def bundled(place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The small record in the place of the bundled one."""
    gold = place / "gold"
    gold.mkdir(exist_ok=True)
    write_gold(gold / "ask.jsonl", *GOLD)
    write_gold(gold / "held_out.jsonl", GOLD[1])
    write_gold(gold / "figures.jsonl", GOLD[1])
    monkeypatch.setattr(gold_questions, "FIGURE_REPORTS", place / "docs")
    monkeypatch.setattr(gold_questions, "GOLD_FOLDER", gold)
    monkeypatch.setattr(gold_questions, "REPORTS", place / "docs")
    yield gold


def kept(place: Path, system: str) -> str:
    """The name of the fixture's run of that system."""
    files = sorted((place / "home" / "runs").glob(f"mine-{system}-*.json"))
    return files[0].stem


def spoiled(place: Path, folder: Path) -> Path:
    """Our run as a program would have made it that got every question wrong."""
    run = load_run(place / "home" / "runs" / f"{kept(place, 'ours')}.json")
    wrong = {"handled": Score(0.0, "", "made wrong"), "quotes_exact": Score(0.0, "", "made wrong")}
    results = tuple(replace(result, scores={**result.scores, **wrong}) for result in run.results)
    return save_run(replace(run, results=results), folder)


# suites


def test_suites_tells_what_each_needs_and_what_decides(evaluate: Run) -> None:
    """Bundled ones need nothing, public ones a folder."""
    lines = evaluate("suites").out.splitlines()
    assert any("| ask " in line and "nothing" in line and "rightly refused" in line for line in lines)
    assert any("| squad2 " in line and "--data FOLDER" in line for line in lines)
    assert lines[-1].startswith("Systems: ours, bm25")


# check


def test_check_of_gold_that_matches_says_so(evaluate: Run, place: Path) -> None:
    """In one line; exit code 0."""
    done = evaluate("check", "--gold", place / "mine.jsonl")
    assert (done.code, done.out) == (0, "3 questions, 2 quotes, all found\n")


def test_check_names_each_fault_with_file_line_and_what_is_there_now(evaluate: Run, tmp_path: Path) -> None:
    """Exit code 1."""
    faulty = {**GOLD[1], "evidence": [{"document": "south.md", "quote": "The rate reached 13% in 2024."}]}
    gold = write_gold(tmp_path / "faulty.jsonl", GOLD[0], faulty)
    done = evaluate("check", "--gold", gold)
    assert done.code == 1
    assert f"{gold.name}:2: south: quote not found in south.md" in done.out
    assert "reached 12% in 2024" in done.out
    assert "2 questions, 2 quotes, 1 fault, 1 warning" in done.out


def test_a_warning_does_not_fail_the_check(evaluate: Run, tmp_path: Path) -> None:
    """Scoring still works."""
    gold = write_gold(tmp_path / "warned.jsonl", {**GOLD[1], "answers": ["13%"]})
    done = evaluate("check", "--gold", gold)
    assert done.code == 0
    assert done.out.endswith("1 question, 1 quote, all found, 1 warning\n")


def test_check_takes_the_bundled_gold_over_the_bundled_reports(rapporteur: Run, bundled: Path, tmp_path: Path) -> None:
    """Without options, and without an index of its own."""
    done = rapporteur("--home", tmp_path / "nothing", "eval", "check")
    assert (done.code, done.out) == (0, "4 questions, 3 quotes, all found\n")
    assert not (tmp_path / "nothing").exists()


def test_check_as_json_holds_the_faults(evaluate: Run, place: Path, tmp_path: Path) -> None:
    """Over a folder that is indexed apart; one object, the same exit code."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "south.md").write_text(SOUTH, encoding="utf-8")
    done = evaluate("check", "--gold", place / "mine.jsonl", "--data", tmp_path / "docs", "--json")
    told = json.loads(done.out)
    assert (done.code, told["ok"]) == (1, False)
    (file,) = told["files"]
    assert (file["questions"], file["quotes"]) == (3, 2)
    assert [(fault["question_id"], fault["cause"]) for fault in file["faults"]] == [("north", "document gone")]


# run


def test_run_reports_keeps_and_compares_own_questions(evaluate: Run, place: Path) -> None:
    """A report of each system on standard output, where it is kept on standard error."""
    done = evaluate("run", "--gold", place / "mine.jsonl", "--system", "ours", "--system", "bm25")
    assert done.code == 0
    assert "3 questions put to ours." in done.out
    assert "3 questions put to bm25." in done.out
    assert "mine, side by side:" in done.out
    assert "mine, ours: kept in " in done.err
    assert "kept in" not in done.out


def test_a_brief_run_has_no_single_questions(evaluate: Run, tmp_path: Path) -> None:
    """Numbers alone; else each question that failed is there with its reason."""
    gold = write_gold(tmp_path / "hard.jsonl", {**GOLD[1], "answers": ["13%"]})
    assert "expected '13%'" in evaluate("run", "--gold", gold).out
    assert "expected '13%'" not in evaluate("run", "--gold", gold, "--brief").out


def test_run_as_json_is_one_object(evaluate: Run, place: Path) -> None:
    """With the numbers of each run and its file."""
    told = json.loads(evaluate("run", "--gold", place / "mine.jsonl", "--system", "bm25", "--json").out)
    (run,) = told["runs"]
    assert (run["suite"], run["system"], run["questions"]) == ("mine", "bm25", len(GOLD))
    assert load_run(Path(run["file"])).system == "bm25"


def test_a_run_over_a_folder_needs_no_index(rapporteur: Run, place: Path, tmp_path: Path) -> None:
    """The documents are indexed apart; only the run is kept in the home."""
    home = tmp_path / "home"
    done = rapporteur(
        "--home", home, "eval", "run", "--gold", place / "mine.jsonl", "--data", place / "docs", "--system", "bm25"
    )
    assert done.code == 0
    assert [file.name for file in home.iterdir()] == ["runs"]


def test_a_bundled_run_writes_a_page_and_a_copy_to_compare_with(evaluate: Run, bundled: Path, tmp_path: Path) -> None:
    """The copy is smaller than the run, and cannot be scored again."""
    page, copy = tmp_path / "page.html", tmp_path / "baseline.json"
    done = evaluate("run", "--system", "bm25", "--html", page, "--out", copy)
    assert done.code == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    run = load_run(copy)
    assert (run.suite, run.system) == ("ask", "bm25")
    assert copy.stat().st_size < (Path(done.err.partition("kept in ")[2].split("\n")[0])).stat().st_size
    again = evaluate("report", copy, "--rescore")
    assert again.code == 2
    assert "copy to compare with" in again.err


def test_of_several_runs_each_has_its_page(evaluate: Run, bundled: Path, tmp_path: Path) -> None:
    """`bundled` is every gold file; what they are is in the name."""
    done = evaluate("run", "--suite", "bundled", "--system", "bm25", "--html", tmp_path / "page.html", "--brief")
    assert done.code == 0
    pages = ["page-ask-bm25.html", "page-figures-bm25.html", "page-held_out-bm25.html"]
    assert sorted(file.name for file in tmp_path.glob("*.html")) == pages


def test_bundled_takes_the_articles_of_a_folder(evaluate: Run, bundled: Path, place: Path) -> None:
    """Where one of them lies there."""
    done = evaluate("run", "--suite", "bundled", "--data", place / "docs", "--system", "bm25", "--json")
    assert [run["suite"] for run in json.loads(done.out)["runs"]] == ["ask", "held_out", "figures", "ask-seeds"]


def test_public_suites_without_files_are_named_and_left_out(evaluate: Run, tmp_path: Path) -> None:
    """One line each; nothing at all to ask is a fault."""
    done = evaluate("run", "--suite", "public", "--data", tmp_path)
    assert done.code == 2
    assert "rapporteur: tatqa is left out: " in done.err
    assert "Nothing was asked." in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "--suite", "nope"], "There is no suite 'nope'"),
        (["run", "--system", "nope"], "There is no system 'nope'"),
        (["run", "--suite", "public"], "--data FOLDER"),
        (["run", "--suite", "ask", "--gold", "x.jsonl"], "either --suite or --gold"),
        (["run", "--gold", "no-such.jsonl"], "no-such.jsonl cannot be read"),
        (["check", "--gold", "no-such.jsonl"], "no-such.jsonl cannot be read"),
        (["report", "nope"], "rapporteur eval runs"),
        (["report", "last:tatqa"], "only of"),
        (["compare", "last", "nope"], "There is no run"),
        (["gate", "--baseline", "nope"], "There is no run"),
        (["gate", "--baseline", "last", "--max-drop", "3"], "--max-drop"),
        (["gate", "--baseline", "last:mine", "--suite", "ask"], "not of ask"),
    ],
)
def test_input_that_cannot_be_used_is_exit_code_2(evaluate: Run, arguments: list[str], said: str) -> None:
    """Without a traceback, and before anything is asked."""
    done = evaluate(*arguments)
    assert done.code == 2
    assert said in " ".join(done.err.split())
    assert done.out == ""


def test_own_questions_need_an_index(rapporteur: Run, place: Path, tmp_path: Path) -> None:
    """The command to build one is named."""
    done = rapporteur("--home", tmp_path / "empty", "eval", "run", "--gold", place / "mine.jsonl")
    assert done.code == 1
    assert "rapporteur ingest FOLDER" in done.err


def test_a_page_that_cannot_be_written_is_named(evaluate: Run, tmp_path: Path) -> None:
    """With the option to change."""
    done = evaluate("report", "last:mine", "--html", tmp_path / "missing" / "page.html")
    assert done.code == 2
    assert "--html" in done.err


def test_interrupted_it_says_that_the_same_command_goes_on(place: Path, tmp_path: Path) -> None:
    """Exit code 130, one line, and the answers so far are kept."""
    many = [{**GOLD[0], "id": f"q{number}"} for number in range(3000)]
    gold = write_gold(tmp_path / "many.jsonl", *many)
    command = [sys.executable, "-m", "ui", "eval", "run", "--gold", str(gold), "--home", str(place / "home")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ}) as running:
        assert running.stderr is not None
        unfinished = place / "home" / "runs" / "unfinished"
        until = time.monotonic() + 60
        while time.monotonic() < until and not any(file.stat().st_size for file in unfinished.glob("many-*.journal")):
            time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        said = running.stderr.read().decode()
        assert running.wait(30) == 130
    assert "the same command goes on where it stopped" in said
    assert said.count("\n") == 1
    assert any(file.stat().st_size for file in unfinished.glob("many-*.journal"))


# runs


def test_runs_lists_name_suite_system_time_and_outcome(evaluate: Run, place: Path) -> None:
    """A row each."""
    done = evaluate("runs")
    (row,) = [line for line in done.out.splitlines() if kept(place, "ours") in line]
    assert "| mine " in row
    assert "| ours " in row
    assert "right and cited, or rightly refused: " in row


def test_runs_as_json_are_newest_first(evaluate: Run) -> None:
    """Each with what its name stands for."""
    runs = json.loads(evaluate("runs", "--json").out)["runs"]
    made = [run["made_at"] for run in runs]
    assert made == sorted(made, reverse=True)
    assert {"run", "file", "suite", "system", "revision", "dirty", "questions", "measure", "value"} <= set(runs[0])


def test_a_home_without_runs_names_the_command_that_makes_one(rapporteur: Run, tmp_path: Path) -> None:
    """That is no fault."""
    done = rapporteur("--home", tmp_path, "eval", "runs")
    assert (done.code, done.err) == (0, "")
    assert "rapporteur eval run" in done.out


def test_a_damaged_run_is_named_and_the_rest_is_listed(rapporteur: Run, place: Path, tmp_path: Path) -> None:
    """On standard error."""
    spoiled(place, tmp_path / "runs")
    (tmp_path / "runs" / "broken.json").write_text("{}", encoding="utf-8")
    done = rapporteur("--home", tmp_path, "eval", "runs")
    assert done.code == 0
    assert "broken.json is not an evaluation run" in done.err
    assert "mine-ours-" in done.out


# report


def test_report_shows_a_kept_run(evaluate: Run, place: Path) -> None:
    """By its name, with the questions that failed."""
    done = evaluate("report", kept(place, "ours"))
    assert done.code == 0
    assert "3 questions put to ours." in done.out
    assert "No question failed." in done.out


def test_report_as_json_names_its_run(evaluate: Run, place: Path) -> None:
    """And holds the comparison where one is asked for."""
    ours, bm25 = kept(place, "ours"), kept(place, "bm25")
    told = json.loads(evaluate("report", ours, "--against", bm25, "--json").out)
    assert told["run"] == ours
    assert told["against"]["first"]["run"] == bm25
    assert told["against"]["second"]["run"] == ours


def test_rescoring_gives_the_same_numbers(evaluate: Run, place: Path) -> None:
    """The metrics have not changed."""
    name = kept(place, "ours")
    assert evaluate("report", name, "--rescore").out == evaluate("report", name).out


def test_report_writes_a_page_beside_an_earlier_run(evaluate: Run, place: Path, tmp_path: Path) -> None:
    """Where it is goes to standard error."""
    page = tmp_path / "page.html"
    done = evaluate("report", kept(place, "ours"), "--against", kept(place, "bm25"), "--html", page, "--brief")
    assert done.code == 0
    assert page.is_file()
    assert done.err == f"rapporteur: the page is {page}\n"


# compare


def test_compare_says_the_verdict_first(evaluate: Run, place: Path, tmp_path: Path) -> None:
    """Then what differs, and the questions that changed with both reasons."""
    worse = spoiled(place, tmp_path)
    done = evaluate("compare", kept(place, "ours"), worse)
    assert done.code == 0
    assert done.out.startswith(("Worse: ", "Cannot tell: "))
    assert "| right and cited, or rightly refused | 100.0 % | 0.0 %" in done.out
    assert "Lost: 3 questions" in done.out
    assert "made wrong" in done.out
    assert "Lost: 3 questions" not in evaluate("compare", kept(place, "ours"), worse, "--brief").out


def test_a_run_is_no_different_from_itself(evaluate: Run) -> None:
    """And what stays the same is told in a line, not in a table of zeros."""
    done = evaluate("compare", "last:mine", "last:mine")
    assert done.out.startswith("No difference: ")
    assert "The same for every question: " in done.out


def test_a_baseline_is_compared_in_what_both_have(evaluate: Run, place: Path) -> None:
    """What only ours has is told apart."""
    done = evaluate("compare", kept(place, "ours"), kept(place, "bm25"))
    assert "passages read, Success@1" in done.out.splitlines()[0]
    assert "Scored in the first run only: right and cited, or rightly refused" in done.out


def test_compare_as_json_holds_verdict_measures_and_questions(evaluate: Run, place: Path, tmp_path: Path) -> None:
    """What the text says."""
    told = json.loads(evaluate("compare", kept(place, "ours"), spoiled(place, tmp_path), "--json").out)
    assert told["questions"] == len(GOLD)
    assert told["measures"][0]["difference"] == 0.0 - 1.0
    assert {changed["outcome"] for changed in told["changed"]} == {"lost"}


# gate


def test_the_gate_is_passed_by_the_same_run(evaluate: Run, place: Path) -> None:
    """Exit code 0."""
    done = evaluate("gate", "--baseline", kept(place, "ours"), "--run", kept(place, "ours"))
    assert done.code == 0
    assert done.out.startswith("The gate is passed.")


def test_the_gate_fails_for_a_promise_that_is_broken(evaluate: Run, place: Path, tmp_path: Path) -> None:
    """Exit code 1, the cause and the questions."""
    done = evaluate("gate", "--baseline", kept(place, "ours"), "--run", spoiled(place, tmp_path), "--max-drop", "0")
    assert done.code == 1
    assert done.out.startswith("The gate fails.")
    assert "quotes exact" in done.out
    assert "lost north: " in done.out


def test_the_gate_runs_the_baselines_suite_now(evaluate: Run, bundled: Path, place: Path, tmp_path: Path) -> None:
    """With the baseline's system; twice in a row both runs are made."""
    baseline = tmp_path / "baseline.json"
    assert evaluate("run", "--suite", "held_out", "--system", "bm25", "--out", baseline).code == 0
    files = [evaluate("gate", "--baseline", baseline).err.partition("kept in ")[2] for _ in range(2)]
    assert len(set(files)) == len(files)
    assert all("held_out-bm25-" in file for file in files)


def test_a_question_that_left_the_gold_is_not_missed(evaluate: Run, bundled: Path, tmp_path: Path) -> None:
    """One that is in the gold and not in the run is."""
    baseline = tmp_path / "baseline.json"
    assert evaluate("run", "--suite", "ask", "--system", "bm25", "--out", baseline).code == 0
    run = load_run(baseline)
    fewer = write_run(replace(run, results=run.results[1:]), tmp_path / "fewer.json")
    assert evaluate("gate", "--baseline", baseline, "--run", fewer).code == 1
    write_gold(bundled / "ask.jsonl", *GOLD[1:])
    assert evaluate("gate", "--baseline", baseline, "--run", fewer).code == 0


def test_own_questions_pass_their_gate(evaluate: Run, place: Path) -> None:
    """Over the home's own index."""
    done = evaluate("gate", "--baseline", kept(place, "bm25"), "--gold", place / "mine.jsonl")
    assert done.code == 0


def test_help_names_every_command(evaluate: Run) -> None:
    """A line each, none cut off."""
    done = evaluate("--help")
    assert done.code == 0
    for name in ("suites", "check", "run", "runs", "report", "compare", "gate"):
        assert f"\n  {name} " in done.out
    assert "..." not in done.out.partition("Commands:")[2]
