"""Whether a sentence of a model's draft says what the sentences it cites say; if not, why not.

Checked are its figures, its names, what its clauses assert, whether its other words stand in the quotes,
and, by a small model, whether its sources carry what it means. What cannot be seen to hold is held back:
to keep a true sentence from the reader costs a sentence, to show a false one costs the reader's trust.
Knows nothing of language models, prompts and answers. English only: a sentence that cites another language
holds only as a whole sentence of its source.

>>> source = Source("k", "d", Span(0, 0), "The board has not yet approved the new rules.")
>>> check_sentence("The board has approved the new rules.", [source]).cause
'its source denies it'
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.answer import Verdict
from assistant.claim_checker import Carried
from assistant.draft_assertions import faults_in_assertions, stems_of
from assistant.draft_comparison import faults_in_comparison
from assistant.draft_figures import fault_in_figures, unsupported
from assistant.draft_lexicon import NEUTRAL, SAME, SENSES, stem_of
from assistant.draft_names import fault_in_names, missing_name, texts_of
from assistant.draft_order import fault_in_order
from assistant.draft_reading import Sentence, read_sentence
from assistant.draft_senses import sense_of
from assistant.draft_source import Source
from corpus.document import Span
from index.terms import STOP_WORDS, fold

__all__ = ["Checked", "Span", "check_sentence"]

DOUBTFUL = "it could not be made sure that its source says so"
SAME_START = 5  # letters that two words of one family share
_TIME_OPENS = re.compile(r"[\s,]*\b(?:in|during|for|by|as of|of)\s+(?:the (?:year|month)(?: of)?\s+)?\Z", re.IGNORECASE)
_PRONOUN = re.compile(
    r"\b(?:it|its|they|them|their|he|him|his|she|her|this|that|these|those|one|ones|both|there|such|so|same|also|too)\b"
)


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdict on a sentence: exact when it may be shown as fact."""

    verdict: Verdict
    cause: str = ""  # why it may not, in words for the reader
    is_doubtful: bool = False  # nothing in it is seen to be false, nor all of it to be carried


class Carries(Protocol):
    """How sure it is that sentences carry a claim."""

    def __call__(self, claim: str, cited: Sequence[Source]) -> Carried:
        """By its meaning, not by its words alone."""


def check_sentence(
    sentence: str, cited: Sequence[Source], given: Sequence[Source] = (), carries: Carries | None = None
) -> Checked:
    """Whether `sentence` (without markers) is carried by the sources it cites.

    Its numbers, dates and names must stand in them. Beyond that two judges look at it: a comparison of the words, and
    `carries`, a model of what sentences mean. What the words speak for is shown unless the model refutes it, what they
    speak against only where the model is sure of it; without a model the words decide.

    `given` are all the sources that the drafting model had: they tell a wrong source from no source.
    """
    if not cited:
        return Checked(Verdict.NOT_FOUND, "it names no source")
    if _is_copied(sentence, cited):
        return Checked(Verdict.EXACT)
    if any(source.language != "en" for source in cited):
        return Checked(Verdict.NOT_FOUND, "it cannot be compared with a source in another language")
    said = read_sentence(sentence)
    fault = _fault(said, cited)
    missing = _missing(said, cited) if fault else ""
    claim = sentence if fault else _without_known_times(said, cited)
    carried = carries(claim, cited) if carries and not missing else Carried.OPEN
    if carried is Carried.SURELY or (not fault and carried is Carried.OPEN):
        return Checked(Verdict.EXACT)
    cause = missing or fault or "it says something else than its source"
    if any(_says(said, one) for one in given if one not in cited):
        return Checked(Verdict.MISATTRIBUTED, f"{cause}; another source says it")
    if carries and not missing and (carried is Carried.OPEN or not fault):  # one judge at most speaks against it
        return Checked(Verdict.NOT_FOUND, DOUBTFUL, is_doubtful=True)
    if len(cited) > 1 and all(_fault(said, [one]) for one in cited) and "does not stand" not in cause:
        return Checked(Verdict.STITCHED, cause)
    return Checked(Verdict.NOT_FOUND, cause)


def _is_copied(sentence: str, sources: Sequence[Source]) -> bool:
    return any(_plain(sentence) == _plain(source.text) for source in sources)


def _says(said: Sentence, source: Source) -> bool:
    """Whether a source says so by its words; it is worth comparing with half of the sentence's content words."""
    content = {word.stem for word in said.words if word.is_content}
    may_say = source.language == "en" and 2 * len(content & stems_of(source.text)) >= len(content)
    return _is_copied(said.text, [source]) or (may_say and not _fault(said, [source]))


def _without_known_times(said: Sentence, cited: Sequence[Source]) -> str:
    """The sentence without times that stand in no quote but are known of it: they were compared, and are no news."""
    told = {token for source in cited for token, _, _ in source.read.periods}
    text = said.text
    for token, start, end in sorted(said.periods, key=lambda period: -period[1]):
        if token.startswith("@") and token not in told:
            before = _TIME_OPENS.sub("", text[:start])
            text = f"{before}{text[end:].lstrip(',') if not before else text[end:]}".strip()
    return text


def _missing(said: Sentence, cited: Sequence[Source]) -> str:
    """A number, a date or a name that no quote has: no meaning makes up for it."""
    numbers = unsupported(said.text, cited)
    return f"“{numbers[0].text}” does not stand in its source" if numbers else missing_name(said, cited)


def _fault(said: Sentence, cited: Sequence[Source]) -> str:
    """What speaks against a sentence by its words, in words for the reader."""
    return next(filter(None, _faults(said.text, said, cited)), "")


def _faults(sentence: str, said: Sentence, cited: Sequence[Source]) -> Iterator[str]:
    yield fault_in_figures(sentence, cited)
    yield fault_in_names(said, cited)
    yield from faults_in_assertions(said, cited)
    yield from faults_in_comparison(said, cited)
    yield fault_in_order(said, cited)
    yield _fault_in_words(said, cited)


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", fold(text)).strip()


def _fault_in_words(said: Sentence, cited: Sequence[Source]) -> str:
    """Content words that no source has in any form: whatever else they say, the source does not."""
    known = frozenset().union(*(stems_of(text) for source in cited for text in _texts(source)))
    wide = known | {same for stem in known for same in SAME.get(stem, ())}
    content = [word for word in said.words if word.is_content and word.stem not in NEUTRAL | SENSES]
    content = [word for word in content if not sense_of(word.word).is_denied]  # compared clause by clause
    new = [word for word in content if word.stem not in wide and not _akin(word.word, cited)]
    titles = frozenset().union(*(stems_of(source.header) for source in cited))
    new = [word for word in new if not (word.is_capital and word.stem in titles)]
    for figure in said.figures:
        counted = next((word for word in said.words if word.start >= figure.end), None)
        if counted in new and figure.amount[2] == "count":
            return f"its source does not speak of “{said.text[counted.start : counted.end]}”"
    if new:
        words = ", ".join(f"“{said.text[word.start : word.end]}”" for word in new)
        return f"its source has no word of {words}"
    return ""


def _texts(source: Source) -> Iterator[str]:
    """Where a word may stand: the sentence before counts where the sentence itself points back to it."""
    for text in texts_of(source):
        points_back = source.speaker or _PRONOUN.search(fold(source.text))
        if points_back or (text is not source.before and text is not source.header):
            yield text


def _akin(word: str, cited: Sequence[Source]) -> bool:
    """Whether a source has a word of the same family: "irrigation" for "irrigated"."""
    start = word[:SAME_START]
    if word.startswith("re") and any(stem_of(word[2:]) in source.read.stems for source in cited):  # "reapplied"
        return True
    return len(start) == SAME_START and any(
        one.word.startswith(start) for source in cited for one in source.read.words if one.word not in STOP_WORDS
    )
