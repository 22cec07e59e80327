"""A statement under review as HTML: what is asked, what is said, the verdicts, and what was judged before.

The source beside it is the business of ui/page_review_source.py. Everything from questions, documents
and reviewers is escaped here. Knows nothing of Gradio and decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.desk_reviews import Review, ReviewItem
from evals.gold_file import REFUSALS
from evals.gold_line import Kind
from ui.markup import safe
from ui.review_queue import ANSWERS, SHOWN, SOURCES, Wanted
from ui.review_words import CAUSES, VERDICTS, moment, verdict_word
from ui.wording import counted

__all__ = ["GoldForm", "item_view", "nothing_left", "top_view"]

KINDS: tuple[str, ...] = tuple(kind for kind in Kind.__args__ if kind != "unanswerable")  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class GoldForm:
    """What stands in the form that makes a gold question."""

    question: str
    kind: str
    answers: tuple[str, ...]
    refusal: str  # "" for a question that the record answers
    evidence: str  # the words that will be its truth; "" where none are known


def top_view(wanted: Wanted, runs: Sequence[str], waiting_runs: Sequence[str], left: int, agreement: str) -> str:
    """The filters, how much is left, and how far reviewers agree."""
    chosen_run = {"": "Any run", **{run: run for run in runs}}
    filters = "".join(
        [
            _select("show", "Show", SHOWN, wanted.show),
            _select("source", "From", SOURCES, wanted.source),
            _select("run", "Run", chosen_run, wanted.run) if runs else "",
            _select("answers", "Of", ANSWERS, wanted.answers),
        ]
    )
    waiting = {"": "Choose a run …", **{run: run for run in waiting_runs}}
    choice = _select("put", "Put its answers into the queue", waiting, "")
    put = (
        f'<details class="put"><summary>Judge a run</summary><p>{choice}'
        '<button type="button" class="strong" data-act="put">Put in</button></p></details>'
        if waiting_runs
        else ""
    )
    count = f"{left:,} to judge" if wanted.show == "open" else counted(left, "statement")
    return (
        f'<p class="left" role="status">{count}</p><form class="filters" aria-label="Filters">{filters}</form>{put}'
        f'<p class="agreement">{safe(agreement)}</p>'
    )


def item_view(item: ReviewItem, answer: Answer, history: Sequence[Review], author: str, gold: GoldForm) -> str:
    """One statement, or refusal, with all that is needed to judge it by keyboard."""
    own = [review for review in history if review.author == author]
    return (
        f'<article class="judging" data-answer="{safe(item.answer_id)}" data-position="{item.position}">'
        f'<p class="origin">{_origin(item)}</p><h2 class="question">{safe(item.question)}</h2>{_read_as(answer)}'
        f"{_said(item, answer)}{_verdicts(item, own)}{_details(own)}{_history(history, own, item)}"
        f"{_gold(gold, refused=item.refused)}</article>"
    )


def nothing_left(wanted: Wanted) -> str:
    """What is shown where the queue is at its end."""
    if wanted == Wanted():
        said = "Everything is judged. New answers come here as they are given; runs can be put in above."
    else:
        said = "Nothing more with these filters."
    return f'<p class="nothing">{said} <kbd>u</kbd> goes back to the one judged last.</p>'


def _origin(item: ReviewItem) -> str:
    source = f"Run {item.run}, question {item.question_id}" if item.run else "Asked in use"
    return f"{safe(source)}, answered {safe(moment(item.given))}"


def _read_as(answer: Answer) -> str:
    if answer.standalone_question == answer.question:
        return ""
    return f'<p class="read-as">Read as: {safe(answer.standalone_question)}</p>'


def _said(item: ReviewItem, answer: Answer) -> str:
    if item.refused:
        return (
            f'<p class="place">The answer is a refusal</p><blockquote class="judged">The record does not say. '
            f"{safe(item.text)}</blockquote>"
        )
    count = len(answer.statements)
    short = f'<p class="short">{safe(answer.short_answer)}</p>' if answer.short_answer else ""
    place = f"Statement {item.position + 1} of {count}" if count > 1 else "The statement"
    others = [one.text for number, one in enumerate(answer.statements) if number != item.position]
    rest = (
        f'<details class="others"><summary>The other {counted(len(others), "statement")} of this answer</summary>'
        f"<ul>{''.join(f'<li>{safe(text)}</li>' for text in others)}</ul></details>"
        if others
        else ""
    )
    return f'{short}<p class="place">{place}</p><blockquote class="judged">{safe(item.text)}</blockquote>{rest}'


def _verdicts(item: ReviewItem, own: Sequence[Review]) -> str:
    last = own[-1].verdict if own else None
    buttons = "".join(
        f'<button type="button" data-verdict="{verdict.value}" aria-keyshortcuts="{key}"'
        f"{' aria-pressed=' + chr(34) + 'true' + chr(34) if verdict is last else ''}>"
        f"<kbd>{key}</kbd> {wrong if item.refused else right}</button>"
        for key, (verdict, right, wrong) in enumerate(VERDICTS, start=1)
    )
    asked = "Is the refusal right?" if item.refused else "Does the source support it?"
    return f'<div class="verdicts" role="group" aria-label="{asked}">{buttons}</div>'


def _details(own: Sequence[Review]) -> str:
    last = own[-1] if own else None
    cause = _select("cause", "<kbd>c</kbd> Cause", {"": "None given", **CAUSES}, last.cause if last else "")
    corrected = last.corrected.quote if last and last.corrected else ""
    shown = f"“{safe(corrected)}”" if corrected else ""
    return (
        f'<div class="details">{cause}'
        '<label class="field"><span><kbd>n</kbd> Note</span>'
        f'<textarea id="review-note" rows="1" maxlength="2000">{safe(last.note) if last else ""}</textarea></label>'
        '<div class="field choosing"><span><kbd>s</kbd> Where the record says it</span>'
        f'<p class="chosen" data-kept="{"yes" if corrected else ""}">{shown}</p>'
        '<button type="button" class="quiet" data-act="choose">Choose words</button>'
        '<button type="button" class="quiet" data-act="drop" hidden>Drop</button></div></div>'
    )


def _history(history: Sequence[Review], own: Sequence[Review], item: ReviewItem) -> str:
    """Every judgement; those of others only after one's own, so that they do not lead it."""
    if not history:
        return ""
    if not own:
        others = counted(len({review.author for review in history}), "other person")
        return f'<p class="blind">{others.replace("persons", "people")} judged this; shown when you have.</p>'
    rows = "".join(f"<li>{_judgement(review, refused=item.refused)}</li>" for review in reversed(history))
    return f'<details class="history" open><summary>Judged before</summary><ol>{rows}</ol></details>'


def _judgement(review: Review, *, refused: bool) -> str:
    who = review.author or "You"
    parts = [f"<b>{safe(who)}</b>: {safe(verdict_word(review.verdict, refused=refused))}"]
    if review.cause:
        parts.append(safe(CAUSES.get(review.cause, review.cause)))
    if review.corrected:
        parts.append(f"“{safe(review.corrected.quote)}”")
    if review.note:
        parts.append(safe(review.note))
    return f'{" · ".join(parts)} <time datetime="{review.given.isoformat()}">{safe(moment(review.given))}</time>'


def _gold(gold: GoldForm, *, refused: bool) -> str:
    truth = f"“{safe(gold.evidence)}”" if gold.evidence else "Choose the words in the source first (s)."
    if refused and not gold.evidence:
        truth = "None: the record does not say it. If it does, choose the words first (s)."
    causes = {cause: cause.capitalize() for cause in REFUSALS}
    why = _select("gold-refusal", "Why the record does not hold it", causes, gold.refusal) if refused else ""
    return (
        '<details class="gold"><summary><kbd>g</kbd> Make gold</summary><form>'
        '<label class="field"><span>Question</span>'
        f'<textarea name="question" rows="2">{safe(gold.question)}</textarea></label>'
        f"{_select('gold-kind', 'Kind', {kind: kind.replace('_', ' ') for kind in KINDS}, gold.kind)}"
        '<label class="field"><span>Short answers that are right, one a line</span>'
        f'<textarea name="answers" rows="2">{safe(chr(10).join(gold.answers))}</textarea></label>{why}'
        f'<p class="truth">Its truth: <span data-given="{truth}">{truth}</span></p>'
        '<button type="submit" class="strong">Make it a gold question</button></form></details>'
    )


def _select(name: str, label: str, options: Mapping[str, str], chosen: str) -> str:
    """A list to choose from; `label` is HTML of ours."""
    items = "".join(
        f'<option value="{safe(value)}"{" selected" if value == chosen else ""}>{safe(word)}</option>'
        for value, word in options.items()
    )
    if chosen not in options:
        items = f'<option value="{safe(chosen)}" selected>{safe(chosen)}</option>{items}'
    return f'<label class="field"><span>{label}</span><select name="{name}">{items}</select></label>'
