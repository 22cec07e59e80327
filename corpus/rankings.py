"""Places in an order and moves in it: "71st place out of 193", "ranked 7", "top 10", "up 15 places".

An ordinal that numbers a thing ("the 8th session") is no rank. Knows nothing of what is ranked.

>>> text = "It rose to 71st place out of 193."
>>> reader = AmountReader(text, "en")
>>> rank = read_rank(text, reader.at(11), reader)
>>> rank.end, float(rank.total.value)
(15, 193.0)
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.amounts import Amount, AmountReader

__all__ = ["RankAt", "after_ordinal", "read_moves", "read_rank"]

_LOOK_BACK = 40  # characters
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
_RANK_NOUN = re.compile(r"(?i)[^\S\n](?:places?|ranks?|positions?|spots?|ranked|ranking)\b")
_RANK_BEFORE = re.compile(
    r"(?i)\b(?:rank(?:s|ed|ing)?|plac(?:e|es|ed|ing)|positions?|stands?|stood|finish(?:es|ed)?|hạng|xếp|đứng|vị trí"
    r"|platz|rang)[^\S\n]+(?:(?:at|in|as|of|no\.|number|thứ|#|only|it|them|us|the country)[^\S\n]*)?\Z"
)
_FINISHED = re.compile(r"(?i)\b(?:finish(?:es|ed))[^\S\n]+\Z")  # "finished 40 homes"
_LEVEL = re.compile(r"(?i)\b(?:stands?|stood)[^\S\n]+at[^\S\n]+\Z")
_NOT_A_RANK = re.compile(r"(?i)\bplac(?:e|es|ed|ing)[^\S\n]+\Z")  # "placed 40 orders"
_RANK_LINK = re.compile(r"(?i)\b(?:rank|plac)[^.;\n]*\band[^\S\n]\Z")  # "rank 6th by revenue and 4th by"
_THE = re.compile(r"(?i)(?:\b(?:the|of)[^\S\n]|#)\Z")
_SUPERLATIVE = re.compile(r"(?i)[^\S\n](?:largest|biggest|highest|lowest|best|worst|fastest|most|greatest|smallest)\b")
_AFTER_RANK = re.compile(
    r"(?i)[^\S\n]*(?:[.,;:!?)\]—–]|\Z|\n)|[^\S\n](?:in|by|out|of|among|amongst|and|or|nationwide|globally|worldwide|overall"
    r"|for|on|with|from|to|after|compared|this|regionally|across|nationally|internationally|at|while|but|as)\b"
)
_TOP = re.compile(r"(?i)\btop[^\S\n]+\Z")
_GOES_ON = re.compile(r"[\w-]|/\D|[.,]\d")
_OUT_OF = re.compile(
    r"(?i)(?:[^\S\n](?:place|position|rank|spot|overall|worldwide|globally))?,?(?:[^\S\n](?:out of|of|among|amongst"
    r"|trên|trong số|von|sur)[^\S\n](?:(?:all|the|a total of|tổng số)[^\S\n]){0,2}|/)"
)
_MOVES = re.compile(r"(?i)[^\S\n](?:places?|positions?|ranks|spots|notches|bậc|hạng|vị trí|Plätze|rangs)\b")
_MOVED_BEFORE = re.compile(
    r"(?i)\b(?:up|down|by|climb\w*|r[io]s\w*|mov\w*|jump\w*|f[ae]ll\w*|drop\w*|gain\w*|los[ti]\w*|improv\w*|increas\w*"
    r"|advanc\w*|slip\w*|tăng|giảm)[^\S\n]+(?:by |about |over )?\Z"
)
_MOVED_AFTER = re.compile(r"(?i)[^\S\n](?:higher|lower|up|down|above|below|ahead|better|compared|against|so với)\b")


@dataclass(frozen=True, slots=True)
class RankAt:
    """Where the words of a rank stand: "71st", "top 10"."""

    start: int
    end: int
    hedge: str  # "top"
    total: Amount | None


def after_ordinal(text: str, end: int) -> int:
    """Where "st", "nd", "rd" or "th" after a number ends; 0 where the number is no ordinal."""
    ordinal = _ORDINAL.match(text, end)
    return ordinal.end() if ordinal else 0


def read_rank(text: str, amount: Amount, reader: AmountReader) -> RankAt | None:
    """The rank that an amount is, with what it is out of; None where it is none."""
    end = amount.number_end
    before = text[max(0, amount.start - _LOOK_BACK) : amount.start]
    ordinal = 0 if amount.in_words else after_ordinal(text, end)
    if ordinal:
        end = ordinal
        told = _RANK_BEFORE.search(before) or _RANK_LINK.search(before)
        named = _RANK_NOUN.match(text, end) or _SUPERLATIVE.match(text, end)
        alone = not _THE.search(before) and _AFTER_RANK.match(text, end)
        if before.endswith("#") or not (told or named or alone):
            return None
    elif not amount.is_bare:
        return None
    elif top := _TOP.search(before):
        return RankAt(amount.start - len(before) + top.start(), end, "top", None)
    elif not amount.is_whole or _GOES_ON.match(text, end) or not _says_rank(text, before, end):
        return None
    out_of = _OUT_OF.match(text, end)
    total = reader.at(out_of.end()) if out_of else None
    fits = total is not None and total.unit is None and total.value >= amount.raw
    return RankAt(amount.start, end, "", total if fits else None)


def _says_rank(text: str, before: str, end: int) -> bool:
    """Whether the words before a bare number make it a place in an order."""
    if not _RANK_BEFORE.search(before) or _NOT_A_RANK.search(before):
        return False
    if _LEVEL.search(before):  # "the list stands at 12,300", "stands at 71 out of 193"
        return _OUT_OF.match(text, end) is not None
    return not _FINISHED.search(before) or _AFTER_RANK.match(text, end) is not None


def read_moves(text: str, start: int, end: int) -> int:
    """Where "15 places" ends, the number at `start` to `end`, if they are moves in a ranking; else 0."""
    noun = _MOVES.match(text, end)
    if not noun:
        return 0
    moved = _MOVED_AFTER.match(text, noun.end()) or _MOVED_BEFORE.search(text, max(0, start - _LOOK_BACK), start)
    return noun.end() if moved else 0
