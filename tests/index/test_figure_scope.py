"""Of whom a figure is told: names in a sentence, and what a document is about."""

from __future__ import annotations

import pytest

from corpus.document import Document, Span
from index.figure_names import named_places
from index.figure_scope import is_part, opening_scope, place_said
from index.figure_surroundings import surroundings_of


def names(sentence: str) -> list[str]:
    return [place.name for place in named_places(sentence, [])]


def said(sentence: str, figure: str, nation: str = "Vietnam") -> str:
    start = sentence.index(figure)
    span = Span(start, start + len(figure))
    places = named_places(sentence, [span])
    return place_said(sentence, Span(0, len(sentence)), span, places, nation, is_rank=False)


def opened(sentence: str, *, last_part: str = "", body: str = "", nation: str = "Vietnam") -> str:
    return opening_scope(sentence, named_places(sentence, []), last_part, body, nation)


def default(text: str, **fields: str) -> str:
    return surroundings_of(Document("d", "d", "", "article", text, "", **fields)).default  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("In Hai Duong it was 92%.", ["Hai Duong"]),
        ("It was 92% in Elmar County.", ["Elmar County"]),
        ("It was 92% in Zarqa.", ["Zarqa"]),
        ("The village of Oskul grew.", ["Oskul"]),
        ("It rose in the north.", ["north"]),
        ("Huyện ủy báo cáo; huyện Vân Đồn đạt 64%.", ["Van Don"]),
        ("Les bus de Morvan roulent.", ["Morvan"]),
        ("It was 92% in January.", []),
        ("It was told in Parliament.", []),
        ("The report of the Quang Binh report says so.", []),
    ],
)
def test_places_are_known_or_show_themselves(sentence: str, expected: list[str]) -> None:
    """By a title, by what stands around them; months and bodies are none."""
    assert names(sentence) == expected


def test_part_of_a_figure_is_no_place() -> None:
    """ "US$"."""
    sentence = "It cost US$ 4 million."
    assert named_places(sentence, [Span(8, 21)]) == []


def test_the_place_before_a_figure_is_its_scope() -> None:
    """Else one behind it, or the nation."""
    assert said("In Hai Duong it was 92%, more than in Nghe An.", "92%") == "Hai Duong"
    assert said("It was 92% in Hai Duong.", "92%") == "Hai Duong"
    assert said("Nationwide it was 45%.", "45%") == "Vietnam"
    assert said("It was 45%.", "45%") == ""


def test_a_place_that_is_compared_is_not_the_scope() -> None:
    """ "Higher than Hai Duong's"."""
    assert said("At a level higher than Hai Duong it was 92%.", "92%") == ""


def test_a_sentence_speaks_of_the_place_that_it_opens_with() -> None:
    """But not of one of a list."""
    assert opened("Hai Duong built bridges.") == "Hai Duong"
    assert opened("Hai Duong, Nghe An and Quang Binh built bridges.") == ""


def test_the_province_means_the_one_named_last() -> None:
    """And "the company" the one that the document is about."""
    assert opened("The province built bridges.", last_part="Hai Duong") == "Hai Duong"
    assert opened("The company built bridges.", body="Halden Steel Group") == "Halden Steel Group"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Northline Tramways carried 4 million.", "Northline Tramways"),
        ("In 2023, Velora opened 14 depots.", "Velora"),
        ("The University of Tarnow has 3,000 students.", "University of Tarnow"),
        ("Solvex, based in Graz, sold 40 machines.", "Solvex"),
        ("The company Solvex sold 40 machines.", "Solvex"),
        ("Elmfield Hospital in Leeds treated 40 patients.", "Elmfield Hospital"),
        ("The river reached 6 metres.", ""),
        ("The Digital Transformation Plan has been issued.", ""),
        ("The Prime Minister opened 14 depots.", ""),
    ],
)
def test_an_organisation_shows_itself_by_what_it_does(sentence: str, expected: str) -> None:
    """Plans and ministers are none."""
    assert opened(sentence) == expected


def test_a_document_speaks_of_its_nation() -> None:
    """The one that most of its places lie in."""
    assert default("Hai Duong and Nghe An reported to the Prime Minister.") == "Vietnam"


def test_a_document_speaks_of_its_place_or_organisation() -> None:
    """Where it is about that."""
    assert default("The town built bridges.", place="Norwich") == "Norwich"
    assert default("Halden Steel Group sold more. The group sold 40 ships.") == "Halden Steel Group"
    assert default("Bulletin no. 8 – Oskul\nMore guests came.") == "Oskul"
    assert default("Nothing was said.") == ""


def test_a_country_is_no_part() -> None:
    """A province is."""
    assert is_part("Hai Duong")
    assert not is_part("Vietnam")
