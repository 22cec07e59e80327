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
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.document import Span
from corpus.periods import Period, PeriodMention, Relation, find_periods
from index.figure_mentions import comparison_of, is_bracketed, opening_mention
from index.figure_relative import RelativeTime, shifted

__all__ = ["StatedTime", "is_way", "times_of"]

_AGAINST = re.compile(
    r"(?:\b(?:on|over|from|against|than in|than|vs\.?|versus)|\bgegenüber|\bpar rapport à)\s(?:the\s)?\Z", re.IGNORECASE
)
_COMPARED_LEVEL = re.compile(
    r"(?:\bcompared (?:to|with)|\bagainst|\bversus|\bfrom|\bafter|\bthan|\bso với)\s(?:an? |the )?(?:\w+ ){0,3}\Z",
    re.IGNORECASE,
)
_SAME_PERIOD = re.compile(r"\bsame (?:period|time|quarter|months?|half)|cùng kỳ", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|từ|von|de) (?:an? |about |nearly |over |the )?\Z", re.IGNORECASE)
_TO_END = re.compile(r"[^.;]{0,32}\b(?:to|đến|lên|xuống|còn|auf|à)\s(?:about |over |nearly )?")
_SET_OFF = re.compile(r",\sfrom (?:an? |about |the )?\Z", re.IGNORECASE)
_UP_FROM = re.compile(
    r"\b(?:up|down|rose|fell|risen|fallen|grew|increase[sd]?|decrease[sd]?|dropped),?(?: slightly| sharply)?"
    r" from (?:an? |about |the )?\Z",
    re.IGNORECASE,
)
_TO_LEVEL = re.compile(r"\b(?:to|at)\s(?:about |over |nearly )?\Z")
_FROM_GAP = re.compile(r"[^.;]{0,32}\bfrom\s(?:about |over |nearly )?")
_WAY_ENDS = re.compile(r"\b(?:to|đến|lên|xuống)\s\Z")
_THAN = re.compile(r"than|compared|against|over|als", re.IGNORECASE)
_WAY_OF_TIME = re.compile(r"(.+?)\s(?:and|to|until|đến|bis|und)\s(.+)")
_AT_PRESENT = re.compile(
    r"\b(?:so far|to date|currently|now|today|at present|already|(?:has|have) since)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class StatedTime:
    """What a sentence says of one figure's time."""

    period: Period | None
    relation: Relation | None
    baseline: Period | None
    comparison: str  # the words of the baseline: "compared to 2022"
    months_back: int = 0  # from the time of what the figure is told beside: "1,275 MW twelve months before"
    is_span: bool = False  # of a way that is told as a whole: "from 214 to 187 over the past year"
    baseline_back: int = 0  # from its own time: "up 4% on the year"
    is_aside: bool = False  # an earlier level: what follows is not of its time


def times_of(
    sentence: str,
    figures: Sequence[Span],
    segments: Sequence[Span],
    mentions: Sequence[PeriodMention],
    changes: Sequence[bool] = (),
    relatives: Sequence[RelativeTime] = (),
) -> list[StatedTime]:
    """The time of each of `figures`; all spans are offsets in `sentence`.

    `changes` tells of each figure whether it is a change: only that has something it is measured against.
    """
    told = [mention for mention in mentions if mention.relation != "baseline"]
    baselines = [mention for mention in mentions if mention.relation == "baseline"]
    paired = _paired(sentence, figures, told)
    ends = _ends_of_ways(sentence, figures, told)
    times: list[StatedTime] = []
    bracketed: RelativeTime | None = None
    for position, (figure, segment) in enumerate(zip(figures, segments, strict=True)):
        is_change = position < len(changes) and changes[position]
        relative = _relative_beside(sentence, position, figures, segments, relatives, is_change=is_change)
        if _is_in_brackets(sentence, position, figures):
            relative, bracketed = (
                relative or bracketed,
                relative or bracketed,
            )  # "North 12 (previous year 10), South 9 (8)"
        if position in ends:
            times.append(StatedTime(ends[position], "in", None, ""))
            continue
        if relative and not is_change:
            times.append(StatedTime(None, "before", None, "", relative.months, is_aside=True))
            continue
        earlier = None if is_change else _earlier_level(sentence, figure, segment, baselines)
        if earlier:  # "compared with 3.1 million in the same period last year"
            main = next((time.period for time in reversed(times) if time.period), None)
            times.append(StatedTime(_shifted(sentence, earlier, main), "in", None, "", is_aside=True))
            continue
        mention = paired[position] if paired else _own(sentence, figure, segment, figures, segments, told)
        own = mention is not None and mention.start >= figure.end and _inside(mention, segment)
        if not own and _comes_from(sentence, figure, figures):
            span = next((one.months for one in relatives if one.is_span and one.start > figure.end), 0)
            times.append(StatedTime(None, "before", None, "", span, is_span=True))
            continue
        near = [one for one in baselines if _inside(one, segment)]
        if is_change and not near:
            near = [one for one in baselines if one.start >= figure.end and ";" not in sentence[figure.end : one.start]]
        against = _nearest(figure, near)
        if is_change and mention and not against and _AGAINST.search(sentence[segment.start : mention.start]):
            against, mention = mention, None
        compared = _is_compared(sentence, figure, segment)
        main = mention.period if mention else next((time.period for time in reversed(times) if time.period), None)
        words = comparison_of(sentence, against) if against else ""
        if is_change and relative and not against:
            words = sentence[relative.start : relative.end]
        times.append(
            StatedTime(
                mention.period if mention else None,
                mention.relation if mention else None,
                _shifted(sentence, against, main) if against else None,
                words,
                baseline_back=relative.months if is_change and relative and not against else 0,
                is_aside=compared and not is_change,
            )
        )
    return _with_ways(sentence, figures, times, changes)


def _relative_beside(
    sentence: str,
    position: int,
    figures: Sequence[Span],
    segments: Sequence[Span],
    relatives: Sequence[RelativeTime],
    *,
    is_change: bool,
) -> RelativeTime | None:
    """The relative time in a figure's own part of the sentence; for a list, the one behind its last figure."""
    segment = segments[position]
    start = figures[position - 1].end if position else 0
    end = figures[position + 1].start if position + 1 < len(figures) else len(sentence)
    inside = [
        one
        for one in relatives
        if not one.is_span and max(segment.start - 1, start) <= one.start and one.end <= min(end, segment.end + 1)
    ]
    compared = [one for one in inside if one.start >= figures[position].end and _THAN.match(sentence, one.start)]
    if compared and not is_change:  # "54%, lower than four years ago" is of today
        return None
    return inside[0] if inside else None


def _is_in_brackets(sentence: str, position: int, figures: Sequence[Span]) -> bool:
    """Whether nothing but a relative time stands beside a figure in brackets right behind another figure."""
    figure = figures[position]
    gap = sentence[figures[position - 1].end : figure.start] if position else ""
    return gap.lstrip().startswith("(") and sentence.startswith(")", figure.end)


def is_way(sentence: str, first: Span, second: Span) -> bool:
    """Whether two figures are the ends of one way: "from 214 to 187"."""
    opened = _FROM.search(sentence[: first.start])
    return bool(opened and _TO_END.fullmatch(sentence[first.end : second.start]))


def _ends_of_ways(sentence: str, figures: Sequence[Span], told: Sequence[PeriodMention]) -> dict[int, Period]:
    """The time of each end of "from 41% to 56% between 2021 and 2023", by the position of the figure."""
    ends: dict[int, Period] = {}
    for position, (first, second) in enumerate(pairwise(figures)):
        if not is_way(sentence, first, second):
            continue
        for mention in told:
            parts = _WAY_OF_TIME.fullmatch(mention.period.text)
            found = [find_periods(part, year_hint=mention.period.end.year) for part in parts.groups()] if parts else []
            beside = 0 <= mention.start - second.end < 40 or 0 <= first.start - mention.end < 60
            if beside and len(found) == 2 and all(len(one) == 1 for one in found):
                ends |= {position: found[0][0].period, position + 1: found[1][0].period}
    return ends


def _with_ways(
    sentence: str, figures: Sequence[Span], times: list[StatedTime], changes: Sequence[bool]
) -> list[StatedTime]:
    """A change is of the way told behind it: "doubled, from 18 in 2018 to 36 in 2023"."""
    for position in range(len(times) - 2):
        first, last = times[position + 1], times[position + 2]
        walked = is_way(sentence, figures[position + 1], figures[position + 2])
        if walked and position < len(changes) and changes[position] and first.period and last.period:
            between = sentence[figures[position].end : figures[position + 1].start]
            if len(between) < 60 and not re.search(r"[.;]", between):
                times[position] = replace(times[position], period=last.period, relation="in", baseline=first.period)
    return times


def _is_compared(sentence: str, figure: Span, segment: Span) -> bool:
    """Whether a figure is told as an earlier level: "against 12", but not the end of "from 12 to 15"."""
    before = sentence[max(0, segment.start - 16) : figure.start]
    return _COMPARED_LEVEL.search(before) is not None and not _WAY_ENDS.search(before)


def _earlier_level(
    sentence: str, figure: Span, segment: Span, baselines: Sequence[PeriodMention]
) -> PeriodMention | None:
    """The earlier time that a level is told of behind "compared with", "against", "up from"."""
    if not _is_compared(sentence, figure, segment):
        return None
    return next((one for one in baselines if figure.end <= one.start and _inside(one, segment)), None)


def _shifted(sentence: str, earlier: PeriodMention, main: Period | None) -> Period:
    """The main period in the earlier year, for "the same period last year"; else the earlier one itself."""
    around = sentence[max(0, earlier.start - 24) : earlier.end]
    if main is None or not _SAME_PERIOD.search(around) or main.days >= earlier.period.days or main == earlier.period:
        return earlier.period
    return replace(shifted(main, 12 * (main.start.year - earlier.period.start.year)), text=earlier.period.text)


def _comes_from(sentence: str, figure: Span, figures: Sequence[Span]) -> bool:
    """Whether a figure is where a change began: "from 214 to 187", "up from 26", "5,200, from 4,700"."""
    before = sentence[: figure.start]
    if not _FROM.search(before):
        return False
    goes_on = any(is_way(sentence, figure, other) for other in figures if other.start > figure.end)
    earlier = [other for other in figures if other.end < figure.start]
    if (
        earlier
        and _TO_LEVEL.search(sentence[: earlier[-1].start])
        and _FROM_GAP.fullmatch(sentence[earlier[-1].end : figure.start])
    ):
        return True  # "to 41,200 from 42,900"
    return goes_on or _UP_FROM.search(before) is not None or _SET_OFF.search(before) is not None


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
    if _AT_PRESENT.search(sentence, segment.start, figure.start):  # "by 2028; today 31 of 240 are"
        return None
    clause = sentence.rfind("; ", 0, figure.start) + 1
    if _is_compared(sentence, figure, segment):
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
    if re.search(r";\s|\b(?:while|whereas|from|against|compared|but)\b", between):
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
