"""The process that carries out one evaluation job, so that those who ask meanwhile are not stalled.

It is started by jobs.py as `python -m evals.job_process`, works with the lowest priority, and ends as
soon as its standard input is closed: when it is cancelled, and when the server that started it is gone.
What it has asked by then is in the journal. The first line of standard input is the order; every line
of standard output is a `Told` as JSON.
"""

from __future__ import annotations

import _thread
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

from pydantic import TypeAdapter

from corpus.errors import RapporteurError
from evals.job import Order, batch_of
from index.offline import stay_offline
from index.settings import Home, IndexSettings

__all__ = ["STOPPED", "Task", "Told", "main"]

LOWEST_PRIORITY = 19
STOPPED = 130  # exit code, as shells give it
PATIENCE_S = 20.0  # for what is in work to end by itself


@dataclass(frozen=True, slots=True)
class Task:
    """What the process is to do, and where."""

    order: Order
    home: str
    settings: IndexSettings


@dataclass(frozen=True, slots=True)
class Told:
    """One message of the process."""

    doing: str = ""
    done: int = 0
    total: int = 0
    kept: str = ""  # name of a run
    remarks: tuple[str, ...] = field(default=())
    error: str = ""


def main() -> int:
    """Carry out the order on standard input; exit code 0 when it is done, 1 when it cannot be."""
    # What a library prints must not come between the messages.
    messages = os.fdopen(os.dup(1), "w", buffering=1, encoding="utf-8")
    os.dup2(2, 1)
    os.nice(LOWEST_PRIORITY)
    stay_offline()

    def tell(told: Told) -> None:
        messages.write(TypeAdapter(Told).dump_json(told).decode() + "\n")

    task = TypeAdapter(Task).validate_json(sys.stdin.readline())
    Thread(target=_end_with_input, daemon=True).start()
    try:
        _carry_out(task, tell)
    except KeyboardInterrupt:
        return STOPPED
    except RapporteurError as error:
        tell(Told(error=str(error)))
        return 1
    return 0


def _carry_out(task: Task, tell: Callable[[Told], Any]) -> None:
    batch = batch_of(task.order, Home(Path(task.home)), task.settings)
    for wish in batch.wishes:
        asked = batch.ask(wish, lambda doing, done, total: tell(Told(doing=doing, done=done, total=total)))
        for finished in asked.runs:
            tell(Told(kept=finished.kept.name))
        if asked.remarks:
            tell(Told(remarks=asked.remarks))
    batch.close_finished()


def _end_with_input() -> None:
    """Nothing more comes than the end: then what is in work is interrupted, and cleans up."""
    sys.stdin.read()
    _thread.interrupt_main()
    time.sleep(PATIENCE_S)
    os._exit(STOPPED)


if __name__ == "__main__":
    sys.exit(main())
