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

from assistant.answer import Refusal
from assistant.figure_fit import PART, is_percentage, period_fit
from assistant.figure_question import FigureQuestion
from assistant.ledger import Matched
from corpus.periods import Period
from corpus.places import is_country, normal_place
from index.reading import Reading
from index.terms import terms

__all__ = ["Selection", "conflicts", "same_figure", "select"]

LEAST_MATCH = 0.45  # of a reading's words with the question's, below which it is another matter
IN_BEST_EVIDENCE = 0.9  # of the best sentence's score
LEAST_IN_EVIDENCE = 0.3  # for a figure in the best evidence that fits place and time, where no other does
LEAST_LIKENESS = 0.6  # with which a figure in the best evidence is the one though it has other words
SURE_MATCH = 0.6  # with which the words leave little doubt
NEAR_BEST = 0.75  # of the best match: less is another indicator
OTHERS = 6  # shown beside the lead
SAME_SCORE = 0.6  # by which another telling of the best figure may fall behind it
CAUSES = {"period": Refusal.OTHER_PERIOD, "place": Refusal.OTHER_PLACE, "kind": Refusal.OTHER_KIND}
SHARED_WORDS = 0.6  # of the shorter of two indicators that are one
EQUAL = 1e-9  # relative


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
    usable = [one for one in matched if (one.fits.unit or 0.0) > -0.5 or question.shape != "one"]
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


def same_figure(first: Reading, second: Reading) -> bool:
    """Whether two readings tell the same value of the same time, scope and kind."""
    return _same_value(first, second) and _same_sense(first, second)


def conflicts(first: Reading, second: Reading) -> bool:
    """Whether two readings of one indicator contradict: same time, scope, kind and unit, another value."""
    exact = first.period is not None and second.period is not None
    apart = first.document_id != second.document_id and _same_thing(first, second)
    return (
        exact and apart and _same_sense(first, second) and first.unit == second.unit and not _same_value(first, second)
    )


def _alike(matched: Sequence[Matched]) -> list[Matched]:
    """Those that are told of what is asked for, by their words or by their meaning."""
    best = max((one.likely for one in matched), default=0.0)
    if best >= LEAST_MATCH:
        least = max(LEAST_MATCH, NEAR_BEST * best)
        return [one for one in matched if one.likely >= least]
    return [one for one in matched if one.evidence >= IN_BEST_EVIDENCE and one.likeness >= LEAST_LIKENESS]


def _one(question: FigureQuestion, alike: list[Matched], matched: Sequence[Matched]) -> Selection | None:
    fitting = [one for one in alike if _fits(one)] or [
        one for one in matched if _fits(one) and one.evidence >= IN_BEST_EVIDENCE and one.likely >= LEAST_IN_EVIDENCE
    ]
    if not fitting:
        return _refused(question, alike)
    if question.kind:
        fitting = [one for one in fitting if (one.fits.kind or 0.0) >= 0.8] or fitting
    if question.latest and not question.periods:
        fitting = _latest_first(fitting)
    lead = _best_told(fitting)
    against = [] if question.names_source else [one for one in fitting if conflicts(lead.reading, one.reading)][:1]
    leads = [lead, *against]
    others = _besides(leads, [one for one in alike if one not in leads])
    sure = lead.likely >= SURE_MATCH and (lead.fits.unit or 0.0) >= 0.0
    return Selection(question, tuple(leads), tuple(others), None, sure)


def _fits(one: Matched) -> bool:
    return not one.mismatches and (one.fits.kind or 0.0) > -0.5


def _best_told(fitting: Sequence[Matched]) -> Matched:
    """The best reading, or one of the same figure that is told in full words, by a report before a call."""
    best = fitting[0]
    same = [one for one in fitting if one.score >= best.score - SAME_SCORE and same_figure(one.reading, best.reading)]
    return max(same, key=lambda one: (one.reading.indicator_known == "stated", one.document.kind == "article"))


def _latest_first(fitting: list[Matched]) -> list[Matched]:
    """The readings of the best one's kind of figure, the one of the latest time first."""
    best = fitting[0]
    levels = [one for one in fitting if _like(best.reading, one.reading) and one.reading.period]
    return sorted(levels, key=lambda one: one.reading.period.end, reverse=True) or fitting  # type: ignore[union-attr]


def _refused(question: FigureQuestion, alike: list[Matched]) -> Selection | None:
    nearest = next((one for one in alike if one.mismatches), None)
    if nearest is None:
        return None
    names = nearest.mismatches
    cause = next(CAUSES[name] for name in ("place", "period", "kind") if name in names)
    sure = nearest.likely >= SURE_MATCH
    return Selection(question, (), tuple(_distinct(alike)[:OTHERS]), cause, sure)


def _series(question: FigureQuestion, alike: list[Matched]) -> Selection | None:
    wanted = [one for one in alike if "place" not in one.mismatches and one.reading.kind not in ("change", "target")]
    if not wanted:
        return _refused(question, alike)
    best = wanted[0]
    points: dict[tuple[object, ...], list[Matched]] = {}
    for one in wanted:
        period = one.reading.period
        if period is None or not _like(best.reading, one.reading) or not _same_scope(best.reading, one.reading):
            continue
        if question.periods and not _inside(question, period):
            continue
        points.setdefault((period.start, period.end), []).append(one)
    leads = sorted(map(_best_told, points.values()), key=lambda one: (one.reading.period.end, one.reading.period.start))  # type: ignore[union-attr]
    if not leads:
        return _refused(question, alike)
    whole = [one for one in leads if one.reading.period and one.reading.period.days > 360]
    if len(whole) > 1:  # years are the series; half years and months stand beside
        leads = whole
    taken = {id(one) for one in leads}
    rest = [one for one in alike if id(one) not in taken]
    return Selection(question, tuple(leads), tuple(_besides(leads, rest)), None, best.likely >= SURE_MATCH)


def _inside(question: FigureQuestion, period: Period) -> bool:
    since = len(question.periods) == 1 and "since" in question.asked.question.lower()
    first = min(wanted.start for wanted in question.periods)
    last = max(wanted.end for wanted in question.periods)
    return period.end >= first and (since or period.start <= last)


def _comparison(question: FigureQuestion, alike: list[Matched]) -> Selection | None:
    """One reading for each thing compared; refused where one of them is missing."""
    fixed = _without_changes(alike)
    tests: list[tuple[str, Callable[[Matched], bool]]] = []
    nation = next((one.reading.scope for one in alike if is_country(one.reading.scope)), "")
    places = [*question.places, nation] if question.nation and nation and len(question.places) == 1 else question.places
    if len(places) > 1:
        tests = [("place", _is_of(place)) for place in places]
    elif len(question.periods) > 1:
        tests = [("period", _is_in(period)) for period in sorted(question.periods, key=lambda one: one.start)]
    elif question.periods and question.periods[0].days > 400:
        first, last = question.periods[0].start.year, question.periods[0].end.year
        tests = [("period", _is_in_year(year)) for year in (first, last)]
    if not tests:
        return _one(replace(question, shape="one"), alike, alike)
    leads: list[Matched] = []
    for name, test in tests:
        found = [one for one in fixed if test(one) and (not leads or _like(leads[0].reading, one.reading))]
        if name == "place" and question.periods:
            found = [one for one in found if "period" not in one.mismatches] or found
        if name == "period" and question.places:
            found = [one for one in found if "place" not in one.mismatches]
        if not found:
            cause = CAUSES[name]
            return Selection(
                question, (), tuple(_distinct(alike)[:OTHERS]), cause, is_sure=alike[0].likely >= SURE_MATCH
            )
        leads.append(_best_told(found))
    rest = [one for one in alike if all(one is not lead for lead in leads)]
    return Selection(question, tuple(leads), tuple(_besides(leads, rest)), None, leads[0].likely >= SURE_MATCH)


def _attainment(question: FigureQuestion, alike: list[Matched], matched: Sequence[Matched]) -> Selection | None:
    """The result and the target of one indicator: told together, else of one time."""
    targets = [one for one in alike if one.reading.kind == "target" and "place" not in one.mismatches]
    fitting = [one for one in targets if "period" not in one.mismatches] or targets
    if not fitting:
        return _one(replace(question, shape="one"), alike, alike)
    target = fitting[0]
    results = [
        one
        for one in matched
        if one.reading.kind in ("actual", "estimate", "count", "rank")
        and "place" not in one.mismatches
        and (one.reading.unit == target.reading.unit)
        and (one in alike or _told_together(one.reading, target.reading))
    ]
    if not results:
        return _one(replace(question, shape="one"), alike, alike)

    def nearness(one: Matched) -> tuple[bool, bool, bool, bool, bool, float]:
        in_time = "period" not in one.mismatches
        same_sentence = one.reading.sentence == target.reading.sentence
        same_thing = one in alike and one.document.id == target.document.id
        together = _told_together(one.reading, target.reading)
        return in_time, same_sentence, same_thing, together, _meets(one.reading, target.reading), one.score

    leads = [max(results, key=nearness), target]
    rest = [one for one in alike if all(one is not lead for lead in leads)]
    return Selection(question, tuple(leads), tuple(_besides(leads, rest)), None, target.likely >= SURE_MATCH)


def _told_together(first: Reading, second: Reading) -> bool:
    """Whether two figures stand in one sentence or in sentences that follow each other."""
    gap = max(first.sentence.start - second.sentence.end, second.sentence.start - first.sentence.end)
    return first.document_id == second.document_id and gap <= 2


def _meets(result: Reading, target: Reading) -> bool:
    return result.period is not None and target.period is not None and period_fit(target.period, result.period) > 0


def _besides(leads: Sequence[Matched], rest: Sequence[Matched]) -> list[Matched]:
    """Further figures of the same thing, each once; of those that agree with a lead only what another source tells."""
    kept: list[Matched] = []
    for one in rest:
        if not any(_like(lead.reading, one.reading) or _belongs(lead.reading, one.reading) for lead in leads):
            continue
        known = [*leads, *kept]
        again = [other for other in known if _same_value(one.reading, other.reading)]
        if any(one.document.id == other.document.id or other not in leads for other in again):
            continue
        if again and not any(same_figure(one.reading, other.reading) for other in again):
            continue  # the same number told again, with less said about it
        kept.append(one)
    return kept[:OTHERS]


def _belongs(lead: Reading, other: Reading) -> bool:
    return other.kind == "change" and (lead.document_id, lead.sentence) == (other.document_id, other.sentence)


def _distinct(matched: Sequence[Matched]) -> list[Matched]:
    kept: list[Matched] = []
    for one in matched:
        if not any(same_figure(one.reading, other.reading) for other in kept):
            kept.append(one)
    return kept


def _without_changes(alike: Sequence[Matched]) -> list[Matched]:
    return [one for one in alike if one.reading.kind not in ("change", "target")] or list(alike)


def _like(first: Reading, second: Reading) -> bool:
    """Whether two readings can stand in one series: both shares, or both in one unit; levels or changes."""
    levels = (first.kind == "change") == (second.kind == "change")
    return levels and (first.unit == second.unit or (is_percentage(first) and is_percentage(second)))


def _same_scope(first: Reading, second: Reading) -> bool:
    return not first.scope or not second.scope or normal_place(first.scope) == normal_place(second.scope)


def _same_sense(first: Reading, second: Reading) -> bool:
    if first.period is None or second.period is None:
        same_time = first.period is second.period
    else:
        same_time = (first.period.start, first.period.end) == (second.period.start, second.period.end)
    kinds = {first.kind, second.kind}
    return same_time and _same_scope(first, second) and (len(kinds) == 1 or kinds == {"actual", "count"})


def _same_thing(first: Reading, second: Reading) -> bool:
    """Whether two indicators share most of their words."""
    a, b = ({term.stem for term in terms(one.indicator)} for one in (first, second))
    return bool(a and b) and len(a & b) >= SHARED_WORDS * min(len(a), len(b))


def _same_value(first: Reading, second: Reading) -> bool:
    scale = max(abs(first.value), abs(second.value), EQUAL)
    return first.unit == second.unit and abs(first.value - second.value) <= EQUAL * scale


def _is_of(place: str) -> Callable[[Matched], bool]:
    return lambda one: bool(one.reading.scope) and normal_place(one.reading.scope) == normal_place(place)


def _is_in(period: Period) -> Callable[[Matched], bool]:
    return lambda one: one.reading.period is not None and period_fit(period, one.reading.period) >= PART


def _is_in_year(year: int) -> Callable[[Matched], bool]:
    return lambda one: (
        one.reading.period is not None and one.reading.period.start.year == year == one.reading.period.end.year
    )
