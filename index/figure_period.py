"""The time that each figure of a sentence is of, and what it is compared with.

A figure takes the period of its own part of the sentence, else the one the sentence opens with,
else the only one it names; where a list of periods meets a list of figures ("in 2021 and 2022 is
11.91%, 14.26% respectively") they are paired in order. Knows nothing beyond the sentence.

>>> from corpus.periods import find_periods
>>> text = "It was 3% in 2021 and 4% in 2022."
>>> spans = [Span(7, 9), Span(22, 24)]
>>> told = times_of(text, spans, [Span(0, 17), Span(22, 33)], find_periods(text))
>>> [time.period.label for time in told]
['2021', '2022']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from corpus.document import Span
from corpus.periods import Period, PeriodMention, Relation
from index.figure_mentions import comparison_of, is_bracketed, opening_mention

__all__ = ["StatedTime", "times_of"]

_AGAINST = re.compile(
    r"(?:\b(?:on|over|from|against|than in|than|vs\.?|versus)|\bgegenüber|\bpar rapport à)\s(?:the\s)?\Z", re.IGNORECASE
)
_COMPARED_LEVEL = re.compile(
    r"(?:\bcompared (?:to|with)|\bagainst|\bversus|\bfrom|\bafter|\bthan|\bso với)\s(?:an? |the )?(?:\w+ ){0,3}\Z",
    re.IGNORECASE,
)
_SAME_PERIOD = re.compile(r"\bsame (?:period|time|quarter|month|half)|cùng kỳ", re.IGNORECASE)
_FROM = re.compile(r"\bfrom (?:an? |about |nearly |over |the )?\Z", re.IGNORECASE)
_UP_FROM = re.compile(
    r"\b(?:up|down|rose|fell|risen|fallen|grew|increase[sd]?|decrease[sd]?|dropped),?(?: slightly| sharply)?"
    r" from (?:an? |about |the )?\Z",
    re.IGNORECASE,
)
_AT_PRESENT = re.compile(r"\b(?:so far|to date|currently|now|at present|already)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StatedTime:
    """What a sentence says of one figure's time."""

    period: Period | None
    relation: Relation | None
    baseline: Period | None
    comparison: str  # the words of the baseline: "compared to 2022"


def times_of(
    sentence: str,
    figures: Sequence[Span],
    segments: Sequence[Span],
    mentions: Sequence[PeriodMention],
    changes: Sequence[bool] = (),
) -> list[StatedTime]:
    """The time of each of `figures`; all spans are offsets in `sentence`.

    `changes` tells of each figure whether it is a change: only that has something it is measured against.
    """
    told = [mention for mention in mentions if mention.relation != "baseline"]
    baselines = [mention for mention in mentions if mention.relation == "baseline"]
    paired = _paired(sentence, figures, told)
    times: list[StatedTime] = []
    for position, (figure, segment) in enumerate(zip(figures, segments, strict=True)):
        is_change = position < len(changes) and changes[position]
        earlier = None if is_change else _earlier_level(sentence, figure, segment, baselines)
        if earlier:  # "compared with 3.1 million in the same period last year"
            main = next((time.period for time in reversed(times) if time.period), None)
            times.append(StatedTime(_shifted(sentence, earlier, main), "in", None, ""))
            continue
        mention = paired[position] if paired else _own(sentence, figure, segment, figures, segments, told)
        if mention is None and _comes_from(sentence, figure, figures):
            times.append(StatedTime(None, "before", None, ""))
            continue
        near = [one for one in baselines if _inside(one, segment)]
        if is_change and not near:
            near = [one for one in baselines if one.start >= figure.end and ";" not in sentence[figure.end : one.start]]
        against = _nearest(figure, near)
        if is_change and mention and not against and _AGAINST.search(sentence[segment.start : mention.start]):
            against, mention = mention, None
        times.append(
            StatedTime(
                mention.period if mention else None,
                mention.relation if mention else None,
                against.period if against else None,
                comparison_of(sentence, against) if against else "",
            )
        )
    return times


def _earlier_level(
    sentence: str, figure: Span, segment: Span, baselines: Sequence[PeriodMention]
) -> PeriodMention | None:
    """The earlier time that a level is told of behind "compared with", "against", "up from"."""
    before = sentence[max(0, segment.start - 16) : figure.start]
    if not _COMPARED_LEVEL.search(before):
        return None
    return next((one for one in baselines if figure.end <= one.start and _inside(one, segment)), None)


def _shifted(sentence: str, earlier: PeriodMention, main: Period | None) -> Period:
    """The main period in the earlier year, for "the same period last year"; else the earlier one itself."""
    around = sentence[max(0, earlier.start - 24) : earlier.end]
    if main is None or not _SAME_PERIOD.search(around) or main.days >= earlier.period.days:
        return earlier.period
    years = main.start.year - earlier.period.start.year
    start, end = (_years_back(day, years) for day in (main.start, main.end))
    return Period(start, end, earlier.period.text)


def _years_back(day: date, years: int) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - years, day=28 if is_leap_day else day.day)


def _comes_from(sentence: str, figure: Span, figures: Sequence[Span]) -> bool:
    """Whether a figure is where a change began: "from 214 to 187", "up from 26"."""
    return bool(_FROM.search(sentence[: figure.start])) and (
        any(
            re.match(r"[^.;]{0,24}\bto\s\Z", sentence[figure.end : other.start])
            for other in figures
            if other.start > figure.end
        )
        or bool(_UP_FROM.search(sentence[: figure.start]))
    )


def _own(
    sentence: str,
    figure: Span,
    segment: Span,
    figures: Sequence[Span],
    segments: Sequence[Span],
    told: Sequence[PeriodMention],
) -> PeriodMention | None:
    plain = [mention for mention in told if not is_bracketed(sentence, mention, figure)]
    inside = [mention for mention in plain if _inside(mention, segment)]
    found = _nearest(figure, inside) or _nearest(figure, [one for one in told if _inside(one, segment)])
    if found:
        return found
    clause = sentence.rfind("; ", 0, figure.start) + 1
    if _COMPARED_LEVEL.search(sentence[max(0, segment.start - 16) : figure.start]):
        return None
    opening = opening_mention(sentence, plain)
    if opening and opening.start < figures[0].start and not (clause and _AT_PRESENT.search(segment.of(sentence))):
        return opening
    before = _last_before(figure, [mention for mention in plain if mention.start >= clause])
    if before and _is_free(before, figures, segments):
        return before
    return next(
        (one for one in plain if one.start >= figure.end and _is_trailing(sentence, one, figure, figures)), None
    )


def _is_free(mention: PeriodMention, figures: Sequence[Span], segments: Sequence[Span]) -> bool:
    """Whether a period before the figure is not another figure's own: it stands before all of them, or leads."""
    owner = next((n for n, part in enumerate(segments) if _inside(mention, part)), None)
    return owner is None or mention.end <= figures[owner].start


def _is_trailing(sentence: str, mention: PeriodMention, figure: Span, figures: Sequence[Span]) -> bool:
    """Whether a period at the end of a list is that of each of its figures: "2% in A, 3% in B and 4% in C in 2023"."""
    between = sentence[figure.end : mention.start]
    if re.search(r"[;:]\s|\b(?:while|whereas|from|against|compared|but)\b", between):
        return False
    last = max((other for other in figures if other.end <= mention.start), default=figure, key=lambda other: other.end)
    return last != figure and len(between) < 120 and mention.start - last.end < 40


def _last_before(figure: Span, mentions: Sequence[PeriodMention]) -> PeriodMention | None:
    before = [mention for mention in mentions if mention.end <= figure.start]
    return before[-1] if before else None


def _paired(sentence: str, figures: Sequence[Span], told: Sequence[PeriodMention]) -> list[PeriodMention] | None:
    """One mention for each figure, in order, where a list of the one meets a list of the other."""
    if len(figures) < 2 or len(told) != len(figures):
        return None
    mentions_first = told[-1].end <= figures[0].start
    figures_first = figures[-1].end <= told[0].start
    if not (mentions_first or figures_first):
        return None
    listed = all(
        re.fullmatch(r"\W*(?:and|và|or|in|for|by|to)?\W*", sentence[a.end : b.start], re.IGNORECASE)
        for a, b in pairwise(told)
    )
    return list(told) if listed or "respectively" in sentence.lower() else None


def _inside(mention: PeriodMention, segment: Span) -> bool:
    return segment.start <= mention.start and mention.end <= segment.end


def _nearest(figure: Span, mentions: Sequence[PeriodMention]) -> PeriodMention | None:
    def gap(mention: PeriodMention) -> int:
        return max(mention.start - figure.end, figure.start - mention.end)

    return min(mentions, key=gap, default=None)
