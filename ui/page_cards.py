"""Evidence as cards: a passage with its quotes marked, where it comes from, and the way to its place in the source.

Everything from a document is escaped here; marks are put in by offset. Knows nothing of Gradio and
decides nothing: the order is that of the citations, then that of the passages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from assistant.answer import Citation, RankedPassage, Verdict
from assistant.standing import Standing
from corpus.document import Span
from index.catalog import StoredDocument
from ui.markup import original, safe
from ui.standing_text import CHANGED
from ui.wording import age, counted, day, said_by, whole_words

__all__ = ["Sources", "cited_cards", "origin_facts", "passage_cards", "source_address"]

SHOWN_AT_ONCE = 3  # passages, while the answer is being made


@dataclass(frozen=True, slots=True)
class Sources:
    """What is known of the documents that evidence comes from, and the day that their age is counted to."""

    documents: Mapping[str, StoredDocument]  # by id; a document that is gone is missing
    today: date
    standings: Mapping[tuple[str, int], Standing] = field(default_factory=dict)  # of quotes whose source has changed


@dataclass(frozen=True, slots=True)
class _Card:
    """A passage and the citations that quote it, in the order they stand."""

    text: str
    start: int  # offset of `text` in the document
    citations: tuple[Citation, ...]


def cited_cards(
    turn: int,
    citations: Sequence[Citation],
    passages: Sequence[RankedPassage],
    short_answer: str | None,
    sources: Sources,
) -> str:
    """A card for each passage that is cited, in the order of its first citation."""
    return "".join(_cited(turn, card, short_answer, sources) for card in _cards(citations, passages))


def passage_cards(passages: Sequence[RankedPassage], citations: Sequence[Citation], sources: Sources) -> str:
    """The passages that were read: all of them before there are citations, else those not cited, folded away."""
    if not citations:
        return "".join(_read(ranked, sources) for ranked in passages[:SHOWN_AT_ONCE])
    uncited = [ranked for ranked in passages if not any(_holds(ranked, citation) for citation in citations)]
    if not uncited:
        return ""
    cards = "".join(_read(ranked, sources) for ranked in uncited)
    return (
        f'<details class="also"><summary>{counted(len(uncited), "more passage")} '
        f"{'was' if len(uncited) == 1 else 'were'} read</summary>{cards}</details>"
    )


def source_address(document_id: str, span: Span) -> str:
    """Where the document can be read at that place."""
    place = f"?start={span.start}&end={span.end}" if span.start < span.end else ""
    return f"/source/{document_id}{place}"


def origin_facts(held_on: date | None, published_on: date | None, place: str, today: date) -> list[str]:
    """When and where, as pieces of HTML: the date of the meeting, that of the report, the place, the age."""
    facts = []
    if held_on:
        facts.append(f"<span>held {_dated(held_on)}</span>")
    if published_on and published_on != held_on:
        facts.append(f"<span>reported {_dated(published_on)}</span>")
    if not held_on and not published_on:
        facts.append("<span>date not stated</span>")
    if place:
        facts.append(f"<span>{safe(place)}</span>")
    newest = held_on or published_on
    if newest:
        exact = f"held {day(newest)}" if held_on else f"reported {day(newest)}"
        facts.append(f'<span class="age" title="{exact}">{age(newest, today=today)}</span>')
    return facts


def _dated(value: date) -> str:
    return f'<time datetime="{value.isoformat()}">{day(value)}</time>'


def _cards(citations: Sequence[Citation], passages: Sequence[RankedPassage]) -> list[_Card]:
    """One card a passage, in the order of the first citation in it; quotes that overlap get a card each."""
    cards: list[_Card] = []
    for citation in citations:
        text, start = _context(citation, passages)
        for position, card in enumerate(cards):
            same = (card.citations[0].document_id, card.start, card.text) == (citation.document_id, start, text)
            if same and all(citation.start >= other.end or other.start >= citation.end for other in card.citations):
                together = sorted((*card.citations, citation), key=lambda cited: cited.start)
                cards[position] = _Card(text, start, tuple(together))
                break
        else:
            cards.append(_Card(text, start, (citation,)))
    return cards


def _context(citation: Citation, passages: Sequence[RankedPassage]) -> tuple[str, int]:
    """The text of the passage that holds the quote and its offset, else the quote alone."""
    for ranked in passages:
        if _holds(ranked, citation):
            return ranked.passage.text, ranked.passage.start
    return citation.quote, citation.start


def _holds(ranked: RankedPassage, citation: Citation) -> bool:
    passage = ranked.passage
    inside = passage.text[max(citation.start - passage.start, 0) : max(citation.end - passage.start, 0)]
    return passage.document_id == citation.document_id and passage.start <= citation.start and inside == citation.quote


def _cited(turn: int, card: _Card, short_answer: str | None, sources: Sources) -> str:
    first = min(card.citations, key=lambda citation: citation.number)
    pieces, position = [], card.start
    for citation in card.citations:
        pieces.append(safe(card.text[position - card.start : citation.start - card.start]))
        pieces.append(_mark(turn, citation, short_answer))
        position = citation.start + len(citation.quote)  # not `end`: a quote that was not found is no span
    pieces.append(safe(card.text[position - card.start :]))
    speakers = dict.fromkeys(said_by(citation) for citation in card.citations)
    facts = [
        *(f'<span class="speaker">{safe(said)}</span>' for said in speakers if said),
        *origin_facts(first.held_on, first.published_on, first.place, sources.today),
    ]
    title = safe(first.title or first.document)
    standing = sources.standings.get((first.document_id, first.start))
    foot = _foot(first.document_id, Span(first.start, first.end), first.document, first.source, sources, standing)
    return (
        f'<article class="card"><h4>{title}</h4><p class="facts">{"".join(facts)}</p>'
        f"<blockquote>{''.join(pieces).strip()}</blockquote>{_warnings(card)}{_changed(standing)}{foot}</article>"
    )


def _read(ranked: RankedPassage, sources: Sources) -> str:
    """A passage that was read and is not cited."""
    passage = ranked.passage
    document = sources.documents.get(passage.document_id)
    facts = origin_facts(document.held_on, document.published_on, document.place, sources.today) if document else []
    title = safe((document.title if document else "") or ranked.document)
    source = document.source if document else ""
    foot = _foot(passage.document_id, Span(passage.start, passage.end), ranked.document, source, sources)
    return (
        f'<article class="card read"><h4>{title}</h4><p class="facts">{"".join(facts)}</p>'
        f"<blockquote>{safe(passage.text.strip())}</blockquote>{foot}</article>"
    )


def _mark(turn: int, citation: Citation, short_answer: str | None) -> str:
    place = whole_words(short_answer).search(citation.quote) if short_answer else None
    start, end = place.span() if place else (len(citation.quote),) * 2
    before, found, after = citation.quote[:start], citation.quote[start:end], citation.quote[end:]
    number, name = citation.number, f"{turn}-{citation.number}"
    back = f'<a class="number" href="#said-{name}" aria-label="Back to statement {number}">{number}</a>'
    strong = f"<strong>{safe(found)}</strong>" if found else ""
    return f'<mark id="quote-{name}" tabindex="-1">{back}{safe(before)}{strong}{safe(after)}</mark>'


def _warnings(card: _Card) -> str:
    faults = [citation for citation in card.citations if citation.verdict is not Verdict.EXACT]
    return "".join(
        f'<p class="fault">{citation.number}: not word for word in the source ({citation.verdict.value})</p>'
        for citation in faults
    )


def _changed(standing: Standing | None) -> str:
    """What became of the quote since the answer was given."""
    told = CHANGED[standing.kind] if standing else ""
    return f'<p class="fault">{told}</p>' if told else ""


def _foot(
    document_id: str, span: Span, name: str, source: str, sources: Sources, standing: Standing | None = None
) -> str:
    """The way into the source, the file's name, and the original where it has an address."""
    if standing is not None:
        document_id = standing.document.id if standing.document else ""
        span = standing.span or Span(0, 0)
    known = document_id in sources.documents or (standing is not None and standing.document is not None)
    place = safe(source_address(document_id, span))
    opened = f'<a class="open-source" href="{place}">Open in source</a>' if known else ""
    return f'<p class="file">{opened}<span>{safe(name)}</span>{original(source)}</p>'
