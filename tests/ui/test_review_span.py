"""Words selected on the page as a place in the document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from corpus.errors import InputError
from ui.page_document import paragraphs
from ui.review_span import LONGEST_CHOICE, Selected, chosen_span
from ui.wording import visible

TEXT = "First paragraph.\n\nThe rate\u202e reached 45 %\x07 in 2024. 🎉 So it was.\n\nLast one."
DOCUMENT = Document("d1", "report.txt", "Report", "article", TEXT, "report.txt")


def selected(document: Document, start: int, end: int, words: str | None = None) -> Selected:
    """What the page sends when `start` to `end` is selected: counted as it shows the text."""
    ends = []
    for offset in (start, end):
        paragraph = next(span for span in reversed(paragraphs(document)) if span.start <= offset <= span.end)
        ends.append((paragraph.start, len(visible(document.text[paragraph.start : offset]))))
    return Selected(document.id, ends[0], ends[1], visible(document.text[start:end]) if words is None else words)


@pytest.mark.parametrize("words", ["First paragraph.", "The rate\u202e reached 45 %", "🎉 So", "in 2024", "Last one."])
def test_the_words_are_found_at_their_place(words: str) -> None:
    """Behind marks that the page spells out, and characters that count as two elsewhere."""
    start = TEXT.index(words)
    span = chosen_span(DOCUMENT, selected(DOCUMENT, start, start + len(words)))
    assert span.of(TEXT) == words


def test_white_space_at_the_ends_is_not_a_part() -> None:
    """Who selects a paragraph gets its words."""
    start = TEXT.index(" in 2024. ")
    assert chosen_span(DOCUMENT, selected(DOCUMENT, start, start + len(" in 2024. "))).of(TEXT) == "in 2024."


def test_a_choice_may_go_over_paragraphs() -> None:
    """Both ends have their own paragraph."""
    start, end = TEXT.index("So it"), TEXT.index("Last") + 4
    assert chosen_span(DOCUMENT, selected(DOCUMENT, start, end)).of(TEXT) == "So it was.\n\nLast"


PLACES = [span.start for span in paragraphs(DOCUMENT)]


@given(st.sampled_from(PLACES), st.integers(0, 60), st.sampled_from(PLACES), st.integers(0, 60), st.text(max_size=12))
def test_what_a_browser_makes_up_is_never_taken(first: int, before: int, last: int, after: int, words: str) -> None:
    """Only what the document says there, word for word, is a choice."""
    made_up = Selected("d1", (first, before), (last, after), words)
    try:
        span = chosen_span(DOCUMENT, made_up)
    except InputError:
        return
    assert visible(span.of(TEXT)).split() == words.split()


@pytest.mark.parametrize(
    ("first", "last"), [((5, 0), (5, 4)), ((0, -1), (0, 5)), ((0, 0), (0, 999)), ((0, 5), (0, 0)), ((-1, -1), (-1, -1))]
)
def test_a_place_that_is_none_is_refused(first: tuple[int, int], last: tuple[int, int]) -> None:
    """In no paragraph, before or behind one, or the wrong way round."""
    with pytest.raises(InputError, match="do not stand there"):
        chosen_span(DOCUMENT, Selected("d1", first, last, "First"))


def test_a_choice_is_no_essay() -> None:
    """The message says how long it may be."""
    long = Document("d2", "long.txt", "", "article", "word " * LONGEST_CHOICE, "long.txt")
    with pytest.raises(InputError, match="choose at most 2,000"):
        chosen_span(long, selected(long, 0, len(long.text)))


def test_nothing_selected_is_no_choice() -> None:
    """Nor is what has no words."""
    assert Selected.of({}) is None
    assert Selected.of({"words": "  "}) is None
    assert Selected.of({"words": "x", "document": "d1", "first": "a"}) == Selected("d1", (-1, -1), (-1, -1), "x")
