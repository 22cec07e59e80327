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

__all__ = ["Words", "measure_named", "with_tail", "words_of"]

OWNER_WORDS = 9  # of whose things are counted; a longer phrase tells another story
TAIL_WORDS = 8  # of what follows a figure whose thing stands before it
# What leads into a figure and is none of what is measured, cut from the right end of the words before it.
_LEADS_IN = re.compile(
    r"(?:^|(?<=[\s,(]))(?:"
    r"(?:has|have|had|having|is|are|was|were|be|been|being|will|would|shall|should|must|may|might|can|could|to|at|of|by|for|with|as|on|in"
    r"|the|a|an|its|their|his|her|our|this|that|these|those|which|who|it|they|he|she|we|there"
    r"|reach(?:es|ed|ing)?|achiev(?:es?|ed|ing)|stands?|stood|standing|r[io]s(?:e|es|en|ing)|rose|gr[eo]ws?|grown|growing|climb(?:s|ed|ing)?|hit|hits"
    r"|increas(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|declin(?:e|es|ed|ing)|reduc(?:e|es|ed|ing)|drop(?:s|ped|ping)?|f[ae]lls?|fallen|falling|jump(?:s|ed|ing)?"
    r"|went|gone|go|goes|came|comes?|coming|amount(?:s|ed|ing)?|total(?:s|ed|ling|ing)?|account(?:s|ed|ing)?|equal(?:s|led)?|average[sd]?|averaging|number(?:s|ed|ing)?"
    r"|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|remain(?:s|ed|ing)?|recorded|reported|estimated|expected|projected|forecast|planned|set|valued|worth|placed|places"
    r"|up|down|from|between|after|before|than|more|less|about|around|nearly|almost|over|only|just|now|already|currently|still|also|even|further|another|again|and|or"
    r"|sharply|slightly|steadily|significantly|strongly|rapidly|total|average|a total|an average|mean|figure|level|rate of|top|an estimated|some|all|both"
    r"|currently|so far|to date|up to now|to stand|ranks?|ranked|ranking|make|makes|made|making|up to|altogether|together|respectively"
    r"|là|đạt|tăng|giảm|lên|xuống|có|khoảng|hơn|trên|gần|bằng|chiếm|ước|được|đã|còn|với|từ|đến|của|tổng số|tổng)"
    r")\s*[,:;–—-]*\s*\Z",
    re.IGNORECASE,
)
# Openings that frame a sentence, cut from the left end of the words before the figure.
_FRAMES = re.compile(
    r"\A(?:(?:and|but|so|yes|no|well|then|also|however|meanwhile|in addition|additionally|moreover|besides|overall|currently|now|today|at present|right|agreed|good|"
    r"so far|to date|up to now|through calculations|on average|of these|of them|of which|among them|in particular|specifically|for example|nationwide|nationally)\b,?\s*"
    r"|(?:in|for|across)\s[^,;]{2,40}\sas a whole,?\s+"
    r"|(?:according to|regarding|as for|in terms of|over|with regard to|with respect to|concerning|based on|thanks to|for|at|in|by|from|during|since|on|về|theo|tại|trong)\s[^,;]{2,90},\s*"
    r"|(?:the|a|an|its|their|our|his|her|this|these|those|that|there|has|have|had|is|are|was|were)\s+"
    r"|[\s,;:–—•*-]+)",
    re.IGNORECASE,
)
_ENDS_AFTER = re.compile(
    r",\s|;|:\s|\s\(|\)|[\"”]|\s[–—]\s|[.?!]\s|[.?!]\Z|…"
    r"|\s(?:compared|in comparison|relative to|versus|than|as against|against|while|whereas|which|who|but|although|thanks to|due to"
    r"|up from|down from|equivalent to|equal to|so với|trong khi|respectively|announced|according to)\b",
    re.IGNORECASE,
)
_OF = re.compile(r"\s*(?:of|among|của|số)\s", re.IGNORECASE)
_HAS = re.compile(
    r"\b(?:has|have|had|having|gets?|got|owns?|owned|có|runs?|operates?|with)\b(?:\s\w+){0,4}\s*\Z", re.IGNORECASE
)
_PREPOSITION = re.compile(
    r"\s*(?:to|in|for|at|on|by|from|across|per|within|since|until|between|during|through|under|over|as|and|or|tại|ở|trong|vào|so)\b",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"(?:of|among|out of|from among)\s+(?:(?:the|its|their|all|our|these)\s+)*(?P<group>[^,;:]{3,80}),", re.IGNORECASE
)
_PREDICATE = re.compile(
    r"(?:have|has|had|are|is|were|was|do|does|did|will|would|can|now|also|already|currently|still)\b", re.IGNORECASE
)
_ACTED = re.compile(
    r"\s(?:[a-z]+ed|sold|made|built|took|held|gave|saw|drew|ran|sent|bought|brought|won|lost|put|set|taught|found|employs?|operates?|serves?|treats?|carries|trains?)\Z"
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be)\s\w+\Z", re.IGNORECASE)
_COMPARATIVE = re.compile(
    r"\s*(?:(?:percentage )?points? )?(?:higher|lower|faster|slower|more|less|fewer|better|worse|larger|smaller|greater|up|down|quicker|mehr|weniger|höher|de plus|de moins)\b(?!\s(?:than|of)?\s?\d)",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;:()]|\sand\s|[.?!](?:\s|\Z)|\Z")
_REPORTS = re.compile(
    r"\A.{0,90}\b(?:says?|said|saying|(?<!the )(?<!this )reports|reported|gives?|gave|(?<!is )(?<!are )(?<!was )(?<!were )(?<!been )puts?|shows?|showed|states?|stated|announced?|notes?|noted|wrote|writes?|told|explained|(?-i:wants?|aims?|expects?|forecasts?|estimates?|hopes?|intends?|counts? on|has set|have set|had set)"
    r"|(?:report|article|record|paper|notes?|document|source|bulletin|table|minutes) (?:has|have|had))\b(?:\s(?:that|us))?",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r",\s(?:(?:as|so) )?(?:he|she|they|the \w+)\s(?:said|says|explained|added|noted|reported|told)(?: \w+)?,\s?",
    re.IGNORECASE,
)
_PLACE_OF_RANK = re.compile(
    r"\s*(?:place|position|spot|rank)?\s*(?:(?:out )?of(?: the| all)? \d[\d.,]*(?: \w+)?|nationwide|nationally|overall)?\s*",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(r"\b(?:because|so that|which means(?: that)?|means that)\s(?=\S+\s\S)", re.IGNORECASE)
_MEASURE_PHRASE = re.compile(
    r"\b(?:the|a|an|our|their|its|of|on|about|for|with|and|as for)\s(?P<phrase>(?:(?!the\b|of\b|and\b|a\b)[\w’'/-]+\s){1,4}"
    r"(?:rates?|shares?|ratios?|proportions?|revenues?|counts?|numbers?|percentages?|prices?|index|targets?|economy|costs?|budgets?|debts?|incomes?|output|coverage|growth|ranking))\b",
    re.IGNORECASE,
)
_MEASURE_OF = re.compile(
    r"\b(?:the|a|an|our|their|its)\s(?P<phrase>(?:share|rate|number|proportion|percentage|ratio|amount|volume|cost|price|level|value)s?\sof\s"
    r"(?:(?!has\b|have\b|is\b|was\b|are\b|were\b|will\b)[\w’'-]+\s?){1,7})",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}|[^\W\d_]+\d+|\d+[^\W\d_]+")
_EMPTY = frozenset(
    """the of in on at to by for with as is are was were it this that these those they he she we and or but an increase
    decrease rise fall growth drop decline reduction gain up down rate only about over under more less than also both
    respectively compared equivalent increased decreased grew rose fell said says has have had reached reaching total
    average number figure percent cent per year years month months period same previous last next end beginning so far
    date now currently alone thus therefore then ratio proportion share value level target goal plan exceeding exceeded estimate estimated which who there ranking rank place nationwide
    yes no right against them it after before whole been still good bad million billion thousand người tăng giảm đạt so với cùng kỳ năm tháng quý""".split()
)
_CHANGE_NOUN = re.compile(
    r"\b(?:increase|rise|growth|decrease|decline|drop|fall|reduction|gain|loss|improvement|jump|surge)(?:\s(?:rate|of|in|by))*\s*\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Words:
    """What a figure measures: whose or where it is, and the thing itself; either may be empty."""

    owner: str  # "national public service portal" of its user accounts; the group of which so many did something
    thing: str
    tail: str = ""  # a prepositional phrase alone, "on digital economy": replaces that of the figure before

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
        rest = _subject(before.lstrip(" ,;:–—-")[group.end() :])
        thing = "" if _is_empty(behind) else _stripped(behind)
        return Words(_stripped(group["group"]), " ".join(filter(None, ("" if _is_empty(rest) else rest, thing))))
    subject = _subject(before)
    subject = "" if _is_empty(subject) else subject
    if is_rank and not subject:
        subject = _framed(before)
    if _OF.match(behind):
        taken = _stripped(_OF.sub("", behind, count=1))
        return Words(subject, "" if _is_empty(taken) else taken)
    if subject and _is_empty(behind) and _PREPOSITION.match(subject) and not is_rank:
        return Words("", "", subject)  # "in the Irrigation division it was 11.7%"
    comparative = _COMPARATIVE.match(after)
    if _is_empty(behind) or comparative:
        end = _CLAUSE_END.search(after)
        told = _stripped(after[: end.start()]) if comparative and end else ""
        return (
            Words("", f"{subject} … {told}" if told else subject) if subject else Words("", "", _compared(before, told))
        )
    behind_words = _stripped(behind)
    if _PREPOSITION.match(behind):
        if subject:
            short = len(behind_words.split()) <= TAIL_WORDS
            return Words("", f"{subject} … {behind_words}" if short else subject)
        return Words("", "", behind_words)
    if _PREDICATE.match(behind_words):
        return Words(subject, behind_words) if subject else Words("", behind_words)
    counted = behind[0].isspace() or behind[0] == "-"
    if counted:
        keeps = _HAS.search(before.rstrip(" ,")) or _PASSIVE.search(subject)
        owner = subject if keeps else _ACTED.sub("", subject)
        acts = keeps or owner != subject
        return Words(owner if acts and len(owner.split()) <= OWNER_WORDS else "", behind_words)
    return Words("", subject or behind_words)


def _compared(before: str, told: str) -> str:
    """What a change with no thing of its own adds to that of the figure before: its growth, or than what it is higher."""
    if " than " in f" {told} " or " als " in told:
        return told if len(told.split()) > 2 else ""
    return "growth" if re.search(r"\bgrowth(?:\srate)?(?:\sof)?\s*\Z", before) else ""


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
    found = [match["phrase"] for match in _MEASURE_PHRASE.finditer(sentence) if not _is_empty(match["phrase"])]
    found = found or [match["phrase"] for match in _MEASURE_OF.finditer(sentence)]
    return found[-1].strip() if found else ""


def _subject(before: str) -> str:
    """The words before a figure without what frames the sentence and what leads into the figure."""
    words = _ASIDE.sub(" ", before)
    reports = _REPORTS.match(words)
    if reports:
        words = words[reports.end() :]
    while frame := _FRAMES.match(words):
        words = words[frame.end() :]
    while lead := _LEADS_IN.search(words):
        words = words[: lead.start()].rstrip(" ,:;(–—-")
    while frame := _FRAMES.match(words):
        words = words[frame.end() :]
    words = words.strip(' ,;:–—-"“”(')
    for clause in list(_SUBORDINATE.finditer(words))[::-1]:
        rest = words[clause.end() :]
        if not _is_empty(rest):
            return _stripped(rest)
    return words


def _framed(before: str) -> str:
    """What a sentence opens with: "In the United Nations rankings, …" for a rank that has no other words."""
    opened = re.match(r"\W*(?:in|on|by|for|under)\s(?:the\s)?([^,;]{4,80}),", before, re.IGNORECASE)
    return _stripped(opened[1]) if opened and not _is_empty(opened[1]) else ""


def _behind(after: str) -> str:
    end = _ENDS_AFTER.search(after)
    return after[: end.start()] if end else after


def _stripped(words: str) -> str:
    words = words.strip(' ,;:–—-."“”()')
    return re.sub(r"^(?:the|a|an|all|their|its)\s+", "", words, flags=re.IGNORECASE)


def _is_empty(words: str) -> bool:
    """Whether no word of it could name a thing."""
    return all(word.lower() in _EMPTY for word in _WORD.findall(words))


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
