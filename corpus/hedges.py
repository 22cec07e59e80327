"""Words before a number that make it inexact: "about", "over", "at least", "an estimated".

Knows nothing about the number itself.

>>> hedge_before("reached over 45%", 13)
(8, 'over')
"""

from __future__ import annotations

import re

__all__ = ["has_minus", "hedge_before"]

_LOOK_BACK = 40  # characters
_HEDGES = (
    r"about|around|approximately|approx\.|roughly|nearly|almost|close to|(?:just |well |slightly )?(?:over|under)|above"
    r"|below|(?:slightly |a little )?(?:more|less|fewer|greater|higher|lower) than|exceeding|in excess of|upwards of"
    r"|at least|at most|(?:no|not) (?:less|fewer|more) than|(?:a )?(?:minimum|maximum) of|up to"
    r"|as (?:many|much|high) as"
    r"|some|(?:an )?estimated|circa|ca\."
    r"|hơn|khoảng|trên|dưới|gần|ước|ước tính|ít nhất|tối thiểu|tối đa|xấp xỉ|không quá"
    r"|rund|etwa|ungefähr|knapp|fast|mehr als|weniger als|mindestens|höchstens"
    r"|plus de|moins de|environ|près de|quelque|presque|au moins|au plus|jusqu[’']à|más de|menos de|cerca de"
)
_SIGNS = "~≈><≥≤"
_HEDGE = re.compile(rf"(?i)(?<![\w-])(?:{_HEDGES})[^\S\n]+\Z|[{_SIGNS}][^\S\n]?\Z")
# The last word of every hedge: most words before a number are none, and are not searched.
_LAST_WORD = re.compile(rf"[^\W\d_]+\.?(?=[^\S\n]{{1,2}}\Z)|[{_SIGNS}](?=[^\S\n]?\Z)")
_LAST_WORDS = frozenset(re.findall(r"[^\W\d_]+(?=\.?(?:\\\.)?(?:[|)]|\Z))", _HEDGES)) | set(_SIGNS)


def hedge_before(text: str, start: int) -> tuple[int, str]:
    """Where the hedge of the number at `start` begins, and its words in lower case without article.

    `start` itself and "" where there is none.
    """
    low = max(0, start - _LOOK_BACK)
    word = _LAST_WORD.search(text, low, start)
    if not word or word[0].lower().rstrip(".") not in _LAST_WORDS:
        return start, ""
    hedge = _HEDGE.search(text, low, start)
    if not hedge:
        return start, ""
    words = " ".join(hedge[0].lower().split())
    return hedge.start(), re.sub(r"\Aan? ", "", words)


def has_minus(text: str, start: int) -> bool:
    """Whether a minus sign stands at the number that begins at `start`; a hyphen that opens a line is a list's."""
    sign = text[start - 1 : start] if start else ""
    if sign != "-":
        return sign == "−"
    before = text[max(0, start - 2) : start - 1]
    return start == 1 or (before != "\n" and not before.isalnum())
