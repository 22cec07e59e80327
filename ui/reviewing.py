"""What a reviewer does, from what the browser sends to the desk: open, go on, judge, look elsewhere, put in a run.

Nothing that a browser sends is trusted: an answer is found by its id at the desk, a document by its id
in the catalog, a run by its name among the files that are there, and words that were selected are looked
for in the document. Making gold is in ui/review_gold.py. Knows nothing of Gradio.

>>> # opened(context, "ben", {"show": "open"}).item
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

from assistant.answer import Answer, Citation
from assistant.assistant import LONGEST_QUESTION
from assistant.desk_answers import StoredAnswer
from assistant.desk_reviews import CorrectedSpan, Review, ReviewItem, ReviewVerdict
from assistant.standing import standing_of
from corpus.document import Span
from corpus.errors import InputError
from evals.agreement import agreement
from evals.gold_file import likely_kind, refusal_cause
from evals.kept_runs import KeptRun
from evals.run import load_run
from evals.run_answers import queue_run
from ui.page_context import PageContext
from ui.page_review import GoldForm, item_view, nothing_left, top_view
from ui.page_review_source import ShownSource, found_passages, source_view
from ui.review_queue import Wanted, number_of, text_of
from ui.review_span import Selected, chosen_span
from ui.review_words import agreement_words, verdict_word
from ui.wording import counted

__all__ = [
    "LONGEST_NOTE",
    "ReviewPatch",
    "at_hand",
    "chosen_words",
    "cited",
    "found_elsewhere",
    "judged",
    "looked_at",
    "opened",
    "put_in",
    "stepped",
]

Sent = Mapping[str, object]  # what a browser sends
LONGEST_NOTE = 2000  # characters
FOUND = 8  # passages shown where a reviewer looks elsewhere


@dataclass(frozen=True, slots=True)
class ReviewPatch:
    """What the page has to show anew; None leaves a part as it is. HTML but for `told` and `address`."""

    top: str | None = None
    item: str | None = None
    source: str | None = None
    told: str = ""  # what was done
    address: str | None = None  # "?a=…&s=0"


def opened(context: PageContext, user: str, sent: Sent) -> ReviewPatch:
    """The statement that the address names, else the first of the queue."""
    wanted, told = Wanted.of(sent), ""
    item: ReviewItem | None = None
    if answer_id := text_of(sent, "a"):
        try:
            item = context.desk.reviews.item(answer_id, number_of(sent, "s"), author=user)
        except InputError as error:
            told = str(error)
    return _patch(context, user, wanted, item or _first(context, user, wanted), told)


def stepped(context: PageContext, user: str, sent: Sent, *, back: bool) -> ReviewPatch:
    """What follows in the queue, or comes before; at its end what is shown stays."""
    wanted, item = Wanted.of(sent), at_hand(context, user, sent)
    beside = context.desk.reviews.beside(item, wanted.filter, author=user, before=back)
    if beside is None:
        return ReviewPatch(told=f"This is the {'first' if back else 'last'} one.")
    return _patch(context, user, wanted, beside)


def judged(context: PageContext, user: str, sent: Sent) -> ReviewPatch:
    """Keep a judgement and show what comes next. Raises InputError when it cannot be kept; nothing is lost."""
    wanted, item = Wanted.of(sent), at_hand(context, user, sent)
    verdict = next((one for one in ReviewVerdict if one.value == text_of(sent, "verdict")), None)
    if verdict is None:
        raise InputError("A verdict is one of 1 to 4. Choose one of the four buttons.")
    context.desk.reviews.add(
        item.answer_id,
        item.position,
        verdict,
        author=user,
        cause=text_of(sent, "cause", 100).strip(),
        corrected=chosen_words(context, sent) or _kept_words(context, user, item, sent),
        note=text_of(sent, "note", LONGEST_NOTE).strip(),
    )
    said = verdict_word(verdict, refused=item.refused)
    following = context.desk.reviews.beside(item, wanted.filter, author=user)
    if following is None and wanted.show == "open":
        following = _first(context, user, wanted)
    return _patch(context, user, wanted, following, f"Kept: {said.lower()}. Press u to go back to it.")


def looked_at(context: PageContext, user: str, sent: Sent, *, whole: bool) -> ReviewPatch:
    """Another document, or the whole of one, in place of the source that is shown."""
    item = at_hand(context, user, sent)
    document = context.index.catalog.document(text_of(sent, "document"))
    if document is None:
        raise InputError("This document is no longer in the record. Look for the words again.")
    first, last = number_of(sent, "first"), number_of(sent, "last")
    marks = (Span(first, last),) if 0 <= first < last <= len(document.text) else ()
    cited_here = tuple(span for source in cited(context, item) if source.document == document for span in source.marks)
    shown = ShownSource(document, document.name, cited_here if set(marks) <= set(cited_here) else marks, whole=whole)
    return ReviewPatch(
        source=source_view([shown], date.today(), note="Elsewhere in the record" if marks and not cited_here else "")
    )


def found_elsewhere(context: PageContext, sent: Sent) -> ReviewPatch:
    """Where else the record may say it."""
    words = text_of(sent, "words", LONGEST_QUESTION).strip()
    if not words:
        raise InputError("Type what to look for in the record.")
    with context.turnstile.passing():
        found = context.assistant.search(words, count=FOUND)
    return ReviewPatch(source=found_passages(words, found))


def put_in(context: PageContext, user: str, sent: Sent) -> ReviewPatch:
    """Put the answers of an evaluation run into the queue, and show the first of them."""
    name = text_of(sent, "put")
    file = _run_files(context).get(name)
    if file is None:
        raise InputError(f"There is no run {name!r}. Load the page again to see which there are.")
    count = queue_run(KeptRun(file, load_run(file)), context.desk.answers, context.index.catalog)
    wanted = Wanted(source="run", run=name)
    return _patch(
        context, user, wanted, _first(context, user, wanted), f"{counted(count, 'answer')} of {name} can be judged."
    )


def at_hand(context: PageContext, user: str, sent: Sent) -> ReviewItem:
    """The statement that the browser means. Raises InputError when there is none."""
    context.index.refresh()
    return context.desk.reviews.item(text_of(sent, "a"), number_of(sent, "s"), author=user)


def chosen_words(context: PageContext, sent: Sent) -> CorrectedSpan | None:
    """The words that are selected, as they stand in the record. Raises InputError when they do not."""
    chosen = sent.get("chosen")
    selected = Selected.of(chosen) if isinstance(chosen, Mapping) else None
    if selected is None:
        return None
    document = context.index.catalog.document(selected.document_id)
    if document is None:
        raise InputError("The document that the chosen words are of is no longer in the record. Choose others.")
    span = chosen_span(document, selected)
    return CorrectedSpan(document.id, span.start, span.end, span.of(document.text))


def cited(context: PageContext, item: ReviewItem, stored: StoredAnswer | None = None) -> list[ShownSource]:
    """The documents that a statement cites, or that came nearest where it is a refusal, as they are now."""
    stored = stored or context.desk.answers.get(item.answer_id)
    shown: dict[str, ShownSource] = {}
    for citation in _citations(stored.answer, item):
        standing = standing_of(citation, stored.content_hashes.get(citation.document_id, ""), context.index.catalog)
        document, span = standing.document, standing.span
        key = document.id if document and span else f"{citation.document_id} {citation.number}"
        marks = (*(shown[key].marks if key in shown else ()), *((span,) if span else ()))
        shown[key] = ShownSource(document, citation.document, marks, standing.kind, citation.quote)
    return list(shown.values())


def _citations(answer: Answer, item: ReviewItem) -> list[Citation]:
    if item.refused:
        return list(answer.nearest)
    numbers = answer.statements[item.position].citations
    return [citation for citation in answer.citations if citation.number in numbers]


def _patch(context: PageContext, user: str, wanted: Wanted, item: ReviewItem | None, told: str = "") -> ReviewPatch:
    """The whole page at one statement, or at the end of the queue."""
    reviews, query = context.desk.reviews, wanted.query
    run = wanted.run or None
    found = agreement((one.author, (one.answer_id, one.position), one.verdict) for one in reviews.latest(run=run))
    runs = context.desk.answers.runs()
    waiting = [name for name in _run_files(context) if name not in runs]
    top = top_view(wanted, runs, waiting, reviews.queue_length(wanted.filter, author=user), agreement_words(found))
    if item is None:
        return ReviewPatch(top, nothing_left(wanted), "", told, f"?{query}" if query else "")
    stored = context.desk.answers.get(item.answer_id)
    history = reviews.history(item.answer_id, item.position)
    sources = cited(context, item, stored)
    gold = _gold_form(item, stored.answer, [one for one in history if one.author == user], sources)
    note = "What came nearest to the question" if item.refused and sources else ""
    return ReviewPatch(
        top,
        item_view(item, stored.answer, history, user, gold),
        source_view(sources, date.today(), note=note),
        told,
        f"?{query}{'&' if query else ''}{urlencode({'a': item.answer_id, 's': item.position})}",
    )


def _gold_form(item: ReviewItem, answer: Answer, own: list[Review], sources: list[ShownSource]) -> GoldForm:
    """What a gold question made of this would most likely say."""
    corrected = own[-1].corrected if own else None
    document = next((source.document for source in sources if source.document), None)
    quoted = next((span.of(source.document.text) for source in sources if source.document for span in source.marks), "")
    evidence = corrected.quote if corrected else "" if item.refused else quoted
    short = answer.short_answer
    question = answer.standalone_question or answer.question
    return GoldForm(
        question,
        likely_kind(question, document.kind if document else "article"),
        (short,) if short and short in evidence else (),
        refusal_cause(answer.refusal),
        evidence,
    )


def _kept_words(context: PageContext, user: str, item: ReviewItem, sent: Sent) -> CorrectedSpan | None:
    """The words chosen when this was judged before, unless they were dropped."""
    own = [one for one in context.desk.reviews.history(item.answer_id, item.position) if one.author == user]
    return own[-1].corrected if own and sent.get("keep") is True else None


def _first(context: PageContext, user: str, wanted: Wanted) -> ReviewItem | None:
    return next(iter(context.desk.reviews.queue(wanted.filter, author=user, count=1)), None)


def _run_files(context: PageContext) -> dict[str, Path]:
    """The runs that are kept, by name, the newest file first."""
    files = sorted(context.home.runs_folder.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
    return {file.stem: file for file in files}
