"""Of whom or where a figure is told: a place, an organisation, or the nation.

A figure is of the place that its own part of the sentence names, else of the one the sentence or
the paragraph speaks of; "the province" is the one last named. Where nothing narrower is said, a
report on national matters speaks of the nation. Knows nothing of periods and kinds.

>>> from corpus.places import find_places
>>> text = "In Hai Duong, 92% of the records are online."
>>> place_said(text, Span(0, 44), Span(14, 17), find_places(text), "Vietnam", is_rank=False).name
'Hai Duong'
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.document import Document, Span
from corpus.nations import nation_of
from corpus.periods import find_periods
from corpus.places import PlaceMention, find_places, is_country

__all__ = [
    "NATION",
    "Said",
    "Surroundings",
    "is_part",
    "named_places",
    "opening_scope",
    "place_said",
    "surroundings_of",
]

NATION = re.compile(
    r"\b(?:nationally|nationwide|countrywide|across the (?:country|nation)|(?:the )?(?:whole|entire) (?:country|nation)|the (?:country|nation)(?:['’]s)?"
    r"|in the country|for the nation|national (?=average|rate|level|total|figure|share|target|output|income|debt|budget|GDP)|cả nước|toàn quốc)\b",
    re.IGNORECASE,
)
_NATIONAL_MATTERS = re.compile(
    r"\b(?:Prime Minister|nationwide|nationally|the (?:whole |entire )?country|the nation|GDP|Government|National (?:Committee|Assembly)|Ministr(?:y|ies)|Minister|Parliament|cả nước|Chính phủ)\b"
)
_PART = re.compile(
    r"\b(?:the|this|our|its|whole|entire) (?P<noun>province|city|district|commune|region|state|county|town|municipality|prefecture|borough)\b"
    r"|\b(?:toàn|của) (?:tỉnh|thành phố|huyện)\b",
    re.IGNORECASE,
)
_BODY = (
    r"(?:Ltd|Limited|Inc|Corp|Corporation|Group|Company|Co|PLC|plc|AG|GmbH|SE|SA|JSC|Holdings?|Bank|University|Hospital|Hospitals|Airlines?|Airways"
    r"|Railways?|Airport|Trust|College|Clinic|Foundation|Institute|Motors|Foods|Telecom|Pharma|Logistics)"
)
_ORGANISATION = re.compile(
    rf"(?<![\w-])(?:[A-Z][\w&’'-]*\s){{1,4}}{_BODY}\b(?:\s(?:of|for)\s(?:[A-Z][\w-]*\s?){{1,3}})?"
)
_ITSELF = re.compile(
    r"\b(?:the|our) (?P<noun>company|group|firm|bank|university|hospital|airline|operator|airport|council|authority|agency|trust|corporation|enterprise)\b|\b(?:we|our)\b",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"(?<![\w-])(?P<name>[A-ZÀ-Ỹ][\w’'-]+(?:\s[A-ZÀ-Ỹ][\w’'-]+){0,2}\s(?:Province|County|District|Municipality|Prefecture))\b"
    r"|\b(?:huyện|tỉnh|quận|thị xã|thành phố|xã|phường)\s(?P<unit>[A-ZÀ-ỸĐ][^\W\d]*(?:\s[A-ZÀ-ỸĐ][^\W\d]*){0,2})"
    r"|\b(?:in|of)\s(?P<bare>[A-Z][a-z]{2,}(?:[ -][A-Z][a-z]+)?)(?=\s*(?:[,.;)]|\Z|and\s\d|only\b|alone\b|just\b|as a whole|about\s|over\s|nearly\s|\d|reached|rose|fell|grew|increased|was|were|is|has|have|in\b|stood))"
    r"|\b(?:in|of)\sthe\s(?P<compass>north|south|east|west|north-?east|north-?west|south-?east|south-?west|centre|interior|capital)(?:ern\b|\b)(?!\s[a-z]+ern)",
)
_NO_PLACE = frozenset(
    "January February March April May June July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday "
    "Parliament Government Congress Council Cabinet English Project Phase Stage Level Article Section Chapter Table Figure Annex Appendix".split()
)
_REPORT_AFTER = re.compile(
    r"(?:['’]s)?\s(?:report|article|paper|newspaper|document|account|bulletin|conference|meeting|bridge point)\b",
    re.IGNORECASE,
)
_SUPERLATIVE = re.compile(
    r"\b(?:lead\w*|first|highest|largest|best|top|lowest|most|fastest|biggest|second|third)\b[^.;,]{0,30}\Z",
    re.IGNORECASE,
)
_ACTS = (
    r"(?:carried|posted|reported|sold|opened|produced|generated|earned|recorded|employs?|employed|booked|delivered|shipped|invested|raised|cut|made|spent|served"
    r"|treated|transported|operates?|owns?|lost|has|had|closed|built|received|erzeugten?|ont transporté|a transporté)"
)
_ACTOR = re.compile(
    rf"\A(?:(?:The|Die|Der|Das|Les|La|Le)\s)?(?P<name>[A-Z][\w&’'-]+(?:\s(?:&\s)?[A-Z][\w&’'-]+){{1,4}})\s{_ACTS}\b"
)
_HEADED = re.compile(r"\A(?P<name>[A-Z][\w&’'-]+(?:\s(?:&\s)?[A-Z][\w&’'-]+){0,4})\s?[:–—-]\s")
_ROLE = re.compile(
    r"\b(?:Minister|Ministry|Ministries|President|Prime|Chair\w*|Deputy|Director|Secretary|Committee|Department|Government|Commission|Party|Assembly|Comrade|Mayor|Mr|Mrs|Ms|Dr"
    r"|Governor|Parliament|Working|Steering|National|Data|Visitor|Report|Bulletin|Press|Minutes|State|Results)\b"
)
_INTRODUCED = re.compile(
    r"\b(?:in|of|at|across|for|within|throughout|from|tại|ở|của)\s(?:the\s|both\s)?\Z", re.IGNORECASE
)
_LISTED = re.compile(r",?\s(?:and|or|và)?\s?|,\s")
_COMPARED = re.compile(
    r"\b(?:than|compared (?:to|with)|against|behind|ahead of|after|followed by|leading|unlike|like|to|from|between)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
LOCAL_TIMES = 2  # a name behind "in" that occurs once may be anything
_BEHIND_OF = re.compile(r"\b(?:in|across|throughout|of|for)\s(?P<name>[A-Z][a-zà-ỹ]{2,})\b(?![ -][A-Z])")
_BEHIND_IN = re.compile(
    r"\b(?:in|across|throughout|region of|city of|town of)\s(?P<name>[A-Z][a-zà-ỹ]{2,}(?:[ -][A-Z][a-zà-ỹ]+)?)\b(?![ -][A-Z])"
)


@dataclass(frozen=True, slots=True)
class Said:
    """A scope that words name."""

    name: str


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
    bodies = Counter(match.group().strip() for match in _ORGANISATION.finditer(document.text))
    body, count = bodies.most_common(1)[0] if bodies else ("", 0)
    itself = len(_ITSELF.findall(document.text))
    national = len(_NATIONAL_MATTERS.findall(document.text))
    headed = _HEADED.match(document.text) or _ACTOR.match(document.text)
    if headed and not headed["name"].isupper() and not _ROLE.search(headed["name"]) and not find_places(headed["name"]):
        body, count = headed["name"], count + 2
    is_own_report = body and not _ROLE.search(body) and count + itself > 2 * national and (count > 1 or itself > 0)
    if not is_own_report:
        body = ""
    if body:
        return Surroundings(frozenset(local), nation, body, body)
    parts = len(_PART.findall(document.text))
    if document.place and (parts + 1 > national or not nation):
        return Surroundings(frozenset(local), nation, document.place, body)
    default = nation or document.place or next(iter(local), "")
    return Surroundings(frozenset(local), nation, default, body)


def _local_places(text: str, *, anywhere: bool) -> list[str]:
    """Names that stand behind "in" and occur again, the most frequent first: places of a smaller world.

    Behind "of" too in a text that names no known place: elsewhere that tells of too much.
    """
    counted = Counter(match["name"] for match in (_BEHIND_OF if anywhere else _BEHIND_IN).finditer(text))
    found = {}
    for name in counted:
        if name.split()[0] in _NO_PLACE or _ROLE.search(name) or find_places(f"in {name}") or find_periods(name):
            continue
        times = len(re.findall(rf"\b{re.escape(name)}\b", text))
        if times >= LOCAL_TIMES and not re.search(rf"\b{re.escape(name.lower())}\b", text):
            found[name] = times
    return sorted(found, key=lambda name: -found[name])


def named_places(sentence: str, figures: Sequence[Span], local: Collection[str] = ()) -> list[PlaceMention]:
    """The places of a sentence, those only that can be a scope: known ones, and names with "Province" or behind "in".

    What is part of a figure ("US$") or names a report ("the Quang Binh report says") is none.
    """
    known = [
        place
        for place in find_places(sentence)
        if not any(figure.start <= place.start < figure.end for figure in figures)
        and not _REPORT_AFTER.match(sentence, place.end)
        and not sentence.startswith("$", place.end)
    ]
    for name in local:
        for match in re.finditer(rf"\b{re.escape(name)}\b(?! [A-Z])", sentence):
            if not _REPORT_AFTER.match(sentence, match.end()) and not any(
                p.start <= match.start() < p.end for p in known
            ):
                known.append(PlaceMention(name, *match.span()))
    found = list(known)
    for match in _TITLED.finditer(sentence):
        kind = match.lastgroup or ""
        name = match[kind]
        start, end = match.span(kind)
        if any(place.start < end and start < place.end for place in known) or _ROLE.search(name):
            continue
        if kind == "bare" and (name.split()[0] in _NO_PLACE or _REPORT_AFTER.match(sentence, end)):
            continue
        found.append(PlaceMention(_plain(name), start, end))
    return sorted(found, key=lambda place: place.start)


def _plain(name: str) -> str:
    """The name without diacritics."""
    decomposed = unicodedata.normalize("NFKD", name.replace("Đ", "D").replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def place_said(
    sentence: str, segment: Span, figure: Span, places: Sequence[PlaceMention], nation: str, *, is_rank: bool
) -> Said | None:
    """The place that the words around `figure` name as its scope; None where they name none."""
    inside = [place for place in places if segment.start <= place.start and place.end <= segment.end]
    before = [p for p in inside if p.end <= figure.start and not _COMPARED.search(sentence[segment.start : p.start])]
    if before:
        return Said(before[-1].name)
    if nation and not is_rank and NATION.search(sentence, segment.start, segment.end):
        return Said(nation)
    for place in inside:
        before_it = sentence[figure.end : place.start]
        if (
            place.start >= figure.end
            and _INTRODUCED.search(sentence[: place.start])
            and not _SUPERLATIVE.search(before_it)
        ):
            return Said(place.name)
    return None


def opening_scope(sentence: str, places: Sequence[PlaceMention], last_part: str, body: str, nation: str) -> Said | None:
    """Whom a sentence speaks of: the place or body it opens with, or "the province" that was named last."""
    listed = {
        a.start for a, b in pairwise(places) if _LISTED.fullmatch(sentence, a.end, b.start)
    }  # "Hanoi, Hue and Da Nang": no single scope
    for place in places:
        before = sentence[: place.start]
        opens = len(before.split()) <= 4 or sentence[place.end : place.end + 2] in ("'s", "’s")
        if opens and place.start not in listed and not _COMPARED.search(before):
            return Said(place.name)
    if last_part and _PART.search(sentence):
        return Said(last_part)
    organisation = _ACTOR.match(sentence)
    if organisation and not _ROLE.search(organisation["name"]):
        return Said(organisation["name"])
    organisation = _ORGANISATION.search(sentence)
    if organisation and len(sentence[: organisation.start()].split()) <= 5 and not _ROLE.search(organisation.group()):
        return Said(organisation.group().strip())
    if body and _ITSELF.search(sentence):
        return Said(body)
    nationally = NATION.search(sentence)
    if nation and nationally and nationally.start() <= 40:
        return Said(nation)
    return None


def is_part(place: str) -> bool:
    """Whether a place is a part of a country."""
    return not is_country(place)
