"""Countries, provinces and cities that a text names, and when two spellings are one place.

The names come from pycountry (ISO 3166-1 and -2; its data still has the Vietnamese provinces that
were merged in 2025) and from `places_extra.txt`. They are compared without diacritics, capitals,
spaces and hyphens, so "Hải Dương", "Hai Duong" and "HaiDuong" are one. A name that is also an
English word or a person's ("Nelson", "Como") counts only where its surroundings say so. Knows
nothing about which place contains another, and does not tell Georgia from Georgia.

>>> [(place.name, place.start) for place in find_places("Online records in Hải Dương and Hà Nội")]
[('Hai Duong', 18), ('Hanoi', 32)]
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

__all__ = ["PlaceMention", "find_places", "is_country", "iso_records", "iso_spellings", "normal_place"]

# Where a name may stand to count: anywhere; after "in" or before "province"; only beside a word
# such as "province" or "city"; nowhere (it only keeps shorter names inside it from counting).
_Trust = Literal["anywhere", "phrase", "titled", "none"]

_TRUSTS: dict[str, _Trust] = {
    "anywhere": "anywhere",
    "phrase": "phrase",
    "titled": "titled",
    "none": "none",
}

_EXTRA = Path(__file__).with_name("places_extra.txt")
_WORD = re.compile(r"[^\W\d_]+")
_CAPITALISED = re.compile(r"[^\W\d_a-z](?<![^\W_].)[^\W\d_]*")
_ANY_WORD = re.compile(r"[^\W\d_](?<![^\W_].)[^\W\d_]*")
_INSIDE = re.compile(r"[ \u00a0]?[-–'’][ \u00a0]?|[. \u00a0]")  # between the words of one name
_SMALL_WORDS = frozenset({"and", "of", "the", "de", "da", "do", "del", "di", "la", "le", "y", "e"})
_WITHOUT_MARK = str.maketrans("đĐøØłŁıʻ", "dDoOlLi'")

# Words of direction and kind: a name made only of these ("Central Region") is no proper name.
_GENERIC = frozenset(
    {
        *("north", "south", "east", "west", "central", "northern", "southern", "eastern"),
        *("western", "northeast", "northwest", "southeast", "southwest", "upper", "lower"),
        *("middle", "new", "capital", "national", "federal", "city", "region", "province"),
        *("district", "state", "territory", "county", "metropolitan", "coast", "islands", "river"),
        *("lake", "valley", "center", "centre", "union", "nord", "sud", "est", "ouest", "and"),
        *("man", "plateau", "plateaux", "highlands", "lakes", "rivers", "mountain", "the", "of"),
    }
)
_WORDLY_COUNTRIES = frozenset({"chad", "georgia", "guinea", "jersey", "jordan", "niger", "turkey"})
_SAINTS = frozenset({"saint", "san", "santa", "santo", "st"})  # as often a person as a place
_ALSO_PHRASES = frozenset({"longan", "hoabinh"})  # in lower case: "how long an outage", "peace"
# A Vietnamese name is written after its family name: "Nguyen Thai Binh" is nobody's province.
_PERSON_BEFORE = re.compile(
    r"\b(?:M(?:rs?|s)|Dr|Comrade|Minister|President|Uncle|Nguyen|Tran|Le|Pham|Hoang|Huynh|Phan|Vu"
    r"|Vo|Dang|Bui|Do|Ho|Ngo|Duong|Ly|Dinh|Trinh|Truong|Mai|Dao|Doan|Luong|Phung|Chu|Luu|Van|Thi)"
    r"\.? \Z"
)
_TITLE_BEFORE = re.compile(
    r"(?i)(?:\b(?:province|city|state|region|county|municipality) of|\b(?:tỉnh|tp|thành phố)\.?)"
    r" ?\Z"
)
_TITLE_AFTER = re.compile(
    r" (?:[Pp]rovinc(?:e|es|ial)|[Cc]it(?:y|ies)|[Cc]ount(?:y|ies)|[Pp]refecture|[Gg]overnorate"
    r"|[Mm]unicipality|[Ss]tate|[Dd]istrict|[Rr]egion)\b"
)
_PREPOSITION = re.compile(r"(?i)\b(?:in|of|from|at|across|throughout|near|within|outside|tại|ở|của|từ)(?: the)? \Z")
_NAME_AFTER = re.compile(r" [^\W\d_a-zà-öø-ÿ]")
_STREET_AFTER = re.compile(r" (?:Street|Road|Avenue|Boulevard|Highway|Bridge|Stadium)\b")
_STREET_BEFORE = re.compile(r"(?i)(?<!thành )\b(?:đường|phố) \Z")
_LIST_LINK = re.compile(r", (?:and )?| and | or ")
_LOOK_BACK = 24  # characters


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """One place at its place in the text."""

    name: str  # one for all spellings, without diacritics: "Hai Duong"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    trust: _Trust


@dataclass(slots=True)
class _Gazetteer:
    """All names by their joined key, and how many words the names with a first word may have."""

    entries: dict[str, _Entry] = field(default_factory=dict)
    words_from: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, words: list[str], trust: _Trust) -> None:
        """Take the keys `words` for the place `name`; a later spelling replaces an earlier one."""
        key = "".join(words)
        if len(key) >= 2:
            self.entries[key] = _Entry(name, trust)
            self.words_from[words[0]] = max(self.words_from.get(words[0], 1), len(words))


def find_places(text: str, *, any_case: bool = False) -> list[PlaceMention]:
    """The places that `text` names, by position, not overlapping, the longest name first.

    With `any_case`, names in lower case count too where they have several words or follow "in",
    "of", "from" or "at": for questions, which are often typed without capitals.

    >>> [place.name for place in find_places("and in hai duong?", any_case=True)]
    ['Hai Duong']
    """
    gazetteer = _gazetteer()
    found: list[PlaceMention] = []
    end = 0
    for first in (_ANY_WORD if any_case else _CAPITALISED).finditer(text):
        if first.start() < end:
            continue
        for candidate in _candidates(text, first, gazetteer):
            if candidate.entry.trust == "none":
                end = candidate.end
                break
            listed = bool(found) and _LIST_LINK.fullmatch(text, found[-1].end, first.start())
            if listed or _counts(text, candidate, any_case):
                end = candidate.end
                found.append(PlaceMention(candidate.entry.name, candidate.start, end))
                break
    return found


def is_country(name: str) -> bool:
    """Whether `name`, as a mention gives it, is a country and not a part of one."""
    return name in _countries()


@cache
def _countries() -> frozenset[str]:
    records = iso_records("3166-1")
    return frozenset(_folded(country.get("common_name", iso_spellings(country["name"])[0])) for country in records)


def normal_place(name: str) -> str:
    """A key that is equal for two spellings of one place, and for no two places.

    Diacritics, capitals, spaces, hyphens and "province" do not matter; a known name stands for
    all its spellings.

    >>> normal_place("Tỉnh Hải Dương") == normal_place("HaiDuong") == normal_place("hai duong")
    True
    """
    key = "".join(map(_key, _WORD.findall(name)))
    entries = _gazetteer().entries
    for prefix in ("tinh", "thanhpho", "tp", "provinceof", "cityof", "the"):
        if key not in entries and key.removeprefix(prefix) in entries:
            key = key.removeprefix(prefix)
    if key not in entries:  # not "city": Mexico City is not Mexico
        key = key.removesuffix("province") or key
    return "".join(map(_key, _WORD.findall(entries[key].name))) if key in entries else key


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    n_words: int
    key: str
    entry: _Entry


def _candidates(text: str, first: re.Match[str], gazetteer: _Gazetteer) -> Iterator[_Candidate]:
    """The names that begin with the word `first`, the longest first."""
    key, end = _key(first[0]), first.end()
    longest = gazetteer.words_from.get(key, 1)
    if longest == 1 and key not in gazetteer.entries:
        return
    reached = [(key, end)]
    while len(reached) < longest:
        gap = _INSIDE.match(text, end)
        word = _WORD.match(text, gap.end()) if gap else None
        if not word:
            break
        key, end = key + _key(word[0]), word.end()
        reached.append((key, end))
    for n_words, (key, end) in reversed(list(enumerate(reached, start=1))):
        if key in gazetteer.entries:
            yield _Candidate(first.start(), end, n_words, key, gazetteer.entries[key])


def _counts(text: str, candidate: _Candidate, any_case: bool) -> bool:
    """Whether a known name, where it stands, names a place."""
    spelling = text[candidate.start : candidate.end]
    before = text[max(0, candidate.start - _LOOK_BACK) : candidate.start]
    titled = _TITLE_BEFORE.search(before) or _TITLE_AFTER.match(text, candidate.end)
    if len(candidate.key) == 2 and not spelling.isupper():
        return False  # "us" is not the US
    if _STREET_AFTER.match(text, candidate.end) or _STREET_BEFORE.search(before):
        return False
    if titled or candidate.entry.trust == "titled":
        return titled is not None
    introduced = _PREPOSITION.search(before) is not None
    if not _is_capitalised(spelling):
        alone = candidate.n_words == 1 or candidate.key in _ALSO_PHRASES
        return any_case and (introduced or (candidate.entry.trust == "anywhere" and not alone))
    joined = candidate.n_words == 1 and " " in candidate.entry.name and spelling[1:].islower()
    if candidate.entry.trust == "phrase" or joined:  # "Longan" may be the fruit, "LongAn" is not
        return introduced and not _NAME_AFTER.match(text, candidate.end)
    return not _PERSON_BEFORE.search(_folded(before))


def _is_capitalised(spelling: str) -> bool:
    """Whether each word begins with a capital, small words such as "and" excepted."""
    words = _WORD.findall(spelling)
    return words[0][0].isupper() and all(w[0].isupper() or w in _SMALL_WORDS for w in words)


@cache
def _gazetteer() -> _Gazetteer:
    """All names, from the most to the least doubtful: a later spelling replaces an earlier one."""
    gazetteer = _Gazetteer()
    for subdivision in iso_records("3166-2"):
        for name in iso_spellings(subdivision["name"]):
            words = [_key(word) for word in _WORD.findall(name)]
            generic = _GENERIC.issuperset(words)
            if sum(map(len, words)) >= 3 and not (len(words) == 1 and generic):
                doubtful = len(words) == 1 or generic or words[0] in _SAINTS
                gazetteer.add(_folded(name), words, "phrase" if doubtful else "anywhere")
    for country in iso_records("3166-1"):
        names = [*iso_spellings(country["name"]), country.get("official_name", "")]
        name = country.get("common_name", names[0])
        for spelling in filter(None, (*names, name)):
            words = [_key(word) for word in _WORD.findall(spelling)]
            wordly = words[-1] in _WORDLY_COUNTRIES and len(words) == 1
            gazetteer.add(_folded(name), words, "phrase" if wordly else "anywhere")
    for line in _EXTRA.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            spellings = [spelling.partition(" @") for spelling in line.split(" | ")]
            for spelling, _, flag in spellings:
                words = [_key(word) for word in _WORD.findall(spelling)]
                gazetteer.add(_folded(spellings[0][0]), words, _TRUSTS[flag or "anywhere"])
    return gazetteer


def iso_records(standard: str) -> list[dict[str, str]]:
    """The records of one ISO standard in the data files of the installed pycountry.

    The files are read without importing the package: import and its record objects cost 130 ms,
    of the second in which a question is answered; the two files cost 7 ms.
    """
    package = find_spec("pycountry")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("No module named 'pycountry'", name="pycountry")
    path = Path(package.origin).parent / "databases" / f"iso{standard}.json"
    records: list[dict[str, str]] = json.loads(path.read_bytes())[standard]
    return records


def iso_spellings(name: str) -> list[str]:
    """The spellings in one ISO name: "Galicia [Galicia]", "Madrid, Comunidad de"."""
    if name.isalpha():
        return [name]
    parts = re.split(r"[\[\]/]|\([^)]*\)", name)
    spellings = []
    for part in filter(None, (part.strip() for part in parts if part)):
        head, comma, tail = part.partition(", ")
        spellings += [head, f"{tail} {head}"] if comma else [part]
    return spellings


def _folded(name: str) -> str:
    """The name without diacritics, in its own capitals."""
    if name.isascii():
        return name
    decomposed = unicodedata.normalize("NFKD", name.translate(_WITHOUT_MARK))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@lru_cache(maxsize=65536)
def _key(word: str) -> str:
    return _folded(word).casefold()
