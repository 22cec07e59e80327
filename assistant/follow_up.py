"""One turn of a conversation read through the turns before it.

What it exchanges is put into the question before, a pronoun gives way to what it stands for, and a
question that names no thing of its own gets the conversation's topic, in brackets. Knows nothing
of the record, nor of how long a conversation is.

>>> read_turn("How does it work?", [opening_turn("What is the one-stop shop?")]).text
'How does the one-stop shop work?'
>>> read_turn("What are the costs?", [opening_turn("What is the one-stop shop?")]).text
'What are the costs (the one-stop shop)?'
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.ellipsis import completed, without_opening
from assistant.figure_kind import asked_kind
from assistant.figure_wording import LATEST
from assistant.noun_phrases import Phrase, noun_phrases
from assistant.other_kind import asks_for_kind, is_kind, other_kind, without_periods
from assistant.question_words import question_words
from assistant.read_texts import is_told
from assistant.references import Reference, references
from assistant.swapping import periods
from assistant.told_figures import as_told
from assistant.told_periods import periods_in
from assistant.topic import is_framing
from assistant.turns import NEAR, PART_OF, Turn, focus_of, is_framed, main_topic, opening_turn
from corpus.document import Span
from corpus.places import find_places
from index.terms import terms

__all__ = ["asked_of", "read_turn"]

MOST_CONTENT = 3  # content words; a question of more says itself what it is about
_COMPARING = re.compile(r"\b(?:than|more|less|fewer|since|by|before|until)\b", re.IGNORECASE)
_WHAT = re.compile(r"(?:and |but |so |also )*(?:what|how (?:much|many))\b", re.IGNORECASE)
_SIDE = re.compile(r"\b(?:what|how) about\b", re.IGNORECASE)  # of the same topic
_STANDS = frozenset("stand stands stood look looks looked high low big large".split())  # "Where does it stand now?"
_STAND_IN = frozenset("one ones two three four both".split())
_JOINING = re.compile(r"(?:(?:and|but|or|so|also|then)\b[\s,]*)+", re.IGNORECASE)
_ANEW = re.compile(r"\b(?:other|another|else)\b", re.IGNORECASE)  # than what was talked about
_COUNTS = re.compile(
    r"how (?:many|much)(?= (?:is|are|was|were|do|does|did|have|has|had|will|would|can|got|went|came|\w+ed)\b)",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\bhow (?:many|much) [^\W\d_]+", re.IGNORECASE)


def read_turn(question: str, turns: Sequence[Turn]) -> Turn:
    """One turn as it is to be read after `turns`, the oldest first."""
    if not turns:
        return opening_turn(question)
    turn = completed(question, turns[-1])
    if turn:
        return as_told(turn, question, _told_before(turns))
    when = _only_when(question)
    if when and turns[-1].is_figure:
        turn = as_told(completed(when, turns[-1]) or opening_turn(question), question, _told_before(turns))
        if periods(when) or asked_kind(turn.text) != "target":  # "What is it now?" asks for no target
            return turn
    if _WHAT.match(question) and asks_for_kind(question):
        return as_told(other_kind(_joined_to_nothing(question), turns[-1]), question, _told_before(turns))
    asked = _joined_to_nothing(question)
    asked, counts = _counting(asked, turns[-1])
    if counts:
        return _with_added(asked, turns[-1].owners, turns[-1].focus, turns)
    found = references(asked, turns)
    if found:
        return _resolved(asked, found, turns)
    if asks_for_kind(question):  # "the goal was?"
        return other_kind(asked, turns[-1])
    asks_more = without_opening(question) != question or not [word for word in terms(question) if not is_framing(word)]
    if asks_more and _is_bare(question):
        return _with_added(asked, ((turns[-1].base or turns[-1]).body,), turns[-1].focus, turns)
    topic = main_topic(turns)
    if topic and _lacks_topic(question, topic, turns):
        own = focus_of(question, noun_phrases(question))
        carried = _carried(question, topic, turns)
        if not carried:
            return _of_its_own(question, turns)
        return _with_added(asked, carried, own if own and _is_subtopic(own) else topic, turns, under=topic)
    return _of_its_own(question, turns)


def _of_its_own(question: str, turns: Sequence[Turn]) -> Turn:
    """A question that takes nothing from the turns before."""
    phrases = noun_phrases(question)
    focus = focus_of(question, phrases) or turns[-1].focus
    return Turn(question, (), phrases, focus, persons=turns[-1].persons)


def _carried(question: str, topic: Phrase, turns: Sequence[Turn]) -> tuple[str, ...]:
    """What a question without its topic takes over: after a figure, where it names another, only whose it was."""
    named = [phrase for phrase in noun_phrases(question) if phrase.names_a_thing and not is_framed(phrase)]
    words = [word for word in question_words(question) if word.role != "mark"]
    stands_in = any(word.lower in _STAND_IN for word in words)  # "the largest one", "the two"
    stands_in |= words[-1].role == "quantity"  # "Which city has most?"
    is_side = _SIDE.search(question) is not None
    frame = next((turn for turn in turns if turn.focus == topic), turns[-1])
    if not (frame.is_figure and named) or stands_in or is_side:
        return (topic.full,)
    if all(is_kind(phrase) for phrase in named):  # "Was the goal reached?"
        return (frame.body,)
    points = any(phrase.article == "the" for phrase in named)
    return (topic.full,) if points and len(terms(question)) == 1 else frame.owners


def _told_before(turns: Sequence[Turn]) -> Turn:
    """The last turn whose answer told figures."""
    return next((turn for turn in reversed(turns[-NEAR:]) if turn.told and turn.told.figures), turns[-1])


def _only_when(question: str) -> str:
    """ "in 2022" of "How was it in 2022?": the period, where nothing else is named."""
    words = question_words(question)
    points = any(word.lower in ("it", "that", "this") for word in words)
    if not points or len(terms(question)) > MOST_CONTENT or _COMPARING.search(question):
        return ""
    told = periods(question) or [Span(*match.span()) for match in LATEST.finditer(question)]
    if len(told) != 1 or any(word.role == "clause" for word in words):
        return ""
    outside = [term for term in terms(question) if not told[0].start <= term.start < told[0].end]
    only = all(question[term.start : term.end].lower() in _STANDS for term in outside)
    return question[told[0].start : told[0].end] if only else ""


def _counting(question: str, before: Turn) -> tuple[str, bool]:
    """ "How many were renewed?" with what was counted: "How many permits were renewed?"; and whether that was so."""
    verb = _COUNTS.match(question)
    asked = noun_phrases((before.base or before).core)
    counted = next((phrase for phrase in asked if phrase.after == "asking"), None)
    if verb is None or counted is None or (counted.is_plural and "much" in verb.group().lower()):
        return question, False
    return f"{question[: verb.end()]} {counted.core}{question[verb.end() :]}", True


def asked_of(question: str, before: Turn) -> Turn:
    """A question about the answer itself, with what was asked: "Who said so (the rate in 2024)?"."""
    return _with_added(_joined_to_nothing(question), (before.body,), before.focus, (before,))


def _joined_to_nothing(question: str) -> str:
    """The question without "and" or "so" in front, which joins it to a turn that the reader does not see."""
    opening = _JOINING.match(question)
    rest = question[opening.end() :] if opening else question
    return rest[:1].upper() + rest[1:] if opening else question


def _resolved(question: str, found: Sequence[Reference], turns: Sequence[Turn]) -> Turn:
    """The question with its references replaced, and in brackets what could not be put in their place."""
    core, added = question, []
    for reference in reversed(found):
        if reference.text:
            core = core[: reference.start] + reference.text + core[reference.end :]
        if reference.added:
            added.append(reference.added)
        elif not reference.text:
            added.append(reference.phrase.full if reference.phrase else turns[-1].body)
    meant = next((reference.phrase for reference in found if reference.phrase), turns[-1].focus)
    under = _wider(meant, turns)
    if not added and under is not None and meant is not None and not meant.is_name:
        added.append(under.full)
    answers = {term.stem for one in found if one.phrase and one.phrase.after == "answer" for term in terms(one.text)}
    if answers and not added and len({term.stem for term in terms(core)} - answers) <= 1:
        added.append(turns[-1].body)  # "Who was with Ada Brook?" says too little
    persons = {reference.phrase.text for reference in found if reference.is_person and reference.phrase}
    if LATEST.search(question) or (periods(question) and not _COMPARING.search(question)):
        added = [without_periods(text) for text in added]  # "Where does it stand now?"
    elif turns[-1].is_figure and not added:  # "Did it rise?": in the year that was asked for
        told = turns[-1].core
        added = [told[span.start : span.end] for span in periods(told) if told[span.start : span.end] not in core]
    said = {term.stem for term in terms(core)}
    new = [text for text in dict.fromkeys(reversed(added)) if not {term.stem for term in terms(text)} <= said]
    about_answer = any(reference.phrase is None and not reference.added for reference in found)
    about_answer |= PART_OF.match(question) is not None
    return Turn(
        core,
        tuple(new),
        noun_phrases(question),
        meant,
        base=(turns[-1].base or turns[-1]) if about_answer else None,
        under=under,
        is_dependent=True,
        persons=turns[-1].persons | persons,
    )


def _with_added(
    question: str, added: tuple[str, ...], focus: Phrase | None, turns: Sequence[Turn], *, under: Phrase | None = None
) -> Turn:
    if under is focus:
        under = _wider(focus, turns)
    return Turn(
        question, added, noun_phrases(question), focus, under=under, is_dependent=True, persons=turns[-1].persons
    )


def _wider(focus: Phrase | None, turns: Sequence[Turn]) -> Phrase | None:
    return next((turn.under for turn in reversed(turns) if turn.focus == focus and turn.under), None)


def _is_subtopic(phrase: Phrase) -> bool:
    """Whether a thing asked about under a topic is what "they" will stand for: "Tell me about makos"."""
    return phrase.article in (None, "a") and phrase.is_topic and phrase.after != "which"


def _lacks_topic(question: str, topic: Phrase, turns: Sequence[Turn]) -> bool:
    """Whether a question without references names nothing that it could be about by itself."""
    words = {term.stem for term in terms(question)}
    topics = topic.stems | (turns[-1].focus.stems if turns[-1].focus else frozenset())
    if not words.isdisjoint(topics) or len(words) > MOST_CONTENT:
        return False
    if _ANEW.search(question):
        return True
    phrases = noun_phrases(question)
    if any(phrase.is_name for phrase in phrases) or _COUNTED.search(question):
        return False
    if any(phrase.article == "the" and is_framed(phrase) for phrase in phrases):
        return False  # "the meeting" is the one that the record is of
    texts = turns[-1].texts
    if texts and any(phrase.article == "the" and not is_told(phrase.head, texts) for phrase in phrases):
        return False  # "the bridge" of another report than the answers were read in
    if any(phrase.of is not None and phrase.of.article != "the" for phrase in phrases):
        return False
    if len(phrases) == 1 and _is_defined(phrases[0]):
        return False
    return not _has_slot(question) or any(phrase.article == "the" and " " not in phrase.core for phrase in phrases)


def _is_defined(phrase: Phrase) -> bool:
    """Whether a question that names only this asks what it is: "What is ketosis?", "What are supertankers?"."""
    if phrase.after != "be" or phrase.before != "end" or phrase.article not in (None, "a"):
        return False
    return not phrase.is_plural or " " not in phrase.core


def _has_slot(question: str) -> bool:
    return bool(periods_in(question) or find_places(question, any_case=True))


def _is_bare(question: str) -> bool:
    """Whether it names no thing: "Why?", "Who said so?"."""
    return not [phrase for phrase in noun_phrases(question) if phrase.names_a_thing and not is_framed(phrase)]
