"""Speaker labels: the "Name:", "[00:01:23] Name:" and "Name (00:12):" at the start of a line.

Reads one line at a time and says how the label is built and whether it looks like a name; whether
the lines together are a transcript is transcripts.py's business.

>>> label_of("[00:01:23] Lynne Neagle AM: Good afternoon.")
Label(speaker='Lynne Neagle AM', words='Good afternoon.', start_s=83.0)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["Label", "is_field", "is_name", "is_question_label", "label_of", "seconds"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LABEL_MAX = 90  # characters before the colon
LABEL_WORDS_MAX = 6  # outside brackets

_CLOCK = r"\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,3})?"
_TIME_FIRST = re.compile(
    rf"(?:\[(?P<a>{_CLOCK})(?:\s*(?:-->|[-–—])\s*{_CLOCK})?\]|\((?P<b>{_CLOCK})\)|(?P<c>{_CLOCK})(?=\s))"
    r"\s*(?:[-–—|]\s)?\s*"
)
_TIME_LAST = re.compile(rf"\s*[\[(]?\b(?P<time>{_CLOCK})[\])]?$")
_COLON = re.compile(r"[:\uff1a](?=\s|$)")
_BRACKETED = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\]")
_NOT_IN_LABEL = re.compile(r"[!?;\"“”…*<>|=\\{}]|https?")
_PARTICLES = _words("of the de van von der den di da du la le bin al el and to for dos das y e")
# Labels that name a field of a form, not a person; with or without a number behind them.
_FIELDS = _words(
    """note notes nb date time place location venue title subject topic agenda item items action actions
    decision decisions owner due status summary source author tel phone fax email e-mail address
    website url present attendees participants apologies absent minutes transcript duration language
    recorded meeting moderated example warning tip important step chapter section part figure table
    name age price total result results background objective objectives conclusion conclusions
    question answer q a faq p.s. ps update edit tldr ingredients method keywords tags series publisher
    copyright photo image caption see updated published posted type version id key value
    monday tuesday wednesday thursday friday saturday sunday
    ngày giờ địa điểm ghi chú nguồn tác giả hỏi đáp câu trả lời hỏi"""
) | {"địa điểm", "ghi chú", "tác giả", "câu hỏi", "trả lời", "thời gian", "chủ đề", "action item"}
_QUESTION_LABELS = frozenset({"q", "a", "question", "answer", "hỏi", "đáp", "câu hỏi", "trả lời"})
_NUMBERED = re.compile(r"\s*#?\d{1,4}[a-z]?$")


@dataclass(frozen=True, slots=True)
class Label:
    """A line parted into its speaker ("" for a line with a time only) and the words."""

    speaker: str
    words: str
    start_s: float | None = None


def label_of(line: str) -> Label | None:
    """The label that opens a normalised line; None when the line begins like any other."""
    timed = _TIME_FIRST.match(line)
    rest = line[timed.end() :] if timed else line
    start_s = seconds(timed["a"] or timed["b"] or timed["c"]) if timed else None
    rest = rest.removeprefix(">> ")
    colon = _COLON.search(rest, 0, LABEL_MAX + 1)
    if colon is not None:
        name = rest[: colon.start()]
        late = _TIME_LAST.search(name)
        if late is not None:
            name, start_s = name[: late.start()], seconds(late["time"])
        name = name.strip()
        if _is_label(name):
            return Label(name, rest[colon.end() :].strip(), start_s)
    if len(rest) <= LABEL_MAX:  # "Name 0:03" on a line of its own, as meeting tools export it
        late = _TIME_LAST.search(rest)
        name = rest[: late.start()].strip(" -–—|") if late else ""
        if late is not None and timed is None and _is_label(name) and is_name(name):
            return Label(name, "", seconds(late["time"]))
    return Label("", rest, start_s) if timed else None


def is_name(speaker: str) -> bool:
    """Whether every word is written as names are: "Right Hon. Justin Trudeau", "PhD A"."""
    words = _BRACKETED.sub(" ", speaker).replace(",", " ").split()
    return bool(words) and all(
        word in _PARTICLES or word[0].isdigit() or any(letter.isupper() for letter in word) for word in words
    )


def is_field(speaker: str) -> bool:
    """Whether the label is the name of a field ("Date", "Step 2") and not of a person."""
    return _NUMBERED.sub("", speaker.casefold()) in _FIELDS


def is_question_label(speaker: str) -> bool:
    """Whether the label marks a question or an answer of an FAQ."""
    return _NUMBERED.sub("", speaker.casefold()).rstrip(".") in _QUESTION_LABELS


def seconds(clock: str) -> float:
    """Seconds of "1:02:03.5", "02:03" or "02:03,500".

    >>> seconds("00:01:23,500")
    83.5
    """
    total = 0.0
    for part in clock.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total


@lru_cache(maxsize=4096)  # a meeting has few speakers and many turns
def _is_label(name: str) -> bool:
    """Whether a stretch before a colon is short and plain enough to be a label."""
    if not name or _NOT_IN_LABEL.search(name) or not any(letter.isalpha() for letter in name):
        return False
    words = _BRACKETED.sub(" ", name).split()
    abbreviations = all(len(word) <= 5 for word in words if word.endswith("."))
    return 0 < len(words) <= LABEL_WORDS_MAX and abbreviations
