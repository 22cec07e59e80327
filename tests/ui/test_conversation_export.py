"""A conversation as a file: everything that was told is in it, and nothing in it is more than text."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from kept_exchanges import ANSWERED, AWKWARD, EXCHANGES
from markdown_it import MarkdownIt

from assistant.answer import Citation
from assistant.assistant import Assistant
from assistant.desk_answers import content_hashes
from assistant.desk_conversations import StoredExchange
from assistant.exchange import Exchange
from corpus.errors import InputError
from ui.conversation_blocks import ExportedConversation
from ui.conversation_export import FORMATS, exported_bytes, write_export
from ui.export_csv import COLUMNS

EXPORTED = ExportedConversation("The *harbour* budget", date(2024, 6, 2), EXCHANGES)
TOLD = [  # in the order of the document
    "The *harbour* budget",
    "Exported on 2 June 2024, 3 questions",
    "1. And in 2024?",
    "Read as: How much is the budget for 2024?",
    "4.2 million euros [1]",
    "budget · Port Newton · 2024 · actual",
    "[1] “The budget for 2024 is 4.2 million euros.”",
    "Report 1 — held 13 May 2024 (reported 14 May 2024) — Port Newton — file_1.txt",
    "https://example.org/report_1",
    '=HYPERLINK("http://x") <b>5*4</b> | a_b',
    "# no heading",
    "Harbour master at 0:01:05",
    "The quote is not word for word: moved.",
    "[2] tells nothing of it.",
    "2. How far is it?",
    "The record does not say.",
    "No distance is told.",
    "Nearest: on the subject, but it does not say this",
    "The quay is near.",
    "date not stated",
    "3. Not answered?",
    "This question was not answered.",
]


def check_told(text: str, told: list[str]) -> None:
    """Each of `told` stands in `text`, in their order."""
    place = 0
    for words in told:
        assert words in text[place:], f"{words!r} is missing, or stands too early"
        place = text.index(words, place) + len(words)


def rows_of(content: bytes) -> list[dict[str, str]]:
    """The rows as a spreadsheet reads them."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_markdown_shows_everything_that_was_told() -> None:
    """Read by a Markdown parser, the text is the text, in the order of the conversation."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(exported_bytes(EXPORTED, ".md").decode())
    inline = [child for token in tokens for child in (token.children or [])]
    shown = "".join("\n" if child.type == "softbreak" else child.content for child in inline)
    check_told(shown, TOLD)


def test_markdown_takes_nothing_of_the_record_for_markup() -> None:
    """Neither HTML nor emphasis, headings, links or tables come from what was quoted."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(exported_bytes(EXPORTED, ".md").decode())
    kinds = {child.type for token in tokens for child in (token.children or [])} | {token.type for token in tokens}
    assert not {"html_inline", "html_block", "list_item_open", "code_inline", "hr"} & kinds
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", "h2", "h3", "h2", "h2"]
    assert sum(token.type == "table_open" for token in tokens) == 1


def test_word_shows_everything_that_was_told() -> None:
    """Read back, the document has all text, the table of figures, and its title among its properties."""
    document = Document(io.BytesIO(exported_bytes(EXPORTED, ".docx")))
    check_told("\n".join(paragraph.text for paragraph in document.paragraphs), TOLD)
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Value", "Scope", "Period", "Kind", "Measures", "Source"],
        ["4.2 million euros", "Port Newton", "2024", "actual", "budget", "[1]"],
    ]
    assert document.core_properties.title == "The *harbour* budget"


def test_csv_has_a_row_for_each_citation_and_each_question() -> None:
    """With source, dates, speaker and time; what came nearest is told from what is cited."""
    rows = rows_of(exported_bytes(EXPORTED, ".csv"))
    assert tuple(rows[0]) == COLUMNS
    assert [(row["position"], row["role"], row["citation"]) for row in rows] == [
        ("1", "cited", "1"),
        ("1", "cited", "2"),
        ("2", "nearest", "1"),
        ("3", "", ""),
    ]
    assert rows[0]["quote"] == rows[0]["statement"] == ANSWERED.citations[0].quote
    assert (rows[0]["held_on"], rows[0]["reported_on"]) == ("2024-05-13", "2024-05-14")
    assert (rows[1]["speaker"], rows[1]["time"], rows[1]["verdict"]) == ("Harbour master", "0:01:05", "moved")
    assert (rows[2]["refused"], rows[2]["reason"]) == ("yes", "No distance is told.")
    assert (rows[0]["content_hash"], rows[1]["content_hash"]) == ("h", "")


@pytest.mark.parametrize("opening", ["=1+1", "+1", "-5%", "@SUM(A1)", "\t=1", "  =1", "＝1", "\r=1"])
def test_no_cell_of_the_csv_is_a_formula(opening: str) -> None:
    """What a spreadsheet would compute is kept from it by an apostrophe."""
    exchange = StoredExchange("e", "c", 1, EXCHANGES[0].asked, Exchange(opening, opening, ANSWERED))
    rows = rows_of(exported_bytes(ExportedConversation(opening, date(2024, 6, 2), [exchange]), ".csv"))
    cells = [cell for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@", "＝"))]
    assert rows[1]["quote"].startswith("'=HYPERLINK")


def test_json_is_the_form_that_ask_prints() -> None:
    """Every exchange has its answer with citations and readings as programs know them."""
    written = json.loads(exported_bytes(EXPORTED, ".json"))
    first, second, third = written["exchanges"]
    assert (written["title"], written["exported_on"]) == ("The *harbour* budget", "2024-06-02")
    assert first["standalone_question"] == "How much is the budget for 2024?"
    assert first["answer"]["citations"][1]["quote"] == AWKWARD
    assert first["answer"]["readings"][0]["text"] == "4.2 million euros"
    assert (second["answer"]["refused"], third["answer"]) == (True, None)


def test_an_export_says_what_became_of_its_sources(assistant: Assistant) -> None:
    """A quote whose document is no longer in the record is marked as such; one that stands is not."""
    answer = assistant.ask("How much is the harbour budget for 2024?")
    hashes = content_hashes(answer, assistant.index.catalog)
    gone = Citation(9, "nobody's", "old.txt", "Old", None, None, "", "", "It was 3 million.", 0, 17)
    for nearest, told in (((), 0), ((gone,), 1)):
        asked = replace(answer, nearest=nearest)
        exchange = StoredExchange("e", "c", 1, EXCHANGES[0].asked, Exchange("How much?", "", asked), None, hashes)
        exported = ExportedConversation("t", date(2024, 6, 2), [exchange], assistant.index.catalog)
        rows = rows_of(exported_bytes(exported, ".csv"))
        assert [row["now"] for row in rows if row["now"]] == ["The document is no longer in the record."] * told


def test_a_file_is_written_once(tmp_path: Path) -> None:
    """What is there is never overwritten, and each ending has its format."""
    for ending in FORMATS:
        write_export(EXPORTED, tmp_path / f"notes{ending.upper()}")
    with pytest.raises(InputError, match="exists already"):
        write_export(EXPORTED, tmp_path / "notes.MD")


@pytest.mark.parametrize(("name", "told"), [("notes.pdf", "no format"), ("notes", "no format"), ("no/x.md", "written")])
def test_a_name_that_cannot_be_used_is_told(tmp_path: Path, name: str, told: str) -> None:
    """The message says what may be chosen, and nothing is left behind."""
    with pytest.raises(InputError, match=told):
        write_export(EXPORTED, tmp_path / name)
    assert list(tmp_path.iterdir()) == []
