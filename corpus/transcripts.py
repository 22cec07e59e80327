"""Transcripts written as text, one "Speaker: words" after another, and the text they become.

Canonical text is the title and whatever stands before the first turn, a line each, then a line a
turn: "Speaker: words". No line is dropped: what bears no label goes on with the turn above it.
Knows nothing about cues with times on lines of their own: see captions.py.

>>> lines = ["Ann: We begin.", "Bo: Yes.", "Ann: The budget first."]
>>> transcript = read_turns(lines)
>>> laid_out(transcript).text
'Ann: We begin.\\nBo: Yes.\\nAnn: The budget first.'
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Utterance
from corpus.speakers import Label, is_field, is_name, is_question_label, label_of

__all__ = ["LaidOut", "Transcript", "Turn", "laid_out", "read_turns"]

LABELLED_SHARE_MIN = 0.5  # of the lines, where a turn is one line
PARAGRAPHED_SHARE_MIN = 0.15  # of the lines, where turns have several paragraphs
RECURRING_SHARE_MIN = 0.4  # of the labelled lines bear a label that comes again
PREAMBLE_LINES_MAX = 15  # before the first turn, for turns of several paragraphs
TIMED_SHARE_MIN = 0.6  # of the lines begin with a time: a transcript without names


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says until the next begins."""

    speaker: str  # "" when the transcript names none
    words: str
    start_s: float | None = None  # seconds from the start of the recording
    end_s: float | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """The turns of a meeting, and the lines that stand before them."""

    turns: tuple[Turn, ...]
    preamble: tuple[str, ...] = ()
    title: str = ""  # "" when no line is one


@dataclass(frozen=True, slots=True)
class LaidOut:
    """Canonical text and the utterances whose offsets point into it."""

    text: str
    utterances: tuple[Utterance, ...]


def read_turns(lines: Sequence[str], title: str = "") -> Transcript | None:
    """The transcript in normalised `lines`, or None when they are no transcript.

    They are one when most lines begin with a short label and labels come again, or when names
    come again over paragraphs. `title` is a marked heading of the file, if it has one.
    """
    lines = [line for line in lines if line]
    labels = [label_of(line) for line in lines]
    counts = Counter(label.speaker for label in labels if label and label.speaker and not is_field(label.speaker))
    if _is_dialogue(labels, counts):
        first = _first_turn(labels, counts)
        turns = _gathered(lines, labels, counts, first)
    elif len(lines) >= 3 and sum(map(_is_timed, labels)) >= TIMED_SHARE_MIN * len(lines):
        first = next(index for index, label in enumerate(labels) if _is_timed(label))
        turns = _gathered(lines, labels, None, first)
    else:
        return None
    return Transcript(turns, tuple(lines[:first]), title or _title(lines[:first]))


def laid_out(transcript: Transcript) -> LaidOut:
    """Set a transcript as canonical text: title, preamble, then one line a turn.

    A turn without words keeps its line and has an utterance of no characters.
    """
    parts: list[str] = []
    length = 0
    title = [transcript.title] if transcript.title and transcript.title not in transcript.preamble else []
    for line in [*title, *transcript.preamble]:
        parts.append(line)
        length += len(line) + 1
    utterances: list[Utterance] = []
    for turn in transcript.turns:
        label = f"{turn.speaker}:" if turn.speaker else ""
        gap = " " if label and turn.words else ""
        start = length + len(label) + len(gap)
        end = start + len(turn.words)
        utterances.append(Utterance(turn.speaker, start, end, turn.start_s, turn.end_s))
        parts.append(f"{label}{gap}{turn.words}")
        length = end + 1
    return LaidOut("\n".join(parts), tuple(utterances))


def _is_timed(label: Label | None) -> bool:
    return label is not None and label.start_s is not None


def _is_dialogue(labels: Sequence[Label | None], counts: Counter[str]) -> bool:
    recurring = {speaker: count for speaker, count in counts.items() if count >= 2}
    labelled, again = sum(counts.values()), sum(recurring.values())
    if labelled < 3 or not recurring or all(is_question_label(speaker) for speaker in recurring):
        return False
    several = len(counts) >= 2 or all(s.casefold().startswith("speaker") for s in counts)
    if again < RECURRING_SHARE_MIN * labelled or not several:
        return False
    if labelled >= LABELLED_SHARE_MIN * len(labels):
        return True
    opens = next(index for index, label in enumerate(labels) if label and label.speaker in recurring)
    return (
        labelled >= 6
        and len(recurring) >= 2
        and all(map(is_name, recurring))
        and labelled >= PARAGRAPHED_SHARE_MIN * len(labels)
        and opens <= PREAMBLE_LINES_MAX
    )


def _first_turn(labels: Sequence[Label | None], counts: Counter[str]) -> int:
    """Index of the first turn: a label that comes again, or a name right above one that speaks."""
    first = next(index for index, label in enumerate(labels) if label and counts.get(label.speaker, 0) >= 2)
    while first:
        above = labels[first - 1]
        if above is None or not _is_speaker(above, counts) or not _is_spoken(above.words):
            break
        first -= 1
    return first


def _is_speaker(label: Label, counts: Counter[str]) -> bool:
    known = counts.get(label.speaker, 0)
    return known >= 2 or (known == 1 and is_name(label.speaker))


def _is_spoken(words: str) -> bool:
    """Whether words read like speech and not like the value of a field ("Budget: 2024")."""
    return words.endswith((".", "!", "?", "…", "-", "—", "]", ",")) or len(words.split()) > 12


def _gathered(
    lines: Sequence[str], labels: Sequence[Label | None], counts: Counter[str] | None, first: int
) -> tuple[Turn, ...]:
    """The turns from line `first` on; with `counts` None, every line with a time is one."""
    heads: list[Label] = []
    words: list[list[str]] = []
    for line, label in zip(lines[first:], labels[first:], strict=True):
        if label is not None and (_is_timed(label) if counts is None else _is_speaker(label, counts)):
            heads.append(label)
            words.append([label.words])
        else:
            words[-1].append(label.words if label is not None and not label.speaker else line)
    return tuple(
        Turn(head.speaker, " ".join(part for part in parts if part), head.start_s)
        for head, parts in zip(heads, words, strict=True)
    )


def _title(preamble: Sequence[str]) -> str:
    """The line that names the meeting: "Title: ...", or a first line that is no sentence."""
    for line in preamble:
        label = label_of(line)
        if label is not None and label.speaker.casefold() in {"title", "meeting", "subject"}:
            return label.words
    if not preamble or preamble[0].endswith((".", ",", ";", ":")):
        return ""
    label = label_of(preamble[0])
    return "" if label is not None and is_field(label.speaker) else preamble[0]
