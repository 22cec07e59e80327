"""What a question points back to: "it", "their", "there", "that conference", "the ones", "that".

Each is found with what it stands for. Knows nothing of questions that leave their topic out, and
puts nothing together.

>>> from assistant.turns import opening_turn
>>> before = [opening_turn("What is the Galileo system?")]
>>> [(found.text, found.phrase.text) for found in references("Why did it fail?", before)]
[('the Galileo system', 'the Galileo system')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.noun_phrases import Phrase, noun_phrases
from assistant.other_kind import without_periods
from assistant.question_words import Word, question_words
from assistant.told_periods import periods_in
from assistant.topic import is_framing
from assistant.turns import (
    MEETINGS,
    NEAR,
    Pronoun,
    Turn,
    acts,
    answered_with,
    antecedent,
    is_framed,
    main_topic,
    said_before,
)
from corpus.places import find_places
from index.terms import terms

__all__ = ["Reference", "references"]

_PRONOUNS: dict[str, Pronoun] = {
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "theirs"), "they"),
    **dict.fromkeys(("he", "him", "his", "she", "her", "hers"), "person"),
}
_POSSESSIVE = frozenset({"its", "their", "theirs", "his", "hers"})
_NOW = frozenset({"year", "month", "week", "quarter", "time", "morning", "day"})  # "this year" is no reference
_FIGURES = frozenset("figure number percentage value target".split())
_HELD = frozenset("held hold take took taken place date day start end chair attend open close lead preside".split())
_DIGIT = re.compile(r"\d")
_MORE = frozenset(
    "more less fewer higher lower bigger smaller larger greater better worse faster slower longer shorter".split()
)
_COMPARED = re.compile(r"er$|^more$|^less$")


@dataclass(frozen=True, slots=True)
class Reference:
    """A word that points back, and what it stands for."""

    start: int  # offsets in the question
    end: int
    phrase: Phrase | None  # None where it points at a whole question
    text: str = ""  # what may stand in its place; empty where only an explanation can be added
    is_person: bool = False
    added: str = ""  # the explanation, where it is neither the phrase nor the question


def references(question: str, turns: Sequence[Turn]) -> list[Reference]:
    """What points back in `question` to `turns` (not empty, oldest first), in order."""
    words, phrases = question_words(question), noun_phrases(question)
    found = [reference for at in range(len(words)) for reference in _at(words, at, phrases, turns)]
    found = _each_once(found, question)
    taken = {reference.start for reference in found}
    for phrase in phrases:
        told_which = (
            phrase.of is not None
            or phrase.tail
            or (
                phrase.before in ("verb", "clause", "pointing")
                and phrase.after not in ("do", "have", "modal", "inverted")
            )
        )
        if phrase.article == "the" and not told_which and phrase.start not in taken:
            named = said_before(phrase, turns) if not phrase.is_name or " " not in phrase.core else None
            if named:
                found.append(Reference(phrase.start, phrase.end, named, named.text))
    found += _the_meeting(question, words, found, turns)
    return sorted(found, key=lambda reference: reference.start)


def _each_once(found: Sequence[Reference], question: str) -> list[Reference]:
    """ "did they miss it": "they" and "it" are two things, and the second is what was asked of the first."""
    read: list[Reference] = []
    for one in found:
        pronoun = _PRONOUNS.get(question[one.start : one.end].lower())
        others = {_PRONOUNS.get(question[it.start : it.end].lower()) for it in read if it.phrase == one.phrase}
        twice = one.phrase is not None and {"it", "they"} <= {pronoun, *others}
        read.append(Reference(one.start, one.end, None) if twice else one)
    return read


def _the_meeting(
    question: str, words: Sequence[Word], found: Sequence[Reference], turns: Sequence[Turn]
) -> Iterator[Reference]:
    """ "the meeting", in a question of nothing else, is the one that the answer was taken from."""
    at = next((at for at, word in enumerate(words) if word.lower in MEETINGS), None)
    title = _title(turns)
    if found or not title or at is None or not at or words[at - 1].lower != "the":
        return
    stems = {term.stem for term in terms(" ".join((*_HELD, *MEETINGS)))}
    if all(term.stem in stems or is_framing(term) for term in terms(question)):
        yield Reference(words[at - 1].start, words[at].end, None, added=title)


def _at(words: Sequence[Word], at: int, phrases: Sequence[Phrase], turns: Sequence[Turn]) -> Iterator[Reference]:
    """What the word at index `at` points at, if it does."""
    word = words[at]
    if word.role == "content":
        return
    before = words[at - 1] if at else None
    following = words[at + 1] if at + 1 < len(words) else None
    focus = next((turn.focus for turn in reversed(turns) if turn.focus), None)
    if word.lower in _PRONOUNS:
        yield from _pronoun(words, at, phrases, turns)
    elif word.lower == "there":
        exists = (before and before.role in ("be", "modal")) or (following and following.role in ("be", "modal"))
        meant = (answered_with(turns[-1], "it") if turns else None) or _where(turns) or focus
        if before and not exists and meant:
            yield Reference(word.start, word.end, meant)
    elif word.lower == "ones" and before:
        meant = antecedent("they", turns) if before.role == "asking" else turns[-1].focus
        if meant:
            yield Reference(word.start, word.end, meant, meant.core)
    elif word.role == "pointing":
        yield from _pointing(words, at, phrases, turns, focus)


def _where(turns: Sequence[Turn]) -> Phrase | None:
    """The meeting or the place that was spoken of last."""
    for turn in reversed(turns[-NEAR:]):
        told = [phrase for phrase in turn.phrases if phrase.head in MEETINGS or find_places(phrase.core)]
        if told:
            return told[-1]
    return None


def _pronoun(words: Sequence[Word], at: int, phrases: Sequence[Phrase], turns: Sequence[Turn]) -> Iterator[Reference]:
    word, pronoun = words[at], _PRONOUNS[words[at].lower]
    if _stands_within(words, at, phrases, pronoun) or (pronoun == "it" and _is_empty(words, at)):
        return
    meant = antecedent(pronoun, turns)
    if word.lower == "they":  # of two that it could be, the one who acts
        meant = next((one for one in turns[-1].phrases if one.is_plural and acts(one, turns[-1].core)), meant)
    if pronoun == "it" and turns[-1].is_figure and any(word.lower in _MORE for word in words[at:]):
        yield Reference(word.start, word.end, None)  # "was it more in 2022?": the figure
        return
    if meant is None:
        if pronoun != "they":  # "What did she say?" after "Who chaired the session?"
            yield Reference(word.start, word.end, None)
        return
    if pronoun == "it" and turns[-1].is_figure and _is_where_only(meant, turns[-1]):
        yield Reference(word.start, word.end, None)  # "did it grow?": the number, and not the town
        return
    if pronoun == "they" and not meant.is_plural and (not meant.is_name or find_places(meant.core, any_case=True)):
        yield Reference(word.start, word.end, meant)  # "do they expect ...": those who are responsible there
        return
    owns = word.lower in _POSSESSIVE or (
        word.lower == "her" and at + 1 < len(words) and words[at + 1].role == "content"
    )
    of_them = pronoun == "they" and at > 1 and words[at - 1].lower == "of"
    if of_them and meant.after == "which" and meant in turns[-1].phrases:
        yield Reference(word.start, word.end, None)  # "which of them?": of those that were asked for
        return
    if meant.article == "quantity" and meant.after == "asking":  # "How many of them?" after "How many officials ...?"
        text = "" if pronoun == "they" else f"the {meant.core}"
        yield Reference(word.start, word.end, None if pronoun == "they" else meant, text)
        return
    text = meant.full if not owns or meant.of else meant.text
    if periods_in(" ".join(word.text for word in words)):  # "what was it in 2024?"
        text = without_periods(text)
    text += "" if not owns else "’" if text.endswith("s") else "’s"
    text = text[0].upper() + text[1:] if at == 0 else text
    yield Reference(word.start, word.end, meant, text, is_person=pronoun == "person")


def _is_where_only(phrase: Phrase, turn: Turn) -> bool:
    """Whether a turn names it only to say where."""
    return phrase.is_name and re.search(rf"\b(?:in|at|of) (?:the )?{re.escape(phrase.core)}", turn.core) is not None


def _stands_within(words: Sequence[Word], at: int, phrases: Sequence[Phrase], pronoun: Pronoun) -> bool:
    """Whether the pronoun stands for something in its own turn: "What is Rock City, and why is it famous?"."""
    owns, before = words[at].lower in _POSSESSIVE, words[at - 1] if at else words[at]
    for phrase in phrases:
        if phrase.end > words[at].start:
            if owns and phrase.is_name and phrase.after in ("do", "have", "modal", "inverted"):
                return True  # "How many of its goals has the city met?"
            continue
        between = [word for word in words[:at] if word.start >= phrase.end]
        sentence_over = any(word.text in ".?!" for word in between)
        clause_over = any(word.role in ("and", "clause", "mark") for word in between) and any(
            word.role in ("asking", "clause", "be", "do", "have", "modal") for word in between
        )
        owned = phrase.article in ("possessive", "pointing") and not (sentence_over and pronoun == "person")
        agrees = pronoun == "person" or phrase.is_plural == (pronoun == "they")
        # "do the specialists finish their work": the subject of the clause is the owner.
        subject = owns and (before.role in ("content", "have") or (pronoun == "person" and phrase.is_name))
        if agrees and not owned and (sentence_over or clause_over or subject):
            return True
    return False


def _is_empty(words: Sequence[Word], at: int) -> bool:
    """Whether "it" only fills its place: "Is it possible to reduce the costs?"."""
    onwards = words[at + 1 : at + 5]
    if not (at and words[at - 1].role == "be") and not (onwards and onwards[0].role == "be"):
        return False
    to = next((index for index, word in enumerate(onwards) if word.role == "to" and index), None)
    if to is None or any(_COMPARED.search(word.lower) for word in onwards[:to]):
        return False
    return any(word.role in ("a", "the", "content") for word in words[at + to + 3 : at + to + 6])


def _pointing(
    words: Sequence[Word], at: int, phrases: Sequence[Phrase], turns: Sequence[Turn], focus: Phrase | None
) -> Iterator[Reference]:
    """ "that grow", "those were": a whole question; "that conference": a thing."""
    word = words[at]
    before = words[at - 1] if at else None
    run = 0
    while at + 1 + run < len(words) and words[at + 1 + run].role == "content":
        run += 1
    following = words[at + 1] if at + 1 < len(words) else None
    if run == 0 or following is None:
        alone = following is None or following.role in ("mark", "be", "do", "have", "modal", "preposition", "quantity")
        alone |= before is not None and before.role == "be" and following is not None and following.role == "a"
        object_of = following is None or following.role == "mark"  # "who expects that?"
        if alone and (before is None or object_of or before.role not in ("content", "pronoun")):
            yield Reference(word.start, word.end, None)
        return
    verb_next = before is not None and before.role in ("do", "have", "modal")
    if verb_next and (run == 1 or following.lower.endswith("ed")):
        yield Reference(word.start, word.end, None)
        return
    phrase = next((phrase for phrase in phrases if phrase.start == word.start), None)
    if phrase is not None and phrase.head in _FIGURES:
        figure = _figure(turns, phrase)
        if figure:
            yield figure
            return
    title = _title(turns)
    if phrase is not None and phrase.core.lower() in MEETINGS and title and not said_before(phrase, turns):
        yield Reference(phrase.start, phrase.end, None, added=title)
        return
    if phrase is None or following.lower in _NOW or is_framed(phrase):
        return
    named = said_before(phrase, turns)
    if named:
        yield Reference(phrase.start, phrase.end, named, named.text)
    elif (word.lower != "that" or before is None or before.role not in ("content", "address")) and (
        focus or main_topic(turns)
    ):
        yield Reference(phrase.start, phrase.end, focus or main_topic(turns))


def _figure(turns: Sequence[Turn], phrase: Phrase) -> Reference | None:
    """The figure that was told or asked about last, in the place of `phrase`: "67%", "the 95 percent"."""
    for turn in reversed(turns[-NEAR:]):
        told = turn.told.figure if turn.told else ""
        asked = (one.text for one in turn.phrases if _DIGIT.search(one.core) and not periods_in(one.core))
        figure = told or next(asked, "")
        if figure:
            return Reference(phrase.start, phrase.end, None, figure, added=turn.body)
    return None


def _title(turns: Sequence[Turn]) -> str:
    """The title of the document that was quoted last."""
    return next((turn.told.title for turn in reversed(turns[-NEAR:]) if turn.told and turn.told.title), "")
