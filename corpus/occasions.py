"""Which meeting a text is about: the series it belongs to, and the place it is seen from.

Both are empty unless the text says them plainly. Knows nothing about dates and publishers.

>>> series_of("On August 8 he chaired the 3rd online meeting of the National Committee on Health.")
'National Committee on Health'
"""

from __future__ import annotations

import re
from collections import defaultdict

from corpus.places import find_places

__all__ = ["MEETING_WORD", "place_of", "series_of", "series_of_title"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NAMED_WITHIN = 6_000  # characters; a report names its meeting early
PLACE_WITHIN = 20_000
PLACE_POINTS_MIN = 4  # a bridge point is worth as much, other signs need each other
PLACE_LEAD_MIN = 2  # times the points of the place that comes next
MENTIONS_POINTS_MAX = 2  # however often it is named
NAME_WORDS_MAX = 5  # of a body's name after "Committee on"

_NOUNS = r"(?:meeting|session|conference|summit|sitting|plenum|assembly|congress|forum|hearing|call)"
MEETING_WORD = re.compile(
    r"\b(?:meeting|session|conference|summit|sitting|plenum|hearing|workshop|seminar|briefing|plenary|minutes|stand-?up)s?\b"
    r"|\bhội nghị\b|\b(?:cuộc|phiên|buổi|kỳ) họp\b|\bhọp\b",
    re.IGNORECASE,
)
_NUMERAL = r"(?:\d{1,3}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
_ORDINAL = rf"(?:{_NUMERAL}|annual|quarterly|monthly|weekly|regular)"
_BODY_NOUN = (
    r"(?:Committee|Council|Board|Commission|Assembly|Cabinet|Parliament|Congress|Senate|Panel|Society"
    r"|Association|Union|Working Group|Task Force|Forum)"
)
_BODY = rf"(?:[A-Z][\w'’-]* ){{0,6}}{_BODY_NOUN}(?: (?:on|for|of) (?:the )?\w[\w'’ -]{{0,80}})?"
_QUARTER = rf"(?:{_ORDINAL}|Q[1-4]) quarter"
_SESSION_OF_BODY = re.compile(rf"\b(?i:{_ORDINAL})(?: [a-z-]+){{0,2}} {_NOUNS} of (?:the )?(?P<body>{_BODY})")
_BODY_HOLDS = re.compile(
    rf"(?P<body>{_BODY_NOUN}(?: (?:on|for|of) (?:the )?(?:(?!holds?\b|held\b|meeting\b)\w[\w'’-]* ?){{1,6}})?)"
    rf"(?:['’]s?)? ?,?(?: ?(?:has |have )?(?:holds?|held)(?: its| the)?| ?meeting,?| ?convenes its)? ?"
    rf"\b(?i:{_ORDINAL})(?: [a-z-]+){{0,2}} {_NOUNS}\b"
)
_PERIODIC = re.compile(rf"\b(?i:{_QUARTER})(?: of)?(?: \d{{4}})?(?:['’]s)? (?P<name>(?:[a-z][\w-]* ){{1,4}}{_NOUNS})\b")
_PERIODIC_ON = re.compile(
    rf"\b(?P<noun>{_NOUNS}) on (?P<name>(?:[a-z][\w-]* ){{1,4}}?)(?:for|in|of) the (?i:{_QUARTER})\b"
)
_LEADING_CAPITALS = re.compile(r"(?:[A-Z][\w'’-]* ){1,6}$")
_NAME_ENDS = _words(
    """was were is are has have had will would held holds hold met meets with to at in by from as that
    which who and but meeting session conference summit today yesterday this also said"""
)
_TITLE_SERIES = re.compile(
    rf"(?P<name>(?:[\w'’&-]+ ){{0,5}}(?:{_NOUNS}|stand-?up|review|sync|retrospective|briefing))\b",
    re.IGNORECASE,
)
_NUMBERING = re.compile(rf"\b(?:{_NUMERAL}|\d{{4}}-\d\d-\d\d|(?:19|20)\d\d|no\.? ?\d+)\b|#\d+|\b\d+\b", re.IGNORECASE)

_POINT_AFTER = re.compile(r"(?:['’]s)? (?:bridge|connecting|connection|meeting|online|video) (?:point|end)\b")
_POINT_BEFORE = re.compile(
    r"(?:(?:bridge|connecting|connection|meeting) points? (?:of|in|at) (?:the )?"
    r"|điểm cầu (?:tỉnh |thành phố )?)$",
    re.IGNORECASE,
)
_OPENING_BEFORE = re.compile(r"(?:^|\n|[.!?] )In $")


def series_of(text: str) -> str:
    """The name of the meeting without its number and year, as `text` has it; "" if it has none."""
    text = text[:NAMED_WITHIN].replace("\n", " ¶ ")
    match = _SESSION_OF_BODY.search(text)
    if match is not None:
        return _body_name(match["body"], text)
    match = _BODY_HOLDS.search(text)
    if match is not None:
        before = _LEADING_CAPITALS.search(text[: match.start()])
        return _body_name((before.group() if before else "") + match["body"], text)
    match = _PERIODIC.search(text)
    if match is not None:
        return match["name"]
    match = _PERIODIC_ON.search(text)
    return f"{match['name'].strip()} {match['noun']}" if match is not None else ""


def series_of_title(title: str) -> str:
    """The series that a transcript's title names: "Weekly call #12, 3 May" is "Weekly call"."""
    match = _TITLE_SERIES.match(_NUMBERING.sub("", title).strip(" -–,:"))
    return " ".join(match["name"].split()) if match is not None else ""


def place_of(headline: str, text: str, publisher: str = "") -> str:
    """The place a report is seen from, "" when none stands out.

    A "bridge point" names it outright; else a place needs to open paragraphs ("In Cardiff, ..."),
    be in the headline or the publisher's name, and be ahead of every other place.
    """
    text = text[:PLACE_WITHIN]
    points: defaultdict[str, float] = defaultdict(float)
    for mention in find_places(text):
        before, after = text[max(0, mention.start - 40) : mention.start], text[mention.end :][:30]
        points[mention.name] += 0.5 if points[mention.name] < MENTIONS_POINTS_MAX else 0
        if _POINT_AFTER.match(after) or _POINT_BEFORE.search(before):
            points[mention.name] += PLACE_POINTS_MIN
        elif _OPENING_BEFORE.search(before) and after.startswith(","):
            points[mention.name] += 1
    for name in list(points):
        points[name] += 2 * (name in headline) + 2 * (name in publisher)
    if not points:
        return ""
    first, *others = sorted(points, key=lambda name: -points[name])
    ahead = not others or points[first] >= PLACE_LEAD_MIN * points[others[0]]
    return first if points[first] >= PLACE_POINTS_MIN and ahead else ""


def _body_name(found: str, text: str) -> str:
    """The body's name cut where the sentence goes on, in the spelling with the most capitals."""
    found = found.removeprefix("The ")
    head, noun, rest = re.split(rf"({_BODY_NOUN})", found, maxsplit=1)
    words: list[str] = []
    for word in rest.split():
        if word.casefold() in _NAME_ENDS or len(words) > NAME_WORDS_MAX:
            break
        words.append(word)
        if word[-1] in ",.;:¶":
            break
    while words and words[-1] in {"on", "for", "of", "the"}:
        words.pop()
    name = " ".join(f"{head}{noun} {' '.join(words)}".split()).strip(" ,.;:¶'’")
    spelled = re.compile(
        r"\s".join(re.escape(word) for word in f"{head}{noun}".split())
        + r"(?: (?:on|for|of)(?: (?:the|and|of|[A-Z][\w'’-]*))* [A-Z][\w'’-]*)?"
    )
    variants = [match.group() for match in spelled.finditer(text)]
    same = [variant for variant in variants if name.casefold().startswith(variant.casefold())]
    longest = max(same, key=len, default=name)
    return longest if len(longest.split()) > len(f"{head}{noun}".split()) else name
