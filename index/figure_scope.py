"""Of whom or where a figure is told: a place, an organisation, or the nation.

A figure is of the place that its own part of the sentence names, else of the one the sentence
speaks of; "the province" is the one last named. Knows nothing of periods and kinds, nor of the
sentences before.

>>> from index.figure_names import named_places
>>> text = "In Hai Duong, 92% of the records are online."
>>> place_said(text, Span(0, 44), Span(14, 17), named_places(text, []), "Vietnam", is_rank=False)
'Hai Duong'
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.document import Span
from corpus.places import PlaceMention, is_country
from index.figure_names import (
    ACTOR,
    ACTOR_WITH_ASIDE,
    ACTOR_WITHIN,
    ITSELF,
    NAMED_BODY,
    NATION,
    NO_PLACE,
    ORGANISATION,
    PART,
    ROLE,
)

__all__ = ["is_part", "opening_scope", "place_said"]

OPENING_CHARACTERS = 90  # within which a sentence says whom it speaks of
_SUPERLATIVE = re.compile(
    r"\b(?:lead\w*|first|highest|largest|best|top|lowest|most|fastest|biggest|second|third)\b[^.;,]{0,30}\Z",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(
    r"\b(?:in|of|at|across|for|within|throughout|from|tại|ở|của)\s(?:the\s|both\s)?\Z", re.IGNORECASE
)
_LISTED = re.compile(r",?\s(?:and|or|và)?\s?|,\s")
_COMPARED = re.compile(
    r"\b(?:than|compared (?:to|with)|against|behind|ahead of|after|followed by|leading|unlike|like|to|from|between)"
    r"\s(?:the\s)?\Z",
    re.IGNORECASE,
)


def place_said(
    sentence: str, segment: Span, figure: Span, places: Sequence[PlaceMention], nation: str, *, is_rank: bool
) -> str:
    """The place that the words around `figure` name as its scope; "" where they name none."""
    inside = [place for place in places if segment.start <= place.start and place.end <= segment.end]
    before = [p for p in inside if p.end <= figure.start and not _COMPARED.search(sentence[segment.start : p.start])]
    if before:
        return before[-1].name
    if nation and not is_rank and NATION.search(sentence, segment.start, segment.end):
        return nation
    for place in inside:
        before_it = sentence[figure.end : place.start]
        if (
            place.start >= figure.end
            and _INTRODUCED.search(sentence[: place.start])
            and not _SUPERLATIVE.search(before_it)
        ):
            return place.name
    return ""


def opening_scope(sentence: str, places: Sequence[PlaceMention], last_part: str, body: str, nation: str) -> str:
    """Whom a sentence speaks of: the place or body it opens with, or "the province" that was named last."""
    listed = {
        a.start for a, b in pairwise(places) if _LISTED.fullmatch(sentence, a.end, b.start)
    }  # "Hanoi, Hue and Da Nang": no single scope
    for place in places:
        before = sentence[: place.start]
        opens = len(before.split()) <= 4 or sentence[place.end : place.end + 2] in ("'s", "’s")
        if opens and place.start not in listed and not _COMPARED.search(before):
            return place.name
    if last_part and PART.search(sentence):
        return last_part
    organisation = (
        ACTOR_WITH_ASIDE.match(sentence)
        or ACTOR.match(sentence)
        or ACTOR_WITHIN.search(sentence, 0, OPENING_CHARACTERS)
    )
    if organisation and not ROLE.search(organisation["name"]) and organisation["name"].split()[0] not in NO_PLACE:
        return organisation["name"]
    organisation = NAMED_BODY.search(sentence, 0, OPENING_CHARACTERS)
    if organisation:
        return organisation["name"]
    organisation = ORGANISATION.search(sentence)
    if organisation and len(sentence[: organisation.start()].split()) <= 5 and not ROLE.search(organisation.group()):
        return organisation.group().strip()
    if body and ITSELF.search(sentence):
        return body
    nationally = NATION.search(sentence)
    if nation and nationally and nationally.start() <= 40:
        return nation
    return ""


def is_part(place: str) -> bool:
    """Whether a place is a part of a country."""
    return not is_country(place)
