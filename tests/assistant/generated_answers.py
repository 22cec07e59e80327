"""Hypothesis strategies for answers of every shape, whether or not the pipeline would make them."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from assistant.answer import (
    Answer,
    Citation,
    CitedReading,
    RankedPassage,
    Refusal,
    Statement,
    Verdict,
)
from assistant.number_check import Computed
from corpus.document import Span
from corpus.periods import Period
from index.passage import Passage
from index.reading import Reading

__all__ = ["answers", "questions"]

texts = st.text(max_size=30)
numbers = st.integers(0, 99)
amounts = st.floats(allow_nan=False)
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))
known = st.sampled_from(["stated", "carried", "inferred"])
questions = st.text(min_size=1, max_size=60).filter(str.strip)

spans = st.builds(Span, numbers, numbers)
periods = st.builds(Period, days, days, texts)
citations = st.builds(
    Citation,
    number=numbers,
    document_id=texts,
    document=texts,
    title=texts,
    held_on=st.none() | days,
    published_on=st.none() | days,
    place=texts,
    source=texts,
    quote=texts,
    start=numbers,
    end=numbers,
    speaker=texts,
    start_s=st.none() | amounts,
    verdict=st.sampled_from(Verdict),
)
readings = st.builds(
    Reading,
    document_id=texts,
    start=numbers,
    end=numbers,
    text=texts,
    sentence=spans,
    value=amounts,
    value_to=st.none() | amounts,
    total=st.none() | amounts,
    unit=texts,
    hedge=texts,
    indicator=texts,
    indicator_known=known,
    period=st.none() | periods,
    period_known=st.none() | known,
    scope=texts,
    scope_known=st.none() | known,
    kind=st.sampled_from(["actual", "estimate", "target", "change", "rank", "count"]),
    baseline=st.none() | periods,
    comparison=texts,
)
cited_readings = st.builds(CitedReading, readings, numbers, st.lists(texts, max_size=2).map(tuple))
passages = st.builds(
    Passage, texts, texts, numbers, numbers, numbers, texts, texts, st.lists(spans, max_size=2).map(tuple), numbers
)


def _few(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(strategy, max_size=2).map(tuple)


answers = st.builds(
    Answer,
    question=questions,
    standalone_question=texts,
    text=texts,
    short_answer=st.none() | texts,
    statements=_few(st.builds(Statement, texts, _few(numbers))),
    citations=_few(citations),
    refusal=st.none() | st.sampled_from(Refusal),
    reason=texts,
    nearest=_few(citations),
    readings=_few(cited_readings),
    leads=numbers,
    nearest_readings=_few(cited_readings),
    remarks=_few(texts),
    computed=_few(st.builds(Computed, texts, amounts, texts, _few(numbers))),
    mode=st.sampled_from(["extractive", "generated"]),
    confidence=st.floats(0, 1),
    passages=_few(st.builds(RankedPassage, passages, texts, amounts)),
    timings_ms=st.dictionaries(texts, amounts, max_size=2),
)
