"""Whether words speak of a target or of what was reached.

>>> asked_kind("What target was set for 2025?"), said_kind("By 2025 the rate is to reach 95%.")
('target', 'target')
"""

from __future__ import annotations

import re
from typing import Literal

from corpus.periods import find_periods

__all__ = ["FigureKind", "asked_kind", "said_kind"]

FigureKind = Literal["actual", "target"]

_TARGET_ASKED = re.compile(
    r"\b(?:targets?|goals?|aims?|aimed|planned|(?:is|are|was|were) to|should|must|supposed|expected)\b", re.IGNORECASE
)
_ACTUAL_ASKED = re.compile(r"\b(?:actual|actually|achieved|in fact|so far|already)\b", re.IGNORECASE)
_TARGET_SAID = re.compile(
    r"\b(?:will|shall|must|should|(?:is|are|was|were|has|have) to|targets?|goals?|aims?|plans? to|needs? to)\b",
    re.IGNORECASE,
)


def asked_kind(question: str) -> FigureKind | None:
    """What the question asks for, or None where it leaves that open."""
    if _ACTUAL_ASKED.search(question):
        return "actual"
    return "target" if _TARGET_ASKED.search(question) else None


def said_kind(sentence: str) -> FigureKind:
    """What the sentence tells: a target where it speaks of duty, plan or deadline."""
    deadline = any(mention.relation == "by" for mention in find_periods(sentence))
    return "target" if deadline or _TARGET_SAID.search(sentence) else "actual"
