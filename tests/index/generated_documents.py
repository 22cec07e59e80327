"""Documents of all shapes, as the readers would make them, for Hypothesis to build and shrink."""

from __future__ import annotations

from hypothesis import strategies as st

from corpus.articles import Line, canonical_text
from corpus.characters import normalise
from corpus.document import Document, Span
from corpus.transcripts import Transcript, Turn, laid_out

__all__ = ["articles", "documents", "label_spans", "transcripts"]

WORDS = """board rate 45% 80.44% 2024 12/03/2024 1,204,000 Hải Dương chuyển đổi số Đà Nẵng Mr. e.g. No.
“quoted” (aside) v.v. – - • * a; b, <|endoftext|> <|im_start|> 🇻🇳 👩‍👩‍👧 数字化转型 데이터 https://example.org/a?b=c&d=e
constitutionalisation antidisestablishmentarianism""".split()
BULLETS = ("", "", "", "- ", "* ", "• ", "– ")
STOPS = (".", ".", "?", "!", "…", ":", "")
# Letters, marks, figures, punctuation and symbols of all scripts; no control characters.
CHARACTERS = st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn"))


def _line(text: str) -> str:
    return " ".join(normalise(text).split())


def words() -> st.SearchStrategy[str]:
    """A word of the record, or any run of characters."""
    return st.sampled_from(WORDS) | st.text(CHARACTERS, min_size=1, max_size=12) | st.integers(1, 700).map("x".__mul__)


def sentences() -> st.SearchStrategy[str]:
    """Some words and a stop."""
    return st.tuples(st.lists(words(), min_size=1, max_size=25), st.sampled_from(STOPS)).map(
        lambda made: _line(" ".join(made[0]) + made[1])
    )


def lines() -> st.SearchStrategy[str]:
    """A paragraph or a list's item."""
    return st.tuples(st.sampled_from(BULLETS), st.lists(sentences(), min_size=1, max_size=5)).map(
        lambda made: _line(made[0] + " ".join(made[1]))
    )


@st.composite
def articles(draw: st.DrawFn) -> Document:
    """An article with the canonical text of some lines."""
    made = [Line(text, tight=draw(st.booleans())) for text in draw(st.lists(lines(), min_size=1, max_size=8)) if text]
    return _document(draw, "article", canonical_text(made))


@st.composite
def transcripts(draw: st.DrawFn) -> Document:
    """A transcript laid out as the readers do it: lines before the first turn, then a line a turn."""
    speaker = st.sampled_from(["Chair", "Data lead", "Nguyễn Thị Hương Giang", "", "Vice-Chairperson of the Committee"])
    spoken = st.lists(sentences(), max_size=5).map(" ".join).map(_line)
    turns = draw(st.lists(st.builds(Turn, speaker | lines().map(lambda line: line[:85]), spoken), max_size=6))
    preamble = [line for line in draw(st.lists(lines(), max_size=3)) if line]
    laid = laid_out(Transcript(tuple(turns), tuple(preamble)))
    return _document(draw, "transcript", laid.text, laid.utterances)


def documents() -> st.SearchStrategy[Document]:
    """An article or a transcript."""
    return articles() | transcripts()


def _document(draw: st.DrawFn, kind, text: str, utterances=()) -> Document:
    day = st.none() | st.dates()
    name = st.text(CHARACTERS, max_size=30)
    timed = tuple(
        type(turn)(turn.speaker, turn.start, turn.end, draw(st.none() | st.floats(0, 9e4)), None) for turn in utterances
    )
    return Document(
        id=draw(st.integers(0, 2**64 - 1).map("{:016x}".format)),
        name=draw(name),
        title=draw(name),
        kind=kind,
        text=text,
        source=draw(name),
        publisher=draw(name),
        held_on=draw(day),
        published_on=draw(day),
        place=draw(name),
        series=draw(name),
        language=draw(st.sampled_from(["en", "vi", ""])),
        utterances=timed,
    )


def label_spans(document: Document) -> list[Span]:
    """Where the speakers' labels stand, "Chair: " before the words of each turn."""
    labels = []
    for turn in document.utterances:
        length = len(turn.speaker) + len(": ") if turn.speaker and turn.start < turn.end else len(turn.speaker) + 1
        labels.append(Span(turn.start - length if turn.speaker else turn.start, turn.start))
    return labels
