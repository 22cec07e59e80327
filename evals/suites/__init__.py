"""The suites by name; each is one file of this folder, imported when it is asked for."""

from __future__ import annotations

from importlib import import_module

from corpus.errors import InputError
from evals.suite import Suite

__all__ = ["BUNDLED", "OWN", "PUBLIC", "open_suite"]

# Where the data of the bundled suites comes from is known; for the others a folder has to be named.
BUNDLED = ("ask", "held_out", "figures", "ask-seeds", "held_out-seeds")
OWN = {"conversations": "conversations:Conversations"}  # of the bundled data too, in another form
PUBLIC = {  # "module:maker" of each
    "qmsum": "qmsum:Qmsum",
    "qmsum_answers": "qmsum_answers:QmsumAnswers",
    "xquad": "xquad:Xquad",
    "xquad_vi": "xquad:xquad_vi",
    "xquad_vi_en": "xquad:xquad_vi_en",
    "mtrag": "mtrag:Mtrag",
    "mtrag_last_turn": "mtrag:mtrag_last_turn",
    "mtrag_last_two": "mtrag:mtrag_last_two",
    "mtrag_refusal": "mtrag:MtragRefusal",
    "squad2": "squad2:Squad2",
    "tatqa": "tatqa:Tatqa",
    "trec_cast": "trec_cast:TrecCast",
    "meetingqa": "meetingqa:Meetingqa",
    "elitr": "elitr:Elitr",
    "locomo": "locomo:Locomo",
    "multihop_rag": "multihop_rag:MultihopRag",
    "qasper": "qasper:Qasper",
}


def open_suite(name: str) -> Suite:
    """The suite of that name. Raises InputError that lists the names."""
    if name in BUNDLED:
        from evals.suites.gold_questions import bundled_suite

        return bundled_suite(name)
    if name in OWN or name in PUBLIC:
        module, _, maker = {**OWN, **PUBLIC}[name].partition(":")
        suite: Suite = getattr(import_module(f"evals.suites.{module}"), maker)()
        return suite
    raise InputError(f"There is no suite {name!r}. Choose one of: {', '.join((*BUNDLED, *OWN, *PUBLIC))}.")
