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
from itertools import pairwise

from corpus.document import Utterance
from corpus.speakers import Label, is_field, is_name, is_question_label, label_of

__all__ = ["LaidOut", "Transcript", "Turn", "laid_out", "read_turns"]

LABELLED_SHARE_MIN = 0.5  # of the lines, where a turn is one line
PARAGRAPHED_SHARE_MIN = 0.15  # of the lines, where turns have several paragraphs
RECURRING_SHARE_MIN = 0.4  # of the labelled lines bear a label that comes again
CHAT_SHARE_MIN = 0.8  # of the lines: in a chat a nickname may speak once
PREAMBLE_LINES_MAX = 15  # before the first turn, for turns of several paragraphs
RECORDING_BEGINS_S = 120.0  # an agenda begins at nine o'clock
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


def read_turns(lines: Sequence[str], headings: Sequence[str] = ()) -> Transcript | None:
    """The transcript in normalised `lines`, or None when they are no transcript.

    They are one when most lines begin with a short label and labels come again, or when names
    come again over paragraphs. `headings` are the lines that the file marks as such: the one over
    the first turn is the title, one between turns is nobody's words.
    """
    lines = [line for line in lines if line]
    labels = [label_of(line) for line in lines]
    counts = Counter(label.speaker for label in labels if label and label.speaker and not is_field(label.speaker))
    if _is_dialogue(labels, counts):
        speakers = _speakers(counts, len(lines))
        first = _first_turn(labels, counts, speakers)
        turns = _gathered(lines, labels, speakers, first, frozenset(headings))
    elif _is_recording(labels):
        first = next(index for index, label in enumerate(labels) if _is_timed(label))
        turns = _gathered(lines, labels, None, first, frozenset(headings))
    else:
        return None
    preamble = tuple(lines[:first])
    marked = next((line for line in preamble if line in headings), "")
    return Transcript(turns, preamble, marked or _title(preamble))


def laid_out(transcript: Transcript) -> LaidOut:
    """Set a transcript as canonical text: title, preamble, then one line a turn.

    A turn without words keeps its line and has an utterance of no characters.
    """
    parts: list[str] = []
    length = 0
    told = any(transcript.title in line for line in transcript.preamble)
    for line in [*([] if told or not transcript.title else [transcript.title]), *transcript.preamble]:
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


def _is_recording(labels: Sequence[Label | None]) -> bool:
    """Whether most lines begin with a time that runs on from the start: no names, and no agenda."""
    times = [label.start_s for label in labels if label is not None and label.start_s is not None]
    return (
        len(labels) >= 3
        and len(times) >= TIMED_SHARE_MIN * len(labels)
        and times[0] <= RECORDING_BEGINS_S
        and all(earlier <= later for earlier, later in pairwise(times))
    )


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


def _speakers(counts: Counter[str], n_lines: int) -> frozenset[str]:
    """The labels that are speakers: those that come again, names, and all words of a chat."""
    is_chat = sum(counts.values()) >= CHAT_SHARE_MIN * n_lines
    return frozenset(
        speaker
        for speaker, count in counts.items()
        if count >= 2 or is_name(speaker) or (is_chat and " " not in speaker)
    )


def _first_turn(labels: Sequence[Label | None], counts: Counter[str], speakers: frozenset[str]) -> int:
    """Index of the first turn: a label that comes again, or speakers' words right above it."""
    first = next(index for index, label in enumerate(labels) if label and counts.get(label.speaker, 0) >= 2)
    while first:
        above = labels[first - 1]
        if above is None or above.speaker not in speakers or not _is_spoken(above.words):
            break
        first -= 1
    return first


def _is_spoken(words: str) -> bool:
    """Whether words read like speech and not like the value of a field ("Budget: 2024")."""
    ended = words.endswith((".", "!", "?", "…", "-", "—", "]", ","))
    return ended or words[:1].islower() or len(words.split(maxsplit=12)) > 12


def _gathered(
    lines: Sequence[str],
    labels: Sequence[Label | None],
    speakers: frozenset[str] | None,
    first: int,
    headings: frozenset[str],
) -> tuple[Turn, ...]:
    """The turns from line `first` on; with `speakers` None, every line with a time is one."""
    heads: list[Label] = []
    words: list[list[str]] = []
    for line, label in zip(lines[first:], labels[first:], strict=True):
        if label is not None and (_is_timed(label) if speakers is None else label.speaker in speakers):
            heads.append(label)
            words.append([label.words])
        elif line in headings:
            heads.append(Label("", line))
            words.append([line])
        else:
            words[-1].append(line)
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
