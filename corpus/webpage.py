"""A saved web page to the lines of its article and what its meta tags say.

trafilatura finds the article; where it finds none, or far too little, the page's visible text is
taken as it stands. Knows HTML; what is still furniture in the lines is boilerplate.py's business.

>>> page = read_webpage("<title>Vote</title><p>The council voted.</p>")
>>> [line.text for line in page.lines], page.fields["title"]
(['Vote', 'The council voted.'], 'Vote')
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from corpus.articles import Line
from corpus.characters import normalise

__all__ = ["Webpage", "has_tags", "looks_like_html", "read_webpage"]

_Element: TypeAlias = Any  # lxml has no types


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FOUND_SHARE_MIN = 0.2  # of the visible text: less than that, and the article was not found
EXTRACTOR_CHARACTERS_MAX = 15_000_000  # trafilatura refuses pages over 20 MB

_HTML_HEAD = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html)\b", re.I | re.S)
_ANY_TAG = re.compile(r"<(?:p|div|body|article|h[1-6]|table|ul|br|span|title)\b[^<>]{0,500}>", re.I)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_TABLE_RULE = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+$")
_TITLE_TAIL = re.compile(r"\s+[|–—·»-]\s+[^|–—·»]{2,60}$")
_BLOCKS = _words(
    "p div section article main h1 h2 h3 h4 h5 h6 li tr blockquote pre figcaption caption dt dd td th"
    " br hr ul ol table body address details summary"
)
_HIDDEN = _words("script style noscript template nav header footer aside form button select iframe svg head")
_META_KEYS = {  # meta tag -> field, the better one of a field last
    "og:url": "url",
    "og:site_name": "publisher",
    "dc.publisher": "publisher",
    "og:title": "title",
    "date": "published",
    "dc.date": "published",
    "pubdate": "published",
    "datepublished": "published",
    "article:published_time": "published",
}


@dataclass(frozen=True, slots=True)
class Webpage:
    """The lines of a page's article, the headline first, and the fields of its meta tags."""

    lines: tuple[Line, ...]
    fields: Mapping[str, str]
    headline: str = ""


def looks_like_html(text: str) -> bool:
    """Whether a text opens as an HTML page does, whatever the file is called."""
    return _HTML_HEAD.match(text) is not None


def has_tags(text: str) -> bool:
    """Whether any common tag is in the text: a file called .html may hold plain text."""
    return _ANY_TAG.search(text) is not None


def read_webpage(source: str) -> Webpage:
    """The article in an HTML page, as normalised lines."""
    from lxml import etree  # type: ignore[import-untyped]
    from lxml import html as lxml_html

    # lxml refuses text that declares another encoding, and text without any element
    source = _XML_DECLARATION.sub("", source)
    try:
        tree = lxml_html.document_fromstring(source)
    except (etree.ParserError, ValueError):
        return Webpage((), {})
    fields = _fields(tree)
    headline = normalise(_headline(tree, fields)).strip()
    fields["title"] = headline
    visible = _visible_lines(tree)
    found = _article_lines(source)
    if sum(map(len, found)) < FOUND_SHARE_MIN * sum(map(len, visible)):
        found = visible
    lines = [Line(line.removeprefix("| "), tight=tight) for line, tight in _tightened(found)]
    in_text = next((i for i, line in enumerate(lines[:5]) if line.text == headline), None)
    if headline and in_text is None:
        lines.insert(0, Line(headline, heading=1))
    elif in_text is not None:
        lines[in_text] = Line(headline, heading=1)
    return Webpage(tuple(lines), fields, headline)


def _article_lines(source: str) -> list[str]:
    """The main text as trafilatura finds it: a line for each paragraph, item and table row."""
    if len(source) > EXTRACTOR_CHARACTERS_MAX:
        return []
    import trafilatura

    text = trafilatura.extract(source, include_comments=False, include_tables=True, favor_recall=True)
    return [line for line in normalise(text or "").split("\n") if line and not _TABLE_RULE.match(line)]


def _tightened(lines: list[str]) -> list[tuple[str, bool]]:
    """The lines, each with whether it follows an item of the same list or table."""
    marks = [line[:2] if line[:2] in {"- ", "| "} else "" for line in lines]
    return [
        (line.rstrip(" |") if mark == "| " else line, bool(mark) and above == mark)
        for line, mark, above in zip(lines, marks, ["", *marks], strict=False)
    ]


def _visible_lines(tree: _Element) -> list[str]:
    """Every visible text of the page by blocks, without menus, footers and scripts."""
    from lxml import etree

    parts: list[str] = []
    skipping: _Element = None

    for event, node in etree.iterwalk(tree, events=("start", "end")):
        name = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            if skipping is None and (name in _HIDDEN or not name):
                skipping = node
            if skipping is None:
                parts.append("\n" if name in _BLOCKS else "")
                parts.append(_one_line(node.text))
            continue
        if skipping is node:
            skipping = None
        elif skipping is None and name in _BLOCKS:
            parts.append("\n")
        if skipping is None and node is not tree:
            parts.append(_one_line(node.tail))
    return [line for line in normalise("".join(parts)).strip().split("\n") if line]


def _one_line(text: str | None) -> str:
    return (text or "").replace("\n", " ").replace("\r", " ")


def _fields(tree: _Element) -> dict[str, str]:
    """What the meta tags, the canonical link and the linked data say of the page."""
    found: dict[str, str] = {}
    told = {
        (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").casefold(): content
        for tag in tree.iter("meta")
        if (content := (tag.get("content") or "").strip())
    }
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        day = _linked_day(script.text or "")
        if day:
            found["published"] = day
    for key, name in _META_KEYS.items():
        if key in told:
            found[name] = told[key]
    for link in tree.iter("link"):
        if (link.get("rel") or "").casefold() == "canonical" and link.get("href"):
            found["url"] = link.get("href").strip()
    if "published" not in found:
        times = [node.get("datetime") for node in tree.iter("time") if node.get("datetime")]
        if times:
            found["published"] = times[0]
    return found


def _linked_day(text: str) -> str:
    """The `datePublished` of schema.org data, "" when there is none or it is broken."""
    try:
        data = json.loads(text)
    except ValueError:
        return ""
    graph = data.get("@graph", [data]) if isinstance(data, dict) else data
    for node in graph if isinstance(graph, list) else []:
        if isinstance(node, dict) and isinstance(node.get("datePublished"), str):
            return str(node["datePublished"])
    return ""


def _headline(tree: _Element, fields: Mapping[str, str]) -> str:
    """The only first-level heading, else the title that the page gives to others."""
    headings = [" ".join(node.text_content().split()) for node in tree.iter("h1")]
    headings = [text for text in headings if text]
    if len(headings) == 1:
        return headings[0]
    if fields.get("title"):
        return fields["title"]
    title = tree.find(".//title")
    text = " ".join(title.text_content().split()) if title is not None else ""
    return _TITLE_TAIL.sub("", text)
