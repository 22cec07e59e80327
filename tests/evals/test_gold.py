"""Gold questions: read with file and line, and found again in the index."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import InputError
from evals.gold import GoldEvidence, GoldQuestion, canonical, check_gold, find_gold_spans, gold_hash, load_gold
from evals.metrics import answer_matches

BUNDLED = Path(__file__).resolve().parents[2] / "evals" / "gold" / "ask.jsonl"


def line(**changes):
    fields = {
        "id": "q1",
        "kind": "figure",
        "question": "What was the rate?",
        "answers": ["45%"],
        "evidence": [{"document": "north.md", "quote": "reached 45%"}],
    }
    return json.dumps(fields | changes)


def written(folder, *lines):
    file = folder / "gold.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def asked(document, quote):
    return GoldQuestion("q1", "figure", "?", answers=("45%",), evidence=(GoldEvidence(document, quote),))


def test_a_line_becomes_a_question(tmp_path):
    """Fields that are left out are empty."""
    question = load_gold(written(tmp_path, line(), ""))[0]
    assert question.answers == ("45%",)
    assert question.evidence == (GoldEvidence("north.md", "reached 45%"),)
    assert question.history == ()
    assert question.answerable


def test_a_refusal_makes_a_question_unanswerable(tmp_path):
    """Its cause is kept."""
    text = line(kind="unanswerable", answers=[], evidence=[], refusal="other period")
    question = load_gold(written(tmp_path, text))[0]
    assert not question.answerable
    assert question.refusal == "other period"


@pytest.mark.parametrize(
    ("faulty", "said"),
    [
        ("{not json", "Invalid JSON"),
        (line(id="q2", kind="riddle"), "kind"),
        (line(id="q2", question=""), "question"),
        (line(id="q2", answer="45%"), "answer: Extra"),
        (line(id="q2", evidence=[{"document": "north.md"}]), "evidence.0.quote"),
        (line(id="q2", answers=[], evidence=[]), "an answerable question needs"),
        (line(id="q2", kind="unanswerable"), "'refusal' gives a cause"),
        (line(id="q2", kind="unanswerable", refusal="other period"), "an unanswerable question has no"),
        (line(id="q2", items=[[]]), "at least one wording"),
        (line(), "the id 'q1' is taken by line 1"),
    ],
)
def test_a_faulty_line_is_named_with_file_and_line(tmp_path, faulty, said):
    """The message names the file, the second line and the field."""
    file = written(tmp_path, line(), faulty)
    with pytest.raises(InputError) as raised:
        load_gold(file)
    assert f"{file}:2: " in str(raised.value)
    assert said in str(raised.value)


def test_files_that_hold_no_question_are_refused(tmp_path):
    """Empty, missing and not UTF-8."""
    binary = tmp_path / "binary.jsonl"
    binary.write_bytes(b"\xff\xfe\x00")
    for file in (written(tmp_path, ""), tmp_path / "missing.jsonl", binary):
        with pytest.raises(InputError, match=file.name):
            load_gold(file)


def test_the_hash_follows_the_questions_and_not_the_layout(tmp_path):
    """A blank line changes nothing, another answer does."""
    first = gold_hash(load_gold(written(tmp_path, line())))
    assert gold_hash(load_gold(written(tmp_path, "", line(), ""))) == first
    assert gold_hash(load_gold(written(tmp_path, line(answers=["44%"])))) != first


def test_a_quote_is_found_at_its_offsets(small_index):
    """The document's text at the span is the quote."""
    found = find_gold_spans(asked("south.md", "reached 12% in 2024."), small_index)[0]
    text = small_index.document_named("south.md").text
    assert [span.of(text) for span in found.spans] == ["reached 12% in 2024."]


def test_spacing_and_quotation_marks_do_not_hide_a_quote(small_index):
    """The record has curly marks and one space."""
    found = find_gold_spans(asked("north.md", 'an  increase of "2.5\ntimes" over'), small_index)[0]
    text = small_index.document_named("north.md").text
    assert found.spans[0].of(text) == "an increase of “2.5 times” over"


def test_a_repeated_quote_is_found_everywhere(small_index):
    """Each place counts as evidence."""
    found = find_gold_spans(asked("north.md", "Northern Board"), small_index)[0]
    text = small_index.document_named("north.md").text
    assert len(found.spans) == text.count("Northern Board") > 1


def test_check_tells_what_no_longer_matches(small_index):
    """A lost quote and a lost document, each with its cause; what matches is not named."""
    questions = [
        asked("north.md", "reached 45%"),
        asked("north.md", "reached 46%"),
        asked("west.md", "reached 45%"),
    ]
    assert [fault.cause for fault in check_gold(questions, small_index)] == ["quote not found", "document gone"]
    assert find_gold_spans(questions[1], small_index)[0].spans == ()


@given(st.text())
def test_canonical_text_keeps_the_way_back(text):
    """Every character that is not a space comes from its offset, in order."""
    plain = canonical(text)
    assert len(plain.text) == len(plain.offsets)
    assert list(plain.offsets) == sorted(set(plain.offsets))
    for character, offset in zip(plain.text, plain.offsets, strict=True):
        assert character == text[offset] or character in " \"'-"


def test_the_bundled_questions_carry_their_own_answers():
    """An accepted variant and a wording of each item stand in the evidence, speakers' names apart."""
    speakers = {"tra-002", "tra-009"}
    for question in load_gold(BUNDLED):
        quotes = " ".join(evidence.quote for evidence in question.evidence)
        for wordings in ([question.answers] if question.answers else []) + list(question.items):
            found = any(answer_matches(quotes, wording) for wording in wordings)
            assert found or question.id in speakers, (question.id, wordings)
