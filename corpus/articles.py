"""Plain text and Markdown to the lines of an article.

A `Line` is one paragraph, heading, list item or table row; hard-wrapped text is unwrapped into
paragraphs. Knows how people write text files; knows nothing about web pages' furniture (that is
boilerplate.py) or about what the words mean.

>>> canonical_text(plain_lines("Budget meeting\\n\\nAgreed:\\n- a bridge\\n- two schools"))
'Budget meeting\\n\\nAgreed:\\n\\n- a bridge\\n- two schools'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.characters import normalise

__all__ = [
    "FrontMatter",
    "Line",
    "canonical_text",
    "markdown_lines",
    "plain_lines",
    "split_front_matter",
]

WRAP_WIDTH_MIN, WRAP_WIDTH_MAX = 50, 100  # characters; the width that editors and mail wrap at
WRAP_FILL = 0.7  # of the width: a line shorter than that was ended on purpose
FRONT_MATTER_LINES_MAX = 60

_LIST_ITEM = re.compile(r"(?:[-*+•–‣▪]|\(?\d{1,3}[.)]|\(?[a-z]\))\s")
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_FIELD = re.compile(r"([A-Za-z][\w -]{0,40}?)\s*:(?:\s+(.*))?$")
_BLOCK_SCALAR = re.compile(r"[|>][+-]?\d?[+-]?$")  # the value stands in the nested lines below

_FENCE = re.compile(r"`{3,}(?=[^`]*$)|~{3,}")
_HEADING = re.compile(r"(#{1,6})\s+(.*)$")
_UNDERLINE = re.compile(r"(=+|-{2,})$")
_RULE = re.compile(r"(?:[-*_] ?){3,}$")
_TABLE_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?$")
_QUOTE_MARK = re.compile(r"(?:> ?)+")
# A link definition's target looks like one: "[Chair]: Good morning" and a footnote are text.
_REFERENCE = re.compile(
    r"\[(?!\^)[^\]]{1,200}\]:\s*"
    r"(?:<(?=[^<>]{0,2000}[:/#.])[^<>]{1,2000}>|(?:[a-z][a-z0-9+.-]{1,30}:|/|#|www\.)\S+)"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?$",
    re.IGNORECASE,
)
_DEFINITION = re.compile(r"\[[^\]]{1,200}\]:\s")  # a footnote, or a speaker in brackets: a line of its own
# Bounded and without nesting, so that a line full of brackets stays linear.
_MARK = re.compile(r"[\\`*_\[<]")
_IMAGE = re.compile(r"!\[[^\[\]]{0,500}\]\([^()\s]{1,2000}(?: \"[^\"]{0,500}\")?\)")
_LINK = re.compile(r"\[([^\[\]]{1,500})\]\([^()\s]{1,2000}(?: \"[^\"]{0,500}\")?\)")
_AUTOLINK = re.compile(r"<(https?://[^<>\s]{1,2000})>")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_]{1,2000}?\S|\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*]{1,2000}?)(?<=\S)\*(?![\w*])")
_UNDERSCORED = re.compile(r"(?<![\w_])_(?=\S)([^_]{1,2000}?)(?<=\S)_(?![\w_])")
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)([^`]{1,1000})\1(?!`)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of canonical text."""

    text: str
    tight: bool = False  # belongs to the line above, as list items and table rows do
    heading: int = 0  # level, 1 the highest; 0 for what is not marked as a heading


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The `key: value` block at the head of a file, keys in lower case, and the text below it."""

    body: str
    fields: Mapping[str, str] = field(default_factory=dict)


def split_front_matter(text: str) -> FrontMatter:
    """Take a YAML front matter off a text; text without one comes back whole.

    The text is that of the file, before it is normalised: indentation tells which lines are nested.
    Only plain `key: value` lines are understood; nested values are passed over, and of a repeated
    key the first value counts. A block that does not end, or that holds prose, is not front
    matter. Keys and values are normalised, the body is as it was.
    """
    if not text.lstrip().startswith("---"):
        return FrontMatter(text)
    lines = text.lstrip().splitlines(keepends=True)
    if lines[0].rstrip() != "---":
        return FrontMatter(text)
    fields: dict[str, str] = {}
    for number, source_line in enumerate(lines[1:FRONT_MATTER_LINES_MAX], start=1):
        line = normalise(source_line).strip()
        if line in {"---", "..."}:
            return FrontMatter("".join(lines[number + 1 :]), fields) if fields else FrontMatter(text)
        if not line or source_line[0].isspace() or line.startswith(("-", "#")):
            continue
        match = _FIELD.match(line)
        if match is None:
            return FrontMatter(text)
        key = match.group(1).casefold()
        fields[key] = fields.get(key) or _scalar(match.group(2) or "")
    return FrontMatter(text)


def plain_lines(text: str) -> list[Line]:
    """The lines of normalised plain text: each source line, or each paragraph if it was wrapped."""
    blocks = _blocks(text.split("\n"))
    width = _wrap_width(blocks)
    lines: list[Line] = []
    for block in blocks:
        lines.extend(_tightened(_unwrapped(block, width) if width else block))
    return lines


def markdown_lines(text: str) -> list[Line]:
    """The lines of normalised Markdown, without its marks; wrapped paragraphs are joined."""
    lines: list[Line] = []
    paragraph: list[str] = []
    fence = ""  # the marks that opened the code block, "" outside one

    def close() -> None:
        lines.extend(_tightened([_inline(" ".join(paragraph))]) if paragraph else [])
        paragraph.clear()

    previous_row = False  # the source line above was a list item or a table row
    for raw in _without_comments(text).split("\n"):
        opening = None if fence else _FENCE.match(raw)
        if opening is not None:
            close()
            fence, previous_row = opening.group(), False
            continue
        if fence:
            if raw.startswith(fence) and not raw.strip(fence[0]):
                fence, previous_row = "", False
                continue
            lines.extend([Line(raw, tight=previous_row)] if raw else [])
            previous_row = True
            continue
        line = _QUOTE_MARK.sub("", raw, count=1) if raw.startswith(">") else raw
        heading = _HEADING.match(line)
        if not line:
            close()
            previous_row = False
        elif heading is not None:
            close()
            title = _inline(heading.group(2).rstrip("#"))
            lines.extend([Line(title, heading=len(heading.group(1)))] if title else [])
            previous_row = False
        elif len(paragraph) == 1 and _UNDERLINE.match(line):
            level = 1 if line[0] == "=" else 2
            lines.append(Line(_inline(paragraph.pop()), heading=level))
        elif _RULE.match(line) or _REFERENCE.match(line) or _TABLE_RULE.match(line):
            close()
        elif line.startswith("|") or _LIST_ITEM.match(line):
            close()
            if line.startswith("|"):
                cells = [_inline(cell.strip()) for cell in line.strip("|").split("|")]
                lines.append(Line(" | ".join(cells), tight=previous_row))
            else:
                lines.append(Line(_inline(line), tight=previous_row))
            previous_row = True
        elif _DEFINITION.match(line):
            close()
            paragraph.append(line)
            previous_row = False
        elif previous_row and lines:
            # a list item that goes on in the next source line
            lines[-1] = Line(f"{lines[-1].text} {_inline(line)}", lines[-1].tight)
        else:
            paragraph.append(line)
    close()
    return [line for line in lines if line.text]


def canonical_text(lines: Iterable[Line]) -> str:
    """The lines as one text: a blank line between paragraphs, none inside a list or table."""
    parts: list[str] = []
    for line in lines:
        if parts:
            parts.append("\n" if line.tight else "\n\n")
        parts.append(line.text)
    return "".join(parts)


def _scalar(value: str) -> str:
    """A plain or quoted value of front matter, "" where it stands in the lines below."""
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return "" if _BLOCK_SCALAR.match(value) else value


def _blocks(lines: Sequence[str]) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _wrap_width(blocks: Sequence[Sequence[str]]) -> int:
    """The column at which the text was wrapped, 0 when its lines are whole paragraphs."""
    longest = max((len(line) for block in blocks for line in block), default=0)
    if not WRAP_WIDTH_MIN <= longest <= WRAP_WIDTH_MAX:
        return 0
    inner = [line for block in blocks for line in block[:-1]]
    full = sum(len(line) >= WRAP_FILL * longest for line in inner)
    broken = sum(not _SENTENCE_END.search(line) for line in inner)
    wrapped = len(inner) >= 3 and full >= 0.6 * len(inner) and broken >= 0.6 * len(inner)
    return longest if wrapped else 0


def _unwrapped(block: Sequence[str], width: int) -> list[str]:
    joined = [block[0]]
    for above, line in pairwise(block):
        if len(above) >= WRAP_FILL * width and not _LIST_ITEM.match(line):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return joined


def _tightened(block: Sequence[str]) -> list[Line]:
    """Lines of one block: list items follow each other closely, other lines are paragraphs."""
    lines: list[Line] = []
    item_above = False
    for text in block:
        item = _LIST_ITEM.match(text) is not None
        lines.append(Line(text, tight=item and item_above))
        item_above = item
    return lines


def _without_comments(text: str) -> str:
    """The text without `<!-- ... -->`; a comment that never ends is no comment."""
    parts: list[str] = []
    position = 0
    while (start := text.find("<!--", position)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            break
        parts.append(text[position:start])
        position = end + 3
    return "".join([*parts, text[position:]])


def _inline(text: str) -> str:
    """The words of a Markdown line without emphasis, links and escapes."""
    if not _MARK.search(text):
        return text
    text = _IMAGE.sub("", text)  # what it shows is said by the caption, if anywhere
    for pattern in (_LINK, _AUTOLINK):
        text = pattern.sub(r"\1", text)
    text = _CODE.sub(r"\2", text)
    text = _STRONG.sub(r"\2", text)
    text = _UNDERSCORED.sub(r"\1", _EMPHASIS.sub(r"\1", text))
    return _ESCAPE.sub(r"\1", text).strip()
