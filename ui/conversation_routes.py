"""Conversations as files to download, in the formats of ui/conversation_export.py; each user gets their own only.

>>> # conversation_routes(context)[0].path
'/conversation/{name}'
"""

from __future__ import annotations

from datetime import date
from pathlib import PurePath
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from corpus.errors import RapporteurError
from ui.conversation_blocks import ExportedConversation
from ui.conversation_export import FORMATS, exported_bytes
from ui.page_context import PageContext

__all__ = ["conversation_routes"]

MEDIA = {
    ".md": "text/markdown; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
}
TITLE = 60  # characters of a title that a file is named after


def conversation_routes(context: PageContext) -> list[BaseRoute]:
    """The address of each conversation as a file: its id and the ending of the format."""

    def download(request: Request) -> Response:
        name = PurePath(request.path_params["name"])
        if name.suffix not in FORMATS:
            return _told(f"Choose one of: {', '.join(FORMATS)}")
        user = context.current_user(request)
        try:
            conversation = context.desk.conversations.get(name.stem, user=user)
            kept = context.desk.conversations.exchanges(name.stem, user=user)
        except RapporteurError:
            return _told("This conversation is not among yours, or was deleted.")
        exported = ExportedConversation(conversation.title, date.today(), kept, context.index.catalog)
        title = "".join(letter if letter.isalnum() else " " for letter in conversation.title[:TITLE])
        file = "-".join(title.split()).lower() or "conversation"
        return Response(
            exported_bytes(exported, name.suffix),
            media_type=MEDIA[name.suffix],
            headers={
                "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file + name.suffix)}",
                "Cache-Control": "no-store",
            },
        )

    return [Route("/conversation/{name}", download)]


def _told(why: str) -> Response:
    return Response(why, status_code=404, media_type="text/plain")
