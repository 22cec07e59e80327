"""Is it the figure that was asked for? Value, unit, period, scope and kind, each by itself.

A figure is right only when all of these are; told apart they say what a system gets wrong: the
number, or what it is a number of. The value and the unit are read from the short answer; period,
scope and kind only from readings that the answer itself gives. What was not given could not be
scored, which is not zero.

>>> wanted = GoldReading(45.0, "%", "45%", period="2024")
>>> figure_value(read_figure("38.3 %"), [wanted]).value, figure_unit(read_figure("38.3 %"), wanted).value
(0.0, 1.0)
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from evals.case import Score
from evals.figure_text import COUNT, Figure, read_figure
from evals.given import GivenReading
from evals.gold import GoldReading
from evals.iso_period import days_of
from index.terms import fold

__all__ = [
    "figure_kind",
    "figure_period",
    "figure_scope",
    "figure_scores",
    "figure_unit",
    "figure_value",
    "leading_figures",
    "other_figures",
    "same_value",
]

NO_FIGURE = "the short answer holds no figure"
NO_READING = "the answer gives no reading of its figure"
SIGNLESS = ("rank", COUNT)  # units that a bare number may stand for


def figure_scores(
    short_answer: str | None, gold: Sequence[GoldReading], readings: Sequence[GivenReading] = ()
) -> dict[str, Score]:
    """All five scores by name, against the first of `gold`; {} when there is none.

    `readings` are those of the answer; the first with the value of the short answer is its figure.
    """
    if not gold:
        return {}
    figure = read_figure(short_answer or "")
    reading = next((given for given in readings if figure and _equal(given.value, figure.value)), None)
    return {
        "figure_value": figure_value(figure, gold),
        "figure_unit": figure_unit(figure, gold[0]),
        "figure_period": figure_period(reading, gold[0]),
        "figure_scope": figure_scope(reading, gold[0]),
        "figure_kind": figure_kind(reading, gold[0]),
    }


def leading_figures(readings: Sequence[GivenReading], gold: Sequence[GoldReading]) -> Score:
    """1 when the figures that lead are those of `gold`, all of them and no other; their order does not count."""
    leads = [given for given in readings if given.leads]
    if not leads:
        return Score(0.0, "", "no figure leads")
    missing = [wanted for wanted in gold if not any(_told(given, wanted) for given in leads)]
    wrong = [given for given in leads if not any(_told(given, wanted) for wanted in gold)]
    shown = "; ".join(given.text for given in leads)
    if missing:
        return Score(0.0, shown, f"missing: {_named(missing[0])}")
    return Score(float(not wrong), shown, f"not asked for: {wrong[0].text}" if wrong else "all that are asked for lead")


def other_figures(readings: Sequence[GivenReading], gold: Sequence[GoldReading]) -> Score:
    """Share of `gold`, the figures that could be taken for the one asked for, that the answer shows."""
    if not gold:
        return Score(None, "", "there are no others")
    missing = [wanted for wanted in gold if not any(_told(given, wanted) for given in readings)]
    why = f"missing: {_named(missing[0])}" if missing else "all shown"
    return Score(1.0 - len(missing) / len(gold), "; ".join(given.text for given in readings), why)


def _told(given: GivenReading, wanted: GoldReading) -> bool:
    return _equal(given.value, wanted.value) and given.unit == wanted.unit


def figure_value(figure: Figure | None, gold: Sequence[GoldReading]) -> Score:
    """1 when the number is that of the first gold reading, to its last digit: 12 % is 12.0 %, 299 is not 299.5.

    0 without a figure: it was asked for. Words like "over" and "about" do not count. Of another
    gold reading, `why` says which one was taken for it.
    """
    if figure is None:
        return Score(0.0, "", f"{NO_FIGURE}; expected {_named(gold[0])}")
    if same_value(figure, gold[0]):
        return Score(1.0, _shown(figure), f"the value of {_named(gold[0])}")
    other = next((reading for reading in gold[1:] if same_value(figure, reading)), None)
    taken = f", which is {_named(other)}" if other else ""
    return Score(0.0, _shown(figure), f"expected {_named(gold[0])}{taken}")


def same_value(figure: Figure, gold: GoldReading) -> bool:
    """Whether the numbers are equal; of a range both ends, of a total only where one is given."""
    if not _equal(figure.value, gold.value) or (figure.value_to is None) != (gold.value_to is None):
        return False
    if figure.value_to is not None and gold.value_to is not None and not _equal(figure.value_to, gold.value_to):
        return False
    return figure.total is None or gold.total is None or _equal(figure.total, gold.total)


def figure_unit(figure: Figure | None, gold: GoldReading) -> Score:
    """1 when the unit is that of `gold`, whatever the value: %, times, a rank, a currency, a count.

    A bare number is a count or a rank, and has another unit when that is among the words that
    follow it ("80 km"). Could not be scored without a figure.
    """
    if figure is None:
        return Score(None, "", NO_FIGURE)
    bare = figure.unit == COUNT and (gold.unit in SIGNLESS or f" {figure.after} ".startswith(f" {fold(gold.unit)} "))
    right = figure.unit == gold.unit or bare
    return Score(float(right), figure.unit, "the unit asked for" if right else f"expected {gold.unit}")


def figure_period(given: GivenReading | None, gold: GoldReading) -> Score:
    """1 when both are the same days: "2024-H1" is "2024-01/2024-06".

    Could not be scored when the answer or the gold does not say the period.
    """
    if given is None or given.period is None or gold.period is None:
        return _unsaid("period", given, gold.period)
    days = days_of(given.period)
    right = days is not None and days == days_of(gold.period)
    return Score(float(right), given.period, "the period asked for" if right else f"expected {gold.period}")


def figure_scope(given: GivenReading | None, gold: GoldReading) -> Score:
    """1 when the place or organisation has the same name, case, diacritics and spacing apart.

    Could not be scored when the answer or the gold does not say the scope.
    """
    if given is None or given.scope is None or gold.scope is None:
        return _unsaid("scope", given, gold.scope)
    right = fold(given.scope).split() == fold(gold.scope).split()
    return Score(float(right), given.scope, "the scope asked for" if right else f"expected {gold.scope}")


def figure_kind(given: GivenReading | None, gold: GoldReading) -> Score:
    """1 when both are of one kind (actual, estimate, target, change, rank, count).

    Could not be scored when the answer or the gold does not say the kind.
    """
    if given is None or given.kind is None or gold.kind is None:
        return _unsaid("kind", given, gold.kind)
    right = given.kind == gold.kind
    return Score(float(right), given.kind, "the kind asked for" if right else f"expected {gold.kind}")


def _unsaid(what: str, given: GivenReading | None, gold: str | None) -> Score:
    if given is None:
        return Score(None, "", NO_READING)
    return Score(None, "", f"the {'gold' if gold is None else 'answer'} does not say the {what}")


def _equal(first: float, second: float) -> bool:
    """Equal but for what binary fractions lose (.1 * 3)."""
    return math.isclose(first, second, rel_tol=1e-12)


def _shown(figure: Figure) -> str:
    upper = "" if figure.value_to is None else f" to {figure.value_to:,.12g}"
    total = "" if figure.total is None else f" of {figure.total:,.12g}"
    return f"{figure.value:,.12g}{upper}{total} {figure.unit}"


def _named(gold: GoldReading) -> str:
    said = ", ".join(part for part in (gold.period, gold.scope, gold.kind) if part)
    return f"{gold.text!r} ({said})" if said else repr(gold.text)
