"""The things that a question names: its noun phrases, found without a model by the shape of questions.

A run of content words is a phrase once the verb is cut out of it, and where the verb stands follows
from the helping verb in front ("How do navigation systems work?") or from a pronoun ("do they eat").
Knows nothing of earlier questions.

>>> [phrase.text for phrase in noun_phrases("Why did Elon Musk start the company in 2003?")]
['Elon Musk', 'the company', '2003']
>>> noun_phrases("What are the origins of popular music?")[0].of.text
'popular music'
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.phrase_runs import BEFORE_NOUN, ORDINALS, Run, is_plural, without_verb
from assistant.question_words import Role, Word, question_words
from assistant.topic import is_framing
from corpus.dates import MONTHS
from index.terms import terms

__all__ = ["Phrase", "noun_phrases"]

_SUPERLATIVE = re.compile(r"(?:est|best|worst)$")
_UNITS = frozenset("minute hour day night week month quarter year head person inhabitant employee".split())
_RELATIVE = re.compile(r"(?:last|next|previous|following|recent|past) ", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_COMPARES = frozenset({"than", "versus", "vs", "like"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase at its place in a question."""

    text: str  # as written, its article included
    start: int  # offsets in the question
    end: int
    core: str  # without its article
    article: Role | None  # the kind of word that introduces it; None where none does
    is_plural: bool
    is_name: bool  # written with capitals
    after: str  # the role of the word in front, or "inverted", "which", "how", "start", "verb"
    before: str  # the role of the word that follows, or "end", "verb"
    is_topic: bool = False  # what the question says that it is about: "about ...", or a bare fragment
    is_person: bool = False  # asked for with "who"
    of: Phrase | None = None  # B in "A of B"
    tail: str = ""  # " in the morning": the prepositional phrases that follow

    @property
    def head(self) -> str:
        """Its main word, in small letters."""
        return self.core.split(" of ")[0].split()[-1].lower()

    @property
    def stems(self) -> frozenset[str]:
        """Its content words, stemmed."""
        return _stems(self.core)

    @property
    def full(self) -> str:
        """With what follows it: "the share of the digital economy in 2021"."""
        text = f"{self.text} of {self.of.full}" if self.of else self.text
        return text if self.of or self.is_name else text + self.tail

    @property
    def names_a_thing(self) -> bool:
        """Whether it can be what is talked about: "the largest" and "unique" alone are not."""
        if not self.stems or self.article in ("possessive", "pointing") or self.core.isdecimal():
            return False
        if all(word.lower() in MONTHS or word[:1].isdigit() for word in self.core.split()):
            return False  # "3 May"
        if self.article is None and self.core.lower() in ORDINALS:
            return False  # "Who spoke first?"
        if self.head in _UNITS and ((self.article == "a" and self.after == "content") or _RELATIVE.match(self.core)):
            return False  # "lunches a day", "last year"
        if self.article == "the" and _SUPERLATIVE.search(self.head):
            return False
        bare = not (self.article or self.is_name or self.is_plural) and " " not in self.core
        predicate = self.after in ("be", "inverted", "asking", "how")
        return not (bare and predicate and self.before in ("preposition", "stranded", "to"))


@lru_cache(maxsize=2048)
def _stems(text: str) -> frozenset[str]:
    return frozenset(term.stem for term in terms(text))


@lru_cache(maxsize=1024)
def noun_phrases(text: str) -> tuple[Phrase, ...]:
    """The noun phrases of a question in order; never fails, and may err where verb and noun look alike."""
    words = question_words(text)
    found: list[Phrase] = []
    at = 0
    while at < len(words):
        if words[at].role != "content":
            at += 1
            continue
        run = Run.at(words, at)
        found += _phrases(run, text)
        at = run.end
    return _linked(text, found)


def _phrases(run: Run, text: str) -> Iterator[Phrase]:
    """Its noun phrases: the run without its verb."""
    start = run.start
    if run.after in ("start", "address", "mark"):
        if _frames(run.words[start]):
            start += 1  # "Describe crude oil washing"
        elif run.after == "start" and start + 1 == run.end and run.before in (*BEFORE_NOUN, "pronoun"):
            return  # "Compare the two"
    for first, last in without_verb(run, start):
        dated = last - first > 1 and _YEAR.fullmatch(run.words[last - 1].text) is not None
        yield _phrase(run, text, first, last - dated)  # "Porto 2023" is a place and a time
        if dated:
            yield _phrase(run, text, last - 1, last)


def _phrase(run: Run, text: str, first: int, last: int) -> Phrase:
    words = run.words[first:last]
    introduced = first == run.start
    begin = run.words[run.opening].start if introduced else words[0].start
    end = words[-1].start + len(words[-1].text.rstrip("'’"))
    in_front = run.words[run.opening - 1] if introduced and run.opening else None
    return Phrase(
        text=text[words[0].start if run.article == "quantity" else begin : end],
        start=begin,
        end=end,
        core=text[words[0].start : end],
        article=run.article if introduced else None,
        is_plural=is_plural(words[-1]),
        is_name=_is_name(words, opens=words[0].start == run.words[0].start),
        after=run.after if introduced else "verb",
        before=run.before if last == run.end else "verb",
        is_topic=begin == 0 or (in_front is not None and in_front.lower in ("about", "on", "regarding")),
        is_person=run.words[0].lower in ("who", "who's") and run.after == "be",
    )


def _linked(text: str, found: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """The phrases with what follows each: B of "A of B", and its prepositional phrases."""
    linked: list[Phrase] = []
    following: Phrase | None = None
    for phrase in reversed(found):
        if following is not None:
            between = text[phrase.end : following.start].strip().lower()
            role = question_words(between)[0].role if between and " " not in between else None
            if between == "of":
                phrase = replace(phrase, of=following)
            elif between in ("and", "or") and following.of:  # "the pros and cons of electric cars"
                phrase = replace(phrase, of=following.of)
            elif role in ("preposition", "to") and between not in _COMPARES:
                phrase = replace(phrase, tail=text[phrase.end : following.end] + following.tail)
        linked.insert(0, phrase)
        following = phrase
    return tuple(linked)


def _is_name(words: Sequence[Word], *, opens: bool) -> bool:
    """Whether capitals say so; the capital that opens a sentence says nothing."""
    capitals = [word for word in words if word.is_capitalised]
    return bool(capitals) and not (opens and len(capitals) == 1 and words[0].is_capitalised)


def _frames(word: Word) -> bool:
    found = terms(word.text)
    return bool(found) and is_framing(found[0])
