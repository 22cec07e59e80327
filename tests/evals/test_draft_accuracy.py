"""The measure of lies shown and honest sentences held back, and what it is today."""

from __future__ import annotations

from collections import Counter

import pytest

from assistant.claim_checker import ClaimChecker
from assistant.draft_source import Source
from corpus.document import Span
from corpus.errors import InputError
from evals.draft_accuracy import DraftCase, accuracy_of, draft_cases, main

CASES = list(draft_cases())
MENDED_WITH = frozenset({"tuned", "second", "third", "fourth", "fifth"})
SOURCE = Source("k", "d", Span(0, 17), "The rate was 45%.")


def case(sentence: str, *, is_honest: bool) -> DraftCase:
    return DraftCase("c", "s", sentence, is_honest, "" if is_honest else "lie", (SOURCE,), (SOURCE,))


def test_both_faults_are_counted_apart() -> None:
    """A lie shown is another thing than an honest sentence held back."""
    counted = accuracy_of(
        [
            case("The rate was 45 %.", is_honest=True),
            case("The rate amounted to all that could be hoped for.", is_honest=True),
            case("The rate was 54%.", is_honest=False),
            case("The rate was 45 percent.", is_honest=False),
        ]
    )
    assert (counted.honest, counted.held_back, counted.lies, counted.shown) == (2, 1, 2, 1)


def test_there_are_enough_cases_of_many_sorts() -> None:
    """Sixty honest ones and sixty lies at least, over ten documents, and forty ways of lying."""
    assert sum(one.is_honest for one in CASES) >= 60
    assert sum(not one.is_honest for one in CASES) >= 60
    assert len({one.given[0].document_id for one in CASES}) >= 10
    assert len({one.lie for one in CASES}) > 40
    assert max(Counter(one.id for one in CASES).values()) == 1


def test_a_citation_that_its_document_does_not_have_is_told(tmp_path) -> None:
    """With the line."""
    file = tmp_path / "drafts.jsonl"
    document = "2024-12-10-city-budget-aldermoor.txt"
    file.write_text(f'{{"id": "a", "set": "s", "document": "{document}", "cites": ["No such sentence."]}}\n')
    with pytest.raises(InputError, match="line 1"):
        list(draft_cases(file))


@pytest.mark.parametrize("carries", [None, ClaimChecker.load()], ids=["words alone", "both judges"])
def test_no_lie_that_the_check_was_made_with_is_shown_and_few_honest_sentences_are_held_back(carries) -> None:
    """Of the sets that the words were mended with: none, and one in twenty at most."""
    counted = accuracy_of((one for one in CASES if one.set in MENDED_WITH), carries)
    assert [fault.case.sentence for fault in counted.faults if not fault.case.is_honest] == []
    assert counted.held_back <= 0.05 * counted.honest


def test_the_claim_checker_keeps_lies_back_that_words_do_not_tell() -> None:
    """Of the sets that nothing was made with: clearly fewer lies are shown, and no more honest sentences held back."""
    held_out = [one for one in CASES if one.is_held_out]
    words, both = accuracy_of(held_out), accuracy_of(held_out, ClaimChecker.load())
    assert both.shown < 0.7 * words.shown
    assert both.held_back <= words.held_back


def test_the_table_names_every_set(capsys) -> None:
    """And the faults, when they are asked for."""
    assert main(["--faults"]) == 0
    shown = capsys.readouterr().out
    assert all(f"| {name}" in shown for name in {one.set for one in CASES})
