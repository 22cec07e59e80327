"""Places are found under every spelling, and people and institutions are not places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.places import PlaceMention, find_places, normal_place


def names(text: str, *, any_case: bool = False) -> list[str]:
    return [mention.name for mention in find_places(text, any_case=any_case)]


@pytest.mark.parametrize(
    ("spellings", "name"),
    [
        (["Hải Dương", "Hai Duong", "HaiDuong", "HAI DUONG", "Hai Duong province"], "Hai Duong"),
        (["Hà Nội", "Ha Noi", "Hanoi", "HANOI"], "Hanoi"),
        (["Ho Chi Minh City", "TP. Hồ Chí Minh", "HCMC", "TP.HCM", "Saigon"], "Ho Chi Minh City"),
        (["Đà Nẵng", "Da Nang", "DaNang"], "Da Nang"),
        (["Bà Rịa - Vũng Tàu", "Ba Ria–Vung Tau", "Ba Ria-Vung Tau"], "Ba Ria - Vung Tau"),
        (["Thừa Thiên-Huế", "Thua Thien Hue"], "Thua Thien Hue"),
        (["Viet Nam", "Vietnam", "Việt Nam"], "Vietnam"),
        (["United States", "the US", "USA", "United States of America"], "United States"),
        (["South Korea", "Republic of Korea"], "South Korea"),
        (["Russia", "Russian Federation"], "Russia"),
    ],
)
def test_spellings_of_one_place_have_one_name(spellings: list[str], name: str) -> None:
    """Diacritics, capitals, spaces and hyphens do not matter; aliases come from the data file."""
    for spelling in spellings:
        assert names(f"They met in {spelling}, then left.") == [name]
        assert normal_place(spelling.removeprefix("the ")) == normal_place(name)


@pytest.mark.parametrize(
    "name",
    """Quảng Bình|Quang Ngai|Bac Kan|Hai Duong|Nghe An|Bac Ninh|Ha Nam|Thai Binh|Nam Dinh|Vinh Phuc|Yen Bai|Kon Tum
    |Phu Yen|Ninh Thuan|Binh Thuan|Dak Nong|Long An|Tien Giang|Ben Tre|Tra Vinh|Soc Trang|Hau Giang|Bac Lieu
    |Kien Giang|Binh Phuoc|Binh Duong|Quang Nam|Hoa Binh|Ha Giang|Bac Giang""".replace("\n    ", "").split("|"),
)
def test_the_provinces_merged_in_2025_are_found(name: str) -> None:
    """The record was written before the merger."""
    (mention,) = find_places(f"At the {name} bridge point")
    assert (mention.start, mention.end) == (7, 7 + len(name))


def test_a_mention_has_the_place_of_its_words() -> None:
    """Offsets cover the name and not the word after it."""
    assert find_places("In Hải Dương province") == [PlaceMention("Hai Duong", 3, 12)]


def test_the_longest_name_wins() -> None:
    """South Korea is not also Korea, Thua Thien Hue not also Hue."""
    assert names("in South Sudan, Guinea-Bissau and Thua Thien Hue") == [
        "South Sudan",
        "Guinea-Bissau",
        "Thua Thien Hue",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The Central Committee and Western Europe",
        "Nelson Mandela wrote to Mary",
        "Nelson said so",
        "a speech of Nelson Mandela",
        "Victoria thanked them",
        "the rights of Man",
        "Most agreed. Delta rose. Store it",
        "President Ho Chi Minh wrote",
        "Ho Chi Minh Thought",
        "Nguyen Thai Binh presided with Tran Quang Ninh",
        "Dr. Ha Nam spoke",
        "Hà Nội Mới reports",
        "52 Hanoi Street",
        "It took long. An outage followed",
        "Jordan said that Chad agreed",
        "Hue and saturation",
        "tell Us now",
        "the man from nowhere in central offices",
        "online records of hai duong",
    ],
)
def test_people_words_and_institutions_are_no_places(text: str) -> None:
    """A name that is also a word or a person's needs surroundings that say place."""
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rose in Como.", ["Como"]),
        ("Nelson province grew", ["Nelson"]),
        ("in Texas, Ohio and Nevada", ["Texas", "Ohio", "Nevada"]),
        ("talks in Jordan", ["Jordan"]),
        ("festival in Hue", ["Hue"]),
        ("the province of Nelson", ["Nelson"]),
        ("Thai Binh reported", ["Thai Binh"]),
    ],
)
def test_surroundings_make_a_doubtful_name_a_place(text: str, expected: list[str]) -> None:
    """A preposition, "province", or a list that goes on after a place."""
    assert names(text) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("and in hai duong?", ["Hai Duong"]),
        ("hai duong rate 2024", ["Hai Duong"]),
        ("rate in nghe an vs quang binh", ["Nghe An", "Quang Binh"]),
        ("what about ho chi minh city", ["Ho Chi Minh City"]),
        ("in hanoi", ["Hanoi"]),
        ("and in Hai Duong?", ["Hai Duong"]),
        ("what became of us", []),
        ("how long an outage was it", []),
        ("who asked for peace, hoa binh", []),
        ("what is most of the store", []),
        ("did mary or nelson agree", []),
        ("the rights of man", []),
    ],
)
def test_questions_in_lower_case(question: str, expected: list[str]) -> None:
    """Several words are enough, a single one needs a preposition."""
    assert names(question, any_case=True) == expected


def test_a_longer_name_is_another_place() -> None:
    """Mexico City is not Mexico, and an unknown name is its own key."""
    assert normal_place("Mexico City") != normal_place("Mexico")
    assert normal_place("Nowhere Town") == "nowheretown"
    assert normal_place("tỉnh Hải Dương") == normal_place("Hai Duong province") == normal_place("haiduong")


@pytest.mark.parametrize("name", ["", " ", "!?"])
def test_no_letters_no_place(name: str) -> None:
    """A name without letters is empty."""
    assert normal_place(name) == ""
    assert find_places(name, any_case=True) == []


WORDS = st.sampled_from(
    [
        "Hai",
        "Duong",
        "hai",
        "Ninh",
        "Binh",
        "Thuan",
        "in",
        "of",
        "An",
        "Giang",
        "Ho",
        "Chi",
        "Minh",
        "City",
        ",",
        "-",
        ".",
        "Nam",
        "and",
        "\n",
        "US",
    ]
)


@given(st.lists(WORDS, max_size=12), st.booleans())
def test_mentions_are_ordered_and_stable(words: list[str], any_case: bool) -> None:
    """Whatever the text: no overlap, and a found name is its own normal place."""
    text = " ".join(words)
    end = 0
    for mention in find_places(text, any_case=any_case):
        assert end <= mention.start < mention.end <= len(text)
        assert normal_place(mention.name) == normal_place(text[mention.start : mention.end])
        end = mention.end


def test_a_country_is_told_from_a_part_of_one() -> None:
    """Scope matters: the nation, or a province."""
    from corpus.places import is_country

    assert [is_country(mention.name) for mention in find_places("in Viet Nam and in Hải Dương")] == [True, False]
