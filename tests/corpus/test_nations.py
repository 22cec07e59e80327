"""Which country a place lies in, and which one a text is about."""

from __future__ import annotations

from corpus.nations import country_of, nation_of


def test_a_province_lies_in_its_country() -> None:
    """By ISO 3166-2; a country is in itself."""
    assert country_of("Hai Duong") == "Vietnam"
    assert country_of("Vietnam") == "Vietnam"


def test_a_name_of_two_countries_tells_of_neither() -> None:
    """Limburg is in Belgium and in the Netherlands."""
    assert country_of("Limburg") == ""


def test_an_unknown_place_lies_nowhere() -> None:
    """No guess."""
    assert country_of("Oskul") == ""
    assert country_of("") == ""


def test_the_nation_is_the_one_of_most_places() -> None:
    """Unknown places do not count; none is no nation."""
    assert nation_of(["Hai Duong", "Nghe An", "Kenya", "Oskul"]) == "Vietnam"
    assert nation_of(["Oskul"]) == ""
    assert nation_of([]) == ""
