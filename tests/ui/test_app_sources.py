"""The page of sources in a real browser: files are given, reported, found, opened and removed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Locator, Page, expect
from running_browser import CHROMIUM
from served import free_port
from small_record import CALL, HOSTILE, REPORT
from test_app_access import faults

from assistant.assistant import Assistant
from assistant.desk import open_desk
from corpus.reading import FILE_BYTES_MAX
from index.ingest import ingest
from index.settings import Home, IndexSettings
from index.store import open_index
from ui.listening import address
from ui.page_context import PageContext

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists() and os.environ.get("CI") != "true",
    reason=f"{CHROMIUM} is not installed (apt-get install chromium)",
)
MINUTES = "Minutes of the bridge council\n\nPort Newton, 3 May 2024\n\nThe bridge costs {millions} million euros.\n"
HOSTILE_NAME = "<img src=x onerror=window.hacked=5> ${window.hacked=6} `{{7}}`.txt"
Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """The app over a report, a call and a hostile file: its `site`, `home` and the folder of `files`."""
    folder = tmp_path_factory.mktemp("sources")
    files = folder / "files"
    files.mkdir()
    (files / "budget.txt").write_text(REPORT, encoding="utf-8")
    (files / "call.vtt").write_text(CALL, encoding="utf-8")
    (files / HOSTILE_NAME).write_text(HOSTILE, encoding="utf-8")
    home = Home(folder / "home")
    index = open_index(home, IndexSettings(), create=True)
    assert not ingest([files], index).failed
    from ui.app import launch

    port, desk = free_port(), open_desk(home)
    app = launch(PageContext(Assistant(index), home, desk), host="127.0.0.1", port=port)
    yield SimpleNamespace(site=address("127.0.0.1", port), home=home, files=files)
    app.close(verbose=False)
    desk.close()


@pytest.fixture(scope="module")
def site(place: SimpleNamespace) -> str:
    """Where `open_page` opens pages."""
    where: str = place.site
    return where


def give(page: Page, *files: dict[str, object] | Path) -> None:
    """Choose files as a person does."""
    page.locator(".drop").wait_for()
    page.locator(".drop input").set_input_files(list(files))  # type: ignore[arg-type]


def text_file(name: str, text: str) -> dict[str, object]:
    """A file as the browser is given it."""
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


def line(page: Page, name: str) -> Locator:
    """What is told of a file that was given."""
    return page.locator(".given li", has=page.locator(".name", has_text=name))


def row(page: Page, name: str) -> Locator:
    """The document with this file name."""
    return page.locator(".documents tbody tr", has=page.locator(".file", has_text=name))


def test_documents_are_listed_with_what_is_known_of_them(open_page: Opened) -> None:
    """Dates, place, kind, language, counts; the title opens the document."""
    page = open_page("/sources")
    expect(row(page, "budget.txt")).to_contain_text("13 May 2024")
    cells = row(page, "budget.txt").locator("td")
    expect(cells).to_have_text(["article", "13 May 2024", "14 May 2024", "not said", "en", "1", "2", "Remove"])
    expect(row(page, "call.vtt").locator("td").first).to_have_text("transcript")
    page.get_by_role("link", name="Council adopts the harbour budget").click()
    expect(page.locator("article.document h1")).to_have_text("Council adopts the harbour budget")


def test_the_list_is_found_in_and_sorted(open_page: Opened) -> None:
    """By any words of what is known; by any column, both ways."""
    page = open_page("/sources")
    expect(row(page, "budget.txt")).to_be_visible()
    page.get_by_role("button", name="Held").click()
    expect(page.locator("th[aria-sort=descending]")).to_have_text("Held↓")
    expect(page.locator(".documents .file").first).to_have_text("call.vtt")
    page.get_by_role("searchbox", name="Find documents").fill("harbour MAY 2024")
    expect(page.locator(".documents .file")).to_have_text(["budget.txt"])
    page.get_by_role("searchbox", name="Find documents").fill("no such thing")
    expect(page.locator(".empty h2")).to_have_text("Nothing fits")


def test_files_are_given_reported_asked_about_and_removed(open_page: Opened, place: SimpleNamespace) -> None:
    """The whole way: a good file, one that cannot be read, one of a name that is taken; then removing."""
    page = open_page("/sources")
    give(page, text_file("bridge.txt", MINUTES.format(millions="31")), text_file("empty.md", " "))
    expect(line(page, "bridge.txt").locator(".state")).to_have_text("added")
    expect(line(page, "empty.md").locator(".state")).to_have_text("not read")
    expect(line(page, "empty.md").locator(".why")).to_contain_text("The file is empty.")
    expect(row(page, "bridge.txt").locator(".tag")).to_have_text("given here")
    give(page, text_file("bridge.txt", MINUTES.format(millions="33")))
    expect(page.locator(".given li.asks")).to_have_count(1)
    page.get_by_role("button", name="Replace: bridge.txt").click()
    expect(page.locator(".given li.changed .state")).to_have_text("replaced the earlier one")
    assert "33 million" in (place.home.uploads_folder / "bridge.txt").read_text()
    page.get_by_role("button", name="Put away what is done").click()
    expect(page.locator(".given li")).to_have_count(1)
    page.get_by_role("button", name="Put away: empty.md").click()
    expect(page.locator(".given li")).to_have_count(0)

    row(page, "bridge.txt").get_by_role("button").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Remove “Minutes of the bridge council”?")
    expect(dialog).to_contain_text("The file that was given here is deleted too.")
    assert faults(page) == []
    dialog.get_by_role("button", name="Keep it").click()
    expect(dialog).to_be_hidden()
    row(page, "bridge.txt").get_by_role("button").click()
    dialog.get_by_role("button", name="Remove it").click()
    expect(row(page, "bridge.txt")).to_have_count(0)
    assert not (place.home.uploads_folder / "bridge.txt").exists()


def test_reading_goes_on_without_the_page(open_page: Opened) -> None:
    """A file that was sent is read though its page is closed; another page reports it."""
    page = open_page("/sources")
    with page.expect_response("**/sources/upload"):
        give(page, text_file("quay.txt", MINUTES.replace("bridge", "quay").format(millions="8")))
    page.close()
    other = open_page("/sources")
    expect(line(other, "quay.txt").locator(".state")).to_have_text("added")
    expect(row(other, "quay.txt")).to_be_visible()


def test_two_people_give_files_at_once(open_page: Opened) -> None:
    """Both are read, and both see both."""
    first, second = open_page("/sources"), open_page("/sources")
    give(first, text_file("pier.txt", MINUTES.replace("bridge", "pier").format(millions="2")))
    give(second, text_file("mole.txt", MINUTES.replace("bridge", "mole").format(millions="3")))
    for page in (first, second):
        for name in ("pier.txt", "mole.txt"):
            expect(line(page, name).locator(".state")).to_have_text("added")
            expect(row(page, name)).to_be_visible()


def test_a_file_that_is_too_large_is_named_with_the_limit(open_page: Opened, tmp_path: Path) -> None:
    """It is not sent at all."""
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(FILE_BYTES_MAX + 1)
    page = open_page("/sources")
    give(page, large)
    expect(page.locator(".sending li")).to_contain_text("more than the 20 MB that are read at once. Split it")


def test_hostile_names_and_titles_are_text(open_page: Opened, place: SimpleNamespace) -> None:
    """In the list, in the dialog and among files that were given; none is obeyed."""
    page = open_page("/sources")
    expect(row(page, "onerror").locator(".file")).to_have_text(HOSTILE_NAME)
    row(page, "onerror").get_by_role("button").click()
    expect(page.get_by_role("dialog")).to_contain_text(HOSTILE_NAME)
    page.get_by_role("button", name="Keep it").click()
    give(page, text_file("<b>${window.hacked=8}<img src=x onerror=window.hacked=9>.md", HOSTILE + "More.\n"))
    expect(line(page, "hacked=8").locator(".state")).to_have_text("added")
    page.get_by_role("searchbox", name="Find documents").fill("<img src=x onerror=window.hacked=1> ${window.hacked=2}")
    expect(page.locator(".empty p")).to_contain_text("<img src=x onerror=window.hacked=1> ${window.hacked=2}")
    assert page.locator("#sources img, #sources script, #sources b").count() == 0
    assert page.evaluate("window.hacked") is None


def test_what_was_given_is_not_served(open_page: Opened, place: SimpleNamespace) -> None:
    """Neither by Gradio's file routes nor at an address of ours."""
    page = open_page("/sources")
    give(page, text_file("secret.txt", MINUTES.replace("bridge", "vault").format(millions="1")))
    expect(line(page, "secret.txt").locator(".state")).to_have_text("added")
    kept = place.home.uploads_folder / "secret.txt"
    assert kept.exists()
    for path in (f"gradio_api/file={kept}", "uploads/secret.txt", "sources/secret.txt"):
        with pytest.raises(HTTPError) as refused:
            urlopen(f"{place.site}{path}")
        assert refused.value.code in {403, 404}


def test_a_file_that_is_gone_or_changed_is_told(open_page: Opened, place: SimpleNamespace) -> None:
    """The document stays as it was read."""
    (place.files / "call.vtt").write_text(CALL + "\n4\n00:02:00.000 --> 00:02:05.000\n<v Chair>Bye.\n")
    (place.files / "budget.txt").rename(place.files / "moved.txt")
    page = open_page("/sources")
    expect(row(page, "call.vtt").locator(".warning")).to_contain_text("has changed since it was read")
    expect(row(page, "budget.txt").locator(".warning")).to_contain_text("its file is gone")
    (place.files / "moved.txt").rename(place.files / "budget.txt")


def test_it_fits_a_phone(open_page: Opened) -> None:
    """390 pixels: nothing is cut at the side."""
    page = open_page("/sources", viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    expect(row(page, "budget.txt")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_grave_fault(open_page: Opened, scheme: str) -> None:
    """By axe-core's rules: the list, and what is told of files that were given."""
    page = open_page("/sources", color_scheme=scheme)
    expect(row(page, "budget.txt")).to_be_visible()
    give(page, text_file("scan.txt", "\x00\x01" * 90))
    expect(page.locator(".given li.failed").first).to_be_visible()
    assert faults(page) == []
