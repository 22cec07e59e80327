"""Words as the lexical side of retrieval sees them: folded, stemmed, without function words.

The same reading as the full-text table's tokenizer (porter, diacritics folded), so that a
sentence's terms and the catalog's document frequencies speak of the same things.

>>> [term.stem for term in terms("The rates of Hải Dương's dossiers")]
['rate', 'hai', 'duong', 'dossier']
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from typing import Protocol

__all__ = ["STOP_WORDS", "Term", "fold", "terms"]

STOP_WORDS = frozenset(
    """a about above after again all also am an and any are as at be because been before being
    below between both but by can could did do does doing down during each few for from further
    had has have having he her here hers him his how i if in into is it its itself just me more
    most my no nor not now of off on once only or other our out over own s t same shall she should
    so some such than that the their theirs them then there these they this those through to
    too under until up us very was we were what when where which while who whom whose why will
    with would you your please tell give show know say said""".split()
)

_WORD = re.compile(r"[^\W_]+")
_HAS_MEASURE = re.compile(r"(?:[aeiou]|(?<=[^aeiou])y)[^aeiou]")  # m > 0 in Porter 1980: vowel, consonant


@dataclass(frozen=True, slots=True)
class Term:
    """One content word."""

    stem: str
    start: int  # offsets in the text it was read from
    end: int
    word: str  # folded, not stemmed


def fold(text: str) -> str:
    """Lower case without diacritics, one character for each of `text` where NFC allows it.

    >>> fold("Đà Nẵng")
    'da nang'
    """
    if text.isascii():
        return text.lower()
    return "".join(_fold_character(character) for character in text)


@functools.lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character in "đĐ":  # a letter of its own in Unicode: does not decompose
        return "d"
    base = unicodedata.normalize("NFD", character)[0]
    lowered = base.casefold()  # as lower(), and the final sigma and the micro sign as the table reads them
    return lowered if len(lowered) == 1 else base


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...


@functools.lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    """As FTS5 stems it: Porter's algorithm with the two departures of his own program.

    Those are -bli to -ble and -logi to -log (https://tartarus.org/martin/PorterStemmer/); besides,
    FTS5 leaves words of fewer than three or more than 64 bytes alone.
    """
    if not 3 <= len(word.encode()) <= 64:
        return word
    stem = _stemmer().stemWord(word)
    if stem.endswith("logi") and _HAS_MEASURE.search(stem[:-4]):
        return stem[:-1]
    if stem.endswith("bli") and _HAS_MEASURE.search(stem[:-3]):
        return _stemmer().stemWord(f"{stem[:-1]}e")
    return stem


@functools.cache
def _stemmer() -> _Stemmer:
    import Stemmer

    stemmer: _Stemmer = Stemmer.Stemmer("porter")
    return stemmer


def terms(text: str, *, keep_stop_words: bool = False) -> list[Term]:
    """The content words of `text` in order, with their stems and offsets."""
    found = []
    for match in _WORD.finditer(fold(text)):
        word = match.group()
        if keep_stop_words or word not in STOP_WORDS:
            found.append(Term(_stem(word), match.start(), match.end(), word))
    return found
