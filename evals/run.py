"""A run: every gold question asked once, every answer kept as given, every score with its reason.

A run is one JSON file that can be read alone. Knows nothing of reports and baselines.

    run = run_suite(Assistant(index), index, load_gold(path), suite="ask")
    again = load_run(save_run(run, home.runs_folder))
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Literal, Protocol

from pydantic import TypeAdapter, ValidationError

from assistant.answer import Answer, Citation, RankedPassage
from corpus.errors import InputError, RapporteurError
from evals.given import Given, Quoted, Retrieved
from evals.gold import GoldQuestion, GoldSpan, find_gold_spans, gold_hash
from evals.metrics import quote_is_exact
from evals.provenance import Revision, libraries, machine, now, revision
from evals.scoring import Score, score
from evals.truth import OriginalTruth, SpanTruth, Truth
from index.store import Index

__all__ = ["Asker", "Result", "Run", "TruthKind", "corpus_hash", "load_run", "rescore", "run_suite", "save_run"]

TruthKind = Literal["spans", "originals"]
PASSAGES_KEPT = 10
Progress = Callable[[int, int], None]  # questions done, questions in all


class Asker(Protocol):
    """What answers the questions: the Assistant, or a stand-in for one."""

    def ask(self, question: str, *, history: Sequence[str] = (), within: str | None = None) -> Answer:
        """The cited answer, or a refusal."""

    def search(self, question: str, *, count: int = 10, within: str | None = None) -> list[RankedPassage]:
        """The ranked passages."""


@dataclass(frozen=True, slots=True)
class Result:
    """One question with its answer and its scores."""

    question: GoldQuestion
    gold: tuple[GoldSpan, ...]  # its evidence, as found in the index that was asked
    given: Given | None  # None when asking failed
    error: str = ""  # why asking failed
    scores: dict[str, Score] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """All results of one suite and what they were made with."""

    suite: str
    truth: TruthKind
    made_at: str  # UTC
    seconds: float  # for all questions together
    gold_hash: str
    corpus_hash: str
    index_fingerprint: str
    settings: dict[str, str]
    revision: Revision
    machine: dict[str, str]
    libraries: dict[str, str]
    results: tuple[Result, ...]

    def scored(self, metric: str) -> list[float]:
        """All values of a metric; what could not be scored is left out."""
        values = [result.scores[metric].value for result in self.results if metric in result.scores]
        return [value for value in values if value is not None]


def run_suite(
    assistant: Asker,
    index: Index,
    gold: Sequence[GoldQuestion],
    *,
    suite: str,
    truth: TruthKind = "spans",
    progress: Progress | None = None,
) -> Run:
    """Ask every question once and score the answers; models are loaded before the clock starts.

    With `truth` "originals" the index holds the original articles and only the questions that
    can be asked of them, and the unanswerable ones, are asked.
    """
    asked = [question for question in gold if truth == "spans" or question.originals or not question.answerable]
    made_at, at_machine = now(), machine()
    if asked:
        assistant.ask(asked[0].question)
    started = time.perf_counter()
    results = []
    for done, question in enumerate(asked, start=1):
        results.append(_ask(assistant, index, question, truth))
        if progress:
            progress(done, len(asked))
    return Run(
        suite=suite,
        truth=truth,
        made_at=made_at,
        seconds=time.perf_counter() - started,
        gold_hash=gold_hash(asked),
        corpus_hash=corpus_hash(index),
        index_fingerprint=index.catalog.remembered("made_with") or "",
        settings={name: str(value) for name, value in asdict(index.settings).items()},
        revision=revision(),
        machine=at_machine,
        libraries=libraries(),
        results=tuple(results),
    )


def corpus_hash(index: Index) -> str:
    """SHA-256 over the names and contents of the indexed files, whatever folder they came from."""
    files = sorted(f"{stored.name} {stored.content_hash}" for stored in index.catalog.documents())
    return hashlib.sha256("\n".join(files).encode()).hexdigest()


def _ask(assistant: Asker, index: Index, question: GoldQuestion, truth: TruthKind) -> Result:
    gold = find_gold_spans(question, index) if truth == "spans" else ()
    started = time.perf_counter()
    try:
        answer = assistant.ask(question.question, history=question.history)
    except RapporteurError as error:
        return Result(question, gold, None, error=str(error))
    wall_ms = 1000 * (time.perf_counter() - started)
    given = _given(answer, index, wall_ms)
    return Result(question, gold, given, scores=score(question, _truth(truth, question, gold), given))


def _truth(kind: TruthKind, question: GoldQuestion, gold: tuple[GoldSpan, ...]) -> Truth:
    return SpanTruth(question, gold) if kind == "spans" else OriginalTruth(question)


def rescore(run: Run) -> Run:
    """The same answers scored by the metrics as they are now; nothing is asked again."""
    results = tuple(
        replace(result, scores=score(result.question, _truth(run.truth, result.question, result.gold), result.given))
        if result.given
        else result
        for result in run.results
    )
    return replace(run, results=results)


def _given(answer: Answer, index: Index, wall_ms: float) -> Given:
    return Given(
        standalone_question=answer.standalone_question,
        text=answer.text,
        short_answer=answer.short_answer,
        refused=answer.refused,
        refusal=answer.refusal.value if answer.refusal else "",
        reason=answer.reason,
        confidence=float(answer.confidence),
        mode=answer.mode,
        citations=tuple(_quoted(citation, index) for citation in answer.citations),
        nearest=tuple(_quoted(citation, index) for citation in answer.nearest),
        passages=tuple(_retrieved(ranked) for ranked in answer.passages[:PASSAGES_KEPT]),
        timings_ms={step: float(spent) for step, spent in answer.timings_ms.items()},
        wall_ms=wall_ms,
    )


def _quoted(citation: Citation, index: Index) -> Quoted:
    document = index.catalog.document(citation.document_id)
    text = document.text if document else ""
    return Quoted(
        number=citation.number,
        document=citation.document,
        document_id=citation.document_id,
        start=citation.start,
        end=citation.end,
        quote=citation.quote,
        speaker=citation.speaker,
        verdict=citation.verdict.value,
        exact=quote_is_exact(text, citation.start, citation.end, citation.quote),
    )


def _retrieved(ranked: RankedPassage) -> Retrieved:
    passage = ranked.passage
    return Retrieved(
        ranked.document, passage.document_id, passage.start, passage.end, passage.text, float(ranked.score)
    )


# One run, one file

_RUN = TypeAdapter(Run)


def save_run(run: Run, folder: Path) -> Path:
    """Write `run` into `folder` under its suite, time and revision; returns the file.

    The file appears whole or not at all. Raises InputError when it cannot be written.
    """
    moment = run.made_at[:19].replace(":", "").replace("-", "")
    stem = f"{run.suite}-{moment}-{run.revision.commit[:8] or 'no-revision'}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = _free_name(folder, stem)
        draft = file.with_suffix(".draft")
        draft.write_text(json.dumps(asdict(run), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        draft.replace(file)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"The run cannot be kept in {folder} ({reason}). Choose another with --home.") from error
    return file


def _free_name(folder: Path, stem: str) -> Path:
    file, number = folder / f"{stem}.json", 1
    while file.exists():
        number += 1
        file = folder / f"{stem}-{number}.json"
    return file


def load_run(path: Path) -> Run:
    """The run kept in `path`.

    Raises InputError when the file cannot be read or is no run, naming the field.
    """
    try:
        return _RUN.validate_json(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}). Give a file of the runs folder.") from error
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(map(str, fault["loc"])) or "the file"
        raise InputError(f"{path} is not an evaluation run: {where}: {fault['msg']}") from error
