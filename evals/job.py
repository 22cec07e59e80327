"""An evaluation that was ordered: what is asked of what, how far it is, what came of it; each is one small file.

Knows nothing of how it is carried out (jobs.py, job_process.py).

>>> Job.ordered(Order("ask"), author="").state
'queued'
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from evals.batch import Batch, Wish, own_suite, wished
from evals.own_gold import find_gold
from evals.provenance import now
from index.settings import Home, IndexSettings
from index.store import open_index

__all__ = ["ENDED", "Job", "JobShelf", "JobState", "Order", "batch_of"]

JobState = Literal["queued", "running", "finished", "cancelled", "failed", "unfinished"]
ENDED: tuple[JobState, ...] = ("finished", "cancelled", "failed", "unfinished")


@dataclass(frozen=True, slots=True)
class Order:
    """A suite, or an evaluator's own questions, put to some systems."""

    suite: str  # of the bundled ones, or the name of a gold file of the home
    systems: tuple[str, ...] = ("ours",)
    own: bool = False  # `suite` names a gold file; it is asked of the home's own index


@dataclass(frozen=True, slots=True)
class Job:
    """An order and what became of it so far."""

    id: str
    order: Order
    author: str  # "" is the one person at this machine
    ordered_at: str  # UTC
    state: JobState = "queued"
    doing: str = ""  # what is going on, for people to read
    done: int = 0
    total: int = 0  # 0: not known yet
    seconds: float = 0.0  # since `doing` was begun
    runs: tuple[str, ...] = ()  # names of the runs that are kept
    remarks: tuple[str, ...] = ()
    error: str = ""  # why it failed

    @classmethod
    def ordered(cls, order: Order, author: str) -> Job:
        """A new one; ids sort by the time of the order."""
        moment = now()
        digits = "".join(character for character in moment[:19] if character.isdigit())
        return cls(f"{digits}-{secrets.token_hex(4)}", order, author, moment)

    @property
    def active(self) -> bool:
        """Whether it waits or runs."""
        return self.state not in ENDED


def batch_of(order: Order, home: Home, settings: IndexSettings) -> Batch:
    """What is to be run. Raises InputError for what cannot be."""
    if not order.own:
        return Batch(wished([order.suite], None), order.systems, home.runs_folder)
    wishes = [Wish(own_suite(find_gold(home, order.suite), None))]
    return Batch(wishes, order.systems, home.runs_folder, index=open_index(home, settings))


_JOB = TypeAdapter(Job)


@dataclass(frozen=True, slots=True)
class JobShelf:
    """The files of all jobs of a home."""

    folder: Path
    most: int = 50  # jobs kept

    def save(self, job: Job) -> None:
        """Write the job whole or not at all; of too many the oldest that have ended are dropped."""
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / f"{job.id}.json"
        is_new = not file.exists()
        draft = file.with_suffix(".draft")
        draft.write_text(json.dumps(asdict(job), ensure_ascii=False) + "\n", encoding="utf-8")
        draft.replace(file)
        if is_new:
            for old in [one for one in self.all() if not one.active][self.most :]:
                self.forget(old.id)

    def all(self) -> list[Job]:
        """Every job that can be read, newest first."""
        jobs = []
        for file in sorted(self.folder.glob("*.json"), reverse=True):
            try:
                jobs.append(_JOB.validate_json(file.read_bytes()))
            except (OSError, ValidationError):  # gone at this moment, or spoiled by hand: nothing depends on it
                continue
        return jobs

    def forget(self, job_id: str) -> None:
        """Drop the file of a job that is on the shelf."""
        (self.folder / f"{job_id}.json").unlink(missing_ok=True)
