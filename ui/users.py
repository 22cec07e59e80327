"""Who may do what: a user has a name and roles.

Staff ask; reviewers judge answers; evaluators measure; an admin may do all of it, and keeps users and
sources. Everybody who has signed in is staff too. Knows nothing of passwords' making, of files and of HTTP.

>>> User("anna", frozenset({Role.REVIEWER}), "").may(Role.STAFF), User("ben", frozenset(), "").may(Role.ADMIN)
(True, False)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from corpus.errors import InputError, RapporteurError

__all__ = ["NotAllowed", "NotSignedIn", "Role", "User", "checked_name", "checked_roles"]

_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,59}")


class NotSignedIn(RapporteurError):
    """Nobody has signed in where somebody must."""

    def __init__(self) -> None:
        super().__init__("Sign in first: nobody is signed in here, or the time is up.")


class NotAllowed(RapporteurError):
    """Somebody has signed in who may not do this."""


class Role(StrEnum):
    """What a user is here for."""

    STAFF = "staff"
    REVIEWER = "reviewer"
    EVALUATOR = "evaluator"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class User:
    """One user as the file has them."""

    name: str
    roles: frozenset[Role]
    password_hash: str
    added: str = ""  # day, ISO 8601

    def may(self, role: Role) -> bool:
        """Whether this user has a role, by name or because another one includes it."""
        return role is Role.STAFF or role in self.roles or Role.ADMIN in self.roles


def checked_name(name: str) -> str:
    """A login name as it is kept. Raises InputError for what is none."""
    plain = name.strip().lower()
    if not _NAME.fullmatch(plain):
        raise InputError(
            f"{name!r} is no name to sign in with. Use up to 60 letters from a to z, digits and . _ - @, "
            "such as anna.lee"
        )
    return plain


def checked_roles(roles: Iterable[str]) -> frozenset[Role]:
    """Roles of these names. Raises InputError for an unknown one; without any it is staff."""
    found = set()
    for name in roles:
        role = next((one for one in Role if one.value == name.strip().lower()), None)
        if role is None:
            raise InputError(f"There is no role {name!r}. Choose of: {', '.join(Role)}.")
        found.add(role)
    return frozenset(found or {Role.STAFF})
