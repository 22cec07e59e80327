"""A batch: which suites it takes, what it leaves out, and that it goes on where it stopped."""

from __future__ import annotations

import json

import pytest

from corpus.errors import InputError
from evals import batch as module
from evals.batch import Batch, Wish, own_suite, wished
from evals.suites import PUBLIC, open_suite
from evals.suites.gold_questions import GOLD_FOLDER

GOLD = [
    {
        "id": "q1",
        "kind": "figure",
        "question": "What was the rate of online permits in the south in 2024?",
        "answers": ["12%"],
        "evidence": [{"document": "south.md", "quote": "In the south the rate of online permits reached 12% in 2024."}],
    },
    {"id": "q2", "kind": "unanswerable", "question": "What did the airport in Oslo cost?", "refusal": "outside"},
]


@pytest.fixture
def gold(tmp_path):
    """Two questions on the small index."""
    file = tmp_path / "mine.jsonl"
    file.write_text("".join(f"{json.dumps(line)}\n" for line in GOLD), encoding="utf-8")
    return file


@pytest.fixture
def batch_of(gold, small_index, tmp_path):
    """The questions put to some systems, as one command does it."""

    def made(*systems: str) -> Batch:
        return Batch([Wish(own_suite(gold, None))], systems, tmp_path / "runs", index=small_index)

    return made


def test_bundled_is_every_gold_file():
    """Their original articles are asked of where they are named only."""
    assert [wish.suite.name for wish in wished(["bundled"], None)] == ["ask", "held_out", "figures"]


def test_bundled_takes_the_articles_where_the_folder_holds_one(tmp_path):
    """A folder of something else is not indexed for them."""
    assert [wish.suite.name for wish in wished(["bundled"], tmp_path)] == ["ask", "held_out", "figures"]
    line = next(line for line in (GOLD_FOLDER / "ask.jsonl").read_text().splitlines() if json.loads(line)["originals"])
    (tmp_path / json.loads(line)["originals"][0]).write_text("An article.")
    assert "ask-seeds" in [wish.suite.name for wish in wished(["bundled"], tmp_path)]


def test_public_is_all_of_them_and_each_is_optional(tmp_path):
    """A suite that is named itself is not."""
    wishes = {wish.suite.name: wish for wish in wished(["public", "squad2"], tmp_path)}
    assert set(wishes) == set(PUBLIC)
    assert not wishes["squad2"].optional
    assert wishes["tatqa"].optional


def test_public_suites_need_a_folder():
    """Told before anything is done."""
    with pytest.raises(InputError, match="--data FOLDER"):
        wished(["public"], None)


@pytest.mark.parametrize(("systems", "data", "said"), [(["nope"], None, "'nope'"), (["ours"], "nowhere", "no folder")])
def test_what_cannot_be_is_said_at_once(tmp_path, systems, data, said):
    """Before a folder is read."""
    with pytest.raises(InputError, match=said):
        Batch([Wish(open_suite("squad2"))], systems, tmp_path, data=data and tmp_path / data)


def test_own_questions_are_named_by_their_file(tmp_path):
    """And never as a suite that is registered."""
    assert own_suite(tmp_path / "mine.jsonl", None).name == "mine"
    assert own_suite(tmp_path / "squad2.jsonl", None).name == "own-squad2"


def test_each_system_gives_a_run_that_is_kept(batch_of, tmp_path):
    """Over one index, in the order they are named, each once."""
    batch = batch_of("ours", "bm25", "ours")
    asked = batch.ask(batch.wishes[0])
    assert [finished.kept.run.system for finished in asked.runs] == ["ours", "bm25"]
    assert all(finished.kept.file.parent == tmp_path / "runs" for finished in asked.runs)
    assert [result.case.id for result in asked.runs[0].kept.run.results] == ["q1", "q2"]
    assert asked.remarks == ()


def test_a_batch_that_was_interrupted_goes_on_where_it_stopped(batch_of):
    """Finished runs are not made again; a batch that is closed is."""
    first = batch_of("bm25", "dense")
    made = first.ask(first.wishes[0])
    again = batch_of("bm25", "dense")
    found = again.ask(again.wishes[0])
    assert [finished.earlier for finished in found.runs] == [True, True]
    assert [finished.kept.file for finished in found.runs] == [finished.kept.file for finished in made.runs]
    again.close_finished()
    anew = batch_of("bm25", "dense")
    assert [finished.earlier for finished in anew.ask(anew.wishes[0]).runs] == [False, False]


def test_another_command_starts_anew(batch_of):
    """Other systems are another batch."""
    first = batch_of("bm25", "dense")
    first.ask(first.wishes[0])
    other = batch_of("bm25")
    assert [finished.earlier for finished in other.ask(other.wishes[0]).runs] == [False]


def test_changed_questions_are_asked_again(batch_of, gold):
    """What was finished before is of other questions."""
    first = batch_of("bm25")
    first.ask(first.wishes[0])
    gold.write_text(json.dumps(GOLD[0]), encoding="utf-8")
    again = batch_of("bm25")
    (finished,) = again.ask(again.wishes[0]).runs
    assert not finished.earlier
    assert len(finished.kept.run.results) == 1


def test_a_changed_program_starts_anew(batch_of, monkeypatch):
    """Its runs would be of two programs."""
    first = batch_of("bm25")
    first.ask(first.wishes[0])
    monkeypatch.setattr(module, "source_hash", lambda: "another")
    again = batch_of("bm25")
    assert [finished.earlier for finished in again.ask(again.wishes[0]).runs] == [False]


def test_a_memory_that_was_cut_off_is_none(batch_of, tmp_path):
    """The power went while it was written."""
    first = batch_of("bm25")
    first.ask(first.wishes[0])
    (memory,) = (tmp_path / "runs" / "unfinished").glob("batch-*.json")
    memory.write_text('{"mine bm', encoding="utf-8")
    again = batch_of("bm25")
    assert [finished.earlier for finished in again.ask(again.wishes[0]).runs] == [False]


def test_an_optional_suite_without_its_files_is_left_out(tmp_path):
    """With what was expected where."""
    optional, required = (Batch([Wish(open_suite("squad2"), one)], ["bm25"], tmp_path, data=tmp_path) for one in (1, 0))
    asked = optional.ask(optional.wishes[0])
    assert asked.runs == ()
    assert asked.remarks[0].startswith("squad2 is left out: ")
    with pytest.raises(InputError, match=r"queries\.json"):
        required.ask(required.wishes[0])


def test_a_system_that_cannot_give_what_is_wanted_is_not_asked(batch_of):
    """A rewrite of the question answers nothing."""
    batch = batch_of("raw question")
    asked = batch.ask(batch.wishes[0])
    assert asked.runs == ()
    assert asked.remarks == ("mine is not put to raw question, which cannot give an answer.",)


def test_a_gold_quote_that_is_gone_is_told(batch_of, gold):
    """With the command that names it."""
    missing = {**GOLD[0], "evidence": [{"document": "south.md", "quote": "It reached 13%."}]}
    gold.write_text(json.dumps(missing), encoding="utf-8")
    batch = batch_of("bm25")
    (remark,) = batch.ask(batch.wishes[0]).remarks
    assert remark.startswith("1 of 1 gold quotes of mine")
    assert remark.endswith(f"rapporteur eval check --gold {gold}")
