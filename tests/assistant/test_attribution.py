"""Who says what an article tells."""

from __future__ import annotations

import pytest

from assistant.attribution import attributed
from corpus.document import Span

ARTICLE = """Council meets

Mayor Ada Brook opened the session. The bridge, she said, is to open in May. It is to cost 4 million EUR.

By 2026 the share of empty posts is to fall to 5%, the director of nursing said. Sick leave came to 14 days.

The treasurer listed what the money is for. The library counted 402,000 visits.

According to Carl Dunn, the pool stays shut. The plan was described by the board as bold.

For the whole of 2024 Mrs Brook expects 500 visitors.

The library counted 9% more visits.

In 2023, the share of permits requested online reached 31%.
"""


def who(words: str) -> str:
    """The name that the sentence with `words` is attributed to; "" for nobody."""
    start = ARTICLE.rindex("\n", 0, ARTICLE.index(words)) + 1
    start = max(start, ARTICLE.rfind(". ", 0, ARTICLE.index(words)) + 2)
    found = attributed(ARTICLE, Span(start, ARTICLE.index(".", ARTICLE.index(words)) + 1))
    return found.name.of(ARTICLE) if found else ""


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("is to open in May", "Mayor Ada Brook"),
        ("fall to 5%", "the director of nursing"),
        ("402,000 visits", "The treasurer"),
        ("the pool stays shut", "Carl Dunn"),
        ("500 visitors", "Mrs Brook"),
    ],
)
def test_a_sentence_is_given_to_who_says_it(words: str, name: str) -> None:
    """Named in it, in the one before, or as the person that "she" stands for."""
    assert who(words) == name


@pytest.mark.parametrize("words", ["9% more visits", "Sick leave", "as bold", "requested online"])
def test_what_the_report_tells_itself_has_no_speaker(words: str) -> None:
    """A name behind other words holds for its own sentence only; "described by" and
    "permits requested" name nobody who speaks.
    """
    assert who(words) == ""


def test_the_sentence_that_names_is_told() -> None:
    """So that it can be quoted."""
    start = ARTICLE.index("The bridge")
    found = attributed(ARTICLE, Span(start, ARTICLE.index(" It is to cost")))
    assert found is not None and found.sentence.of(ARTICLE) == "Mayor Ada Brook opened the session."
