"""The page of sources: its frame in Gradio; what it shows and does goes through ui/source_routes.py."""

from __future__ import annotations

import gradio as gr

from ui.look import asset
from ui.page_context import PageContext
from ui.page_sources import sources_frame

__all__ = ["build_sources_page"]


def build_sources_page(context: PageContext) -> None:  # noqa: ARG001 - each page is built over the context
    """The page's frame; filled by sources.js, so that no text of a document goes through Gradio's templates."""
    gr.HTML(
        None, html_template=sources_frame(), elem_id="sources", apply_default_css=False, js_on_load=asset("sources.js")
    )
