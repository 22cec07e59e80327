"""What the People page asks and does: the users, and changes of them, by an admin only.

Passwords come straight here and pass no queue. The last admin cannot be taken out or made less: who
keeps the server could only mend that at the command line.

>>> # people_routes(context)[0].path
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from corpus.errors import InputError, RapporteurError
from ui.page_context import PageContext
from ui.page_people import alone_view, people_view
from ui.rights import OWN_PAGE
from ui.users import NotAllowed, Role, User, checked_name, checked_roles
from ui.users_passwords import checked_password, hashed
from ui.users_people import Everybody, People

__all__ = ["people_routes"]

LARGEST = 4096  # bytes of a change
Change = Callable[[People, Mapping[str, object]], str]


def people_routes(context: PageContext) -> Sequence[BaseRoute]:
    """The users as HTML, and one address for what is done to them."""
    people = context.people

    def listed(request: Request) -> Response:
        if isinstance(people, Everybody) or not people.must_sign_in:
            return HTMLResponse(alone_view())
        admin = people.require(request, Role.ADMIN)
        return HTMLResponse(people_view(people.file.all().values(), admin), headers={"Cache-Control": "no-store"})

    async def act(request: Request) -> Response:
        try:
            if isinstance(people, Everybody) or not people.must_sign_in:
                raise NotAllowed("There are no users yet. Add the first with: rapporteur users add NAME --role admin")
            if request.headers.get(OWN_PAGE) is None:
                raise NotAllowed("Users are changed from the People page only.")
            people.require(request, Role.ADMIN)
            sent = await _sent(request)
            change = CHANGES.get(str(sent.get("act")))
            if change is None:
                raise InputError("There is nothing of that name to be done.")
            told = await run_in_threadpool(change, people, sent)
        except NotAllowed as error:
            return JSONResponse({"problem": str(error)}, status_code=403)
        except RapporteurError as error:  # of what was typed: told on the page, and no fault of the request
            return JSONResponse({"problem": str(error)})
        return JSONResponse({"told": told})

    return [Route("/people/list", listed), Route("/people/act", act, methods=["POST"])]


def _add(people: People, sent: Mapping[str, object]) -> str:
    name, roles = checked_name(_text(sent, "name")), _roles(sent)
    if people.file.named(name):
        raise InputError(f"There is a user {name} already. Give them another password or other roles above.")
    password_hash = hashed(checked_password(_text(sent, "password"), name))
    people.file.add(User(name, roles, password_hash, datetime.now(UTC).date().isoformat()))
    return f"{name} can sign in now."


def _password(people: People, sent: Mapping[str, object]) -> str:
    name = checked_name(_text(sent, "name"))
    people.file.set_password(name, hashed(checked_password(_text(sent, "password"), name)))
    return f"{name} has another password, and signs in with it from now on."


def _set_roles(people: People, sent: Mapping[str, object]) -> str:
    name, roles = checked_name(_text(sent, "name")), _roles(sent)
    if Role.ADMIN not in roles:
        _keep_an_admin(people, name)
    people.file.set_roles(name, roles)
    return f"{name} is {', '.join(sorted(roles))} now."


def _remove(people: People, sent: Mapping[str, object]) -> str:
    name = checked_name(_text(sent, "name"))
    _keep_an_admin(people, name)
    people.file.remove(name)
    return f"{name} cannot sign in any more. What they asked and judged stays."


CHANGES: Mapping[str, Change] = {"add": _add, "password": _password, "roles": _set_roles, "remove": _remove}


def _keep_an_admin(people: People, name: str) -> None:
    admins = [user.name for user in people.file.all().values() if Role.ADMIN in user.roles]
    if admins == [name]:
        raise InputError(f"{name} is the only admin. Make somebody else one first.")


async def _sent(request: Request) -> Mapping[str, object]:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise InputError("This is too long for a change of a user.")
    try:
        sent = json.loads(body)
    except ValueError as error:
        raise InputError("A change of a user is one JSON object.") from error
    return sent if isinstance(sent, dict) else {}


def _text(sent: Mapping[str, object], name: str) -> str:
    value = sent.get(name)
    return value if isinstance(value, str) else ""


def _roles(sent: Mapping[str, object]) -> frozenset[Role]:
    value = sent.get("roles")
    return checked_roles([one for one in value if isinstance(one, str)] if isinstance(value, list) else [])
