"""The addresses for signing in and out, and what a page asks to know who is looking at it.

A session is a cookie that no script can read and no other site sends. Knows nothing of how passwords
are kept.

>>> # routes = users_routes(people, pages)
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ui.api_guard import error_response
from ui.users import Role
from ui.users_gate import COOKIE, SIGN_IN, client_address, is_from_elsewhere
from ui.users_page import sign_in_page
from ui.users_people import Everybody, People, WrongPassword
from ui.users_sessions import LASTS_S

__all__ = ["users_routes"]

PEOPLE = "/people"
LARGEST_FORM = 8192  # bytes


def users_routes(people: People | Everybody, pages: Mapping[str, Role]) -> list[BaseRoute]:
    """Sign in, sign out, and who is signed in with which of `pages`; where nobody signs in, only the last."""

    alone = [path for path in pages if path != PEOPLE]  # one person has nobody to keep

    async def nobody(_request: Request) -> Response:
        return JSONResponse({"name": "", "roles": [], "pages": alone}, headers=_never_kept())

    if isinstance(people, Everybody):
        return [Route("/who", nobody)]

    async def form(request: Request) -> Response:
        if not people.must_sign_in:
            return RedirectResponse("/", status_code=303)
        return HTMLResponse(sign_in_page(_place(request.query_params.get("next", "/"))), headers=_never_kept())

    async def sign_in(request: Request) -> Response:
        if is_from_elsewhere(request.scope):
            return error_response(403, "A page from elsewhere may not sign you in.")
        sent = await _form(request)
        if sent is None:
            return error_response(413, "This is no sign-in form.")
        wanted, name = _place(sent.get("next", "/")), sent.get("name", "")
        try:
            token = await run_in_threadpool(people.sign_in, name, sent.get("password", ""), client_address(request))
        except WrongPassword as error:
            page = sign_in_page(wanted, name=name[:60], problem=str(error))
            return HTMLResponse(page, status_code=401, headers=_never_kept())
        response = RedirectResponse(wanted, status_code=303, headers=_never_kept())
        secure = request.url.scheme == "https"
        response.set_cookie(
            COOKIE, token, max_age=int(LASTS_S), path="/", secure=secure, httponly=True, samesite="strict"
        )
        return response

    async def sign_out(request: Request) -> Response:
        people.sessions.end(request.cookies.get(COOKIE, ""))
        response = RedirectResponse(SIGN_IN, status_code=303, headers={**_never_kept(), "Clear-Site-Data": '"storage"'})
        response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
        return response

    async def who(request: Request) -> Response:
        user = people.user_of(request)
        seen = [path for path, role in pages.items() if user.may(role)] if user else alone
        told = {"name": user.name if user else "", "roles": sorted(user.roles) if user else [], "pages": seen}
        return JSONResponse(told, headers=_never_kept())

    return [
        Route(SIGN_IN, form),
        Route(SIGN_IN, sign_in, methods=["POST"]),
        Route("/sign-out", sign_out, methods=["POST"]),
        Route("/who", who),
    ]


async def _form(request: Request) -> dict[str, str] | None:
    """The fields of a small form, each once; None when it is none."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            return None
    try:
        fields = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=10)
    except ValueError:
        return None
    return {name: values[0] for name, values in fields.items()}


def _place(wanted: str) -> str:
    """A place of this app and nowhere else."""
    fits = wanted.startswith("/") and not wanted.startswith("//") and wanted.isprintable() and "\\" not in wanted
    return wanted if fits and not wanted.startswith(SIGN_IN) else "/"


def _never_kept() -> dict[str, str]:
    return {"Cache-Control": "no-store", "Referrer-Policy": "same-origin"}
