"""The words before a figure that name what it measures, freed from what frames a sentence and leads into a figure.

"According to the report, the rate of online records has reached about" leaves "rate of online
records". Also which words could name a thing at all. Knows nothing of the words behind a figure.

>>> subject_of("According to the report, the rate of online records has reached about ")
'rate of online records'
"""

from __future__ import annotations

import re

__all__ = ["frame_of", "is_empty", "stripped", "subject_of"]

# What leads into a figure and is none of what is measured, cut from the right end of the words before it.
_AUXILIARIES = (
    r"has|have|had|having|is|are|was|were|be|been|being|will|would|shall|should|must|may|might|can|could"
    r"|to|at|of|by|for|with|as|on|in|the|a|an|its|their|his|her|our|this|that|these|those|which|who"
    r"|it|they|he|she|we|there"
)
_LEVELS = (
    r"reach(?:es|ed|ing)?|achiev(?:es?|ed|ing)|stands?|stood|standing|r[io]s(?:e|es|en|ing)|rose"
    r"|gr[eo]ws?|grown|growing|climb(?:s|ed|ing)?|hit|hits|increas(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)"
    r"|declin(?:e|es|ed|ing)|reduc(?:e|es|ed|ing)|drop(?:s|ped|ping)?|f[ae]lls?|fallen|falling|jump(?:s|ed|ing)?"
    r"|went|gone|go|goes|came|comes?|coming|amount(?:s|ed|ing)?|total(?:s|ed|ling|ing)?|account(?:s|ed|ing)?"
    r"|equal(?:s|led)?|average[sd]?|averaging|number(?:s|ed|ing)?|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?"
    r"|remain(?:s|ed|ing)?|recorded|reported|estimated|expected|projected|forecast|planned|set|valued|worth"
    r"|placed|places|ranks?|ranked|ranking|make|makes|made|making|to stand"
)
_DEGREES = (
    r"up|down|from|between|after|before|than|more|less|about|around|nearly|almost|over|only|just|now|already"
    r"|currently|still|also|even|further|another|again|and|or|sharply|slightly|steadily|significantly|strongly"
    r"|rapidly|barely|scarcely|hardly|roughly|approximately|total|average|a total|an average|mean|figure"
    r"|level|rate of|top|an estimated|some|all|both"
    r"|so far|to date|up to now|up to|altogether|together|respectively"
)
_LEADS_IN_VIETNAMESE = (
    r"là|đạt|tăng|giảm|lên|xuống|có|khoảng|hơn|trên|gần|bằng|chiếm|ước|được|đã|còn|với|từ|đến|của|tổng số|tổng"
)
_LEADS_IN = re.compile(
    rf"(?:^|(?<=[\s,(]))(?:{_AUXILIARIES}|{_LEVELS}|{_DEGREES}|{_LEADS_IN_VIETNAMESE})\s*[,:;–—-]*\s*\Z",
    re.IGNORECASE,
)
# Openings that frame a sentence, cut from the left end of the words before the figure.
_CONNECTIVES = (
    r"so far|and|but|so|yes|no|well|then|also|however|meanwhile|in addition|additionally|moreover|besides|overall"
    r"|currently|now|today|at present|right|agreed|good|to date|up to now|through calculations|on average|of these"
    r"|of them|of whom|of which|among them|in particular|specifically|for example|nationwide|nationally"
    r"|đến nay|hiện nay|tính đến nay"
)
_ADVERBIALS = (
    r"according to|regarding|as for|in terms of|over|with regard to|with respect to|concerning|based on|thanks to"
    r"|for|at|in|by|from|during|since|on|về|theo|tại|trong"
)
_DETERMINERS = r"the|a|an|its|their|our|his|her|this|these|those|that|there|has|have|had|is|are|was|were"
_FRAMES = re.compile(
    rf"\A(?:(?:{_CONNECTIVES})\b,?\s*"
    r"|(?:in|for|across)\s[^,;]{2,40}\sas a whole,?\s+"
    rf"|(?:{_ADVERBIALS})\s[^,;]{{2,90}},\s*"
    rf"|(?:{_DETERMINERS})\s+"
    r"|(?-i:[A-Z][A-Z .’'-]{2,40})(?:\([^)]*\))?:\s"  # who speaks
    r"|(?:mr|mrs|ms|dr|prof|chair\w*|minister|president|speaker|director|secretary)\b[^:]{0,40}:\s"
    r"|[\s,;:–—•*-]+)",
    re.IGNORECASE,
)
# "The minister says", "the report has": what follows is told by somebody.
_NOT_BEHIND = r"(?<!is )(?<!are )(?<!was )(?<!were )(?<!been )"
_SAYS = (
    r"says?|said|saying|(?<!the )(?<!this )reports|reported|gives?|gave|"
    rf"{_NOT_BEHIND}puts?|shows?|showed|states?|stated|announced?|notes?|noted|wrote|writes?|told|explained"
)
_INTENDS = r"(?-i:wants?|aims?|expects?|forecasts?|estimates?|hopes?|intends?|counts? on|has set|have set|had set)"
_PAPER_HAS = r"(?:report|article|record|paper|notes?|document|source|bulletin|table|minutes) (?:has|have|had)"
_REPORTS = re.compile(
    rf"\A.{{0,90}}\b(?:{_SAYS}|{_NOT_BEHIND}{_INTENDS}|{_PAPER_HAS})\b(?:(?:\s[^\s,;]+){{1,3}}?\sthat\b|\s(?:that|us)\b)?",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r",\s(?:(?:as|so) )?(?:he|she|they|the \w+)\s(?:said|says|explained|added|noted|reported|told)(?: \w+)?,\s?",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(r"\b(?:because|so that|which means(?: that)?|means that)\s(?=\S+\s\S)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}|[^\W\d_]+\d+|\d+[^\W\d_]+")
# Words none of which could name a thing.
_EMPTY = frozenset(
    """the of in on at to by for with as is are was were it this that these those they he she we and or but an increase
    decrease rise fall growth drop decline reduction gain up down rate only about over under more less than also both
    respectively compared equivalent increased decreased grew rose fell said says has have had reached reaching total
    average number figure percent cent per year years month months period same previous last next end beginning so far
    from into today date now currently alone thus therefore then ratio proportion share value level target goal plan
    exceeding financial fiscal calendar
    exceeded estimate estimated which who there ranking rank place nationwide yes no right against them it after
    before whole been still good bad million billion thousand người soit lượt xuống lên cả mục tiêu tăng giảm đạt so với
    cùng kỳ năm tháng quý""".split()
)


def subject_of(before: str) -> str:
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
        if not is_empty(rest):
            return stripped(rest)
    return words


def frame_of(before: str) -> str:
    """What a sentence opens with: "In the United Nations rankings, …" for a rank that has no other words."""
    opened = re.match(r"\W*(?:in|on|by|for|under)\s(?:the\s)?([^,;]{4,80}),", before, re.IGNORECASE)
    return stripped(opened[1]) if opened and not is_empty(opened[1]) else ""


def stripped(words: str) -> str:
    """The words without the marks and the article around them.

    >>> stripped(" the user accounts.")
    'user accounts'
    """
    words = words.strip(' ,;:–—-."“”()')
    return re.sub(r"^(?:the|a|an|all|their|its)\s+", "", words, flags=re.IGNORECASE)


def is_empty(words: str) -> bool:
    """Whether no word of it could name a thing."""
    return all(word.lower() in _EMPTY for word in _WORD.findall(words))
