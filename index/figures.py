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
from dataclasses import dataclass, replace

from corpus.document import Document, Span
from corpus.periods import Period, PeriodMention, find_periods
from corpus.places import PlaceMention, find_places
from corpus.quantities import Quantity, find_quantities
from index.figure_frame import Frame, Setting, is_at_present, setting_of
from index.figure_indicator import Words, with_tail, words_of
from index.figure_kind import is_change, kind_of, remark_of
from index.figure_lists import group_total, is_listed, led_in, sharing_predicate, sharing_units, words_around
from index.figure_mentions import comparison_spans, mentions_of
from index.figure_names import NATION, named_places
from index.figure_period import StatedTime, times_of
from index.figure_scope import opening_scope, place_said
from index.figure_segments import cut_segments
from index.figure_tables import Table
from index.reading import Known, Reading, ReadingKind

__all__ = ["find_readings"]

HEADING_CHARACTERS = 110
_ENDS_SENTENCE = re.compile(r"[.!?…;,:][\"'”’)\]]*\Z")
_PRONOUN = re.compile(r"(?:it|they|this|that|these|those)\s(?=\w)", re.IGNORECASE)
_TO = re.compile(r"\bto\s\Z")


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
        readings = _Sentence(span, sentence, mentions, frame, setting).readings()
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
        elif label in setting.surroundings.local or find_places(label):
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


@dataclass(slots=True)
class _Sentence:
    """One sentence whose figures are read, one after the other."""

    span: Span
    text: str
    mentions: Sequence[PeriodMention]
    frame: Frame
    setting: Setting

    def readings(self) -> list[Reading]:
        """The readings of the sentence, by position."""
        quantities = find_quantities(self.text, language=self.setting.document.language)
        if not quantities:
            return []
        quantities = sharing_units(self.text, quantities)
        figures = [Span(quantity.start, quantity.end) for quantity in quantities]
        segments = cut_segments(self.text, figures)
        comparisons = comparison_spans(self.text, self.mentions)
        around = words_around(self.text, figures, segments, comparisons, self.mentions)
        signed = [_is_signed(self.text, quantity) for quantity in quantities]
        changes = [
            plus or is_change(before, after, quantity.unit)
            for plus, (before, after), quantity in zip(signed, around, quantities, strict=True)
        ]
        times = times_of(self.text, figures, segments, self.mentions, changes)
        places = named_places(self.text, figures, self.setting.surroundings.local)
        holes = self._holes(comparisons, places)
        own = self.setting.surroundings
        opened = opening_scope(self.text, places, self.frame.part_meant(self.setting), own.body, own.nation)
        group = group_total(self.text, quantities)
        readings: list[Reading] = []
        words: list[Words] = []
        for position, (quantity, figure, segment, time) in enumerate(
            zip(quantities, figures, segments, times, strict=True)
        ):
            is_rank = quantity.unit == "rank"
            in_group = position > 0 and quantity.unit == "count" and quantity.total is None
            total = group if in_group else quantity.total
            measured = words_of(self.text, figure, segment, holes, is_rank=is_rank)
            listed = bool(readings) and is_listed(self.text, figures[position - 1], figure)
            kind = self._kind(quantity, *around[position], total=total, time=time, signed=signed[position])
            if kind == "actual" and not measured.text and not _TO.search(around[position][0]):
                kind = self._kind_of_neighbour(figure, quantity, readings, listed=listed)
            said = place_said(self.text, segment, figure, places, own.nation, is_rank=is_rank)
            scope, scope_known = self._scope(said, opened, readings)
            period, period_known = self._period(segment, time, kind, readings)
            words.append(measured)
            indicator, indicator_known = self._indicator(quantity, kind, words, readings, listed=listed)
            readings.append(
                Reading(
                    document_id=self.setting.document.id,
                    start=self.span.start + figure.start,
                    end=self.span.start + figure.end,
                    text=figure.of(self.text),
                    sentence=self.span,
                    value=quantity.value,
                    value_to=quantity.value_to,
                    total=total,
                    unit=quantity.unit,
                    hedge=quantity.hedge,
                    indicator=indicator,
                    indicator_known=indicator_known,
                    period=period,
                    period_known=period_known,
                    scope=scope,
                    scope_known=scope_known,
                    kind=kind,
                    baseline=time.baseline,
                    comparison=time.comparison,
                )
            )
        return sharing_predicate(self.text, figures, readings, words)

    def _holes(self, comparisons: Sequence[Span], places: Sequence[PlaceMention]) -> tuple[Span, ...]:
        """What is no part of what is measured: times, places, the nation, the body that the document is about."""
        body = self.setting.surroundings.body
        bodies = re.finditer(rf"{re.escape(body)}(?:['’]s?)?", self.text) if body else ()
        return (
            *(led_in(self.text, Span(mention.start, mention.end)) for mention in self.mentions),
            *comparisons,
            *(led_in(self.text, Span(place.start, place.end)) for place in places),
            *(Span(*match.span()) for match in NATION.finditer(self.text)),
            *(Span(*match.span()) for match in bodies),
        )

    def _kind(
        self, quantity: Quantity, before: str, after: str, *, total: float | None, time: StatedTime, signed: bool
    ) -> ReadingKind:
        return kind_of(
            before,
            after,
            unit=quantity.unit,
            of_total=total is not None,
            is_past=self.setting.is_past(time.period),
            hedge=quantity.hedge,
            signed=signed,
        )

    def _kind_of_neighbour(
        self, figure: Span, quantity: Quantity, readings: Sequence[Reading], *, listed: bool
    ) -> ReadingKind:
        """The kind of the figure before, for one without words of its own in its brackets or list."""
        if not readings:
            return "actual"
        before = readings[-1]
        bracketed = self.text[before.end - self.span.start : figure.start].strip() == "("
        alike = bracketed or (listed and quantity.unit == before.unit)
        return before.kind if alike and before.kind in ("change", "target", "estimate") else "actual"

    def _scope(self, said: str, opened: str, readings: Sequence[Reading]) -> tuple[str, Known | None]:
        if said:
            return said, "stated"
        if readings and readings[-1].scope_known == "stated":
            return readings[-1].scope, "stated"
        return (opened, "stated") if opened else self.frame.scope_for(self.setting)

    def _period(
        self, segment: Span, time: StatedTime, kind: ReadingKind, readings: Sequence[Reading]
    ) -> tuple[Period | None, Known | None]:
        if time.period:
            return time.period, "stated"
        if time.relation == "before":  # where a change began; the record does not say when
            return None, None
        if readings and self._shares_time(segment, kind, readings[-1]):
            return readings[-1].period, readings[-1].period_known
        return self.frame.period_for(self.text, kind, self.setting)

    def _shares_time(self, segment: Span, kind: ReadingKind, before: Reading) -> bool:
        """Whether a figure without a time of its own is of that of the figure before it in the sentence."""
        if is_at_present(segment.of(self.text)):
            return False
        enclosed = "(" in self.text[: before.start - self.span.start].rpartition(")")[2]
        return before.period_known == "stated" and not enclosed and (kind != "target" or before.kind == "target")

    def _indicator(
        self,
        quantity: Quantity,
        kind: ReadingKind,
        words: Sequence[Words],
        readings: Sequence[Reading],
        *,
        listed: bool,
    ) -> tuple[str, Known]:
        """What a figure measures; where its own words, the last of `words`, do not say, what the one before does."""
        measured = words[-1]
        if measured.owner or (measured.thing and not measured.tail):
            owner = measured.owner
            if listed and len(words) > 1 and not owner:
                owner = words[-2].owner
            text = Words(owner, measured.thing).text
            pronoun = _PRONOUN.match(text)
            if pronoun and readings:
                text = f"{readings[-1].indicator.split(' … ')[0]} {text[pronoun.end() :]}"
            return text, "stated"
        known: Known = "carried"
        if readings:
            inherited, known = readings[-1].indicator, readings[-1].indicator_known
        else:
            inherited = self.frame.measure_before(quantity, kind)
        if measured.tail and inherited:
            return with_tail(inherited, measured.tail), known
        return inherited or measured.tail, known


def _is_signed(sentence: str, quantity: Quantity) -> bool:
    """Whether a plus stands in front of the number: "+3%"."""
    start = quantity.number_start
    return sentence[max(0, start - 1) : start + 1][:2].strip()[:1] in "+±"
