"""Times that are told by their distance from another: "a year earlier", "the previous quarter", "year on year".

What they are distant from is the time of the figure that they stand beside, which may be told in a
sentence before. Knows nothing of figures.

>>> [(one.months, one.is_span) for one in relative_times("It rose 4% on the year, from 12 tonnes a quarter before.")]
[(12, False), (3, False)]
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.number_forms import read_words
from corpus.periods import Period

__all__ = ["RelativeTime", "relative_times", "shifted"]

_UNITS = {"month": 1, "quarter": 3, "year": 12, "mois": 1, "trimestre": 3, "an": 12, "jahr": 12, "monat": 1}
_UNIT = r"(?:month|quarter|year)"
_NUMBER = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})"
_BACK = re.compile(
    rf"\b(?:(?P<number>{_NUMBER})\s(?P<unit>{_UNIT})s?\s(?:before|earlier|previously|ago)"
    rf"|the\s(?P<then>{_UNIT})\s(?:before|earlier)"
    rf"|(?:the\s)?(?:previous|preceding|prior)\s(?P<before>{_UNIT})(?!s)"
    rf"|(?:(?P<on>{_UNIT})[ -]on[ -](?:month|quarter|year)|on the (?P<over>{_UNIT}))\b"
    r"|(?P<same>(?:the )?same period|cùng kỳ)(?! (?:of|in|last|the|a|năm|\d))"
    r"|(?P<german>Vorjahr|Vormonat|Vorquartal)\w*|sur un (?P<french>an|mois|trimestre))",
    re.IGNORECASE,
)
_GERMAN = {"vorjahr": 12, "vorquartal": 3, "vormonat": 1}
_SPAN = re.compile(
    rf"\b(?:within (?={_NUMBER}\s)|(?:over|in|within|during)\s(?:the|these)\s(?:last|past|preceding|previous)\s)"
    rf"(?:(?P<number>{_NUMBER})\s)?(?P<unit>{_UNIT})s?\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:compared (?:to|with)|against|over|from|than|on|in|als)(?: in| im| that of)?(?: the)?\s\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class RelativeTime:
    """A distance in months back from the time of what it stands beside; offsets are of its sentence."""

    start: int  # of "compared to" in "compared to a year earlier"
    end: int
    months: int
    is_span: bool  # "over the past year" is the way from then to now


def relative_times(sentence: str) -> list[RelativeTime]:
    """The relative times of a sentence, by position."""
    found = []
    for match in _BACK.finditer(sentence):
        unit = match["unit"] or match["then"] or match["before"] or match["on"] or match["over"] or match["french"]
        size = _UNITS[unit.lower()] if unit else _GERMAN.get((match["german"] or "").lower(), 12)
        lead = _LEAD.search(sentence[: match.start()])
        start = lead.start() if lead else match.start()
        found.append(RelativeTime(start, match.end(), size * _count(match["number"]), False))
    for match in _SPAN.finditer(sentence):
        if any(one.start < match.end() and match.start() < one.end for one in found):
            continue
        months = _UNITS[match["unit"].lower()] * _count(match["number"])
        found.append(RelativeTime(*match.span(), months, True))
    return sorted(found, key=lambda one: one.start)


def shifted(period: Period, months: int) -> Period:
    """The same stretch of time so many months before; whole months stay whole.

    >>> shifted(Period(date(2024, 3, 1), date(2024, 3, 31), "March"), 13).iso
    '2023-02'
    """
    next_day = period.end + timedelta(days=1)
    start = _back(period.start, months)
    end = _back(next_day, months) - timedelta(days=1) if next_day.day == 1 else _back(period.end, months)
    return Period(start, end, f"{start} to {end}")


def _back(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = (date(year, month + 1, 1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return date(year, month + 1, min(day.day, last.day))


def _count(number: str | None) -> int:
    """The number that is written, in letters or figures; 1 for an article and for none."""
    if not number or number.lower() in ("a", "an"):
        return 1
    return int(number) if number.isdigit() else read_words(number) or 1
