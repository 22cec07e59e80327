"""One question of a run, or of two runs side by side, as HTML: expected, given, what was ranked, and why it went so.

Everything from a run is escaped here; what was to be found is marked by offset.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.document import Span
from evals.given import Given, Quoted, Retrieved
from evals.kept_runs import KeptRun
from evals.measures import Measure
from evals.outcome import is_relevant, outcome_of
from evals.report import said
from evals.run import LEFT_OUT, Result
from evals.suite import Suite
from evals.summary import number, why_of
from index.catalog import Catalog
from ui.evaluation_parts import link, moment, outcome_tag, table
from ui.evaluation_place import Place
from ui.markup import safe
from ui.wording import counted

__all__ = ["Side", "question_view"]

PASSAGES = 10  # shown
CLIP = 110  # characters of a passage before it is opened
_NUMBERS = re.compile(r"\s*\[\d+\]")  # of citations


@dataclass(frozen=True, slots=True)
class Side:
    """The question in one run."""

    kept: KeptRun
    suite: Suite
    measure: Measure
    result: Result


def question_view(sides: Sequence[Side], place: Place, order: Sequence[str], catalog: Catalog) -> str:
    """The page of one question; `order` are the ids of the questions that it is looked at with."""
    case = sides[-1].result.case
    before = "".join(f"<li>{safe(earlier)}</li>" for earlier in case.history)
    asked_before = f'<p class="soft">Asked before:</p><ol class="history">{before}</ol>' if before else ""
    within = f'<p class="soft">Looked for in {safe(case.within)} only.</p>' if case.within else ""
    columns = "".join(_side(side, catalog, named=len(sides) > 1) for side in sides)
    return (
        f"{_trail(place)}{_ways(place, order)}<h1>{safe(case.question)}</h1>"
        f'<p class="soft">{safe(case.kind.replace("_", " "))} · {safe(case.id)}</p>{asked_before}{within}'
        f'<section class="expected"><h2>Expected</h2><p class="said">{safe(case.expected or "Nothing is named.")}</p>'
        f'{_evidence(_fullest(sides))}</section><div class="sides of-{len(sides)}">{columns}</div>'
    )


def _fullest(sides: Sequence[Side]) -> Mapping[str, Any]:
    """The truth of the run that holds it: a slim copy does not."""
    return next((side.result.case.truth for side in reversed(sides) if side.result.case.truth != LEFT_OUT), {})


def _trail(place: Place) -> str:
    up = replace(place, question="")
    words = "the comparison" if place.compare else "the run"
    return (
        f'<nav class="trail" aria-label="Where you are">{link(Place(), "Evaluation")} '
        f'<span aria-hidden="true">/</span> {link(up, words)}</nav>'
    )


def _ways(place: Place, order: Sequence[str]) -> str:
    if place.question not in order:
        return ""
    at, ways = order.index(place.question), []
    if at:
        ways.append(link(replace(place, question=order[at - 1]), "← before", classes="before"))
    ways.append(f"<span>{at + 1} of {len(order)}</span>")
    if at + 1 < len(order):
        ways.append(link(replace(place, question=order[at + 1]), "next →", classes="next"))
    return f'<p class="pages">{"".join(ways)}</p>'


def _evidence(truth: Mapping[str, Any]) -> str:
    """The words of the record that the gold names, where it names them by quote."""
    quotes = []
    for one in truth.get("spans") or ():
        gold = one.get("evidence", {}) if isinstance(one, dict) else {}
        if not gold:
            continue
        gone = "" if one.get("spans") else ' <b class="tag wrong">not in the record when this run was made</b>'
        quote, document = str(gold.get("quote", "")), str(gold.get("document", ""))
        quotes.append(f"<li><q>{safe(quote)}</q> <cite>{safe(document)}</cite>{gone}</li>")
    return f'<ul class="evidence">{"".join(quotes)}</ul>' if quotes else ""


def _side(side: Side, catalog: Catalog, *, named: bool) -> str:
    result, run = side.result, side.kept.run
    outcome, why = outcome_of(side.measure, result), why_of(side.measure, result)
    title = f"{run.system}, {moment(run.made_at)}" if named else "Given"
    given = result.given or Given()
    told = (
        f'<p class="error">Could not be asked: {safe(result.error)}</p>'
        if result.given is None
        else _given(given, result.case.question)
    )
    reason = f' <span class="why">{safe(why)}</span>' if why else ""
    if result.case.truth == LEFT_OUT:
        told += '<p class="soft">This copy holds the scores, not the passages that were read.</p>'
    return (
        f'<section class="side"><h2>{safe(title)}</h2><p class="verdict">{outcome_tag(outcome)}{reason}</p>'
        f"{_where_lost(side, given)}{told}"
        f"{_quotes('Cited', given.citations, side, catalog)}{_quotes('Nearest', given.nearest, side, catalog)}"
        f"{_ranked(given, side, catalog)}{_scores(side)}</section>"
    )


def _given(given: Given, question: str) -> str:
    parts = []
    if given.refused:
        parts.append(f'<p class="said">Refused. {safe(given.reason or given.refusal)}</p>')
    elif given.short_answer:
        parts.append(f'<p class="short">{safe(given.short_answer)}</p>')
    text = "" if given.refused else _without_first(given.text, given.short_answer or "")
    if text:
        parts.append(f'<p class="said">{safe(text)}</p>')
    if not parts:
        parts.append(f'<p class="said">{safe(said(given))}</p>')
    if given.standalone_question and given.standalone_question != question:
        parts.append(f'<p class="soft">Read as: {safe(given.standalone_question)}</p>')
    sure = f"confidence {100 * given.confidence:.0f} %, " if given.text else ""
    parts.append(f'<p class="soft">{sure}{given.wall_ms:.0f} ms</p>')
    return "".join(parts)


def _without_first(text: str, short_answer: str) -> str:
    """The text without a first paragraph that is the short answer once more."""
    first, _, rest = text.partition("\n\n")
    return rest if rest and _NUMBERS.sub("", first).strip() == short_answer else text


def _where_lost(side: Side, given: Given) -> str:
    """In which step a question that went wrong was lost, where the gold tells what was to be found."""
    if outcome_of(side.measure, side.result) not in ("wrong", "partly"):
        return ""
    found = [is_relevant(side.suite, side.result.case, one) for one in (*given.sentences, *given.passages)]
    if all(relevant is None for relevant in found):
        return ""
    if True not in found:
        return f'<p class="step">Lost in the search: none of the first {len(found)} passages holds the evidence.</p>'
    lost = "it was refused all the same" if given.refused else "something else was read out of them"
    rank = found.index(True) + 1
    return f'<p class="step">Lost after the search: the passage at rank {rank} holds the evidence, and {lost}.</p>'


def _quotes(title: str, quotes: Sequence[Quoted], side: Side, catalog: Catalog) -> str:
    if not quotes:
        return ""
    rows = "".join(
        f'<li><span class="number">[{one.number}]</span> <q>{safe(one.quote)}</q> '
        f"{_source(one, catalog)}"
        f"{_found(is_relevant(side.suite, side.result.case, one), 'evidence')}</li>"
        for one in quotes
    )
    return f'<h3>{title}</h3><ul class="quotes">{rows}</ul>'


def _ranked(given: Given, side: Side, catalog: Catalog) -> str:
    ranked = [*given.sentences, *given.passages]
    if not ranked:
        return ""
    gold = _gold_spans(side.result.case.truth)
    rows = "".join(
        f"<li><details><summary><cite>{safe(one.document)}</cite>"
        f"{_found(is_relevant(side.suite, side.result.case, one), 'holds the evidence')} "
        f'<span class="clip">{safe(" ".join(one.text.split())[:CLIP])} …</span></summary>'
        f"<blockquote>{_marked(one, gold)}</blockquote>{_opened(_address(one, one.text, catalog))}</details></li>"
        for one in ranked[:PASSAGES]
    )
    known = any(is_relevant(side.suite, side.result.case, one) is not None for one in ranked[:PASSAGES])
    found = [is_relevant(side.suite, side.result.case, one) for one in ranked[:PASSAGES]]
    first = f"The evidence is at rank {found.index(True) + 1}." if True in found else "None of them holds the evidence."
    told = f'<p class="soft">{first}</p>' if known else ""
    shown = counted(min(len(ranked), PASSAGES), "passage")
    return f'<h3>Ranked first: {shown}</h3>{told}<ol class="ranked">{rows}</ol>'


def _gold_spans(truth: Mapping[str, Any]) -> dict[str, list[Span]]:
    spans: dict[str, list[Span]] = {}
    for one in truth.get("spans") or ():
        if isinstance(one, dict):
            spans.setdefault(str(one.get("document_id", "")), []).extend(Span(**span) for span in one.get("spans", ()))
    return spans


def _marked(passage: Retrieved, gold: Mapping[str, Sequence[Span]]) -> str:
    pieces, position = [], passage.start
    for span in sorted(gold.get(passage.document_id, ())):
        first, last = max(span.start, position), min(span.end, passage.end)
        if first < last:
            pieces.append(safe(passage.text[position - passage.start : first - passage.start]))
            pieces.append(f"<mark>{safe(passage.text[first - passage.start : last - passage.start])}</mark>")
            position = last
    return "".join([*pieces, safe(passage.text[position - passage.start :])])


def _source(one: Quoted, catalog: Catalog) -> str:
    """The document's name, leading to the place of the quote."""
    address = _address(one, one.quote, catalog)
    name = safe(one.document)
    return f'<cite><a href="{address}">{name}</a></cite>' if address else f"<cite>{name}</cite>"


def _address(one: Quoted | Retrieved, text: str, catalog: Catalog) -> str:
    """Where this record still holds the very words; "" where it does not."""
    document = catalog.document(one.document_id)
    if document is None or document.text[one.start : one.end] != text:
        return ""
    return f"/source/{safe(one.document_id)}?start={one.start}&amp;end={one.end}"


def _opened(address: str) -> str:
    return f'<p><cite><a href="{address}">open in the document</a></cite></p>' if address else ""


def _found(relevant: bool | None, words: str) -> str:
    return f' <b class="tag right"><i aria-hidden="true">✓</i> {words}</b>' if relevant else ""


def _scores(side: Side) -> str:
    measures = {measure.name: measure for measure in side.suite.measures if measure.reads == (measure.name,)}
    rows = []
    for name, score in side.result.scores.items():
        known = measures.get(name)
        plain = "not scored" if score.value is None else f"{score.value:.3g}"
        value = number(known, score.value) if known else plain
        title = known.title if known else name.replace("_", " ")
        rows.append(f'<tr><td>{safe(title)}</td><td class="number">{safe(value)}</td><td>{safe(score.why)}</td></tr>')
    listed = table(["score", "value", "why"], rows, "scores")
    return f'<details class="fold"><summary>All scores of this question</summary>{listed}</details>' if rows else ""
