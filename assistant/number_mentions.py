"""Every number, day and name with a number in a text, in the form in which two texts can be compared.

Quantities come from `corpus.quantities`, days and years from `corpus.periods`; every figure that
both leave out is kept too, as what it tells ("age", "clock", a count of points) or as a name, so
that no figure goes unseen. Knows nothing of answers and quotes.

>>> [(m.amount, m.hedge) for m in read_mentions("more than 2.5-fold under Project 06", "en")]
[((2.5, None, 'time'), 'over'), (None, '')]
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from corpus import number_uses
from corpus.dates import NO_YEAR, date_order
from corpus.number_forms import WORD_NUMBER, read_number, read_words
from corpus.periods import find_periods
from corpus.quantities import Quantity, find_quantities
from corpus.units import TIME_UNITS

__all__ = ["NEXT_WORD", "STOP", "Amount", "Days", "Mention", "plain_words", "read_mentions", "unit_name"]

Amount = tuple[float, float | None, str]  # value, upper end of a range, unit
Days = tuple[date, date]  # first and last; in NO_YEAR where no year is written


@dataclass(frozen=True, slots=True)
class Mention:
    """One number at its place; without amount and days it is a name and compared as written."""

    start: int  # with hedge, or the word that a number belongs to: "Project 06"
    end: int
    number_start: int
    amount: Amount | None = None
    total: float | None = None
    hedge: str = ""
    days: Days | None = None


_TOKEN_CHARACTER = r"[\w.,:/’'+&–—%-]"
_TOKEN = re.compile(rf"(?<!{_TOKEN_CHARACTER}){_TOKEN_CHARACTER}*\d{_TOKEN_CHARACTER}*")
_NUMBER_WORDS = re.compile(rf"(?<![\w-])(?=[efnost]|a )(?:{WORD_NUMBER})(?![\w-])", re.IGNORECASE)
_NAME_BEFORE = re.compile(
    r"[^\W\d_][\w’'°-]*\.?[^\S\n]+(?:\d[\d.,]*[^\S\n]*(?:,|[–-]|&|and\b|or\b|to\b|và\b)[^\S\n]*)*\Z"
)
NEXT_WORD = re.compile(  # one space only: behind a removed marker there is none
    r"\s-?([^\W\d_][\w’'-]*)"
)
# What ends a number that no unit follows.
STOP = re.compile(r"\s*(?:[^\w\s%°$€£¥₫]|\Z|\n)(?!\d)")
_WORDS_FROM = 4  # below it number words that are no quantity are plain English: "one of them"
_FIGURES = re.compile(r"\d[/.-]\d")
_PLAIN = str.maketrans({**dict.fromkeys("–—−‑", "-"), **dict.fromkeys("\u00a0\u202f\u2009\n\t", " "), "’": "'"})
# Hedges that mean the same; "_" stands for a space.
_SENSES = {
    "about": "about around approximately approx. roughly some circa ca. khoảng xấp_xỉ rund etwa ungefähr environ"
    " quelque cerca_de ~ ≈",
    "over": "over above more_than greater_than higher_than exceeding in_excess_of upwards_of hơn trên mehr_als plus_de"
    " más_de >",
    "under": "under below less_than fewer_than lower_than dưới weniger_als moins_de menos_de <",
    "nearly": "nearly almost close_to gần knapp fast près_de presque",
    "at least": "at_least minimum_of no_less_than not_less_than no_fewer_than not_fewer_than ít_nhất tối_thiểu"
    " mindestens au_moins ≥",
    "at most": "at_most maximum_of up_to no_more_than not_more_than as_many_as as_much_as as_high_as tối_đa không_quá"
    " höchstens au_plus jusqu’à jusqu'à ≤",
    "estimated": "estimated ước ước_tính ước_đạt",
    "": "between giữa zwischen entre",  # opens a range
}
_SENSE_OF = {word.replace("_", " "): sense for sense, words in _SENSES.items() for word in words.split()}
_DEGREE = re.compile(r"\A(?:just|well|slightly|a little) ")
_UNITS = {"kilometre": "km", "kilometer": "km", "hectare": "ha", "hecta": "ha", "square metre": "m2", "tấn": "tonne"}
_UNITS |= {"square kilometre": "km2", "megawatt": "MW", "ngày": "day", "tháng": "month", "năm": "year", "giờ": "hour"}


@lru_cache(maxsize=512)  # an answer's sentences are mostly its quotes
def read_mentions(text: str, language: str) -> tuple[Mention, ...]:
    """The numbers in `text` of `language` (ISO 639-1), by position: quantities, days, then every figure left.

    Number words that are no quantity are kept from "four" on. A period without a year ("in July")
    has its days in NO_YEAR, "last year" in the year before that.
    """
    mentions = [_of_quantity(quantity) for quantity in find_quantities(text, language=language)]
    covered = [(mention.start, mention.end) for mention in mentions]
    order = date_order(language, text) if _FIGURES.search(text) else "mdy"
    for found in find_periods(text, year_hint=NO_YEAR, order=order):
        if any(start < found.end and found.start < end for start, end in covered):
            continue
        covered.append((found.start, found.end))
        days = (found.period.start, found.period.end)
        mentions.append(Mention(found.start, found.end, found.start, days=days))
    rest = text
    for start, end in covered:
        rest = rest[:start] + "\0" * (end - start) + rest[end:]
    for match in _TOKEN.finditer(rest):
        token = match[0].strip(".,:/’'&–—-+")
        start = match.start() + match[0].index(token)
        mentions.append(_of_token(text, start, start + len(token), language))
    for match in _NUMBER_WORDS.finditer(rest):
        value = read_words(match[0].replace("\u00a0", " "))
        if value is not None and value >= _WORDS_FROM:
            unit = _unit_of_rest(text, *match.span())
            mentions.append(Mention(*match.span(), match.start(), (float(value), None, unit)))
    return tuple(sorted(mentions, key=lambda mention: mention.start))


def _of_quantity(quantity: Quantity) -> Mention:
    hedge = _DEGREE.sub("", quantity.hedge)
    return Mention(
        start=quantity.start,
        end=max(quantity.end, quantity.total_end or 0),
        number_start=quantity.number_start,
        amount=(quantity.value, quantity.value_to, unit_name(quantity.unit)),
        total=quantity.total,
        hedge=_SENSE_OF.get(hedge, hedge),
    )


def _of_token(text: str, start: int, end: int, language: str) -> Mention:
    """Figures that are no quantity and no date: a count of points, a duration, a clock time, a name."""
    token = text[start:end]
    value = read_number(token, language=language)
    if value is None or (token[0] == "0" and token.isdecimal() and len(token) > 2):
        return Mention(start, end, start)
    if number_uses.is_name(text, start, end):
        before = _NAME_BEFORE.search(text, max(0, start - 40), start)
        return Mention(before.start() if before else start, end, start)
    numbers_line = number_uses.is_list_marker(text, start, end) and STOP.match(text, end + 1) is None
    if numbers_line and text[start - 1 : start] not in ("(", "["):
        return Mention(start, end, start)
    return Mention(start, end, start, (float(value), None, _unit_of_rest(text, start, end)))


def _unit_of_rest(text: str, start: int, end: int) -> str:
    """What a number that is no quantity tells: "age", "clock", a unit of time, else "count"."""
    if number_uses.is_age(text, start, end):
        return "age"
    if number_uses.is_clock(text, start, end):
        return "clock"
    word = NEXT_WORD.match(text, end)
    return unit_name(word[1]) if word and TIME_UNITS.fullmatch(word[1]) else "count"


@lru_cache(maxsize=512)
def unit_name(written: str) -> str:
    """One name for singular and plural and for a few spellings; symbols keep their case: "MW" is not "mW"."""
    unit = written.replace("²", "2").replace("³", "3").replace("-", " ")
    if len(unit) > 3:
        unit = unit.lower()
        unit = unit[:-1] if unit.endswith("s") and not unit.endswith("ss") else unit
    return _UNITS.get(unit, unit)


def plain_words(text: str) -> str:
    """The text with one kind of dash, space and case; every character stays at its place."""
    plain = text.translate(_PLAIN)
    lower = plain.lower()
    return lower if len(lower) == len(plain) else plain
