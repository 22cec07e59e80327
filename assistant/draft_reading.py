"""A sentence taken apart for comparison: its words, its clauses and what they assert, its figures and their words.

The same reading is made of a draft's sentence and of its quotes. A figure's words are those of its
own part of the sentence, and those of the first part where its own is elliptic: in "waited 81 days
in 2023, after 94 days in 2022" the waiting is told of both figures, the year of one. Knows nothing of
drafts, sources and verdicts.

>>> read = read_sentence("Container traffic grew by 4%, while bulk cargo fell by 11%.")
>>> [sorted(figure.words) for figure in read.figures]
[['contain', 'grew', 'traffic'], ['bulk', 'cargo', 'fell']]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.draft_lexicon import NEUTRAL
from assistant.number_mentions import Amount, Mention, read_mentions
from corpus.dates import NO_YEAR
from index.terms import STOP_WORDS, fold, terms

__all__ = ["Clause", "Figure", "Sentence", "Word", "read_sentence", "words_told"]

_CUT = re.compile(r"[;:](?=\s)|,(?=\s)|\s[–—-]\s|(?<=\s)(?:but|while|whereas|although|though|because|and|or)(?=\s)")
# Between two figures: where the words of the first end, the surest sign first.
_BETWEEN = tuple(
    re.compile(pattern)
    for pattern in (
        r"[;:](?=\s)|(?<=\s)(?:but|while|whereas|although|though)(?=\s)",
        r",(?=\s)|(?<=\s)and(?=\s)",
        r"(?<=\s)(?:from|to|after|than|against|instead of|rather than|compared|versus)(?=\s)",
        r"\s[–—-]\s|[()]",
    )
)
# Before a figure: it is what another one is measured against.
_BASELINE = re.compile(
    r"\b(?:from|after|than|against|instead of|rather than|compared (?:with|to|against)|versus)"
    r"\s(?:(?:about|over|nearly|only|just|an?|the|some|around)\s)?\Z"
)
_EARLIER = re.compile(r"\b(?:(?:year|month|quarter|week) (?:before|earlier|ago)|(?:previous|last|prior) \w+)\b")
_DIGIT = re.compile(r"\d")
_NOT_TOLD = frozenset("must within per instead rather among amongst among via plus versus".split())


@dataclass(frozen=True, slots=True)
class Word:
    """One word at its place."""

    stem: str
    word: str  # folded
    start: int
    end: int
    is_capital: bool
    is_content: bool  # neither a function word nor part of a figure or a date


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of the sentence between its joints."""

    start: int
    end: int
    text: str  # folded
    stems: frozenset[str]  # of content words
    tokens: frozenset[str]  # the same with its figures and periods


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with the words told of it."""

    amount: Amount
    total: float | None
    hedge: str
    start: int
    end: int
    words: frozenset[str]  # stems, and periods as "@first/last"
    own: frozenset[str]  # those of its own part of the sentence
    has_time: bool  # also such a one as "the year before"
    is_baseline: bool  # what another figure is measured against: "after 94 days"


@dataclass(frozen=True, slots=True)
class Told:
    """The stems and periods that are told of one thing."""

    words: frozenset[str]
    own: frozenset[str]  # those of its own part of the sentence
    has_time: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence read."""

    text: str
    words: tuple[Word, ...]
    clauses: tuple[Clause, ...]
    figures: tuple[Figure, ...]
    periods: tuple[tuple[str, int, int], ...]  # token ("@first/last", "~words" without a year), start and end

    @property
    def stems(self) -> frozenset[str]:
        """Of all words, function words too."""
        return frozenset(word.stem for word in self.words)


@lru_cache(maxsize=1024)
def read_sentence(text: str, language: str = "en") -> Sentence:
    """`text` taken apart; markers must be gone."""
    mentions = read_mentions(text, language)
    amounts = [one for one in mentions if one.amount and one.amount[2] not in ("age", "clock")]
    periods = tuple((_period_token(one, text), one.start, one.end) for one in mentions if one.days)
    taken = [(one.number_start, one.end) for one in amounts] + [(one.start, one.end) for one in mentions if one.days]
    words = tuple(_words(text, taken))
    clauses = tuple(_clauses(text, words, amounts, periods))
    return Sentence(text, words, clauses, tuple(_figures(text, words, amounts, periods)), periods)


def _period_token(mention: Mention, text: str) -> str:
    """ "@first/last", or "~words" for a time whose year is not written: "last year", "in July"."""
    first, last = mention.days or (None, None)
    if first is None or first.year == NO_YEAR or not _DIGIT.search(text, mention.start, mention.end):
        return f"~{fold(text[mention.start : mention.end])}"
    return f"@{first}/{last}"


def _words(text: str, taken: list[tuple[int, int]]) -> list[Word]:
    found = []
    for term in terms(text, keep_stop_words=True):
        first = text[term.start : term.start + 1]
        inside = any(start <= term.start < end for start, end in taken)
        content = not inside and term.word not in STOP_WORDS and len(term.word) > 1
        found.append(Word(term.stem, term.word, term.start, term.end, first.isupper(), content))
    return found


def _clauses(
    text: str, words: tuple[Word, ...], amounts: list[Mention], periods: tuple[tuple[str, int, int], ...]
) -> list[Clause]:
    folded = fold(text)
    cuts = [0, *(match.end() for match in _CUT.finditer(folded)), len(text)]
    clauses = []
    for start, end in pairwise(cuts):
        stems = frozenset(word.stem for word in words if word.is_content and start <= word.start < end)
        tokens = stems | {token for token, at, _ in periods if start <= at < end}
        tokens |= {f"#{one.amount}" for one in amounts if start <= one.number_start < end}
        if text[start:end].strip(" .,;:"):
            clauses.append(Clause(start, end, folded[start:end], stems, frozenset(tokens)))
    return clauses


def _figures(
    text: str, words: tuple[Word, ...], amounts: list[Mention], periods: tuple[tuple[str, int, int], ...]
) -> list[Figure]:
    folded = fold(text)
    told = words_told([(one.start, one.end) for one in amounts], folded, words, periods)
    return [
        Figure(
            amount=one.amount or (0.0, None, ""),
            total=one.total,
            hedge=one.hedge,
            start=one.start,
            end=one.end,
            words=told_of_one.words,
            own=told_of_one.own,
            has_time=told_of_one.has_time,
            is_baseline=_BASELINE.search(folded[max(0, one.start - 40) : one.start]) is not None,
        )
        for one, told_of_one in zip(amounts, told, strict=True)
    ]


def words_told(
    anchors: Sequence[tuple[int, int]],
    folded: str,
    words: Sequence[Word],
    periods: Sequence[tuple[str, int, int]],
) -> list[Told]:
    """What is told of each anchor (start and end, in order)."""
    joints = [_joint(folded, one[1], two[0]) for one, two in pairwise(anchors)]
    starts, ends = [0, *(joint[1] for joint in joints)], [*(joint[0] for joint in joints), len(folded)]
    found: list[Told] = []
    opening: frozenset[str] = frozenset()  # words before the first
    for position, (at, stop) in enumerate(anchors):
        start, end = starts[position], ends[position]
        before, after = _tokens(words, start, at), _tokens(words, stop, end)
        own_periods = frozenset(token for token, place, _ in periods if start <= place < end and token.startswith("@"))
        told = own = before | after | own_periods
        if position == 0:
            opening = before
        elif not before:
            told |= opening if after else frozenset(token for token in found[0].words if not token.startswith("@"))
        else:
            told |= _gapped(words, opening, before, anchors[0][0])
        if position and folded[:at].rstrip().endswith("("):  # "nearly half (47.79%)": told once more
            told |= found[-1].words
        relative = _EARLIER.search(folded, start, end) or any(
            token.startswith("~") for token, place, _ in periods if start <= place < end
        )
        if not own_periods and not relative and position and not before:
            told |= frozenset(token for token in found[0].words if token.startswith("@"))
        found.append(Told(told, own, bool(own_periods or relative)))
    return found


def _joint(folded: str, start: int, end: int) -> tuple[int, int]:
    """Where the words of one anchor end and those of the next begin; without a sign, both have what is between."""
    for sign in _BETWEEN:
        found = sign.search(folded, start, end)
        if found:
            return found.start(), found.start()
    return end, start


def _tokens(words: Sequence[Word], start: int, end: int) -> frozenset[str]:
    return frozenset(
        word.stem
        for word in words
        if start <= word.start < end
        and ((word.is_content and word.stem not in NEUTRAL and word.word not in _NOT_TOLD) or word.word == "without")
    )


def _gapped(words: Sequence[Word], opening: frozenset[str], before: frozenset[str], first: int) -> frozenset[str]:
    """The verb that "the northern quay handled 2 tonnes and the southern quay 3" leaves out: behind the shared word."""
    shared = opening & before
    if not shared:
        return frozenset()
    last = max(word.start for word in words if word.start < first and word.stem in shared)
    return frozenset(word.stem for word in words if last < word.start < first and word.stem in opening)
