"""A question with its answer -> a claim, as a model would put the answer in a sentence.

People asked these questions in their own words, so the claims are paraphrases of what the record says; with another
name or figure of the same passage as the answer they are lies that only reading tells. Questions that cannot be turned
by their form are left out. Knows nothing of models.

>>> claim_of("Who founded the mill in Selwick?", "Ann Reed")
'Ann Reed founded the mill in Selwick.'
>>> claim_of("When did the board approve the plan?", "in May 2021")
'The board did approve the plan in May 2021.'
"""

from __future__ import annotations

import re

__all__ = ["claim_of", "form_of"]

_BE = r"(?:is|are|was|were)"
_DO = r"(?:did|does|do)"
_AUXILIARY = r"(?:can|could|will|would|should|must|has|have|had)"
_WORD = r"[\w'’-]+"
_VERBED = r"[a-z]+(?:ed|ing|en|wn|nt|lt|ld|un|ut|de)|born|made|held|built|set up|put"
_NO_VERB_YET = rf"(?!{_DO}\b|{_BE}\b|{_AUXILIARY}\b)"
# "Who founded the mill", "Which of the two rose", "How many farms closed", "Whose boat sank"
_SUBJECT = re.compile(
    rf"\A(?:who|what|which(?: {_WORD}){{1,3}}?|what {_NO_VERB_YET}(?:{_WORD} ){{0,2}}?{_WORD}"
    rf"|how many (?P<counted>(?:{_WORD} ){{0,2}}?{_WORD})|whose (?P<owned>{_WORD}))"
    rf" (?P<rest>{_NO_VERB_YET}[a-z]+(?:ed|s|d|t|n|k|w|e|g)? .+)\Z",
    re.I,
)
# "Who was elected chair", "How many files were saved"
_SUBJECT_BE = re.compile(
    rf"\A(?:who|what|which {_WORD}|what {_WORD}|how many (?P<counted>(?:{_WORD} )?{_WORD}))"
    rf" (?P<be>{_BE}|{_AUXILIARY})"
    rf" (?P<rest>(?:{_VERBED}|not|be|been|on|in|at|responsible|able|home)\b.*)\Z",
    re.I,
)
# "What is the height of the tower"
_IDENTITY = re.compile(rf"\A(?i:who|what) (?P<be>{_BE}) (?P<thing>(?:the|a|an|his|her|its|their|[A-Z]).+)\Z")
# "What did the board approve"
_OBJECT = re.compile(
    rf"\A(?P<word>what|who|whom|which {_WORD}|what {_WORD}(?: {_WORD})?|how many {_WORD}(?: {_WORD})?"
    rf"|how much(?: {_WORD})?|when|where|how|(?:in|on) (?:what|which) {_WORD}) (?P<do>{_DO}) (?P<rest>.+)\Z",
    re.I,
)
# "When was the bridge built"
_PLACED = re.compile(
    rf"\A(?:when|where|(?:in|on)? ?(?:what|which) (?:year|date|{_WORD})) (?P<be>{_BE})"
    r" (?P<subject>(?:the |a |an |his |her |its |their )?[\w'’ -]+?)"
    rf" (?P<verb>(?:first |officially |originally )?(?:{_VERBED}))(?P<rest>(?: .+)?)\Z",
    re.I,
)
_JOINING = frozenset("and or of in on at for to that which who with from by as".split())


def claim_of(question: str, answer: str) -> str:
    """The statement that answers; "" for a question whose form is not known."""
    asked = question.strip().rstrip("? .")
    placed = _PLACED.match(asked)
    if placed:
        return _sentence(f"{placed['subject']} {placed['be']} {placed['verb']}{placed['rest']} {answer}")
    thing = _OBJECT.match(asked)
    if thing:
        told = answer
        counted = re.match(r"how (?:many|much) ?(.*)", thing["word"], re.I)
        if counted and counted[1] and counted[1].lower() not in answer.lower():
            told = f"{answer} {counted[1]}"
        return _sentence(_done(thing["rest"], thing["do"], told))
    subject = _SUBJECT_BE.match(asked)
    if subject:
        return _sentence(f"{_counted(answer, subject['counted'])} {subject['be']} {subject['rest']}")
    identity = _IDENTITY.match(asked)
    if identity and not re.search(r"\b(?:that|who|which)\b", identity["thing"]):
        return _sentence(f"{identity['thing']} {identity['be']} {answer}")
    subject = _SUBJECT.match(asked)
    if subject and subject["rest"].split()[0].lower() not in _JOINING:
        told = f"{answer}'s {subject['owned']}" if subject["owned"] else _counted(answer, subject["counted"])
        return _sentence(f"{told} {subject['rest']}")
    return ""


def _done(rest: str, do: str, answer: str) -> str:
    """ "the board approve the plan" with "did" put back before the verb, where the subject's end is plain."""
    words = rest.split()
    for at in range(1, min(len(words), 7)):
        word = words[at]
        starts = words[0].lower() in ("the", "a", "an", "his", "her", "its", "their") or words[0][:1].isupper()
        previous_ends = words[at - 1][:1].isupper() or (
            at >= 2 and words[at - 2].lower() in ("the", "a", "an", "of", "its", "his", "her", "their")
        )
        if starts and word.islower() and word.isalpha() and previous_ends and word not in _JOINING:
            return f"{' '.join(words[:at])} {do} {' '.join(words[at:])} {answer}"
    if words[0].lower() in ("he", "she", "it", "they", "we", "people", "students"):
        return f"{words[0]} {do} {' '.join(words[1:])} {answer}"
    return ""


def _counted(answer: str, counted: str | None) -> str:
    return f"{answer} {counted}" if counted and counted.lower() not in answer.lower() else answer


def _sentence(text: str) -> str:
    clean = re.sub(r"\s+", " ", text).strip()
    return f"{clean[:1].upper()}{clean[1:].rstrip('.')}." if len(clean.split()) >= 4 else ""


def form_of(answer: str) -> str:
    """Of what sort an answer is: what may stand in its place."""
    if re.fullmatch(r"(?:in |on )?(?:\w+ )?(?:\d{1,2},? )?(?:1\d|20)\d\d", answer):
        return "year"
    if re.search(r"\d", answer):
        return "figure %" if "%" in answer or "percent" in answer or "per cent" in answer else "figure"
    words = answer.split()
    if all(word[:1].isupper() for word in words if len(word) > 3):
        return "name"
    return "short" if len(words) <= 2 else "words"
