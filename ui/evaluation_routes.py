"""Runs and comparisons as files to download: the run as JSON, the report as a page, the questions as CSV.

A name is looked up among the kept runs; nothing is read from a path that a browser names.

>>> # evaluation_routes(context)[0].path
'/evaluation/run/{name}.{ending}'
"""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from corpus.errors import RapporteurError
from evals.kept_runs import suite_of
from evals.report_page import page
from evals.run_shelf import RunShelf
from ui.comparison_text import comparison_json
from ui.evaluation_access import evaluator
from ui.evaluation_csv import comparison_csv, run_csv
from ui.evaluation_place import EVALUATION, Place
from ui.page_context import PageContext

__all__ = ["evaluation_routes"]

MEDIA = {"html": "text/html; charset=utf-8", "csv": "text/csv; charset=utf-8", "json": "application/json"}


def evaluation_routes(context: PageContext) -> list[BaseRoute]:
    """The addresses of a run's files, and of a comparison's."""
    shelf = RunShelf(context.home.runs_folder)

    def of_run(request: Request) -> Response:
        name, ending = request.path_params["name"], request.path_params["ending"]
        return _answered(context, request, name, ending, lambda: _run_file(shelf, name, ending))

    def of_comparison(request: Request) -> Response:
        names, ending = Place.of(request.query_params).compare or ("", ""), request.path_params["ending"]
        file = f"{names[1]}-compared"
        return _answered(context, request, file, ending, lambda: _comparison_file(shelf, names, ending))

    return [
        Route(f"{EVALUATION}/run/{{name}}.{{ending}}", of_run),
        Route(f"{EVALUATION}/comparison.{{ending}}", of_comparison),
    ]


def _run_file(shelf: RunShelf, name: str, ending: str) -> bytes:
    kept = shelf.find(name)
    if ending == "json":
        return kept.file.read_bytes()
    suite = suite_of(kept.run)
    return (run_csv(kept.run, suite) if ending == "csv" else page(kept.run, suite)).encode()


def _comparison_file(shelf: RunShelf, names: tuple[str, str], ending: str) -> bytes:
    first, second = names
    comparison = shelf.compared(first, second)
    if ending == "json":
        return json.dumps(comparison_json(comparison, first, second), ensure_ascii=False, indent=1).encode()
    if ending == "csv":
        return comparison_csv(comparison).encode()
    return page(comparison.second, suite_of(comparison.second), comparison.first).encode()


def _answered(context: PageContext, request: Request, name: str, ending: str, made: Callable[[], bytes]) -> Response:
    if ending not in MEDIA:
        return _told(f"Choose one of: {', '.join(MEDIA)}")
    try:
        evaluator(context, request)
        content = made()
    except RapporteurError as error:
        return _told(str(error))
    return Response(
        content,
        media_type=MEDIA[ending],
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(f'{name}.{ending}', safe='')}",
            "Cache-Control": "no-store",
        },
    )


def _told(why: str) -> Response:
    return Response(why, status_code=404, media_type="text/plain")
