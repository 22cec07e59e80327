"""Which numbers of an answer's words stand in its quotes, which were computed, which stand nowhere.

Numbers are compared as read by `corpus.quantities`: value, range and unit, not spelling, so 4.523.000
in a Vietnamese quote carries "4,523,000", and "45" does not stand in "45 %". Four borders:

- Judgement is no support. "Nearly half" is "nearly 50 %" and never 47.79 %; 4 is not in "3 to 4 times".
- A hedge does not decide the verdict; what became of it is reported beside it.
- Days and years stand in the quote or in the dates given with it, never in "last year". Names with
  numbers ("Project 06", "IPv6") and other numbers that measure nothing stand as they are written.
- Not checked: numbers written as words that count the answer's own sources ("two reports say"), those
  up to three that count nothing ("one of them"), and what only sounds like one ("dozens", "second").

Knows nothing of who asks, of the question, nor whether a number is told of the right thing.

>>> quote = QuotedText(1, "Năm 2024, tỷ lệ đạt khoảng 38,3%.", "vi")
>>> [(n.text, str(n.verdict), n.approximation) for n in check_numbers("38.3% in 2024, 40% in 2025 [1].", [quote])]
... # doctest: +NORMALIZE_WHITESPACE
[('38.3%', 'quoted', <Approximation.DROPPED: 'dropped'>), ('2024', 'quoted', <Approximation.KEPT: 'kept'>),
 ('40%', 'unsupported', None), ('2025', 'unsupported', None)]
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from corpus import number_uses
from corpus.dates import NO_YEAR, date_order
from corpus.number_forms import NUMBER_WORDS, WORD_NUMBER, read_number, read_words
from corpus.periods import find_periods
from corpus.quantities import Quantity, find_quantities
from corpus.units import TIME_UNITS

__all__ = ["Approximation", "CheckedNumber", "Computed", "NumberVerdict", "QuotedText", "check_numbers"]


class NumberVerdict(StrEnum):
    """What carries a number of an answer."""

    QUOTED = "quoted"  # it stands in a cited quote
    COMPUTED = "computed"  # it is the result of a stated computation from cited quotes
    UNSUPPORTED = "unsupported"


class Approximation(StrEnum):
    """What became of the quote's "about", "over", "nearly", "estimated"."""

    KEPT = "kept"  # the same, in these or other words, or none on both sides
    DROPPED = "dropped"
    ADDED = "added"
    CHANGED = "changed"  # "over" became "nearly"


@dataclass(frozen=True, slots=True)
class QuotedText:
    """The quote of one citation."""

    number: int  # the citation's, as in the answer's [n]
    text: str
    language: str = "en"  # ISO 639-1: decides how "1,162" is read
    dates: tuple[date, ...] = ()  # that may be told of it, such as the day of the meeting and of the report


@dataclass(frozen=True, slots=True)
class Computed:
    """One computation that the answer states; the arithmetic is the caller's."""

    text: str  # "45% / 38.3%"
    value: float  # as the answer shows it: rounded by the caller
    unit: str  # as in `corpus.quantities.Quantity`: "%", "times", "percentage points", "count", ...
    inputs: tuple[int, ...]  # numbers of the citations that its operands stand in


@dataclass(frozen=True, slots=True)
class CheckedNumber:
    """One number, day or name with a number; `words[start:end] == text`, hedge, unit and total included."""

    text: str
    start: int
    end: int
    verdict: NumberVerdict
    citation: int | None = None  # that it stands in, the one marked behind it where several carry it
    approximation: Approximation | None = None  # of a quoted one


_MARKER = re.compile(r"\[(\d{1,3}(?:[^\S\n]?[,;–-][^\S\n]?\d{1,3})*)\](?![\w%])")
_OWN_SOURCES = frozenset(
    "report reports source sources quote quotes quotation quotations passage passages citation citations record records"
    " document documents sentence sentences figure figures reading readings transcript transcripts".split()
)
_SMALL, _WORDS_FROM = 13, 4  # below _SMALL number words count sources; from _WORDS_FROM on they are checked anywhere

STOP = re.compile(r"\s*(?:[^\w\s%°$€£¥₫]|\Z|\n)(?!\d)")
_NUMBERED_LINE = re.compile(r"(?m)^[^\S\n]*(\d{1,2})[.)][^\S\n]+\S")
_BEFORE_NUMBER = "$€£¥₫.,:/−-~#@_"  # at its left these make it part of another
_PLAIN = str.maketrans({**dict.fromkeys("–—−‑", "-"), **dict.fromkeys("\u00a0\u202f\u2009\n\t", " "), "’": "'"})

def check_numbers(
    words: str, quotes: Sequence[QuotedText], computed: Sequence[Computed] = (), *, language: str = "en"
) -> list[CheckedNumber]:
    """Every number of `words`, by position, with what carries it.

    `words` may have markers: "[2]" is no number where a quote has that number. `language` (ISO
    639-1) is that of the words. A computation without inputs, or from a quote that is not given, carries nothing.
    """
    given = {quote.number for quote in quotes}
    markers = [(match, _numbers(match[1])) for match in _MARKER.finditer(words)]
    markers = [(match, numbers) for match, numbers in markers if given.issuperset(numbers)]
    text = words
    for match, _ in markers:
        text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    sources = [_source(quote) for quote in quotes]
    results = [result for result in computed if result.inputs and given.issuperset(result.inputs)]
    checked = []
    for mention in read_mentions(text, language):
        if _counts_own_sources(text, mention):
            continue
        marked = next((numbers for match, numbers in markers if match.start() >= mention.end), [])
        found = [(source, fate) for source in sources if (fate := source.carries(text, mention))]
        # The quote that the answer points to goes before one that happens to have the number too.
        found.sort(key=lambda pair: (pair[0].number not in marked, pair[1] is not Approximation.KEPT))
        verdict, citation, fate = NumberVerdict.UNSUPPORTED, None, None
        if found:
            verdict, citation, fate = NumberVerdict.QUOTED, found[0][0].number, found[0][1]
        elif any(_is_result(mention, result) for result in results):
            verdict = NumberVerdict.COMPUTED
        span = words[mention.start : mention.end]
        checked.append(CheckedNumber(span, mention.start, mention.end, verdict, citation, fate))
    return checked


def _numbers(marker: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", marker)]


def _is_result(mention: Mention, result: Computed) -> bool:
    if mention.amount is None or mention.total is not None:
        return False
    value, upper, unit = mention.amount
    return upper is None and unit == unit_name(result.unit) and math.isclose(value, result.value, rel_tol=1e-9)


def _counts_own_sources(text: str, mention: Mention) -> bool:
    """ "Two reports say", "three different sources": what the answer says about itself, in small number words."""
    if not mention.amount or mention.amount[0] >= _SMALL or mention.amount[2] != "count" or mention.total:
        return False
    following = _NEXT_WORDS.match(text, mention.end)
    if not following or re.search(r"\d", text[mention.start : mention.end]):
        return False
    return any(word and word.lower() in _OWN_SOURCES for word in following.groups())


class _Source:
    """One quote, its numbers read; `carries` asks it about one number of an answer."""

    def __init__(self, quote: QuotedText) -> None:
        self.number = quote.number
        self.plain = _plain(quote.text)
        self.mentions = read_mentions(quote.text, quote.language)
        self.amounts: dict[Amount, set[str]] = {}  # with the hedges it is told with
        self.spans: set[Days] = {(day, day) for day in quote.dates}
        self.years = {day.year for day in quote.dates}
        metadata_years = frozenset(self.years)
        for mention in self.mentions:
            if mention.amount:
                self.amounts.setdefault(mention.amount, set()).add(mention.hedge)
            if mention.total is not None:
                self.amounts.setdefault((mention.total, None, "count"), set()).add("")
            if mention.days:
                self._add_days(mention.days, quote.text[mention.start : mention.end], metadata_years)
        ends = {day for span in self.spans for day in span if not _is_month(span) and not _is_years(span)}
        self.spans |= {(day, day) for day in ends}  # both days of "19 to 21 July"
        months = {(span[0].year, span[0].month) for span in self.spans if span[0] == span[1] or _is_month(span)}
        self.months = months
        self.any_year = {_without_year(span) for span in self.spans}

    def _add_days(self, days: Days, written: str, metadata_years: frozenset[int]) -> None:
        self.spans.add(days)
        if days[0].year > NO_YEAR:
            self.years |= {day.year for day in days if f"{day.year % 100:02}" in written}
        elif days[0].year == days[1].year == NO_YEAR:  # not "last year": it is the dates' own that is meant
            for year in metadata_years:
                if (2, 29) not in {(day.month, day.day) for day in days}:
                    self.spans.add((days[0].replace(year=year), days[1].replace(year=year)))

    def carries(self, text: str, mention: Mention) -> Approximation | None:
        """How the hedge of `mention`, a number of `text`, stands to the quote's; None where it does not stand in it."""
        if mention.days:
            return Approximation.KEPT if self._has_days(mention.days) else self._has_words(text, mention)
        hedges = self.amounts.get(mention.amount) if mention.amount else None
        total_stands = mention.total is None or (mention.total, None, "count") in self.amounts
        if hedges and total_stands:
            return _fate(mention.hedge, hedges)
        return self._has_words(text, mention)

    def _has_days(self, days: Days) -> bool:
        if days in self.spans:
            return True
        first, last = days
        if first.year == NO_YEAR:
            return days in self.any_year
        if _is_years(days):
            return {first.year, last.year} <= self.years
        return _is_month(days) and (first.year, first.month) in self.months

    def _has_words(self, text: str, mention: Mention) -> Approximation | None:
        """The same for the written words up to the next one, whatever they are read as."""
        name_start = mention.start if mention.amount is None and mention.days is None else mention.number_start
        following = NEXT_WORD.match(text, mention.end)
        is_name = name_start < mention.number_start or re.search(r"[^\W\d]", text[mention.number_start : mention.end])
        ordinal = _ORDINAL.fullmatch(text, mention.number_start, mention.end) is not None
        end = following.end() if following and (ordinal or not is_name) else mention.end
        phrase = _plain(text[name_start:end])
        at = self.plain.find(phrase)
        while at >= 0:
            number_at, stop = at + mention.number_start - name_start, at + len(phrase)
            left = self.plain[max(0, at - 1) : at]
            whole = not left or not (left.isalnum() or left in _BEFORE_NUMBER)
            after = self.plain[stop : stop + 2]
            if end == mention.end and not is_name:
                whole = whole and STOP.match(self.plain, stop) is not None
            whole = whole and not (after[:1].isalnum() or re.match(r"[-.,:/]\w|%", after))
            if whole:
                own = [other for other in self.mentions if other.start < stop and other.end > number_at]
                number_end = number_at + mention.end - mention.number_start
                if not own:
                    return Approximation.KEPT
                if own[0].number_start == number_at and own[0].end <= number_end:
                    return _fate(mention.hedge, {own[0].hedge})
            at = self.plain.find(phrase, at + 1)
        return None


@lru_cache(maxsize=256)
def _source(quote: QuotedText) -> _Source:
    return _Source(quote)


def _fate(hedge: str, quoted: set[str]) -> Approximation:
    if hedge in quoted:
        return Approximation.KEPT
    if not hedge:
        return Approximation.DROPPED
    return Approximation.ADDED if "" in quoted else Approximation.CHANGED


def _is_years(days: Days) -> bool:
    return (days[0].month, days[0].day, days[1].month, days[1].day) == (1, 1, 12, 31)


def _is_month(days: Days) -> bool:
    first, last = days
    return first.day == 1 and (first.year, first.month) == (last.year, last.month) and last.day > 27


def _without_year(days: Days) -> Days | None:
    return (days[0].replace(year=NO_YEAR), days[1].replace(year=NO_YEAR)) if days[0].year == days[1].year else None


def _plain(text: str) -> str:
    """The text with one kind of dash, space and case; every character stays at its place."""
    plain = text.translate(_PLAIN)
    lower = plain.lower()
    return lower if len(lower) == len(plain) else plain
