"""What the figures of one sentence share: a unit, a total, a predicate.

"From 214 to 187 days" has one unit, "of the 412 schools, 389" one total, "21 ministries and 62
localities have issued a plan" one predicate. Knows nothing of the sentences before.

>>> from corpus.quantities import find_quantities
>>> text = "It fell from 214 to 187 days."
>>> [one.unit for one in sharing_units(text, find_quantities(text))]
['days', 'days']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.document import Span
from corpus.periods import PeriodMention
from corpus.quantities import Quantity
from index.figure_indicator import Words
from index.reading import Reading

__all__ = [
    "group_total",
    "is_listed",
    "led_in",
    "paired_names",
    "restates",
    "sharing_predicate",
    "sharing_units",
    "sharing_words",
    "words_around",
]

LIST_CHARACTERS = 90  # between two figures of one list
MONEY_AT_LEAST = 1e5  # a bare number of this size beside money is money
_OUT_OF = re.compile(r"(?:of|among|out of)\s(?:(?:the|its|all|our|their)\s)?", re.IGNORECASE)
_PREDICATE = re.compile(r"\b(?:have|has|had|are|were|will|do|did)\s\w+", re.IGNORECASE)
_VERBS = r"is|are|was|were|has|have|had|reached|rose|fell|grew|stood"
_BREAKS_LIST = re.compile(
    rf"[;:]|\b(?:while|whereas|but|{_VERBS}|against|compared|from|of which|exceed\w*|than)\b", re.IGNORECASE
)
_NOUN_ONLY = re.compile(r"(?:\s[a-z-]+){1,3}\s")
_RESPECTIVELY = re.compile(r"\b(?:respectively|in that order|lần lượt)\b", re.IGNORECASE)
_LISTED_NAMES = re.compile(r"\s?(?:,|,?\s?(?:and|or|và))\s(?:the |huyện |tỉnh |xã |quận |thành phố )?")
_JOINS = re.compile(r",?\s(?:and|or|to|và|đến|et|und|bis)\s|,\s")
_ITEMS = re.compile(r",\s(?:and\s|or\s|và\s)?|\s(?:and|or|và)\s")
_ITEM_HEAD = re.compile(r"(.*\b(?:of|in|for|on|by|from|của))\s+(?=\S)")
_ACTS = re.compile(r"(?:[a-z]+ed|had|have|has|got|took|made|did|do|use|were|are)\s")
_PART_OF_IT = re.compile(
    r"[,;(]\s?(?:including|of (?:which|whom|them|these|those)),?\s(?:over|about|nearly|some)?\s?\Z"
)
_VERB_ALONE = re.compile(r"[a-z]+ed")
_MULTIPLE_OF = re.compile(r"\s(?:the|that of)\b")
_RESTATES = re.compile(
    r"(?:\bor|\bi\.e\.|\bthat is|\bequal to|\bequivalent to|\brepresenting|\bsoit|\bbằng|\btương đương)\s*\Z",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:\b(?:in|by|for|between|during|since|until|from|to|as of|at|on|throughout|of|vào|trong|đến|năm|by the end of"
    r"|at the end of|in the year|the year|the)\s+)+\Z",
    re.IGNORECASE,
)
_AGAINST = re.compile(r".{0,24}(?:\b(?:against|compared (?:with|to)|from|after|versus)\s|\((?:19|20)\d\d:\s)")
_BUDGETED = re.compile(r"\s(?:budgeted|planned|targeted)\b|[.;,)]|\Z")
_NO_NOUN = re.compile(r"\s?[^\W\d]")
_LINK = re.compile(r"\s(?:in|for|a|last|to|from|by|at)\b")


def sharing_units(sentence: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The quantities, a bare number with the unit of the one that it is put against.

    "From 214 to 187 days", "12 million euros, after 7.5 million".
    """
    shared = list(quantities)
    for position, (first, second) in enumerate(pairwise(quantities)):
        gap = sentence[first.end : second.start]
        before = sentence[: first.start].rstrip().lower()
        ranged = before.endswith(("from", "between")) and re.fullmatch(r"[^.;,]{0,20}\b(?:to|and)\s(?:\w+\s)?", gap)
        against = _AGAINST.fullmatch(gap) and (
            _BUDGETED.match(sentence, second.end) or sentence.startswith(")", second.end)
        )
        if against and second.unit == "count" and first.unit not in ("count", "rank", "times", "places"):
            shared[position + 1] = replace(second, unit=first.unit)
        if first.unit == "count" and ranged and second.unit not in ("count", "rank", "times", "places"):
            shared[position] = replace(first, unit=second.unit)
    for position, quantity in enumerate(shared):
        money = next((one.unit for one in shared[:position] if len(one.unit) == 3 and one.unit.isupper()), "")
        bare = not _NO_NOUN.match(sentence, quantity.end) or _LINK.match(sentence, quantity.end)
        if money and quantity.unit == "count" and quantity.value >= MONEY_AT_LEAST and bare:
            shared[position] = replace(quantity, unit=money)
    return shared


def group_total(sentence: str, quantities: Sequence[Quantity]) -> float | None:
    """412 in "Of the 412 schools, 389 have a library": what other counts and ranks of the sentence are out of."""
    first = quantities[0]
    opens = _OUT_OF.match(sentence) and first.start <= 24 and first.unit == "count" and first.total is None
    smaller = [one for one in quantities[1:] if one.unit in ("count", "rank") and one.value <= first.value]
    if not opens or not smaller:
        return None
    between = sentence[first.end : smaller[0].start]
    return first.value if "," in between or _NOUN_ONLY.fullmatch(between) else None


def is_listed(sentence: str, first: Span, second: Span) -> bool:
    """Whether two figures stand in one list, with nothing that tells of another matter between them."""
    gap = sentence[first.end : second.start]
    return len(gap) < LIST_CHARACTERS and not _BREAKS_LIST.search(gap)


def words_around(
    sentence: str,
    figures: Sequence[Span],
    segments: Sequence[Span],
    comparisons: Sequence[Span],
    mentions: Sequence[PeriodMention],
) -> list[tuple[str, str]]:
    """The words before and behind each figure in its own part; behind "311 (14.5%) more", both are more."""
    around = []
    for position, (figure, part) in enumerate(zip(figures, segments, strict=True)):
        before, after = sentence[part.start : figure.start], sentence[figure.end : part.end]
        for mention in reversed(mentions):  # "the target for 2023 had been", "the increase on 2023 is"
            if part.start <= mention.start and mention.end <= figure.start:
                hole = next(
                    (span for span in comparisons if span.end == mention.end),
                    led_in(sentence, Span(mention.start, mention.end)),
                )
                before = before[: max(0, hole.start - part.start)].rstrip() + before[mention.end - part.start :]
        following = next(iter(figures[position + 1 :]), None)
        if following and sentence[figure.end : following.start].strip() == "(":
            after = sentence[following.end : segments[position + 1].end].partition(")")[2]
        elif position and sentence[figures[position - 1].end : figure.start].strip() == "(":
            after = after.replace(")", " ", 1)
        around.append((before, after))
    return around


def led_in(sentence: str, span: Span) -> Span:
    """A period or place with the preposition in front of it."""
    lead = _LEAD.search(sentence[: span.start])
    return Span(lead.start() if lead else span.start, span.end)


def paired_names(sentence: str, figures: Sequence[Span], names: Sequence[Span]) -> dict[int, int]:
    """Which of `names` each figure is of, by position, in "A and B had 14 and 52 libraries respectively".

    What is left over when the figures are dealt out in rounds has no name of its own.
    """
    if not _RESPECTIVELY.search(sentence):
        return {}
    before = [n for n, name in enumerate(names) if name.end <= figures[0].start]
    run = before[-1:]
    for position in reversed(before[:-1]):
        if not _LISTED_NAMES.fullmatch(sentence[names[position].end : names[run[0]].start]):
            break
        run = [position, *run]
    rounds = len(figures) // len(run) if len(run) > 1 else 0
    return {position: run[position % len(run)] for position in range(rounds * len(run))}


def sharing_words(
    sentence: str,
    figures: Sequence[Span],
    quantities: Sequence[Quantity],
    words: Sequence[Words],
    *,
    in_group: bool,
    paired: bool,
) -> list[Words]:
    """The words of each figure with what it shares with the others.

    "8,214 and 3,127 cases" both count cases; "of the 60 villages, 41" counts villages; "150 households
    sell online, and 173 received training" counts households; "12%, 8% and 3% respectively" are of one
    item each. `in_group` and `paired` tell of such a group and of figures that share a list of names.
    """

    def alike(position: int) -> bool:
        return quantities[position - 1].unit == quantities[position].unit

    shared = list(words) if paired else _itemised(sentence, figures, list(words))
    for position in range(len(words) - 2, -1, -1):
        first, second = shared[position], shared[position + 1]
        gap = sentence[figures[position].end : figures[position + 1].start]
        joined = _JOINS.fullmatch(gap)
        if joined and alike(position + 1) and second.is_counted and not first.is_counted:
            shared[position] = Words(first.owner or first.thing, second.thing, is_counted=True)
        elif joined and not first.text and not first.tail and not restates(gap):
            shared[position] = second
    for position in range(1, len(words)):
        first, second = shared[position - 1], shared[position]
        gap = sentence[figures[position - 1].end : figures[position].start]
        predicate = _PREDICATE.search(first.thing)
        label = first.thing.rpartition(": ")[0]
        if (
            label
            and second.thing
            and alike(position)
            and _is_name(second.thing)
            and is_listed(sentence, figures[position - 1], figures[position])
        ):
            shared[position] = Words(second.owner, f"{label}: {second.thing}", second.tail)
        elif _VERB_ALONE.fullmatch(second.thing) and first.is_counted:  # "approved 312 requests and refused 28"
            noun = _PREDICATE.split(first.thing, maxsplit=1)[0].strip()
            shared[position] = Words("", f"{noun} … {second.thing}")
        elif in_group and position and shared[0].thing and quantities[position].unit == "count":
            group = _PREDICATE.split(shared[0].thing, maxsplit=1)[0].strip()
            shared[position] = Words(f"{group} {second.owner}".strip(), second.thing, second.tail)
        elif first.is_counted and second.is_counted and predicate and predicate.start() and _ACTS.match(second.thing):
            noun = first.thing[: predicate.start()].strip()
            shared[position] = Words(second.owner, f"{noun} … {second.thing}", is_counted=True)
        elif first.thing and _PART_OF_IT.search(gap):
            noun = _PREDICATE.split(first.thing, maxsplit=1)[0].strip()
            shared[position] = Words(second.owner, f"{noun} … {second.thing}", is_counted=True)
        elif (
            quantities[position].unit == "times"
            and restates(gap)
            and _MULTIPLE_OF.match(sentence, figures[position].end)
        ):
            shared[position] = Words("", "")
    return shared


def _is_name(words: str) -> bool:
    return all(word[:1].isupper() for word in words.split())


def restates(before: str) -> bool:
    """Whether a figure behind these words tells the one before it in another way: ", or ", " equal to "."""
    return _RESTATES.search(before) is not None


def _itemised(sentence: str, figures: Sequence[Span], words: list[Words]) -> list[Words]:
    """For "the shares of wind, solar and coal were 12%, 8% and 3% respectively": to each figure its item."""
    if len(words) < 2 or words[0].is_counted or not words[0].thing or not _RESPECTIVELY.search(sentence):
        return words
    head = _ITEM_HEAD.match(words[0].thing)
    items = _ITEMS.split(words[0].thing[head.end() :] if head else words[0].thing)
    if len(items) != len(figures):
        return words
    return [Words("", f"{head[1]} {item}" if head else item) for item in items]


def sharing_predicate(
    sentence: str, figures: Sequence[Span], readings: Sequence[Reading], words: Sequence[Words]
) -> list[Reading]:
    """The readings; in "21 ministries and 62 localities have issued a plan" both counts are of those that have."""
    shared = list(readings)
    for position in range(len(readings) - 2, -1, -1):
        following = shared[position + 1].indicator
        predicate = _PREDICATE.search(following)
        own = shared[position].indicator
        together = is_listed(sentence, figures[position], figures[position + 1])
        plain = words[position].thing and not words[position].owner and not _PREDICATE.search(own)
        if predicate and together and plain and readings[position].unit == "count" == readings[position + 1].unit:
            shared[position] = replace(shared[position], indicator=f"{own} {following[predicate.start() :]}")
    return shared
