"""How well a model's sentences are held to the record: how many lies are shown, how many honest ones held back.

Each case of evals/gold/drafts.jsonl is a sentence with the sentences of a document that it cites, and
whether it is honest. A lie that is shown as fact, or an honest sentence that is held back, is a fault.
Sets are in the order in which they were written. The held-out ones tell how new text fares; the others
were opened after they had been measured, and the checks were mended, or the claim checker trained, with
them. Measured with the words alone and with both judges (assistant/draft_check.py). Knows nothing of
language models: the sentences are written by hand.

    python -m evals.draft_accuracy --faults
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.answer import Verdict
from assistant.claim_checker import ClaimChecker
from assistant.draft_check import Carries, Checked, check_sentence
from assistant.draft_source import Source, sources_of
from corpus.errors import InputError
from corpus.reading import read_bytes, read_document
from evals.report import table
from evals.suites.gold_questions import GOLD_FOLDER, REPORTS
from index.chunking import cut_passages
from index.figures import find_readings

__all__ = ["DRAFTS", "DraftAccuracy", "DraftCase", "accuracy_of", "draft_cases", "main"]

DRAFTS = GOLD_FOLDER / "drafts.jsonl"
FOLDERS = (REPORTS, GOLD_FOLDER / "figure_reports", GOLD_FOLDER / "draft_texts")
CHUNK_TOKENS = 160


@dataclass(frozen=True, slots=True)
class DraftCase:
    """One sentence that a model may write."""

    id: str
    set: str
    sentence: str
    is_honest: bool
    lie: str  # of what sort; "" for an honest one
    cited: tuple[Source, ...]
    given: tuple[Source, ...]  # all sentences of the document

    @property
    def is_held_out(self) -> bool:
        """Whether nothing was made or mended with it."""
        return self.set.endswith("held_out")


@dataclass(frozen=True, slots=True)
class DraftFault:
    """A case that was decided wrongly."""

    case: DraftCase
    checked: Checked


@dataclass(frozen=True, slots=True)
class DraftAccuracy:
    """Counts over the cases of one set."""

    honest: int
    lies: int
    faults: tuple[DraftFault, ...]

    @property
    def held_back(self) -> int:
        """Honest sentences that were held back."""
        return sum(fault.case.is_honest for fault in self.faults)

    @property
    def shown(self) -> int:
        """Lies that were shown as fact."""
        return len(self.faults) - self.held_back


def draft_cases(file: Path = DRAFTS) -> Iterator[DraftCase]:
    """The cases of `file`. Raises InputError, with the line, for a citation that its document does not have."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        told = json.loads(line)
        given = _sources(told["document"])
        cited = []
        for quote in told["cites"]:
            found = next((source for source in given if source.text == quote), None)
            if found is None:
                raise InputError(f"{file.name} line {number}: {told['document']} has no sentence “{quote}”.")
            cited.append(found)
        yield DraftCase(
            id=told["id"],
            set=told["set"],
            sentence=told["sentence"],
            is_honest=told["honest"],
            lie=told["lie"] or "",
            cited=tuple(cited),
            given=given,
        )


@lru_cache(maxsize=64)
def _sources(name: str) -> tuple[Source, ...]:
    """The sentences of a document as ingestion cuts and reads them."""
    path = next((folder / name for folder in FOLDERS if (folder / name).is_file()), None)
    if path is None:
        raise InputError(f"{DRAFTS.name} names {name}, which stands in none of the folders of the gold.")
    document = read_document(path, read_bytes(path)).document
    passages = cut_passages(document, content_hash="0" * 8, chunk_tokens=CHUNK_TOKENS)
    spans = [span for passage in passages for span in passage.sentences]
    return tuple(sources_of(document, spans, find_readings(document, spans)))


def accuracy_of(cases: Iterable[DraftCase], carries: Carries | None = None) -> DraftAccuracy:
    """How the check decides `cases`; by their words alone without `carries`."""
    honest = lies = 0
    faults = []
    for case in cases:
        honest += case.is_honest
        lies += not case.is_honest
        checked = check_sentence(case.sentence, case.cited, case.given, carries)
        if (checked.verdict is Verdict.EXACT) != case.is_honest:
            faults.append(DraftFault(case, checked))
    return DraftAccuracy(honest, lies, tuple(faults))


def _together(parts: Sequence[DraftAccuracy]) -> DraftAccuracy:
    faults = tuple(fault for part in parts for fault in part.faults)
    return DraftAccuracy(sum(part.honest for part in parts), sum(part.lies for part in parts), faults)


def _row(name: str, words: DraftAccuracy, both: DraftAccuracy) -> list[str]:
    return [
        name,
        str(both.honest),
        *(f"{one.held_back} ({one.held_back / max(1, one.honest):.1%})" for one in (words, both)),
        str(both.lies),
        *(f"{one.shown} ({one.shown / max(1, one.lies):.1%})" for one in (words, both)),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m evals.draft_accuracy", description=__doc__)
    parser.add_argument("--faults", action="store_true", help="list every case that was decided wrongly")
    options = parser.parse_args(arguments)
    by_set: dict[str, list[DraftCase]] = {}
    for case in draft_cases():
        by_set.setdefault(case.set, []).append(case)
    checker = ClaimChecker.load()
    words = {name: accuracy_of(cases) for name, cases in by_set.items()}
    both = {name: accuracy_of(cases, checker) for name, cases in by_set.items()}
    rows = [_row(name, words[name], both[name]) for name in by_set]
    for title, is_held_out in (("known, all", False), ("held out, all", True)):
        names = [name for name, cases in by_set.items() if cases[0].is_held_out is is_held_out]
        rows.append(_row(title, *(_together([judged[name] for name in names]) for judged in (words, both))))
    heads = ["set", "honest", "held back, words alone", "held back", "lies", "shown, words alone", "shown as fact"]
    sys.stdout.write(f"{table(heads, rows)}\n")
    if options.faults:
        for fault in (fault for accuracy in both.values() for fault in accuracy.faults):
            what = f"held back ({fault.checked.cause})" if fault.case.is_honest else f"shown ({fault.case.lie})"
            sys.stdout.write(f"{fault.case.id} · {what}: {fault.case.sentence}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
