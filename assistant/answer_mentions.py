"""What an answer names that a follow-up may point at: the person or thing asked for, a figure, the meeting.

Knows nothing of pronouns, nor of how a follow-up is put into words.

>>> entity("Nghe An"), entity("about 38.3%"), entity("they have to work online")
('Nghe An', '', '')
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.question_words import question_words
from corpus.periods import Period
from index.reading import ReadingKind

__all__ = ["Told", "ToldFigure", "entity", "texts_of", "what_is_told"]

LONGEST = 60  # characters of a short answer that can stand in a question
LONGEST_NAME = 120  # of one that may end in a name
MOST_WORDS, MOST_POST = 10, 5
TEXTS = 3  # passages that an answer is taken to have been read in
_SMALL = frozenset({"of", "and", "the", "for", "on", "in", "de", "da", "du", "von", "van"})  # inside names
_POST = re.compile(r"^(?:the |our |its )?[a-z][a-z-]+(?: of [a-z]+| [a-z]+)?$")  # "the treasurer", "head of office"
_NAME_BEFORE = re.compile(r"(?:\b[^\W\d_a-zà-ỹ][\w’'-]* )+\Z")
_NAME_BEHIND = re.compile(r"(?: [^\W\d_a-zà-ỹ][\w’'-]*)+(?!\w)")
_FIGURE = re.compile(
    r"(?:(?:about|over|under|almost|nearly|around|some|more than|less than|up to|up|approximately) )?[^\s\d]?\d[^()]*$"
)
_HOLDER = re.compile(r"^[^\W\d_A-ZÀ-Ỹ][^.;:]*? (?P<name>[^\W\d_a-zà-ỹ][\w’'-]+(?: [^\W\d_a-zà-ỹ][\w’'-]+)+)$")
_FIRST_PERSON = re.compile(r"\b(?:I|my)\b")
_FRONT = re.compile(r"^(?:comrade|mr|mrs|ms|dr)\.? ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """What a figure of an answer is of."""

    thing: str  # what it measures, in the record's words
    scope: str
    period: Period
    kind: ReadingKind


@dataclass(frozen=True, slots=True)
class Told:
    """The parts of an answer that can be taken up; each empty where there is none."""

    name: str = ""  # the short answer, where it is a name
    figure: str = ""  # the short answer, where it is a figure
    short: str = ""
    speaker: str = ""  # who is speaking in the first quote
    title: str = ""  # of the document that is quoted first
    figures: tuple[ToldFigure, ...] = ()  # the ones asked for, and those told beside them

    @property
    def targets(self) -> tuple[Period, ...]:
        """The periods that a target is told for."""
        return tuple(figure.period for figure in self.figures if figure.kind == "target")


def what_is_told(answer: Answer | None) -> Told | None:
    """What `answer` names; None where there is no answer or it refuses."""
    if answer is None or answer.refused or not answer.citations:
        return None
    first = next((one for one in answer.citations if answer.short_answer and answer.short_answer in one.quote), None)
    first = first or answer.citations[0]
    short = " ".join((answer.short_answer or "").split()).strip(" ,;:.()“”\"'")
    name = entity(_whole_name(short, first.quote)) if len(short) <= LONGEST_NAME else ""
    short = short if len(short) <= LONGEST else ""
    if not name and first.speaker and short in ("", "I") and _FIRST_PERSON.search(first.quote):
        name = first.speaker
    return Told(
        name=name,
        figure=short if _FIGURE.match(short) else "",
        short=short,
        speaker=first.speaker,
        title=" ".join(first.title.split()),
        figures=tuple(
            ToldFigure(one.reading.indicator, one.reading.scope, one.reading.period, one.reading.kind)
            for one in answer.readings
            if one.reading.period
        ),
    )


def texts_of(answer: Answer | None) -> tuple[str, ...]:
    """What `answer` quotes, or would have quoted, with the passages that were read first for it."""
    if answer is None:
        return ()
    quotes = (one.quote for one in (*answer.citations, *answer.nearest))
    return tuple(dict.fromkeys((*(ranked.passage.text for ranked in answer.passages[:TEXTS]), *quotes)))


def _whole_name(words: str, quote: str) -> str:
    """`words` with the capitalised words around them in `quote`: a post with its holder's name."""
    at = quote.find(words) if words else -1
    if at < 0:
        return words
    before = _NAME_BEFORE.search(quote[:at]) if words[0].isupper() else None
    behind = _NAME_BEHIND.match(quote[at + len(words) :])
    return (before.group() if before else "") + words + (behind.group() if behind else "")


def entity(words: str) -> str:
    """`words` where they are a name, or a post such as "the treasurer"; else nothing."""
    words = _FRONT.sub("", words)
    holder = _HOLDER.match(words)
    if holder:  # "chief executive Mara Lindqvist"
        words = holder["name"]
    parts = [word for word in question_words(words) if word.role != "mark"]
    if not parts or len(parts) > MOST_WORDS or any(character.isdigit() for character in words):
        return ""
    if _POST.match(words) and len(parts) <= MOST_POST and words.startswith(("the ", "our ", "its ")):
        return words
    named = [word for word in parts if word.lower not in _SMALL]
    capitals = sum(word.is_capitalised for word in named)
    return words if named and named[0].is_capitalised and capitals * 2 >= len(named) else ""
