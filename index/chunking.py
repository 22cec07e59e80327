"""Cuts a Document into Passages of whole sentences, sized in tokens, with exact offsets.

Sentences fill a passage until the next would not fit; a paragraph or a speaker's turn is kept
together where that leaves the passage at least half full. A sentence that alone is longer than
a passage is cut at word boundaries. In a transcript the lines around the turns, such as who is
present, are paragraphs. Knows nothing of embedding and storage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.document import Document, Span
from corpus.sentences import split_sentences
from index.passage import Passage
from index.tokens import count_tokens

__all__ = ["cut_passages", "header_of"]

_BULLET = re.compile(r"[-*•–]\s+(?=\S)")

TITLE_CHARACTERS = 160  # of a headline in the header; the rest adds noise to every passage
LABEL_CHARACTERS = 80  # before a turn's words: longer than that is text that happens to stand there
SEPARATOR_TOKENS = 2  # what a line break or a speaker's label between sentences may add


@dataclass(frozen=True, slots=True)
class _Sentence:
    span: Span
    tokens: int
    block: int  # ordinal of the paragraph or turn it belongs to
    block_start: int  # where that begins, the speaker's label included
    opens_block: bool
    speaker: str  # "" where the label stands before the words

    @property
    def start(self) -> int:
        """Where a passage begins that opens with this sentence."""
        return self.block_start if self.opens_block else self.span.start


def cut_passages(document: Document, *, content_hash: str, chunk_tokens: int) -> list[Passage]:
    """All passages of `document` in order; none is empty, none exceeds `chunk_tokens`.

    Raises ValueError when `chunk_tokens` is below 16: no sentence would stay whole.
    """
    if chunk_tokens < 16:
        raise ValueError(f"chunk_tokens is {chunk_tokens}; at least 16 are needed")
    header = header_of(document)
    passages: list[Passage] = []
    groups = _groups(list(_sentences(document, chunk_tokens)), chunk_tokens)
    for group in _fitting(document.text, groups, chunk_tokens):
        start, end = group[0].start, group[-1].span.end
        text = document.text[start:end]
        speaker = group[0].speaker
        passages.append(
            Passage(
                id=f"{document.id}.{content_hash[:8]}.{len(passages)}",
                document_id=document.id,
                ordinal=len(passages),
                start=start,
                end=end,
                text=text,
                header=f"{header} · {speaker}" if speaker else header,
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
    for ordinal, block in enumerate(_blocks(document, chunk_tokens)):
        opens = True
        for span in split_sentences(document.text[block.words.start : block.words.end]):
            whole = _without_bullet(document.text, Span(span.start + block.words.start, span.end + block.words.start))
            # A label or a bullet is in the passage with the first sentence of its block.
            lead = document.text[block.start : whole.start] if opens else ""
            lead_tokens = count_tokens(lead) + SEPARATOR_TOKENS if lead else 0
            for part in _parts_that_fit(document.text, whole, chunk_tokens - lead_tokens):
                tokens = count_tokens(part.of(document.text)) + SEPARATOR_TOKENS
                tokens += lead_tokens if opens else 0
                speaker = "" if opens and block.label else block.speaker
                yield _Sentence(part, tokens, ordinal, block.start, opens, speaker)
                opens = False


@dataclass(frozen=True, slots=True)
class _Block:
    start: int  # of the speaker's label, or of the words where there is none
    words: Span
    label: str  # "Chair: ", as far as it belongs to the passage's text
    speaker: str


def _blocks(document: Document, chunk_tokens: int) -> Iterator[_Block]:
    """The turns, and the lines that belong to none."""
    text, position = document.text, 0
    for turn in document.utterances:
        label = Span(max(position, text.rfind("\n", 0, turn.start) + 1), turn.start)
        written = label.of(text)
        is_label = len(written) <= LABEL_CHARACTERS or written.rstrip(": ") == turn.speaker
        yield from _lines(text, position, label.start if is_label else label.end)
        # A label that would take half of the passage stands in the header instead.
        is_kept = is_label and count_tokens(written) + SEPARATOR_TOKENS <= chunk_tokens // 2
        yield _Block(
            start=label.start if is_kept else turn.start,
            words=Span(turn.start, turn.end),
            label=written if is_kept else "",
            speaker=turn.speaker,
        )
        position = turn.end
    yield from _lines(text, position, len(text))


def _lines(text: str, start: int, end: int) -> Iterator[_Block]:
    """The lines of `text` between two offsets, without those that are empty."""
    for line in text[start:end].split("\n"):
        words = _stripped(text, start, start + len(line))
        if words:
            yield _Block(words.start, words, "", "")
        start += len(line) + 1


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


def _fitting(text: str, groups: Iterable[list[_Sentence]], chunk_tokens: int) -> Iterator[list[_Sentence]]:
    """The groups, in halves where what stands between their sentences makes them too long after all."""
    for group in groups:
        if len(group) > 1 and count_tokens(text[group[0].start : group[-1].span.end]) > chunk_tokens:
            middle = len(group) // 2
            yield from _fitting(text, [group[:middle], group[middle:]], chunk_tokens)
        else:
            yield group


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
