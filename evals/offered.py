"""What can be asked without naming a folder: the bundled suites, and the gold files of the home.

>>> [one.name for one in offered(Home(Path("/nowhere")))][:2]
['ask', 'held_out']
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.errors import InputError
from evals.batch import own_suite
from evals.gold import load_gold
from evals.own_gold import gold_files
from evals.suite import Wanted
from evals.suites import BUNDLED, OWN, open_suite
from evals.systems import SYSTEMS, gives
from index.settings import Home

__all__ = ["Offered", "offered", "systems_for"]


@dataclass(frozen=True, slots=True)
class Offered:
    """A suite that can be run here and now."""

    name: str  # as an order names it
    run_name: str  # as its runs name it
    title: str
    questions: int
    wanted: Wanted
    own: bool  # questions of the home, asked of its own index
    fault: str = ""  # why it cannot be asked


def offered(home: Home) -> list[Offered]:
    """The bundled suites, then the evaluator's own."""
    bundled = [name for name in (*BUNDLED, *OWN) if not name.endswith("-seeds")]  # those need the articles
    return [*map(_bundled, bundled), *map(_own, gold_files(home))]


def systems_for(suites: list[Offered]) -> list[str]:
    """The systems that can be asked any of them."""
    return [name for name in SYSTEMS if any(gives(name, suite.wanted) for suite in suites)]


@lru_cache
def _bundled(name: str) -> Offered:
    suite = open_suite(name)
    with tempfile.TemporaryDirectory() as folder:
        questions = len(suite.lay_out(None, Path(folder)).cases)
    return Offered(name, name, suite.title, questions, suite.wanted, own=False)


def _own(file: Path) -> Offered:
    suite = own_suite(file, None)
    try:
        return Offered(file.stem, suite.name, "your own, over your index", len(load_gold(file)), suite.wanted, own=True)
    except InputError as error:
        fault = str(error).replace(str(file), file.name)
        return Offered(file.stem, suite.name, "your own", 0, suite.wanted, own=True, fault=fault)
