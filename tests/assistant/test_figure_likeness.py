"""How two readings stand to each other."""

from __future__ import annotations

import pytest

from assistant.figure_likeness import (
    are_near,
    can_stand_in_series,
    conflicts,
    is_share,
    same_figure,
    same_kind,
    same_place,
    same_scope,
    same_value,
)
from corpus.document import Span


@pytest.mark.parametrize(
    ("changed", "share"),
    [
        ({"unit": "%"}, True),
        ({"unit": "count", "total": 832.0}, True),
        ({"unit": "rank", "total": 193.0}, False),
        ({"unit": "count"}, False),
    ],
)
def test_so_many_of_a_total_is_a_share(reading_of, changed, share) -> None:
    """A rank out of many is none."""
    assert is_share(reading_of(**changed)) is share


def test_the_same_value_in_the_same_sense_is_the_same_figure(reading_of) -> None:
    """However it is written, and whoever tells it."""
    assert same_figure(reading_of(), reading_of(document_id="b", text="45 percent"))


@pytest.mark.parametrize(
    "changed", [{"year": 2023}, {"scope": "Porto"}, {"kind": "target"}, {"value": 46.0}, {"unit": "count"}]
)
def test_another_value_time_place_or_kind_is_another_figure(reading_of, changed) -> None:
    """One of them suffices."""
    assert not same_figure(reading_of(), reading_of(**changed))


def test_only_values_of_one_unit_are_the_same(reading_of) -> None:
    """45 is not 45%."""
    assert same_value(reading_of(value=0.1 + 0.2), reading_of(value=0.3))
    assert not same_value(reading_of(unit="count"), reading_of(unit="%"))


def test_another_value_of_the_same_figure_in_another_document_is_a_contradiction(reading_of) -> None:
    """Time, scope, kind and thing being the same."""
    assert conflicts(reading_of(), reading_of(document_id="b", value=46.0))


@pytest.mark.parametrize(
    "changed",
    [
        {"document_id": "a"},
        {"year": 2023},
        {"scope": "Porto"},
        {"kind": "estimate"},
        {"unit": "count"},
        {"value": 45.0},
        {"indicator": "visitors on a Sunday"},
    ],
)
def test_what_differs_in_more_than_its_value_is_no_contradiction(reading_of, changed) -> None:
    """Nor what one report tells itself, nor the same value."""
    assert not conflicts(reading_of(), reading_of(**({"document_id": "b", "value": 46.0} | changed)))


def test_figures_without_a_time_do_not_contradict(reading_of) -> None:
    """They may be of two times."""
    assert not conflicts(reading_of(year=0), reading_of(year=0, document_id="b", value=46.0))


def test_a_scope_that_is_not_told_may_be_any(reading_of) -> None:
    """Only two names can differ."""
    assert same_scope(reading_of(scope=""), reading_of(scope="Porto"))
    assert not same_scope(reading_of(scope="Braga"), reading_of(scope="Porto"))
    assert same_place("Hai Duong province", "Hải Dương")


def test_so_many_of_a_total_is_what_was_reached(reading_of) -> None:
    """A count and an actual are one kind; a target is another."""
    assert same_kind(reading_of(kind="count"), reading_of(kind="actual"))
    assert not same_kind(reading_of(kind="target"), reading_of(kind="actual"))


def test_levels_of_one_unit_make_a_series_and_changes_do_not_join_them(reading_of) -> None:
    """Shares go together whether told in percent or of a total."""
    assert can_stand_in_series(reading_of(), reading_of(unit="count", total=150.0))
    assert not can_stand_in_series(reading_of(), reading_of(kind="change"))
    assert not can_stand_in_series(reading_of(), reading_of(unit="EUR"))


def test_sentences_that_follow_each_other_are_near(reading_of) -> None:
    """One character apart in one document, not in two."""
    first = reading_of(sentence=Span(0, 24))
    assert are_near(first, reading_of(sentence=Span(25, 60)))
    assert not are_near(first, reading_of(sentence=Span(40, 60)))
    assert not are_near(first, reading_of(sentence=Span(25, 60), document_id="b"))
