"""Who says what an article tells: the person to whom a sentence, or one before it, gives the words.

"he emphasized" is followed back to the name that the report used last for who was speaking. A
sentence that nobody is named for stays without a speaker. Knows nothing of transcripts, where the
speaker stands in front.

>>> text = "Ada Brook closed the session. The bridge, she said, is to open in May."
>>> found = attributed(text, Span(30, len(text)))
>>> found.name.of(text), found.sentence.of(text)
('Ada Brook', 'Ada Brook closed the session.')
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Span
from corpus.sentences import split_sentences

__all__ = ["Attribution", "attributed"]

FURTHEST = 6000  # characters before the quote
NEAR_SENTENCES = 12  # before the quote in which a name for "he" is looked for
_SAY = """said says saying told tells stated states added adds explained explains stressed stresses emphasized
    emphasised emphasizes emphasises noted notes announced announces declared declares reported reports claimed claims
    argued argues warned warns pointed points described describes called calls asked asks requested requests recommended
    recommends proposed proposes suggested suggests promised promises expects expected equated confirmed confirms
    concluded concludes wants wanted named names listed lists spoke speaks thinks thought believes believed acknowledged
    praised agreed decided gave forecasts forecast estimates estimated presented presents"""
_VERB = rf"(?:{'|'.join(_SAY.split())})\b(?! by\b)"
_SPOKEN = (
    r"(?:said|says|added|adds|explained|explains|stressed|noted|announced|stated|declared|warned|argued)\b(?! by\b)"
)
_CAPITALISED = r"[^\W\d_a-zà-ỹ][\w’'-]*\.?"
_NAME = rf"{_CAPITALISED}(?:\s+(?:(?:of|and|de|da|von|van)\s+)?{_CAPITALISED})*"
_FULL_NAME = (
    rf"{_CAPITALISED}(?:\s+(?:(?:of|and|de|da|von|van)\s+)?{_CAPITALISED})+"  # a capital alone opens any sentence
)
_PLAIN_WORD = r"(?!(?:and|or|on|in|at|for|with|was|were|is|are|has|have|had|to|by|that|who|which)\b)[A-Za-z][\w’'-]*"
_POST = (
    rf"[Tt]he (?:{_PLAIN_WORD} ){{0,2}}{_PLAIN_WORD}(?: of (?:the )?{_PLAIN_WORD}(?: (?:and )?{_PLAIN_WORD}){{0,2}})?"
)
_WHO = rf"(?P<who>{_NAME}|{_POST})"
_OPENS = rf"(?P<who>{_FULL_NAME}|{_POST})"
_ADVERB = r"(?:(?:also|then|further|later|basically|again|\w+ly) )?"
_LEADING = tuple(  # in front of what is said: these hold for the next sentence too
    re.compile(pattern)
    for pattern in (
        rf"^{_OPENS} {_ADVERB}{_VERB}",
        rf"^(?P<pronoun>He|She|They) {_ADVERB}{_VERB}",
        rf"^[^,.;]{{3,60}}, {_WHO} {_ADVERB}{_VERB}(?! ?[.!?])",
        r"^(?P<pronoun>His|Her) (?:recommendation|request|view|proposal)",
        r"^In (?P<pronoun>his|her) (?:view|opinion|words|speech|closing)",
    )
)
_WITHIN = tuple(  # only of the sentence itself
    re.compile(pattern)
    for pattern in (
        rf"\b[Aa]ccording to {_WHO}",
        rf"[,”\"] (?P<pronoun>he|she|they) {_ADVERB}{_VERB}",
        rf"[,”\"] {_WHO} {_ADVERB}{_SPOKEN}",
        rf"[,”\"] {_SPOKEN} {_WHO}",
        rf"\b(?P<pronoun>he|she) {_ADVERB}{_VERB}",
        r"\bin (?P<pronoun>his|her|their) (?:view|opinion|words)\b",
        rf"\b(?P<who>{_NAME}) {_ADVERB}{_SPOKEN}",
        rf", {_WHO} {_ADVERB}{_VERB}",
    )
)
_PRESIDES = r"(?:opened|opens|closed|closes|chaired|chairs|led|went|set out|began|concluded)\b"
_TAKES_FLOOR = re.compile(rf"^{_OPENS}(?:, [^,.]{{3,60}},)? {_ADVERB}(?:{_VERB}|{_PRESIDES})")
_NOBODY = frozenset(
    "it this that these those there they we i you he she it what who which where when all some many both each "
    "his her".split()
)
_THINGS = re.compile(
    r"(?i)^the (?:\w+ )*(?:report|record|plan|budget|figure|table|survey|article|rate|share|target|goal|ranking)s?$"
)


_PRONOUN = Span(-1, -1)  # a sentence gives its words to somebody whom it does not name


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who speaks, and the sentence that names them."""

    name: Span  # offsets in the document's text
    sentence: Span


def attributed(text: str, quote: Span) -> Attribution | None:
    """The person to whom the sentence at `quote`, or the one before it in its paragraph, is attributed."""
    paragraph = _sentences(text, text.rfind("\n\n", 0, quote.start) + 1, quote.end)
    for patterns, sentence in zip(((*_LEADING, *_WITHIN), _LEADING), reversed(paragraph), strict=False):
        found = _named_in(text, sentence, patterns)
        if found == _PRONOUN:
            return _name_before(text, sentence.start)
        if found:
            return Attribution(found, sentence)
    return None


def _named_in(text: str, sentence: Span, patterns: Sequence[re.Pattern[str]]) -> Span | None:
    """The name that a sentence gives its words to; _PRONOUN where it has but a pronoun for it."""
    words = sentence.of(text)
    if not words.rstrip("”\"’')").endswith((".", "!", "?", ":", ";")):
        return None  # a heading
    for pattern in patterns:
        for found in pattern.finditer(words):
            groups = found.groupdict()
            if groups.get("pronoun"):
                return _PRONOUN
            if not _is_nobody(found["who"]):
                return Span(sentence.start + found.start("who"), sentence.start + found.end("who"))
    return None


def _name_before(text: str, end: int) -> Attribution | None:
    """The last who was named as speaking, or as leading a meeting, before `end`."""
    for sentence in reversed(_sentences(text, max(0, end - FURTHEST), end)[-NEAR_SENTENCES:]):
        found = _TAKES_FLOOR.search(sentence.of(text))
        if found and not _is_nobody(found["who"]):
            name = Span(sentence.start + found.start("who"), sentence.start + found.end("who"))
            return Attribution(name, sentence)
        named = _named_in(text, sentence, (*_LEADING, *_WITHIN))
        if named and named != _PRONOUN:
            return Attribution(named, sentence)
    return None


def _is_nobody(who: str) -> bool:
    return who.lower() in _NOBODY or who.lower().split()[0] in _NOBODY or _THINGS.match(who) is not None


def _sentences(text: str, begin: int, end: int) -> list[Span]:
    stop = text.find("\n\n", end)
    within = text[begin : stop if stop >= 0 else len(text)]
    return [Span(begin + span.start, begin + span.end) for span in split_sentences(within) if begin + span.start < end]
