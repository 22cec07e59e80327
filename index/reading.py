"""A Reading: one figure of the record, with what it measures, when, of whom, and in what sense.

Plain frozen data; how it is found is told in index/figures.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.document import Span
from corpus.periods import Period

__all__ = ["Known", "Reading", "ReadingKind"]

ReadingKind = Literal["actual", "estimate", "target", "change", "rank", "count"]
# In the figure's own sentence; in one before it or a heading; from the document as a whole (its day, its country).
Known = Literal["stated", "carried", "inferred"]


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure at its place: `document.text[start:end] == text`."""

    document_id: str
    start: int
    end: int
    text: str  # with hedge and unit: "about 38.3%", "over 55.25 million", "477/832"
    sentence: Span  # the sentence it stands in
    value: float  # written out: 13200000.0 for 13.2 million, 477.0 for 477/832, 3.0 for 3-4 times
    value_to: float | None  # upper end of a range: 4.0 for 3-4 times
    total: float | None  # what a count or rank is out of: 832.0 for 477/832
    unit: str  # "%", "times", "rank", "count", "percentage points", an ISO 4217 code, else as written: "km"
    hedge: str  # "about", "over", "nearly", …; "" for an exact figure
    indicator: str  # what it measures, in the record's words: "rate of online records"
    indicator_known: Known
    period: Period | None  # None where the record does not say
    period_known: Known | None
    scope: str  # place or organisation that it is of; "" where the record does not say
    scope_known: Known | None
    kind: ReadingKind
    baseline: Period | None = None  # what a change is measured against
    comparison: str = ""  # the words of that: "compared to 2022"
