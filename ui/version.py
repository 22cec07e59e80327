"""Which version of the program this is; "" where it is run from its folder without being installed."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

__all__ = ["program_version"]


def program_version() -> str:
    """The version as it was installed."""
    try:
        return version("rapporteur")
    except PackageNotFoundError:
        return ""
