"""The commands that keep the users of a home: `users add`, `list`, `roles`, `password` and `remove`.

A password is typed twice and not shown, or comes as a line of standard input from a program.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import InputError
from ui.options import HomeOption, JsonOption, workplace
from ui.terminal import Terminal, note

if TYPE_CHECKING:
    from ui.users_file import UsersFile

__all__ = ["add", "list_users", "password", "remove", "roles"]

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Name to sign in with, such as anna.lee.")]
RoleOption = Annotated[
    list[str] | None,
    typer.Option("--role", metavar="ROLE", help="staff, reviewer, evaluator or admin; give it again for more."),
]


def add(context: typer.Context, name: NameArgument, role: RoleOption = None, home: HomeOption = None) -> None:
    """Add a user, who can sign in from then on.

    Without --role it is staff: who may ask. The password is asked for, or read as a line of standard input.
    """
    from ui.users import User, checked_name, checked_roles
    from ui.users_passwords import hashed

    file, plain, given = _file(context, home), checked_name(name), checked_roles(role or [])
    if plain in file.all():
        raise InputError(
            f"There is a user {plain} already. Change the password with: rapporteur users password {plain}"
        )
    added = datetime.now(UTC).date().isoformat()
    file.add(User(plain, given, hashed(_password(plain)), added))
    note(f"{plain} can sign in now, as {', '.join(sorted(given))}. A server that is running asks for it from now on.")


def list_users(context: typer.Context, as_json: JsonOption = False, home: HomeOption = None) -> None:
    """List the users with their roles."""
    file = _file(context, home)
    users = sorted(file.all().values(), key=lambda user: user.name)
    if as_json:
        rows = [{"name": user.name, "roles": sorted(user.roles), "added": user.added} for user in users]
        sys.stdout.write(json.dumps({"users": rows}, ensure_ascii=False) + "\n")
        return
    width = max((len(user.name) for user in users), default=0)
    Terminal.of(sys.stdout).write(
        [f"{user.name:{width}}  {', '.join(sorted(user.roles))}, since {user.added}" for user in users]
    )
    if not users:
        note("There are no users: on this machine one person works without a name. Add one: rapporteur users add NAME")


def roles(context: typer.Context, name: NameArgument, role: RoleOption = None, home: HomeOption = None) -> None:
    """Give a user other roles, in place of those they have."""
    from ui.users import checked_name, checked_roles

    given, plain = checked_roles(role or []), checked_name(name)
    _file(context, home).set_roles(plain, given)
    note(f"{plain} is {', '.join(sorted(given))} now.")


def password(context: typer.Context, name: NameArgument, home: HomeOption = None) -> None:
    """Give a user another password; whoever is signed in with the old one has to sign in again."""
    from ui.users import checked_name
    from ui.users_passwords import hashed

    file, plain = _file(context, home), checked_name(name)
    if plain not in file.all():
        raise InputError(f"There is no user {plain!r}. See them with: rapporteur users list")
    file.set_password(plain, hashed(_password(plain)))
    note(f"{plain} has another password now.")


def remove(context: typer.Context, name: NameArgument, home: HomeOption = None) -> None:
    """Take a user out; their conversations and reviews stay."""
    from ui.users import checked_name

    plain = checked_name(name)
    _file(context, home).remove(plain)
    note(f"{plain} cannot sign in any more.")


def _file(context: typer.Context, home: Path | None) -> UsersFile:
    from ui.users_file import UsersFile

    return UsersFile(workplace(context, home, None).home.users_file)


def _password(name: str) -> str:
    """A password for this user, typed twice at a terminal, else a line of standard input."""
    from ui.users_passwords import checked_password

    if sys.stdin.isatty():
        typed: str = typer.prompt(
            f"Password for {name}", hide_input=True, confirmation_prompt="The same again", err=True
        )
    else:
        typed = sys.stdin.readline().rstrip("\r\n")
    return checked_password(typed, name)
