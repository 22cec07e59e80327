"""An answer as it comes, as lines of JSON over HTTP (application/x-ndjson).

The answer is made at its own pace in a thread and its lines wait here for the client, so that a slow
client holds up nobody; when the client goes away, the making ends at the next step.
Knows nothing of what the lines say.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from threading import Event

from starlette.responses import StreamingResponse

from corpus.errors import RapporteurError
from ui.program_lines import StepLine
from ui.turnstile import Turnstile

__all__ = ["NDJSON", "streamed"]

NDJSON = "application/x-ndjson"


async def streamed(steps: Callable[[], Iterator[StepLine]], turnstile: Turnstile) -> StreamingResponse:
    """The response that sends `steps` as they come; what goes wrong before the first step is raised."""
    loop = asyncio.get_running_loop()
    waiting: asyncio.Queue[StepLine | None] = asyncio.Queue()
    gone = Event()

    def make() -> None:
        for step in steps():
            loop.call_soon_threadsafe(waiting.put_nowait, step)
            if gone.is_set():
                return

    making = asyncio.create_task(turnstile.run(make))
    making.add_done_callback(lambda _: waiting.put_nowait(None))
    first = await waiting.get()
    if first is None:
        await making  # raises what went wrong
        raise AssertionError("an answer has at least one step")
    return StreamingResponse(_lines(first, waiting, making, gone), media_type=NDJSON)


async def _lines(
    first: StepLine, waiting: asyncio.Queue[StepLine | None], making: asyncio.Task[None], gone: Event
) -> AsyncIterator[str]:
    step: StepLine | None = first
    try:
        while step is not None:
            yield _line(step)
            step = await waiting.get()
        fault = making.exception()
        if isinstance(fault, RapporteurError):
            yield _line(StepLine(error=str(fault)))
        elif fault is not None:
            yield _line(StepLine(error="A fault of the program; its log says more."))
            raise fault
    finally:
        gone.set()


def _line(step: StepLine) -> str:
    return step.model_dump_json(exclude_unset=True) + "\n"
