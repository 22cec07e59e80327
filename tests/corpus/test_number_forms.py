"""One written number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel import Locale
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from corpus.number_forms import read_number, read_words


@pytest.mark.parametrize(
    ("written", "language", "value"),
    [
        ("4,523,000", "en", "4523000"),
        ("4.523.000", "en", "4523000"),
        ("4.523.000", "vi", "4523000"),
        ("4.523.000", "de", "4523000"),
        ("12,5", "en", "12.5"),
        ("12,5", "vi", "12.5"),
        ("12,5", "fr", "12.5"),
        ("1 234,5", "fr", "1234.5"),
        ("1\u00a0234\u00a0567", "en", "1234567"),
        ("1,162", "en", "1162"),
        ("1,162", "vi", "1.162"),
        ("1.162", "en", "1.162"),
        ("1.162", "vi", "1162"),
        ("0.125", "vi", "0.125"),
        ("80.44", "vi", "80.44"),
        ("02", "en", "2"),
        ("12,34,567", "en", "1234567"),
        ("1’234’567.5", "en", "1234567.5"),
        ("-3", "en", "-3"),
        ("7", "no such language", "7"),
    ],
)
def test_the_language_decides_what_can_be_read_two_ways(written: str, language: str, value: str) -> None:
    """And nothing else: a form with one reading is read so in every language."""
    assert read_number(written, language=language) == Decimal(value)


@pytest.mark.parametrize("written", ["3.2.1", "1,2,3", "", "two", "12-15", "1.234,5.6"])
def test_what_is_no_number_has_no_value(written: str) -> None:
    """Versions, lists and words."""
    assert read_number(written) is None


@pytest.mark.parametrize("language", ["en", "vi", "de", "fr"])
@given(number=st.decimals(min_value=0, max_value=10**12, allow_nan=False, allow_infinity=False, places=2))
def test_what_babel_writes_is_read_back(language: str, number: Decimal) -> None:
    """With the group and decimal marks of the language, whatever they are."""
    assert read_number(format_decimal(number, format="#,##0.##", locale=language), language=language) == number


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_marks_kept_here_are_those_of_babel(language: str) -> None:
    """They are written out only to save loading its data."""
    from corpus.number_forms import _MARKS

    symbols = Locale.parse(language).number_symbols["latn"]
    assert _MARKS[language] == (symbols["decimal"], symbols["group"])


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("seven", 7),
        ("twenty-five", 25),
        ("a dozen", 12),
        ("two hundred and fifty", 250),
        ("two billion", 2_000_000_000),
        ("three hundred and twelve thousand", 312_000),
        ("one million two hundred thousand", 1_200_000),
        ("two three", None),
    ],
)
def test_number_words_have_a_value(words: str, value: int | None) -> None:
    """Two numbers side by side are none."""
    assert read_words(words) == value
