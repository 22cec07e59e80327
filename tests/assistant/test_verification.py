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
