"""A drafted sentence holds where its sources say so, and nowhere else."""

from __future__ import annotations

import doctest
import importlib
from datetime import date

import pytest

from assistant.answer import Verdict
from assistant.draft_check import check_sentence
from assistant.draft_source import Source, sources_of
from corpus.document import Document, Span, Utterance
from index.figures import find_readings

TEXT = """Fernhill clinic board: spring meeting

The board of the Fernhill clinic met on 4 March 2024 under Dr Ana Roth.

In 2023 the clinic treated 4,200 patients, up from 3,900 in 2022. The average wait was 12.0 days. About 300 patients \
came from abroad. The board has not approved the new wing; it is to open in 2027 if the county pays half.

Some nurses asked for longer shifts. Treasurer Lee Moss said that heating cost 90,000 EUR, and Roth praised the staff.
"""


def sources(text: str = TEXT, **changed: object) -> list[Source]:
    """The sentences of a small report."""
    values = {"id": "d", "name": "d.txt", "title": text.split("\n")[0], "kind": "article", "text": text, "source": ""}
    document = Document(**{**values, "published_on": date(2024, 3, 5), **changed})  # type: ignore[arg-type]
    from index.chunking import cut_passages

    spans = [s for p in cut_passages(document, content_hash="0" * 8, chunk_tokens=160) for s in p.sentences]
    return sources_of(document, spans, find_readings(document, spans))


GIVEN = sources()


def one(words: str) -> Source:
    """The source that holds `words`."""
    return next(source for source in GIVEN if words in source.text)


def holds(sentence: str, *cited: str) -> bool:
    return check_sentence(sentence, [one(words) for words in cited], GIVEN).verdict is Verdict.EXACT


@pytest.mark.parametrize(
    ("sentence", "cited"),
    [
        ("The clinic treated 4200 patients in 2023.", "4,200"),
        ("The average wait was 12 days.", "12.0 days"),
        ("The clinic treated 4,200 patients in 2023, an increase from 3,900 in 2022.", "4,200"),
        ("Approximately 300 patients came from abroad.", "About 300"),
        ("The new wing has not been approved by the board.", "not approved"),
        ("Lee Moss said that heating cost 90,000 EUR.", "heating cost"),
        ("Some nurses requested longer shifts.", "longer shifts"),
    ],
)
def test_what_the_source_says_in_other_words_holds(sentence, cited):
    """Spelling of figures, order, voice, words that mean the same."""
    assert holds(sentence, cited)


@pytest.mark.parametrize(
    ("sentence", "cited"),
    [
        ("The clinic treated 4,300 patients in 2023.", "4,200"),
        ("The clinic treated 3,900 patients in 2023.", "4,200"),
        ("The clinic treated 4,200 patients in 2023, down from 3,900 in 2022.", "4,200"),
        ("The clinic treated 4,200 nurses in 2023.", "4,200"),
        ("The average wait was 12 weeks.", "12.0 days"),
        ("Over 300 patients came from abroad.", "About 300"),
        ("The board has approved the new wing.", "not approved"),
        ("The new wing opened in 2027.", "not approved"),
        ("All nurses asked for longer shifts.", "longer shifts"),
        ("Some nurses were given longer shifts.", "longer shifts"),
        ("Lee Moss praised the staff, and Roth said that heating cost 90,000 EUR.", "heating cost"),
        ("Lee Roth said that heating cost 90,000 EUR.", "heating cost"),
        ("Heating cost 90,000 EUR because of an old boiler.", "heating cost"),
        ("The clinic will sack half of its nurses.", "longer shifts"),
    ],
)
def test_a_lie_does_not_hold(sentence, cited):
    """A changed figure, unit, hedge, name, direction, kind, quantity, cause; a negation dropped; an invention."""
    assert not holds(sentence, cited)


def test_a_year_that_is_only_compared_with_leaves_the_own_time_open():
    """What the record knows of the figure's time counts: the report's year, not the one before it."""
    told = "In 2024 much was done. The rate came to 45%, an increase of 2.5 times over 2023."
    text = f"Results of the year 2024\n\n6 February 2025\n\n{told}\n"
    (source,) = [one for one in sources(text) if "45%" in one.text]
    assert check_sentence("In 2024 the rate came to 45%.", [source]).verdict is Verdict.EXACT
    assert check_sentence("In 2023 the rate came to 45%.", [source]).verdict is not Verdict.EXACT


def test_a_whole_sentence_of_its_source_holds():
    """A quote needs no comparison, in whatever language."""
    (source,) = [s for s in sources("Báo cáo\n\nTỷ lệ hồ sơ trực tuyến đạt 45%.\n", language="vi") if "45" in s.text]
    assert check_sentence("Tỷ lệ hồ sơ trực tuyến đạt 45%.", [source]).verdict is Verdict.EXACT
    assert check_sentence("The online rate reached 45%.", [source]).verdict is not Verdict.EXACT


def test_no_source_is_no_support():
    """Not even for what is true."""
    assert check_sentence("The average wait was 12 days.", [], GIVEN).cause == "it names no source"


def test_a_right_figure_with_the_wrong_source_is_misattributed():
    """The cause tells that another source says it."""
    checked = check_sentence("The average wait was 12 days.", [one("heating cost")], GIVEN)
    assert checked.verdict is Verdict.MISATTRIBUTED
    assert "another source" in checked.cause


def test_what_is_made_of_two_sources_is_stitched():
    """A figure of the one told of the thing of the other."""
    cited = [one("4,200"), one("heating cost")]
    checked = check_sentence("The clinic treated 90,000 patients in 2023.", cited, GIVEN)
    assert checked.verdict in (Verdict.STITCHED, Verdict.NOT_FOUND)


def test_who_speaks_in_a_transcript_is_held_to():
    """A first person's plan is told of its speaker only."""
    text = "Call\n\nChair: Who writes the plan?\nAnalyst: I will write it by 3 May.\n"
    start = text.index("I will")
    turns = (Utterance("Chair", 13, 33), Utterance("Analyst", start, len(text) - 1))
    (source,) = [s for s in sources(text, kind="transcript", utterances=turns) if "3 May" in s.text]
    assert check_sentence("The Analyst will write it by 3 May.", [source]).verdict is Verdict.EXACT
    assert check_sentence("The Chair will write it by 3 May.", [source]).verdict is not Verdict.EXACT


def test_the_check_does_not_stumble_over_empty_words():
    """A sentence of signs alone says nothing."""
    source = Source("k", "d", Span(0, 1), "—")
    for sentence in ("", "…", "—", "12", "[]", "?" * 50):
        check_sentence(sentence, [source], [source])


@pytest.mark.parametrize(
    "name", "assertions check comparison figures lexicon names order reading senses source".split()
)
def test_the_examples_of_the_check_are_true(name):
    """What a module's docstring shows is what it does."""
    results = doctest.testmod(importlib.import_module(f"assistant.draft_{name}"))
    assert (results.failed, results.attempted > 0) == (0, True)


@pytest.mark.parametrize(
    ("sentence", "holds"), [("The new hall opened in May.", False), ("The new hall is to open in May.", True)]
)
def test_the_month_of_may_makes_nothing_possible(sentence, holds):
    """A month is no "may"."""
    source = Source("k", "d", Span(0, 1), "The new hall is to be opened in May.")
    assert (check_sentence(sentence, [source]).verdict is Verdict.EXACT) is holds
