"""The Review page: each statement beside its passage, judged by keyboard, the next one coming by itself.

It only joins Gradio's events to ui/reviewing.py and ui/review_gold.py. What the browser sends is looked
at there; every handler asks who the reviewer is. The page's state is its address.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

import gradio as gr

from corpus.errors import RapporteurError
from ui.look import asset
from ui.page_context import PageContext
from ui.review_gold import made_gold
from ui.reviewing import ReviewPatch, found_elsewhere, judged, looked_at, opened, put_in, stepped

__all__ = ["build_review_page"]

# Filled by review.js from patches: no text of a document goes through Gradio's templates.
PAGE = """<div class="review"><div class="review-head"><h1>Review</h1><div class="top"></div></div>
<p class="told" role="status" aria-live="polite"></p><p class="problem" role="alert" hidden></p>
<div class="columns"><section class="item" aria-label="Statement"></section>
<section class="beside" aria-label="Source"><form class="elsewhere" role="search"><label><span class="visually-hidden">
Look elsewhere in the record</span><input type="search" name="words" maxlength="500"
placeholder="Look elsewhere in the record (f)"></label></form><div class="source"></div></section></div>
<aside class="keys" aria-label="Keys"><kbd>1</kbd>–<kbd>4</kbd> verdict <kbd>j</kbd> next <kbd>k</kbd> back
<kbd>u</kbd> judge the last again <kbd>c</kbd> cause <kbd>n</kbd> note <kbd>s</kbd> choose words <kbd>f</kbd> find
<kbd>w</kbd> whole document <kbd>g</kbd> gold <kbd>Esc</kbd> leave a field</aside></div>"""
_serial = itertools.count(1)  # so that no patch looks like the one before it
Act = Callable[[PageContext, str, Mapping[str, object]], ReviewPatch]


def build_review_page(context: PageContext) -> None:
    """The page over the desk and the record of `context`."""
    page = gr.HTML(
        None,
        html_template=PAGE,
        elem_id="review",
        apply_default_css=False,
        js_on_load="\n".join(asset(name) for name in ("review.js", "review_choice.js")),
    )
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": None}
    acts: list[tuple[Any, Act]] = [
        (page.open, opened),
        (page.next, partial(stepped, back=False)),
        (page.back, partial(stepped, back=True)),
        (page.judge, judged),
        (page.look, partial(looked_at, whole=False)),
        (page.whole, partial(looked_at, whole=True)),
        (page.find, lambda context, _user, sent: found_elsewhere(context, sent)),
        (page.gold, made_gold),
        (page.put, put_in),
    ]
    for event, act in acts:
        event(_handler(context, act), None, [page], **quiet)

    def open_page(request: gr.Request) -> dict[str, Any]:
        """The statement that the address names, else the first of the queue."""
        return _done(context, opened, request, dict(request.query_params))

    gr.on(None, open_page, None, [page], **quiet)


def _handler(context: PageContext, act: Act) -> Callable[[gr.EventData, gr.Request], dict[str, Any]]:
    def handle(event: gr.EventData, request: gr.Request) -> dict[str, Any]:
        sent = event._data if isinstance(event._data, dict) else {}
        return _done(context, act, request, sent)

    return handle


def _done(context: PageContext, act: Act, request: gr.Request, sent: Mapping[str, object]) -> dict[str, Any]:
    """What an act gives, as review.js reads it; what the reviewer can mend is told on the page."""
    try:
        patch = asdict(act(context, context.current_user(request), sent))
    except RapporteurError as error:
        patch = {"problem": str(error)}
    return {"serial": next(_serial), **patch}
