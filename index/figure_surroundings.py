"""What a document as a whole says of whom its figures are told: its nation, its organisation, its own small places.

Where nothing narrower is said, a report on national matters speaks of the nation, one of a province
or a company of that. Knows nothing of single sentences and their figures.

>>> report = Document("a", "a", "", "article", "Halden Steel Group sold more. The group sold 40 ships.", "", None, None)
>>> surroundings_of(report).default
'Halden Steel Group'
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from corpus.document import Document
from corpus.nations import nation_of
from corpus.periods import find_periods
from corpus.places import find_places
from index.figure_names import ACTOR, HEADED, ITSELF, NO_PLACE, ORGANISATION, PART, ROLE

__all__ = ["Surroundings", "surroundings_of"]

_NATIONAL_MATTERS = re.compile(
    r"\b(?:Prime Minister|nationwide|nationally|the (?:whole |entire )?country|the nation|GDP|Government"
    r"|National (?:Committee|Assembly)|Ministr(?:y|ies)|Minister|Parliament|cả nước|Chính phủ)\b"
)
HEADING_CHARACTERS = 110
_SET_OFF = re.compile(
    r"(?:\s[–—|-]|\b(?:[Rr]eport|[Rr]esults|[Mm]inutes|[Ss]tatement|[Aa]ccounts|[Ff]igures|[Bb]udget) of(?: the)?)\s"
    r"(?P<name>[A-Z][a-zà-ỹ]{2,}(?:[ -][A-Z][a-zà-ỹ]+){0,3})\Z"
)
LOCAL_TIMES = 2  # a name behind "in" that occurs once may be anything
# "The committee of Aldermoor": of these only a place has one.
_OF_A_PLACE = (
    r"(?:council|committee|city|town|region|board|mayor|municipality|district|province|county|parish|people|residents"
    r"|hospitals?|schools?|buses|streets?) of"
)
_BEHIND_OF = re.compile(rf"\b(?:in|across|throughout|{_OF_A_PLACE})\s(?P<name>[A-Z][a-zà-ỹ]{{2,}})\b(?![ -][A-Z])")
_BEHIND_IN = re.compile(
    r"\b(?:in|across|throughout|region of|city of|town of)\s"
    r"(?P<name>[A-Z][a-zà-ỹ]{2,}(?:[ -][A-Z][a-zà-ỹ]+)?)\b(?![ -][A-Z])"
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a document as a whole says of the scope of its figures."""

    local: frozenset[str]  # names that it uses as places and that no list of places has
    nation: str  # the country most of its places lie in, "" where it names none
    default: str  # the scope of figures of which nothing else is said
    body: str  # the organisation it speaks of most, "" where there is none


def surroundings_of(document: Document) -> Surroundings:
    """The nation, the organisation and the default scope of a document."""
    text = document.text
    names = [mention.name for mention in find_places(text) if not text.startswith("$", mention.end)]
    nation = nation_of([*names, document.place] if document.place else names)
    local = _local_places(text, anywhere=not nation)
    bodies = Counter(match.group().strip() for match in ORGANISATION.finditer(document.text))
    body, count = bodies.most_common(1)[0] if bodies else ("", 0)
    itself = len(ITSELF.findall(document.text))
    national = len(_NATIONAL_MATTERS.findall(document.text))
    headed = HEADED.match(text.partition("\n")[0] if _is_heading(text) else "") or ACTOR.match(text)
    if headed and not headed["name"].isupper() and not ROLE.search(headed["name"]) and not find_places(headed["name"]):
        body, count = headed["name"], count + 2
    is_own_report = body and not ROLE.search(body) and count + itself > 2 * national and (count > 1 or itself > 0)
    if not is_own_report:
        body = _named_in_heading(text)
        body = "" if find_places(body) or (nation and not document.place) else body
    if body:
        return Surroundings(frozenset(local), nation, body, body)
    parts = len(PART.findall(document.text))
    if document.place and (parts + 1 > national or not nation):
        return Surroundings(frozenset(local), nation, document.place, body)
    default = nation or document.place or next(iter(local), "")
    return Surroundings(frozenset(local), nation, default, body)


def _is_heading(text: str) -> bool:
    """Whether the first line is a heading: "Halden Pumps: results", but not "Wheat: 4.1 tonnes."."""
    first = text.partition("\n")[0]
    return len(first) <= HEADING_CHARACTERS and not first.rstrip().endswith((".", ";", "?", "!"))


def _named_in_heading(text: str) -> str:
    """The name that the first line sets off by a dash: "Bulletin no. 8 – Madeira"; "" where there is none."""
    first = text.partition("\n")[0]
    found = _SET_OFF.search(first) if _is_heading(text) else None
    if not found or ROLE.search(found["name"]) or find_periods(found["name"]):
        return ""
    in_lower_case = re.search(rf"\b{re.escape(found['name'].lower())}\b", text)
    return "" if in_lower_case or found["name"].split()[0] in NO_PLACE else found["name"]


def _local_places(text: str, *, anywhere: bool) -> list[str]:
    """Names that stand behind "in" and occur again, the most frequent first: places of a smaller world.

    Behind "city of" and the like too in a text that names no known place. What stands behind an article somewhere
    ("the Company") or in small letters is no place.
    """
    counted = Counter(match["name"] for match in (_BEHIND_OF if anywhere else _BEHIND_IN).finditer(text))
    found = {}
    for name in counted:
        if name.split()[0] in NO_PLACE or ROLE.search(name) or find_places(f"in {name}") or find_periods(name):
            continue
        times = len(re.findall(rf"\b{re.escape(name)}\b", text))
        small = re.search(rf"\b{re.escape(name.lower())}\b|\b(?:the|our|its|a|an)\s{re.escape(name)}\b(?! [a-z])", text)
        if times >= LOCAL_TIMES and not small:
            found[name] = times
    return sorted(found, key=lambda name: -found[name])
