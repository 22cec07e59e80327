"""The frame of every page as HTML: the name, the way to the other pages, and a page of our own without Gradio.

Knows nothing of Gradio and of what the pages show.

>>> navigation([NavigationLink("Ask", "/ask")], "/ask").count('aria-current="page"')
1
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ui.look import look_address, style_link
from ui.markup import safe

__all__ = ["NavigationLink", "navigation", "plain_page"]


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """One page in the navigation."""

    name: str
    address: str  # "/figures"


def navigation(links: Sequence[NavigationLink], current: str) -> str:
    """The top of the page at the address `current`."""
    items = "".join(_link(link, current=link.address == current) for link in links)
    return (
        '<header class="bar"><a class="name" href="/">Rapporteur</a>'
        f'<nav aria-label="Pages"><ul>{items}</ul></nav></header>'
    )


def plain_page(
    title: str,
    body: str,
    links: Sequence[NavigationLink],
    *,
    script: str = "",
    style: str = "",
    current: str = "",
    referrer: str = "no-referrer",
) -> str:
    """A whole page that needs no Gradio: `body` is HTML; `script` and `style` are names of our own files."""
    own = f'<script src="{look_address(script)}" defer></script>' if script else ""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="{referrer}">
<title>{safe(title)} · Rapporteur</title>
<link rel="icon" href="{look_address("icon.svg")}" type="image/svg+xml">
{style_link("page.css")}{style_link(style) if style else ""}
<script src="{look_address("scheme.js")}"></script>
{own}
</head>
<body class="plain">
{navigation(links, current)}
<main>
{body}
</main>
</body>
</html>
"""


def _link(link: NavigationLink, *, current: bool) -> str:
    here = ' aria-current="page"' if current else ""
    return f'<li><a href="{safe(link.address)}"{here}>{safe(link.name)}</a></li>'
