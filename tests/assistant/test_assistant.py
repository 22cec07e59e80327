"""From a question to a cited answer or a refusal, over a real index."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Answer, Verdict
from assistant.assistant import LONGEST_QUESTION, Assistant
from assistant.wire import AnswerLine, PassageLine
from corpus.errors import InputError

WORDS = ["what", "how many", "share", "permits", "online", "2023", "2024", "mayor", "who", "bridge", "not", "15%", "?"]


def assert_quotes_are_exact(assistant: Assistant, answer: Answer) -> None:
    """The law of the product: every quote is the document's text at its offsets."""
    for citation in (*answer.citations, *answer.nearest):
        document = assistant.index.catalog.document(citation.document_id)
        assert document is not None
        assert document.text[citation.start : citation.end] == citation.quote
        assert citation.verdict is Verdict.EXACT
    for statement in answer.statements:
        assert any(statement.text in answer.citations[number - 1].quote for number in statement.citations)
    if answer.short_answer is not None:
        assert any(answer.short_answer in citation.quote for citation in answer.citations)


@settings(max_examples=25)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join))
def test_every_quote_of_every_answer_is_exact(assistant: Assistant, question: str) -> None:
    """Whatever is asked, nothing is shown that is not copied."""
    assert_quotes_are_exact(assistant, assistant.ask(question))


@pytest.mark.parametrize(("year", "figure"), [("2023", "31%"), ("2024", "44%")])
def test_a_figure_is_answered_for_the_asked_year(assistant: Assistant, year: str, figure: str) -> None:
    """The short answer is the figure of that year, with its citation."""
    answer = assistant.ask(f"What share of permits was requested online in {year}?")
    assert answer.short_answer == figure
    assert answer.citations[0].document == f"{year}.txt"
    assert f"{figure} [1]" in answer.text


def test_a_person_is_answered_by_name(assistant: Assistant) -> None:
    """The name is copied from the report."""
    answer = assistant.ask("Under which mayor did the council meet in December 2024?")
    assert any("Carl Dunn" in citation.quote for citation in answer.citations)


def test_a_list_after_a_colon_is_given_whole(assistant: Assistant) -> None:
    """All items follow, and nothing that stands after the list."""
    quotes = [citation.quote for citation in assistant.ask("What work is still to be done?").citations]
    assert quotes == ["Work still to be done:", "The bridge is not repaired.", "The archive is not yet digital."]


def test_what_is_outside_the_topic_is_refused(assistant: Assistant) -> None:
    """No statement, no citation, a reason and what came nearest."""
    answer = assistant.ask("Who won the chess world championship in Reykjavik?")
    assert answer.refused
    assert answer.short_answer is None
    assert answer.statements == answer.citations == ()
    assert answer.reason
    assert answer.nearest


def test_a_follow_up_is_read_through_the_question_before(assistant: Assistant) -> None:
    """The period is exchanged; what it was read as is told."""
    answer = assistant.ask("And in 2023?", history=["What share of permits was requested online in 2024?"])
    assert answer.standalone_question == "What share of permits was requested online in 2023?"
    assert answer.short_answer == "31%"


def test_a_speaker_is_named_in_the_citation(assistant: Assistant) -> None:
    """A quote from a transcript carries who said it."""
    answer = assistant.ask("By when does the Analyst send a plan?", within="call.txt")
    assert answer.citations[0].speaker == "Chair"


@pytest.mark.parametrize("question", ["", "   \n\t ", "x" * (LONGEST_QUESTION + 1)])
def test_an_unusable_question_is_told(assistant: Assistant, question: str) -> None:
    """Empty and endless questions are refused with a message, not answered."""
    with pytest.raises(InputError):
        assistant.ask(question)


def test_an_unknown_document_is_told(assistant: Assistant) -> None:
    """The message names the command that lists the names."""
    with pytest.raises(InputError, match="rapporteur sources"):
        assistant.ask("permits", within="nowhere.txt")


def test_the_json_form_has_the_fields_of_the_contract(assistant: Assistant) -> None:
    """Other programs rely on these names."""
    line = AnswerLine.of(assistant.ask("What share of permits was requested online in 2024?")).model_dump()
    contract = "question standalone_question answer short_answer refused reason citations readings mode elapsed_ms"
    assert set(contract.split()) <= set(line)
    cited = "number document document_id title held_on quote start end speaker start_s verdict"
    assert set(cited.split()) <= set(line["citations"][0])
    found = PassageLine.of(assistant.search("permits")[0]).model_dump()
    assert set("document start end text score".split()) <= set(found)
