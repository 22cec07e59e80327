"""What is known about a document besides its words: title, dates, place, publisher, source.

Reads front matter, a page's meta tags and the text itself, in that order of trust. What none of
them says stays empty: a report without a date has no date. Knows nothing about file formats.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from corpus.dates import DateOrder, date_order, find_dates
from corpus.document import DocumentKind
from corpus.furniture import furniture_of
from corpus.languages import language_of
from corpus.occasions import MEETING_WORD, place_of, series_of, series_of_title
from corpus.sentences import split_sentences
from corpus.speakers import label_of

__all__ = ["Clues", "Metadata", "read_metadata"]

LEAD_CHARACTERS = 2_500  # a report says in its first paragraphs when the meeting was held
LABELLED_LINES = 8  # lines at the head in which "Date: ..." speaks of the document
CLOSING_LINES = 3  # lines at the end in which "Source: ..." does
REPORT_DELAY = timedelta(days=60)  # a day further back is another meeting's

_HELD_KEYS = ("held_on", "held", "meeting date", "meeting_date")
_PUBLISHED_KEYS = ("published_on", "published", "publication date", "pubdate")
_PUBLISHER_KEYS = ("publisher", "site", "agency", "newspaper")
_SOURCE_KEYS = ("source", "url", "canonical", "link")
_PLACE_KEYS = ("place", "location", "venue")
_SERIES_KEYS = ("series", "meeting series")
_LABELLED_KEYS = frozenset({*_HELD_KEYS, "date", *_PUBLISHED_KEYS, *_PLACE_KEYS, "series", "publisher"})

_HELD = re.compile(
    r"\b(?:chair(?:ed|s)|held|holds?|presided|took place|taking place|takes place|conven(?:ed|es)"
    r"|opened|met|gathered|brought together|organi[sz]ed|attended|in the chair)\b"
    r"|\bchủ trì\b|\bdiễn ra\b|\btổ chức\b|\bkhai mạc\b",
    re.IGNORECASE,
)
# What stands before a day that is not the meeting's: a decision's date, a deadline.
_NOT_HELD = re.compile(
    r"\b(?:dated|issued|signed|since|until|till|before|by|from|after|deadline|no\.?|ngày ký"
    r"|trước|đến)(?: on)?(?: the)?(?: ngày)?\s*$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]+")
_ADDRESS_DAY = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/-]|$)")
_ADDRESS_CLOCK = re.compile(r"(?<!\d)(1\d{12})(?!\d)")  # milliseconds since 1970
_FILE_DAY = re.compile(r"(?<!\d)(20\d\d)[-_]?(0[1-9]|1[0-2])[-_]?(0[1-9]|[12]\d|3[01])(?!\d)")
_SOURCE_LINE = re.compile(r"(?:source|nguồn)\s*:\s*(?P<name>\S.*)$", re.IGNORECASE)
_COPYRIGHT_OF = re.compile(
    r"(?:copyright|©|\(c\))\s*(?:©|\(c\))?\s*(?:\d{4}(?:\s*[-–]\s*\d{4})?)?\s*(?:by\s+)?(?P<name>[^.|]{2,80})",
    re.IGNORECASE,
)
_AGENCY = re.compile(r"\((?P<name>[A-ZĐ]{2,8}|Reuters)\)\s*[-–—]?\s", re.MULTILINE)
_GLUED_DATE = re.compile(r"(?<=[^\W\d_])(?=\d{1,2}[/.-]\d{1,2}[/.-]\d{4})")


@dataclass(frozen=True, slots=True)
class Clues:
    """What a reader found in a file: its words, and what stood around them."""

    path: Path
    kind: DocumentKind
    text: str  # canonical
    headline: str = ""
    head: Sequence[str] = ()  # lines above the article: datelines, sections; a transcript's preamble
    tail: Sequence[str] = ()  # lines below it: source, copyright
    fields: Mapping[str, str] = field(default_factory=dict)  # front matter or meta tags, lower case


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields of a Document that are not its text."""

    title: str
    source: str
    publisher: str
    held_on: date | None
    published_on: date | None
    place: str
    series: str
    language: str


def read_metadata(clues: Clues) -> Metadata:
    """Everything that the clues tell; what they do not tell is empty or None."""
    lines = clues.text[:LEAD_CHARACTERS].split("\n")[: 2 * LABELLED_LINES]
    fields = {**_labelled(lines), **clues.fields}
    language = language_of(clues.text)
    order = date_order(language, "\n".join([*clues.head, clues.text[:50_000], *clues.tail]))
    closing = [*clues.tail, *clues.text.rstrip()[-1_000:].split("\n")[-CLOSING_LINES:]]
    address = _address(fields, closing)
    title = clues.headline or fields.get("title", "")
    publisher = _publisher(fields, closing, clues.text)
    published_on = None
    if clues.kind == "article":
        published_on = _published_on(fields, title, clues, order) or _day_in_address(address)
    is_report = clues.kind == "article"
    return Metadata(
        title=title,
        source=address or clues.path.as_posix(),
        publisher=publisher,
        held_on=_held_on(fields, title, clues, order, published_on),
        published_on=published_on,
        place=_first(fields, _PLACE_KEYS) or (place_of(title, clues.text, publisher) if is_report else ""),
        series=_first(fields, _SERIES_KEYS)
        or (series_of(f"{title}\n{clues.text}") if is_report else series_of_title(title)),
        language=language,
    )


def _labelled(lines: Iterable[str]) -> dict[str, str]:
    """The fields that the first lines spell out: "Date: 20 March 2025"."""
    found: dict[str, str] = {}
    for line in [line for line in lines if line][:LABELLED_LINES]:
        label = label_of(line) if len(line) <= 160 else None
        if label is not None and label.speaker.casefold() in _LABELLED_KEYS:
            found.setdefault(label.speaker.casefold(), label.words)
    return found


def _first(fields: Mapping[str, str], keys: Iterable[str]) -> str:
    return next((fields[key] for key in keys if fields.get(key)), "")


def _day_in(text: str, order: DateOrder) -> date | None:
    """The first day with its year in `text`."""
    mentions = find_dates(_GLUED_DATE.sub(" ", text), order=order)
    return next((mention.date for mention in mentions if mention.has_year), None)


def _address(fields: Mapping[str, str], closing: Sequence[str]) -> str:
    for value in (fields.get(key, "") for key in _SOURCE_KEYS):
        match = _ADDRESS.match(value)
        if match is not None:
            return match.group()
    for line in closing:
        named = _SOURCE_LINE.match(line)
        match = _ADDRESS.search(named["name"]) if named else None
        if match is not None:
            return match.group().rstrip(".,;")
    return ""


def _publisher(fields: Mapping[str, str], closing: Sequence[str], text: str) -> str:
    named = _first(fields, _PUBLISHER_KEYS)
    if named:
        return named
    sources = [match["name"] for match in map(_SOURCE_LINE.match, closing) if match]
    for name in [*sources, fields.get("source", "")]:
        address = _ADDRESS.match(name)
        if address is not None:
            return urlsplit(address.group()).netloc.removeprefix("www.")
        if name:
            return name.rstrip(".")
    agency = _AGENCY.search(text[:LEAD_CHARACTERS])
    opens = agency is not None and not text[: agency.start()].rpartition("\n")[2]
    if agency is not None and opens:
        return agency["name"]
    for line in closing:
        owner = _COPYRIGHT_OF.match(line) if furniture_of(line) == "copyright" else None
        if owner is not None:
            return owner["name"].strip(" ,")
    return ""


def _published_on(fields: Mapping[str, str], title: str, clues: Clues, order: DateOrder) -> date | None:
    for value in (fields.get(key, "") for key in _PUBLISHED_KEYS):
        if value and (day := _day_in(value, order)):
            return day
    for line in clues.head:
        if day := _day_in(line, order):
            return day
    if fields.get("date") and not _is_minutes(title, fields):
        return _day_in(fields["date"], order)
    opening = [line for line in clues.text[:1_000].split("\n") if line][:4]
    datelines = (line for line in opening if furniture_of(line) == "dateline")
    days = (day for line in datelines if (day := _day_in(line, order)))
    return None if MEETING_WORD.search(title) else next(days, None)


def _is_minutes(title: str, fields: Mapping[str, str]) -> bool:
    """Whether "Date:" speaks of the meeting itself: minutes carry it, reports about it do not."""
    return "minutes" in title.casefold() or "attendees" in fields or "participants" in fields


def _day_in_address(address: str) -> date | None:
    match = _ADDRESS_DAY.search(address)
    if match is not None:
        try:
            return date(*map(int, match.groups()))
        except ValueError:
            return None  # 31 February: the figures are no date
    clock = _ADDRESS_CLOCK.search(address)
    return datetime.fromtimestamp(int(clock.group(1)) / 1000, UTC).date() if clock else None


def _held_on(
    fields: Mapping[str, str],
    title: str,
    clues: Clues,
    order: DateOrder,
    published_on: date | None,
) -> date | None:
    if day := _day_in(_first(fields, _HELD_KEYS), order):
        return day
    if clues.kind == "transcript":
        told = [fields.get("date", ""), *clues.head, title]
        day = next((day for line in told if (day := _day_in(line, order))), None)
        return day or _day_in_file_name(clues.path)
    if fields.get("date") and _is_minutes(title, fields):
        return _day_in(fields["date"], order)
    if MEETING_WORD.search(title) and (day := _day_in(title, order)):
        return day
    return _day_told(clues.text[:LEAD_CHARACTERS], order, published_on)


def _day_told(lead: str, order: DateOrder, published_on: date | None) -> date | None:
    """The day that a report's first sentences give for the meeting.

    A sentence counts when it speaks of a meeting; one that says it was held or chaired counts
    first, and alone counts in a text without a date of its own. A day without a year is read
    from the day of the report, never from today's.
    """
    candidates: list[tuple[bool, date]] = []
    for span in split_sentences(lead):
        sentence = span.of(lead)
        is_held = _HELD.search(sentence) is not None
        if not MEETING_WORD.search(sentence):
            continue
        for mention in find_dates(sentence, order=order):
            if _NOT_HELD.search(sentence[max(0, mention.start - 24) : mention.start]):
                continue
            if published_on is None and not (mention.has_year and is_held):
                continue
            day = mention.resolved(not_after=published_on or mention.date)
            if published_on and published_on - day > REPORT_DELAY:
                continue
            candidates.append((is_held, day))
    held = [day for is_held, day in candidates if is_held]
    return next(iter([*held, *(day for _, day in candidates)]), None)


def _day_in_file_name(path: Path) -> date | None:
    match = _FILE_DAY.search(path.stem)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
