"""The readings of a record judged for a question."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.figure_question import figure_question
from assistant.ledger import Ledger, Matched
from assistant.question import understand
from corpus.glossary import Glossary, read_glossary


@pytest.fixture(scope="module")
def ledger(libraries: Assistant) -> Ledger:
    return Ledger(libraries.index.catalog, libraries.index.embedder, read_glossary())


def matched(ledger: Ledger, question: str, within: str | None = None) -> list[Matched]:
    """Without evidence: by the words of the question alone."""
    return ledger.matched(figure_question(understand(question)), (), within)


def test_the_best_match_is_of_the_asked_thing_time_and_place(ledger: Ledger) -> None:
    """Its words, period and scope are all those of the question."""
    best = matched(ledger, "What is the share of libraries lending e-books in Porto in 2024?")[0]
    assert best.reading.text == "64%"
    assert best.mismatches == ()
    assert best.match > 0.9


def test_matches_come_best_first(ledger: Ledger) -> None:
    """Each is judged, those of another thing too."""
    scores = [one.score for one in matched(ledger, "What was the revenue of the reading card in 2024?")]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) > 1


def test_what_is_of_another_time_or_place_says_so(ledger: Ledger) -> None:
    """A mismatch is named, not hidden."""
    found = {one.reading.text: one.mismatches for one in matched(ledger, "Share of libraries lending e-books 2023?")}
    assert found["38%"] == ()
    assert found["64%"] == ("period",)


def test_words_of_the_thing_count_more_than_words_of_the_measure(ledger: Ledger) -> None:
    """ "Number of visitors" is told without "number"."""
    best = matched(ledger, "What was the number of visitors in 2024?")[0]
    assert best.reading.text in ("12.4 million", "11.9 million")
    assert best.likely > 0.6


def test_within_one_document_only_its_figures_are_judged(ledger: Ledger, libraries: Assistant) -> None:
    """The survey tells of no e-books."""
    survey = libraries.index.document_named("survey.txt").id
    found = matched(ledger, "How many visitors did the libraries count in 2024?", within=survey)
    assert {one.document.name for one in found} == {"survey.txt"}


def test_figures_of_the_evidence_are_judged_though_their_words_differ(libraries: Assistant) -> None:
    """The sentence was found by its meaning."""
    answer = libraries.ask("How much did the reading card earn in 2023?", within="2023.txt")
    assert answer.short_answer == "4.5 million EUR"


@pytest.mark.parametrize("question", ["What was the share in Portugal?", "What was the share?"])
def test_a_known_scope_is_not_named_twice(ledger: Ledger, question: str) -> None:
    """Portugal is a place already; where no scope is named, none is added."""
    asked = figure_question(understand(question))
    assert ledger.with_known_scopes(asked) == asked


def test_an_organisation_that_the_record_gives_figures_of_is_a_place_of_the_question(libraries: Assistant) -> None:
    """It is no word of what is measured, and two of them are compared."""

    class Scopes:
        def scopes(self) -> list[str]:
            return ["Kestrel Pumps", "Otter Valves"]

    class Record:
        readings = Scopes()

    ledger = Ledger(Record(), libraries.index.embedder, Glossary(()))  # type: ignore[arg-type]
    asked = ledger.with_known_scopes(figure_question(understand("Compare revenue of Otter Valves and Kestrel Pumps")))
    assert asked.places == ("Otter Valves", "Kestrel Pumps")
    assert asked.shape == "comparison"
    assert [term.word for term in asked.words] == ["revenue"]
