"""Evaluations that run in the background, one at a time, each in a process of its own.

A job outlives whoever ordered it: it is held by this object, and its state is on disk. When the
program ends in the middle of one, its process ends too; the next start shows it as unfinished, and it
can go on at the question where it stopped. Knows nothing of how jobs are shown.

    jobs = Jobs(home, IndexSettings())
    job = jobs.add(Order("ask"), author="")
    jobs.all()[0].done
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import RLock, Thread

from filelock import FileLock, Timeout
from pydantic import TypeAdapter

from corpus.errors import InputError
from evals.job import Job, JobShelf, Order
from evals.job_process import STOPPED, Task, Told
from evals.own_gold import find_gold
from evals.suites import open_suite
from evals.systems import check_system
from index.settings import Home, IndexSettings

__all__ = ["Jobs"]

WAITING = 20  # jobs that may wait
PATIENCE_S = 30.0  # for a process to end by itself
SAVED_EVERY_S = 1.0  # while a job runs
LOOKED_EVERY_S = 0.5  # whether another server is still at a job


@dataclass(slots=True)
class _Running:
    """The job in work, and its process once it is started."""

    job: Job
    process: subprocess.Popen[str] | None = None
    cancelled: bool = False


class Jobs:
    """The jobs of one home. Every method may be called from any thread."""

    def __init__(self, home: Home, settings: IndexSettings) -> None:
        self._home, self._settings = home, settings
        self._folder = home.runs_folder / "jobs"
        self._shelf = JobShelf(self._folder)
        self._lock = RLock()
        self._waiting: deque[Job] = deque()
        self._running: _Running | None = None
        self._worker: Thread | None = None
        self._closed = False

    def add(self, order: Order, author: str = "") -> Job:
        """Order an evaluation. Raises InputError for what there is not, and when too many wait already."""
        _check(order, self._home)
        with self._lock:
            self._check_room()
            for job in (*self._waiting, *([self._running.job] if self._running else [])):
                if job.order == order:
                    raise InputError(f"{order.suite} is being asked already, of the same systems. Wait for it to end.")
            return self._enqueue(Job.ordered(order, author))

    def go_on(self, job_id: str) -> Job:
        """Take up a job that ended before it was finished. Raises InputError when it did not."""
        with self._lock:
            job = self.find(job_id)
            if job.state not in ("unfinished", "cancelled", "failed"):
                raise InputError(f"The evaluation of {job.order.suite} is {job.state}; there is nothing to go on with.")
            _check(job.order, self._home)
            self._check_room()
            return self._enqueue(replace(job, state="queued", error="", remarks=(), doing="", done=0, total=0))

    def cancel(self, job_id: str) -> None:
        """End a job that waits or runs; what it has asked is kept, and it can go on."""
        with self._lock:
            running = self._running
            if running and running.job.id == job_id:
                running.cancelled = True
                _close_input(running.process)
                return
            for job in list(self._waiting):
                if job.id == job_id:
                    self._waiting.remove(job)
                    self._shelf.save(replace(job, state="cancelled"))

    def forget(self, job_id: str) -> None:
        """Take a job that has ended off the list; its runs stay. Raises InputError when it has not ended."""
        with self._lock:
            if self.find(job_id).active:
                raise InputError("An evaluation that waits or runs has to be cancelled first.")
            self._shelf.forget(job_id)

    def find(self, job_id: str) -> Job:
        """The job of that id. Raises InputError when there is none."""
        for job in self.all():
            if job.id == job_id:
                return job
        raise InputError("There is no such evaluation any more. Order it anew.")

    def all(self) -> list[Job]:
        """Every job, newest first, each as it is at this moment."""
        with self._lock:
            own = {job.id: job for job in self._waiting}
            if self._running:
                own[self._running.job.id] = self._running.job
            jobs = [own.get(job.id, job) for job in self._shelf.all()]
            left = [job for job in jobs if job.active and job.id not in own]
            if left and not self._held_elsewhere():
                jobs = [replace(job, state="unfinished") if job in left else job for job in jobs]
            return jobs

    @property
    def busy(self) -> bool:
        """Whether any job waits or runs."""
        return any(job.active for job in self.all())

    def close(self) -> None:
        """End what runs and start nothing more; all of it can go on later."""
        with self._lock:
            self._closed = True
            self._waiting.clear()
            worker = self._worker
            if self._running:
                _close_input(self._running.process)
        if worker:
            worker.join(PATIENCE_S)

    # In the background

    def _check_room(self) -> None:
        if len(self._waiting) >= WAITING:
            raise InputError(f"{WAITING} evaluations are waiting already. Cancel one, or wait until one has ended.")

    def _enqueue(self, job: Job) -> Job:
        self._shelf.save(job)
        self._waiting.append(job)
        if self._worker is None:
            self._worker = Thread(target=self._work, name="evaluations", daemon=True)
            self._worker.start()
        return job

    def _work(self) -> None:
        """Carry out what waits, one after the other, until nothing does."""
        with self._alone():
            while True:
                with self._lock:
                    if self._closed or not self._waiting:
                        self._worker = None
                        return
                    self._running = running = _Running(replace(self._waiting.popleft(), state="running"))
                    self._shelf.save(running.job)
                try:
                    self._carry_out(running)
                finally:
                    with self._lock:
                        self._shelf.save(running.job)
                        self._running = None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Wait until no other server on the same home is at a job."""
        lock = FileLock(self._folder / "running.lock")
        while not self._closed:
            try:
                with lock.acquire(timeout=LOOKED_EVERY_S):
                    yield
                    return
            except Timeout:
                continue
        yield

    def _held_elsewhere(self) -> bool:
        if self._running or not self._folder.is_dir():
            return False
        lock = FileLock(self._folder / "running.lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            return True
        lock.release()
        return False

    def _carry_out(self, running: _Running) -> None:
        process = self._started(running)
        saved = begun = time.monotonic()
        doing = ""
        for line in process.stdout or ():
            told = TypeAdapter(Told).validate_json(line)
            at = time.monotonic()
            if told.doing and told.doing != doing:
                doing, begun = told.doing, at
            with self._lock:
                running.job = _with(running.job, self._for_people(told), at - begun)
                if at - saved >= SAVED_EVERY_S or told.kept:
                    self._shelf.save(running.job)
                    saved = at
        code = process.wait()
        with self._lock:
            running.job = _ended(running.job, code, cancelled=running.cancelled, closed=self._closed)

    def _for_people(self, told: Told) -> Told:
        """Where the data folder lies is nobody's business in a browser: files are told by their names."""
        folder = f"{self._home.gold_folder.absolute()}{os.sep}"
        remarks = tuple(remark.replace(folder, "") for remark in told.remarks)
        return replace(told, error=told.error.replace(folder, ""), remarks=remarks)

    def _started(self, running: _Running) -> subprocess.Popen[str]:
        # Half of the cores at most: the others are for those who ask.
        threads = str(max(1, (os.cpu_count() or 1) // 2))
        task = Task(running.job.order, str(self._home.folder.absolute()), self._settings)
        process = subprocess.Popen(
            [sys.executable, "-m", "evals.job_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "OMP_NUM_THREADS": threads, "TOKENIZERS_PARALLELISM": "false"},
            start_new_session=True,  # Ctrl+C at the server is told to it by the closed input alone
        )
        with self._lock:
            running.process = process
            if process.stdin:
                process.stdin.write(TypeAdapter(Task).dump_json(task).decode() + "\n")
                process.stdin.flush()
            if running.cancelled or self._closed:
                _close_input(process)
        return process


def _check(order: Order, home: Home) -> None:
    if order.own:
        find_gold(home, order.suite)
    else:
        open_suite(order.suite)
    if not order.systems:
        raise InputError("Nothing is to be asked. Choose at least one system.")
    for system in order.systems:
        check_system(system)


def _with(job: Job, told: Told, seconds: float) -> Job:
    if told.kept:
        return replace(job, runs=(*job.runs, told.kept))
    if told.error:
        return replace(job, error=told.error)
    if told.remarks:
        return replace(job, remarks=(*job.remarks, *told.remarks))
    return replace(job, doing=told.doing, done=told.done, total=told.total, seconds=seconds)


def _ended(job: Job, code: int, *, cancelled: bool, closed: bool) -> Job:
    if code == 0:
        return replace(job, state="finished", doing="")
    if cancelled:
        return replace(job, state="cancelled")
    if closed or code == STOPPED:
        return replace(job, state="unfinished")
    fault = f"The evaluation ended by a fault of the program (exit code {code}); the server's log tells more."
    return replace(job, state="failed", error=job.error or fault)


def _close_input(process: subprocess.Popen[str] | None) -> None:
    if process and process.stdin and not process.stdin.closed:
        process.stdin.close()
