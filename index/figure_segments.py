"""Which words of a sentence belong to which of its figures.

A sentence with several figures is cut between each two of them, at the strongest mark that stands
there: a semicolon before a contrast ("while"), that before a comma, that before "and". A figure in
brackets, or one with nothing of its own, shares the words of the one before it. Knows nothing of
what the words mean.

>>> text = "Exports rose to 12 tonnes, while imports fell to 3 tonnes."
>>> [text[s.start : s.end] for s in cut_segments(text, [Span(16, 25), Span(49, 57)])]
['Exports rose to 12 tonnes', 'imports fell to 3 tonnes.']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.document import Span

__all__ = ["cut_segments"]

_TIME = r"(?:(?:the|that of|those of) )?(?:same |previous |last |(?:end|start|beginning) of |(?:19|20)\d\d\b)"
# Strongest first; what is matched is between two segments and belongs to neither.
_MARKS = (
    re.compile(r";\s|:\s(?!\Z)"),
    re.compile(
        r",?\s(?:while|whereas|whilst|but|although|though|trong khi|còn)\s"
        rf"|,?\s(?:against|compared with|compared to|versus)\s(?!{_TIME})"
    ),
    re.compile(r",\s(?:and|or|và)\s"),
    re.compile(r",\s|\s[–—]\s|\.\s"),
    re.compile(
        r"(?<!compared)\s(?:with|including|of which|equivalent to|representing|(?:up|down)(?!\sto\b)"
        r"|an? (?:increase|rise|fall|drop|decrease|growth))\s"
    ),
    re.compile(r"\s(?:and|or|và|und|et)\s"),
)
_INSIDE = re.compile(
    r"\b(?:of|for|in|through|within|across|among|at|by|with|from|on)(?:\s(?:the|all|these|its))?\s*\Z", re.IGNORECASE
)
_CLAUSE_END = re.compile(r";\s|\);\s")
_OTHER_CLAUSE = re.compile(r";|\s(?:and|so|but|which|we|they|it)\s")
_OPENS_BRACKET = re.compile(r"[(\[][^)\]]*\Z")
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|reach\w*|rose|r[io]ses?|grew|grow\w*|fell|falls?|stood|stands?|increas\w+|decreas\w+|"
    r"declin\w+|dropp?\w*|amount\w*|total\w*|account\w*|came|comes?|will|went|hit|climb\w*|exceed\w*|remain\w*|cost\w*|"
    r"đạt|tăng|giảm|là|có)\b",
    re.IGNORECASE,
)


def cut_segments(sentence: str, figures: Sequence[Span]) -> list[Span]:
    """One span of `sentence` for each of `figures` (in order, not overlapping), each around its figure."""
    if not figures:
        return []
    starts, ends = [0], []
    for first, second in pairwise(figures):
        end, start = _boundary(sentence, first, second)
        if _delimits(sentence, Span(starts[-1], first.start), sentence[first.end : second.start]):
            start = starts[-1]  # "the rate of records through 25 services reached 92%"
        ends.append(end)
        starts.append(start)
    ends.append(len(sentence))
    for position, figure in enumerate(figures):  # beyond a semicolon another matter begins
        clause = _CLAUSE_END.search(sentence, figure.end, ends[position])
        ends[position] = clause.start() if clause else ends[position]
        opened = sentence.rfind("; ", starts[position], figure.start)
        starts[position] = opened + 2 if opened >= 0 else starts[position]
    return [Span(start, max(start, end)) for start, end in zip(starts, ends, strict=True)]


def _delimits(sentence: str, before: Span, gap: str) -> bool:
    """Whether a figure stands inside what the next one measures: in its subject, behind a preposition."""
    words = before.of(sentence)
    inside = _INSIDE.search(words) and len(words.split()) > 2 and not _VERB.search(words)
    verb = _VERB.search(gap)
    return bool(inside and verb and not _OTHER_CLAUSE.search(gap[: verb.start()]))


def _boundary(sentence: str, first: Span, second: Span) -> tuple[int, int]:
    """Where the first figure's words end and the second's begin."""
    gap = sentence[first.end : second.start]
    bracket = _OPENS_BRACKET.search(gap)
    if bracket:
        return first.end + bracket.start(), first.end + bracket.start() + 1
    closed = gap.find(")")
    offset = closed + 1 if closed >= 0 and "(" not in gap[:closed] else 0
    for mark in _MARKS:
        found = list(mark.finditer(gap, offset))
        if found:
            # "Q1, B reached Q2": what has its verb before the second figure begins at the first mark.
            subject_follows = _VERB.search(gap, found[0].end()) is not None
            chosen = found[0] if subject_follows else found[-1]
            return first.end + chosen.start(), first.end + chosen.end()
    if offset:
        return first.end + offset, first.end + offset
    return second.start, second.start
