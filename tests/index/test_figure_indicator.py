"""What a figure measures, from the words of its part of the sentence."""

from __future__ import annotations

import pytest

from corpus.document import Span
from corpus.quantities import find_quantities
from index.figure_indicator import measure_named, with_tail, words_of
from index.figure_lists import group_total, paired_names, sharing_units
from index.figure_subject import is_empty, stripped, subject_of


def measured(sentence: str, *, is_rank: bool = False) -> str:
    first = find_quantities(sentence)[0]
    figure = Span(first.start, first.end)
    return words_of(sentence, figure, Span(0, len(sentence)), is_rank=is_rank).text


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The rate of online records reached 92%.", "rate of online records"),
        ("80% of the permits are issued online.", "permits are issued online"),
        ("There are 234 river ferries.", "river ferries"),
        ("The platform has 13 million user accounts.", "platform: user accounts"),
        ("According to the board, the rate of online records is about 92%.", "rate of online records"),
        ("The report says that the rate of online records is 92%.", "rate of online records"),
        ("The deficit is forecast at 3.1% of income.", "deficit: income"),
        ("The town has 4,700 users when all is counted.", "town: users"),
        ("An increase of 67%.", ""),
        ("40 million is the target.", ""),
    ],
)
def test_the_thing_stands_before_or_behind_the_figure(sentence: str, expected: str) -> None:
    """Without what frames the sentence and leads into the figure; empty where it has none."""
    assert measured(sentence) == expected


def test_words_that_are_cut_are_no_part_of_the_thing() -> None:
    """Times and places."""
    sentence = "The birth rate in 2023 was 92%."
    assert words_of(sentence, Span(27, 30), Span(0, len(sentence)), (Span(15, 22),)).text == "birth rate"


def test_a_prepositional_phrase_replaces_that_of_the_figure_before() -> None:
    """ "Goals on digital government … on digital economy"."""
    sentence = "6 on digital economy."
    words = words_of(sentence, Span(0, 1), Span(0, len(sentence)))
    assert (words.text, words.tail) == ("", "on digital economy")
    assert with_tail("goals on digital government", words.tail) == "goals on digital economy"
    assert with_tail("goals", words.tail) == "goals on digital economy"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("I begin with the online record rate, because it matters.", "online record rate"),
        ("How many buses run on time?", "buses run on time"),
        ("And the waiting list?", "waiting list"),
        ("Good morning.", ""),
    ],
)
def test_a_sentence_without_a_figure_names_a_measure(sentence: str, expected: str) -> None:
    """An announcement or a question."""
    assert measure_named(sentence) == expected


def test_words_that_name_no_thing() -> None:
    """Verbs of rising, words of time."""
    assert is_empty("an increase of about")
    assert not is_empty("an increase of exports")


def test_a_subject_is_freed_of_its_frame() -> None:
    """Who speaks, who said it, adverbs, verbs."""
    assert subject_of("MAYOR: So far the number of homes has reached about ") == "number of homes"
    assert subject_of("the share of women, he said, is ") == "share of women"
    assert stripped(" the homes, ") == "homes"


# What figures share


def test_a_bare_number_takes_the_unit_of_what_it_is_put_against() -> None:
    """The end of its way, money before it."""
    text = "It fell from 214 to 187 days."
    assert [one.unit for one in sharing_units(text, find_quantities(text))] == ["days", "days"]
    text = "A loss of 12 million euros came after a profit of 7.5 million."
    assert [one.unit for one in sharing_units(text, find_quantities(text))] == ["EUR", "EUR"]


def test_money_gives_no_unit_to_what_is_counted() -> None:
    """ "2 million euros for 300,000 pupils"."""
    text = "They gave 2 million euros to 300,000 pupils."
    assert [one.unit for one in sharing_units(text, find_quantities(text))] == ["EUR", "count"]


def test_a_group_is_what_the_other_counts_are_out_of() -> None:
    """Only if it opens the sentence."""
    text = "Of the 412 schools, 389 have a library."
    assert group_total(text, find_quantities(text)) == 412
    text = "389 have a library and 412 have none."
    assert group_total(text, find_quantities(text)) is None


def test_names_are_dealt_out_in_rounds() -> None:
    """Two names and four figures; without "respectively" they are not."""
    text = "Elm and Oak closed 81 and 32 cases respectively, or 97% and 99%."
    figures = [Span(one.start, one.end) for one in find_quantities(text)]
    elm, oak = Span(0, 3), Span(8, 11)
    assert paired_names(text, figures, [elm, oak]) == {0: 0, 1: 1, 2: 0, 3: 1}
    assert paired_names(text.replace("respectively", "together"), figures, [elm, oak]) == {}
