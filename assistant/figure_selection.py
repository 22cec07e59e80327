"""Which readings lead an answer, which stand beside them, and why there is none.

One figure is led by the best reading that is of no other period, place or kind than asked; a
series by all its points in order of time; a comparison by one reading for each thing compared; an
attainment by target and result. Where only another year's, place's or kind's figure is told, that
is the reason to refuse.

>>> # select(figure_question(asked), ledger.matched(...)).leads[0].reading.text
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Evidence, Refusal
from assistant.figure_fit import PART, period_fit
from assistant.figure_likeness import (
    are_near,
    can_stand_in_series,
    conflicts,
    same_figure,
    same_place,
    same_scope,
    same_value,
)
from assistant.figure_question import FigureQuestion
from assistant.figure_shape import SEVERAL_YEARS
from assistant.fit import whole_year
from assistant.ledger import Matched
from corpus.document import Span
from corpus.periods import Period
from corpus.places import is_country
from index.reading import Reading

__all__ = ["Selection", "misfit", "select"]

LEAST_MATCH = 0.45  # of a reading's words with the question's, below which it is another matter
IN_BEST_EVIDENCE = 0.9  # of the best sentence's score
LEAST_IN_EVIDENCE = 0.3  # for a figure in the best evidence that fits place and time, where no other does
LEAST_LIKENESS = 0.5  # with which a figure in the best evidence is the one though it has other words
SURE_MATCH = 0.6  # with which the words leave little doubt
NEAR_BEST = 0.75  # of the best match: less is another indicator
SAME_SENSE = 0.8  # fit of a kind that is as good as the one asked for
OTHER_SENSE, OTHER_UNIT = -0.5, -0.5  # fits down to which a reading is not what is asked for
CLOSE_TO_NEAREST = 0.9  # of the nearest figure's likelihood: what a refusal shows
NEAREST = 4  # shown when refused
UNLIKE = 0.2  # cosine below which what is asked for and what is measured are two things
OTHERS = 7  # shown beside the lead
SAME_SCORE = 0.6  # by which another telling of the best figure may fall behind it
WHOLE_YEAR = 360  # days
# Why there is no lead; the first that applies is told.
CAUSES = {"place": Refusal.OTHER_PLACE, "period": Refusal.OTHER_PERIOD, "kind": Refusal.OTHER_KIND}

Test = Callable[[Matched], float]  # how well a reading is of one thing that is compared: 1, less, or 0 for not


@dataclass(frozen=True, slots=True)
class Selection:
    """What the ledger gives for a question."""

    question: FigureQuestion
    leads: tuple[Matched, ...]  # empty when refused
    others: tuple[Matched, ...]  # further figures of the same thing; when refused, the nearest
    refusal: Refusal | None
    is_sure: bool  # the words leave little doubt that this is the thing asked for

    @property
    def readings(self) -> tuple[Matched, ...]:
        """Leads and others."""
        return (*self.leads, *self.others)


def select(question: FigureQuestion, matched: Sequence[Matched]) -> Selection | None:
    """The selection for `question` from `matched` (best first); None where the record has no such figure."""
    usable = [one for one in matched if question.shape != "one" or one.fits.unit > OTHER_UNIT]
    alike = _alike(usable)
    if not alike:
        return None
    if question.shape == "series":
        return _series(question, alike)
    if question.shape == "comparison":
        return _comparison(question, alike)
    if question.shape == "attainment":
        return _attainment(question, alike, matched)
    return _one(question, alike, usable)


def misfit(question: FigureQuestion, matched: Sequence[Matched], best: Evidence) -> Selection | None:
    """The refusal that is due where the words that the reader would answer with are a figure that does not fit."""
    answer = best.answer
    if answer is None or question.asked.kind in ("reason", "list", "yes_no"):  # told in words around the figure
        return None
    document = best.passage.document_id
    named = [
        one
        for one in matched
        if one.reading.document_id == document and answer.overlaps(Span(one.reading.start, one.reading.end))
    ]
    wrong = next((one for one in named if one.mismatches), None)
    if wrong is None or any(not one.mismatches for one in named):
        of_another = bool(question.words) and bool(named) and all(_is_of_another_thing(one) for one in named)
        return _without(question, named, Refusal.NOT_SAID, named[0]) if of_another else None
    cause = next(refusal for name, refusal in CAUSES.items() if name in wrong.mismatches)
    alike = [wrong, *(one for one in matched if one is not wrong and one.likely >= wrong.likely)]
    return _without(question, alike, cause, wrong)


def _is_of_another_thing(one: Matched) -> bool:
    """Whether neither the words nor the meaning of what is asked for are told of a figure: a rate for a population."""
    return one.match == 0.0 and one.likeness < UNLIKE


def _alike(matched: Sequence[Matched]) -> list[Matched]:
    """Those that are told of what is asked for, by their words or by their meaning."""
    best = max((one.likely for one in matched), default=0.0)
    if best >= LEAST_MATCH:
        least = max(LEAST_MATCH, NEAR_BEST * best)
        return [one for one in matched if one.likely >= least]
    return [one for one in matched if one.evidence >= IN_BEST_EVIDENCE and one.likeness >= LEAST_LIKENESS]


def _one(question: FigureQuestion, alike: Sequence[Matched], matched: Sequence[Matched]) -> Selection | None:
    """The best reading that fits, with the one that contradicts it."""
    fitting = [one for one in alike if _fits(one)] or [
        one for one in matched if _fits(one) and one.evidence >= IN_BEST_EVIDENCE and one.likely >= LEAST_IN_EVIDENCE
    ]
    if not fitting:
        return _refused(question, alike)
    if question.kind:
        fitting = [one for one in fitting if one.fits.kind >= SAME_SENSE] or fitting
    if question.latest and not question.periods:
        fitting = _latest_first(fitting)
    lead = _best_told(fitting)
    against = [] if question.names_source else [one for one in fitting if conflicts(lead.reading, one.reading)][:1]
    is_sure = lead.likely >= SURE_MATCH and lead.fits.unit >= 0.0
    return _led(question, [lead, *against], alike, is_sure=is_sure)


def _fits(one: Matched) -> bool:
    return not one.mismatches and one.fits.kind > OTHER_SENSE


def _best_told(fitting: Sequence[Matched]) -> Matched:
    """The best reading, or one of the same figure that is told in full words, by a report before a call."""
    best = fitting[0]
    same = [one for one in fitting if one.score >= best.score - SAME_SCORE and same_figure(one.reading, best.reading)]
    return max(same, key=lambda one: (one.reading.indicator_known == "stated", one.document.kind == "article"))


def _latest_first(fitting: list[Matched]) -> list[Matched]:
    """The readings of the best one's kind of figure, the one of the latest time first."""
    best = fitting[0].reading
    dated = [
        (one.reading.period.end, one)
        for one in fitting
        if one.reading.period and can_stand_in_series(best, one.reading)
    ]
    return [one for _, one in sorted(dated, key=lambda item: item[0], reverse=True)] or fitting


def _series(question: FigureQuestion, alike: Sequence[Matched]) -> Selection | None:
    """One reading for each time, in order; half years and months stand beside where there are years."""
    wanted = [one for one in alike if "place" not in one.mismatches and one.reading.kind not in ("change", "target")]
    if not wanted:
        return _refused(question, alike)
    best = wanted[0]
    points: dict[Period, list[Matched]] = {}
    for one in wanted:
        period = one.reading.period
        in_row = can_stand_in_series(best.reading, one.reading) and same_scope(best.reading, one.reading)
        if period and in_row and _is_inside(question, period):
            points.setdefault(period, []).append(one)
    if not points:
        return _refused(question, alike)
    in_order = sorted(points, key=lambda period: (period.end, period.start))
    years = [period for period in in_order if period.days > WHOLE_YEAR]
    leads = [_best_told(points[period]) for period in (years if len(years) > 1 else in_order)]
    if len(leads) == 1:  # a rank of one year, "up 15 places compared to 2022"
        leads += [one for one in alike if _is_its_change(one.reading, leads[0].reading)][:1]
    return _led(question, leads, alike, is_sure=best.likely >= SURE_MATCH)


def _is_inside(question: FigureQuestion, period: Period) -> bool:
    """Whether a period lies in the time that a series is asked of; "since 2021" has no end."""
    if not question.periods:
        return True
    is_open = len(question.periods) == 1 and "since" in question.asked.question.lower()
    first = min(wanted.start for wanted in question.periods)
    last = max(wanted.end for wanted in question.periods)
    return period.end >= first and (is_open or period.start <= last)


def _comparison(question: FigureQuestion, alike: Sequence[Matched]) -> Selection | None:
    """One reading for each thing compared; refused where one of them is missing."""
    cause, tests = _compared(question, alike)
    if not tests:
        return _one(replace(question, shape="one"), alike, alike)
    levels = [one for one in alike if one.reading.kind not in ("change", "target")] or alike
    leads: list[Matched] = []
    for test in tests:
        left = [one for one in levels if one not in leads]
        if leads:
            left = [one for one in left if can_stand_in_series(leads[0].reading, one.reading)]
        if cause == "period" and leads:
            left = [one for one in left if same_scope(leads[0].reading, one.reading)]
        if cause == "period" and question.places:
            left = [one for one in left if "place" not in one.mismatches]
        best = max(map(test, left), default=0.0)
        found = [one for one in left if test(one) == best > 0]
        if cause == "place" and question.periods:
            found = [one for one in found if "period" not in one.mismatches] or found
        if not found:  # where one side is told, the evidence may tell both in words of its own
            return None if leads and cause == "period" else _without(question, alike, CAUSES[cause], alike[0])
        leads.append(_best_told(found))
    return _led(question, leads, alike, is_sure=leads[0].likely >= SURE_MATCH)


def _compared(question: FigureQuestion, alike: Sequence[Matched]) -> tuple[str, list[Test]]:
    """What is compared, "place" or "period", and a test for each of them; none where it cannot be told."""
    nation = next((one.reading.scope for one in alike if is_country(one.reading.scope)), "")
    places = list(question.places)
    if question.nation and nation and len(places) == 1 and not is_country(places[0]):
        places.append(nation)
    if len(places) > 1:
        return "place", [_is_of(place) for place in places]
    if len(question.periods) > 1:
        return "period", [_is_in(period) for period in sorted(question.periods, key=lambda one: one.start)]
    if question.periods and question.periods[0].days > SEVERAL_YEARS:
        return "period", [_is_in(whole_year(day.year)) for day in (question.periods[0].start, question.periods[0].end)]
    return "", []


def _is_of(place: str) -> Test:
    return lambda one: float(bool(one.reading.scope) and same_place(one.reading.scope, place))


def _is_in(period: Period) -> Test:
    def fit(one: Matched) -> float:
        found = period_fit(period, one.reading.period) if one.reading.period else 0.0
        return found if found >= PART else 0.0

    return fit


def _attainment(question: FigureQuestion, alike: Sequence[Matched], matched: Sequence[Matched]) -> Selection | None:
    """The result and the target of one indicator: told together, else of one time."""
    targets = [one for one in alike if one.reading.kind == "target" and "place" not in one.mismatches]
    target = next((one for one in targets if "period" not in one.mismatches), targets[0] if targets else None)
    results = [one for one in matched if target and _is_result(one, target, alike)]
    if target is None or not results:
        return _one(replace(question, shape="one"), alike, alike)

    def nearness(one: Matched) -> tuple[bool, bool, bool, bool, float]:
        in_time = "period" not in one.mismatches
        same_sentence = one.reading.sentence == target.reading.sentence
        same_thing = one in alike and one.document.id == target.document.id
        return in_time, same_sentence, same_thing, are_near(one.reading, target.reading), one.score

    return _led(question, [max(results, key=nearness), target], alike, is_sure=target.likely >= SURE_MATCH)


def _is_result(one: Matched, target: Matched, alike: Sequence[Matched]) -> bool:
    """Whether a reading tells what was reached of the thing that `target` is a target of."""
    return (
        one.reading.kind in ("actual", "estimate", "count", "rank")
        and "place" not in one.mismatches
        and one.reading.unit == target.reading.unit
        and (one in alike or are_near(one.reading, target.reading))
    )


def _led(question: FigureQuestion, leads: Sequence[Matched], alike: Sequence[Matched], *, is_sure: bool) -> Selection:
    """The leads, with further figures of the same thing beside them."""
    rest = [one for one in alike if one not in leads]
    return Selection(question, tuple(leads), tuple(_beside(leads, rest)), None, is_sure)


def _refused(question: FigureQuestion, alike: Sequence[Matched]) -> Selection | None:
    """Why none of those told of the thing is the one asked for; None where nothing speaks against them."""
    nearest = next((one for one in alike if one.mismatches), None)
    if nearest is None:
        return None
    cause = next(refusal for name, refusal in CAUSES.items() if name in nearest.mismatches)
    return _without(question, alike, cause, nearest)


def _without(question: FigureQuestion, alike: Sequence[Matched], cause: Refusal, nearest: Matched) -> Selection:
    """No lead; the nearest figures, each once."""
    kept: list[Matched] = []
    close = [one for one in alike if one.likely >= CLOSE_TO_NEAREST * nearest.likely]
    for one in [nearest, *(one for one in close if one is not nearest)]:
        if not any(same_value(one.reading, other.reading) for other in kept):
            kept.append(one)
    return Selection(question, (), tuple(kept[:NEAREST]), cause, nearest.likely >= SURE_MATCH)


def _beside(leads: Sequence[Matched], rest: Sequence[Matched]) -> list[Matched]:
    """Further figures of the same thing, each once; of those that agree with a lead only what another source tells."""
    kept: list[Matched] = []
    changes = [one for one in rest if any(_is_its_change(one.reading, lead.reading) for lead in leads)]
    for one in (*changes, *(one for one in rest if one not in changes)):
        reading = one.reading
        if one not in changes and not any(can_stand_in_series(lead.reading, reading) for lead in leads):
            continue
        again = [other for other in (*leads, *kept) if same_value(reading, other.reading)]
        if not again:
            kept.append(one)
        elif all(other in leads and one.document.id != other.document.id for other in again):
            if any(same_figure(reading, other.reading) for other in again):
                kept.append(one)
        else:  # told again: the telling that says more of it stands
            kept = [one if other in again and _says_more(one, other) else other for other in kept]
    return sorted(kept[:OTHERS], key=lambda one: one in changes)  # never cut away, but levels are read first


def _says_more(one: Matched, other: Matched) -> bool:
    def told(item: Matched) -> tuple[bool, bool, bool]:
        reading = item.reading
        return reading.period is not None, item.document.kind == "article", reading.indicator_known == "stated"

    return told(one) > told(other)


def _is_its_change(reading: Reading, lead: Reading) -> bool:
    """Whether a reading tells the change of the lead: in its sentence, so of its thing."""
    return reading.kind == "change" and (lead.document_id, lead.sentence) == (reading.document_id, reading.sentence)
