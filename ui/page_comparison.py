"""Two runs compared, as HTML: the verdict in words, whether the gate lets it pass, the numbers, the questions.

Decides nothing: all it shows stands in the Comparison and in the gate's result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evals.compare import Changed, Comparison
from evals.compare import Outcome as Change
from evals.compare import Side as Given
from evals.contrast import Contrast, as_difference, as_value
from evals.gate import GateResult
from evals.run import Run
from evals.run_shelf import ShelfRow
from ui.evaluation_parts import clipped, difference_line, link, moment, table
from ui.evaluation_place import EVALUATION, Place
from ui.markup import safe
from ui.wording import counted

__all__ = ["changed_ids", "comparison_view"]

VERDICTS = {
    "better": "The later run is better",
    "worse": "The later run is worse",
    "cannot tell": "It cannot be told which is better",
    "no difference": "No difference",
    "not scored": "It cannot be compared",
}
TITLES: dict[Change, str] = {
    "lost": "Lost: worse than before",
    "won": "Won: better than before",
    "different": "Answered differently, scored the same",
}
LIMIT_WORDS = {"": "drops beyond chance only", "5": "also any drop above 5 points", "0": "also any drop at all"}
CHANGED_SHOWN = 60  # of each way


def changed_ids(comparison: Comparison) -> list[str]:
    """The ids of the questions that changed, in the order they are shown."""
    return [changed.case.id for changed in comparison.changed]


def comparison_view(comparison: Comparison, gate: GateResult, place: Place, rows: Sequence[ShelfRow]) -> str:
    """The page of two runs; `rows` are the runs of the suite, to choose another pair from."""
    first, second = place.compare or ("", "")
    said = comparison.headline.partition(": ")[2]
    notes = "".join(f'<p class="note">{safe(note)}</p>' for note in comparison.notes)
    return (
        f'<nav class="trail" aria-label="Where you are">{link(Place(), "Evaluation")}</nav>'
        f"<h1>{safe(VERDICTS[comparison.verdict])}</h1>"
        f'<div class="decision {comparison.verdict.replace(" ", "-")}"><p>{safe(_capital(said))}</p></div>'
        f"{notes}{_pair(comparison, first, second, rows)}{_gate(gate, place)}"
        f"{_numbers(comparison)}{''.join(_questions(comparison, change, place) for change in TITLES)}"
    )


def _pair(comparison: Comparison, first: str, second: str, rows: Sequence[ShelfRow]) -> str:
    sides = "".join(
        f'<li><span class="soft">{words}</span> {link(Place(run=name), f"{run.suite}, {run.system}")} '
        f'<span class="soft">{safe(_made(run))}</span></li>'
        for words, name, run in (("earlier", first, comparison.first), ("later", second, comparison.second))
    )
    options = "".join(
        f'<option value="{safe(row.name)},{safe(second)}"{" selected" if row.name == first else ""}>'
        f"{safe(f'{row.system} of {moment(row.made_at)}')}{' (shipped baseline)' if row.shipped else ''}</option>"
        for row in rows
        if row.name != second
    )
    query = safe(Place(compare=(first, second)).address.removeprefix(EVALUATION))
    return (
        f'<ul class="pair">{sides}</ul><div class="actions"><form data-act="go" action="{EVALUATION}">'
        f'<label>Earlier run <select name="compare">{options}</select></label>'
        '<button type="submit">Compare</button></form>'
        f"<p>{link(Place(compare=(second, first)), 'Swap the two')}</p>"
        f'<p class="files">Download: <a href="{EVALUATION}/comparison.html{query}" download>report</a>'
        f'<a href="{EVALUATION}/comparison.csv{query}" download>questions (CSV)</a>'
        f'<a href="{EVALUATION}/comparison.json{query}" download>comparison (JSON)</a></p></div>'
    )


def _made(run: Run) -> str:
    changes = " with changes" if run.revision.dirty else ""
    return f"{moment(run.made_at)}, {run.revision.commit[:8] or 'no revision'}{changes}"


def _gate(gate: GateResult, place: Place) -> str:
    """The verdict of the gate, its causes, and what it accepts."""
    verdict, *lines = gate.lines
    headline = next((at for at, line in enumerate(lines) if line.split(":")[0].lower() in VERDICTS), len(lines))
    causes, rest = lines[:headline], [line for line in lines[headline + 1 :] if line.startswith("Shown only")]
    listed = "".join(f"<li>{safe(line.strip())}</li>" for line in causes)
    shown = "".join(f'<p class="soft">{safe(line)}</p>' for line in rest)
    limits = "".join(
        link(replace(place, limit=limit), words, current=place.limit == limit, classes="chip")
        for limit, words in LIMIT_WORDS.items()
    )
    title = "May it take the place of the earlier one? " + ("Yes." if gate.passed else "No.")
    return (
        f'<section class="gate {"passed" if gate.passed else "failed"}"><h2>{title}</h2>'
        f"<p>{safe(verdict)}</p>{f'<ul>{listed}</ul>' if listed else ''}{shown}"
        f'<p class="chips"><span class="soft">The gate fails</span>{limits}</p></section>'
    )


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


# The numbers


def _numbers(comparison: Comparison) -> str:
    shown = [
        contrast
        for position, contrast in enumerate(comparison.contrasts)
        if not position or contrast.verdict not in ("no difference", "not scored")
    ]
    widest = max((_reach(contrast) for contrast in shown if contrast.measure.unit == "share"), default=0.0)
    rows = [_contrast(contrast, widest) for contrast in shown]
    same = [contrast for contrast in comparison.contrasts if contrast.verdict == "no difference"]
    named = "; ".join(f"{one.measure.title} {as_value(one.measure, one.second)}" for one in same)
    told = f'<p class="soft">The same for every question: {safe(named)}.</p>' if same else ""
    head = ["measure", "earlier", "later", "difference", "95 % interval", "verdict", "won", "lost"]
    return (
        f'<section><h2>In numbers</h2><p class="soft">{counted(comparison.count, "question")} compared. The first '
        "measure decides. “Better” and “worse” are said only where chance alone does not explain the difference.</p>"
        f"{table(head, rows, 'contrasts')}{told}</section>"
    )


def _reach(contrast: Contrast) -> float:
    return max(abs(contrast.interval.low), abs(contrast.interval.high)) if contrast.interval else 0.0


def _contrast(contrast: Contrast, widest: float) -> str:
    measure = contrast.measure
    drawn, ends = "", ""
    if contrast.interval and contrast.difference is not None:
        ends = " to ".join(
            as_difference(measure, end, unit=False) for end in (contrast.interval.low, contrast.interval.high)
        )
        if measure.unit == "share":
            drawn = difference_line(contrast.difference, contrast.interval, widest, contrast.verdict)
    change = "" if contrast.difference is None else as_difference(measure, contrast.difference)
    lower = "" if measure.higher_is_better else '<small class="soft">lower is better</small>'
    by_chance = "" if contrast.p is None else f' title="{_chance(contrast.p)}"'
    return (
        f"<tr><td>{safe(measure.title)}{lower}</td>"
        f'<td class="number">{safe(as_value(measure, contrast.first))}</td>'
        f'<td class="number">{safe(as_value(measure, contrast.second))}</td>'
        f'<td class="number"><b>{safe(change)}</b></td>'
        f'<td class="drawn">{drawn} <span class="soft">{safe(ends)}</span></td>'
        f"<td{by_chance}>{_verdict(contrast.verdict)}</td>"
        f'<td class="number">{len(contrast.won)}</td><td class="number">{len(contrast.lost)}</td></tr>'
    )


def _chance(p: float) -> str:
    return f"Chance alone would give a difference like this with p {'< 0.001' if p < 0.001 else f'= {p:.3f}'}."


def _verdict(verdict: str) -> str:
    classes = {"better": "right", "worse": "wrong"}.get(verdict, "scored-not")
    return f'<b class="tag {classes}">{safe(verdict)}</b>'


# The questions


def _questions(comparison: Comparison, change: Change, place: Place) -> str:
    changed = [one for one in comparison.changed if one.outcome == change]
    if not changed:
        return ""
    rows = "".join(_row(one, place) for one in changed[:CHANGED_SHOWN])
    more = len(changed) - CHANGED_SHOWN
    told = f'<p class="soft">{more} more are in the CSV.</p>' if more > 0 else ""
    opened = " open" if change != "different" else ""
    return (
        f'<details class="fold changed {change}"{opened}><summary>{TITLES[change]} ({len(changed)})</summary>'
        f'<ol class="questions">{rows}</ol>{told}</details>'
    )


def _row(changed: Changed, place: Place) -> str:
    case = changed.case
    to = replace(place, question=case.id)
    expected = f'<span class="line">Expected: {safe(clipped(case.expected, 160))}</span>' if case.expected else ""
    return (
        f'<li><a class="row" href="{safe(to.address)}"><span class="asked">{safe(clipped(case.asked, 300))}</span>'
        f'<span class="kind">{safe(case.kind.replace("_", " "))} · {safe(case.id)}</span>{expected}'
        f'<span class="twice">{_given("earlier", changed.before)}{_given("later", changed.after)}</span></a></li>'
    )


def _given(when: str, side: Given) -> str:
    why = f'<span class="why">{safe(clipped(side.why, 140))}</span>' if side.why else ""
    return f"<span><small>{when}</small>{safe(clipped(side.given, 200))}{why}</span>"
