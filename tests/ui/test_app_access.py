"""Every page can be used by everybody: no serious or critical fault by axe-core's rules, light and dark."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from running_browser import CHROMIUM
from small_record import Record
from test_app import BUDGET, ask

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists() and os.environ.get("CI") != "true",
    reason=f"{CHROMIUM} is not installed (apt-get install chromium)",
)
GRAVE = ("serious", "critical")


def faults(page: Page) -> list[str]:
    """The grave faults of what the page shows now, with the parts that have them."""
    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {[node['html'][:160] for node in fault['nodes'][:3]]}"
        for fault in found
        if fault["impact"] in GRAVE
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_answer_has_no_grave_fault(open_page: Callable[..., Page], scheme: str) -> None:
    """Empty, answered, and with the source open over it."""
    page = open_page(color_scheme=scheme)
    page.locator(".greeting").wait_for()
    assert faults(page) == []
    ask(page, BUDGET)
    assert faults(page) == []
    page.locator(".card .open-source").first.click()
    page.locator("dialog mark").wait_for()
    assert faults(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_refusal_on_a_phone_has_no_grave_fault(open_page: Callable[..., Page], scheme: str) -> None:
    """With the drawer open too."""
    page = open_page(color_scheme=scheme, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    ask(page, "What is the airport budget of Oslo in 1999?")
    assert faults(page) == []
    page.locator(".drawer-opener").click()
    page.locator("#conversations").wait_for()
    assert faults(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_source_has_no_grave_fault(open_page: Callable[..., Page], record: Record, scheme: str) -> None:
    """The page without Gradio."""
    document = record.index.document_named("call.vtt")
    page = open_page(f"/source/{document.id}?start=20&end=40", color_scheme=scheme)
    page.locator("mark").wait_for()
    assert faults(page) == []
