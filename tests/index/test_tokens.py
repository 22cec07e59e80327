"""Token counts, without the network."""

from __future__ import annotations

import os

import pytest

from index.tokens import count_tokens, encoding


def test_counts_cl100k_tokens() -> None:
    """The count is that of cl100k_base, whose ids are known."""
    assert encoding().encode_ordinary("hello world") == [15339, 1917]
    assert count_tokens("hello world") == 2


def test_nothing_has_no_tokens() -> None:
    """An empty text counts zero."""
    assert count_tokens("") == 0


@pytest.mark.parametrize("word", ["<|endoftext|>", "<|im_start|>", "<|fim_prefix|>"])
def test_control_words_are_plain_text(word: str) -> None:
    """A control word in a text is counted by its characters and raises nothing."""
    assert count_tokens(word) == len(encoding().encode(word, disallowed_special=())) > 1


def test_vocabulary_is_the_shipped_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The vocabulary is read from llama-index-core's folder, not fetched."""
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", "/nowhere")  # a cache of the user's own, without the file
    encoding.cache_clear()
    assert count_tokens("hello world") == 2
    assert os.environ["TIKTOKEN_CACHE_DIR"] == "/nowhere"
