"""In what shape a question asks for figures: one, its course, several side by side, a target with its result.

Knows nothing of the record; it reads the question's words, periods and places.

>>> from corpus.periods import find_periods
>>> question = "How did the share change between 2021 and 2024?"
>>> shape_of(question, find_periods(question), [])
'series'
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from assistant.figure_wording import (
    AND,
    ATTAINMENT,
    CHANGE,
    COMPARES,
    DIFFERS,
    GOAL_AND_RESULT,
    HOW_HAS,
    NATION,
    SERIES,
    SINCE,
    YES_NO,
)
from corpus.periods import PeriodMention
from corpus.places import is_country

__all__ = ["SEVERAL_YEARS", "Shape", "shape_of"]

Shape = Literal["one", "series", "comparison", "attainment"]

SEVERAL_YEARS = 400  # days: a longer period asks for its ends or for its course


def shape_of(question: str, mentions: Sequence[PeriodMention], places: Sequence[str]) -> Shape:
    """The shape of `question`, whose periods and places (and organisations) these are; never fails."""
    if GOAL_AND_RESULT.search(question) or (ATTAINMENT.search(question) and YES_NO.search(question)):
        return "attainment"
    if CHANGE.search(question) and SINCE.search(question) and not HOW_HAS.search(question):
        return "one"  # "the rise since 2022"
    several = _names_several(question, mentions, places)
    if several and COMPARES.search(question) and not SERIES.search(question):
        return "comparison"
    if SERIES.search(question):
        return "series"
    if any(mention.period.days > SEVERAL_YEARS for mention in mentions):
        return "comparison" if CHANGE.search(question) or DIFFERS.search(question) else "series"
    return "comparison" if several and AND.search(question) else "one"


def _names_several(question: str, mentions: Sequence[PeriodMention], places: Sequence[str]) -> bool:
    """Whether the question names two times or two places; a place and the nation are two."""
    with_nation = len(places) == 1 and not is_country(places[0]) and NATION.search(question) is not None
    return len({mention.period for mention in mentions}) > 1 or len(places) > 1 or with_nation
