"""Where somebody is in the evaluation page, as the address says it: the list, a run, a question, two runs compared.

Names and ids are only names here; whoever uses them looks them up.

>>> Place.of({"run": "ask-ours", "question": "q1"}).address
'/evaluation?run=ask-ours&question=q1'
>>> Place.of({"compare": "a,b"}).compare
('a', 'b')
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from evals.outcome import OUTCOMES, Outcome

__all__ = ["EVALUATION", "LIMITS", "Place"]

EVALUATION = "/evaluation"
LONGEST = 300  # characters of a name
# What the gate accepts, as the address has it: a largest drop of the deciding measure, or None for chance.
LIMITS: dict[str, float | None] = {"": None, "0": 0.0, "5": 0.05}


@dataclass(frozen=True, slots=True)
class Place:
    """One address of the page; all empty is the list of runs."""

    run: str = ""
    compare: tuple[str, str] | None = None  # the earlier run, the later one
    question: str = ""
    outcome: Outcome | None = None  # only questions that went so
    kind: str = ""  # only questions of this kind
    part: int = 1  # of a long list
    limit: str = ""  # a key of LIMITS

    @classmethod
    def of(cls, parameters: Mapping[str, Any]) -> Place:
        """The place that an address's parameters name; what is no place is left out."""

        def text(name: str) -> str:
            return str(parameters.get(name, ""))[:LONGEST]

        outcome = next((name for name in OUTCOMES if name == text("outcome")), None)
        first, comma, second = text("compare").partition(",")
        part = text("part")
        return cls(
            run=text("run"),
            compare=(first, second) if comma else None,
            question=text("question"),
            outcome=outcome,
            kind=text("kind"),
            part=max(1, int(part)) if part.isascii() and part.isdigit() and len(part) < 7 else 1,
            limit=text("limit") if text("limit") in LIMITS else "",
        )

    @property
    def address(self) -> str:
        """The address of this place."""
        named = {
            "run": self.run,
            "compare": ",".join(self.compare) if self.compare else "",
            "question": self.question,
            "outcome": self.outcome or "",
            "kind": self.kind,
            "part": str(self.part) if self.part > 1 else "",
            "limit": self.limit,
        }
        query = urlencode({name: value for name, value in named.items() if value}, safe=",", quote_via=quote)
        return f"{EVALUATION}?{query}" if query else EVALUATION
