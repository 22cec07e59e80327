"""Runs of content words in a question, and where the verb stands in them.

English puts the verb of a question where the words around a run tell: behind the subject that follows
"do" ("How do navigation systems work?"), right behind a pronoun ("do they eat"), in front of what a bare
"what" asks for ("What causes reflux"). Knows nothing of what the phrases mean.

>>> from assistant.question_words import question_words
>>> words = question_words("How do navigation systems work?")
>>> [words[first:last][-1].text for first, last in without_verb(Run.at(words, 2), 2)]
['systems']
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.question_words import Role, Word

__all__ = ["BEFORE_NOUN", "ORDINALS", "Run", "is_plural", "without_verb"]

BEFORE_NOUN: tuple[Role, ...] = ("the", "a", "quantity", "pointing", "possessive")
_PARTICIPLE = re.compile(r"(?:ed|ing)$")
_PREDICATE = re.compile(r"(?:ed|ing|en|[ae]nt|ous|ive|[ai]ble|al|ful|ic)$")
_NOUN_ENDING = re.compile(r"(?:tion|ity|ment|ness|ism|s)$")
_EVENTS = frozenset({"meeting", "hearing", "briefing", "training"})  # nouns, though they end as verbs do
_SMALL_PLURALS = frozenset({"people", "men", "women", "children", "media"})
_JOINS = frozenset({"and", "of", "&"})  # within names: "Lewis and Clark"

ORDINALS = frozenset("next last first second third fourth current latest new old final".split())
_TIMES = frozenset({"next", "first", "last", "today"})  # behind a verb

_Ranges = list[tuple[int, int]]  # of words: first, and behind the last
_Around = Callable[[int], _Ranges]  # what is left and right of the verb at an index


@dataclass(frozen=True, slots=True)
class Run:
    """Content words in a row, and what stands around them."""

    words: Sequence[Word]
    start: int  # index of the first content word
    end: int  # index behind the last
    opening: int  # index of the first word of its article, `start` where it has none
    article: Role | None
    after: str
    before: str

    @classmethod
    def at(cls, words: Sequence[Word], start: int) -> Run:
        """The run whose first word is `words[start]`."""
        end = _run_end(words, start)
        opening, article = start, None
        while opening and words[opening - 1].role in BEFORE_NOUN:
            opening -= 1
            if article is None or words[opening].role != "quantity":
                article = words[opening].role
        before: str = words[end].role if end < len(words) else "end"
        if before == "mark":
            before = "end"
        if before == "preposition" and (end + 1 == len(words) or words[end + 1].text in ("?", ".", "!")):
            before = "stranded"  # "famous for?"
        return cls(words, start, end, opening, article, _after(words, opening, article), before)


def _run_end(words: Sequence[Word], start: int) -> int:
    """Behind the last word of the run; "Lewis and Clark" and "Game of Thrones" are one."""
    end = start
    while end < len(words) and words[end].role == "content":
        end += 1
    while start and end + 1 < len(words) and words[end - 1].is_capitalised and words[end].lower in _JOINS:
        onwards = end + 1 + (words[end + 1].role == "the")
        if onwards >= len(words) or words[onwards].role != "content" or not words[onwards].is_capitalised:
            break
        end = onwards
        while end < len(words) and words[end].role == "content":
            end += 1
    return end


def _after(words: Sequence[Word], opening: int, article: Role | None) -> str:
    """What a run follows."""
    if not opening:
        return "start"
    word = words[opening - 1]
    if word.lower in ("what", "which"):
        return "asking" if article else "which"
    if word.lower in ("who", "how"):
        return "asking" if article else word.lower
    if word.role == "be" and _is_inverted(words, opening - 1):
        return "inverted"
    if word.role == "adverb" and opening > 1:
        return words[opening - 2].role
    return word.role


def _is_inverted(words: Sequence[Word], at: int) -> bool:
    """Whether the "be" at `at` stands before its subject, with a predicate to come: "Is the museum free?"."""
    if not at:
        return True
    word = words[at - 1]
    asked_how = at > 1 and words[at - 2].lower == "how" and word.lower not in ("much", "many")
    return word.role in ("mark", "and") or word.lower in ("why", "how", "where", "when") or asked_how


def without_verb(run: Run, start: int) -> list[tuple[int, int]]:
    """The stretches of a run that are noun phrases, as index ranges."""
    end = run.end
    if start == end:
        return []
    whole, words, length = [(start, end)], run.words, end - start

    def around(verb: int) -> list[tuple[int, int]]:
        return [(first, last) for first, last in ((start, verb), (verb + 1, end)) if last > first]

    if run.after == "how":  # "How reliable is ..."
        return [] if length == 1 else whole
    if run.before == "stranded":  # "known for?"
        return [(start, end - 1)] if length > 1 else []
    if run.after in ("pronoun", "who") and not run.article:
        return around(start)
    if run.after == "preposition" and run.article in (None, "the") and length > 1 and _closes_clause(run, start):
        return [
            (start, _name_end(run, start))
        ]  # "did the rate in Hai Duong increase", "did the session of the Board take place"
    owner = run.words[run.opening - 2] if run.after == "have" and run.opening > 1 else None
    if owner is not None and (owner.role == "content" or owner.lower == "who"):
        return whole  # "Which province had the highest rate": no helping verb
    if run.after in ("do", "have", "modal"):
        apart = length == 1 or run.before in ("be", "do", "have") or _verb_stands_later(run)
        return whole if apart else around(_verb_after_subject(run, start))
    counted = run.after == "asking" and length > 1 and is_plural(words[end - 2]) and not is_plural(words[end - 1])
    if counted and run.before in ("preposition", "end", "adverb", "to"):
        return [(start, end - 1)]  # "How many people work at the ministry?"
    if run.after == "to" and not run.article:
        return _behind_to(run, start, whole, around)
    if run.after == "inverted":
        named = length == 2 and words[start].lower in ORDINALS  # "When is the next call?"
        predicate = length > 1 and not named and run.before in ("end", "to", "pronoun", "clause", "and")
        ending = words[end - 1].lower if length > 1 and run.before == "preposition" else ""
        predicate |= _PREDICATE.search(ending) is not None and ending not in _EVENTS
        return [(start, end - 1)] if predicate else whole
    if run.after == "which":
        return _behind_which(run, start, whole, around)
    participle = _PARTICIPLE.search(words[start].lower) is not None and not run.article
    if run.after == "be" and participle:
        return around(start)
    if length > 1 and run.before in ("preposition", "to") and _PARTICIPLE.search(words[end - 1].lower):
        return [(start, end - 1)]  # "activities related to"
    if length > 1 and run.before in (*BEFORE_NOUN, "pronoun") and is_plural(words[end - 2]):
        return [(start, end - 1)]  # "people keep their records"
    if length == 1 and participle and run.before in (*BEFORE_NOUN, "preposition", "pronoun", "to"):
        return []
    return whole


def _closes_clause(run: Run, start: int) -> bool:
    """Whether the last word is the verb that a helping verb further in front waits for: a name, then a small word."""
    small = _name_end(run, start)
    if small == start or (run.article and run.words[run.opening - 1].lower != "of"):
        return False
    name, last = run.words[start:small], run.words[run.end - 1]
    named = name[-1].is_capitalised or name[-1].text.isdecimal()
    is_small = not last.is_capitalised and last.text.isalpha() and not is_plural(last)
    if not (named and is_small and run.before in ("end", "preposition", "clause", "adverb", "and", "to")):
        return False
    waiting = [at for at in range(start) if run.words[at].role in ("do", "modal")]
    return bool(waiting) and not any(
        word.role in ("mark", "clause", "asking") for word in run.words[waiting[-1] : start]
    )


def _name_end(run: Run, start: int) -> int:
    """Where the name that the run opens with ends; in front of the last word where it opens with none."""
    if not run.words[start].is_capitalised:
        return run.end - 1
    return next((at for at in range(start, run.end) if not run.words[at].is_capitalised), run.end)


def _verb_stands_later(run: Run) -> bool:
    """Whether a prepositional phrase parts the subject from its verb: "did a patient in Porto wait"."""
    if run.before != "preposition":
        return False
    at = run.end + 1
    while at < len(run.words) and run.words[at].role != "content":
        if run.words[at].role not in BEFORE_NOUN:
            return False
        at += 1
    if at == len(run.words):
        return False
    following = Run.at(run.words, at)
    if following.article == "the" and (run.words[run.end].lower != "of" or _closes_with_verb(run)):
        return False
    return following.article in (None, "the") and following.end - at > 1 and _closes_clause(following, at)


def _closes_with_verb(run: Run) -> bool:
    """Whether a small word behind a name is the verb already: "did Ada Brook speak"."""
    return run.words[run.end - 2].is_capitalised and not run.words[run.end - 1].is_capitalised


def _verb_after_subject(run: Run, start: int) -> int:
    """Where the verb of "did SUBJECT VERB" stands: behind a name or a plural, else at the end.

    A post that opens with a capital runs on: "the Data lead say".
    """
    small = [at for at in range(start, run.end) if not run.words[at].is_capitalised]
    if run.article == "the" and len(small) > 1 and small[0] == start + 1:
        return small[1]
    for at in range(start + 1, run.end):
        if run.words[start].is_capitalised and not run.words[at].is_capitalised:
            return at
        if is_plural(run.words[at - 1]) and not run.words[start].is_capitalised:
            return at
    late = run.words[run.end - 1].lower in _TIMES and run.end - start > 2  # "does the board meet next"
    return run.end - 1 - late


def _behind_to(run: Run, start: int, whole: _Ranges, around: _Around) -> _Ranges:
    """ "to smoke", "to visit Rome", but "relationship to speciation"."""
    first = run.words[start]
    if run.end - start == 1:
        if run.before == "end":
            return whole if _NOUN_ENDING.search(first.lower) or first.is_capitalised else []
        if run.before in (*BEFORE_NOUN, "pronoun", "preposition", "asking"):
            return []
    return whole if first.is_capitalised or is_plural(first) else around(start)


def _behind_which(run: Run, start: int, whole: _Ranges, around: _Around) -> _Ranges:
    """ "Which museums are", "What foods cause it", "What causes reflux"."""
    words, end = run.words, run.end
    if run.before in ("be", "do", "have", "modal"):
        return whole
    for at in range(start + 1, end):
        told_apart = at > start + 1 or run.before != "preposition" or end - start == 2
        if words[at].lower.endswith("ed") or (is_plural(words[at - 1]) and told_apart):
            return around(at)
    if words[start].lower.endswith("s"):
        return around(start)
    return around(end - 1) if end - start > 1 else []


def is_plural(word: Word) -> bool:
    """Whether the word looks like a plural."""
    text = word.lower.rstrip("'’")
    plural = len(text) > 3 and text.endswith("s") and not text.endswith(("ss", "us", "is", "ics"))
    return plural or text in _SMALL_PLURALS
