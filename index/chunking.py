"""Cuts a Document into Passages of whole sentences, sized in tokens, with exact offsets.

Sentences fill a passage until the next would not fit; a paragraph or a speaker's turn is kept
together where that leaves the passage at least half full. A sentence that alone is longer than
a passage is cut at word boundaries. Knows nothing of embedding and storage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import Document, Span
from corpus.sentences import split_sentences
from index.passage import Passage
from index.tokens import count_tokens

__all__ = ["cut_passages", "header_of"]

_BULLET = re.compile(r"[-*•–]\s+(?=\S)")

TITLE_CHARACTERS = 160  # of a headline in the header; the rest adds noise to every passage
SEPARATOR_TOKENS = 2  # what a line break or a speaker's label between sentences may add


@dataclass(frozen=True, slots=True)
class _Sentence:
    span: Span
    tokens: int
    block: int  # ordinal of the paragraph or turn it belongs to
    block_start: int  # where that begins, the speaker's label included
    opens_block: bool
    speaker: str


def cut_passages(document: Document, *, content_hash: str, chunk_tokens: int) -> list[Passage]:
    """All passages of `document` in order; none is empty, none exceeds `chunk_tokens`.

    Raises ValueError when `chunk_tokens` is below 16: no sentence would stay whole.
    """
    if chunk_tokens < 16:
        raise ValueError(f"chunk_tokens is {chunk_tokens}; at least 16 are needed")
    header = header_of(document)
    passages: list[Passage] = []
    for group in _groups(list(_sentences(document, chunk_tokens)), chunk_tokens):
        first = group[0]
        start = first.block_start if first.opens_block else first.span.start
        end = group[-1].span.end
        text = document.text[start:end]
        continued = f"{header} · {first.speaker}" if first.speaker and not first.opens_block else header
        passages.append(
            Passage(
                id=f"{document.id}.{content_hash[:8]}.{len(passages)}",
                document_id=document.id,
                ordinal=len(passages),
                start=start,
                end=end,
                text=text,
                header=continued,
                sentences=tuple(sentence.span for sentence in group),
                tokens=count_tokens(text),
            )
        )
    return passages


def header_of(document: Document) -> str:
    """Title, day and place of a document in one line: "Title · 19 July 2024 · Hai Duong"."""
    day = document.held_on or document.published_on
    parts = [
        document.title[:TITLE_CHARACTERS],
        f"{day.day} {day:%B %Y}" if day else "",
        document.place,
    ]
    return " · ".join(part for part in parts if part)


def _sentences(document: Document, chunk_tokens: int) -> Iterator[_Sentence]:
    for ordinal, block in enumerate(_blocks(document)):
        opens = True
        for span in split_sentences(document.text[block.words.start : block.words.end]):
            whole = _without_bullet(document.text, Span(span.start + block.words.start, span.end + block.words.start))
            limit = chunk_tokens - (count_tokens(block.label) + SEPARATOR_TOKENS if opens else 0)
            for part in _parts_that_fit(document.text, whole, max(limit, chunk_tokens // 2)):
                tokens = count_tokens(part.of(document.text)) + SEPARATOR_TOKENS
                tokens += count_tokens(block.label) if opens else 0
                yield _Sentence(part, tokens, ordinal, block.start, opens, block.speaker)
                opens = False


@dataclass(frozen=True, slots=True)
class _Block:
    start: int  # of the speaker's label, or of the words where there is none
    words: Span
    label: str  # "Chair: ", as far as it belongs to the passage's text
    speaker: str


def _blocks(document: Document) -> Iterator[_Block]:
    if document.utterances:
        for turn in document.utterances:
            line_start = document.text.rfind("\n", 0, turn.start) + 1
            label = document.text[line_start : turn.start]
            # A label is short; anything longer is text that a reader of transcripts left there.
            start = line_start if len(label) <= 80 else turn.start
            yield _Block(start, Span(turn.start, turn.end), document.text[start : turn.start], turn.speaker)
        return
    position = 0
    for line in document.text.split("\n"):
        if line.strip():
            start = position + len(line) - len(line.lstrip())
            yield _Block(start, Span(start, position + len(line)), "", "")
        position += len(line) + 1


def _parts_that_fit(text: str, span: Span, limit: int) -> list[Span]:
    """`span` itself, or halves of it, cut at spaces, until each holds at most `limit` tokens."""
    # A token is at least one byte, so a short sentence fits without being counted.
    if span.end - span.start <= limit // 4 or count_tokens(span.of(text)) <= limit:
        return [span]
    middle = (span.start + span.end) // 2
    cut = text.rfind(" ", span.start + 1, middle)
    if cut <= span.start:
        cut = middle
    left, right = _stripped(text, span.start, cut), _stripped(text, cut, span.end)
    return [part for half in (left, right) if half for part in _parts_that_fit(text, half, limit)]


def _without_bullet(text: str, span: Span) -> Span:
    """A list's item without its mark, so that a quote begins with its first word."""
    mark = _BULLET.match(text, span.start, span.end)
    return Span(mark.end(), span.end) if mark else span


def _stripped(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _groups(sentences: list[_Sentence], chunk_tokens: int) -> Iterator[list[_Sentence]]:
    block_tokens: dict[int, int] = {}
    for sentence in sentences:
        block_tokens[sentence.block] = block_tokens.get(sentence.block, 0) + sentence.tokens
    group: list[_Sentence] = []
    filled = 0
    for sentence in sentences:
        too_full = filled + sentence.tokens > chunk_tokens
        block_would_split = (
            sentence.opens_block
            and filled >= chunk_tokens // 2
            and filled + block_tokens[sentence.block] > chunk_tokens
        )
        if group and (too_full or block_would_split):
            yield group
            group, filled = [], 0
        group.append(sentence)
        filled += sentence.tokens
    if group:
        yield group
