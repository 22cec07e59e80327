"""A statement under review becomes a gold question: proposed at the desk, written to the home's gold file.

The truth is words of a document: those that the reviewer chose, else those that the statement cites.
Of a rightly refused question it is that the record does not say it. Knows nothing of Gradio.

>>> # made_gold(context, "ben", sent).told
"""

from __future__ import annotations

from typing import get_args

from assistant.assistant import LONGEST_QUESTION
from assistant.desk_gold import GoldProposal, GoldQuote, GoldState
from assistant.desk_reviews import CorrectedSpan, ReviewItem
from corpus.errors import InputError
from evals.gold_file import REFUSALS, REVIEWED, add_gold
from evals.gold_line import Kind
from ui.page_context import PageContext
from ui.review_queue import text_of
from ui.reviewing import LONGEST_NOTE, ReviewPatch, Sent, at_hand, chosen_words, cited

__all__ = ["made_gold"]


def made_gold(context: PageContext, user: str, sent: Sent) -> ReviewPatch:
    """Make a gold question of a statement. Raises InputError that says what is missing."""
    item = at_hand(context, user, sent)
    evidence = _evidence(context, user, item, sent)
    refusal = text_of(sent, "refusal") if item.refused and not evidence else ""
    if item.refused and not evidence and refusal not in REFUSALS:
        raise InputError("Say why the record does not hold the answer, or choose the words that do (s).")
    if not item.refused and not evidence:
        raise InputError("Choose the words in the source that answer the question (s); they are its truth.")
    kind = text_of(sent, "kind")
    answers = [line.strip() for line in text_of(sent, "answers", LONGEST_NOTE).splitlines() if line.strip()]
    proposal = GoldProposal(
        question=" ".join(text_of(sent, "question", LONGEST_QUESTION).split()),
        answers=() if refusal else tuple(answers),
        evidence=evidence,
        refusal=refusal,
        kind="unanswerable" if refusal else kind if kind in get_args(Kind) else "paraphrase",
        note=text_of(sent, "note", LONGEST_NOTE).strip(),
    )
    near = [source.name for source in cited(context, item) if source.document] if refusal else []
    kept = context.desk.gold.propose(proposal, author=user, answer_id=item.answer_id)
    try:
        added = add_gold(context.home.gold_folder / REVIEWED, proposal, context.index, near=list(dict.fromkeys(near)))
    except InputError:
        context.desk.gold.decide(kept.id, GoldState.TURNED_DOWN, author=user)
        raise
    context.desk.gold.decide(kept.id, GoldState.TAKEN, author=user)
    remarks = "".join(f" Look at it again: {remark}." for remark in added.remarks)
    return ReviewPatch(told=f"Made gold as {added.id} of {added.file.name}.{remarks}")


def _evidence(context: PageContext, user: str, item: ReviewItem, sent: Sent) -> tuple[GoldQuote, ...]:
    """The words chosen now, else those chosen when it was judged, else those that the statement cites."""
    own = [one for one in context.desk.reviews.history(item.answer_id, item.position) if one.author == user]
    chosen = chosen_words(context, sent) or (own[-1].corrected if own and sent.get("keep") is True else None)
    if chosen is not None:
        return (_quote(context, chosen),)
    if item.refused:
        return ()
    return tuple(
        GoldQuote(source.document.name, source.document.id, span.start, span.end, span.of(source.document.text))
        for source in cited(context, item)
        if source.document
        for span in source.marks
    )


def _quote(context: PageContext, chosen: CorrectedSpan) -> GoldQuote:
    stored = context.index.catalog.stored([chosen.document_id]).get(chosen.document_id)
    name = stored.name if stored else chosen.document_id
    return GoldQuote(name, chosen.document_id, chosen.start, chosen.end, chosen.quote)
