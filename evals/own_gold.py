"""An evaluator's own gold files in the data folder: found by name, and kept when they are given.

A name is looked up among the files that are there and is never opened as a path. Knows nothing of
how questions are asked.

    kept = keep_gold(home, "harbour.jsonl", lines)
    find_gold(home, kept.stem)
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from corpus.errors import InputError
from evals.gold import load_gold
from index.settings import Home

__all__ = ["LARGEST_GOLD", "find_gold", "gold_files", "keep_gold"]

LARGEST_GOLD = 8 * 1024 * 1024  # bytes
LONGEST_NAME = 60  # characters
_OTHER = re.compile(r"[^\w.-]+")


def gold_files(home: Home) -> list[Path]:
    """The gold files of this home, by name."""
    return sorted(home.gold_folder.glob("*.jsonl"))


def find_gold(home: Home, name: str) -> Path:
    """The gold file of that name, without its ending. Raises InputError that lists the names."""
    files = gold_files(home)
    for file in files:
        if file.stem == name:
            return file
    there = ", ".join(file.stem for file in files) or "none is kept yet"
    raise InputError(f"There are no questions of your own named {name!r}. Choose one of: {there}.")


def keep_gold(home: Home, name: str, content: bytes) -> Path:
    """Keep a gold file under `name`, or that name with a number where it is taken by other questions.

    Raises InputError when it is too large or is no gold file, with the lines that are wrong.
    """
    if len(content) > LARGEST_GOLD:
        raise InputError(f"{name} is larger than {LARGEST_GOLD // 1024**2} MB. Give its questions in several files.")
    stem = _OTHER.sub("-", Path(name.replace("\\", "/")).name.removesuffix(".jsonl")).strip(".-")[:LONGEST_NAME]
    with tempfile.TemporaryDirectory(prefix="rapporteur-gold-") as folder:
        draft = Path(folder) / f"{stem or 'gold'}.jsonl"
        draft.write_bytes(content)
        try:
            load_gold(draft)
        except InputError as error:  # of the file as its owner knows it
            raise InputError(str(error).replace(f"{draft}", draft.name)) from error
    home.gold_folder.mkdir(parents=True, exist_ok=True)
    file, number = home.gold_folder / draft.name, 1
    while file.exists() and file.read_bytes() != content:
        number += 1
        file = home.gold_folder / f"{draft.stem}-{number}.jsonl"
    written = file.with_suffix(".draft")
    written.write_bytes(content)
    return written.replace(file)
