"""Follow-ups that are no sentence: "by when?", "and how many ministries?", "per inhabitant?".

A question word without a verb asks on about what was asked: for another thing of the same sort it
takes that one's place, else the question before is added. Knows nothing of pronouns.

>>> from assistant.turns import opening_turn
>>> asked_alone("how many ministries?", opening_turn("How many localities issued a plan?")).text
'How many ministries issued a plan?'
>>> asked_alone("Since when?", opening_turn("Who chairs the board?")).text
'Since when (who chairs the board)?'
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.noun_phrases import noun_phrases
from assistant.phrase_runs import is_plural
from assistant.question_words import Word, question_words
from assistant.swapping import put
from assistant.turns import Turn
from index.terms import terms

__all__ = ["asked_alone", "is_fragment"]

MOST_WORDS = 5  # content words of a fragment
_VERBS = ("be", "do", "have", "modal")
_ADVERBIAL = frozenset({"how", "when", "where", "why"})  # a question is whole without what these ask for
_DEGREES = frozenset("much long often far fast soon".split())
_TIMES = frozenset({"year", "day", "month", "time", "date"})  # "for which year?"
_PARTICIPLES = frozenset({"compared", "including", "excluding"})


def asked_alone(rest: str, before: Turn, *, joined: bool = False) -> Turn | None:
    """`rest` completed where it is a question word with nothing that it is asked of, else None.

    `joined` says that "and" stood in front: "what operating margin?" is then no "What improves sleep?".
    """
    words = [word for word in question_words(rest) if word.role != "mark"]
    asking = next((at for at, word in enumerate(words) if _asks(words, at)), None)
    if asking is None or asking > 2 or any(word.role in (*_VERBS, "pronoun", "pointing") for word in words):
        return None
    if (
        any(word.role == "content" for word in words[:asking])
        or len(terms(rest)) > MOST_WORDS
        or _has_verb(words, joined=joined)
    ):
        return None
    if len(words) == 1 and words[0].lower in ("why", "how"):
        return None
    core = _instead(rest, before) if asking == 0 else None
    if core:
        return replace(before, core=core, phrases=noun_phrases(core), is_dependent=True)
    opening = rest[:1].upper() + rest[1:].rstrip(" ?.!")
    clause = _clause(before)
    if clause and all(word.role != "content" or word.lower in _TIMES for word in words):
        core = f"{opening} {clause}"
        figure = before.told.figure if before.told and words[-1].lower != "many" else ""
        added = (figure, *before.added) if figure else before.added
        return replace(before, core=core, added=added, phrases=noun_phrases(core), is_dependent=True)
    counts = [word.lower for word in words[:2]] == ["how", "many"] and _all_content(words[2:])
    if counts and before.is_figure:
        return replace(
            before, core=f"{opening}?", added=before.owners, phrases=noun_phrases(opening), is_dependent=True
        )
    if counts and before.focus:
        have = "do" if before.focus.is_plural else "does"
        core = f"{opening} {have} {before.focus.text} have?"
        return replace(before, core=core, added=(), phrases=noun_phrases(core), is_dependent=True)
    added = before.owners if _names_its_own(words) else (before.body,)
    return replace(before, core=f"{opening}?", added=added, base=before.base or before, is_dependent=True)


def _all_content(words: Sequence[Word]) -> bool:
    return bool(words) and all(word.role == "content" for word in words)


def _names_its_own(words: Sequence[Word]) -> bool:
    """Whether it names what is asked for and where: "which place in the survey"."""
    joined = next((at for at, word in enumerate(words) if word.role == "preposition"), 0)
    return _all_content(words[1:joined]) and words[-1].role == "content"


def _clause(before: Turn) -> str:
    """ "did the rate increase?" of "How much did the rate increase?": what is whole without its question word."""
    words = [word for word in question_words(before.core) if word.role != "mark"]
    degree = len(words) > 2 and words[0].lower == "how" and words[1].lower in _DEGREES
    first = 2 if degree else 1
    if len(words) <= first or words[0].lower not in _ADVERBIAL or words[first].role not in _VERBS:
        return ""
    return before.core[words[first].start :]


def is_fragment(rest: str) -> bool:
    """Whether it is a prepositional phrase and no more: "in Brackwell?", "per inhabitant?"."""
    words = [word for word in question_words(rest) if word.role != "mark"]
    if not words or (words[0].role not in ("preposition", "to") and words[0].lower not in _PARTICIPLES):
        return False
    closed = (*_VERBS, "asking", "pronoun", "pointing", "possessive", "clause", "address")
    return not any(word.role in closed for word in words) and 0 < len(terms(rest)) <= MOST_WORDS


def _asks(words: list[Word], at: int) -> bool:
    """Whether the word at `at` is a question word; "when" is one in front or behind a preposition."""
    if words[at].role == "asking":
        return True
    return words[at].lower == "when" and (at == 0 or words[at - 1].role in ("preposition", "clause", "and"))


def _has_verb(words: list[Word], *, joined: bool) -> bool:
    """Whether a verb may stand among the content words: "who pays the rest", "What empires survived?"."""
    asking = next(at for at in range(len(words)) if _asks(words, at))
    behind = words[asking + 1 :]
    content = sum(word.role == "content" for word in behind)
    if words[asking].lower in ("what", "which") and not asking and not joined and content > 1:
        return True
    if behind and words[asking].lower in ("who", "whom", "when", "where", "why"):
        return behind[0].role == "content"
    return any(word.role in ("the", "a", "possessive", "clause", "to") for word in behind)


def _instead(rest: str, before: Turn) -> str | None:
    """The question before with another thing asked for by the same question word."""
    words = [word for word in question_words(rest) if word.role != "mark"]
    named = [word for word in words if word.role == "content"]
    old = next((phrase for phrase in noun_phrases(before.core) if phrase.after in ("asking", "which")), None)
    if not named or old is None or (old.after == "which") != (words[0].lower in ("what", "which")):
        return None
    if words[-len(named) :] != named:  # "how many of the ministries"
        return None
    if len(words) > 1 and words[1].lower == "many" and not is_plural(named[-1]):
        return None  # "how many got training"
    return put(rest[named[0].start : named[-1].end], old, before.core)
