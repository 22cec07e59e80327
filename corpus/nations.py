"""Which country a place lies in, and which one a text is about.

After ISO 3166-2 as pycountry carries it. A name that provinces of two countries share ("Georgia",
"Limburg") tells of neither. Knows nothing of cities that are no province.

>>> country_of("Hai Duong"), nation_of(["Hai Duong", "Nghe An", "Bavaria"])
('Vietnam', 'Vietnam')
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache

from corpus.places import is_country, iso_records, iso_spellings, normal_place

__all__ = ["country_of", "nation_of"]


def country_of(place: str) -> str:
    """The country that a place, named as a mention names it, is or lies in; "" where that is not known."""
    if is_country(place):
        return place
    countries = _countries_of_provinces().get(normal_place(place), frozenset())
    return next(iter(countries)) if len(countries) == 1 else ""


def nation_of(places: Iterable[str]) -> str:
    """The country that most of the named places are or lie in; "" where none is."""
    counted = Counter(filter(None, map(country_of, places)))
    return counted.most_common(1)[0][0] if counted else ""


@cache
def _countries_of_provinces() -> dict[str, frozenset[str]]:
    names = {
        country["alpha_2"]: country.get("common_name", iso_spellings(country["name"])[0])
        for country in iso_records("3166-1")
    }
    found: dict[str, set[str]] = {}
    for province in iso_records("3166-2"):
        for name in iso_spellings(province["name"]):
            found.setdefault(normal_place(name), set()).add(names[province["code"][:2]])
    return {name: frozenset(countries) for name, countries in found.items()}
