"""Rows and columns of a table in canonical text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.figure_tables import Table


def test_a_line_with_cells_opens_a_table() -> None:
    """One without does not."""
    assert Table.opened_by("Year | North") == Table(("Year", "North"))
    assert Table.opened_by("No table here.") is None


def test_a_cell_has_the_head_of_its_column_and_the_first_cell_of_its_row() -> None:
    """The first cell has no row of its own."""
    table = Table(("Year", "North", "South"))
    assert table.labels("2020 | 41% | 38%", 7) == ("North", "2020")
    assert table.labels("2020 | 41% | 38%", 13) == ("South", "2020")
    assert table.labels("2020 | 41% | 38%", 0) == ("Year", "")


def test_a_cell_beyond_the_heads_has_none() -> None:
    """A row may be longer than the first."""
    assert Table(("Year",)).labels("2020 | 41%", 7) == ("", "2020")


@given(st.lists(st.text("ab1", max_size=4), min_size=2, max_size=5), st.data())
def test_every_place_of_a_row_is_in_one_column(cells: list[str], data: st.DataObject) -> None:
    """The one whose cell it is in."""
    heads = tuple(f"h{number}" for number in range(len(cells)))
    column = data.draw(st.integers(0, len(cells) - 1))
    position = sum(len(cell) + 3 for cell in cells[:column])
    assert Table(heads).labels(" | ".join(cells), position)[0] == heads[column]
