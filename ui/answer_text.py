"""An answer as lines of text for a terminal: the figure first, then the quotes, then the sources.

Decides nothing; everything it prints stands in the Answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Answer, Citation, RankedPassage, Statement, Verdict
from assistant.asked_back import asked_back
from ui.answer_figures import beside, facts_of, figure_table, of_what_was_asked
from ui.terminal import Terminal
from ui.wording import HELD_BACK, NEAREST, REFUSED, dates, one_line, said_by, short_answer_numbers, whole_words

__all__ = [
    "answer_lines",
    "brief_answer_lines",
    "passage_lines",
    "read_as_lines",
    "source_lines",
    "statement_lines",
]

INDENT = "  "
_MARKER = re.compile(r"\[\d+\]")


def answer_lines(answer: Answer, terminal: Terminal) -> list[str]:
    """The whole answer, ready to print."""
    lines = read_as_lines(answer.question, answer.standalone_question, terminal)
    if answer.refused:
        lines += _refusal(answer, terminal)
        return [*lines, "", terminal.bold("Found in"), *source_lines(answer, terminal)] if answer.nearest else lines
    leading = of_what_was_asked(answer)
    others = [one for one in answer.statements if one not in leading]
    lines += [*_opening(answer, terminal), *_quoted(leading, answer, answer.short_answer, terminal)]
    if answer.leads > 1:
        lines += [*figure_table(answer.readings[: answer.leads], terminal), ""]
    if others_told := beside(answer):
        lines += [terminal.bold("Other figures for this"), *figure_table(others_told, terminal), ""]
    lines += [*_remarks(answer, terminal), *_quoted(others, answer, None, terminal)]
    lines += [*_quotes(answer, terminal), *_held_back(answer, terminal)]
    return [*lines, terminal.bold("Sources"), *source_lines(answer, terminal)]


def brief_answer_lines(answer: Answer, terminal: Terminal, *, already_said: Sequence[Statement] = ()) -> list[str]:
    """The answer with its quotes, but without what it was read as, its sources and what is said of other figures.

    Who asks for the source is told it all the same. Statements that were shown before, as they came, are not repeated.
    """
    if answer.refused:
        return _refusal(answer, terminal)
    leading = [statement for statement in of_what_was_asked(answer) if statement not in already_said]
    lines = [*_opening(answer, terminal), *_quoted(leading, answer, answer.short_answer, terminal)]
    if answer.leads > 1:
        lines += [*figure_table(answer.readings[: answer.leads], terminal), ""]
    if others_told := beside(answer):
        told = ", ".join(f"{one_line(one.reading.text)}\xa0[{one.citation}]" for one in others_told)
        lines += [_highlighted(line, "", terminal) for line in terminal.wrapped(f"Other figures: {told}")]
        lines += [""] if not answer.remarks else []
    lines += [*_remarks(answer, terminal), *_held_back(answer, terminal)]
    if asked_back(answer.question):  # "Where does it say so?"
        return [*lines, terminal.bold("Sources"), *source_lines(answer, terminal)]
    return lines[:-1] if lines and not lines[-1] else lines


def passage_lines(passages: Sequence[RankedPassage], terminal: Terminal) -> list[str]:
    """Ranked passages, best first, each with the place it stands at."""
    if not passages:
        return ["No passage was found."]
    lines: list[str] = []
    for rank, ranked in enumerate(passages, start=1):
        passage = ranked.passage
        place = f"{ranked.document} [{passage.start}:{passage.end}]"
        header = one_line(passage.header)
        first = f"{rank:>2}. "
        if lines:
            lines.append("")
        lines += _wrapped_bold(header or ranked.document, first, terminal)
        lines += terminal.wrapped(one_line(passage.text), first="    ", rest="    ")
        lines.append(terminal.faint(f"    {one_line(place)}  score {ranked.score:.3f}"))
    return lines


def read_as_lines(question: str, read_as: str, terminal: Terminal) -> list[str]:
    """What a question was read as, where that is not its own words."""
    if read_as.strip() == question.strip():
        return []
    return [*map(terminal.faint, terminal.wrapped(f"Read as: {one_line(read_as)}")), ""]


def _opening(answer: Answer, terminal: Terminal) -> list[str]:
    """The short answer, and what its figure is of."""
    if not answer.short_answer:
        return []
    numbers = _markers(short_answer_numbers(answer.citations, answer.short_answer))
    short = _wrapped_bold(one_line(answer.short_answer), "", terminal)
    lines = [*short[:-1], f"{short[-1]} {terminal.accent(numbers)}".rstrip()]
    if answer.readings:
        lines += map(terminal.faint, terminal.wrapped(" · ".join(facts_of(answer.readings[0].reading))))
    return [*lines, ""]


def _quotes(answer: Answer, terminal: Terminal) -> list[str]:
    """The quotes that carry what a model wrote; a copied answer consists of them."""
    if answer.mode == "extractive":
        return []
    quotes = {citation.quote for citation in answer.citations}
    written = [statement for statement in answer.statements if statement.text not in quotes]
    cited = {number for statement in written for number in statement.citations}
    lines = [terminal.bold("Quotes that carry this, which a language model wrote")]
    for citation in (one for one in answer.citations if one.number in cited):
        speaker = f"{one_line(citation.speaker)}: " if citation.speaker else ""
        text = f"{speaker}“{one_line(citation.quote)}”\xa0[{citation.number}]"
        lines += [_highlighted(line, "", terminal) for line in terminal.wrapped(text, first=INDENT, rest=INDENT)]
    return [*lines, ""]


def _held_back(answer: Answer, terminal: Terminal) -> list[str]:
    """What a model wrote and the record does not say, and why a model that is set did not answer."""
    lines = [*map(terminal.faint, terminal.wrapped(one_line(answer.notice))), ""] if answer.notice else []
    if not answer.held_back:
        return lines
    lines.append(terminal.bold(HELD_BACK))
    for held in answer.held_back:
        told = f"{one_line(held.text)} — {one_line(held.cause)}"
        lines += map(terminal.faint, terminal.wrapped(told, first=INDENT, rest=INDENT))
    return [*lines, ""]


def _quoted(statements: Sequence[Statement], answer: Answer, short_answer: str | None, terminal: Terminal) -> list[str]:
    lines: list[str] = []
    for statement in statements:
        lines += [*statement_lines(statement, answer.citations, terminal, short_answer=short_answer), ""]
    return lines


def _remarks(answer: Answer, terminal: Terminal) -> list[str]:
    lines = [
        _highlighted(line, "", terminal) for remark in answer.remarks for line in terminal.wrapped(one_line(remark))
    ]
    return [*lines, ""] if lines else []


def statement_lines(
    statement: Statement, citations: Sequence[Citation], terminal: Terminal, *, short_answer: str | None = None
) -> list[str]:
    """One statement with its numbers; in quotation marks where it is a quote."""
    by_number = {citation.number: citation for citation in citations}
    cited = [by_number[number] for number in statement.citations if number in by_number]
    text = one_line(statement.text)
    speaker = ""
    if any(statement.text in citation.quote for citation in cited):
        text = f"“{text}”"
        speaker = next((f"{one_line(citation.speaker)}: " for citation in cited if citation.speaker), "")
    lines = terminal.wrapped(f"{speaker}{text}\xa0{_markers(statement.citations)}", first=INDENT, rest=INDENT)
    return [_highlighted(line, one_line(short_answer or ""), terminal) for line in lines]


def _refusal(answer: Answer, terminal: Terminal) -> list[str]:
    lines = [terminal.bold(REFUSED)]
    if answer.reason:
        lines += terminal.wrapped(one_line(answer.reason))
    if answer.nearest and answer.refusal:
        lines += ["", *_wrapped_bold(NEAREST[answer.refusal], "", terminal)]
        if answer.nearest_readings:
            lines += [*figure_table(answer.nearest_readings, terminal), ""]
        for citation in answer.nearest:
            quote = terminal.wrapped(f"“{one_line(citation.quote)}”\xa0[{citation.number}]", first=INDENT, rest=INDENT)
            lines += [_highlighted(line, "", terminal) for line in quote]
    return lines


def source_lines(answer: Answer, terminal: Terminal) -> list[str]:
    """One entry a document, in the order of its first number; who spoke stands under it."""
    by_document: dict[str, list[Citation]] = {}
    for citation in answer.nearest if answer.refused else answer.citations:
        by_document.setdefault(citation.document_id, []).append(citation)
    lines: list[str] = []
    for group in by_document.values():
        first = group[0]
        parts = [first.title or first.document, dates(first), first.place, first.document]
        numbers = _markers([citation.number for citation in group])
        entry = terminal.wrapped(
            f"{numbers} {' — '.join(one_line(part) for part in dict.fromkeys(parts) if part)}", rest="    "
        )
        lines += [_highlighted(line, "", terminal) for line in entry]
        for citation in group:
            remark = "; ".join(filter(None, [one_line(said_by(citation)), _warning(citation)]))
            if remark:
                lines.append(terminal.faint(f"    [{citation.number}] {remark}"))
    return lines


def _warning(citation: Citation) -> str:
    return "" if citation.verdict is Verdict.EXACT else f"the quote is not word for word: {citation.verdict.value}"


def _markers(numbers: Sequence[int]) -> str:
    return "".join(f"[{number}]" for number in numbers)


def _wrapped_bold(text: str, first: str, terminal: Terminal) -> list[str]:
    lines = terminal.wrapped(text, first=first, rest=" " * len(first))
    return [terminal.bold(line) for line in lines]


def _highlighted(line: str, short_answer: str, terminal: Terminal) -> str:
    """`line` with the short answer in bold and the citation numbers in their colour."""
    if not terminal.colours:
        return line
    places = f"{_MARKER.pattern}|{whole_words(short_answer).pattern}" if short_answer else _MARKER.pattern

    def styled(place: re.Match[str]) -> str:
        text = place.group()
        return terminal.accent(text) if _MARKER.fullmatch(text) else terminal.bold(text)

    return re.sub(places, styled, line)
