"""Evaluations in the background: one at a time, cancelled, unfinished after the server's end, and gone on with."""

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

from corpus.errors import InputError
from evals.job import Job, JobShelf, Order
from evals.jobs import Jobs
from evals.kept_runs import find_run
from evals.own_gold import find_gold, gold_files, keep_gold
from index.ingest import ingest
from index.settings import Home, IndexSettings
from index.store import open_index

REPORT = """# Meeting of the harbour council

The council adopted a harbour budget of 4.2 million euros for 2024. Mayor Anna Lindqvist chaired the meeting.
"""
QUOTE = "The council adopted a harbour budget of 4.2 million euros for 2024."
OURS, PLAIN = Order("mine", own=True), Order("mine", ("bm25",), own=True)


def gold_line(number: int) -> str:
    return json.dumps(
        {
            "id": f"q{number}",
            "kind": "figure",
            "question": f"How much is the harbour budget for 2024, asked for time {number}?",
            "answers": ["4.2 million euros"],
            "evidence": [{"document": "harbour.md", "quote": QUOTE}],
        }
    )


def gold(count: int) -> bytes:
    return "".join(f"{gold_line(number)}\n" for number in range(count)).encode()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with an index of one report, and three questions on it."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "harbour.md").write_text(REPORT, encoding="utf-8")
    made = Home(tmp_path / "home")
    index = open_index(made, IndexSettings(), create=True)
    assert not ingest([tmp_path / "docs"], index).failed
    index.close()
    keep_gold(made, "mine.jsonl", gold(3))
    return made


@pytest.fixture
def jobs(home: Home) -> Iterator[Jobs]:
    made = Jobs(home, IndexSettings())
    yield made
    made.close()


def awaited(condition: Callable[[], object]) -> None:
    """Wait until it is so; the test's own limit ends what never comes."""
    while not condition():
        time.sleep(0.05)


def state(jobs: Jobs, job: Job) -> str:
    return jobs.find(job.id).state


def test_a_job_keeps_a_run_like_any_other(jobs: Jobs, home: Home) -> None:
    """What is kept is found by its name, with every question answered."""
    job = jobs.add(PLAIN, author="eva")
    awaited(lambda: not jobs.busy)
    ended = jobs.find(job.id)
    assert (ended.state, ended.author, ended.error) == ("finished", "eva", "")
    run = find_run(ended.runs[0], home.runs_folder).run
    assert (run.suite, run.system, len(run.results)) == ("mine", "bm25", 3)
    assert (ended.done, ended.total) == (3, 3)
    assert run.machine["nice"] == "19"  # nobody who asks meanwhile has to wait for it


def test_jobs_run_one_after_the_other(jobs: Jobs) -> None:
    """The second waits for the first."""
    first, second = jobs.add(PLAIN), jobs.add(OURS)
    awaited(lambda: state(jobs, first) == "running")
    assert state(jobs, second) == "queued"
    awaited(lambda: state(jobs, second) != "queued")
    assert state(jobs, first) == "finished"


def test_the_same_is_not_asked_twice_at_once(jobs: Jobs) -> None:
    """A double click orders one evaluation."""
    jobs.add(PLAIN)
    with pytest.raises(InputError, match="being asked already"):
        jobs.add(PLAIN)


def test_a_waiting_job_is_cancelled_and_can_go_on(jobs: Jobs) -> None:
    """It is not asked, until it is taken up again."""
    jobs.add(PLAIN)
    second = jobs.add(OURS)
    jobs.cancel(second.id)
    assert state(jobs, second) == "cancelled"
    awaited(lambda: not jobs.busy)
    assert jobs.find(second.id).runs == ()
    jobs.go_on(second.id)
    awaited(lambda: not jobs.busy)
    assert state(jobs, second) == "finished"


def test_a_running_job_is_cancelled_and_goes_on_where_it_stopped(jobs: Jobs, home: Home) -> None:
    """What was asked before is not asked again: the kept answers are in the journal."""
    keep_gold(home, "many.jsonl", gold(400))
    job = jobs.add(Order("many", own=True))
    awaited(lambda: 5 <= jobs.find(job.id).done < 400)
    jobs.cancel(job.id)
    awaited(lambda: not jobs.busy)
    assert state(jobs, job) == "cancelled"
    (journal,) = (home.runs_folder / "unfinished").glob("many-*.journal")
    before = journal.read_text(encoding="utf-8").splitlines()
    assert 5 <= len(before) < 400
    jobs.go_on(job.id)
    awaited(lambda: jobs.find(job.id).done > len(before))
    assert journal.read_text(encoding="utf-8").splitlines()[: len(before)] == before


def test_a_job_whose_server_was_killed_is_unfinished_and_its_process_ends(home: Home) -> None:
    """Nothing goes on in secret, and the next server can go on with it."""
    keep_gold(home, "many.jsonl", gold(400))
    program = (
        "import sys, time; from pathlib import Path; from evals.job import Order; from evals.jobs import Jobs\n"
        "from index.settings import Home, IndexSettings\n"
        "if __name__ == '__main__':\n"
        "    jobs = Jobs(Home(Path(sys.argv[1])), IndexSettings()); jobs.add(Order('many', own=True)); time.sleep(900)"
    )
    server = subprocess.Popen([sys.executable, "-c", program, str(home.folder)])
    shelf = JobShelf(home.runs_folder / "jobs")
    awaited(lambda: any(job.done >= 3 for job in shelf.all()))
    jobs = Jobs(home, IndexSettings())
    assert jobs.all()[0].state == "running"  # of the other server
    os.kill(server.pid, signal.SIGKILL)
    server.wait()
    assert jobs.all()[0].state == "unfinished"
    job = jobs.go_on(jobs.all()[0].id)
    awaited(lambda: jobs.find(job.id).done > 3 or not jobs.busy)  # the journal is free: the old process has ended
    assert (jobs.find(job.id).state, jobs.find(job.id).error) == ("running", "")
    jobs.close()
    assert jobs.find(job.id).state == "unfinished"


def test_what_cannot_be_asked_is_told_with_its_cause(jobs: Jobs, home: Home) -> None:
    """A file that was spoiled after it was kept fails the job, not the server."""
    find_gold(home, "mine").write_text("{}\n", encoding="utf-8")
    job = jobs.add(PLAIN)
    awaited(lambda: not jobs.busy)
    assert state(jobs, job) == "failed"
    assert jobs.find(job.id).error.startswith("mine.jsonl:1: ")  # without the folder


@pytest.mark.parametrize(
    "order", [Order("nope"), Order("../mine", own=True), Order("ask", ("nope",)), Order("ask", ())]
)
def test_what_there_is_not_is_refused_at_once(jobs: Jobs, order: Order) -> None:
    """Suites, files and systems are looked up among those there are."""
    with pytest.raises(InputError):
        jobs.add(order)
    assert jobs.all() == []


def test_an_ended_job_is_taken_off_the_list(jobs: Jobs, home: Home) -> None:
    """Its runs stay."""
    job = jobs.add(PLAIN)
    with pytest.raises(InputError, match="cancelled first"):
        jobs.forget(job.id)
    awaited(lambda: not jobs.busy)
    kept = jobs.find(job.id).runs
    jobs.forget(job.id)
    assert jobs.all() == []
    assert find_run(kept[0], home.runs_folder)


def test_the_shelf_keeps_the_newest_jobs(tmp_path: Path) -> None:
    """Of too many that have ended the oldest go; what waits stays."""
    shelf = JobShelf(tmp_path, most=2)
    for number in range(4):
        ended = "queued" if number == 0 else "finished"
        shelf.save(replace(Job.ordered(PLAIN, ""), id=f"job-{number}", state=ended))
    assert [job.id for job in shelf.all()] == ["job-3", "job-2", "job-0"]


@pytest.mark.parametrize("name", ["../../evil", "a/b\\..\\evil.jsonl", "/etc/evil.jsonl", "evil"])
def test_a_gold_file_stays_in_its_folder_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    """A name from a browser is never a path."""
    home = Home(tmp_path)
    assert keep_gold(home, name, gold(1)) == home.gold_folder / "evil.jsonl"


def test_other_questions_of_the_same_name_do_not_replace_the_first(tmp_path: Path) -> None:
    """They get a number; the same questions again change nothing."""
    home = Home(tmp_path)
    names = [keep_gold(home, "mine.jsonl", gold(count)).name for count in (1, 2, 1)]
    assert names == ["mine.jsonl", "mine-2.jsonl", "mine.jsonl"]
    assert len(gold_files(home)) == 2


def test_a_faulty_gold_file_is_not_kept(tmp_path: Path) -> None:
    """The line that is wrong is named, under the file's own name."""
    with pytest.raises(InputError, match=r"^mine\.jsonl:1: ") as fault:
        keep_gold(Home(tmp_path), "mine.jsonl", b'{"id": "q1"}\n')
    assert str(tmp_path) not in str(fault.value)
    assert gold_files(Home(tmp_path)) == []
