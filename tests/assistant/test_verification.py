"""Nothing is shown that does not stand in a source."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Statement, Verdict
from assistant.assistant import Assistant
from assistant.verification import verdict_of, verify
from corpus.document import Span

TEXT = "The rate was 45%. The “target” is 95%."


@pytest.mark.parametrize(
    ("quote", "span", "verdict"),
    [
        ("The rate was 45%.", Span(0, 17), Verdict.EXACT),
        ("The  rate was 45%.", Span(0, 17), Verdict.NORMALISED),
        ('The "target" is 95%.', Span(18, 38), Verdict.NORMALISED),
        ("The rate was 45%.", Span(5, 22), Verdict.MOVED),
        ("The rate was 54%.", Span(0, 17), Verdict.NOT_FOUND),
        ("", Span(0, 0), Verdict.NOT_FOUND),
    ],
)
def test_a_quote_is_judged_against_the_text_at_its_offsets(quote: str, span: Span, verdict: Verdict) -> None:
    """Only the same characters at the same place are exact."""
    assert verdict_of(quote, span, TEXT) is verdict


def test_a_changed_figure_is_taken_out_of_the_answer(assistant: Assistant) -> None:
    """A statement whose quote was tampered with is not shown, nor is its short answer."""
    answer = assistant.ask("What share of permits was requested online in 2024?")
    false = replace(answer.citations[0], quote=answer.citations[0].quote.replace("44", "94"))
    forged = replace(
        answer,
        citations=(false,),
        statements=(Statement(false.quote, (1,)),),
        short_answer="94%",
    )
    checked = verify(forged, assistant.index.catalog)
    assert checked.statements == ()
    assert checked.short_answer is None
    assert "94" not in checked.text


def test_a_remark_with_a_number_that_no_quote_holds_is_dropped(libraries: Assistant) -> None:
    """Even where it is one of our own lines."""
    answer = libraries.ask("What share of libraries lent e-books in 2024?")
    forged = replace(answer, remarks=(*answer.remarks, "The share was 93% in Porto."))
    checked = verify(forged, libraries.index.catalog)
    assert checked.remarks == answer.remarks
    assert "93%" not in checked.text


def test_a_computed_number_stands_only_while_its_computation_is_told(libraries: Assistant) -> None:
    """Without it, the difference is a number of nobody."""
    answer = libraries.ask("Compare the share of libraries lending e-books in Braga and Porto.")
    assert "12 percentage points" in answer.remarks[0]
    assert verify(answer, libraries.index.catalog).remarks == answer.remarks
    assert verify(replace(answer, computed=()), libraries.index.catalog).remarks == ()


def test_a_figure_whose_quote_was_tampered_with_is_not_shown(libraries: Assistant) -> None:
    """Nor are the lines that rest on it."""
    answer = libraries.ask("What share of libraries lent e-books in 2023?")
    first, *rest = answer.citations
    forged = replace(answer, citations=(replace(first, quote=first.quote.replace("38", "83")), *rest))
    checked = verify(forged, libraries.index.catalog)
    assert all(cited.citation != first.number for cited in checked.readings)
    assert checked.short_answer is None
