"""Whether several people who judge the same things judge them alike: Krippendorff's alpha.

alpha = 1 - observed disagreement / disagreement expected by chance: 1 for full agreement, 0 for what
chance gives, below 0 for less. Values are categories without order; who has not judged a unit is left
out of it, and a unit that one person judged says nothing. Written here because the one small library
for it is GPL, and NLTK's, which a test holds this against, takes four seconds to import. Knows nothing
of reviews.

>>> round(agreement([("ann", 1, "yes"), ("ben", 1, "yes"), ("ann", 2, "yes"), ("ben", 2, "no")]).alpha, 3)
0.0
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

__all__ = ["RELIABLE", "TENTATIVE", "Agreement", "agreement"]

# Krippendorff, Content Analysis (2004), p. 241: rely on data from 0.8 on, draw only tentative conclusions from 0.667.
RELIABLE, TENTATIVE = 0.8, 0.667


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far people agree, and on how much that rests."""

    alpha: float | None  # None where it is not defined: nothing was judged twice, or all judged the same
    units: int  # judged by two or more: what alpha rests on
    people: int  # who judged one of these
    agreed: int  # units on which all who judged them said the same


def agreement(judgements: Iterable[tuple[str, Hashable, Hashable]]) -> Agreement:
    """The agreement of `judgements`, each (who, unit, value); of several by one person on a unit the last counts.

    Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C: nominal data, any number
    of observers, missing data.
    """
    by_unit: dict[Hashable, dict[str, Hashable]] = defaultdict(dict)
    for who, unit, value in judgements:
        by_unit[unit][who] = value
    pairable = [said for said in by_unit.values() if len(said) >= 2]
    people = {who for said in pairable for who in said}
    agreed = sum(len(set(said.values())) == 1 for said in pairable)
    return Agreement(_alpha([Counter(said.values()) for said in pairable]), len(pairable), len(people), agreed)


def _alpha(units: list[Counter[Hashable]]) -> float | None:
    """Alpha of what was said of each unit; each has two values or more."""
    values: Counter[Hashable] = sum(units, Counter())
    count = values.total()
    # Ordered pairs of unlike values within units (each unit weighs as many as it has values), and among all values.
    observed = sum(_unlike_pairs(unit) / (unit.total() - 1) for unit in units)
    expected = _unlike_pairs(values) / (count - 1) if count > 1 else 0.0
    return 1 - observed / expected if expected else None


def _unlike_pairs(values: Counter[Hashable]) -> int:
    total: int = values.total()
    return total * total - sum(count * count for count in values.values())
