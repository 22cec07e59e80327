"""The addresses of the Sources page: its list, the files that are given, and what is done with either.

Bytes of a file come as the body of a request and go straight into the home's uploads folder, never
through Gradio, whose cache everybody can read. Every address checks who asks (ui/rights.py) and what
it is given.

>>> # source_routes(context)[0].path
"""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from corpus.errors import InputError, RapporteurError
from corpus.reading import FILE_BYTES_MAX
from index.intake import Intake
from index.uploads import Uploads, UploadState
from ui.page_context import PageContext
from ui.page_sources import FINISHED, given_files, megabytes, sources_table
from ui.rights import NotAllowed, check_may_change_record, may_change_record
from ui.source_list import COLUMNS, FileStates, SourcesWanted, source_list

__all__ = ["source_routes"]

LONGEST = 200  # characters of a search
LARGEST_ACT = 4096  # bytes
WAITING_MOST = 500  # files that wait to be read
Handler = Callable[[Request], Awaitable[Response]]


class _TooLarge(InputError):
    """More bytes than a file may have."""


def source_routes(context: PageContext) -> Sequence[BaseRoute]:
    """The addresses over the record of `context`; what waits from an earlier run is read."""
    uploads = Uploads(context.home.uploads_folder)
    intake = Intake(context.index, uploads)
    states = FileStates()
    intake.wake()

    async def listed(request: Request) -> Response:
        may = may_change_record(context, request)

        def made() -> str:
            context.index.refresh()
            return sources_table(
                source_list(_wanted(request), context.index.catalog, states), may_change=may, owns=uploads.owns
            )

        return HTMLResponse(await run_in_threadpool(made))

    async def given(request: Request) -> Response:
        may = may_change_record(context, request)

        def made() -> dict[str, object]:
            context.index.refresh()
            files = uploads.listed() if may else []
            busy = any(file.state in (UploadState.WAITING, UploadState.READING) for file in files)
            html = given_files(files, intake.working, uploads.is_kept)
            catalog = context.index.catalog
            return {"html": html, "busy": busy, "version": f"{id(catalog)}.{catalog.version()}", "may": may}

        return JSONResponse(await run_in_threadpool(made))

    async def upload(request: Request) -> Response:
        user = check_may_change_record(context, request)
        name = unquote(request.headers.get("x-file-name", ""), errors="replace")
        declared = request.headers.get("content-length", "")
        if declared.isdigit() and int(declared) > FILE_BYTES_MAX:
            raise _too_large(name)
        if len(await run_in_threadpool(uploads.waiting, WAITING_MOST)) >= WAITING_MOST:
            raise InputError(f"{WAITING_MOST} files wait to be read already. Give the others when those are read.")
        arriving = uploads.arriving(name)
        try:
            with arriving.path.open("wb") as file:
                async for chunk in request.stream():
                    if file.tell() + len(chunk) > FILE_BYTES_MAX:
                        raise _too_large(name)
                    await run_in_threadpool(file.write, chunk)
        except (RapporteurError, ClientDisconnect, OSError) as error:
            uploads.given_up(arriving)
            if isinstance(error, OSError):
                raise InputError(f"{arriving.path.name} cannot be kept: {error.strerror}. Make room for it.") from error
            raise
        kept = await run_in_threadpool(lambda: uploads.arrived(arriving, author=user))
        intake.wake()
        return JSONResponse({"id": kept.id, "name": kept.name}, status_code=201)

    async def act(request: Request) -> Response:
        check_may_change_record(context, request)
        asked = _asked(await _body(request, LARGEST_ACT))
        told = await run_in_threadpool(_acted, intake, asked.get("act", ""), asked.get("id", ""))
        intake.wake()
        return JSONResponse({"told": told})

    return [
        Route("/sources/list", listed),
        Route("/sources/given", given),
        Route("/sources/upload", _answered(upload), methods=["POST"]),
        Route("/sources/act", _answered(act), methods=["POST"]),
    ]


def _acted(intake: Intake, act: str, named: str) -> str:
    """Do what is asked for with the file or document that has the id `named`; returns what to say of it."""
    uploads = intake.uploads
    if act == "remove":
        gone = intake.remove([named])
        return f"{gone[0].name} was removed." if gone else "It was removed already."
    if act in ("replace", "both"):
        uploads.answer(named, replace=act == "replace")
    elif act == "again":
        uploads.again(named)
    elif act == "away":
        uploads.put_away([uploads.get(named).id])
    elif act == "away-finished":
        uploads.put_away(file.id for file in uploads.listed() if file.state in FINISHED)
    else:
        raise InputError(f"{act!r} is nothing that can be done here. Load the page again.")
    return ""


def _answered(handler: Handler) -> Handler:
    """`handler`, with what the user can mend told as one line of JSON."""

    async def answered(request: Request) -> Response:
        try:
            return await handler(request)
        except ClientDisconnect:
            return Response(status_code=499)
        except NotAllowed as error:
            return JSONResponse({"error": str(error)}, status_code=403)
        except _TooLarge as error:
            return JSONResponse({"error": str(error)}, status_code=413)
        except RapporteurError as error:
            return JSONResponse({"error": str(error)}, status_code=400)
        except Exception:
            logging.getLogger(__name__).exception("a request of the Sources page failed")
            told = "Something went wrong in the program. Try again; if it stays so, see the server's log."
            return JSONResponse({"error": told}, status_code=500)

    return answered


def _wanted(request: Request) -> SourcesWanted:
    query = request.query_params
    column = query.get("sort", "")
    return SourcesWanted(
        query.get("q", "")[:LONGEST], column if column in COLUMNS else "document", query.get("down", "") == "yes"
    )


def _too_large(name: str) -> _TooLarge:
    most = megabytes(FILE_BYTES_MAX)
    return _TooLarge(
        f"{name or 'The file'} has more than the {most} that are read at once. Split it into smaller files."
    )


async def _body(request: Request, most: int) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise InputError("The request is too large. Load the page again.")
    return body


def _asked(body: bytes) -> dict[str, str]:
    try:
        asked = json.loads(body)
    except ValueError as error:
        raise InputError("The request cannot be read. Load the page again.") from error
    return {name: value for name, value in asked.items() if isinstance(value, str)} if isinstance(asked, dict) else {}
