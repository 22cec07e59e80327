"""What a conversation is about: its turns as they were read, and the thing that each of them is on.

Knows nothing of how a follow-up is put into words.

>>> first = opening_turn("What are the origins of popular music?")
>>> first.focus.text, main_topic([first]).text
('popular music', 'popular music')
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.answer_mentions import Told
from assistant.figure_wording import AMOUNTS
from assistant.noun_phrases import Phrase, noun_phrases
from assistant.question_kinds import is_terse, kind_of
from assistant.told_periods import periods_in
from assistant.topic import is_framing
from corpus.places import find_places
from index.terms import terms

__all__ = [
    "MEETINGS",
    "NEAR",
    "PART_OF",
    "Pronoun",
    "Turn",
    "acts",
    "answered_with",
    "antecedent",
    "as_phrase",
    "focus_of",
    "is_framed",
    "is_time",
    "main_topic",
    "opening_turn",
    "said_before",
]

Pronoun = Literal["it", "they", "person"]

MEETINGS = frozenset(
    "meeting conference session call assembly event hearing summit workshop report article document".split()
)
_BODIES = frozenset(
    "board committee council ministry department agency authority office commission association company party".split()
)
_WHOLES = MEETINGS | _BODIES  # more than whose they are
PART_OF = re.compile(r"how (?:much|many) of\b", re.IGNORECASE)  # what was told: "how many of them"
NEAR = 3  # turns back in which a pronoun finds what it stands for
_ASKING = re.compile(
    r"^(?:(?:by |in |on |at |from )?"
    r"(?:what|which|whom|whose|when|where|why|how(?: many| much| long| often| far| fast)?)\b\s*)"
    r"(?:(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could)\b\s*)?",
    re.IGNORECASE,
)
_PART_ASKED = re.compile(r"\b(?:what|which) (?:part|portion|fraction|percent)\b", re.IGNORECASE)
_CAPITALS = re.compile(r"[^\W\d_a-zà-ỹ][\w-]*(?: [^\W\d_a-zà-ỹ][\w-]*)*")
_VERB_LEFT = re.compile(r"(?<=\w) (?:be|have)$", re.IGNORECASE)  # of "How long will the list be?"
_DOES = re.compile(r"\b(?:do|does|did)\b", re.IGNORECASE)
_WHICH = re.compile(r"(?:in |at |from )?(?:which|what) (?!is\b|are\b|was\b|were\b|do\b|does\b|did\b)", re.IGNORECASE)
_ACTS = re.compile(
    r" (?:list|say|ask|promise|propose|think|decide|recommend|request|want|tell|mention|suggest|report|explain|announce"
    r"|stress|claim|warn|name|call|agree|answer|reply)\b"
)
_WHERE = re.compile(r"\b(?:in|at|within|across) $", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of the user as it was read."""

    core: str  # with its references put into words, without what is added in brackets
    added: tuple[str, ...] = ()  # what it takes from the turns before and has no place in its sentence
    phrases: tuple[Phrase, ...] = ()
    focus: Phrase | None = None  # what it is about
    base: Turn | None = None  # the question whose answer it is about: "is that more than in 2022?"
    under: Phrase | None = None  # the wider topic that its focus belongs to
    is_dependent: bool = False  # whether it took anything from the turns before
    persons: frozenset[str] = frozenset()  # what "he" or "she" has stood for so far
    told: Told | None = None  # what its answer names, where that is known
    texts: tuple[str, ...] = ()  # what its answer, and those before, were read in, the latest first

    @property
    def asks_who(self) -> bool:
        """Whether it asks for a person by what they do, and names none: "Who presented the results?"."""
        return kind_of(self.core) == "person" and not any(map(_names_person, self.phrases))

    @property
    def is_figure(self) -> bool:
        """Whether it asks for a figure: what it is about is then what is measured, and not whose it is."""
        asked = any(pattern.search(self.core) for pattern in (AMOUNTS, _PART_ASKED))
        named = asked or kind_of(self.core) in ("figure", "count")
        return named or (is_terse(self.core) and bool(periods_in(self.text)))

    @property
    def owners(self) -> tuple[str, ...]:
        """The names in it: where, and whose, what it asks for is."""
        said = [phrase for text in (self.core, *self.added) for phrase in noun_phrases(text)]
        named = (phrase for phrase in said if phrase.is_name and not periods_in(phrase.core))
        runs = [*(_CAPITALS.search(phrase.core) for phrase in named), *map(_CAPITALS.fullmatch, self.added)]
        return tuple(dict.fromkeys(run.group() for run in runs if run))

    @property
    def text(self) -> str:
        """The question as it can be read alone."""
        if self.added:
            return f"{_open(self.core)} ({', '.join(self.added)}){_mark(self.core)}"
        return _open(self.core) + _mark(self.core) if self.is_dependent else self.core

    @property
    def body(self) -> str:
        """What is asked for, without the question word: "the revenue in 2024"."""
        asked = _ASKING.sub("", _open(self.core)) or _open(self.core)
        asked = asked if _DOES.search(asked) else _VERB_LEFT.sub("", asked)
        name = self.told.name if self.told and self.asks_who else ""
        return ", ".join((re.sub("^Who", name or "who", asked, flags=re.IGNORECASE), *self.added))


def opening_turn(question: str) -> Turn:
    """The first turn, which has nothing before it."""
    phrases = noun_phrases(question)
    return Turn(question, phrases=phrases, focus=focus_of(question, phrases))


def focus_of(question: str, phrases: Sequence[Phrase]) -> Phrase | None:
    """What a question is about: a name before other things, and B rather than A in "the A of B".

    A figure is more than its B: "the share of the digital economy" is what grows or falls.
    """
    things = [phrase for phrase in phrases if phrase.names_a_thing and not is_framed(phrase) and not is_time(phrase)]
    subject = next((phrase for phrase in things if acts(phrase, question)), None)
    about = next((phrase for phrase in things if phrase.is_topic and phrase.start), None)
    if subject and about:  # "What did the chair decide about the target?"
        return about
    if subject and subject.article == "the" and len(things) > 1:
        things.remove(subject)
    told = [
        phrase
        for phrase in things
        if phrase.article in ("a", "the") or phrase.is_plural or (phrase.after == "start" and not phrase.is_name)
    ]
    opens = bool(told) and told[0] is things[0]
    apart = [phrase for phrase in things if not (opens and _is_where(phrase, question))]
    names = [phrase for phrase in apart if phrase.is_name]
    asked_about = [phrase for phrase in things if phrase.after not in ("which", "asking", "how")]
    chosen = next(iter((*names, *asked_about, *things)), None)
    if things and kind_of(question) in ("figure", "count"):
        return next((phrase for phrase in apart if not phrase.is_plural and not _is_manner(phrase)), things[0])
    if chosen is None:
        return None
    held = next((phrase for phrase in things if phrase.of == chosen and phrase.head in _WHOLES), None)
    while chosen.of is not None and chosen.head not in _WHOLES:  # "the third meeting of the board"
        chosen = chosen.of
    return held or chosen


def _names_person(phrase: Phrase) -> bool:
    """ "the minister" of "Who is the minister?", but not "responsible" of "Who is responsible?"."""
    return phrase.is_person and (phrase.article is not None or phrase.is_name)


def is_time(phrase: Phrase) -> bool:
    """Whether it only tells when: "the second half of 2023"."""
    told = periods_in(phrase.full) if any(letter.isdigit() for letter in phrase.full) else ()
    return bool(told) and told[0].start < len(phrase.text)


def _is_where(phrase: Phrase, question: str) -> bool:
    """Whether a name only says where something is: "in Porto"."""
    return phrase.is_name and _WHERE.search(question[: phrase.start]) is not None


def _is_manner(phrase: Phrase) -> bool:
    """Whether it only tells how: "on time", "by train"."""
    return phrase.article is None and phrase.after == "preposition" and not phrase.is_name and " " not in phrase.core


def main_topic(turns: Sequence[Turn]) -> Phrase | None:
    """What most turns are about; of two that are as frequent, the one that came first."""
    topics = [turn.focus for turn in turns if turn.focus]

    def used(topic: Phrase) -> int:
        return sum(not topic.stems.isdisjoint(other.stems) for other in topics)

    return max(topics, key=used, default=None)


def antecedent(pronoun: Pronoun, turns: Sequence[Turn]) -> Phrase | None:
    """What a pronoun stands for: the latest thing that agrees with it, the turn's topic before others."""
    persons = turns[-1].persons
    for turn in reversed(turns[-NEAR:]):
        of_last_resort = None
        answered = answered_with(turn, pronoun)
        if answered:
            return answered
        for phrase in _candidates(turn):
            if pronoun == "person" and turn.asks_who and not phrase.is_person:
                continue  # "she" is who presented the results, not whose they are
            if pronoun == "it" and _speaks(phrase, turn):
                continue
            if not _agrees(phrase, pronoun, persons) or not _is_prominent(phrase, pronoun, turn):
                continue
            if phrase.after == "which" and phrase is not turn.focus:  # "What foods cause it?"
                of_last_resort = of_last_resort or (phrase if pronoun == "they" else None)
                continue
            return phrase
        if of_last_resort:
            return of_last_resort
    if pronoun == "person":
        speakers = (turn.told.speaker for turn in reversed(turns[-NEAR:]) if turn.told and turn.told.speaker)
        return next((as_phrase(speaker) for speaker in speakers), None)
    things = (
        turn.focus for turn in reversed(turns) if turn.focus and not (pronoun == "it" and _speaks(turn.focus, turn))
    )
    return next((focus for focus in things if focus.text not in persons), None)


def answered_with(turn: Turn, pronoun: Pronoun) -> Phrase | None:
    """The name that answered a turn which asked for a person or for "which" of several things."""
    name = turn.told.name if turn.told else ""
    if not name:
        return None
    if pronoun == "person":
        return as_phrase(name) if turn.asks_who else None
    return as_phrase(name) if _WHICH.match(turn.core) else None


def as_phrase(name: str) -> Phrase:
    """A name of an answer, as if a question had named it."""
    return Phrase(name, 0, len(name), name, None, is_plural=False, is_name=True, after="answer", before="end")


def said_before(phrase: Phrase, turns: Sequence[Turn]) -> Phrase | None:
    """The fuller name that was used for "the College" or "that conference", the latest first."""
    words, head = set(phrase.core.lower().split()), phrase.head
    for turn in reversed(turns):
        for earlier in _candidates(turn):
            if not (earlier.is_name or earlier.head == head):
                continue
            fuller = words < set(earlier.core.lower().split()) or (earlier.of is not None and words == {earlier.head})
            if fuller and earlier.article not in ("possessive", "pointing"):
                return earlier
    return None


def is_framed(phrase: Phrase) -> bool:
    """Whether it names the meeting or those in it, and not what the meeting is about."""
    return phrase.of is None and all(is_framing(word) for word in terms(phrase.core))


def _candidates(turn: Turn) -> Iterator[Phrase]:
    first = [phrase for phrase in (turn.focus, turn.under) if phrase is not None]
    yield from first
    yield from (phrase for phrase in turn.phrases if not any(phrase is one for one in first))


def _agrees(phrase: Phrase, pronoun: Pronoun, persons: frozenset[str]) -> bool:
    if pronoun == "person":
        several = phrase.is_plural and phrase.head.endswith("s") and phrase.article == "the"
        named = phrase.is_name and phrase.head not in MEETINGS and not any(map(str.isdigit, phrase.core))
        return not several and (_names_person(phrase) or (named and not find_places(phrase.core)))
    return phrase.is_plural if pronoun == "they" else not phrase.is_plural and phrase.text not in persons


def _speaks(phrase: Phrase, turn: Turn) -> bool:
    """Whether it is who says or does something in its turn: "What did the Analyst promise?"."""
    return turn.core[phrase.start : phrase.end] == phrase.text and acts(phrase, turn.core)


def acts(phrase: Phrase, question: str) -> bool:
    """Whether it is who says or does something in `question`: "What did the Analyst promise?"."""
    return phrase.after == "do" and _ACTS.match(question[phrase.end :].lower()) is not None


def _is_prominent(phrase: Phrase, pronoun: Pronoun, turn: Turn) -> bool:
    """Whether a phrase that is not its turn's topic is still likely to be taken up."""
    if phrase is turn.focus or phrase is turn.under or phrase.is_person:
        return True
    aspect = phrase.of is not None or (
        turn.is_dependent and phrase.article == "the" and not phrase.is_name and not phrase.is_topic
    )
    if aspect or not phrase.names_a_thing:  # "the advantages" of what is talked about
        return False
    introduced = phrase.article in ("a", "the") or phrase.after in ("be", "inverted", "address", "start")
    return pronoun != "it" or introduced or phrase.is_name or phrase.is_topic


def _open(question: str) -> str:
    return question.rstrip("?.! ")


def _mark(question: str) -> str:
    """How the question ends; one that ends in nothing is a question all the same."""
    return "." if question.endswith((".", "!")) else "?"
