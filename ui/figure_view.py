"""What the Figures page shows for its address: every indicator of the record, and the one that is asked for.

An indicator is found by its name, else by the words a person types; a place or a kind limits it. The
grouping is made once for each state of the record. Knows nothing of HTML and of Gradio.

>>> # FigureShelf(index).view(WantedFigures("digital economy share of GDP")).series.indicator.name
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import Lock

from assistant.attainment import Attainment, attainments
from assistant.indicators import Indicator, find_indicators, group_readings, nearest_indicators
from corpus.glossary import read_glossary
from index.reading import Reading
from index.store import Index
from index.terms import fold
from ui.figure_rows import sourced
from ui.figure_search import Series, WantedFigures

__all__ = ["FigureShelf", "FigureView"]

NEAREST = 5  # indicators named when the words fit none
FURTHER = 8  # indicators named that the words fit too


@dataclass(frozen=True, slots=True)
class FigureView:
    """What there is to show."""

    wanted: WantedFigures
    indicators: tuple[Indicator, ...]  # all, those with most figures first
    series: Series | None = None  # the one asked for, limited to the place and kind asked for
    scopes: tuple[str, ...] = ()  # places of the whole series, those with most figures first; "" where none is said
    kinds: tuple[str, ...] = ()  # the same of kinds
    attained: tuple[Attainment, ...] = ()
    further: tuple[Indicator, ...] = ()  # that the words fit too
    nearest: tuple[Indicator, ...] = ()  # where the words fit none


class FigureShelf:
    """The indicators of one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._glossary = read_glossary(index.folder.parent / "glossary.txt")
        self._grouped: tuple[Indicator, ...] = ()
        self._state: tuple[int, int, int] | None = None
        self._grouping = Lock()

    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators, those with most figures first."""
        catalog = self._index.catalog
        with self._grouping:
            state = (id(catalog), catalog.version(), catalog.readings.count())
            if state != self._state:
                self._grouped = tuple(group_readings(catalog.readings.all(), self._glossary))
                self._state = state
            return self._grouped

    def view(self, wanted: WantedFigures) -> FigureView:
        """What the page shows for `wanted`; its words are an indicator's name, or what a person calls it."""
        self._index.refresh()
        indicators = self.indicators()
        if not wanted.words.strip():
            return FigureView(wanted, indicators)
        exact = [one for one in indicators if fold(one.name) == fold(wanted.words.strip())]
        found = exact or find_indicators(wanted.words, self._index.catalog, self._glossary, grouped=indicators)
        if not found:
            nearest = nearest_indicators(wanted.words, self._index.catalog, self._glossary, NEAREST, grouped=indicators)
            return FigureView(wanted, indicators, nearest=tuple(nearest))
        chosen = found[0]
        readings = tuple(
            reading
            for reading in chosen.readings
            if wanted.kind in ("", reading.kind) and fold(wanted.scope) in ("", fold(reading.scope))
        )
        shown = replace(chosen, readings=readings)
        return FigureView(
            wanted,
            indicators,
            Series(shown, sourced(readings, self._index.catalog)),
            scopes=_often([reading.scope for reading in chosen.readings]),
            kinds=_often([reading.kind for reading in chosen.readings]),
            attained=tuple(attainments(_of_place(chosen, wanted.scope))),
            further=tuple(found[1 : FURTHER + 1]),
        )


def _often(values: Sequence[str]) -> tuple[str, ...]:
    """Each of `values` once, the most frequent first."""
    return tuple(sorted(dict.fromkeys(values), key=lambda value: -values.count(value)))


def _of_place(indicator: Indicator, scope: str) -> list[Reading]:
    """Its readings of one place, or all."""
    return [reading for reading in indicator.readings if fold(scope) in ("", fold(reading.scope))]
