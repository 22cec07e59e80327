"""The question's content words, what each may be called otherwise, and how much each weighs.

A word counts as found where it stands itself or all words of an equivalent from the glossary.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.glossary import Glossary
from index.terms import Term, terms

__all__ = ["QueryWord", "coverage", "in_words_of", "inverse_document_frequency", "query_words"]


@dataclass(frozen=True, slots=True)
class QueryWord:
    """One content word of the question."""

    word: str  # folded
    alternatives: tuple[frozenset[str], ...]  # sets of stems, its own first; one set suffices
    searched: tuple[str, ...]  # folded words to look up in the full text

    def stands_in(self, stems: set[str]) -> bool:
        """Whether one of the alternatives is there as a whole."""
        return any(alternative <= stems for alternative in self.alternatives)


def query_words(question: str, glossary: Glossary) -> list[QueryWord]:
    """The distinct content words of `question` in order.

    A phrase of the glossary lends its equivalents to each of its words.
    """
    words = terms(question)
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
        found.setdefault(word.stem, QueryWord(word.word, alternatives, searched))
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
    return sum(weights[word.word] for word in words if word.stands_in(stems)) / total if total else 0.0


def inverse_document_frequency(frequency: int, total: int) -> float:
    """ln(1 + (N - n + 0.5) / (n + 0.5)): Robertson and Zaragoza 2009, never negative."""
    return math.log(1.0 + (total - frequency + 0.5) / (frequency + 0.5))
