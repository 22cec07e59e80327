"""Readings with the source each stands in, as rows for programs: JSON and CSV.

Knows nothing of how readings are found, grouped and drawn.

>>> ", ".join(FIELDS[:6])
'value, value_to, total, unit, text, indicator'
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from index.catalog import Catalog
    from index.reading import Reading

__all__ = ["FIELDS", "SourcedReading", "csv_text", "fields_of", "sourced"]

Field: TypeAlias = "str | float | int | None"

FIELDS = (
    "value value_to total unit text indicator period period_known scope scope_known kind comparison "
    "document document_id title held_on quote start end"
).split()
# A spreadsheet runs a cell that begins with one of these as a formula.
_DAY = re.compile(r"\A(?:19|20)\d\d(?:[-_ .]?\d\d){0,2}[-_ .]+")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class SourcedReading:
    """A reading, the sentence it stands in, and the document that sentence is from."""

    reading: Reading
    document: str  # the file's name as it was ingested
    title: str
    held_on: date | None
    quote: str  # the sentence, exactly

    @property
    def short_source(self) -> str:
        """The document's name without the day it may begin with and its suffix: "working call figures"."""
        stem = PurePath(self.document).stem
        return re.sub(r"[-_\s]+", " ", _DAY.sub("", stem) or stem)


def sourced(readings: Iterable[Reading], catalog: Catalog) -> list[SourcedReading]:
    """`readings` in their order, each with its source; one whose document is gone meanwhile is left out."""
    readings = list(readings)
    documents = {one: catalog.document(one) for one in dict.fromkeys(reading.document_id for reading in readings)}
    return [
        SourcedReading(reading, document.name, document.title, document.held_on, reading.sentence.of(document.text))
        for reading in readings
        if (document := documents[reading.document_id])
    ]


def fields_of(row: SourcedReading) -> dict[str, Field]:
    """The row as the contract names its fields, in the order of FIELDS."""
    reading = row.reading
    values: dict[str, Field] = {
        "value": _number(reading.value),
        "value_to": _number(reading.value_to),
        "total": _number(reading.total),
        "unit": reading.unit,
        "text": reading.text,
        "indicator": reading.indicator,
        "period": reading.period.iso if reading.period else None,
        "period_known": reading.period_known,
        "scope": reading.scope,
        "scope_known": reading.scope_known,
        "kind": reading.kind,
        "comparison": reading.comparison,
        "document": row.document,
        "document_id": reading.document_id,
        "title": row.title,
        "held_on": row.held_on.isoformat() if row.held_on else None,
        "quote": row.quote,
        "start": reading.start,
        "end": reading.end,
    }
    return {field: values[field] for field in FIELDS}


def csv_text(series: Iterable[tuple[str, Iterable[SourcedReading]]]) -> str:
    """A line for each reading (RFC 4180), with the name of its series before the fields of FIELDS.

    A text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(["series", *FIELDS])
    for name, rows in series:
        for row in rows:
            writer.writerow([_cell(name), *(_cell(value) for value in fields_of(row).values())])
    return written.getvalue()


def _number(value: float | None) -> float | int | None:
    """Without the ".0" of a whole number."""
    return int(value) if value is not None and value == int(value) else value


def _cell(value: Field) -> Field:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
