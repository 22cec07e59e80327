"""Reads a follow-up that was typed in haste as it would be written out.

"whats" gets its verb, and a name its capitals, where the text that the answers before were read in
writes it with capitals only. Knows nothing of what a question means.

>>> written_out("whats the debt of brackwell", ["The town of Brackwell had a debt of 940 EUR."])
'what is the debt of Brackwell'
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from assistant.question_words import question_words
from corpus.places import find_places

__all__ = ["written_out"]

TEXTS_KEPT = 1024  # passages whose words are known
_IS = re.compile(r"\b(what|who|where|when|how)(?:['’]?s)\b(?!['’])", re.IGNORECASE)
_THAT_IS = re.compile(r"\b(that|there|here)s\b", re.IGNORECASE)
_NOT = re.compile(r"\b(is|are|was|were|do|does|did|has|have|had|could|would|should)nt\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w’'-]*[^\W_]|[^\W\d_]")
_OPENS = re.compile(r"(?:^|[.!?:;|\n“\"(*#-])[\s“\"(*]*\Z")  # what precedes a capital that tells nothing
_NAME_GOES_ON = re.compile(r" [^\W\d_a-zà-ỹ][^\W\d_A-ZÀ-Ỹ]")  # "Kestrel Pumps had ..."
_LOOK_BACK = 6  # characters


def written_out(question: str, texts: Sequence[str] = ()) -> str:
    """`question` with its shortened words in full, and with capitals where `texts` write them.

    What the user wrote with a capital stays as it is.
    """
    question = _IS.sub(r"\1 is", question)
    question = _THAT_IS.sub(r"\1 is", question)
    question = _NOT.sub(r"\1 not", question)
    capitals = any(letter.isupper() for letter in question[1:])  # who types some types those of places too
    for place in [] if capitals else reversed(find_places(question, any_case=True)):
        typed = question[place.start : place.end]
        if typed.islower() and typed == place.name.lower():
            question = question[: place.start] + place.name + question[place.end :]
    if not texts:
        return question
    known = [_written(text) for text in texts]
    for word in reversed(question_words(question)):
        if word.role == "content" and word.text.islower():
            question = question[: word.start] + _capitals(word.text, known) + question[word.end :]
    return question


def _capitals(word: str, known: Sequence[Mapping[str, str]]) -> str:
    """`word` as the texts write it, where none writes it in small letters; "brackwell's" by its first part."""
    stem, mark, rest = word.partition("'") if "'" in word else word.partition("’")
    found = [text[stem] for text in known if stem in text]
    if not found and stem.endswith("s"):  # "portos debt"
        found = [text[stem[:-1]] for text in known if stem[:-1] in text]
        mark, rest = "’", "s"
    return found[0] + mark + rest if found and "" not in found else word


@lru_cache(maxsize=TEXTS_KEPT)
def _written(text: str) -> dict[str, str]:
    """The words of a text, in small letters, with how it writes them: "" where ever in small letters.

    A capital that opens a sentence or a line tells nothing, unless another follows or it is a speaker's.
    """
    words: dict[str, str] = {}
    for found in _WORD.finditer(text):
        word = re.sub(r"['’]s?$", "", found.group())
        if word.islower():
            words[word] = ""
        elif words.get(word.lower()) != "":
            in_front = text[max(0, found.start() - _LOOK_BACK) : found.start()]
            is_speaker = text.startswith(":", found.end())
            if is_speaker or _NAME_GOES_ON.match(text, found.end()) or not _OPENS.search(in_front):
                words[word.lower()] = word
    return words
