"""What the claim checker is trained on: contrasts by hand, exchanges by rule, questions turned to claims."""

from __future__ import annotations

import random

import pytest

from assistant.claim_checker import premise_of
from evals.training.claim_groups import ClaimBuilder
from evals.training.claimed_answers import claim_of, form_of
from evals.training.contrasts import HELD, WRITTEN, Contrast, Lie, load_contrasts, save_contrasts
from evals.training.exchanges import lies_about
from evals.training.pairs import PairEncoder
from evals.training.rewordings import rewordings_of
from evals.training.rows import Row
from evals.training.train import default_encoder

SENTENCE = "In May 2021 the Board of Selwick may lend Ann Reed 400 chairs, but not the 12 tables, if the mayor agrees."
CONTEXT = "Ann Reed founded the mill in 1911. Peter Oakes bought it in 1930. It burned down in 1952."


def lies(sentence: str, *others: str) -> dict[str, set[str]]:
    """All lies that many draws give, by kind."""
    found: dict[str, set[str]] = {}
    for seed in range(40):
        for lie in lies_about(sentence, others, random.Random(seed)):
            found.setdefault(lie.kind, set()).add(lie.text)
    return found


def test_a_set_is_read_as_it_was_written(tmp_path):
    """Saved and loaded it is the same, and the same contrasts give the same bytes."""
    contrasts = [
        Contrast(("A.", "B."), ("C.",), (Lie("kind", "D."),), "title", "before", "speaker"),
        Contrast(("É.",), ("C.",), ()),
    ]
    save_contrasts(contrasts, tmp_path / "one.jsonl.gz")
    save_contrasts(contrasts, tmp_path / "other.jsonl.gz")
    assert load_contrasts(tmp_path / "one.jsonl.gz") == contrasts
    assert (tmp_path / "one.jsonl.gz").read_bytes() == (tmp_path / "other.jsonl.gz").read_bytes()


@pytest.mark.parametrize("file", [WRITTEN, HELD])
def test_no_claim_is_honest_and_a_lie(file):
    """Nor is a contrast without both, and none stands in both sets."""
    contrasts = load_contrasts(file)
    assert contrasts
    for one in contrasts:
        assert one.source
        assert one.honest
        assert one.lies
        assert not set(one.honest) & {lie.text for lie in one.lies}


def test_what_is_decided_with_was_not_trained_on():
    """The two sets have no source in common."""
    assert not {one.source for one in load_contrasts(WRITTEN)} & {one.source for one in load_contrasts(HELD)}


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        ("condition", "the 12 tables."),
        ("figures", "12 chairs, but not the 400 tables"),
        ("exception", "including the 12 tables"),
        ("negation", "but the 12 tables"),
        ("as fact", "will lend Ann Reed"),
        ("other name", "Tom Hall"),
        ("cause", "because the roof leaks"),
    ],
)
def test_each_rule_makes_its_lie(kind, part):
    """The words are the sentence's own, the sense is not."""
    found = lies(SENTENCE, "Tom Hall came late.", "The roof leaks in many places.")
    assert any(part in text for text in found[kind]), found[kind]


def test_a_lie_is_never_the_sentence():
    """Whatever is exchanged, something is."""
    assert not any(SENTENCE in texts for texts in lies(SENTENCE, "Tom Hall came late.").values())


@pytest.mark.parametrize(
    ("sentence", "form"),
    [
        ("The hall was opened by Ann Reed.", "Ann Reed opened the hall."),
        ("In May 2021, the board chose a new site.", "The board chose a new site in May 2021."),
        ("The board chose a new site, which lies in the west.", "The board chose a new site."),
        ("The board did not vote on it.", "The board didn't vote on it."),
        ("About 12 farms grow barley.", "About twelve farms grow barley."),
    ],
)
def test_a_rewording_says_the_same(sentence, form):
    """A part is moved, left out, turned or written otherwise."""
    assert form in rewordings_of(sentence, random.Random(0))


@pytest.mark.parametrize(
    ("question", "answer", "claim"),
    [
        ("Who founded the mill in Selwick?", "Ann Reed", "Ann Reed founded the mill in Selwick."),
        ("How many farms grow barley?", "twelve", "Twelve farms grow barley."),
        ("What is the height of the tower?", "40 metres", "The height of the tower is 40 metres."),
        ("When was the old mill built?", "in 1911", "The old mill was built in 1911."),
        ("Why did it burn?", "lightning", ""),
    ],
)
def test_a_question_with_its_answer_is_a_claim(question, answer, claim):
    """In the question's own words; an unknown form gives none."""
    assert claim_of(question, answer) == claim


@pytest.mark.parametrize(
    ("answer", "form"), [("1911", "year"), ("45%", "figure %"), ("Ann Reed", "name"), ("a fire", "short")]
)
def test_the_form_of_an_answer(answer, form):
    """Only what is of one form may stand in for another."""
    assert form_of(answer) == form


def test_groups_hold_claims_that_are_carried_and_claims_that_are_not():
    """From a written contrast, from exchanges, and from questions with right and wrong answers."""
    rows = [
        Row("Who founded the mill?", CONTEXT, ((0, 8),), "squad_dev", "Mill"),
        Row("Who bought the mill?", CONTEXT, ((35, 46),), "squad_dev", "Mill"),
        Row("Who sold the mill?", CONTEXT, (), "squad_dev", "Mill"),
    ]
    written = [
        Contrast(("The mill burned down.",), ("The mill burned.",), (Lie("negation", "The mill never burned."),))
    ]
    likely = {("Who sold the mill?", CONTEXT): "Peter Oakes"}
    builder = ClaimBuilder(written, rows, likely, PairEncoder.load(default_encoder()))
    assert builder.sizes == {"written": 1, "contexts": 1, "asked": 2, "plausible": 1}
    _, groups = next(builder.chunks(seed=1, size=200))
    by_source: dict[str, list[bool]] = {}
    for group in groups:
        by_source.setdefault(group.source, []).extend(pair.answerable for pair in group.pairs)
    assert set(by_source["asked"]) == set(by_source["exchanged"]) == {True, False}
    assert set(by_source.get("plausible", [False])) == {False}
    assert not any(pair.span_known for group in groups for pair in group.pairs)


def test_the_same_seed_gives_the_same_groups():
    """Also from a later chunk on, so that a training can go on where it stopped."""
    rows = [Row("Who founded the mill?", CONTEXT, ((0, 8),), "squad_dev", "Mill")]
    builder = ClaimBuilder([], rows, {}, PairEncoder.load(default_encoder()))
    whole = dict(zip(range(3), builder.chunks(3, 50), strict=False))
    number, groups = next(builder.chunks(3, 50, first=2))
    assert number == 2
    assert [[pair.ids.tolist() for pair in group.pairs] for group in groups] == [
        [pair.ids.tolist() for pair in group.pairs] for group in whole[2][1]
    ]


def test_the_premise_tells_what_stands_before_and_who_speaks():
    """In the order in which the model was trained to read them."""
    assert premise_of(["We moved it.", "It is late."], "The launch was planned.", "Tom Reed") == (
        "(The launch was planned.) Tom Reed: We moved it. It is late."
    )
    assert premise_of(["It is late."], "", "") == "It is late."
