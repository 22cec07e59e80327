"""Exchanges as the desk gives them, with text that is awkward for files and terminals."""

from __future__ import annotations

from datetime import UTC, date, datetime

from assistant.answer import Answer, Citation, CitedReading, Refusal, Statement, Verdict
from assistant.desk_conversations import StoredExchange
from assistant.exchange import Exchange
from corpus.document import Span
from corpus.periods import Period
from index.reading import Reading

__all__ = ["ANSWERED", "AWKWARD", "EXCHANGES", "REFUSED"]

AWKWARD = '=HYPERLINK("http://x") <b>5*4</b> | a_b\n# no heading\x1b[31m'
YEAR = Period(date(2024, 1, 1), date(2024, 12, 31), "2024")


def _citation(number: int, quote: str, **more: object) -> Citation:
    fields: dict[str, object] = {
        "number": number,
        "document_id": f"d{number}",
        "document": f"file_{number}.txt",
        "title": f"Report {number}",
        "held_on": date(2024, 5, 13),
        "published_on": date(2024, 5, 14),
        "place": "Port Newton",
        "source": f"https://example.org/report_{number}",
        "quote": quote,
        "start": 10,
        "end": 10 + len(quote),
        "speaker": "",
        "start_s": None,
        "verdict": Verdict.EXACT,
    }
    return Citation(**(fields | more))  # type: ignore[arg-type]


QUOTE = "The budget for 2024 is 4.2 million euros."
BUDGET = CitedReading(
    Reading(
        "d1", 33, 50, "4.2 million euros", Span(10, 51), 4.2e6, None, None, "EUR", "", "budget", "stated",
        YEAR, "stated", "Port Newton", "stated", "actual",
    ),
    1,
    (),
)  # fmt: skip
ANSWERED = Answer(
    "And in 2024?",
    "How much is the budget for 2024?",
    "",
    "4.2 million euros",
    (Statement(QUOTE, (1,)), Statement(AWKWARD, (2,))),
    (
        _citation(1, QUOTE),
        _citation(2, AWKWARD, speaker="Harbour master", start_s=65.0, source="/files/2.vtt", verdict=Verdict.MOVED),
    ),
    readings=(BUDGET,),
    leads=1,
    remarks=("[2] tells nothing of it.",),
)
REFUSED = Answer(
    "How far is it?",
    "How far is it?",
    "",
    None,
    (),
    (),
    refusal=Refusal.NOT_SAID,
    reason="No distance is told.",
    nearest=(_citation(1, "The quay is near.", held_on=None, published_on=None),),
)


def _kept(position: int, question: str, answer: Answer | None) -> StoredExchange:
    asked = datetime(2024, 6, 1, 12, position, tzinfo=UTC)
    read_as = answer.standalone_question if answer else ""
    return StoredExchange(f"e{position}", "c1", position, asked, Exchange(question, read_as, answer), None, {"d1": "h"})


EXCHANGES = (
    _kept(1, ANSWERED.question, ANSWERED),
    _kept(2, REFUSED.question, REFUSED),
    _kept(3, "Not answered?", None),
)
