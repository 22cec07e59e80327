"""The page of figures: its frame in Gradio; what it shows comes from ui/figure_routes.py.

Its links and its search are addresses, so that each series can be sent to somebody and found again.
"""

from __future__ import annotations

import gradio as gr

from ui.look import asset
from ui.page_context import PageContext

__all__ = ["build_figures_page"]

# Filled by figures.js: no text of a document goes through Gradio's templates.
VIEW = (
    '<h1 class="page-title">Figures</h1>'
    '<div id="figures-view" aria-live="polite"><p class="loading">Reading the figures …</p></div>'
)


def build_figures_page(context: PageContext) -> None:  # noqa: ARG001 - each page is built over the context
    """The page's frame."""
    gr.HTML(None, html_template=VIEW, elem_id="figures", apply_default_css=False, js_on_load=asset("figures.js"))
