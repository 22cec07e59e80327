"""The words that the terminal and the page share: dates, times, places, and why there is no answer.

>>> from datetime import date
>>> day(date(2024, 7, 19))
'19 July 2024'
>>> clock(751.4)
'0:12:31'
>>> age(date(2024, 7, 19), today=date(2024, 11, 28))
'4 months ago'
"""

from __future__ import annotations

import re
from datetime import date

from assistant.answer import Citation, Refusal

__all__ = [
    "HELD_BACK",
    "NEAREST",
    "REFUSED",
    "age",
    "clock",
    "counted",
    "dates",
    "day",
    "one_line",
    "said_by",
    "short_answer_numbers",
    "visible",
    "whole_words",
]

REFUSED = "The record does not say."
HELD_BACK = "Not shown as fact, though the language model wrote it"

NEAREST: dict[Refusal, str] = {  # what is wrong with the evidence that came nearest
    Refusal.NOTHING_SIMILAR: "Nearest, but about something else",
    Refusal.NOT_SAID: "Nearest: on the subject, but it does not say this",
    Refusal.OTHER_PERIOD: "Nearest, but said of another period",
    Refusal.OTHER_PLACE: "Nearest, but said of another place",
    Refusal.OTHER_KIND: "Nearest, but a target where what was reached is asked for, or the reverse",
    Refusal.NAME_UNKNOWN: "Nearest, but it does not hold the name asked for",
    Refusal.EMPTY_INDEX: "Nearest",
}

# Marks that turn the direction of the text after them, and so could make a quote read differently.
_DIRECTION_MARKS = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_CONTROLS = {*range(0x20), *range(0x7F, 0xA0)} - {ord("\n")}
_SHOWN = dict.fromkeys(_CONTROLS, " ") | {code: f"[U+{code:04X}]" for code in _DIRECTION_MARKS}


def visible(text: str) -> str:
    """`text` without control characters, and with the marks that turn its direction spelled out."""
    return text.translate(_SHOWN)


def one_line(text: str) -> str:
    """`text` on one line, with nothing in it that a terminal would obey."""
    return " ".join(visible(text).split())


def day(value: date) -> str:
    """A date as a person writes it."""
    return f"{value.day} {value:%B %Y}"


def age(then: date, *, today: date) -> str:
    """How long ago a day was, in the largest unit that is full."""
    days = (today - then).days
    if days in (0, 1):
        return "today" if days == 0 else "yesterday"
    months = abs((today.year - then.year) * 12 + today.month - then.month)
    whole = months - (today.day < then.day if days > 0 else today.day > then.day)
    if whole >= 12:
        said = counted(whole // 12, "year")
    elif whole >= 1:
        said = counted(whole, "month")
    elif abs(days) >= 14:
        said = counted(abs(days) // 7, "week")
    else:
        said = counted(abs(days), "day")
    return f"{said} ago" if days > 0 else f"in {said}"


def counted(count: int, thing: str) -> str:
    """A number with the thing it counts: "1 document", "31 passages"."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def clock(seconds: float) -> str:
    """A time in a recording, hours:minutes:seconds."""
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def dates(citation: Citation) -> str:
    """When the meeting was held and when it was reported, as far as the record tells."""
    held, reported = citation.held_on, citation.published_on
    if held and reported:
        return f"held and reported {day(held)}" if held == reported else f"held {day(held)} (reported {day(reported)})"
    if held:
        return f"held {day(held)}"
    return f"reported {day(reported)}" if reported else "date not stated"


def said_by(citation: Citation) -> str:
    """Who said it and when in the recording; empty for an article."""
    if citation.start_s is None:
        return citation.speaker
    return f"{citation.speaker} at {clock(citation.start_s)}".strip()


def short_answer_numbers(citations: tuple[Citation, ...], short_answer: str) -> tuple[int, ...]:
    """The first citation whose quote holds the short answer, as a tuple of at most one number."""
    whole = whole_words(short_answer)
    holding = [citation for citation in citations if short_answer in citation.quote]
    holding.sort(key=lambda citation: whole.search(citation.quote) is None)  # "8" rather in "8 of 12" than in "18"
    return tuple(citation.number for citation in holding[:1])


def whole_words(words: str) -> re.Pattern[str]:
    """Finds `words` where no word and no figure goes on at either end of them.

    >>> whole_words("8").findall("On August 18, 8 of 12 rose by 8.5%")
    ['8']
    """
    before = r"(?<!\w)(?<!\d[.,])" if words[:1].isalnum() else ""
    after = r"(?!\w)(?![.,]\d)" if words[-1:].isalnum() else ""
    return re.compile(before + re.escape(words) + after)
