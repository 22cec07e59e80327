"""Who is signed in: a random token for each, whose meaning only this process knows.

Nothing is signed and nothing has to be kept secret on disk: the browser has a token, the server its
SHA-256 with the user's name. Signing out, another password and taking the user out end a session at
once, a restart of the server ends all. Knows nothing of cookies and of HTTP.

>>> sessions = Sessions()
>>> token = sessions.begin("anna", "hash")
>>> sessions.name_of(token), sessions.name_of("made up")
(('anna', 'hash'), None)
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from threading import Lock

__all__ = ["LASTS_S", "Sessions"]

LASTS_S = 12 * 3600  # a working day
MOST = 10_000  # sessions at once; the oldest go first


class Sessions:
    """The sessions of one server; `now` gives seconds that never run backwards."""

    def __init__(self, lasts_s: float = LASTS_S, now: Callable[[], float] = time.monotonic) -> None:
        self._lasts_s = lasts_s
        self._now = now
        self._lock = Lock()
        self._begun: dict[str, tuple[str, str, float]] = {}

    def begin(self, name: str, password_hash: str) -> str:
        """The token of a new session of this user, who has this password."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._begun[_hash(token)] = (name, password_hash, self._now())
            while len(self._begun) > MOST:
                del self._begun[next(iter(self._begun))]
        return token

    def name_of(self, token: str) -> tuple[str, str] | None:
        """Whose session it is, and the password's hash when it was begun; None for none, or when its time is up."""
        key = _hash(token)
        with self._lock:
            found = self._begun.get(key)
            if found is None:
                return None
            if self._now() - found[2] > self._lasts_s:
                del self._begun[key]
                return None
        return found[0], found[1]

    def end(self, token: str) -> None:
        """Sign out."""
        with self._lock:
            self._begun.pop(_hash(token), None)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
