"""How the words of indicators are compared and weighed."""

from __future__ import annotations

import pytest

from assistant.indicator_words import IndicatorWords, Rarity, trimmed
from corpus.glossary import Glossary

WORDS = IndicatorWords(Glossary((("dossier", "record"), ("NPO", "Northern Permit Office"))))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("online dossiers", "records online"),
        ("permits of the NPO", "the permit of the Northern Permit Office"),
        ("villages connected", "connected village"),
        ("reached online records so far", "online records"),
    ],
)
def test_one_form_for_each_meaning(one: str, other: str) -> None:
    """Word order, endings, equivalents and words that tell nothing make no difference."""
    assert WORDS.of_text(one) == WORDS.of_text(other)


def test_things_with_one_stem_are_told_apart() -> None:
    """Porter stems products and productivity to one word."""
    assert WORDS.of_text("products").isdisjoint(WORDS.of_text("productivity"))
    assert WORDS.of_text("communes").isdisjoint(WORDS.of_text("communication"))
    assert WORDS.of_text("communities") == WORDS.of_text("community")


def test_likeness_is_one_for_the_same_and_none_for_nothing_shared() -> None:
    """It is symmetric, and a rare word that is shared says more than a common one."""
    sets = [WORDS.of_text(text) for text in ("online record", "online school", "online boat", "wind park", "wind boat")]
    rarity = Rarity.of(sets)
    assert rarity.likeness(sets[0], sets[0]) == pytest.approx(1.0)
    assert rarity.likeness(sets[0], sets[3]) == 0.0
    assert rarity.likeness(sets[3], sets[4]) == rarity.likeness(sets[4], sets[3])
    assert rarity.likeness(sets[3], sets[4]) > rarity.likeness(sets[0], sets[1]) > 0


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("For the share in GDP", "share in GDP"),
        ("databases in total", "databases"),
        ("the platform (NDXP)", "platform (NDXP)"),
        ("so far", "so far"),
        ("", ""),
    ],
)
def test_what_tells_nothing_is_cut_from_a_name(name: str, expected: str) -> None:
    """At both ends only, and never everything."""
    assert trimmed(name) == expected
