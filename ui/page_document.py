"""A document as HTML: its whole text with one place marked, and what is known of it.

The text is shown as it is cited: each paragraph carries its offset, marks are put in by offset.
Knows nothing of Gradio and of the catalog.

>>> # document_view(document, [Span(120, 180)], today=date.today())
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from corpus.document import Document, Span, Utterance
from ui.markup import original, safe
from ui.page_cards import origin_facts
from ui.wording import clock, counted

__all__ = ["document_view", "marked", "paragraphs"]

_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_LINE = re.compile(r"[^\n]+")


def document_view(document: Document, marks: Sequence[Span], *, today: date, notice: str = "") -> str:
    """The document with `marks` marked; the first is where the reader is led."""
    turns = iter(sorted(document.utterances, key=lambda turn: turn.start))
    body = "".join(_paragraph(document, span, inside, marks) for span, inside in _with_turns(document, turns))
    speakers = {turn.speaker for turn in document.utterances if turn.speaker}
    facts = [
        f"<span>{document.kind}</span>",
        *origin_facts(document.held_on, document.published_on, document.place, today),
        *([f"<span>{counted(len(speakers), 'speaker')}</span>"] if speakers else []),
    ]
    told = f'<p class="notice" role="status">{safe(notice)}</p>' if notice else ""
    return (
        f'<article class="document {document.kind}" data-document="{safe(document.id)}">'
        f'<h1>{safe(document.title or document.name)}</h1><p class="facts">{"".join(facts)}</p>'
        f'<p class="file"><span>{safe(document.name)}</span>{original(document.source)}</p>{told}'
        f'<div class="text" lang="{safe(document.language)}">{body}</div></article>'
    )


def paragraphs(document: Document) -> list[Span]:
    """The blocks that the text is shown in: paragraphs of an article, lines of a transcript."""
    pattern = _LINE if document.utterances else _PARAGRAPH
    return [Span(*match.span()) for match in pattern.finditer(document.text)]


def marked(text: str, start: int, marks: Sequence[Span]) -> str:
    """`text`, which begins at the offset `start`, with the parts of it that `marks` cover marked."""
    end = start + len(text)
    pieces, position = [], start
    for span in sorted(marks):
        first, last = max(span.start, position), min(span.end, end)
        if first >= last:
            continue
        pieces.append(safe(text[position - start : first - start]))
        pieces.append(f'<mark tabindex="-1">{safe(text[first - start : last - start])}</mark>')
        position = last
    pieces.append(safe(text[position - start :]))
    return "".join(pieces)


def _with_turns(document: Document, turns: Iterator[Utterance]) -> Iterator[tuple[Span, Utterance | None]]:
    """Each block with the utterance that begins in it."""
    turn = next(turns, None)
    for span in paragraphs(document):
        begun = None
        while turn is not None and turn.start < span.end:
            begun = begun or (turn if turn.start >= span.start else None)
            turn = next(turns, None)
        yield span, begun


def _paragraph(document: Document, span: Span, turn: Utterance | None, marks: Sequence[Span]) -> str:
    text = span.of(document.text)
    if turn is None:
        return f'<p data-start="{span.start}">{marked(text, span.start, marks)}</p>'
    label = document.text[span.start : turn.start]
    at = f' data-time="{clock(turn.start_s)}"' if turn.start_s is not None else ""
    said = marked(text[len(label) :], turn.start, marks)
    return f'<p data-start="{span.start}"{at}><b>{marked(label, span.start, marks)}</b>{said}</p>'
