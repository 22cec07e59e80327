"""Answers as JSON that is kept."""

from __future__ import annotations

import json

import pytest
from generated_answers import answers
from hypothesis import given

from assistant.answer import Answer
from assistant.answer_json import answer_from_json, answer_to_json
from assistant.assistant import Assistant
from corpus.errors import DeskFault


@given(answers)
def test_written_then_read_is_the_same_answer(answer: Answer) -> None:
    """Nothing is lost, not even what equality does not look at."""
    read = answer_from_json(answer_to_json(answer))
    assert read == answer
    assert repr(read) == repr(answer)


def test_a_real_answer_with_figures_is_read_back_whole(libraries: Assistant) -> None:
    """What the pipeline gives has no part that JSON cannot hold."""
    answer = libraries.ask("What share of libraries lent e-books in 2024?")
    assert answer.readings
    assert repr(answer_from_json(answer_to_json(answer))) == repr(answer)


def test_an_answer_of_before_a_field_was_there_takes_its_default(libraries: Assistant) -> None:
    """An older program's answers can be read."""
    written = json.loads(answer_to_json(libraries.ask("What is the revenue of the reading card in 2023?")))
    del written["remarks"], written["leads"]
    read = answer_from_json(json.dumps(written))
    assert (read.remarks, read.leads) == ((), 0)


def test_an_answer_of_an_unknown_form_says_so() -> None:
    """What another program wrote is named, with what to do."""
    with pytest.raises(DeskFault, match="another version"):
        answer_from_json('{"question": "q", "refusal": "a reason of the future"}')
