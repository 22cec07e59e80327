"""The page of figures in a real browser: found, drawn, opened at its sentence, taken away as a table."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterator
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect
from running_browser import CHROMIUM
from served import free_port
from test_app_access import faults

from assistant.assistant import Assistant
from assistant.desk import open_desk
from index.ingest import ingest
from index.settings import Home, IndexSettings
from index.store import open_index
from ui.listening import address
from ui.page_context import PageContext

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists() and os.environ.get("CI") != "true",
    reason=f"{CHROMIUM} is not installed (apt-get install chromium)",
)
FERRIES = """Ferry report of the harbour council

Port Newton, 14 May 2025

The share of electric ferries was 12% in 2021 and 18.5% in 2022.

The share of electric ferries reached 31% in 2023. For 2024 the share of electric ferries is estimated at 35%.

The target for the share of electric ferries is 60% in 2030.

The share of electric ferries rose by 6.5 percentage points in 2022.
"""
OSLO = """Harbour briefing

Oslo, 2 June 2025

The share of electric ferries in Oslo was 55% in 2023, the briefing said.
"""
HOSTILE = """Hostile lamp report

Port Newton, 3 May 2024

The rate of <img src=x onerror="window.hacked=1"> ${window.hacked=2} `${window.hacked=3}` lamps was 45% in 2023.

The rate of </script><script>window.hacked=4</script> bulbs was 70% in 2022 and 75% in 2023.
"""
FILES = {"ferries.txt": FERRIES, "oslo.txt": OSLO, "<img src=x onerror=window.hacked=5>.txt": HOSTILE}
SERIES = "/figures?indicator=Share of electric ferries"
Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app over a record with one series, the same thing at another place, and hostile names."""
    folder = tmp_path_factory.mktemp("figures")
    files = folder / "files"
    files.mkdir()
    for name, text in FILES.items():
        (files / name).write_text(text, encoding="utf-8")
    home = Home(folder / "home")
    index = open_index(home, IndexSettings(), create=True)
    assert not ingest([files], index).failed
    from ui.app import launch

    port, desk = free_port(), open_desk(home)
    app = launch(PageContext(Assistant(index), home, desk), host="127.0.0.1", port=port)
    yield address("127.0.0.1", port)
    app.close(verbose=False)
    desk.close()


def series(page: Page, name: str = "Share of electric ferries") -> None:
    """Wait until the series is shown."""
    expect(page.get_by_role("heading", level=2)).to_have_text(name)


def test_a_deep_link_shows_the_series_with_kinds_told_apart(open_page: Opened) -> None:
    """Every level with a period is a mark of its kind; the change is left out, and that is said."""
    page = open_page(SERIES)
    series(page)
    expect(page.locator(".wide .point")).to_have_count(6)
    expect(page.locator(".wide .point.actual")).to_have_count(4)
    expect(page.locator(".wide .point.estimate")).to_have_count(1)
    expect(page.locator(".wide .point.target")).to_have_count(1)
    expect(page.locator(".legend")).to_have_text("place not saidOsloactualestimatetarget")
    expect(page.locator(".left-out")).to_contain_text("1 reading not drawn: a change, not a level.")
    expect(page.locator(".readings tbody tr")).to_have_count(7)
    expect(page).to_have_title("Share of electric ferries · Figures · Rapporteur")


def test_a_mark_is_told_about_and_opens_its_sentence_by_keyboard(open_page: Opened) -> None:
    """Focus shows the value, the quote and the source; Escape puts that away; Enter leads to the marked sentence."""
    page = open_page(SERIES)
    series(page)
    point = page.get_by_role("link", name="31%, 2023, place not said, actual, in ferries.txt")
    point.focus()
    tip = page.locator(".tip.told")
    expect(tip).to_contain_text("31%")
    expect(tip).to_contain_text("The share of electric ferries reached 31% in 2023.")
    expect(page.locator(".readings tr.told")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(tip).to_have_count(0)
    point.press("Enter")
    expect(page.locator("article.document mark")).to_have_text("The share of electric ferries reached 31% in 2023.")
    page.go_back()
    series(page)


def test_it_is_found_by_the_words_of_a_person_and_the_address_follows(open_page: Opened) -> None:
    """Typing narrows the list, Enter asks the record, back leads back."""
    page = open_page("/figures")
    box = page.get_by_role("searchbox", name="What is measured")
    box.fill("FERRIES")
    expect(page.locator(".indicators li:visible")).to_have_count(1)
    box.fill("electric ferry share")
    box.press("Enter")
    series(page)
    assert page.url.endswith("/figures?indicator=electric%20ferry%20share")
    page.go_back()
    expect(page.locator(".overview h2")).to_contain_text("things measured")


def test_a_series_is_limited_to_a_place_and_a_kind(open_page: Opened) -> None:
    """The limits are links, and stand in the address."""
    page = open_page(SERIES)
    series(page)
    page.locator(".filter").get_by_role("link", name="Oslo").click()
    expect(page.locator(".readings tbody tr")).to_have_count(1)
    assert "scope=Oslo" in page.url
    page.locator(".filter").get_by_role("link", name="all").first.click()
    page.locator(".filter").get_by_role("link", name="target").click()
    expect(page.locator(".readings .figure")).to_have_text(["60%"])


def test_targets_stand_against_what_was_reached(open_page: Opened) -> None:
    """The last result before the target's time, named as such, of the same place."""
    page = open_page(SERIES)
    series(page)
    cells = page.locator(".attained tbody tr").first.locator("th, td")
    expect(cells).to_have_text(["60%", "2030", "35% estimate", "2024 the last before", "below the target"])


def test_a_figure_that_the_record_does_not_have_is_refused(open_page: Opened) -> None:
    """With what comes nearest."""
    page = open_page("/figures?indicator=airport passengers of ferries")
    expect(page.get_by_role("heading", level=2)).to_have_text("The record does not say.")
    expect(page.locator(".cards")).to_contain_text("Share of electric ferries")


def test_the_table_is_taken_away_as_csv(site: str) -> None:
    """The rows of the series, with their quotes."""
    with urlopen(f"{site}figures/table.csv?indicator={quote('Share of electric ferries')}&kind=actual") as answer:
        assert answer.headers["Content-Disposition"] == 'attachment; filename="share-of-electric-ferries.csv"'
        rows = list(csv.DictReader(io.StringIO(answer.read().decode())))
    assert sorted(row["text"] for row in rows) == ["12%", "18.5%", "31%", "55%"]
    assert {row["series"] for row in rows} == {"Share of electric ferries"}
    assert all(row["text"] in row["quote"] for row in rows)


def test_hostile_names_are_text(open_page: Opened) -> None:
    """Tags, templates and scripts in what is measured and in file names are shown as written; none is obeyed."""
    page = open_page("/figures")
    page.locator(".indicators li a", has_text="bulbs").click()
    series(page, "Rate of </script><script>window.hacked=4</script> bulbs")
    page.locator(".wide .point").first.focus()
    expect(page.locator(".tip.told")).to_contain_text("<img src=x onerror=window.hacked=5>.txt")
    page.locator(".indicators li a", has_text="lamps").click()
    expect(page.locator(".readings q")).to_have_count(1)
    expect(page.locator(".readings q")).to_contain_text("${window.hacked=2} `${window.hacked=3}` lamps")
    page.get_by_role("searchbox").fill('<img src=x onerror="window.hacked=6"> ${window.hacked=7}')
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**onerror**")
    assert page.locator("#figures img, #figures script").count() == 0
    assert page.evaluate("window.hacked") is None


def test_it_fits_a_phone(open_page: Opened) -> None:
    """390 pixels: nothing is cut at the side, and the drawing is one made for it."""
    page = open_page(SERIES, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    series(page)
    expect(page.locator(".narrow .point").first).to_be_visible()
    expect(page.locator(".wide .point").first).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_grave_fault(open_page: Opened, scheme: str) -> None:
    """By axe-core's rules: the overview, a series with a mark told about, a refusal."""
    page = open_page("/figures", color_scheme=scheme)
    expect(page.locator(".overview")).to_be_visible()
    assert faults(page) == []
    page.locator(".overview .cards a").first.click()
    page.locator(".wide .point").first.focus()
    assert faults(page) == []
    page.goto(page.url.partition("?")[0] + "?indicator=airport%20passengers")
    expect(page.get_by_role("heading", level=2)).to_have_text("The record does not say.")
    assert faults(page) == []
