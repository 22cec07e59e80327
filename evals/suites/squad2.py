"""SQuAD 2.0: questions on one paragraph each, about half of which it does not answer.

Reads the official `dev-v2.0.json`, or the sample of it in `queries.json` and `ground_truth.json`.
Exact match and F1 are those of the official script: the answer given is a text, the empty one
where the question is refused. Rajpurkar et al. 2018, arXiv:1806.03822. Knows nothing of how an
answer is found.

>>> _accepted(["the", "the old mill"], impossible=False)
('the old mill',)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, Field

from evals.case import Case, Score
from evals.given import Given
from evals.measures import Measure
from evals.metrics import exact_match, normalise_answer, token_f1
from evals.predicted import predicted_span
from evals.refusal import REFUSAL, refusal_scores
from evals.suite import Layout, Published, Wanted
from evals.suites.official_files import OfficialSet
from index.store import Index

__all__ = ["Squad2", "SquadQuestion", "read_questions"]

SAMPLE = ("queries.json", "ground_truth.json")
OFFICIAL = "dev-v2.0.json"
FILES = OfficialSet("SQuAD 2.0", "SQuAD 2.0's distribution", ("squad2", "."))
NO_ANSWER = ("",)  # the official script's accepted answers of an impossible question
_HIDDEN = "hidden test part, as the project's data notes give it"


class _Query(BaseModel):
    id: str
    context: str = Field(min_length=1)
    question: str = Field(min_length=1)


class _Queries(BaseModel):
    queries: list[_Query]


class _Answers(BaseModel):
    answers: list[str]
    is_impossible: bool


class _AnswerText(BaseModel):
    text: str


class _OfficialQuestion(BaseModel):
    id: str
    question: str = Field(min_length=1)
    answers: list[_AnswerText]
    is_impossible: bool = False


class _Paragraph(BaseModel):
    context: str = Field(min_length=1)
    qas: list[_OfficialQuestion]


class _Article(BaseModel):
    paragraphs: list[_Paragraph]


class _Official(BaseModel):
    data: list[_Article]


@dataclass(frozen=True, slots=True)
class SquadQuestion:
    """A question with the paragraph that it is asked of."""

    id: str
    context: str
    question: str
    accepted: tuple[str, ...]  # NO_ANSWER where it is impossible

    @property
    def answerable(self) -> bool:
        """Whether the paragraph answers it."""
        return self.accepted != NO_ANSWER


@dataclass(frozen=True, slots=True)
class Squad2:
    """Each question asked inside the file of its own paragraph."""

    name: str = "squad2"
    title: str = "SQuAD 2.0: the answer in one paragraph, or that it is not there"
    wanted: Wanted = "answer"
    depth: int = 10
    measures: tuple[Measure, ...] = (
        Measure("f1", "F1 (official)"),
        Measure("exact_match", "exact match (official)"),
        Measure("answerable_f1", "F1, answerable questions"),
        Measure("answerable_exact_match", "exact match, answerable questions"),
        *REFUSAL,
    )
    published: tuple[Published, ...] = (
        Published("BiDAF++", "exact_match", 0.657, _HIDDEN),
        Published("BiDAF++", "f1", 0.689, _HIDDEN),
        Published("BERT-base", "exact_match", 0.721, _HIDDEN),
        Published("BERT-base", "f1", 0.755, _HIDDEN),
        Published("human", "exact_match", 0.868, _HIDDEN),
        Published("human", "f1", 0.895, _HIDDEN),
    )

    def lay_out(self, data: Path | None, folder: Path) -> Layout:
        """One file for each distinct paragraph. Raises InputError that names the file and the field."""
        questions = read_questions(data, self.name)
        contexts = {context: f"paragraph-{number:04d}.txt" for number, context in _numbered(questions)}
        for context, name in contexts.items():
            (folder / name).write_text(context, encoding="utf-8")
        return Layout((folder,), tuple(_case(question, contexts[question.context]) for question in questions))

    def bind(self, case: Case, index: Index) -> Case:  # noqa: ARG002  # the protocol's signature
        """The case as it is: answers are compared as texts."""
        return case

    def score(self, case: Case, given: Given) -> dict[str, Score]:
        """The official scores and both errors; nothing of a bare ranking, which neither answers nor refuses."""
        if given.mode == "ranking":
            return {}
        answerable, accepted = bool(case.truth["answerable"]), tuple(case.truth["accepted"])
        text = predicted_span(given)
        why = f"expected {accepted[0]!r}" if answerable else "the paragraph does not answer it"
        exact, f1 = Score(exact_match(text, accepted), text, why), Score(token_f1(text, accepted), text, why)
        scores = {"exact_match": exact, "f1": f1, **refusal_scores(given, answerable=answerable, why=why)}
        return {**scores, "answerable_f1": f1, "answerable_exact_match": exact} if answerable else scores


def _case(question: SquadQuestion, name: str) -> Case:
    return Case(
        id=question.id,
        kind="answerable" if question.answerable else "impossible",
        question=question.question,
        within=name,
        expected=question.accepted[0] if question.answerable else "a refusal",
        group=name,
        truth={"answerable": question.answerable, "accepted": list(question.accepted)},
    )


def _numbered(questions: Sequence[SquadQuestion]) -> enumerate[str]:
    return enumerate(dict.fromkeys(question.context for question in questions), start=1)


def _accepted(answers: Sequence[str], *, impossible: bool) -> tuple[str, ...]:
    """The answers that are not empty once normalised; of none left, the official script makes "no answer"."""
    left = () if impossible else tuple(dict.fromkeys(answer for answer in answers if normalise_answer(answer)))
    return left or NO_ANSWER


def read_questions(data: Path | None, suite: str) -> list[SquadQuestion]:
    """The sample where it is, else the official file. Raises InputError."""
    for place in FILES.folders(data, suite):
        if all((place / name).is_file() for name in SAMPLE):
            return _sample(*(place / name for name in SAMPLE))
        if (place / OFFICIAL).is_file():
            return _official(place / OFFICIAL)
    raise FILES.missing(data, f"{OFFICIAL}, nor {' and '.join(SAMPLE)},")


def _sample(queries: Path, ground_truth: Path) -> list[SquadQuestion]:
    asked = FILES.read(queries, _Queries).queries
    truth = FILES.read(ground_truth, dict[str, _Answers])
    questions = []
    for query in asked:
        if query.id not in truth:
            raise FILES.fault(ground_truth, f"{query.id} of {queries.name} is missing")
        answers = truth[query.id]
        accepted = _accepted(answers.answers, impossible=answers.is_impossible)
        questions.append(SquadQuestion(query.id, query.context, query.question, accepted))
    return questions


def _official(file: Path) -> list[SquadQuestion]:
    return [
        SquadQuestion(
            asked.id,
            paragraph.context,
            asked.question,
            _accepted([answer.text for answer in asked.answers], impossible=asked.is_impossible),
        )
        for article in FILES.read(file, _Official).data
        for paragraph in article.paragraphs
        for asked in paragraph.qas
    ]
