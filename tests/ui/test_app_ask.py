"""The page that answers, in a real browser: evidence first, conversations that are kept, sources at the quote."""

from __future__ import annotations

import os
import re
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect
from running_browser import CHROMIUM
from small_record import HOSTILE, Record
from test_app import BUDGET, ask

from assistant.answer import Evidence
from assistant.assistant import Assistant
from assistant.desk import Desk, open_desk
from assistant.question import Asked
from assistant.reader import Reader, open_reader
from assistant.retrieval import Retrieved
from index.settings import Home
from ui.listening import address
from ui.page_context import PageContext

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists() and os.environ.get("CI") != "true",
    reason=f"{CHROMIUM} is not installed (apt-get install chromium)",
)
CHAIR = "Who chaired the harbour meeting?"
DREDGING = "How much sediment was removed by the dredging of the north channel?"


class HeldReader:
    """The real reader, which begins only when it is let go."""

    def __init__(self) -> None:
        self._reader: Reader = open_reader("", None)
        self.may_read = threading.Event()

    def read(self, asked: Asked, passages: Sequence[Retrieved]) -> list[Evidence]:
        """As the reader, later."""
        assert self.may_read.wait(60)
        return self._reader.read(asked, passages)


@pytest.fixture
def held(record: Record, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[HeldReader, str]]:
    """A reader that waits, and the address of an app that reads with it."""
    from ui.app import launch

    reader = HeldReader()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = Home(tmp_path_factory.mktemp("desk"))
    desk = open_desk(home)
    app = launch(PageContext(Assistant(record.index, reader=reader), home, desk), host="127.0.0.1", port=port)
    yield reader, address("127.0.0.1", port)
    reader.may_read.set()
    app.close(verbose=False)
    desk.close()


def begin(page: Page, question: str) -> None:
    """Ask without waiting for the answer."""
    page.locator(".greeting").wait_for()
    box = page.get_by_role("textbox", name="Question")
    box.fill(question)
    box.press("Enter")


def test_the_evidence_is_there_before_the_answer(browser: Browser, held: tuple[HeldReader, str]) -> None:
    """While the reader has not begun, the passages stand on the page; then the answer takes its place beside them."""
    reader, site = held
    page = browser.new_page()
    page.goto(site)
    begin(page, BUDGET)
    expect(page.locator("#turn-1 .card").first).to_contain_text("harbour budget of 4.2 million euros")
    expect(page.locator("#turn-1 .waiting")).to_contain_text("Reading")
    expect(page.locator("#turn-1 .short")).to_have_count(0)
    reader.may_read.set()
    expect(page.locator("#turn-1 .short")).to_contain_text("4.2 million")
    page.close()


def test_a_question_can_be_stopped(browser: Browser, held: tuple[HeldReader, str]) -> None:
    """Nothing is kept of it, and the next one is answered."""
    reader, site = held
    page = browser.new_page()
    page.goto(site)
    begin(page, BUDGET)
    page.locator("#turn-1 .card").first.wait_for()
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#turn-1 .waiting")).to_have_text("Stopped. Nothing was kept.")
    reader.may_read.set()
    ask(page, CHAIR)
    expect(page.locator("#turn-1 .question")).to_have_text(CHAIR)
    expect(page.locator("#conversations li")).to_have_count(1)
    page.close()


def test_another_conversation_is_not_disturbed_by_an_answer(browser: Browser, held: tuple[HeldReader, str]) -> None:
    """Who opens a new conversation while an answer is made does not get it there."""
    reader, site = held
    page = browser.new_page()
    page.goto(site)
    begin(page, BUDGET)
    page.locator("#turn-1 .card").first.wait_for()
    page.get_by_role("button", name="New conversation", exact=True).click()
    page.locator(".greeting").wait_for()
    reader.may_read.set()
    ask(page, CHAIR)
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator("#turn-1 .question")).to_have_text(CHAIR)
    page.close()


def test_a_conversation_outlives_a_reload(open_page: Callable[..., Page]) -> None:
    """Its address opens it again, with its answers as they were given, and it goes on."""
    page = open_page()
    ask(page, BUDGET)
    expect(page).to_have_url(re.compile(r"/ask\?c=.+"))
    page.reload()
    expect(page.locator("#turn-1 .short")).to_contain_text("4.2 million")
    expect(page.locator("#quote-1-1")).to_contain_text("The council adopted")
    ask(page, "And in 2019?", turn=2)
    expect(page.locator("#turn-2 .read-as")).to_contain_text("budget")


def test_the_browser_goes_back_to_the_conversation_before(open_page: Callable[..., Page]) -> None:
    """As with any page."""
    page = open_page()
    ask(page, BUDGET)
    page.get_by_role("button", name="New conversation", exact=True).click()
    page.locator(".greeting").wait_for()
    page.go_back()
    expect(page.locator("#turn-1 .question")).to_have_text(BUDGET)


def test_conversations_are_found_renamed_and_deleted(open_page: Callable[..., Page]) -> None:
    """All of it from the list at the left."""
    page = open_page()
    ask(page, "When will the new quay open?")
    open_one = page.locator("#conversations li", has=page.locator("[aria-current]"))
    open_one.hover()
    open_one.get_by_role("button", name="Rename").click()
    page.get_by_role("textbox", name="Title of the conversation").fill("Quay matters")
    page.keyboard.press("Enter")
    expect(open_one).to_contain_text("Quay matters")
    page.get_by_role("searchbox", name="Search conversations").fill("quay mat")
    expect(page.locator("#conversations li")).to_have_count(1)
    page.get_by_role("searchbox", name="Search conversations").fill("zebra")
    expect(page.locator("#conversations .none")).to_be_visible()
    page.get_by_role("searchbox", name="Search conversations").fill("")
    open_one.hover()
    open_one.get_by_role("button", name="Delete Quay matters").click()
    expect(page.locator("#conversations")).to_contain_text("Quay matters")  # it asks first
    open_one.get_by_role("button", name="press again").click()
    expect(page.locator("#conversations")).not_to_contain_text("Quay matters")
    expect(page.locator(".greeting")).to_be_visible()


def test_a_question_can_be_edited_and_asked_again(open_page: Callable[..., Page]) -> None:
    """It takes its place, and what came after it goes, here and after a reload."""
    page = open_page()
    ask(page, BUDGET)
    ask(page, "And in 2019?", turn=2)
    page.locator("#turn-1").hover()
    page.locator("#turn-1").get_by_role("button", name="Edit").click()
    page.locator("#turn-1 .inline-form textarea").fill(CHAIR)
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator("#turn-1 .question")).to_have_text(CHAIR)
    page.locator("#turn-1 .tools").wait_for()
    expect(page.locator("#turn-1 .evidence")).to_contain_text("Anna Lindqvist")
    expect(page.locator(".turn")).to_have_count(1)
    page.reload()
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator("#turn-1 .question")).to_have_text(CHAIR)


def test_a_source_opens_at_the_quote(open_page: Callable[..., Page]) -> None:
    """Over the page, with the quote marked and in view; Escape leads back."""
    page = open_page()
    ask(page, BUDGET)
    page.locator(".card .open-source").first.click()
    sheet = page.locator("dialog.source-sheet")
    expect(sheet.locator("h1")).to_have_text("Council adopts the harbour budget")
    expect(sheet.locator("mark")).to_have_text("The council adopted a harbour budget of 4.2 million euros for 2024.")
    expect(sheet.locator("mark")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(page.locator("#turn-1")).to_be_visible()


def test_selected_words_are_found_in_the_evidence(open_page: Callable[..., Page]) -> None:
    """What is selected in the answer is painted where the source says it."""
    page = open_page()
    ask(page, BUDGET)
    page.evaluate("""() => {
        const quoted = document.querySelector("#turn-1 .statements q").firstChild;
        const at = quoted.data.indexOf("4.2 million euros");
        document.getSelection().setBaseAndExtent(quoted, at, quoted, at + "4.2 million euros".length);
    }""")
    page.wait_for_function("CSS.highlights.get('selected-words').size > 0")
    painted = page.evaluate("""() => [...CSS.highlights.get("selected-words")].map((range) => [
        range.toString(), range.startContainer.parentElement.closest(".evidence mark") !== null])""")
    assert painted == [["4.2 million euros", True]]


def test_every_question_that_is_offered_is_answered(open_page: Callable[..., Page]) -> None:
    """Both for an empty conversation and after an answer; the one that is pressed is asked."""
    page = open_page()
    first = page.locator(".greeting .suggestion").first
    first.wait_for()
    question = first.inner_text()
    first.click()
    page.locator("#turn-1 .tools").wait_for()
    expect(page.locator("#turn-1 .question")).to_have_text(question)
    expect(page.locator("#turn-1 .answer.refusal")).to_have_count(0)
    then = page.locator("#next-1 .suggestion").first
    then.wait_for()
    then.click()
    page.locator("#turn-2 .tools").wait_for()
    expect(page.locator("#turn-2 .answer.refusal")).to_have_count(0)


def test_what_is_said_of_an_answer_is_kept(open_page: Callable[..., Page], desk: Desk) -> None:
    """With its reason, for the answer it was said of."""
    page = open_page()
    ask(page, "How much sediment was removed?")
    page.get_by_role("button", name="Not helpful").click()
    page.get_by_role("textbox", name="What is wrong with it?").fill("tonnes of what?")
    page.keyboard.press("Enter")
    expect(page.locator("#turn-1 .told")).to_have_text("Thank you, it is noted.")
    said = desk.feedback.latest(helpful=False)[0]
    assert said.reason == "tonnes of what?"
    assert desk.answers.get(said.answer_id).answer.question == "How much sediment was removed?"
    page.reload()
    expect(page.get_by_role("button", name="Not helpful")).to_have_attribute("aria-pressed", "true")


def test_an_answer_is_copied_with_its_sources(open_page: Callable[..., Page]) -> None:
    """The clipboard holds the statement, the quote, the title and the date."""
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, BUDGET)
    page.get_by_role("button", name="Copy").click()
    expect(page.locator("#turn-1 .told")).to_contain_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    for words in (BUDGET, "4.2 million euros for 2024. [1]", "Council adopts the harbour budget", "13 May 2024"):
        assert words in copied


@pytest.mark.parametrize(("name", "begins"), [("Word", b"PK"), ("Markdown", b"#"), ("CSV", b""), ("JSON", b"{")])
def test_a_conversation_can_be_taken_away(open_page: Callable[..., Page], name: str, begins: bytes) -> None:
    """As a file that holds the quote."""
    page = open_page()
    ask(page, BUDGET)
    with page.expect_download() as loading:
        page.locator(".take-away").get_by_role("link", name=name).click()
    content = loading.value.path().read_bytes()
    assert content.startswith(begins)
    assert loading.value.suggested_filename.startswith("how-much-is-the-harbour-budget-for-2024")
    if name != "Word":
        assert b"The council adopted a harbour budget of 4.2 million euros" in content


def test_a_turn_of_a_call_names_speaker_and_time(open_page: Callable[..., Page]) -> None:
    """On the card, and in the source each line has its time."""
    page = open_page()
    ask(page, DREDGING)
    expect(page.locator("#turn-1 .card .facts").first).to_contain_text("Harbour master at 0:01:05")
    page.locator(".card .open-source").first.click()
    spoken = page.locator("dialog p[data-time='0:01:05']")
    expect(spoken.locator("b")).to_contain_text("Harbour master")
    expect(spoken.locator("mark")).to_contain_text("18,500 tonnes")


def test_a_question_in_the_address_waits_in_the_box(open_page: Callable[..., Page]) -> None:
    """A link may bring a question; it is not asked before the user does."""
    page = open_page("/ask?q=Who+chaired%3F")
    expect(page.get_by_role("textbox", name="Question")).to_have_value("Who chaired?")
    expect(page.locator(".turn")).to_have_count(0)


def test_a_conversation_that_is_not_there_is_told(open_page: Callable[..., Page]) -> None:
    """A guessed address opens nothing."""
    page = open_page("/ask?c=guessed")
    expect(page.locator(".problem")).to_contain_text("not among yours")


def test_the_phone_has_the_conversations_in_a_drawer(open_page: Callable[..., Page]) -> None:
    """Out of the way until it is asked for, and again after a choice."""
    page = open_page(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    ask(page, BUDGET)
    drawer = page.locator("#conversations")
    expect(drawer).to_be_hidden()
    page.locator(".drawer-opener").click()
    expect(drawer).to_be_visible()
    page.get_by_role("button", name="New conversation", exact=True).click()
    expect(page.locator(".greeting")).to_be_visible()
    expect(drawer).to_be_hidden()


def test_a_hostile_document_opens_as_text(open_page: Callable[..., Page], record: Record) -> None:
    """In the source too: nothing of it is obeyed or fetched, and it reads as it is written."""
    hostile = record.index.document_named("hostile.txt")
    page = open_page(f"/source/{hostile.id}?start=0&end=10")
    shown = page.locator("main").inner_text()
    for text in ('<img src=x onerror="window.hacked=1">', "${window.hacked=2}", "{{value}}", "</script><script>"):
        assert text in shown
        assert text in HOSTILE
    assert "\u202e" not in shown
    assert page.locator("main img, main script").count() == 0
    assert page.evaluate("window.hacked") is None


def test_a_source_is_found_by_its_id_only(site: str) -> None:
    """Neither a path nor a name of a file opens anything."""
    for place in ("budget.txt", "..%2F..%2Fetc%2Fpasswd", "%2Fetc%2Fpasswd"):
        with pytest.raises(OSError, match="404"):
            urlopen(f"{site}source/{place}")


@pytest.mark.parametrize("place", ["?start=-5&end=10", "?start=5&end=99999999", "?start=x&end=y", "?start=9&end=2"])
def test_a_place_that_is_not_in_the_source_marks_nothing(site: str, record: Record, place: str) -> None:
    """Offsets come from the browser and are not trusted."""
    document = record.index.document_named("budget.txt")
    with urlopen(f"{site}source/{document.id}{place}") as answer:
        shown = answer.read().decode()
    assert "<mark" not in shown
    assert "The place asked for is not in this document" in shown
