"""The evaluation's first page as HTML: what can be run, what is running, and the runs that are kept.

Everything from a file or a run is escaped here; it decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from evals.job import Job
from evals.offered import Offered, systems_for
from evals.run_shelf import ShelfRow
from evals.summary import number
from ui.evaluation_parts import SYSTEM_WORDS, duration, link, made_by, moment, table
from ui.evaluation_place import Place
from ui.markup import safe
from ui.wording import counted

__all__ = ["form", "job_list", "overview", "run_list"]

STATES = {
    "queued": "waiting",
    "running": "running",
    "finished": "finished",
    "cancelled": "cancelled",
    "failed": "failed",
    "unfinished": "unfinished: the program was stopped",
}
KEPT = "What was asked is kept as long as the program and the questions stay as they are."
JOBS_SHOWN = 6  # that have ended
RUNS_SHOWN = 200


def overview(form_html: str, jobs_html: str, runs_html: str) -> str:
    """The page: at the left what to run, at the right what runs and what was run."""
    return (
        '<h1>Evaluation</h1><p class="lead">Put questions with known answers to the record, and see whether the next '
        'version is better.</p><p class="to-form"><a href="#run-a-suite">Run a suite ↓</a></p>'
        f'<div class="bench"><div class="order" data-part="form">{form_html}</div>'
        f'<div class="results"><div data-part="jobs">{jobs_html}</div>'
        f'<div data-part="runs">{runs_html}</div></div></div>'
    )


def form(suites: Sequence[Offered], last_seconds: dict[str, float], told: str = "", problem: str = "") -> str:
    """What to ask, and of what; `last_seconds` is how long each suite took the last time, by the name of its runs."""
    able = [suite for suite in suites if not suite.fault]
    choices = "".join(_suite(suite, last_seconds, chosen=suite is able[0]) for suite in suites)
    systems = "".join(_system(name) for name in systems_for(list(able)) if name != "ours")
    return f"""<form data-act="start" aria-label="A new evaluation"><h2 id="run-a-suite">Run a suite</h2>
<fieldset><legend>Questions</legend>{choices}</fieldset>
<p class="upload"><label>Add your own questions (.jsonl)<input type="file" accept=".jsonl" data-act="upload"></label>
<span class="soft">One question a line, with what counts as right and the words of the record that say it.</span></p>
<fieldset><legend>Put to</legend><label class="choice"><input type="checkbox" name="system" value="ours" checked>
<span>ours <small>{safe(SYSTEM_WORDS["ours"])}</small></span></label>
<details><summary>stages and plain search, to compare with</summary>{systems}</details></fieldset>
{_message(told, problem)}<button type="submit" class="primary">Run</button>
<p class="soft">It runs in the background with the lowest priority: you can close this page, and nobody who asks has to
wait for it. Times measured so are longer than on an idle machine.</p></form>"""


def _suite(suite: Offered, last_seconds: dict[str, float], *, chosen: bool) -> str:
    value = f"{'own' if suite.own else 'bundled'}:{suite.name}"
    last = last_seconds.get(suite.run_name)
    size = counted(suite.questions, "question") + (f", {duration(last)} the last time" if last else "")
    said = f'<small class="fault">{safe(suite.fault)}</small>' if suite.fault else f"<small>{safe(size)}</small>"
    state = " disabled" if suite.fault else " checked" if chosen else ""
    return (
        f'<label class="choice"><input type="radio" name="suite" value="{safe(value)}"{state}>'
        f"<span>{safe(suite.name)} <small>{safe(suite.title)}</small>{said}</span></label>"
    )


def _system(name: str) -> str:
    return (
        f'<label class="choice"><input type="checkbox" name="system" value="{safe(name)}">'
        f"<span>{safe(name)} <small>{safe(SYSTEM_WORDS.get(name, ''))}</small></span></label>"
    )


def _message(told: str, problem: str) -> str:
    if problem:
        return f'<p class="problem" role="alert">{safe(problem)}</p>'
    return f'<p class="told" role="status">{safe(told)}</p>'


# What runs


def job_list(jobs: Sequence[Job]) -> str:
    """What runs and waits, then the last that have ended."""
    active = sorted((job for job in jobs if job.active), key=lambda job: (job.state != "running", job.id))
    # What has ended well stands in the list of runs: the last of it only is told, until another is ordered.
    ended = [job for job in jobs if not job.active and (job.state != "finished" or job is jobs[0])][:JOBS_SHOWN]
    if not active and not ended:
        return ""
    listed = "".join(map(_job, active + ended))
    return f'<section class="jobs" aria-label="Evaluations in work"><ul>{listed}</ul></section>'


def _job(job: Job) -> str:
    asked = f"{safe(job.order.suite)} <small>put to {safe(', '.join(job.order.systems))}</small>"
    if job.state == "running":
        body, acts = _progress(job), _act(job, "cancel", "Cancel")
    elif job.state == "queued":
        body, acts = "", _act(job, "cancel", "Cancel")
    else:
        acts = _act(job, "forget", "Take off the list")
        if job.state != "finished":
            acts = _act(job, "go_on", "Go on") + acts
        body = "".join(f"<p>{link(Place(run=name), f'See the run {name}')}</p>" for name in job.runs)
        if job.state in ("cancelled", "unfinished") and job.done:
            body += f'<p class="soft">{safe(_done(job))}. {KEPT}</p>'
    body += "".join(f'<p class="soft">{safe(remark)}</p>' for remark in job.remarks)
    body += f'<p class="problem">{safe(job.error)}</p>' if job.error else ""
    by = f" by {job.author}" if job.author else ""
    when = f'<small class="soft">ordered {safe(moment(job.ordered_at))}{safe(by)}</small>'
    return (
        f'<li class="job {job.state}"><div class="top"><span class="what">{asked}</span>'
        f'<b class="state">{safe(STATES[job.state])}</b></div>{body}<div class="foot">{when}'
        f'<span class="acts">{acts}</span></div></li>'
    )


def _progress(job: Job) -> str:
    indexing = job.doing.endswith("indexing")
    if not job.total or (indexing and job.done == job.total):  # then the models are loaded
        return '<progress aria-label="Progress"></progress><p class="soft">Getting ready …</p>'
    left = (job.total - job.done) * job.seconds / job.done if job.done else 0.0
    outlook = f", about {duration(left)} left" if left and job.done >= 3 else ""
    said = f"Indexing: {job.done} of {job.total} documents" if indexing else f"{_done(job)}{outlook}"
    system = "" if indexing else f" · {job.doing.partition(': ')[2]}"
    return (
        f'<progress aria-label="Progress" max="{job.total}" value="{job.done}"></progress>'
        f'<p class="soft">{safe(said + system)}</p>'
    )


def _done(job: Job) -> str:
    return f"{job.done} of {counted(job.total, 'question')}"


def _act(job: Job, act: str, words: str) -> str:
    named = f'data-act="{act}" data-job="{safe(job.id)}" aria-label="{words}: {safe(job.order.suite)}"'
    return f'<button type="button" {named}>{words}</button>'


# What was run


def run_list(rows: Sequence[ShelfRow], faults: Sequence[str]) -> str:
    """The kept runs, newest first, each with its deciding number and the way to a comparison."""
    own = [row for row in rows if not row.shipped]
    shipped = [row for row in rows if row.shipped]
    lines = [_run(row, _before(row, rows)) for row in own[:RUNS_SHOWN]]
    head = ["run", "made", "went right", "questions", "compare"]
    listed = table(head, lines, "runs") or '<p class="soft">None yet. Run a suite, and its numbers will stand here.</p>'
    more = f'<p class="soft">{len(own) - RUNS_SHOWN} older runs are not shown.</p>' if len(own) > RUNS_SHOWN else ""
    baselines = table(head[:-1], [_run(row, None, compared=False) for row in shipped], "runs")
    told = "".join(f'<p class="problem">{safe(fault)}</p>' for fault in faults[:3])
    return (
        f"<section><h2>Runs</h2>{listed}{more}{told}</section>"
        f"<section><h2>Shipped baselines</h2>"
        f'<p class="soft">What this program reached when it was published.</p>{baselines}</section>'
    )


def _before(row: ShelfRow, rows: Sequence[ShelfRow]) -> ShelfRow | None:
    """The one that a run is compared with first: the run before it of the same system, else the baseline."""
    same = [one for one in rows if one.suite == row.suite and one.name != row.name]
    earlier = [one for one in same if one.system == row.system and not one.shipped and one.made_at <= row.made_at]
    return max(earlier, key=lambda one: one.made_at, default=next((one for one in same if one.shipped), None))


def _run(row: ShelfRow, before: ShelfRow | None, *, compared: bool = True) -> str:
    name = link(Place(run=row.name), f"{row.suite}, {row.system}")
    value = number(row.decided.measure, row.decided.value)
    cells = (
        f'<td class="name">{name}</td>'
        f'<td>{safe(moment(row.made_at))}<small class="soft">{safe(made_by(row))}</small></td>'
        f'<td class="number" title="{safe(row.decided.measure.title)}"><b>{safe(value)}</b></td>'
        f'<td class="number">{row.questions}</td>'
    )
    if compared:
        words = "with the baseline" if before and before.shipped else "with the one before"
        cells += f"<td>{link(Place(compare=(before.name, row.name)), words) if before else ''}</td>"
    return f"<tr>{cells}</tr>"
