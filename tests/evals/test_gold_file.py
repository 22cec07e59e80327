"""A reviewer's proposal as a line of a gold file."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest

from assistant.answer import Refusal
from assistant.desk_gold import GoldProposal, GoldQuote
from corpus.errors import InputError
from evals.gold import load_gold
from evals.gold_check import check
from evals.gold_file import add_gold, likely_kind, refusal_cause
from index.ingest import ingest
from index.settings import Home, IndexSettings
from index.store import Index, open_index

RATE = "The rate of online permits reached 45% in 2024"


def quoted(index: Index, words: str = RATE, name: str = "north.md") -> GoldQuote:
    """The words where the document says them."""
    document = index.document_named(name)
    start = document.text.index(words)
    return GoldQuote(document.name, document.id, start, start + len(words), words)


def proposal(index: Index, **changed: object) -> GoldProposal:
    """A good one, but for what is changed."""
    fields: dict[str, object] = {
        "question": "What was the rate of online permits in 2024?",
        "answers": ("45%",),
        "evidence": (quoted(index),),
        "kind": "figure",
        "note": "as “said”",
    }
    return GoldProposal(**{**fields, **changed})  # type: ignore[arg-type]


def test_what_is_added_is_gold_that_the_record_holds(small_index: Index, tmp_path: Path) -> None:
    """It can be read again, names words rather than offsets, and the check finds nothing."""
    file = tmp_path / "gold" / "reviewed.jsonl"
    added = add_gold(file, proposal(small_index), small_index)
    (question,) = load_gold(file)
    assert (added.id, added.remarks) == ("review-001", ())
    assert (question.question, question.answers) == ("What was the rate of online permits in 2024?", ("45%",))
    assert [(one.document, one.quote) for one in question.evidence] == [("north.md", RATE)]
    assert check([question], small_index) == []
    assert small_index.document_named("north.md").id not in file.read_text(encoding="utf-8")


def test_a_refusal_becomes_an_unanswerable_question(small_index: Index, tmp_path: Path) -> None:
    """With its cause and the nearest document, and without evidence."""
    asked = proposal(small_index, kind="unanswerable", answers=(), evidence=(), refusal="other place")
    add_gold(tmp_path / "g.jsonl", asked, small_index, near=["south.md"])
    (question,) = load_gold(tmp_path / "g.jsonl")
    assert (question.refusal, question.near, question.answerable) == ("other place", ("south.md",), False)


def test_what_stood_there_stays(small_index: Index, tmp_path: Path) -> None:
    """Ids go on, whoever wrote the lines before, with or without a break at the end."""
    file = tmp_path / "g.jsonl"
    add_gold(file, proposal(small_index), small_index)
    file.write_text(file.read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8")
    add_gold(file, proposal(small_index, question="Which rate was reached?"), small_index)
    assert [question.id for question in load_gold(file)] == ["review-001", "review-002"]


def test_a_question_stands_in_the_file_once(small_index: Index, tmp_path: Path) -> None:
    """The same again is told by the id that it has."""
    add_gold(tmp_path / "g.jsonl", proposal(small_index), small_index)
    with pytest.raises(InputError, match="review-001"):
        add_gold(
            tmp_path / "g.jsonl",
            proposal(small_index, question="what was the RATE of online permits in 2024?"),
            small_index,
        )
    assert len(load_gold(tmp_path / "g.jsonl")) == 1


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"question": ""}, "question"),
        ({"kind": "riddle"}, "kind"),
        ({"answers": (), "evidence": ()}, "needs"),
        ({"evidence": (GoldQuote("north.md", "0123456789abcdef", 0, 4, "none"),)}, "no longer in the record"),
    ],
)
def test_what_is_no_gold_is_not_written(
    small_index: Index, tmp_path: Path, changed: dict[str, object], told: str
) -> None:
    """The message says which part, and the file is not begun."""
    with pytest.raises(InputError, match=told):
        add_gold(tmp_path / "g.jsonl", proposal(small_index, **changed), small_index)
    assert not (tmp_path / "g.jsonl").exists()


def test_a_quote_that_the_document_does_not_say_is_refused(small_index: Index, tmp_path: Path) -> None:
    """Whatever its offsets are."""
    document = small_index.document_named("north.md")
    false = GoldQuote("north.md", document.id, 0, 4, "The rate reached 99%")
    with pytest.raises(InputError, match="quote not found"):
        add_gold(tmp_path / "g.jsonl", proposal(small_index, evidence=(false,)), small_index)


def test_an_answer_that_no_quote_holds_is_remarked(small_index: Index, tmp_path: Path) -> None:
    """It is added, since scoring works, and the reviewer is told."""
    added = add_gold(tmp_path / "g.jsonl", proposal(small_index, answers=("46%",)), small_index)
    assert added.remarks == ("answer not in evidence: 46%",)


def test_documents_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """The line names the path, and is found again."""
    for folder, rate in (("a", "45%"), ("b", "12%")):
        (tmp_path / folder).mkdir()
        text = f"# Board\n\nThe board met on 4 May 2024.\n\nThe rate of online permits reached {rate} in 2024.\n"
        (tmp_path / folder / "board.md").write_text(text, encoding="utf-8")
    index = open_index(Home(tmp_path / "home"), IndexSettings(), create=True)
    ingest([tmp_path / "a", tmp_path / "b"], index)
    evidence = (quoted(index, RATE, str(tmp_path / "a" / "board.md")),)
    asked = GoldProposal("What was the rate?", answers=("45%",), evidence=evidence, kind="figure")
    add_gold(tmp_path / "g.jsonl", asked, index)
    assert check(load_gold(tmp_path / "g.jsonl"), index) == []


def test_two_reviewers_at_once_lose_nothing(small_index: Index, tmp_path: Path) -> None:
    """Each line has its own id."""
    file = tmp_path / "g.jsonl"

    def add(who: str) -> None:
        for number in range(5):
            add_gold(file, proposal(small_index, question=f"{who} asks {number}?"), small_index)

    threads = [Thread(target=add, args=(who,)) for who in ("ann", "ben")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    questions = load_gold(file)
    assert len({question.question for question in questions}) == len({question.id for question in questions}) == 10


@pytest.mark.parametrize(
    ("question", "document", "kind"),
    [
        ("How many permits were issued?", "article", "figure"),
        ("Who chaired it?", "article", "person"),
        ("What happened next?", "article", "paraphrase"),
        ("Who chaired it?", "transcript", "transcript"),
    ],
)
def test_the_likely_kind_is_offered(question: str, document: str, kind: str) -> None:
    """From the question's words and the kind of document."""
    assert likely_kind(question, document) == kind


def test_a_refusal_has_its_cause_in_the_words_of_gold() -> None:
    """Each cause has one; what is no refusal has none."""
    assert refusal_cause(Refusal.OTHER_PERIOD) == "other period"
    assert {refusal_cause(cause) for cause in Refusal} <= {
        "other period",
        "other place",
        "other kind",
        "outside the record",
        "outside the topic",
    }
    assert refusal_cause(None) == ""
