"""The people of one server: who signs in, who a request is from, and whether they may do what it asks.

Where the app listens on this machine only and there are no users, there is one person, who needs no
name and may do everything. As soon as there are users, everybody signs in. What a request says of its
user is never read from the request itself: ui/users_gate.py has put the user there.

>>> # people = People(home); people.require(request, Role.REVIEWER)
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from math import ceil
from threading import Lock
from typing import Any

from corpus.errors import RapporteurError
from index.settings import Home
from ui.users import NotAllowed, NotSignedIn, Role, User
from ui.users_file import UsersFile
from ui.users_lockout import Lockout
from ui.users_passwords import verify
from ui.users_sessions import Sessions

__all__ = ["SCOPE_KEY", "Everybody", "People", "WrongPassword"]

SCOPE_KEY = "rapporteur.user"  # in the ASGI scope, where no browser can write
REMEMBERED_S = 300  # a program's name and password, so that each of its requests does not cost a hash
MOST_REMEMBERED = 256


class WrongPassword(RapporteurError):
    """Nobody was signed in; the message says no more than that."""


class Everybody:
    """The one person at this machine: no name, and every right."""

    def name_of(self, request: Any) -> str:  # noqa: ANN401, ARG002 - gradio's request or starlette's
        """No name."""
        return ""

    def require(self, request: Any, role: Role) -> str:  # noqa: ANN401, ARG002
        """No name, whatever the role."""
        return ""

    def may(self, request: Any, role: Role) -> bool:  # noqa: ANN401, ARG002
        """Everything."""
        return True


@dataclass(frozen=True, slots=True)
class _Remembered:
    name: str
    password_hash: str
    until: float


class People:
    """The users of a home, and who of them is signed in at this server."""

    def __init__(self, home: Home, *, alone: bool = True, lockout: Lockout | None = None) -> None:
        self.file = UsersFile(home.users_file)
        self.sessions = Sessions()
        self.lockout = lockout or Lockout()
        self._alone = alone  # the app listens on this machine only
        self._secret = secrets.token_bytes(32)
        self._remembered: dict[bytes, _Remembered] = {}
        self._lock = Lock()

    @property
    def must_sign_in(self) -> bool:
        """Whether a request has to say who it is from."""
        return not self._alone or bool(self.file.all())

    def user_of(self, request: Any) -> User | None:  # noqa: ANN401
        """Who a request is from; None for the one person. Raises NotSignedIn where somebody has to be."""
        scope = getattr(getattr(request, "request", None) or request, "scope", None)
        user = scope.get(SCOPE_KEY) if scope is not None else None
        if isinstance(user, User):
            return user
        if self.must_sign_in:
            raise NotSignedIn
        return None

    def name_of(self, request: Any) -> str:  # noqa: ANN401
        """The user's name; "" for the one person. Raises NotSignedIn."""
        user = self.user_of(request)
        return user.name if user else ""

    def require(self, request: Any, role: Role) -> str:  # noqa: ANN401
        """The user's name, when they may act in this role. Raises NotSignedIn or NotAllowed."""
        user = self.user_of(request)
        if user is not None and not user.may(role):
            raise NotAllowed(f"This is for users with the role {role.value}; {user.name} has not got it. Ask an admin.")
        return user.name if user else ""

    def may(self, request: Any, role: Role) -> bool:  # noqa: ANN401
        """Whether who asks may act in this role. Raises NotSignedIn."""
        user = self.user_of(request)
        return user is None or user.may(role)

    def sign_in(self, name: str, password: str, address: str) -> str:
        """The token of a new session. Raises WrongPassword, which says neither whether there is such a user."""
        user = self._checked(name, password, address)
        return self.sessions.begin(user.name, user.password_hash)

    def signed_in(self, token: str) -> User | None:
        """Whose session this is, with their roles as they are now; None when it is over."""
        found = self.sessions.name_of(token)
        user = self.file.named(found[0]) if found else None
        if user is None or found is None or not hmac.compare_digest(user.password_hash, found[1]):
            return None
        return user

    def program(self, name: str, password: str, address: str) -> User:
        """The user whose name and password a program sends with each request. Raises WrongPassword."""
        key = hmac.digest(self._secret, f"{name}\0{password}".encode(), hashlib.sha256)
        with self._lock:
            known = self._remembered.get(key)
        if known is not None and known.until > time.monotonic():
            user = self.file.named(known.name)
            if user is not None and hmac.compare_digest(user.password_hash, known.password_hash):
                return user
        user = self._checked(name, password, address)
        with self._lock:
            self._remembered[key] = _Remembered(user.name, user.password_hash, time.monotonic() + REMEMBERED_S)
            while len(self._remembered) > MOST_REMEMBERED:
                del self._remembered[next(iter(self._remembered))]
        return user

    def _checked(self, name: str, password: str, address: str) -> User:
        name = name.strip().lower()[:100]
        if waits_s := self.lockout.waits_s(name, address):
            minutes = ceil(waits_s / 60)
            raise WrongPassword(f"Too many wrong passwords. Try again in {minutes} minute{'s' if minutes > 1 else ''}.")
        user = self.file.named(name)
        if not verify(user.password_hash if user else "", password) or user is None:
            self.lockout.failed(name, address)
            raise WrongPassword("Name or password is wrong.")
        self.lockout.succeeded(name, address)
        return user
