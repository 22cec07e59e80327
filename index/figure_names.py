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
    "ACTOR_WITHIN",
    "ACTOR_WITH_ASIDE",
    "HEADED",
    "ITSELF",
    "NAMED_BODY",
    "NATION",
    "NO_PLACE",
    "ORGANISATION",
    "PART",
    "ROLE",
    "named_places",
]

# The nation itself: "nationwide", "the whole country", "the national average".
_NATIONAL_MEASURES = (
    r"average|rate|level|total|figure|share|target|goal|plan|output|income|debt|budget|GDP|figures|results|numbers"
)
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
    r"|Telecom|Pharma|Logistics|Council|Authority|Agency|Association|Federation|Society|Club|Union|Cooperative"
    r"|Museum|Library|Theatre|School|Academy|Brewery)"
)
ORGANISATION = re.compile(
    rf"(?<![\w-])(?:(?:(?!(?:The|In|At|By|For|From|Our)\s)[A-Z][\w&’'-]*\s){{1,4}}{_BODY}\b(?:\s(?:of|for)\s(?:[A-Z][\w-]*\s?){{1,3}})?"
    r"|(?:University|College|Bank|Port|Museum|Theatre|Hospital|Diocese)\sof\s(?:the\s)?[A-Z][\w-]*(?:\s[A-Z][\w-]*)?)"
)
# "The company": the organisation that a document is about.
_BODY_NOUNS = (
    r"company|group|firm|bank|university|hospital|airline|operator|airport|council|authority|agency|trust|corporation"
    r"|enterprise"
)
ITSELF = re.compile(rf"\b(?:the|our) (?P<noun>{_BODY_NOUNS})\b|\b(?:we|our)\b", re.IGNORECASE)
# A name that opens a sentence and acts: "Halden Steel produced"; behind an opening one word will do: "In 2024, Halden".
_DONE = (
    r"(?:carri|post|report|open|produc|generat|earn|record|employ|book|deliver|shipp|invest|rais|serv|treat|transport"
    r"|operat|own|clos|receiv|climb|rank|reach|dropp|slipp|mov|finish|complet|launch|provid|install|train|plann?|plant"
    r"|issu|collect|handl|process)ed|sold|spent|made|lost|built|cut|rose|fell|grew|put"
)
_DOES = r"employs|operates|owns|serves|treats|carries|produces|sells|makes|builds|runs|generates|ranks"
_HELPED = r"(?:will|has|had)\s(?:also\s)?(?!been\b|be\b|to\b)[a-z]+|(?:has|had)(?!\sbeen\b)"
_ACTS = rf"(?:{_DONE}|{_DOES}|{_HELPED}|erzeugten?|ont transporté|a transporté)"
_NO_ARTICLE = r"(?!(?:The|Die|Der|Das|Les|La|Le|In|At|On|Our|This|These|All|A|An)\s)"
# "Solvex, based in Graz, sold": the place in the aside is not that of the figures.
ACTOR_WITH_ASIDE = re.compile(
    rf"\A(?P<name>{_NO_ARTICLE}[A-Z][\w&’'-]+(?:\s[A-Z][\w&’'-]+){{0,3}})(?P<aside>,\s[^,;.]{{3,60}},)\s{_ACTS}\b"
)
_FIRMS = rf"(?:{_BODY_NOUNS}|charity|club|manufacturer|maker|retailer|utility|cooperative|start-up|publisher)"
NAMED_BODY = re.compile(rf"\b[Tt]he {_FIRMS} (?P<name>[A-Z][\w&’'-]+(?:\s[A-Z][\w&’'-]+){{0,3}})(?=\s[a-z])")
ACTOR_WITHIN = re.compile(
    rf"(?:,|(?<!the )\b(?:19|20)\d\d,?)\s(?P<name>[A-Z][\w&’'-]+(?:\s(?:&\s)?[A-Z][\w&’'-]+){{0,4}})\s{_ACTS}\b"
)
ACTOR = re.compile(
    rf"\A(?:(?:The|Die|Der|Das|Les|La|Le)\s)?(?P<name>{_NO_ARTICLE}[A-Z][\w&’'-]+(?:\s(?:&\s)?[A-Z][\w&’'-]+){{1,4}})\s{_ACTS}\b"
)
HEADED = re.compile(r"\A(?P<name>[A-Z][\w&’'-]+(?:\s(?:&\s)?[A-Z][\w&’'-]+){0,4})\s?[:–—-]\s")
_SEAT = re.compile(r"\s(?:(?:in|at|near)\s|\()[A-Z][\w-]+(?:\s[A-Z][\w-]+)?(?=\)|\s[a-z])")
# Words of offices, papers and their authors: no organisation whose own figures are told.
ROLE = re.compile(
    r"\b(?:Minister|Ministry|Ministries|President|Prime|Chair\w*|Deputy|Director|Secretary|Committee|Department"
    r"|Government|Commission|Party|Assembly|Comrade|Mayor|Mr|Mrs|Ms|Dr|Governor|Parliament|Working|Steering|National"
    r"|Data|Visitor|Report|Bulletin|Press|Minutes|State|Results)\b"
)
NO_PLACE = frozenset(
    """January February March April May June July August September October November December Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday Parliament Government Congress Council Cabinet English Project Phase Stage Level
    Article Section Chapter Table Figure Annex Appendix Room Hall Building Zone Class Grade Unit Group
    Block Ward Act Law""".split()
)
_UPPER = "A-Z" + "".join(
    letter for letter in map(chr, (*range(0xC0, 0x180), *range(0x1EA0, 0x1EFA))) if letter.isupper()
)
_CAPITALISED = rf"[{_UPPER}][\w’'-]+"
_PLACE = r"[A-ZÀ-Ý][a-zà-ÿ]+(?:[ -][A-ZÀ-Ý][a-zà-ÿ]+)?"
_CAPITALISED_VIETNAMESE = rf"[{_UPPER}][^\W\d]*"
# What may follow a name behind "in" that is a place and no other thing.
_AFTER_NAME = (
    r"\s*(?:[,.;)]|\Z|and\s\d|only\b|alone\b|just\b|as a whole|about\s|over\s|nearly\s|\d|reached|rose|fell|grew"
    r"|increased|was|were|is|has|have|in\b|stood)"
)
_COMPASS = r"north|south|east|west|north-?east|north-?west|south-?east|south-?west|centre|interior|capital"
_KINDS_OF_PLACE = r"city|town|village|district|region|county|state|municipality|parish|island|port|canton|borough"
_TITLED = re.compile(
    rf"(?<![\w-])(?P<name>{_CAPITALISED}(?:\s{_CAPITALISED}){{0,2}}"
    r"\s(?:Province|County|District|Municipality|Prefecture))\b"
    r"|\b(?i:huyện|tỉnh|quận|thị xã|thành phố|xã|phường|cảng hàng không|sân bay|cảng|bệnh viện)"
    rf"\s(?P<unit>{_CAPITALISED_VIETNAMESE}(?:\s{_CAPITALISED_VIETNAMESE}){{0,2}})"
    rf"|\b(?:{_KINDS_OF_PLACE}) of (?P<of>{_PLACE})"
    rf"|\b(?:Gemeinde|Stadt|Landkreis|Kreis|Bezirk|Kanton|Insel) (?P<german>{_PLACE})"
    rf"|\b[Ii]n\s(?P<in>[A-Z][a-z]{{2,}}(?:[ -][A-Z][a-z]+)?)(?=\s[a-z]|,)"
    rf"|\b(?:in|of)\s(?P<bare>[A-Z][a-z]{{2,}}(?:[ -][A-Z][a-z]+)?)(?={_AFTER_NAME})"
    rf"|\b[a-zà-ÿ]+\s(?:de|à)\s(?P<french>[A-ZÀ-Ý][a-zà-ÿ]+(?:-[A-ZÀ-Ý][a-zà-ÿ]+)*)(?=\s[a-zà-ÿ]|[,.;)])"
    rf"|(?:;|,? (?:while|whereas)|, (?:and|but))\s(?P<actor>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)\s{_ACTS}\b"
    rf"|\b(?:in|of)\sthe\s(?P<compass>{_COMPASS})(?:ern\b|\b)(?!\s[a-z]+ern)",
)
# "The courts of Elm and Oak closed": names in a list that figures are dealt out to.
_NAME = r"[A-Z][a-z]{2,}(?:[ -][A-Z][a-z]+)?"
_LIST_OF_NAMES = re.compile(rf"\b[a-z]+\s(?:in|of|for|at)\s(?P<names>{_NAME}(?:,\s{_NAME})*,?\sand\s{_NAME})(?=[\s,])")
_DEALT_OUT = re.compile(r"\brespectively\b", re.IGNORECASE)
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
        if kind in ("bare", "in", "actor") and (name.split()[0] in NO_PLACE or _REPORT_AFTER.match(sentence, end)):
            continue
        found.append(PlaceMention(_plain(name), start, end))
    if _DEALT_OUT.search(sentence):
        found += [place for place in _listed_names(sentence) if not any(_overlaps(place, one) for one in found)]
    bodies = [_with_seat(sentence, match) for match in ORGANISATION.finditer(sentence)]
    aside = ACTOR_WITH_ASIDE.match(sentence)
    bodies += [aside.span("aside")] if aside else []
    found = [place for place in found if not any(start < place.end and place.start < end for start, end in bodies)]
    return sorted(found, key=lambda place: place.start)


def _with_seat(sentence: str, body: re.Match[str]) -> tuple[int, int]:
    """Where an organisation stands, with the place that it is in: "Elmfield Hospital in Leeds", "Zenit Bank (Riga)"."""
    seat = _SEAT.match(sentence, body.end()) if body.start() <= len("The ") else None
    return body.start(), seat.end() if seat else body.end()


def _listed_names(sentence: str) -> list[PlaceMention]:
    return [
        PlaceMention(_plain(name[0]), listed.start("names") + name.start(), listed.start("names") + name.end())
        for listed in _LIST_OF_NAMES.finditer(sentence)
        for name in re.finditer(_NAME, listed["names"])
    ]


def _overlaps(first: PlaceMention, second: PlaceMention) -> bool:
    return first.start < second.end and second.start < first.end


def _plain(name: str) -> str:
    """The name without diacritics."""
    decomposed = unicodedata.normalize("NFKD", name.replace("Đ", "D").replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
