"""Whether four figures in running text are a year or a quantity: "in 2024" against "2400 racks".

Only the words on both sides can tell, and they often do: a preposition before, a plural noun or a
unit after. Knows nothing about what a year is used for: see `corpus.periods`.

>>> is_year("In 2024 ministries met.", 3, 7), is_year("2024 people came", 0, 4)
(True, False)
"""

from __future__ import annotations

import re

__all__ = ["is_year"]

_LOOK_BACK = 24  # characters
_STRONG = re.compile(
    r"(?i)\b(?:in|since|by|until|till|before|after|during|throughout|year|years|năm|early|late|mid"
    r"|compared (?:to|with))[^\S\n-]*[-(]?\Z"
)
_OWNED = re.compile(r"(?i)(?:\b(?:the|its|their|our|this)|['’]s)[^\S\n]+\Z")
_COUNTED = re.compile(
    r"(?i)\b(?:about|over|nearly|than|least|most|some|around|approximately|total of|only|almost"
    r"|all|these|those|additional|other|up to|hơn|gần|khoảng|tổng số|trên|có)[^\S\n]+\Z"
)
_NUMBERED = re.compile(
    r"(?i)(?:\b(?:no|nos|number|số|tel|telephone|phone|hotline|fax|room|page|p|pp|iso|code|id|point"
    r"|extension|line|lines)\b|#)[.:]*[^\S\n]*\Z"
)
_NEXT = re.compile(r"[^\S\n]+([^\W\d_]+|\d)")
_PEOPLE = frozenset({"people", "persons", "percent", "men", "women", "children", "staff", "personnel", "police"})
_UNITS = frozenset(
    {
        "million",
        "billion",
        "thousand",
        "hundred",
        "MW",
        "GW",
        "kW",
        "km",
        "kg",
        "m",
        "ha",
        "g",
        "t",
        "GB",
        "TB",
        "MB",
        "USD",
        "VND",
        "EUR",
        "tỷ",
        "triệu",
    }
)
# End in "s" and are no plural nouns.
_NO_NOUNS = frozenset(
    {
        "was",
        "is",
        "has",
        "does",
        "this",
        "as",
        "its",
        "us",
        "thus",
        "across",
        "always",
        "towards",
        "onwards",
        "onward",
        "sees",
        "marks",
        "shows",
        "brings",
        "remains",
        "begins",
        "starts",
        "ends",
        "sets",
        "plus",
        "versus",
        "vs",
    }
)
# Told of a year rather than counted: "according to 2024 figures".
_YEARLY = frozenset({"figures", "statistics", "estimates", "results", "levels", "prices", "targets"})
_NOT_ENGLISH = re.compile(r"[^\x00-\x7f]")


def is_year(text: str, start: int, end: int) -> bool:
    """Whether the figures at `text[start:end]`, 1900 to 2100, are a year rather than a quantity."""
    before = text[max(0, start - _LOOK_BACK) : start].rpartition("\n")[2]
    if _NUMBERED.search(before):
        return False
    following = _NEXT.match(text, end)
    strong = _STRONG.search(before) is not None
    if following is None:
        return True
    word = following[1]
    if word in _UNITS:
        return False
    if word.isdigit():
        return strong
    if word[0].isupper() or word in _NO_NOUNS or word in _YEARLY:
        return True
    if _COUNTED.search(before):
        return False
    if _NOT_ENGLISH.search(word):
        return strong  # Vietnamese nouns have no plural: "2024 xã" is a count, "năm 2024 xã" not
    if not (word in _PEOPLE or _is_plural(word)):
        return True
    round_number = text[start:end].endswith("00")  # "in 2000 villages" counts, "in 2024 sales" not
    owned = _OWNED.search(before) is not None and word not in _PEOPLE
    return (strong or owned) and not round_number


def _is_plural(word: str) -> bool:
    """Whether an English word in lower case looks like a plural noun."""
    return len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
