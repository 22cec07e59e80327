"""Every number of a text is read into one form, and none is left out."""

from __future__ import annotations

import pytest

from assistant.number_mentions import plain_words, read_mentions, unit_name


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("just over 40 km", (40, None, "km")),
        ("3-4 times", (3, 4, "time")),
        ("in 3 months", (3, None, "month")),
        ("aged over 15", (15, None, "age")),
        ("five tasks", (5, None, "count")),
        ("at 9 am", (9, None, "clock")),
    ],
)
def test_amounts_have_a_unit(text, amount):
    """Quantities have theirs; what is none has what it tells."""
    (mention,) = read_mentions(text, "en")
    assert mention.amount == amount


@pytest.mark.parametrize(
    ("text", "name"), [("in Level 4", "Level 4"), ("of IPv6", "IPv6"), ("is 749/QD-TTg,", "749/QD-TTg")]
)
def test_names_have_no_amount(text, name):
    """They reach back to the word that a bare number belongs to."""
    (mention,) = read_mentions(text, "en")
    assert (text[mention.start : mention.end], mention.amount, mention.days) == (name, None, None)


def test_hedges_have_one_name():
    """Two words for the same are told alike."""
    assert {read_mentions(f"{hedge} 12%", "en")[0].hedge for hedge in ("over", "more than", "just over")} == {"over"}


@pytest.mark.parametrize(("one", "other"), [("days", "day"), ("km²", "km2"), ("hectares", "ha"), ("tấn", "tonnes")])
def test_units_have_one_name(one, other):
    """Singular and plural, and a few spellings."""
    assert unit_name(one) == unit_name(other)


def test_symbols_keep_their_case():
    """A megawatt is no milliwatt."""
    assert unit_name("MW") != unit_name("mW")


def test_plain_words_keep_every_place():
    """Dashes, spaces and case are one kind, and "İ", which is longer in lower case, moves nothing."""
    text = "A–B\u00a0İ C"
    assert len(plain_words(text)) == len(text)
    assert plain_words("A–B\u00a0C") == "a-b c"
