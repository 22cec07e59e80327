"""Completes a follow-up from the questions before it, so that it can be read alone.

>>> standalone_question("And in 2022?", ["What was the share of the digital economy in 2021?"])
'What was the share of the digital economy in 2022?'
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Span
from corpus.periods import find_periods
from corpus.places import find_places
from index.terms import terms

__all__ = ["standalone_question"]

_OPENING = re.compile(r"^(?:and|but|or|so|also|then|what about|how about|and what about)\b[\s,]*", re.IGNORECASE)
# "there" of "are there", "that" before a clause and "this year" point at nothing said before.
_REFERENCE = re.compile(
    r"\b(?:its?|they|them|theirs?|those|these|he|him|his|she|hers?|then|the same|which of"
    r"|(?<!is )(?<!are )(?<!was )(?<!were )there(?! (?:is|are|was|were)\b)"
    r"|this(?! (?:year|month|week|quarter|time)\b)"
    r"|that(?= (?:\w+\W*)?$)|that(?= (?:grow|rise|fall|change|happen|mean)))\b",
    re.IGNORECASE,
)
TURNS = 10  # of the conversation that a follow-up may go back to
_ASKING = re.compile(
    r"^(?:(?:by |in |on |at |from )?(?:what|which|who|whom|whose|when|where|why|how(?: many| much)?)\b\s*)"
    r"(?:(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could)\b\s*)?",
    re.IGNORECASE,
)


def standalone_question(question: str, history: Sequence[str] = ()) -> str:
    """`question` with what it takes from `history` (earlier questions, oldest first) put in.

    A question that stands alone comes back unchanged.
    """
    question = " ".join(question.split())
    if not history:
        return question
    before = ""
    for turn in history[-TURNS:]:
        before = _joined(" ".join(turn.split()), before) if before else " ".join(turn.split())
    return _joined(question, before)


def _joined(question: str, before: str) -> str:
    elliptic = _OPENING.match(question) is not None
    if elliptic:
        return _completed(_OPENING.sub("", question), before)
    if _REFERENCE.search(question) and len(terms(question)) <= 6:
        return f"{question.rstrip('?. ')} ({_ASKING.sub('', before).rstrip('?. ')})?"
    return question


def _completed(rest: str, before: str) -> str:
    """`before` with its period or place exchanged for the one in `rest`, else with `rest` added."""
    if _ASKING.match(rest):  # "and who chaired it?": a question of its own about the same thing
        return f"{rest.rstrip('?. ')} ({_ASKING.sub('', before).rstrip('?. ')})?"
    exchanged = before
    left = rest
    for find in (_periods, _places):
        new, old = find(rest), find(exchanged)
        if new and old:
            words = rest[new[0].start : new[-1].end]
            exchanged = exchanged[: old[0].start] + words + exchanged[old[-1].end :]
            left = left.replace(words, "")
    if terms(left):
        exchanged = f"{exchanged.rstrip('?. ')} {left.strip(' ?.,')}?"
    return exchanged


def _periods(text: str) -> list[Span]:
    return [Span(mention.start, mention.end) for mention in find_periods(text)]


def _places(text: str) -> list[Span]:
    return [Span(mention.start, mention.end) for mention in find_places(text, any_case=True)]
