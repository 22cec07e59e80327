"""The record as programs see it: ask, search, figures, documents and their text, as JSON-ready lines, for one user.

The REST API and the MCP server are two doors to this one room: what a program gets is the same through
both, and the same as the command line prints. Knows nothing of HTTP and of MCP.

>>> # OpenRecord(assistant).ask("Who chaired the meeting?").short_answer
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.progress import Found, Progress
from assistant.wire import AnswerLine, PassageLine
from corpus.document import Document
from corpus.errors import InputError, UnknownDocument
from index.reading import ReadingKind
from ui.document_rows import document_fields
from ui.figure_search import WantedFigures, figure_objects, search_figures
from ui.program_lines import (
    DocumentLine,
    DocumentsLine,
    FiguresLine,
    FoundLine,
    HealthLine,
    PassagesLine,
    SaidLine,
    StepLine,
    TextLine,
)

__all__ = ["OpenRecord"]


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """What `user` may do with the record; every call raises RapporteurError for what the caller can mend."""

    assistant: Assistant
    user: str = ""  # "" is the one person at this machine

    def ask(self, question: str, history: Sequence[str] = (), within: str | None = None) -> AnswerLine:
        """The cited answer, or the refusal."""
        return AnswerLine.of(self.assistant.ask(question, history=history, within=within))

    def follow(self, question: str, history: Sequence[str] = (), within: str | None = None) -> Iterator[StepLine]:
        """The answer as it comes: what was found, what is said, the answer."""
        for step in self.assistant.answering(question, history=history, within=within):
            yield _step_line(step)

    def search(
        self, question: str, count: int = 10, history: Sequence[str] = (), within: str | None = None
    ) -> PassagesLine:
        """The `count` passages nearest to the question, best first."""
        found = self.assistant.search(question, history=history, count=count, within=within)
        return PassagesLine(passages=[PassageLine.of(ranked) for ranked in found])

    def figures(
        self, words: str = "", scope: str = "", kind: ReadingKind | None = None, count: int | None = None
    ) -> FiguresLine:
        """The series that `words` name; all indicators, those with most figures first, where they name none."""
        self.assistant.index.refresh()
        wanted = WantedFigures(words.strip(), scope, kind or "", count)
        objects = figure_objects(search_figures(wanted, self.assistant.index))
        return FiguresLine.model_validate({"figures": objects})

    def documents(self) -> DocumentsLine:
        """What is known of every document."""
        self.assistant.index.refresh()
        documents = self.assistant.index.catalog.documents()
        return DocumentsLine.model_validate({"documents": [document_fields(document) for document in documents]})

    def document(self, name: str) -> DocumentLine:
        """What is known of the document with this file name, path or id."""
        found = self._document(name)
        stored = self.assistant.index.catalog.stored([found.id])
        if found.id not in stored:  # dropped by another process at this moment
            raise UnknownDocument(f"No document is named {name!r} any more.")
        return DocumentLine.model_validate(document_fields(stored[found.id]))

    def text(self, name: str, start: int = 0, end: int | None = None) -> TextLine:
        """The canonical text of a document from `start` up to `end`, or to its own end where that comes first."""
        found = self._document(name)
        length = len(found.text)
        last = length if end is None else min(end, length)
        if not 0 <= start <= last:
            raise InputError(
                f"Characters {start:,} to {end if end is not None else length:,} are not in {found.name}: "
                f"its text has {length:,}. Give a start from 0 on that is not behind the end."
            )
        return TextLine(
            document=found.name,
            document_id=found.id,
            start=start,
            end=last,
            characters=length,
            text=found.text[start:last],
        )

    def health(self) -> HealthLine:
        """Whether the record can be read, and how much it holds."""
        self.assistant.index.refresh()
        catalog = self.assistant.index.catalog
        return HealthLine(ok=True, documents=len(catalog.documents()), passages=catalog.passage_count())

    def _document(self, name: str) -> Document:
        self.assistant.index.refresh()
        return self.assistant.index.document_named(name)


def _step_line(step: Progress) -> StepLine:
    if isinstance(step, Answer):
        return StepLine(answer=AnswerLine.of(step))
    if isinstance(step, Found):
        passages = [PassageLine.of(ranked) for ranked in step.passages]
        return StepLine(found=FoundLine(standalone_question=step.standalone_question, passages=passages))
    return StepLine(said=SaidLine(text=step.statement.text, citations=list(step.statement.citations)))
