"""Gradients from several single-threaded processes, taken as they come.

Two threads of one process wait for each other at every operation, which on a
machine that others use too halves the speed and more. Here each process computes
the gradient of a whole batch on its own copy of the weights, and the main process
applies it when it arrives; a gradient is at most a step or two old then
(asynchronous stochastic gradient descent).

Knows nothing about data files or schedules.
"""

from __future__ import annotations

import queue
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.multiprocessing as multiprocessing
from torch import Tensor, nn

from evals.training.model import Batch, ReaderModel, Scores, loss_of

PARTS = ("total", "passage", "group", "relevance", "listwise")


@dataclass(frozen=True, slots=True)
class Finished:
    """A gradient that lies ready in the buffer of a worker."""

    worker: int
    pairs: int
    losses: dict[str, float]
    seconds: float


def lay_flat(parameters: Iterable[nn.Parameter], flat: Tensor, gradients: Tensor) -> None:
    """Make parameters and their gradients views of two flat tensors; values are kept nowhere."""
    at = 0
    for parameter in parameters:
        size = parameter.numel()
        parameter.data = flat[at : at + size].view(parameter.shape)
        parameter.grad = gradients[at : at + size].view(parameter.shape)
        at += size


def _shared(values: Tensor) -> Tensor:
    shared: Tensor = values.share_memory_()  # type: ignore[no-untyped-call]
    return shared


class GradientWorkers:
    """Processes that turn batches into gradients of a model."""

    def __init__(self, model: ReaderModel, encoder_folder: Path, count: int) -> None:
        """Start the processes; the model's weights move to shared memory."""
        context = multiprocessing.get_context("spawn")
        values = torch.cat([parameter.data.reshape(-1) for parameter in model.parameters()])
        self._model = model
        self._weights = _shared(values)
        self._gradients = [_shared(torch.zeros_like(values)) for _ in range(count)]
        lay_flat(model.parameters(), self._weights, self._gradients[0])
        self._lock = context.Lock()
        self._tasks = context.Queue()
        self._finished = context.Queue()
        self._applied = [context.Event() for _ in range(count)]
        self._processes = [
            context.Process(
                target=_work,
                args=(
                    at,
                    str(encoder_folder),
                    self._weights,
                    self._gradients[at],
                    self._lock,
                    self._tasks,
                    self._finished,
                    self._applied[at],
                ),
                daemon=True,
            )
            for at in range(count)
        ]
        for process in self._processes:
            process.start()

    def submit(self, batch: Batch) -> None:
        """Give a batch to the first free process."""
        fields = {name: getattr(batch, name).numpy() for name in Batch.__dataclass_fields__}
        self._tasks.put(fields)

    def next_finished(self) -> Finished:
        """Wait for a gradient."""
        while True:
            try:
                finished: Finished = self._finished.get(timeout=30)
            except queue.Empty:
                dead = [process.pid for process in self._processes if not process.is_alive()]
                if dead:
                    raise RuntimeError(f"a training process ended by itself: {dead}") from None
                continue
            return finished

    def apply(self, finished: Finished, optimizer: torch.optim.Optimizer, clip: float) -> None:
        """Take one step with a gradient and let its process go on."""
        lay_flat(self._model.parameters(), self._weights, self._gradients[finished.worker])
        torch.nn.utils.clip_grad_norm_(self._model.parameters(), clip)
        with self._lock:
            optimizer.step()
        self._applied[finished.worker].set()

    def close(self) -> None:
        """End the processes; batches that none has taken are dropped."""
        self._tasks.cancel_join_thread()
        for process in self._processes:
            process.terminate()
            process.join()


def _work(
    at: int,
    encoder_folder: str,
    weights: Tensor,
    gradients: Tensor,
    lock: Any,  # noqa: ANN401  the kinds of multiprocessing's spawn context have no public names
    tasks: Any,  # noqa: ANN401
    finished: Any,  # noqa: ANN401
    applied: Any,  # noqa: ANN401
) -> None:
    import time

    torch.set_num_threads(1)
    model = ReaderModel.from_pretrained(Path(encoder_folder), attention="lean")
    model.train()
    own = torch.empty_like(weights)
    parent = multiprocessing.parent_process()
    lay_flat(model.parameters(), own, gradients)
    while True:
        try:
            fields = tasks.get(timeout=20)
        except queue.Empty:
            if parent is not None and not parent.is_alive():
                return
            continue
        started = time.monotonic()
        batch = Batch(**{name: torch.from_numpy(value) for name, value in fields.items()})
        with lock:
            own.copy_(weights)
        gradients.zero_()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            start, end, relevance = model(batch.ids, batch.types, batch.mask)
        losses = loss_of(Scores(start, end, relevance), batch)
        losses.total.backward()  # type: ignore[no-untyped-call]
        parts = {name: float(getattr(losses, name).detach()) for name in PARTS}
        applied.clear()
        finished.put(Finished(at, len(batch.ids), parts, time.monotonic() - started))
        while not applied.wait(timeout=20):
            if parent is not None and not parent.is_alive():
                return
