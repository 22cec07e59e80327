"""Sentences keep every character, and end where a reader would end them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import MAX_SENTENCE_CHARACTERS, split_sentences


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Online records reached 80.44% of 4.523.000 files, up 12.5% at last.",
        "Mr. Quang and Dr. Ha met Prof. Minh on St. Paul's hill.",
        "See No. 5, Fig. 3, Vol. 2 and p. 14 of it.",
        "He wrote on Jan. 3 and Sept. 14 about this.",
        "Portals, e.g. the national one, i.e. that of ministries, serve approx. 5 million.",
        "North vs. South, cf. Annex B, is over.",
        "J. K. Rowling and Đ. V. Long read it.",
        "The U.S. Embassy and Acme Inc. Vietnam sent Ph.D. Nguyen.",
        "It opens at 8 a.m. Monday for all.",
        "TS. Nguyễn Văn Long và TP. Hồ Chí Minh ký kết.",
        "Networks, platforms ... increasingly meet the needs… of all.",
        "“Is it done?” he asked, and “Yes!” came back.",
        "Read chinhphu.vn or https://quangbinh.gov.vn/a.b/1.html and photo_3.jpg today.",
        "1. Build the portal",
        "a) Build the portal",
        "Node.js and the e.Gov.vn platform run.",
        "The units are ready .",
    ],
)
def test_a_stop_inside_a_sentence_does_not_end_it(text: str) -> None:
    """Abbreviations, figures, addresses, ellipses and markers keep their sentence whole."""
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "parts",
    [
        ["The rate rose.", "It reached 45%.", "14 ministries did more."],
        ["Is it so?", "Yes!", "Then go on."],
        ["He said “we start.”", "They did."],
        ["(See the annex.)", "Next came the vote."],
        ["Files were lost...", "They were found…", "All of them."],
        ["The fund has 3 units .", "Next year it grows .", "80.44% agree."],
        ["Đà Nẵng tăng nhanh.", "Ở Huế thì chậm.", "Ông ấy nói vậy."],
        ["Đó là của ông.", "Các bộ khác đồng ý."],
        ["Có máy tính, mạng, v.v.", "Các xã đã dùng."],
        ["The chair closed.", "“we will go on,” he said."],
        ["Agenda: 1. Open the meeting.", "2. Read the figures.", "3. Close it."],
        ["We heard it.", "-- No, you did not.", "– I did."],
        ["He left at 5 p.m.", "Delegates stayed on."],
        ["They compared it with the U.S.", "The gap is small."],
        ["Was it signed?", "No.", "We wait."],
        ["Sales grew.[3]", "Costs fell.[14]", "End."],
        ["It serves the country.", "iPhone users too.", "e-Government follows."],
    ],
)
def test_sentences_end_at_their_stops(parts: list[str]) -> None:
    """Each stop that ends a sentence is found, with its closing quotes and brackets."""
    assert sentences(" ".join(parts)) == parts


def test_a_line_break_ends_a_sentence() -> None:
    """Canonical text has one paragraph a line, so a title without a stop is its own sentence."""
    assert sentences("A title\n\nThe rate\nrose. So\n") == ["A title", "The rate", "rose.", "So"]


def test_a_missing_space_between_sentences_is_bridged() -> None:
    """Pages that lost the space after a stop are still split."""
    assert sentences("It serves the country.The rate rose.") == ["It serves the country.", "The rate rose."]


@pytest.mark.parametrize("text", ["", " \n\t\n ", "\u00a0"])
def test_no_words_no_sentences(text: str) -> None:
    """Whitespace alone holds no sentence."""
    assert split_sentences(text) == []


@pytest.mark.parametrize(("separator", "last"), [("; ", ";"), (", ", ","), (" ", "")])
def test_an_endless_run_is_cut_at_its_best_boundary(separator: str, last: str) -> None:
    """Fifty thousand characters without a stop become pieces that end at ";", "," or a word."""
    pieces = sentences(separator.join(["wordandword"] * 4000))
    assert max(map(len, pieces)) <= MAX_SENTENCE_CHARACTERS
    assert all(piece.endswith(last) for piece in pieces[:-1])


def test_a_word_longer_than_any_sentence_is_cut() -> None:
    """Without a boundary the limit itself is the cut."""
    assert [len(piece) for piece in sentences("x" * 4000)] == [1500, 1500, 1000]


TEXTS = st.text(st.sampled_from("aB đĐ1.,;!?…\"'”“()[]-–\n\u00a0 U.S e.g"), max_size=120) | st.text(max_size=60)


@given(TEXTS)
def test_spans_are_ordered_stripped_and_lose_nothing(text: str) -> None:
    """Spans do not overlap, have no outer whitespace, and leave only whitespace between them."""
    end = 0
    for span in split_sentences(text):
        assert text[end : span.start].strip() == ""
        assert span.of(text) == span.of(text).strip() != ""
        assert "\n" not in span.of(text)
        end = span.end
    assert text[end:].strip() == ""


@given(TEXTS)
def test_each_line_is_split_by_itself(text: str) -> None:
    """What stands on other lines never changes where a sentence ends."""
    whole = [span.of(text) for span in split_sentences(text)]
    assert whole == [piece for line in text.split("\n") for piece in sentences(line)]
