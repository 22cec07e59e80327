"""Runs: a scripted assistant over a real small index, scored, kept and read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.answer import Answer, Citation, RankedPassage, Refusal, Verdict
from assistant.assistant import Assistant
from corpus.errors import InputError
from evals.baselines import Bm25, compare_retrieval, retrieval_table
from evals.gold import GoldEvidence, GoldQuestion
from evals.marked import write_marked
from evals.report import Mean, Rate, failures, markdown, summarise
from evals.run import load_run, rescore, run_suite, save_run

RATE = GoldQuestion(
    "rate", "figure", "What was the rate of online permits?", answers=("45%", "45 %"),
    evidence=(GoldEvidence("north.md", "The rate of online permits reached 45% in 2024"),),
)  # fmt: skip
TASKS = GoldQuestion(
    "tasks", "list", "Which tasks were named?", items=(("roads",), ("schools",), ("water",)),
    evidence=(GoldEvidence("north.md", "The board named three tasks: roads, schools and water."),),
)  # fmt: skip
LEADER = GoldQuestion(
    "yes", "yes_no", "Did Mr Brown lead the meeting?", answers=("yes",),
    evidence=(GoldEvidence("south.md", "It was led by Mr Brown"),),
)  # fmt: skip
BUDGET = GoldQuestion("budget", "unanswerable", "What was the budget?", refusal="outside the record")
LOST = replace(RATE, id="lost", evidence=(GoldEvidence("north.md", "words that nobody said"),))


class Scripted:
    """Answers with given quotes, found in the real index; refuses what it has no script for."""

    def __init__(self, index, script=None):
        self.index = index
        self.script = script or {}

    def ask(self, question: str, *, history: Sequence[str] = (), within: str | None = None) -> Answer:
        """The scripted quotes, or a refusal."""
        if question not in self.script:
            return Answer(question, question, "", None, (), (), refusal=Refusal.NOT_SAID, reason="Not said.")
        short, quotes = self.script[question]
        citations = tuple(self.citation(number, *quote) for number, quote in enumerate(quotes, start=1))
        text = " ".join(f"{citation.quote} [{citation.number}]" for citation in citations)
        return Answer(question, question, text, short, (), citations, confidence=0.9, passages=self.passages())

    def search(self, question: str, *, count: int = 10, within: str | None = None) -> list[RankedPassage]:
        """All passages, the northern ones first."""
        return list(self.passages()[:count])

    def passages(self):
        """The index's own passages in a fixed order."""
        documents = [self.index.document_named(name) for name in ("north.md", "south.md")]
        return tuple(
            RankedPassage(passage, document.name, 1.0)
            for document in documents
            for passage in self.index.catalog.passages_of(document.id)
        )

    def citation(self, number, name, quote):
        """A citation of `quote` at its first place, or at nowhere."""
        document = self.index.document_named(name)
        start = document.text.find(quote)
        return Citation(
            number, document.id, name, document.title, None, None, "", "", quote, start, start + len(quote),
            verdict=Verdict.EXACT,
        )  # fmt: skip


def run_of(index, questions, script, truth="spans"):
    return run_suite(Scripted(index, script), index, questions, suite="test", truth=truth)


def scores_of(index, question, script, truth="spans"):
    return run_of(index, [question], script, truth).results[0].scores


def value(scores, name):
    return scores[name].value


def test_a_right_short_answer_with_the_right_quote(small_index):
    """Right, cited, and every citation at the evidence."""
    script = {RATE.question: ("45%", [("north.md", "The rate of online permits reached 45% in 2024")])}
    scores = scores_of(small_index, RATE, script)
    for name in ("right", "cited", "right_and_cited", "short_answer_right", "citation_precision", "citation_recall"):
        assert value(scores, name) == 1, name
    assert value(scores, "quotes_exact") == 1
    assert value(scores, "false_refusal") == 0
    assert value(scores, "success@1") == 1
    assert "wrong_figure" not in scores


def test_a_wrong_figure_in_front_of_the_right_quote_misleads(small_index):
    """Right in a quote, and told apart from right; half of the citations are at the evidence."""
    quotes = [
        ("south.md", "In the south the rate of online permits reached 12% in 2024."),
        ("north.md", "The rate of online permits reached 45% in 2024"),
    ]
    scores = scores_of(small_index, RATE, {RATE.question: ("12%", quotes)})
    assert value(scores, "right_in_quote") == 1
    assert value(scores, "short_answer_right") == 0
    assert value(scores, "right_not_misled") == 0
    assert value(scores, "wrong_figure") == 1
    assert scores["wrong_figure"].read == "12%"
    assert value(scores, "citation_precision") == 1 / 2


def test_the_right_words_from_the_wrong_place_are_not_cited(small_index):
    """The other board's report does not support the figure."""
    script = {RATE.question: ("45%", [("south.md", "It was led by Mr Brown")])}
    scores = scores_of(small_index, RATE, script)
    assert value(scores, "right") == 1
    assert value(scores, "cited") == 0
    assert value(scores, "right_and_cited") == 0


def test_all_items_are_needed(small_index):
    """What is missing is named."""
    part = {TASKS.question: (None, [("north.md", "roads, schools")])}
    whole = {TASKS.question: (None, [("north.md", "roads, schools and water")])}
    scores = scores_of(small_index, TASKS, part)
    assert value(scores, "right") == 0
    assert "missing: water" in scores["right"].why
    assert "short_answer_right" not in scores
    assert value(scores_of(small_index, TASKS, whole), "right") == 1


def test_yes_and_no_are_right_when_the_evidence_is_quoted(small_index):
    """The word itself need not be said."""
    held = {LEADER.question: (None, [("south.md", "It was led by Mr Brown, who thanked the members.")])}
    beside = {LEADER.question: (None, [("north.md", "with Ms Adams in the chair")])}
    assert value(scores_of(small_index, LEADER, held), "right") == 1
    assert value(scores_of(small_index, LEADER, beside), "right") == 0


def test_refusals_are_scored_on_both_sides(small_index):
    """Right for what the record does not hold, an error for what it does."""
    refused = run_of(small_index, [RATE, BUDGET], {})
    assert value(refused.results[0].scores, "false_refusal") == 1
    assert value(refused.results[0].scores, "right") == 0
    assert value(refused.results[0].scores, "citation_precision") is None
    assert value(refused.results[1].scores, "false_answer") == 0
    answered = run_of(small_index, [BUDGET], {BUDGET.question: ("30%", [("south.md", "The target for 2025 is 30%.")])})
    assert value(answered.results[0].scores, "false_answer") == 1
    assert value(answered.results[0].scores, "wrong_figure") == 1


def test_gold_that_is_not_in_the_index_could_not_be_scored(small_index):
    """None, with the reason, and never zero."""
    script = {LOST.question: ("45%", [("north.md", "reached 45%")])}
    scores = scores_of(small_index, LOST, script)
    for name in ("cited", "right_and_cited", "citation_precision", "citation_recall", "success@1"):
        assert value(scores, name) is None, name
    assert value(scores, "right") == 1
    assert "no gold quote" in scores["cited"].why


def test_a_quote_that_is_not_the_text_at_its_offsets_is_counted(small_index):
    """The words are not in the document, so no offset can be right."""
    scores = scores_of(small_index, RATE, {RATE.question: (None, [("north.md", "reached 45 per cent")])})
    assert value(scores, "quotes_exact") == 0
    assert "reached 45 per cent" in scores["quotes_exact"].why


def test_originals_are_judged_by_words(small_index):
    """A variant in a quote of an original file; questions without originals are not asked."""
    question = replace(RATE, originals=("north.md",))
    script = {RATE.question: (None, [("north.md", "reached 45%")])}
    run = run_of(small_index, [question, TASKS, BUDGET], script, "originals")
    assert [result.question.id for result in run.results] == ["rate", "budget"]
    assert value(run.results[0].scores, "right_and_cited") == 1
    elsewhere = replace(RATE, originals=("south.md",))
    assert value(scores_of(small_index, elsewhere, script, "originals"), "cited") == 0


def test_an_error_of_one_question_does_not_end_the_run(small_index):
    """It is kept with its message and could not be scored."""

    class Refusing(Scripted):
        def ask(self, question, *, history=(), within=None):
            if question == TASKS.question:
                raise InputError("too long")
            return super().ask(question)

    run = run_suite(Refusing(small_index), small_index, [RATE, TASKS], suite="test")
    assert run.results[1].given is None
    assert run.results[1].error == "too long"
    assert summarise(run).failed == 1
    assert "too long" in failures(run)
    assert rescore(run).results[1] == run.results[1]


def test_save_then_load_is_identity(small_index, tmp_path):
    """The file holds everything, and a second run does not overwrite it."""
    script = {RATE.question: ("45%", [("north.md", "reached 45%")])}
    run = run_of(small_index, [RATE, BUDGET, LOST], script)
    first, second = save_run(run, tmp_path), save_run(run, tmp_path)
    assert first != second
    assert load_run(first) == run
    assert sorted(file.suffix for file in tmp_path.iterdir()) == [".json", ".json"]


def test_scoring_again_gives_the_same_scores(small_index):
    """Nothing is asked: scores come from the run alone."""
    run = run_of(small_index, [RATE, TASKS, BUDGET], {RATE.question: ("45%", [("north.md", "reached 45%")])})
    bare = replace(run, results=tuple(replace(result, scores={}) for result in run.results))
    assert rescore(bare) == run


def test_a_file_that_is_no_run_is_named(tmp_path):
    """Missing and broken files say what they are."""
    broken = tmp_path / "broken.json"
    broken.write_text('{"suite": "ask"}')
    with pytest.raises(InputError, match=r"broken\.json is not an evaluation run"):
        load_run(broken)
    with pytest.raises(InputError, match="cannot be read"):
        load_run(tmp_path / "missing.json")


def test_the_same_questions_over_the_same_index_have_the_same_hashes(small_index):
    """What was asked of what can be told from the file."""
    one, two = run_of(small_index, [RATE], {}), run_of(small_index, [RATE], {})
    assert (one.gold_hash, one.corpus_hash) == (two.gold_hash, two.corpus_hash)
    assert run_of(small_index, [TASKS], {}).gold_hash != one.gold_hash
    assert one.index_fingerprint


def test_the_report_counts_what_the_results_say(small_index):
    """One right and cited of two answerable questions, one of one refused."""
    script = {RATE.question: ("45%", [("north.md", "reached 45%")])}
    run = run_of(small_index, [RATE, TASKS, BUDGET], script)
    summary = summarise(run)
    assert summary.overall.right_and_cited == Rate(1, 2)
    assert summary.false_answers == Rate(0, 1)
    assert summary.false_refusals == Rate(1, 2)
    assert summary.balanced_accuracy == ((1 - 0) + (1 - 1 / 2)) / 2
    assert summary.quotes_exact == Rate(1, 1)
    assert "| all " in markdown(run)
    assert "Which tasks were named?" in failures(run)


def test_a_run_of_nothing_is_reported_as_not_scored(small_index):
    """No question, no number."""
    run = run_of(small_index, [], {})
    summary = summarise(run)
    assert summary.overall.right_and_cited.share is None
    assert summary.token_f1 == Mean(None, 0, None)
    assert summary.p50_ms is None
    assert "not scored" in markdown(run)
    assert failures(run) == "No question failed."


def test_plain_bm25_ranks_by_rare_words():
    """The word that only one text has decides; no text at all gives no rank."""
    texts = ["the rate of permits", "the rate of roads and roads", "the weather"]
    assert Bm25(texts).rank("roads rate", 2) == [1, 0]
    assert Bm25([]).rank("roads", 3) == []


def test_retrieval_is_compared_over_questions_without_history(small_index):
    """Five rows over the same questions; a follow-up is left out."""
    follow_up = replace(RATE, id="next", history=("Before?",))
    rows = compare_retrieval(Scripted(small_index), small_index, [RATE, TASKS, LOST, follow_up, BUDGET])
    assert [row.questions for row in rows] == [2] * 5
    assert rows[-1].name == "our search"
    assert rows[-1].first == 1
    assert "plain BM25" in retrieval_table(rows)


def test_the_real_assistant_is_measured_end_to_end(small_index):
    """Every quote that it gives stands in the record."""
    run = run_suite(Assistant(small_index), small_index, [RATE, TASKS, BUDGET], suite="test")
    assert summarise(run).quotes_exact.share == 1
    assert all(result.given and result.given.wall_ms > 0 for result in run.results)


def test_only_the_marked_part_of_a_page_is_written(tmp_path):
    """Twice gives the same page; a page without the markers is refused."""
    page = tmp_path / "README.md"
    page.write_text("before\n<!-- begin: ask -->\nold\n<!-- end: ask -->\nafter\n")
    for _ in range(2):
        write_marked(page, "ask", r"new \1")
    assert page.read_text() == "before\n<!-- begin: ask -->\nnew \\1\n<!-- end: ask -->\nafter\n"
    with pytest.raises(InputError, match="no place for 'seeds'"):
        write_marked(page, "seeds", "new")
