"""A sentence -> forms of it that say no more and nothing else, by rule.

A part is moved ("in May" to the front), left out ("which …", a bracket, one of two clauses), turned (passive and
active), or written otherwise ("12", "twelve"). Some rules err now and then, which training forgives. Knows nothing
of models.

>>> import random
>>> "Ann Reed opened the hall." in rewordings_of("The hall was opened by Ann Reed.", random.Random(0))
True
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from evals.training.claim_words import CONDITION, VERB, capital, lower

__all__ = ["rewordings_of"]

_LEADING = re.compile(
    r"\A((?:In|On|At|During|By|Since|Under|After|Before|From|Within|Between|Until) [^,;.]{2,60}), "
    r"(?!(?:who|which|where|whose|and|but|or|including|such|as|when)\b)([^\s,][^;,]*?)([.!])\Z"
)
_TRAILING = re.compile(r"\A([^,;]{12,}?) ((?:in|on|since|during|by|after|before|until) [^,;.]{3,40})\.\Z")
_OPENER = re.compile(
    r"\A(?:However|Moreover|Furthermore|In addition|Additionally|Meanwhile|Also|Then|So|Thus|Therefore|Instead|Overall"
    r"|As a result|Today|Currently|Now|Indeed|Similarly|Likewise|Finally|Accordingly|Well|Yeah|OK|Okay), "
)
_BESIDE = r"(?:which|who|whose|where|as well as|including|such as)"
_ASIDE = re.compile(rf"\s*\([^()]{{2,80}}\)|, {_BESIDE} [^,;.]{{3,80}}(?=,)|\s[–—] [^–—.;]{{3,80}} [–—](?=\s)")
_TAIL = re.compile(rf", {_BESIDE} [^,;.]{{3,90}}(?=\.\Z)")
_JOINT = re.compile(r"; (?:and |but |while )?|, (?:and|but|while|whereas|although|though) (?=[a-z]+\b)")
_PASSIVE = re.compile(r"\A([^,;]{3,70}?) (?:was|were) (\w{3,}ed) by ([^,;.]{3,60})\.\Z")
_ACTIVE = re.compile(
    r"\A((?:The |[A-Z])[\w'’ -]{2,40}?) (\w{3,}ed) ((?:the|a|an|its|his|her|their|two|three|[A-Z])\b[\w'’ -]{2,50})\.\Z"
)
_NO_OBJECT = re.compile(r"\b(?:that|to|who|which|and|is|was|need|indeed)\b")
_CONTRACTED = tuple(
    (f" {word} not ", f" {word}n't ") for word in "did is was were has do does would could should had have".split()
)
_WORDS = "two three four five six seven eight nine ten eleven twelve".split()


def rewordings_of(sentence: str, rng: random.Random) -> list[str]:
    """The sentence and other forms of it, in random order."""
    forms = {sentence, *_reworded(sentence)}
    forms |= {form for one in list(forms) for form in _reworded(one)}
    found = [form for form in sorted(forms) if len(form.split()) >= 4]
    rng.shuffle(found)
    return found


def _reworded(sentence: str) -> Iterator[str]:
    yield from _moved(sentence)
    yield from _shortened(sentence)
    yield from _turned(sentence)
    yield from _written_otherwise(sentence)


def _moved(sentence: str) -> Iterator[str]:
    leading = _LEADING.match(sentence)
    if leading:
        yield f"{capital(leading[2])} {leading[1][0].lower()}{leading[1][1:]}{leading[3]}"
    trailing = _TRAILING.match(sentence)
    if trailing and not CONDITION.search(sentence):
        yield f"{capital(trailing[2])}, {lower(trailing[1])}."


def _shortened(sentence: str) -> Iterator[str]:
    opener = _OPENER.match(sentence)
    if opener:
        yield capital(sentence[opener.end() :])
    if _ASIDE.search(sentence):
        yield re.sub(r"\s+([,.])", r"\1", _ASIDE.sub("", sentence))
    if _TAIL.search(sentence):
        yield _TAIL.sub("", sentence)
    joint = _JOINT.search(sentence)
    if joint and not CONDITION.search(sentence):
        first, second = sentence[: joint.start()], sentence[joint.end() :]
        if _is_clause(first) and _is_clause(second):
            yield f"{first.rstrip(' ,;')}."
            if re.match(r"(?:the|a|an|[A-Z]\w+|most|all|some|this|these)\b", second):
                yield capital(second)


def _is_clause(text: str) -> bool:
    return len(text.split()) >= 4 and VERB.search(text) is not None


def _turned(sentence: str) -> Iterator[str]:
    passive = _PASSIVE.match(sentence)
    if passive:
        yield f"{capital(passive[3])} {passive[2]} {lower(passive[1])}."
    active = _ACTIVE.match(sentence)
    if active and not _NO_OBJECT.search(f"{active[1]} {active[2]} {active[3]}"):
        many = re.match(r"(?:two|three|their)\b", active[3]) or active[3].endswith("s")
        yield f"{capital(active[3])} {'were' if many else 'was'} {active[2]} by {lower(active[1])}."


def _written_otherwise(sentence: str) -> Iterator[str]:
    for full, short in _CONTRACTED:
        if full in sentence:
            yield sentence.replace(full, short)
        elif short in sentence:
            yield sentence.replace(short, full)
    for value, word in enumerate(_WORDS, 2):
        digits = rf"(?<![\d.,]){value}(?![\d.,%])"
        if re.search(digits, sentence):
            yield re.sub(digits, word, sentence)
        elif re.search(rf"\b{word}\b", sentence):
            yield re.sub(rf"\b{word}\b", str(value), sentence)
    if "%" in sentence:
        yield re.sub(r"\s?%", " per cent", sentence)
