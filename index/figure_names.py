"""The places and organisations that a sentence names, known or not.

A known place is in the list of places; an unknown one shows itself by its title ("Elm County") or
by what stands around it ("in Zarqa reached"). An organisation shows itself by its last word
("Northern Rail Group") or by what it does. Knows nothing of figures.

>>> [place.name for place in named_places("In Hai Duong and in Elm County the rate rose.", [])]
['Hai Duong', 'Elm County']
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

from corpus.document import Span
from corpus.places import PlaceMention, find_places

__all__ = [
    "ACTOR",
    "HEADED",
    "ITSELF",
    "NATION",
    "NO_PLACE",
    "ORGANISATION",
    "PART",
    "ROLE",
    "named_places",
]

# The nation itself: "nationwide", "the whole country", "the national average".
_NATIONAL_MEASURES = r"average|rate|level|total|figure|share|target|output|income|debt|budget|GDP"
NATION = re.compile(
    r"\b(?:nationally|nationwide|countrywide|across the (?:country|nation)"
    r"|(?:the )?(?:whole|entire) (?:country|nation)|the (?:country|nation)(?:['’]s)?|in the country|for the nation"
    rf"|national (?={_NATIONAL_MEASURES})|cả nước|toàn quốc)\b",
    re.IGNORECASE,
)
# "The province": a part of a country that was named before.
_PARTS = r"province|city|district|commune|region|state|county|town|municipality|prefecture|borough"
PART = re.compile(
    rf"\b(?:the|this|our|its|whole|entire) (?P<noun>{_PARTS})\b|\b(?:toàn|của) (?:tỉnh|thành phố|huyện)\b",
    re.IGNORECASE,
)
_BODY = (
    r"(?:Ltd|Limited|Inc|Corp|Corporation|Group|Company|Co|PLC|plc|AG|GmbH|SE|SA|JSC|Holdings?|Bank|University"
    r"|Hospital|Hospitals|Airlines?|Airways|Railways?|Airport|Trust|College|Clinic|Foundation|Institute|Motors|Foods"
    r"|Telecom|Pharma|Logistics)"
)
ORGANISATION = re.compile(
    rf"(?<![\w-])(?:[A-Z][\w&’'-]*\s){{1,4}}{_BODY}\b(?:\s(?:of|for)\s(?:[A-Z][\w-]*\s?){{1,3}})?"
)
# "The company": the organisation that a document is about.
_BODY_NOUNS = (
    r"company|group|firm|bank|university|hospital|airline|operator|airport|council|authority|agency|trust|corporation"
    r"|enterprise"
)
ITSELF = re.compile(rf"\b(?:the|our) (?P<noun>{_BODY_NOUNS})\b|\b(?:we|our)\b", re.IGNORECASE)
# A name that opens a sentence and acts: "Halden Steel produced".
_ACTS = (
    r"(?:carried|posted|reported|sold|opened|produced|generated|earned|recorded|employs?|employed|booked|delivered"
    r"|shipped|invested|raised|cut|made|spent|served|treated|transported|operates?|owns?|lost|has|had|closed|built"
    r"|received|erzeugten?|ont transporté|a transporté)"
)
ACTOR = re.compile(
    rf"\A(?:(?:The|Die|Der|Das|Les|La|Le)\s)?(?P<name>[A-Z][\w&’'-]+(?:\s(?:&\s)?[A-Z][\w&’'-]+){{1,4}})\s{_ACTS}\b"
)
HEADED = re.compile(r"\A(?P<name>[A-Z][\w&’'-]+(?:\s(?:&\s)?[A-Z][\w&’'-]+){0,4})\s?[:–—-]\s")
# Words of offices, papers and their authors: no organisation whose own figures are told.
ROLE = re.compile(
    r"\b(?:Minister|Ministry|Ministries|President|Prime|Chair\w*|Deputy|Director|Secretary|Committee|Department"
    r"|Government|Commission|Party|Assembly|Comrade|Mayor|Mr|Mrs|Ms|Dr|Governor|Parliament|Working|Steering|National"
    r"|Data|Visitor|Report|Bulletin|Press|Minutes|State|Results)\b"
)
NO_PLACE = frozenset(
    """January February March April May June July August September October November December Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday Parliament Government Congress Council Cabinet English Project Phase Stage Level
    Article Section Chapter Table Figure Annex Appendix""".split()
)
_CAPITALISED = r"[A-ZÀ-Ỹ][\w’'-]+"
_CAPITALISED_VIETNAMESE = r"[A-ZÀ-ỸĐ][^\W\d]*"
# What may follow a name behind "in" that is a place and no other thing.
_AFTER_NAME = (
    r"\s*(?:[,.;)]|\Z|and\s\d|only\b|alone\b|just\b|as a whole|about\s|over\s|nearly\s|\d|reached|rose|fell|grew"
    r"|increased|was|were|is|has|have|in\b|stood)"
)
_COMPASS = r"north|south|east|west|north-?east|north-?west|south-?east|south-?west|centre|interior|capital"
_TITLED = re.compile(
    rf"(?<![\w-])(?P<name>{_CAPITALISED}(?:\s{_CAPITALISED}){{0,2}}"
    r"\s(?:Province|County|District|Municipality|Prefecture))\b"
    r"|\b(?:huyện|tỉnh|quận|thị xã|thành phố|xã|phường)"
    rf"\s(?P<unit>{_CAPITALISED_VIETNAMESE}(?:\s{_CAPITALISED_VIETNAMESE}){{0,2}})"
    rf"|\b(?:in|of)\s(?P<bare>[A-Z][a-z]{{2,}}(?:[ -][A-Z][a-z]+)?)(?={_AFTER_NAME})"
    rf"|\b(?:in|of)\sthe\s(?P<compass>{_COMPASS})(?:ern\b|\b)(?!\s[a-z]+ern)",
)
_REPORT_AFTER = re.compile(
    r"(?:['’]s)?\s(?:report|article|paper|newspaper|document|account|bulletin|conference|meeting|bridge point)\b",
    re.IGNORECASE,
)


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
        if any(place.start < end and start < place.end for place in known) or ROLE.search(name):
            continue
        if kind == "bare" and (name.split()[0] in NO_PLACE or _REPORT_AFTER.match(sentence, end)):
            continue
        found.append(PlaceMention(_plain(name), start, end))
    return sorted(found, key=lambda place: place.start)


def _plain(name: str) -> str:
    """The name without diacritics."""
    decomposed = unicodedata.normalize("NFKD", name.replace("Đ", "D").replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
