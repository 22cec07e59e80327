"""Laws of passages: exact offsets, whole sentences, the token limit, nothing lost."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from generated_documents import articles, documents, label_spans, transcripts
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.document import Document, Utterance
from corpus.transcripts import Transcript, Turn, laid_out
from index.chunking import cut_passages, header_of
from index.passage import Passage
from index.tokens import count_tokens

HASH = "0123456789abcdef"
BULLETS = "-*•–"
limits = st.sampled_from([16, 24, 40, 160])


def article(text: str, **known) -> Document:
    return Document("d1", "a.txt", known.pop("title", "The Board"), "article", text, "a.txt", **known)


def transcript(*turns: tuple[str, str], preamble: tuple[str, ...] = ()) -> Document:
    laid = laid_out(Transcript(tuple(Turn(speaker, words) for speaker, words in turns), preamble))
    return Document("d1", "call.txt", "Weekly call", "transcript", laid.text, "call.txt", utterances=laid.utterances)


def cut(document: Document, chunk_tokens: int = 160) -> list[Passage]:
    return cut_passages(document, content_hash=HASH, chunk_tokens=chunk_tokens)


def quotes(document: Document, chunk_tokens: int = 160) -> list[str]:
    return [passage.quote(span) for passage in cut(document, chunk_tokens) for span in passage.sentences]


@given(documents(), limits)
def test_text_is_the_document_at_its_offsets(document: Document, chunk_tokens: int) -> None:
    """A passage's text is the document's text between its offsets."""
    for passage in cut(document, chunk_tokens):
        assert passage.text == document.text[passage.start : passage.end]


@given(documents(), limits)
@example(transcript(("Chair", "Yes. " * 40)), 16)
@example(
    transcript(("The Deputy Chairperson of the Provincial Steering Committee for Digital Reform", "Yes. " * 40)), 16
)
@example(transcript(("Chair", "Go on."), ("Vice-Chairperson of the Committee", ""), ("Chair", "Next.")), 16)
@example(article("- " + "x" * 500), 16)
@example(article("- xylophone\n- xylophone\n- xylophone\n- xylophone\n- xylophone"), 16)
def test_no_passage_exceeds_the_limit(document: Document, chunk_tokens: int) -> None:
    """A passage holds at most `chunk_tokens` tokens, and says how many."""
    for passage in cut(document, chunk_tokens):
        assert passage.tokens == count_tokens(passage.text) <= chunk_tokens


@given(documents(), limits)
def test_sentences_lie_inside_in_order(document: Document, chunk_tokens: int) -> None:
    """A passage has at least one sentence; they lie inside it, in order, without overlapping."""
    for passage in cut(document, chunk_tokens):
        assert passage.sentences
        assert passage.start <= passage.sentences[0].start
        assert passage.sentences[-1].end == passage.end
        assert all(span.start < span.end for span in passage.sentences)
        assert all(left.end <= right.start for left, right in pairwise(passage.sentences))


@given(documents(), limits)
def test_passages_follow_each_other(document: Document, chunk_tokens: int) -> None:
    """Passages do not overlap; their ordinals count from 0 and their ids differ."""
    passages = cut(document, chunk_tokens)
    assert [passage.ordinal for passage in passages] == list(range(len(passages)))
    assert len({passage.id for passage in passages}) == len(passages)
    assert all(left.end <= right.start for left, right in pairwise(passages))


def uncovered(document: Document, chunk_tokens: int) -> str:
    """The characters of `document` in no sentence, spaces, bullets and speakers' labels aside."""
    covered = [character.isspace() or character in BULLETS for character in document.text]
    spans = [span for passage in cut(document, chunk_tokens) for span in passage.sentences]
    for span in [*spans, *label_spans(document)]:
        covered[span.start : span.end] = [True] * (span.end - span.start)
    return "".join(character for character, done in zip(document.text, covered, strict=True) if not done)


@given(articles(), limits)
def test_every_word_of_an_article_is_covered(document: Document, chunk_tokens: int) -> None:
    """Each character of an article, bullets and spaces aside, stands in some sentence of a passage."""
    assert uncovered(document, chunk_tokens) == ""


@given(transcripts(), limits)
@example(transcript(("Chair", "We begin."), preamble=("Weekly call", "Present: Ms Adams, Mr Brown")), 160)
def test_every_word_of_a_transcript_is_covered(document: Document, chunk_tokens: int) -> None:
    """Each character of a transcript but its labels, the lines before the first turn included, is covered."""
    assert uncovered(document, chunk_tokens) == ""


def test_text_before_words_too_long_for_a_label_is_covered() -> None:
    """What stands before a turn's words and is no label is text like any other."""
    text = "The committee met in the small hall because the large one was being painted that week. Chair: Welcome."
    start = text.index("Welcome")
    document = Document(
        "d1", "c.txt", "", "transcript", text, "c.txt", utterances=(Utterance("Chair", start, len(text)),)
    )
    assert "small hall" in " ".join(quotes(document))


def test_a_turn_begins_with_its_label() -> None:
    """A passage that opens with a turn carries the speaker's label in its text, and not in a quote."""
    document = transcript(("Chair", "We begin."), ("Data lead", "The rate is 45%."))
    (passage,) = cut(document)
    assert passage.text == "Chair: We begin.\nData lead: The rate is 45%."
    assert [passage.quote(span) for span in passage.sentences] == ["We begin.", "The rate is 45%."]


def test_a_continued_turn_is_named_in_the_header() -> None:
    """Where a turn goes on in another passage, that one's header names who speaks."""
    document = transcript(("Chair", "We begin now."), ("Data lead", " ".join(["The rate of the year is 45%."] * 12)))
    passages = cut(document, 24)
    continued = [passage for passage in passages if not passage.text.startswith(("Chair: ", "Data lead: "))]
    assert continued
    assert {passage.header for passage in continued} == {"Weekly call · Data lead"}


def test_a_turn_that_opens_a_passage_leaves_the_header_alone() -> None:
    """A speaker whose label is in the text is not named twice."""
    (passage,) = cut(transcript(("Chair", "We begin.")))
    assert passage.header == "Weekly call"


def test_a_turn_is_kept_together_in_a_half_full_passage() -> None:
    """A turn that would be torn opens a passage of its own when the one before is half full."""
    first = "The Board met in the town hall and spoke about roads and schools."
    second = "The rate rose. It was 45% in all. Nobody had thought so."
    document = transcript(("Chair", first), ("Data lead", second))
    assert [passage.text for passage in cut(document, 30)] == [f"Chair: {first}", f"Data lead: {second}"]


@pytest.mark.parametrize("character", ["x", "字", "👩", "ệ"])
def test_a_huge_sentence_without_spaces_is_cut(character: str) -> None:
    """A run of 20,000 characters without a space becomes passages that fit, and none is lost."""
    document = article(character * 20_000)
    assert "".join(quotes(document)) == document.text
    assert all(passage.tokens <= 160 for passage in cut(document))


def test_a_long_sentence_is_cut_between_words() -> None:
    """A sentence longer than a passage is cut at spaces: no word is torn."""
    sentence = " ".join(f"word{number}" for number in range(400))
    assert " ".join(quotes(article(sentence), 40)) == sentence


@pytest.mark.parametrize("bullet", ["-", "*", "•", "–"])
def test_bullets_are_left_out_of_quotes(bullet: str) -> None:
    """A list's item is quoted from its first word."""
    document = article(f"Three tasks:\n\n{bullet} roads\n{bullet} schools\n{bullet} water")
    assert quotes(document) == ["Three tasks:", "roads", "schools", "water"]


def test_a_minus_sign_is_no_bullet() -> None:
    """A number below zero keeps its sign."""
    assert quotes(article("-3.5% was the change.")) == ["-3.5% was the change."]


def test_whole_sentences_stay_whole() -> None:
    """Sentences that fit are never cut."""
    sentences = [
        f"In the year {year} the rate of online dossiers was {year % 100} percent." for year in range(2000, 2025)
    ]
    assert quotes(article(" ".join(sentences)), 40) == sentences


def test_the_header_tells_title_day_and_place() -> None:
    """The header is title, day of the meeting and place; without that day, the day of the report."""
    known = {"place": "Hai Duong", "published_on": date(2024, 7, 20)}
    assert header_of(article("x", **known)) == "The Board · 20 July 2024 · Hai Duong"
    assert header_of(article("x", **known, held_on=date(2024, 7, 9))) == "The Board · 9 July 2024 · Hai Duong"


def test_an_unknown_header_is_empty() -> None:
    """Nothing is put in a header that is not known."""
    assert header_of(article("x", title="")) == ""


def test_ids_change_with_the_content() -> None:
    """A passage of other content has another id, so old and new vectors never mix."""
    document = article("The rate is 45%.")
    (one,) = cut_passages(document, content_hash="a" * 64, chunk_tokens=160)
    (other,) = cut_passages(document, content_hash="b" * 64, chunk_tokens=160)
    assert one.id != other.id


def test_an_empty_text_has_no_passage() -> None:
    """Nothing gives nothing."""
    assert cut(article("")) == []


def test_a_limit_below_sixteen_is_refused() -> None:
    """A limit that leaves no sentence whole is a mistake of the caller."""
    with pytest.raises(ValueError, match="16"):
        cut(article("The rate is 45%."), 15)


def test_a_quote_outside_the_passage_is_refused() -> None:
    """A passage quotes only what lies inside it."""
    first, second = cut(article(" ".join(["The rate of the year is 45%."] * 6)), 40)[:2]
    with pytest.raises(ValueError, match="outside"):
        first.quote(second.sentences[0])


def test_a_label_that_would_fill_the_passage_is_named_in_the_header() -> None:
    """A speaker's label that leaves no room for words stands in the header instead of the text."""
    speaker = "The Deputy Chairperson of the Provincial Steering Committee"
    (passage,) = cut(transcript((speaker, "The rate is 45%.")), 16)
    assert passage.text == "The rate is 45%."
    assert passage.header == f"Weekly call · {speaker}"


def test_the_lines_around_the_turns_are_paragraphs() -> None:
    """Who is present and what was noted before the first turn are read and quoted like an article's lines."""
    document = transcript(("Chair", "We begin."), preamble=("Weekly call", "Present: Ms Adams, Mr Brown"))
    assert quotes(document) == ["Weekly call", "Present: Ms Adams, Mr Brown", "We begin."]
