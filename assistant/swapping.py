"""One thing of a question exchanged for another of its kind: period for period, place for place.

A place need not be known: a name behind "in" is one. Knows nothing of what the user typed around
the thing that changes, nor of conversations.

>>> with_slots("in Braga", "What was the share in Porto in 2021?").question
'What was the share in Braga in 2021?'
>>> from assistant.noun_phrases import noun_phrases
>>> swapped(noun_phrases("districts")[0], "What share of communes is reached?", None)
'What share of districts is reached?'
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.noun_phrases import Phrase, noun_phrases
from assistant.question_words import question_words
from assistant.read_texts import follow_each_other
from assistant.told_periods import periods_in
from assistant.turns import acts, is_framed
from corpus.document import Span
from corpus.places import find_places
from index.terms import terms

__all__ = [
    "EVERYWHERE",
    "Swapped",
    "periods",
    "put",
    "put_for_aspect",
    "put_for_head",
    "spots",
    "swapped",
    "with_slots",
]

_WIDE = r"(?:nation|country|province|region|world|state)(?:ally|wide)|globally|internationally|provincially|locally"
_NATIONAL = re.compile(r"(?:the )?national (?:one|figure|average|rate|share|level)", re.IGNORECASE)
_NAME_BEHIND = re.compile(r"(?<=[a-z])(?: [^\W\d_a-zà-ỹ][\w’'-]*)+$")
_WHOLE = r"(?:in |for |of )?the (?:whole|entire) (?!year|month|time|day)[a-z]+"
EVERYWHERE = re.compile(
    rf"(?:and )?(?:{_WIDE}|{_NATIONAL.pattern}|{_WHOLE}"
    r"|overall|all ?together|altogether|in all|in total|on average"
    r"|(?:in |for |across )?the (?:whole |entire )?(?:country|nation))",
    re.IGNORECASE,
)
_PLACED = re.compile(r"\b(?:in|for|at|of|from|within|across) $", re.IGNORECASE)
_STANDS_IN = re.compile(r"\b(?:in|at|within|across|for) (?:the )?$", re.IGNORECASE)
_QUANTITIES = r"share|number|rate|percentage|proportion|amount|total|count|growth|level|price|cost|value"
_QUANTITY_OF = re.compile(rf"\b(?:{_QUANTITIES}) of $", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:about|on|regarding|concerning) $", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Swapped:
    """A question after an exchange."""

    question: str
    left: str  # of the words that were to be put in, what found no counterpart


def with_slots(rest: str, question: str) -> Swapped:
    """The period and the place of `rest` put into `question` where it has its own."""
    left = rest
    wide = EVERYWHERE.search(rest)
    if wide and not spots(rest):
        here = spots(question) or _parts(question)
        if here:
            start = here[0].start
            placed = _PLACED.search(question[:start])
            start = placed.start() if placed else start
            words = _NATIONAL.sub("nationally", wide.group().removeprefix("and "))
            joined = "of " if placed and placed.group() == "of " else "in "
            joined = joined if placed and words.lower().startswith("the ") else ""
            question = question[:start] + joined + words + question[here[-1].end :]
            left = left.replace(wide.group(), "")
    for find in (periods, spots):
        new, old = find(rest), find(question)
        if new and old:
            words = rest[new[0].start : new[-1].end]
            article = "the " if re.search(r"\bthe $", rest[: new[0].start], re.IGNORECASE) else ""
            kept = re.sub(r"(?i)\bthe $", "", question[: old[0].start])
            had_article = kept != question[: old[0].start] and words[0].islower()  # "second half" for "the first half"
            question = kept + ("the " if article or had_article else "") + words + question[old[-1].end :]
            left = re.sub(
                rf"(?i)(?:\b(?:in|for|at|of|from|within|by|during|over) )?{article}{re.escape(words)}[\s,]*", "", left
            )
    return Swapped(question, left)


def swapped(
    new: Phrase, question: str, focus: Phrase | None, *, alike: bool = True, texts: Sequence[str] = ()
) -> str | None:
    """`question` with `new` in the place of what it is another one of; None where there is no such thing.

    That is a phrase that shares a word with it, or would share one as `texts` write it ("solar" for
    "wind capacity", where they speak of solar capacity); the name that the question is about
    (`focus`), the name of a place, or a phrase of the same form: bare plural for bare plural, "the"
    for "the" (the last not where `alike` is false).
    """
    things = noun_phrases(question)
    for old in things:
        if new.stems & old.stems and new.stems != old.stems:
            named = _name_behind(old) if not new.is_name else ""
            kept = old.core.removesuffix(named).split()
            if new.head == old.head or kept[-1].lower() in new.core.lower().split():
                return put(f"{new.core}{named}", old, question)
            head = old.core.split()[-1]  # "digital society" for "Digital Government goals"
            return put(f"{new.core} {head}", old, question)
    compound = _compound(new, things, texts)
    if compound:
        return put(*compound, question)
    if new.is_name:
        names = [old for old in things if old.is_name and not periods(old.core)]
        about = [old for old in names if focus is not None and focus.is_name and old.core == focus.core]
        placed = [old for old in names if _PLACED.search(question[: old.start])]
        can_be_placed = not (new.core.isupper() or any(letter.isdigit() for letter in new.core))  # "CO2" is not
        acting = [old for old in things if acts(old, question)]
        return next((put(new.core, old, question) for old in (*about, *placed[:can_be_placed], *acting)), None)
    others = [old for old in things if alike and _is_alike(old, new, question)]
    said_of = [old for old in others if _ABOUT.search(question[: old.start])]
    return put(new.core, (said_of or others)[0], question) if said_of or len(others) == 1 else None


def _name_behind(phrase: Phrase) -> str:
    """ " Porto" of "wind capacity Porto", as key words are typed."""
    found = _NAME_BEHIND.search(phrase.core)
    return found.group() if found else ""


def _compound(new: Phrase, things: Sequence[Phrase], texts: Sequence[str]) -> tuple[str, Phrase] | None:
    """ "solar capacity" and the "wind capacity" that it stands for, where `texts` have the words together."""
    for old in things:
        words = old.core.split()
        if len(words) > 1 and not periods(old.core):
            said = f"{new.core} {words[-1]}"
            stems = tuple(term.stem for term in terms(said))
            if len(stems) > 1 and any(follow_each_other(stems, text) for text in texts):
                return said, old
    return None


def _is_alike(old: Phrase, new: Phrase, question: str) -> bool:
    """Whether two phrases have one form and stand for things of one sort."""
    article = None if old.article == "quantity" else old.article
    same_number = old.is_plural == new.is_plural or article == "the"
    counted = old.after == "asking" or _QUANTITY_OF.search(question[: old.start]) is not None
    if old.is_name or not same_number or article != new.article or (is_framed(old) and not counted):
        return _ABOUT.search(question[: old.start]) is not None and old.article == new.article is None
    if (old.of is not None and not counted) or periods(old.core) or not old.names_a_thing:
        return False
    if new.article == "the":
        return not re.search(r"\bof $", question[: old.start])
    counted = counted and (new.is_plural or old.after == "asking")
    return new.article is None and (counted or _ABOUT.search(question[: old.start]) is not None)


def put_for_head(new: Phrase, question: str) -> str | None:
    """`question` with `new` for its first thing: a single word for the main word alone."""
    things = [phrase for phrase in noun_phrases(question) if phrase.names_a_thing and not is_framed(phrase)]
    if not things:
        return None
    old = things[0]
    kept = old.core.split()[:-1] if " " not in new.core and not new.is_name and not old.is_name else []
    return put(" ".join([*kept, new.core]), old, question)


def put_for_aspect(new: Phrase, question: str) -> str | None:
    """ "the deadline" for A where `question` asks for "the A of B"."""
    old = next((phrase for phrase in noun_phrases(question) if phrase.of and phrase.article == "the"), None)
    return put(new.core, old, question) if old and new.article == "the" and not new.is_name else None


def put(words: str, old: Phrase, question: str) -> str:
    """`words` in the place of a phrase, whose article stays."""
    return question[: old.end - len(old.core)] + words + question[old.end :]


def periods(text: str) -> list[Span]:
    """Where periods stand."""
    return [Span(mention.start, mention.end) for mention in periods_in(text)]


def spots(text: str) -> list[Span]:
    """Where known places stand, else names behind "in" or "at"."""
    known = [Span(mention.start, mention.end) for mention in find_places(text, any_case=True)]
    if known:
        return known
    taken = periods(text)
    return [
        Span(phrase.end - len(phrase.core), phrase.end)
        for phrase in noun_phrases(text)
        if _is_written_as_name(phrase)
        and _STANDS_IN.search(text[: phrase.end - len(phrase.core)])
        and not any(span.overlaps(Span(phrase.start, phrase.end)) for span in taken)
    ]


def _parts(text: str) -> list[Span]:
    """The names behind "of" or "in" with what belongs to them: "of the Industry division"."""
    named = [phrase for phrase in noun_phrases(text) if phrase.is_name and not periods(phrase.core)]
    return [Span(phrase.start, phrase.end) for phrase in named if _PLACED.search(text[: phrase.start])][:1]


def _is_written_as_name(phrase: Phrase) -> bool:
    """Whether every word of it has a capital: "Irrigation division" is a part of something, not a place."""
    return phrase.is_name and all(word.is_capitalised for word in question_words(phrase.core))
