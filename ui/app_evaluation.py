"""The Evaluation page: suites are run in the background, runs are read, compared and judged.

It only joins Gradio's events to ui/evaluation_views.py and evals/jobs.py. What the browser sends are
names and ids, which are looked up there; every handler asks who the evaluator is. The page's state is
its address; a job's state is on disk.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

import gradio as gr

from corpus.errors import RapporteurError
from evals.job import Order
from evals.jobs import Jobs
from ui.evaluation_access import evaluator
from ui.evaluation_place import Place
from ui.evaluation_views import EvaluationViews
from ui.look import asset
from ui.markup import safe
from ui.page_context import PageContext

__all__ = ["build_evaluation_page"]

# Filled by evaluation.js from patches: no text of a run goes through Gradio's templates.
VIEW = '<div class="evaluation" tabindex="-1"><h1>Evaluation</h1><p class="soft">Reading the runs …</p></div>'
FAULT = "Something went wrong in the program. Open the page anew; if it stays so, see the server's log."
SYSTEMS_MOST = 20
_serial = itertools.count(1)  # so that no patch looks like the one before it
Patch = dict[str, Any]
Act = Callable[[EvaluationViews, str, Mapping[str, Any]], Patch]


def build_evaluation_page(context: PageContext) -> None:
    """The page over the runs of the home, with its background jobs."""
    views = EvaluationViews(context.home, Jobs(context.home, context.index.settings), context.index)
    page = gr.HTML(
        None, html_template=VIEW, elem_id="evaluation", apply_default_css=False, js_on_load=asset("evaluation.js")
    )
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

    def handled(act: Act) -> Callable[..., Patch]:
        def handler(event: gr.EventData, request: gr.Request) -> Patch:
            sent = event._data if isinstance(event._data, Mapping) else {}
            return _answered(context, request, lambda user: act(views, user, sent))

        return handler

    seeing: dict[str, Any] = {"concurrency_limit": 2, "concurrency_id": "evaluation"}
    acting: dict[str, Any] = {"concurrency_limit": 4, "concurrency_id": "evaluate"}
    events = [
        page.start(handled(_started), None, page, **acting, **quiet),
        page.cancel(handled(_cancelled), None, page, **acting, **quiet),
        page.go_on(handled(_gone_on), None, page, **acting, **quiet),
        page.forget(handled(_forgotten), None, page, **acting, **quiet),
        page.upload(handled(_uploaded), None, page, **acting, **quiet),
        page.charts(handled(_drawn), None, page, **seeing, **quiet),
        page.go(handled(_gone), None, page, trigger_mode="always_last", **seeing, **quiet),
    ]
    page.look(handled(_looked), None, page, queue=False, **quiet)

    def open_page(request: gr.Request) -> Patch:
        """The place that the address names."""
        return _answered(context, request, lambda _user: _page(views, dict(request.query_params)))

    events.append(gr.on(None, open_page, None, page, **seeing, **quiet))
    for event in events:
        event.failure(lambda: _patch(problem=FAULT), None, page, **quiet)


def _answered(context: PageContext, request: gr.Request, act: Callable[[str], Patch]) -> Patch:
    """What `act` makes for the evaluator that asks; what can be mended is told on the page."""
    try:
        user = evaluator(context, request)
    except RapporteurError as error:
        return _told_instead("Evaluation", error)
    try:
        return act(user)
    except RapporteurError as error:
        return _patch(problem=str(error))


def _page(views: EvaluationViews, parameters: Mapping[str, Any]) -> Patch:
    place = Place.of(parameters)
    try:
        view = views.shown(place)
    except RapporteurError as error:
        return _told_instead("Not found", error, '<p><a href="/evaluation">All runs</a></p>')
    return _patch(page=view.html, title=f"{view.title} · Rapporteur", busy=views.jobs.busy)


def _told_instead(title: str, error: RapporteurError, way_on: str = "") -> Patch:
    told = f'<h1>{title}</h1><p class="problem" role="alert">{safe(str(error))}</p>{way_on}'
    return _patch(page=told, title=f"{title} · Rapporteur", busy=False)


def _gone(views: EvaluationViews, _user: str, sent: Mapping[str, Any]) -> Patch:
    return _page(views, dict(parse_qsl(_text(sent, "query").removeprefix("?"))))


def _started(views: EvaluationViews, user: str, sent: Mapping[str, Any]) -> Patch:
    group, _, suite = _text(sent, "suite").partition(":")
    systems = sent.get("systems")
    named = [str(name) for name in systems[:SYSTEMS_MOST]] if isinstance(systems, list) else []
    views.jobs.add(Order(suite, tuple(dict.fromkeys(named)), own=group == "own"), user)
    return _parts(views)


def _cancelled(views: EvaluationViews, _user: str, sent: Mapping[str, Any]) -> Patch:
    views.jobs.cancel(_text(sent, "job"))
    return _parts(views)


def _gone_on(views: EvaluationViews, _user: str, sent: Mapping[str, Any]) -> Patch:
    views.jobs.go_on(_text(sent, "job"))
    return _parts(views)


def _forgotten(views: EvaluationViews, _user: str, sent: Mapping[str, Any]) -> Patch:
    views.jobs.forget(_text(sent, "job"))
    return _parts(views)


def _uploaded(views: EvaluationViews, _user: str, sent: Mapping[str, Any]) -> Patch:
    """Keep a gold file whose text the browser has read."""
    try:
        suite, told = views.kept_gold(_text(sent, "name"), str(sent.get("text", "")).encode())
    except RapporteurError as error:
        return _patch(parts={"form": views.form(problem=str(error))})
    return _patch(parts={"form": views.form(told=told)}, chosen=f"own:{suite}")


def _drawn(views: EvaluationViews, _user: str, sent: Mapping[str, Any]) -> Patch:
    return _patch(parts={"charts": views.charts(_text(sent, "run"))})


def _looked(views: EvaluationViews, _user: str, sent: Mapping[str, Any]) -> Patch:
    """What has changed since the browser looked the last time."""
    patch = _parts(views)
    if patch["mark"] == sent.get("mark"):
        return {"serial": patch["serial"], "busy": patch["busy"]}
    return patch


def _parts(views: EvaluationViews) -> Patch:
    parts = {"jobs": views.job_part(), "runs": views.run_part()}
    mark = hashlib.sha256("".join(parts.values()).encode()).hexdigest()[:16]
    return _patch(parts=parts, busy=views.jobs.busy, mark=mark)


def _patch(**fields: Any) -> Patch:  # noqa: ANN401 - JSON
    return {"serial": next(_serial), **fields}


def _text(sent: Mapping[str, Any], name: str) -> str:
    value = sent.get(name)
    return value[:1000] if isinstance(value, str) else ""
