"""In what sense a figure is told: reached, estimated, aimed at, a change, a rank, so many of a total.

Read from the words close to the figure, in its own part of the sentence: "over 55 million,
exceeding the target of 40 million" holds a result and a target. A duty or a "will" about a time
that was over when the report was written tells of a result: translations put it so.

>>> kind_of("The rate is to reach ", " by 2025.", unit="%", of_total=False, is_past=False)
'target'
"""

from __future__ import annotations

import re

from index.reading import ReadingKind

__all__ = ["is_change", "kind_of", "remark_of"]

_UNTIL = r"[^.;,]"  # of one phrase
_HEDGED = r"(?:about|over|more than|at least|up to|reaching)"
_TARGET_NOUN = r"(?:targets?|goals?|aims?|objectives?|quota|plans?|planned|target rate)"
_TARGET_LINK = r"(?:of|at|is|was|to|for|set at|set|be|had|has|been|stands|remains|here)"
_TARGET_BEFORE = re.compile(
    rf"\b{_TARGET_NOUN}\b(?:\s\w+)?(?:\s{_TARGET_LINK})*\s*{_HEDGED}?\s*\Z"
    rf"|\b(?:mục tiêu|phấn đấu|kế hoạch)\b{_UNTIL}{{0,80}}\Z",
    re.IGNORECASE,
)
_MUST = r"will|shall|must|should|needs? to|(?:is|are|was|were|has|have|had) to"
_WISH = (
    r"aims?(?: to| at| for)?|wants?(?: to)?|hopes? (?:to|for)|(?-i:plans to)|planned to|intends? to"
    r"|strives?(?: to| for)?|to ensure|ensure|ensuring|targets?|goals?"
)
_GRANT = r"propos(?:e[sd]?|ing)|allocat\w+|earmark\w*|sanction\w*|appropriat\w+|budget(?:ed|s)"
_DUE = r"(?:is|are|was|were) (?:set|due|supposed|expected|required) to (?:reach|achieve|be|rise|fall)|by the end of"
_DUTY = re.compile(
    rf"\b(?:{_MUST}|{_WISH}|{_GRANT}|{_DUE}|sẽ|phải|cần|phấn đấu|mục tiêu|đặt mục tiêu)\b", re.IGNORECASE
)
_INTENDED = r"(?:had been|has been|have been|was|were|is|are) (?:planned|budgeted|targeted|aimed at|foreseen)"
_TARGET_AFTER = re.compile(
    r"\A\s(?:budgeted|planned|targeted|foreseen)\b"
    rf"|\A{_UNTIL}{{0,30}}\b(?:(?:is|was|as) (?:a|the|its|our) (?:target|goal|aim)|target\b|goal\b|{_INTENDED}\b)",
    re.IGNORECASE,
)
_PASSES = (
    r"exceed\w*|surpass\w*|above|below|beyond|beat|miss\w*|short of|against|over|met|meets?|reach\w* its|compared with"
    r"|than|outstrip\w*|vượt"
)
_BEYOND_TARGET = re.compile(
    rf"\b(?:{_PASSES})\b[^.;]{{0,40}}\b(?:targets?|goals?|plans?|mục tiêu|kế hoạch)\b", re.IGNORECASE
)
_ESTIMATED = (
    r"estimat\w+|forecasts?|forecasted|project(?:ed|s|ion|ions)|predict\w+|expect\w*|anticipat\w+|preliminary"
    r"|likely to|on course|(?:is|are|was|were) put at|should come to"
)
_ESTIMATED_ELSEWHERE = r"ước tính|ước|dự kiến|dự báo|geschätzt|estimé\w*|prévu\w*|voraussichtlich"
_ESTIMATE_NEAR = re.compile(rf"\b(?:{_ESTIMATED}|{_ESTIMATED_ELSEWHERE})\b", re.IGNORECASE)

_CHANGE_NOUN = (
    r"(?:increase|rise|decrease|decline|drop|fall|reduction|growth|gain|jump|surge|cut|improvement|contraction|expansion"
    r"|hike|uptick|Anstieg|Rückgang|hausse|baisse)"
)
_NOT_MADE = r"(?<!made )(?<!make )(?<!makes )(?<!take )(?<!takes )(?<!took )"  # "made up 12%" is a level
_CHANGE_VERB = (
    r"(?:increas\w+|decreas\w+|declin\w+|r[io]s(?:e|es|en|ing)|rose|gr[eo]ws?|grown|growing|f[ae]ll(?:s|en|ing)?"
    r"|dropp?(?:ed|s|ing)|reduc\w+|jump\w*|climb\w*|shr[aiu]nk\w*|shrinks|contract\w+|expand\w+|cut|improv\w+|surg\w+"
    rf"|slump\w*|gain(?:ed|s|ing)?|added|lost|{_NOT_MADE}up|down|higher|lower"
    r"|tăng|giảm|stieg|sank|augment\w+|diminu\w+|recul\w+|progress\w+)"
)
_CHANGE_NOUN_LINK = r"(?:of|by|at|was|is|to be|reached|reaching|stood at|around)"
_CHANGE_VERB_LINK = (
    r"(?:sharply|slightly|steadily|significantly|strongly|rapidly|annually|further|again|another|further|only|just"
    r"|year on year|a|an|of|about|by|some)"
)
_CHANGE_BEFORE = re.compile(
    rf"\b{_CHANGE_NOUN}(?:\srates?)?(?:\s{_CHANGE_NOUN_LINK})*\s*\Z"
    rf"|\b{_CHANGE_VERB}(?:\s{_CHANGE_VERB_LINK})*\s*\Z"
    rf"|\b(?:{_CHANGE_VERB}|halved?|raised?)\s[^.;,\d]{{2,40}}\sby(?:\s{_HEDGED})?\s*\Z"  # "cut its staff by"
    r"|\bgrowth(?:\s\w+){0,6}\s(?:reached|was|of|at|is|stood at|to|by)\s*\Z",
    re.IGNORECASE,
)
_LEVEL_BEFORE = re.compile(
    r"\b(?:to|from|at|reached|reaching|into)\s*(?:about|over|nearly|around)?\s*\Z", re.IGNORECASE
)
_COMPARED = (
    r"(?:higher|lower|faster|slower|more|fewer|less|better|increase|decrease|rise|growth|drop|fall|decline|reduction"
    r"|up|down|as (?:high|many|much|fast)|mehr|weniger|höher|niedriger|de plus|de moins|sur un an|par rapport)"
)
_CHANGE_AFTER = re.compile(rf"\A\s*(?:\w+\s){{0,2}}?{_COMPARED}\b", re.IGNORECASE)
_CHANGE_UNITS = frozenset({"percentage points", "places"})
_REMARK_FILLER = (
    r"(?:and|but|yes|no|also|that(?: one)?|this(?: one)?|it|these|those|both|all|is|are|was|were|only|again|an|a|the"
    r"|one|too|right)"
)
_REMARK = re.compile(
    rf"\A\W*(?:{_REMARK_FILLER}\W+)*"
    r"(?P<kind>estimates?|estimated|targets?|goals?|actuals?|forecasts?)(?:\W+(?:too|as well|again))?\W*\Z",
    re.IGNORECASE,
)


_IS_TO_BE = re.compile(r"[^.;,]{0,60}\b(?:will|shall|must|should|would|(?:is|are) to)\b", re.IGNORECASE)
_MAY_BE = re.compile(r"\b(?:could|may|might)\b[^.;,]{0,40}\Z", re.IGNORECASE)
_WAS_TO_BE = re.compile(r"\b(?:would|hopes? for)\b[^.;]{0,40}\Z", re.IGNORECASE)


def kind_of(
    before: str,
    after: str,
    *,
    unit: str,
    of_total: bool,
    is_past: bool,
    is_ahead: bool = False,
    hedge: str = "",
    signed: bool = False,
) -> ReadingKind:
    """The kind of the figure between `before` and `after`, the words of its own part of the sentence.

    `is_past` tells that its period was over when the report was written, `is_ahead` that it was still
    to come, `signed` that a plus or minus stands in front of it.
    """
    if _is_target(before, after, is_past=is_past):
        return "target"
    if is_ahead and (_IS_TO_BE.match(after) or _WAS_TO_BE.search(before)) and not _ESTIMATE_NEAR.search(before[-60:]):
        return "target"
    if signed or is_change(before, after, unit):
        return "change"
    if is_ahead and _MAY_BE.search(before):
        return "estimate"
    if unit == "rank":
        return "rank"
    if of_total:
        return "count"
    near = f"{before[-60:]} {hedge} # {after[:50]}"
    return "estimate" if _ESTIMATE_NEAR.search(near) else "actual"


def remark_of(sentence: str) -> ReadingKind | None:
    """What a sentence says of the figure before it, and nothing else: "Also an estimate."."""
    found = _REMARK.match(sentence)
    if not found:
        return None
    word = found["kind"].lower()
    return "target" if word[:4] in ("targ", "goal") else "actual" if word.startswith("actual") else "estimate"


def _is_target(before: str, after: str, *, is_past: bool) -> bool:
    if _TARGET_BEFORE.search(before):
        return True
    if _TARGET_AFTER.match(after):
        return True
    if is_past:
        return False
    clause = re.split(r"[;:]\s", before)[-1]
    beyond = _BEYOND_TARGET.search(clause)
    if beyond:
        return False
    return _DUTY.search(clause) is not None and not _ESTIMATE_NEAR.search(clause[-40:])


def is_change(before: str, after: str, unit: str) -> bool:
    """Whether the words around a figure tell a rise, a fall or a growth, and not a level."""
    if unit in _CHANGE_UNITS:
        return True
    if _CHANGE_BEFORE.search(before):
        return True
    if unit == "times":
        return not re.match(r"\s*(?:a|per|each|every)\b", after)
    if _LEVEL_BEFORE.search(before):
        return False
    return _CHANGE_AFTER.match(after) is not None
