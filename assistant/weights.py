"""The fitted weights of the answer path: how measures are added up, for the order of evidence and for the decision.

They are in weights.json, written by `python -m evals.calibrate`; nothing in it is set by hand. Knows nothing of what
the measures mean.

>>> probability(0.0)
0.5
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Literal

__all__ = ["WeightSet", "likeness", "probability", "weighted", "weights_of"]

WeightSet = Literal["ranking", "with_reader", "without_reader"]
INTERCEPT = "intercept"


def weighted(name: WeightSet, values: Mapping[str, float]) -> float:
    """The sum of `values` by the weights of the set, with its intercept where it has one."""
    weights = weights_of(name)
    return weights.get(INTERCEPT, 0.0) + sum(weights[measure] * value for measure, value in values.items())


def weights_of(name: WeightSet) -> Mapping[str, float]:
    """One set of weights by the names of the measures."""
    found: dict[str, float] = _fitted()["weights"][name]
    return found


def likeness(score: float, best: float) -> float:
    """How likely a sentence of `score` is to answer beside the best one, of score `best`: 1 as likely, 0 never."""
    return math.exp(min(0.0, _fitted()["ranking_scale"] * (score - best)))


@functools.cache
def _fitted() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files("assistant").joinpath("weights.json").read_text(encoding="utf-8"))
    return found


def probability(log_odds: float) -> float:
    """1 / (1 + exp(-x)), for any x."""
    if log_odds >= 0:
        return 1.0 / (1.0 + math.exp(-log_odds))
    small = math.exp(log_odds)
    return small / (1.0 + small)
