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

import re
from dataclasses import replace

from assistant.noun_phrases import Phrase, noun_phrases
from assistant.phrase_runs import is_plural
from assistant.question_words import Word, question_words
from assistant.swapping import periods, put
from assistant.turns import Turn
from index.terms import terms

__all__ = ["asked_alone", "asks_for_kind", "is_fragment", "is_kind", "without_periods"]

MOST_WORDS = 5  # content words of a fragment
_VERBS = ("be", "do", "have", "modal")
_KINDS = "target goal aim plan forecast estimate projection prediction expectation objective".split()
_KIND = re.compile(rf"(?:{'|'.join(_KINDS)})s?$", re.IGNORECASE)

_PARTICIPLES = frozenset({"compared", "including", "excluding"})
_ACTUAL = re.compile(r"(?:actual|real|final|official) (?:figure|number|result|value)s?|results?|outcome", re.IGNORECASE)


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
    core = rest[:1].upper() + rest[1:]
    return replace(before, core=core, added=(before.body,), is_dependent=True)


def is_fragment(rest: str) -> bool:
    """Whether it is a prepositional phrase and no more: "in Brackwell?", "per inhabitant?"."""
    words = [word for word in question_words(rest) if word.role != "mark"]
    if not words or (words[0].role not in ("preposition", "to") and words[0].lower not in _PARTICIPLES):
        return False
    closed = (*_VERBS, "asking", "pronoun", "pointing", "possessive", "clause", "address")
    return not any(word.role in closed for word in words) and 0 < len(terms(rest)) <= MOST_WORDS


def is_kind(phrase: Phrase) -> bool:
    """Whether it names a kind of figure and not a thing: "the target"."""
    return _KIND.fullmatch(phrase.core) is not None or _ACTUAL.fullmatch(phrase.core) is not None


def of_kind(new: Phrase, question: str, before: Turn) -> Turn:
    """A kind of figure asked for of what `question` (that of `before`) asks: "What was the target (...)?"."""
    was = re.search(r"\b(?:was|were|did|had)\b", question, re.IGNORECASE)
    core = f"What {'was' if was else 'is'} {new.text if new.article else f'the {new.text}'}?"
    body = replace(before, core=question).body
    named = noun_phrases(core)
    return replace(
        before, core=core, added=(body,), phrases=named, focus=named[0], under=before.focus, is_dependent=True
    )


def asks_for_kind(question: str) -> bool:
    """Whether a whole question names nothing but a kind of figure and a period: "What's the target for 2025?"."""
    told = periods(question)
    words = [term for term in terms(question) if not any(span.start <= term.start < span.end for span in told)]
    return bool(words) and all(_KIND.fullmatch(question[term.start : term.end]) for term in words)


def without_periods(text: str) -> str:
    """`text` without its periods, for a follow-up that names another one."""
    for span in reversed(periods(text)):
        start = re.sub(r"(?i)\b(?:in|for|by|at|during|over|since|of)(?: the)? $", "", text[: span.start])
        text = start.rstrip() + text[span.end :]
    return text


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
