"""What a sentence inherits, and whether it fits what is asked."""

from __future__ import annotations

import pytest

from assistant.fit import PassageContext
from assistant.question import understand
from corpus.document import Span
from index.catalog import StoredDocument
from index.passage import Passage


def context(question: str, text: str, year: int | None = 2024) -> PassageContext:
    """A passage of one sentence of an undated document."""
    sentence = Span(0, len(text))
    passage = Passage("d.0", "d", 0, 0, len(text), text, "", (sentence,), 10)
    document = StoredDocument("d", "a.txt", "", "a.txt", "", "article", None, None, "", "a.txt", year, 1, len(text))
    return PassageContext(understand(question), passage, document)


@pytest.mark.parametrize(
    ("sentence", "fit"),
    [
        ("Nationally the rate was 45%.", 1.0),
        ("In the province the rate was 92%.", -1.0),
        ("In Hai Duong the rate was 92%.", -1.0),
        ("The rate was 38%.", 0.0),
    ],
)
def test_without_a_place_the_nation_comes_before_a_part(sentence: str, fit: float) -> None:
    """A figure asked without a place is asked of the whole."""
    assert context("What was the rate?", sentence).scope_fit(Span(0, len(sentence))) == fit


def test_scope_is_left_to_the_place_that_is_asked_for() -> None:
    """Where a place is named, the place decides."""
    sentence = "In Hai Duong the rate was 92%."
    asked = context("What was the rate in Hai Duong?", sentence)
    assert asked.scope_fit(Span(0, len(sentence))) is None
    assert asked.place_fit(Span(0, len(sentence))) == 1.0


@pytest.mark.parametrize(
    ("sentence", "sign"),
    [
        ("In 2024 the rate was 45%.", 1),
        ("In 2019 the rate was 45%.", -1),
        ("The rate was 45%, up from 12% in 2019.", 1),
        ("The rate was 45%.", 1),
    ],
)
def test_a_sentence_is_judged_by_its_own_period_else_by_its_document(sentence: str, sign: int) -> None:
    """A comparison with another year is not the sentence's own period."""
    fit = context("What was the rate in 2024?", sentence).period_fit(Span(0, len(sentence)))
    assert fit is not None
    assert fit * sign > 0
