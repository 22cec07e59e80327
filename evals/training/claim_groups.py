"""Claims and the sentences they cite -> encoded pairs, for training the claim checker with the reader's own means.

A group is one source with claims of it: honest ones are "answerable", lies are not, so the relevance head learns to
tell them apart, each alone and within the group. The claims come from three places: written by hand (`contrasts.py`,
and the known sentences of evals/gold/drafts.jsonl); exchanged by rule in sentences of the reader's training sets
(`exchanges.py`); and questions turned to statements with their right answer and with another one of the passage
(`claimed_answers.py`), where questions that the passage does not answer are lies with whatever answer looks likely.
Knows nothing of models.

    builder = ClaimBuilder(load_contrasts(WRITTEN), train_rows, encoder)
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from assistant.claim_checker import CLAIM_TOKENS, PREMISE_TOKENS, premise_of
from assistant.draft_source import Source
from assistant.trained_reader import PassageInput, TrainedReader
from corpus.sentences import split_sentences
from evals.draft_accuracy import DraftCase, draft_cases
from evals.training.claimed_answers import claim_of, form_of
from evals.training.contrasts import Contrast, Lie
from evals.training.data import Group
from evals.training.exchanges import lies_about
from evals.training.pairs import EncodedPair, PairEncoder
from evals.training.rewordings import rewordings_of
from evals.training.rows import Row

__all__ = ["ClaimBuilder", "known_drafts", "likely_answers"]

HONEST, LIES = 3, 4  # of one contrast at a time
WRITTEN_TIMES = 2  # how often a written contrast comes in one epoch
EXCHANGED = 2000  # sentences of one epoch with claims made by rule
ASKED = 2000  # questions of one epoch
PLAUSIBLE = 600  # questions of one epoch that their passage does not answer
MOST_WORDS = 48  # of a sentence that is exchanged
CLAIMED_WORDS = 8  # of an answer
TALK = frozenset({"molweni", "tweetqa", "spoken_squad", "disfl_qa", "explainmeetsum_evidence"})
_NAME = re.compile(r"\b[A-Z][\w'’-]+(?: (?:of |the )?[A-Z][\w'’-]+)*")
_FIGURE = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?:\s?%| percent)?")
_PLACING = frozenset("in on at from by to for of with between during since under after before around about".split())


class ClaimBuilder:
    """Turns contrasts and rows into the groups of one epoch."""

    def __init__(
        self,
        written: Sequence[Contrast],
        rows: Sequence[Row],
        likely: Mapping[tuple[str, str], str],
        encoder: PairEncoder,
    ) -> None:
        """Collect what there is to learn from.

        Args:
            written: contrasts made by hand.
            rows: of the reader's training sets.
            likely: by question and context, the answer that a reader would give where there is none.
            encoder: texts to word pieces.
        """
        self._encoder = encoder
        self._written = list(written)
        plain = [row for row in rows if row.source not in TALK and row.source != "mined_negatives"]
        self._contexts = sorted({row.context for row in plain if row.title})
        self._titles = {row.context: (row.title or "").replace("_", " ") for row in plain}
        self._answers: dict[str, set[str]] = defaultdict(set)
        self._asked: list[Row] = []
        self._plausible: list[tuple[Row, str]] = []
        for row in plain:
            for start, end in row.answers[:1]:
                answer = row.context[start:end]
                self._answers[row.context].add(answer)
                if len(answer.split()) <= CLAIMED_WORDS and claim_of(row.question, answer):
                    self._asked.append(row)
            told = likely.get((row.question, row.context), "")
            if not row.answerable and told and claim_of(row.question, told):
                self._plausible.append((row, told))

    @property
    def sizes(self) -> dict[str, int]:
        """How much there is of each sort."""
        return {
            "written": len(self._written),
            "contexts": len(self._contexts),
            "asked": len(self._asked),
            "plausible": len(self._plausible),
        }

    def chunks(self, seed: int, size: int, first: int = 0) -> Iterator[tuple[int, list[Group]]]:
        """The groups of one epoch in random order, `size` at a time, from chunk `first` on."""
        rng = random.Random(seed)
        makers: list[Callable[[random.Random], Group | None]] = [
            partial(self._group, contrast, "written") for contrast in self._written * WRITTEN_TIMES
        ]
        makers += [self._exchanged] * EXCHANGED + [self._questioned] * ASKED
        makers += [self._unanswered] * min(PLAUSIBLE, 2 * len(self._plausible))
        rng.shuffle(makers)
        for number, low in enumerate(range(0, len(makers), size)):
            if number >= first:
                own = random.Random(f"{seed}/{number}")
                yield number, [group for make in makers[low : low + size] if (group := make(own))]

    def _group(self, contrast: Contrast, name: str, rng: random.Random) -> Group | None:
        honest = rng.sample(contrast.honest, min(HONEST, len(contrast.honest)))
        lies = rng.sample(contrast.lies, min(LIES, len(contrast.lies)))
        claims = [*((claim, True) for claim in honest), *((lie.text, False) for lie in lies)]
        if not claims:
            return None
        premise = premise_of(contrast.source, contrast.before, contrast.speaker)
        return Group(tuple(self._pair(claim, contrast.header, premise, is_honest) for claim, is_honest in claims), name)

    def _pair(self, claim: str, header: str, premise: str, is_honest: bool) -> EncodedPair:
        return self._encoder.encode_claim(claim, header, premise, is_honest, CLAIM_TOKENS, PREMISE_TOKENS)

    def _exchanged(self, rng: random.Random) -> Group | None:
        """A sentence, or two, of a passage with claims made by rule."""
        context = rng.choice(self._contexts)
        sentences = [span.of(context) for span in split_sentences(context)]
        at = rng.randrange(len(sentences))
        count = rng.choice((1, 1, 1, 2))
        source = sentences[at : at + count]
        told = rng.choice(source)
        if not 5 <= len(told.split()) <= MOST_WORDS or "\n" in told:
            return None
        near = [one for one in sentences[max(0, at - 2) : at + 4] if one not in source]
        honest = rewordings_of(told, rng)[:2]
        if count == 2 and len(source) == 2 and rng.random() < 0.3:
            honest.append(f"{source[0].rstrip('.')}, and {source[1][0].lower()}{source[1][1:]}")
        lies = lies_about(rng.choice((told, *rewordings_of(told, rng)[:1])), near, rng)[:4]
        if near and rng.random() < 0.25:
            lies[:1] = [Lie("elsewhere", rng.choice(near))]
        before = sentences[at - 1] if at and rng.random() < 0.5 else ""
        if any(lie.text == before for lie in lies):
            before = ""
        contrast = Contrast(tuple(source), tuple(honest), tuple(lies), self._title(context, rng), before)
        return self._group(contrast, "exchanged", rng)

    def _questioned(self, rng: random.Random) -> Group | None:
        row = rng.choice(self._asked)
        start, end = row.answers[0]
        answer = row.context[start:end]
        source, before = _around(row.context, start, rng)
        wrong = self._wrong_answers(row, answer, source)
        rng.shuffle(wrong)
        lead = row.context[:start].split()[-1:]
        placing = lead[0].lower() if lead and lead[0].lower() in _PLACING and _asks_where(row.question) else ""
        honest = claim_of(row.question, f"{placing} {answer}".strip())
        lies = [Lie("other answer", claim_of(row.question, f"{placing} {other}".strip())) for other in wrong[:2]]
        contrast = Contrast(
            source, (honest,), tuple(lie for lie in lies if lie.text), self._title(row.context, rng), before
        )
        return self._group(contrast, "asked", rng)

    def _wrong_answers(self, row: Row, answer: str, source: Sequence[str]) -> list[str]:
        """Others of the passage that are of the same form, those of the cited sentences first."""
        form, own = form_of(answer), set(re.findall(r"\w+", answer.lower()))
        gold = {row.context[start:end].lower() for start, end in row.answers}
        text = " ".join(source)
        near = [match[0] for match in (*_NAME.finditer(text), *_FIGURE.finditer(text))]
        far = sorted(self._answers[row.context])
        asked = row.question.lower()
        options = []
        for other in dict.fromkeys((*near, *(one for one in far if one in text), *far)):
            words = set(re.findall(r"\w+", other.lower()))
            if form_of(other) == form and not words & own and other.lower() not in asked and other.lower() not in gold:
                options.append(other)
        return options[:4]

    def _unanswered(self, rng: random.Random) -> Group | None:
        row, answer = rng.choice(self._plausible)
        at = row.context.find(answer)
        source, before = _around(row.context, max(0, at), rng)
        lie = Lie("plausible", claim_of(row.question, answer))
        return self._group(Contrast(source, (), (lie,), self._title(row.context, rng), before), "plausible", rng)

    def _title(self, context: str, rng: random.Random) -> str:
        return self._titles.get(context, "") if rng.random() < 0.5 else ""


def _asks_where(question: str) -> bool:
    return re.match(r"(?:when|where|in|on|what year|which year)\b", question, re.I) is not None


def _around(context: str, place: int, rng: random.Random) -> tuple[tuple[str, ...], str]:
    """The sentence at `place`, now and then with a neighbour, and the one before."""
    spans = split_sentences(context)
    at = next((number for number, span in enumerate(spans) if span.end > place), len(spans) - 1)
    first = max(0, at - (rng.random() < 0.15))
    last = min(len(spans), at + 1 + (rng.random() < 0.15))
    before = spans[first - 1].of(context) if first and rng.random() < 0.6 else ""
    return tuple(span.of(context) for span in spans[first:last]), before


def known_drafts() -> list[Contrast]:
    """The sentences of evals/gold/drafts.jsonl that are not held out, by what they cite."""
    by_cited: dict[tuple[Source, ...], list[DraftCase]] = defaultdict(list)
    for case in draft_cases():
        if not case.is_held_out:
            by_cited[case.cited].append(case)
    return [
        Contrast(
            source=tuple(one.text for one in cited),
            honest=tuple(case.sentence for case in cases if case.is_honest),
            lies=tuple(Lie(case.lie, case.sentence) for case in cases if not case.is_honest),
            header=cited[0].header,
            before=cited[0].before,
            speaker=cited[0].speaker,
        )
        for cited, cases in by_cited.items()
    ]


def likely_answers(rows: Sequence[Row]) -> dict[tuple[str, str], str]:
    """By question and context, what the shipped reader would answer to questions that people wrote to mislead it."""
    reader = TrainedReader.load()
    found = {}
    for row in rows:
        if row.source == "squad_dev" and not row.answerable:
            spans = reader.read(row.question, [PassageInput("", row.context)])[0].spans
            if spans and len(row.context[spans[0].start : spans[0].end].split()) <= CLAIMED_WORDS:
                found[row.question, row.context] = row.context[spans[0].start : spans[0].end]
    return found
