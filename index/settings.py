"""Where the program keeps its things, and how an index is made.

>>> IndexSettings().chunk_tokens
160
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["BUNDLED_MODEL", "Home", "IndexSettings"]

BUNDLED_MODEL = "bundled"  # all-MiniLM-L6-v2, which comes with the install


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """What decides how passages and vectors are made; the index remembers it."""

    embedding_model: str = BUNDLED_MODEL  # or a sentence-transformers name or folder
    chunk_tokens: int = 160  # cl100k_base tokens a passage holds at most, header apart
    talk_tokens: int = 224  # the same for a transcript: talk says less in as many words
    chroma_address: str = ""  # "http://host:port" of a Chroma server; "" keeps vectors in the home

    def passage_tokens(self, kind: str) -> int:
        """How many tokens a passage of an article or a transcript holds at most."""
        return self.talk_tokens if kind == "transcript" else self.chunk_tokens

    @classmethod
    def from_environment(cls) -> IndexSettings:
        """The settings of RAPPORTEUR_EMBEDDING_MODEL and RAPPORTEUR_CHROMA, else the defaults."""
        return cls(
            embedding_model=os.environ.get("RAPPORTEUR_EMBEDDING_MODEL") or BUNDLED_MODEL,
            chroma_address=os.environ.get("RAPPORTEUR_CHROMA", ""),
        )


def _default_folder() -> Path:
    chosen = os.environ.get("RAPPORTEUR_HOME")
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path

    return user_data_path("rapporteur", appauthor=False)


@dataclass(frozen=True, slots=True)
class Home:
    """The data folder: `index/` can be rebuilt, everything else in it is precious."""

    folder: Path = field(default_factory=_default_folder)

    @property
    def index_folder(self) -> Path:
        """What `rapporteur ingest` makes; may be deleted and made again."""
        return self.folder / "index"

    @property
    def uploads_folder(self) -> Path:
        """Files that were given to the app: precious, the index is made from them."""
        return self.folder / "uploads"

    @property
    def runs_folder(self) -> Path:
        """One file for each evaluation run."""
        return self.folder / "runs"

    @property
    def gold_folder(self) -> Path:
        """The user's own gold questions, a JSONL file for each suite: precious."""
        return self.folder / "gold"

    @property
    def desk_file(self) -> Path:
        """Conversations, answers as they were given, reviews, gold candidates: precious."""
        return self.folder / "desk.sqlite"

    @property
    def users_file(self) -> Path:
        """Who may sign in, with hashed passwords; there is none where one person works alone."""
        return self.folder / "users.json"
