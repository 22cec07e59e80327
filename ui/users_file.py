"""The users in a file of the home: read when it has changed, written whole, for its owner's eyes only.

Several processes may use it at once: the server reads, the command line writes. Knows nothing of
sessions and of HTTP.

>>> # UsersFile(home.users_file).add(User("anna", roles, hashed(password)))
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from threading import Lock

from filelock import FileLock, Timeout

from corpus.errors import InputError
from ui.users import Role, User

__all__ = ["UsersFile"]

WAIT_S = 10  # for another process that is writing
Users = Mapping[str, User]


class UsersFile:
    """The users of one home. Raises InputError when the file cannot be trusted: others can read or change it."""

    def __init__(self, file: Path) -> None:
        self.path = file
        self._lock = Lock()
        self._seen: tuple[int, int, int] | None = None
        self._users: Users = {}

    def all(self) -> Users:
        """The users by name, as the file has them now."""
        with self._lock:
            try:
                status = self.path.stat()
            except FileNotFoundError:
                self._seen, self._users = None, {}
                return self._users
            stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
            if stamp != self._seen:
                self._users = self._read(status.st_mode)
                self._seen = stamp
            return self._users

    def named(self, name: str) -> User | None:
        """The user of that name, or None."""
        return self.all().get(name)

    def add(self, user: User) -> None:
        """One more user. Raises InputError when the name is taken."""

        def added(users: dict[str, User]) -> None:
            if user.name in users:
                raise InputError(
                    f"There is a user {user.name} already. "
                    f"Change the password with: rapporteur users password {user.name}"
                )
            users[user.name] = user

        self._change(added)

    def remove(self, name: str) -> None:
        """Take a user out; what they wrote stays. Raises InputError when there is none of that name."""

        def removed(users: dict[str, User]) -> None:
            del users[self._known(users, name).name]

        self._change(removed)

    def set_password(self, name: str, password_hash: str) -> None:
        """Another password; who is signed in with the old one is not any more. Raises as `remove` does."""

        def changed(users: dict[str, User]) -> None:
            user = self._known(users, name)
            users[name] = User(user.name, user.roles, password_hash, user.added)

        self._change(changed)

    def set_roles(self, name: str, roles: Iterable[Role]) -> None:
        """Other roles, from the next click on. Raises as `remove` does."""

        def changed(users: dict[str, User]) -> None:
            user = self._known(users, name)
            users[name] = User(user.name, frozenset(roles), user.password_hash, user.added)

        self._change(changed)

    def _known(self, users: Users, name: str) -> User:
        if name not in users:
            raise InputError(f"There is no user {name!r}. See them with: rapporteur users list")
        return users[name]

    def _change(self, change: Callable[[dict[str, User]], None]) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self.path.with_suffix(".lock"), timeout=WAIT_S, mode=0o600):
                users = dict(self.all())
                change(users)
                self._write(users)
        except Timeout as error:
            raise InputError(f"Another process is writing {self.path}. Try again in a moment.") from error
        except OSError as error:
            raise InputError(
                f"{self.path} cannot be written ({error.strerror}). Choose a folder with --home."
            ) from error

    def _write(self, users: Users) -> None:
        rows = [
            {
                "name": user.name,
                "roles": sorted(user.roles),
                "added": user.added,
                "password_hash": user.password_hash,
            }
            for user in sorted(users.values(), key=lambda one: one.name)
        ]
        draft = self.path.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as written:
            json.dump({"users": rows}, written, ensure_ascii=False, indent=1)
            written.flush()
            os.fsync(written.fileno())
        draft.replace(self.path)

    def _read(self, mode: int) -> Users:
        if mode & 0o077:
            raise InputError(f"{self.path} can be read or changed by others. Make it your own: chmod 600 {self.path}")
        try:
            rows = json.loads(self.path.read_text(encoding="utf-8"))["users"]
            users = [
                User(row["name"], frozenset(map(Role, row["roles"])), row["password_hash"], row.get("added", ""))
                for row in rows
            ]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(f"{self.path} is no file of users ({error}). Put back a copy of it.") from error
        return {user.name: user for user in users}
