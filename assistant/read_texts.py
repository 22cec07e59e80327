"""The words of the texts that answers were read in, as a follow-up is compared with them.

Knows nothing of questions.

>>> is_told("swimming pools", ["The pool for swimming."]), follow_each_other(("wind", "capac"), "Wind capacity grew.")
(True, True)
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from index.terms import terms

__all__ = ["follow_each_other", "is_told"]

TEXTS_KEPT = 1024


def is_told(words: str, texts: Sequence[str]) -> bool:
    """Whether one of the texts has all of the content words; so it is of words without any."""
    wanted = {term.stem for term in terms(words)}
    return any(wanted.issubset(_stems(text)) for text in texts)


def follow_each_other(stems: tuple[str, ...], text: str) -> bool:
    """Whether `text` has the stems one after the other."""
    known = _stems(text)
    return any(known[at : at + len(stems)] == stems for at, stem in enumerate(known) if stem == stems[0])


@lru_cache(maxsize=TEXTS_KEPT)
def _stems(text: str) -> tuple[str, ...]:
    return tuple(term.stem for term in terms(text))
