"""Questions about the answer itself: "where does it say so?", "who said that?", "what does the second one say?".

They ask the record nothing new: they are answered from what was quoted. Knows nothing of answers.

>>> asked_back("Show me the source"), asked_back("who said so?"), asked_back("What does the second one say?")
(AskedBack(kind='source', number=None), AskedBack(kind='speaker', number=None), AskedBack(kind='source', number=2))
>>> asked_back("Who said that the target is too low?") is None
True
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

__all__ = ["AskedBack", "asked_back"]


@dataclass(frozen=True, slots=True)
class AskedBack:
    """What is wanted of the answer before."""

    kind: Literal["source", "speaker"]
    number: int | None = None  # of the only citation that is meant


def _any(*words: str) -> str:
    return rf"(?:{'|'.join(words)})"


_OPENING_WORDS = _any(
    "and", "but", "so", "ok", "okay", "please", "pls", "sorry", "hm+", "thanks", "thx", "well", "wait", "can you",
    "could you", "would you", "will you", "can i", "may i",
)  # fmt: skip
_CLOSING_WORDS = _any(
    "please", "pls", "exactly", "precisely", "then", "again", "though", "from", "now",
    "in the (?:record|text|report|source)",
)  # fmt: skip
_SAID_THING = _any("figure", "number", "quote", "answer", "statement", "claim", "information", "forecast", "estimate")
_THAT = _any("that", "this", "it", "so", "these", "those", "them", rf"(?:the|that|this) {_SAID_THING}")
_SOURCE_WORDS = (
    "sources?", "citations?", "quotes?", "quotations?", "passages?", "wording",
    "original (?:text|wording|sentence|passage)",
)  # fmt: skip
_SOURCE = _any(*_SOURCE_WORDS)
_OF_THAT = rf"(?: (?:for|of|behind) {_THAT})?"
_PLACE = _any(
    "document", "report", "article", "transcript", "file", "page", "call", "meeting", "session", "conference", "source",
    "text", "passage", "part", "paragraph", "line",
)  # fmt: skip
_ORDINALS = dict(zip("first second third fourth fifth".split(), range(1, 6), strict=True))
_NTH = "(?:the )?" + _any(
    rf"(?P<ordinal>{'|'.join(_ORDINALS)}) (?:one|statement|figure|{_SOURCE}|{_PLACE})",
    rf"(?:{'|'.join(_SOURCE_WORDS)}|number|no\.?) ?\[?(?P<digit>[1-9])\]?",
    r"\[(?P<marker>[1-9])\]",
)
_SAID = _any(*"said says say told tells stated states claimed claims reported reports mentioned mentions".split())
_THINKS = _any(*"expects expected estimates estimated forecasts forecast predicts predicted thinks believes".split())
_WRITTEN = _any("said", "written", "stated", "mentioned", "from", "come from", "stand", "say", "found", "reported")

_NTH_PHRASES = (
    rf"(?:what does|what did|what's in|what is in) {_NTH}(?: (?:say|state|tell|read|mention))?",
    rf"(?:show|open|quote|read|see|give|tell)(?: me| us)? {_NTH}",
    rf"(?:what about )?{_NTH}",
)
_SPEAKER_PHRASES = (
    rf"who(?:['’]s| is| was)? (?:actually |really |exactly )?(?:{_SAID}|saying|gave|gives|quoted)(?: us| you)? {_THAT}",
    rf"who {_THINKS} (?:that|this|so)",
    rf"who (?:made|gave|makes|gives) (?:that|this|the) {_SAID_THING}",
    r"says who|said who|according to whom|who says|who said",
    r"whose (?:words|statement|quote|figure|number) (?:is|are|was) (?:that|this|it|these|those)",
    r"who(?:['’]s| is| was) (?:the speaker|speaking|quoted|that from)",
    rf"(?:by|from) whom(?: (?:is|was) {_THAT}(?: said)?)?",
    rf"(?:who|whom) (?:is|was) {_THAT} (?:said by|from|quoted from)",
)
_SOURCE_PHRASES = (
    rf"(?:the )?{_SOURCE}{_OF_THAT}",
    rf"(?:show|give|tell|open|quote|cite|see)(?: me| us)? (?:the |your |its |a |the exact |exact )?{_SOURCE}{_OF_THAT}",
    rf"(?:show|tell)(?: me| us)? where(?: {_THAT} (?:is|says?|stands?|comes from|is {_WRITTEN})(?: {_THAT})?)?",
    rf"what(?:['’]s| is| are| was| were) (?:the |your |its |the exact )?{_SOURCE}{_OF_THAT}",
    rf"where (?:does|do|did) (?:it|the {_PLACE}|the record|they) (?:say|state|mention|write|claim)(?: {_THAT})?",
    rf"where (?:is|was|does|did|do)(?: it)? ?(?:{_THAT})? ?{_WRITTEN}",
    rf"where['’]s {_THAT} {_WRITTEN}",
    rf"where (?:do|did|have) (?:you|we) (?:get|got|find|found|take|taken|have|read) {_THAT}",
    rf"(?:from |in |at |on )?(?:which|what) {_PLACE} (?:is|was|says?|said)(?: {_THAT})(?: (?:in|from|said|come from))?",
    rf"how do you know(?: {_THAT})?",
    r"says where|where from|according to (?:what|which (?:source|report|document))",
)


_STATE = re.compile(r"\bstands? (?:now|today|currently|at present)\b", re.IGNORECASE)  # of a figure, not of words


def _whole(phrases: tuple[str, ...]) -> list[re.Pattern[str]]:
    opening, closing = rf"(?:{_OPENING_WORDS}\b[\s,.!]*)*", rf"(?:[\s,]*{_CLOSING_WORDS})*[\s?.!]*"
    return [re.compile(f"{opening}(?:{phrase}){closing}", re.IGNORECASE) for phrase in phrases]


_NTH_ONES, _SPEAKERS, _SOURCES_ASKED = _whole(_NTH_PHRASES), _whole(_SPEAKER_PHRASES), _whole(_SOURCE_PHRASES)


def asked_back(question: str) -> AskedBack | None:
    """What `question` wants of the answer before; None where it asks the record."""
    question = " ".join(question.split())
    if _STATE.search(question):
        return None
    for pattern in _NTH_ONES:
        found = pattern.fullmatch(question)
        if found:
            number = _ORDINALS.get((found["ordinal"] or "").lower()) or int(found["digit"] or found["marker"])
            return AskedBack("source", number)
    if any(pattern.fullmatch(question) for pattern in _SPEAKERS):
        return AskedBack("speaker")
    return AskedBack("source") if any(pattern.fullmatch(question) for pattern in _SOURCES_ASKED) else None
