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
from calendar import isleap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from assistant.number_mentions import NEXT_WORD, STOP, Amount, Days, Mention, plain_words, read_mentions, unit_name
from corpus.dates import NO_YEAR
from corpus.number_forms import NUMBER_WORDS

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
_SMALL = 13
_COUNTED_TIME = re.compile(rf"(?i)\d|\b(?:quarter|half|{'|'.join(NUMBER_WORDS)})\b")
_NEXT_WORDS = re.compile(r"[^\S\n]+([^\W\d_]+)(?:[^\S\n]+([^\W\d_]+))?")
_ORDINAL = re.compile(r"(?i)\d+(?:st|nd|rd|th)")
_NUMBERED_LINE = re.compile(r"(?m)^[^\S\n]*(\d{1,2})[.)][^\S\n]+\S")
_GOES_ON = re.compile(r"[-.,:/']\w|\s?%")
_LEAP_DAY = date(NO_YEAR, 2, 29)
_AROUND = " \t\r\n\u00a0“”"
_BEFORE_NUMBER = "$€£¥₫.,:/−-~#@_"  # at its left these make it part of another


def check_numbers(
    words: str, quotes: Sequence[QuotedText], computed: Sequence[Computed] = (), *, language: str = "en"
) -> list[CheckedNumber]:
    """Every number of `words`, by position, with what carries it.

    `words` may have markers: "[2]" is no number where a quote has that number. `language` (ISO
    639-1) is that of the words. A computation without inputs, or from a quote that is not given, carries nothing.
    """
    given = {quote.number for quote in quotes}
    sources = [_source(quote) for quote in quotes]
    results = [result for result in computed if result.inputs and given.issuperset(result.inputs)]
    numbered_lines = _numbered_lines(words)
    checked: list[CheckedNumber] = []
    for start, piece, marked in _pieces(words, given):
        for mention in read_mentions(piece, language):
            if start + mention.start in numbered_lines or not _is_number(piece, mention):
                continue
            found = [(source.number, fate) for source in sources if (fate := source.carries(piece, mention))]
            # The quote that the answer points to goes before one that happens to have the number too.
            found.sort(key=lambda pair: (pair[0] not in marked, pair[1] is not Approximation.KEPT))
            verdict, citation, fate = NumberVerdict.UNSUPPORTED, None, None
            if found:
                verdict, (citation, fate) = NumberVerdict.QUOTED, found[0]
            elif any(_is_result(mention, result) for result in results):
                verdict = NumberVerdict.COMPUTED
            begins, ends = start + mention.start, start + mention.end
            if checked and begins < checked[-1].end:  # "Levels 3 and 4": a name given to the first already
                begins = start + mention.number_start
            checked.append(CheckedNumber(words[begins:ends], begins, ends, verdict, citation, fate))
    return checked


def _pieces(words: str, given: set[int]) -> Iterator[tuple[int, str, frozenset[int]]]:
    """The stretches between markers: start, words without quotation marks around them, numbers in the marker behind."""
    start = 0
    for match in _MARKER.finditer(words):
        numbers = frozenset(int(number) for number in re.findall(r"\d+", match[1]))
        if numbers <= given:
            yield _piece(words, start, match.start(), numbers)
            start = match.end()
    yield _piece(words, start, len(words), frozenset())


def _piece(words: str, start: int, end: int, numbers: frozenset[int]) -> tuple[int, str, frozenset[int]]:
    core = words[start:end].lstrip(_AROUND)
    return end - len(core), core.rstrip(_AROUND), numbers


def _numbered_lines(words: str) -> set[int]:
    """Where "1. ", "2. " stand that number the lines of the answer itself."""
    found: list[int] = []
    for match in _NUMBERED_LINE.finditer(words):
        if int(match[1]) == len(found) + 1:
            found.append(match.start(1))
    return set(found)


def _is_result(mention: Mention, result: Computed) -> bool:
    if mention.amount is None or mention.total is not None:
        return False
    value, upper, unit = mention.amount
    return upper is None and unit == unit_name(result.unit) and math.isclose(value, result.value, rel_tol=1e-9)


def _is_number(text: str, mention: Mention) -> bool:
    """Whether a mention of the answer is a number to be checked.

    Not "in July" nor "two reports say", "three different sources": the answer's own sources in small number words.
    """
    if mention.days and not _COUNTED_TIME.search(text, mention.start, mention.end):
        return False
    if not mention.amount or mention.amount[0] >= _SMALL or mention.amount[2] != "count" or mention.total:
        return True
    following = _NEXT_WORDS.match(text, mention.end)
    if not following or re.search(r"\d", text[mention.start : mention.end]):
        return True
    return not any(word and word.lower() in _OWN_SOURCES for word in following.groups())


class _Source:
    """One quote, its numbers read; `carries` asks it about one number of an answer."""

    def __init__(self, quote: QuotedText) -> None:
        self.number = quote.number
        self.plain = plain_words(quote.text)
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
        self.months = {(span[0].year, span[0].month) for span in self.spans if span[0] == span[1] or _is_month(span)}
        self.any_year = {_without_year(span) for span in self.spans}

    def _add_days(self, days: Days, written: str, metadata_years: frozenset[int]) -> None:
        self.spans.add(days)
        if days[0].year > NO_YEAR:
            self.years |= {day.year for day in days if f"{day.year % 100:02}" in written}
        elif days[0].year == days[1].year == NO_YEAR:  # not "last year": it is the dates' own that is meant
            for year in metadata_years:
                if days != (_LEAP_DAY, _LEAP_DAY):
                    self.spans.add((days[0].replace(year=year), _in_year(days[1], year)))

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
        is_name = mention.amount is None and mention.days is None
        begin = mention.start if is_name else mention.number_start
        # A unit, a date, a name end the words; a bare number and an ordinal need what they count.
        complete = (mention.amount or ("", "", "-"))[2] != "count"
        if _ORDINAL.fullmatch(text, mention.number_start, mention.end):
            complete = False
        following = None if complete else NEXT_WORD.match(text, mention.end)
        phrase = plain_words(text[begin : following.end() if following else mention.end])
        beside = plain_words(text[begin - 1 : begin]) if is_name and begin else ""
        at = self.plain.find(phrase)
        while at >= 0:
            number_at, stop = at + mention.number_start - begin, at + len(phrase)
            if self._is_whole(at, stop, beside) and (complete or following or STOP.match(self.plain, stop)):
                own = next((o for o in self.mentions if o.start < stop and o.end > number_at), None)
                if own is None:
                    return Approximation.KEPT
                alike = (own.days is None) == (mention.days is None)
                if alike and own.number_start == number_at and own.end <= stop - len(phrase) + mention.end - begin:
                    return _fate(mention.hedge, {own.hedge})
            at = self.plain.find(phrase, at + 1)
        return None

    def _is_whole(self, start: int, stop: int, beside: str) -> bool:
        """Whether neither side of the quote's `start` to `stop` goes on; `beside` is allowed: "#8th"."""
        left = self.plain[start - 1] if start else " "
        if left != beside and (left.isalnum() or left in _BEFORE_NUMBER):
            return False
        return not self.plain[stop : stop + 1].isalnum() and not _GOES_ON.match(self.plain, stop)


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


def _in_year(day: date, year: int) -> date:
    """The same day in `year`; the last of February where it is the 29th."""
    return day.replace(year=year, day=28 if (day.month, day.day) == (2, 29) and not isleap(year) else day.day)


def _without_year(days: Days) -> Days | None:
    first, last = days
    if first.year != last.year:
        return None
    last_february = _is_month(days) and last.month == 2
    return first.replace(year=NO_YEAR), _LEAP_DAY if last_february else last.replace(year=NO_YEAR)
