"""Fusion, and what guides the order."""

from __future__ import annotations

import math

import pytest

from assistant.query_words import inverse_document_frequency
from assistant.question import understand
from assistant.retrieval import Retriever, reciprocal_ranks
from index.store import Index


def test_fusion_adds_reciprocal_ranks() -> None:
    """A passage found by both searches stands before one found by either."""
    fused = reciprocal_ranks([["a", "b"], ["b", "c"]], 60)
    assert fused == {"a": 1 / 61, "b": pytest.approx(1 / 62 + 1 / 61), "c": 1 / 62}


def test_fusion_of_nothing_is_empty() -> None:
    """No ranking, no candidates."""
    assert reciprocal_ranks([], 60) == {}


def test_rare_words_weigh_more_and_none_weighs_less_than_nothing() -> None:
    """The weight is ln(1 + (N - n + 0.5) / (n + 0.5))."""
    assert inverse_document_frequency(1, 10) == pytest.approx(math.log(1 + 9.5 / 1.5))
    assert inverse_document_frequency(10, 10) > 0


@pytest.mark.parametrize("year", ["2023", "2024"])
def test_the_asked_year_comes_first(town: Index, year: str) -> None:
    """Two reports say the same of two years; the one asked for leads."""
    best = Retriever(town).retrieve(understand(f"What share of permits was requested online in {year}?"))[0]
    assert best.document.name == f"{year}.txt"


def test_within_keeps_to_one_document(town: Index) -> None:
    """Nothing of another document is returned."""
    document = town.document_named("call.txt")
    found = Retriever(town).retrieve(understand("share of permits online in 2023"), within=document.id)
    assert {retrieved.document.name for retrieved in found} == {"call.txt"}


def test_no_more_passages_than_asked_for(town: Index) -> None:
    """The count is a limit."""
    assert len(Retriever(town).retrieve(understand("permits"), count=2)) == 2
