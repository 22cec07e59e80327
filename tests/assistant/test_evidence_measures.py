"""What the learned sums are made of, and the sums themselves."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.assistant import PASSAGES_RETRIEVED, Assistant
from assistant.evidence_measures import MOST_ODDS, decision_measures, ranking_measures, relevance_odds, within
from assistant.question import understand
from assistant.reader import SentenceReader, open_reader
from assistant.retrieval import Retriever
from assistant.weights import INTERCEPT, probability, weighted, weights_of
from index.store import Index

QUESTION = "Which share of permits was requested online in 2024?"


@given(st.floats(-1e6, 1e6))
def test_a_probability_is_one_for_any_odds(odds: float) -> None:
    """Between 0 and 1, and the odds of the opposite are the complement."""
    assert 0.0 <= probability(odds) <= 1.0
    assert probability(odds) + probability(-odds) == pytest.approx(1.0)


@given(st.floats(0.0, 1.0))
def test_relevance_as_odds_is_the_logit_within_bounds(relevance: float) -> None:
    """The logit, and finite where the reader is entirely sure."""
    odds = relevance_odds(relevance)
    assert math.isfinite(odds)
    assert probability(odds) == pytest.approx(min(max(relevance, probability(-6.0)), probability(6.0)), abs=1e-9)


@given(st.floats(-100, 100), st.floats(0, 50))
def test_a_value_is_cut_to_its_bounds(value: float, most: float) -> None:
    """Never beyond them, and unchanged inside."""
    assert within(value, most) == (value if abs(value) <= most else math.copysign(most, value))


def test_the_ranking_knows_every_measure() -> None:
    """There is a weight for each measure and no other; what speaks for a sentence raises it."""
    asked = understand(QUESTION)
    low = ranking_measures(asked, -MOST_ODDS, 0.1, names_words=False)
    high = ranking_measures(asked, MOST_ODDS, 0.9, names_words=True)
    assert set(low) == set(weights_of("ranking"))
    assert weighted("ranking", high) > weighted("ranking", low)


@pytest.mark.parametrize("setting", ["", "none"])
def test_the_decision_knows_every_measure(town: Index, setting: str) -> None:
    """With the trained reader and without: a weight for each measure of the best evidence, and an intercept."""
    asked = understand(QUESTION)
    evidence = open_reader(setting).read(asked, Retriever(town).retrieve(asked, count=PASSAGES_RETRIEVED))
    name = "without_reader" if setting == "none" else "with_reader"
    assert {*decision_measures(asked, evidence), INTERCEPT} == set(weights_of(name))


def test_confidence_is_higher_where_the_record_says(town: Index) -> None:
    """What the record says is more likely answered than the same of a year that it does not know, either way."""
    for reader in (open_reader(), SentenceReader()):
        assistant = Assistant(town, reader=reader)
        told = assistant.ask(QUESTION)
        other = assistant.ask(QUESTION.replace("2024", "2011"))
        assert told.confidence > 0.5
        assert not told.refused
        assert other.refused
