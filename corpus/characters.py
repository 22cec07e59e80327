"""Bytes to text, and text to the one spelling of spaces and characters that quotes are cut from.

Knows encodings and Unicode; knows nothing about pages, paragraphs or speakers.

>>> normalise("Rate:\\u00a0 45\\u200b %\\r\\n")
'Rate: 45 %\\n'
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UnreadableFile

__all__ = ["Decoded", "decode", "normalise"]

CONTROL_SHARE_MAX = 0.01  # of the characters; text has next to none
DETECTION_SAMPLE_BYTES = 1_000_000
CHAOS_MAX = 0.1  # charset-normalizer's share of odd characters
COHERENCE_MIN = 0.3  # charset-normalizer's likeness to a language it knows

_AS_TEXT = "Export it as text or HTML and ingest that file"
# Windows code pages and the double-byte ones; the rest of the hundred codecs are not met in files
# of today and only produce look-alikes.
_CANDIDATES = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1258"),
    *("cp932", "gb18030", "big5", "euc_jp", "euc_kr"),
]
_MARKS = (  # the longer mark first: UTF-32 little-endian begins like UTF-16
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word document or another zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3", "a database"),
)
_HTML_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{2,20})", re.IGNORECASE)

_LINE_BREAKS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe]"
    "|[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]"
    # Joiners are letters' business in Persian, Indic scripts and emoji, and litter beside Latin.
    "|[\u200c\u200d](?=[\\s\x00-\u024f\u1e00-\u1eff]|\\Z)"
)
# Only what has to change matches: single spaces are nearly all there is.
_SPACES = re.compile(r"[^\S\n ][^\S\n]*| [^\S\n]+")
_LINE_EDGES = re.compile(r" \n ?|\n ")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file and the encoding it was read with."""

    text: str
    encoding: str


def decode(path: Path, content: bytes) -> Decoded:
    """The characters of a text file; `path` is only named in errors.

    Raises `UnreadableFile` for binary content and for bytes in an encoding that cannot be told.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return _checked(path, Decoded(content.decode(encoding), encoding))
            except UnicodeDecodeError as error:
                raise _undecodable(path, error.start, content, encoding) from error
    _refuse_binary(path, content)
    try:
        return _checked(path, Decoded(content.decode("utf-8"), "utf-8"))
    except UnicodeDecodeError as error:
        guess = _other_encoding(content)
        if guess is None:
            raise _undecodable(path, error.start, content, "UTF-8") from error
        return _checked(path, guess)


def normalise(text: str) -> str:
    """The canonical spelling: NFC, `\\n` line ends, one plain space for a run of any spaces.

    Zero-width characters, soft hyphens and control characters are dropped, lines lose the spaces
    at their ends. Spaces before punctuation stay as the source has them. Idempotent.
    """
    text = _LINE_BREAKS.sub("\n", text)
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return _LINE_EDGES.sub("\n", _SPACES.sub(" ", text))


def _refuse_binary(path: Path, content: bytes) -> None:
    for signature, what in _SIGNATURES:
        if content.startswith(signature):
            raise UnreadableFile(path, f"is {what}, not text", _AS_TEXT)
    zero = content.find(b"\x00")
    if zero >= 0:
        reason = f"holds binary data (a NUL byte at offset {zero})"
        advice = "Save it as UTF-8 text, or ingest the document it was made from"
        raise UnreadableFile(path, reason, advice)


def _checked(path: Path, decoded: Decoded) -> Decoded:
    """The same text, once it is known to be words and not a binary file that happens to decode."""
    text = decoded.text
    odd = sum(text.count(chr(code)) for code in range(32) if code not in {9, 10, 11, 12, 13, 27})
    if odd > 2 and odd > CONTROL_SHARE_MAX * len(text):
        reason = f"holds binary data ({odd} control characters in {len(text)})"
        raise UnreadableFile(path, reason, _AS_TEXT)
    return decoded


def _undecodable(path: Path, offset: int, content: bytes, encoding: str) -> UnreadableFile:
    byte = f"0x{content[offset]:02x}" if offset < len(content) else "the end of the file"
    return UnreadableFile(
        path,
        f"is not valid {encoding.removesuffix('-sig').upper()} (byte {byte} at offset {offset})",
        "Save it as UTF-8 and ingest it again",
    )


def _other_encoding(content: bytes) -> Decoded | None:
    """The text in the encoding that the file declares or that charset-normalizer is sure of."""
    from charset_normalizer import from_bytes

    replaced = content.decode("utf-8", errors="replace")
    damaged = replaced.count("\ufffd")
    beyond_ascii = len(replaced) - len(replaced.encode("ascii", errors="ignore"))
    if beyond_ascii - damaged > damaged:
        return None  # UTF-8 with a few bad bytes: any other reading would spoil all the good ones
    declared = _HTML_CHARSET.search(content[:4096])
    if declared is not None:
        try:
            name = codecs.lookup(declared.group(1).decode("ascii")).name
            return Decoded(content.decode(name), name)
        except (LookupError, UnicodeError):
            pass  # a wrong declaration is common; the bytes themselves decide
    matches = from_bytes(content[:DETECTION_SAMPLE_BYTES], cp_isolation=_CANDIDATES)
    best = matches.best()
    if best is None or best.chaos > CHAOS_MAX or best.coherence < COHERENCE_MIN:
        return None
    ties = [match.encoding for match in matches if (match.chaos, match.coherence) == (best.chaos, best.coherence)]
    encoding = "cp1252" if "cp1252" in ties else best.encoding  # the commonest by far, of equals
    try:
        return Decoded(content.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None
