"""Which statements a reviewer goes through, as the page's filters and its address name them.

What a browser sends is read here: a value that is none of ours is as if it had not been sent. Knows
nothing of Gradio and of HTML.

>>> Wanted.of({"show": "done", "source": "nonsense"}).query
'show=done'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from assistant.desk_reviews import ReviewFilter

__all__ = ["ANSWERS", "SHOWN", "SOURCES", "Wanted", "number_of", "text_of"]

SHOWN = {"open": "To judge", "done": "Judged by me", "all": "All"}
SOURCES = {"any": "Use and runs", "use": "Use", "run": "Evaluation runs"}
ANSWERS = {
    "any": "Answers and refusals",
    "answer": "Answers",
    "refusal": "Refusals",
    "unhelpful": "Said to be unhelpful",
}
LONGEST_NAME = 300  # characters of a run's name or an id


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters; as they stand they show what is still to be judged."""

    show: str = "open"  # a key of SHOWN
    source: str = "any"  # a key of SOURCES
    answers: str = "any"  # a key of ANSWERS
    run: str = ""  # one evaluation run

    @classmethod
    def of(cls, values: Mapping[str, object]) -> Wanted:
        """From the parts of an address, or what the page's filters are set to."""
        show, source, answers = (text_of(values, name) for name in ("show", "source", "answers"))
        return cls(
            show if show in SHOWN else "open",
            source if source in SOURCES else "any",
            answers if answers in ANSWERS else "any",
            text_of(values, "run"),
        )

    @property
    def query(self) -> str:
        """As the parts of an address; what is as it stands at first is left out."""
        first = Wanted()
        set_here = {name: getattr(self, name) for name in ("show", "source", "answers", "run")}
        return urlencode({name: value for name, value in set_here.items() if value != getattr(first, name)})

    @property
    def filter(self) -> ReviewFilter:
        """As the desk asks for it."""
        reviewed = {"open": False, "done": True}.get(self.show)
        refused = {"answer": False, "refusal": True}.get(self.answers)
        unhelpful = self.answers == "unhelpful"
        if self.source == "use":
            return ReviewFilter("use", "", refused, reviewed, unhelpful)
        if self.source == "run" or self.run:
            return ReviewFilter("run", self.run, refused, reviewed, unhelpful)
        return ReviewFilter("any", "", refused, reviewed, unhelpful)


def text_of(values: Mapping[str, object], name: str, longest: int = LONGEST_NAME) -> str:
    """A text that a browser sent; "" where it is none or too long."""
    value = values.get(name)
    return value if isinstance(value, str) and len(value) <= longest else ""


def number_of(values: Mapping[str, object], name: str) -> int:
    """A number from 0 on that a browser sent, as a number or in digits; -1 where it is none."""
    value = values.get(name)
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9 else -1
