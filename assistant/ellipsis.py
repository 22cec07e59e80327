"""Follow-ups that name only what changes: "And in 2022?", "by when?", "No, I meant the target".

The question before is kept, and the period, the place or the thing of the same kind is exchanged in
it; what has no counterpart is added. Knows nothing of pronouns.

>>> from assistant.turns import opening_turn
>>> completed("And in 2022?", opening_turn("What was the share in 2021?")).text
'What was the share in 2022?'
>>> completed("No, I meant the target.", opening_turn("What was the online rate in 2024?")).text
'What was the online target in 2024?'
>>> completed("by when?", opening_turn("Who checks the count?")).text
'By when (who checks the count)?'
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.figure_wording import LATEST
from assistant.fragments import asked_alone, is_fragment
from assistant.noun_phrases import Phrase, noun_phrases
from assistant.other_kind import asks_for_kind, is_kind, of_kind, other_kind, without_periods
from assistant.question_words import question_words
from assistant.read_texts import is_told
from assistant.swapping import EVERYWHERE, periods, put_for_aspect, put_for_head, spots, swapped, with_slots
from assistant.told_periods import in_full
from assistant.turns import PART_OF, Turn, focus_of, is_time
from index.terms import terms

__all__ = ["completed", "without_opening"]

_OPENING = re.compile(
    r"(?:(?:and|but|or|so|also|then|what about|how about|and what about|(?:thế |vậy )?còn)\b[\s,]*)+", re.IGNORECASE
)
_ASPECT = re.compile(r"\b(?:what|how) about\b", re.IGNORECASE)
_INTERJECTED = re.compile(
    r"(?:(?:ok|okay|thanks|thank you|thx|great|good|fine|hm+|wait|well|please)\b[\s,.:;!–-]+)+(?=\S)", re.IGNORECASE
)
_CORRECTING = re.compile(
    r"(?:(?:no|nope|sorry|oops|wait|actually|well)\b[\s,.:;!–-]*)*"
    r"(?:(?:i|we) (?:really |actually )?(?:mean|meant)|i was asking (?:about|for)|make that|rather|correction(?: to)?"
    r"|not (?P<wrong>[^,;.]{1,60}?)(?:,? but|,|;| –| -))(?!\w)[\s,:]*",
    re.IGNORECASE,
)
_DENYING = re.compile(
    r"(?:no|nope|sorry|oops)\b[\s,.:;!–-]+(?=(?:the|in|for|at|only|just)\b|\d|(?-i:[A-ZÀ-Ỹ]))", re.IGNORECASE
)
_ONE = re.compile(r"(?<=[a-z] )ones?(?=\W*$)", re.IGNORECASE)
_COMPARED = re.compile(r"(?:compared|in comparison|versus|vs|than)\b", re.IGNORECASE)  # adds a year, changes none
_SINCE = re.compile(r"(?:since|after|before|until) (?:(?:the )?end of )?\d{4}\W*$", re.IGNORECASE)
_INSTEAD = re.compile(r"(?:,? (?:and )?not|,? instead of|,? rather than) (?P<wrong>.{1,60}?)\W*$", re.IGNORECASE)
LONGEST_CORRECTION = 5  # content words; what is longer is a question of its own


def without_opening(question: str) -> str:
    """The question without "and", "so", "what about" in front."""
    opening = _OPENING.match(question)
    return question[opening.end() :] if opening else question


def completed(question: str, before: Turn) -> Turn | None:
    """`before` with what `question` exchanges or adds; None where it is a whole question."""
    correcting = _CORRECTING.match(question)
    if correcting:
        return _corrected(question[correcting.end() :], correcting["wrong"] or "", before)
    denying = _DENYING.match(question)
    if denying and not _is_whole(question[denying.end() :]):
        return _corrected(question[denying.end() :], "", before)
    interjected = _INTERJECTED.match(question)
    if interjected:
        question = question[interjected.end() :]
    opening = _OPENING.match(question)
    rest = in_full(question[opening.end() :] if opening else question, before.text)
    if before.focus and not EVERYWHERE.fullmatch(rest.strip(" ?.,!")):
        rest = _ONE.sub(before.focus.head, rest)  # "and the old one?"
    alone = asked_alone(rest, before, joined=opening is not None)
    if alone:
        return alone
    if LATEST.fullmatch(rest.strip(" ?.,!")) or _SINCE.match(rest):
        return _turn(f"{without_periods(before.core).rstrip('?. ')} {rest.strip(' ?.,!')}?", before)
    if not _is_whole(rest) and asks_for_kind(rest) and not any(map(is_kind, noun_phrases(rest))):
        return other_kind(rest, before)  # "planned?"
    if _is_whole(rest) or not (
        opening or _is_only_a_slot(rest, before.texts) or is_fragment(rest) or _shares(rest, before)
    ):
        return None
    follows = bool(opening) or _only_a_name(rest.strip(" ?.,!"), before.texts)
    is_aspect = bool(opening and _ASPECT.search(opening.group()))
    return _exchanged(rest, before, follows=follows, is_aspect=is_aspect)


def _shares(rest: str, before: Turn) -> bool:
    """Whether it is one thing, with a word of what was asked about: "youth unemployment?"."""
    left = rest.strip(" ?.,!")
    named = noun_phrases(left)
    alone = len(named) == 1 and named[0].text == left
    if alone and before.is_figure and " " not in left:  # "imports?"
        return True
    return alone and any(not named[0].stems.isdisjoint(phrase.stems) for phrase in before.phrases)


def _exchanged(rest: str, before: Turn, *, follows: bool, is_aspect: bool) -> Turn | None:
    if _COMPARED.match(rest) and periods(rest):
        return _turn(f"{before.core.rstrip('?. ')} {rest.strip(' ?.,!')}?", before)
    exchange = with_slots(rest, before.core)
    if before.added and exchange.left == rest:
        within = [with_slots(rest, text) for text in before.added]
        if any(not terms(change.left) for change in within):
            return replace(_turn(before.core, before), added=tuple(change.question for change in within))
    if not terms(exchange.left) and not EVERYWHERE.fullmatch(exchange.left.strip(" ?.,!")):
        return _turn(exchange.question, before)
    left = exchange.left.strip(" ?.,!")
    named = () if EVERYWHERE.fullmatch(left) else _things(left, follows=follows)
    if len(named) > 1 and left.startswith(named[0].text) and named[0].tail:  # "plans for the project"
        named = (replace(named[0], core=left[named[0].end - len(named[0].core) :], of=None),)
    named = tuple(phrase for phrase in named if not periods(phrase.core))
    about_answer = before.base is not None and (not before.is_figure or PART_OF.match(before.core) is not None)
    is_thing = len(named) == 1 and not _starts_with_preposition(left) and not is_kind(named[0])
    if is_thing and about_answer and before.base and exchange.left != rest:
        return _exchanged(rest, before.base, follows=follows, is_aspect=is_aspect)
    if len(named) == 1 and not _starts_with_preposition(left):
        return _with_thing(named[0], exchange.question, exchange.left == rest, before, is_aspect=is_aspect)
    swap = _same_preposition(named[0], left, exchange.question) if len(named) == 1 else None
    if not swap and len(named) == 1 and not named[0].is_name:
        swap = swapped(named[0], exchange.question, None, alike=not _starts_with_preposition(left))
    if swap:
        return _turn(swap, before)
    if left and not _starts_with_preposition(left) and not EVERYWHERE.fullmatch(left):
        return replace(_turn(exchange.question, before), added=(*before.added, left))
    return _turn(f"{exchange.question.rstrip('?. ')} {left}?", before)


def _same_preposition(new: Phrase, left: str, question: str) -> str | None:
    """ "about costs" for "about jobs": `question` with what follows the same preposition exchanged."""
    preposition = left[: new.start].strip().lower()
    if not preposition or " " in preposition or periods(left):
        return None
    behind = re.compile(rf"\b{re.escape(preposition)} $", re.IGNORECASE)
    old = [phrase for phrase in noun_phrases(question) if behind.search(question[: phrase.start])]
    old = [phrase for phrase in old if not is_time(phrase)]
    return question[: old[-1].start] + left[new.start :] + question[old[-1].end :] if old else None


def _things(left: str, *, follows: bool) -> tuple[Phrase, ...]:
    """The noun phrases of what is left; a capital is a name's where it does not open what the user typed."""
    named = noun_phrases(left)
    if len(named) == 1 and follows and named[0].core[:1].isupper() and " " not in named[0].core:
        return (replace(named[0], is_name=True),)
    return named


def _with_thing(new: Phrase, question: str, is_all: bool, before: Turn, *, is_aspect: bool) -> Turn | None:
    """`question` (that of `before`, its slots exchanged) with `new` put in; `is_all` where nothing was exchanged."""
    if is_kind(new):
        return of_kind(new, question, before)
    if before.base and is_all and (not before.is_figure or PART_OF.match(before.core)):
        return _with_thing(new, before.base.core, is_all, before.base, is_aspect=is_aspect)
    figures = replace(before, core=question).is_figure
    swap = swapped(new, question, before.focus, alike=figures or not is_aspect, texts=before.texts)
    if swap:
        return _turn(swap, before)
    if is_aspect and is_all:
        return None  # "What about costs?" is another side of the topic
    if before.base and is_all:
        return _with_thing(new, before.base.core, is_all, before.base, is_aspect=is_aspect)
    within = _within_added(new, question, before)
    if within:
        return within
    swap = put_for_aspect(new, question)
    if swap:
        return _turn(swap, before)
    if figures and _is_thing(new, before):
        return _figure_of(new, question, before)
    return replace(_turn(question, before), added=(*before.added, new.text))


def _is_thing(new: Phrase, before: Turn) -> bool:
    """Whether it is surely no name typed in small letters: "braga"."""
    shaped = new.article is not None or new.is_plural or " " in new.core
    return not new.is_name and (shaped or (bool(before.texts) and is_told(new.core, before.texts)))


def _figure_of(new: Phrase, question: str, before: Turn) -> Turn:
    """In key words, of whom and when `question` is: nothing else of it holds for another thing."""
    when = [question[span.start : span.end] for span in periods(question)]
    added = tuple(dict.fromkeys((*replace(before, core=question).owners, *when)))
    text = new.core if new.article == "possessive" else new.text
    core = text[:1].upper() + text[1:]
    return replace(before, core=core, added=added, phrases=noun_phrases(core), focus=new, is_dependent=True)


def _within_added(new: Phrase, question: str, before: Turn) -> Turn | None:
    """With `new` exchanged in what the turn before took from others, where it has a counterpart there."""
    added = [swapped(new, text, None) or text for text in before.added]
    if is_kind(new) or added == list(before.added):
        return None
    return replace(_turn(question, before), added=tuple(added))


def _is_whole(rest: str) -> bool:
    words = question_words(rest)
    asks = any(word.role in ("asking", "be", "do", "have", "modal") for word in words[:2])
    return asks or (any(word.role == "clause" for word in words[:1]) and not _SINCE.match(rest))


def _is_only_a_slot(rest: str, texts: Sequence[str]) -> bool:
    """Whether nothing but a period, a place or "nationally" is named."""
    if len(rest) > 80:
        return False
    left = rest.strip(" ?.,!")
    if EVERYWHERE.fullmatch(left):
        return True
    if _only_a_name(left, texts):
        return True
    spans = [*periods(left), *spots(left)]
    outside = [term for term in terms(left) if not any(span.start <= term.start < span.end for span in spans)]
    return bool(spans) and not outside


def _only_a_name(left: str, texts: Sequence[str]) -> bool:
    """Whether it is one name, a thing with "the" or one that `texts` speak of, and no more: "Porto", "the pools"."""
    named = noun_phrases(left)
    whole = len(named) == 1 and named[0].text == left
    if whole and texts and is_told(left, texts):
        return True
    return whole and (named[0].article == "the" or all(word.is_capitalised for word in question_words(left)))


def _corrected(rest: str, wrong: str, before: Turn) -> Turn | None:
    instead = _INSTEAD.search(rest)
    if instead:
        rest, wrong = rest[: instead.start()], instead["wrong"]
    rest = in_full(rest, before.text).strip(" ?.,!")
    if _is_whole(rest) or not terms(rest) or len(terms(rest)) > LONGEST_CORRECTION:
        return None
    bare = re.sub(r"^(?:the|a|an) ", "", wrong.strip(" ?.,!"), flags=re.IGNORECASE)
    place = re.search(rf"\b{re.escape(bare)}\b", before.core, re.IGNORECASE) if bare else None
    if place:
        keeps_article = re.search(r"\b(?:the|a|an) $", before.core[: place.start()], re.IGNORECASE)
        right = re.sub(r"^(?:the|a|an) ", "", rest, flags=re.IGNORECASE) if keeps_article else rest
        return _turn(before.core[: place.start()] + right + before.core[place.end() :], before)
    exchange = with_slots(rest, before.core)
    if not terms(exchange.left):
        return _turn(exchange.question, before)
    named = _things(exchange.left, follows=True)
    if len(named) == 1 and not _starts_with_preposition(exchange.left):
        new = named[0]
        swap = swapped(new, exchange.question, before.focus, texts=before.texts) if not is_kind(new) else None
        within = None if swap else _within_added(new, exchange.question, before)
        if within:
            return within
        swap = swap or (put_for_head(new, exchange.question) if _can_be_swapped(new, exchange.question) else None)
        if swap:
            return _turn(swap, before)
        if replace(before, core=exchange.question).is_figure and not is_kind(new) and not new.is_name:
            return _figure_of(new, exchange.question, before)
        return replace(_turn(exchange.question, before), added=(*before.added, new.text))
    return _turn(f"{exchange.question.rstrip('?. ')} {exchange.left}?", before)


def _can_be_swapped(new: Phrase, question: str) -> bool:
    """Whether `new` may take the place of the question's main word: a kind of figure does not of "how many people"."""
    if new.article is None and " " not in new.core and not new.is_name and not is_kind(new):
        return False  # "girls" is no other rate
    return not is_kind(new) or not any(phrase.after in ("asking", "which") for phrase in noun_phrases(question))


def _turn(core: str, before: Turn) -> Turn:
    phrases = noun_phrases(core)
    kept = before.focus is not None and (before.focus.core in core or before.added)
    focus = before.focus if kept else focus_of(core, phrases)
    if focus is not None:  # with what follows it now: "the rate in Braga"
        focus = next((phrase for phrase in phrases if phrase.core == focus.core), focus)
    return replace(before, core=core, phrases=phrases, focus=focus, is_dependent=True)


def _starts_with_preposition(rest: str) -> bool:
    words = question_words(rest)
    return bool(words) and words[0].role in ("preposition", "to", "adverb")
