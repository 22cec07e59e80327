"""What a clause asserts beside its words: denied or not, done or only planned, of all or of some, up or down.

Read from English function words and a few verbs; a clause is folded text. Knows nothing of drafts and
quotes, and of nothing but the clause.

>>> sense = sense_of("the board has not yet approved the new pilot rules")
>>> sense.is_denied, sense.commitment
(True, <Commitment.DONE: 4>)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache

__all__ = ["Commitment", "Sense", "has_verb", "sense_of", "senses_of"]


class Commitment(IntEnum):
    """How firmly something is said to be so, the firmest highest."""

    POSSIBLE = 1  # may, could, would, if
    WISHED = 2  # wants, plans, proposes, asks for, prepares, postpones
    INTENDED = 3  # will, is to, must, target, expected
    DONE = 4


@dataclass(frozen=True, slots=True)
class Sense:
    """What a clause asserts."""

    is_denied: bool
    commitment: Commitment
    is_past: bool  # tells of something over
    is_estimate: bool
    quantities: frozenset[str]  # of "all", "most", "half", "some", "none", "few"
    direction: int  # 1 up, -1 down, 0 neither or both
    is_conditional: bool  # holds on a condition that it names
    gives_cause: bool
    has_first_person: bool


_DENIED = re.compile(
    r"\b(?:not(?! only)|no(?!\.)|never|none|nobody|nothing|neither|(?<!neither )nor|cannot|hardly"
    r"|(?<!not )yet to|remains? to be"
    r"|still (?:to|open|pending|outstanding)|fail\w*|lack(?:s|ed|ing)?|absence of|den(?:y|ies|ied|ying)|reject\w*"
    r"|refus\w+|turn\w* (?:down|away)|doubt\w*|vot(?:e[sd]?|ing) down|against(?! (?:an? |the )?(?:\d|aim"
    r"|target|goal|plan|budget))|unable|oppos(?:e[sd]?|ing)|dismiss\w*|declin\w+ to|rul\w+ out|stay\w* out"
    r"|left out|exempt\w*)\b|n[’']t\b"
)
_POSSIBLE = re.compile(
    r"\b(?:(?<!in )(?<!of )(?<!by )(?<!since )(?<!until )(?<!\d )(?<!early )(?<!late )may(?= [a-z])|might"
    r"|could|would|can|possibl[ey]|perhaps|potentially|guess\w*|probably|likely|maybe|if|unless)\b"
)
_WISHED = re.compile(
    r"\b(?:planned|planning|plans?(?= to\b)|no plans?|intend\w*|intention|aim(?:s|ed|ing)?|want(?:s|ed|ing)?"
    r"|wish\w*|hop(?:e[sd]?|ing)"
    r"|seek(?:s|ing)?|strives?|would like|propos(?:e[sd]?|als?|ing)|promis\w+|pledg\w+|ask(?:s|ed"
    r"|ing)? (?:\w+ ){0,3}?(?:for|to)"
    r"|request(?:s|ed|ing)?|recommend\w*|urg(?:e[sd]?|ing)|suggest\w*|demand(?:s|ed|ing)?|appl(?:ies|ied"
    r"|ying) (?:again )?for"
    r"|claim\w*|allegation\w*|believ\w+|thinks?|thought|fear(?:s|ed)?|threaten\w*|attempt\w*|tr(?:y|ies|ied|ying) to"
    r"|prepar(?:e[sd]?|ing)|consider(?:s|ed|ing)?|discuss\w*|debat\w+|postpon\w+|delay\w*|put off|cancel\w*"
    r"|withdr\w+|suspend\w*"
    r"|motions? to|required|requirements?|obligations?|needs?|needed|worth)\b"
)
_INTENDED = re.compile(
    r"\b(?:will|shall|should|must|targets?|targeted|goals?|objectives?|expect\w*|anticipat\w+|ha(?:s|ve|d) to|going to"
    r"|(?:is|are|was|were) (?:not )?(?:due |set |supposed |required )?to(?! the\b)|budgets?|counts on|by june"
    r"|by the end of)\b"
)
_ESTIMATE = re.compile(
    r"\b(?:estimat\w+|forecast\w*|project(?:ed|ions?)(?! \d)|predict\w*|expect\w*|preliminary"
    r"|(?:is|are|was|were) put at)\b"
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|been|rose|fell|grew|won|lost|met|took|found|spent|came|brought|told|said|paid|\w{3,}ed)\b"
)
_QUANTITIES = {
    "all": re.compile(r"\b(?:all|every|each|everybody|everyone|everything|always|whole|entire(?:ly)?)\b"),
    "most": re.compile(r"\b(?:most(?! \w+ly\b)|majority|mostly|mainly|predominantly)\b"),
    "half": re.compile(r"\bhalf\b(?! of (?:19|20)\d\d)(?<!first half)(?<!second half)"),
    "some": re.compile(r"\b(?:some|several|a few|partly|certain|a number of|various)\b"),
    "none": re.compile(r"\b(?:none|nobody|no one|no|never|neither|nothing)\b"),
    "few": re.compile(r"\b(?:few|hardly any|scarcely)\b"),
}
_UP = re.compile(
    r"\b(?:ris(?:e[sn]?|ing)|rose|increas\w+|gr(?:ew|own?|ows|owing|owth)|climb\w*|gain(?:ed|s|ing)?|jump\w*"
    r"|rais(?:e[sd]?|ing)"
    r"|(?<!made )(?<!make )(?<!makes )(?<!making )up(?= (?:by|from|on|about|around|some|over|nearly|more"
    r"|sharply|slightly|\d))"
    r"|(?:is|are|was|were|went|goes|gone) up|higher|more(?! than (?:\d|half|one|two|three|a )| of\b)|above"
    r"|exceed\w*|surpass\w*|improv\w+"
    r"|expand\w*"
    r"|outperform\w*|better)\b"
)
_DOWN = re.compile(
    r"\b(?:fall(?:s|en|ing)?|fell|decreas\w+|drop(?:s|ped|ping)?|declin\w+(?! to)|reduc\w+|shr[aiu]nk\w*|cut(?:s|ting)?"
    r"|lower(?:s|ed|ing)?|down(?= (?:by|from|on|to|about|around|some|over|nearly|sharply|slightly|\d))"
    r"|less(?! than (?:\d|half))|fewer(?! than \d)|below|worse\w*|brought down)\b"
)
_CONDITION = re.compile(
    r"\b(?:on (?:the )?condition|provided(?: that)?(?! by)|unless|subject to|as long as|only if|conditional\w*"
    r"|in case)\b"
    r"|\A\W*if\b"
)
_CAUSE = re.compile(
    r"\b(?:because|put (?:it|this|that|them) down to|due to|caused?|thanks to|owing to|as a result of"
    r"|resulted? (?:from|in)|leads? to|led to|reasons?"
    r"|blam\w+"
    r"|attribut\w+|cost the|therefore|consequence|so that)\b"
)
_OWN_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|does|do|did|will|shall|can|could|may|might|must|should|would"
    r"|rose|fell|grew|won|lost|met|took|found|spent|came|brought|told|said|paid|\w{3,}ed|remains?|says?)\b"
    r"|\A\W*(?:so |but |and )?(?:it|this|that|they|he|she|we|i|you|these)\b"
)
_OPENING = re.compile(
    r"\A\W*(?:in|by|on|at|for|from|since|until|after|before|during|across|over|with|as|of|under|between|within"
    r"|despite|to"
    r"|according|starting|beginning|following|compared)\b"
)
_LEADING_PARTICIPLE = re.compile(r"\A\W*(?:\w+ly )?\w{3,}ed\b")
_FIRST_PERSON = re.compile(r"\b(?:i|my|me)\b")


def has_verb(clause: str) -> bool:
    """Whether a clause asserts something of its own."""
    return _OWN_VERB.search(clause) is not None


@lru_cache(maxsize=2048)
def sense_of(clause: str) -> Sense:
    """What the folded `clause` asserts."""
    up, down = _UP.search(clause) is not None, _DOWN.search(clause) is not None
    return Sense(
        is_denied=len(_DENIED.findall(clause)) % 2 == 1,
        commitment=_commitment(clause),
        is_past=_PAST.search(clause) is not None,
        is_estimate=_ESTIMATE.search(clause) is not None,
        quantities=frozenset(name for name, words in _QUANTITIES.items() if words.search(clause)),
        direction=up - down,
        is_conditional=_CONDITION.search(clause) is not None,
        gives_cause=_CAUSE.search(clause) is not None,
        has_first_person=_FIRST_PERSON.search(clause) is not None,
    )


def senses_of(clauses: Sequence[str]) -> list[Sense]:
    """The senses of a sentence's clauses, in order.

    One without a verb form of its own goes on with what the one before asserts: "has to direct,
    operate and sign" obliges to all three; "did not expect rain or snow" denies both.
    """
    found: list[Sense] = []
    for clause in clauses:
        own = sense_of(clause)
        if found and not has_verb(_LEADING_PARTICIPLE.sub("", clause)):
            firmness = min(own.commitment, found[-1].commitment)
            denied = own.is_denied or (found[-1].is_denied and _goes_on_denied(clauses[len(found) - 1]))
            own = replace(own, commitment=firmness, is_denied=denied)
        found.append(own)
    for position in range(len(found) - 2, -1, -1):  # "For 2024, the company aims": the opening is of what follows
        if _OPENING.match(clauses[position]) and not any(map(has_verb, clauses[: position + 1])):
            following = found[position + 1]
            found[position] = replace(
                found[position],
                commitment=min(found[position].commitment, following.commitment),
                is_estimate=found[position].is_estimate or following.is_estimate,
                is_past=following.is_past,
            )
    return found


def _goes_on_denied(before: str) -> bool:
    return before.rstrip().endswith((" or", " nor"))


def _commitment(clause: str) -> Commitment:
    if _POSSIBLE.search(clause):
        return Commitment.POSSIBLE
    if _WISHED.search(clause):
        return Commitment.WISHED
    return Commitment.INTENDED if _INTENDED.search(clause) else Commitment.DONE
