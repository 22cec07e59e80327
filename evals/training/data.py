"""Question-answering rows -> groups of encoded question-and-passage pairs.

A group is what is trained together: a question with a passage that holds its
answer, and pairs that look like it and do not (another paragraph of the article,
a mined paragraph, the same passage with a question it does not answer).

Knows nothing about the model.

    train, dev = split_rows(load_rows(Path("reader_train"), Path("benchmarks")))
    groups = GroupBuilder(train, encoder).epoch(seed=0)
"""

from __future__ import annotations

import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from evals.training.figures import make_figures
from evals.training.pairs import EncodedPair, PairEncoder
from evals.training.readings import ask_reading, usable_readings
from evals.training.rows import Row
from evals.training.traps import MONTHS, exchange_detail

# How often a row of a set is seen in one epoch, on average. An epoch is short, about what two
# shared cores read in an hour: the rows that teach to refuse come in each, of the others a draw.
WEIGHTS: Mapping[str, float] = {
    "squad_train_partial": 0.34,
    "squad_dev": 0.4,
    "squad_dev:unanswerable": 1.25,
    "disfl_qa": 0.1,
    "disfl_qa:unanswerable": 0.35,
    "spoken_squad": 0.1,
    "squadshifts_newwiki": 0.3,
    "squadshifts_reddit": 0.08,
    "squadshifts_amazon": 0.06,
    "qed_nq": 0.3,
    "nq_open_oracle": 0.3,
    "tweetqa": 0.05,
    "fairytaleqa": 0.08,
    "qamr_devtest": 0.05,
    "molweni": 0.35,
    "molweni:unanswerable": 1.0,
    "contrast_sets": 0.15,
    "multispanqa_valid": 0.4,
    "covid_qa": 0.1,
    "cpgqa": 0.15,
    "tatqa_text": 1.0,
    "explainmeetsum_evidence": 0.15,
    "explainmeetsum_evidence:unanswerable": 0.15,
    "omosqa_en": 0.15,
    "omosqa_en:unanswerable": 0.15,
    "onestopqa": 0.3,
    "selqa_devtest": 0.15,
}
EVIDENCE = frozenset({"explainmeetsum_evidence", "omosqa_en", "onestopqa", "selqa_devtest"})
ALL_NEEDED = frozenset({"contrast_sets", "multispanqa_valid", "tatqa_text"})
NEGATIVE_SHARE = 0.65  # answerable questions that get another paragraph beside theirs
TRAP_SHARE = 0.45  # of those in which a detail can be exchanged
HEADER_SHARE = 0.45  # pairs whose title is shown
FIGURE_GROUPS = 1300  # groups of made figures in one epoch
READING_GROUPS = 1200  # groups asked of the figures of real passages
TERSE_SHARE = 0.1  # questions put in key words, as staff type them
Kind = Literal["figures", "readings"]  # groups that are made, not rows of a set


@dataclass(frozen=True, slots=True)
class Group:
    """Pairs that compete; at least one, in no order."""

    pairs: tuple[EncodedPair, ...]
    source: str


_STOP = frozenset(
    """a an the of in on at to for and or is are was were be been do does did what which who whom when where why how
    many much by with from as that this it its his her their has have had""".split()
)
_LITTLE = _STOP - {"who", "when", "where", "why", "how", "many", "much", "by"}  # left out of key words


def _terms(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text.lower()) if word not in _STOP]


@dataclass(slots=True)
class _Article:
    """The paragraphs of one title, ranked for a question by BM25."""

    contexts: list[str]
    _counts: list[Counter[str]] = field(default_factory=list)
    _idf: dict[str, float] = field(default_factory=dict)

    def near(self, question: str, best: int) -> list[str]:
        """The paragraphs nearest to a question, best first."""
        if not self._counts:
            self._counts = [Counter(_terms(context)) for context in self.contexts]
            seen = Counter(term for counts in self._counts for term in counts)
            total = len(self.contexts)
            self._idf = {term: math.log(1 + (total - df + 0.5) / (df + 0.5)) for term, df in seen.items()}
        query = [(term, self._idf[term]) for term in set(_terms(question)) if term in self._idf]
        scores = [
            sum(idf * counts[term] * 2.2 / (counts[term] + 1.2) for term, idf in query if term in counts)
            for counts in self._counts
        ]
        order = sorted(range(len(scores)), key=lambda at: -scores[at])[:best]
        return [self.contexts[at] for at in order if scores[at] > 0]


class GroupBuilder:
    """Turns training rows into the groups of one epoch."""

    def __init__(self, rows: Sequence[Row], encoder: PairEncoder) -> None:
        self._encoder = encoder
        self._rows: list[Row] = []
        titles: dict[str, str] = {}
        mined: dict[str, list[str]] = defaultdict(list)
        articles: dict[str, dict[str, None]] = defaultdict(dict)
        self._by_context: dict[str, list[Row]] = defaultdict(list)
        self._questions: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            if row.source == "mined_negatives":
                mined[row.question].append(row.context)
                continue
            self._rows.append(row)
            if row.title and row.source not in ("cpgqa", "omosqa_en", "explainmeetsum_evidence"):
                title = row.title.replace("_", " ")
                titles.setdefault(row.context, title)
                if row.source != "spoken_squad":
                    articles[title][row.context] = None
                    self._questions[title].append(row.question)
            if row.answerable and row.source in ("squad_dev", "disfl_qa", "molweni"):
                self._by_context[row.context].append(row)
        self._readings = usable_readings(self._rows)
        self._titles = titles
        self._mined = dict(mined)
        self._articles = {title: _Article(list(found)) for title, found in articles.items()}
        self._near: dict[tuple[str, str], list[str]] = {}

    def chunks(self, seed: int, size: int, first: int = 0) -> Iterator[tuple[int, list[Group]]]:
        """The groups of one epoch in random order, `size` at a time, from chunk `first` on.

        The same seed gives the same groups, wherever it starts.
        """
        rng = random.Random(seed)
        made: dict[Kind, int] = {"figures": FIGURE_GROUPS, "readings": READING_GROUPS}
        drawn: list[Row | Kind] = [kind for kind, count in made.items() for _ in range(count)]  # made in their turn
        for row in self._rows:
            name = row.source if row.answerable else f"{row.source}:unanswerable"
            weight = WEIGHTS.get(name, 0.0)
            drawn.extend([row] * (int(weight) + (rng.random() < weight - int(weight))))
        rng.shuffle(drawn)
        for number, low in enumerate(range(0, len(drawn), size)):
            if number >= first:
                own = random.Random(f"{seed}/{number}")
                rows = drawn[low : low + size]
                yield number, [self._made(row, own) if isinstance(row, str) else self._group(row, own) for row in rows]

    def _made(self, kind: Kind, rng: random.Random) -> Group:
        return self._figures(rng) if kind == "figures" or not self._readings else self._reading_group(rng)

    def _group(self, row: Row, rng: random.Random) -> Group:
        if row.source in EVIDENCE:
            return self._evidence_group(row, rng)
        if not row.answerable:
            return self._unanswerable_group(row, rng)
        question = _plain(row.question, rng)
        title = (row.title or "").replace("_", " ")
        shown = rng.random() < HEADER_SHARE
        header = row.header if row.header is not None else self._header(row.context, shown, rng)
        pairs = []
        dated = _dated(question, row, title, rng) if row.header is None else None
        if dated is not None:
            question, header, other = dated
            pairs.append(self._encoder.encode(other, header, row.context, (), rng))
        else:
            year = re.search(r"\b(19|20)\d\d\b", question)
            if year and header and rng.random() < 0.4:
                header = f"{title} · {_date(int(year.group()), rng)}"
            if rng.random() < TRAP_SHARE:
                donors = self._questions.get(title, [])
                altered = exchange_detail(question, row.context, donors, rng)
                if altered is not None:
                    pairs.append(self._encoder.encode(altered.question, header, row.context, (), rng))
        pairs.insert(0, self._encoder.encode(question, header, row.context, row.answers, rng))
        if rng.random() < NEGATIVE_SHARE:
            negative = self._negative(row, rng)
            if negative is not None:
                header = self._header(negative, shown, rng)
                pairs.append(self._encoder.encode(question, header, negative, (), rng))
        return Group(tuple(pairs), row.source)

    def _unanswerable_group(self, row: Row, rng: random.Random) -> Group:
        shown = rng.random() < HEADER_SHARE
        header = row.header if row.header is not None else self._header(row.context, shown, rng)
        pairs = [self._encoder.encode(_plain(row.question, rng), header, row.context, (), rng)]
        siblings = self._by_context.get(row.context, [])
        if siblings and rng.random() < 0.7:
            terms = set(_terms(row.question))
            ranked = sorted(siblings, key=lambda other: -len(terms & set(_terms(other.question))))
            other = rng.choice(ranked[:2])
            pairs.append(self._encoder.encode(_plain(other.question, rng), header, row.context, other.answers, rng))
        return Group(tuple(pairs), row.source)

    def _figures(self, rng: random.Random) -> Group:
        made = make_figures(rng)
        encode = self._encoder.encode
        question = _plain(made.question, rng)
        pairs = [encode(question, made.header, made.passage, made.spans, rng, keep=False)]
        pairs += [
            encode(_plain(wrong, rng), made.header, made.passage, (), rng, keep=False)
            for wrong in made.wrong_questions[: rng.randint(1, 2)]
        ]
        if made.other_passage and rng.random() < 0.5:
            pairs.append(encode(question, made.header, made.other_passage, (), rng, keep=False))
        return Group(tuple(pairs), "figures")

    def _reading_group(self, rng: random.Random) -> Group:
        row, reading = rng.choice(self._readings)
        asked = ask_reading(reading, row.context, rng)
        header = self._header(row.context, rng.random() < HEADER_SHARE, rng)
        pairs = [self._encoder.encode(asked.question, header, row.context, asked.spans, rng)]
        pairs += [self._encoder.encode(wrong, header, row.context, (), rng) for wrong in asked.wrong_questions[:2]]
        return Group(tuple(pairs), "readings")

    def _evidence_group(self, row: Row, rng: random.Random) -> Group:
        pair = self._encoder.encode(row.question, "", row.context, row.answers, rng, span_known=not row.answerable)
        pairs = [pair]
        if row.answerable and rng.random() < 0.8:
            negative = self._negative(row, rng)
            if negative is not None:
                pairs.append(self._encoder.encode(row.question, "", negative, (), rng))
        return Group(tuple(pairs), row.source)

    def _negative(self, row: Row, rng: random.Random) -> str | None:
        mined = self._mined.get(row.question)
        if mined and rng.random() < 0.35:
            return rng.choice(mined)
        title = (row.title or "").replace("_", " ")
        article = self._articles.get(title)
        if article is None or len(article.contexts) < 3:
            return rng.choice(mined) if mined else None
        key = (title, row.question)
        if key not in self._near:
            answers = {row.context[start:end].lower() for start, end in row.answers}
            self._near[key] = [
                context
                for context in article.near(row.question, 8)
                if context != row.context and not any(answer in context.lower() for answer in answers)
            ][:4]
        near = self._near[key]
        if not near:
            return rng.choice(mined) if mined else None
        return near[min(int(rng.expovariate(0.9)), len(near) - 1)]

    def _header(self, context: str, shown: bool, rng: random.Random) -> str:
        title = self._titles.get(context, "") if shown else ""
        if title and rng.random() < 0.35:
            return f"{title} · {_date(rng.randint(1995, 2025), rng)}"
        return title


def _plain(question: str, rng: random.Random) -> str:
    """The question as it stands, without its mark, or in key words."""
    if rng.random() < TERSE_SHARE:
        words = [word for word in re.findall(r"[\w'’%.,-]+", question) if word.lower().strip(".,") not in _LITTLE]
        if len(words) >= 3:
            return " ".join(words).rstrip(".,")
    if question.endswith("?") and rng.random() < 0.12:
        return question[:-1].rstrip()
    return question


def _date(year: int, rng: random.Random) -> str:
    month, day = rng.randint(1, 12), rng.randint(1, 28)
    form = rng.randrange(4)
    if form == 0:
        return f"{year}-{month:02d}-{day:02d}"
    if form == 1:
        return f"{day} {MONTHS[month - 1]} {year}"
    if form == 2:
        return f"{MONTHS[month - 1]} {year}"
    return str(year)


def _dated(question: str, row: Row, title: str, rng: random.Random) -> tuple[str, str, str] | None:
    """A passage without a year, dated by its header: asked for that year, and for another."""
    if not title or rng.random() > 0.12 or re.search(r"\b(1[5-9]|20)\d\d\b", row.context):
        return None
    if re.search(r"\b(1[5-9]|20)\d\d\b|\b[Ww]hen\b|year|date|^[Ww]hy", question):
        return None
    year = rng.randint(1995, 2025)
    wrong = year + rng.choice((-4, -3, -2, -1, 1, 2, 3))
    header = f"{title} · {_date(year, rng)}"
    mark = "?" if question.endswith("?") else ""
    stem = question.removesuffix("?").rstrip()
    if rng.random() < 0.7:
        return f"{stem} in {year}{mark}", header, f"{stem} in {wrong}{mark}"
    return f"In {year}, {stem}{mark}", header, f"In {wrong}, {stem}{mark}"
