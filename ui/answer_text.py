"""An answer as lines of text for a terminal: the figure first, then the quotes, then the sources.

Decides nothing; everything it prints stands in the Answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Answer, Citation, RankedPassage, Statement, Verdict
from ui.answer_figures import beside, facts_of, figure_table
from ui.terminal import Terminal
from ui.wording import NEAREST, REFUSED, dates, one_line, said_by, short_answer_numbers, whole_words

__all__ = ["answer_lines", "passage_lines"]

INDENT = "  "
_MARKER = re.compile(r"\[\d+\]")


def answer_lines(answer: Answer, terminal: Terminal) -> list[str]:
    """The whole answer, ready to print."""
    return [*_read_as(answer, terminal), *(_refusal(answer, terminal) if answer.refused else _said(answer, terminal))]


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


def _read_as(answer: Answer, terminal: Terminal) -> list[str]:
    if answer.standalone_question.strip() == answer.question.strip():
        return []
    return [*map(terminal.faint, terminal.wrapped(f"Read as: {one_line(answer.standalone_question)}")), ""]


def _said(answer: Answer, terminal: Terminal) -> list[str]:
    lines: list[str] = []
    if answer.short_answer:
        numbers = _markers(short_answer_numbers(answer.citations, answer.short_answer))
        short = _wrapped_bold(one_line(answer.short_answer), "", terminal)
        lines += [*short[:-1], f"{short[-1]} {terminal.accent(numbers)}".rstrip()]
        if answer.readings:
            lines += map(terminal.faint, terminal.wrapped(" · ".join(facts_of(answer.readings[0].reading))))
        lines.append("")
    by_number = {citation.number: citation for citation in answer.citations}
    leading = {cited.citation for cited in answer.readings[: answer.leads]}
    others = [one for one in answer.statements if leading and not leading & set(one.citations)]
    for statement in answer.statements:
        if statement not in others:
            lines += [*_statement(statement, by_number, answer.short_answer, terminal), ""]
    if answer.leads > 1:
        lines += [*figure_table(answer.readings[: answer.leads], terminal), ""]
    if others_told := beside(answer):
        lines += [terminal.bold("Other figures for this"), *figure_table(others_told, terminal), ""]
    for remark in answer.remarks:
        lines += [_highlighted(line, "", terminal) for line in terminal.wrapped(remark)]
    lines += [""] if answer.remarks else []
    for statement in others:
        lines += [*_statement(statement, by_number, None, terminal), ""]
    return [*lines, terminal.bold("Sources"), *_sources(answer.citations, terminal)]


def _statement(
    statement: Statement, by_number: dict[int, Citation], short_answer: str | None, terminal: Terminal
) -> list[str]:
    cited = [by_number[number] for number in statement.citations if number in by_number]
    text = one_line(statement.text)
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
        lines += ["", terminal.bold(NEAREST[answer.refusal])]
        if answer.nearest_readings:
            lines += [*figure_table(answer.nearest_readings, terminal), ""]
        for citation in answer.nearest:
            quote = terminal.wrapped(f"“{one_line(citation.quote)}”\xa0[{citation.number}]", first=INDENT, rest=INDENT)
            lines += [_highlighted(line, "", terminal) for line in quote]
        lines += ["", terminal.bold("Found in"), *_sources(answer.nearest, terminal)]
    return lines


def _sources(citations: Sequence[Citation], terminal: Terminal) -> list[str]:
    """One entry a document, in the order of its first number; who spoke stands under it."""
    by_document: dict[str, list[Citation]] = {}
    for citation in citations:
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
