"""The addresses that are ours rather than Gradio's: the start, our own styles and scripts.

They come before Gradio's, so that nothing it adds can take their place. Every one checks what it is
given: nothing is read from a path that a browser names.

>>> # routes(context, links)[0].path
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ui.page_frame import NavigationLink

__all__ = ["asset", "own_routes"]

# What /look/ gives out, and as what; a name that is not here does not exist.
LOOK = {
    "icon.svg": "image/svg+xml",
    "page.css": "text/css",
    "scheme.js": "text/javascript",
}


def asset(name: str) -> str:
    """A style or script of this package."""
    return files("ui").joinpath(name).read_text(encoding="utf-8")


def own_routes(links: Sequence[NavigationLink]) -> list[BaseRoute]:
    """The start leads to the first page; /look/ gives our styles and scripts."""

    def start(request: Request) -> Response:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(links[0].address + query, status_code=307)

    return [Route("/", start, methods=["GET", "HEAD"]), Route("/look/{name}", _look)]


def _look(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in LOOK:
        return Response("There is no such file.", status_code=404, media_type="text/plain")
    return Response(asset(name), media_type=LOOK[name], headers={"Cache-Control": "no-cache"})
