"""A conversation as Markdown (CommonMark, and tables as GitHub has them).

What the record says is never taken for markup: characters that could be are escaped.

>>> escaped("<b> 5*4 | a_b [1] [here](x)")
'\\\\<b> 5\\\\*4 \\\\| a\\\\_b [1] \\\\[here](x)'
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ui.conversation_blocks import Block, Heading, Paragraph, Quote, Table

__all__ = ["escaped", "markdown"]

_ANYWHERE = re.compile(r"[\\`*_<|~&$]|\[(?!\d+\](?![(\[:]))")  # a number in brackets is no link by itself
# Of a heading, a list, a quote or a rule.
_OPENING_A_LINE = re.compile(r"^(\s*(?:\d+(?=[.)](?:\s|$)))?)([#+>=.)-])", re.MULTILINE)
_ADDRESS = re.compile(r"https?://[^\s<>]+")


def markdown(blocks: Sequence[Block]) -> str:
    """The blocks as one Markdown text."""
    return "\n\n".join(map(_written, blocks)) + "\n"


def escaped(text: str) -> str:
    """`text` so that Markdown shows it as it is, in the middle of a line."""
    return _ANYWHERE.sub(lambda match: f"\\{match.group()}", text)


def _written(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * level} {escaped(text)}"
        case Paragraph(text, style):
            mark = {"usual": "", "strong": "**", "soft": "*"}[style]
            return f"{mark}{escaped(text)}{mark}" if mark else _opened(text)
        case Quote():
            return _quote(block)
        case Table(head, rows):
            lines = [head, ["---"] * len(head), *([escaped(cell) for cell in row] for row in rows)]
            return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _quote(quote: Quote) -> str:
    address = f" — <{quote.address}>" if _ADDRESS.fullmatch(quote.address) else ""
    lines = [*_opened(f"[{quote.number}] “{quote.text}”").splitlines(), "", f"{_opened(quote.source)}{address}"]
    if quote.remark:
        lines += ["", f"*{escaped(quote.remark)}*"]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _opened(text: str) -> str:
    """`text` escaped where it begins lines too."""
    return _OPENING_A_LINE.sub(lambda match: f"{match[1]}\\{match[2]}", escaped(text))
