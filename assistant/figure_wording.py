r"""The wordings by which a question tells which figure of a thing it asks for, and in what shape.

Patterns only, each of named or commented parts; what follows from them is decided in
assistant/figure_shape.py, assistant/figure_kind.py and assistant/figure_question.py. They are of
English questions, never of the record's own sentences (index/figure_kind.py has those).

>>> bool(CHANGE.search("How fast do payments grow?")), bool(CHANGE.search("How many pay online?"))
(True, False)
"""

from __future__ import annotations

import re

from assistant.question_kinds import PERCENTAGE_WORDS
from index.terms import terms

__all__ = [
    "ACTUAL",
    "AMOUNTS",
    "AND",
    "ATTAINMENT",
    "BEGAN",
    "CHANGE",
    "COMPARES",
    "COUNT",
    "DID_REACH",
    "DIFFERS",
    "DUE",
    "ESTIMATE",
    "FRAME",
    "GOALS_COUNTED",
    "GOAL_AND_RESULT",
    "HOW_HAS",
    "IN_ALL",
    "LATEST",
    "MET",
    "MONEY",
    "MOVES",
    "NATION",
    "PERCENTAGE",
    "PLACES_COUNTED",
    "RANK",
    "RATE",
    "SERIES",
    "SINCE",
    "SOURCE",
    "TARGET",
    "TARGET_NOUN",
    "TIMES",
    "YES_NO",
]


def _any_of(*parts: str) -> re.Pattern[str]:
    """One of `parts`, each with word borders of its own, in capitals or not."""
    return re.compile("|".join(parts), re.IGNORECASE)


def _word(*parts: str) -> re.Pattern[str]:
    """One of `parts` as whole words."""
    return _any_of(rf"\b(?:{'|'.join(parts)})\b")


# Shape: one figure, its course, several side by side, a target with its result.
_DEVELOPS = r"(?:develop|evolv|chang|progress|mov|gone|go\b|vary|varied|trend)\w*"
_COURSE = r"(?:development|evolution|trend|trajectory|history|time series|progress(?:ion)?)"
_YEAR = r"(?:19|20)\d\d"
SERIES = _any_of(
    rf"\bhow (?:has|have|had|did)\b.*\b{_DEVELOPS}",
    rf"\b{_COURSE} (?:of|in|for)\b",
    r"\bover (?:the )?(?:years|time)\b",
    r"\byear (?:by|on) year\b",
    r"\b(?:each|every) year (?:since|from|between)",
    r"\bover the (?:last|past)\b",
    rf"\bsince {_YEAR}\b",
    r"\bthrough the years\b",
    r"\b(?:all|the) (?:years|figures) (?:for|of|from|since)\b",
    r"\bseries\b",
)
SINCE = _any_of(rf"\bsince {_YEAR}\b")
HOW_HAS = _any_of(r"\bhow (?:has|have|did|had)\b")
AND = re.compile(r"\band\b")
_UNEQUAL = r"(?:more|less|fewer|higher|lower|larger|bigger|smaller|better)"
_DIFFERS = r"\bdifference between\b|\bdiffer\b"
DIFFERS = _any_of(_DIFFERS)
COMPARES = _any_of(
    r"\bcompare[ds]?\b|\bcomparison\b|\bversus\b|\bvs\b|\bagainst\b|\bor\b",
    _DIFFERS,
    rf"\b{_UNEQUAL}\b.*\b(?:than|or in)\b",
    r"\bbetween\b.*\band\b",
    r"\bfrom\b.*\bto\b",
)
_GOAL = r"(?:target|goal|plan)s?"
_MEETS = r"reach|met|meet|achiev|exceed|miss|surpass|beat|fulfil|attain|hit"
MET = _any_of(rf"\b(?:{_MEETS})\w*\b")
ATTAINMENT = _any_of(
    rf"\b{_GOAL}\b.*\b(?:{_MEETS}|fall short|on track)\w*",
    rf"\b(?:{_MEETS})\w*\b.*\b{_GOAL}\b",
)
_GOALS = r"(?:goals?|targets?|plan)"
_RESULTS = r"results?|actuals?|outcome"
_BESIDE = r"(?:and|against|versus|vs\.?)"
GOAL_AND_RESULT = _any_of(
    rf"\b{_GOALS} {_BESIDE} (?:the )?(?:{_RESULTS}|outturn|reality|achieved)\b",
    rf"\b(?:{_RESULTS}) {_BESIDE} (?:the )?{_GOALS}\b",
    rf"\b(?:stands?|compares?|measures?|looks?)\b[^?]*\b(?:against|with|to) (?:the|its|their) {_GOALS}\b",
)
YES_NO = re.compile(
    r"^\s*(?:is|are|was|were|did|do|does|has|have|had|how far|by how much)\b",
    re.IGNORECASE,
)

# Kind: target, actual, estimate, change, rank.
# A flow and a stock: "2.8 million a day", "two billion in all".
RATE = _any_of(
    r"\b(?:per|a|each|every) (?:day|hour|week|month|minute|night|inhabitant|head|capita|person|employee|pupil)\b",
    r"\b(?:daily|hourly|weekly|monthly|on average|average|normal day)\b",
)
IN_ALL = _word("total", "totals?", "altogether", "in all", "overall")
# What can be done only in figures: "What did the digital economy contribute to GDP?".
AMOUNTS = _any_of(
    r"\bwhat (?:do|does|did|has|have|had|will|would)\b[^?]*"
    r"\b(?:contribut|amount|account|total|cost|earn|spend|spent|weigh|add(?:ed)? up|comes? to|make up|made up)\w*\b"
)
TARGET_NOUN = _word("targets?", "goals?")
TARGET = _word(
    "targets?",
    "targeted",
    "goals?",
    "aims?",
    "aimed",
    "wants? to",
    "planned (?:for|to|in|by)",
    "objective",
    "(?:is|are|was|were|meant|supposed|due) to (?:be|reach|rise|have|get|open|fall|handle|achieve)",
    "should",
    "must",
    "supposed",
    "hoped?",
    "set for",
)
GOALS_COUNTED = _any_of(r"\bhow many\b[^?]{0,90}\b(?:goals|targets)\b")  # the goals are what is counted
DUE = _word("(?:is|are|was|were|due) to be", "(?:meant|supposed|expected) to", "should")
ACTUAL = _word(
    "actual",
    "actually",
    "achieved",
    "in fact",
    "so far",
    "already",
    "in the end",
    "in reality",
    "really",
    "result(?:s|ed)?",
    "outturn",
    "realised",
    "reached",
)
DID_REACH = _any_of(r"\b(?:did|has|have|had)\b[^?]*\b(?:reach|achieve|get to|attain)\b")
ESTIMATE = _word(r"estimat\w+", r"forecast\w*", r"project(?:ed|ion)\w*", r"predict\w*", r"expect\w*")
CHANGE = _word(
    "by how (?:much|many)",
    "how (?:much|many) (?:more|less|fewer|higher|lower|faster|quicker)",
    "how fast",
    "how much did .* (?:grow|rise|fall|drop|increase|decrease|change|go up|go down)",
    "growth",
    "increase[ds]?",
    "decrease[ds]?",
    "gr[eo]w(?:n|s|ing|th)?",
    "rise|rose|risen",
    "fell|fallen",
    "drop(?:ped)?",
    "decline[ds]?",
    "change[ds]?",
    r"climb\w*",
    "faster|quicker",
    "go(?:ne)? up|went up",
    "times (?:quicker|faster|higher)",
    "places? did|spots?",
)
BEGAN = _any_of(r"\bsince [^?,]{1,40} (?:began|started|start|beginning)\b")
MOVES = _word(
    r"climb\w*",
    "(?:go|gone|went|moved?) (?:up|down)",
    "by how many (?:places|spots|positions)",
    "how many (?:places|spots|positions)",
)

# Measure: what the figure is counted in.
RANK = _any_of(r"\brank\w*", r"\b(?:what|which) (?:place|position|spot)\b", r"\bposition\b", r"\bhow high .* rank")
PLACES_COUNTED = _word("(?:place|spot)s?")
PERCENTAGE = _any_of(rf"\b(?:{PERCENTAGE_WORDS}|portion|part|fraction|quota)\b", "%")
MONEY = _word(
    r"revenues?|income|profit|loss|turnover|sales|surplus",
    r"costs?|price|budget|spend\w*|spent|expenditure|salary|fund\w*|invest\w*|debt|deficit|pay|paid",
    r"money|dollars?|euros?|dong|USD|VND|EUR",
)
COUNT = _any_of(r"\bhow many\b", r"\bnumber of\b", r"\bno\. of\b", r"\bcount of\b")
TIMES = _any_of(
    r"\bhow many times\b",
    r"\btimes (?:quicker|faster|higher|more)",
    r"\bhow much (?:quicker|faster)\b",
)

# Which of several: the latest, the nation's, what one source says.
LATEST = _word("latest", "most recent", "newest", "current", "currently", "now", "today", "at present")
NATION = _word(
    "national(?:ly)?",
    "nationwide",
    "countrywide",
    "(?:the|whole|entire) (?:country|nation)",
    "country['’]s",
)
SOURCE = _any_of(
    r"\baccording to\b",
    r"\bin the words of\b",
    r"\bas (?:\w+ ){0,4}(?:said|put|gave|reported)\b",
    r"\b(?:report|article|meeting|session|call|minutes) (?:say|give|report|name|state)s?\b",
)

# Stems of words that say how a figure is asked for, not of what it is.
FRAME = frozenset(
    term.stem
    for term in terms(
        """
        much many fast high low large big figure figures number total amount value level altogether overall exactly
        latest current recent still target goal aim plan planned actual achieved reach reached get got set
        estimate estimated forecast expected projected percentage percent
        compare compares comparison versus vs against difference stand stands agree agrees
        change changed develop developed development evolve evolved trend
        since year years year-end half quarter month time end whole full
        according record report reports source sources given put
        national nationally nationwide country
        please pls thank thanks lot slide need want
        """
    )
)
