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
_ADVERB = r"(?:(?:also|then|further|later|basically|again|\w+ly) )?"
# "the share of permits requested online": of what is no name only plain words of speech are taken.
_POST_SAYS = rf"(?:{_SPOKEN}|(?:wants|wanted|expects|asks|listed|praised|pointed|forecasts|estimates|believes)\b)"


def _subject(name: str, verb: str) -> str:
    """A name with one of the verbs, or a post with one that nothing but a speaker has."""
    return rf"(?:(?P<name>{name}) {_ADVERB}{verb}|(?P<post>{_POST}) {_ADVERB}{_POST_SAYS})"


_SPEAKER = rf"(?:(?P<name>{_NAME})|(?P<post>{_POST}))"
_LEADING = tuple(  # in front of what is said: these hold for the next sentence too
    re.compile(pattern)
    for pattern in (
        rf"^{_subject(_FULL_NAME, _VERB)}",
        rf"^(?P<pronoun>He|She|They) {_ADVERB}{_VERB}",
        rf"^[^,.;]{{3,60}}, {_subject(_NAME, _VERB)}(?! ?[.!?])",
        r"^(?P<pronoun>His|Her) (?:recommendation|request|view|proposal)",
        r"^In (?P<pronoun>his|her) (?:view|opinion|words|speech|closing)",
    )
)
_WITHIN = tuple(  # only of the sentence itself
    re.compile(pattern)
    for pattern in (
        rf"\b[Aa]ccording to {_SPEAKER}",
        rf"[,”\"] (?P<pronoun>he|she|they) {_ADVERB}{_VERB}",
        rf"[,”\"] {_subject(_NAME, _SPOKEN)}",
        rf"[,”\"] {_SPOKEN} {_SPEAKER}",
        rf"\b(?P<pronoun>he|she) {_ADVERB}{_VERB}",
        rf"\b(?P<name>(?:Mrs?|Ms|Dr)\.? {_NAME}) {_ADVERB}{_VERB}",
        r"\bin (?P<pronoun>his|her|their) (?:view|opinion|words)\b",
        rf"\b(?P<name>{_NAME}) {_ADVERB}{_SPOKEN}",
        rf", {_subject(_NAME, _VERB)}",
    )
)
_PRESIDES = r"(?:opened|opens|closed|closes|chaired|chairs|led|went|set out|began|concluded)\b"
_TAKES_FLOOR = re.compile(
    rf"^(?:(?P<name>{_FULL_NAME})(?:, [^,.]{{3,60}},)? {_ADVERB}(?:{_VERB}|{_PRESIDES})"
    rf"|(?P<post>{_POST}) {_ADVERB}(?:{_POST_SAYS}|{_PRESIDES}))"
)
_NOBODY = frozenset(
    "it this that these those there they we i you he she it what who which where when all some many both each "
    "his her".split()
)
_THINGS = re.compile(
    r"(?i)^the (?:\w+ )*?(?:report|record|plan|budget|figure|table|survey|article|rate|share|number|target|goal|ranking"
    r"|data|law|decree|project|record|chart)s?(?: of .*)?$"
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
            name = _span_of(found, sentence.start)
            if name and not _is_nobody(name.of(text)):
                return name
    return None


def _name_before(text: str, end: int) -> Attribution | None:
    """The last who was named as speaking, or as leading a meeting, before `end`."""
    for sentence in reversed(_sentences(text, max(0, end - FURTHEST), end)[-NEAR_SENTENCES:]):
        found = _TAKES_FLOOR.search(sentence.of(text))
        name = _span_of(found, sentence.start) if found else None
        if name and not _is_nobody(name.of(text)):
            return Attribution(name, sentence)
        named = _named_in(text, sentence, (*_LEADING, *_WITHIN))
        if named and named != _PRONOUN:
            return Attribution(named, sentence)
    return None


def _span_of(found: re.Match[str], begin: int) -> Span | None:
    """Where the name or post of a match stands in the text, the match's words beginning at `begin`."""
    group = next((group for group in ("name", "post") if found.groupdict().get(group)), None)
    return Span(begin + found.start(group), begin + found.end(group)) if group else None


def _is_nobody(who: str) -> bool:
    return who.lower() in _NOBODY or who.lower().split()[0] in _NOBODY or _THINGS.match(who) is not None


def _sentences(text: str, begin: int, end: int) -> list[Span]:
    stop = text.find("\n\n", end)
    within = text[begin : stop if stop >= 0 else len(text)]
    return [Span(begin + span.start, begin + span.end) for span in split_sentences(within) if begin + span.start < end]
