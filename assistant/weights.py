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
from typing import Literal

__all__ = ["WeightSet", "probability", "weighted", "weights_of"]

WeightSet = Literal["ranking", "with_reader", "without_reader"]
INTERCEPT = "intercept"


def weighted(name: WeightSet, values: Mapping[str, float]) -> float:
    """The sum of `values` by the weights of the set, with its intercept where it has one."""
    weights = weights_of(name)
    return weights.get(INTERCEPT, 0.0) + sum(weights[measure] * value for measure, value in values.items())


@functools.cache
def weights_of(name: WeightSet) -> Mapping[str, float]:
    """One set of weights by the names of the measures."""
    text = files("assistant").joinpath("weights.json").read_text(encoding="utf-8")
    found: dict[str, float] = json.loads(text)["weights"][name]
    return found


def probability(log_odds: float) -> float:
    """1 / (1 + exp(-x)), for any x."""
    if log_odds >= 0:
        return 1.0 / (1.0 + math.exp(-log_odds))
    small = math.exp(log_odds)
    return small / (1.0 + small)
