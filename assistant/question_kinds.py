"""What kind of thing a question asks for, told by its question words.

>>> [kind_of(q) for q in ("By when must it be ready?", "Who asks for the date?", "revenue in 2024?")]
['date', 'person', 'figure']
"""

from __future__ import annotations

import re
from typing import Literal

__all__ = ["PERCENTAGE_WORDS", "TYPED_KINDS", "QuestionKind", "is_terse", "items_asked", "kind_of"]

QuestionKind = Literal["figure", "count", "person", "date", "place", "list", "reason", "yes_no", "open"]

TYPED_KINDS: frozenset[QuestionKind] = frozenset({"figure", "count", "person", "date", "place"})  # have a short answer
PERCENTAGE_WORDS = r"per ?cent(?:age)?|percentages?|share|proportion|ratio|rate"
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_ITEMS = rf"[“\"']?(?P<items>\d{{1,2}}|{'|'.join(_NUMBERS)})\b(?=[”\"']?\s)"
# A number of things: "the 5 focuses", "which three issues"; not "Project 06", nor "the 3rd session".
_COUNTED = (
    rf"\b(?:what|which|name|list|give)\b[^?]{{0,30}}?\b(?:the|all|her|his|its|their)\s{_ITEMS}",
    rf"\b(?:what|which|name|list)(?: the)? {_ITEMS}",
)
_QUANTITIES = (
    rf"{PERCENTAGE_WORDS}|number|total|figure|value|revenue|amount|size|rank(?:ing)?|target|growth|increase|score"
)
_BE = r"(?:is|are|was|were|has been|had been|will be|would be|should be)"
_TIMES = r"date|day|year|month|time|deadline"
_PLACES = r"place|province|city|country|region|bridge point|location|venue"
_WORD = r"[\w'’-]+"

_AUXILIARY_WORDS = r"^\s*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must|may)\b"

# The phrase that comes first in the question decides; of two at one place, the earlier here.
_PHRASES: tuple[tuple[QuestionKind, str], ...] = (
    ("reason", r"\bwhy\b"),
    ("reason", rf"\bfor what reason\b|\bwhat {_BE} the reason"),
    ("count", r"\bhow many\b"),
    ("date", r"\bwhen\b|\bhow long\b"),
    ("date", rf"\b(?:what|which) (?:{_TIMES})\b|\bwhat {_BE} the (?:{_TIMES})\b"),
    ("figure", r"\bhow (?:much|fast|large|big|high|far|often)\b"),
    ("figure", rf"\b(?:what|which) (?:{_WORD} ){{0,2}}(?:{_QUANTITIES})\b"),
    ("figure", rf"\b(?:what|which) {_BE} (?:(?!of\b){_WORD} ){{0,6}}?(?:{_QUANTITIES})\b"),
    ("figure", r"\bwhat (?:place|position)\b.*\b(?:hold|rank|take)"),
    ("person", r"\bwho(?:m|se)?\b|\bname of the (?:person|speaker|minister|chair\w*|director|head)"),
    ("place", rf"\bwhere\b|\b(?:what|which) (?:{_PLACES})\b"),
    *(("list", phrase) for phrase in _COUNTED),
    ("list", r"^\s*list\b|\bname (?:the|all)\b|\b(?:what|which) (?:are|were) the\b"),
    ("list", rf"\bwhich (?:{_WORD} ){{0,2}}?(?!was\b)\w+[^s]s\b"),
    ("yes_no", _AUXILIARY_WORDS),
)
# Without a question word: "retail e-commerce revenue 2024?", "deadline for the draft".
_TERSE: tuple[tuple[QuestionKind, str], ...] = (
    ("count", r"\bnumber of\b"),
    ("date", rf"^\s*(?:the )?(?:{_TIMES})\b"),
    ("figure", rf"\b(?:{_QUANTITIES})\b"),
)
_COMPILED = [(kind, re.compile(phrase, re.IGNORECASE)) for kind, phrase in _PHRASES]
_COMPILED_TERSE = [(kind, re.compile(phrase, re.IGNORECASE)) for kind, phrase in _TERSE]
_AUXILIARY = re.compile(_AUXILIARY_WORDS, re.IGNORECASE)
_QUESTION_WORD = re.compile(r"\b(?:what|which|who|whom|whose|when|where|why|how)\b", re.IGNORECASE)


def kind_of(question: str) -> QuestionKind:
    """The kind that the question's first telling phrase names, else "open"."""
    found = [(match.start(), kind) for kind, phrase in _COMPILED if (match := phrase.search(question))]
    if found:
        return min(found, key=lambda item: item[0])[1]
    if _QUESTION_WORD.search(question):
        return "open"
    return next((kind for kind, phrase in _COMPILED_TERSE if phrase.search(question)), "open")


def is_terse(question: str) -> bool:
    """Whether the question is only key words: "EGDI rank 2024?".

    >>> is_terse("EGDI rank 2024?"), is_terse("Did the rank change?")
    (True, False)
    """
    return not _QUESTION_WORD.search(question) and not _AUXILIARY.search(question)


def items_asked(question: str) -> int | None:
    """How many things a list question asks for: 5 in "What are the 5 focuses?", else None."""
    for phrase in _COUNTED:
        found = re.search(phrase, question, re.IGNORECASE)
        if found:
            return _NUMBERS.get(found["items"].lower()) or int(found["items"])
    return None
