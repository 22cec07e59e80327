"""The source beside a statement under review: the passage in its context, and where else the record may say it.

Each paragraph carries its offset, so that what is selected there can be found again. Everything from a
document is escaped; marks are put in by offset. Knows nothing of Gradio and decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answer import RankedPassage
from assistant.standing import StandingKind
from corpus.document import Document, Span
from ui.markup import safe
from ui.page_cards import origin_facts, source_address
from ui.page_document import marked, paragraphs
from ui.wording import clock

__all__ = ["ShownSource", "found_passages", "source_view"]

CONTEXT = 900  # characters shown before the first mark and behind the last
TOLD = {
    StandingKind.STANDS: "The document has changed since the answer was given; these words still stand in it.",
    StandingKind.GONE: "The document has changed since, and no longer says these words:",
    StandingKind.NO_DOCUMENT: "The document is no longer in the record. It said:",
}


@dataclass(frozen=True, slots=True)
class ShownSource:
    """One document beside the statement."""

    document: Document | None  # None where it is gone
    name: str
    marks: tuple[Span, ...]
    standing: StandingKind = StandingKind.UNCHANGED
    quote: str = ""  # as it was given, for a document that no longer says it
    whole: bool = False  # rather than the context of the marks


def source_view(sources: Sequence[ShownSource], today: date, *, note: str = "") -> str:
    """The documents, one under the other; `note` says what they are."""
    told = f'<p class="note">{safe(note)}</p>' if note else ""
    nothing = "" if sources else '<p class="note">The answer names no source. Look in the record with f.</p>'
    return told + nothing + "".join(_source(source, today) for source in sources)


def found_passages(words: str, passages: Sequence[RankedPassage]) -> str:
    """Passages that may say it instead, each a button that shows it in its document."""
    if not passages:
        return f'<p class="note">Nothing in the record is like “{safe(words)}”.</p>'
    items = "".join(f"<li>{_found(one)}</li>" for one in passages)
    return f'<p class="note">Nearest to “{safe(words)}”</p><ol class="found">{items}</ol>'


def _found(one: RankedPassage) -> str:
    passage = one.passage
    place = f'data-document="{safe(passage.document_id)}" data-first="{passage.start}" data-last="{passage.end}"'
    return (
        f'<button type="button" class="found-passage" data-act="look" {place}><b>{safe(one.document)}</b> '
        f"{safe(_short(passage.text))}</button>"
    )


def _source(source: ShownSource, today: date) -> str:
    document = source.document
    warning = TOLD.get(source.standing, "")
    told = f'<p class="fault">{warning}</p>' if warning else ""
    gone = source.standing in (StandingKind.GONE, StandingKind.NO_DOCUMENT) and source.quote
    quoted = f"<blockquote>{safe(source.quote)}</blockquote>" if gone else ""
    if document is None:
        return f'<article class="excerpt"><h3>{safe(source.name)}</h3>{told}{quoted}</article>'
    facts = "".join(origin_facts(document.held_on, document.published_on, document.place, today))
    first = source.marks[0] if source.marks else Span(0, 0)
    body, cut = _body(document, source)
    whole = (
        f'<button type="button" class="quiet" data-act="whole" data-document="{safe(document.id)}" '
        f'data-first="{first.start}" data-last="{first.end}"><kbd>w</kbd> Whole document</button>'
        if cut
        else ""
    )
    return (
        f'<article class="excerpt {document.kind}" data-document="{safe(document.id)}">'
        f'<header><h3>{safe(document.title or document.name)}</h3><p class="facts">{facts}</p></header>{told}{quoted}'
        f'<div class="text" lang="{safe(document.language)}">{body}</div>'
        f'<p class="file"><span>{safe(document.name)}</span>'
        f'<a href="{safe(source_address(document.id, first))}" target="_blank">Open in source</a>{whole}</p></article>'
    )


def _body(document: Document, source: ShownSource) -> tuple[str, bool]:
    """The paragraphs that are shown, and whether any is left out."""
    blocks = paragraphs(document)
    near = blocks if source.whole else [span for span in blocks if _is_near(span, source.marks)]
    times = {turn.start: turn.start_s for turn in document.utterances if turn.start_s is not None}
    pieces = []
    for span in near:
        begun = next((start for start in times if span.start <= start < span.end), None)
        at = f' data-time="{clock(times[begun])}"' if begun is not None else ""
        text = marked(span.of(document.text), span.start, source.marks)
        pieces.append(f'<p data-start="{span.start}"{at}>{text}</p>')
    return "".join(pieces), len(near) < len(blocks)


def _is_near(span: Span, marks: Sequence[Span]) -> bool:
    if not marks:
        return span.start < 2 * CONTEXT
    return any(span.end > mark.start - CONTEXT and span.start < mark.end + CONTEXT for mark in marks)


def _short(text: str, longest: int = 240) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
