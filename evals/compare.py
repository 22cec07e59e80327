"""Two runs of one suite, question by question: better, worse, or it cannot be told.

Only questions that both runs have, ask in the same words and could answer are compared. "Better"
and "worse" are said only where two methods agree: the 95 % interval of the difference, from
resamples of whole groups (a document, a meeting), leaves out zero, and a paired test of the
questions gives p < .05. Knows nothing of files, and of what follows from it (evals/gate.py).

    comparison = compare(load_run(before), load_run(after), suite.measures)
    comparison.headline  # "Better: right and cited rises from 83.7 % to 88.5 % (+4.8 points; …"
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus.errors import InputError
from evals.case import Case, Score
from evals.contrast import Contrast, Verdict, contrast_of, counted, headline
from evals.given import Given
from evals.measures import Measure, group_weights
from evals.run import Result, Run

__all__ = ["Changed", "Comparison", "Side", "compare"]

Outcome = Literal["lost", "won", "different"]

FEW_GROUPS = 10  # Cameron, Gelbach and Miller 2008, doi:10.1162/rest.90.3.414


@dataclass(frozen=True, slots=True)
class Side:
    """What one run gave to a question, and its score in the deciding measure."""

    given: str
    score: float | None
    why: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A question that the two runs answered differently, side by side."""

    outcome: Outcome  # in the deciding measure; "different": neither
    case: Case
    before: Side
    after: Side


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that can be said of two runs of one suite; questions are named by their ids."""

    first: Run
    second: Run
    count: int  # questions compared
    contrasts: tuple[Contrast, ...]  # in the order of the measures; the first decides
    changed: tuple[Changed, ...]  # the lost ones, those won, the others
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    altered: tuple[str, ...]  # in both, but another question or another answer expected
    failed_first: tuple[str, ...]  # could not be asked
    failed_second: tuple[str, ...]
    notes: tuple[str, ...] = ()  # what to know before believing it

    @property
    def deciding(self) -> Contrast:
        """The measure that decides."""
        return self.contrasts[0]

    @property
    def verdict(self) -> Verdict:
        """That of the deciding measure."""
        return self.deciding.verdict

    @property
    def headline(self) -> str:
        """The verdict in a few sentences, for readers without statistics."""
        return headline(self.deciding)


def compare(first: Run, second: Run, measures: Sequence[Measure]) -> Comparison:
    """Compare `second` with `first`, paired by the cases' ids; `measures` holds at least one.

    Both values of a measure are over the same questions, each over those that its run could
    score. Raises InputError when the suites differ or no question is shared.
    """
    if first.suite != second.suite:
        raise InputError(
            f"The runs are of different suites, {first.suite} and {second.suite}. Compare two runs of the same one."
        )
    later = {result.case.id: result for result in second.results}
    shared = [(one, later[one.case.id]) for one in first.results if one.case.id in later]
    same = [(one, other) for one, other in shared if _asked(one.case) == _asked(other.case)]
    if not same:
        raise InputError(
            f"The runs share no question ({len(first.results)} and {len(second.results)} of {first.suite}). "
            f"Put the same questions to both: rapporteur eval run --suite {first.suite}"
        )
    pairs = [(one, other) for one, other in same if one.given and other.given]
    before = replace(first, results=tuple(one for one, _ in pairs))
    after = replace(second, results=tuple(other for _, other in pairs))
    weights = group_weights(before.groups)
    contrasts = tuple(contrast_of(measure, before, after, weights) for measure in measures)
    earlier = {one.case.id for one in first.results}
    comparison = Comparison(
        first=first,
        second=second,
        count=len(pairs),
        contrasts=contrasts,
        changed=_changed(pairs, contrasts[0]),
        only_first=tuple(one.case.id for one in first.results if one.case.id not in later),
        only_second=tuple(name for name in later if name not in earlier),
        altered=tuple(one.case.id for one, other in shared if _asked(one.case) != _asked(other.case)),
        failed_first=tuple(one.case.id for one, _ in same if not one.given),
        failed_second=tuple(other.case.id for _, other in same if not other.given),
    )
    return replace(comparison, notes=tuple(_notes(comparison, before.groups)))


def _asked(case: Case) -> tuple[object, ...]:
    # Not the truth: where it stands in the index may move from run to run.
    return case.question, case.history, case.within, case.expected


# Side by side


def _changed(pairs: Sequence[tuple[Result, Result]], deciding: Contrast) -> tuple[Changed, ...]:
    won, lost = set(deciding.won), set(deciding.lost)
    changed: dict[Outcome, list[Changed]] = {"lost": [], "won": [], "different": []}
    for one, other in pairs:
        name = _telling(one, other, deciding.measure)
        before, after = _side(one, name), _side(other, name)
        outcome: Outcome = "won" if one.case.id in won else "lost" if one.case.id in lost else "different"
        if outcome != "different" or (before.given, before.score) != (after.given, after.score):
            changed[outcome].append(Changed(outcome, one.case, before, after))
    return tuple(question for outcome in changed.values() for question in outcome)


def _telling(one: Result, other: Result, measure: Measure) -> str:
    """The score to show of a measure that reads several: the first that changed, else the first there is."""
    there = [name for name in measure.reads if name in one.scores or name in other.scores] or [measure.name]
    return next((name for name in there if _side(one, name).score != _side(other, name).score), there[0])


def _side(result: Result, name: str) -> Side:
    score = result.scores.get(name, Score(None, "", "not scored"))
    return Side(_said(result.given or Given()), score.value, score.why)


def _said(given: Given) -> str:
    if given.refused:
        return f"refused: {given.reason}"
    if given.short_answer or given.text:
        return "\n".join(filter(None, [given.short_answer, given.text]))
    best = next(iter(given.sentences or given.passages), None)
    return f"{best.document}: {best.text}" if best else given.standalone_question


def _notes(comparison: Comparison, groups: Sequence[str]) -> list[str]:
    first, second = comparison.first, comparison.second
    left_out = (
        ("only in the first run", comparison.only_first),
        ("only in the second run", comparison.only_second),
        ("not the same question, or not the same expected answer, in both runs", comparison.altered),
        ("could not be asked in the first run", comparison.failed_first),
        ("could not be asked in the second run", comparison.failed_second),
    )
    notes = [f"Left out, {why}: {_listed(names)}." for why, names in left_out if names]
    if first.gold_hash != second.gold_hash:
        notes.append("The gold is not the same in both runs: accepted answers and evidence may differ too.")
    if first.made_with.corpus_hash != second.made_with.corpus_hash:
        notes.append("The record is not the same in both runs: a difference may come from it, not from the program.")
    if first.machine.get("nice", "0") != second.machine.get("nice", "0"):
        notes.append("One of the runs was made in the background: the difference in time says nothing of the program.")
    sources = len(set(groups) - {""}) + groups.count("")
    if groups and sources < FEW_GROUPS:
        notes.append(f"The questions come from {counted(sources, 'source')} only: the interval may be too narrow.")
    return notes


def _listed(names: Sequence[str], most: int = 10) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
