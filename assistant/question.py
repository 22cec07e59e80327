"""Reads a question: what kind of thing is asked, for which period and place, in which words.

Knows nothing of the index; what it cannot tell it leaves empty.

>>> asked = understand("How many goals had Nghe An achieved in 2024?")
>>> asked.kind, [period.label for period in asked.periods], asked.places
('count', ['2024'], ('Nghe An',))
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.periods import Period, find_periods
from corpus.places import find_places
from index.terms import Term, terms

__all__ = ["Asked", "QuestionKind", "understand"]

QuestionKind = Literal["figure", "count", "person", "date", "place", "list", "reason", "yes_no", "open"]

_PERCENT = r"per ?cent(?:age)?|percentages?|share|proportion|ratio|rate"
_QUANTITY = rf"{_PERCENT}|number|total|figure|value|revenue|amount|size|rank(?:ing)?|target|growth|increase|score"
_NUMBER_WORD = r"\d{1,2}|two|three|four|five|six|seven|eight|nine|ten"
_BE = r"(?:is|are|was|were|has been|had been|will be|would be|should be)"
_TIMES = r"date|day|year|month|time|deadline"
_PLACES = r"place|province|city|country|region|bridge point|location|venue"

# The kind whose words come first in the question decides; of two at one place, the earlier here.
_KINDS: tuple[tuple[QuestionKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("reason", rf"\bwhy\b|\bfor what reason|\bwhat {_BE} the reason"),
        ("count", r"\bhow many\b"),
        ("date", rf"\bwhen\b|\bhow long\b|\b(?:what|which) (?:{_TIMES})\b|\bwhat {_BE} the (?:{_TIMES})\b"),
        (
            "figure",
            rf"\bhow (?:much|fast|large|big|high|far|often)\b|\b(?:what|which) (?:[\w'’-]+ ){{0,2}}(?:{_QUANTITY})\b",
        ),
        (
            "figure",
            rf"\b(?:what|which) {_BE} (?:(?!of\b)[\w'’-]+ ){{0,6}}?(?:{_QUANTITY})\b|\bwhat (?:place|position)\b.*\b(?:hold|rank|take)",
        ),
        ("person", r"\bwho(?:m|se)?\b|\bname of the (?:person|speaker|minister|chair\w*|director|head)"),
        ("place", rf"\bwhere\b|\b(?:what|which) (?:{_PLACES})\b"),
        (
            "list",
            rf"\b(?:what|which|name|list|give)\b[^?]{{0,30}}?\b(?:the|all|her|his|its|their)\s+[“\"']?(?:{_NUMBER_WORD})\b",
        ),
        (
            "list",
            r"^\s*list\b|\bname (?:the|all)\b|\b(?:what|which) (?:are|were) the\b|\bwhich (?:[\w'’-]+ ){0,2}?(?!was\b)\w+[^s]s\b",
        ),
        ("yes_no", r"^\s*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must|may)\b"),
    )
)
# Without a question word: "retail e-commerce revenue 2024?", "deadline for the draft".
_TERSE: tuple[tuple[QuestionKind, re.Pattern[str]], ...] = (
    ("count", re.compile(r"\bnumber of\b", re.IGNORECASE)),
    ("date", re.compile(rf"^\s*(?:the )?(?:{_TIMES})\b", re.IGNORECASE)),
    ("figure", re.compile(rf"\b(?:{_QUANTITY})\b", re.IGNORECASE)),
)
_QUESTION_WORD = re.compile(r"\b(?:what|which|who|whom|whose|when|where|why|how)\b", re.IGNORECASE)
_CAPITALISED = re.compile(r"[^\W\d_a-zà-ỹ][\w’'.-]*(?:\s+[^\W\d_a-zà-ỹ][\w’'.-]*)*")
_COUNT = re.compile(rf"\b({_NUMBER_WORD})\b", re.IGNORECASE)
_WORDS_FOR_NUMBERS = {w: n for n, w in enumerate("two three four five six seven eight nine ten".split(), start=2)}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what was understood of it."""

    question: str
    kind: QuestionKind
    terms: tuple[Term, ...]  # content words, those of its periods left out
    periods: tuple[Period, ...]  # the ones asked for; those compared with are left out
    places: tuple[str, ...]
    names: tuple[str, ...]  # runs of capitalised words, places and the opening word left out
    wants_percentage: bool
    items: int | None  # how many things a list question asks for: "the 5 focuses"


def understand(question: str) -> Asked:
    """What `question` asks for; never fails."""
    kind = _kind(question)
    mentions = find_periods(question)
    places = find_places(question, any_case=True)
    period_spans = [(mention.start, mention.end) for mention in mentions]
    content = tuple(
        term for term in terms(question) if not any(start <= term.start < end for start, end in period_spans)
    )
    count = _COUNT.search(question) if kind == "list" else None
    return Asked(
        question=question,
        kind=kind,
        terms=content,
        periods=tuple(mention.period for mention in mentions if mention.relation != "baseline"),
        places=tuple(dict.fromkeys(place.name for place in places)),
        names=tuple(_names(question, period_spans)),
        wants_percentage=re.search(rf"\b(?:{_PERCENT})\b|%", question, re.IGNORECASE) is not None,
        items=_number(count.group(1)) if count else None,
    )


def _kind(question: str) -> QuestionKind:
    found = [(match.start(), kind) for kind, pattern in _KINDS if (match := pattern.search(question))]
    if found:
        return min(found, key=lambda item: item[0])[1]
    if _QUESTION_WORD.search(question):
        return "open"
    return next((kind for kind, pattern in _TERSE if pattern.search(question)), "open")


def _names(question: str, period_spans: Sequence[tuple[int, int]]) -> list[str]:
    """Capitalised runs after the first word; a single capital opening the question tells nothing."""
    found = []
    for match in _CAPITALISED.finditer(question):
        if any(start <= match.start() < end for start, end in period_spans):
            continue
        words = match.group().split()
        if match.start() == 0:
            words = words[1:]
        if words:
            found.append(" ".join(words).strip(".’'"))
    return found


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _WORDS_FOR_NUMBERS[text.lower()]
