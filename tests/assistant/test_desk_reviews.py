"""The queue of reviewers and what they said."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import Answer, Refusal, Statement
from assistant.desk import Desk
from assistant.desk_reviews import CorrectedSpan, ReviewFilter, ReviewItem, ReviewVerdict
from assistant.exchange import Exchange
from corpus.errors import InputError

SAID = Answer("How much?", "How much?", "", None, (Statement("It is 4.", (1,)), Statement("It was 3.", (2,))), ())
REFUSED = Answer("How far?", "How far?", "", None, (), (), refusal=Refusal.NOT_SAID, reason="No distance is told.")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with an answer and a refusal of use, and one answer of a run."""
    opened = Desk(tmp_path / "desk.sqlite")
    conversation = opened.conversations.begin(user="anna")
    for answer in (SAID, REFUSED):
        opened.conversations.add(conversation.id, Exchange(answer.question, "", answer), {}, user="anna")
    opened.answers.put_run(SAID, {}, run="monday", question_id="fig-001")
    yield opened
    opened.close()


def texts(items: list[ReviewItem]) -> list[str]:
    """What the items say."""
    return [item.text for item in items]


def item_of(desk: Desk, text: str) -> ReviewItem:
    """The item of use that says `text`."""
    return next(one for one in desk.reviews.queue(ReviewFilter(source="use"), author="ben") if one.text == text)


def test_the_queue_holds_each_statement_and_each_refusal(desk: Desk) -> None:
    """The latest answer comes first, its statements in order."""
    queue = desk.reviews.queue(author="ben")
    assert texts(queue) == ["It is 4.", "It was 3.", "No distance is told.", "It is 4.", "It was 3."]
    assert [(one.run, one.question_id, one.position) for one in queue[:2]] == [
        ("monday", "fig-001", 0),
        ("monday", "fig-001", 1),
    ]
    assert desk.reviews.queue_length(author="ben") == 5


def test_the_queue_comes_in_pages(desk: Desk) -> None:
    """Pages follow each other without a gap."""
    pages = [desk.reviews.queue(author="ben", count=2, offset=offset) for offset in (0, 2, 4)]
    assert [one for page in pages for one in page] == desk.reviews.queue(author="ben")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (ReviewFilter(source="use"), ["No distance is told.", "It is 4.", "It was 3."]),
        (ReviewFilter(source="run"), ["It is 4.", "It was 3."]),
        (ReviewFilter(run="monday", refused=True), []),
        (ReviewFilter(run="tuesday"), []),
        (ReviewFilter(refused=True), ["No distance is told."]),
        (ReviewFilter(source="use", refused=False), ["It is 4.", "It was 3."]),
        (ReviewFilter(source="use", reviewed=True), ["It is 4."]),
        (ReviewFilter(source="use", reviewed=False), ["No distance is told.", "It was 3."]),
    ],
)
def test_the_queue_is_filtered(desk: Desk, wanted: ReviewFilter, found: list[str]) -> None:
    """By source, run, refusal and whether the author has judged; each by itself and together."""
    item = item_of(desk, "It is 4.")
    desk.reviews.add(item.answer_id, item.position, ReviewVerdict.SUPPORTED, author="ben")
    assert texts(desk.reviews.queue(wanted, author="ben")) == found
    assert desk.reviews.queue_length(wanted, author="ben") == len(found)


def test_an_answer_that_was_not_helpful_can_be_looked_at_first(desk: Desk) -> None:
    """A user's word leads to it; other answers are left out."""
    item = item_of(desk, "It is 4.")
    desk.feedback.add(item.answer_id, helpful=False, reason="another year", user="anna")
    assert texts(desk.reviews.queue(ReviewFilter(unhelpful=True), author="ben")) == ["It is 4.", "It was 3."]


@pytest.mark.parametrize("before", [False, True])
def test_the_queue_can_be_walked_both_ways(desk: Desk, before: bool) -> None:
    """From one item to the one beside it, up to the end, in the order of the queue."""
    queue = desk.reviews.queue(author="ben")
    wanted = queue[::-1] if before else queue
    walked = [wanted[0]]
    while (following := desk.reviews.beside(walked[-1], author="ben", before=before)) is not None:
        walked.append(following)
    assert walked == wanted


def test_what_has_left_the_queue_still_has_one_that_follows(desk: Desk) -> None:
    """Who judges the item at hand goes on behind it."""
    unjudged = ReviewFilter(reviewed=False)
    first, second, *_ = desk.reviews.queue(unjudged, author="ben")
    desk.reviews.add(first.answer_id, first.position, ReviewVerdict.SUPPORTED, author="ben")
    assert desk.reviews.beside(first, unjudged, author="ben") == second
    again = desk.reviews.item(first.answer_id, first.position, author="ben")
    assert (again.text, again.verdict) == (first.text, ReviewVerdict.SUPPORTED)


def test_what_one_has_judged_is_still_to_be_judged_by_another(desk: Desk) -> None:
    """The queue is an author's own, and tells how many have judged."""
    item = item_of(desk, "No distance is told.")
    desk.reviews.add(item.answer_id, item.position, ReviewVerdict.NOT_SUPPORTED, author="ben")
    (for_ben,) = desk.reviews.queue(ReviewFilter(refused=True), author="ben")
    (for_cleo,) = desk.reviews.queue(ReviewFilter(refused=True, reviewed=False), author="cleo")
    assert (for_ben.verdict, for_ben.reviews) == (ReviewVerdict.NOT_SUPPORTED, 1)
    assert (for_cleo.verdict, for_cleo.reviews) == (None, 1)


def test_every_judgement_is_kept_and_the_last_counts(desk: Desk) -> None:
    """Who thinks again adds; nothing is overwritten."""
    item = item_of(desk, "It was 3.")
    span = CorrectedSpan("d1", 10, 19, "It was 3.")
    first = desk.reviews.add(item.answer_id, 1, ReviewVerdict.CANNOT_TELL, author="ben")
    other = desk.reviews.add(item.answer_id, 1, ReviewVerdict.SUPPORTED, author="cleo", note="clear")
    second = desk.reviews.add(
        item.answer_id, 1, ReviewVerdict.PARTLY, author="ben", cause="moved", corrected=span, note="next page"
    )
    assert desk.reviews.history(item.answer_id, 1) == [first, other, second]
    assert desk.reviews.latest(run="") == [other, second]
    assert desk.reviews.latest(run="monday") == []
    assert item_of(desk, "It was 3.").verdict is ReviewVerdict.PARTLY


@pytest.mark.parametrize("statement", ["UPDATE reviews SET verdict = 'supported'", "DELETE FROM reviews"])
def test_a_review_cannot_be_changed_in_the_file(desk: Desk, statement: str) -> None:
    """The tables refuse it, whichever program asks."""
    item = item_of(desk, "It is 4.")
    given = desk.reviews.add(item.answer_id, 0, ReviewVerdict.PARTLY, author="ben")
    with sqlite3.connect(desk._file.path) as database, pytest.raises(sqlite3.IntegrityError, match="a review is never"):
        database.execute(statement)
    assert desk.reviews.history(item.answer_id, 0) == [given]


@pytest.mark.parametrize(("answer_id", "position"), [("nobody's", 0), (None, 7)])
def test_what_is_not_there_cannot_be_judged(desk: Desk, answer_id: str | None, position: int) -> None:
    """An unknown answer or statement is an error that says so."""
    with pytest.raises(InputError, match="no statement"):
        desk.reviews.add(
            answer_id or item_of(desk, "It is 4.").answer_id, position, ReviewVerdict.SUPPORTED, author="ben"
        )
    with pytest.raises(InputError, match="no statement"):
        desk.reviews.item(answer_id or item_of(desk, "It is 4.").answer_id, position, author="ben")


def test_an_answer_of_a_run_is_kept_once(desk: Desk) -> None:
    """A run that is put in again adds nothing."""
    again = desk.answers.put_run(REFUSED, {}, run="monday", question_id="fig-001")
    assert again.answer == SAID
    assert desk.reviews.queue_length(ReviewFilter(run="monday"), author="ben") == 2
    assert desk.answers.runs() == ["monday"]
