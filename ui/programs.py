"""What the app serves to programs beside its pages: the REST API at /api and the MCP server at /mcp.

Both look at the record through ui/open_record.py, and let as many questions pass at once as the pages do.

>>> # FastAPI(**for_programs(assistant, Turnstile(), hosts=["127.0.0.1", "localhost"]).arguments())
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.assistant import Assistant
from ui.page_context import CurrentUser, the_one_person
from ui.turnstile import Turnstile

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

__all__ = ["ForPrograms", "for_programs"]


@dataclass(frozen=True, slots=True)
class ForPrograms:
    """What the server that carries the pages has to be given; the routes come before the pages' own."""

    routes: list[BaseRoute]
    lifespan: Callable[[Any], AbstractAsyncContextManager[None]]

    def arguments(self, *further: BaseRoute) -> dict[str, Any]:
        """The arguments of FastAPI or Starlette, with `further` routes behind these."""
        return {"routes": [*self.routes, *further], "lifespan": self.lifespan}


def for_programs(
    assistant: Assistant,
    turnstile: Turnstile,
    *,
    hosts: Sequence[str],
    current_user: CurrentUser = the_one_person,
) -> ForPrograms:
    """The API and the MCP server over `assistant`.

    `hosts` are the names under which this machine may be called; `current_user` tells from a request
    who asks.
    """
    from starlette.routing import Mount

    from ui.api import build_api
    from ui.mcp_server import build_mcp, over_http

    mcp = over_http(build_mcp(assistant, turnstile, current_user), hosts)
    api = build_api(assistant, turnstile, current_user)

    @asynccontextmanager
    async def lifespan(_: object) -> AsyncIterator[None]:
        async with mcp.running():
            yield

    return ForPrograms([Mount("/api", app=api), *mcp.routes], lifespan)
