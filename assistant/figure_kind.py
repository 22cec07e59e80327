"""In what sense a question asks for a figure, and in what sense a sentence tells one.

The question's own words are read here; those of the record by index/figure_kind.py.

>>> asked_kind("What target was set for 2025?"), said_kind("By 2025 the rate is to reach 95%.")
('target', 'target')
"""

from __future__ import annotations

import re
from typing import Literal

from assistant.figure_wording import (
    ACTUAL,
    CHANGE,
    DID_REACH,
    DUE,
    ESTIMATE,
    GOALS_COUNTED,
    MOVES,
    RANK,
    TARGET,
)
from corpus.periods import find_periods
from index.reading import ReadingKind

__all__ = ["asked_kind", "said_kind"]

_TARGET_SAID = re.compile(
    r"\b(?:will|shall|must|should|(?:is|are|was|were|has|have) to|targets?|goals?|aims?|plans? to|needs? to)\b",
    re.IGNORECASE,
)


def asked_kind(question: str) -> ReadingKind | None:
    """What a question for one figure asks for, or None where it leaves that open.

    >>> asked_kind("By how much did it grow?"), asked_kind("What was actually reached?"), asked_kind("What was it?")
    ('change', 'actual', None)
    """
    if GOALS_COUNTED.search(question):
        return None
    if DUE.search(question) or (TARGET.search(question) and not ACTUAL.search(question)):
        return "target"
    if ACTUAL.search(question) or DID_REACH.search(question):
        return "actual"
    if MOVES.search(question):
        return "change"
    if RANK.search(question):
        return "rank"
    if CHANGE.search(question):
        return "change"
    return "estimate" if ESTIMATE.search(question) else None


def said_kind(sentence: str) -> Literal["actual", "target"]:
    """What the sentence tells: a target where it speaks of duty, plan or deadline."""
    deadline = any(mention.relation == "by" for mention in find_periods(sentence))
    return "target" if deadline or _TARGET_SAID.search(sentence) else "actual"
