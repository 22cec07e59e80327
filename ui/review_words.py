"""The words of the Review page: verdicts, causes, and what agreement means.

>>> verdict_word(ReviewVerdict.SUPPORTED, refused=True)
'Rightly refused'
"""

from __future__ import annotations

from datetime import datetime

from assistant.answer import Refusal, Verdict
from assistant.desk_reviews import ReviewVerdict
from evals.agreement import RELIABLE, TENTATIVE, Agreement
from ui.wording import counted, day

__all__ = ["CAUSES", "VERDICTS", "agreement_words", "moment", "verdict_word"]

# The verdict, its word for a statement and for a refusal; a key for each, from 1.
VERDICTS = (
    (ReviewVerdict.SUPPORTED, "Supported", "Rightly refused"),
    (ReviewVerdict.PARTLY, "Partly", "Partly"),
    (ReviewVerdict.NOT_SUPPORTED, "Not supported", "The record says it"),
    (ReviewVerdict.CANNOT_TELL, "Cannot tell", "Cannot tell"),
)
# What is kept, and what it is called; the words of the assistant where it has some.
CAUSES = {
    Refusal.OTHER_PERIOD.value: "Another period",
    Refusal.OTHER_PLACE.value: "Another place or body",
    Refusal.OTHER_KIND.value: "A target for what was reached, or the reverse",
    "other thing": "About something else",
    "does not answer": "True, but does not answer the question",
    "incomplete": "Something is missing",
    Verdict.MOVED.value: "The words stand elsewhere in the document",
    Verdict.MISATTRIBUTED.value: "Another document or speaker says it",
    Verdict.STITCHED.value: "Put together from different places",
    Verdict.NOT_FOUND.value: "The source does not hold these words",
}


def verdict_word(verdict: ReviewVerdict, *, refused: bool) -> str:
    """A verdict as reviewers read it."""
    return next(wrong if refused else right for one, right, wrong in VERDICTS if one is verdict)


def agreement_words(found: Agreement) -> str:
    """How far reviewers agree, on how much that rests, and how far to trust it."""
    if not found.units:
        return "Agreement: not known yet, no statement has been judged by two."
    rests = f"{counted(found.units, 'statement')} judged by two or more of {counted(found.people, 'reviewer')}"
    if found.alpha is None:
        return f"Agreement: all said the same. {rests}; alpha needs more than one verdict among them."
    meant = (
        "reliable" if found.alpha >= RELIABLE else "tentative" if found.alpha >= TENTATIVE else "too low to rely on yet"
    )
    return (
        f"Agreement: Krippendorff’s alpha {found.alpha:.2f} ({meant}), on {rests}; "
        f"all said the same of {found.agreed:,}."
    )


def moment(given: datetime) -> str:
    """A time as a person reads it, in the time of this machine."""
    here = given.astimezone()
    return f"{day(here.date())}, {here:%H:%M}"
