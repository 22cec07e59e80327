"""Krippendorff's alpha, against the worked examples of its author and against another program."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.agreement import Agreement, agreement

# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), a row for each observer; "*" is not judged.
TWO_OBSERVERS = ("0000000111", "0000011001")  # section A: pairs 5 of 00, 4 of 01 or 10, 1 of 11
FOUR_OBSERVERS = ("123321412***", "1233224125*3", "*3332342251*", "12332441251*")  # section C
# "Krippendorff's alpha" in Wikipedia: three coders, much missing.
THREE_CODERS = ("*****34121133*3", "1*213343*******", "**21344*21133*4")

Judgements = list[tuple[str, int, str]]


def judged(rows: tuple[str, ...]) -> Judgements:
    """Who said what of which unit."""
    return [(str(who), unit, said) for who, row in enumerate(rows) for unit, said in enumerate(row) if said != "*"]


@pytest.mark.parametrize(
    ("rows", "alpha", "units"),
    [(TWO_OBSERVERS, 0.095, 10), (FOUR_OBSERVERS, 0.743, 11), (THREE_CODERS, 0.691, 12)],
)
def test_it_gives_what_the_literature_gives(rows: tuple[str, ...], alpha: float, units: int) -> None:
    """To the three decimals that are printed there; units that one observer judged do not count."""
    found = agreement(judged(rows))
    assert found.alpha == pytest.approx(alpha, abs=0.0005)
    assert (found.units, found.people) == (units, len(rows))


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.integers(0, 8), st.sampled_from("123")),
        unique_by=lambda judgement: judgement[:2],
        min_size=2,
    )
)
def test_it_gives_what_nltk_gives(judgements: Judgements) -> None:
    """Another program's alpha, for any judgements where both define it."""
    from nltk.metrics.agreement import AnnotationTask

    found = agreement(judgements)
    if found.alpha is not None:
        judged_twice = [one for one in judgements if sum(other[1] == one[1] for other in judgements) > 1]
        assert found.alpha == pytest.approx(AnnotationTask(judged_twice).alpha())


@pytest.mark.parametrize("judgements", [[], [("ann", 1, "yes")], [("ann", 1, "yes"), ("ben", 2, "no")]])
def test_nothing_judged_twice_is_no_agreement(judgements: Judgements) -> None:
    """It is not known, rather than full or none."""
    assert agreement(judgements) == Agreement(alpha=None, units=0, people=0, agreed=0)


def test_where_all_say_the_same_alpha_is_not_defined() -> None:
    """Without any other value chance would agree too; that both agreed is told beside it."""
    same = [(who, unit, "supported") for who in ("ann", "ben") for unit in range(3)]
    assert agreement(same) == Agreement(alpha=None, units=3, people=2, agreed=3)


def test_who_thinks_again_counts_once() -> None:
    """The last judgement of a person on a unit is theirs."""
    first = [("ann", 1, "yes"), ("ben", 1, "yes"), ("ann", 2, "no"), ("ben", 2, "no")]
    assert agreement([("ann", 1, "no"), *first]) == agreement(first)
    assert agreement(first).alpha == 1
