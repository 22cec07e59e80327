"""What every page of the app is built over: the assistant with its index, the desk, and who is asking.

One frozen object, made once by ui/app.py and handed to each `build_NAME_page(context)`. A handler asks
`context.current_user(request)` on every call, which also holds that the user has the role of the page;
what a browser sends is never taken as a name.

>>> # PageContext(assistant, home, open_desk(home)).index.catalog.documents()
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeAlias

from assistant.assistant import Assistant
from assistant.desk import Desk
from index.settings import Home
from index.store import Index
from ui.turnstile import Turnstile
from ui.users import Role
from ui.users_people import Everybody, People

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
    people: People | Everybody = field(default_factory=Everybody)

    def among(self, people: People) -> PageContext:
        """The same for the users of `people`, who sign in."""
        return replace(self, people=people, current_user=people.name_of)

    def for_role(self, role: Role) -> PageContext:
        """The same for a page that is for one role: who asks is told only where they have it."""
        if isinstance(self.people, Everybody):
            return self
        return replace(self, current_user=partial(_required, self.people, role))

    @property
    def index(self) -> Index:
        """The index that the assistant answers from."""
        return self.assistant.index


def _required(people: People, role: Role, request: Any) -> str:  # noqa: ANN401
    return people.require(request, role)
