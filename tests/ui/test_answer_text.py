"""Answers as lines for a terminal: whole, brief, and in a narrow one."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest

from assistant.answer import Answer, Citation, CitedReading, Refusal, Statement, Verdict
from corpus.document import Span
from corpus.periods import Period
from index.reading import Reading
from ui.answer_text import answer_lines, brief_answer_lines, read_as_lines
from ui.terminal import Terminal

QUOTES = (
    "The share of libraries lending e-books in Portugal reached 47% in 2024.",
    "In Braga, the share of libraries lending e-books reached 52% in 2024.",
)


def citation(number: int) -> Citation:
    """A citation of one of QUOTES."""
    quote = QUOTES[number - 1]
    held = date(2024, 12, 17)
    return Citation(
        number,
        f"d{number}",
        f"{number}.txt",
        f"Report {number}",
        held,
        None,
        "",
        "",
        quote,
        0,
        len(quote),
        verdict=Verdict.EXACT,
    )


def reading(number: int, text: str, scope: str) -> CitedReading:
    """A share of 2024."""
    year = Period(date(2024, 1, 1), date(2024, 12, 31), "2024")
    told = Reading(
        f"d{number}",
        0,
        3,
        text,
        Span(0, 60),
        float(text.rstrip("%")),
        None,
        None,
        "%",
        "",
        "share of libraries lending e-books",
        "stated",
        year,
        "stated",
        scope,
        "stated",
        "actual",
    )
    return CitedReading(told, number, ("scope",) if number > 1 else ())


ANSWER = Answer(
    "And in 2024?",
    "What was the share of libraries lending e-books in 2024?",
    "",
    "47%",
    tuple(Statement(quote, (number,)) for number, quote in enumerate(QUOTES, start=1)),
    (citation(1), citation(2)),
    readings=(reading(1, "47%", "Portugal"), reading(2, "52%", "Braga")),
    leads=1,
    remarks=("[2] (52%) is of Braga, not of Portugal.",),
)
REFUSED = Answer(
    "How far?", "How far?", "", None, (), (), Refusal.NOT_SAID, "No distance is told.", nearest=(citation(1),)
)


def terminal(width: int) -> Terminal:
    """A terminal without colours."""
    return Terminal(io.StringIO(), width, colours=False, is_terminal=False)


def test_a_brief_answer_leaves_out_what_is_told_on_demand() -> None:
    """The figure, its quote and the values of other figures stay; their quotes, their table and the sources go."""
    brief = "\n".join(brief_answer_lines(ANSWER, terminal(100)))
    assert brief.startswith("47% [1]\n")
    assert QUOTES[0] in brief
    assert "Other figures: 52% [2]" in brief
    assert "[2] (52%) is of Braga, not of Portugal." in brief
    assert QUOTES[1] not in brief
    assert "Report 1" not in brief
    assert "Read as" not in brief


def test_a_brief_answer_does_not_repeat_what_was_said() -> None:
    """A sentence that was shown as it came is not shown again."""
    said = ANSWER.statements[:1]
    assert QUOTES[0] not in "\n".join(brief_answer_lines(ANSWER, terminal(100), already_said=said))


def test_a_brief_refusal_keeps_its_reason_and_what_came_nearest() -> None:
    """Only where it was found is left for later."""
    brief = "\n".join(brief_answer_lines(REFUSED, terminal(100)))
    assert "No distance is told." in brief
    assert QUOTES[0] in brief
    assert "Report 1" not in brief
    assert "Report 1" in "\n".join(answer_lines(REFUSED, terminal(100)))


def test_what_a_question_was_read_as_is_told_where_it_differs() -> None:
    """A question that stands alone is not repeated."""
    assert read_as_lines("And in 2024?", "What was it in 2024?", terminal(80)) == ["Read as: What was it in 2024?", ""]
    assert read_as_lines("What was it?", " What was it?", terminal(80)) == []


@pytest.mark.parametrize("width", [40, 60, 80, 100])
@pytest.mark.parametrize("answer", [ANSWER, REFUSED, replace(ANSWER, leads=2)], ids=["figure", "refused", "series"])
def test_no_line_is_wider_than_the_terminal(answer: Answer, width: int) -> None:
    """Neither the whole answer nor the brief one, with its table or the list in its place."""
    lines = [*answer_lines(answer, terminal(width)), *brief_answer_lines(answer, terminal(width))]
    assert max(map(len, lines)) <= width
    assert any("52%" in line for line in lines) or answer.refused
