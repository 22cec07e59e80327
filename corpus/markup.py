"""The visible lines of an HTML tree: a line for each paragraph, list item and table row.

Leaves out what no reader of the page sees as text (scripts, menus, forms) and marks what stands
in a box beside the article. Knows nothing about which lines are the article.

>>> from lxml import html
>>> [line.text for line in visible_lines(html.document_fromstring("<p>One</p><ul><li>Two</ul>"))]
['One', '- Two']
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from corpus.characters import normalise

__all__ = ["Element", "VisibleLine", "visible_lines"]

Element: TypeAlias = Any  # lxml has no types


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ASIDE_SHARE_MAX = 0.4  # of the page's text: a class name on the article itself marks no box
ROW_CHARACTERS_MAX = 2_000  # a longer table row lays out a page

_BLOCKS = _words(
    "p div section article main h1 h2 h3 h4 h5 h6 li tr blockquote pre figure figcaption caption dt dd"
    " td th br hr ul ol table tbody thead body address details summary"
)
_HIDDEN = _words("script style noscript template nav header footer aside form button select iframe svg head object")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:comments?|related|shar(?:e|ing)|social|breadcrumbs?|menu|nav(?:bar|igation)?|sidebar"
    r"|footer|cookies?|newsletter|advert(?:isement)?s?|ads?|promo|tags?|pagination|popup|modal|skip"
    r"|meta|byline|dateline)(?:$|[\s_-])",
    re.IGNORECASE,
)

_Mark = Literal["", "item", "row"]


@dataclass(frozen=True, slots=True)
class VisibleLine:
    """One line of a page as it is seen."""

    text: str  # normalised; "- " before a list item, " | " between the cells of a row
    mark: _Mark = ""
    heading: int = 0  # level; 0 for none
    aside: bool = False  # in a box for comments, shares, tags ...
    box: int = 0  # number of the element that holds the line's block: siblings share it


def visible_lines(tree: Element) -> list[VisibleLine]:
    """The lines of a page in order, without hidden elements and empty lines."""
    from lxml import etree  # type: ignore[import-untyped]

    walk = _Walk(sum(map(len, tree.itertext())))
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event == "start":
            walk.enter(node)
        elif event == "end":
            walk.leave(node)
            walk.say(node.tail if node is not tree else None)
        else:
            walk.say(node.tail)
    walk.flush()
    return walk.lines


class _Walk:
    """Gathers the text of one block after the other."""

    def __init__(self, page_characters: int) -> None:
        self.lines: list[VisibleLine] = []
        self._page_characters = page_characters
        self._parts: list[str] = []
        self._blocks: list[Element] = []
        self._boxes: dict[Element, int] = {}
        self._hidden: Element = None
        self._aside: Element = None
        self._row: Element = None
        self._item_opens = False

    def enter(self, node: Element) -> None:
        name = node.tag
        if self._hidden is not None:
            return
        if name in _HIDDEN:
            self._hidden = node
            return
        if self._row is not None:
            if name in {"td", "th"} and "".join(self._parts).strip():
                self._parts.append(" | ")
            elif name in _BLOCKS:
                self._parts.append(" ")
        elif name in _BLOCKS:
            self.flush()
            self._blocks.append(node)
            self._item_opens = self._item_opens or name == "li"
            if name == "tr" and _is_row(node):
                self._row = node
        if self._aside is None and self._is_aside(node):
            self._aside = node
        self.say(node.text)

    def leave(self, node: Element) -> None:
        if self._hidden is not None:
            self._hidden = None if self._hidden is node else self._hidden
            return
        if self._row is None or self._row is node:
            if node.tag in _BLOCKS:
                self.flush()
                self._blocks.pop()
                self._item_opens = self._item_opens and node.tag != "li"
            self._row = None
        self._aside = None if self._aside is node else self._aside

    def say(self, text: str | None) -> None:
        """Take words into the line, unless they are hidden."""
        if text and self._hidden is None:
            # only <pre> keeps its line breaks, and there they part lines
            pre = any(block.tag == "pre" for block in self._blocks[-1:])
            self._parts.append(text if pre else text.replace("\n", " ").replace("\r", " "))

    def flush(self) -> None:
        """Close the line that is being gathered."""
        for text in normalise("".join(self._parts)).split("\n"):
            if text.strip(" |"):
                self.lines.append(self._line(text.strip()))
                self._item_opens = False
        self._parts.clear()

    def _line(self, text: str) -> VisibleLine:
        mark: _Mark = "row" if self._row is not None else "item" if self._item_opens else ""
        block = self._blocks[-1] if self._blocks else None
        parent = block.getparent() if block is not None else None
        return VisibleLine(
            text=f"- {text}" if mark == "item" and not text.startswith("- ") else text,
            mark=mark,
            heading=_HEADINGS.get(block.tag, 0) if block is not None else 0,
            aside=self._aside is not None,
            box=self._boxes.setdefault(parent, len(self._boxes) + 1),
        )

    def _is_aside(self, node: Element) -> bool:
        if node.tag in {"html", "body", "main", "article", "h1"}:
            return False
        names = f"{node.get('class') or ''} {node.get('id') or ''}"
        if len(names) > 1000 or not _ASIDE.search(names):
            return False
        return sum(map(len, node.itertext())) <= ASIDE_SHARE_MAX * self._page_characters


def _is_row(node: Element) -> bool:
    """Whether a `tr` holds data and not the layout of a page."""
    cells = [cell for cell in node if cell.tag in {"td", "th"}]
    if len(cells) < 2 or node.find(".//table") is not None:
        return False
    return sum(map(len, node.itertext())) <= ROW_CHARACTERS_MAX
