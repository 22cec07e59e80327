"""What is told of a quote whose document has changed since it was quoted.

>>> CHANGED[StandingKind.NO_DOCUMENT]
'The document is no longer in the record.'
"""

from __future__ import annotations

from assistant.standing import StandingKind

__all__ = ["CHANGED"]

CHANGED: dict[StandingKind, str] = {
    StandingKind.UNCHANGED: "",
    StandingKind.STANDS: "The document has changed since; these words still stand in it.",
    StandingKind.GONE: "The document has changed since, and no longer says this.",
    StandingKind.NO_DOCUMENT: "The document is no longer in the record.",
}
