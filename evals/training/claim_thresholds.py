"""Where the claim checker is sure: fitted to contrasts it was not trained on, and measured there.

`python -m evals.training.claim_thresholds --model assistant/claim_model` writes thresholds.json beside the model:

- `sure`: of the lies whose words speak against them (assistant/draft_check.py), LIES_SHOWN have this probability or
  more; a sentence that has it is shown whatever its words say;
- `refuted`: of the honest claims whose words speak for them, HONEST_HELD have less; such a sentence is held back.

Two of three contrasts are fitted to; what is printed is measured on the others. Knows nothing of training.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.answer import Verdict
from assistant.claim_checker import CLAIM_MODEL, THRESHOLDS_FILE, ClaimChecker
from assistant.draft_check import check_sentence
from assistant.draft_source import Source, sources_of
from corpus.document import Span
from corpus.reading import read_document
from evals.report import table
from evals.training.contrasts import HELD, Contrast, load_contrasts
from index.figures import find_readings

__all__ = ["Judged", "auroc", "fit_thresholds", "judged", "sources_in"]

LIES_SHOWN = 0.03  # of lies whose words speak against them
HONEST_HELD = 0.08  # of honest claims whose words speak for them
MEASURED_EVERY = 3  # one contrast in so many is measured with, the others are fitted to


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with what the two judges say of it."""

    is_honest: bool
    fits: bool  # its words speak for it
    probability: float  # that its sources carry it, by the model


def sources_in(contrast: Contrast) -> list[Source]:
    """The cited sentences of a contrast as they would be in a document that holds them."""
    title, _, rest = contrast.header.partition(" · ")
    said = " ".join(filter(None, (contrast.before, *contrast.source)))
    body = f"{contrast.speaker}: {said}" if contrast.speaker else said
    text = "\n".join(filter(None, (title, rest.replace(" · ", ", "), "\n" + body))) + "\n"
    document = read_document(Path("contrast.txt"), text.encode()).document
    spans, at = [], 0
    for sentence in contrast.source:
        start = document.text.index(sentence, at)
        at = start + len(sentence)
        spans.append(Span(start, at))
    return sources_of(document, spans, find_readings(document, spans))


def judged(contrasts: Sequence[Contrast], checker: ClaimChecker) -> list[Judged]:
    """Every claim of the contrasts."""
    found = []
    for contrast in contrasts:
        cited = sources_in(contrast)
        claims = [*((claim, True) for claim in contrast.honest), *((lie.text, False) for lie in contrast.lies)]
        for claim, is_honest in claims:
            fits = check_sentence(claim, cited).verdict is Verdict.EXACT
            found.append(Judged(is_honest, fits, checker.probability(claim, cited)))
    return found


def fit_thresholds(claims: Sequence[Judged]) -> dict[str, float]:
    """`sure` and `refuted`, as the module's docstring says."""
    lies = [one.probability for one in claims if not one.is_honest and not one.fits]
    honest = [one.probability for one in claims if one.is_honest and one.fits]
    return {
        "sure": round(float(np.quantile(lies, 1 - LIES_SHOWN)), 4),
        "refuted": round(float(np.quantile(honest, HONEST_HELD)), 4),
    }


def auroc(claims: Sequence[Judged]) -> float:
    """The probability that an honest claim is given more than a lie; equal counts half."""
    honest = np.array([one.probability for one in claims if one.is_honest])
    lies = np.array([one.probability for one in claims if not one.is_honest])
    above, equal = honest[:, None] > lies[None, :], honest[:, None] == lies[None, :]
    return float((above + equal / 2).mean())


def _part(contrasts: Sequence[Contrast], *, measured: bool) -> list[Contrast]:
    return [one for at, one in enumerate(contrasts) if (at % MEASURED_EVERY == 0) is measured]


def _shown(one: Judged, thresholds: dict[str, float]) -> bool:
    return one.probability >= thresholds["refuted" if one.fits else "sure"]


def _rates(claims: Sequence[Judged], thresholds: dict[str, float]) -> list[list[str]]:
    rows = []
    for name, shows in (("words alone", lambda one: one.fits), ("both judges", lambda one: _shown(one, thresholds))):
        honest = [shows(one) for one in claims if one.is_honest]
        lies = [shows(one) for one in claims if not one.is_honest]
        rows.append([name, f"{1 - np.mean(honest):.1%} of {len(honest)}", f"{np.mean(lies):.1%} of {len(lies)}"])
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m evals.training.claim_thresholds", description=__doc__)
    parser.add_argument("--model", type=Path, default=CLAIM_MODEL, help="folder of the exported model")
    folder: Path = parser.parse_args(arguments).model
    contrasts = load_contrasts(HELD)
    checker = ClaimChecker(ClaimChecker.model_of(folder), 1.0, 0.0)
    fitting, measuring = (
        judged(_part(contrasts, measured=False), checker),
        judged(_part(contrasts, measured=True), checker),
    )
    thresholds = fit_thresholds(fitting)
    (folder / THRESHOLDS_FILE).write_text(json.dumps(thresholds) + "\n", encoding="utf-8")
    sys.stdout.write(f"{thresholds}, AUROC of the model alone {auroc(measuring):.3f}\n")
    sys.stdout.write(table(["", "honest held back", "lies shown"], _rates(measuring, thresholds)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
