"""What the text around a sentence says of its figures: the document, the headings, the paragraph, the talk.

The setting holds for the whole document; the frame is what the sentences before have said, as far
as it still holds: a period or a place that a paragraph opens with, "the province" named last, the
measure that a question was about. Knows nothing of the words beside a figure.

>>> setting = setting_of(Document("a", "a", "", "article", "The record of May.", "", held_on=date(2024, 5, 8)))
>>> setting.present.label, setting.year
('May 2024', 2024)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from corpus.dates import DateOrder, date_order
from corpus.document import Document
from corpus.periods import Period, PeriodMention, find_periods
from corpus.quantities import Quantity
from index.figure_indicator import measure_named
from index.figure_mentions import opening_mention
from index.figure_names import NATION, named_places
from index.figure_scope import is_part, opening_scope
from index.figure_surroundings import Surroundings, surroundings_of
from index.figure_tables import Table
from index.reading import Known, Reading, ReadingKind
from index.reference_year import reference_year

__all__ = ["Frame", "Setting", "is_at_present", "setting_of"]

ANNOUNCEMENT_WORDS = 8  # of a sentence that only says what a call comes to
ELLIPSIS_REACH = 6  # sentences with figures back to which "and Hai Duong has 92 percent" may refer
_TAKES_UP = re.compile(
    r"(?:regarding|as for|in terms of|with regard to|with respect to|concerning|in addition|besides|also|meanwhile"
    r"|về)\b",
    re.IGNORECASE,
)
_MOVES_ON = re.compile(r"\A(?:next|then|now|what about|how about)\b|\bplease\b|\bnext (?:point|item)\b", re.IGNORECASE)
_HALF_YEAR = re.compile(r"\b(?:half-year|interim|six-month|first-half)\b", re.IGNORECASE)
_AT_PRESENT = re.compile(
    r"\b(?:currently|at present|presently|now|so far|to date|up to now|until now|(?:has|have) since"
    r"|as of (?:now|today)|today|hiện nay|hiện có|đến nay)\b",
    re.IGNORECASE,
)
# In talk: a figure that is read out of a report holds when that report says, not today.
_READ_OUT = re.compile(
    r"\b(?:report|article|paper)\b(?! (?:is|was)\b)"
    r"(?=.{0,60}\b(?:says?|said|has|gives?|puts?|prints?|shows?|states?)\b|,)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for the whole document."""

    document: Document
    surroundings: Surroundings
    year: int | None
    today: date | None  # the day it speaks from
    order: DateOrder

    @property
    def present(self) -> Period | None:
        """The month in which what holds "at present" holds; None for a report without a date."""
        day = self.document.held_on or self.document.published_on
        if day is None:
            return None
        first = day.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return Period(first, last, f"{day:%B %Y}")

    def is_past(self, period: Period | None) -> bool:
        """Whether a period was over on the day that the document speaks from."""
        return period is not None and self.today is not None and period.end < self.today

    def is_ahead(self, period: Period | None) -> bool:
        """Whether a period ends after the day that the document speaks from."""
        return period is not None and self.today is not None and period.end > self.today


@dataclass(slots=True)
class Frame:
    """What the sentences before have said, as far as it still holds."""

    period: Period | None = None  # of the paragraph
    heading_period: Period | None = None
    scope: str = ""  # of the paragraph
    heading_scope: str = ""
    last_part: str = ""  # the province, city … named last: what "the province" means
    told: list[list[Reading]] = field(default_factory=list)  # readings by sentence
    is_present: bool = False  # the paragraph speaks of the present
    in_section: bool = False  # a heading stands above
    section_scope: str = ""  # the place that the section speaks of first
    announced: str = ""  # the place that a call has come to: "Next, Quang Binh."
    table: Table | None = None
    introduces: bool = False  # the last sentence ends with a colon
    topic: str = ""  # the measure that a sentence without figures spoke of after those

    def open_paragraph(self, sentence: str, *, is_talk: bool) -> None:
        """Forget what held for the paragraph before, unless this one takes up its thread.

        In talk a turn goes on about the place that the turns before were about.
        """
        if not _TAKES_UP.match(sentence):
            self.period, self.is_present = None, False
            self.scope = self.announced if is_talk else self.section_scope
            if not is_talk and not self.introduces and " | " not in sentence:
                self.topic = ""

    def take_heading(self, heading: str, setting: Setting) -> None:
        """Take the one period and the one place that a heading names for what stands under it."""
        mentions = [m for m in find_periods(heading, year_hint=setting.year) if m.relation == "in"]
        places = named_places(heading, [], setting.surroundings.local)
        period = mentions[0].period if len(mentions) == 1 and mentions[0].period.days > 1 else None
        if period and period.days > 360 and _HALF_YEAR.search(heading):
            period = replace(period, end=period.end.replace(month=6, day=30))
        self.heading_period = period
        self.heading_scope = places[0].name if len(places) == 1 else ""
        self.in_section, self.section_scope = True, ""

    def take_sentence(
        self, sentence: str, mentions: Sequence[PeriodMention], readings: list[Reading], setting: Setting
    ) -> None:
        """Take what `sentence` says for those after it; `readings` are its own figures."""
        self.introduces = sentence.rstrip().endswith(":")
        if readings:
            self.told.append(readings)
            self.topic = ""
        else:
            self.topic = measure_named(sentence) or self.topic
        self._take_period(sentence, mentions, readings, setting)
        self._take_scope(sentence, readings, setting)

    def _take_period(
        self, sentence: str, mentions: Sequence[PeriodMention], readings: Sequence[Reading], setting: Setting
    ) -> None:
        opening = opening_mention(sentence, mentions)
        stated = [one for one in readings[:1] if one.period_known == "stated"]
        if opening:
            self.period, self.is_present = opening.period, False
        elif stated and stated[0].kind != "target":
            self.period, self.is_present = stated[0].period, False
        elif _AT_PRESENT.search(sentence[:60]):
            self.period, self.is_present = setting.present, True

    def _take_scope(self, sentence: str, readings: Sequence[Reading], setting: Setting) -> None:
        own = setting.surroundings
        places = named_places(sentence, [], own.local)
        said = opening_scope(sentence, places, self.part_meant(setting), own.body, own.nation)
        if said:
            self.scope = said
            if self.in_section and not self.section_scope and said in own.local:
                self.section_scope = said
        elif len(places) == 1 and readings and all(one.scope_known == "stated" for one in readings):
            self.scope = readings[0].scope
        if setting.document.utterances and not readings and len(sentence.split()) <= ANNOUNCEMENT_WORDS:
            if len(places) == 1:
                self.announced = self.scope = places[0].name
            elif own.nation and NATION.search(sentence):
                self.announced = self.scope = own.nation
            elif _MOVES_ON.search(sentence):
                self.announced = self.scope = ""
        parts = [place.name for place in places if is_part(place.name)]
        if len(parts) == 1 or (parts and said and said == parts[0]):
            self.last_part = parts[0]

    def part_meant(self, setting: Setting) -> str:
        """What "the city" or "the province" means: the report's own, in a report of one, else the one named last."""
        own = setting.surroundings.default
        return own if own in setting.surroundings.local else self.last_part or setting.document.place

    def told_as(self, quantity: Quantity) -> Reading | None:
        """The latest figure of the same value and unit that was told before."""
        earlier = [reading for sentence in reversed(self.told[-ELLIPSIS_REACH:]) for reading in reversed(sentence)]
        return next((one for one in earlier if (one.value, one.unit) == (quantity.value, quantity.unit)), None)

    def measure_before(self, quantity: Quantity, kind: ReadingKind) -> str:
        """What the latest figure of the same value, else of the same unit measures, or the topic since then.

        Of several in one sentence the first: what it is about stands there.
        """
        earlier = [reading for sentence in reversed(self.told[-ELLIPSIS_REACH:]) for reading in sentence]
        same = [one for one in earlier if (one.value, one.unit) == (quantity.value, quantity.unit)]
        alike = [one for one in earlier if one.unit == quantity.unit or kind == "change"]
        if same:
            return same[0].indicator
        if self.topic:
            return self.topic
        if not alike and quantity.unit == "%":  # "14 offices have one. The rate is thus 77%."
            alike = [one for one in earlier if one.unit == "count"]
        return alike[0].indicator if alike else ""

    def period_for(self, sentence: str, kind: ReadingKind, setting: Setting) -> tuple[Period | None, Known | None]:
        """The period of a figure whose sentence does not date it."""
        if kind == "target":  # a target without a deadline is not one for the present
            return (self.period, "carried") if self.period and not setting.is_past(self.period) else (None, None)
        present: tuple[Period | None, Known | None] = (setting.present, "inferred" if setting.present else None)
        if is_at_present(sentence):
            return present
        carried = self.period or self.heading_period
        if self.period and kind == "estimate" and self.told:
            carried = next((one.period for one in reversed(self.told[-1]) if one.kind == kind), None) or self.period
        if carried:
            return carried, "inferred" if self.period and self.is_present else "carried"
        return (None, None) if setting.document.utterances and _READ_OUT.search(sentence) else present

    def scope_for(self, setting: Setting) -> tuple[str, Known | None]:
        """The scope of a figure whose sentence does not name one."""
        carried = self.scope or self.heading_scope
        if carried:
            return carried, "carried"
        default = setting.surroundings.default
        return (default, "inferred") if default else ("", None)


def setting_of(document: Document) -> Setting:
    """What a document says of all its figures; its year is the one that "in July" is taken to be in."""
    year = reference_year(document)
    day = document.held_on or document.published_on
    today = day or (date(year, 1, 1) if year else None)
    return Setting(document, surroundings_of(document), year, today, date_order(document.language, document.text))


def is_at_present(words: str) -> bool:
    """Whether words speak of the present.

    >>> is_at_present("so far the rate is 45%"), is_at_present("the rate is 45%")
    (True, False)
    """
    return _AT_PRESENT.search(words) is not None
