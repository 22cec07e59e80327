"""Who has typed wrong passwords too often waits, whether the name exists or not.

Failures are counted for a name at an address, so that a stranger elsewhere does not lock a colleague
out at once; for a name from everywhere and for an address with all names, at higher limits, against
those who change one or the other. Kept in memory: a restart forgives. Knows nothing of users and of HTTP.

>>> lockout = Lockout(now=lambda: 0.0)
>>> for _ in range(5): lockout.failed("anna", "10.0.0.7")
>>> lockout.waits_s("anna", "10.0.0.7"), lockout.waits_s("anna", "10.0.0.8")
(900.0, 0.0)
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from threading import Lock

__all__ = ["Lockout"]

WINDOW_S = 15 * 60.0  # failures older than this are forgotten; so long a lock lasts behind the last of them
MOST_HERE, MOST_FOR_A_NAME, MOST_AT_AN_ADDRESS = 5, 30, 60  # failures within it
MOST_KEPT = 10_000  # names and addresses remembered; the oldest go first

Key = tuple[str, str]


class Lockout:
    """Counts failures; `now` gives seconds that never run backwards."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = Lock()
        self._failures: dict[Key, deque[float]] = {}

    def waits_s(self, name: str, address: str) -> float:
        """How many seconds are to be waited before the next try; 0 when none."""
        with self._lock:
            moment = self._now()
            return max(self._left(key, most, moment) for key, most in _keys(name, address))

    def failed(self, name: str, address: str) -> None:
        """One more wrong password."""
        with self._lock:
            moment = self._now()
            for key, most in _keys(name, address):
                kept = self._failures.pop(key, deque(maxlen=most))
                kept.append(moment)
                self._failures[key] = kept  # at the end: the oldest are at the front
            while len(self._failures) > MOST_KEPT:
                del self._failures[next(iter(self._failures))]

    def succeeded(self, name: str, address: str) -> None:
        """The right one: the failures of this name at this address are forgiven."""
        with self._lock:
            self._failures.pop((name, address), None)

    def _left(self, key: Key, most: int, moment: float) -> float:
        kept = self._failures.get(key, deque())
        if len(kept) < most or moment - kept[0] > WINDOW_S:
            return 0.0
        return max(0.0, kept[-1] + WINDOW_S - moment)


def _keys(name: str, address: str) -> tuple[tuple[Key, int], ...]:
    return ((name, address), MOST_HERE), ((name, ""), MOST_FOR_A_NAME), (("", address), MOST_AT_AN_ADDRESS)
