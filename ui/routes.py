"""The addresses that are ours rather than Gradio's: the start, a document, our own styles and scripts.

They come before Gradio's, so that nothing it adds can take their place. Every one checks what it is
given: a document is found by its id in the catalog, nothing is read from a path that a browser names.

>>> # own_routes(context, links)[0].path
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import PurePath

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from corpus.document import Span
from ui.look import asset, mark
from ui.page_context import PageContext
from ui.page_document import document_view
from ui.page_frame import NavigationLink, plain_page

__all__ = ["own_routes"]

LOOK = ("icon.svg", "page.css", "place.js", "scheme.js")  # what /look/ gives out beside the styles of pages
MEDIA = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
GONE = (
    '<article class="document"><h1>Not in the record</h1>'
    '<p class="notice">No document has this address. It may have been removed.</p></article>'
)


def own_routes(context: PageContext, links: Sequence[NavigationLink], styles: Sequence[str] = ()) -> list[BaseRoute]:
    """The start leads to the first page; /source/ gives a document by its id, /look/ our styles and scripts."""

    def start(request: Request) -> Response:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(links[0].address + query, status_code=307)

    def source(request: Request) -> Response:
        context.current_user(request)
        context.index.refresh()
        document = context.index.catalog.document(request.path_params["document_id"])
        if document is None:
            return HTMLResponse(plain_page("Not in the record", GONE, links), status_code=404)
        span = _span(request, len(document.text))
        asked = "start" in request.query_params or "end" in request.query_params
        notice = "" if span or not asked else "The place asked for is not in this document; it is shown from its start."
        shown = document_view(document, [span] if span else [], today=date.today(), notice=notice)
        return HTMLResponse(plain_page(document.title or document.name, shown, links, script="place.js"))

    def look(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in given_out:
            return Response("There is no such file.", status_code=404, media_type="text/plain")
        # An address with the content's mark never changes what it gives, so that a page change fetches nothing again.
        kept = "public, max-age=31536000, immutable" if request.query_params.get("v") == mark(name) else "no-cache"
        return Response(asset(name), media_type=MEDIA[PurePath(name).suffix], headers={"Cache-Control": kept})

    given_out = {*LOOK, *styles}
    return [
        Route("/", start, methods=["GET", "HEAD"]),
        Route("/source/{document_id}", source),
        Route("/look/{name}", look),
    ]


def _span(request: Request, length: int) -> Span | None:
    """The place that a browser names, or None when it is none of a text of `length` characters."""
    try:
        start, end = int(request.query_params["start"]), int(request.query_params["end"])
    except (KeyError, ValueError):
        return None
    return Span(start, end) if 0 <= start < end <= length else None
