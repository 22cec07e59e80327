"""Which language model drafts answers: its server's address, its name, the key, and the time it may take.

No model is the normal case. Knows nothing of how the server is spoken to.

>>> ModelSettings("http://localhost:11434", "llama3.2").address
'http://localhost:11434/v1'
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from corpus.errors import InputError

__all__ = ["DEFAULT_SECONDS", "ModelSettings"]

DEFAULT_SECONDS = 30.0
MOST_SECONDS = 600.0
_EXAMPLE = "http://localhost:11434/v1"


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """A model behind a server that speaks the OpenAI protocol. Raises InputError for what cannot be one."""

    url: str  # http(s), with or without the path "/v1"
    name: str  # as the server knows it
    key: str = field(default="", repr=False)  # "" where the server asks for none
    seconds: float = DEFAULT_SECONDS  # for the whole draft, from connecting to the last word

    def __post_init__(self) -> None:
        where = urlsplit(self.url)
        if where.scheme not in ("http", "https") or not where.hostname:
            raise InputError(
                f"RAPPORTEUR_MODEL_URL={_shown(self.url)} is not an http(s) address. Set one such as {_EXAMPLE}"
            )
        if where.username or where.password or where.query or where.fragment:
            raise InputError(
                f"RAPPORTEUR_MODEL_URL={_shown(self.url)} holds more than an address. "
                "Set the address alone, and the key in RAPPORTEUR_MODEL_KEY."
            )
        if not self.name.strip():
            raise InputError("RAPPORTEUR_MODEL is empty. Set the model's name as its server knows it.")
        if not self.key.isascii() or any(character.isspace() for character in self.key):
            raise InputError("RAPPORTEUR_MODEL_KEY holds what no key can hold. Copy it again, without spaces.")
        if not 0 < self.seconds <= MOST_SECONDS:
            raise InputError(
                f"RAPPORTEUR_MODEL_SECONDS={self.seconds:g} is no time to wait. Set 1 to {MOST_SECONDS:.0f} seconds."
            )

    @property
    def address(self) -> str:
        """The address that the protocol's paths are added to."""
        return self.url.rstrip("/") + ("" if urlsplit(self.url).path.strip("/") else "/v1")

    @property
    def is_secure(self) -> bool:
        """Whether what is sent is encrypted."""
        return urlsplit(self.url).scheme == "https"

    @property
    def is_on_this_machine(self) -> bool:
        """Whether the server is this machine: then no proxy is to hear of it."""
        host = urlsplit(self.url).hostname or ""
        try:
            return ip_address(host).is_loopback
        except ValueError:
            return host == "localhost" or host.endswith(".localhost")

    @classmethod
    def from_environment(cls) -> ModelSettings | None:
        """The settings of RAPPORTEUR_MODEL_URL, RAPPORTEUR_MODEL, …_KEY and …_SECONDS; None where none are made."""
        url, name = (os.environ.get(variable, "").strip() for variable in ("RAPPORTEUR_MODEL_URL", "RAPPORTEUR_MODEL"))
        if not url and not name:
            return None
        if not url:
            raise InputError(f"RAPPORTEUR_MODEL={name} has no server. Set RAPPORTEUR_MODEL_URL, such as {_EXAMPLE}")
        written = os.environ.get("RAPPORTEUR_MODEL_SECONDS", "").strip()
        try:
            seconds = float(written) if written else DEFAULT_SECONDS
        except ValueError as error:
            raise InputError(f"RAPPORTEUR_MODEL_SECONDS={written} is not a number of seconds.") from error
        return cls(url, name, os.environ.get("RAPPORTEUR_MODEL_KEY", "").strip(), seconds)


def _shown(url: str) -> str:
    """The address without what may be a password in it."""
    scheme, separator, rest = url.partition("://")
    return f"{scheme}{separator}…@{rest.rpartition('@')[2]}" if "@" in rest else url.partition("?")[0]
