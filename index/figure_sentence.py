"""The figures of one sentence as Readings.

The figures share the sentence out between them; what the part of each says of thing, time, place
and sense is read in the modules named figure_..., and what it leaves out is taken from the figure
before or from the frame, which holds what the sentences before have said.

>>> from corpus.document import Document
>>> from index.figure_frame import setting_of
>>> text = "In Hai Duong the rate reached 92%."
>>> setting = setting_of(Document("a", "a", "", "article", text, ""))
>>> [(one.text, one.scope) for one in Sentence(Span(0, len(text)), text, (), Frame(), setting).readings()]
[('92%', 'Hai Duong')]
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.document import Span
from corpus.periods import Period, PeriodMention
from corpus.places import PlaceMention
from corpus.quantities import Quantity, find_quantities
from index.figure_frame import Frame, Setting, is_at_present
from index.figure_indicator import Words, tells_sense, with_tail, words_of
from index.figure_kind import is_change, kind_of
from index.figure_lists import (
    group_total,
    is_listed,
    led_in,
    paired_names,
    restates,
    sharing_predicate,
    sharing_units,
    sharing_words,
    words_around,
)
from index.figure_mentions import comparison_spans
from index.figure_names import NATION, named_places
from index.figure_period import StatedTime, is_way, times_of
from index.figure_relative import RelativeTime, relative_times, shifted
from index.figure_scope import opening_scope, place_said
from index.figure_segments import cut_segments
from index.reading import Known, Reading, ReadingKind

__all__ = ["Sentence"]

_PRONOUN = re.compile(r"(?:it|they|this|that|these|those|them|whom)\s(?=\w)", re.IGNORECASE)
_YEARLY = re.compile(r"\s(?:a|per|each|every) year\b|\sannually\b|\s?p\.a\.", re.IGNORECASE)
_AGAINST = re.compile(
    r"\b(?:against|exceed\w*|surpass\w*|above|below|beyond|short of|compared (?:to|with)|than|met|miss\w*|beat\w*)\b",
    re.IGNORECASE,
)
_OPENS_RANGE = frozenset({"between", "giữa", "zwischen", "entre"})
_THE = re.compile(r"\b(?:the|that|those|these) \Z", re.IGNORECASE)
_AND_TO = re.compile(r"\s*(?:and |or )?to [a-z]+\s")
_POINTS = re.compile(r"\spoints?\b(?=\s(?:higher|lower|up|down|more|less|above|below|better|worse)\b)")
_BY = re.compile(r"\bby(?: about| over| nearly)?\s\Z")
_GOES_ON = ("target", "estimate", "change")
_TO = re.compile(r"\bto\s\Z")


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure with what its own part of the sentence says."""

    quantity: Quantity
    span: Span  # in the sentence, as all spans here
    part: Span
    before: str
    after: str
    is_signed: bool
    time: StatedTime
    words: Words
    place: str  # that its part names, "" for none
    total: float | None
    is_listed: bool  # in one list with the figure before it


@dataclass(slots=True)
class Sentence:
    """A sentence, the periods that it names, and what is said around it."""

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
        of_shares = any(one.unit == "%" for one in quantities)
        quantities = sharing_units(self.text, [_plain(self.text, one, of_shares=of_shares) for one in quantities])
        spans = [Span(quantity.start, quantity.end) for quantity in quantities]
        own = self.setting.surroundings
        places = named_places(self.text, spans, own.local)
        opened = opening_scope(self.text, places, self.frame.part_meant(self.setting), own.body, own.nation)
        pairs = paired_names(self.text, spans, [Span(place.start, place.end) for place in places])
        figures = self._figures(quantities, spans, places, opened, pairs)
        readings: list[Reading] = []
        for position in range(len(figures)):
            readings.append(self._reading(figures[: position + 1], readings, "" if pairs else opened, bool(pairs)))
        return sharing_predicate(self.text, spans, readings, [figure.words for figure in figures])

    def _figures(
        self,
        quantities: Sequence[Quantity],
        spans: Sequence[Span],
        places: Sequence[PlaceMention],
        opened: str,
        pairs: Mapping[int, int],
    ) -> list[_Figure]:
        """The figures with what is theirs: `pairs` deals out `places`, `opened` is whom the sentence speaks of."""
        parts = cut_segments(self.text, spans)
        comparisons = comparison_spans(self.text, self.mentions)
        around = words_around(self.text, spans, parts, comparisons, self.mentions)
        signed = [_is_signed(self.text, quantity) for quantity in quantities]
        changes = [
            plus or is_change(before, after, quantity.unit)
            for plus, (before, after), quantity in zip(signed, around, quantities, strict=True)
        ]
        relatives = [
            one
            for one in relative_times(self.text)
            if not any(mention.start < one.end and one.start < mention.end for mention in self.mentions)
        ]
        times = times_of(self.text, spans, parts, self.mentions, changes, relatives)
        holes = self._holes(comparisons, places, relatives, opened)
        words = [
            words_of(self.text, span, part, holes, is_rank=quantity.unit == "rank")
            for span, part, quantity in zip(spans, parts, quantities, strict=True)
        ]
        group = group_total(self.text, quantities)
        words = sharing_words(self.text, spans, quantities, words, in_group=group is not None, paired=bool(pairs))
        figures = []
        for n, quantity in enumerate(quantities):
            if pairs:
                place = places[pairs[n]].name if n in pairs else ""
            else:
                place = self._place(n, quantity, spans, parts, places)
            in_group = n > 0 and quantity.unit in ("count", "rank") and quantity.total is None
            total = group if in_group else quantity.total
            listed = n > 0 and is_listed(self.text, spans[n - 1], spans[n])
            figures.append(
                _Figure(quantity, spans[n], parts[n], *around[n], signed[n], times[n], words[n], place, total, listed)
            )
        return figures

    def _holes(
        self,
        comparisons: Sequence[Span],
        places: Sequence[PlaceMention],
        relatives: Sequence[RelativeTime],
        opened: str,
    ) -> tuple[Span, ...]:
        """What is no part of what is measured: times, places, the nation, the body spoken of."""
        names = filter(None, {self.setting.surroundings.body, opened})
        bodies = [match for name in names for match in re.finditer(rf"\b{re.escape(name)}\b(?:['’]s?)?", self.text)]
        return (
            *(led_in(self.text, Span(mention.start, mention.end)) for mention in self.mentions),
            *comparisons,
            *(Span(one.start, one.end) for one in relatives),
            *(led_in(self.text, Span(place.start, place.end)) for place in places),
            *(Span(*match.span()) for match in NATION.finditer(self.text)),
            *(Span(*match.span()) for match in bodies),
        )

    def _place(
        self,
        position: int,
        quantity: Quantity,
        spans: Sequence[Span],
        parts: Sequence[Span],
        places: Sequence[PlaceMention],
    ) -> str:
        """The place that a figure's part names; both ends of a way, "from 41% to 56% in the north", have one."""
        part = parts[position]
        if position + 1 < len(spans) and is_way(self.text, spans[position], spans[position + 1]):
            part = Span(part.start, parts[position + 1].end)
        nation = self.setting.surroundings.nation
        return place_said(self.text, part, spans[position], places, nation, is_rank=quantity.unit == "rank")

    def _reading(self, figures: Sequence[_Figure], readings: Sequence[Reading], opened: str, paired: bool) -> Reading:
        """The reading of the last of `figures`; `readings` are those of the figures before it."""
        figure = figures[-1]
        quantity, time = figure.quantity, figure.time
        kind = self._kind(figure, readings)
        scope, scope_known = self._scope(figure.place, opened, () if paired else readings)
        period, period_known = self._period(figures, kind, readings)
        indicator, indicator_known = self._indicator(figures, kind, readings)
        earlier = self._meant(figure)
        if earlier:
            indicator, indicator_known = earlier.indicator, "carried"
            if earlier.scope and not figure.place:
                scope, scope_known = earlier.scope, "carried"
        return Reading(
            document_id=self.setting.document.id,
            start=self.span.start + figure.span.start,
            end=self.span.start + figure.span.end,
            text=figure.span.of(self.text),
            sentence=self.span,
            value=quantity.value,
            value_to=quantity.value_to,
            total=figure.total,
            unit=quantity.unit,
            hedge=quantity.hedge,
            indicator=indicator,
            indicator_known=indicator_known,
            period=period,
            period_known=period_known,
            scope=scope,
            scope_known=scope_known,
            kind=kind,
            baseline=shifted(period, time.baseline_back) if period and time.baseline_back else time.baseline,
            comparison=time.comparison,
        )

    def _kind(self, figure: _Figure, readings: Sequence[Reading]) -> ReadingKind:
        """The kind of a figure by its own words, else by what it goes on with."""
        kind = kind_of(
            figure.before,
            figure.after,
            unit=figure.quantity.unit,
            of_total=figure.total is not None,
            is_past=self.setting.is_past(figure.time.period),
            is_ahead=self.setting.is_ahead(figure.time.period),
            hedge=figure.quantity.hedge,
            signed=figure.is_signed,
        )
        if not readings:
            return kind
        if kind == "actual" and not figure.words.text and not _TO.search(figure.before):
            kind = self._kind_of_neighbour(figure, readings[-1])
        if readings[-1].kind in _GOES_ON and kind in ("actual", "change"):
            kind = _kind_going_on(figure.before, kind, readings[-1].kind)
        return kind

    def _kind_of_neighbour(self, figure: _Figure, before: Reading) -> ReadingKind:
        """The kind of the figure before, for one without words of its own in its brackets or list."""
        if before.kind != "change" and (figure.time.is_aside or self.setting.is_past(figure.time.period)):
            return "actual"  # "hopes for 300, after 270 in 2023"
        bracketed = self.text[before.end - self.span.start : figure.span.start].strip() == "("
        alike = bracketed or (figure.is_listed and figure.quantity.unit == before.unit)
        return before.kind if alike and before.kind in _GOES_ON else "actual"

    def _meant(self, figure: _Figure) -> Reading | None:
        """The figure told before that "the 92 percent" means, and "40 million" in "40 million is the target"."""
        definite = figure.quantity.unit != "count" and _THE.search(self.text[: figure.span.start])
        called = definite or tells_sense(self.text[figure.span.end :])
        return self.frame.told_as(figure.quantity) if called else None

    def _scope(self, said: str, opened: str, readings: Sequence[Reading]) -> tuple[str, Known | None]:
        if said:
            return said, "stated"
        if readings and readings[-1].scope_known == "stated":
            return readings[-1].scope, "stated"
        return (opened, "stated") if opened else self.frame.scope_for(self.setting)

    def _period(
        self, figures: Sequence[_Figure], kind: ReadingKind, readings: Sequence[Reading]
    ) -> tuple[Period | None, Known | None]:
        figure = figures[-1]
        time = figure.time
        if time.period:
            return time.period, "stated"
        if kind == "change" and _YEARLY.match(self.text, figure.span.end):  # "by 5% a year" is of no one year
            return None, None
        main = [reading for reading, its in zip(readings, figures, strict=False) if not its.time.is_aside]
        if time.relation == "before":  # where a change began; the record may not say when
            known: Known | None
            if main:
                period, known = main[-1].period, main[-1].period_known
            else:
                period, known = self.frame.period_for(self.text, kind, self.setting)
            if not time.months_back or not period:
                return None, None
            return shifted(period, time.months_back), known if time.is_span else "stated"
        if main and self._shares_time(figure, kind, main[-1]):
            return main[-1].period, main[-1].period_known
        return self.frame.period_for(self.text, kind, self.setting)

    def _shares_time(self, figure: _Figure, kind: ReadingKind, before: Reading) -> bool:
        """Whether a figure without a time of its own is of that of the figure before it in the sentence."""
        if is_at_present(figure.part.of(self.text)):
            return False
        enclosed = "(" in self.text[: before.start - self.span.start].rpartition(")")[2]
        between = self.text[before.end - self.span.start : figure.span.start]
        is_own_target = kind == "target" and before.kind != "target" and not _AGAINST.search(between)
        return before.period_known == "stated" and not enclosed and not is_own_target

    def _indicator(
        self, figures: Sequence[_Figure], kind: ReadingKind, readings: Sequence[Reading]
    ) -> tuple[str, Known]:
        """What a figure measures; where its own words do not say, what the one before does."""
        figure = figures[-1]
        measured = figure.words
        if measured.owner or (measured.thing and not measured.tail):
            owner = measured.owner
            if figure.is_listed and not owner:
                owner = figures[-2].words.owner
            text = Words(owner, measured.thing).text
            pronoun = _PRONOUN.match(text)
            told = readings or (self.frame.told[-1] if self.frame.told else ())
            if pronoun and told:
                text = f"{told[-1].indicator.split(' … ')[0]} {text[pronoun.end() :]}"
            return text, "stated"
        known: Known = "carried"
        if readings:
            before = readings[-1]
            if len(readings) > 1 and restates(self.text[figures[-3].span.end : figures[-2].span.start]):
                before = readings[-2]
            inherited, known = before.indicator, before.indicator_known
        else:
            inherited = self.frame.measure_before(figure.quantity, kind)
        if measured.tail and inherited:
            return with_tail(inherited, measured.tail), known
        return inherited or measured.tail, known


def _kind_going_on(before: str, kind: ReadingKind, previous: ReadingKind) -> ReadingKind:
    """The kind of a figure that goes on with the sense of the one before: "and to plant", "or 78% of the plan"."""
    if previous == "target" and _AND_TO.match(before):
        return previous
    if previous == "change":  # "exports to Japan rose by 9%, to Korea by 4%"
        return previous if _BY.search(before) else kind
    return previous if kind == "actual" and restates(before) else kind


def _plain(sentence: str, quantity: Quantity, *, of_shares: bool) -> Quantity:
    """A quantity as a reading has it.

    "81 per 100,000" counts 81, a range with "between" is no vague figure, and "6.1 points lower" are
    percentage points in a sentence that is about shares.
    """
    points = _POINTS.match(sentence, quantity.end)
    if points and quantity.unit == "count":
        return replace(quantity, unit="percentage points" if of_shares else "points", end=points.end())
    if quantity.unit.startswith("per "):
        end = sentence.index("per ", quantity.number_start)
        return replace(quantity, unit="count", end=len(sentence[:end].rstrip()))
    return replace(quantity, hedge="") if quantity.value_to is not None and quantity.hedge in _OPENS_RANGE else quantity


def _is_signed(sentence: str, quantity: Quantity) -> bool:
    """Whether a plus stands in front of the number: "+3%"."""
    start = quantity.number_start
    return sentence[max(0, start - 1) : start + 1][:2].strip()[:1] in "+±"
