"""What a figure measures, in its sentence's own words.

English and Vietnamese put it in three places: before the verb ("the rate of online records reached
92%"), after "of" ("80.44% of administrative procedures are provided online"), or right behind
a count ("234 OCOP products"). What only says how, when and against what is cut away; where
nothing is left ("an increase of 67%"), the figure is told of what the one before it measures.

>>> words_of("The rate of online records reached 92%, up on last year.", Span(35, 38), Span(0, 56)).text
'rate of online records'
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.document import Span
from index.figure_subject import frame_of, is_empty, stripped, subject_of

__all__ = ["Words", "measure_named", "tells_sense", "with_tail", "words_of"]

OWNER_WORDS = 11  # of whose things are counted; a longer phrase tells another story
SUBJECT_WORDS = 15  # a longer one holds another clause before the thing that is measured
CLAUSE_WORDS = 3
_CLAUSE_MARK = re.compile(r",\s(?:and\s)?|;\s|\sand\s(?=the\s)")
TAIL_WORDS = 8  # of what follows a figure whose thing stands before it
# Words behind a figure up to which they say what it counts.
_TURNS = (
    r"compared|in comparison|relative to|versus|than|as against|against|while|whereas|which|who|but|although|when"
    r"|where|because|if|until|unless|thanks to"
    r"|due to|up from|down from|equivalent to|equal to|so với|trong khi|respectively|announced|according to"
    r"|and (?:has|have|had) since"
)
_ENDS_AFTER = re.compile(rf",\s|;|:\s|\s\(|\)|[\"”]|\s[–—]\s|[.?!]\s|[.?!]\Z|…|\s(?:{_TURNS})\b", re.IGNORECASE)
_OF = re.compile(r"\s*(?:of|among|của|số)\s", re.IGNORECASE)
_HAS = re.compile(
    r"\b(?:has|have|had|having|gets?|got|owns?|owned|có|runs?|operates?|with)\b(?:\s\w+){0,4}\s*\Z", re.IGNORECASE
)
_PREPOSITION = re.compile(
    r"\s*(?:to|in|for|at|on|by|from|across|per|within|since|until|between|during|through|under|over|as|and|or"
    r"|par|pro|je|im|dans|tại|ở|trong|vào|so)\b",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"(?:of|among|out of|from among)\s+(?:(?:the|its|their|all|our|these)\s+)*(?P<group>[^,;:]{3,80}),", re.IGNORECASE
)
_PREDICATE = re.compile(
    r"(?:have|has|had|are|is|were|was|do|does|did|will|would|can|now|also|already|currently|still)\b", re.IGNORECASE
)
_SENSE = re.compile(
    r"(?:is|was|are|were)\s(?:only\s|just\s)?(?:the|an?|our|its|their)\s(?:target|goal|actual|estimate|plan|result|forecast)\b",
    re.IGNORECASE,
)
_GROWTH = re.compile(
    r"\bgrowth(?:\s(?:rate|target|forecast|figure))?(?:\s(?:of|is|was|at|to|reached))*\s*\Z", re.IGNORECASE
)
# "The depot employs 40": whose the 40 are; the verbs that are no regular past.
_ACTED = re.compile(
    r"\s(?:[a-z]+ed|sold|made|built|took|held|gave|saw|drew|ran|sent|bought|brought|won|lost|put|set|taught|found"
    r"|employs?|operates?|serves?|treats?|carries|trains?)\Z"
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be)\s\w+\Z", re.IGNORECASE)
_COMPARATIVE = re.compile(
    r"\s*(?:(?:percentage )?points? )?"
    r"(?:higher|lower|faster|slower|more|less|fewer|better|worse|larger|smaller|greater|up|down|quicker"
    r"|mehr|weniger|höher|de plus|de moins)\b(?!\s(?:than|of)?\s?\d)",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;:()]|\sand\s|[.?!](?:\s|\Z)|\Z")
_PLACE_OF_RANK = re.compile(
    r"\s*(?:place|position|spot|rank)?\s*"
    r"(?:(?:out )?of(?: the| all)? \d[\d.,]*(?: \w+)?|nationwide|nationally|overall)?\s*",
    re.IGNORECASE,
)
# The names of measures, "the online dossier rate" and "the share of women", that a sentence may announce.
_MEASURES = (
    r"(?:rates?|shares?|ratios?|proportions?|revenues?|counts?|numbers?|percentages?|prices?|index|targets?|economy"
    r"|costs?|budgets?|debts?|incomes?|output|coverage|growth|ranking)"
)
_MEASURE_PHRASE = re.compile(
    r"\b(?:the|a|an|our|their|its|of|on|about|for|with|and|as for)\s"
    rf"(?P<phrase>(?:(?!the\b|of\b|and\b|a\b)[\w’'/-]+\s){{1,4}}{_MEASURES})\b",
    re.IGNORECASE,
)
_MEASURE_OF = re.compile(
    r"\b(?:the|a|an|our|their|its)\s"
    r"(?P<phrase>(?:share|rate|number|proportion|percentage|ratio|amount|volume|cost|price|level|value)s?\sof\s"
    r"(?:(?!has\b|have\b|is\b|was\b|are\b|were\b|will\b)[\w’'-]+\s?){1,7})",
    re.IGNORECASE,
)
# "How many buses run on time?", "And the roads?"
_OWNS = r"(?:the|our|your|its|their)"
_ASKED = re.compile(
    rf"(?:(?:\A|:\s)(?:and|but|what about|how about) {_OWNS}|\bhow (?:many|much)|\bwhat (?:is|was|are|were) {_OWNS})"
    r"\s(?P<phrase>[^?.;\d]{3,60})\?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Words:
    """What a figure measures: whose or where it is, and the thing itself; either may be empty."""

    owner: str  # "national public service portal" of its user accounts; the group of which so many did something
    thing: str
    tail: str = ""  # a prepositional phrase alone, "on digital economy": replaces that of the figure before
    is_counted: bool = False  # the thing stands right behind the figure: "14 libraries"

    @property
    def text(self) -> str:
        """Both in one phrase."""
        if self.owner and self.thing:
            return f"{self.owner} … {self.thing}" if _PREDICATE.match(self.thing) else f"{self.owner}: {self.thing}"
        return self.owner or self.thing


def words_of(sentence: str, figure: Span, segment: Span, cut: tuple[Span, ...] = (), *, is_rank: bool = False) -> Words:
    """The words of `segment` that say what `figure` measures; empty where it has none of its own.

    All spans are offsets in `sentence`; the words in `cut` (periods, comparisons, places) are left out.
    """
    before = _without(sentence, Span(segment.start, figure.start), cut)
    after = _without(sentence, Span(figure.end, segment.end), cut)
    behind = _behind(after)
    if is_rank and (place := _PLACE_OF_RANK.match(behind)):
        behind = f" {behind[place.end() :]}".rstrip()
    group = _GROUP.match(before.lstrip(" ,;:–—-"))
    if group:
        rest = subject_of(before.lstrip(" ,;:–—-")[group.end() :])
        thing = "" if is_empty(behind) else stripped(behind)
        return Words(stripped(group["group"]), " ".join(filter(None, ("" if is_empty(rest) else rest, thing))))
    subject = subject_of(before)
    subject = "" if is_empty(subject) else _last_clause(subject)
    if is_rank and not subject:
        subject = frame_of(before)
    if _OF.match(behind):
        taken = stripped(_OF.sub("", behind, count=1))
        return Words(subject, "" if is_empty(taken) else taken)
    if subject and is_empty(behind) and _PREPOSITION.match(subject) and not is_rank:
        return Words("", "", subject)  # "in the Irrigation division it was 11.7%"
    comparative = _COMPARATIVE.match(after)
    if is_empty(behind) or comparative:
        end = _CLAUSE_END.search(after)
        told = stripped(after[: end.start()]) if comparative and end else ""
        return (
            Words("", f"{subject} … {told}" if told else subject) if subject else Words("", "", _compared(before, told))
        )
    behind_words = stripped(behind)
    if _PREPOSITION.match(behind):
        if subject:
            short = len(behind_words.split()) <= TAIL_WORDS
            return Words("", f"{subject} … {behind_words}" if short else subject)
        if is_rank:  # "71st in the rankings of the United Nations"
            return Words("", stripped(_PREPOSITION.sub("", behind, count=1)))
        return Words("", "", behind_words)
    if tells_sense(behind):
        return Words("", "")
    if _PREDICATE.match(behind_words):
        return Words(subject, behind_words) if subject else Words("", behind_words)
    counted = behind[0].isspace() or behind[0] == "-"
    if counted:
        keeps = _HAS.search(before.rstrip(" ,")) or _PASSIVE.search(subject)
        acts = keeps or _ACTED.search(subject) or before.rstrip().endswith(":")
        owner = subject if acts and len(subject.split()) <= OWNER_WORDS else ""
        return Words(owner, behind_words, is_counted=True)
    return Words("", subject or behind_words)


def _last_clause(subject: str) -> str:
    """The end of a long subject, from the comma or the "and the" after which its own words begin."""
    if len(subject.split()) <= SUBJECT_WORDS:
        return subject
    for mark in reversed(list(_CLAUSE_MARK.finditer(subject))):
        rest = stripped(subject[mark.end() :])
        if len(rest.split()) >= CLAUSE_WORDS and not is_empty(rest):
            return rest
    return subject


def tells_sense(behind: str) -> bool:
    """Whether the words behind a figure only say in what sense it is told: "is the target".

    >>> tells_sense(" is the target of the project"), tells_sense(" is spent on roads")
    (True, False)
    """
    return _SENSE.match(behind.lstrip()) is not None


def _compared(before: str, told: str) -> str:
    """What a change with no thing of its own adds to that of the figure before: "growth", or than what it is more."""
    if " than " in f" {told} " or " als " in told:
        return told if len(told.split()) > 2 else ""
    return "growth" if _GROWTH.search(before) else ""


def with_tail(indicator: str, tail: str) -> str:
    """`indicator` with its last phrase of the same preposition exchanged for `tail`, else with `tail` added.

    >>> with_tail("goals on digital government", "on digital economy")
    'goals on digital economy'
    """
    preposition = tail.split(maxsplit=1)[0].lower()
    found = [match.start() for match in re.finditer(rf"\b{re.escape(preposition)}\b", indicator.lower())]
    head = indicator[: found[-1]].rstrip(" …") if found and found[-1] else indicator
    return f"{head} {tail}"


def measure_named(sentence: str) -> str:
    """The measure that a sentence without a figure speaks of, for the figures that follow; "" for none.

    >>> measure_named("I begin with the online dossier rate, because that is where people go wrong.")
    'online dossier rate'
    """
    found = [match["phrase"] for match in _MEASURE_PHRASE.finditer(sentence) if not is_empty(match["phrase"])]
    found = found or [match["phrase"] for match in _MEASURE_OF.finditer(sentence)]
    found = found or [match["phrase"] for match in _ASKED.finditer(sentence)]
    return found[-1].strip() if found else ""


def _behind(after: str) -> str:
    end = _ENDS_AFTER.search(after)
    return after[: end.start()] if end else after


def _without(sentence: str, span: Span, cut: tuple[Span, ...]) -> str:
    """The words of `span` but those in `cut`."""
    parts, at = [], span.start
    for hole in sorted(cut):
        if hole.end <= at or hole.start >= span.end:
            continue
        parts.append(sentence[at : max(at, hole.start)])
        at = min(hole.end, span.end)
    parts.append(sentence[at : span.end])
    return re.sub(r"\s{2,}", " ", " ".join(parts) if len(parts) > 1 else parts[0])
