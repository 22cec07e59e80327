"""Periods that a follow-up names by the one before: "the year before", "the second half", "the whole year".

Each is written out with the year of the question before, so that it can be exchanged like any
other. Knows nothing of the rest of the question.

>>> in_full("and the year before?", "What was the revenue in 2023?")
'and 2022?'
>>> in_full("In the second half?", "What was the revenue in the first half of 2023?")
'In the second half of 2023?'
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.dates import MONTHS
from corpus.periods import PeriodMention, find_periods

__all__ = ["in_full", "periods_in"]

_BEFORE = re.compile(r"\b(?:the )?(?:year (?:before|earlier|prior)|(?:previous|preceding|prior) year)\b", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:the )?(?:year (?:after|later)|(?:following|next|subsequent) year)\b", re.IGNORECASE)
_WHOLE = re.compile(
    r"\b(?P<joined>(?:over|for|in|during) )?(?:the )?(?:(?:whole|full|entire|complete) year|year as a whole)\b",
    re.IGNORECASE,
)
_MONTH = "|".join(name for name in MONTHS if name != "may")
_PART = re.compile(
    r"\b(?:(?:the )?(?:first|second|third|fourth|1st|2nd|3rd|4th) (?:half|quarter|(?:\w+ )?months?)|Q[1-4]|H[12]"
    rf"|spring|summer|autumn|winter|{_MONTH}|May)(?! of\b| ?\d)\b",
    re.IGNORECASE,
)
_NO_MONTH = frozenset({"may", "march", "mar", "sep"})  # in small letters other words: "may I"
_DIVIDES = re.compile(r"(?:half|quarter|months?)$", re.IGNORECASE)
_YEAR_DAYS = 366


@lru_cache(maxsize=2048)
def periods_in(text: str) -> tuple[PeriodMention, ...]:
    """The periods that `text` names, looked up once: a turn is read again with each that follows."""
    return tuple(find_periods(text))


def in_full(follow_up: str, before: str) -> str:
    """`follow_up` with its partial periods written out by the last period of the question `before`.

    Unchanged where either names none, and where the follow-up names a year itself.
    """
    if not any(pattern.search(follow_up) for pattern in (_WHOLE, _BEFORE, _AFTER, _PART)):
        return follow_up
    year = _year(before)
    if year is None or periods_in(follow_up):
        return follow_up
    whole = _WHOLE.search(follow_up)
    if whole:
        return follow_up[: whole.start()] + ("in " if whole["joined"] else "") + str(year) + follow_up[whole.end() :]
    for pattern, other in ((_BEFORE, year - 1), (_AFTER, year + 1)):
        if pattern.search(follow_up):
            return pattern.sub(str(other), follow_up, count=1)
    part = _PART.search(follow_up)
    if part is None or part.group() in _NO_MONTH:
        return follow_up
    joined = " of " if _DIVIDES.search(part.group()) else " "
    return follow_up[: part.end()] + f"{joined}{year}" + follow_up[part.end() :]


def _year(question: str) -> int | None:
    """The year of the last period asked for, where it lies within one."""
    asked = [mention.period for mention in periods_in(question) if mention.relation != "baseline"]
    if not asked or asked[-1].days > _YEAR_DAYS or asked[-1].start.year != asked[-1].end.year:
        return None
    return asked[-1].start.year
