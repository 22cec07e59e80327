"""The year a document speaks from, where a sentence names none.

>>> from corpus.document import Document
>>> reference_year(Document("d", "a.txt", "", "article", "In the first quarter of 2024 one more opened.", "a.txt"))
2024
"""

from __future__ import annotations

from corpus.document import Document
from corpus.periods import find_periods

__all__ = ["reference_year"]


def reference_year(document: Document) -> int | None:
    """The year of the meeting or the report, else the latest year told of as past or present.

    Plans and targets ("by 2025", "to 2030") and comparisons do not count. None when no year is told.
    """
    day = document.held_on or document.published_on
    if day:
        return day.year
    told = [mention.period.end.year for mention in find_periods(document.text) if mention.relation in {"in", "since"}]
    return max(told, default=None)
