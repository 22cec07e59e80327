"""Passwords: hashed to be kept, and held against what is typed.

Argon2id with the library's settings (RFC 9106, the second recommended option); a hash made with older
settings is recognised. The one file that imports argon2.

>>> verify(hashed("correct horse battery"), "correct horse battery")
True
"""

from __future__ import annotations

from functools import cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from corpus.errors import InputError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

__all__ = ["SHORTEST", "checked_password", "hashed", "verify"]

SHORTEST, LONGEST = 12, 200  # characters
_AT_ONCE = BoundedSemaphore(2)  # each hash takes 64 MiB: many sign-ins at once must not use up the memory


def checked_password(password: str, name: str) -> str:
    """The password, when it can be one of the user of that name. Raises InputError that says why not."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise InputError(
            f"A password has {SHORTEST} to {LONGEST} characters; this one has {len(password)}. "
            "Three or four words make one."
        )
    if name in password.lower() or len(set(password)) < 5:
        raise InputError(
            "This password is too easy to guess. Three or four words that have nothing to do with you make one."
        )
    return password


def hashed(password: str) -> str:
    """What is kept of a password."""
    with _AT_ONCE:
        return _hasher().hash(password)


def verify(password_hash: str, password: str) -> bool:
    """Whether this is the password; it takes as long where there is no such user (`password_hash` is "")."""
    from argon2.exceptions import InvalidHashError, VerificationError

    with _AT_ONCE:
        try:
            return _hasher().verify(password_hash or _nobody(), password[: 4 * LONGEST]) and bool(password_hash)
        except (VerificationError, InvalidHashError):
            return False


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobody() -> str:
    """The hash of a password that nobody has."""
    import secrets

    return _hasher().hash(secrets.token_urlsafe(32))
