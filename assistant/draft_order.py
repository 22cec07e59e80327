"""Whether the words of a draft's sentence stand to each other as in its source: who does what to whom.

All words may be the source's and the sentence still be false: "The builder refuses, and the insurer
blames the designer." So the words of a clause have to come from the source in its order. They may be
turned round inside one phrase ("rate of records", "record rate") and by a passive; they may not be
taken from two parts of the source of which the second has a subject of its own, and words of the
sentence before may only stand where the source has its pronoun. Knows nothing of what words mean.

>>> source = Source("k", "d", Span(0, 0), "The insurer refuses, and the builder blames the designer.")
>>> fault_in_order(read_sentence("The designer blames the builder."), [source])
'its source has it the other way round'
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.draft_lexicon import NEUTRAL, SAME, SENSES
from assistant.draft_names import no_person
from assistant.draft_reading import Clause, Sentence, Word, read_sentence
from assistant.draft_senses import has_verb
from assistant.draft_source import Source
from corpus.document import Span
from index.terms import terms

__all__ = ["Span", "fault_in_order", "read_sentence"]

PHRASE = 3  # content words within which a phrase may be turned round
_OPENING = re.compile(
    r"\A\W*(?:in|by|on|at|for|from|since|until|after|before|during|across|over|with|as|of|under|between|within"
    r"|despite|to|if"
    r"|when|because|although|though|unless|once|according)\b"
)
_NO_PLACE = frozenset({"end", "begin", "start", "beginning"})  # of times: "by the end of 2024" may stand anywhere
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\b(?: \w+){0,3}? \w+(?:ed|en|n|t|ne|wn|id|ld|un|ung|ade)\b")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a word of the sentence stands in the source."""

    position: int  # among the source's content words
    clause: int


def fault_in_order(said: Sentence, cited: Sequence[Source]) -> str:
    """What is wrong with the order of words, in words for the reader; "" when nothing is."""
    for clause in said.clauses:
        words = [word for word in said.words if clause.start <= word.start < clause.end and _counts(word)]
        sources = [(source, _places(words, source)) for source in cited]
        source, places = max(sources, key=lambda pair: sum(place is not None for place in pair[1]))
        fault = _context_fault(words, places, cited)
        if not any(token.startswith("#") for token in clause.tokens):  # figures are held to their words elsewhere
            fault = fault or _order_fault(clause, places, source) or _parts_fault(words, places, source)
        if fault:
            return fault
    return ""


def _counts(word: Word) -> bool:
    return word.is_content and word.stem not in NEUTRAL and word.stem not in SENSES and word.word not in _NO_PLACE


def _places(words: Sequence[Word], source: Source) -> list[_Place | None]:
    """The place of each word; of several, the one nearest behind that of the word before."""
    theirs = [word for word in source.read.words if _counts(word)]
    clauses = source.read.clauses
    found: list[_Place | None] = []
    last = -1
    for word in words:
        alike = SAME.get(word.stem, frozenset()) | {word.stem}
        at = [position for position, one in enumerate(theirs) if one.stem == word.stem]
        at = at or [position for position, one in enumerate(theirs) if one.stem in alike]
        if not at:
            found.append(None)
            continue
        position = min(at, key=lambda one: (one <= last, abs(one - last)))
        here = next(n for n, clause in enumerate(clauses) if theirs[position].start < clause.end)
        found.append(_Place(position, here))
        last = position
    return found


def _order_fault(clause: Clause, places: Sequence[_Place | None], source: Source) -> str:
    openings = {n for n, one in enumerate(source.read.clauses[:-1]) if _OPENING.match(one.text)}
    known = [place for place in places if place and place.clause not in openings]
    parts = " ".join(source.read.clauses[number].text for number in sorted({place.clause for place in known}))
    if bool(_PASSIVE.search(clause.text)) != bool(_PASSIVE.search(parts)):
        return ""
    for first, second in pairwise(known):
        if second.position < first.position and second.clause != first.clause:
            return "its source has it the other way round"
    for one, two, three in zip(known, known[1:], known[2:], strict=False):
        if one.position > two.position > three.position:
            return "its source has it the other way round"
    return ""


def _parts_fault(words: Sequence[Word], places: Sequence[_Place | None], source: Source) -> str:
    """A clause that goes on in another part of the source, past that part's own subject."""
    theirs = [word for word in source.read.words if _counts(word)]
    stems = {word.stem for word in words}
    stems |= {same for stem in stems for same in SAME.get(stem, ())}
    known = [place for place in places if place]
    for first, second in pairwise(known):
        part = source.read.clauses[second.clause]
        if second.clause <= first.clause or not has_verb(part.text):
            continue
        between = [word for word in theirs[: second.position] if word.start >= part.start]
        if any(word.stem not in stems and not (word.is_capital and word.stem in no_person()) for word in between):
            return "its source says so of something else"
    return ""


def _context_fault(words: Sequence[Word], places: Sequence[_Place | None], cited: Sequence[Source]) -> str:
    """Words of the sentence before, behind words of the source."""
    own = {word.stem for one in cited for word in one.read.words}
    own |= {same for stem in own for same in SAME.get(stem, ())}
    around = {term.stem for one in cited for text in (one.header, one.speaker) for term in terms(text)}
    before = {term.stem for one in cited for term in terms(one.before)}
    begun = False
    for word, place in zip(words, places, strict=True):
        begun = begun or place is not None
        if begun and word.stem in before - own - around:
            return f"its source has no “{word.word}” there"
    return ""
