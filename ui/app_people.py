"""The page where an admin keeps the users; what it shows and does is in ui/people_routes.py."""

from __future__ import annotations

import gradio as gr

from ui.look import asset
from ui.page_context import PageContext

__all__ = ["build_people_page"]

# Filled by people.js: no name of a user goes through Gradio's templates.
PAGE = (
    '<div class="people"><h1>People</h1><p class="told" role="status"></p>'
    '<p class="problem" role="alert" hidden></p><div class="list"></div></div>'
)


def build_people_page(context: PageContext) -> None:  # noqa: ARG001 - as every page is built
    """The page, which fetches the users when it is opened."""
    gr.HTML(None, html_template=PAGE, elem_id="people", apply_default_css=False, js_on_load=asset("people.js"))
