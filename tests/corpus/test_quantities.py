"""Every quantity of a text: its words, value and unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.quantities import Quantity, find_quantities


def _only(text: str, language: str = "en") -> Quantity:
    found = find_quantities(text, language=language)
    assert len(found) == 1, [text[quantity.start : quantity.end] for quantity in found]
    return found[0]


def _words(text: str, language: str = "en") -> list[str]:
    return [text[quantity.start : quantity.end] for quantity in find_quantities(text, language=language)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("45 %", 45, "%"),
        ("80.44 per cent", 80.44, "%"),
        ("45 percent", 45, "%"),
        ("5-percent", 5, "%"),
        ("-3%", -3, "%"),
        ("−4.5 %", -4.5, "%"),
        ("5 percentage points", 5, "percentage points"),
        ("3 pp", 3, "percentage points"),
        ("13.2 million", 13.2e6, "count"),
        ("13.2\u00a0million", 13.2e6, "count"),
        ("02 billion", 2e9, "count"),
        ("1.5bn", 1.5e9, "count"),
        ("100k", 1e5, "count"),
        ("12 lakh", 1.2e6, "count"),
        ("2,398", 2398, "count"),
        ("1 234 567", 1234567, "count"),
        ("150,104", 150104, "count"),
        ("25 billion USD", 25e9, "USD"),
        ("12 US dollars", 12, "USD"),
        ("$1.2bn", 1.2e9, "USD"),
        ("US$ 3.4 million", 3.4e6, "USD"),
        ("€45m", 45e6, "EUR"),
        ("£3.2 billion", 3.2e9, "GBP"),
        ("EUR 12 million", 12e6, "EUR"),
        ("VND1,200 billion", 1.2e12, "VND"),
        ("12 thousand billion VND", 12e12, "VND"),
        ("300 billion dong", 300e9, "VND"),
        ("2.5-fold", 2.5, "times"),
        ("threefold", 3, "times"),
        ("3x", 3, "times"),
        ("2.5 times", 2.5, "times"),
        ("4.2 km", 4.2, "km"),
        ("80km", 80, "km"),
        ("12 km2", 12, "km2"),
        ("50-km", 50, "km"),
        ("3 ha", 3, "ha"),
        ("40 tonnes", 40, "tonnes"),
        ("100 MW", 100, "MW"),
        ("10 Gbps", 10, "Gbps"),
        ("24 hours", 24, "hours"),
        ("5 square metres", 5, "square metres"),
        ("3.5 kWh/m2", 3.5, "kWh/m2"),
        ("12.3 per 100,000", 12.3, "per 100,000"),
        ("two billion", 2e9, "count"),
        ("twenty-five", 25, "count"),
        ("thirty", 30, "count"),
        ("a dozen", 12, "count"),
        ("half a million", 5e5, "count"),
        ("two and a half million", 2.5e6, "count"),
    ],
)
def test_a_quantity_is_read_whole(text: str, value: float, unit: str) -> None:
    """Scales are written out, money and shares have one name, other units are kept as written."""
    quantity = _only(f"It reached {text} of it.")
    assert (quantity.value, quantity.unit) == (pytest.approx(value, rel=1e-12), unit)
    assert (quantity.start, quantity.end) == (11, 11 + len(text))


@pytest.mark.parametrize(
    ("text", "words", "value", "total", "unit"),
    [
        ("477/832 villages", "477/832", 477, 832, "count"),
        ("03/06 for it", "03/06", 3, 6, "count"),
        ("63/63 localities", "63/63", 63, 63, "count"),
        ("10 of 11 goals", "10 of 11", 10, 11, "count"),
        ("21 of the 30 wards", "21 of the 30", 21, 30, "count"),
        ("21 wards out of 30", "21", 21, 30, "count"),
        ("one in five people", "one in five", 1, 5, "count"),
        ("1 in 5 people", "1 in 5", 1, 5, "count"),
        ("71st place out of 193 countries", "71st", 71, 193, "rank"),
        ("ranked 5th among 63 provinces", "5th", 5, 63, "rank"),
        ("10 of 2024", "10", 10, None, "count"),
    ],
)
def test_a_count_or_rank_has_its_total(text: str, words: str, value: float, total: float | None, unit: str) -> None:
    """A total is no quantity of its own, and a year is no total."""
    quantity = _only(text)
    assert (text[quantity.start : quantity.end], quantity.value, quantity.total, quantity.unit) == (
        words,
        value,
        total,
        unit,
    )


def test_the_place_of_the_total_is_known() -> None:
    """Also where it is outside of the quantity's own words."""
    text = "71st place out of 193 countries"
    quantity = _only(text)
    assert text[quantity.total_start : quantity.total_end] == "193"


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("3-4 times", 3, 4, "times"),
        ("0.8 - 10%", 0.8, 10, "%"),
        ("12%–15%", 12, 15, "%"),
        ("12 to 15 per cent", 12, 15, "%"),
        ("between 12 and 15 %", 12, 15, "%"),
        ("2-3 million", 2e6, 3e6, "count"),
        ("800 thousand to 1.2 million", 8e5, 1.2e6, "count"),
        ("$3 to $4 billion", 3e9, 4e9, "USD"),
        ("€3m-€4m", 3e6, 4e6, "EUR"),
        ("3 to 5 working days", 3, 5, "working days"),
        ("three to four times", 3, 4, "times"),
        ("from 3 to 4 million USD", 3e6, 4e6, "USD"),
    ],
)
def test_a_range_has_two_ends(text: str, low: float, high: float, unit: str) -> None:
    """Scale and unit count for both; "between" opens it."""
    quantity = _only(text)
    assert (quantity.value, quantity.value_to, quantity.unit) == (low, high, unit)
    assert text[quantity.start : quantity.end] == text.removeprefix("from ")


@pytest.mark.parametrize(
    ("text", "values"),
    [("rose from 18% to 45%", [18, 45]), ("rose from 12 to 15 per cent", [12, 15]), ("8% – 12 towns", [8, 12])],
)
def test_two_values_are_no_range(text: str, values: list[float]) -> None:
    """A move from one to the other, or a dash between clauses."""
    found = find_quantities(text)
    assert [(quantity.value, quantity.value_to) for quantity in found] == [(value, None) for value in values]


def test_the_first_of_two_values_shares_the_unit() -> None:
    """It is written once."""
    assert [quantity.unit for quantity in find_quantities("rose from 12 to 15 per cent")] == ["%", "%"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It ranks 71st.", 71),
        ("It is ranked 7.", 7),
        ("It ranks first in Asia.", 1),
        ("in second place", 2),
        ("places it 7th in the country", 7),
        ("the 7th largest economy", 7),
        ("among the top 10 countries", 10),
    ],
)
def test_a_place_in_an_order_is_a_rank(text: str, value: float) -> None:
    """In figures or words."""
    quantity = _only(text)
    assert (quantity.value, quantity.unit) == (value, "rank")


def test_both_ranks_of_a_pair_are_found() -> None:
    """The verb stands before the first only."""
    assert _words("They rank 6th by revenue and 4th by sales.") == ["6th", "4th"]


@pytest.mark.parametrize(
    ("text", "unit"),
    [("up 15 places", "places"), ("put it 15 places higher", "places"), ("at 15 places in town", "count")],
)
def test_moves_in_a_ranking_are_places(text: str, unit: str) -> None:
    """Only with a word that moves."""
    assert _only(text).unit == unit


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("about 45%", "about"),
        ("over 55.25 million", "over"),
        ("more than 45%", "more than"),
        ("at least 45%", "at least"),
        ("up to 45%", "up to"),
        ("an estimated 4.2 km", "estimated"),
        ("nearly $3 million", "nearly"),
        ("~5%", "~"),
        ("nearly doubled", "nearly"),
        ("almost half of", "almost"),
        ("top 10", "top"),
        ("between 3 and 4%", "between"),
        ("an average of 45%", ""),
    ],
)
def test_a_hedge_belongs_to_the_quantity(text: str, hedge: str) -> None:
    """An average is exact."""
    quantity = _only(f"It is {text}")
    assert quantity.hedge == hedge
    assert (quantity.start == 6) == bool(hedge)


def test_number_start_leaves_the_hedge_out() -> None:
    """And keeps the currency sign."""
    text = "nearly $3 million"
    quantity = _only(text)
    assert text[quantity.number_start : quantity.end] == "$3 million"


def test_a_number_and_a_share_in_brackets_are_two() -> None:
    """311 (14.5%)."""
    assert _words("which is 311 (14.5 %) more") == ["311", "14.5 %"]


@pytest.mark.parametrize(
    ("text", "value", "unit", "hedge"),
    [
        ("khoảng 1.200 tỷ đồng", 1.2e12, "VND", "khoảng"),
        ("35 triệu đồng", 35e6, "VND", ""),
        ("hơn 35 triệu tài khoản", 35e6, "count", "hơn"),
        ("đạt 12,5 %", 12.5, "%", ""),
        ("tăng 2,1 điểm phần trăm", 2.1, "percentage points", ""),
        ("tăng 2,5 lần", 2.5, "times", ""),
        ("tăng 15 bậc", 15, "places", ""),
        ("xếp thứ 71", 71, "rank", ""),
        ("35 đồng chí", 35, "count", ""),
        ("1.162 sản phẩm", 1162, "count", ""),
    ],
)
def test_vietnamese(text: str, value: float, unit: str, hedge: str) -> None:
    """Its marks, scales, units and hedges."""
    quantity = _only(text, "vi")
    assert (quantity.value, quantity.unit, quantity.hedge) == (value, unit, hedge)


def test_vietnamese_money_in_an_english_text_keeps_its_marks() -> None:
    """The scale word tells whose they are."""
    quantity = _only("a fund of 1.200 tỷ đồng")
    assert (quantity.value, quantity.unit) == (1.2e12, "VND")


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [("rund 1,5 Milliarden Euro", "de", 1.5e9), ("3 Billionen", "de", 3e12), ("plus de 1 234,5 km", "fr", 1234.5)],
)
def test_german_and_french(text: str, language: str, value: float) -> None:
    """A Billion is a million millions."""
    quantity = _only(text, language)
    assert quantity.value == value


_PIECES = st.sampled_from(
    "about over 45 % 45% 1,162 2.5 times million USD $ 71st place out of 193 477/832 - – to between and from half two"
    " thirds thousand 2024 July 19 km 06 Project . , ( ) one in five per 100,000 years tỷ đồng top rank \n".split(" ")
)


@given(st.one_of(st.text(), st.lists(_PIECES).map(" ".join), st.lists(_PIECES).map("".join)))
def test_the_spans_are_in_order_and_do_not_overlap(text: str) -> None:
    """Whatever the text is."""
    position = 0
    for quantity in find_quantities(text):
        assert position <= quantity.start <= quantity.number_start < quantity.end <= len(text)
        position = quantity.end
        if quantity.total_start is not None:
            assert quantity.number_start < quantity.total_start < (quantity.total_end or 0) <= len(text)


def test_a_range_of_old_years_with_spaces_is_read_without_a_fault() -> None:
    """A range of years written with spaces before a plural noun is no quantity, and no error."""
    text = "The famine of the 1739 - 1740 winters killed 38% of the people."
    assert [text[one.start : one.end] for one in find_quantities(text)] == ["38%"]
