"""Where in a document the words stand that say what a reading measures.

An indicator is put together from words of the text, of the figure's own sentence or of one before.
The longest of its pieces is looked for, backwards from the figure.

>>> place_of("rate … of GDP", "The rate was 5% of GDP.", Span(0, 23))
Span(start=16, end=22)
"""

from __future__ import annotations

import re

from corpus.document import Span

__all__ = ["place_of"]

REACH = 4000  # characters back from the sentence
_SEAMS = re.compile(r" … |: ")


def place_of(indicator: str, text: str, sentence: Span) -> Span:
    """The place of the longest piece of `indicator` in or before `sentence`; the sentence where none is found."""
    for piece in sorted(_SEAMS.split(indicator), key=len, reverse=True):
        start = text.rfind(piece, max(0, sentence.start - REACH), sentence.end) if piece else -1
        if start >= 0:
            return Span(start, start + len(piece))
    return sentence
