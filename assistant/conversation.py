"""Completes a follow-up from the turns before it, so that it can be read alone.

The turns are the user's questions and, where they are known, what was answered: "he" may be who the
answer names. Knows nothing of the record, and of an answer only what it says.

>>> standalone_question("And in 2022?", ["What was the share of the digital economy in 2021?"])
'What was the share of the digital economy in 2022?'
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.answer_mentions import Told, texts_of, what_is_told
from assistant.as_typed import written_out
from assistant.asked_back import asked_back
from assistant.exchange import Exchange, exchanges_of
from assistant.figure_wording import LATEST
from assistant.follow_up import asked_of, read_turn
from assistant.question_words import question_words
from assistant.swapping import EVERYWHERE
from assistant.turns import Turn

__all__ = ["standalone_question"]

TURNS = 10  # of the conversation that a follow-up may go back to
WINDOW = 50  # turns; what was said one to two windows ago is no longer read
TEXTS = 12  # passages and quotes of the answers before that are looked into
LONGEST_READ = 500  # characters of a turn; a longer question says itself what it is about
CONVERSATIONS_KEPT = 512  # turns as they were read, over all conversations
_PRAISE = frozenset(
    """great good fine perfect nice clear interesting cool super helpful useful understood noted right correct excellent
    sure cheers bye wonderful lovely true wow alright""".split()
)
_SPEAKERS = frozenset({"i", "you", "we", "me", "us", "my", "your", "our"})  # no part of what is talked about


def standalone_question(question: str, history: Sequence[str | Exchange] = ()) -> str:
    """`question` with what it takes from `history` (the turns before it, oldest first) put in.

    A turn of `history` is a question, or an Exchange, whose answer then counts too. A question that
    stands alone comes back unchanged but for white space.
    """
    question = " ".join(question.split())
    if not history or _is_remark(question) or len(question) > LONGEST_READ:
        return question
    turns = _turns(_window(exchanges_of(history)))
    if not turns:
        return question
    question = written_out(question, turns[-1].texts)
    if asked_back(question):
        return asked_of(question, turns[-1]).text
    return read_turn(question, turns[-TURNS:]).text


@dataclass(frozen=True, slots=True)
class _Asked:
    """A turn as it is looked up among those read before."""

    question: str
    told: Told | None
    texts: tuple[str, ...]


def _window(history: Sequence[Exchange]) -> tuple[_Asked, ...]:
    """The last turns; their beginning moves on in steps, so that what was read before is found again."""
    begin = max(0, len(history) // WINDOW - 1) * WINDOW
    return tuple(
        _Asked(" ".join(turn.question.split())[:LONGEST_READ], what_is_told(turn.answer), texts_of(turn.answer))
        for turn in history[begin:]
    )


@lru_cache(maxsize=CONVERSATIONS_KEPT)
def _turns(history: tuple[_Asked, ...]) -> tuple[Turn, ...]:
    """The turns as they are read, each through those before it; what asks nothing new is left out."""
    if not history:
        return ()
    before, last = _turns(history[:-1]), history[-1]
    if _is_remark(last.question):
        return before
    texts = tuple(dict.fromkeys((*last.texts, *(before[-1].texts if before else ()))))[:TEXTS]
    question = written_out(last.question, texts)
    if before and asked_back(question):
        return (*before[:-1], replace(before[-1], told=_with_speaker(before[-1].told, last.told)))
    return (*before, replace(read_turn(question, before[-TURNS:]), told=last.told, texts=texts))


def _with_speaker(told: Told | None, again: Told | None) -> Told | None:
    """What an answer names, with whom the answer to "who said so?" named."""
    if told is None or again is None or not again.name:
        return told
    return replace(told, speaker=again.name)


def _is_remark(text: str) -> bool:
    """Whether a turn asks and names nothing: "That is fine. Thank you!"."""
    words = question_words(text)
    if EVERYWHERE.search(text) or LATEST.search(text):  # "and all together?", "now?"
        return False
    if any(word.role == "asking" or word.lower == "when" for word in words):
        return False
    if not any(word.role == "content" for word in words):
        pointing = ("pronoun", "possessive", "pointing")
        return not any(word.role in pointing and word.lower not in _SPEAKERS for word in words)
    return "?" not in text and all(word.lower in _PRAISE for word in words if word.role == "content")
