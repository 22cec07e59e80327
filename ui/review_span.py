"""Words that were selected on the page as a place in the document's own text.

The page shows a text with control characters as spaces and direction marks spelled out, so that a
place on the page is a paragraph and a count of characters as they are shown. It is turned back here,
and taken only when the document says there what was selected. Knows nothing of HTML.

>>> # chosen_span(document, Selected((120, 4), (120, 30), "reached 45% in 2024"))
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.document import Document, Span
from corpus.errors import InputError
from ui.page_document import paragraphs
from ui.review_queue import number_of, text_of
from ui.wording import visible

__all__ = ["LONGEST_CHOICE", "Selected", "chosen_span"]

LONGEST_CHOICE = 2000  # characters


@dataclass(frozen=True, slots=True)
class Selected:
    """What a browser says is selected; nothing of it is trusted."""

    document_id: str
    first: tuple[int, int]  # where the paragraph starts in the document, and characters as shown from there
    last: tuple[int, int]  # the same, behind the last character
    words: str  # as they are shown

    @classmethod
    def of(cls, values: Mapping[str, object]) -> Selected | None:
        """From what the page sent; None where nothing is chosen."""
        words = text_of(values, "words", 2 * LONGEST_CHOICE)
        if not words.strip():
            return None
        first = (number_of(values, "first"), number_of(values, "first_offset"))
        last = (number_of(values, "last"), number_of(values, "last_offset"))
        return cls(text_of(values, "document"), first, last, words)


def chosen_span(document: Document, selected: Selected) -> Span:
    """Where the document says what was selected, without white space at its ends.

    Raises InputError when it does not say it there.
    """
    start, end = _place(document, *selected.first), _place(document, *selected.last)
    if start is None or end is None or start >= end:
        raise _stale(document)
    text = document.text[start:end]
    start, end = end - len(text.lstrip()), start + len(text.rstrip())
    quote = document.text[start:end]
    if not quote or visible(quote).split() != selected.words.split():
        raise _stale(document)
    if len(quote) > LONGEST_CHOICE:
        raise InputError(f"{len(quote):,} characters are chosen; choose at most {LONGEST_CHOICE:,}: a sentence or two.")
    return Span(start, end)


def _place(document: Document, paragraph_start: int, shown: int) -> int | None:
    """The offset of the character before which `shown` characters of a paragraph stand on the page."""
    paragraph = next((span for span in paragraphs(document) if span.start == paragraph_start), None)
    if paragraph is None or shown < 0:
        return None
    passed = 0
    for offset in range(paragraph.start, paragraph.end):
        if passed >= shown:
            return offset
        passed += len(visible(document.text[offset]))
    return paragraph.end if passed >= shown else None


def _stale(document: Document) -> InputError:
    return InputError(
        f"The words that are chosen do not stand there in {document.name}; it may have changed. "
        "Load the page again and choose them anew."
    )
