"""Words whose exchange turns a sentence into a lie, and the patterns that find its parts.

Knows nothing of claims and models.
"""

from __future__ import annotations

import re
from typing import Final

from evals.training.traps import ANTONYMS, MONTHS

__all__ = [
    "AUXILIARIES",
    "CONDITION",
    "HEDGES",
    "MONTH",
    "NAME",
    "NUMBER",
    "OPPOSITES",
    "SENTENCE_OPENERS",
    "VERB",
    "capital",
    "lower",
    "past_of",
]

OPPOSITES: Final = (
    *ANTONYMS,
    *(
        (pair.split("|")[0], pair.split("|")[1])
        for pair in """
        approved|rejected approve|reject adopted|rejected agreed|refused agrees|refuses rose|fell rising|falling
        grew|shrank
        gained|lost gain|loss joined|left joining|leaving arrived|departed profit|loss allowed|banned allow|ban
        permitted|forbidden praised|criticised welcomed|regretted bought|sold buy|sell lent|borrowed improved|worsened
        improving|worsening better|worse higher|lower larger|smaller bigger|smaller longer|shorter faster|slower
        earlier|later early|late cheaper|dearer open|closed opening|closing opens|closes begins|ends starts|ends
        started|finished start|finish start|end kept|dropped keep|drop included|excluded including|excluding
        present|absent full|empty hired|dismissed appointed|dismissed always|never everyone|nobody everybody|nobody
        many|few most|few all|some all|none some|none both|neither increased|reduced increases|reduces
        increasing|falling
        raised|lowered raise|lower strengthened|weakened expanded|cut possible|impossible easy|hard likely|unlikely
        able|unable safe|unsafe complete|incomplete remembered|forgot passed|failed succeeded|failed until|before
        until|after over|under since|before more|fewer same|different voluntary|compulsory mandatory|optional
        free|paid former|current outgoing|incoming previous|next last|next yesterday|tomorrow daily|weekly
        weekly|monthly monthly|yearly annual|monthly quarterly|yearly twice|once half|most third|half
        """.split()
    ),
)
HEDGES: Final = (
    ("at least", "at most"),
    ("up to", "at least"),
    ("more than", "less than"),
    ("over", "under"),
    ("fewer than", "more than"),
    ("nearly", "more than"),
    ("almost", "over"),
    ("just under", "just over"),
    ("a maximum of", "a minimum of"),
    ("by", "to"),
    ("from", "to"),
    ("before", "after"),
    ("until", "from"),
    ("within", "after"),
    ("per month", "per year"),
    ("a month", "a year"),
    ("a week", "a day"),
    ("per cent", "percentage points"),
    ("hundred", "thousand"),
    ("thousand", "million"),
    ("million", "billion"),
    ("not only", "only"),
    ("partly", "fully"),
    ("in part", "in full"),
    ("first", "last"),
)
AUXILIARIES: Final = "is|are|was|were|has|have|had|will|would|can|could|should|must|may|might|did|does|do"
SENTENCE_OPENERS: Final = frozenset(
    """The A An In On At This These Its Their All Most Some It He She They We But And For By After Before Both Our No
    There
    His Her Two Three""".split()
)
NAME: Final = re.compile(
    r"\b[A-ZÀ-ÖØ-Þ][\w'’-]*\w(?:(?: (?:of|de|van|von) (?:the )?| )[A-ZÀ-ÖØ-Þ][\w'’-]*\w)*"
)  # "Ann Reed", "Bank of Selwick"
NUMBER: Final = re.compile(r"(?<![\w.,])(?:[$€£]\s?)?\d+(?:[.,]\d+)*(?:\s?%|(?![\w]))")
MONTH: Final = re.compile(rf"\b(?:{'|'.join(MONTHS)}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b")
VERB: Final = re.compile(
    rf"\b(?:{AUXILIARIES}|\w+ed|\w{{3,}}s|made|took|gave|went|said|came|became|saw|found|held|won|lost|paid|met|ran|led"
    r"|set|put|got|kept|told|left|built|sold|rose|fell|grew)\b"
)
_CONDITIONAL = (
    r"(?:if|unless|until|provided(?: that)?|once|when|on condition that|as long as|in case|subject to|assuming|without)"
)
CONDITION: Final = re.compile(
    rf",? (?:only )?{_CONDITIONAL} [^,;.]{{4,90}}(?=[,;.]|\Z)|\A{_CONDITIONAL} [^,;]{{4,90}}, ", re.I
)
_IRREGULAR = dict(
    pair.split("|")
    for pair in """
    be|was have|had make|made take|took give|gave go|went build|built become|became come|came get|got hold|held
    keep|kept
    leave|left pay|paid win|won lose|lost find|found see|saw run|ran sell|sold buy|bought send|sent do|did say|said
    bring|brought begin|began meet|met lead|led write|wrote set|set put|put cut|cut rise|rose fall|fell grow|grew
    know|knew
    stand|stood spend|spent think|thought teach|taught
    """.split()
)


def past_of(verb: str) -> str:
    """The past of a verb's plain form."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("e"):
        return f"{verb}d"
    return f"{verb[:-1]}ied" if re.search(r"[^aeiou]y\Z", verb) else f"{verb}ed"


def capital(text: str) -> str:
    """As at a sentence's start."""
    return text[:1].upper() + text[1:]


def lower(text: str) -> str:
    """As inside a sentence: names keep their capital."""
    return text[:1].lower() + text[1:] if text.split(" ", 1)[0] in SENTENCE_OPENERS else text
