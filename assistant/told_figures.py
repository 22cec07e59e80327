"""What a follow-up takes over, as the figures have it that the answer before told.

They are what a follow-up chooses from: "and in 2030?" asks for a target where only that was told for
2030, and "and the buses?" for those of the city whose buses were told of. What the follow-up itself
names is never changed, only what it takes over. Knows nothing of how a follow-up is completed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer_mentions import ToldFigure
from assistant.figure_kind import asked_kind
from assistant.figure_wording import LATEST
from assistant.noun_phrases import noun_phrases
from assistant.question_words import question_words
from assistant.swapping import EVERYWHERE
from assistant.told_periods import periods_in
from assistant.turns import Turn
from corpus.periods import Period
from index.terms import fold, terms

__all__ = ["as_told"]

_REACHED = ("actual", "estimate", "count")
_OF_NO_THING = """target goal aim plan forecast estimate projection expectation objective result actual real stand look
    now today currently latest high low"""


def as_told(turn: Turn, follow_up: str, before: Turn) -> Turn:
    """`turn`, which completes `follow_up` from `before`, with the place and the kind of what was told."""
    told = before.told.figures if before.told else ()
    chosen = _chosen(follow_up, told) if told else []
    if not chosen:
        return turn
    return _of_kind(_in_scope(turn, follow_up, chosen, told), follow_up, chosen)


def _chosen(follow_up: str, told: Sequence[ToldFigure]) -> list[ToldFigure]:
    """The figures that fit all that the follow-up names; none where it names nothing of a figure."""
    when, words = _periods(follow_up), _words(follow_up)
    kind = asked_kind(follow_up)
    if not (when or words or kind or LATEST.search(follow_up)):
        return []
    return [
        figure
        for figure in told
        if (not when or figure.period in when)
        and words <= _stems(f"{figure.thing} {figure.scope}")
        and (kind != "target" or figure.kind == "target")
    ]


def _in_scope(turn: Turn, follow_up: str, chosen: Sequence[ToldFigure], told: Sequence[ToldFigure]) -> Turn:
    """With the only place that the chosen figures are of, in the place of another that was taken over."""
    scopes = {figure.scope for figure in chosen if figure.scope}
    if len(scopes) != 1 or EVERYWHERE.search(follow_up):
        return turn
    new = next(iter(scopes))
    others = {figure.scope for figure in told if figure.scope} - scopes
    old = [scope for scope in others if fold(scope) in fold(turn.text) and fold(scope) not in fold(follow_up)]
    if not old or fold(new) in fold(turn.text):
        return turn
    core, *added = (_exchanged(text, old, new) for text in (turn.core, *turn.added))
    return replace(turn, core=core, added=tuple(added), phrases=noun_phrases(core))


def _exchanged(text: str, old: Sequence[str], new: str) -> str:
    for scope in old:
        at = fold(text).find(fold(scope))
        if at >= 0 and len(fold(text)) == len(text):
            text = text[:at] + new + text[at + len(scope) :]
    return text


def _of_kind(turn: Turn, follow_up: str, chosen: Sequence[ToldFigure]) -> Turn:
    """In the sense in which the period that the follow-up names was told of."""
    when, now = _periods(follow_up), LATEST.search(follow_up)
    if not (when or now):
        return turn
    wants_target = asked_kind(turn.text) == "target"
    targets = [figure for figure in chosen if figure.kind == "target"]
    if when and len(targets) == len(chosen) and not wants_target:
        return replace(turn, added=(*turn.added, "target"))
    whole = [figure for figure in chosen if figure.kind in _REACHED and "…" not in figure.thing]
    reached = max(whole, key=lambda figure: figure.period.end, default=None)
    if wants_target and reached and (now or not targets):
        where = f" in {reached.scope}" if reached.scope else ""
        asked = f"was the {reached.thing}{where} in {when[-1].label}" if when else f"is the {reached.thing}{where} now"
        core = f"What {asked}?"
        return replace(turn, core=core, added=(), phrases=noun_phrases(core), base=None, is_dependent=True)
    return turn


def _periods(text: str) -> list[Period]:
    return [mention.period for mention in periods_in(text) if mention.relation != "baseline"]


def _words(follow_up: str) -> set[str]:
    """The stems of what it names, without periods and kinds of figures."""
    told = periods_in(follow_up)
    said = {word.start for word in question_words(follow_up) if word.role == "content"}
    words = [term for term in terms(follow_up) if term.start in said]
    named = {term.stem for term in words if not any(one.start <= term.start < one.end for one in told)}
    return named - _stems(_OF_NO_THING)


def _stems(text: str) -> set[str]:
    return {term.stem for term in terms(text)}
