"""The words of what readings measure, as they are compared: one form for each meaning, and its weight.

Words count by their stems, by how rare they are among the readings, and as one where the glossary
holds them equivalent; places and the verbs of reporting count for nothing. Knows nothing of
groups (assistant/indicators.py).

>>> from corpus.glossary import Glossary
>>> words = IndicatorWords(Glossary((("dossier", "record"),)))
>>> words.of_text("the dossiers online") == words.of_text("online record")
True
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from assistant.query_words import inverse_document_frequency
from corpus.glossary import Glossary
from index.reading import Reading
from index.terms import terms

__all__ = ["CHANGE", "IndicatorWords", "Rarity", "measure_of", "trimmed"]

FEW_WORDS = 1.5  # words of one reading only: fewer than so many are no proof, however well they are contained
CHANGE = "change"
RELATIVE = ("%", "times", "percentage points", "places")  # a change in them may be of a level in any unit

_SHARE_WORDS = "rate ratio proportion percentage percent share"
# They stand around a figure and tell nothing of what it measures.
_SILENT = """
about according actual addition alone altogether amount approximately average calculation calculations currently
estimate estimated exist figure figures note notes number out put reach reached report reports result stand stands
target thus total value currently present so far date time times year
country country's province provincial city district nation national nationally nationwide whole entire across
"""

# Stems that Porter gives to different things: products and productivity, communes and communication.
_AMBIGUOUS = frozenset({"product", "commun", "univers", "organ", "gener", "polic"})


def measure_of(reading: Reading) -> str:
    """What decides whether two readings can be of one series: the unit, or that it is a relative change."""
    return CHANGE if reading.kind == "change" and reading.unit in RELATIVE else reading.unit


class IndicatorWords:
    """Words as they are compared: stems, one form for all that the glossary holds equivalent."""

    def __init__(self, glossary: Glossary) -> None:
        self._phrases: dict[tuple[str, ...], str] = {}
        for number, group in enumerate(glossary.groups):
            for member in group:
                if stems := tuple(_stems(member)):
                    self._phrases.setdefault(stems, f"={number}")
        self._longest = max((len(phrase) for phrase in self._phrases), default=0)
        self.share = self.of_text(_SHARE_WORDS, silent=False)
        self._known: dict[tuple[str, str, bool], frozenset[str]] = {}

    def of_text(self, text: str, *, silent: bool = True) -> frozenset[str]:
        """The words of `text`; without those that tell nothing when `silent`."""
        stems = _stems(text)
        found: set[str] = set()
        at = 0
        while at < len(stems):
            for length in range(self._longest, 0, -1):
                if form := self._phrases.get(tuple(stems[at : at + length])):
                    found.add(form)
                    at += length
                    break
            else:
                if len(stems[at]) > 1 and not (silent and (stems[at] in _silent() or stems[at].isdigit())):
                    found.add(stems[at])
                at += 1
        return frozenset(found)

    def of_reading(self, reading: Reading) -> frozenset[str]:
        """What a reading measures; without its place, and without "rate" where the unit says so."""
        key = (reading.indicator, reading.scope, measure_of(reading) in ("%", CHANGE))
        if key not in self._known:
            place = self.of_text(reading.scope, silent=False)
            self._known[key] = self.of_text(reading.indicator) - place - (self.share if key[2] else frozenset())
        return self._known[key]


@cache
def _silent() -> frozenset[str]:
    return frozenset(term.stem for term in terms(_SILENT))


def _stems(text: str) -> list[str]:
    return [_singular(term.word) if term.stem in _AMBIGUOUS else term.stem for term in terms(text)]


def _singular(word: str) -> str:
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much each word weighs, by how few readings have it."""

    weights: Mapping[str, float]
    rarest: float  # of a word that one reading has

    @classmethod
    def of(cls, word_sets: Iterable[frozenset[str]]) -> Rarity:
        """The rarity of every word of `word_sets`, one set a reading."""
        total, frequency = 0, Counter[str]()
        for words in word_sets:
            total += 1
            frequency.update(words)
        weights = {word: inverse_document_frequency(count, total) for word, count in frequency.items()}
        return cls(weights, inverse_document_frequency(1, max(total, 1)))

    def weight(self, words: Iterable[str]) -> float:
        """Of all `words` together; one that no reading has is as rare as can be."""
        return sum(self.weights.get(word, self.rarest) for word in words)

    def likeness(self, one: frozenset[str], other: frozenset[str]) -> float:
        """From 0 to 1: mean of cosine and containment, the latter damped where the words are few."""
        common = one & other
        if not common or one == other:
            return float(bool(common))
        squares = [sum(self.weights[word] ** 2 for word in words) for words in (common, one, other)]
        lighter = max(min(self.weight(one), self.weight(other)), FEW_WORDS * self.rarest)
        return (squares[0] / math.sqrt(squares[1] * squares[2]) + self.weight(common) / lighter) / 2


def trimmed(name: str) -> str:
    """`name` without the words at either end that tell nothing.

    >>> trimmed("Calculations put the share of the digital economy in total")
    'share of the digital economy'
    """
    kept = [term for term in terms(name) if term.stem not in _silent()]
    if not kept:
        return name
    words = name[kept[0].start : kept[-1].end]
    return f"{words})" if words.count("(") > words.count(")") else words
