"""An answer made of readings: what is shown, in which words, with which citation."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Answer, Verdict
from assistant.assistant import Assistant
from assistant.wire import AnswerLine
from index.ingest import ingest
from index.settings import Home, IndexSettings
from index.store import open_index

REPOSITORY = Path(__file__).resolve().parents[2]
FOLDERS = (REPOSITORY / "corpus" / "reports", REPOSITORY.parent / "shared" / "seeds")

OPENINGS = ("What was", "How has", "Compare", "By how much did", "Was the target met for", "What is the latest", "")
THINGS = (
    "the share of libraries lending e-books",
    "the revenue of the reading card",
    "the number of visitors",
    "the rank in the reading survey",
    "the number of newly trained librarians",
    "the stops of the library bus",
)
PLACES = ("", "in Porto", "in Braga", "in Porto and Braga", "in Portugal", "in Coimbra", "nationwide")
TIMES = ("", "in 2022", "in 2023", "in 2024", "in 2023 and 2024", "since 2022", "by 2026", "in 2019")


@settings(max_examples=60)
@given(st.tuples(*map(st.sampled_from, (OPENINGS, THINGS, PLACES, TIMES))).map(lambda words: " ".join(words) + "?"))
def test_every_figure_of_every_answer_stands_in_the_quote_of_its_citation(libraries: Assistant, question: str) -> None:
    """Whatever is asked; the short answer is one of them, and the lines of our own hold."""
    answer = libraries.ask(question)
    quotes = {citation.number: citation for citation in answer.citations}
    for cited in answer.readings:
        citation, reading = quotes[cited.citation], cited.reading
        assert citation.verdict is Verdict.EXACT
        assert citation.quote[reading.start - citation.start : reading.end - citation.start] == reading.text
    for cited in answer.nearest_readings:
        assert cited.reading.text in answer.nearest[cited.citation - 1].quote
    if answer.short_answer is not None:
        assert any(answer.short_answer in quote.quote for quote in quotes.values())
    for computed in answer.computed:
        assert set(computed.inputs) <= quotes.keys()


def test_a_figure_is_answered_in_its_own_words_with_its_citation(libraries: Assistant) -> None:
    """Hedge and unit belong to it."""
    answer = libraries.ask("What share of libraries lent e-books in the first half of 2024?")
    assert answer.text.startswith("about 42% [1]\n")
    assert answer.short_answer in answer.citations[0].quote


def test_figures_of_one_sentence_share_its_citation(libraries: Assistant) -> None:
    """The sentence is quoted once."""
    answer = libraries.ask("Was the target for newly trained librarians reached in 2024?")
    assert [cited.citation for cited in answer.readings[:2]] == [1, 1]
    assert len({citation.quote for citation in answer.citations}) == len(answer.citations)


def test_a_speaker_is_named_with_what_was_said(libraries: Assistant) -> None:
    """As everywhere."""
    assert "Analyst: “In 2024" in libraries.ask("What share of libraries lent e-books in 2024?").text


def test_the_json_of_a_figure_answer_names_every_field_of_its_figures(libraries: Assistant) -> None:
    """Leads first; what differs is named."""
    line = AnswerLine.of(libraries.ask("What share of libraries lent e-books in 2023?")).model_dump(mode="json")
    first, others = line["readings"][0], line["readings"][1:]
    assert first == {
        "value": 38.0,
        "value_to": None,
        "total": None,
        "unit": "%",
        "text": "38%",
        "indicator": "share of libraries lending e-books",
        "period": "2023",
        "period_known": "stated",
        "scope": "Portugal",
        "scope_known": "stated",
        "kind": "actual",
        "comparison": None,
        "differs": [],
        "lead": True,
        "citation": 1,
    }
    assert others
    assert not any(other["lead"] for other in others)
    assert all(other["differs"] for other in others)
    assert {"2022", "2024"} <= {other["period"] for other in others}
    assert line["short_answer"] == "38%"


def test_the_json_of_a_change_says_what_it_is_compared_with(libraries: Assistant) -> None:
    """In the record's words."""
    line = AnswerLine.of(libraries.ask("By how much did the share of libraries lending e-books rise in 2023?"))
    first = line.readings[0]
    assert (first.value, first.unit, first.kind) == (7.0, "percentage points", "change")
    assert first.comparison == "compared to 2022"


def test_the_json_of_a_refusal_holds_the_nearest_figures(libraries: Assistant) -> None:
    """Their citations are those of "nearest"."""
    line = AnswerLine.of(libraries.ask("What share of libraries lent e-books in 2019?")).model_dump(mode="json")
    assert line["refused"]
    assert line["readings"] == []
    for near in line["nearest_readings"]:
        assert near["text"] in line["nearest"][near["citation"] - 1]["quote"]


@pytest.fixture(scope="module", params=FOLDERS, ids=["reports", "seeds"])
def online_rate(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Answer:
    """What is answered to "what was the online dossier rate in 2024?" over the reports and over their originals."""
    if not request.param.is_dir():
        pytest.skip(f"{request.param.name} are not here")
    index = open_index(Home(tmp_path_factory.mktemp(request.param.name)), IndexSettings(), create=True)
    assert not ingest([request.param], index).failed
    return Assistant(index).ask("what was the online dossier rate in 2024?")


def test_the_national_rate_of_the_year_leads(online_rate: Answer) -> None:
    """45%, of Vietnam, in 2024, reached."""
    lead = online_rate.readings[0].reading
    assert online_rate.leads == 1
    assert online_rate.short_answer == lead.text == "45%"
    assert (lead.scope, lead.period.label, lead.kind) == ("Vietnam", "2024", "actual")


@pytest.mark.parametrize(
    ("value", "scope", "kind", "differs", "why"),
    [
        (38.3, "Vietnam", "actual", "period", "is of a time that its report does not name"),
        (92.0, "Hai Duong", "actual", "scope", "is of Hai Duong, not of Vietnam"),
        (95.0, "Vietnam", "target", "kind", "is a target"),
    ],
)
def test_each_figure_it_could_be_taken_for_is_shown_and_told_apart(
    online_rate: Answer, value: float, scope: str, kind: str, differs: str, why: str
) -> None:
    """The sentence that the product exists for."""
    others = [cited for cited in online_rate.readings if cited.reading.value == value]
    assert others
    for other in others:
        assert (other.reading.scope, other.reading.kind) == (scope, kind)
        assert differs in other.differs
        assert other.reading.text in online_rate.citations[other.citation - 1].quote
    remark = online_rate.remarks[-1]
    assert any(f"[{other.citation}] ({other.reading.text}) {why}" in remark for other in others)
