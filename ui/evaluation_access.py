"""Who may see and run evaluations: the one place that is asked, by every handler and every address of the page.

>>> # evaluator(context, request)
"""

from __future__ import annotations

from typing import Any

from ui.page_context import PageContext

__all__ = ["evaluator"]


def evaluator(context: PageContext, request: Any) -> str:  # noqa: ANN401 - gradio's request or starlette's
    """The user that asks; "" is the one person at this machine. Raises RapporteurError for who may not."""
    return context.current_user(request)
