"""What every answer of the server tells the browser to refuse: anything from elsewhere, and being framed elsewhere.

Our own pages run our scripts only; Gradio's need scripts in the page, so theirs are allowed to, but
may fetch nothing off this machine either.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["RefusingHeaders"]

STRICT = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'"
GRADIO = (
    "default-src 'self' data: blob:; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'"
)
ALWAYS = "; base-uri 'self'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"
OURS = ("/source/", "/look/", "/conversation/", "/sign-in")


class RefusingHeaders:
    """Adds the headers to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the response back with the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        policy = (STRICT if scope["path"].startswith(OURS) else GRADIO) + ALWAYS

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", policy)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "no-referrer")
            await send(message)

        await self._app(scope, receive, told)
