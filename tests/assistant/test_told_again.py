"""The answer before quoted again, and who said it."""

from __future__ import annotations

from assistant.answer import Refusal, Verdict
from assistant.assistant import Assistant
from assistant.exchange import Exchange

RATE = "What was the share of permits requested online in 2024?"
PLAN = "By when does the Analyst send a plan?"


def asked(assistant: Assistant, *questions: str) -> list[Exchange]:
    """The questions, each answered after those before it."""
    turns: list[Exchange] = []
    for question in questions:
        turns.append(Exchange(question, answer=assistant.ask(question, history=turns)))
    return turns


def test_the_source_is_quoted_again(assistant: Assistant) -> None:
    """The same place, verified anew, with what it was read as."""
    turns = asked(assistant, RATE)
    before = turns[0].answer
    again = assistant.ask("where does it say so?", history=turns)
    assert before is not None and not again.refused
    assert [(one.document_id, one.start) for one in again.citations] == [
        (one.document_id, one.start) for one in before.citations
    ]
    assert all(one.verdict is Verdict.EXACT for one in again.citations)
    assert "share of permits" in again.standalone_question


def test_the_source_is_found_where_only_questions_are_known(assistant: Assistant) -> None:
    """The question before is answered first."""
    alone = assistant.ask(RATE)
    again = assistant.ask("Show me the source", history=[RATE])
    assert again.citations[0].quote == alone.citations[0].quote


def test_a_speaker_of_a_transcript_is_named_in_the_quote(assistant: Assistant) -> None:
    """The short answer is a span of it, as every short answer is."""
    turns = asked(assistant, PLAN)
    answer = assistant.ask("who said so?", history=turns)
    assert answer.short_answer == "Chair"
    assert answer.citations[0].quote.startswith("Chair:")


def test_nobody_is_named_for_what_a_report_tells_itself(assistant: Assistant) -> None:
    """The refusal shows the sentence."""
    turns = asked(assistant, "How many permits were issued in 2023?")
    answer = assistant.ask("Who said so?", history=turns)
    assert answer.refusal is Refusal.NOT_SAID and "names nobody" in answer.reason
    assert "1,240 permits" in answer.nearest[0].quote


def test_after_a_refusal_there_is_no_source(assistant: Assistant) -> None:
    """It says so."""
    turns = asked(assistant, "What was the share of permits requested online in 1999?")
    assert turns[0].answer is not None and turns[0].answer.refused
    answer = assistant.ask("source?", history=turns)
    assert answer.refused and "was not answered" in answer.reason


def test_a_source_that_is_not_there_is_refused_with_the_count(assistant: Assistant) -> None:
    """The answer has fewer quotes."""
    turns = asked(assistant, RATE)
    answer = assistant.ask("open [9]", history=turns)
    assert answer.refused and "none numbered 9" in answer.reason


def test_a_question_about_the_answer_changes_no_topic(assistant: Assistant) -> None:
    """The next follow-up is read through the question before it."""
    turns = asked(assistant, RATE, "source?")
    assert assistant.ask("and in 2023?", history=turns).standalone_question == RATE.replace("2024", "2023")
