"""Follow-ups that ask for another kind of the figure before: "and the goal?", "what is expected for 2024?".

The figure stays, what it is of too. Its period stays only where it can be the other kind's: a target
lies ahead of what was reached, unless the answer told one for the same time. Knows nothing of other
follow-ups.

>>> from assistant.turns import opening_turn
>>> before = opening_turn("What was the revenue in 2023?")
>>> other_kind("What is the goal?", before).text, other_kind("What had been the goal?", before).text
('What is the goal (the revenue)?', 'What had been the goal (the revenue in 2023)?')
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.noun_phrases import Phrase, noun_phrases
from assistant.question_kinds import kind_of
from assistant.swapping import EVERYWHERE, periods, with_slots
from assistant.told_periods import periods_in
from assistant.turns import Turn
from index.terms import terms

__all__ = ["asks_for_kind", "is_kind", "of_kind", "other_kind", "without_periods"]

_KINDS = "target goal aim plan forecast estimate projection prediction expectation objective".split()
_KIND = re.compile(rf"(?:{'|'.join(_KINDS)})s?$", re.IGNORECASE)
_VERBS = re.compile(
    r"(?:target|aim|plann|forecast|estimat|project|predict|expect|intend|envisag|achiev|reach|attain)(?:ed)?"
    r"|(?:re|actu|fin|origin)ally",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"\b(?:{'|'.join(_KINDS)}|{_VERBS.pattern}|want|hope|wish)", re.IGNORECASE)  # else it is none
_ACTUAL = re.compile(r"(?:actual|real|final|official) (?:figure|number|result|value)s?|results?|outcome", re.IGNORECASE)
_ASKED = re.compile(
    r"^(?:what|how (?:many|much)) (?:is|are|was|were|do|does|did|has been|have|had been|had)\b", re.IGNORECASE
)
_WANTING = re.compile(r"\b(?:want|hope|wish)s?\b(?: to (?:have|reach|get))?", re.IGNORECASE)
_OF_KIND = re.compile(rf"^(?:the )?(?:{'|'.join(_KINDS)})s? (?:of|for) ", re.IGNORECASE)  # another kind of the same
_PAST = re.compile(r"\b(?:was|were|did|had)\b", re.IGNORECASE)


def is_kind(phrase: Phrase) -> bool:
    """Whether it names a kind of figure and not a thing: "the target"."""
    return _KIND.fullmatch(phrase.core) is not None or _ACTUAL.fullmatch(phrase.core) is not None


def asks_for_kind(question: str) -> bool:
    """Whether a whole question names nothing but a kind of figure and a period: "What's the target for 2025?"."""
    whole = question
    if not _NAMED.search(question):
        return False
    if _WANTING.search(question):  # "what does the country want?"
        question = _WANTING.sub("", EVERYWHERE.sub("", question))
    told = periods(question)
    words = [term for term in terms(question) if not any(span.start <= term.start < span.end for span in told)]
    said = [question[term.start : term.end] for term in words if term.word not in ("much", "many")]
    wanting = question != whole
    return bool(said or wanting) and all(_KIND.fullmatch(word) or _VERBS.fullmatch(word) for word in said)


def of_kind(new: Phrase, question: str, before: Turn, *, corrects: bool = False) -> Turn:
    """A kind of figure asked for of what `question` (that of `before`) asks: "What was the target (...)?"."""
    if before.base and question == before.core:
        return of_kind(new, before.base.core, before.base, corrects=corrects)
    past = _PAST.search(question) is not None
    core = f"What {'was' if past else 'is'} {new.text if new.article else f'the {new.text}'}?"
    exchanged = replace(before, core=question)
    changed = question != before.core  # the follow-up has its own period, or place
    return _asked(core, exchanged, keeps_period=changed or corrects or _can_be_told(before) is True)


def other_kind(question: str, before: Turn) -> Turn:
    """A whole question for a kind of figure, of what `before` asks."""
    before = before.base or before
    if not any(is_kind(phrase) for phrase in noun_phrases(question)) and kind_of(before.core) in ("figure", "count"):
        wide = EVERYWHERE.search(question)
        core = with_slots(wide.group(), before.core).question if wide else before.core
        core = without_periods(core) if periods(question) else core
        added = (*before.added, _ASKED.sub("", EVERYWHERE.sub("", question)).strip(" ?."))
        return replace(before, core=core, added=added, is_dependent=True)
    can_be_told = _can_be_told(before)
    keeps = _PAST.search(question) is not None if can_be_told is None else can_be_told
    return _asked(question, before, keeps_period=keeps and not periods(question))


def _asked(core: str, before: Turn, *, keeps_period: bool) -> Turn:
    body = _OF_KIND.sub("", before.body if keeps_period else without_periods(before.body))
    named = noun_phrases(core)
    focus = named[0] if named else before.focus
    return replace(
        before,
        core=core,
        added=(body,),
        phrases=named,
        focus=focus,
        base=before.base or before,
        under=before.focus,
        is_dependent=True,
    )


def _can_be_told(before: Turn) -> bool | None:
    """Whether the answer before told a target for the period that was asked for; None where it told none."""
    targets = before.told.targets if before.told else ()
    if not targets:
        return None
    asked = [mention.period for mention in periods_in(before.body) if mention.relation != "baseline"]
    return any(one.start <= period.end and period.start <= one.end for one in asked for period in targets)


def without_periods(text: str) -> str:
    """`text` without its periods, for a follow-up that names another one."""
    for span in reversed(periods(text)):
        start = re.sub(r"(?i)\b(?:in|for|by|at|during|over|since|of)(?: the)? $", "", text[: span.start])
        text = start.rstrip() + text[span.end :]
    return text
