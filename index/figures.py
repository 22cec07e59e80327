"""Every figure of a document as a Reading: what it measures, when, of whom, in what sense.

A document is walked sentence by sentence. The figures of a sentence share it out between them
(index/figure_segments.py); each is told of what its own part says, and of what the sentence, the
paragraph, the heading and at last the document say where its part is silent. No model takes
part: the same text gives the same readings everywhere. Knows nothing of storage and questions.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from corpus.dates import DateOrder, date_order
from corpus.document import Document, Span
from corpus.periods import Period, PeriodMention, find_periods
from corpus.places import find_places
from corpus.quantities import Quantity, find_quantities
from index.figure_indicator import Words, measure_named, with_tail, words_of
from index.figure_kind import is_change, kind_of, remark_of
from index.figure_period import StatedTime, comparison_spans, opening_mention, own_times, times_of
from index.figure_scope import (
    NATION,
    Said,
    Surroundings,
    is_part,
    named_places,
    opening_scope,
    place_said,
    surroundings_of,
)
from index.figure_segments import cut_segments
from index.figure_tables import Table
from index.reading import Known, Reading, ReadingKind
from index.reference_year import reference_year

__all__ = ["find_readings"]

_TAKES_UP = re.compile(
    r"(?:regarding|as for|in terms of|with regard to|with respect to|concerning|in addition|besides|also|meanwhile|về)\b",
    re.IGNORECASE,
)
_MOVES_ON = re.compile(
    r"\A(?:next|then|now|what about|how about|and the)\b|\bplease\b|\bnext (?:point|item)\b", re.IGNORECASE
)
ANNOUNCEMENT_WORDS = 8  # of a sentence that only says what a call comes to
_HALF_YEAR = re.compile(r"\b(?:half-year|interim|six-month|first-half)\b", re.IGNORECASE)
HEADING_CHARACTERS = 110
ELLIPSIS_REACH = 6  # sentences with figures back to which "and Hai Duong has 92 percent" may refer
_AT_PRESENT = re.compile(
    r"\b(?:currently|at present|presently|now|so far|to date|up to now|until now|as of (?:now|today)|today|hiện nay|hiện có|đến nay)\b",
    re.IGNORECASE,
)
_ENDS_SENTENCE = re.compile(r"[.!?…;,:][\"'”’)\]]*\Z")


@dataclass(slots=True)
class _Frame:
    """What the sentences before have said, as far as it still holds."""

    period: Period | None = None  # of the paragraph
    heading_period: Period | None = None
    scope: str = ""  # of the paragraph
    heading_scope: str = ""
    last_part: str = ""  # the province, city … named last: what "the province" means
    told: list[list[Reading]] = field(default_factory=list)  # readings by sentence
    is_present: bool = False  # the paragraph speaks of the present
    announced: str = ""  # the place that a call has come to: "Next, Quang Binh."
    table: Table | None = None
    topic: str = ""  # the measure that a sentence without figures spoke of after those

    def open_paragraph(self, sentence: str, *, is_talk: bool) -> None:
        """Forget what held for the paragraph before, unless this one takes up its thread.

        In talk a turn goes on about the place that the turns before were about.
        """
        if not _TAKES_UP.match(sentence):
            self.period, self.is_present = None, False
            self.scope = self.announced if is_talk else ""


@dataclass(frozen=True, slots=True)
class _Setting:
    """What holds for the whole document."""

    document: Document
    surroundings: Surroundings
    year: int | None
    today: date | None  # the day it speaks from

    @property
    def present(self) -> Period | None:
        """The month in which what holds "at present" holds; None for a report without a date."""
        day = self.document.held_on or self.document.published_on
        if day is None:
            return None
        first = day.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return Period(first, last, f"{day:%B %Y}")


def find_readings(document: Document, sentences: Sequence[Span]) -> list[Reading]:
    """The readings in `sentences` (offsets in the document's text, in order), by position."""
    year = reference_year(document)
    day = document.held_on or document.published_on
    setting = _Setting(document, surroundings_of(document), year, day or (date(year, 1, 1) if year else None))
    frame = _Frame()
    order = date_order(document.language, document.text)
    previous_end = 0
    found: list[Reading] = []
    starts = [turn.start for turn in document.utterances]
    for span in sentences:
        between = document.text[previous_end : span.start]
        sentence = span.of(document.text)
        if "\n" in between:
            frame.open_paragraph(sentence, is_talk=bool(starts))
        previous_end = span.end
        if _is_heading(document, span, starts):
            _take_heading(sentence, frame, setting)
        if " | " not in sentence:
            frame.table = None
        elif frame.table is None:
            frame.table = Table.opened_by(sentence)
            continue
        mentions = own_times(sentence, _mentions(sentence, year, order, setting))
        readings = _of_sentence(span, sentence, mentions, frame, setting)
        if frame.table:
            readings = [_in_table(reading, frame.table, sentence, frame, setting) for reading in readings]
        if not readings and frame.told and (kind := remark_of(sentence)):
            frame.told[-1] = [_remarked(reading, kind, found) for reading in frame.told[-1]]
        found += readings
        if frame.table:
            continue
        if readings:
            frame.told.append(readings)
            frame.topic = ""
        else:
            frame.topic = measure_named(sentence) or frame.topic
        _advance(sentence, mentions, bool(readings), frame, setting)
    return found


def _in_table(reading: Reading, table: Table, row: str, frame: _Frame, setting: _Setting) -> Reading:
    """A reading of a table's cell: the heads of its column and row say what, when or where, each what it is fit for."""
    labels = [label for label in table.labels(row, reading.start - reading.sentence.start) if label]
    period, scope, words = reading.period, reading.scope, []
    known, scope_known = reading.period_known, reading.scope_known
    for label in labels:
        periods = find_periods(label, year_hint=setting.year)
        if periods:
            period, known = periods[0].period, "stated"
        elif label in setting.surroundings.local or find_places(label):
            scope, scope_known = label, "stated"
        else:
            words.append(label)
    indicator = " ".join(filter(None, (frame.topic, *words)))
    kind = reading.kind if any(_is_word_of_kind(label) for label in labels) else "actual"
    return replace(
        reading, period=period, period_known=known, scope=scope, scope_known=scope_known, indicator=indicator,
        indicator_known="carried", kind=kind,
    )  # fmt: skip


def _is_word_of_kind(label: str) -> bool:
    return remark_of(label) is not None


def _mentions(sentence: str, year: int | None, order: DateOrder, setting: _Setting) -> list[PeriodMention]:
    """The periods of a sentence; "the second half" is of the year that the sentence names, and of one that has been."""
    mentions = find_periods(sentence, year_hint=year, order=order)
    written = next((one.period.start.year for one in mentions if _YEAR.search(one.period.text)), None)
    vague = [one for one in mentions if not _YEAR.search(one.period.text) and not _RELATIVE.search(one.period.text)]
    if not vague or year is None:
        return mentions
    hint = written or year
    dated = setting.document.held_on or setting.document.published_on
    if not written and dated and min(one.period.start for one in vague) > dated and not _AHEAD.search(sentence):
        hint = year - 1
    if hint == year:
        return mentions
    again = {one.start: one for one in find_periods(sentence, year_hint=hint, order=order)}
    return [again.get(one.start, one) if one in vague else one for one in mentions]


def _remarked(reading: Reading, kind: ReadingKind, found: list[Reading]) -> Reading:
    remarked = replace(reading, kind=kind)
    found[found.index(reading)] = remarked
    return remarked


def _is_heading(document: Document, span: Span, turns: Sequence[int]) -> bool:
    """A short line of its own that ends without a stop, outside of talk."""
    text = document.text
    alone = (span.start == 0 or text[span.start - 1] == "\n") and (span.end == len(text) or text[span.end] == "\n")
    if not alone or span.end - span.start > HEADING_CHARACTERS or _ENDS_SENTENCE.search(span.of(text)):
        return False
    position = bisect_right(turns, span.start) - 1
    return position < 0 or document.utterances[position].end <= span.start


def _take_heading(sentence: str, frame: _Frame, setting: _Setting) -> None:
    mentions = [m for m in find_periods(sentence, year_hint=setting.year) if m.relation == "in"]
    places = find_places(sentence)
    period = mentions[0].period if len(mentions) == 1 and mentions[0].period.days > 1 else None
    if period and period.days > 360 and _HALF_YEAR.search(sentence):
        period = replace(period, end=period.end.replace(month=6, day=30))
    frame.heading_period = period
    frame.heading_scope = places[0].name if len(places) == 1 else ""


def _advance(
    sentence: str, mentions: Sequence[PeriodMention], told_here: bool, frame: _Frame, setting: _Setting
) -> None:
    """Take into the frame what `sentence` says for those after it."""
    opening = opening_mention(sentence, mentions)
    stated = [one for one in frame.told[-1][:1] if one.period_known == "stated"] if told_here and frame.told else []
    if opening:
        frame.period, frame.is_present = opening.period, False
    elif stated and stated[0].kind != "target":
        frame.period, frame.is_present = stated[0].period, False
    elif _AT_PRESENT.search(sentence[:60]):
        frame.period, frame.is_present = setting.present, True
    places = named_places(sentence, [], setting.surroundings.local)
    said = opening_scope(
        sentence, places, _part_meant(frame, setting), setting.surroundings.body, setting.surroundings.nation
    )
    if said:
        frame.scope = said.name
    if setting.document.utterances and not told_here and len(sentence.split()) <= ANNOUNCEMENT_WORDS:
        if len(places) == 1:
            frame.announced = frame.scope = places[0].name
        elif _MOVES_ON.search(sentence):
            frame.announced = frame.scope = ""
    parts = [place.name for place in places if is_part(place.name)]
    if len(parts) == 1 or (parts and said and said.name == parts[0]):
        frame.last_part = parts[0]


def _body_named(sentence: str, body: str) -> list[Span]:
    """Where a sentence names the organisation that its document is about: that is the scope, not the thing."""
    return [Span(*match.span()) for match in re.finditer(rf"{re.escape(body)}(?:['’]s?)?", sentence)] if body else []


def _part_meant(frame: _Frame, setting: _Setting) -> str:
    """Which place "the city" or "the province" means: the report's own, in a report of one, else the one named last."""
    own = setting.surroundings.default
    return own if own in setting.surroundings.local else frame.last_part or setting.document.place


def _of_sentence(
    span: Span, sentence: str, mentions: Sequence[PeriodMention], frame: _Frame, setting: _Setting
) -> list[Reading]:
    quantities = find_quantities(sentence, language=setting.document.language)
    if not quantities:
        return []
    quantities = _sharing_units(sentence, quantities)
    figures = [Span(quantity.start, quantity.end) for quantity in quantities]
    segments = cut_segments(sentence, figures)
    around = _around(sentence, figures, segments, comparison_spans(sentence, mentions), mentions)
    signed = [
        sentence[max(0, quantity.number_start - 1) : quantity.number_start + 1][:2].strip()[:1] in "+±"
        for quantity in quantities
    ]
    changes = [
        plus or is_change(before, after, quantity.unit)
        for plus, (before, after), quantity in zip(signed, around, quantities, strict=True)
    ]
    times = times_of(sentence, figures, segments, mentions, changes)
    places = named_places(sentence, figures, setting.surroundings.local)
    holes = (
        *(_led_in(sentence, Span(mention.start, mention.end)) for mention in mentions),
        *comparison_spans(sentence, mentions),
        *(_led_in(sentence, Span(place.start, place.end)) for place in places),
        *(Span(*match.span()) for match in NATION.finditer(sentence)),
        *_body_named(sentence, setting.surroundings.body),
    )
    nation = setting.surroundings.nation
    opened = opening_scope(sentence, places, _part_meant(frame, setting), setting.surroundings.body, nation)
    group = _group_total(sentence, quantities)
    readings: list[Reading] = []
    words: list[Words] = []
    for position, (quantity, figure, segment, time) in enumerate(
        zip(quantities, figures, segments, times, strict=True)
    ):
        before, after = around[position]
        in_group = position > 0 and quantity.unit == "count" and quantity.total is None
        total = group if in_group else quantity.total
        kind = kind_of(
            before,
            after,
            unit=quantity.unit,
            of_total=total is not None,
            is_past=_is_past(time.period, setting),
            hedge=quantity.hedge,
            signed=signed[position],
        )
        measured = words_of(sentence, figure, segment, holes, is_rank=quantity.unit == "rank")
        listed = bool(readings) and _is_listed(sentence, figures[position - 1], figure)
        bracketed = bool(readings) and sentence[figures[position - 1].end : figure.start].strip() == "("
        alike = bracketed or (listed and quantity.unit == readings[-1].unit)
        level = re.search(r"\bto\s\Z", before)
        if (
            kind == "actual"
            and alike
            and not level
            and not measured.text
            and readings[-1].kind in ("change", "target", "estimate")
        ):
            kind = readings[-1].kind
        said = place_said(sentence, segment, figure, places, nation, is_rank=quantity.unit == "rank")
        scope, scope_known = _scope(said, opened, readings, frame, setting)
        period, period_known = _period(sentence, segment, time, kind, frame, setting)
        if _shares_time(sentence, segment, time, kind, readings):
            period, period_known = readings[-1].period, readings[-1].period_known
        words.append(measured)
        indicator, known = _indicator(measured, quantity, kind, words, listed, readings, frame)
        readings.append(
            Reading(
                document_id=setting.document.id,
                start=span.start + figure.start,
                end=span.start + figure.end,
                text=figure.of(sentence),
                sentence=span,
                value=quantity.value,
                value_to=quantity.value_to,
                total=total,
                unit=quantity.unit,
                hedge=quantity.hedge,
                indicator=indicator,
                indicator_known=known,
                period=period,
                period_known=period_known,
                scope=scope,
                scope_known=scope_known,
                kind=kind,
                baseline=time.baseline,
                comparison=time.comparison,
            )
        )
    return _sharing_predicate(readings, words, figures, sentence)


def _around(
    sentence: str,
    figures: Sequence[Span],
    segments: Sequence[Span],
    comparisons: Sequence[Span],
    mentions: Sequence[PeriodMention],
) -> list[tuple[str, str]]:
    """The words before and behind each figure in its own part; behind "311 (14.5%) more", both are more."""
    around = []
    for position, (figure, part) in enumerate(zip(figures, segments, strict=True)):
        before, after = sentence[part.start : figure.start], sentence[figure.end : part.end]
        for mention in reversed(mentions):  # "the target for 2023 had been", "the increase on 2023 is"
            if part.start <= mention.start and mention.end <= figure.start:
                hole = next(
                    (span for span in comparisons if span.end == mention.end),
                    _led_in(sentence, Span(mention.start, mention.end)),
                )
                before = before[: max(0, hole.start - part.start)].rstrip() + before[mention.end - part.start :]
        following = next(iter(figures[position + 1 :]), None)
        if following and sentence[figure.end : following.start].strip() == "(":
            after = sentence[following.end : segments[position + 1].end].partition(")")[2]
        elif position and sentence[figures[position - 1].end : figure.start].strip() == "(":
            after = after.replace(")", " ", 1)
        around.append((before, after))
    return around


def _shares_time(
    sentence: str, segment: Span, time: StatedTime, kind: ReadingKind, readings: Sequence[Reading]
) -> bool:
    """Whether a figure without a time of its own is of that of the figure before it in the sentence."""
    if time.period or time.relation == "before" or not readings or _AT_PRESENT.search(segment.of(sentence)):
        return False
    before = readings[-1]
    enclosed = "(" in sentence[: before.start - before.sentence.start].rpartition(")")[2]
    return before.period_known == "stated" and not enclosed and (kind != "target" or before.kind == "target")


def _sharing_units(sentence: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """A bare number takes the unit of the one it is put against: "from 214 to 187 days", "12 million euros … 7.5 million"."""
    shared = list(quantities)
    for position, (first, second) in enumerate(pairwise(quantities)):
        gap = sentence[first.end : second.start]
        before = sentence[: first.start].rstrip().lower()
        ranged = before.endswith(("from", "between")) and re.fullmatch(r"[^.;,]{0,20}\b(?:to|and)\s(?:\w+\s)?", gap)
        if first.unit == "count" and ranged and second.unit not in ("count", "rank", "times", "places"):
            shared[position] = replace(first, unit=second.unit)
    for position, quantity in enumerate(shared):
        money = next((one.unit for one in shared[:position] if len(one.unit) == 3 and one.unit.isupper()), "")
        bare = not re.match(r"\s?[^\W\d]", sentence[quantity.end :]) or re.match(
            r"\s(?:in|for|a|last|to|from|by|at)\b", sentence[quantity.end :]
        )
        if money and quantity.unit == "count" and quantity.value >= 1e5 and bare:
            shared[position] = replace(quantity, unit=money)
    return shared


def _group_total(sentence: str, quantities: Sequence[Quantity]) -> float | None:
    """412 in "Of the 412 schools, 389 have a library": what the other counts of the sentence are out of."""
    first = quantities[0]
    opens = _OUT_OF.match(sentence) and first.start <= 24 and first.unit == "count" and first.total is None
    smaller = [one for one in quantities[1:] if one.unit == "count" and one.value <= first.value]
    return first.value if opens and smaller and "," in sentence[first.end : smaller[0].start] else None


def _is_listed(sentence: str, first: Span, second: Span) -> bool:
    """Whether two figures stand in one list, with nothing that tells of another matter between them."""
    gap = sentence[first.end : second.start]
    return len(gap) < 90 and not _BREAKS_LIST.search(gap)


def _sharing_predicate(
    readings: list[Reading], words: Sequence[Words], figures: Sequence[Span], sentence: str
) -> list[Reading]:
    """ "21 ministries and 62 localities have issued a plan": the first count is told of what the last one is."""
    shared = list(readings)
    for position in range(len(readings) - 2, -1, -1):
        following = shared[position + 1].indicator
        predicate = _PREDICATE.search(following)
        own = shared[position].indicator
        together = _is_listed(sentence, figures[position], figures[position + 1])
        plain = words[position].thing and not words[position].owner and not _PREDICATE.search(own)
        if predicate and together and plain and readings[position].unit == "count" == readings[position + 1].unit:
            shared[position] = replace(shared[position], indicator=f"{own} {following[predicate.start() :]}")
    return shared


_PRONOUN = re.compile(r"(?:it|they|this|that|these|those)\s(?=\w)", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_RELATIVE = re.compile(
    r"\b(?:this|last|next|previous|preceding|following|coming|same|nay|ngoái|trước|sau|tới)\b", re.IGNORECASE
)
_AHEAD = re.compile(
    r"\b(?:will|shall|by|until|from|plans?|expects?|is to|are to|next|aims?|targets?|before)\b", re.IGNORECASE
)
_OUT_OF = re.compile(r"(?:of|among|out of)\s(?:the|its|all|our|their)\s", re.IGNORECASE)
_PREDICATE = re.compile(r"\b(?:have|has|had|are|were|will|do|did)\s\w+", re.IGNORECASE)
_BREAKS_LIST = re.compile(
    r"[;:]|\b(?:while|whereas|but|is|are|was|were|has|have|had|reached|rose|fell|grew|stood|against|compared|from|of which|exceed\w*|than)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:\b(?:in|by|for|during|since|until|from|to|as of|at|on|throughout|of|vào|trong|đến|năm|by the end of|at the end of|in the year|the year|the)\s+)+\Z",
    re.IGNORECASE,
)


def _led_in(sentence: str, span: Span) -> Span:
    """A period or place with the preposition in front of it."""
    lead = _LEAD.search(sentence[: span.start])
    return Span(lead.start() if lead else span.start, span.end)


def _is_past(period: Period | None, setting: _Setting) -> bool:
    return period is not None and setting.today is not None and period.end < setting.today


def _period(
    sentence: str, segment: Span, time: StatedTime, kind: ReadingKind, frame: _Frame, setting: _Setting
) -> tuple[Period | None, Known | None]:
    if time.period:
        return time.period, "stated"
    if time.relation == "before":  # where a change began; the record does not say when
        return None, None
    if kind == "target":  # a target without a deadline is not one for the present
        return (frame.period, "carried") if frame.period and not _is_past(frame.period, setting) else (None, None)
    if _AT_PRESENT.search(sentence):
        return (setting.present, "inferred") if setting.present else (None, None)
    carried = frame.period or frame.heading_period
    if carried:
        return carried, "inferred" if frame.period and frame.is_present else "carried"
    return (setting.present, "inferred") if setting.present else (None, None)


def _scope(
    said: Said | None, opened: Said | None, readings: Sequence[Reading], frame: _Frame, setting: _Setting
) -> tuple[str, Known | None]:
    if said:
        return said.name, "stated"
    if readings and readings[-1].scope_known == "stated":
        return readings[-1].scope, "stated"
    if opened:
        return opened.name, "stated"
    carried = frame.scope or frame.heading_scope
    if carried:
        return carried, "carried"
    default = setting.surroundings.default
    return (default, "inferred") if default else ("", None)


def _indicator(
    measured: Words,
    quantity: Quantity,
    kind: ReadingKind,
    words: Sequence[Words],
    listed: bool,
    readings: Sequence[Reading],
    frame: _Frame,
) -> tuple[str, Known]:
    """What a figure measures; where its own words do not say, what the one before it does."""
    if measured.owner or (measured.thing and not measured.tail):
        owner = measured.owner
        earlier = words[-2] if len(words) > 1 else None
        if listed and earlier and not owner and earlier.owner:
            owner = earlier.owner
        text = Words(owner, measured.thing).text
        pronoun = _PRONOUN.match(text)
        if pronoun and readings:
            text = f"{readings[-1].indicator.split(' … ')[0]} {text[pronoun.end() :]}"
        return text, "stated"
    if readings:
        inherited, known = readings[-1].indicator, readings[-1].indicator_known
    else:
        inherited, known = _before(quantity, kind, frame), "carried"
    if measured.tail and inherited:
        return with_tail(inherited, measured.tail), known
    return inherited or measured.tail, known


def _before(quantity: Quantity, kind: ReadingKind, frame: _Frame) -> str:
    """What the latest figure of the same value, else of the same unit measures, or the topic since then."""
    earlier = [reading for sentence in reversed(frame.told[-ELLIPSIS_REACH:]) for reading in reversed(sentence)]
    same = [one for one in earlier if (one.value, one.unit) == (quantity.value, quantity.unit)]
    alike = [one for one in earlier if one.unit == quantity.unit or kind == "change"]
    if same:
        return same[0].indicator
    if frame.topic:
        return frame.topic
    return alike[0].indicator if alike else ""
