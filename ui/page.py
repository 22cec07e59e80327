"""Turns of a conversation as HTML: the answer at the left, its evidence at the right.

Everything that comes from a question or a document is escaped here, on the server; marks are
put in by offset. Knows nothing of Gradio.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from assistant.answer import Answer, Citation, Mode, RankedPassage, Statement, Verdict
from ui.markup import links, safe
from ui.page_figures import facts_line, figure_tables, nearest_figures, remark_lines
from ui.wording import NEAREST, REFUSED, dates, said_by, short_answer_numbers, whole_words

__all__ = ["turn_answered", "turn_failed", "turn_waiting"]

_HOW_MADE: dict[Mode, str] = {
    "extractive": "Copied word for word from the record",
    "generated": "Written by a model, each sentence checked against the record",
}


@dataclass(frozen=True, slots=True)
class _Card:
    """A passage and the citations that quote it, in the order they stand."""

    text: str
    start: int  # offset of `text` in the document
    citations: tuple[Citation, ...]


def turn_waiting(number: int, question: str) -> str:
    """A turn whose answer is on its way."""
    return _turn(number, question, '<p class="waiting" role="status">Reading the record…</p>')


def turn_failed(number: int, question: str, message: str) -> str:
    """A turn that could not be answered, with what to do."""
    return _turn(number, question, f'<p class="problem" role="alert">{safe(message)}</p>')


def turn_answered(number: int, answer: Answer) -> str:
    """A turn with its answer and evidence."""
    if answer.refused:
        said, cited, heading = (
            _refusal(number, answer),
            answer.nearest,
            NEAREST[answer.refusal] if answer.refusal else "",
        )
    else:
        said, cited, heading = _said(number, answer), answer.citations, "Evidence"
    cards = "".join(_card(number, card, answer.short_answer) for card in _cards(cited, answer.passages))
    kind, shade = ("refusal", " nearest") if answer.refused else ("said", "")
    evidence = (
        f'<aside class="evidence{shade}" aria-label="Evidence for question {number}"><h3>{heading}</h3>{cards}</aside>'
    )
    said = f'<div class="answer {kind}">{_read_as(answer)}{said}</div>'
    return _turn(number, answer.question, said + (evidence if cards else ""))


def _turn(number: int, question: str, reply: str) -> str:
    return (
        f'<section class="turn" id="turn-{number}"><h2 class="question">{safe(question)}</h2>'
        f'<div class="reply">{reply}</div></section>'
    )


def _read_as(answer: Answer) -> str:
    if answer.standalone_question.strip() == answer.question.strip():
        return ""
    return f'<p class="read-as">Read as: {safe(answer.standalone_question)}</p>'


def _said(turn: int, answer: Answer) -> str:
    short = ""
    if answer.short_answer:
        numbers = links(turn, short_answer_numbers(answer.citations, answer.short_answer))
        short = f'<p class="short">{safe(answer.short_answer)}{numbers}</p>{facts_line(answer)}'
    by_number = {citation.number: citation for citation in answer.citations}
    leading = {cited.citation for cited in answer.readings[: answer.leads]}
    told = [one for one in answer.statements if not leading or leading & set(one.citations)]
    statements = "".join(_statement(turn, statement, by_number) for statement in told)
    sources = len({citation.document_id for citation in answer.citations})
    made = f"{_HOW_MADE[answer.mode]} · {sources} {'source' if sources == 1 else 'sources'}"
    figures = figure_tables(turn, answer) + remark_lines(turn, answer)
    return (
        f'{short}<ul class="statements">{statements}</ul>{figures}'
        f'<p class="made">{made} · {answer.elapsed_ms:,.0f} ms</p>'
    )


def _statement(turn: int, statement: Statement, by_number: dict[int, Citation]) -> str:
    cited = [by_number[number] for number in statement.citations if number in by_number]
    text = safe(statement.text)
    quoted = any(statement.text in citation.quote for citation in cited)
    speaker = next((citation.speaker for citation in cited if citation.speaker), "")
    said = f'<span class="speaker">{safe(speaker)}:</span> ' if speaker else ""
    shown = f"<q>{text}</q>" if quoted else text
    return f"<li>{said}{shown}{links(turn, statement.citations, anchored=True)}</li>"


def _refusal(turn: int, answer: Answer) -> str:
    reason = f"<p>{safe(answer.reason)}</p>" if answer.reason else ""
    return f'<p class="short">{REFUSED}</p>{reason}{nearest_figures(turn, answer)}'


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
        passage = ranked.passage
        inside = passage.text[max(citation.start - passage.start, 0) : citation.end - passage.start]
        if passage.document_id == citation.document_id and passage.start <= citation.start and inside == citation.quote:
            return passage.text, passage.start
    return citation.quote, citation.start


def _card(turn: int, card: _Card, short_answer: str | None) -> str:
    first = min(card.citations, key=lambda citation: citation.number)
    pieces, position = [], card.start
    for citation in card.citations:
        pieces.append(safe(card.text[position - card.start : citation.start - card.start]))
        pieces.append(_mark(turn, citation, short_answer))
        position = citation.end
    pieces.append(safe(card.text[position - card.start :]))
    origin = [dates(first), first.place, *dict.fromkeys(said_by(citation) for citation in card.citations)]
    facts = " · ".join(f"<span>{safe(fact)}</span>" for fact in origin if fact)
    return (
        f'<article class="card"><h4>{safe(first.title or first.document)}</h4><p class="facts">{facts}</p>'
        f"<blockquote>{''.join(pieces).strip()}</blockquote>{_warnings(card)}"
        f'<p class="file">{safe(first.document)}{_original(first.source)}</p></article>'
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


def _original(source: str) -> str:
    """A link to the original where its address is one of the web."""
    try:
        parts = urlsplit(source)
        host = parts.hostname
    except ValueError:  # brackets that hold no address
        return ""
    if parts.scheme not in {"http", "https"} or not host or not source.isprintable():
        return ""
    return f' · <a href="{safe(source)}" target="_blank" rel="noopener noreferrer">original at {safe(host)}</a>'
