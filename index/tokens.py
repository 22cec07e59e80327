"""Counts tokens with tiktoken's cl100k_base, read from the copy that llama-index-core ships.

tiktoken downloads its vocabulary at first use; llama-index-core carries the file under the
name tiktoken looks for, so pointing the cache there keeps the count offline.
"""

from __future__ import annotations

import functools
import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import RapporteurError

if TYPE_CHECKING:
    import tiktoken

__all__ = ["count_tokens", "encoding"]


def _vocabulary_folder() -> Path:
    # find_spec on the parent does not import llama_index.core, which takes a second and a half.
    parent = find_spec("llama_index")
    for folder in (parent.submodule_search_locations or []) if parent else []:
        cache = Path(folder) / "core" / "_static" / "tiktoken_cache"
        if cache.is_dir():
            return cache
    raise RapporteurError(
        "llama-index-core is not installed, and with it the cl100k_base vocabulary. Install again with: make install"
    )


@functools.cache
def encoding() -> tiktoken.Encoding:
    """The cl100k_base encoding; raises RapporteurError when its vocabulary is not at hand."""
    import tiktoken

    # A cache of the user's own may lack the file, and tiktoken would then go and fetch it.
    before = os.environ.get("TIKTOKEN_CACHE_DIR")
    os.environ["TIKTOKEN_CACHE_DIR"] = str(_vocabulary_folder())
    try:
        return tiktoken.get_encoding("cl100k_base")
    finally:
        if before is None:
            del os.environ["TIKTOKEN_CACHE_DIR"]
        else:
            os.environ["TIKTOKEN_CACHE_DIR"] = before


def count_tokens(text: str) -> int:
    """Number of cl100k_base tokens; control words such as <|endoftext|> count as plain text."""
    return len(encoding().encode_ordinary(text))
