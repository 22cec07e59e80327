"""The series that a user means by some words, a place and a kind, each reading with its source; as JSON for programs.

Knows nothing of the terminal, of pages and of HTTP: the command `figures`, the REST API and the MCP
server all give what is found here.

>>> # search_figures(WantedFigures("digital economy share of GDP"), index).series[0].indicator.name
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.indicators import Indicator
    from index.store import Index
    from ui.figure_rows import SourcedReading

__all__ = ["FiguresFound", "Series", "WantedFigures", "figure_objects", "search_figures"]

LISTED = 20  # indicators, when none is named
NEAREST = 5  # indicators named when the words fit none


@dataclass(frozen=True, slots=True)
class WantedFigures:
    """What the user asks for; "" leaves a part open."""

    words: str = ""  # "" lists every indicator
    scope: str = ""
    kind: str = ""
    count: int | None = None  # None: the one that the words name best, else LISTED


@dataclass(frozen=True, slots=True)
class Series:
    """An indicator with the sources of its readings."""

    indicator: Indicator
    rows: list[SourcedReading]


@dataclass(frozen=True, slots=True)
class FiguresFound:
    """The series asked for, and what else there is."""

    series: list[Series]
    further: list[Indicator]  # that fit too, beyond the count
    nearest: list[Indicator]  # where nothing was found


def search_figures(wanted: WantedFigures, index: Index) -> FiguresFound:
    """The series that `wanted` names, best first; without words those with most readings first."""
    from assistant.indicators import find_indicators, group_readings, nearest_indicators
    from corpus.glossary import read_glossary
    from ui.figure_rows import sourced

    glossary = read_glossary(index.folder.parent / "glossary.txt")
    if wanted.words:
        found = _limited(find_indicators(wanted.words, index.catalog, glossary), wanted)
    else:
        found = _limited(group_readings(index.catalog.readings.all(), glossary), wanted)
        found.sort(key=lambda one: -len(one.readings))
    count = wanted.count or (1 if wanted.words else LISTED)
    unfound = wanted.words and not found
    return FiguresFound(
        [Series(one, sourced(one.readings, index.catalog)) for one in found[:count]],
        found[count:],
        nearest_indicators(wanted.words, index.catalog, glossary, NEAREST) if unfound else [],
    )


def figure_objects(found: FiguresFound) -> list[dict[str, object]]:
    """One object for each series; where nothing was found, one that names the nearest."""
    from ui.figure_rows import fields_of

    if not found.series:
        nearest = [one.name for one in found.nearest]
        return [{"indicator": None, "unit": None, "readings": [], "nearest": nearest}]
    return [
        {
            "indicator": series.indicator.name,
            "unit": series.indicator.unit,
            "readings": [fields_of(row) for row in series.rows],
        }
        for series in found.series
    ]


def _limited(indicators: list[Indicator], wanted: WantedFigures) -> list[Indicator]:
    """The indicators with the readings asked for only; one that has none of them is left out."""
    from index.terms import fold

    place = fold(wanted.scope.strip())
    limited = []
    for one in indicators:
        readings = tuple(
            reading
            for reading in one.readings
            if wanted.kind in ("", reading.kind) and place in ("", fold(reading.scope))
        )
        if readings:
            limited.append(replace(one, readings=readings))
    return limited
