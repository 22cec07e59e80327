"""One answer against its gold question: every score says what it read and why.

Scoring reads only what a run file holds, so it can be done again without answering again. Knows
nothing of indexes and assistants.

>>> from evals.truth import SpanTruth
>>> question = GoldQuestion("q", "figure", "What was the rate?", answers=("45%",))
>>> given = Given(short_answer="45% of all dossiers")
>>> score(question, SpanTruth(question, ()), given)["short_answer_right"].why
"'45%' stands in the short answer"
"""

from __future__ import annotations

from evals.case import Score
from evals.figure_accuracy import figure_scores, leading_figures, other_figures
from evals.given import Given
from evals.gold import GoldQuestion
from evals.metrics import answer_matches, exact_match, has_number, rate, token_f1
from evals.ranking import rank_scores
from evals.refusal import refusal_scores
from evals.truth import Truth, quotable_variants

__all__ = ["score"]


FIRST_RELEVANT = ("Success@1", "Success@5", "RR@10")
ALL_RELEVANT = ("nDCG@10", "R@5", "R@10")


def score(question: GoldQuestion, truth: Truth, given: Given) -> dict[str, Score]:
    """All scores of one answer by name; of a bare ranking (mode "ranking") those of retrieval only."""
    if given.mode == "ranking":
        return _retrieval_scores(truth, given) if question.answerable else {}
    told = question.refusal or "as its evidence shows"
    scores = refusal_scores(given, answerable=question.answerable, why=told) | _quote_scores(given)
    scores["wall_ms"] = Score(given.wall_ms, "", "from question to answer")
    if question.answerable:
        scores |= _retrieval_scores(truth, given)
        scores |= _citation_scores(truth, given)
        scores |= _answer_scores(question, truth, given)
        scores |= _figure_scores(question, given)
        scores["right_and_cited"] = _both(scores["right"], scores["cited"])
        scores["handled"] = scores["right_and_cited"]
    else:
        scores["handled"] = Score(float(given.refused), "", scores["false_answer"].why)
        figure = given.short_answer or ""
        wrong = not given.refused and has_number(figure)
        scores["figure_without_record"] = Score(float(wrong), figure, "the record holds no such figure")
    if not given.refused:
        wrong_figure = Score(0.0, given.short_answer or "", "no wrong figure in front")
        if not question.answerable and has_number(given.short_answer or ""):
            wrong_figure = Score(1.0, given.short_answer or "", "a figure where the record has none")
        scores.setdefault("wrong_figure", wrong_figure)
    return scores


def _quote_scores(given: Given) -> dict[str, Score]:
    quotes = [*given.citations, *given.nearest]
    wrong = [citation.quote for citation in quotes if not citation.exact]
    why = f"{len(wrong)} of {len(quotes)} differ from the source: {wrong[0]!r}" if wrong else f"{len(quotes)} exact"
    return {"quotes_exact": Score(rate([citation.exact for citation in quotes]), "", why if quotes else "no quote")}


def _retrieval_scores(truth: Truth, given: Given) -> dict[str, Score]:
    found = [truth.found(passage) for passage in given.passages]
    if not given.passages or None in found:
        why = "no gold quote is found in the index" if given.passages else "the answer names no passages"
        return {name: Score(None, "", why) for name in (*FIRST_RELEVANT, *ALL_RELEVANT)}
    ranking: list[str] = []
    for rank, quotes in enumerate(found, start=1):
        new = [quote for quote in quotes or () if quote not in ranking]
        ranking += new or [f"passage {rank}"]
    first = next((rank for rank, quotes in enumerate(found, start=1) if quotes), None)
    why = f"first relevant passage at rank {first}" if first else "no relevant passage"
    relevant = set(truth.wanted) or {quote for quotes in found for quote in quotes or ()}
    values = rank_scores(ranking, relevant, (*FIRST_RELEVANT, *ALL_RELEVANT)) if relevant else {}
    scores = {name: Score(values.get(name, 0.0), "", why) for name in FIRST_RELEVANT}
    known = bool(truth.wanted)  # of the original articles it is not known how much there is to find
    return scores | {name: Score(values.get(name) if known else None, "", why) for name in ALL_RELEVANT}


def _citation_scores(truth: Truth, given: Given) -> dict[str, Score]:
    if given.refused or not given.citations:
        why = "refused" if given.refused else "no citation"
        none = Score(None, "", why)
        return {"cited": Score(0.0, "", why), "citation_precision": none, "citation_recall": none}
    cited = [truth.cited(citation) for citation in given.citations]
    supports = [truth.supports(citation) for citation in given.citations]
    recall = Score(truth.recall(given.citations), "", "share of the gold quotes that are cited")
    if None in cited:
        none = Score(None, "", "no gold quote is found in the index")
        return {"cited": none, "citation_precision": none, "citation_recall": recall}
    right = [citation.number for citation, by_half in zip(given.citations, supports, strict=True) if by_half]
    at_evidence = "a citation touches the evidence" if any(cited) else "no citation touches the evidence"
    return {
        "cited": Score(float(any(cited)), str(right), at_evidence),
        "citation_precision": Score(len(right) / len(supports), str(right), f"{len(right)} of {len(supports)} right"),
        "citation_recall": recall,
    }


def _answer_scores(question: GoldQuestion, truth: Truth, given: Given) -> dict[str, Score]:
    if given.refused:
        missed = Score(0.0, "", "refused")
        scores = {"right": missed, "right_in_quote": missed, "right_not_misled": missed}
        if _has_short_answer(question):
            scores |= {"short_answer_right": missed, "exact_match": missed, "token_f1": missed}
        return scores
    in_quote = _right_in_quote(question, truth, given)
    scores = {"right": in_quote, "right_in_quote": in_quote, "right_not_misled": in_quote}
    if not _has_short_answer(question):
        return scores
    short = _short_answer_right(question, given)
    scores["short_answer_right"] = short
    scores["exact_match"] = _compared("exact_match", exact_match(given.short_answer or "", question.answers), given)
    scores["token_f1"] = _compared("token_f1", token_f1(given.short_answer or "", question.answers), given)
    if short.value:
        scores["right"] = scores["right_not_misled"] = short
    elif given.short_answer:
        scores["right_not_misled"] = Score(0.0, given.short_answer, f"led by a wrong short answer; {short.why}")
        if has_number(given.short_answer):
            scores["wrong_figure"] = Score(1.0, given.short_answer, short.why)
    return scores


def _figure_scores(question: GoldQuestion, given: Given) -> dict[str, Score]:
    """The short answer's figure, and which figures lead and which stand beside, where the gold tells readings."""
    if not question.readings:
        return {}
    several = not question.answers  # a series or a comparison
    leads = max(1, len(question.items)) if several else 1
    if given.refused:
        unsaid = dict.fromkeys(("figure_unit", "figure_period", "figure_scope", "figure_kind", "other_figures"))
        scores = {name: Score(None, "", "refused") for name in unsaid}
        return scores | dict.fromkeys(("figure_value", "leading_figures"), Score(0.0, "", "refused"))
    scores = {} if several else figure_scores(given.short_answer, question.readings, given.readings)
    if given.readings:
        scores["leading_figures"] = leading_figures(given.readings, question.readings[:leads])
        scores["other_figures"] = other_figures(given.readings, question.readings[leads:])
    return scores


def _has_short_answer(question: GoldQuestion) -> bool:
    """Whether the question has one short answer; yes and no are given by the quote that says so."""
    return bool(question.answers) and question.kind != "yes_no"


def _short_answer_right(question: GoldQuestion, given: Given) -> Score:
    if not given.short_answer:
        return Score(0.0, "", "no short answer given")
    for variant in question.answers:
        if answer_matches(given.short_answer, variant):
            return Score(1.0, given.short_answer, f"{variant!r} stands in the short answer")
    return Score(0.0, given.short_answer, f"expected {question.answers[0]!r}")


def _right_in_quote(question: GoldQuestion, truth: Truth, given: Given) -> Score:
    if question.kind == "yes_no" or not (question.answers or question.items):
        return _evidence_is_quoted(truth, given)
    if question.answers:
        return _variant_is_quoted(question, truth, given)
    return _items_are_given(question, given)


def _evidence_is_quoted(truth: Truth, given: Given) -> Score:
    supports = [truth.supports(citation) for citation in given.citations]
    if None in supports:
        return Score(None, "", "no gold quote is found in the index")
    for citation, right in zip(given.citations, supports, strict=True):
        if right:
            return Score(1.0, citation.quote, f"[{citation.number}] holds the evidence")
    return Score(0.0, "", "no citation holds the evidence")


def _variant_is_quoted(question: GoldQuestion, truth: Truth, given: Given) -> Score:
    for citation in given.citations:
        for variant in quotable_variants(question):
            if answer_matches(citation.quote, variant):
                return Score(1.0, citation.quote, f"{variant!r} stands in [{citation.number}]")
            # "Who said …?": the speaker's name stands beside the words, not in them.
            if citation.speaker and truth.supports(citation) and answer_matches(citation.speaker, variant):
                return Score(1.0, citation.speaker, f"{variant!r} is the speaker of [{citation.number}]")
    return Score(0.0, "", f"expected {question.answers[0]!r} in a quote")


def _items_are_given(question: GoldQuestion, given: Given) -> Score:
    text = "\n".join([given.short_answer or "", given.text, *(citation.quote for citation in given.citations)])
    missing = [item[0] for item in question.items if not any(answer_matches(text, wording) for wording in item)]
    found = len(question.items) - len(missing)
    why = f"{found} of {len(question.items)} items" + (f"; missing: {', '.join(missing)}" if missing else "")
    return Score(float(not missing), "answer and quotes", why)


def _compared(metric: str, value: float | None, given: Given) -> Score:
    return Score(value, given.short_answer or "", f"{metric} with the closest variant")


def _both(first: Score, second: Score) -> Score:
    if first.value is None or second.value is None:
        return Score(None, "", first.why if first.value is None else second.why)
    why = "; ".join(dict.fromkeys([first.why, second.why]))
    return Score(float(bool(first.value and second.value)), "", why)
