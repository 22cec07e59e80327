"""A conversation as a file to take away: Markdown, Word, CSV or JSON, with every quote and where it stands.

>>> sorted(FORMATS)
['.csv', '.docx', '.json', '.md']
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from assistant.wire import AnswerLine
from corpus.errors import InputError
from ui.conversation_blocks import ExportedConversation, conversation_blocks
from ui.export_csv import table
from ui.export_markdown import markdown
from ui.export_word import word

__all__ = ["FORMATS", "exported_bytes", "write_export"]


def _markdown(exported: ExportedConversation) -> bytes:
    return markdown(conversation_blocks(exported)).encode()


def _word(exported: ExportedConversation) -> bytes:
    return word(conversation_blocks(exported), title=exported.title)


def _csv(exported: ExportedConversation) -> bytes:
    return table(exported.exchanges, exported.catalog).encode()


def _json(exported: ExportedConversation) -> bytes:
    exchanges = [
        {
            "position": stored.position,
            "asked": stored.asked.isoformat(),
            "question": stored.exchange.question,
            "standalone_question": stored.exchange.standalone_question,
            "answer": AnswerLine.of(stored.exchange.answer).model_dump() if stored.exchange.answer else None,
            "content_hashes": dict(stored.content_hashes),
        }
        for stored in exported.exchanges
    ]
    whole = {"title": exported.title, "exported_on": exported.exported_on.isoformat(), "exchanges": exchanges}
    return json.dumps(whole, ensure_ascii=False, indent=2).encode() + b"\n"


FORMATS: dict[str, Callable[[ExportedConversation], bytes]] = {  # by the ending of the file's name
    ".md": _markdown,
    ".docx": _word,
    ".csv": _csv,
    ".json": _json,
}


def exported_bytes(exported: ExportedConversation, ending: str) -> bytes:
    """The content of a file whose name ends in `ending`. Raises InputError for one that is no format."""
    write = FORMATS.get(ending.lower())
    if write is None:
        raise InputError(f"{ending or 'A name without an ending'} is no format. Choose one of: {', '.join(FORMATS)}")
    return write(exported)


def write_export(exported: ExportedConversation, file: Path) -> None:
    """Write the conversation to a new file; its ending decides the format.

    Raises InputError when that cannot be done, and when the file exists: nothing is overwritten.
    """
    content = exported_bytes(exported, file.suffix)
    try:
        with file.open("xb") as opened:
            opened.write(content)
    except FileExistsError as error:
        raise InputError(f"{file} exists already. Give another name.") from error
    except OSError as error:
        raise InputError(f"{file} cannot be written ({error.strerror}). Choose another place.") from error
