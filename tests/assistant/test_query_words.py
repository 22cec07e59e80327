"""The question's words and what they may be called otherwise."""

from __future__ import annotations

import pytest

from assistant.query_words import coverage, query_words
from corpus.glossary import Glossary
from index.terms import terms

GLOSSARY = Glossary(
    (("permit", "licence"), ("NPO", "Northern Permit Office"), ("e-permit", "online permit"), ("hồ sơ", "dossier"))
)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many permits?", "licences were given"),
        ("What is the NPO?", "the Northern Permit Office"),
        ("What is the Northern Permit Office?", "NPO"),
        ("How many e-permits?", "an online permit"),
        ("how many ho so", "dossiers"),
    ],
)
def test_an_equivalent_stands_for_a_word_or_phrase(question: str, text: str) -> None:
    """Whole phrases count, in both directions, whatever their case and diacritics."""
    words = [word for word in query_words(question, GLOSSARY) if word.word != "many"]
    weights = {word.word: 1.0 for word in words}
    assert coverage(words, weights, {term.stem for term in terms(text)}) == 1.0


def test_a_part_of_an_equivalent_is_not_enough() -> None:
    """ "Northern" alone is not the NPO."""
    words = query_words("NPO", GLOSSARY)
    assert coverage(words, {"npo": 1.0}, {"northern"}) == 0.0


def test_a_question_without_words_covers_nothing() -> None:
    """No division by zero."""
    assert coverage([], {}, {"permit"}) == 0.0
