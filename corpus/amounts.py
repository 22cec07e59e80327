"""A number with the scale and unit beside it, and whether its place lets it be one at all.

"25 billion USD", "€45m", "3 km", "two million". Knows nothing of ranges, totals, ranks and hedges.

>>> amount = AmountReader("about €45m a year", "en").at(6)
>>> float(amount.value), amount.unit, amount.end
(45000000.0, 'EUR', 10)
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from corpus import number_uses
from corpus.number_forms import SCALE, WORD_NUMBER, digits_pattern, read_number, read_scale, read_words
from corpus.periods import find_periods
from corpus.units import TIME_UNITS, money_before, read_unit

__all__ = ["Amount", "AmountReader", "is_glued"]

_ANY_YEAR = 2024  # a leap year: days and months without a year are wanted too, whatever year they are of
_AND_A_HALF = re.compile(r"[^\S\n]and a half\b")
_LETTER_SCALE = re.compile(r"[^\S\n]?([mMbBkK])(?!\w)")  # after money; elsewhere "m" is a metre
_LETTERS = {"m": 6, "b": 9, "k": 3}
_THOUSAND = re.compile(r"k(?!\w)")
_MONEY_SIGN = re.compile(r"(?:[A-Z]{2,3}[^\S\n]?|[A-Z]{0,2}[$€£¥₫₩₹])?[^\S\n]?")
_GLUED = re.compile(r"[\w°⁄]|\(\w\)|/(?!\d)|[.,:/]\d|-\w|[’']\w")
_SINGULAR_TIME = re.compile(r"(?i)(?:day|hour|minute|week|month|year|decade)\Z")
_TOUCHES_NO_NUMBER = frozenset("._#&@=\\^/⁄")


@dataclass(frozen=True, slots=True)
class Amount:
    """One number with scale and unit, as far as they are written beside it."""

    start: int  # of the number, or of the currency sign before it
    number_start: int
    number_end: int  # of digits or number words
    end: int
    raw: Decimal
    exponent: int  # of the scale words after digits
    unit: str | None
    in_words: bool

    @property
    def value(self) -> Decimal:
        """The number, scale included."""
        return self.scaled(self.exponent)

    @property
    def is_bare(self) -> bool:
        """Whether it has neither scale nor unit."""
        return self.unit is None and not self.exponent

    @property
    def is_whole(self) -> bool:
        """Whether the number as it is written has no fraction."""
        return self.raw == self.raw.to_integral_value()

    def scaled(self, exponent: int) -> Decimal:
        """The number as if that power of ten were its scale."""
        return self.raw.scaleb(exponent) if exponent else self.raw


class AmountReader:
    """Reads the amounts of one text, at the places that it is asked for."""

    def __init__(self, text: str, language: str) -> None:
        self._text = text
        self._language = language
        self._number = _number_pattern(language)
        busy = [(mention.start, mention.end) for mention in find_periods(text, year_hint=_ANY_YEAR)]
        self._busy = sorted(busy + number_uses.masked(text))
        self._busy_starts = [start for start, _ in self._busy]

    def after_busy(self, start: int, end: int) -> int:
        """The end of the day, period or address that the words at `start` to `end` are part of; 0 for none."""
        place = bisect_right(self._busy_starts, start) - 1
        if place >= 0 and self._busy[place][1] > start:
            return self._busy[place][1]
        if place + 1 < len(self._busy) and self._busy[place + 1][0] < end:
            return self._busy[place + 1][1]
        return 0

    def at(self, position: int) -> Amount | None:
        """The amount at `position`, a currency sign before it allowed, if it can end a range or be a total."""
        sign = _MONEY_SIGN.match(self._text, position)
        match = self._number.match(self._text, sign.end() if sign else position)
        if not match or self.after_busy(*match.span()):
            return None
        amount = self.read(match)
        return amount if amount and (match.start() == position or amount.start == position) else None

    def first(self, match: re.Match[str]) -> Amount | None:
        """The amount whose number is `match`, if its place lets it be one: no clock, list number, code."""
        if not self._may_begin(match.start()):
            return None
        start, end = match.span()
        if number_uses.is_list_marker(self._text, start, end):
            return None
        if match[0].startswith("0") and match[0].isdecimal() and end - start > 2:
            return None  # "0255": a number to dial
        amount = self.read(match)
        if amount and amount.is_bare and number_uses.is_clock(self._text, start, end):
            return None
        return amount

    def read(self, match: re.Match[str]) -> Amount | None:
        """The number that `match` has found, read on to its scale and unit; None where it is no number."""
        text, written, end = self._text, match[0], match.end()
        in_words = not written[0].isdecimal()
        raw = _value_of_words(written) if in_words else read_number(written, language=self._language)
        if raw is None:
            return None
        half = _AND_A_HALF.match(text, end)
        if half:
            raw, end = raw + Decimal("0.5"), half.end()
        number_end, exponent, own = end, 0, self._language
        while scale := SCALE.match(text, end):
            power, own = read_scale(scale[1], language=self._language)
            exponent, end = exponent + power, scale.end()
        money = None if in_words else money_before(text, match.start())
        letter = None if exponent or in_words else (_LETTER_SCALE if money else _THOUSAND).match(text, end)
        if letter:
            exponent, end = _LETTERS[letter[0].strip().lower()], letter.end()
        start, unit = (money[1], money[0]) if money else (match.start(), None)
        read = read_unit(text, end, scaled=exponent > 0)
        if read and _is_adjective(text[end : read[1]], raw):
            return None
        if read and unit in (None, read[0]):
            own = "vi" if "đ" in text[end : read[1]].lower() else own  # 50.000 đồng
            unit, end = read
        if own != self._language and not in_words:
            raw = read_number(written, language=own) or raw
        return Amount(start, match.start(), number_end, end, raw, exponent, unit, in_words)

    def _may_begin(self, start: int) -> bool:
        """Whether what touches the number on its left leaves it a number of its own."""
        before = self._text[max(0, start - 2) : start]
        if not before or before[-1].isspace():
            return True
        last, other = before[-1], before[0] if len(before) == 2 else " "
        if last.isalnum():
            return money_before(self._text, start) is not None
        if last in "-–—−":
            return not other.isalnum()
        return last not in _TOUCHES_NO_NUMBER and not (last in ":," and other.isdecimal())


def is_glued(text: str, end: int) -> bool:
    """Whether the word that ends at `end` goes on, so that it is no number: "4G", "45/CP", "3-level"."""
    return _GLUED.match(text, end) is not None


@lru_cache(maxsize=16)
def _number_pattern(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{digits_pattern(language)})|(?:{WORD_NUMBER})", re.IGNORECASE)


def _value_of_words(words: str) -> Decimal | None:
    value = read_words(words.replace("\u00a0", " "))
    return None if value is None else Decimal(value)


def _is_adjective(words: str, raw: Decimal) -> bool:
    """ "5-year", "5 year": how long a thing is made for, no measure of it."""
    word = words.strip(" \u00a0-")
    if not TIME_UNITS.fullmatch(word):
        return False
    return words.lstrip().startswith("-") or (raw > 1 and _SINGULAR_TIME.search(word) is not None)
