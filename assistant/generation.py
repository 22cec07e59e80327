"""The answer in a model's words, each sentence held to the sentences it cites; else the copied answer, and why.

A model is only asked where the record answers: a refusal stands. What it writes is shown as it comes,
sentence by sentence, each only after its check; what does not hold is kept aside with its cause. Where
nothing speaks against a sentence but it is not sure that its source says so, the source's own sentence
stands in its place. The short answer, the table of readings and the remarks stay those of the copied
answer. Knows nothing of how a sentence is checked and how the server is spoken to.

>>> # [type(step).__name__ for step in Writer(model, catalog).write(answer)]  # Said, Said, Answer
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation, HeldBack, Statement, Verdict
from assistant.chat_model import ChatModel, ModelFailure
from assistant.claim_checker import ClaimChecker
from assistant.composition import CitedDocuments
from assistant.draft_check import Carries, check_sentence
from assistant.draft_source import Source, sources_of
from assistant.drafting import NOTHING, Drafted, DraftReader, messages_for
from assistant.progress import Said
from assistant.verification import verdict_of
from corpus.document import Span
from index.catalog import Catalog

__all__ = ["MOST_GIVEN", "Writer"]

MOST_GIVEN = 1800  # tokens of passages that a model is given, fewer than the smallest context has room for
MOST_SENTENCES = 12  # of one answer that hold, and as many that do not


class Writer:
    """Lets a model write answers over one catalog."""

    def __init__(self, model: ChatModel, catalog: Catalog, judge: Callable[[], Carries] = ClaimChecker.load) -> None:
        """Hold what is written with.

        Args:
            model: the language model.
            catalog: the record.
            judge: gives what tells whether sources carry a sentence; called when the first one is checked.
        """
        self._model = model
        self._catalog = catalog
        self._judge = judge

    def write(self, answer: Answer) -> Iterator[Said | Answer]:
        """The sentences that hold, as they come, then the whole answer.

        `answer` is the copied one, with the passages it was read from; it comes back, with a notice,
        where no sentence holds or the model fails. A refusal comes back as it is.
        """
        if answer.refused:
            yield answer
            return
        sources = self._sources(answer)
        draft = _Draft(answer, {source.key: source for source in sources}, self._catalog, self._judge)
        failure = ""
        try:
            for drafted in self._drafted(answer.standalone_question, sources):
                for statement in draft.take(drafted):
                    yield Said(statement)
                if len(draft.statements) >= MOST_SENTENCES:
                    break
        except ModelFailure as raised:
            failure = f"The language model was not used: {raised}. These are the record's own words."
        yield replace(answer, notice=failure) if failure else draft.answer()

    def _drafted(self, question: str, sources: Sequence[Source]) -> Iterator[Drafted]:
        reader = DraftReader()
        for piece in self._model.write(messages_for(question, sources)):
            yield from reader.feed(piece)
        yield from reader.rest()

    def _sources(self, answer: Answer) -> list[Source]:
        """The sentences that the copied answer quotes, then those of its passages, each document's in its order."""
        spans: dict[str, set[Span]] = {}
        for citation in answer.citations:
            spans.setdefault(citation.document_id, set()).add(Span(citation.start, citation.end))
        room = MOST_GIVEN
        for ranked in answer.passages:
            room -= ranked.passage.tokens
            if room < 0:
                break
            spans.setdefault(ranked.passage.document_id, set()).update(ranked.passage.sentences)
        found: list[Source] = []
        for document_id, wanted in spans.items():
            document = self._catalog.document(document_id)
            if document is None:  # removed while the answer was being made
                continue
            whole = Span(min(span.start for span in wanted), max(span.end for span in wanted))
            readings = [one.reading for one in self._catalog.readings.inside(document_id, whole)]
            found += sources_of(document, sorted(wanted), readings)
        return found


class _Draft:
    """The answer that grows from a draft."""

    def __init__(
        self, copied: Answer, sources: dict[str, Source], catalog: Catalog, judge: Callable[[], Carries]
    ) -> None:
        self.statements: list[Statement] = []
        self._copied = copied
        self._sources = sources
        self._judge = judge
        self._documents = CitedDocuments(catalog)
        self._held: list[HeldBack] = []
        self._written = 0  # statements in the model's own words
        self._citations = list(copied.citations)
        self._numbers = {(one.document_id, Span(one.start, one.end)): one.number for one in copied.citations}

    def take(self, drafted: Drafted) -> list[Statement]:
        """The statements that a drafted sentence becomes: itself, quotes in its place, or none."""
        if not drafted.text or NOTHING.casefold() in drafted.text.casefold():
            return []
        if any(drafted.text == statement.text for statement in self.statements):
            return []
        cited = [self._sources[key] for key in drafted.keys if key in self._sources]
        checked = check_sentence(drafted.text, cited, list(self._sources.values()), self._judge())
        if checked.verdict is Verdict.EXACT:
            taken = [Statement(drafted.text, tuple(dict.fromkeys(map(self._number, cited))))]
            self._written += 1
        else:
            if len(self._held) < MOST_SENTENCES:
                self._held.append(HeldBack(drafted.text, checked.cause, checked.verdict))
            taken = self._quotes(cited) if checked.is_doubtful else []
        self.statements += taken
        return taken

    def _quotes(self, cited: Sequence[Source]) -> list[Statement]:
        """The sentences of the record, those left out that are quoted already."""
        said = {statement.text for statement in self.statements}
        return [Statement(one.text, (self._number(one),)) for one in dict.fromkeys(cited) if one.text not in said]

    def _number(self, source: Source) -> int:
        place = source.document_id, source.span
        if place not in self._numbers:
            citation = self._documents.cite_span(len(self._citations) + 1, source.document_id, source.span)
            verdict = verdict_of(citation.quote, Span(0, len(source.text)), source.text)
            self._citations.append(replace(citation, verdict=verdict))
            self._numbers[place] = citation.number
        return self._numbers[place]

    def answer(self) -> Answer:
        """The answer of the sentences that hold and the quotes between them; the copied one where none holds."""
        held = tuple(self._held)
        if not self._written:
            why = "nothing it wrote could be found in the record" if held else "it found no answer in the passages"
            notice = f"The language model was not used: {why}. These are the record's own words."
            return replace(self._copied, notice=notice, held_back=held)
        return replace(
            self._copied,
            text=_text(self._copied, self.statements, self._citations),
            statements=tuple(self.statements),
            citations=tuple(self._citations),
            mode="generated",
            held_back=held,
        )


def _text(copied: Answer, statements: Sequence[Statement], citations: Sequence[Citation]) -> str:
    """For reading: the short answer, the sentences with their markers, the remarks."""
    parts = []
    short = copied.short_answer
    if short:
        numbers = next((str(one.number) for one in citations if short in one.quote), "")
        parts.append(f"{short} [{numbers}]" if numbers else short)
    quotes = {citation.quote for citation in citations}
    told = (f"“{one.text}”" if one.text in quotes else one.text for one in statements)
    marked = zip(told, statements, strict=True)
    parts.append(" ".join(f"{text} {''.join(f'[{number}]' for number in one.citations)}" for text, one in marked))
    if copied.remarks:
        parts.append("\n".join(copied.remarks))
    return "\n\n".join(parts)
