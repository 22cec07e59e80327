"""Transcripts come back turn by turn: labelled text, WebVTT and SubRip."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.captions import looks_like_captions, read_captions
from corpus.characters import normalise
from corpus.speakers import is_field, is_name, label_of
from corpus.transcripts import Transcript, Turn, laid_out, read_turns

QMSUM = Path(__file__).parents[2].parent / "shared" / "benchmarks" / "qmsum" / "val"

speakers = st.sampled_from(["Ann Lee", "PhD A", "The Chair", "Hon. Bo Chen (Mill, GP)", "SPEAKER 1", "User Interface"])
speech = st.lists(
    st.sampled_from(
        ["we", "begin", "{vocalsound}", "45", "%", ":", "so", "what", "?", "yes", ".", "[laughs]", "10:30", "--"]
    ),
    min_size=1,
    max_size=12,
).map(" ".join)


def turns_of(text: str) -> list[tuple[str, str]]:
    """Speaker and words of every turn of a text that must be a transcript."""
    transcript = read_turns(normalise(text).split("\n"))
    assert transcript is not None
    return [(turn.speaker, turn.words) for turn in transcript.turns]


def cues(body: str) -> list[Turn]:
    """The turns of a WebVTT file with these cues."""
    return list(read_captions(f"WEBVTT\n\n{body}", "call.vtt").transcript.turns)


@given(st.lists(st.tuples(speakers, speech), min_size=8, max_size=30))
def test_labelled_turns_come_back_in_order(spoken: list[tuple[str, str]]) -> None:
    """Written as "Speaker: words", every turn comes back with its speaker and exact words."""
    spoken = [("Ann Lee", "We open."), ("The Chair", "Yes."), ("Ann Lee", "Good."), *spoken]
    assert turns_of("\n".join(f"{speaker}: {words}" for speaker, words in spoken)) == spoken


@given(st.lists(st.builds(Turn, speakers, speech), max_size=8), st.lists(speech, max_size=3))
def test_utterances_cover_the_words(turns: list[Turn], preamble: list[str]) -> None:
    """Each utterance's offsets cut its words, and only them, out of canonical text."""
    laid = laid_out(Transcript(tuple(turns), tuple(preamble), "Weekly call"))
    found = [(u.speaker, laid.text[u.start : u.end]) for u in laid.utterances]
    assert found == [(turn.speaker, turn.words) for turn in turns]


@pytest.mark.skipif(not QMSUM.is_dir(), reason="the QMSum files are not here")
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("name", ["Bed002", "covid_2", "education_0", "ES2006a"])
def test_real_meetings_come_back_turn_by_turn(name: str, gap: str) -> None:
    """The turns of QMSum's meetings are read as they were written out, empty ones too."""
    spoken = json.loads((QMSUM / f"{name}.json").read_text("utf-8"))["meeting_transcripts"]
    expected = [(normalise(turn["speaker"]).strip(), normalise(turn["content"]).strip()) for turn in spoken]
    assert turns_of(gap.join(f"{turn['speaker']}: {turn['content']}" for turn in spoken)) == expected


@pytest.mark.parametrize(
    ("line", "speaker", "start_s"),
    [
        ("[00:01:23] Ann Lee: We begin.", "Ann Lee", 83.0),
        ("(01:23) Ann Lee: We begin.", "Ann Lee", 83.0),
        ("00:01:23 Ann Lee: We begin.", "Ann Lee", 83.0),
        ("[00:01:23.500 --> 00:01:30.000] Ann Lee: We begin.", "Ann Lee", 83.5),
        ("Ann Lee (01:23): We begin.", "Ann Lee", 83.0),
        ("Ann Lee [00:01:23]: We begin.", "Ann Lee", 83.0),
        ("SPEAKER 1: We begin.", "SPEAKER 1", None),
        (">> Ann Lee: We begin.", "Ann Lee", None),
    ],
)
def test_labels_and_their_times_are_read(line: str, speaker: str, start_s: float | None) -> None:
    """The usual ways to write speaker and time are one label."""
    label = label_of(line)
    assert label is not None
    assert (label.speaker, label.words, label.start_s) == (speaker, "We begin.", start_s)


@pytest.mark.parametrize(
    "line",
    ["We met at 10:30 and left.", "See https://town.example/a", "It was late; the end: nobody came", "No colon here"],
)
def test_words_with_a_colon_are_no_label(line: str) -> None:
    """Times, addresses and clauses before a colon are not speakers."""
    assert label_of(line) is None


def test_names_and_fields_are_told_apart() -> None:
    """A name is written with capitals, a field is a word of forms."""
    assert is_name("Right Hon. Justin de la Mare")
    assert not is_name("He said")
    assert is_field("Step 2")
    assert not is_field("Chair")


def test_a_turn_may_have_several_paragraphs() -> None:
    """Lines without a label go on with the turn above them."""
    text = "Ann: One.\n\nTwo.\n\nBo: Three.\n\nAnn: Four.\nFive."
    assert turns_of(text) == [("Ann", "One. Two."), ("Bo", "Three."), ("Ann", "Four. Five.")]


def test_names_on_lines_of_their_own_are_labels() -> None:
    """Meeting tools export "Name 0:03" and the words below."""
    text = "Ann Lee 0:03\nWe begin.\n\nBo Chen 0:09\nYes.\n\nAnn Lee 0:12\nGood."
    assert turns_of(text) == [("Ann Lee", "We begin."), ("Bo Chen", "Yes."), ("Ann Lee", "Good.")]


def test_lines_with_times_alone_are_a_transcript_without_names() -> None:
    """What a recording's software writes without names still has its times."""
    transcript = read_turns(["[00:00] We begin.", "[00:04] The budget.", "[00:09] It rose."])
    assert transcript is not None
    assert [(t.speaker, t.words, t.start_s) for t in transcript.turns][1] == ("", "The budget.", 4.0)


def test_a_note_within_a_turn_is_words() -> None:
    """ "Note:" is a field and no speaker: it stays in the turn."""
    assert turns_of("Ann: One.\nNote: off the record.\nBo: Two.\nAnn: Three.")[0] == (
        "Ann",
        "One. Note: off the record.",
    )


def test_lines_before_the_first_turn_are_kept() -> None:
    """Title, date and attendance stay in the text; the title is the first line."""
    lines = ["Working call: the budget", "Date: 3 May 2024", "Ann: We begin.", "Bo: Yes.", "Ann: Good."]
    transcript = read_turns(lines)
    assert transcript is not None
    assert transcript.title == "Working call: the budget"
    assert laid_out(transcript).text == "\n".join(lines)


def test_headings_between_turns_are_nobodys_words() -> None:
    """A marked heading is a line of its own, without a speaker."""
    transcript = read_turns(["Ann: One.", "Roads", "Bo: Two.", "Ann: Three."], ["Roads"])
    assert transcript is not None
    assert transcript.turns[1] == Turn("", "Roads")


@pytest.mark.parametrize(
    "lines",
    [
        ["Q: When does it open?", "A: In June.", "Q: Where?", "A: At the mill."],
        ["The council met.", "Note: it was late.", "It agreed the plan.", "Note: two were away.", "It closed."],
        ["Monday:", "08:00 - 12:00 and 14:00 - 16:00", "Tuesday:", "08:00 - 12:00", "Wednesday:", "08:00 - 12:00"],
        ["09:00 Opening", "09:30 Budget", "10:00 Roads", "10:30 Close"],
        ["Name: Ann Lee", "Age: 40", "Name: Bo Chen", "Age: 50"],
        ["The council met and agreed the plan."],
        [],
    ],
)
def test_other_lines_with_colons_are_no_transcript(lines: list[str]) -> None:
    """FAQs, notes, opening hours, agendas and forms are articles."""
    assert read_turns(lines) is None


def test_voice_tags_are_speakers() -> None:
    """`<v Name>` names who speaks; two of them in a cue are two turns."""
    found = cues("00:01.000 --> 00:02.000\n<v.loud Ann Lee>Hello.</v> <v Bo>Yes.")
    assert [(turn.speaker, turn.words) for turn in found] == [("Ann Lee", "Hello."), ("Bo", "Yes.")]


def test_cues_of_one_speaker_are_one_turn() -> None:
    """The turn begins with the first cue and ends with the last."""
    found = cues("00:01.000 --> 00:02.000\n<v Ann>We\n\n00:02.000 --> 00:04.500\n<v Ann>begin.")
    assert found == [Turn("Ann", "We begin.", 1.0, 4.5)]


def test_unnamed_cues_are_joined_to_sentences() -> None:
    """Without names a turn ends with its sentence, so that no sentence is cut in two."""
    found = cues("00:01.000 --> 00:02.000\nand we\n\n00:02.000 --> 00:03.000\ngo.\n\n00:03.000 --> 00:04.000\nYes.")
    assert found == [Turn("", "and we go.", 1.0, 3.0), Turn("", "Yes.", 3.0, 4.0)]


def test_names_inside_cues_are_speakers() -> None:
    """ "Name: words" is read inside cues, and a cue without a name goes on with the speaker."""
    found = cues(
        "00:01.000 --> 00:02.000\nAnn: One.\n\n00:02.000 --> 00:03.000\nTwo.\n\n"
        "00:03.000 --> 00:04.000\nBo: Three.\n\n00:04.000 --> 00:05.000\nAnn: Four."
    )
    assert [(turn.speaker, turn.words) for turn in found] == [("Ann", "One. Two."), ("Bo", "Three."), ("Ann", "Four.")]


def test_tags_and_entities_are_taken_off() -> None:
    """Only the words of a cue are words."""
    assert cues("00:01.000 --> 00:02.000\n<i>R&amp;D</i> {\\an8}is <c.red>5 &lt; 6</c>.")[0].words == "R&D is 5 < 6."


def test_subrip_is_read() -> None:
    """Numbers, comma times, and a missing blank line between cues."""
    text = "1\n00:00:01,000 --> 00:00:02,500\nAnn: In\n\n2024\nwe did.\n2\n00:00:03,000 --> 00:00:04,000\nYes."
    assert [t.words for t in read_captions(text, "a.srt").transcript.turns] == ["Ann: In 2024 we did.", "Yes."]


@pytest.mark.parametrize(
    ("timing", "missing"), [("00:03.000 -->", "an end time"), ("bad --> 00:04.000", "a start time")]
)
def test_a_broken_cue_is_skipped_and_named(timing: str, missing: str) -> None:
    """The rest is read, and the warning gives file and line."""
    text = f"WEBVTT\n\n00:01.000 --> 00:02.000\nOne.\n\n{timing}\nTwo.\n\n00:05.000 --> 00:06.000\nThree."
    captions = read_captions(text, "call.vtt")
    assert [turn.words for turn in captions.transcript.turns] == ["One.", "Three."]
    assert captions.warnings == (f"call.vtt line 6: cue without {missing} was skipped",)


def test_a_cue_that_ends_before_it_starts_keeps_its_words() -> None:
    """A wrong end time is no reason to lose words."""
    captions = read_captions("WEBVTT\n\n00:05.000 --> 00:04.000\nOne.", "call.vtt")
    assert captions.transcript.turns == (Turn("", "One.", 5.0, None),)
    assert "line 3: cue ends before it starts" in captions.warnings[0]


def test_rolling_captions_are_not_said_twice() -> None:
    """Live captions show the last line again; word times tell them from a speaker's repetition."""
    found = cues(
        "00:01.000 --> 00:02.000\nwe <00:01.500><c>begin</c>\n\n00:02.000 --> 00:03.000\nwe begin\nnow <00:02.500>then."
    )
    assert [turn.words for turn in found] == ["we begin now then."]


def test_a_repetition_is_said_twice() -> None:
    """Without word times equal cues are two."""
    assert len(cues("00:01.000 --> 00:02.000\nYes.\n\n00:02.000 --> 00:03.000\nYes.")) == 2


def test_notes_name_the_meeting() -> None:
    """Header and NOTE give title and date; technical notes and styles are not text."""
    text = (
        "WEBVTT\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE duration:1\n\n"
        "NOTE\nTitle: Weekly call\nDate: 3 May 2024\n\n00:01.000 --> 00:02.000\nOne."
    )
    transcript = read_captions(text, "call.vtt").transcript
    assert transcript.title == "Weekly call"
    assert transcript.preamble == ("Weekly call", "Date: 3 May 2024")


def test_captions_are_told_by_their_content() -> None:
    """A .txt may hold captions."""
    assert looks_like_captions("WEBVTT\n")
    assert looks_like_captions("1\n00:00:01,000 --> 00:00:02,000\nOne.")
    assert not looks_like_captions("1\nOne --> two")
