"""The app in a real browser: question, answer, marked evidence, and nothing from elsewhere."""

from __future__ import annotations

import os
from collections.abc import Callable
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect
from running_browser import CHROMIUM
from small_record import Record

from ui.page_greeting import EXAMPLES, examples_for

BUDGET = "How much is the harbour budget for 2024?"

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists() and os.environ.get("CI") != "true",
    reason=f"{CHROMIUM} is not installed (apt-get install chromium)",
)


def ask(page: Page, question: str, turn: int = 1) -> None:
    """Type a question and wait for its answer."""
    box = page.get_by_role("textbox", name="Question")
    box.fill(question)
    box.press("Enter")
    page.locator(f"#turn-{turn} .tools").wait_for()


def test_an_answer_stands_beside_its_marked_passage(open_page: Callable[..., Page]) -> None:
    """The figure, its number, and the quote marked in the text around it."""
    page = open_page()
    ask(page, BUDGET)
    expect(page.locator("#turn-1 .short")).to_contain_text("4.2 million")
    mark = page.locator("#quote-1-1")
    expect(mark).to_be_visible()
    expect(mark).to_contain_text("The council adopted a harbour budget of 4.2 million euros for 2024.")
    card = page.locator(".card", has=mark)
    expect(card).to_contain_text("Council adopts the harbour budget")
    expect(card.locator(".facts")).to_contain_text("held 13 May 2024reported 14 May 2024")
    expect(card.locator("blockquote")).to_contain_text("Mayor Anna Lindqvist")
    expect(page.get_by_role("textbox", name="Question")).to_have_value("")


def test_a_number_leads_to_its_quote_and_back(open_page: Callable[..., Page]) -> None:
    """By keyboard, without leaving the page."""
    page = open_page()
    ask(page, BUDGET)
    before = page.url
    page.locator("#said-1-1").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#quote-1-1")).to_be_focused()
    expect(page.locator("#quote-1-1")).to_be_in_viewport()
    page.locator("#quote-1-1 .number").click()
    expect(page.locator("#said-1-1")).to_be_focused()
    assert page.url == before


def test_a_follow_up_is_read_with_the_questions_before_it(open_page: Callable[..., Page]) -> None:
    """What it was read as is said, and a new conversation forgets it."""
    page = open_page()
    ask(page, BUDGET)
    ask(page, "And in 2019?", turn=2)
    expect(page.locator("#turn-2 .read-as")).to_contain_text("budget")
    page.get_by_role("button", name="New conversation", exact=True).click()
    expect(page.locator(".turn")).to_have_count(0)
    ask(page, "And in 2019?")
    expect(page.locator("#turn-1 .read-as")).to_have_count(0)


def test_a_refusal_is_told_with_what_came_nearest(open_page: Callable[..., Page]) -> None:
    """No figure is shown as an answer."""
    page = open_page()
    ask(page, "What is the airport budget of Oslo in 1999?")
    expect(page.locator("#turn-1 .short")).to_have_text("The record does not say.")
    expect(page.locator("#turn-1 .evidence h3")).to_contain_text("Nearest")


def test_a_hostile_document_is_text(open_page: Callable[..., Page]) -> None:
    """Tags, templates, scripts and direction marks are shown as they are written; none is obeyed."""
    page = open_page()
    questions = ("How many lamps did the lighthouse committee approve?", "What did the lighthouse keeper write?")
    for turn, question in enumerate((*questions, "How was the lighthouse lens made?"), start=1):
        ask(page, question, turn)
    shown = page.locator("#conversation").inner_text()
    for text in ('<img src=x onerror="window.hacked=1">', "${window.hacked=2}", "`${window.hacked=3}`", "{{value}}"):
        assert text in shown
    assert "</script><script>window.hacked=4</script>" in shown
    assert "\u202e" not in shown
    assert page.locator("#conversation img, #conversation script").count() == 0
    assert page.evaluate("window.hacked") is None


def test_a_hostile_question_is_text(open_page: Callable[..., Page]) -> None:
    """The question is repeated on the page and stays a question."""
    page = open_page()
    question = '<img src=x onerror="window.hacked=5"> ${window.hacked=6} {{1}} harbour budget \u202e?'
    ask(page, question)
    expect(page.locator("#turn-1 .question")).to_have_text(question.replace("\u202e", "[U+202E]"))
    assert page.evaluate("window.hacked") is None


def test_two_people_have_a_conversation_each(open_page: Callable[..., Page]) -> None:
    """What one asks, the other does not see."""
    first, second = open_page(), open_page()
    ask(first, BUDGET)
    ask(second, "Who chaired the harbour meeting?")
    expect(second.locator(".turn")).to_have_count(1)
    expect(first.locator("#turn-1 .question")).to_have_text(BUDGET)


def test_it_fits_a_phone(open_page: Callable[..., Page]) -> None:
    """390 pixels: nothing is cut at the side, and the evidence follows the answer."""
    page = open_page(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    ask(page, BUDGET)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    answer, card = page.locator("#turn-1 .answer").bounding_box(), page.locator(".card").first.bounding_box()
    assert answer is not None
    assert card is not None
    assert card["y"] >= answer["y"] + answer["height"]
    expect(page.get_by_role("textbox", name="Question")).to_be_in_viewport()


def test_it_follows_the_system_into_the_dark(open_page: Callable[..., Page]) -> None:
    """Light and dark differ in paper and ink."""
    colours = []
    for scheme in ("light", "dark"):
        page = open_page(color_scheme=scheme)
        expect(page.locator("body.dark")).to_have_count(int(scheme == "dark"))
        colours.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert colours[0] != colours[1]


def test_the_data_folder_is_not_served(site: str, record: Record) -> None:
    """No file of the home can be fetched."""
    with pytest.raises(HTTPError) as refused:
        urlopen(f"{site}gradio_api/file={record.home.index_folder / 'catalog.sqlite'}")
    assert refused.value.code in {403, 404}


def test_a_request_under_another_name_is_refused(site: str) -> None:
    """A page from elsewhere whose name was made to point at this machine reads nothing."""
    with pytest.raises(HTTPError) as refused:
        urlopen(Request(site, headers={"Host": "evil.example"}))
    assert refused.value.code == 400


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost:7860", "[::1]:80"])
def test_a_request_under_a_name_of_this_machine_is_answered(site: str, name: str) -> None:
    """With any port: somebody may have forwarded one."""
    with urlopen(Request(site, headers={"Host": name})) as page:
        assert page.status == 200


def test_examples_are_offered_where_their_document_is() -> None:
    """A record of one's own is not offered questions on the bundled one."""
    question, document = EXAMPLES[0]
    assert question in examples_for([document])
    assert examples_for(["budget.txt"]) == []
