"""A saved web page to the lines of its article and what its meta tags say.

trafilatura finds where the article begins and ends; the lines between are taken as they are seen,
since trafilatura drops tables and short lines at times. Where it finds nothing, the page's visible
text is taken whole. What is still furniture in the lines is boilerplate.py's business.

>>> page = read_webpage("<title>Vote</title><p>The council voted.</p>")
>>> [line.text for line in page.lines], page.fields["title"]
(['Vote', 'The council voted.'], 'Vote')
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.articles import Line
from corpus.characters import normalise
from corpus.furniture import is_sentence
from corpus.markup import Element, VisibleLine, visible_lines

__all__ = ["Webpage", "has_tags", "looks_like_html", "read_webpage"]


FOUND_SHARE_MIN = 0.2  # of the visible text: less than that, and the article was not found
PART_CHARACTERS_MIN = 20  # of a line that trafilatura joined with another
COMPARISONS_MAX = 500_000_000  # characters looked through for such parts
EXTRACTOR_CHARACTERS_MAX = 15_000_000  # trafilatura refuses pages over 20 MB

_HTML_HEAD = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html)\b", re.I | re.S)
_ANY_TAG = re.compile(r"<(?:p|div|body|article|h[1-6]|table|ul|br|span|title)\b[^<>]{0,500}>", re.I)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_TITLE_TAIL = re.compile(r"\s+[|–—·»-]\s+[^|–—·»]{2,60}$")
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
    visible = visible_lines(tree)
    chosen = _article_of(visible, _keys(_main_text(source)))
    lines = [
        Line(line.text, tight=bool(line.mark) and bool(above) and above[-1].mark == line.mark, heading=line.heading)
        for line, above in zip(chosen, ([], *([line] for line in chosen)), strict=False)
    ]
    if headline and not any(line.text == headline for line in lines[:5]):
        lines.insert(0, Line(headline, heading=1))
    return Webpage(tuple(lines), fields, headline)


def _main_text(source: str) -> str:
    """The main text as trafilatura finds it: it drops tables and short lines at times."""
    if len(source) > EXTRACTOR_CHARACTERS_MAX:
        return ""
    import logging

    import trafilatura

    log = logging.getLogger("trafilatura")
    if not log.handlers:  # it reports pages without an article, which is dealt with here
        log.addHandler(logging.NullHandler())
    return trafilatura.extract(source, include_comments=False, include_tables=True, favor_recall=True) or ""


def _keys(text: str) -> frozenset[str]:
    return frozenset(key for line in text.split("\n") if (key := _key(line)))


def _key(line: str) -> str:
    """A line without spaces and punctuation, which the two readings set differently."""
    return "".join(filter(str.isalnum, line)).casefold()


def _article_of(visible: Sequence[VisibleLine], found: frozenset[str]) -> list[VisibleLine]:
    """The visible lines from the first to the last that trafilatura found, nothing left out.

    Boxes beside the article are passed over; running text right around the range, in the same
    element, belongs to it. All lines where trafilatura found next to nothing.
    """
    whole = "\n".join(found)
    keys = [_key(line.text) for line in visible]
    compares = len(whole) * len(keys) <= COMPARISONS_MAX
    matched = [
        index
        for index, key in enumerate(keys)
        if key in found or (compares and len(key) >= PART_CHARACTERS_MIN and key in whole)
    ]
    if not matched or sum(len(keys[index]) for index in matched) < FOUND_SHARE_MIN * sum(map(len, keys)):
        return [line for line in visible if not line.aside]
    first, last = matched[0], matched[-1]
    while first and _belongs(visible[first - 1], visible[first]):
        first -= 1
    while last + 1 < len(visible) and _belongs(visible[last + 1], visible[last]):
        last += 1
    known = frozenset(matched)
    return [
        line for index, line in enumerate(visible[first : last + 1], start=first) if index in known or not line.aside
    ]


def _belongs(line: VisibleLine, neighbour: VisibleLine) -> bool:
    return line.box == neighbour.box and not line.aside and (is_sentence(line.text) or bool(line.mark))


def _fields(tree: Element) -> dict[str, str]:
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
    except (ValueError, RecursionError):
        return ""
    graph = data.get("@graph", [data]) if isinstance(data, dict) else data
    for node in graph if isinstance(graph, list) else []:
        if isinstance(node, dict) and isinstance(node.get("datePublished"), str):
            return str(node["datePublished"])
    return ""


def _headline(tree: Element, fields: Mapping[str, str]) -> str:
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
