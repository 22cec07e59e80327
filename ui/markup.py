"""Text from questions and documents as HTML that shows it and does nothing else, and links to evidence.

Knows nothing of Gradio and of answers.

>>> safe('<img onerror="x"> ${alert(1)}')
'&lt;img onerror=&quot;x&quot;&gt; &#36;&#123;alert(1)&#125;'
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from urllib.parse import urlsplit

from ui.wording import visible

__all__ = ["links", "original", "safe"]

# Gradio's HTML component runs its template as a JavaScript template literal and through
# Handlebars; without these characters no value could ever become a part of either.
_TEMPLATE_CHARACTERS = {ord(character): f"&#{ord(character)};" for character in "${}`"}


def safe(text: str) -> str:
    """`text` as HTML that shows it and does nothing else."""
    return html.escape(visible(text)).translate(_TEMPLATE_CHARACTERS)


def links(turn: int, numbers: Sequence[int], *, anchored: bool = False) -> str:
    """Links to the quotes of a turn; `anchored` ones are where a card's number leads back to."""
    made = []
    for number in numbers:
        name = f"{turn}-{number}"
        anchor = f' id="said-{name}"' if anchored else ""
        made.append(f' <a class="cite" href="#quote-{name}"{anchor} aria-label="Evidence {number}">{number}</a>')
    return "".join(made)


def original(source: str) -> str:
    """A link to the original where its address is one of the web."""
    try:
        parts = urlsplit(source)
        host = parts.hostname
    except ValueError:  # brackets that hold no address
        return ""
    if parts.scheme not in {"http", "https"} or not host or not source.isprintable():
        return ""
    return (
        f'<span><a href="{safe(source)}" target="_blank" rel="noopener noreferrer">original at {safe(host)}</a></span>'
    )
