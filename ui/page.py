"""Turns of a conversation as HTML: the answer at the left, its evidence at the right.

Everything that comes from a question or a document is escaped here, on the server; marks are
put in by offset. Knows nothing of Gradio.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, Citation, Mode, Statement
from assistant.progress import Found, Said
from ui.answer_figures import of_what_was_asked
from ui.markup import links, safe
from ui.page_cards import Sources, cited_cards, passage_cards
from ui.page_copy import copied_text
from ui.page_figures import facts_line, figure_tables, nearest_figures, remark_lines
from ui.page_plot import small_plot
from ui.wording import HELD_BACK, NEAREST, REFUSED, counted, short_answer_numbers

__all__ = ["turn_answered", "turn_failed", "turn_found", "turn_waiting"]

_HOW_MADE: dict[Mode, str] = {
    "extractive": "Copied word for word from the record",
    "generated": "Written by a model, each sentence checked against the record",
}


def turn_waiting(number: int, question: str) -> str:
    """A turn that has only just been asked."""
    return _turn(number, question, '<p class="waiting" role="status">Searching the record…</p>')


def turn_found(number: int, question: str, found: Found, said: Sequence[Said], sources: Sources) -> str:
    """A turn whose evidence is there and whose answer is being made; `said` is what of it has been checked."""
    documents = len({ranked.passage.document_id for ranked in found.passages})
    read = f"{counted(len(found.passages), 'passage')} from {counted(documents, 'document')}"
    told = "".join(f"<li>{safe(one.statement.text)}</li>" for one in said)
    statements = f'<ul class="statements">{told}</ul>' if told else ""
    answer = (
        f'<div class="answer">{_read_as(question, found.standalone_question)}{statements}'
        f'<p class="waiting" role="status">Reading {read}…</p></div>'
    )
    cards = passage_cards(found.passages, (), sources)
    return _turn(number, question, answer + _evidence(number, "Found in the record", cards))


def turn_failed(number: int, question: str, message: str) -> str:
    """A turn that could not be answered, with what to do."""
    return _turn(number, question, f'<p class="problem" role="alert">{safe(message)}</p>')


def turn_answered(number: int, answer: Answer, sources: Sources, *, helpful: bool | None = None) -> str:
    """A turn with its answer and evidence; `helpful` is what the user said of it."""
    if answer.refused:
        said, cited = _refusal(number, answer), answer.nearest
        heading = NEAREST[answer.refusal] if answer.refusal else ""
    else:
        said, cited, heading = _said(number, answer), answer.citations, "Evidence"
    cards = cited_cards(number, cited, answer.passages, answer.short_answer, sources)
    cards += passage_cards(answer.passages, cited, sources) if cited else ""
    kind = "refusal" if answer.refused else "said"
    read_as = _read_as(answer.question, answer.standalone_question)
    body = f'<div class="answer {kind}">{read_as}{said}{_tools(number, answer, helpful)}</div>'
    evidence = _evidence(number, heading, cards, " nearest" if answer.refused else "")
    return _turn(number, answer.question, body + (evidence if cards else ""))


def _turn(number: int, question: str, reply: str) -> str:
    edit = '<button class="quiet" data-act="edit" title="Edit the question and ask again">Edit</button>'
    return (
        f'<section class="turn" id="turn-{number}" data-turn="{number}">'
        f'<div class="asked"><h2 class="question">{safe(question)}</h2>{edit}</div>'
        f'<div class="reply">{reply}</div></section>'
    )


def _evidence(number: int, heading: str, cards: str, shade: str = "") -> str:
    return (
        f'<aside class="evidence{shade}" aria-label="Evidence for question {number}"><h3>{heading}</h3>{cards}</aside>'
    )


def _read_as(question: str, standalone_question: str) -> str:
    if standalone_question.strip() == question.strip():
        return ""
    return f'<p class="read-as">Read as: {safe(standalone_question)}</p>'


def _said(turn: int, answer: Answer) -> str:
    short = ""
    if answer.short_answer:
        numbers = links(turn, short_answer_numbers(answer.citations, answer.short_answer))
        short = f'<p class="short">{safe(answer.short_answer)}{numbers}</p>{facts_line(answer)}'
    by_number = {citation.number: citation for citation in answer.citations}
    statements = "".join(_statement(turn, statement, by_number) for statement in of_what_was_asked(answer))
    sources = counted(len({citation.document_id for citation in answer.citations}), "source")
    made = f"{_HOW_MADE[answer.mode]} · {sources} · {answer.elapsed_ms:,.0f} ms"
    figures = small_plot(answer) + figure_tables(turn, answer) + remark_lines(turn, answer)
    body = f'{short}<ul class="statements">{statements}</ul>{figures}{_held_back(answer)}'
    return f'{body}{_notice(answer)}<p class="made">{made}</p>'


def _notice(answer: Answer) -> str:
    """Why a language model that is set did not answer."""
    return f'<p class="made" role="status">{safe(answer.notice)}</p>' if answer.notice else ""


def _held_back(answer: Answer) -> str:
    """What a model wrote and its sources do not carry, folded away."""
    if not answer.held_back:
        return ""
    items = "".join(f"<li>{safe(held.text)} <span>— {safe(held.cause)}</span></li>" for held in answer.held_back)
    return f'<details class="held-back"><summary>{HELD_BACK}</summary><ul>{items}</ul></details>'


def _statement(turn: int, statement: Statement, by_number: dict[int, Citation]) -> str:
    cited = [by_number[number] for number in statement.citations if number in by_number]
    text = safe(statement.text)
    quoted = any(statement.text in citation.quote for citation in cited)
    speaker = next((citation.speaker for citation in cited if citation.speaker), "")
    said = f'<span class="speaker">{safe(speaker)}:</span> ' if speaker else ""
    markers = links(turn, statement.citations, anchored=True)
    if quoted:
        return f"<li>{said}<q>{text}</q>{markers}</li>"
    quotes = "".join(f"<q>{safe(citation.quote)}</q> " for citation in cited)
    return f'<li>{text}{markers}<p class="carried-by">{said}{quotes.rstrip()}</p></li>'


def _refusal(turn: int, answer: Answer) -> str:
    reason = f"<p>{safe(answer.reason)}</p>" if answer.reason else ""
    documents = len({ranked.passage.document_id for ranked in answer.passages})
    searched = ""
    if answer.passages:
        read = f"{counted(len(answer.passages), 'passage')} from {counted(documents, 'document')}"
        searched = f'<p class="made">The whole record was searched; the nearest {read} were read.</p>'
    return f'<p class="short">{REFUSED}</p>{reason}{nearest_figures(turn, answer)}{searched}'


def _tools(turn: int, answer: Answer, helpful: bool | None) -> str:
    """What can be done with an answer: copy it, say whether it helped and why not."""
    pressed = {True: "", False: ""} | ({helpful: ' aria-pressed="true"'} if helpful is not None else {})
    return (
        '<div class="tools" role="group" aria-label="This answer">'
        f'<button class="quiet" data-act="copy" data-copy="{safe(copied_text(answer))}">Copy</button>'
        f'<button class="quiet" data-act="helpful"{pressed[True]}>Helpful</button>'
        f'<button class="quiet" data-act="unhelpful"{pressed[False]}>Not helpful</button>'
        '<span class="told" role="status"></span></div>'
        f'<div class="next" id="next-{turn}"></div>'
    )
