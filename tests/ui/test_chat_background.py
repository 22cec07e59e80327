"""Steps that are taken in a thread of their own."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from ui.chat_background import BackgroundSteps


def test_steps_come_in_their_order() -> None:
    """All of them, as from the iterator itself."""
    assert list(BackgroundSteps(iter(range(100)))) == list(range(100))


def test_an_error_is_raised_where_the_steps_are_waited_for() -> None:
    """After the steps before it."""

    def failing() -> Iterator[int]:
        yield 1
        raise ValueError("no more")

    steps = iter(BackgroundSteps(failing()))
    assert next(steps) == 1
    with pytest.raises(ValueError, match="no more"):
        next(steps)


def test_work_that_is_stopped_ends_after_its_step() -> None:
    """The step it is in is finished, the next is not begun, and the iterator is closed."""
    began, go_on, closed = threading.Event(), threading.Event(), threading.Event()
    taken = []

    def working() -> Iterator[int]:
        try:
            for number in range(10):
                began.set()
                go_on.wait(30)
                taken.append(number)
                yield number
        finally:
            closed.set()

    steps = BackgroundSteps(working())
    began.wait(30)
    steps.stop()
    go_on.set()
    steps.wait(30)
    assert taken == [0]
    assert closed.wait(30)
    assert list(steps) == []
