"""Users, their passwords, sessions and locks, each by itself."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Thread

import pytest

from corpus.errors import InputError
from ui.users import Role, User, checked_name, checked_roles
from ui.users_file import UsersFile
from ui.users_lockout import MOST_AT_AN_ADDRESS, MOST_FOR_A_NAME, MOST_HERE, WINDOW_S, Lockout
from ui.users_passwords import checked_password, hashed, verify
from ui.users_sessions import Sessions

PASSWORD = "correct horse battery"


class Clock:
    """Seconds that go on when they are told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        """Now."""
        return self.seconds


@pytest.mark.parametrize(
    ("roles", "may"),
    [
        ((), {Role.STAFF}),
        ((Role.REVIEWER,), {Role.STAFF, Role.REVIEWER}),
        ((Role.EVALUATOR, Role.REVIEWER), {Role.STAFF, Role.REVIEWER, Role.EVALUATOR}),
        ((Role.ADMIN,), set(Role)),
    ],
)
def test_roles_give_rights(roles: tuple[Role, ...], may: set[Role]) -> None:
    """Everybody is staff, an admin everything, and nobody more than they were given."""
    user = User("anna", frozenset(roles), "")
    assert {role for role in Role if user.may(role)} == may


@pytest.mark.parametrize("name", ["", "a b", "../etc", "anna/lee", "-x", "ann\u0430", "x" * 61, "a\n"])
def test_a_name_is_plain(name: str) -> None:
    """No path, no white space, no letter that only looks like another."""
    if name == "a\n":
        assert checked_name(name) == "a"
        return
    with pytest.raises(InputError, match="no name to sign in with"):
        checked_name(name)


def test_names_do_not_differ_by_case() -> None:
    """Anna and anna are one."""
    assert checked_name(" Anna.Lee ") == "anna.lee"


def test_roles_are_told_by_name() -> None:
    """An unknown one is named with those there are; none is staff."""
    assert checked_roles(["Reviewer", "admin"]) == {Role.REVIEWER, Role.ADMIN}
    assert checked_roles([]) == {Role.STAFF}
    with pytest.raises(InputError, match="staff, reviewer, evaluator, admin"):
        checked_roles(["boss"])


@pytest.mark.parametrize("password", ["short", "x" * 201, "aaaaaaaaaaaaaaaa", "my name is Anna"])
def test_an_easy_password_is_refused(password: str) -> None:
    """Too short, too long, one letter, or with the user's name in it."""
    with pytest.raises(InputError):
        checked_password(password, "anna")


def test_a_password_is_kept_as_a_hash_only() -> None:
    """The same password has two hashes; both know it, and no other."""
    first, second = hashed(PASSWORD), hashed(PASSWORD)
    assert first != second
    assert PASSWORD not in first
    assert verify(first, PASSWORD)
    assert verify(second, PASSWORD)
    assert not verify(first, PASSWORD + "!")
    assert not verify("", PASSWORD)
    assert not verify("no hash at all", PASSWORD)


def test_users_are_kept_for_their_owner_only(tmp_path: Path) -> None:
    """What was added is read back by another process' object; nobody else on the machine reads the file."""
    file = UsersFile(tmp_path / "home" / "users.json")
    assert file.all() == {}
    file.add(User("anna", frozenset({Role.REVIEWER}), "hash", "2026-11-28"))
    assert UsersFile(file.path).named("anna") == User("anna", frozenset({Role.REVIEWER}), "hash", "2026-11-28")
    assert file.path.stat().st_mode & 0o777 == 0o600
    file.path.chmod(0o644)
    with pytest.raises(InputError, match="chmod 600"):
        UsersFile(file.path).all()


def test_a_change_is_seen_at_once(tmp_path: Path) -> None:
    """By a server that read the file before: another password, other roles, nobody any more."""
    server, command = UsersFile(tmp_path / "users.json"), UsersFile(tmp_path / "users.json")
    command.add(User("anna", frozenset({Role.STAFF}), "one"))
    assert server.named("anna") is not None
    command.set_password("anna", "two")
    command.set_roles("anna", [Role.ADMIN])
    assert server.named("anna") == User("anna", frozenset({Role.ADMIN}), "two")
    command.remove("anna")
    assert server.all() == {}


def test_a_name_is_taken_once_and_an_unknown_one_is_told(tmp_path: Path) -> None:
    """Nothing is written then."""
    file = UsersFile(tmp_path / "users.json")
    file.add(User("anna", frozenset(), "one"))
    with pytest.raises(InputError, match="There is a user anna already"):
        file.add(User("anna", frozenset({Role.ADMIN}), "two"))
    for change in (
        lambda: file.remove("ben"),
        lambda: file.set_password("ben", "x"),
        lambda: file.set_roles("ben", []),
    ):
        with pytest.raises(InputError, match="no user 'ben'"):
            change()
    assert file.all() == {"anna": User("anna", frozenset(), "one")}


def test_two_who_add_at_once_lose_nobody(tmp_path: Path) -> None:
    """Each change is made to what the other has left."""

    def add(who: str) -> None:
        for number in range(10):
            UsersFile(tmp_path / "users.json").add(User(f"{who}{number}", frozenset(), "hash"))

    threads = [Thread(target=add, args=(who,)) for who in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(UsersFile(tmp_path / "users.json").all()) == 20


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        '{"users": [{"name": "anna"}]}',
        json.dumps({"users": [{"name": "a", "roles": ["boss"], "password_hash": ""}]}),
    ],
)
def test_a_file_that_is_none_of_users_lets_nobody_in(tmp_path: Path, content: str) -> None:
    """It is an error, rather than nobody to ask for a password."""
    (tmp_path / "users.json").write_text(content, encoding="utf-8")
    (tmp_path / "users.json").chmod(0o600)
    with pytest.raises(InputError, match="no file of users"):
        UsersFile(tmp_path / "users.json").all()


def test_who_fails_too_often_waits() -> None:
    """After the fifth time, for a quarter of an hour behind it, at that address only."""
    clock = Clock()
    lockout = Lockout(clock)
    for _ in range(MOST_HERE - 1):
        lockout.failed("anna", "10.0.0.7")
    assert lockout.waits_s("anna", "10.0.0.7") == 0
    clock.seconds = 60
    lockout.failed("anna", "10.0.0.7")
    assert lockout.waits_s("anna", "10.0.0.7") == WINDOW_S
    assert lockout.waits_s("anna", "10.0.0.8") == 0
    assert lockout.waits_s("ben", "10.0.0.7") == 0
    clock.seconds = 60 + WINDOW_S
    assert lockout.waits_s("anna", "10.0.0.7") == 0


def test_the_right_password_forgives() -> None:
    """Four slips, then the right one: the count begins anew."""
    lockout = Lockout(Clock())
    for _ in range(3):
        for _ in range(MOST_HERE - 1):
            lockout.failed("anna", "10.0.0.7")
        lockout.succeeded("anna", "10.0.0.7")
    assert lockout.waits_s("anna", "10.0.0.7") == 0


def test_changing_the_address_or_the_name_does_not_help() -> None:
    """A name is locked for everybody, an address for all names, at higher counts."""
    lockout = Lockout(Clock())
    for number in range(MOST_FOR_A_NAME):
        lockout.failed("anna", f"10.0.1.{number}")
    assert lockout.waits_s("anna", "10.9.9.9") > 0
    for number in range(MOST_AT_AN_ADDRESS):
        lockout.failed(f"user{number}", "10.0.0.7")
    assert lockout.waits_s("somebody", "10.0.0.7") > 0


def test_a_session_lasts_a_day_and_ends_when_told() -> None:
    """A token means somebody until its time is up or it is ended; what is made up means nobody."""
    clock = Clock()
    sessions = Sessions(lasts_s=100, now=clock)
    first, second = sessions.begin("anna", "hash"), sessions.begin("anna", "hash")
    assert first != second
    sessions.end(first)
    assert (sessions.name_of(first), sessions.name_of(second)) == (None, ("anna", "hash"))
    assert sessions.name_of("") is None
    clock.seconds = 101
    assert sessions.name_of(second) is None
