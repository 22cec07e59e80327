"""What a file becomes: a Document, its canonical text and what is known about the meeting.

Every offset in the program points into `Document.text`. Nothing here reads files.

>>> document = Document(id="d1", name="call.txt", title="Weekly call", kind="transcript",
...                     text="Chair: We start.", source="call.txt",
...                     utterances=(Utterance("Chair", start=7, end=16),))
>>> document.text[7:16]
'We start.'
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

__all__ = ["Document", "DocumentKind", "Span", "Utterance", "content_hash", "document_id"]

DocumentKind = Literal["article", "transcript"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open character range `[start, end)` in a document's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two ranges share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one speaker says in one turn; `start`/`end` cover the words, not the speaker's name."""

    speaker: str  # as the transcript names them; "" when it does not
    start: int
    end: int
    start_s: float | None = None  # seconds from the start of the recording
    end_s: float | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One article or transcript. What the text does not tell is empty or None, never guessed."""

    id: str  # stable while the file stays where it is: see `document_id`
    name: str  # the file's name as it was ingested
    title: str
    kind: DocumentKind
    text: str  # canonical text; every offset points into it
    source: str  # address of the original, else the path of the file
    publisher: str = ""
    held_on: date | None = None  # day of the meeting
    published_on: date | None = None  # day of the report
    place: str = ""  # whose report it is or where the meeting was held: "Hai Duong"
    series: str = ""  # the meeting's name without its number: "National Committee on Digital Transformation"
    language: str = "en"  # ISO 639-1
    utterances: tuple[Utterance, ...] = ()


def document_id(path: Path) -> str:
    """16 hexadecimal digits of the SHA-256 of the file's absolute path."""
    return hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:16]


def content_hash(content: bytes) -> str:
    """SHA-256 of a file's bytes, as 64 hexadecimal digits: equal content is not read again."""
    return hashlib.sha256(content).hexdigest()
