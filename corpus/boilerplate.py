"""Trim the furniture of a web page off an article that was saved or copied as text.

The law: a rule never removes an article's sentence. So nothing is touched unless the page shows
signs of being one (a comment counter, a copyright line, "PREV ..."); blocks are cut only at the
head and the tail; inside, only image file names, photo credits and captions that repeat the text
go. In doubt a line stays. The rules look at shape and place, never at a site's own words.

>>> page = ["Bridge opens", "The bridge opened to traffic on Monday.", "(0) Comments", "Latest News"]
>>> [line.text for line in trim([Line(text) for text in page], "en").lines]
['Bridge opens', 'The bridge opened to traffic on Monday.']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.articles import Line
from corpus.furniture import (
    Furniture,
    furniture_of,
    is_image_file,
    is_prose,
    is_rule,
    is_sentence,
    split_credit,
)
from corpus.languages import is_foreign_line
from corpus.speakers import is_field, label_of

__all__ = ["Trimmed", "trim"]

HEAD_LINES, TAIL_LINES = 10, 120  # how far from the ends furniture is looked for
LOOSE_WORDS_MAX = 25  # a headline in a list of links
LOOSE_AFTER_WEAK_MAX = 2  # lines that "Source: ..." may carry along; "Latest News" carries many
TAIL_SHARE_MAX = 0.5  # of the characters; more than that is no tail
SECTION_WORDS_MAX = 6
HEADLINE_WORDS_MIN, HEADLINE_WORDS_MAX = 4, 35  # over a dateline; a section's name is shorter
HEADING_WITHIN = 5  # lines: a marked heading below those is no title
CAPTIONS_MAX, COMPARED_CHARACTERS_MAX = 300, 2_000_000  # a caption costs a pass over the text

_SIGNS: frozenset[Furniture] = frozenset({"image", "counter", "copyright", "neighbour", "views", "skip"})
_WEAK_SIGNS: frozenset[Furniture] = frozenset({"related", "tags", "links", "share", "source"})
_TAIL_KINDS: frozenset[Furniture] = frozenset(
    {
        *("counter", "views", "copyright", "neighbour", "related", "tags", "source", "author"),
        *("contact", "share", "links", "rule"),
    }
)
_HEAD_KINDS: frozenset[Furniture] = frozenset({"skip", "links", "share", "views", "rule", "counter"})
_OPENERS: frozenset[Furniture] = frozenset({"related", "counter"})
_CARRIERS: frozenset[Furniture] = frozenset({"source", "author", "tags"})
_ADDRESS = re.compile(r"https?://\S+$")
_NAME = re.compile(r"[^\W\d_][\w'’.-]*$")


@dataclass(frozen=True, slots=True)
class Trimmed:
    """The article's lines, and what was around them, which still dates and names the page."""

    lines: tuple[Line, ...]
    headline: str = ""  # the first of `lines` when it is one
    head: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()


def trim(lines: Sequence[Line], language: str) -> Trimmed:
    """The article in `lines`, written in `language`, without the page's furniture."""
    lines = [line for line in lines if line.text]
    if not lines:
        return Trimmed(())
    if not _is_page(lines):
        return Trimmed(tuple(lines), _first_headline(lines))
    end = _tail_start(lines)
    body, tail = lines[:end], lines[end:]
    head = _Head.of(body, language)
    kept = [line for index, line in enumerate(body) if index not in head.dropped]
    return Trimmed(
        lines=tuple(_without_captions(kept, language)),
        headline=head.headline,
        head=tuple(body[index].text for index in sorted(head.dropped)),
        tail=tuple(line.text for line in tail),
    )


def _is_page(lines: Sequence[Line]) -> bool:
    ends = [*lines[:HEAD_LINES], *lines[max(HEAD_LINES, len(lines) - TAIL_LINES) :]]
    kinds = {furniture_of(line.text) for line in ends}
    if kinds & _SIGNS or any(is_image_file(line.text) for line in lines):
        return True
    last_is_address = any(furniture_of(line.text) == "source" and _ADDRESS.search(line.text) for line in lines[-3:])
    return last_is_address or len(kinds & _WEAK_SIGNS) >= 2


def _first_headline(lines: Sequence[Line]) -> str:
    """The title of a text that is no page: a marked heading, or a short first line above others."""
    for line in lines[:HEADING_WITHIN]:
        if line.heading == 1:
            return line.text
    return lines[0].text if _may_be_headline(lines, 0) else ""


def _may_be_headline(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is short, no sentence, no field of a form, and not half of a sentence."""
    text = lines[index].text
    if not 2 <= len(text.split(maxsplit=31)) <= 30 or is_sentence(text) or text[-1] in ".,;:":
        return False
    label = label_of(text)
    is_value = label is not None and (is_field(label.speaker) or " " not in label.speaker)
    below = lines[index + 1 : index + 2]
    return bool(below) and not below[0].text[0].islower() and not is_value and text[0] not in "-*•|"


def _tail_start(lines: Sequence[Line]) -> int:
    """Index of the first line of the furniture that closes the page; `len(lines)` for none."""
    lowest = max(1, len(lines) - TAIL_LINES)
    first_at = {line.text: index for index, line in reversed(list(enumerate(lines)))}
    characters_left = TAIL_SHARE_MAX * sum(len(line.text) for line in lines)
    cut, loose = len(lines), 0
    for index in range(len(lines) - 1, lowest - 1, -1):
        text = lines[index].text
        characters_left -= len(text)
        if characters_left < 0:
            break
        kind = furniture_of(text)
        if kind in _TAIL_KINDS:
            # Links under "Latest News" go with it; under a lesser line they may be the article.
            carries = LOOSE_AFTER_WEAK_MAX if kind in _CARRIERS else 0
            if kind == "links" and index and furniture_of(lines[index - 1].text) == "links":
                break  # rows of a table
            if kind in _OPENERS or loose <= carries:
                cut, loose = index, 0
            continue
        is_short = not is_sentence(text) and len(text.split(maxsplit=LOOSE_WORDS_MAX)) <= LOOSE_WORDS_MAX
        is_loose = is_short or first_at[text] < index  # the headline again, among the latest news
        if not is_loose or lines[index].heading == 1:
            break
        loose += 1
    # Under running text a lone name is its author's; under other names it is one of a list.
    if 2 <= cut < len(lines) and _is_byline(lines[cut - 1].text) and is_prose(lines[cut - 2].text):
        cut -= 1
    while 1 < cut < len(lines) and furniture_of(lines[cut - 1].text) == "rule":
        cut -= 1
    return cut


def _is_byline(text: str) -> bool:
    """A lone name or initials: "HA KIEN", "M.H", "PV:NQ"."""
    words = text.replace(":", " ").split()
    return (
        1 <= len(words) <= 4
        and all(_NAME.match(word) and word[0].isupper() for word in words)
        and not any(len(word) > 3 and word.endswith(".") for word in words)
    )


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands above the article: the indexes of the dropped lines, and the headline."""

    dropped: frozenset[int]
    headline: str

    @classmethod
    def of(cls, lines: Sequence[Line], language: str) -> _Head:
        dropped: set[int] = set()
        above: list[int] = []  # lines above the dateline that may be the headline
        dateline = None
        for index, line in enumerate(lines[:HEAD_LINES]):
            kind = furniture_of(line.text)
            if kind in _HEAD_KINDS:
                dropped.add(index)
            elif kind == "dateline" or (kind == "author" and index):
                dropped.add(index)
                dateline = index if dateline is None else dateline
            elif dateline is None and is_foreign_line(line.text, language):
                dropped.add(index)
            elif dateline is None and (not is_prose(line.text) or _dateline_below(lines, index)):
                above.append(index)
            elif is_prose(line.text):
                break
        if dateline is not None:
            above = [index for index in above if index < dateline]
        headline = _headline_among(lines, above, dated=dateline is not None)
        if headline is None:
            return cls(frozenset(dropped), "")
        for index in above:
            text = lines[index].text
            section = len(text.split()) <= SECTION_WORDS_MAX and not is_sentence(text)
            if index < headline and section and (dateline is not None or lines[headline].heading == 1):
                dropped.add(index)
        return cls(frozenset(dropped), lines[headline].text)


def _dateline_below(lines: Sequence[Line], index: int) -> bool:
    below = lines[index + 1 : index + 3]
    return index < 4 and any(furniture_of(line.text) == "dateline" for line in below)


def _headline_among(lines: Sequence[Line], above: Sequence[int], *, dated: bool) -> int | None:
    """The line that is the headline: the one over the dateline, else the first that looks it."""
    marked = [index for index in above if lines[index].heading == 1]
    if marked:
        return marked[0]
    if dated:
        titles = [
            index
            for index in above
            if not is_prose(lines[index].text) and len(lines[index].text.split()) >= HEADLINE_WORDS_MIN
        ]
        # a headline may be a whole sentence: "The council decides that ... ."
        last = titles[-1] if titles else above[-1] if above else None
        short = last is not None and len(lines[last].text.split()) <= HEADLINE_WORDS_MAX
        return last if short else None
    first = above[0] if above else None
    if first is not None and _may_be_headline(lines, first):
        return first
    return None


def _without_captions(lines: Sequence[Line], language: str) -> list[Line]:
    """Drop image file names, credits, and captions that another line of the article repeats."""
    whole: str | None = None
    kept: list[Line] = []
    compared, below_image = 0, False
    for line in lines:
        if is_image_file(line.text) or is_rule(line.text):
            below_image = is_image_file(line.text)
            continue
        caption = split_credit(line.text)
        if caption.credit or below_image:
            if not caption.words or is_foreign_line(caption.words, language):
                continue
            words = caption.words.casefold()
            if whole is None:
                whole = "\n".join(other.text for other in lines).casefold()
            if compared < CAPTIONS_MAX and len(whole) <= COMPARED_CHARACTERS_MAX:
                compared += 1
                if whole.count(words) > 1:
                    whole = whole.replace(words, "", 1)  # so that of two copies one stays
                    continue
        below_image = False
        kept.append(replace(line, text=caption.words) if caption.credit else line)
    return kept
