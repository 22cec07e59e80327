"""What the evaluation page shows at an address: it looks up the runs and questions that the address names.

The one place that knows which view belongs to which place; how each looks is in page_*.py. Knows
nothing of Gradio.

    view = EvaluationViews(home, jobs, index).shown(Place.of({"run": "ask-ours-20261128T170205-ab12cd34"}))
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.errors import InputError
from evals.gate import gate
from evals.gold import find_gold_spans, load_gold
from evals.jobs import Jobs
from evals.kept_runs import asked_now, suite_of
from evals.offered import offered
from evals.own_gold import keep_gold
from evals.page_charts import charts_of
from evals.run_shelf import RunShelf
from evals.summary import deciding
from index.settings import Home
from index.store import Index
from ui.evaluation_place import LIMITS, Place
from ui.page_comparison import changed_ids, comparison_view
from ui.page_evaluation import form, job_list, overview, run_list
from ui.page_question import Side, question_view
from ui.page_run import charts_view, chosen_results, run_view
from ui.wording import counted

__all__ = ["EvaluationViews", "View"]


@dataclass(frozen=True, slots=True)
class View:
    """A whole page."""

    title: str
    html: str


@dataclass(slots=True)
class EvaluationViews:
    """The views over the runs and jobs of one home."""

    home: Home
    jobs: Jobs
    index: Index
    shelf: RunShelf = field(init=False)

    def __post_init__(self) -> None:
        self.shelf = RunShelf(self.home.runs_folder)

    def shown(self, place: Place) -> View:
        """The view at `place`. Raises InputError for what there is not, and for what cannot be compared."""
        self.index.refresh()
        if place.compare:
            return self._compared(place, place.compare)
        if place.run:
            return self._run(place)
        return View("Evaluation", overview(self.form(), self.job_part(), self.run_part()))

    def form(self, told: str = "", problem: str = "") -> str:
        """What can be run; `told` or `problem` is what became of the last wish."""
        last = {
            row.suite: row.seconds for row in reversed(self.shelf.rows()) if not row.shipped and row.system == "ours"
        }
        return form(offered(self.home), last, told, problem)

    def kept_gold(self, name: str, content: bytes) -> tuple[str, str]:
        """Keep a gold file: the name of its suite, and what to say of it. Raises as `keep_gold`."""
        kept = keep_gold(self.home, name, content)
        self.index.refresh()
        questions = load_gold(kept)
        gone = [one.id for one in questions if any(not span.spans for span in find_gold_spans(one, self.index))]
        told = f"{kept.name} is kept: {counted(len(questions), 'question')}."
        if gone:
            named = ", ".join(gone[:5]) + (" …" if len(gone) > 5 else "")
            told += f" The words that {len(gone)} of them quote are not in the documents: {named}."
        return kept.stem, told

    def job_part(self) -> str:
        """What runs, at this moment."""
        return job_list(self.jobs.all())

    def run_part(self) -> str:
        """What is kept, at this moment."""
        return run_list(self.shelf.rows(), [_without_folder(fault, self.home) for fault in self.shelf.faults()])

    def charts(self, name: str) -> str:
        """The charts of the run of that name. Raises InputError when there is none."""
        kept = self.shelf.find(name)
        measure = deciding(kept.run, suite_of(kept.run))
        return charts_view(charts_of({kept.run.system: kept.run}, [self.shelf.summary(name)], measure))

    def _run(self, place: Place) -> View:
        kept = self.shelf.find(place.run)
        suite = suite_of(kept.run)
        title = f"{kept.run.suite}, {kept.run.system}"
        if place.question:
            order = [result.case.id for result in chosen_results(kept.run, deciding(kept.run, suite), place)]
            return View(
                f"{place.question}, {title}",
                question_view(self._sides(place, [place.run]), place, order, self.index.catalog),
            )
        summary, others = self.shelf.summary(place.run), self.shelf.of_suite(kept.run.suite)
        others = [other for other in others if other.name != place.run]
        return View(title, run_view(kept, suite, summary, place, others))

    def _compared(self, place: Place, names: tuple[str, str]) -> View:
        comparison = self.shelf.compared(*names)
        title = f"{comparison.verdict.capitalize()}: {comparison.first.suite}, {comparison.second.system}"
        if place.question:
            shown = question_view(self._sides(place, names), place, changed_ids(comparison), self.index.catalog)
            return View(f"{place.question}, {title}", shown)
        asked = asked_now(suite_of(comparison.first))
        result = gate(comparison, max_drop=LIMITS[place.limit], gold=asked)
        return View(title, comparison_view(comparison, result, place, self.shelf.of_suite(comparison.first.suite)))

    def _sides(self, place: Place, names: Sequence[str]) -> list[Side]:
        sides = []
        for name in names:
            kept = self.shelf.find(name)
            suite = suite_of(kept.run)
            result = next((one for one in kept.run.results if one.case.id == place.question), None)
            if result is None:
                raise InputError(f"The run {name} holds no question {place.question!r}. Choose one of its list.")
            sides.append(Side(kept, suite, deciding(kept.run, suite), result))
        return sides


def _without_folder(fault: str, home: Home) -> str:
    """A fault with the file's name alone: where the data folder lies is nobody's business in the browser."""
    return fault.replace(f"{home.runs_folder}/", "")
