"""Quantities that are words of their own: "half of", "two thirds", "doubled", "threefold", "ranked first".

Also the pattern by which every number of a text is found, since these words stand in it beside
digits and number words. Knows nothing of units, ranges and totals.

>>> match = candidates("en").search("two thirds of them")
>>> value, unit = read_proportion("two thirds of them", match)
>>> round(value, 2), unit
(66.67, '%')
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.number_forms import DENOMINATORS, NUMBER_WORDS, ORDINAL_WORDS, WORD_NUMBER, any_of, digits_pattern

__all__ = ["candidates", "read_proportion"]

_LOOK_BACK = 24  # characters
_SMALL = any_of([word for word, value in NUMBER_WORDS.items() if 1 <= value <= 10])
_FOLDS = [word for word, value in NUMBER_WORDS.items() if 2 <= value <= 20]
_CHANGES = {"doubl": 2, "tripl": 3, "trebl": 3, "quadrupl": 4, "quintupl": 5, "halv": 0.5, "twic": 2}
_CHANGES |= {"gấp đôi": 2, "gấp ba": 3, "verdoppelt": 2, "verdreifacht": 3, "halbiert": 0.5, "doublé": 2, "triplé": 3}
_PHRASES = (
    rf"(?P<fraction>(?:an?|{_SMALL})[ \u00a0-](?:{any_of(DENOMINATORS)}))"
    r"|(?P<bighalf>half an? (?:million|billion|trillion|dozen)(?!\w))"
    r"|(?P<half>half)(?=[ ](?:of|the|its|their|all|as)\b|[.,;)]|\Z)"
    r"|(?P<change>(?:doubl|tripl|trebl|quadrupl|quintupl)(?:ed|es|ing|e)(?![\w-])|halv(?:ed|es|ing|e)(?![\w-])"
    r"|twice(?= (?:as|the|that|higher|larger|more)\b)"
    r"|(?:gấp đôi|gấp ba|verdoppelt|verdreifacht|halbiert|doublé|triplé)(?!\w))"
    rf"|(?P<fold>(?:{'|'.join(_FOLDS)})-?fold)(?!\w)"
    rf"|(?P<place>(?:{any_of(ORDINAL_WORDS)}))(?=[^\w-]|\Z)"
)
_BIG = {"million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0}

_VERB_BEFORE = re.compile(
    r"(?i)\b(?:to|will|would|could|should|must|can|may|nearly|almost|than|is|was|were|are|be|about|roughly)[^\S\n]+\Z"
)
_HEDGE_BEFORE = re.compile(
    r"(?i)\b(?:about|nearly|almost|over|than|around|roughly|by|least|some|only|just|under|up to)[^\S\n]+\Z"
)
_NOUN_BEFORE = re.compile(r"(?i)\b(?:of|the|these|in|and|men’s|women’s|mixed)[^\S\n]+\Z")
_PART_OF_TIME = re.compile(r"(?i)\b(?:first|second|last|other|latter|both|this|final|next|the)[^\S\n]+\Z")
_OF = re.compile(
    r"(?i)[^\S\n]+(?:of|the|its|their|all)\b(?![^\S\n]+(?:(?:19|20)\d\d|an? (?:hour|day|year|century|minute))\b)"
)
_RANK_BEFORE = re.compile(
    r"(?i)\b(?:rank(?:s|ed|ing)?|plac(?:ed|es)|stands?|stood|finish(?:es|ed)|came)(?: it| them)?[^\S\n]+\Z"
)
_RANK_AFTER = re.compile(r"(?i)[^\S\n](?:place|rank|position)\b")
_THE = re.compile(r"(?i)\bthe[^\S\n]+\Z")


@lru_cache(maxsize=16)
def candidates(language: str) -> re.Pattern[str]:
    """Where a number of a text begins; the last group tells what: digits, number words, or a phrase."""
    first = "aefhnostdqtgvz"  # letters that the words begin with: the engine skips the others
    return re.compile(
        rf"(?P<digits>{digits_pattern(language)})|(?<![\w-])(?=[{first}])(?:{_PHRASES}|(?P<words>{WORD_NUMBER}))",
        re.IGNORECASE,
    )


def read_proportion(text: str, match: re.Match[str]) -> tuple[float, str] | None:
    """Value and unit of a phrase that `candidates` has found in `text`; None where it means no quantity.

    Parts of a whole are percentages, multiples "times", places in an order "rank".
    """
    kind, words = match.lastgroup, match[0].lower()
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    if kind == "fraction":
        return _fraction(text, match.end(), words, before)
    if kind == "bighalf":
        return _BIG[words.split()[-1]] / 2, "count"
    if kind == "half":
        if _PART_OF_TIME.search(before) or text[match.start() - 1 : match.start()] == "-":
            return None
        of = _OF.match(text, match.end()) is not None or text.startswith(" as", match.end())
        return (50.0, "%") if of or _HEDGE_BEFORE.search(before) else None
    if kind == "change":
        if words[-1] == "e" and words != "twice" and not _VERB_BEFORE.search(before):
            return None
        if words.endswith("es") and _NOUN_BEFORE.search(before):  # "the set of triples"
            return None
        stem = words if words in _CHANGES else re.sub(r"(?:ed|es|ing|e)\Z", "", words)
        return float(_CHANGES[stem]), "times"
    if kind == "fold":
        return float(NUMBER_WORDS[words.removesuffix("fold").removesuffix("-")]), "times"
    if kind == "place":
        told = _RANK_BEFORE.search(before) or (_RANK_AFTER.match(text, match.end()) and not _THE.search(before))
        return (float(ORDINAL_WORDS[words]), "rank") if told else None
    return None


def _fraction(text: str, end: int, words: str, before: str) -> tuple[float, str] | None:
    above, below = re.split(r"[\s-]", words, maxsplit=1)
    share = NUMBER_WORDS.get(above, 1) / DENOMINATORS[below]
    said = _OF.match(text, end) or _HEDGE_BEFORE.search(before)
    hyphened = "-" in words and share not in (0.5, 0.25) and above not in ("a", "an")
    plural = below.endswith("s") and below != "quarters"
    if share >= 1 or (above == "two" and below == "quarters") or not (said or hyphened or plural):
        return None
    return share * 100, "%"
