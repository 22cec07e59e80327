"""The record over HTTP: a small REST API with the JSON of the command line.

Every handler gets the record from one dependency, which asks who the user is. What the caller can mend
is told in one line, {"error": …}, with a fitting status; nothing else of the program is told.
One of the two files that import fastapi.

>>> # app = build_api(assistant, Turnstile())  # mounted at /api by ui/programs.py
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Query, Request
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from assistant.assistant import LONGEST_QUESTION, Assistant
from assistant.wire import AnswerLine
from index.reading import ReadingKind
from ui.api_errors import ERRORS
from ui.api_guard import Guard
from ui.api_page import api_page
from ui.api_stream import NDJSON, streamed
from ui.open_record import OpenRecord
from ui.page_context import CurrentUser, the_one_person
from ui.program_lines import (
    DocumentLine,
    DocumentsLine,
    FiguresLine,
    HealthLine,
    PassagesLine,
    QuestionBody,
    SearchBody,
    StepLine,
)
from ui.turnstile import Turnstile
from ui.version import program_version

__all__ = ["build_api"]

DESCRIPTION = (
    "Answers about meetings, copied from the written record. Every quote stands in its document: "
    "text[start:end] == quote. A refusal is an answer: refused is true and nearest shows what came closest."
)
STREAM: dict[int | str, dict[str, Any]] = {200: {"model": StepLine, "description": "One object a line"}}


@dataclass(frozen=True, slots=True)
class _Visit:
    """One request: the record as its user sees it, and the turnstile that work goes through."""

    record: OpenRecord
    turnstile: Turnstile


async def _visit_of(request: Request) -> _Visit:
    """The one place that asks who the user is."""
    state = request.app.state
    return _Visit(OpenRecord(state.assistant, state.current_user(request)), state.turnstile)


Visit = Annotated[_Visit, Depends(_visit_of)]


def build_api(assistant: Assistant, turnstile: Turnstile, current_user: CurrentUser = the_one_person) -> FastAPI:
    """The API over `assistant`; nothing listens yet. `current_user` tells from a request who asks."""
    api = FastAPI(
        title="Rapporteur",
        version=program_version(),
        description=DESCRIPTION,
        docs_url=None,  # FastAPI's own page loads its scripts from elsewhere; ours is _docs
        redoc_url=None,
        middleware=[Middleware(Guard)],
    )
    api.state.assistant, api.state.turnstile, api.state.current_user = assistant, turnstile, current_user
    api.add_api_route("/ask", _ask, methods=["POST"], response_model=AnswerLine)
    api.add_api_route("/ask/stream", _ask_stream, methods=["POST"], response_class=Response, responses=STREAM)
    api.add_api_route("/search", _search, methods=["POST"])
    api.add_api_route("/figures", _figures)
    api.add_api_route("/documents", _documents)
    api.add_api_route("/documents/{document}", _document)
    api.add_api_route("/documents/{document}/text", _text, response_class=PlainTextResponse)
    api.add_api_route("/health", _health)
    api.add_api_route("/docs", _docs, include_in_schema=False)
    for kind, told in ERRORS.items():
        api.add_exception_handler(kind, told)
    return api


async def _ask(request: Request, body: QuestionBody, visit: Visit) -> AnswerLine | Response:
    """Answer a question, each statement with its source.

    With the header Accept: application/x-ndjson the answer comes in lines, as from /ask/stream.
    """
    if NDJSON in request.headers.get("accept", ""):
        return await _ask_stream(body, visit)
    return await visit.turnstile.run(partial(visit.record.ask, body.question, body.history, body.within))


async def _ask_stream(body: QuestionBody, visit: Visit) -> Response:
    """Answer as it comes: a line "found", any number of lines "said", then a line "answer"."""
    return await streamed(partial(visit.record.follow, body.question, body.history, body.within), visit.turnstile)


async def _search(body: SearchBody, visit: Visit) -> PassagesLine:
    """Give the passages nearest to a question, best first."""
    return await visit.turnstile.run(
        partial(visit.record.search, body.question, body.k, body.history, body.within),
    )


async def _figures(
    visit: Visit,
    indicator: Annotated[str, Query(max_length=LONGEST_QUESTION, description="What is measured.")] = "",
    scope: Annotated[str, Query(max_length=200, description="Only figures of this place.")] = "",
    kind: Annotated[ReadingKind | None, Query(description="Only figures of this kind.")] = None,
    k: Annotated[int | None, Query(ge=1, le=1000, description="How many indicators.")] = None,
) -> FiguresLine:
    """Give the figures of one indicator in order of time; without one, the indicators there are."""
    return await visit.turnstile.run(partial(visit.record.figures, indicator, scope, kind, k))


async def _documents(visit: Visit) -> DocumentsLine:
    """List the documents of the record."""
    return await visit.turnstile.run(visit.record.documents)


async def _document(document: str, visit: Visit) -> DocumentLine:
    """Tell what is known of a document, by its id or file name."""
    return await visit.turnstile.run(partial(visit.record.document, document))


async def _text(
    document: str,
    visit: Visit,
    start: Annotated[int, Query(ge=0, description="First character wanted, from 0.")] = 0,
    end: Annotated[int | None, Query(ge=0, description="Behind the last character wanted.")] = None,
) -> Response:
    """Give the canonical text that every offset points into, or a stretch of it."""
    found = await visit.turnstile.run(partial(visit.record.text, document, start, end))
    return PlainTextResponse(found.text)


async def _health(visit: Visit) -> HealthLine:
    """Tell whether the record can be asked."""
    return await visit.turnstile.run(visit.record.health)


async def _docs(request: Request) -> Response:
    address = request.url.replace(path=request.scope["root_path"], query="", fragment="")
    return HTMLResponse(api_page(request.app.openapi(), str(address)))
