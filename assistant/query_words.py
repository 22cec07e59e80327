"""The question's content words, what each may be called otherwise, and how much each weighs.

A word counts as found where it stands itself or all words of an equivalent from the glossary.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.topic import is_framing
from corpus.glossary import Glossary
from index.catalog import Catalog
from index.terms import Term, terms

__all__ = [
    "QueryWord",
    "as_written",
    "coverage",
    "in_words_of",
    "inverse_document_frequency",
    "query_words",
    "word_weights",
]


FRAMING_WEIGHT = 0.3  # "discuss" and "think" say little of what is meant, though they may be the point


FOLDED = 0.3  # of a word that is found but for its diacritics, which may be another word


@dataclass(frozen=True, slots=True)
class QueryWord:
    """One content word of the question."""

    word: str  # folded
    weight: float  # beside its rarity
    written: str  # as the question writes it, diacritics included; see `as_written`
    alternatives: tuple[frozenset[str], ...]  # sets of stems, its own first; one set suffices
    searched: tuple[str, ...]  # folded words to look up in the full text

    def share_in(self, stems: set[str]) -> float:
        """1 where one of the alternatives is there as a whole, less where only its diacritics differ."""
        if self.written and self.written in stems:
            return 1.0
        found = any(alternative <= stems for alternative in self.alternatives)
        return (FOLDED if self.written else 1.0) * found


def as_written(word: str) -> str:
    """The mark of a word with its diacritics among stems, which have none."""
    return f"={word.lower()}"


def query_words(question: str, glossary: Glossary, language: str = "en") -> list[QueryWord]:
    """The distinct content words of `question` in order; all of its words in another language than English.

    A phrase of the glossary lends its equivalents to each of its words.
    """
    foreign = language != "en"  # "an" and "to" then mean something, and diacritics tell words apart
    words = terms(question, keep_stop_words=foreign)
    stems = [word.stem for word in words]
    others: dict[str, list[list[Term]]] = {}
    for group in glossary.groups:
        members = [terms(member) for member in group]
        for member in members:
            if _contains(stems, [word.stem for word in member]):
                for word in member:
                    others.setdefault(word.stem, []).extend(other for other in members if other is not member)
    found: dict[str, QueryWord] = {}
    for word in words:
        equivalents = others.get(word.stem, [])
        alternatives = (frozenset({word.stem}), *(frozenset(term.stem for term in other) for other in equivalents))
        searched = (word.word, *(term.word for other in equivalents for term in other))
        written = as_written(question[word.start : word.end]) if foreign else ""
        weight = FRAMING_WEIGHT if is_framing(word) else 1.0
        found.setdefault(word.stem, QueryWord(word.word, weight, written, alternatives, searched))
    return list(found.values())


def _contains(stems: Sequence[str], phrase: Sequence[str]) -> bool:
    """Whether the words of `phrase` stand in `stems` one after the other."""
    length = len(phrase)
    return length > 0 and any(stems[at : at + length] == phrase for at in range(len(stems) - length + 1))


def in_words_of(question: str, text: str, glossary: Glossary) -> str:
    """The question with words that `text` lacks exchanged for equivalents that it uses.

    A reader that knows only the question's own words then sees the ones the record uses.

    >>> in_words_of("the dossier rate?", "The rate of records rose.", Glossary((("dossier", "record"),)))
    'the record rate?'
    """
    present = {term.stem for term in terms(text)}
    for term in reversed(terms(question)):
        if term.stem in present:
            continue
        for group in glossary.groups:
            single = {words[0].stem: words[0].word for member in group if len(words := terms(member)) == 1}
            used = next((word for stem, word in single.items() if stem in present), None)
            if term.stem in single and used:
                question = question[: term.start] + used + question[term.end :]
    return question


def coverage(words: Sequence[QueryWord], weights: Mapping[str, float], stems: set[str]) -> float:
    """Share of the question's words that stand among `stems`, each by its weight; 0 without words."""
    total = sum(weights[word.word] for word in words)
    return sum(weights[word.word] * word.share_in(stems) for word in words) / total if total else 0.0


def word_weights(words: Sequence[QueryWord], catalog: Catalog) -> dict[str, float]:
    """How much each word weighs: its inverse document frequency, as in BM25, by its commonest single form."""
    forms = {word.word: [stem for other in word.alternatives if len(other) == 1 for stem in other] for word in words}
    total = catalog.passage_count()
    frequency = catalog.document_frequencies(stem for stems in forms.values() for stem in stems)
    return {
        word.word: word.weight
        * inverse_document_frequency(max(frequency.get(stem, 0) for stem in forms[word.word]), total)
        for word in words
    }


def inverse_document_frequency(frequency: int, total: int) -> float:
    """ln(1 + (N - n + 0.5) / (n + 0.5)): Robertson and Zaragoza 2009, never negative."""
    return math.log(1.0 + (total - frequency + 0.5) / (frequency + 0.5))
