"""Whether a draft's sentence asserts what its sources assert: done or planned, denied or not, of whom, of how many.

Each clause is compared with the clause of the sources that shares most words with it. Knows nothing
of figures' values, of names' spelling and of words that no source has.

>>> source = Source("k", "d", Span(0, 0), "The new hall is to open in May.")
>>> next(filter(None, faults_in_assertions(read_sentence("The new hall opened in May."), [source])))
'its source tells it as a plan, a duty or a goal'
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.draft_figures import readings_of, same_figure
from assistant.draft_lexicon import OPPOSITES, SAME
from assistant.draft_names import names_in, no_person
from assistant.draft_reading import Clause, Figure, Sentence, read_sentence
from assistant.draft_senses import Commitment, Sense, has_verb, sense_of, senses_of
from assistant.draft_source import Source
from corpus.document import Span
from index.terms import fold, terms

__all__ = ["Span", "faults_in_assertions", "read_sentence", "stems_of"]

_MEASURED = re.compile(
    r"\b(?:above|below|exceed(?:s|ed|ing)|surpass(?:es|ed|ing)|beat(?:ing)?|miss(?:ed|ing)|short of)\b[^.;]{0,30}\Z"
)
_ANY_DENIAL = re.compile(r"\b(?:no|not|never|none|nor|neither|nobody|without|rather than|instead of|cannot)\b|n[’']t\b")
# The word or two that a denial stands right before.
_DENIED_WORDS = re.compile(
    r"\b(?:no|not(?! only)|never|nor|neither|without|rather than|instead of|absence of)"
    r"((?: (?:a|an|the|in|on|at|by|for|of|any|yet|to|be|been|very|so|as)){0,2} [a-z]\w+)"
)
_WITHOUT = re.compile(r"\bwithout\b")
_NEGATIVE = re.compile(r"\b(?:without|no|not|none|never|neither|nor|nobody|lack\w*|free of)\b")


@dataclass(frozen=True, slots=True)
class _Asserted:
    """A clause with what it asserts."""

    clause: Clause
    sense: Sense
    source: Source | None = None


def _asserted(sentence: Sentence, source: Source | None = None) -> list[_Asserted]:
    senses = senses_of([clause.text for clause in sentence.clauses])
    return [_Asserted(clause, sense, source) for clause, sense in zip(sentence.clauses, senses, strict=True)]


def faults_in_assertions(said: Sentence, cited: Sequence[Source]) -> Iterator[str]:
    """What is wrong with what `said` asserts, in words for the reader; empty where nothing is."""
    theirs = [one for source in cited for one in _asserted(source.read, source)]
    for ours in _asserted(said):
        if not ours.clause.stems and not any(token.startswith("#") for token in ours.clause.tokens):
            continue
        nearest = _nearest(ours.clause, theirs)
        if nearest or has_verb(ours.clause.text):
            # A clause that shares no word with any is compared with all; one that fits wholly is enough.
            compared = [list(filter(None, _faults_of_clause(ours, [one], said, theirs))) for one in nearest or theirs]
            if compared and all(compared):
                yield from compared[0]
            yield _firmer(ours, nearest)
        yield _contrast(ours.clause, nearest)
        yield _actor(ours.clause, said, theirs)
        yield _denied_words(ours, cited)
    yield _direction_of_figures(said)
    yield _kind(said, cited)
    if _WITHOUT.search(fold(said.text)) and not any(_NEGATIVE.search(fold(source.text)) for source in cited):
        yield "its source does not say “without”"


def _nearest(clause: Clause, theirs: Sequence[_Asserted]) -> list[_Asserted]:
    """The clauses of the sources that share most with `clause`."""
    scored = [(_shared(clause, one.clause), one) for one in theirs]
    best = max((score for score, _ in scored), default=0.0)
    if not best:
        return []
    return [one for score, one in scored if score == best]


def _shared(ours: Clause, theirs: Clause) -> float:
    exact = ours.tokens & theirs.tokens
    alike = {stem for stem in ours.stems - exact if SAME.get(stem, frozenset()) & theirs.stems}
    return len(exact) + 0.8 * len(alike)


def _faults_of_clause(
    ours: _Asserted, nearest: Sequence[_Asserted], said: Sentence, theirs: Sequence[_Asserted]
) -> Iterator[str]:
    sense = ours.sense
    turned = _turned(ours.clause, nearest, theirs)
    if not any((sense.is_denied != one.sense.is_denied) == turned for one in nearest):
        if turned:
            yield "its source says the opposite"
        else:
            yield "its source does not deny it" if sense.is_denied else "its source denies it"
    senses = [one.sense for one in nearest]
    if all(sense.commitment > one.commitment for one in senses):
        planned = any(one.commitment is not Commitment.POSSIBLE for one in senses)
        yield "its source tells it as a plan, a duty or a goal" if planned else "its source only calls it possible"
    if sense_of(ours.clause.text).commitment < Commitment.DONE and all(
        one.commitment is Commitment.DONE and one.is_past for one in senses
    ):
        yield "its source tells it as done"
    if not sense.is_estimate and sense.commitment is Commitment.DONE and all(one.is_estimate for one in senses):
        yield "its source only estimates it"
    yield _quantity(ours, nearest, theirs)
    if sense.direction and not _has_direction(sense.direction, nearest, theirs, said):
        yield "its source does not say that it goes that way"
    if sense.gives_cause and not any(one.sense.gives_cause for one in theirs):
        yield "its source gives no such cause"
    sources = {one.source.key for one in nearest if one.source}
    if any(one.sense.is_conditional for one in theirs if one.source and one.source.key in sources) and not any(
        one.is_conditional for one in (item.sense for item in _asserted(said))
    ):
        yield "its source makes it conditional"


def _firmer(ours: _Asserted, nearest: Sequence[_Asserted]) -> str:
    """Something done that is put together from what is done and what is only planned."""
    if ours.sense.commitment is not Commitment.DONE or any(token.startswith("#") for token in ours.clause.tokens):
        return ""
    for one in nearest:
        others = frozenset().union(*(item.clause.tokens for item in nearest if item is not one))
        if (
            len(nearest) > 1
            and one.sense.commitment < Commitment.DONE
            and ours.clause.tokens & one.clause.tokens - others
        ):
            return "its source tells part of it as a plan"
    return ""


def _actor(ours: Clause, said: Sentence, theirs: Sequence[_Asserted]) -> str:
    """A name with what its source tells of another name, which stands in that clause."""
    names = names_in(said).union(*(names_in(one.source.read) | one.source.names for one in theirs if one.source))
    names -= no_person()
    own, rest = ours.stems & names, ours.stems - names
    scored = [(len(rest & one.clause.stems), one) for one in theirs]
    best = max((score for score, _ in scored), default=0)
    found = [one for score, one in scored if score == best]
    if not own or not best or not all(one.source is found[0].source for one in found):
        return ""
    named = [one.clause.stems & names for one in found]
    around = frozenset().union(*(one.clause.stems for one in theirs if one.source is found[0].source))
    if all(there and not there & own for there in named) and own & around:
        return "its source says so of somebody else"
    return ""


def _denied_words(ours: _Asserted, cited: Sequence[Source]) -> str:
    """A word that every source denies where it has it ("no breakthrough", "not the museum"), said as if it were so."""
    if ours.sense.is_denied or _ANY_DENIAL.search(ours.clause.text):
        return ""
    denied: set[str] = set()
    free: set[str] = set()
    for source in cited:
        text = fold(source.text)
        spans = [match.span(1) for match in _DENIED_WORDS.finditer(text)]
        for word in source.read.words:
            inside = any(start <= word.start < end for start, end in spans)
            (denied if inside and word.is_content else free).add(word.stem)
    if (denied - free) & ours.clause.stems:
        return "its source denies it"
    return ""


def _contrast(ours: Clause, nearest: Sequence[_Asserted]) -> str:
    """A clause mixed from two parts of its source that set things side by side: "Upper was clean, Lower was not"."""
    if not nearest or any(token.startswith("#") for token in ours.tokens):
        return ""
    for one in (item for item in nearest if item.source is not None):
        own = one.clause
        for other in one.source.read.clauses if one.source else ():
            ours_own, ours_other = ours.stems & (own.stems - other.stems), ours.stems & (other.stems - own.stems)
            is_parallel = ours.stems & own.stems & other.stems and own.stems - other.stems - ours.stems
            if ours_own and ours_other and is_parallel:
                return "its source says so of something else"
    return ""


def _kind(said: Sentence, cited: Sequence[Source]) -> str:
    """A figure that its source gives as a target or an estimate only, told as reached."""
    senses = [one.sense for one in _asserted(said)]
    all_senses = {"target"} if any(one.commitment is not Commitment.DONE for one in senses) else set()
    all_senses |= {"estimate"} if any(one.is_estimate for one in senses) else set()
    for ours, sense in ((one.clause, one.sense) for one in _asserted(said)):
        if sense.commitment is not Commitment.DONE or sense.is_estimate:
            continue
        for figure in (one for one in said.figures if ours.start <= one.start < ours.end):
            kinds = {
                reading.kind
                for source in cited
                for theirs in source.read.figures
                if same_figure(figure, theirs)
                for reading in readings_of(source, theirs)
            }
            is_told = all_senses & kinds
            if kinds and kinds <= {"target", "estimate"} and not is_told:
                return f"its source gives “{said.text[figure.start : figure.end]}” as {' or '.join(sorted(kinds))}"
    return ""


def _turned(ours: Clause, nearest: Sequence[_Asserted], theirs: Sequence[_Asserted]) -> bool:
    """Whether a word of the clause is exchanged for its opposite."""
    here = frozenset().union(*(stems_of(one.clause.text) for one in nearest))
    anywhere = frozenset().union(*(stems_of(one.clause.text) for one in theirs))
    for stem in stems_of(ours.text) - anywhere:
        if not SAME.get(stem, frozenset()) & anywhere and OPPOSITES.get(stem, frozenset()) & here:
            return True
    return False


def stems_of(text: str) -> frozenset[str]:
    """The stems of all words, function words too."""
    return frozenset(term.stem for term in terms(text, keep_stop_words=True))


def _quantity(ours: _Asserted, nearest: Sequence[_Asserted], theirs: Sequence[_Asserted]) -> str:
    said, told_here = ours.sense.quantities, frozenset().union(*(one.sense.quantities for one in nearest))
    if ("none" in said and told_here & {"some", "most", "half", "few"} and "none" not in told_here) or (
        "none" in told_here and said & {"some", "most", "all"} and "none" not in said
    ):
        return "its source says so of others, or of none"
    words = {"all": "all", "most": "most"}
    for name in words.keys() & ours.sense.quantities:
        told = any(name in one.sense.quantities for one in theirs)
        shares = [_share(figure) for one in nearest for figure in _figures_in(one)]
        carried = any(share is not None and (share == 1 if name == "all" else share > 0.5) for share in shares)
        if not told and not carried:
            return f"its source does not say so of {words[name]}"
        if told and name == "all" and all(one.sense.is_denied for one in nearest) and not ours.sense.is_denied:
            return "its source denies it of all"
    return ""


def _figures_in(one: _Asserted) -> list[Figure]:
    if one.source is None:
        return []
    return [figure for figure in one.source.read.figures if one.clause.start <= figure.start < one.clause.end]


def _share(figure: Figure) -> float | None:
    value, upper, unit = figure.amount
    if upper is not None:
        return None
    if unit == "%":
        return value / 100
    return value / figure.total if figure.total else None


def _has_direction(direction: int, nearest: Sequence[_Asserted], theirs: Sequence[_Asserted], said: Sentence) -> bool:
    told = {one.sense.direction for one in nearest}
    if direction in told:
        return True
    if -direction in told:
        return _rise(said) == direction
    return _rise(said) == direction or direction in {one.sense.direction for one in theirs}


def _rise(said: Sentence) -> int:
    """1 or -1 where the sentence compares two figures of one unit; 0 where it does not."""
    for first, second in zip(said.figures, said.figures[1:], strict=False):
        if first.amount[2] != second.amount[2] and "count" not in (first.amount[2], second.amount[2]):
            continue
        measured = _MEASURED.search(fold(said.text[first.end : second.start])) is not None
        if first.is_baseline == (second.is_baseline or measured):
            continue
        later, earlier = (second, first) if first.is_baseline else (first, second)
        return (later.amount[0] > earlier.amount[0]) - (later.amount[0] < earlier.amount[0])
    return 0


def _direction_of_figures(said: Sentence) -> str:
    """A rise from more to less is none, whatever the sources say."""
    directions = {one.sense.direction for one in _asserted(said)} - {0}
    moved = _rise(said)
    if moved and directions and moved not in directions:
        return "its figures do not go that way"
    return ""
