"""Answers questions about the answer before: its sources quoted again, or who says what was quoted.

Nothing is searched. A transcript says who speaks in front of the words, an article in the sentence
or the one before; where neither does, the answer is that the record does not say. Knows nothing of
how an answer is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation, Refusal, Statement
from assistant.asked_back import AskedBack, asked_back
from assistant.attribution import attributed
from assistant.composition import CitedDocuments, render
from assistant.exchange import Exchange
from corpus.document import Document, Span
from index.catalog import Catalog

__all__ = ["told_again"]

Asking = Callable[[str, Sequence[Exchange]], Answer]


def told_again(
    question: str, standalone: str, turns: Sequence[Exchange], asking: Asking, catalog: Catalog
) -> Answer | None:
    """The answer to a question about the answer before, not yet verified; None where `question` is no such.

    `asking` answers an earlier turn whose answer is not known; `standalone` is what `question` was read as.
    """
    wanted = asked_back(question)
    before = [at for at, turn in enumerate(turns) if not asked_back(turn.question)]
    if wanted is None or not before:
        return None
    turn = turns[before[-1]]
    known = turn.answer or asking(turn.question, turns[: before[-1]])
    again = _from_source(known, wanted, catalog) if wanted.kind == "source" else _with_speaker(known, catalog)
    return replace(again, question=question, standalone_question=standalone, mode=known.mode, passages=known.passages)


def _from_source(known: Answer, wanted: AskedBack, catalog: Catalog) -> Answer:
    """The quotes of `known` once more, or the one that is meant."""
    if known.refused:
        return _refused(known, "There is no source to show: the question before was not answered.")
    chosen = [one for one in known.citations if wanted.number in (None, one.number)]
    if not chosen:
        return _refused(
            known, f"The answer before has {_counted(len(known.citations))}, none numbered {wanted.number}."
        )
    cites = CitedDocuments(catalog)
    citations = tuple(
        replace(cites.cite_span(number, one.document_id, Span(one.start, one.end)), quote=one.quote)
        for number, one in enumerate(chosen, start=1)
        if catalog.document(one.document_id) is not None
    )
    if not citations:
        return _refused(known, "The document that was quoted is no longer in the record.")
    short = known.short_answer if any((known.short_answer or "\0") in one.quote for one in citations) else None
    return _answer(known, short, citations)


def _with_speaker(known: Answer, catalog: Catalog) -> Answer:
    """Who says what `known` quotes first, with the words that tell it."""
    if known.refused or not known.citations:
        return _refused(known, "Nobody is named: the question before was not answered.")
    quoted = next((one for one in known.citations if (known.short_answer or "\0") in one.quote), known.citations[0])
    document = catalog.document(quoted.document_id)
    if document is None:
        return _refused(known, "The document that was quoted is no longer in the record.")
    if document.utterances:
        return _from_transcript(known, quoted, document, catalog)
    found = attributed(document.text, Span(quoted.start, quoted.end))
    if found is None:
        return _refused(known, "The report tells this in its own words and names nobody who said it.", (quoted,))
    cites = CitedDocuments(catalog)
    spans = list(dict.fromkeys((Span(quoted.start, quoted.end), found.sentence)))
    citations = tuple(cites.cite_span(number, document.id, span) for number, span in enumerate(spans, start=1))
    return _answer(known, found.name.of(document.text), citations)


def _from_transcript(known: Answer, quoted: Citation, document: Document, catalog: Catalog) -> Answer:
    """The speaker's name as the transcript writes it in front of the words."""
    turn = next((turn for turn in document.utterances if turn.start <= quoted.start < turn.end), None)
    begin = document.text.rfind(turn.speaker, 0, turn.start) if turn and turn.speaker else -1
    if turn is None or begin < 0 or "\n" in document.text[begin : turn.start]:
        return _refused(known, "The transcript does not name who is speaking there.", (quoted,))
    cites = CitedDocuments(catalog)
    named = replace(
        cites.cite_span(1, document.id, Span(begin, min(turn.end, max(quoted.end, turn.start)))), start_s=turn.start_s
    )
    return _answer(known, turn.speaker, (named,))


def _answer(known: Answer, short: str | None, citations: tuple[Citation, ...]) -> Answer:
    statements = tuple(Statement(citation.quote, (citation.number,)) for citation in citations)
    return Answer(
        question="",
        standalone_question="",
        text=render(short, statements, citations),
        short_answer=short,
        statements=statements,
        citations=citations,
        confidence=known.confidence,
    )


def _refused(known: Answer, reason: str, nearest: Sequence[Citation] = ()) -> Answer:
    nearest = tuple(replace(one, number=number) for number, one in enumerate(nearest or known.nearest, start=1))
    return Answer(
        question="",
        standalone_question="",
        text=f"The record does not say. {reason}",
        short_answer=None,
        statements=(),
        citations=(),
        refusal=Refusal.NOT_SAID,
        reason=reason,
        nearest=nearest,
        confidence=known.confidence,
    )


def _counted(number: int) -> str:
    return f"{number} quote{'' if number == 1 else 's'}"
