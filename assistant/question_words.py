"""The words of a question with their parts in the sentence: question words, pronouns, verbs that help.

Only the closed classes of English are listed (they gain no new members); every other word is
"content", whether noun, verb or adjective. Knows nothing of phrases, nor of conversations.

>>> [(word.text, word.role) for word in question_words("What's their role?")][:3]
[('What', 'asking'), ("'s", 'be'), ('their', 'possessive')]
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

__all__ = ["Role", "Word", "question_words"]

Role = Literal[
    "asking", "be", "do", "have", "modal", "the", "a", "quantity", "pointing", "pronoun", "possessive", "preposition",
    "to", "and", "clause", "adverb", "address", "mark", "content",
]  # fmt: skip

_CLOSED: dict[Role, str] = {
    "asking": "what which who whom why how where",
    "be": "is are was were be been being am isn't aren't wasn't weren't",
    "do": "do does did don't doesn't didn't",
    "have": "has have had having haven't hasn't hadn't",
    "modal": "will would can could shall should may might must cannot can't couldn't won't wouldn't shouldn't",
    "the": "the",
    "a": "a an",
    "quantity": """some any no each every all both many much few several other another more most less least
        enough various certain such own same either neither lot lots""",
    "pointing": "this that these those",
    "pronoun": """i you he she it we they me him us them myself itself themselves himself herself one ones
        someone anyone something anything everything nothing everyone there here""",
    "possessive": "my your his her its our their theirs mine yours ours hers whose",
    "preposition": """of in on at by for from with without about against between among into onto through
        during over under across within toward towards per via upon near around behind beyond besides above below
        like than versus vs regarding concerning""",
    "to": "to",
    "and": "and or but nor",
    "clause": "if whether because while since although though unless until once as after before when",
    "adverb": """not also only just ever never still even too very so yet now however really actually already
        again then currently usually typically originally often out up down off away back together else instead
        maybe perhaps""",
    # What is said to the other, and not about anything.
    "address": """please thanks thank ok okay yes hello hi hey sorry well ago tell give show let know think mean
        meant want""",
}
_ROLES: dict[str, Role] = {word: role for role, words in _CLOSED.items() for word in words.split()}
_INSIDE_NAMES: tuple[Role, ...] = ("the", "a", "preposition", "to", "adverb", "quantity", "do")
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[.'’&@/,:–-](?=[^\W_])[^\W_]+)*['’]?%?|[^\w\s]")
_SHORTENED = re.compile(
    r"(?i)(what|who|where|how|when|why|that|there|here|it|he|she|they|we|you)(['’](?:s|re|d|ll|ve))"
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark at its place."""

    text: str
    start: int  # offsets in the question
    end: int
    role: Role

    @property
    def lower(self) -> str:
        """In small letters."""
        return self.text.lower()

    @property
    def is_capitalised(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()


@lru_cache(maxsize=2048)
def question_words(text: str) -> tuple[Word, ...]:
    """All words and marks of `text` in order; "What's" is two words, "Darwin's" is one."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        shortened = _SHORTENED.fullmatch(match.group())
        if shortened:
            middle = match.start() + shortened.end(1)
            found.append(_word(shortened[1], match.start()))
            found.append(Word(shortened[2], middle, match.end(), "be"))
        else:
            found.append(_word(match.group(), match.start()))
    for at in range(1, len(found)):  # "Nghe An" has no article in it
        if found[at].is_capitalised and found[at].role in _INSIDE_NAMES and _is_named(found[at - 1]):
            found[at] = replace(found[at], role="content")
        elif found[at].text == "May" and (found[at - 1].text[0].isdigit() or found[at - 1].role == "preposition"):
            found[at] = replace(found[at], role="content")  # the month
    return tuple(found)


def _is_named(word: Word) -> bool:
    return word.role == "content" and word.is_capitalised


def _word(text: str, start: int) -> Word:
    return Word(text, start, start + len(text), _role(text))


def _role(text: str) -> Role:
    if not text[0].isalnum():
        return "mark"
    role = _ROLES.get(text.lower().replace("’", "'"), "content")
    shouted = len(text) > 1 and text.isupper() and role in ("pronoun", "preposition")
    return "content" if shouted else role  # "US", "IT", "WITH" of an acronym
