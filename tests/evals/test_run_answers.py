"""Answers of a run as reviewers judge them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Refusal, Verdict
from assistant.desk import Desk
from corpus.errors import InputError
from evals.case import Case
from evals.given import Given, Quoted, Retrieved
from evals.kept_runs import KeptRun
from evals.provenance import Revision
from evals.run import Conditions, Result, Run
from evals.run_answers import answer_of, queue_run
from index.store import Index

RATE = "The rate of online permits reached 45% in 2024"
QUOTED = Quoted(1, "north.md", "not-this-index", 7, 7 + len(RATE), RATE, "", "exact", exact=True)
ANSWERED = Given("Read as?", f"45%\n“{RATE}” [1]", "45%", citations=(QUOTED,), confidence=0.9)
REFUSED = Given(text="…", refused=True, refusal="other place", reason="Only of the north.", nearest=(QUOTED,))


def result(given: Given | None, question_id: str = "q1") -> Result:
    """A result of that answer."""
    return Result(Case(question_id, "figure", "Which rate?"), given)


def run_of(*results: Result) -> KeptRun:
    """A kept run of these results."""
    revision = Revision("0123456789abcdef", False)
    return KeptRun(
        Path("ask-ours-1.json"), Run("ask", "ours", "2025-03-01", 1.0, "", Conditions(), revision, "", {}, {}, results)
    )


def test_a_citation_is_found_again_in_this_record(small_index: Index) -> None:
    """By the document's name and its words, though the run had an index of its own."""
    answer = answer_of(result(ANSWERED), small_index.catalog)
    assert answer is not None
    (citation,) = answer.citations
    document = small_index.document_named("north.md")
    assert (citation.document_id, citation.title) == (document.id, document.title)
    assert document.text[citation.start : citation.end] == citation.quote == RATE
    assert [(one.text, one.citations) for one in answer.statements] == [(RATE, (1,))]
    assert (answer.short_answer, answer.standalone_question) == ("45%", "Read as?")


def test_a_citation_of_another_record_stays_as_it_was(small_index: Index) -> None:
    """Its words are shown; nothing is said of a document that is not here."""
    elsewhere = replace(ANSWERED, citations=(replace(QUOTED, document="west.md"),))
    answer = answer_of(result(elsewhere), small_index.catalog)
    assert answer is not None
    assert (answer.citations[0].document_id, answer.citations[0].quote) == ("not-this-index", RATE)


def test_a_refusal_keeps_its_cause(small_index: Index) -> None:
    """With its reason and what came nearest."""
    answer = answer_of(result(REFUSED), small_index.catalog)
    assert answer is not None
    assert (answer.refusal, answer.reason, len(answer.nearest)) == (Refusal.OTHER_PLACE, "Only of the north.", 1)
    assert answer.nearest[0].verdict is Verdict.EXACT


def test_a_worded_answer_is_judged_sentence_by_sentence(small_index: Index) -> None:
    """What stands before each marker, with the citations that the marker names and that there are."""
    worded = replace(ANSWERED, mode="generated", text="It reached 45%. [1] Nearly half. [1][7] Unsaid. [9]")
    answer = answer_of(result(worded), small_index.catalog)
    assert answer is not None
    assert [(one.text, one.citations) for one in answer.statements] == [
        ("It reached 45%.", (1,)),
        ("Nearly half.", (1,)),
    ]


def test_a_run_is_put_in_once(small_index: Index, tmp_path: Path) -> None:
    """Answers and refusals; what failed or only ranked is left out; a second time adds nothing."""
    ranked = Given(passages=(Retrieved("north.md", "d", 0, 4, "text", 1.0),))
    kept = run_of(result(ANSWERED, "q1"), result(REFUSED, "q2"), result(None, "q3"), result(ranked, "q4"))
    desk = Desk(tmp_path / "desk.sqlite")
    for _ in range(2):
        assert queue_run(kept, desk.answers, small_index.catalog) == 2
        items = desk.reviews.queue(author="ben")
        assert sorted((one.run, one.question_id, one.refused) for one in items) == [
            ("ask-ours-1", "q1", False),
            ("ask-ours-1", "q2", True),
        ]
    stored = desk.answers.get(items[0].answer_id)
    assert list(stored.content_hashes) == [small_index.document_named("north.md").id]
    desk.close()


def test_a_run_without_answers_is_told_so(small_index: Index, tmp_path: Path) -> None:
    """It ranked passages only."""
    desk = Desk(tmp_path / "desk.sqlite")
    with pytest.raises(InputError, match="gave no answers"):
        queue_run(run_of(result(None)), desk.answers, small_index.catalog)
    desk.close()
