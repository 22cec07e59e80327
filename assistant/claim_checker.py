"""Whether sentences of the record carry a claim, as a small trained model sees it.

One pass of an encoder over the claim and what it cites. It sees what a comparison of words cannot: who did what to
whom, what holds only on a condition, whose wish it was. Numbers it reads badly: those are checked by value elsewhere.
Where it is sure, one way or the other, was fitted to claims that it was not trained on (thresholds.json, beside the
model). Runs on ONNX Runtime, on the CPU. How the model was made is in its folder (README.md) and in `evals/training`.
Knows nothing of drafts and verdicts.

    ClaimChecker.load()("Ann Reed chairs the board.", cited)  # Carried.SURELY
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.trained_reader import PassageInput, ReaderSettings, TrainedReader

if TYPE_CHECKING:
    from assistant.draft_source import Source

__all__ = [
    "CLAIM_MODEL",
    "CLAIM_TOKENS",
    "PREMISE_TOKENS",
    "THRESHOLDS_FILE",
    "Carried",
    "ClaimChecker",
    "premise_of",
]

CLAIM_MODEL = Path(__file__).parent / "claim_model"
THRESHOLDS_FILE = "thresholds.json"
CLAIM_TOKENS = 80  # of the claim
PREMISE_TOKENS = 256  # claim, header and premise together
BEFORE = 220  # characters of what stands before the source


class Carried(Enum):
    """How sure it is that a claim is carried."""

    SURELY = "surely"
    OPEN = "open"
    HARDLY = "hardly"


def premise_of(source: Sequence[str], before: str, speaker: str) -> str:
    """The cited sentences as the model reads them, after what tells whom they speak of."""
    cited = " ".join(source)
    lead = before[-BEFORE:].strip()
    return " ".join(filter(None, (f"({lead})" if lead else "", f"{speaker}:" if speaker else "", cited)))


class ClaimChecker:
    """Holds the model and what its probabilities mean."""

    def __init__(self, model: TrainedReader, sure: float, refuted: float) -> None:
        """Put a checker together; `load` is the usual way.

        Args:
            model: gives a probability that a premise carries a claim.
            sure: at this probability and above, a claim is surely carried.
            refuted: below this one, hardly.
        """
        self._model = model
        self._sure = sure
        self._refuted = refuted

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls, folder: Path = CLAIM_MODEL) -> ClaimChecker:
        """Load the model of a folder. Raises ReaderModelError where it cannot be read."""
        model = cls.model_of(folder)
        thresholds = json.loads((folder / THRESHOLDS_FILE).read_text(encoding="utf-8"))
        return cls(model, thresholds["sure"], thresholds["refuted"])

    @staticmethod
    def model_of(folder: Path) -> TrainedReader:
        """The model of a folder: claim and premise are read as question and passage."""
        settings = ReaderSettings(max_tokens=PREMISE_TOKENS, question_tokens=CLAIM_TOKENS, spans=0)
        return TrainedReader.load(folder, settings)

    def __call__(self, claim: str, cited: Sequence[Source]) -> Carried:
        """Whether the cited sentences carry the claim."""
        probability = self.probability(claim, cited)
        if probability >= self._sure:
            return Carried.SURELY
        return Carried.HARDLY if probability < self._refuted else Carried.OPEN

    def probability(self, claim: str, cited: Sequence[Source]) -> float:
        """That the cited sentences, read together in their order, carry the claim."""
        told = sorted(cited, key=lambda one: (one.document_id, one.span.start))
        joined = [one.text for one in told[:1]]
        for earlier, later in pairwise(told):
            says_before = later.document_id != earlier.document_id or later.speaker != earlier.speaker
            joined.append(f"{later.speaker}: {later.text}" if says_before and later.speaker else later.text)
        premise = premise_of(joined, told[0].before, told[0].speaker)
        return self._model.read(claim, [PassageInput(told[0].header, premise)])[0].relevance
