"""The gate: every request passes it, whatever it is for, before anything else of the app sees it.

It tells from the session's cookie, or from the name and password that a program sends, who a request
is from, and writes that where no browser can. Without it nothing but the sign-in page and our styles
is given out: no page, no queue, no file, no document, no API, no MCP. A page is given only to those
who have its role; its handlers check again.

>>> # Middleware(Gate, people=people, pages={"/review": Role.REVIEWER})
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from corpus.errors import RapporteurError
from ui.api_guard import error_response
from ui.users import NotSignedIn, Role, User
from ui.users_page import not_allowed_page
from ui.users_people import SCOPE_KEY, People

__all__ = ["COOKIE", "SIGN_IN", "Gate", "client_address", "is_from_elsewhere"]

COOKIE = "rapporteur_session"
SIGN_IN = "/sign-in"
# What needs nobody: the sign-in page, our styles, and the call by which gradio sees that it has started.
OPEN = (SIGN_IN, "/gradio_api/startup-events")
OPEN_FOLDERS = ("/look/",)
FOR_PROGRAMS = ("/api", "/mcp")
SAFE = {"GET", "HEAD", "OPTIONS"}


class Gate:
    """ASGI middleware; `pages` are the addresses that need a role."""

    def __init__(self, app: ASGIApp, people: People, pages: Mapping[str, Role]) -> None:
        self._app = app
        self._people = people
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        scope.pop(SCOPE_KEY, None)
        path = scope["path"]
        if not self._people.must_sign_in or path in OPEN or path.startswith(OPEN_FOLDERS):
            await self._app(scope, receive, send)
            return
        refusal: Response | None = None
        try:
            user = await run_in_threadpool(self._user, HTTPConnection(scope))
        except RapporteurError as error:
            user, refusal = None, error_response(401, str(error))
        if user is None:
            refusal = refusal or self._not_signed_in(scope)
        elif is_from_elsewhere(scope):
            refusal = error_response(403, "A page from elsewhere may not act for you here.")
        elif not user.may(role := self._role(path)):
            refusal = HTMLResponse(not_allowed_page(user, role), status_code=403)
        if refusal is None:
            scope[SCOPE_KEY] = user
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await refusal(scope, receive, send)

    def _role(self, path: str) -> Role:
        """Whom an address is for: those below a page are as the page."""
        return self._pages.get("/" + path.lstrip("/").partition("/")[0], Role.STAFF)

    def _user(self, connection: HTTPConnection) -> User | None:
        """Who it is from, by cookie or, from a program, by name and password."""
        user = self._people.signed_in(connection.cookies.get(COOKIE, ""))
        if user is not None or not _is_for_programs(connection.url.path):
            return user
        sent = _basic(connection.headers.get("authorization", ""))
        return self._people.program(*sent, client_address(connection)) if sent else None

    def _not_signed_in(self, scope: Scope) -> Response:
        headers = Headers(scope=scope)
        wants_page = "text/html" in headers.get("accept", "") and scope.get("method") == "GET"
        if scope["type"] == "websocket" or not wants_page or _is_for_programs(scope["path"]):
            return error_response(401, str(NotSignedIn()))
        asked = Request(scope).url
        wanted = asked.path + (f"?{asked.query}" if asked.query else "")
        return RedirectResponse(f"{SIGN_IN}?next={quote(wanted, safe='/')}", status_code=303)


def client_address(connection: HTTPConnection) -> str:
    """Where a request comes from, as far as this server sees."""
    return connection.client.host if connection.client else ""


def is_from_elsewhere(scope: Scope) -> bool:
    """Whether a page of another origin sent what changes something; a browser says so, a program does not.

    The cookie is not sent with those of other sites; other ports of this machine are the same site.
    """
    headers = Headers(scope=scope)
    if headers.get("sec-fetch-site", "none") not in {"none", "same-origin"} and scope.get("method") not in SAFE:
        return True
    origin = headers.get("origin")
    if origin is None or (scope.get("method", "GET") in SAFE and scope["type"] == "http"):
        return False
    return urlsplit(origin).netloc != headers.get("host", "")


def _is_for_programs(path: str) -> bool:
    return any(path == prefix or path.startswith(f"{prefix}/") for prefix in FOR_PROGRAMS)


def _basic(header: str) -> tuple[str, str] | None:
    """Name and password of an Authorization header (RFC 7617)."""
    scheme, _, coded = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, found, password = base64.b64decode(coded.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (name, password) if found else None
