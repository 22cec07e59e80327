"""Words of the texts that answers were read in."""

from __future__ import annotations

from assistant.read_texts import follow_each_other, is_told

TEXTS = ["The wind farm at Braga.", "Installed solar capacity grew."]


def test_a_thing_is_told_where_one_text_has_all_its_words() -> None:
    """In whatever form; words of two texts are no thing of either."""
    assert is_told("wind farms", TEXTS) and not is_told("solar farms", TEXTS)
    assert not is_told("wind farms", [])


def test_words_follow_each_other() -> None:
    """With nothing between."""
    assert follow_each_other(("solar", "capac"), TEXTS[1])
    assert not follow_each_other(("instal", "capac"), TEXTS[1])
