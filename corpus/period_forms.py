"""The forms in which a text writes a stretch of time, each found on its own.

A form is a head ("first 6 months", "Q2", "July", "spring") and a tail that gives the year ("of
2022", "/2024", "last year"); years, decades and fiscal years stand alone. What they mean beside
each other ("from ... to", "compared to") is read in `corpus.periods`.

>>> [(f.first.isoformat(), f.last.isoformat()) for f in find_forms("In Q2/2023 it rose.")]
[('2023-04-01', '2023-06-30')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.dates import MONTH_NAME, MONTHS, NO_YEAR
from corpus.years import is_year

__all__ = ["Form", "find_forms"]

_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
_COUNTS |= {"ten": 10, "eleven": 11, "hai": 2, "ba": 3, "sáu": 6, "chín": 9}
_ORDINALS = {"first": 1, "1st": 1, "i": 1, "second": 2, "2nd": 2, "ii": 2, "third": 3, "3rd": 3}
_ORDINALS |= {"iii": 3, "fourth": 4, "4th": 4, "iv": 4, "last": -1, "final": -1}
_ORDINALS |= {"premier": 1, "1er": 1, "deuxième": 2, "troisième": 3, "quatrième": 4, "dernier": -1}
_ORDINALS |= {"ersten": 1, "erste": 1, "zweiten": 2, "zweite": 2, "dritten": 3, "dritte": 3, "vierten": 4, "vierte": 4}
_PARTS = {"semestre": 6, "halbjahr": 6, "halbjahrs": 6, "halbjahres": 6, "trimestre": 3, "quartal": 3, "quartals": 3}
_THIRDS = {"early": 1, "beginning of": 1, "start of": 1, "đầu": 1, "mid": 5, "giữa": 5, "late": 9}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_SHIFTS = {"last": -1, "previous": -1, "preceding": -1, "ngoái": -1, "trước": -1}
_SHIFTS |= {"next": 1, "following": 1, "coming": 1, "tới": 1, "sau": 1}

# As in corpus.dates, a pattern begins with a character class and looks behind only after it.
_G = r"[^\S\n]{1,3}"
_G0 = r"[^\S\n]{0,3}"
_AFTER = r"(?![\w%]|[.,]\d|[/-]\w)"
_YEAR = rf"(?P<year>19\d\d|20\d\d|2100){_AFTER}"
_RELATIVE = (
    r"[TtLlNn](?<!\w.)(?i:(?:(?:his|ast|ext)(?: (?:financial|fiscal|calendar|school|academic))?"
    r"|he (?P<the>previous|preceding|following|coming|same"
    r"|current)) year|ăm (?P<nam>nay|ngoái|trước|tới|sau))\b"
)
_TAIL = re.compile(
    rf"(?:{_G0}(?:,|/|-|(?i:of|in|the|fiscal|year|năm|de|des Jahres)\b)){{0,3}}{_G0}"
    rf"(?:{_YEAR}|(?P<relative>{_RELATIVE}))|(?:{_G}(?:of|in))?{_G}(?P<plain>the year)\b(?!{_G}\d)"
)
_RELATIVE_YEAR = re.compile(_RELATIVE)
_THE_YEAR = re.compile(rf"(?:the year|cả năm)\b(?!{_G}\d)")
_PART_OF_THE_YEAR = re.compile(r"(?:(?:end|start|beginning|middle|rest|course) of|throughout|during|within) \Z")
_WHOLE_YEAR = "cả năm"
_ORDINAL = re.compile(
    r"(?P<ordinal>[FSTLfstl1-4](?<!\w.)(?i:irst|econd|hird|ourth|ast|inal|st|nd|rd|th))[ -]"
    r"(?:(?P<count>\d{1,2}|[a-z]{3,6})[ -](?=months?\b|quarters\b))?"
    r"(?P<unit>half|quarter|month)s?\b"
)
_CODE = re.compile(
    r"(?:(?P<unit>[HQhq](?<![\w.,/-].))(?P<n>[1-4])|(?P<m>[1-4](?<![\w.,/-].))(?P<v>[HQ]))"
    r"(?=\W|\Z|(?:19|20)\d\d)"
)
_FRENCH_OR_GERMAN = re.compile(
    r"(?P<ordinal>[pdtqez1-4](?<![\w.,].)(?i:remier|euxième|roisième|uatrième|ernier|rsten?|weiten?|ritten?|ierten?"
    r"|er|e|ème|\.))[^\S\n]"
    rf"(?P<unit>(?i:{'|'.join(_PARTS)}))\b"
)
_ENDING_QUARTER = re.compile(rf"(?P<month>{MONTH_NAME})[^\S\n]quarter\b")  # "the March quarter" ends with March
_YEAR_TO = re.compile(  # "the year to September 2023"
    rf"(?P<head>[ytTY1](?<!\w.)(?i:ear|welve months|2 months)){_G}(?i:to|ended|ending|through){_G}"
    rf"(?:(?i:the end of){_G}|\d{{1,2}}{_G})?(?P<month>{MONTH_NAME}){_G}{_YEAR}"
)
_SEASON = re.compile(r"(?P<season>[SAWFsawf](?<!\w.)(?i:pring|ummer|utumn|inter|all))\b")
_THIRD = re.compile(r"(?P<third>[EMLBSemlbsđĐgG](?<!\w.)(?i:arly|id|ate|eginning of|tart of|ầu|iữa))(?=[ -])")
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d|\.\d|[^\S\n]?%|[^\S\n]per[^\S\n]?cent)"  # "in March 79 per cent" has no day
_MONTH = re.compile(rf"(?P<month>{MONTH_NAME})\.?(?!{_G0}{_DAY})")
_THANG = re.compile(rf"[Tt](?<!\w.)(?i:háng){_G}(?P<month>\d{{1,2}}(?!\d|[/-]\d\d?(?!\d))|đầu|cuối|(?=năm))")
_COUNT_BEFORE = re.compile(r"(?P<count>\b\d{1,2}|\bhai|\bba|\bsáu|\bchín)[^\S\n]\Z")
_QUY = re.compile(rf"[Qq](?<!\w.)(?i:uý){_G}(?P<ordinal>I{{1,3}}|IV|[1-4])(?!\w)")
_SLASHED = re.compile(rf"(?P<month>\d(?<![\w.,/-]\d)\d?)/{_YEAR}")
_YEARS = re.compile(
    rf"(?P<year>[12](?<![\w.,/$€£#+-].)(?:(?<=1)9|(?<=2)[01])\d\d)(?:(?<=0)(?P<decade>['’]?s)\b"
    rf"|(?:{_G0}[-–—]{_G0}|/)(?P<last>(?:19|20)?\d\d){_AFTER}|{_AFTER})"
)
_FISCAL = re.compile(r"FY(?<!\w..)[^\S\n]?(?P<year>20\d\d)(?:[/-](?P<last>\d\d))?(?!\w)")
_LOOK_BACK = 24  # characters
_BEFORE_MONTH = re.compile(
    r"(?i)\b(?:in|of|since|until|till|by|from|during|to|through|between|and|before|after|last|this"
    r"|next|for)[^\S\n]+(?:early|mid|late|the end of)?[^\S\n-]*-?\Z|[-–]\Z"
)
_BEFORE_SLASHED = re.compile(
    r"(?i)\b(?:in|of|by|until|since|from|to|before|after|month|trong|đến|từ|trước|sau)[^\S\n]+\Z"
)


@dataclass(frozen=True, slots=True)
class Form:
    """One form at its place; where no year is written its days are in NO_YEAR."""

    start: int
    end: int
    first: date
    last: date
    is_range: bool = False  # joined from two: "from July to September"
    shift: int = 0  # "last year" is -1: years from the one that the reader knows

    @property
    def has_year(self) -> bool:
        """Whether the text writes the year."""
        return self.first.year != NO_YEAR


def find_forms(text: str) -> Iterator[Form]:
    """Every form in `text` but explicit days, grouped by kind; they may overlap."""
    yield from _years(text)
    yield from _relative_years(text)
    yield from _english_parts(text)
    yield from _vietnamese_parts(text)
    yield from _months(text)


def _english_parts(text: str) -> Iterator[Form]:
    for match in _ORDINAL.finditer(text):
        ordinal = _ORDINALS.get(match["ordinal"].lower(), 0)
        count = _number(match["count"]) if match["count"] else 1
        size = {"half": 6, "quarter": 3, "month": 1}[match["unit"]] * count
        if not ordinal or not size or (match["count"] and ordinal not in (1, -1)):
            continue
        first = size * (ordinal - 1) + 1 if ordinal > 0 else 13 - size
        yield from _form(text, match, first, size, bare=ordinal > 0 and size != 1)
    for match in _CODE.finditer(text):
        size = 6 if (match["unit"] or match["v"]) in "Hh" else 3
        number = int(match["n"] or match["m"])
        yield from _form(text, match, size * (number - 1) + 1, size, bare=size == 3)
    for match in _ENDING_QUARTER.finditer(text):
        month = MONTHS.get(match["month"].lower(), 0)
        if month >= 3:
            yield from _form(text, match, month - 2, 3, bare=True)
    for match in _YEAR_TO.finditer(text):
        last = _month_span(int(match["year"]), MONTHS.get(match["month"].lower(), 0), 1)
        if last:
            after = last[1] + timedelta(days=1)
            yield Form(*match.span(), after.replace(year=after.year - 1), last[1])
    for match in _FRENCH_OR_GERMAN.finditer(text):
        ordinal = _ORDINALS.get(match["ordinal"].lower()) or _number(match["ordinal"][0])
        size = _PARTS[match["unit"].lower()]
        if ordinal:
            yield from _form(text, match, size * (ordinal - 1) + 1 if ordinal > 0 else 13 - size, size, bare=True)
    for match in _SEASON.finditer(text):
        season = _SEASONS.get(match["season"].lower())
        if season and not text.startswith(" in ", match.end()):  # "prices fall in 2024"
            yield from _form(text, match, season, 3)
    for match in _THIRD.finditer(text):
        third = _THIRDS.get(match["third"].lower())
        if third:
            yield from _form(text, match, third, 4)


def _vietnamese_parts(text: str) -> Iterator[Form]:
    for match in _QUY.finditer(text):
        ordinal = _ORDINALS.get(match["ordinal"].lower()) or _number(match["ordinal"])
        yield from _form(text, match, 3 * (ordinal - 1) + 1, 3, bare=True)
    for match in _THANG.finditer(text):
        before = _COUNT_BEFORE.search(_before(text, match.start()))
        if match["month"].isdigit():
            if not before:
                yield from _form(text, match, int(match["month"]), 1, bare=True)
        elif before:  # "6 tháng đầu năm 2022", "9 tháng năm 2022"
            count = _number(before["count"])
            first = 13 - count if match["month"] == "cuối" else 1
            start = match.start() - len(before[0])
            yield from _form(text, match, first, count, start=start, bare=bool(match["month"]))


def _months(text: str) -> Iterator[Form]:
    for match in _MONTH.finditer(text):
        month = MONTHS.get(match["month"].lower())
        if month:
            bare = _BEFORE_MONTH.search(_before(text, match.start())) is not None
            yield from _form(text, match, month, 1, bare=bare)
    for match in _SLASHED.finditer(text):
        first = _month_span(int(match["year"]), int(match["month"]), 1)
        if first and _BEFORE_SLASHED.search(_before(text, match.start())):
            yield Form(*match.span(), *first)


def _years(text: str) -> Iterator[Form]:
    for match in (*_FISCAL.finditer(text), *_YEARS.finditer(text)):
        year, end = int(match["year"]), match.end("year")
        last = year
        if match.re is _YEARS and match["decade"]:
            last, end = year + 9, match.end()
        elif match["last"]:
            last = _last_year(year, match["last"])
            end = match.end()
        if last < year:  # "2024-07": a month
            month = _month_span(year, int(match["last"]), 1) if len(match["last"]) == 2 else None
            if month and text[end - 3] == "-":
                yield Form(match.start(), end, *month)
        elif year <= last <= 2100 and (last > year or is_year(text, match.start(), end)):
            yield Form(match.start(), end, date(year, 1, 1), date(last, 12, 31))


def _number(word: str) -> int:
    """The number that a count spells, in figures or letters; 0 for any other word."""
    return int(word) if word.isdigit() else _COUNTS.get(word, 0)


def _last_year(year: int, last: str) -> int:
    """The second year of "2021-2024" or "2023/24"."""
    return int(last) if len(last) == 4 else year - year % 100 + int(last)


def _relative_years(text: str) -> Iterator[Form]:
    whole = date(NO_YEAR, 1, 1), date(NO_YEAR, 12, 31)
    for match in _RELATIVE_YEAR.finditer(text):
        yield Form(*match.span(), *whole, shift=_shift(match))
    for match in _THE_YEAR.finditer(text):
        if match[0] == _WHOLE_YEAR or _PART_OF_THE_YEAR.search(_before(text, match.start())):
            yield Form(*match.span(), *whole)


def _form(
    text: str,
    head: re.Match[str],
    first: int,
    size: int,
    *,
    start: int | None = None,
    bare: bool = False,
) -> Iterator[Form]:
    """The `size` months from month `first`, with the year that follows `head`; `bare` without."""
    tail = _TAIL.match(text, head.end())
    if not tail and not bare:
        return
    span = _month_span(int(tail["year"] or NO_YEAR) if tail else NO_YEAR, first, size)
    if span:
        shift = _shift(tail) if tail and tail["relative"] else 0
        end = tail.end() if tail else head.end()
        yield Form(head.start() if start is None else start, end, *span, shift=shift)


def _shift(match: re.Match[str]) -> int:
    """-1 for "last year", 1 for "next year", 0 for this one."""
    words = (match["the"] or match["nam"] or match[0]).lower().split()
    return next((_SHIFTS[word] for word in words if word in _SHIFTS), 0)


def _month_span(year: int, first: int, size: int) -> tuple[date, date] | None:
    """First and last day of `size` months from month `first`, which may run into the next year."""
    if not 1 <= first <= 12 or not 1 <= size <= 12 or (first + size > 13 and first != 12):
        return None
    over, month = divmod(first + size - 1, 12)
    return date(year, first, 1), date(year + over, month + 1, 1) - timedelta(days=1)


def _before(text: str, start: int) -> str:
    return text[max(0, start - _LOOK_BACK) : start].rpartition("\n")[2]
