"""Rows of a table in canonical text: which column and row a figure stands in.

A table is a run of lines whose cells are parted by " | ", the first line without figures of its own.
Knows nothing of readings.

>>> table = Table.opened_by("Year | North | South")
>>> table.labels("2020 | 41% | 38%", 13)
('South', '2020')
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Table"]

_PARTING = " | "


@dataclass(frozen=True, slots=True)
class Table:
    """The heads of a table's columns."""

    heads: tuple[str, ...]

    @classmethod
    def opened_by(cls, line: str) -> Table | None:
        """The table whose first line is `line`; None where it is no such line."""
        cells = [cell.strip() for cell in line.split(_PARTING)]
        return cls(tuple(cells)) if len(cells) > 1 else None

    def labels(self, row: str, position: int) -> tuple[str, str]:
        """The head of the column that the character at `position` of `row` stands in, and the row's first cell."""
        cells = row.split(_PARTING)
        at, column = 0, 0
        for number, cell in enumerate(cells):
            if at <= position:
                column = number
            at += len(cell) + len(_PARTING)
        head = self.heads[column] if column < len(self.heads) else ""
        return head, cells[0].strip() if column else ""
