"""The desk: conversations, answers as they were given, feedback, reviews and gold candidates, in one file.

It is precious: nothing here can be made again from the documents. Several threads and several
processes may work at it at once. "user" and "author" are the login name, or "" where nobody logs in.

>>> # desk = open_desk(home)
>>> # desk.conversations.listed(user="")
"""

from __future__ import annotations

from pathlib import Path

from assistant.desk_answers import Answers
from assistant.desk_conversations import Conversations
from assistant.desk_feedback import FeedbackStore
from assistant.desk_file import DeskFile
from assistant.desk_gold import GoldCandidates
from assistant.desk_reviews import Reviews
from index.settings import Home

__all__ = ["Desk", "open_desk"]


class Desk:
    """One open desk. Raises as DeskFile does."""

    def __init__(self, file: Path) -> None:
        self._file = DeskFile(file)
        self.answers = Answers(self._file)
        self.conversations = Conversations(self._file)
        self.feedback = FeedbackStore(self._file)
        self.reviews = Reviews(self._file)
        self.gold = GoldCandidates(self._file)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def open_desk(home: Home) -> Desk:
    """Open the desk of `home`; it is made when there is none."""
    return Desk(home.desk_file)
