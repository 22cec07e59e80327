"""Answers of an evaluation run as reviewers judge them: put into the queue as they were given.

A run keeps its answers as plain data and was often made over an index of its own; its citations are
found again in this record by the document's name and their words. Where they are not, they stay as
they were given and say so. Knows nothing of pages.

>>> # queue_run(find_run("last:ask", home.runs_folder), desk.answers, index.catalog)
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answer import Answer, Citation, Refusal, Statement, Verdict
from assistant.desk_answers import Answers, content_hashes
from corpus.document import Document
from corpus.errors import InputError
from evals.given import Given, Quoted
from evals.kept_runs import KeptRun
from evals.run import Result
from index.catalog import Catalog

__all__ = ["answer_of", "queue_run"]

_SAID = re.compile(r"(?P<said>[^\[\]]+?)\s*(?P<numbers>(?:\[\d+\])+)")
_NUMBER = re.compile(r"\d+")


def queue_run(kept: KeptRun, answers: Answers, catalog: Catalog) -> int:
    """Put the answers of a run into the reviewers' queue; how many there are of it in all.

    What is there already stays. Raises InputError when the run holds no answers.
    """
    found = [(result, answer) for result in kept.run.results if (answer := answer_of(result, catalog)) is not None]
    if not found:
        raise InputError(f"The run {kept.name} ranked passages and gave no answers: there is nothing in it to judge.")
    for result, answer in found:
        answers.put_run(answer, content_hashes(answer, catalog), run=kept.name, question_id=result.case.id)
    return len(found)


def answer_of(result: Result, catalog: Catalog) -> Answer | None:
    """The answer that a run kept; None where there was none, or nothing in it can be judged."""
    given = result.given
    if given is None or not (given.refused or given.citations):
        return None
    citations = tuple(_citation(quoted, catalog) for quoted in given.citations)
    return Answer(
        question=result.case.question,
        standalone_question=given.standalone_question or result.case.question,
        text=given.text,
        short_answer=given.short_answer,
        statements=() if given.refused else _statements(given, citations),
        citations=citations,
        refusal=_refusal(given),
        reason=given.reason or ("The record does not say." if given.refused else ""),
        nearest=tuple(_citation(quoted, catalog) for quoted in given.nearest),
        mode="generated" if given.mode == "generated" else "extractive",
        confidence=given.confidence,
    )


def _statements(given: Given, citations: tuple[Citation, ...]) -> tuple[Statement, ...]:
    """A copied answer states its quotes; of one that was worded by a model, what stands before each [n]."""
    if given.mode == "generated":
        known = {citation.number for citation in citations}
        said = []
        for match in _SAID.finditer(given.text):
            numbers = tuple(number for one in _NUMBER.findall(match["numbers"]) if (number := int(one)) in known)
            if numbers:
                said.append(Statement(match["said"].strip(), numbers))
        if said:
            return tuple(said)
    return tuple(Statement(citation.quote, (citation.number,)) for citation in citations)


def _refusal(given: Given) -> Refusal | None:
    if not given.refused:
        return None
    return next((cause for cause in Refusal if cause.value == given.refusal), Refusal.NOT_SAID)


def _citation(quoted: Quoted, catalog: Catalog) -> Citation:
    verdict = next((one for one in Verdict if one.value == quoted.verdict), Verdict.NOT_FOUND)
    as_given = Citation(
        number=quoted.number,
        document_id=quoted.document_id,
        document=quoted.document,
        title="",
        held_on=None,
        published_on=None,
        place="",
        source="",
        quote=quoted.quote,
        start=quoted.start,
        end=quoted.end,
        speaker=quoted.speaker,
        verdict=verdict,
    )
    document = _document(quoted, catalog)
    if document is None:
        return as_given
    start = quoted.start if document.text.startswith(quoted.quote, quoted.start) else document.text.find(quoted.quote)
    placed = replace(
        as_given,
        document_id=document.id,
        title=document.title,
        held_on=document.held_on,
        published_on=document.published_on,
        place=document.place,
        source=document.source,
    )
    return placed if start < 0 else replace(placed, start=start, end=start + len(quoted.quote))


def _document(quoted: Quoted, catalog: Catalog) -> Document | None:
    """The document with that id, else the only one of that name."""
    found = catalog.document(quoted.document_id)
    if found is not None:
        return found
    ids = catalog.document_ids_named(quoted.document)
    return catalog.document(ids[0]) if len(ids) == 1 else None
