"""The file of the desk: its format, and what becomes of it when several processes use it or one is killed."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from assistant.desk import Desk
from assistant.desk_file import DeskFile
from assistant.desk_schema import APPLICATION_ID, STEPS
from assistant.exchange import Exchange
from corpus.errors import DeskFault, InputError

REPOSITORY = Path(__file__).parents[2]
ADDING = """
import sys
from pathlib import Path
from assistant.desk import Desk
from assistant.exchange import Exchange
desk = Desk(Path(sys.argv[1]))
conversation = desk.conversations.begin(user="")
for number in range(int(sys.argv[2])):
    print(desk.conversations.add(conversation.id, Exchange(f"Question {number}?"), {}, user="").id, flush=True)
"""


def adding(file: Path, count: int) -> subprocess.Popen[str]:
    """A process that adds `count` questions to a conversation and prints the id of each when it is kept."""
    return subprocess.Popen(
        [sys.executable, "-c", ADDING, str(file), str(count)],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def kept_ids(desk: Desk) -> set[str]:
    """The ids of all questions that are kept."""
    return {
        exchange.id
        for conversation in desk.conversations.listed(user="")
        for exchange in desk.conversations.exchanges(conversation.id, user="")
    }


def test_a_new_file_has_the_current_format_and_is_its_owners_alone(tmp_path: Path) -> None:
    """The header names program and format; nobody else on the machine may read it."""
    file = tmp_path / "home" / "desk.sqlite"
    DeskFile(file).close()
    with sqlite3.connect(file) as database:
        assert database.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert database.execute("PRAGMA user_version").fetchone() == (len(STEPS),)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_an_older_file_is_brought_up_to_date_and_keeps_what_it_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step that is new is made, once, and the rows of before are there."""
    file = tmp_path / "desk.sqlite"
    desk = Desk(file)
    kept = desk.conversations.begin(user="anna")
    desk.close()
    later = (*STEPS, ("ALTER TABLE conversations ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'",))
    monkeypatch.setattr("assistant.desk_file.STEPS", later)
    for _ in range(2):
        opened = DeskFile(file)
        assert opened.read("SELECT id, colour FROM conversations") == [(kept.id, "blue")]
        opened.close()


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a migration never stays."""
    file = tmp_path / "desk.sqlite"
    DeskFile(file).close()
    later = (*STEPS, ("CREATE TABLE half (made)", "CREATE TABLE conversations (twice)"))
    monkeypatch.setattr("assistant.desk_file.STEPS", later)
    with pytest.raises(DeskFault):
        DeskFile(file)
    monkeypatch.undo()
    assert DeskFile(file).read("SELECT name FROM sqlite_master WHERE name = 'half'") == []


def test_a_file_of_a_newer_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    """It says which is newer, and not a byte of the file changes."""
    file = tmp_path / "desk.sqlite"
    DeskFile(file).close()
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    before = file.read_bytes()
    with pytest.raises(DeskFault, match=r"newer Rapporteur \(format 99"):
        DeskFile(file)
    assert file.read_bytes() == before


def test_a_file_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    """A SQLite file that is no desk gets no tables of ours."""
    file = tmp_path / "desk.sqlite"
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE recipes (name)")
    database.close()
    before = file.read_bytes()
    with pytest.raises(DeskFault, match="another program"):
        DeskFile(file)
    assert file.read_bytes() == before


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    """It is not taken for an empty one."""
    file = tmp_path / "desk.sqlite"
    file.write_bytes(b"this is no database, " * 200)
    with pytest.raises(DeskFault, match="damaged"):
        DeskFile(file)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """The message says which, and what to choose."""
    (tmp_path / "home").write_text("a file")
    with pytest.raises(InputError, match="--home"):
        DeskFile(tmp_path / "home" / "desk.sqlite")


def test_what_fails_inside_leaves_nothing(tmp_path: Path) -> None:
    """An interruption between two writes undoes the first."""
    file = DeskFile(tmp_path / "desk.sqlite")
    with pytest.raises(KeyboardInterrupt), file.writing() as database:
        database.execute("INSERT INTO conversations VALUES (1, 'a', '', '', '', '', '')")
        raise KeyboardInterrupt
    assert file.read("SELECT count(*) FROM conversations") == [(0,)]


def test_threads_share_one_desk(tmp_path: Path) -> None:
    """Several threads add to one conversation, and each question has a place of its own."""
    desk = Desk(tmp_path / "desk.sqlite")
    conversation = desk.conversations.begin(user="")

    def add() -> None:
        for _ in range(10):
            desk.conversations.add(conversation.id, Exchange("Why?"), {}, user="")

    threads = [threading.Thread(target=add) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    positions = [exchange.position for exchange in desk.conversations.exchanges(conversation.id, user="")]
    assert positions == list(range(1, 51))


def test_processes_share_one_file_from_its_making_on(tmp_path: Path) -> None:
    """Three processes open a file that is not there yet and write at once; all that each was told is kept."""
    file = tmp_path / "desk.sqlite"
    writers = [adding(file, 20) for _ in range(3)]
    told: set[str] = set()
    for writer in writers:
        out, err = writer.communicate(timeout=120)
        assert writer.returncode == 0, err
        told |= set(out.split())
    assert len(told) == 60
    assert kept_ids(Desk(file)) == told


@pytest.mark.parametrize("after", [1, 7, 25])
def test_what_was_kept_outlives_a_kill(tmp_path: Path, after: int) -> None:
    """Killed in the middle of writing, the file is whole and holds all that was said to be kept."""
    file = tmp_path / "desk.sqlite"
    writer = adding(file, 100_000)
    assert writer.stdout
    told = [writer.stdout.readline().strip() for _ in range(after)]
    time.sleep(after / 1000)  # not always at the same point of a write
    os.kill(writer.pid, signal.SIGKILL)
    told += writer.communicate()[0].split()
    desk = Desk(file)
    assert kept_ids(desk) >= {line for line in told if len(line) == len(told[0])}
    assert DeskFile(file).read("PRAGMA integrity_check") == [("ok",)]
    conversation = desk.conversations.listed(user="")[0]
    assert desk.conversations.add(conversation.id, Exchange("And now?"), {}, user="").position > after
