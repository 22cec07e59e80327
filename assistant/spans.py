"""The words of a sentence that can answer a question of a given kind: a figure, a person, a day.

It finds candidates by type and prefers the one that stands nearest to the question's words.
Knows nothing of passages and retrieval.

>>> sentence = "The rate rose to 45%, up 11% compared to 2023."
>>> from assistant.question import understand
>>> answer_span(understand("What was the rate?"), sentence).of(sentence)
'45%'
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.figure_likeness import is_share
from assistant.figure_wording import CHANGE, RANK
from assistant.question import Asked
from corpus.dates import find_dates
from corpus.document import Span
from corpus.number_uses import is_name
from corpus.periods import find_periods
from corpus.places import find_places
from corpus.quantities import Quantity, find_quantities
from corpus.units import TIME_UNITS
from index.figure_kind import is_change
from index.terms import Term, terms

__all__ = ["answer_span", "fitting_span"]

_LIKE_SHARES = frozenset({"percentage points", "times"})  # may answer where a percentage is asked for

_BARE_NUMBER = re.compile(r"(?<![\w.,/-])\d+(?:[.,]\d{3})*(?![\w/%]|[.,]\d)")
_OLD_YEAR = re.compile(r"(?<![\w.,])[1-9]\d{2,3}(?![\w%]|[.,]\d)")  # before those that periods are read from: "1349"
_NAME = re.compile(r"(?:[^\W\d_a-z][\w’'-]*)(?:\s(?:[^\W\d_a-z][\w’'-]*))+")
# Words that are part of a post or a body, not of a person's name.
_POSTS = frozenset(
    """prime deputy vice standing minister ministers president chairman chairwoman chair secretary head director
    general comrade comrades mr mrs ms dr member members committee party people provincial province council
    department ministry government national assembly board working group steering central office state
    information communications transformation digital conference city district commune project plan service
    services platform economy society of and for in on at he she they it also photo august january february
    march april may june july september october november december""".split()
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Words that may answer."""

    span: Span  # offsets in the sentence
    figure: Quantity | None = None  # that they are


def answer_span(asked: Asked, sentence: str) -> Span | None:
    """The words of `sentence` that answer, offsets in it, or None where no such thing stands in it."""
    return _best(_candidates(asked, sentence), asked, sentence)


def fitting_span(asked: Asked, sentence: str, chosen: Span) -> Span | None:
    """`chosen` (offsets in `sentence`) made whole for the asked kind, or None where it is another kind.

    A figure is given with its hedge and unit, a time must hold a day, a year or a duration; for a person or place
    the name is given where the sentence holds one.
    """
    if asked.kind in {"figure", "count"}:
        return _best([one for one in _candidates(asked, sentence) if one.span.overlaps(chosen)], asked, sentence)
    if asked.kind == "date":
        times = [Span(day.start, day.end) for day in find_dates(sentence, order="mdy")]
        times += [Span(period.start, period.end) for period in find_periods(sentence)]
        times += [Span(one.start, one.end) for one in find_quantities(sentence) if TIME_UNITS.fullmatch(one.unit)]
        times += [Span(*match.span()) for match in _OLD_YEAR.finditer(sentence)]
        return chosen if any(chosen.overlaps(time) for time in times) else None
    named = [one.span for one in _candidates(asked, sentence)]
    if not named or any(span.overlaps(chosen) for span in named) or re.search(r"[^\W\d_a-z]", chosen.of(sentence)):
        return chosen if re.search(r"[^\W\d_]", chosen.of(sentence)) else None
    return named[0] if len(named) == 1 else chosen  # a post where the sentence names its holder: "the chairman"


def _best(candidates: Sequence[_Candidate], asked: Asked, sentence: str) -> Span | None:
    """The candidate that stands nearest to the question's words and fits in form; None of none."""
    if len(candidates) < 2:
        return candidates[0].span if candidates else None
    stems = {term.stem for term in asked.terms}
    matched = [term for term in terms(sentence) if term.stem in stems]
    return max(
        candidates,
        key=lambda one: (_nearness(one.span, matched) + _fitness(asked, sentence, one), -one.span.start),
    ).span


def _candidates(asked: Asked, sentence: str) -> list[_Candidate]:
    if asked.kind in {"figure", "count"}:
        figures = find_quantities(sentence)
        if asked.wants_percentage:
            figures = [one for one in figures if is_share(one) or one.unit in _LIKE_SHARES]
        candidates = [*(_Candidate(Span(one.start, one.end), one) for one in figures), *_totals(figures)]
        return [*candidates, *_bare_numbers(sentence, candidates)] if asked.kind == "count" else candidates
    if asked.kind == "date":
        days = [Span(mention.start, mention.end) for mention in find_dates(sentence, order="mdy")]
        return list(map(_Candidate, days or [Span(mention.start, mention.end) for mention in find_periods(sentence)]))
    if asked.kind == "place":
        return [_Candidate(Span(mention.start, mention.end)) for mention in find_places(sentence)]
    return list(map(_Candidate, _people(sentence))) if asked.kind == "person" else []


def _totals(figures: Sequence[Quantity]) -> list[_Candidate]:
    """What a figure is out of, where that is no part of its words: "193" of "71st place out of 193"."""
    return [
        _Candidate(Span(one.total_start, one.total_end))
        for one in figures
        if one.total_start is not None and one.total_end is not None and one.total_start >= one.end
    ]


def _bare_numbers(sentence: str, known: Sequence[_Candidate]) -> list[_Candidate]:
    """Numbers that measure nothing of the world but may be asked for: "3" of "3 priorities"."""
    taken = [one.span for one in known]
    taken += [Span(mention.start, mention.end) for mention in find_periods(sentence)]
    spans = [Span(*match.span()) for match in _BARE_NUMBER.finditer(sentence)]
    return [
        _Candidate(span)
        for span in spans
        if not any(span.overlaps(other) for other in taken) and not is_name(sentence, span.start, span.end)
    ]


def _people(sentence: str) -> list[Span]:
    """Runs of two to five capitalised words once posts and bodies are cut away."""
    found = []
    for match in _NAME.finditer(sentence):
        run: list[re.Match[str]] = []
        for word in [*re.finditer(r"[\w’'-]+", match.group()), None]:
            if word is not None and word.group().lower().removesuffix("’s").removesuffix("'s") not in _POSTS:
                run.append(word)
                continue
            if 2 <= len(run) <= 5:
                found.append(Span(match.start() + run[0].start(), match.start() + run[-1].end()))
            run = []
    places = [Span(mention.start, mention.end) for mention in find_places(sentence)]
    return [span for span in found if not any(span.overlaps(place) for place in places)]


def _nearness(span: Span, matched: Sequence[Term]) -> float:
    """Sum over the question's words of 1 / (1 + distance in words of six letters)."""
    nearest: dict[str, float] = {}
    for term in matched:
        gap = max(span.start - term.end, term.start - span.end, 0)
        nearest[term.stem] = max(nearest.get(term.stem, 0.0), 1.0 / (1.0 + gap / 6.0))
    return sum(nearest.values())


def _fitness(asked: Asked, sentence: str, candidate: _Candidate) -> float:
    """What the form of a figure says for or against it."""
    figure = candidate.figure
    if figure is None:
        return 0.0
    changes = is_change(sentence[: figure.start], sentence[figure.end :], figure.unit)
    fitness = 0.5 if changes == (CHANGE.search(asked.question) is not None) else -0.5
    fitness += 1.0 if (figure.unit == "rank") == (RANK.search(asked.question) is not None) else -1.0
    if asked.kind == "count" and figure.unit == "%":
        fitness -= 1.0
    return fitness + _nearness_of_period(asked, sentence, candidate.span) if asked.periods else fitness


def _nearness_of_period(asked: Asked, sentence: str, span: Span) -> float:
    """A figure stands next to its own year: "11.91% in 2021 and 14.26% in 2022"."""
    mentions = find_periods(sentence)
    wanted = [mention for mention in mentions if any(mention.period.overlaps(period) for period in asked.periods)]
    if not wanted or len(wanted) == len(mentions):
        return 0.0
    gap = min(max(span.start - mention.end, mention.start - span.end, 0) for mention in wanted)
    return 2.0 / (1.0 + gap / 12.0)
