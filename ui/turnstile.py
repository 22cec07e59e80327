"""How many questions are in work at once, whoever asks them: the page, the REST API or the MCP server.

More than the cores only makes each slower. Who waits for a turn holds no thread; when too many wait,
the next is told so at once.

>>> Turnstile(at_once=4).at_once
4
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import TypeVar

from corpus.errors import RapporteurError

__all__ = ["ASKED_AT_ONCE", "Busy", "Turnstile"]

ASKED_AT_ONCE = 4  # questions in work; more than the cores only makes each slower
WAITING = 64  # further requests that may wait
Result = TypeVar("Result")


class Busy(RapporteurError):
    """Too many questions at once; the same one can be asked again a little later."""


class Turnstile:
    """Lets `at_once` pass at a time, and no more than `waiting` of the programs wait."""

    def __init__(self, at_once: int = ASKED_AT_ONCE, waiting: int = WAITING) -> None:
        from anyio import CapacityLimiter

        self.at_once = at_once
        self._most_waiting = waiting
        self._limiter = CapacityLimiter(at_once)
        self._turns = BoundedSemaphore(at_once)
        self._counting = Lock()
        self._in_work = 0

    @property
    def waiting(self) -> int:
        """How many requests of programs wait for a turn."""
        return self._limiter.statistics().tasks_waiting

    async def run(self, work: Callable[[], Result]) -> Result:
        """Do `work` in a thread when its turn has come. Raises Busy when too many wait already."""
        from anyio import to_thread

        if self.waiting >= self._most_waiting:
            raise Busy(f"{self._most_waiting} questions are waiting already. Ask again in a second or two.")

        def turn() -> Result:
            with self.passing():
                return work()

        return await to_thread.run_sync(turn, limiter=self._limiter)

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Wait for a turn in this thread, and have it inside the block: for who has a thread anyway."""
        with self._turns:
            self._count(1)
            try:
                yield
            finally:
                self._count(-1)

    @property
    def is_idle(self) -> bool:
        """Whether nobody's question is in work, so that what can wait may be done."""
        return self._in_work == 0

    def _count(self, change: int) -> None:
        with self._counting:
            self._in_work += change
