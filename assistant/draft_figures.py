"""Whether the figures of a draft's sentence stand in its quotes, told of the same things.

By value, as `number_check` compares them; then by the words told of them: a figure that the source
has for another place, time or thing is no support. The border of rounding: with a hedge that is true
("about 48 %", "nearly half" of 47.79 %) a figure may be a twentieth off; without one not at all.
Knows nothing of names and of what clauses assert.

>>> source = Source("k", "d", Span(0, 0), "The rate was 47.79%.")
>>> [fault_in_figures(f"{hedge} half of it was reached.", [source]) for hedge in ("Nearly", "Over")]
['', '“Over half” does not stand in its source']
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.draft_names import scope_of, told_apart
from assistant.draft_reading import Figure, Sentence, read_sentence
from assistant.draft_source import Source
from assistant.number_check import Approximation, CheckedNumber, NumberVerdict, check_numbers
from corpus.document import Span
from index.reading import Reading
from index.terms import terms

__all__ = ["Span", "fault_in_figures", "readings_of", "same_figure", "unsupported"]

ROUNDED = 0.05  # share that a hedged figure may be off
_COMPARED_WITH = re.compile(r"\b(?:over|than|against|compared (?:with|to)|versus)\s(?:that of\s|the\s)?\Z")
_BOUNDS = frozenset({"at least", "at most", "under"})  # hedges that make another figure of it


def unsupported(sentence: str, cited: Sequence[Source]) -> list[CheckedNumber]:
    """The numbers of `sentence` that no cited source carries, rounding with a true hedge allowed."""
    quotes = [source.quoted(number) for number, source in enumerate(cited, start=1)]
    figures = read_sentence(sentence).figures
    theirs = [figure for source in cited for figure in source.read.figures]
    return [
        number
        for number in check_numbers(sentence, quotes)
        if number.verdict is not NumberVerdict.QUOTED
        and not any(
            figure.start < number.end
            and number.start < figure.end
            and (any(_rounds(figure, one) for one in theirs) or any(_elliptic(figure, source.read) for source in cited))
            for figure in figures
        )
    ]


def fault_in_figures(sentence: str, cited: Sequence[Source]) -> str:
    """What is wrong with the figures of `sentence`, in words for the reader; "" when nothing is."""
    missing = unsupported(sentence, cited)
    if missing:
        return f"“{missing[0].text}” does not stand in its source"
    said = read_sentence(sentence)
    faults = (*_hedges(sentence, cited), *_told_of_others(said, cited), _times_of_others(said, cited))
    return next(filter(None, faults), "")


def _rounds(said: Figure, source: Figure) -> bool:
    value, upper, unit = said.amount
    exact, exact_upper, exact_unit = source.amount
    if upper is not None or exact_upper is not None or unit != exact_unit or source.hedge not in ("", "about"):
        return False
    if abs(value - exact) > ROUNDED * abs(exact):
        return False
    return (
        said.hedge == "about"
        or (said.hedge in ("nearly", "under") and exact < value)
        or (said.hedge == "over" and exact > value)
    )


def _elliptic(said: Figure, source: Sentence) -> bool:
    """Whether the source leaves out the unit that it has just used: "it costs 310 euros; last year it was 275"."""
    units = {one.amount[2] for one in source.figures}
    is_plain = said.total is None and said.amount[2] != "count"
    return (
        is_plain
        and said.amount[2] in units
        and any(one.amount == (*said.amount[:2], "count") for one in source.figures)
    )


def same_figure(said: Figure, source: Figure) -> bool:
    """Whether two figures are one, its total alone and its rounding included."""
    if said.amount == source.amount:
        return said.total is None or source.total is None or said.total == source.total
    if source.amount[2] == "count" and said.amount[:2] == source.amount[:2] and source.total is None:
        return True
    if source.total is not None and said.amount[0] == source.total and said.amount[1] is None:
        return True
    return _rounds(said, source)


def _hedges(sentence: str, cited: Sequence[Source]) -> Iterator[str]:
    quotes = [source.quoted(number) for number, source in enumerate(cited, start=1)]
    ours = read_sentence(sentence).figures
    for number in check_numbers(sentence, quotes):
        if number.approximation in (None, Approximation.KEPT):
            continue
        said = next((one for one in ours if one.start < number.end and number.start < one.end), None)
        hedges = {
            theirs.hedge
            for source in cited
            for theirs in source.read.figures
            if said is not None and said.amount == theirs.amount
        }
        if number.approximation is Approximation.DROPPED:
            if hedges and hedges <= _BOUNDS:
                yield f"its source says “{min(hedges)}” that"
        elif not (said is not None and said.hedge == "about"):
            yield f"“{number.text}” does not stand so in its source"


def _told_of_others(said: Sentence, cited: Sequence[Source]) -> Iterator[str]:
    theirs = [(source, figure) for source in cited for figure in source.read.figures]
    for ours in said.figures:
        found = [(source, figure) for source, figure in theirs if same_figure(ours, figure)]
        if not found:
            continue
        faults = [_fault(ours, said, source, figure, theirs) for source, figure in found]
        if all(faults):
            yield faults[0]


def _fault(ours: Figure, said: Sentence, source: Source, own: Figure, theirs: Sequence[tuple[Source, Figure]]) -> str:
    text = said.text[ours.start : ours.end]
    if _of_another(said, source, theirs):
        return f"its source gives “{text}” for something else"
    if _other_time(ours, source, own):
        return f"its source gives “{text}” for another time"
    strong = frozenset(
        word.stem
        for source, _ in theirs
        for word in source.read.words
        if word.is_capital and word.start and word.is_content
    )
    for _, other in theirs:
        if other.amount[2] != own.amount[2] or other.amount[0] == ours.total:
            continue
        if not same_figure(ours, other) and told_apart(ours, own, other, strong):
            return f"its source gives “{text}” for something else"
    if _needs_time(source, own) and not (ours.has_time or _times(ours)):
        return f"its source gives “{text}” for another time"
    if own.is_baseline and not ours.is_baseline and not _times(ours) & _times(own):
        return f"its source only compares with “{text}”"
    swapped = (one for one in said.figures if one is not ours and one.is_baseline != ours.is_baseline)
    for one in swapped:
        for _, other in theirs:
            if same_figure(one, other) and other.is_baseline != one.is_baseline and own.is_baseline != ours.is_baseline:
                return f"its source has “{text}” and “{said.text[one.start : one.end]}” the other way round"
    return ""


def _of_another(said: Sentence, source: Source, theirs: Sequence[tuple[Source, Figure]]) -> bool:
    """Whether its source is of something with a name that the sentence, which cites others too, does not name."""
    if all(one is source for one, _ in theirs):
        return False
    around = frozenset(term.stem for term in terms(source.header))
    named = scope_of(source.read) - around
    return bool(named) and not named & scope_of(said, len(said.text)) and not named & said.stems


def _needs_time(source: Source, own: Figure) -> bool:
    """Whether the source gives it for another time than the figure that it gives first."""
    first = next(one for one in source.read.figures if one.amount[2] == own.amount[2])
    return first is not own and bool(_times(own) - _times(first))


def _times(figure: Figure) -> frozenset[str]:
    return frozenset(word for word in figure.words if word.startswith("@"))


def _other_time(ours: Figure, source: Source, own: Figure) -> bool:
    """Whether the times told of the two figures have no day in common."""
    told = [_days(token) for token in _times(ours)]
    given = [_days(token) for token in _times(own)]
    for reading in readings_of(source, own):
        given += [(one.start, one.end) for one in (reading.period, reading.baseline) if one]
    if not told or not given:
        return False
    return not any(start <= last and first <= end for start, end in told for first, last in given)


def readings_of(source: Source, figure: Figure) -> list[Reading]:
    """The readings of the record at a figure of a source."""
    at = source.span.start
    return [one for one in source.readings if one.start - at < figure.end and figure.start < one.end - at]


def _times_of_others(said: Sentence, cited: Sequence[Source]) -> str:
    """A time that only the document's own day would carry, where the source tells of another."""
    stated = [
        (_days(token), _COMPARED_WITH.search(source.text[:start]) is not None)
        for source in cited
        for token, start, _ in source.read.periods
        if token[0] == "@"
    ]
    readings = [reading for source in cited for reading in source.readings if reading.period]
    certain = [reading for reading in readings if reading.period_known == "stated"]
    tells_own = not all(is_compared for _, is_compared in stated)  # "an increase over 2023" leaves its own time open
    given = [days for days, _ in stated]
    given += [(one.period.start, one.period.end) for one in (certain if tells_own else readings) if one.period]
    own_days = {day for source in cited for day in source.dates}
    for token, start, end in (one for one in said.periods if one[0][0] == "@"):
        first, last = _days(token)
        is_own = first == last and first in own_days
        if given and not is_own and not any(first <= stop and begin <= last for begin, stop in given):
            return f"its source does not tell it of {said.text[start:end]}"
    return ""


def _days(token: str) -> tuple[date, date]:
    first, _, last = token[1:].partition("/")
    return date.fromisoformat(first), date.fromisoformat(last)
