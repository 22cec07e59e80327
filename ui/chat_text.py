"""What the chat prints besides answers: a quote in its passage, conversations, commands.

Decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, Citation
from assistant.desk_conversations import Conversation, StoredExchange
from assistant.progress import Found
from assistant.standing import Standing
from index.passage import Passage
from ui.answer_figures import figure_table
from ui.conversation_blocks import moment
from ui.standing_text import CHANGED
from ui.terminal import Terminal
from ui.wording import REFUSED, dates, one_line, said_by

__all__ = [
    "conversation_lines",
    "exchange_lines",
    "figures_lines",
    "hint_line",
    "looking_line",
    "source_passage_lines",
]

OPENING, CLOSING = ">>", "<<"  # around the quote in its passage
INDENT = "    "


def looking_line(found: Found | None, terminal: Terminal) -> str:
    """What is said while an answer is waited for."""
    if found is None:
        return _cut("Looking …", terminal)
    documents = len({ranked.passage.document_id for ranked in found.passages})
    return _cut(f"Reading {_counted(len(found.passages), 'passage')} of {_counted(documents, 'document')} …", terminal)


def hint_line(answer: Answer) -> str:
    """The commands that tell more of an answer; "" where there is nothing more."""
    citations = answer.nearest if answer.refused else answer.citations
    if not citations:
        return ""
    last = max(citation.number for citation in citations)
    sources = "/source 1" if last == 1 else f"/source 1 … /source {last}"
    figures = answer.nearest_readings if answer.refused else answer.readings
    return " · ".join([sources, "/sources", *(["/readings"] if figures else [])])


def figures_lines(answer: Answer, terminal: Terminal) -> list[str]:
    """All figures of an answer as a table."""
    readings = answer.nearest_readings if answer.refused else answer.readings
    return figure_table(readings, terminal) if readings else ["The answer rests on no figures."]


def source_passage_lines(
    citation: Citation, standing: Standing, passages: Sequence[Passage], terminal: Terminal
) -> list[str]:
    """Where a quote stands: document, dates, speaker and time, and the text around it with the quote marked.

    `passages` are those of the document as it is now that share text with the quote; none when it has gone.
    """
    facts = [dates(citation), citation.place, said_by(citation)]
    names = [citation.document, *([citation.source] if citation.source.startswith("http") else [])]
    title = one_line(citation.title or citation.document)
    lines = [terminal.bold(line) for line in terminal.wrapped(f"[{citation.number}] {title}", rest=INDENT)]
    for parts in (facts, names):
        text = " · ".join(one_line(part) for part in parts if part)
        lines += [terminal.faint(line) for line in terminal.wrapped(text, first=INDENT, rest=INDENT)]
    if changed := CHANGED[standing.kind]:
        lines += terminal.wrapped(changed, first=INDENT, rest=INDENT)
    if standing.document is None or standing.span is None or not passages:
        return [*lines, "", *_marked("", citation.quote, "", terminal)]
    span = standing.span
    start, end = min(span.start, *(one.start for one in passages)), max(span.end, *(one.end for one in passages))
    text = standing.document.text
    before = f"{'… ' if start else ''}{text[start : span.start]}"
    after = f"{text[span.end : end]}{' …' if end < len(text) else ''}"
    return [*lines, "", *_marked(before, span.of(text), after, terminal)]


def conversation_lines(
    conversations: Sequence[Conversation], terminal: Terminal, *, current: str = "", with_ids: bool = False
) -> list[str]:
    """Two lines for each conversation: its number and title, and what is known of it."""
    lines: list[str] = []
    for number, one in enumerate(conversations, start=1):
        mark = "*" if one.id == current else " "
        lines.append(_cut(f"{number:>3}{mark}{one_line(one.title) or '(no question yet)'}", terminal))
        facts = [_counted(one.exchanges, "question"), moment(one.updated), *([one.id] if with_ids else [])]
        lines += [terminal.faint(line) for line in terminal.wrapped(" · ".join(facts), first=INDENT, rest=INDENT)]
    return lines


def exchange_lines(exchanges: Sequence[StoredExchange], terminal: Terminal) -> list[str]:
    """Each question of a conversation with the short form of its answer."""
    lines: list[str] = []
    for stored in exchanges:
        lines.append(_cut(f"{stored.position:>3} {one_line(stored.exchange.question)}", terminal))
        if answer := stored.exchange.answer:
            said = next((one.text for one in answer.statements), answer.text)
            short = REFUSED if answer.refused else answer.short_answer or said
            lines.append(terminal.faint(_cut(f"{INDENT}{one_line(short)}", terminal)))
    return lines


def _marked(before: str, quote: str, after: str, terminal: Terminal) -> list[str]:
    """The text in lines, the quote between marks and, where it can be seen, in bold."""
    lines: list[str] = []
    is_inside = False
    for paragraph in f"{before}{OPENING}{quote}{CLOSING}{after}".split("\n"):
        for line in terminal.wrapped(one_line(paragraph), first=INDENT, rest=INDENT) if paragraph.strip() else []:
            shown, is_inside = _emboldened(line, is_inside, terminal)
            lines.append(shown)
    return lines


def _emboldened(line: str, is_inside: bool, terminal: Terminal) -> tuple[str, bool]:
    """`line` with what stands between the marks in bold, and whether the quote goes on in the next line."""
    start = 0 if is_inside else line.find(OPENING)
    if start < 0:
        return line, False
    end = line.rfind(CLOSING)
    if end < start:
        return line[:start] + terminal.bold(line[start:]), True
    return line[:start] + terminal.bold(line[start : end + len(CLOSING)]) + line[end + len(CLOSING) :], False


def _counted(count: int, thing: str) -> str:
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def _cut(line: str, terminal: Terminal) -> str:
    return line if len(line) <= terminal.width else f"{line[: terminal.width - 1].rstrip()}…"
