"""What a user may do: the one place that decides it, asked by every handler that changes the record.

A browser's request counts only when it comes from a page of this app: another site cannot set the header.

>>> # user = check_may_change_record(context, request)
"""

from __future__ import annotations

from typing import Any

from ui.page_context import PageContext
from ui.users import NotAllowed, Role

__all__ = ["OWN_PAGE", "NotAllowed", "check_may_change_record", "may_change_record"]

OWN_PAGE = "x-rapporteur-page"  # header that our own scripts send


def may_change_record(context: PageContext, request: Any) -> bool:  # noqa: ANN401 - gradio's request or starlette's
    """Whether who asks may add documents and remove them: an admin, or the one person of this machine."""
    return context.people.may(request, Role.ADMIN)


def check_may_change_record(context: PageContext, request: Any) -> str:  # noqa: ANN401 - gradio's request or starlette's
    """The name of the user who asks. Raises NotAllowed when they may not change the record, or not from there."""
    headers = request.headers
    if headers.get(OWN_PAGE) is None or headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise NotAllowed("The record is changed from its own pages only. Open the Sources page.")
    user = context.current_user(request)
    if not may_change_record(context, request):
        raise NotAllowed("You may read the record, not change it. Ask whoever looks after it to add or remove this.")
    return user
