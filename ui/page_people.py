"""The users as HTML: who there is with which roles, and the forms to add and change them.

Everything that users typed is escaped here. Knows nothing of Gradio, of HTTP and of passwords.

>>> # people_view(file.all().values(), "ada")
"""

from __future__ import annotations

from collections.abc import Iterable

from ui.markup import safe
from ui.users import Role, User
from ui.users_passwords import SHORTEST
from ui.wording import counted

__all__ = ["alone_view", "people_view"]

MEANING = {
    Role.STAFF: "asks",
    Role.REVIEWER: "judges answers",
    Role.EVALUATOR: "measures",
    Role.ADMIN: "everything, and keeps users and sources",
}


def alone_view() -> str:
    """What is shown where one person works without a name."""
    return (
        "<p>One person works here, at this machine, without a name. When others are to work with it too, add users; "
        "from the first one on everybody signs in:</p><pre>rapporteur users add NAME --role admin</pre>"
    )


def people_view(users: Iterable[User], signed_in: str) -> str:
    """All users, each with a form for roles and password, and a form for one more."""
    sorted_users = sorted(users, key=lambda user: user.name)
    rows = "".join(_row(user, mine=user.name == signed_in) for user in sorted_users)
    meaning = "".join(f"<li><b>{role.value}</b> {MEANING[role]}</li>" for role in Role)
    return (
        f'<p class="soft">{counted(len(sorted_users), "user")}. A role holds from the next click on.</p>'
        f'<div class="rows"><table><thead><tr><th scope="col">Name</th><th scope="col">Roles</th>'
        '<th scope="col">New password</th><th scope="col"><span class="visually-hidden">Remove</span></th>'
        "</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
        f'<form class="more" data-act="add"><h2>One more</h2><label>Name <input name="name" required maxlength="60" '
        f'autocomplete="off" autocapitalize="none" spellcheck="false"></label>{_password("")}'
        f"<fieldset><legend>Roles</legend>{_roles(frozenset({Role.STAFF}), '')}</fieldset>"
        f'<button class="strong" type="submit">Add</button></form><ul class="meaning">{meaning}</ul>'
    )


def _row(user: User, *, mine: bool) -> str:
    name = safe(user.name)
    you = ' <span class="soft">(you)</span>' if mine else ""
    return (
        f'<tr data-name="{name}"><th scope="row">{name}{you}<br><span class="soft">since {safe(user.added)}</span></th>'
        f'<td><fieldset><legend class="visually-hidden">Roles of {name}</legend>{_roles(user.roles, user.name)}'
        f'</fieldset></td><td><form data-act="password">{_password(user.name)}'
        f'<button class="quiet" type="submit">Set</button></form></td>'
        '<td><button class="quiet" type="button" data-act="remove">Remove'
        f'<span class="visually-hidden"> {name}</span></button></td></tr>'
    )


def _roles(roles: frozenset[Role], name: str) -> str:
    boxes = "".join(
        f'<label><input type="checkbox" name="role" value="{role.value}"{" checked" if role in roles else ""}> '
        f"{role.value}</label>"
        for role in Role
    )
    return f'<span class="roles" data-of="{safe(name)}">{boxes}</span>'


def _password(name: str) -> str:
    label = f"New password of {safe(name)}" if name else "Password"
    shown = "visually-hidden" if name else ""
    return (
        f'<label><span class="{shown}">{label}</span> <input type="password" name="password" required '
        f'autocomplete="new-password" minlength="{SHORTEST}" maxlength="200" '
        f'placeholder="{SHORTEST} characters or more"></label>'
    )
