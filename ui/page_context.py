"""What every page of the app is built over: the assistant with its index, the desk, and who is asking.

One frozen object, made once by ui/app.py and handed to each `build_NAME_page(context)`. A handler asks
`context.current_user(request)` on every call; what a browser sends is never taken as a name.

>>> # PageContext(assistant, home, open_desk(home)).index.catalog.documents()
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from assistant.assistant import Assistant
from assistant.desk import Desk
from index.settings import Home
from index.store import Index
from ui.turnstile import Turnstile

__all__ = ["CurrentUser", "PageContext", "the_one_person"]

CurrentUser: TypeAlias = Callable[[Any], str]  # from a gradio or starlette request; "" for the one person


def the_one_person(request: Any) -> str:  # noqa: ANN401, ARG001 - gradio's request or starlette's
    """Who asks where there are no users: the one person at this machine, who needs no name."""
    return ""


@dataclass(frozen=True, slots=True)
class PageContext:
    """What the pages share."""

    assistant: Assistant
    home: Home
    desk: Desk
    current_user: CurrentUser = the_one_person
    turnstile: Turnstile = field(default_factory=Turnstile)  # each question passes it, whoever asks

    @property
    def index(self) -> Index:
        """The index that the assistant answers from."""
        return self.assistant.index
