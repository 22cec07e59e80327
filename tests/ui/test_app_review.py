"""The Review page in a real browser: judged by keyboard, by two at once, nothing lost, hostile text harmless."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from running_browser import CHROMIUM
from served import free_port
from small_record import Finished, Record

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.desk import Desk
from assistant.desk_answers import content_hashes
from assistant.desk_gold import GoldState
from assistant.desk_reviews import ReviewVerdict
from assistant.exchange import Exchange
from evals.gold import load_gold
from evals.systems import Ours
from index.settings import Home
from ui.listening import address
from ui.page_context import PageContext

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists() and os.environ.get("CI") != "true",
    reason=f"{CHROMIUM} is not installed (apt-get install chromium)",
)
QUESTIONS = ("How much is the harbour budget for 2024?", "What is the airport budget of Oslo in 1999?")
BUDGET = "The council adopted a harbour budget of 4.2 million euros for 2024."
Opened = Callable[..., Page]


@pytest.fixture
def context(assistant: Assistant, record: Record, tmp_path: Path) -> Iterator[PageContext]:
    """A desk of its own over the small record; who asks is told by the browser's language."""
    home = Home(tmp_path / "home")
    desk = Desk(home.desk_file)
    kept = desk.conversations.begin(user="anna")
    for question in QUESTIONS:
        give(assistant, desk, kept.id, assistant.ask(question))
    yield PageContext(assistant, home, desk, current_user=lambda request: request.headers["accept-language"][:2])
    desk.close()


def give(assistant: Assistant, desk: Desk, conversation: str, answer: Answer) -> None:
    """Keep an answer as it was given to anna."""
    hashes = content_hashes(answer, assistant.index.catalog)
    desk.conversations.add(conversation, Exchange(answer.question, "", answer), hashes, user="anna")


@pytest.fixture
def site(context: PageContext) -> Iterator[str]:
    """The address of the app over that desk."""
    from ui.app import launch

    port = free_port()
    app = launch(context, host="127.0.0.1", port=port)
    yield address("127.0.0.1", port)
    app.close(verbose=False)


def reviewing(open_page: Opened, path: str = "/review", who: str = "de", **options: object) -> Page:
    """The page as a reviewer opened it, with the first statement on it."""
    page = open_page(path, locale=who, **options)
    page.locator(".judging").wait_for()
    return page


def told(page: Page, words: str) -> None:
    """Wait until the page says so."""
    expect(page.locator("#review .told")).to_contain_text(words)


def item_of(page: Page) -> tuple[str, int]:
    """The statement on the page."""
    at = page.locator(".judging")
    return str(at.get_attribute("data-answer")), int(str(at.get_attribute("data-position")))


def test_a_queue_is_judged_by_keyboard_alone(open_page: Opened, context: PageContext) -> None:
    """A verdict a key, with cause and note; the next one comes by itself, up to the end."""
    page = reviewing(open_page, "/review?answers=refusal")
    refusal = item_of(page)
    expect(page.locator(".judged")).to_contain_text("The record does not say.")
    page.keyboard.press("1")
    told(page, "Kept: rightly refused")
    expect(page.locator(".nothing")).to_be_visible()
    (given,) = context.desk.reviews.history(*refusal)
    assert (given.verdict, given.author) == (ReviewVerdict.SUPPORTED, "de")

    page = reviewing(open_page)
    statements = context.desk.reviews.queue_length(author="de") - 1
    for left in range(statements, 0, -1):
        at = item_of(page)
        page.keyboard.press("c")
        page.keyboard.type("True, but")
        page.keyboard.press("Enter")
        page.keyboard.press("n")
        page.keyboard.type("1 j k 2")
        page.keyboard.press("Enter")
        page.keyboard.press("2")
        told(page, "Kept: partly")
        (review,) = context.desk.reviews.history(*at)
        assert (review.verdict, review.cause, review.note) == (ReviewVerdict.PARTLY, "does not answer", "1 j k 2")
        expect(page.locator("#review .left")).to_have_text(f"{left - 1} to judge")
    expect(page.locator(".nothing")).to_contain_text("Everything is judged")


def test_the_keys_are_on_the_page(open_page: Opened) -> None:
    """Nobody has to know them."""
    page = reviewing(open_page)
    expect(page.locator(".keys")).to_be_in_viewport()
    for key in ("1", "4", "j", "k", "u", "c", "n", "s", "f", "w", "g"):
        expect(page.locator(".keys kbd", has_text=re.compile(f"^{key}$"))).to_have_count(1)


def test_the_queue_is_walked_and_a_verdict_can_be_given_again(open_page: Opened, context: PageContext) -> None:
    """j and k go through it; u leads back to what was judged last, and both judgements stay."""
    page = reviewing(open_page, "/review?show=all")
    first = item_of(page)
    page.keyboard.press("j")
    expect(page.locator(".judging")).not_to_have_attribute("data-answer", first[0])
    page.keyboard.press("k")
    expect(page.locator(".judging")).to_have_attribute("data-answer", first[0])
    page.keyboard.press("k")
    told(page, "This is the first one.")
    page.keyboard.press("3")
    told(page, "Kept")
    page.keyboard.press("u")
    expect(page.locator(".judging")).to_have_attribute("data-answer", first[0])
    page.keyboard.press("4")
    told(page, "Kept: cannot tell")
    history = context.desk.reviews.history(*first)
    assert [one.verdict for one in history] == [ReviewVerdict.NOT_SUPPORTED, ReviewVerdict.CANNOT_TELL]
    page.keyboard.press("u")
    expect(page.locator(".history li")).to_have_count(2)


def test_the_statement_stands_beside_its_marked_passage(open_page: Opened) -> None:
    """In its context, with where and when it is from, and the way into the source."""
    page = reviewing(open_page, "/review?answers=answer")
    expect(page.locator(".judged")).to_have_text(BUDGET)
    expect(page.locator(".source mark")).to_have_text(BUDGET)
    expect(page.locator(".source")).to_contain_text("Mayor Anna Lindqvist chaired the meeting.")
    expect(page.locator(".source .facts")).to_contain_text("held 13 May 2024")
    assert "/source/" in str(page.locator(".source .file a").get_attribute("href"))


def test_words_are_chosen_by_keyboard(open_page: Opened, context: PageContext, record: Record) -> None:
    """From the marked sentence to the next, and word by word; kept is what the document says there."""
    page = reviewing(open_page, "/review?answers=answer")
    at = item_of(page)
    page.keyboard.press("s")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".chosen")).to_have_text("“Anna Lindqvist chaired”")
    page.keyboard.press("3")
    told(page, "Kept")
    (review,) = context.desk.reviews.history(*at)
    assert review.corrected is not None
    text = record.index.document_named("budget.txt").text
    assert text[review.corrected.start : review.corrected.end] == review.corrected.quote == "Anna Lindqvist chaired"


def test_words_are_chosen_with_the_mouse_elsewhere_in_the_record(
    open_page: Opened, context: PageContext, record: Record
) -> None:
    """A refusal that is wrong: the reviewer finds the passage and selects it."""
    page = reviewing(open_page, "/review?answers=refusal")
    at = item_of(page)
    page.keyboard.press("f")
    page.keyboard.type("dredging of the north channel")
    page.keyboard.press("Enter")
    page.locator(".found-passage", has_text="18,500 tonnes").first.click()
    page.locator(".excerpt.transcript p", has_text="18,500 tonnes").click(click_count=3)
    expect(page.locator(".chosen")).to_contain_text("18,500 tonnes of sediment.")
    page.locator(".verdicts button", has_text="The record says it").click()
    told(page, "Kept: the record says it")
    (review,) = context.desk.reviews.history(*at)
    assert review.corrected is not None
    text = record.index.document_named("call.vtt").text
    assert text[review.corrected.start : review.corrected.end] == review.corrected.quote


def test_words_that_the_document_does_not_say_are_refused(open_page: Opened, context: PageContext) -> None:
    """What a browser sends is looked for in the document; nothing is kept of what is not there."""
    page = reviewing(open_page, "/review?answers=answer")
    at = item_of(page)
    page.keyboard.press("s")
    page.evaluate("document.querySelector('.source mark').textContent = 'The council adopted 99 million.'")
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    page.keyboard.press("1")
    expect(page.locator("#review .problem")).to_contain_text("do not stand there")
    assert context.desk.reviews.history(*at) == []


def test_a_reload_in_the_middle_loses_nothing(open_page: Opened) -> None:
    """The same statement, with the note, the cause and the words that were chosen."""
    page = reviewing(open_page, "/review?answers=answer")
    page.keyboard.press("n")
    page.keyboard.type("half of it")
    page.keyboard.press("Enter")
    page.locator("select[name=cause]").select_option("incomplete")
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    at = item_of(page)
    page.reload()
    page.locator(".judging").wait_for()
    assert item_of(page) == at
    expect(page.locator("#review-note")).to_have_value("half of it")
    expect(page.locator("select[name=cause]")).to_have_value("incomplete")
    expect(page.locator(".chosen")).to_have_text(f"“{BUDGET}”")
    expect(page.locator("select[name=answers]")).to_have_value("answer")


def test_two_reviewers_judge_at_once_and_blind(open_page: Opened, context: PageContext) -> None:
    """Each has a queue of their own; the other's verdict is shown after one's own, and agreement then."""
    path = "/review?answers=answer"
    first, second = reviewing(open_page, path, "de"), reviewing(open_page, path, "fr")
    at = item_of(first)
    assert item_of(second) == at
    first.keyboard.press("1")
    told(first, "Kept")
    second.reload()
    second.locator(".judging").wait_for()
    assert item_of(second) == at
    expect(second.locator(".blind")).to_contain_text("1 other person judged this")
    expect(second.locator(".history")).to_have_count(0)
    second.keyboard.press("3")
    told(second, "Kept")
    second.keyboard.press("u")
    expect(second.locator(".history li")).to_have_count(2)
    expect(second.locator(".history")).to_contain_text("de: Supported")
    expect(second.locator(".agreement")).to_contain_text("1 statement judged by two or more of 2 reviewers")
    assert {one.author for one in context.desk.reviews.history(*at)} == {"de", "fr"}


def test_a_judged_statement_becomes_gold_that_can_be_run(
    open_page: Opened, context: PageContext, record: Record, rapporteur: Callable[..., Finished]
) -> None:
    """Two keys make it; its truth is words of a document, and both commands accept the file."""
    page = reviewing(open_page, "/review?answers=answer")
    page.keyboard.press("g")
    page.keyboard.press("Enter")
    told(page, "Made gold as review-001")
    file = context.home.gold_folder / "reviewed.jsonl"
    (question,) = load_gold(file)
    assert (question.question, question.kind) == (QUESTIONS[0], "figure")
    assert [(one.document, one.quote) for one in question.evidence] == [("budget.txt", BUDGET)]
    assert [one.state for one in context.desk.gold.listed()] == [GoldState.TAKEN]
    checked = rapporteur("eval", "check", "--gold", file)
    assert checked.code == 0, checked.err
    run = rapporteur("eval", "run", "--gold", file, "--data", record.files, "--brief", "--home", context.home.folder)
    assert run.code == 0, run.err
    page.locator(".gold button[type=submit]").click()
    expect(page.locator("#review .problem")).to_contain_text("asks this already, as review-001")


def test_a_right_refusal_becomes_an_unanswerable_question(open_page: Opened, context: PageContext) -> None:
    """With the cause that the reviewer sees in it."""
    page = reviewing(open_page, "/review?answers=refusal")
    page.keyboard.press("g")
    page.locator("select[name=gold-refusal]").select_option("outside the topic")
    page.locator(".gold button[type=submit]").click()
    told(page, "Made gold")
    (question,) = load_gold(context.home.gold_folder / "reviewed.jsonl")
    assert (question.kind, question.refusal, question.evidence) == ("unanswerable", "outside the topic", ())


def test_the_answers_of_a_run_can_be_judged(open_page: Opened, context: PageContext) -> None:
    """A run of the home is put into the queue, and the page goes on with it."""
    from evals.case import Case
    from evals.provenance import machine, revision
    from evals.run import Result, Run, conditions, save_run

    case = Case("q1", "person", "Who chaired the harbour meeting?")
    given = Ours("ours", context.assistant).give(case, "answer", 10)
    made = Run(
        "mine",
        "ours",
        "2025-03-01T00:00:00",
        1.0,
        "",
        conditions(context.index),
        revision(),
        "",
        machine(),
        {},
        (Result(case, given),),
    )
    file = save_run(made, context.home.runs_folder)
    page = reviewing(open_page)
    page.locator(".put summary").click()
    page.locator("select[name=put]").select_option(file.stem)
    page.get_by_role("button", name="Put in").click()
    told(page, "1 answer of")
    expect(page.locator(".judging .question")).to_have_text(case.question)
    expect(page.locator(".judging .origin")).to_contain_text(f"Run {file.stem}, question q1")
    expect(page.locator(".source mark").first).to_be_visible()
    assert f"run={file.stem}" in page.url


def test_a_hostile_document_is_text(open_page: Opened, context: PageContext) -> None:
    """Tags, templates, scripts and direction marks are shown as they are written; none is obeyed."""
    kept = context.desk.conversations.begin(user="anna")
    questions = ("How many lamps did the lighthouse committee approve?", "What did the lighthouse keeper write?")
    for question in questions:
        give(context.assistant, context.desk, kept.id, context.assistant.ask(question))
    page = reviewing(open_page)
    for _ in range(context.desk.reviews.queue_length(author="de")):
        page.keyboard.press("n")
        page.keyboard.type("<img src=x onerror=window.hacked=7> ${window.hacked=8}")
        page.keyboard.press("Enter")
        page.keyboard.press("4")
        told(page, "Kept")
        page.keyboard.press("u")
        page.locator(".history").wait_for()
        page.keyboard.press("w")
        page.keyboard.press("j")
        page.wait_for_timeout(100)
    assert page.locator("#review img, #review .source script").count() == 0
    assert page.evaluate("window.hacked") is None


def test_it_fits_a_phone(open_page: Opened) -> None:
    """390 pixels: nothing is cut at the side, and the verdicts are at hand while the source is read."""
    page = reviewing(open_page, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".source .file").scroll_into_view_if_needed()
    for button in page.locator(".verdicts button").all():
        expect(button).to_be_in_viewport()
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(open_page: Opened, scheme: str) -> None:
    """Neither with the gold form open nor at the end of the queue."""
    page = reviewing(open_page, color_scheme=scheme)
    page.keyboard.press("g")
    for path in ("", "?source=run"):
        if path:
            page.locator("select[name=source]").select_option("run")
            page.locator(".nothing").wait_for()
        found = Axe().run(page).response["violations"]
        assert [
            (one["id"], [node["html"][:120] for node in one["nodes"]])
            for one in found
            if one["impact"] in {"serious", "critical"}
        ] == []
