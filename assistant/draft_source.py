"""A sentence of the record as it is given to a model: its words, its key, and all that may be told of it.

Knows nothing of models and of what they write.

>>> source = Source("k1", "d1", Span(0, 17), "The rate was 45%.")
>>> source.quoted(1).text
'The rate was 45%.'
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from assistant.draft_lexicon import stem_of
from assistant.draft_reading import Sentence, read_sentence
from assistant.number_check import QuotedText
from corpus.document import Document, Span
from corpus.speakers import is_field, is_name
from index.reading import Reading

__all__ = ["KEY", "Source", "sources_of"]

TURNS = 4  # of a talk, before a sentence
CONTEXT = 400  # characters before a sentence that may tell what it speaks of
KEY = r"[a-z][0-9a-f]{5}"  # the form of a key


_LABEL = re.compile(r"(?:\A|(?<=[.?!] ))([A-Z]\w+(?: \w+){0,2}): (?=[A-Z\d])")
_NAMED = re.compile(r"(?<=[^\W\d_A-Z][ ,;])[ ]?([A-ZÀ-ÖØ-Þ][^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class Source:
    """One sentence; `document.text[span.start:span.end] == text`."""

    key: str  # says nothing of where it stands
    document_id: str
    span: Span
    text: str
    before: str = ""  # the sentence before it: what "he" and "of them" mean
    header: str = ""  # title, place and publisher of its document
    speaker: str = ""  # whose words they are, in a transcript
    speakers: frozenset[str] = frozenset()  # everybody who speaks in its document
    names: frozenset[str] = frozenset()  # words that its document writes with a capital inside sentences
    language: str = "en"
    dates: tuple[date, ...] = ()  # of the meeting, of the report
    readings: tuple[Reading, ...] = field(default=(), compare=False, repr=False)

    @property
    def read(self) -> Sentence:
        """Its text taken apart."""
        return read_sentence(self.text, self.language)

    def quoted(self, number: int) -> QuotedText:
        """As a quote for the check of numbers, with the days that its figures are known to be of."""
        days = (day for one in self.readings if one.period for day in (one.period.start, one.period.end))
        return QuotedText(number, self.text, self.language, tuple(dict.fromkeys((*self.dates, *days))))


def sources_of(document: Document, spans: Sequence[Span], readings: Iterable[Reading]) -> list[Source]:
    """The sentences at `spans`, in order, as sources."""
    by_sentence: dict[Span, list[Reading]] = {}
    for reading in readings:
        by_sentence.setdefault(reading.sentence, []).append(reading)
    header = " · ".join(filter(None, (document.title, document.place, document.publisher)))
    speakers = frozenset(turn.speaker for turn in document.utterances if turn.speaker)
    names = frozenset(stem_of(word) for word in set(_NAMED.findall(document.text)))
    dates = tuple(filter(None, (document.held_on, document.published_on)))
    found = []
    for span in spans:
        turn = next((turn for turn in document.utterances if turn.start <= span.start < turn.end), None)
        found.append(
            Source(
                key=_key(document.id, span),
                document_id=document.id,
                span=span,
                text=span.of(document.text),
                before=_before(document, span),
                header=header,
                speaker=_label(document, span) or (turn.speaker if turn else ""),
                speakers=speakers,
                names=names,
                language=document.language,
                dates=dates,
                readings=tuple(by_sentence.get(span, ())),
            )
        )
    return found


def _label(document: Document, span: Span) -> str:
    """Who a label inside a turn names: somebody who speaks only once may not be known as a speaker."""
    turn = next((turn for turn in document.utterances if turn.start <= span.start < turn.end), None)
    if turn is None:
        return ""
    spoken = document.text[turn.start : span.end]
    labels = [match[1] for match in _LABEL.finditer(spoken) if turn.start + match.start() <= span.start]
    return next((label for label in reversed(labels) if is_name(label.split(" ")[0]) and not is_field(label)), "")


def _before(document: Document, span: Span) -> str:
    """The words before `span` in its paragraph, the line that opens its list, or the last turns of the talk."""
    lead = document.text[max(0, span.start - CONTEXT) : span.start]
    if document.utterances:
        return " ".join(lead.rstrip().splitlines()[-TURNS:])
    before = lead.rpartition("\n")[2]
    opening = lead.rstrip().rpartition("\n")[2]
    return before if before.strip(" -•*") or not opening.endswith(":") else opening


def _key(document_id: str, span: Span) -> str:
    """Opaque, and the same for the same sentence."""
    digest = hashlib.sha256(f"{document_id}:{span.start}:{span.end}".encode()).hexdigest()
    return f"{'ghjkmnpq'[int(digest[0], 16) % 8]}{digest[1:6]}"
