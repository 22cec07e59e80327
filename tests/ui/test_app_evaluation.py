"""The Evaluation page in a real browser: run in the background, read a run, compare two, and decide."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from evaluation_gold import GOLD, MANY, lines
from playwright.sync_api import Browser, Page, expect
from running_browser import CHROMIUM
from served import free_port
from small_record import HOSTILE, REPORT

from assistant.assistant import Assistant
from assistant.desk import open_desk
from corpus.errors import RapporteurError
from evals.batch import Batch, Wish, own_suite
from evals.case import Score
from evals.own_gold import find_gold, keep_gold
from evals.run import save_run
from index.ingest import ingest
from index.settings import Home, IndexSettings
from index.store import open_index
from ui.listening import address
from ui.page_context import PageContext

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists() and os.environ.get("CI") != "true",
    reason=f"{CHROMIUM} is not installed (apt-get install chromium)",
)
Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with an index of two documents, a gold file of four questions and one of 400."""
    folder = tmp_path_factory.mktemp("evaluation")
    (folder / "files").mkdir()
    (folder / "files" / "budget.txt").write_text(REPORT, encoding="utf-8")
    (folder / "files" / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    made = Home(folder / "home")
    index = open_index(made, IndexSettings(), create=True)
    assert not ingest([folder / "files"], index).failed
    index.close()
    keep_gold(made, "harbour.jsonl", lines(*GOLD))
    keep_gold(made, "many.jsonl", MANY)
    return made


@pytest.fixture(scope="module")
def runs(home: Home) -> tuple[str, str]:
    """The names of two runs of the four questions: one, and a later one that lost the budget."""
    batch = Batch(
        [Wish(own_suite(find_gold(home, "harbour"), None))],
        ["ours"],
        home.runs_folder,
        index=open_index(home, IndexSettings()),
    )
    before = batch.ask(batch.wishes[0]).runs[0].kept
    batch.close_finished()
    results = list(before.run.results)
    lost = Score(0.0, "", "made wrong for the test")
    results[0] = replace(results[0], scores={**results[0].scores, "handled": lost, "right_and_cited": lost})
    after = replace(before.run, made_at="2027-01-02T03:04:05+00:00", results=tuple(results))
    return before.name, save_run(after, home.runs_folder).stem


@pytest.fixture(scope="module")
def site(home: Home, runs: tuple[str, str]) -> Iterator[str]:
    """The app over this home."""
    from ui.app import launch

    desk, port = open_desk(home), free_port()
    context = PageContext(Assistant(open_index(home, IndexSettings())), home, desk)
    app = launch(context, host="127.0.0.1", port=port)
    yield address("127.0.0.1", port)
    app.close(verbose=False)
    desk.close()


def choose(page: Page, suite: str, system: str = "ours") -> None:
    """Choose a suite and one system."""
    page.locator(f"input[name=suite][value='own:{suite}']").check()
    if system != "ours":
        page.locator("input[name=system][value=ours]").uncheck()
        page.get_by_text("stages and plain search").click()
        page.locator(f"input[name=system][value='{system}']").check()


def run(page: Page) -> None:
    page.get_by_role("button", name="Run", exact=True).click()


# To run


def test_a_suite_is_run_and_its_run_stands_in_the_list(open_page: Opened) -> None:
    """From the choice to the number, without leaving the page."""
    page = open_page("/evaluation")
    choose(page, "harbour", "bm25")
    run(page)
    expect(page.locator(".job.finished")).to_be_visible(timeout=120_000)
    page.locator(".job.finished").get_by_role("link").click()
    expect(page.locator("h1")).to_have_text("harbour, bm25")
    expect(page.locator(".lead")).to_contain_text("questions went right: 100.0 %")
    page.go_back()
    expect(page.locator(".runs").first.get_by_role("link", name="harbour, bm25")).to_be_visible()


def test_a_run_outlives_the_tab_is_cancelled_and_goes_on(open_page: Opened, browser: Browser, site: str) -> None:
    """Closed in the middle, it is found again further on; what was asked is not asked again."""
    first = open_page("/evaluation")
    choose(first, "many")
    run(first)
    expect(first.locator(".job.running")).to_contain_text("of 400 questions", timeout=120_000)
    first.close()
    page = open_page("/evaluation")
    expect(page.locator(".job.running progress")).to_have_attribute("max", "400")
    page.get_by_role("button", name="Cancel: many").click()
    cancelled = page.locator(".job.cancelled", has_text="many")
    expect(cancelled).to_contain_text("of 400 questions", timeout=60_000)
    asked = int(cancelled.locator("p").inner_text().split(" of ")[0])
    assert asked > 0
    page.get_by_role("button", name="Go on: many").click()
    page.wait_for_function(
        "asked => Number(document.querySelector('.job.running progress')?.value) > asked", arg=asked, timeout=120_000
    )
    page.get_by_role("button", name="Cancel: many").click()
    cancelled.get_by_role("button", name="Take off the list").click(timeout=60_000)
    expect(cancelled).to_have_count(0)


def test_nothing_chosen_is_told(open_page: Opened) -> None:
    """The evaluator is told what to do, and nothing is run."""
    page = open_page("/evaluation")
    page.locator("input[name=system][value=ours]").uncheck()
    run(page)
    expect(page.get_by_role("alert")).to_contain_text("Choose at least one system")


def test_own_questions_are_added(open_page: Opened, home: Home) -> None:
    """They are kept in the home, and chosen."""
    page = open_page("/evaluation")
    upload = page.get_by_label("Add your own questions")
    upload.set_input_files({"name": "mine.jsonl", "mimeType": "text/plain", "buffer": lines(GOLD[0])})
    expect(page.locator(".told")).to_contain_text("mine.jsonl is kept: 1 question.")
    expect(page.locator("input[name=suite][value='own:mine']")).to_be_checked()
    assert find_gold(home, "mine").read_bytes() == lines(GOLD[0])


def test_quotes_that_the_record_does_not_hold_are_told_at_once(open_page: Opened) -> None:
    """Before anything is run: the evaluator can mend the file."""
    page = open_page("/evaluation")
    gone = {
        **GOLD[0],
        "id": "gone",
        "evidence": [{"document": "budget.txt", "quote": "Never written, 4.2 million euros"}],
    }
    upload = page.get_by_label("Add your own questions")
    upload.set_input_files({"name": "gone.jsonl", "mimeType": "text/plain", "buffer": lines(GOLD[0], gone)})
    expect(page.locator(".told")).to_contain_text("The words that 1 of them quote are not in the documents: gone.")


@pytest.mark.parametrize(
    ("content", "told"), [(b'{"id": "q1"}\n', "faulty.jsonl:1"), (b"\xff\xfe\x00", "faulty.jsonl is not UTF-8")]
)
def test_a_faulty_file_is_told_by_its_line(open_page: Opened, home: Home, content: bytes, told: str) -> None:
    """Nothing of it is kept, and no path of the server is shown."""
    page = open_page("/evaluation")
    upload = page.get_by_label("Add your own questions")
    upload.set_input_files({"name": "faulty.jsonl", "mimeType": "text/plain", "buffer": content})
    expect(page.get_by_role("alert")).to_contain_text(told)
    assert "/tmp" not in page.locator("#evaluation").inner_text()
    assert not (home.gold_folder / "faulty.jsonl").exists()


# A run


def test_a_run_is_told_in_words_then_in_numbers_then_by_question(open_page: Opened, runs: tuple[str, str]) -> None:
    """What went wrong stands first, and a chip shows it alone."""
    page = open_page(f"/evaluation?run={runs[0]}")
    expect(page.locator(".lead")).to_contain_text("2 of 4 questions went right: 50.0 %")
    expect(page.locator(".tile").first).to_contain_text("2/4")
    expect(page.locator(".questions li").first).to_contain_text("✗ wrong")
    page.locator(".chip", has_text="right").click()
    expect(page.locator(".questions li")).to_have_count(2)
    assert page.url.endswith("&outcome=right")
    page.go_back()
    expect(page.locator(".questions li")).to_have_count(4)


def test_charts_are_drawn_when_they_are_opened(open_page: Opened, runs: tuple[str, str]) -> None:
    """And not before."""
    page = open_page(f"/evaluation?run={runs[0]}")
    expect(page.locator(".lead")).to_contain_text("questions went right")
    assert page.locator("figure svg").count() == 0
    page.get_by_text("Charts", exact=True).click()
    expect(page.locator("figure svg").first).to_be_visible()


def test_a_question_shows_expected_given_ranked_and_why(open_page: Opened, runs: tuple[str, str]) -> None:
    """In which step it was lost, with the evidence marked in the passage that holds it."""
    page = open_page(f"/evaluation?run={runs[0]}&question=mayor")
    expect(page.locator(".expected .said")).to_have_text("=Bjørn Nilsen")
    expect(page.locator(".verdict")).to_contain_text("✗ wrong")
    expect(page.locator(".step")).to_contain_text("Lost after the search: the passage at rank 1")
    expect(page.locator(".quotes")).to_contain_text("Mayor Anna Lindqvist chaired the meeting.")
    page.locator(".ranked summary .clip").first.click()
    expect(page.locator(".ranked mark").first).to_have_text("Mayor Anna Lindqvist chaired the meeting.")
    page.locator(".ranked cite a").first.click()
    expect(page.locator("article.document mark", has_text="Mayor Anna Lindqvist")).to_be_visible()


def test_questions_are_walked_through(open_page: Opened, runs: tuple[str, str]) -> None:
    """From the list to one, to the next, and back to the list."""
    page = open_page(f"/evaluation?run={runs[0]}&outcome=wrong")
    page.locator(".questions a").first.click()
    expect(page.locator(".pages")).to_contain_text("1 of 2")
    page.get_by_role("link", name="next →").click()
    expect(page.locator(".pages")).to_contain_text("2 of 2")
    page.get_by_role("link", name="the run").click()
    expect(page.locator(".questions li")).to_have_count(2)


# Two runs


def test_a_comparison_says_the_verdict_first(open_page: Opened, runs: tuple[str, str]) -> None:
    """Then what the gate says, the numbers, and the questions that changed, side by side."""
    page = open_page(f"/evaluation?run={runs[1]}")
    page.get_by_label("Compare with").select_option(f"{runs[0]},{runs[1]}")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("h1")).to_have_text("It cannot be told which is better")
    assert page.url.endswith(f"/evaluation?compare={runs[0]},{runs[1]}")
    expect(page.locator(".decision")).to_contain_text("falls from 50.0 % to 25.0 %")
    expect(page.locator(".gate h2")).to_have_text("May it take the place of the earlier one? Yes.")
    expect(page.locator(".lost .questions li")).to_have_count(1)
    page.locator(".lost .questions a").click()
    expect(page.locator(".side")).to_have_count(2)
    expect(page.locator(".side").nth(0).locator(".verdict")).to_contain_text("✓ right")
    expect(page.locator(".side").nth(1).locator(".verdict")).to_contain_text("made wrong for the test")


def test_the_gate_fails_any_drop_where_that_is_wanted(open_page: Opened, runs: tuple[str, str]) -> None:
    """With the cause, and the question that was lost."""
    page = open_page(f"/evaluation?compare={runs[0]},{runs[1]}")
    page.get_by_role("link", name="also any drop at all").click()
    expect(page.locator(".gate.failed h2")).to_have_text("May it take the place of the earlier one? No.")
    expect(page.locator(".gate")).to_contain_text("lost budget")


def test_the_later_run_may_be_better(open_page: Opened, runs: tuple[str, str]) -> None:
    """The two swapped: what was lost is won."""
    page = open_page(f"/evaluation?compare={runs[0]},{runs[1]}")
    page.get_by_role("link", name="Swap the two").click()
    expect(page.locator(".won .questions li")).to_have_count(1)
    expect(page.locator(".lost")).to_have_count(0)


# What is hostile, and who may


def test_hostile_text_is_text(open_page: Opened, runs: tuple[str, str]) -> None:
    """In questions, ids, expected answers and passages, on every view."""
    for path in ("", "&question=%3Cb%3Elamps%3C/b%3E"):
        page = open_page(f"/evaluation?run={runs[0]}{path}")
        expect(page.locator("#evaluation")).to_contain_text('<img src=x onerror="window.hacked=1"> ${window.hacked=2}')
        assert page.locator("#evaluation img, #evaluation script").count() == 0
        assert "\u202e" not in page.locator("#evaluation").inner_text()
        assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize(
    "query",
    [
        "run=../../etc/passwd",
        "run=%3Cimg%20src=x%20onerror=alert(1)%3E",
        "compare=no,such",
        "compare=baseline-ask,baseline-figures",
        "run=baseline-ask&question=nope",
    ],
)
def test_what_there_is_not_is_told(open_page: Opened, query: str) -> None:
    """A name is looked up and never opened; the way back is shown."""
    page = open_page(f"/evaluation?{query}")
    expect(page.get_by_role("alert")).not_to_be_empty()
    page.get_by_role("link", name="All runs").click()
    expect(page.locator("h1")).to_have_text("Evaluation")


@pytest.mark.parametrize("path", ["run/..%2Fdesk.json", "run/nope.json", "run/baseline-ask.sqlite", "comparison.json"])
def test_no_other_file_is_given_out(site: str, path: str) -> None:
    """Only kept runs, in three forms."""
    with pytest.raises(HTTPError) as refused:
        urlopen(f"{site}evaluation/{path}")
    assert refused.value.code == 404


def test_a_run_is_downloaded_as_json_csv_and_page(site: str, home: Home, runs: tuple[str, str]) -> None:
    """The very file; a table without formulas; a report that holds all of it."""
    given = {ending: urlopen(f"{site}evaluation/run/{runs[0]}.{ending}") for ending in ("json", "csv", "html")}
    assert all("attachment" in answer.headers["Content-Disposition"] for answer in given.values())
    text = {ending: answer.read() for ending, answer in given.items()}
    assert text["json"] == (home.runs_folder / f"{runs[0]}.json").read_bytes()
    table = list(csv.DictReader(io.StringIO(text["csv"].decode("utf-8-sig"))))
    assert [row["id"] for row in table] == [question["id"] for question in GOLD]
    assert table[1]["expected"] == "'=Bjørn Nilsen"
    assert b"<!doctype html>" in text["html"].lower()


def test_a_comparison_is_downloaded(site: str, runs: tuple[str, str]) -> None:
    """The verdict as JSON, the changed questions as a table."""
    query = f"?compare={runs[0]},{runs[1]}"
    compared = json.loads(urlopen(f"{site}evaluation/comparison.json{query}").read())
    assert compared["verdict"] == "cannot tell"
    table = urlopen(f"{site}evaluation/comparison.csv{query}").read().decode("utf-8-sig")
    assert [row["outcome"] for row in csv.DictReader(io.StringIO(table))] == ["lost"]


def test_who_may_not_sees_nothing_and_runs_nothing(home: Home, runs: tuple[str, str], browser: Browser) -> None:
    """Neither on the page nor by a direct request."""
    from ui.app import launch

    def nobody(request: object) -> str:
        raise RapporteurError("Sign in first.")

    desk, port = open_desk(home), free_port()
    context = PageContext(Assistant(open_index(home, IndexSettings())), home, desk, current_user=nobody)
    app = launch(context, host="127.0.0.1", port=port)
    page = browser.new_page()
    try:
        page.goto(f"{address('127.0.0.1', port)}evaluation?run={runs[0]}")
        expect(page.get_by_role("alert")).to_contain_text("Sign in first.")
        assert "harbour" not in page.locator("#evaluation").inner_text()
        with pytest.raises(HTTPError) as refused:
            urlopen(f"{address('127.0.0.1', port)}evaluation/run/{runs[0]}.json")
        assert refused.value.code == 404
    finally:
        page.close()
        app.close(verbose=False)
        desk.close()


# On every screen, for everybody


def views(runs: tuple[str, str]) -> list[str]:
    """The address of each view."""
    pair = f"compare={runs[0]},{runs[1]}"
    return ["", f"?run={runs[0]}", f"?run={runs[0]}&question=mayor", f"?{pair}", f"?{pair}&question=budget"]


def test_it_fits_a_phone(open_page: Opened, runs: tuple[str, str]) -> None:
    """390 pixels: nothing is cut at the side on any view."""
    for view in views(runs):
        path = f"/evaluation{view}"
        page = open_page(path, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
        expect(page.locator("#evaluation h1")).to_be_visible()
        expect(page.locator("#evaluation")).not_to_contain_text("Reading the runs")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, view


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(open_page: Opened, runs: tuple[str, str], scheme: str) -> None:
    """On any view, light and dark."""
    for view in views(runs):
        page = open_page(f"/evaluation{view}", color_scheme=scheme)
        expect(page.locator("#evaluation")).not_to_contain_text("Reading the runs")
        found = Axe().run(page).response["violations"]
        assert [
            (view, one["id"], [node["html"][:160] for node in one["nodes"]])
            for one in found
            if one["impact"] in {"serious", "critical"}
        ] == []
