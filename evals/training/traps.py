"""Questions that a passage seems to answer and does not: one detail is exchanged.

A figure of another year, place or unit is the commonest false answer over
reports of meetings, and no public set has it. A question's year, month, number,
place or name is exchanged for another of the same type that does not stand in
the passage; the passage then does not answer it. The unchanged question stays
beside it in training, so that only the detail tells them apart.

Knows nothing about models or tokens.

    >>> import random
    >>> altered = exchange_detail("What was the rate in 2019?", "In 2019 it was 4 %.", [], random.Random(0))
    >>> altered is not None and altered.kind
    'year'
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

PLACES = tuple(
    """
    Afghanistan|Albania|Algeria|Angola|Argentina|Armenia|Australia|Austria|Bangladesh|Belgium|Bolivia
    |Brazil|Bulgaria|Cambodia|Cameroon|Canada|Chile|China|Colombia|Croatia|Cuba|Denmark|Ecuador|Egypt
    |England|Estonia|Ethiopia|Finland|France|Georgia|Germany|Ghana|Greece|Guatemala|Hungary|Iceland|India
    |Indonesia|Iran|Iraq|Ireland|Israel|Italy|Japan|Jordan|Kazakhstan|Kenya|Kuwait|Laos|Latvia|Lebanon
    |Libya|Lithuania|Malaysia|Mali|Mexico|Mongolia|Morocco|Mozambique|Myanmar|Namibia|Nepal|Netherlands
    |New Zealand|Nicaragua|Nigeria|North Korea|Norway|Oman|Pakistan|Panama|Peru|Philippines|Poland
    |Portugal|Qatar|Romania|Russia|Saudi Arabia|Scotland|Senegal|Serbia|Singapore|Slovakia|Slovenia
    |Somalia|South Africa|South Korea|Spain|Sri Lanka|Sudan|Sweden|Switzerland|Syria|Taiwan|Tanzania
    |Thailand|Tunisia|Turkey|Uganda|Ukraine|United Kingdom|United States|Uruguay|Venezuela|Vietnam|Wales
    |Zambia|Zimbabwe|London|Paris|Berlin|Madrid|Rome|Vienna|Moscow|Warsaw|Tokyo|Beijing|Shanghai|Delhi
    |Mumbai|New York|Los Angeles|Chicago|Boston|Houston|Philadelphia|San Francisco|Seattle|Detroit|Miami
    |Atlanta|Sydney|Melbourne|Toronto|Montreal|Cairo|Istanbul|Athens|Lisbon|Dublin|Edinburgh|Hanoi
    |Ho Chi Minh City|Da Nang|Hai Phong|Hai Duong|Hue|Nghe An|Quang Ninh|Quang Binh|Quang Ngai|Can Tho
    |Bac Ninh|Lao Cai|Lang Son|Thanh Hoa|Binh Duong|Dong Nai|Bangkok|Manila|Jakarta|Hong Kong|Seoul
    |California|Texas|Florida|Virginia|Ohio|Georgia|Michigan|Montana|Alaska|Oklahoma|Oregon|Arizona
    |Europe|Africa|Asia|South America|North America|Antarctica
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)

ANTONYMS = (
    ("first", "last"), ("highest", "lowest"), ("largest", "smallest"), ("before", "after"),
    ("more", "less"), ("most", "least"), ("oldest", "youngest"), ("earliest", "latest"),
    ("northern", "southern"), ("eastern", "western"), ("north", "south"), ("east", "west"),
    ("increase", "decrease"), ("increased", "decreased"), ("rise", "fall"), ("begin", "end"),
    ("began", "ended"), ("longest", "shortest"), ("best", "worst"), ("win", "lose"), ("won", "lost"),
    ("male", "female"), ("men", "women"), ("import", "export"), ("imports", "exports"),
    ("minimum", "maximum"), ("majority", "minority"), ("above", "below"), ("left", "right"),
    ("internal", "external"), ("domestic", "foreign"), ("public", "private"), ("urban", "rural"),
    ("actual", "planned"), ("primary", "secondary"), ("positive", "negative"), ("strong", "weak"),
    ("born", "buried"), ("founded", "dissolved"), ("opened", "closed"), ("accept", "reject"),
    ("accepted", "rejected"), ("support", "oppose"), ("supported", "opposed"), ("upper", "lower"),
    ("senior", "junior"), ("minor", "major"), ("new", "old"), ("inside", "outside"),
)  # fmt: skip

_YEAR = re.compile(r"\b(1[4-9]\d\d|20[0-3]\d)\b")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w])")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w'’-]*(?: (?:of |the |de )?[A-Z][\w'’-]*)*")
_NEGATABLE = re.compile(r"\b(did|does|do|was|were|is|are|can|could|has|have|would|will)\b")


@dataclass(frozen=True, slots=True)
class Altered:
    """A question whose changed detail the passage does not hold."""

    question: str
    kind: str


def names_in(question: str) -> tuple[tuple[str, str], ...]:
    """The capitalised names of a question that do not open it, each with the word before it."""
    found = []
    for match in _NAME.finditer(question):
        before = question[: match.start()].split()
        found.append((before[-1].lower() if before else "", match.group()))
    return tuple(found)


def exchange_detail(question: str, passage: str, donors: Sequence[str], rng: random.Random) -> Altered | None:
    """Exchange one detail of a question for another of its type, or None where there is none.

    Args:
        question: a question that the passage answers.
        passage: the text that the new detail must not stand in.
        donors: other questions about the same matter, to take names from.
        rng: the source of chance.
    """
    lowered = passage.lower()
    strong: list[Callable[[], Altered | None]] = [
        lambda: _year(question, lowered, rng),
        lambda: _month(question, lowered, rng),
        lambda: _number(question, lowered, rng),
        lambda: _place(question, lowered, rng),
    ]
    rng.shuffle(strong)
    weak: list[Callable[[], Altered | None]] = [
        lambda: _name(question, lowered, donors, rng),
        lambda: _antonym(question, lowered, rng),
    ]
    rng.shuffle(weak)
    for attempt in (*strong, *weak):
        altered = attempt()
        if altered is not None:
            return altered
    if rng.random() < 0.06:
        return _negation(question)
    return None


def _put(question: str, start: int, end: int, new: str, kind: str) -> Altered:
    return Altered(question[:start] + new + question[end:], kind)


def _year(question: str, lowered: str, rng: random.Random) -> Altered | None:
    matches = list(_YEAR.finditer(question))
    if not matches:
        return None
    match = rng.choice(matches)
    steps = [-10, -7, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 7, 10]
    rng.shuffle(steps)
    for step in steps:
        year = str(int(match.group()) + step)
        if year not in lowered:
            return _put(question, match.start(), match.end(), year, "year")
    return None


def _month(question: str, lowered: str, rng: random.Random) -> Altered | None:
    for match in re.finditer(r"\b[A-Z][a-z]{2,8}\b", question):
        if match.group() in MONTHS and match.group().lower() in lowered:
            others = [month for month in MONTHS if month.lower() not in lowered]
            if others:
                return _put(question, match.start(), match.end(), rng.choice(others), "month")
    return None


def _number(question: str, lowered: str, rng: random.Random) -> Altered | None:
    matches = [
        match for match in _NUMBER.finditer(question) if not _YEAR.fullmatch(match.group()) and match.group() in lowered
    ]
    if not matches:
        return None
    match = rng.choice(matches)
    digits = match.group()
    for _ in range(8):
        changed = list(digits)
        places = [at for at, char in enumerate(changed) if char.isdigit()]
        at = rng.choice(places)
        changed[at] = rng.choice([char for char in "123456789" if char != changed[at]])
        new = "".join(changed)
        if new not in lowered:
            return _put(question, match.start(), match.end(), new, "number")
    return None


def _place(question: str, lowered: str, rng: random.Random) -> Altered | None:
    found = [
        match
        for place in PLACES
        if place in question and place.lower() in lowered
        for match in re.finditer(rf"\b{re.escape(place)}\b", question)
    ]
    if not found:
        return None
    match = rng.choice(found)
    for _ in range(8):
        new = rng.choice(PLACES)
        if new.lower() not in lowered:
            return _put(question, match.start(), match.end(), new, "place")
    return None


def _name(question: str, lowered: str, donors: Sequence[str], rng: random.Random) -> Altered | None:
    own = [(before, name) for before, name in names_in(question) if name.lower() in lowered]
    if not own or not donors:
        return None
    before, name = rng.choice(own)
    words = len(name.split())
    options = []
    for donor in rng.sample(list(donors), min(len(donors), 40)):
        for donor_before, donor_name in names_in(donor):
            if donor_name.lower() in lowered or donor_name in name or name in donor_name:
                continue
            if donor_before == before or len(donor_name.split()) == words >= 2:
                options.append(donor_name)
    if not options:
        return None
    at = question.index(name)
    return _put(question, at, at + len(name), rng.choice(options), "name")


def _antonym(question: str, lowered: str, rng: random.Random) -> Altered | None:
    pairs = [*ANTONYMS, *((b, a) for a, b in ANTONYMS)]
    rng.shuffle(pairs)
    for old, new in pairs:
        match = re.search(rf"\b{old}\b", question)
        if match and not re.search(rf"\b{new}\b", lowered):
            return _put(question, match.start(), match.end(), new, "antonym")
    return None


def _negation(question: str) -> Altered | None:
    match = _NEGATABLE.search(question)
    if match is None:
        return None
    word = match.group()
    negated = {"can": "can't", "will": "won't"}.get(word, word + "n't")
    return _put(question, match.start(), match.end(), negated, "negation")
