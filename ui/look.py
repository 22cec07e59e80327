"""Our styles and scripts: their text, and the address at which a browser finds each.

>>> style_link("page.css").startswith('<link rel="stylesheet" href="/look/page.css?v=')
True
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

__all__ = ["asset", "look_address", "mark", "style_link"]


@cache
def asset(name: str) -> str:
    """A style or script of this package."""
    return files("ui").joinpath(name).read_text(encoding="utf-8")


@cache
def mark(name: str) -> str:
    """What tells this content of the file from any other."""
    return hashlib.sha256(asset(name).encode()).hexdigest()[:12]


def look_address(name: str) -> str:
    """Where a browser finds the file, for as long as it stays as it is."""
    return f"/look/{name}?v={mark(name)}"


def style_link(name: str) -> str:
    """The link that a page's head has to a style."""
    return f'<link rel="stylesheet" href="{look_address(name)}">'
