"""A sentence is cut between its figures, at the strongest mark."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Span
from corpus.quantities import find_quantities
from index.figure_segments import cut_segments


def parts(sentence: str) -> list[str]:
    figures = [Span(one.start, one.end) for one in find_quantities(sentence)]
    return [span.of(sentence) for span in cut_segments(sentence, figures)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Exports rose to 12 tonnes, while imports fell to 3 tonnes.",
            ["Exports rose to 12 tonnes", "imports fell to 3 tonnes."],
        ),
        ("Wind has 12%, and coal has 40%.", ["Wind has 12%", "coal has 40%."]),
        ("Wind has 12%; in towns, coal has 40%.", ["Wind has 12%", "in towns, coal has 40%."]),
        ("Sales reached 40 tonnes (12% more).", ["Sales reached 40 tonnes ", "12% more)."]),
        ("Sales reached 40 tonnes.", ["Sales reached 40 tonnes."]),
        ("Nothing was sold.", []),
    ],
)
def test_the_strongest_mark_parts_two_figures(sentence: str, expected: list[str]) -> None:
    """A semicolon before a contrast, that before a comma, that before "and"; a bracket by itself."""
    assert parts(sentence) == expected


def test_a_figure_inside_the_subject_of_another_shares_its_words() -> None:
    """ "The rate of records through 25 services reached 92%": the rate is of the services."""
    assert parts("The rate of records through 25 offices reached 92%.")[1] == (
        "The rate of records through 25 offices reached 92%."
    )


def test_a_figure_of_a_clause_before_shares_nothing() -> None:
    """ "Against a target of 800, so we are at 80%"."""
    assert "target" not in parts("It finished 640 homes against a target of 800, so we are at 80%.")[2]


def test_a_comparison_with_a_year_is_told_of_the_figure_before_it() -> None:
    """It does not open the part of the next figure."""
    assert "1990" in parts("It cut emissions by 55% compared with 1990 and planted 120,000 trees.")[0]


@given(st.text(alphabet="ab 12%,;.()", max_size=60))
def test_each_part_holds_its_figure(sentence: str) -> None:
    """And stays inside the sentence."""
    figures = [Span(one.start, one.end) for one in find_quantities(sentence)]
    segments = cut_segments(sentence, figures)
    assert len(segments) == len(figures)
    for figure, segment in zip(figures, segments, strict=True):
        assert 0 <= segment.start <= figure.start < figure.end <= segment.end <= len(sentence)
