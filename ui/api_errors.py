"""How the REST API tells what went wrong: one line, {"error": …}, with a fitting status, and never a traceback.

Knows nothing of the record. One of the two files that import fastapi.

>>> # for kind, told in ERRORS.items(): api.add_exception_handler(kind, told)
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from corpus.errors import IndexFault, InputError, RapporteurError, UnknownDocument
from ui.api_guard import error_response
from ui.turnstile import Busy

__all__ = ["ERRORS"]

# The status for each kind of error, the special before the general.
STATUS: tuple[tuple[type[RapporteurError], int], ...] = (
    (UnknownDocument, 404),
    (InputError, 400),
    (Busy, 503),
    (IndexFault, 503),
    (RapporteurError, 500),
)


async def _refused(_request: Request, error: RapporteurError) -> Response:
    status = next(status for kind, status in STATUS if isinstance(error, kind))
    return error_response(status, str(error), {"Retry-After": "1"} if isinstance(error, Busy) else None)


async def _unusable(_request: Request, error: RequestValidationError) -> Response:
    first = error.errors()[0]
    if first["type"] == "json_invalid" or first["loc"] == ("body",):
        return error_response(422, "Send one JSON object, with the header Content-Type: application/json.")
    field = ".".join(str(part) for part in first["loc"][1:])
    return error_response(422, f"{field}: {first['msg']}")


async def _http_error(request: Request, error: HTTPException) -> Response:
    path = request.url.path
    reasons = {
        404: f"There is no {path}. See what there is at {request.scope.get('root_path', '')}/docs",
        405: f"{path} does not take {request.method}.",
    }
    return error_response(error.status_code, reasons.get(error.status_code, str(error.detail)), error.headers)


async def _fault(_request: Request, _error: Exception) -> Response:
    # Starlette raises it again behind this answer, so that the server's log has the traceback.
    return error_response(500, "A fault of the program; its log says more.")


ERRORS: Mapping[type[Exception], Callable[[Request, Any], Awaitable[Response]]] = {
    RapporteurError: _refused,
    RequestValidationError: _unusable,
    HTTPException: _http_error,
    Exception: _fault,
}
