"""Composes the answer: the short answer, one to five quoted statements, each with its citation.

Everything shown is copied. How many sentences are quoted depends on what is asked: a figure needs
its sentence and what else the record says of it; a list needs all its items.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Answer, Citation, Evidence, Statement
from assistant.decision import Decision
from assistant.question import Asked
from assistant.weights import likeness
from corpus.document import Document, Span
from index.catalog import Catalog
from index.passage import Passage

__all__ = ["CitedDocuments", "compose", "refusing", "render"]

MOST_STATEMENTS = 5
READING_MARGIN, SAME_WORDS = 1.0, 0.9  # another figure of the same matter may score this much less
MOST_ITEMS = 12  # sentences of one list
NEAREST = 3  # shown when refused
# How likely, beside the best sentence, another must be to stand with it; less where no single span answers.
AS_LIKELY = {"figure": 0.45, "count": 0.55, "person": 0.55, "date": 0.55, "place": 0.55, "yes_no": 0.55}
AS_LIKELY_OPEN = 0.4


def compose(question: str, asked: Asked, evidence: Sequence[Evidence], decision: Decision, catalog: Catalog) -> Answer:
    """The answer to `asked`, not yet verified; `question` is what the user typed."""
    documents = CitedDocuments(catalog)
    if decision.refusal:
        nearest = _distinct(evidence)[:NEAREST]
        cited = tuple(
            documents.cite(number, item.passage, item.sentence) for number, item in enumerate(nearest, start=1)
        )
        return refusing(question, asked, decision, cited)
    best = evidence[0]
    opens_list = best.passage.quote(best.sentence).endswith(":")
    if opens_list or (asked.kind == "list" and asked.items):
        chosen = _list_items(asked, best, catalog)
    else:
        chosen = _supporting(asked, evidence)
    citations = tuple(documents.cite(number, passage, span) for number, (passage, span) in enumerate(chosen, start=1))
    statements = tuple(Statement(citation.quote, (citation.number,)) for citation in citations)
    short = best.passage.quote(best.answer) if best.answer else None
    return Answer(
        question=question,
        standalone_question=asked.question,
        text=render(short, statements, citations),
        short_answer=short,
        statements=statements,
        citations=citations,
        confidence=decision.confidence,
    )


def render(
    short_answer: str | None,
    statements: Sequence[Statement],
    citations: Sequence[Citation],
    remarks: Sequence[str] = (),
) -> str:
    """The answer for reading: the short answer, each statement in quotation marks with [n], then the remarks."""
    speakers = {citation.number: citation.speaker for citation in citations}
    lines = []
    for statement in statements:
        markers = "".join(f"[{number}]" for number in statement.citations)
        speaker = speakers.get(statement.citations[0], "")
        lines.append(f"{speaker + ': ' if speaker else ''}“{statement.text}” {markers}")
    if short_answer:
        numbers = next((statement.citations for statement in statements if short_answer in statement.text), ())
        lines.insert(0, f"{short_answer} {''.join(f'[{number}]' for number in numbers)}\n")
    if remarks:
        lines.append("\n" + "\n".join(remarks))
    return "\n".join(lines)


def _supporting(asked: Asked, evidence: Sequence[Evidence]) -> list[tuple[Passage, Span]]:
    """The best sentence and those that come close to it."""
    best = evidence[0]
    least = AS_LIKELY.get(asked.kind, AS_LIKELY_OPEN)
    most = 3 if asked.kind in AS_LIKELY else MOST_STATEMENTS
    close = [
        item
        for item in _distinct(evidence)
        if (likeness(item.score, best.score) >= least or _another_reading(asked, best, item))
        and (item.answer or not best.answer)
    ]
    return [(item.passage, item.sentence) for item in close[:most]]


def _another_reading(asked: Asked, best: Evidence, item: Evidence) -> bool:
    """Whether a figure is told of the same matter in about the same words: another period or scope."""
    return (
        asked.kind == "figure"
        and item.score >= best.score - READING_MARGIN
        and item.measures.coverage >= SAME_WORDS * best.measures.coverage > 0
    )


def _distinct(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence without sentences that say the same in the same words."""
    seen: set[str] = set()
    distinct = []
    for item in evidence:
        words = re.sub(r"\W+", " ", item.passage.quote(item.sentence)).casefold().strip()
        if words not in seen:
            seen.add(words)
            distinct.append(item)
    return distinct


def _list_items(asked: Asked, best: Evidence, catalog: Catalog) -> list[tuple[Passage, Span]]:
    """The sentence that opens a list and the sentences that are its items.

    After a colon they are the lines of the block that follows; where a number of things is asked
    for and the opening sentence does not hold that many itself, they are the sentences after it
    in its paragraph.
    """
    text = catalog.document(best.passage.document_id)
    following = [
        (passage, span)
        for passage in catalog.passages_of(best.passage.document_id)
        for span in passage.sentences
        if span.start >= best.sentence.start
    ]
    chosen = following[:1]
    opening = best.passage.quote(best.sentence)
    wanted = MOST_ITEMS if opening.endswith(":") else asked.items or 0
    if text is None or (not opening.endswith(":") and _item_count(opening) >= wanted):
        return chosen
    repeats = len(following) > 1 and bool(
        asked.items and re.search(rf"\b{asked.items}\b", following[1][0].quote(following[1][1]))
    )
    for passage, span in following[1 : 1 + wanted + repeats]:  # "He set out the 5 …": opens it once more
        between = text.text[chosen[-1][1].end : span.start]
        ends_block = "\n\n" in between and len(chosen) > 1
        if ends_block or ("\n" in between and not opening.endswith(":")):
            break
        chosen.append((passage, span))
    return chosen


def _item_count(sentence: str) -> int:
    """How many items a sentence lists: its parts between semicolons, else between commas."""
    listed = sentence.split(":", 1)[-1]
    return (listed.count(";") or len(re.findall(r",(?!\d)", listed))) + 1


def refusing(question: str, asked: Asked, decision: Decision, nearest: tuple[Citation, ...]) -> Answer:
    """The refusal, with what came nearest, numbered from 1."""
    return Answer(
        question=question,
        standalone_question=asked.question,
        text=f"The record does not say. {decision.reason}",
        short_answer=None,
        statements=(),
        citations=(),
        refusal=decision.refusal,
        reason=decision.reason,
        nearest=nearest,
        confidence=decision.confidence,
    )


class CitedDocuments:
    """Documents looked up once for an answer."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._known: dict[str, Document] = {}

    def cite(self, number: int, passage: Passage, span: Span) -> Citation:
        """The citation of `span`, with speaker and time where the document is a transcript."""
        return self.cite_span(number, passage.document_id, span)

    def cite_span(self, number: int, document_id: str, span: Span) -> Citation:
        """The citation of `span` of a document."""
        document = self._known.get(document_id) or self._catalog.document(document_id)
        if document is None:
            raise LookupError(f"document {document_id} was removed while it was being read")
        self._known[document.id] = document
        turn = next((turn for turn in document.utterances if turn.start <= span.start < turn.end), None)
        return Citation(
            number=number,
            document_id=document.id,
            document=document.name,
            title=document.title,
            held_on=document.held_on,
            published_on=document.published_on,
            place=document.place,
            source=document.source,
            quote=span.of(document.text),
            start=span.start,
            end=span.end,
            speaker=turn.speaker if turn else "",
            start_s=turn.start_s if turn else None,
        )
