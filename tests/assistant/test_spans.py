"""The words of a sentence that answer."""

from __future__ import annotations

import pytest

from assistant.question import understand
from assistant.spans import answer_span, fitting_span
from corpus.document import Span


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("What was the rate?", "The rate reached 45%, up 11% compared to 2023.", "45%"),
        ("By how much did the rate increase?", "The rate reached 45%, an increase of 11%.", "11%"),
        ("What was the share in 2022?", "The share was 11.91% in 2021 and 14.26% in 2022.", "14.26%"),
        ("By how much did it rise?", "It rose by about 2.5 million USD.", "about 2.5 million USD"),
        ("How many were sold?", "In 2024, under Project 06, on 12 May 2024, 1,162 were sold.", "1,162"),
        ("What rank does the town hold?", "The town ranks 71st and grew 3-4 times.", "71st"),
        ("What share of villages is online?", "Of the 40 roads, 477/832 villages are online.", "477/832"),
        ("How many bridges are open?", "Of the bridges 40 are open, or 80%.", "40"),
        ("How many priorities are there?", 'Under Project 06, the mayor named "3 priorities" in 2024.', "3"),
        ("Who chaired the session?", "The session was chaired by Deputy Minister Ada Brook.", "Ada Brook"),
        ("When was it opened?", "The bridge was opened on 4 May 2024.", "4 May 2024"),
    ],
)
def test_the_fitting_candidate_nearest_to_the_questions_words_answers(
    question: str, sentence: str, answer: str
) -> None:
    """Type first, then nearness to the words of the question."""
    span = answer_span(understand(question), sentence)
    assert span is not None
    assert span.of(sentence) == answer


def test_a_readers_span_is_widened_to_the_whole_figure() -> None:
    """A model that marks "50" means "more than 50%"."""
    sentence = "Payments grow by more than 50% a year."
    start = sentence.index("50")
    span = fitting_span(understand("How fast do payments grow?"), sentence, Span(start, start + 2))
    assert span is not None
    assert span.of(sentence) == "more than 50%"


def test_a_sentence_without_such_a_thing_has_no_answer() -> None:
    """Days and numbers of names are no figures."""
    assert answer_span(understand("How many were sold?"), "On 12 May 2024 Project 06 was closed.") is None


def test_what_a_rank_is_out_of_may_answer() -> None:
    """Though it is no part of the figure's own words."""
    sentence = "The town rose to 71st place out of 193 towns."
    start = sentence.index("193")
    span = fitting_span(understand("Out of how many towns did it come 71st?"), sentence, Span(start, start + 3))
    assert span is not None
    assert span.of(sentence) == "193"


def test_a_readers_span_of_another_kind_is_no_answer() -> None:
    """Words are no answer to a question for a figure."""
    sentence = "The council met in the town hall."
    assert fitting_span(understand("How many met?"), sentence, Span(4, 11)) is None
