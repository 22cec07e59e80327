"""Several suites put to several systems by one command, which can be interrupted and given again.

Each run is kept as soon as it is finished, and the batch remembers it: the same command goes on
where it stopped, at the very question. Knows nothing of how runs are shown.

    batch = Batch(wished(["public"], data), ["ours", "bm25"], home.runs_folder, data=data)
    for wish in batch.wishes:
        asked = batch.ask(wish)
    batch.close_finished()
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import InputError
from evals.case import cases_hash
from evals.gold import load_gold
from evals.kept_runs import KeptRun
from evals.provenance import source_hash
from evals.run import Run, conditions, load_run, save_run
from evals.suite import Layout, Suite, Wanted
from evals.suites import BUNDLED, PUBLIC, open_suite
from evals.suites.gold_questions import GoldSuite
from evals.systems import check_system, gives
from evals.workbench import Progress, Workbench, laid_out
from index.store import Index

__all__ = ["GROUPS", "Asked", "Batch", "Finished", "Wish", "own_suite", "wished"]

GROUPS = {"bundled": BUNDLED, "public": tuple(PUBLIC)}
GIVEN: dict[Wanted, str] = {
    "answer": "an answer",
    "passages": "ranked passages",
    "sentences": "ranked sentences",
    "standalone": "a question that can be read alone",
    "conversation": "an answer in a conversation",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """A suite to be run."""

    suite: Suite
    optional: bool = False  # one of a group: left out where its files are missing


@dataclass(frozen=True, slots=True)
class Finished:
    """A run that is kept."""

    kept: KeptRun
    earlier: bool  # finished before the same command was interrupted


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of one suite."""

    suite: Suite
    runs: tuple[Finished, ...]
    remarks: tuple[str, ...]  # what was not asked, or not scored, and why


def wished(names: Sequence[str], data: Path | None) -> tuple[Wish, ...]:
    """The suites of those names, in that order; "bundled" and "public" are all of a group.

    Raises InputError for an unknown name, and for a group that needs a folder.
    """
    wishes: dict[str, Wish] = {}
    for name in names:
        if name not in GROUPS:
            wishes[name] = Wish(open_suite(name))
            continue
        if name == "public" and data is None:
            raise InputError("The public suites need their files. Name the folder that holds them with --data FOLDER.")
        for member in GROUPS[name]:
            wish = Wish(open_suite(member), optional=name == "public")
            if name == "public" or _laid_out_here(wish.suite, data):
                wishes.setdefault(member, wish)
    return tuple(wishes.values())


def _laid_out_here(suite: Suite, data: Path | None) -> bool:
    """Whether a bundled suite has its record: the articles lie in `data`, which may be a folder of something else."""
    if not isinstance(suite, GoldSuite) or not suite.originals:
        return True
    articles = {name for question in load_gold(suite.gold) for name in question.originals}
    return data is not None and any((data / name).is_file() for name in articles)


def own_suite(gold: Path, data: Path | None) -> GoldSuite:
    """An evaluator's own questions, named by their file; over `data`, or over an index that there is."""
    taken = gold.stem in BUNDLED or gold.stem in PUBLIC
    return GoldSuite(f"own-{gold.stem}" if taken else gold.stem, gold, data)


class Batch:
    """The runs of one command. What is finished is remembered until all of it is."""

    def __init__(
        self,
        wishes: Sequence[Wish],
        systems: Sequence[str],
        runs: Path,
        *,
        data: Path | None = None,
        index: Index | None = None,
    ) -> None:
        """With an `index` that is asked; else each suite is laid out, from `data` where it needs that.

        Raises InputError for an unknown system, and when `data` is no folder.
        """
        for system in systems:
            check_system(system)
        if data is not None and not data.is_dir():
            raise InputError(f"{data} is no folder. Name the folder of the suite's files with --data FOLDER.")
        self.wishes = tuple(wishes)
        self._systems = tuple(dict.fromkeys(systems))
        self._runs, self._data, self._index = runs, data, index
        plan = [*(wish.suite.name for wish in wishes), "", *self._systems, str(data and data.resolve()), source_hash()]
        digest = hashlib.sha256("\n".join(plan).encode()).hexdigest()[:12]
        self._memory = runs / "unfinished" / f"batch-{digest}.json"
        self._finished = self._read()

    def ask(self, wish: Wish, progress: Progress | None = None) -> Asked:
        """Put the suite to every system over one index, and keep each run.

        Raises InputError when the suite cannot be laid out and is not optional, and when a run
        cannot be kept.
        """
        with ExitStack() as opened:
            try:
                bench = opened.enter_context(self._bench(wish.suite, progress))
            except InputError as error:
                if not wish.optional:
                    raise
                return Asked(wish.suite, (), (f"{wish.suite.name} is left out: {error}",))
            able = [system for system in self._systems if gives(system, wish.suite.wanted)]
            remarks = [
                f"{wish.suite.name} is not put to {system}, which cannot give {GIVEN[wish.suite.wanted]}."
                for system in self._systems
                if system not in able
            ]
            runs = tuple(self._run(bench, system, progress) for system in able)
            return Asked(wish.suite, runs, (*remarks, *_quotes_gone(wish.suite, [one.kept.run for one in runs])))

    def _bench(self, suite: Suite, progress: Progress | None) -> AbstractContextManager[Workbench]:
        if self._index is None:
            return laid_out(suite, self._data, progress)
        if not isinstance(suite, GoldSuite):
            raise InputError(f"The suite {suite.name} has a record of its own; run it with --suite {suite.name}.")
        return nullcontext(Workbench(suite, Layout((), suite.cases(load_gold(suite.gold))), self._index))

    def _run(self, bench: Workbench, system: str, progress: Progress | None) -> Finished:
        key = f"{bench.suite.name} {system}"
        earlier = self._earlier(key, bench)
        if earlier:
            return Finished(earlier, earlier=True)
        run = bench.run(system, journals=self._runs / "unfinished", progress=progress)
        file = save_run(run, self._runs)
        self._finished[key] = file.name
        self._memory.parent.mkdir(parents=True, exist_ok=True)
        self._memory.write_text(json.dumps(self._finished), encoding="utf-8")
        return Finished(KeptRun(file, run), earlier=False)

    def _earlier(self, key: str, bench: Workbench) -> KeptRun | None:
        """The run that was finished before, where it was made of the same questions, record and program."""
        file = self._runs / self._finished.get(key, "")
        if not file.is_file():
            return None
        run = load_run(file)
        same = (cases_hash(bench.layout.cases), source_hash(), conditions(bench.index))
        return KeptRun(file, run) if (run.gold_hash, run.source_hash, run.made_with) == same else None

    def _read(self) -> dict[str, str]:
        try:
            kept = json.loads(self._memory.read_text(encoding="utf-8"))
        except (OSError, ValueError):  # none, or cut off
            return {}
        return {str(key): str(name) for key, name in kept.items()}

    def close_finished(self) -> None:
        """Forget what is finished: all of it is, and the same command asks anew."""
        self._memory.unlink(missing_ok=True)


def _quotes_gone(suite: Suite, runs: Sequence[Run]) -> list[str]:
    """That gold quotes were not found in the record when a run was made, and what tells which."""
    if not isinstance(suite, GoldSuite):
        return []
    spans = [span for run in runs[:1] for result in run.results for span in result.case.truth.get("spans", [])]
    gone = sum(not span["spans"] for span in spans)
    if not gone:
        return []
    data = f" --data {suite.record}" if suite.record else ""
    return [
        f"{gone} of {len(spans)} gold quotes of {suite.name} are not in the documents, and what needs them is not "
        f"scored. See which with: rapporteur eval check --gold {suite.gold}{data}"
    ]
