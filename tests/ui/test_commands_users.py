"""The commands that keep users, and what `serve` asks for them."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest
from small_record import Finished

from index.settings import Home
from ui.users import Role
from ui.users_file import UsersFile
from ui.users_passwords import verify

PASSWORD = "correct horse battery"
Keep = Callable[..., Finished]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home without users."""
    return tmp_path / "home"


@pytest.fixture
def keep(rapporteur: Callable[..., Finished], home: Path, monkeypatch: pytest.MonkeyPatch) -> Keep:
    """Run `rapporteur users`, with a line of standard input."""

    def run(*arguments: object, line: str = "") -> Finished:
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{line}\n"))
        return rapporteur("users", *arguments, "--home", home)

    return run


def test_users_are_added_listed_changed_and_removed(keep: Keep, home: Path) -> None:
    """Each command says what is so now."""
    assert keep("list").out == ""
    assert keep("add", "Anna", line=PASSWORD).code == 0
    assert keep("add", "ben", "--role", "reviewer", "--role", "evaluator", line="staple granite willow").code == 0
    file = UsersFile(Home(home).users_file)
    assert verify(file.all()["anna"].password_hash, PASSWORD)
    assert "anna  staff" in keep("list").out
    rows = json.loads(keep("list", "--json").out)["users"]
    assert [(row["name"], row["roles"]) for row in rows] == [("anna", ["staff"]), ("ben", ["evaluator", "reviewer"])]
    assert keep("password", "anna", line="another four word line").code == 0
    assert verify(file.all()["anna"].password_hash, "another four word line")
    assert keep("roles", "anna", "--role", "admin").code == 0
    assert file.all()["anna"].roles == {Role.ADMIN}
    assert keep("remove", "ben").code == 0
    assert list(file.all()) == ["anna"]


def test_no_password_is_ever_shown(keep: Keep, home: Path) -> None:
    """Neither in what the commands print nor in the file."""
    done = keep("add", "anna", line=PASSWORD)
    assert PASSWORD not in done.out + done.err + Home(home).users_file.read_text(encoding="utf-8")
    assert "argon2id" not in keep("list", "--json").out


@pytest.mark.parametrize(
    ("arguments", "line", "told"),
    [
        (["add", "anna lee"], PASSWORD, "no name to sign in with"),
        (["add", "anna"], "short", "12 to 200 characters"),
        (["add", "anna", "--role", "boss"], PASSWORD, "no role 'boss'"),
        (["password", "nobody"], PASSWORD, "no user 'nobody'"),
        (["roles", "nobody"], "", "no user 'nobody'"),
        (["remove", "nobody"], "", "no user 'nobody'"),
    ],
)
def test_what_cannot_be_is_told(keep: Keep, arguments: list[str], line: str, told: str) -> None:
    """In one line, with exit code 2."""
    done = keep(*arguments, line=line)
    assert (done.code, told in done.err) == (2, True)


def test_a_password_is_asked_twice_and_not_shown(home: Path) -> None:
    """In a terminal; when the second is another one, it is asked again."""
    command = [str(Path(sys.executable).with_name("rapporteur")), "users", "add", "anna", "--home", str(home)]
    terminal = pexpect.spawn(command[0], command[1:], env={**os.environ, "TERM": "dumb"}, timeout=240, encoding="utf-8")
    for typed in (PASSWORD, "something else entirely", PASSWORD, PASSWORD):
        terminal.expect(["Password for anna", "The same again"])
        terminal.expect(": ")
        terminal.sendline(typed)
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0
    assert PASSWORD not in str(terminal.before)
    assert verify(UsersFile(Home(home).users_file).all()["anna"].password_hash, PASSWORD)


def test_without_users_the_app_listens_on_this_machine_only(rapporteur: Callable[..., Finished], home: Path) -> None:
    """The message says how to add one."""
    done = rapporteur("serve", "--host", "0.0.0.0", "--home", home)
    assert (done.code, "rapporteur users add" in done.err) == (2, True)
