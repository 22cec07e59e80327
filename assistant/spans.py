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

from assistant.question import Asked
from corpus.dates import find_dates
from corpus.document import Span
from corpus.periods import find_periods
from corpus.places import find_places
from index.terms import Term, terms

__all__ = ["answer_span", "figure_spans", "fitting_span"]

_NUMBER = r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_HEDGE = (
    r"(?:about|around|nearly|almost|over|more than|less than|at least|at most|up to|approximately|some|an estimated)\s+"
)
_UNIT = (
    r"\s?%|\s?per ?cent\b|\s(?:thousand|million|billion|trillion)\b(?:\s(?:USD|VND|EUR|dollars|euros|dong)\b)?"
    r"|\s(?:USD|VND|EUR|dollars|euros|dong|times|percentage points)\b|(?:st|nd|rd|th)\b"
)
_FIGURE = re.compile(
    rf"(?:\b{_HEDGE})?[$€£]?(?<![\w.,/])(?:{_NUMBER})"
    rf"(?:(?:\s?[-–/]\s?|\s(?:out )?of\s)(?:{_NUMBER}))?(?:{_UNIT})?(?![\w/])",
    re.IGNORECASE,
)
_CHANGE_BEFORE = re.compile(
    r"(?:increas\w*|decreas\w*|grow\w*|grew|growth|rise|rose|risen|fell|up|down|by|exceed\w*|another|compared)"
    r"(?:\s+(?:sharply|of|by|rate of|to))?\s*(?:about|over|more than)?\s*$",
    re.IGNORECASE,
)
_ASKS_CHANGE = re.compile(r"\b(?:increase|grow\w*|grew|rise|rose|change|faster|compared|up by|by how)\b", re.IGNORECASE)
_ASKS_RANK = re.compile(r"\brank\w*|\bplace[ds]?\b|\bposition\b", re.IGNORECASE)
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)\b")
_PERCENT = re.compile(r"%|per ?cent", re.IGNORECASE)
_FRACTION = re.compile(r"\d\s?/\s?\d|\bof\b|\btimes\b")
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


def answer_span(asked: Asked, sentence: str) -> Span | None:
    """The words of `sentence` that answer, offsets in it, or None where no such thing stands in it."""
    candidates = _candidates(asked, sentence)
    if not candidates:
        return None
    matched = _matched_terms(asked, sentence)
    return max(candidates, key=lambda span: (_nearness(span, matched) + _fitness(asked, sentence, span), -span.start))


def fitting_span(asked: Asked, sentence: str, chosen: Span) -> Span | None:
    """`chosen` (offsets in `sentence`) made whole for the asked kind, or None where it is another kind.

    A figure is given with its hedge and unit; a person or place must be written as a name.
    """
    if asked.kind in {"figure", "count"}:
        touched = [span for span in _candidates(asked, sentence) if span.overlaps(chosen)]
        if len(touched) < 2:
            return touched[0] if touched else None
        matched = _matched_terms(asked, sentence)
        return max(touched, key=lambda span: (_nearness(span, matched) + _fitness(asked, sentence, span), -span.start))
    if asked.kind == "date":
        times = [Span(day.start, day.end) for day in find_dates(sentence, order="mdy")]
        times += [Span(period.start, period.end) for period in find_periods(sentence)]
        return chosen if any(chosen.overlaps(time) for time in times) else None
    named = _candidates(asked, sentence)
    if named:  # a person or place that the sentence names
        touched = [span for span in named if span.overlaps(chosen)]
        return chosen if touched else named[0] if len(named) == 1 else None
    return chosen if re.search(r"[^\W\d_a-z]", chosen.of(sentence)) else None


def figure_spans(text: str) -> list[Span]:
    """Quantities in `text` with hedge and unit; days, years and numbers in names are left out."""
    dated = [Span(mention.start, mention.end) for mention in find_periods(text)]
    found = []
    for match in _FIGURE.finditer(text):
        span = Span(match.start(), match.end())
        if any(span.overlaps(period) for period in dated) or _is_part_of_a_name(text, match):
            continue
        found.append(span)
    return found


def _is_part_of_a_name(text: str, match: re.Match[str]) -> bool:
    """ "Project 06", "Level 4": a bare number after a capitalised word that opens no sentence."""
    if not match.group().isdigit():
        return False
    before = re.search(r"([^\W\d_][\w’-]*)\s$", text[: match.start()])
    return before is not None and before.group(1)[0].isupper() and before.start() > 0


def _candidates(asked: Asked, sentence: str) -> list[Span]:
    if asked.kind in {"figure", "count"}:
        figures = figure_spans(sentence)
        if asked.wants_percentage:
            figures = [
                span for span in figures if _PERCENT.search(span.of(sentence)) or _FRACTION.search(span.of(sentence))
            ]
        return figures
    if asked.kind == "date":
        days = [Span(mention.start, mention.end) for mention in find_dates(sentence, order="mdy")]
        return days or [Span(mention.start, mention.end) for mention in find_periods(sentence)]
    if asked.kind == "place":
        return [Span(mention.start, mention.end) for mention in find_places(sentence)]
    if asked.kind == "person":
        return _people(sentence)
    return []


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


def _matched_terms(asked: Asked, sentence: str) -> list[Term]:
    stems = {term.stem for term in asked.terms}
    return [term for term in terms(sentence) if term.stem in stems]


def _nearness(span: Span, matched: Sequence[Term]) -> float:
    """Sum over the question's words of 1 / (1 + distance in words of six letters)."""
    nearest: dict[str, float] = {}
    for term in matched:
        gap = max(span.start - term.end, term.start - span.end, 0)
        nearest[term.stem] = max(nearest.get(term.stem, 0.0), 1.0 / (1.0 + gap / 6.0))
    return sum(nearest.values())


def _fitness(asked: Asked, sentence: str, span: Span) -> float:
    """What the form of a candidate says for or against it."""
    words = span.of(sentence)
    fitness = 0.0
    if asked.kind in {"figure", "count"}:
        is_change = _CHANGE_BEFORE.search(sentence[: span.start]) is not None
        fitness += 0.5 if is_change == (_ASKS_CHANGE.search(asked.question) is not None) else -0.5
        fitness += 1.0 if (_ORDINAL.search(words) is None) == (_ASKS_RANK.search(asked.question) is None) else -1.0
        if asked.kind == "count" and _PERCENT.search(words):
            fitness -= 1.0
        if asked.periods:
            fitness += _nearness_of_period(asked, sentence, span)
    return fitness


def _nearness_of_period(asked: Asked, sentence: str, span: Span) -> float:
    """A figure stands next to its own year: "11.91% in 2021 and 14.26% in 2022"."""
    mentions = find_periods(sentence)
    wanted = [mention for mention in mentions if any(mention.period.overlaps(period) for period in asked.periods)]
    if not wanted or len(wanted) == len(mentions):
        return 0.0
    gap = min(max(span.start - mention.end, mention.start - span.end, 0) for mention in wanted)
    return 2.0 / (1.0 + gap / 12.0)
