"""A file becomes a document, or says why it cannot."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import reading
from corpus.characters import normalise
from corpus.document import document_id
from corpus.errors import UnreadableFile
from corpus.reading import SUFFIXES, read_bytes, read_document

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
PROSE = "The council met on Monday and agreed the plan for the roads of the town after a long debate about costs."


def write(folder: Path, name: str, content: str | bytes) -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refused(path: Path) -> str:
    """The message with which a file is refused."""
    with pytest.raises(UnreadableFile) as caught:
        read_document(path)
    return str(caught.value)


def test_an_article_becomes_a_document(tmp_path: Path) -> None:
    """The headline is the title and the first line of the text."""
    path = write(tmp_path, "roads.txt", f"Council agrees roads\n\n{PROSE}\n\nThe mayor spoke.")
    document = read_document(path).document
    assert (document.id, document.name, document.kind) == (document_id(path), "roads.txt", "article")
    assert (document.title, document.source) == ("Council agrees roads", path.as_posix())
    assert document.text == f"Council agrees roads\n\n{PROSE}\n\nThe mayor spoke."


def test_a_transcript_becomes_a_document(tmp_path: Path) -> None:
    """A .txt with speakers is a transcript, and its utterances cover the words."""
    document = read_document(write(tmp_path, "call.txt", "Ann: We begin.\nBo: Yes.\nAnn: Good.")).document
    assert document.kind == "transcript"
    assert [document.text[u.start : u.end] for u in document.utterances] == ["We begin.", "Yes.", "Good."]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.txt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>One.", "transcript"),
        ("a.txt", f"<!DOCTYPE html><html><body><h1>Roads</h1><p>{PROSE}</p></body></html>", "article"),
        ("a.html", f"Roads\n\n{PROSE}", "article"),
        ("a.vtt", "Ann: We begin.\nBo: Yes.\nAnn: Good.", "transcript"),
        ("a.md", "**Ann:** We begin.\n\n**Bo:** Yes.\n\n**Ann:** Good.", "transcript"),
        ("A.HTML", "<p><b>Ann:</b> We begin.</p><p><b>Bo:</b> Yes.</p><p><b>Ann:</b> Good.</p>", "transcript"),
    ],
)
def test_the_content_decides_what_a_file_is(tmp_path: Path, name: str, content: str, kind: str) -> None:
    """The suffix only says what a file may be."""
    document = read_document(write(tmp_path, name, content)).document
    assert document.kind == kind
    assert "<" not in document.text


def test_front_matter_titles_a_text_without_a_heading(tmp_path: Path) -> None:
    """The title of the front matter is the first line, so that it can be quoted."""
    document = read_document(write(tmp_path, "a.md", f"---\ntitle: Roads\n---\n{PROSE}")).document
    assert document.text.startswith("Roads\n\n")


def test_nested_front_matter_does_not_title_a_text(tmp_path: Path) -> None:
    """Indentation is looked at before it is normalised away."""
    content = f"---\nauthor:\n  title: Dr\nsummary: >\n  {PROSE}\n  {PROSE}\n---\n# Roads\n\nThe vote was close."
    document = read_document(write(tmp_path, "a.md", content)).document
    assert (document.title, document.text) == ("Roads", "Roads\n\nThe vote was close.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_files_are_read(tmp_path: Path, encoding: str) -> None:
    """UTF-8 with and without a mark, UTF-16 and UTF-32 with one."""
    document = read_document(write(tmp_path, "a.txt", "Hội nghị ở Hà Nội.".encode(encoding))).document
    assert document.text == "Hội nghị ở Hà Nội."


def test_an_old_encoding_is_read_with_a_warning(tmp_path: Path) -> None:
    """Enough words tell the encoding, and the reader is told of it."""
    text = "The café was closed, and we met at the naïve coöperative instead. " * 20
    read = read_document(write(tmp_path, "a.txt", text.encode("cp1252")))
    assert read.document.text == text.strip()
    assert read.warnings == ("a.txt: read as cp1252, not as UTF-8",)


def test_an_encoding_that_decodes_nothing_is_passed_over(tmp_path: Path) -> None:
    """A page may declare any codec of Python, also the one that always fails."""
    text = "The café was closed, and we met at the naïve coöperative instead. " * 20
    page = f'<html><head><meta charset="undefined"></head><body><p>{text}</p></body></html>'
    read = read_document(write(tmp_path, "a.html", page.encode("cp1252")))
    assert text.strip() in read.document.text


def test_bad_bytes_are_refused_with_their_place(tmp_path: Path) -> None:
    """UTF-8 with a damaged byte is not read as something else, which would spoil every letter."""
    message = refused(write(tmp_path, "a.txt", "Hội nghị".encode() + b"\xff " + "ở Hà Nội".encode()))
    assert "not valid UTF-8 (byte 0xff at offset 12)" in message


def test_a_cut_utf16_file_is_refused(tmp_path: Path) -> None:
    """Half a character is named too."""
    assert "not valid UTF-16" in refused(write(tmp_path, "a.txt", "Roads".encode("utf-16") + b"\x00"))


@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\xef\xbb\xbf", "\u200b\n\u00a0".encode()])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    """Nothing but spaces is nothing."""
    assert "is empty" in refused(write(tmp_path, "a.txt", content))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"PK\x03\x04....", "zip archive"),
        (b"words\x00words", "a NUL byte at offset 5"),
        (b"\x01\x02\x03\x04 words", "4 control characters"),
    ],
)
def test_binary_content_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    """A text suffix makes no text."""
    assert reason in refused(write(tmp_path, "a.txt", content))


def test_an_unknown_suffix_is_refused_with_the_list(tmp_path: Path) -> None:
    """The message names all kinds that can be read."""
    message = refused(write(tmp_path, "a.docx", "words"))
    assert "a .docx file is not a kind that can be read" in message
    assert all(suffix in message for suffix in SUFFIXES)


def test_a_file_without_text_is_refused(tmp_path: Path) -> None:
    """A page of scripts and captions of nothing are named."""
    assert "no text" in refused(write(tmp_path, "a.html", "<html><script>x()</script></html>"))
    assert "no cue" in refused(write(tmp_path, "a.vtt", "WEBVTT\n\n00:01.000 -->\nOne."))


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    """Each with its own reason."""
    (tmp_path / "b.txt").mkdir()
    assert "does not exist" in refused(tmp_path / "a.txt")
    assert "is a folder" in refused(tmp_path / "b.txt")


@pytest.mark.parametrize(
    ("error", "reason"), [(PermissionError(), "permission denied"), (OSError(5, "Input/output error"), "Input/output")]
)
def test_a_file_that_cannot_be_opened_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, reason: str
) -> None:
    """The system's refusal is told as something to mend."""
    path = write(tmp_path, "a.txt", "words")

    def fail(self: Path) -> bytes:
        raise error

    monkeypatch.setattr(Path, "read_bytes", fail)
    assert reason in refused(path)


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    """Nobody may ever write to it."""
    os.mkfifo(tmp_path / "a.txt")
    assert "is not a regular file" in refused(tmp_path / "a.txt")


def test_a_device_is_refused(tmp_path: Path) -> None:
    """A link to it has a readable name, and no end."""
    (tmp_path / "a.txt").symlink_to("/dev/zero")
    assert "is not a regular file" in refused(tmp_path / "a.txt")


def test_content_that_was_read_is_not_read_again(tmp_path: Path) -> None:
    """The document is made of the bytes that are given."""
    path = write(tmp_path, "a.txt", "The first words.")
    content = read_bytes(path)
    path.write_text("Other words.")
    assert read_document(path, content=content).document.text == "The first words."


def test_a_file_over_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size is looked at first."""
    monkeypatch.setattr(reading, "FILE_BYTES_MAX", 10)
    path = write(tmp_path, "a.txt", "words and more words")
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read"))
    with pytest.raises(UnreadableFile, match="has 20 bytes"):
        read_bytes(path)


def test_a_file_over_the_limit_is_refused_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The advice is to split it."""
    monkeypatch.setattr(reading, "FILE_BYTES_MAX", 10)
    assert "Split it into smaller files" in refused(write(tmp_path, "a.txt", "words and more words"))


@pytest.mark.parametrize("content", ["a" * 300_000, "." * 300_000, "(" * 300_000, "a: " * 100_000, "**a " * 80_000])
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.timeout(60)
def test_a_huge_line_is_read(tmp_path: Path, name: str, content: str) -> None:
    """No pattern goes astray on a line without an end."""
    document = read_document(write(tmp_path, name, content)).document
    assert "".join(document.text.split()) == "".join(content.split())


def test_warnings_of_the_reader_are_passed_on(tmp_path: Path) -> None:
    """What could not be read of a file is told with the document."""
    content = "WEBVTT\n\n00:01.000 --> 00:02.000\nOne.\n\n00:03.000 -->\nTwo."
    read = read_document(write(tmp_path, "call.vtt", content))
    assert read.warnings == ("call.vtt line 6: cue without an end time was skipped",)


@given(st.text(max_size=200))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    """Canonical text is its own canonical text."""
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(alphabet=st.characters(blacklist_categories=["Cc", "Cf", "Zs", "Zl", "Zp", "Cs"]), max_size=100))
def test_normalising_keeps_every_visible_character(text: str) -> None:
    """Only spaces and what cannot be seen is changed, apart from composition."""
    import unicodedata

    assert normalise(text) == unicodedata.normalize("NFC", text)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed articles are not here")
@pytest.mark.parametrize(
    ("prefix", "held_on", "published_on", "place", "series"),
    [
        ("000", date(2022, 8, 8), date(2022, 8, 9), "Quang Ngai", "National Committee on Digital Transformation"),
        ("001", date(2024, 7, 19), date(2024, 7, 19), "Hai Duong", ""),
        ("002", None, None, "Nghe An", "National Committee on Digital Transformation"),
        ("003", date(2023, 6, 12), date(2023, 6, 12), "", "state management conference"),
        ("004", None, date(2025, 2, 6), "Quang Binh", ""),
    ],
)
def test_the_seed_articles_are_known(
    prefix: str, held_on: date | None, published_on: date | None, place: str, series: str
) -> None:
    """Days, place and series of five real pages, as a person reads them."""
    document = read_document(next(SEEDS.glob(f"{prefix}*.txt"))).document
    assert (document.held_on, document.published_on) == (held_on, published_on)
    assert (document.place, document.series, document.language) == (place, series, "en")


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed articles are not here")
@pytest.mark.parametrize("prefix", ["000", "001", "002", "003", "004"])
def test_the_seed_articles_keep_their_prose(prefix: str) -> None:
    """Every line of twenty words and more is in the text, but for a foreign or a repeated caption."""
    path = next(SEEDS.glob(f"{prefix}*.txt"))
    text = read_document(path).document.text
    lines = [line for line in normalise(path.read_text("utf-8")).split("\n") if len(line.split()) >= 20]
    missing = [line for line in lines if line not in text and "Photo: " not in line and "Ảnh: " not in line]
    assert missing == []
    assert not any(junk in text for junk in ["Comment", "Latest News", "PREV", ".jpg", "Tel:", "Tags:"])
