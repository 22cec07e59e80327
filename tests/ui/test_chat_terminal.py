"""The chat in a real terminal: a process on a pseudo-terminal, and keys as a person presses them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest
from small_record import Finished, Record

from assistant.desk import Desk
from index.settings import Home

REPOSITORY = Path(__file__).parents[2]
BUDGET = "How much is the harbour budget for 2024?"
PROMPT = "\r\n> "
CTRL_C, CTRL_D, UP, TAB = "\x03", "\x04", "\x1b[A", "\t"


@pytest.fixture
def home(record: Record, tmp_path: Path) -> Home:
    """The record's index with a desk of its own."""
    (tmp_path / "index").symlink_to(record.home.index_folder)
    return Home(tmp_path)


@pytest.fixture
def start(home: Home) -> Iterator[Callable[..., pexpect.spawn]]:
    """Starts `rapporteur chat` in a terminal, up to its prompt."""
    started: list[pexpect.spawn] = []

    def spawn(*arguments: str, columns: int = 80) -> pexpect.spawn:
        child = pexpect.spawn(
            sys.executable,
            ["-m", "ui", "chat", *arguments],
            cwd=str(REPOSITORY),
            env={**os.environ, "RAPPORTEUR_HOME": str(home.folder), "TERM": "xterm", "PYTHONPATH": str(REPOSITORY)},
            dimensions=(40, columns),
            encoding="utf-8",
            timeout=90,
        )
        started.append(child)
        child.expect_exact(PROMPT)
        return child

    yield spawn
    for child in started:
        child.close(force=True)


def seen(text: str) -> str:
    """What is left to be read when a terminal has obeyed the text, in one line."""
    without_erased = re.sub(r"[^\n]*\r\x1b\[K", "", text)
    return " ".join(re.sub(r"\x1b\[[?0-9;]*[a-zA-Z]", "", without_erased).split())


def test_a_question_is_answered_and_kept(start: Callable[..., pexpect.spawn], home: Home) -> None:
    """With hints that a script does not get; Ctrl+D ends the chat."""
    chat = start()
    assert "/help shows the commands" in seen(chat.before)
    chat.sendline(BUDGET)
    chat.expect_exact(PROMPT)
    assert "\x1b[1m4.2 million euros\x1b[0m" in chat.before
    assert "“The council adopted a harbour budget of 4.2 million euros for 2024.” [1]" in seen(chat.before)
    assert "/source 1" in seen(chat.before)
    chat.send(CTRL_D)
    chat.expect(pexpect.EOF)
    chat.close()
    assert chat.exitstatus == 0
    assert [one.title for one in Desk(home.desk_file).conversations.listed(user="")] == [BUDGET]


def test_ctrl_c_stops_an_answer_and_not_the_chat(start: Callable[..., pexpect.spawn], home: Home) -> None:
    """The prompt comes back at once, and the next question is answered."""
    chat = start()
    chat.sendline(BUDGET)
    chat.expect_exact("Looking")
    chat.send(CTRL_C)
    chat.expect_exact("Stopped; nothing is kept of this question.")
    chat.expect_exact(PROMPT)
    chat.sendline("How many passengers did ferry traffic reach in 2023?")
    chat.expect_exact(PROMPT)
    assert "310,000" in seen(chat.before)
    (kept,) = Desk(home.desk_file).conversations.listed(user="")
    assert kept.exchanges == 1


def test_ctrl_c_at_the_prompt_throws_away_the_line(start: Callable[..., pexpect.spawn]) -> None:
    """And says how to end."""
    chat = start()
    chat.send(f"half a question{CTRL_C}")
    chat.expect_exact("Ctrl+D or /quit ends the chat")
    chat.expect_exact(PROMPT)
    chat.sendline("/quit")
    chat.expect(pexpect.EOF)
    chat.close()
    assert chat.exitstatus == 0


def test_a_conversation_is_resumed_after_a_kill(start: Callable[..., pexpect.spawn]) -> None:
    """What was asked is shown again, the follow-up is read through it, and arrow-up brings it back."""
    chat = start()
    chat.sendline(BUDGET)
    chat.expect_exact(PROMPT)
    chat.kill(9)
    later = start("--resume", "last")
    assert f"1 {BUDGET} 4.2 million euros" in seen(later.before)
    later.send(UP)
    later.expect_exact(BUDGET)
    later.send("\x15And for 2023?\r")
    later.expect_exact(PROMPT)
    assert "Read as: How much is the harbour budget for 2023?" in seen(later.before)


def test_tab_completes_a_command(start: Callable[..., pexpect.spawn]) -> None:
    """And the command runs."""
    chat = start()
    chat.send(f"/he{TAB}\r")
    chat.expect_exact(PROMPT)
    assert "write the conversation to FILE" in seen(chat.before)


def test_a_narrow_terminal_shows_no_line_that_is_cut(start: Callable[..., pexpect.spawn]) -> None:
    """At sixty columns, with the answer, a source and help."""
    chat = start(columns=60)
    for line in (BUDGET, "/source", "/readings", "/help", "/nothing"):
        chat.sendline(line)
        chat.expect_exact(PROMPT)
        shown = re.sub(r"[^\n]*\r\x1b\[K", "", chat.before).split("\r\n")
        assert [one for one in shown if len(re.sub(r"\x1b\[[?0-9;]*[a-zA-Z]", "", one)) > 60] == []


# As a script


def piped(home: Home, lines: str, *arguments: str) -> Finished:
    """`rapporteur chat` with its lines from a pipe."""
    done = subprocess.run(
        [sys.executable, "-m", "ui", "chat", *arguments],
        cwd=REPOSITORY,
        env={**os.environ, "RAPPORTEUR_HOME": str(home.folder)},
        input=lines.encode("utf-8", errors="surrogateescape"),
        capture_output=True,
        timeout=120,
        check=False,
    )
    return Finished(done.returncode, done.stdout.decode(), done.stderr.decode())


def test_a_script_is_read_from_a_pipe(home: Home) -> None:
    """Its answers are all there is; a line that cannot be read is told and makes the exit code 2."""
    done = piped(home, f"\ufeff{BUDGET}\n\n\udcff\n/sources")
    assert done.code == 2
    assert done.out.startswith("4.2 million euros [1]\n")
    assert "budget.txt" in done.out
    assert "not valid Unicode" in done.err
    assert not [noise for noise in ("> ", "\x1b", "\r", "Looking") if noise in done.out]


def test_the_list_shows_what_is_kept_with_the_id_to_resume(home: Home) -> None:
    """And a script goes on where another ended."""
    assert "No conversation is kept yet" in piped(home, "", "--list").out
    assert not home.desk_file.exists()
    asked = piped(home, BUDGET)
    assert asked.code == 0, asked.err
    listing = piped(home, "", "--list").out
    (kept,) = Desk(home.desk_file).conversations.listed(user="")
    assert BUDGET in listing
    assert kept.id in listing.split()
    resumed = piped(home, "And for 2023?", "--resume", kept.id)
    assert "Read as: How much is the harbour budget for 2023?" in resumed.out


def test_a_chat_within_one_document_stays_in_it(home: Home) -> None:
    """Also when it is resumed; another document's answer is not given."""
    first = piped(home, BUDGET, "--within", "call.vtt")
    assert "4.2 million" not in first.out
    assert "4.2 million" not in piped(home, BUDGET, "--resume", "last").out
