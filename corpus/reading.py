"""One file to one Document: choose the reader, refuse what cannot be read, say why.

The suffix says what a file may be and its content what it is: a .txt may hold a saved page, a
transcript or captions. Knows files; each kind of text has a reader of its own.
"""

from __future__ import annotations

import stat
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus.articles import Line, canonical_text, markdown_lines, plain_lines, split_front_matter
from corpus.boilerplate import trim
from corpus.captions import looks_like_captions, read_captions
from corpus.characters import decode, normalise
from corpus.document import Document, DocumentKind, Utterance, document_id
from corpus.errors import UnreadableFile
from corpus.languages import language_of
from corpus.metadata import Clues, read_metadata
from corpus.transcripts import Transcript, laid_out, read_turns
from corpus.webpage import has_tags, looks_like_html, read_webpage

__all__ = ["FILE_BYTES_MAX", "SUFFIXES", "ReadFile", "read_bytes", "read_document"]

SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".vtt", ".srt")
FILE_BYTES_MAX = 20_000_000  # a thousand times a long article: beyond it is no single record of a meeting

_MARKDOWN = frozenset({".md", ".markdown"})
_HTML = frozenset({".html", ".htm"})
_CAPTIONS = frozenset({".vtt", ".srt"})


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A document, and what of its file could not be read."""

    document: Document
    warnings: tuple[str, ...] = ()  # "call.vtt line 12: cue without an end time was skipped"


@dataclass(frozen=True, slots=True)
class _Content:
    """What a reader made of a file's text."""

    text: str
    clues: Clues
    utterances: tuple[Utterance, ...] = ()
    warnings: tuple[str, ...] = field(default=())


def read_document(path: Path, content: bytes | None = None) -> ReadFile:
    """Read one file; `content` is its bytes where `read_bytes` has read them already.

    Raises `UnreadableFile` for a kind that cannot be read, for a file that cannot be opened, is
    empty, too large or binary, and for bytes whose encoding cannot be told.
    """
    suffix = _readable_suffix(path)
    decoded = decode(path, read_bytes(path) if content is None else content)
    text = normalise(decoded.text).strip(" ")
    if not text.strip():
        raise UnreadableFile(path, "is empty", "Ingest a file with text in it, or remove this one")
    read = _content(path, suffix, text, decoded.text)
    if not read.text.strip():
        raise UnreadableFile(path, "has no text that can be read", "Save the text itself and ingest that file")
    warnings = read.warnings
    if not decoded.encoding.startswith("utf"):
        warnings = (f"{path.name}: read as {decoded.encoding}, not as UTF-8", *warnings)
    return ReadFile(_document(path, read), warnings)


def read_bytes(path: Path) -> bytes:
    """The content of a file that may be read: looked at first, so that nothing waits on a pipe.

    Raises `UnreadableFile` for a kind that cannot be read, for what is no regular file, for a file
    with more than FILE_BYTES_MAX bytes, and for one that cannot be opened.
    """
    _readable_suffix(path)
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):
            reason = "is not a regular file but a pipe, a socket or a device"
            raise UnreadableFile(path, reason, "Save what comes out of it to a file and ingest that")
        if found.st_size > FILE_BYTES_MAX:
            reason = f"has {found.st_size:,} bytes, more than the {FILE_BYTES_MAX:,} that are read at once"
            raise UnreadableFile(path, reason, "Split it into smaller files")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile(path, "does not exist", "Check the path") from error
    except IsADirectoryError as error:
        raise UnreadableFile(path, "is a folder", "Ingest the files in it") from error
    except PermissionError as error:
        advice = "Give yourself the right to read it (chmod +r) and ingest it again"
        raise UnreadableFile(path, "may not be opened: permission denied", advice) from error
    except OSError as error:
        reason = f"cannot be opened: {error.strerror or error}"
        raise UnreadableFile(path, reason, "Check the file and ingest it again") from error


def _readable_suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        kind = f"a {suffix} file" if suffix else "a file without a suffix"
        known = " ".join(SUFFIXES)
        raise UnreadableFile(path, f"{kind} is not a kind that can be read", f"Readable kinds: {known}")
    return suffix


def _content(path: Path, suffix: str, text: str, source: str) -> _Content:
    """What is in `text`, the normalised form of `source`."""
    if looks_like_captions(text) or (suffix in _CAPTIONS and "-->" in text):
        captions = read_captions(text, path.name)
        content = _of_transcript(path, captions.transcript, {})
        if not content.utterances:
            reason = "; ".join(["has no cue that can be read", *captions.warnings[:1]])
            raise UnreadableFile(path, reason, "Export the captions again as WebVTT or SRT")
        return replace(content, warnings=captions.warnings)
    if looks_like_html(text) or (suffix in _HTML and has_tags(text)):
        page = read_webpage(text)
        spoken = read_turns([line.text for line in page.lines], [page.headline])
        if spoken is not None:
            return _of_transcript(path, spoken, page.fields)
        return _of_article(path, page.lines, page.fields, page.headline)
    front = split_front_matter(source)
    body = normalise(front.body).strip(" ") if front.fields else text
    is_markdown = suffix in _MARKDOWN
    # A label counts line by line, so wrapped lines are not joined before it is looked for.
    lines = markdown_lines(body) if is_markdown else None
    headings = [line.text for line in lines or () if line.heading]
    transcript = read_turns([line.text for line in lines] if lines else body.split("\n"), headings)
    if transcript is not None:
        return _of_transcript(path, transcript, front.fields)
    return _of_article(path, lines or plain_lines(body), front.fields)


def _of_transcript(path: Path, transcript: Transcript, fields: Mapping[str, str]) -> _Content:
    transcript = replace(transcript, title=transcript.title or fields.get("title", ""))
    laid = laid_out(transcript)
    clues = Clues(
        path=path,
        kind="transcript",
        text=laid.text,
        headline=transcript.title,
        head=transcript.preamble,
        fields=fields,
    )
    return _Content(laid.text, clues, laid.utterances)


def _of_article(
    path: Path, lines: list[Line] | tuple[Line, ...], fields: Mapping[str, str], headline: str = ""
) -> _Content:
    trimmed = trim(lines, language_of("\n".join(line.text for line in lines)))
    headline = headline or trimmed.headline or fields.get("title", "")
    kept = list(trimmed.lines)
    if headline and not any(line.text == headline for line in kept[:5]):
        kept.insert(0, Line(headline, heading=1))
    text = canonical_text(kept)
    clues = Clues(
        path=path,
        kind="article",
        text=text,
        headline=headline,
        head=trimmed.head,
        tail=trimmed.tail,
        fields=fields,
    )
    return _Content(text, clues)


def _document(path: Path, content: _Content) -> Document:
    known = read_metadata(content.clues)
    kind: DocumentKind = content.clues.kind
    return Document(
        id=document_id(path),
        name=path.name,
        title=known.title,
        kind=kind,
        text=content.text,
        source=known.source,
        publisher=known.publisher,
        held_on=known.held_on,
        published_on=known.published_on,
        place=known.place,
        series=known.series,
        language=known.language,
        utterances=content.utterances,
    )
