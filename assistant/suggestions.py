"""Questions worth asking next: made from figures and facts that stand in the record, offered only when answered.

Beside an answer: its figure at another time, of another place, in another sense, then what else its
sources measure. For an empty conversation: what the record measures. Each is asked before it is
offered, and one that is refused, or answered with another figure than the one it was made from, is
not offered. Knows nothing of how it is shown.

>>> # list(follow_ups(assistant, exchanges, count=3))
['And in 2023?', 'How many OCOP products were there in Hai Duong in 2024?']
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.exchange import Exchange
from assistant.question_words import Role, question_words
from corpus.document import Span
from index.reading import Reading

__all__ = ["follow_ups", "openings"]

TRIED = 6  # questions asked to find those that are offered
AROUND = 1500  # characters of a source around its quote: what stands there is near in subject too
WORDS_MAX = 8  # of what is measured; longer ones do not read well
# What a noun phrase may consist of. A record's words for a figure may be a clause ("tasks have been done"),
# and a question made of that does not read as one.
_PHRASE_ROLES: tuple[Role, ...] = ("content", "preposition", "the", "a", "and", "quantity")
# What can be asked for by "What was the … ?" when the figure is a percentage; "90% of households" is no rate.
_RATES = frozenset("coverage growth level percentage proportion rate ratio share turnout".split())
_PAST = frozenset(
    """became began broke brought built came chose drew drove fell felt found gave got grew had held hit kept knew laid
    led left lost made met paid put ran rose said sat saw sent set sold spent stood told took went won wrote""".split()
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A question, and what has to answer it: a figure, or a document."""

    question: str
    reading: Reading | None = None  # that leads the answer
    document_id: str = ""  # that the answer cites


def follow_ups(
    assistant: Assistant, turns: Sequence[Exchange], *, count: int, may_go_on: Callable[[], bool] = lambda: True
) -> Iterator[str]:
    """At most `count` questions to go on with after the last of `turns`, each as soon as it is known to be answered.

    It ends early when `may_go_on` says so: to try them costs as much as to be asked them.
    """
    answer = turns[-1].answer if turns else None
    if answer is None:
        return
    asked = {turn.question.casefold() for turn in turns}
    candidates = [*_kin(answer), *_nearby(answer, assistant), *_around(answer)]
    fresh = [one for one in candidates if one.question.casefold() not in asked]
    yield from islice(_answered(assistant, fresh, turns, may_go_on), count)


def openings(assistant: Assistant, *, count: int, may_go_on: Callable[[], bool] = lambda: True) -> Iterator[str]:
    """At most `count` questions to begin with, from different documents first; ends early as `follow_ups` does."""
    readings = [reading for reading in assistant.index.catalog.readings.all() if _askable(reading)]
    by_document: dict[str, list[Reading]] = {}
    for reading in readings:
        by_document.setdefault(reading.document_id, []).append(reading)
    # One of each document in turn, those that tell their period and place in so many words first.
    lanes = [sorted(lane, key=_vagueness) for lane in by_document.values()]
    order = [lane[turn] for turn in range(max(map(len, lanes), default=0)) for lane in lanes if turn < len(lane)]
    candidates = [_Candidate(_worded(one), one) for one in order]
    yield from islice(_answered(assistant, candidates, (), may_go_on), count)


def _answered(
    assistant: Assistant, candidates: Sequence[_Candidate], turns: Sequence[Exchange], may_go_on: Callable[[], bool]
) -> Iterator[str]:
    """The questions among the first few `candidates` that the record answers, and with the figure meant."""
    told: set[str] = set()
    for candidate in candidates:
        if len(told) >= TRIED or not may_go_on():
            return
        if candidate.question in told:
            continue
        told.add(candidate.question)
        answer = assistant.ask(candidate.question, history=turns)
        if not answer.refused and _is_meant(candidate, answer):
            yield candidate.question


def _is_meant(candidate: _Candidate, answer: Answer) -> bool:
    """Whether the answer is the one that the question was made from."""
    if candidate.reading is not None:
        return _leads(answer, candidate.reading)
    return any(citation.document_id == candidate.document_id for citation in answer.citations)


def _leads(answer: Answer, reading: Reading) -> bool:
    """Whether the answer is led by that value, of the same time and place."""
    return any(
        (one.reading.value, one.reading.unit, one.reading.period, one.reading.scope)
        == (reading.value, reading.unit, reading.period, reading.scope)
        for one in answer.readings[: answer.leads]
    )


def _kin(answer: Answer) -> list[_Candidate]:
    """The answer's own figure at another time, of another place, as a target."""
    if not answer.leads:
        return []
    first = answer.readings[0].reading
    made = []
    for cited in answer.readings[answer.leads :]:
        reading, differs = cited.reading, set(cited.differs)
        if differs == {"period"} and reading.period and reading.period_known != "inferred":
            made.append(_Candidate(f"And in {reading.period.label}?", reading))
        elif differs <= {"scope", "period"} and "scope" in differs and reading.scope:
            made.append(_Candidate(f"And in {reading.scope}?", reading))
        elif "kind" in differs and reading.kind == "target" and first.kind != "target":
            made.append(_Candidate("And what was the target?", reading))
    return made


def _nearby(answer: Answer, assistant: Assistant) -> list[_Candidate]:
    """What else is measured around the quotes of an answer, nearest first."""
    shown = {(cited.reading.indicator, cited.reading.value) for cited in answer.readings}
    made = []
    for citation in (answer.nearest if answer.refused else answer.citations)[:2]:
        around = Span(max(citation.start - AROUND, 0), citation.end + AROUND)
        near = [found.reading for found in assistant.index.catalog.readings.inside(citation.document_id, around)]
        near = [one for one in near if _askable(one) and (one.indicator, one.value) not in shown]
        near.sort(key=lambda one: (abs(one.start - citation.start) // 400, _vagueness(one)))
        made += [_Candidate(_worded(one), one) for one in near]
    return made


def _around(answer: Answer) -> list[_Candidate]:
    """Who said it and when the meeting was, where the source tells."""
    if answer.refused or not answer.citations:
        return []
    first = answer.citations[0]
    said = [_Candidate("Who said so?", document_id=first.document_id)] if first.speaker else []
    held = [_Candidate("When was that meeting held?", document_id=first.document_id)] if first.held_on else []
    return said + held


def _askable(reading: Reading) -> bool:
    """Whether what it measures is told in words that a question can take over as they are."""
    words = _measured(reading)
    is_share = reading.unit == "%" and any(word in _RATES for word in words.lower().split())
    is_money = len(reading.unit) == 3 and reading.unit.isupper()
    return (
        reading.kind in ("actual", "estimate", "target")
        and (reading.unit == "count" or is_share or is_money)
        and reading.indicator_known == "stated"
        and reading.period is not None
        and 1 <= len(words.split()) <= WORDS_MAX
        and _is_noun_phrase(words)
    )


def _measured(reading: Reading) -> str:
    """The thing itself, without the words before a colon that tell it from its like."""
    return reading.indicator.rpartition(": ")[2]


def _is_noun_phrase(words: str) -> bool:
    """Whether nothing in `words` is a verb, as far as its form tells."""
    found = question_words(words)
    if any(word.role not in _PHRASE_ROLES for word in found) or found[0].role not in ("content", "the"):
        return False
    return not any(word.lower in _PAST or word.lower.endswith("ed") for word in found[1:])


def _vagueness(reading: Reading) -> tuple[bool, bool, int]:
    """Lowest for a figure whose time and place are told beside it, and in few words."""
    return reading.period_known != "stated", reading.scope_known == "inferred", len(reading.indicator.split())


def _worded(reading: Reading) -> str:
    """The question for a reading, in the record's words."""
    place = f" of {reading.scope}" if reading.scope and reading.scope_known != "inferred" else ""
    words = _measured(reading)
    place = "" if reading.scope and reading.scope.casefold() in words.casefold() else place
    period = f" in {reading.period.label}" if reading.period else ""
    if reading.kind == "target":
        return f"What is the target for {_named(words)}{place}{period}?"
    if reading.unit == "count":
        return f"How many {words} were there{place.replace(' of ', ' in ')}{period}?"
    return f"What was {_named(words)}{place}{period}?"


def _named(words: str) -> str:
    """With an article where it has none."""
    return words if words.casefold().startswith(("the ", "a ", "an ")) else f"the {words}"
