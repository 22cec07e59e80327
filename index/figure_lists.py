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

__all__ = ["group_total", "is_listed", "led_in", "sharing_predicate", "sharing_units", "words_around"]

LIST_CHARACTERS = 90  # between two figures of one list
MONEY_AT_LEAST = 1e5  # a bare number of this size beside money is money
_OUT_OF = re.compile(r"(?:of|among|out of)\s(?:the|its|all|our|their)\s", re.IGNORECASE)
_PREDICATE = re.compile(r"\b(?:have|has|had|are|were|will|do|did)\s\w+", re.IGNORECASE)
_VERBS = r"is|are|was|were|has|have|had|reached|rose|fell|grew|stood"
_BREAKS_LIST = re.compile(
    rf"[;:]|\b(?:while|whereas|but|{_VERBS}|against|compared|from|of which|exceed\w*|than)\b", re.IGNORECASE
)
_LEAD = re.compile(
    r"(?:\b(?:in|by|for|during|since|until|from|to|as of|at|on|throughout|of|vào|trong|đến|năm|by the end of"
    r"|at the end of|in the year|the year|the)\s+)+\Z",
    re.IGNORECASE,
)
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
        if first.unit == "count" and ranged and second.unit not in ("count", "rank", "times", "places"):
            shared[position] = replace(first, unit=second.unit)
    for position, quantity in enumerate(shared):
        money = next((one.unit for one in shared[:position] if len(one.unit) == 3 and one.unit.isupper()), "")
        bare = not _NO_NOUN.match(sentence, quantity.end) or _LINK.match(sentence, quantity.end)
        if money and quantity.unit == "count" and quantity.value >= MONEY_AT_LEAST and bare:
            shared[position] = replace(quantity, unit=money)
    return shared


def group_total(sentence: str, quantities: Sequence[Quantity]) -> float | None:
    """412 in "Of the 412 schools, 389 have a library": what the other counts of the sentence are out of."""
    first = quantities[0]
    opens = _OUT_OF.match(sentence) and first.start <= 24 and first.unit == "count" and first.total is None
    smaller = [one for one in quantities[1:] if one.unit == "count" and one.value <= first.value]
    return first.value if opens and smaller and "," in sentence[first.end : smaller[0].start] else None


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
