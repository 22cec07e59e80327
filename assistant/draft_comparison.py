"""Whether a draft's sentence compares and measures as its sources do: than what, how much of it, per what, when.

Knows nothing of figures' values and of what is asserted.

>>> source = Source("k", "d", Span(0, 0), "The canal loses more than the pipe.")
>>> next(filter(None, faults_in_comparison(read_sentence("The pipe loses more than the canal."), [source])))
'its source has the comparison the other way round'
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.draft_lexicon import stem_of
from assistant.draft_reading import Sentence, read_sentence
from assistant.draft_source import Source
from corpus.document import Span
from index.terms import fold

__all__ = ["Span", "faults_in_comparison", "read_sentence"]

_COMPARED = re.compile(
    r"\b(?:than|as (?:much|many|high|large|big|fast|expensive|long|often) as|as)\b(?! (?:in|of|well|a|an"
    r"|the (?:year|month)))"
)
_HALF = re.compile(r"\b((?:more than|over|less than|under|below|fewer than|nearly|almost|about|exactly)? ?)half\b")
_PER = re.compile(r"\bper ([a-z]\w+)")
_RELATIVE = re.compile(r"previous|before|earlier|prior|preceding|same")


def faults_in_comparison(said: Sentence, cited: Sequence[Source]) -> Iterator[str]:
    """What is wrong with the comparisons of `said`, in words for the reader; empty where nothing is."""
    yield _comparison(said, cited)
    yield _halves(said, cited)
    yield _measures(said, cited)


def _comparison(said: Sentence, cited: Sequence[Source]) -> str:
    """What is compared with what: the two sides of "than" and "as" must not change places."""
    ours = _sides(said)
    for theirs in filter(None, (_sides(source.read) for source in cited)):
        if ours is None:
            return ""
        left, right = theirs[0] - theirs[1], theirs[1] - theirs[0]
        crossed = len(ours[0] & right) + len(ours[1] & left)
        if crossed and crossed > len(ours[0] & left) + len(ours[1] & right):
            return "its source has the comparison the other way round"
    return ""


def _sides(read: Sentence) -> tuple[frozenset[str], frozenset[str]] | None:
    clause = next((one for one in read.clauses if _COMPARED.search(one.text)), None)
    if clause is None:
        return None
    at = clause.start + [match.start() for match in _COMPARED.finditer(clause.text)][-1]
    begin = max((one.start() + 1 for one in re.finditer(";", read.text[:at])), default=0)
    words = [word for word in read.words if begin <= word.start < clause.end and word.is_content]
    return frozenset(w.stem for w in words if w.start < at), frozenset(w.stem for w in words if w.start > at)


def _halves(said: Sentence, cited: Sequence[Source]) -> str:
    """ "More than half" is not "less than half"."""
    theirs = {match[1] for source in cited for match in _HALF.finditer(fold(source.text))}
    wrong = [match[0] for match in _HALF.finditer(fold(said.text)) if theirs and match[1] not in theirs]
    return f"“{wrong[0].strip()}” does not stand in its source" if wrong else ""


def _measures(said: Sentence, cited: Sequence[Source]) -> str:
    """What a figure is counted by, and a time without a date, as the source has them."""
    known = frozenset().union(*(source.read.stems for source in cited))
    for match in _PER.finditer(fold(said.text)):
        if stem_of(match[1]) not in known:
            return f"its source does not count per {match[1]}"
    texts = " ".join(fold(source.text) for source in cited)
    for token, start, end in said.periods:
        if token[0] == "~" and not _RELATIVE.search(token) and token[1:] not in texts:
            if any(_in_other_form(token, one) for one in cited):
                continue
            return f"its source does not speak of {said.text[start:end]}"
    return ""


def _in_other_form(token: str, source: Source) -> bool:
    """Whether the words of a time without a year stand in the source: "last June" for "June of last year"."""
    text = fold(source.text)
    return all(word in text for word in re.findall(r"\w{3,}", token) if word not in ("the", "year", "month"))
