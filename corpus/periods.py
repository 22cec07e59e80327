"""Stretches of time that a text names: years, halves, quarters, months, days, and how it uses them.

Each mention keeps its exact place and its relation: the rate *in* 2024, the target *by* 2025, the
rise *against* 2022. Read in four steps: every form is found on its own, the longest wins where
they overlap, two that "to" or a dash joins become one, and what lacks a year takes the caller's
hint or is dropped. Knows nothing about what is measured, nor about the meeting it was told at.

>>> text = "up 11% compared to 2023, and 95% by 2025"
>>> [(m.period.label, m.relation) for m in find_periods(text)]
[('2023', 'baseline'), ('2025', 'by')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from corpus.dates import MONTHS, DateOrder, find_dates
from corpus.period_forms import Form, find_forms

__all__ = ["Period", "PeriodMention", "Relation", "find_periods"]

Relation = Literal["in", "by", "since", "before", "after", "baseline"]


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` to `end`, both included; two periods of the same days are equal."""

    start: date
    end: date
    text: str = field(compare=False)  # as it is written: "the first 6 months of 2022"

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    @property
    def label(self) -> str:
        """A name that can be read without the text: "2024", "July 2024", else its own words."""
        year, months = self.start.year, self.end.month - self.start.month + 1
        if self.start == self.end:
            return f"{_NAMES[self.start.month]} {self.start.day}, {year}"
        whole = self.start.day == 1 and (self.end + timedelta(days=1)).day == 1
        if not whole or year != self.end.year or (months not in (1, 12) and str(year) in self.text):
            return self.text if str(year) in self.text else f"{self.start} to {self.end}"
        if months in (1, 12):
            return str(year) if months == 12 else f"{_NAMES[self.start.month]} {year}"
        if months == 3 and self.start.month % 3 == 1:
            return f"Q{self.end.month // 3} {year}"
        if self.start.month == 1:
            return f"first {months} months of {year}"
        return f"{_NAMES[self.start.month]} to {_NAMES[self.end.month]} {year}"

    @property
    def iso(self) -> str:
        """Its days in the shortest form: "2024", "2024-07", "2024-07-19", "2024-Q1", else two with a slash."""
        first, last = self.start, self.end
        if first == last:
            return first.isoformat()
        if first.day > 1 or (last + timedelta(days=1)).day > 1:
            return f"{first}/{last}"
        if (first.month, last.month) == (1, 12):
            return f"{first.year}" if first.year == last.year else f"{first.year}/{last.year}"
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%Y-%m}"
        if first.year == last.year and last.month == first.month + 2 and first.month % 3 == 1:
            return f"{first.year}-Q{last.month // 3}"
        return f"{first:%Y-%m}/{last:%Y-%m}"

    def contains(self, other: Period) -> bool:
        """Whether every day of `other` is one of its days."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Period) -> bool:
        """Whether the two share a day."""
        return self.start <= other.end and other.start <= self.end


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """One period at its place: `text[start:end] == period.text`."""

    period: Period
    start: int
    end: int
    relation: Relation


_MONTHS = "January February March April May June July August September October November December"
_NAMES = dict(enumerate(_MONTHS.split(), start=1))

# No period without one of these; most sentences have none, and this is the quickest way to know.
_TIME = re.compile(
    rf"\d|(?i:year|month|quarter|half|season|spring|summer|autumn|fall|winter|today|week|{'|'.join(MONTHS)}"
    r"|năm|tháng|quý|nay|jahr|quartal|halbjahr|trimestre|semestre|\ban\b|année|mois)"
)
_LOOK_BACK = 64  # characters before a mention in which its relation stands
_LINK = re.compile(
    r"[^\S\n]{0,2}(?:(?P<dash>[-–—])|(?i:to|through|until|till|đến|tới)\b|(?P<and>(?i:and|và)\b))"
    r"[^\S\n]{0,2}(?i:năm |the |end of )?"
)
_FROM = re.compile(r"(?i)\b(?:from|between|từ|giữa)[^\S\n]+(?i:the |năm |early |late |ngày )?\Z")
_THE = r"(?: (?:the|year|fiscal|năm|early|late|mid|cuối|đầu|ngày))*[\s-]*\(?\Z"
_FIGURE = r"(?:figures?|levels?|rates?|average|end|beginning|start|total)"
_OF = rf"(?: (?:that|those|the {_FIGURE}))?(?: (?:of|in|for|at))?"
_SAME = r"(?:(?: the)? same (?:period|time|quarter|months?)(?: (?:of|in|the))?| cùng kỳ)?"
_RISE = r"(?:increas|grow|r[io]se|up|gain|fell|fall|drop|decreas|down|declin|reduc|higher|lower)"
_WORDS = r"(?:[^.;\n]|(?<=\d)\.(?=\d)){0,30}"  # of one clause; the point of a number does not end it
_RELATIONS: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    (
        "baseline",
        re.compile(
            r"(?i)(?:\b(?:compared (?:to|with)|in comparison (?:to|with)|against|versus|vs\.?"
            rf"|(?<!later )(?<!earlier )than|relative to|so với){_OF}{_SAME}{_THE}"
            rf"|\b{_RISE}{_WORDS} over{_SAME}{_THE}"
            rf"|\b{_RISE}{_WORDS}(?:\d|%|percent|points?|times|fold) from{_SAME}{_THE}"
            rf"|\b(?:up|down) [^.;\n]{{1,20}}(?:%|percent|points?) on{_SAME}{_THE}"
            rf"|\b{_RISE}\w* from (?:(?! to | in )[^.;,\n]){{1,24}} in{_THE}"
            rf"|\bsame (?:period|time|quarter|months?)(?: (?:of|in|the))?{_THE}|\bcùng kỳ{_THE}"
            r"|\b(?:compared (?:to|with)|over|against|than) the (?:beginning|start|end) of [^.;,\n]{1,40} \(\Z)"
        ),
    ),
    ("before", re.compile(rf"(?i)\b(?:before|prior to|earlier than|trước){_THE}")),
    ("after", re.compile(rf"(?i)\b(?:after|beyond|(?<!no )(?<!not )later than|sau){_THE}")),
    (
        "by",
        re.compile(
            r"(?i)(?:\b(?:by|until|till|no later than|not later than|up to|vision to)(?: the)?"
            r"(?: (?:end|close) of)?|\bbefore the end of|(?<!according )(?<!due )(?<!thanks )"
            r"(?<!similar )(?<!related )\bto(?: the end of)?"
            rf"|\b(?:đến|tới)(?: hết)?|\btrước cuối){_THE}"
        ),
    ),
    (
        "since",
        re.compile(
            r"(?i)\b(?:since|starting (?:in|from)|beginning in|effective from|kể từ)"
            rf"(?: the (?:beginning|start|end) of)?{_THE}"
        ),
    ),
)
_ONWARDS = re.compile(r"[^\S\n]*(?:on|onwards?|trở đi)\b(?! the| a)")


def find_periods(text: str, *, year_hint: int | None = None, order: DateOrder = "mdy") -> list[PeriodMention]:
    """The periods that `text` names, by position, not overlapping.

    `year_hint` is the year that "in July" and "this year" are taken to be in; without it they are
    not reported. `order` reads days in figures, as in `corpus.dates.find_dates`. A deadline ("by
    June 2025") has the whole year, month or day as its period, and the relation "by".

    >>> [m.period.label for m in find_periods("in July, up on last year", year_hint=2024)]
    ['July 2024', '2023']
    """
    if not _TIME.search(text):
        return []
    mentions = []
    for form in _joined(text, _longest(text, order)):
        period = _dated(text, form, year_hint)
        if period:
            relation = _relation(text, form)
            mentions.append(PeriodMention(period, form.start, form.end, relation))
    return mentions


def _longest(text: str, order: DateOrder) -> list[Form]:
    """All forms in the text; where some overlap, the one that begins first, then the longest."""
    days = (Form(m.start, m.end, m.date, m.date) for m in find_dates(text, order=order))
    kept: list[Form] = []
    for form in sorted((*days, *find_forms(text)), key=lambda form: (form.start, -form.end)):
        if not kept or form.start >= kept[-1].end:
            kept.append(form)
    return kept


def _joined(text: str, forms: list[Form]) -> Iterator[Form]:
    """The forms, "from July to September 2024" and "July 19–20" made one."""
    waiting: Form | None = None
    for form in forms:
        both = _join(text, waiting, form) if waiting else None
        if waiting and not both:
            yield waiting
        waiting = both or form
    if waiting:
        yield waiting


def _join(text: str, first: Form, last: Form) -> Form | None:
    """One form from the start of `first` to the end of `last`, if the words between say so."""
    if last.start - first.end > 16:
        return None
    link = _LINK.fullmatch(text, first.end, last.start)
    opened = _FROM.search(_before(text, first.start)) is not None
    alike = _unit(first) == _unit(last)
    if not link or not (opened or (alike and not link["and"])):
        return None
    start, end = first.first, last.last
    if first.has_year != last.has_year:
        year = (last.first if last.has_year else first.last).year
        start, end = start.replace(year=year), _in_year(end, year)
        if start > end and last.has_year:  # "December to March 2024"
            start = start.replace(year=year - 1)
    if start >= end or first.shift != last.shift or first.is_range:
        return None
    return Form(first.start, last.end, start, end, is_range=True, shift=first.shift)


def _unit(form: Form) -> str:
    """How fine a form is: two forms of one unit make a range without "from"."""
    days = (form.last - form.first).days
    return "day" if days == 0 else "month" if days < 32 else "year"


def _dated(text: str, form: Form, year_hint: int | None) -> Period | None:
    """The period of a form, in the hinted year where none is written; None when none is hinted."""
    first, last = form.first, form.last
    if not form.has_year:
        if year_hint is None:
            return None
        year = year_hint + form.shift
        if first == last and _in_year(first, year).day != first.day:
            return None  # 29 February of a common year
        last = _in_year(last, year + last.year - first.year)
        first = _in_year(first, year)
    return Period(first, last, text[form.start : form.end])


def _in_year(day: date, year: int) -> date:
    """The same day in `year`; the last day of February where it is the 29th."""
    return day.replace(year=year, day=28 if (day.month, day.day) == (2, 29) and year % 4 else day.day)


def _relation(text: str, form: Form) -> Relation:
    """What the words before a mention, and "onwards" after it, say that it is."""
    before = _before(text, form.start)
    for relation, words in _RELATIONS:
        if words.search(before) and (relation == "baseline" or not form.is_range):
            return relation
    if form.is_range:
        return "in"
    from_here = re.search(r"(?i)\b(?:from|từ) (?:the |năm )?\Z", before)
    if from_here and (not before[: from_here.start()].strip() or _ONWARDS.match(text, form.end)):
        return "since"  # "From 2025, ..." opens its sentence; "data from 2023" does not
    return "in"


def _before(text: str, start: int) -> str:
    return text[max(0, start - _LOOK_BACK) : start].rpartition("\n")[2]
