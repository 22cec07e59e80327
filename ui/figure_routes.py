"""The addresses of the Figures page that are not Gradio's: what it shows for a question, and the table as CSV.

>>> # figure_routes(context)[0].path
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from corpus.errors import RapporteurError
from ui.answer_figures import KINDS
from ui.figure_rows import csv_text
from ui.figure_search import WantedFigures
from ui.figure_view import FigureShelf
from ui.markup import safe
from ui.page_context import PageContext
from ui.page_series import figures_page

__all__ = ["figure_routes"]

LONGEST = 300  # characters of an indicator or a place


def figure_routes(context: PageContext) -> Sequence[BaseRoute]:
    """/figures/view gives the page's content as HTML, /figures/table.csv the series it shows."""
    shelf = FigureShelf(context.index)

    async def view(request: Request) -> Response:
        context.current_user(request)
        try:
            shown = await run_in_threadpool(shelf.view, _wanted(request))
        except RapporteurError as error:
            return HTMLResponse(f'<p class="problem" role="alert">{safe(str(error))}</p>', status_code=503)
        return HTMLResponse(figures_page(shown))

    async def table(request: Request) -> Response:
        context.current_user(request)
        shown = await run_in_threadpool(shelf.view, _wanted(request))
        series = [(shown.series.indicator.name, shown.series.rows)] if shown.series else []
        name = re.sub(r"[^a-z0-9]+", "-", (series[0][0] if series else "figures").lower()).strip("-")[:60]
        headers = {"Content-Disposition": f'attachment; filename="{name or "figures"}.csv"'}
        return Response(csv_text(series).encode(), media_type="text/csv; charset=utf-8", headers=headers)

    return [Route("/figures/view", view), Route("/figures/table.csv", table)]


def _wanted(request: Request) -> WantedFigures:
    """What the address asks for, nothing of it trusted."""
    query = request.query_params
    kind = query.get("kind", "")
    return WantedFigures(
        " ".join(query.get("indicator", "").split())[:LONGEST],
        " ".join(query.get("scope", "").split())[:LONGEST],
        kind if kind in KINDS else "",
    )
