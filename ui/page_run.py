"""A run as HTML: how it went in words, then the numbers, then the questions, what went wrong first.

Everything from a run is escaped here; every number is the summary's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

from evals.kept_runs import KeptRun
from evals.measures import Measure
from evals.outcome import OUTCOMES, Outcome, outcome_of, worst_first
from evals.page_charts import Chart
from evals.report import HOW_TO_READ, made_with, said
from evals.run import Result, Run
from evals.run_shelf import ShelfRow
from evals.suite import Suite
from evals.summary import Measured, Summary, deciding, headline_rows, number, why_of
from ui.evaluation_parts import (
    CLASSES,
    clipped,
    duration,
    interval_line,
    link,
    measured_cells,
    moment,
    neutral,
    outcome_tag,
    table,
)
from ui.evaluation_place import EVALUATION, Place
from ui.markup import safe
from ui.wording import counted

__all__ = ["charts_view", "chosen_results", "run_view"]

AT_ONCE = 50  # questions of a list


def chosen_results(run: Run, measure: Measure, place: Place) -> list[Result]:
    """The questions that the place names, what went wrong first."""
    return [
        result
        for result in worst_first(measure, run.results)
        if (not place.outcome or outcome_of(measure, result) == place.outcome)
        and (not place.kind or result.case.kind == place.kind)
    ]


def run_view(kept: KeptRun, suite: Suite, summary: Summary, place: Place, others: Sequence[ShelfRow]) -> str:
    """The page of one run; `others` are the runs that it can be compared with."""
    run, measure = kept.run, deciding(kept.run, suite)
    revision = f"revision {run.revision.commit[:8]}" if run.revision.commit else "no revision"
    changed = " with changes" if run.revision.dirty else ""
    return (
        f'<nav class="trail" aria-label="Where you are">{link(Place(), "Evaluation")}</nav>'
        f"<h1>{safe(run.suite)}, {safe(run.system)}</h1>"
        f'<p class="lead">{safe(_in_words(run, measure, summary))}</p>'
        f'<p class="soft">{safe(suite.title)}, asked on {safe(moment(run.made_at))} in {duration(run.seconds)}, '
        f"{safe(revision + changed)}</p>"
        f"{_shares(run, measure)}"
        f"{_actions(kept.name, others)}"
        f'<div class="tiles">{"".join(map(_tile, headline_rows(summary)))}</div>'
        f'<p class="soft">{safe(HOW_TO_READ)}</p>'
        f"{_by_kind(summary, kept.name)}"
        f"{_questions(run, measure, place)}"
        f"{_numbers(summary)}"
        f'<details class="fold" data-act="charts"><summary>Charts</summary>'
        f'<div data-part="charts"><p class="soft">Drawing …</p></div></details>'
        f'<p class="soft made">{safe(made_with(run))}</p>'
    )


def _in_words(run: Run, measure: Measure, summary: Summary) -> str:
    row = summary.of(measure.name)
    if row is None or row.value is None:
        return f"{counted(len(run.results), 'question')} asked; none could be scored."
    value = number(measure, row.value)
    told = f"{row.successes} of {row.count} questions" if row.successes is not None else f"{row.count} questions"
    sure = ""
    if row.interval and measure.unit == "share":
        low, high = 100 * row.interval.low, 100 * row.interval.high
        sure = f", and with 95 % confidence between {low:.0f} and {high:.0f} % of questions of this sort"
    return f"{told} went right: {value}{sure}. Right means: {measure.title}."


def _shares(run: Run, measure: Measure) -> str:
    counts = Counter(outcome_of(measure, result) for result in run.results)
    bar = "".join(
        f'<i class="{CLASSES[outcome]}" style="flex-grow:{counts[outcome]}"></i>'
        for outcome in OUTCOMES
        if counts[outcome]
    )
    return f'<div class="share" role="img" aria-label="{safe(_counts(counts))}">{bar}</div>'


def _counts(counts: Counter[Outcome]) -> str:
    return ", ".join(f"{counts[outcome]} {words}" for outcome, words in OUTCOMES.items() if counts[outcome])


def _actions(name: str, others: Sequence[ShelfRow]) -> str:
    files = "".join(
        f'<a href="{EVALUATION}/run/{safe(quote(name, safe=""))}.{ending}" download>{words}</a>'
        for ending, words in (("html", "report"), ("csv", "questions (CSV)"), ("json", "run (JSON)"))
    )
    options = "".join(
        f'<option value="{safe(other.name)},{safe(name)}">{safe(_called(other))}</option>' for other in others
    )
    choose = (
        f'<form data-act="go" action="{EVALUATION}"><label>Compare with <select name="compare">{options}</select>'
        '</label><button type="submit" class="primary">Compare</button></form>'
        if others
        else '<p class="soft">There is no other run of this suite to compare with.</p>'
    )
    return f'<div class="actions">{choose}<p class="files">Download: {files}</p></div>'


def _called(row: ShelfRow) -> str:
    value = number(row.decided.measure, row.decided.value)
    return f"{'shipped baseline' if row.shipped else row.system} of {moment(row.made_at)} ({value})"


def _tile(row: Measured) -> str:
    drawn = interval_line(row.value, row.interval) if row.measure.unit == "share" else ""
    return (
        f'<div class="tile"><b>{safe(number(row.measure, row.value))}</b><span>{safe(row.measure.title)}</span>'
        f'{drawn}<span class="soft">{safe(row.counted)} {safe(row.between)}</span></div>'
    )


def _by_kind(summary: Summary, name: str) -> str:
    kinds = [kind for kind in summary.kinds if kind.has_scores]
    if len(kinds) < 2:
        return ""
    rows = [
        f"<tr><td>{link(Place(run=name, kind=kind.kind), kind.kind.replace('_', ' '))}</td>"
        f"{measured_cells(kind.measured[0])}</tr>"
        for kind in sorted(kinds, key=lambda kind: kind.measured[0].value if kind.measured[0].value is not None else 2)
    ]
    title = kinds[0].measured[0].measure.title
    return (
        f'<section><h2>By kind of question</h2><p class="soft">The weakest first, by: {safe(title)}.</p>'
        f"{table(['kind', 'value', 'where it lies'], rows, 'kinds')}</section>"
    )


def _numbers(summary: Summary) -> str:
    rows = [
        f"<tr><td>{safe(row.measure.title)}{_better(row.measure)}</td>{measured_cells(row)}<td>{_unscored(row)}</td></tr>"
        for row in (*summary.measured, summary.median, summary.p95)
        if row.wanted
    ]
    rows.append(
        f'<tr><td>questions that could not be asked</td><td class="number"><b>{len(summary.errors)}</b></td>'
        "<td></td><td></td></tr>"
    )
    head = ["measure", "value", "where it lies", "could not be scored"]
    return f'<details class="fold"><summary>All numbers</summary>{table(head, rows, "numbers")}</details>'


def _better(measure: Measure) -> str:
    return "" if measure.higher_is_better else '<small class="soft">lower is better</small>'


def _unscored(row: Measured) -> str:
    return "".join(f'<small class="soft">{count}: {safe(why)}</small>' for why, count in row.not_scored.items())


def charts_view(charts: Sequence[Chart]) -> str:
    """The charts, which are drawn only when somebody opens them."""
    drawn = "".join(
        f'<figure><figcaption><b>{safe(chart.title)}</b> <span class="soft">{safe(chart.text)}</span></figcaption>'
        f'<div role="img" aria-label="{safe(chart.title)}">{neutral(chart.svg)}</div></figure>'
        for chart in charts
    )
    return drawn or '<p class="soft">There is nothing to draw of this run.</p>'


# The questions


def _questions(run: Run, measure: Measure, place: Place) -> str:
    chosen = chosen_results(run, measure, place)
    start = (place.part - 1) * AT_ONCE
    rows = "".join(_question(measure, result, place) for result in chosen[start : start + AT_ONCE])
    listed = f'<ol class="questions">{rows}</ol>' if rows else '<p class="soft">No question went so.</p>'
    return (
        f'<section id="questions"><h2>Questions</h2>{_filters(run, measure, place)}{listed}'
        f"{_pages(place, len(chosen))}</section>"
    )


def _filters(run: Run, measure: Measure, place: Place) -> str:
    of_kind = [result for result in run.results if not place.kind or result.case.kind == place.kind]
    counts = Counter(outcome_of(measure, result) for result in of_kind)
    base = replace(place, part=1, question="")
    chips = [link(replace(base, outcome=None), f"all {len(of_kind)}", current=not place.outcome, classes="chip")]
    chips += [
        link(
            replace(base, outcome=outcome),
            f"{words} {counts[outcome]}",
            current=place.outcome == outcome,
            classes=f"chip {CLASSES[outcome]}",
        )
        for outcome, words in OUTCOMES.items()
        if counts[outcome] or place.outcome == outcome
    ]
    if place.kind:
        chips.append(link(replace(base, kind=""), f"kind: {place.kind.replace('_', ' ')} ×", classes="chip on"))
    return f'<p class="chips">{"".join(chips)}</p>'


def _question(measure: Measure, result: Result, place: Place) -> str:
    case, outcome = result.case, outcome_of(measure, result)
    given = f"could not be asked: {result.error}" if result.given is None else said(result.given)
    lines = f'<span class="line">Given: {safe(clipped(given, 180))}</span>'
    if outcome != "right":
        if case.expected:
            lines += f'<span class="line">Expected: {safe(clipped(case.expected, 180))}</span>'
        why = why_of(measure, result)
        told = why and not (result.given and result.given.refused)  # that it was refused is said already
        lines += f'<span class="line why">{safe(clipped(why, 180))}</span>' if told else ""
    to = replace(place, question=case.id)
    return (
        f'<li><a class="row" href="{safe(to.address)}">{outcome_tag(outcome)}'
        f'<span class="asked">{safe(clipped(case.asked, 300))}</span>'
        f'<span class="kind">{safe(case.kind.replace("_", " "))} · {safe(case.id)}</span>{lines}</a></li>'
    )


def _pages(place: Place, count: int) -> str:
    last = -(-count // AT_ONCE)
    if last < 2:
        return ""
    ways = []
    if place.part > 1:
        ways.append(link(replace(place, part=place.part - 1), "← before"))
    ways.append(f"<span>{place.part} of {last}</span>")
    if place.part < last:
        ways.append(link(replace(place, part=place.part + 1), "next →"))
    return f'<p class="pages">{"".join(ways)}</p>'
