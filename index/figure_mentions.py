"""The periods that a sentence names, and which of them date what it tells.

"The increase on 2023" compares, "the 2024 Plan" and "published in May" date something else, and
"In 2024, ..." frames all that follows. Knows nothing of the figures of the sentence.

>>> from corpus.periods import find_periods
>>> text = "In 2024 the rate rose by 3% compared to 2023."
>>> [text[span.start : span.end] for span in comparison_spans(text, find_periods(text))]
['compared to 2023']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from corpus.dates import DateOrder
from corpus.document import Span
from corpus.periods import PeriodMention, find_periods

__all__ = ["comparison_of", "comparison_spans", "is_bracketed", "mentions_of", "opening_mention"]

OPENING_CHARACTERS = 70  # within which a sentence says when all of it is
_COMPARES = re.compile(
    r"(?:\bcompared (?:to|with)|\bin comparison (?:to|with)|\brelative to|\bversus|\bvs\.?|\bagainst"
    r"|\b(?:over|from|on|than) (?:the same|that of|the)?|\bover|\bfrom|\bthan|\bon|\bso với(?: cùng kỳ)?|\bgegenüber"
    r"|\bpar rapport à|\b(?:the )?same (?:period|time|quarter|month))[^.;,]{0,48}\Z",
    re.IGNORECASE,
)
_CHANGES = r"increase|rise|fall|drop|decrease|growth|gain|decline|up|down|%|more|less"
_RISE_ON = re.compile(
    r"\bas (?:many|much|high|large|big|often) as (?:in |at |during )?(?:the )?\Z"
    r"|\bthan (?:at|in|by|during|on) (?:the )?(?:(?:end|beginning|start|close) of )?(?:the )?\Z"
    rf"|\b(?:{_CHANGES})(?:\)|\s|\+|\d|[.,%])*(?:on|over|against|vs\.?)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"\b(?:announced|published|released|issued|adopted|approved|signed|promulgated|dated|enacted|presented)"
    r"(?: (?:in|on|at))?(?: the| end of)*\s\Z",
    re.IGNORECASE,
)
_ARTICLE_BEFORE = re.compile(r"\b(?:the|its|their|a|his|her)\s\Z", re.IGNORECASE)
_NAME_AFTER = re.compile(r"\s[A-Z][a-z]+(?:\s[A-Z]|\s(?:plan|budget|programme|law)\b)")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_RELATIVE = re.compile(r"\b(?:this|last|next|following|coming|same|nay|ngoái|trước|sau|tới)\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:will|shall|by|until|from|plans?|expects?|is to|are to|next|aims?|targets?|before)\b", re.IGNORECASE
)


def mentions_of(sentence: str, year: int | None, order: DateOrder, *, dated: date | None = None) -> list[PeriodMention]:
    """The periods that `sentence` dates or compares its figures with.

    "The second half" is of the year that the sentence names, else of `year`, or of the one before
    where that would still be ahead on the day `dated`, on which the document was written.
    """
    mentions = _own_times(sentence, find_periods(sentence, year_hint=year, order=order))
    if year is None or all(_is_dated(one) for one in mentions):
        return mentions
    written = next(
        (
            one.period.start.year
            for one in mentions
            if _is_written(one) and one.relation == "in" and not is_bracketed(sentence, one)
        ),
        year,
    )
    ahead = _AHEAD.search(sentence)
    hinted: dict[int, dict[int, PeriodMention]] = {}  # by hint, by place
    for hint in {written, written - 1} - {year}:
        found = _own_times(sentence, find_periods(sentence, year_hint=hint, order=order))
        hinted[hint] = {one.start: one for one in found}

    def meant(one: PeriodMention, hint: int) -> PeriodMention:
        return hinted[hint].get(one.start, one) if hint in hinted else one

    chosen = []
    for one in mentions:
        if _is_dated(one):
            chosen.append(one)
            continue
        now = meant(one, written)
        is_ahead = dated is not None and now.period.start > dated and written == year
        compares = one.relation == "baseline"
        chosen.append(meant(one, written - 1) if is_ahead and (compares or not ahead) else now)
    return chosen


def _is_written(mention: PeriodMention) -> bool:
    return _YEAR.search(mention.period.text) is not None


def _is_dated(mention: PeriodMention) -> bool:
    """Whether the words themselves say which year is meant."""
    return _is_written(mention) or _RELATIVE.search(mention.period.text) is not None


def _own_times(sentence: str, mentions: Sequence[PeriodMention]) -> list[PeriodMention]:
    """The mentions that date what the sentence tells; "the increase on 2023" compares."""
    kept = [mention for mention in mentions if not _is_beside(sentence, mention)]
    return [
        replace(one, relation="baseline") if one.relation == "in" and _RISE_ON.search(sentence[: one.start]) else one
        for one in kept
    ]


def opening_mention(sentence: str, mentions: Sequence[PeriodMention]) -> PeriodMention | None:
    """The period that a sentence opens with, and with which it frames what follows: "In 2024, ..."."""
    for mention in mentions:
        if (
            mention.relation in ("in", "by")
            and mention.start <= OPENING_CHARACTERS
            and not is_bracketed(sentence, mention)
        ):
            before = sentence[: mention.start]
            if mention.start <= 12 or before.rstrip().endswith(
                (",", ", by", ", in", "the", "in", "by", "year", "of", "for")
            ):
                return mention
    return None


def comparison_spans(sentence: str, mentions: Sequence[PeriodMention]) -> list[Span]:
    """The comparisons with another time, with the words that lead into them: no part of what is measured."""
    spans = []
    for mention in mentions:
        if mention.relation == "baseline":
            found = _COMPARES.search(sentence[: mention.start])
            spans.append(Span(found.start() if found else mention.start, mention.end))
    return spans


def comparison_of(sentence: str, mention: PeriodMention) -> str:
    """The words of a comparison with another time: "compared to 2022"."""
    found = _COMPARES.search(sentence[: mention.start])
    start = found.start() if found else mention.start
    end = mention.end + (
        1 if sentence[mention.end : mention.end + 1] == ")" and "(" in sentence[start : mention.end] else 0
    )
    return sentence[start:end].strip()


def is_bracketed(sentence: str, mention: PeriodMention, figure: Span | None = None) -> bool:
    """Whether the mention stands in brackets that do not hold the figure."""
    opened = sentence.rfind("(", 0, mention.start)
    closed = sentence.find(")", mention.end)
    if opened < 0 or closed < 0 or ")" in sentence[opened : mention.start]:
        return False
    return figure is None or not opened < figure.start < closed


def _is_beside(sentence: str, mention: PeriodMention) -> bool:
    """Whether a period dates something else: a publication, or a name such as "the 2024 Plan"."""
    if _PUBLISHED.search(sentence[: mention.start]):
        return True
    named = _NAME_AFTER.match(sentence, mention.end) and _ARTICLE_BEFORE.search(sentence[: mention.start])
    return bool(named)
