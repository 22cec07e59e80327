"""Who may call the REST API from a browser, and how much a request may hold.

A page from elsewhere must not read the record through the browser of somebody at this machine: a request
that says it comes from another origin is refused, whatever it asks for (W3C Fetch Metadata; the Origin
header, RFC 6454). A program sends neither header. Knows nothing of the record.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["LARGEST_BODY", "Guard", "error_response"]

LARGEST_BODY = 1024 * 1024  # bytes: the longest history in the widest script, with room
PROTECTING = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",  # a document is text, whatever it looks like
    "X-Frame-Options": "DENY",
}


def error_response(status: int, reason: str, headers: Mapping[str, str] | None = None) -> Response:
    """An error as every part of the API tells it: one line of JSON."""
    content = json.dumps({"error": reason}, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return Response(content, status_code=status, media_type="application/json", headers=headers)


class Guard:
    """ASGI middleware: refuses other origins and requests that are too large, and protects what is sent."""

    def __init__(self, app: ASGIApp, largest_body: int = LARGEST_BODY) -> None:
        self._app = app
        self._largest_body = largest_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        declared = headers.get("content-length", "")

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(PROTECTING)
            await send(message)

        if _is_from_elsewhere(headers):
            refusal = error_response(403, "A page from elsewhere may not read the record. Ask from a program instead.")
            await refusal(scope, receive, protected)
        elif declared.isdigit() and int(declared) > self._largest_body:
            await error_response(413, self._too_large())(scope, receive, protected)
        else:
            await self._app(scope, self._counted(receive), protected)

    def _counted(self, receive: Receive) -> Receive:
        """`receive`, ending in an error once more has come than a request may hold: a length need not be declared."""
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._largest_body:
                raise HTTPException(413, self._too_large())
            return message

        return counted

    def _too_large(self) -> str:
        return f"The request is too large; at most {self._largest_body:,} bytes are read. Ask for one thing at a time."


def _is_from_elsewhere(headers: Headers) -> bool:
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != headers.get("host", ""):
        return True
    opened = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return headers.get("sec-fetch-site", "none") not in {"none", "same-origin"} and not opened
