"""Every figure of a document as a Reading: what it measures, when, of whom, in what sense.

A document is walked sentence by sentence. The figures of a sentence share it out between them
(index/figure_segments.py); each is told of what its own part says, and of what the sentence, the
paragraph, the heading and at last the document say where its part is silent. No model takes
part: the same text gives the same readings everywhere. Knows nothing of storage and questions.

>>> text = "The rate of online records reached 92% in 2024."
>>> report = Document("a", "a", "", "article", text, "", None, None)
>>> [(one.text, one.indicator, one.period.label) for one in find_readings(report, [Span(0, len(text))])]
[('92%', 'rate of online records', '2024')]
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from corpus.document import Document, Span
from corpus.periods import find_periods
from corpus.places import find_places
from index.figure_frame import Frame, Setting, setting_of
from index.figure_kind import remark_of
from index.figure_mentions import mentions_of
from index.figure_sentence import Sentence
from index.figure_tables import Table
from index.reading import Reading, ReadingKind

__all__ = ["find_readings"]

HEADING_CHARACTERS = 110
_ENDS_SENTENCE = re.compile(r"[.!?…;,:][\"'”’)\]]*\Z")


def find_readings(document: Document, sentences: Sequence[Span]) -> list[Reading]:
    """The readings in `sentences` (offsets in the document's text, in order), by position."""
    setting = setting_of(document)
    frame = Frame()
    turns = [turn.start for turn in document.utterances]
    previous_end = 0
    found: list[Reading] = []
    for span in sentences:
        sentence = span.of(document.text)
        if "\n" in document.text[previous_end : span.start]:
            frame.open_paragraph(sentence, is_talk=bool(turns))
        previous_end = span.end
        if _is_heading(document, span, turns):
            frame.take_heading(sentence, setting)
        if " | " not in sentence:
            frame.table = None
        elif frame.table is None:
            frame.table = Table.opened_by(sentence)
            continue
        mentions = mentions_of(sentence, setting.year, setting.order, dated=document.held_on or document.published_on)
        readings = Sentence(span, sentence, mentions, frame, setting).readings()
        if frame.table:
            found += [_in_table(reading, frame.table, sentence, frame, setting) for reading in readings]
            continue
        if not readings and frame.told and (kind := remark_of(sentence)):
            frame.told[-1] = [_remarked(reading, kind, found) for reading in frame.told[-1]]
        found += readings
        frame.take_sentence(sentence, mentions, readings, setting)
    return found


def _is_heading(document: Document, span: Span, turns: Sequence[int]) -> bool:
    """A short line of its own that ends without a stop, outside of talk."""
    text = document.text
    alone = (span.start == 0 or text[span.start - 1] == "\n") and (span.end == len(text) or text[span.end] == "\n")
    if not alone or span.end - span.start > HEADING_CHARACTERS or _ENDS_SENTENCE.search(span.of(text)):
        return False
    position = bisect_right(turns, span.start) - 1
    return position < 0 or document.utterances[position].end <= span.start


def _in_table(reading: Reading, table: Table, row: str, frame: Frame, setting: Setting) -> Reading:
    """A reading of a table's cell: the heads of its column and row say what, when or where, each what it is fit for."""
    labels = [label for label in table.labels(row, reading.start - reading.sentence.start) if label]
    words = []
    for label in labels:
        periods = find_periods(label, year_hint=setting.year)
        if periods:
            reading = replace(reading, period=periods[0].period, period_known="stated")
        elif label in setting.surroundings.local or find_places(f"in {label}"):
            reading = replace(reading, scope=label, scope_known="stated")
        else:
            words.append(label)
    return replace(
        reading,
        indicator=" ".join(filter(None, (frame.topic, *words))),
        indicator_known="carried",
        kind=reading.kind if any(remark_of(label) for label in labels) else "actual",
    )


def _remarked(reading: Reading, kind: ReadingKind, found: list[Reading]) -> Reading:
    """The reading in the sense that a remark behind it gives it, put in its place in `found`."""
    remarked = replace(reading, kind=kind)
    found[found.index(reading)] = remarked
    return remarked
