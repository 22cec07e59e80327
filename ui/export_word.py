"""A conversation as a Word document, by python-docx, which is imported here only and when it is needed.

>>> # Path("dossiers.docx").write_bytes(word(blocks, title="The dossiers"))
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui.conversation_blocks import Block, Heading, Paragraph, Quote, Table

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["word"]

SOFT = (0x5D, 0x58, 0x50)
QUOTE_INDENT_CM, SMALL_PT, SHORT_ANSWER_PT = 0.75, 9, 13
PAGE_CM, CELL_EDGES_CM = 15.2, 0.4  # between the margins; what the edges of a cell take
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def word(blocks: Sequence[Block], *, title: str) -> bytes:
    """The blocks as the bytes of a .docx file, with `title` among its properties."""
    from docx import Document

    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments = _safe(title)[:255], "Rapporteur", ""
    for block in blocks:
        _write(block, document)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _write(block: Block, document: Document) -> None:
    match block:
        case Heading(text, level):
            document.add_heading(_safe(text), level - 1)  # 0 is Word's title
        case Paragraph():
            _paragraph(block, document)
        case Quote():
            _quote(block, document)
        case Table(head, rows):
            _table(head, rows, document)


def _paragraph(block: Paragraph, document: Document) -> None:
    from docx.shared import Pt, RGBColor

    run = document.add_paragraph().add_run(_safe(block.text))
    if block.style == "strong":
        run.bold, run.font.size = True, Pt(SHORT_ANSWER_PT)
    elif block.style == "soft":
        run.font.size, run.font.color.rgb = Pt(SMALL_PT), RGBColor(*SOFT)


def _quote(quote: Quote, document: Document) -> None:
    from docx.shared import Cm, Pt, RGBColor

    said = document.add_paragraph(_safe(f"[{quote.number}] “{quote.text}”"))
    said.paragraph_format.left_indent = Cm(QUOTE_INDENT_CM)
    said.paragraph_format.space_after = Pt(2)
    said.paragraph_format.keep_with_next = True
    source = document.add_paragraph()
    source.paragraph_format.left_indent = Cm(QUOTE_INDENT_CM)
    for text, is_italic in ((" — ".join(filter(None, (quote.source, quote.address))), False), (quote.remark, True)):
        if text:
            run = source.add_run(_safe(f" {text}" if is_italic else text))
            run.font.size, run.font.color.rgb, run.italic = Pt(SMALL_PT), RGBColor(*SOFT), is_italic


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], document: Document) -> None:
    from docx.shared import Cm, Pt

    table = document.add_table(rows=0, cols=len(head), style="Table Grid")
    # The square root: a long text can go over lines, a short one is not to be broken within a word.
    lengths = [math.sqrt(max(len(row[column]) for row in (head, *rows))) for column in range(len(head))]
    room = PAGE_CM - len(head) * CELL_EDGES_CM
    widths = [Cm(CELL_EDGES_CM + room * length / sum(lengths)) for length in lengths]
    for table_column, width in zip(table.columns, widths, strict=True):
        table_column.width = width  # LibreOffice goes by this one, Word by the cells'
    for cells in (head, *rows):
        for cell, text, width in zip(table.add_row().cells, cells, widths, strict=True):
            cell.width = width
            run = cell.paragraphs[0].add_run(_safe(text))
            run.font.size, run.bold = Pt(SMALL_PT), cells is head
    document.add_paragraph()


def _safe(text: str) -> str:
    """`text` without characters that an XML file cannot hold."""
    return _NOT_IN_XML.sub("\ufffd", text)
