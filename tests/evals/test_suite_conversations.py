"""Conversations: a follow-up against the question that it stands for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from evals.given import Given
from evals.suites import open_suite
from evals.suites.conversations import Conversations
from evals.workbench import Workbench, laid_out
from tests.evals.conftest import NORTH, SOUTH

CONVERSATION = {
    "id": "c-1",
    "part": "held out",
    "turns": [
        {"question": "What was the rate of online permits in 2024?"},
        {"question": "and the target for 2025?", "kind": "thing", "standalone": "What is the target for 2025?"},
        {"question": "who said so?", "kind": "speaker", "standalone": "Who set the target?", "refused": True},
    ],
}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """The conversation over two reports."""
    folder: Path = tmp_path_factory.mktemp("conversations")
    record = folder / "reports"
    record.mkdir()
    (record / "north.md").write_text(NORTH, encoding="utf-8")
    (record / "south.md").write_text(SOUTH, encoding="utf-8")
    gold = folder / "conversations.jsonl"
    gold.write_text(json.dumps(CONVERSATION) + "\n", encoding="utf-8")
    with laid_out(Conversations(gold=gold, record=(record,)), None) as made:
        yield made


def test_every_turn_but_the_first_is_a_case(bench: Workbench) -> None:
    """With the turns before it, and the conversation as what they stand and fall with."""
    cases = bench.layout.cases
    assert [case.id for case in cases] == ["c-1_2", "c-1_3"]
    assert [len(case.history) for case in cases] == [1, 2]
    assert {case.group for case in cases} == {"c-1"}


def test_a_run_asks_the_conversation_and_scores_it(bench: Workbench) -> None:
    """Both answers are kept, of the part that the conversation belongs to."""
    run = bench.run("ours")
    assert not [result.error for result in run.results if result.error]
    assert all(result.scores["as_alone_tuning"].value is None for result in run.results)
    assert all(result.scores["as_alone_held_out"].value is not None for result in run.results)


def test_the_same_short_answer_or_first_quote_is_right(bench: Workbench) -> None:
    """Another answer is not, nor a refusal."""
    suite, case = bench.suite, bench.suite.bind(bench.layout.cases[0], bench.index)
    alone = {"refused": False, "short_answer": "30%", "first": {"document_id": "d", "start": 5, "end": 9}}
    case = replace(case, truth={**case.truth, "alone": alone})
    assert suite.score(case, Given(short_answer="30%."))["as_alone"].value == 1
    assert suite.score(case, Given(short_answer="45%"))["as_alone"].value == 0
    assert suite.score(case, Given(refused=True))["as_alone"].value == 0


def test_a_speaker_is_scored_against_the_mark(bench: Workbench) -> None:
    """Where nobody is named, refusing is right."""
    case = bench.suite.bind(bench.layout.cases[1], bench.index)
    assert bench.suite.score(case, Given(refused=True))["as_alone"].value == 1
    assert bench.suite.score(case, Given(short_answer="Mr Brown"))["as_alone"].value == 0


def test_the_suite_opens_by_its_name() -> None:
    """It needs no folder."""
    suite = open_suite("conversations")
    assert suite.name == "conversations" and suite.measures[0].name == "as_alone"
