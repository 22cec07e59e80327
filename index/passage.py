"""A Passage: the run of whole sentences that is embedded, searched and read.

A passage's text is always the document's text at its offsets; its header (title, date, place,
speaker) travels with it for search and reading, and is never part of a quote.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.document import Span

__all__ = ["Passage"]


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage of one document."""

    id: str  # document id, content hash and ordinal: differs when the content differs
    document_id: str
    ordinal: int  # position among the document's passages, from 0
    start: int  # offsets in Document.text
    end: int
    text: str  # Document.text[start:end]
    header: str  # "title · date · place", with the speaker where a turn is continued
    sentences: tuple[Span, ...]  # offsets in Document.text, in order
    tokens: int  # cl100k_base tokens of `text`

    def quote(self, span: Span) -> str:
        """The document's text at `span`, which must lie inside the passage.

        Raises ValueError when it does not.
        """
        if not self.start <= span.start <= span.end <= self.end:
            raise ValueError(f"{span} lies outside the passage [{self.start}, {self.end})")
        return self.text[span.start - self.start : span.end - self.start]
