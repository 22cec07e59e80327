"""The bundled suite from the command line: `python -m evals.ask_suite`.

Indexes the bundled reports (or the folder of original articles, with --seeds) in a temporary
home, asks the gold questions, and prints accuracy, citations, refusals and time, then plain
retrieval beside ours. `make eval` calls it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.assistant import Assistant
from corpus.errors import InputError, RapporteurError
from evals.baselines import RetrievalRow, compare_retrieval, retrieval_table
from evals.gold import GoldFault, GoldQuestion, check_gold, load_gold
from evals.marked import write_marked
from evals.report import failures, headline, markdown
from evals.run import Run, TruthKind, run_suite, save_run
from index.ingest import ingest
from index.settings import Home, IndexSettings
from index.store import Index, open_index

__all__ = ["SuiteResult", "main", "measure"]

EVALS = Path(__file__).resolve().parent
GOLD = EVALS / "gold" / "ask.jsonl"
REPORTS = EVALS.parent / "corpus" / "reports"
README = EVALS / "README.md"


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """A run with the retrieval comparison that belongs to it."""

    run: Run
    retrieval: tuple[RetrievalRow, ...]
    lost: tuple[GoldFault, ...]  # gold quotes that no longer match the index

    @property
    def text(self) -> str:
        """The report in Markdown, without the list of failures."""
        parts = [markdown(self.run), retrieval_table(self.retrieval)]
        if self.lost:
            lines = [f"- {fault.question_id}: {fault.cause}: {fault.evidence.quote}" for fault in self.lost]
            parts.append(f"{len(self.lost)} gold quotes could not be found:\n" + "\n".join(lines))
        return "\n\n".join(parts)


def measure(
    index: Index, gold: Sequence[GoldQuestion], suite: str, truth: TruthKind, progress: Callable[[int, int], None]
) -> SuiteResult:
    """Ask, score and compare, over an index that is ready."""
    assistant = Assistant(index)
    run = run_suite(assistant, index, gold, suite=suite, truth=truth, progress=progress)
    rows = compare_retrieval(assistant, index, gold, truth)
    lost = check_gold(gold, index) if truth == "spans" else []
    return SuiteResult(run, tuple(rows), tuple(lost))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the suite; returns the exit code: 0 done, 2 input that cannot be used, 1 failure."""
    try:
        return _main(_parser().parse_args(arguments))
    except RapporteurError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.ask_suite", description="Measure the answers.")
    parser.add_argument("--home", type=Path, help="keep the run in this home, and the index, brought up to date")
    parser.add_argument("--seeds", type=Path, help="ask the questions of the original articles in this folder")
    parser.add_argument("--gold", type=Path, default=GOLD, help="JSONL file of gold questions")
    parser.add_argument("--out", type=Path, help="write the report to this file too")
    parser.add_argument("--readme", action="store_true", help="write the tables into evals/README.md")
    parser.add_argument("--brief", action="store_true", help="leave out the list of failures")
    return parser


def _main(options: argparse.Namespace) -> int:
    gold = load_gold(options.gold)
    if options.home:
        return _in_home(options, gold, Home(options.home))
    with tempfile.TemporaryDirectory(prefix="rapporteur-eval-") as folder:
        return _in_home(options, gold, Home(Path(folder)))


def _in_home(options: argparse.Namespace, gold: Sequence[GoldQuestion], home: Home) -> int:
    folder: Path = options.seeds or REPORTS
    if not folder.is_dir():
        raise InputError(f"{folder} is not a folder. Give the one that holds the articles.")
    index = open_index(home, IndexSettings.from_environment(), create=True)
    report = ingest([folder], index, prune=True)  # what an index of before has unchanged is not read again
    for failure in report.failed:
        sys.stderr.write(f"{failure.path}: {failure.reason}\n")
    suite = "-".join(filter(None, [options.gold.stem, "seeds" if options.seeds else ""]))
    truth: TruthKind = "originals" if options.seeds else "spans"
    result = measure(index, gold, suite, truth, _show_progress)
    if options.home:
        sys.stderr.write(f"kept as {save_run(result.run, home.runs_folder)}\n")
    text = result.text if options.brief else f"{result.text}\n\n{failures(result.run)}"
    sys.stdout.write(text + "\n")
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")
    if options.readme:
        write_marked(README, suite, result.text)
        if suite == GOLD.stem:
            write_marked(README.parents[1] / "README.md", "suite", headline(result.run))
    return 1 if report.failed else 0


def _show_progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done}/{total} questions" + ("\n" if done == total else ""))


if __name__ == "__main__":
    sys.exit(main())
