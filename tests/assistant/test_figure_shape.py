"""In what shape a question asks for figures."""

from __future__ import annotations

import pytest

from assistant.figure_shape import shape_of
from corpus.periods import find_periods


@pytest.mark.parametrize(
    ("question", "places", "shape"),
    [
        ("What was the share in 2024?", (), "one"),
        ("What was the share in Porto?", ("Porto",), "one"),
        ("By how much has revenue grown since 2021?", (), "one"),
        ("How has the share developed?", (), "series"),
        ("What was the revenue each year since 2020?", (), "series"),
        ("What was the share from 2021 to 2024?", (), "series"),
        ("By how much did the share grow from 2021 to 2024?", (), "comparison"),
        ("How did the share differ between 2022 and 2023?", (), "comparison"),
        ("Was revenue higher in 2023 or in 2024?", (), "comparison"),
        ("Compare the share in Porto and Braga.", ("Porto", "Braga"), "comparison"),
        ("How does Porto compare with the national share?", ("Porto",), "comparison"),
        ("What were the shares in 2022 and in 2024?", (), "comparison"),
        ("Was the target for 2024 met?", (), "attainment"),
        ("How does the revenue look against its target?", (), "attainment"),
        ("What target is to be reached by 2026?", (), "one"),
    ],
)
def test_the_wording_decides_the_shape(question: str, places: tuple[str, ...], shape: str) -> None:
    """One figure, its course, several side by side, or a target with its result."""
    assert shape_of(question, find_periods(question), places) == shape


def test_a_country_and_the_nation_are_one_place() -> None:
    """ "The national share of Portugal" compares nothing."""
    assert shape_of("Compare the national share of Portugal", [], ("Portugal",)) == "one"
