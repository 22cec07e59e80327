"""Explicit calendar days in English and Vietnamese text, with their exact places.

A compact grammar of our own, not dateparser or dateutil: those read one string that is known to
be a date; searching running text they take about a second for 100 kB, call "10/11 goals" and
"May" dates, guess the missing year from today's date, and cost 200 ms to import. Here nothing is
guessed: a day without a year says so, and a form that is no calendar day is no date. Knows
nothing about months, quarters and years as periods: see `corpus.periods`.

>>> text = "On July 19, 2024 they met; 10/11 goals were reached."
>>> [(text[m.start : m.end], m.date.isoformat()) for m in find_dates(text, order="mdy")]
[('July 19, 2024', '2024-07-19')]
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

__all__ = [
    "MONTHS",
    "MONTH_NAME",
    "NO_YEAR",
    "DateMention",
    "DateOrder",
    "date_order",
    "find_dates",
    "resolve_year",
]

DateOrder = Literal["dmy", "mdy"]

NO_YEAR = 4  # stands in for a year that is not written; a leap year, so that 29 February fits

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
# Every pattern begins with a character class, and looks behind only after it: the engine then
# skips to the next such character, four times as fast as an alternation tried everywhere. The
# price: MONTH_NAME also takes "Jarch", so a match counts only when MONTHS has the word.
MONTH_NAME = (
    r"[JFMASONDjfmasond](?<![^\W_].)(?i:an(?:uary)?|eb(?:ruary)?|ar(?:ch)?|pr(?:il)?|ay|une?|uly?"
    r"|ug(?:ust)?|ep(?:t(?:ember)?)?|ct(?:ober)?|ov(?:ember)?|ec(?:ember)?)(?![^\W_])"
)
_WORDS_TOO = frozenset({"may", "march", "mar", "dec", "sep"})  # in lower case: other words

_GAP = r"[^\S\n]{0,3}"  # a date stays on its line
_YEAR = r"(?P<year>19\d\d|20\d\d|2100)(?!\d|[.,]\d|-\d)"
_TH = r"(?:st|nd|rd|th)?(?![^\W_])"
_TO_LAST = rf"(?:{_GAP}(?:[-–&]|\band\b|\bto\b){_GAP}(?P<last>\d{{1,2}}){_TH})?"
_MONTH_FIRST = re.compile(
    rf"(?P<month>{MONTH_NAME})\.?{_GAP}(?P<day>\d{{1,2}}){_TH}{_TO_LAST}"
    rf"(?:{_GAP}(?:,|of)?{_GAP}{_YEAR}|(?!\d|[.,:/-]\d|{_GAP}%|{_GAP}[mb]illion))"
)
_DAY_FIRST = re.compile(
    rf"(?P<day>\d(?<![\w.,:/$%]\d)(?<!\w-\d)\d?){_TH}{_TO_LAST}"
    rf"{_GAP}(?:of{_GAP})?(?P<month>{MONTH_NAME})\.?(?:{_GAP},?{_GAP}{_YEAR})?"
)
_VIETNAMESE = re.compile(
    rf"(?P<day>\d(?<![\w.,/-]\d)\d?){_GAP}(?i:th[áa]ng){_GAP}(?P<month>\d{{1,2}})(?!\d|[.,]\d)"
    rf"(?:{_GAP}(?:,|/|-|(?i:n[ăa]m)){_GAP}(?:(?i:n[ăa]m){_GAP})?{_YEAR})?"
)
_DAY_WORD = re.compile(r"(?i)\b(?:ng[àa]y|mồng|mùng)[^\S\n]{0,3}\Z")
_YEAR_FIRST = re.compile(
    r"(?P<year>[12](?<![\w/.,-].)(?:9|0)\d\d)(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)"
    r"(?P<day>\d{1,2})(?!\d|[/.-]\d|[^\W_T]|/)"
)
# Letters may touch the slashed form: web pages run "Hà Nội Mới12/06/2023" together.
_SLASHED = re.compile(r"(?P<first>\d(?<![\d/.,]\d)\d?)/(?P<second>\d{1,2})/(?P<year>\d{4}|\d\d)(?!\d|/|[.,]\d)")
_DOTTED = re.compile(
    r"(?P<first>\d(?<![\w/.,:-]\d)\d?)(?P<sep>[.-])(?P<second>\d{1,2})(?P=sep)"
    r"(?P<year>19\d\d|20\d\d)(?![\w/]|[.,-]\d)"
)
_TWO_PARTS = re.compile(r"(?P<first>\d(?<![\w/.,:$-]\d)\d?)[/-](?P<second>\d{1,2})(?![\w/%-]|[.,:]\d)")
# What must stand before a day and month in figures alone.
_LOOK_BACK = 16  # characters
_CUE = re.compile(
    r"(?i)(?:\b(?P<certain>ng[àa]y|dated|sáng|trưa|chiều|tối|hôm|(?:morning|afternoon|evening) of)"
    r"|\b(?:on|date):?)[^\S\n]*\(?\Z"
)
# After "on 12/6": the end, a stop, a name, or a word that does not make it a fraction of something.
_NO_FRACTION = re.compile(
    r"[^\S\n]*(?:\Z|[^\w\s]|\n|(?:the|at|and|to|with|by|when|from|for|a|an|in|this|he|she|they|it|we)\b"
    r"|(?-i:[^\W\d_a-z]))"
)
_CLOSED = re.compile(r"[^\S\n]*(?:\Z|[^\w\s]|\n)")
_BEFORE_MONTH = re.compile(r"(?i)\b(?:on|of|until|till|since|by|before|after|from|to|the)\s+\Z")

_VIETNAMESE_LETTER = re.compile(r"[đĐơƠưƯạ-ỹẠ-Ỹ]|\.vn\b", re.IGNORECASE)
_NEAR_DAYS = 7  # a report appears within a week of the day that it tells of


@dataclass(frozen=True, slots=True)
class DateMention:
    """One day as it is written in a text."""

    start: int
    end: int
    date: datetime.date  # its year is NO_YEAR where none is written
    has_year: bool

    def resolved(self, *, not_after: datetime.date) -> datetime.date:
        """The day, with the latest year that puts it not after `not_after` if none is written."""
        if self.has_year:
            return self.date
        return resolve_year(self.date.month, self.date.day, not_after=not_after)


def find_dates(text: str, *, order: DateOrder) -> list[DateMention]:
    """The explicit days in `text`, by position, not overlapping.

    `order` reads figures that can be read both ways ("09/08/2022"); where only one reading is a
    day ("25/12/2022") that one is taken, and where none is ("13/25/2024") there is no date. Day
    and month in figures alone ("12/6") count only after a word such as "on", "dated", "ngày".

    >>> [m.date for m in find_dates("Hanoi, 09/08/2022", order="dmy")]
    [datetime.date(2022, 8, 9)]
    """
    found = sorted(_all_mentions(text, order), key=lambda mention: (mention.start, -mention.end))
    kept: list[DateMention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def date_order(language: str, text: str) -> DateOrder:
    """Whether `text` writes the day or the month first in figures such as "09/08/2022".

    Asked in turn, until one answers: figures that can be read one way only; figures whose one
    reading lies within a week of a day that the text writes in words; signs of a Vietnamese
    site; the `language` (ISO 639-1): English writes the month first, all others the day.
    """
    dated = [m for form in (_SLASHED, _DOTTED) for m in form.finditer(text) if len(m["year"]) == 4]
    figures = [(int(m["first"]), int(m["second"])) for m in dated]
    balance = sum((first > 12) - (second > 12) for first, second in figures)
    if not balance and figures:
        written = {m.date.replace(year=NO_YEAR) for m in _written_out(text)}
        balance = sum(_is_near(first, second, written) - _is_near(second, first, written) for first, second in figures)
    if balance:
        return "dmy" if balance > 0 else "mdy"
    if _VIETNAMESE_LETTER.search(text):
        return "dmy"
    return "mdy" if language == "en" else "dmy"


def resolve_year(month: int, day: int, *, not_after: date) -> date:
    """The latest such day that is not after `not_after`.

    Raises ValueError for a day that no year has, such as 31 April.

    >>> resolve_year(12, 30, not_after=date(2024, 1, 5))
    datetime.date(2023, 12, 30)
    """
    date(NO_YEAR, month, day)  # raises for a day that no year has
    year = not_after.year
    while (found := _day(year, month, day)) is None or found > not_after:
        year -= 1
    return found


def _all_mentions(text: str, order: DateOrder) -> Iterator[DateMention]:
    yield from _written_out(text)
    for match in _YEAR_FIRST.finditer(text):
        day = _day(int(match["year"]), int(match["month"]), int(match["day"]))
        if day:
            yield DateMention(*match.span(), day, has_year=True)
    for form in (_SLASHED, _DOTTED):
        for match in form.finditer(text):
            year = int(match["year"])
            if year < 100:  # "19/07/24": only where a word says that it is a date
                year = 2000 + year if _CUE.search(_before(text, match)) else 0
            day = _in_order(year, match, order) if 1900 <= year <= 2100 else None
            if day:
                yield DateMention(*match.span(), day, has_year=True)
    for match in _TWO_PARTS.finditer(text):
        cue = _CUE.search(_before(text, match))
        if cue and (cue["certain"] or _NO_FRACTION.match(text, match.end())):
            native = cue["certain"] and cue["certain"].lower() not in {"dated", "morning of"}
            day = _in_order(NO_YEAR, match, "dmy" if native else order)
            if day:
                yield DateMention(*match.span(), day, has_year=False)


def _written_out(text: str) -> Iterator[DateMention]:
    """Days whose month is a word, or that stand after "tháng"."""
    for form in (_MONTH_FIRST, _DAY_FIRST):
        for match in form.finditer(text):
            if _is_month(text, match):
                yield from _days(text, match, MONTHS[match["month"].lower()])
    for match in _VIETNAMESE.finditer(text):
        word = _DAY_WORD.search(_before(text, match))
        if word or match["year"]:  # "12 tháng" alone is twelve months
            day = _day(int(match["year"] or NO_YEAR), int(match["month"]), int(match["day"]))
            start = match.start() - len(word[0]) if word else match.start()
            if day:
                yield DateMention(start, match.end(), day, has_year=bool(match["year"]))


def _days(text: str, match: re.Match[str], month: int) -> Iterator[DateMention]:
    """The day that `match` names, or the first and the last one of "July 19-20, 2024"."""
    has_year = bool(match["year"])
    year = int(match["year"] or NO_YEAR)
    day = _day(year, month, int(match["day"]))
    last = _day(year, month, int(match["last"])) if match["last"] else None
    if not day or (match["last"] and (not last or last <= day)):
        return
    if not last:
        yield DateMention(match.start(), match.end(), day, has_year)
        return
    yield DateMention(match.start(), match.end("day"), day, has_year)
    day_first = match.start("day") < match.start("month")
    joined = match.start("last") - match.end("day") == 1  # "July 5 - 12 provinces met" is no range
    if has_year or day_first or joined or _CLOSED.match(text, match.end()):
        yield DateMention(match.start("last"), match.end(), last, has_year)


def _is_month(text: str, match: re.Match[str]) -> bool:
    """Whether it is a month's name; "may" in lower case only with a year or after "on", "of"."""
    if match["month"].lower() not in MONTHS:
        return False
    if match["month"] not in _WORDS_TOO or match["year"]:
        return True
    return _BEFORE_MONTH.search(_before(text, match)) is not None


def _in_order(year: int, match: re.Match[str], order: DateOrder) -> date | None:
    """The day that two figures name, in `order` if that is a day, else the other way round."""
    first, second = int(match["first"]), int(match["second"])
    day_first, month_first = _day(year, second, first), _day(year, first, second)
    return (day_first or month_first) if order == "dmy" else (month_first or day_first)


def _is_near(day: int, month: int, written: set[date]) -> bool:
    """Whether that day of the year lies within a week of a written one."""
    found = _day(NO_YEAR, month, day)
    return found is not None and any(abs((found - w).days) <= _NEAR_DAYS for w in written)


def _before(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - _LOOK_BACK) : match.start()]


def _day(year: int, month: int, day: int) -> date | None:
    """The calendar day, or None when there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
