"""Whether to answer: one calibrated probability, one threshold, and the reason when not.

The probability is a logistic function of the best evidence's measures; its weights are in
weights.json, one set for evidence that the trained reader has seen and one without, fitted by
`python -m evals.calibrate`. No threshold is set by hand for a single measure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Evidence, Refusal
from assistant.evidence_measures import decision_measures
from assistant.figure_kind import asked_kind
from assistant.figure_selection import Selection
from assistant.question import Asked
from assistant.weights import probability, weighted
from index.reading import ReadingKind

__all__ = ["Decision", "decide", "decide_figures", "refuse"]

SURE = 0.9  # confidence of an answer from a reading that fits in words, period, place and kind
THRESHOLD = 0.5  # of the probability that the record answers
PERIODS_TOLD = 3  # of other periods, where the one asked for is not told


@dataclass(frozen=True, slots=True)
class Decision:
    """Answer or refuse."""

    refusal: Refusal | None  # None: answer
    reason: str  # one sentence for the reader when refused
    confidence: float  # probability that the record answers


def decide(asked: Asked, evidence: Sequence[Evidence]) -> Decision:
    """Answer when the best evidence is more likely right than not."""
    if not evidence:
        return Decision(
            Refusal.EMPTY_INDEX, "There is nothing in the index to read. Add files with: rapporteur ingest FOLDER.", 0.0
        )
    confidence = _confidence(decision_measures(asked, evidence))
    if confidence >= THRESHOLD:
        return Decision(None, "", confidence)
    refusal = _cause(asked, evidence[0])
    return Decision(refusal, _reason(asked, refusal), confidence)


def decide_figures(selection: Selection, asked: Asked, evidence: Sequence[Evidence]) -> Decision:
    """Answer from readings where they fit what is asked for; refuse where only others are told.

    Where the words leave doubt whether the readings are of the thing asked for, the evidence decides.
    """
    base = decide(asked, evidence)
    if selection.refusal and (selection.is_sure or base.refusal):
        return refuse(selection, base)
    if selection.refusal or not selection.is_sure:
        return base
    return Decision(None, "", max(base.confidence, SURE))


def refuse(selection: Selection, base: Decision) -> Decision:
    """The refusal of a selection without leads, `base` being what the evidence alone would decide."""
    refusal = selection.refusal or Refusal.NOT_SAID
    return Decision(refusal, _reason_of(refusal, selection), min(base.confidence, 1.0 - base.confidence))


def _reason_of(refusal: Refusal, selection: Selection) -> str:
    """What was asked for, and what is told instead, in the record's own words."""
    nearest = selection.others[0]
    question, reading = selection.question, nearest.reading
    thing = reading.indicator or "this"
    if refusal is Refusal.OTHER_PLACE:
        wanted = " or ".join(question.places) or "the whole nation"
        return f"It gives “{thing}” for {reading.scope or 'another place'}, not for {wanted}."
    if refusal is Refusal.OTHER_PERIOD:
        wanted = " or ".join(period.label for period in question.periods)
        told = dict.fromkeys(one.reading.period.label for one in selection.others if one.reading.period)
        return f"It gives “{thing}” for {', '.join([*told][:PERIODS_TOLD]) or 'another time'}, not for {wanted}."
    if refusal is Refusal.NOT_SAID:
        return f"What comes nearest is a figure of “{thing}”, which is another thing."
    return f"What it gives for “{thing}” is not {_kind_wanted(question.kind)}."


def _kind_wanted(kind: ReadingKind | None) -> str:
    return "a target" if kind == "target" else "a figure that was reached"


def _confidence(values: dict[str, float]) -> float:
    return probability(weighted("with_reader" if "span_odds" in values else "without_reader", values))


def _cause(asked: Asked, best: Evidence) -> Refusal:
    measures = best.measures
    if asked.periods and (measures.period_fit or 0.0) < 0:
        return Refusal.OTHER_PERIOD
    if asked.places and (measures.place_fit or 0.0) < 0:
        return Refusal.OTHER_PLACE
    if (measures.kind_fit or 0.0) < 0:
        return Refusal.OTHER_KIND
    if measures.names_fit is not None and measures.names_fit < 0:
        return Refusal.NAME_UNKNOWN
    if measures.similarity < 0.35 and measures.context_coverage < 0.4:
        return Refusal.NOTHING_SIMILAR
    return Refusal.NOT_SAID


def _reason(asked: Asked, refusal: Refusal) -> str:
    if refusal is Refusal.OTHER_PERIOD:
        periods = " or ".join(period.label for period in asked.periods)
        return f"What comes nearest is said for another period, not for {periods}."
    if refusal is Refusal.OTHER_PLACE:
        return f"What comes nearest is said of another place, not of {' or '.join(asked.places)}."
    if refusal is Refusal.OTHER_KIND:
        return f"What comes nearest is not {_kind_wanted(asked_kind(asked.question))}."
    if refusal is Refusal.NAME_UNKNOWN:
        return f"Where the record speaks of this, it does not name {' or '.join(asked.names)}."
    if refusal is Refusal.NOTHING_SIMILAR:
        return "No report or transcript in the index speaks of this."
    return "The record speaks of this, but what comes nearest does not answer the question."
