"""Steps taken in a thread of their own, so that who waits for them can be interrupted and the work is not.

An interruption in the middle of loading a model would leave it half loaded; here it ends the
waiting, and the work ends after the step that it is in. Knows nothing of questions and answers.

>>> list(BackgroundSteps(iter([1, 2])))
[1, 2]
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from queue import SimpleQueue
from typing import Generic, TypeVar

__all__ = ["BackgroundSteps"]

Step = TypeVar("Step")


class _Ended:
    """What comes last in the queue, with the error that ended the steps, if one did."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error


class BackgroundSteps(Generic[Step]):
    """An iterator over `steps`, which run from now on; an error of theirs is raised where they are waited for."""

    def __init__(self, steps: Iterator[Step]) -> None:
        self._queue: SimpleQueue[Step | _Ended] = SimpleQueue()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._take, args=(steps,), daemon=True)
        self._thread.start()

    def __iter__(self) -> Iterator[Step]:
        while not isinstance(step := self._queue.get(), _Ended):
            yield step
        if step.error:
            raise step.error

    def stop(self) -> None:
        """Take no step after the present one."""
        self._stopped.set()

    def wait(self, timeout_s: float | None = None) -> None:
        """Return when no step is being taken any more, or after `timeout_s` seconds."""
        self._thread.join(timeout_s)

    def _take(self, steps: Iterator[Step]) -> None:
        error: BaseException | None = None
        try:
            for step in steps:
                if self._stopped.is_set():
                    break
                self._queue.put(step)
        except BaseException as raised:  # handed on to who waits
            error = raised
        finally:
            self._queue.put(_Ended(error))
