"""A document as HTML: its text as it is cited, marks by offset, nothing obeyed."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document, Span, Utterance
from ui.page_document import document_view, marked, paragraphs
from ui.wording import visible

TODAY = date(2024, 11, 28)
ARTICLE = Document("a1", "jury.txt", "Jury <b>", "article", "The jury met.\nIt chose 12.\n\nIt went home.", "jury.txt")
CALL = Document(
    "c1",
    "call.vtt",
    "Call",
    "transcript",
    "Chair: We start.\nMaster: 18,500 tonnes.",
    "call.vtt",
    held_on=date(2024, 7, 19),
    utterances=(Utterance("Chair", 7, 16, 1.0, 2.0), Utterance("Master", 25, 39, 65.0, 70.0)),
)


def words(shown: str) -> str:
    """What a reader sees of `shown`."""
    return unescape(re.sub(r"<[^>]+>", "", shown))


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=4))
def test_marks_neither_lose_nor_add_a_letter(text: str, places: list[tuple[int, int]]) -> None:
    """Whatever is marked, the text reads as it is, and its tags are those of marks only."""
    shown = marked(text, 5, [Span(min(place), max(place)) for place in places])
    assert words(shown) == visible(text)
    assert set(re.findall(r"<[^>]*>", shown)) <= {'<mark tabindex="-1">', "</mark>"}


def test_a_place_is_marked_over_two_paragraphs() -> None:
    """Each paragraph marks its part of it."""
    start = ARTICLE.text.index("12")
    shown = document_view(ARTICLE, [Span(start, ARTICLE.text.index(" went"))], today=TODAY)
    assert re.findall(r"<mark[^>]*>(.*?)</mark>", shown) == ["12.", "It"]


@given(st.text(alphabet="ab \n", max_size=80))
def test_paragraphs_stand_where_they_say(text: str) -> None:
    """Each begins at its offset, in order, and between them is nothing but line ends."""
    document = Document("p", "p.txt", "P", "article", text, "p.txt")
    spans = paragraphs(document)
    assert spans == sorted(spans)
    rest = "".join(character for at, character in enumerate(text) if not any(s.start <= at < s.end for s in spans))
    assert rest.strip("\n") == ""


def test_a_line_of_a_call_has_its_time_and_speaker() -> None:
    """The label that the text itself has is the speaker's name."""
    shown = document_view(CALL, [Span(25, 31)], today=TODAY)
    assert '<p data-start="17" data-time="0:01:05"><b>Master: </b>' in shown
    assert '<mark tabindex="-1">18,500</mark> tonnes.</p>' in shown
    assert "2 speakers" in shown


def test_the_age_is_told_against_today() -> None:
    """With the exact day for who points at it."""
    shown = document_view(CALL, [], today=TODAY)
    assert 'title="held 19 July 2024">4 months ago<' in shown


def test_what_a_document_says_of_itself_is_escaped() -> None:
    """Its title, name and a script for an address."""
    hostile = Document("h", "<i>.txt", "T <script>", "article", "x", 'javascript:alert("x")')
    shown = document_view(hostile, [], today=TODAY, notice="<img>")
    assert not {"<script>", "<i>", "<img>"} & set(re.findall(r"<[^>]*>", shown))
    assert "javascript" not in shown
