"""Words as the lexical side sees them, held to what the full-text table itself makes of them."""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest
from generated_documents import CHARACTERS
from hypothesis import given
from hypothesis import strategies as st

from index.embedding import bundled_model_folder
from index.terms import STOP_WORDS, fold, terms

# Two non-words that SQLite's step 1 reads otherwise.
ODD = {"eed", "ies"}


def stems_of_the_table(words: Sequence[str]) -> list[list[str]]:
    """What FTS5 with the catalog's tokenizer keeps of each word."""
    table = sqlite3.connect(":memory:")
    table.executescript(
        """CREATE VIRTUAL TABLE words USING fts5 (body, tokenize = 'porter unicode61 remove_diacritics 2');
        CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, 'instance');"""
    )
    table.executemany("INSERT INTO words (rowid, body) VALUES (?, ?)", enumerate(map(fold, words)))
    kept: list[list[str]] = [[] for _ in words]
    for stem, row in table.execute("SELECT term, doc FROM vocabulary"):
        kept[row].append(stem)
    return kept


def english_words() -> list[str]:
    """The whole words of the embedding model's vocabulary."""
    vocabulary = json.loads((Path(bundled_model_folder()) / "tokenizer.json").read_text())["model"]["vocab"]
    return sorted(word for word in vocabulary if re.fullmatch(r"[a-z0-9]+", word) and word not in ODD)


@given(st.text(CHARACTERS, max_size=60))
def test_folding_keeps_the_length_of_composed_text(text: str) -> None:
    """One character in, one character out: offsets in folded text are offsets in the text."""
    composed = unicodedata.normalize("NFC", text)
    assert len(fold(composed)) == len(composed)


@given(st.text(CHARACTERS, max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    """Folded text folds to itself."""
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Đà Nẵng", "da nang"), ("đồng", "dong"), ("Quảng Ngãi", "quang ngai"), ("CAFÉ", "cafe"), ("2,5 %", "2,5 %")],
)
def test_diacritics_and_case_are_folded(text: str, folded: str) -> None:
    """Vietnamese letters, the barred d included, fold to plain ones."""
    assert fold(text) == folded


def test_stems_are_those_of_the_full_text_table() -> None:
    """Each English word of a vocabulary of thousands has the stem that the table indexes it by."""
    words = english_words()
    assert len(words) > 15_000
    ours = [[term.stem for term in terms(word, keep_stop_words=True)] for word in words]
    differing = [
        (word, mine, its) for word, mine, its in zip(words, ours, stems_of_the_table(words), strict=True) if mine != its
    ]
    assert differing == []


@pytest.mark.parametrize(
    "word", ["us", "technologies", "technology", "assembly", "possibly", "is", "ms", "Đà", "µg", "x" * 66]
)
def test_words_that_porter_stemmers_disagree_on(word: str) -> None:
    """Short and very long words, and the endings -logy and -bly, are stemmed as the table does it."""
    assert [[term.stem for term in terms(word, keep_stop_words=True)]] == stems_of_the_table([word])


@given(st.lists(st.sampled_from(["Hải", "Dương", "rates", "45", "%", "(the", "board's", "–", "e-Government"])))
def test_offsets_point_at_the_word(words: list[str]) -> None:
    """A term's offsets cover the word it was read from."""
    text = " ".join(words)
    for term in terms(text, keep_stop_words=True):
        assert fold(text[term.start : term.end]) == term.word


def test_function_words_are_left_out() -> None:
    """Function words are no terms, unless they are asked for."""
    text = "What was the rate in the province?"
    assert [term.word for term in terms(text)] == ["rate", "province"]
    assert [term.word for term in terms(text, keep_stop_words=True)] == text.lower().rstrip("?").split()


def test_stop_words_are_folded_already() -> None:
    """The list is compared with folded words, so it must be folded itself."""
    assert {fold(word) for word in STOP_WORDS} == STOP_WORDS


def test_nothing_has_no_terms() -> None:
    """Punctuation and spaces hold no term."""
    assert terms("") == terms(" … — _ !?") == []
