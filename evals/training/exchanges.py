"""A sentence -> claims near it that it does not carry, by rule.

Two names, nouns, figures or clauses change places; a negation, a condition, an exception or a hedge is dropped or put
in; a wish is told as fact, a cause is made up. They teach a model that words alone do not make a claim true: most have
the very words of their source. Some rules err now and then, which training forgives. Knows nothing of models.

>>> import random
>>> found = lies_about("All but eleven of the files may be saved.", (), random.Random(3))
>>> sorted({lie.kind for lie in found} & {"as fact", "exception"})
['as fact', 'exception']
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from evals.training.claim_words import (
    AUXILIARIES,
    CONDITION,
    HEDGES,
    MONTH,
    NAME,
    NUMBER,
    OPPOSITES,
    SENTENCE_OPENERS,
    VERB,
    capital,
    lower,
    past_of,
)
from evals.training.contrasts import Lie

__all__ = ["lies_about"]

_YEAR = re.compile(r"(?:1[4-9]|20)\d\d")
_BEFORE_NOUN = "|".join(rf"(?<=\b{word} )" for word in "the its his her our for and with from a by".split())
_NOUN = re.compile(rf"(?:{_BEFORE_NOUN})(?!(?:same|first|most|only|other)\b)[a-z]{{4,}}\b", re.I)
_JOINED = re.compile(r"\A(?:\s*(?:,|and|or|&|/|'s|of|the|both|between|in|with|from|to)\s*)*\Z")
_LEFT_OUT = (
    r"(?:except(?: for| that)?|apart from|other than|with the exception of|excluding|but not|not including|save for"
    r"|rather than|instead of|without)"
)
_EXCEPTION = re.compile(rf",? {_LEFT_OUT} [^,;.]{{3,70}}(?=[,;.]|\Z)")
_PART = re.compile(
    r"\b(?:all but \w+|nearly all|almost all|most|some|many|half|several|few|a few|two thirds|a third)( of)?\b", re.I
)
_AUXILIARY = re.compile(rf"\b({AUXILIARIES})\b(?! not)(?!n['’]t)")
_DENIAL = re.compile(
    rf"\b(?:({AUXILIARIES})(?: not| never|n['’]t)\b(?: yet)?)|\b(cannot)\b|\b[Nn]o longer\b|\b[Nn]o (?=[a-z])"
    r"|\bnot\b ?|\bnever\b ?"
)
_WISH = re.compile(
    r"\b(?:(?:want|plan|hope|intend|aim|propose|wish)(?:s|d|ed|ned|es)? to|promised? to|tried to|tries to|try to"
    r"|(?:is|are|was|were) (?:due|expected|supposed|likely|going|set|asked|ready|willing|able) to|ought to"
    r"|would like to|decided to|agreed to|refused to|failed to) (\w+)"
)
_MODAL = re.compile(r"\b(may|might|could|would|should|can|will|must)( not)? (be |have )?(\w+)")
_OPINION = re.compile(
    r"\A(?:[A-Z][\w'’. -]{2,50}|He|She|They|It|The \w+(?: \w+)?)"
    r" (?:claim|argue|believe|suggest|hope|fear|think|allege|speculate|predict|propose|ask|demand|doubt|denie|want|warn"
    r"|expect)(?:s|d|ed)? (?:that )?((?:the|a|it|he|she|they|there|its|his|their|[A-Z])\b.{8,})\Z"
)
_LIMIT = re.compile(
    r"\b(?:only|mainly|mostly|partly|largely|initially|temporarily|allegedly|reportedly|probably|possibly|perhaps)"
    r" (?=\w)"
)


def lies_about(sentence: str, others: Sequence[str], rng: random.Random) -> list[Lie]:
    """Claims near `sentence` that it does not carry, one of a kind, in random order.

    Args:
        sentence: what is cited.
        others: sentences that stand near it, to take names and figures from.
        rng: the source of chance.
    """
    found = []
    for kind, rule in _RULES.items():
        told = [text for text in rule(sentence, others) if _plain(text) != _plain(sentence)]
        options = [text for text in told if len(text.split()) >= 3]
        if options:
            found.append(Lie(kind, rng.choice(options)))
    rng.shuffle(found)
    return found


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def _put(text: str, match: re.Match[str], new: str) -> str:
    """`new` in the place of what was found, with its capital."""
    if match[0][:1].isupper() and new[:1].islower() and match.start() == 0:
        new = capital(new)
    return re.sub(r" {2,}", " ", text[: match.start()] + new + text[match.end() :]).strip()


def _swaps(text: str, found: Sequence[re.Match[str]]) -> Iterator[str]:
    """Each two of `found` in each other's place, where their order says something."""
    for one, other in combinations(found, 2):
        between = text[one.end() : other.start()]
        if one[0].lower() != other[0].lower() and not _JOINED.match(between):
            yield text[: one.start()] + other[0] + between + one[0] + text[other.end() :]


def _named(sentence: str) -> list[re.Match[str]]:
    """Its names; a single word that opens it may be none."""
    names = [match for match in NAME.finditer(sentence) if not MONTH.fullmatch(match[0])]
    return [one for one in names if one.start() or (" " in one[0] and one[0].split()[0] not in SENTENCE_OPENERS)]


def _names(sentence: str, others: Sequence[str]) -> Iterator[str]:  # noqa: ARG001  the rules have one form
    yield from _swaps(sentence, _named(sentence))


def _other_name(sentence: str, others: Sequence[str]) -> Iterator[str]:
    strange = [match[0] for other in others for match in _named(other) if match[0] not in sentence]
    for match in _named(sentence):
        for name in strange:
            if len(name.split()) == len(match[0].split()) and match[0] not in name:
                yield _put(sentence, match, name)


def _nouns(sentence: str, others: Sequence[str]) -> Iterator[str]:  # noqa: ARG001
    yield from _swaps(sentence, list(_NOUN.finditer(sentence)))


def _figures(sentence: str, others: Sequence[str]) -> Iterator[str]:  # noqa: ARG001
    found = list(NUMBER.finditer(sentence))
    years = [match for match in found if _YEAR.fullmatch(match[0])]
    yield from _swaps(sentence, years)
    yield from _swaps(sentence, [match for match in found if match not in years])
    yield from _swaps(sentence, list(MONTH.finditer(sentence)))


def _other_figure(sentence: str, others: Sequence[str]) -> Iterator[str]:
    strange = [match[0] for other in others for match in NUMBER.finditer(other) if match[0] not in sentence]
    for match in NUMBER.finditer(sentence):
        for figure in strange:
            alike = (_YEAR.fullmatch(figure) is None) == (_YEAR.fullmatch(match[0]) is None)
            if alike and figure[-1:].isdigit() == match[0][-1:].isdigit():
                yield _put(sentence, match, figure)


def _exchanged_clauses(sentence: str, others: Sequence[str]) -> Iterator[str]:  # noqa: ARG001
    """What is said of the one is said of the other: "A pays x, B pays y"."""
    joint = re.search(r"(?:;|,)? (?:and|but|while|whereas) |; ", sentence)
    if not joint:
        return
    first, second = sentence[: joint.start()], sentence[joint.end() :].rstrip(".")
    verb, other = VERB.search(first, 3), VERB.search(second, 3)
    if verb and other and len(first[verb.end() :].split()) > 1 and len(second[other.end() :].split()) > 1:
        crossed = f"{first[: verb.start()]}{second[other.start() :]}"
        yield f"{crossed}{joint[0]}{second[: other.start()]}{first[verb.start() :]}."
        yield f"{crossed}."


def _denied(sentence: str, others: Sequence[str]) -> Iterator[str]:  # noqa: ARG001
    found = list(_DENIAL.finditer(sentence))
    for match in found:
        yield _put(sentence, match, match[1] or ("can" if match[2] else ""))
    if not found:
        auxiliary = _AUXILIARY.search(sentence)
        if auxiliary:
            yield _put(sentence, auxiliary, f"{auxiliary[0]} not")


def _as_fact(sentence: str, others: Sequence[str]) -> Iterator[str]:  # noqa: ARG001
    """A wish, a plan or a possibility told as fact."""
    for match in _WISH.finditer(sentence):
        yield _put(sentence, match, past_of(match[1]))
        if "refused" not in match[0]:
            yield _put(sentence, match, f"will {match[1]}")
    for match in _MODAL.finditer(sentence):
        if match[3] == "be ":
            yield _put(sentence, match, f"{'was not' if match[2] else 'was'} {match[4]}")
        elif match[3] is None and match[1] not in ("can", "will", "must"):
            yield _put(sentence, match, f"will{match[2] or ''} {match[4]}")
        elif match[3] is None and match[2] is None:
            yield _put(sentence, match, past_of(match[4]))


def _condition(sentence: str, others: Sequence[str]) -> Iterator[str]:  # noqa: ARG001
    for match in CONDITION.finditer(sentence):
        yield capital(_put(sentence, match, ""))


def _exception(sentence: str, others: Sequence[str]) -> Iterator[str]:  # noqa: ARG001
    for match in _EXCEPTION.finditer(sentence):
        if not re.match(r",? (?:rather than|instead of)", match[0]):
            yield _put(sentence, match, "")
        yield _put(sentence, match, re.sub(_LEFT_OUT, "including", match[0], count=1))
    for match in _PART.finditer(sentence):
        yield _put(sentence, match, f"all{match[1] or ''}")
        yield _put(sentence, match, "none of" if match[1] else "no")


def _hedge(sentence: str, others: Sequence[str]) -> Iterator[str]:  # noqa: ARG001
    for one, other in HEDGES:
        figure = r"(?= (?:about |around |some )?[$€£]?\d)" if one in ("by", "to", "from", "over") else ""
        for old, new in ((one, other), (other, one)):
            match = re.search(rf"\b{old}\b{figure}", sentence, re.I)
            if match:
                yield _put(sentence, match, new)


def _opposite(sentence: str, others: Sequence[str]) -> Iterator[str]:  # noqa: ARG001
    for one, other in OPPOSITES:
        for old, new in ((one, other), (other, one)):
            match = re.search(rf"\b{old}\b", sentence, re.I)
            if match and not re.search(rf"\b{new}\b", sentence, re.I):
                yield _put(sentence, match, new)


def _opinion(sentence: str, others: Sequence[str]) -> Iterator[str]:  # noqa: ARG001
    match = _OPINION.match(sentence)
    if match:
        yield capital(match[1])


def _cause(sentence: str, others: Sequence[str]) -> Iterator[str]:
    first = sentence.rstrip(".!?")
    for other in others:
        if 4 <= len(other.split()) <= 25:
            yield f"{first} because {lower(other.rstrip('.!?'))}."
    match = re.search(r",? because ", sentence)
    if match:
        effect, reason = sentence[: match.start()], sentence[match.end() :].rstrip(".")
        if len(effect.split()) > 3 and len(reason.split()) > 3:
            yield f"{capital(reason)} because {lower(effect)}."


def _scope(sentence: str, others: Sequence[str]) -> Iterator[str]:  # noqa: ARG001
    """A limit is dropped, or it is said of all."""
    for match in _LIMIT.finditer(sentence):
        yield _put(sentence, match, "")
    if not re.search(r"\b(?:all|only|every)\b", sentence, re.I):
        plural = re.search(r"\b(?:were|are)\b", sentence)
        if plural:
            yield _put(sentence, plural, f"{plural[0]} all")
        count = re.search(r"(?<= )(?=\d+ [a-z]+s\b)", sentence)
        if count:
            yield _put(sentence, count, "only ")


_RULES: dict[str, Callable[[str, Sequence[str]], Iterator[str]]] = {
    "names": _names,
    "other name": _other_name,
    "nouns": _nouns,
    "figures": _figures,
    "other figure": _other_figure,
    "clauses": _exchanged_clauses,
    "negation": _denied,
    "as fact": _as_fact,
    "condition": _condition,
    "exception": _exception,
    "hedge": _hedge,
    "opposite": _opposite,
    "opinion": _opinion,
    "cause": _cause,
    "scope": _scope,
}
