"""Takes the README's pictures of the app over the bundled reports: `make screenshots`.

Each picture is the real page in headless Chromium after a real question.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from running_browser import CHROMIUM, FLAGS
from test_app import ask

from assistant.assistant import Assistant
from assistant.desk import open_desk
from index.ingest import ingest
from index.settings import Home, IndexSettings
from index.store import open_index
from ui.app import launch
from ui.listening import address
from ui.page_context import PageContext

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "ui" / "screenshots"
DESKTOP, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
SHOTS = {
    "answer": ("What was the online dossier rate in 2024?", DESKTOP, "light"),
    "refusal": ("How many OCOP products did Hai Duong have in 2020?", DESKTOP, "light"),
    "dark": ("What are the 5 focuses?", DESKTOP, "dark"),
    "source": ("Who chaired the Hai Duong bridge point?", DESKTOP, "light"),  # opened at its quote
    "phone": ("How many VNeID accounts have been activated?", PHONE, "light"),
}


def main() -> int:
    """Write the pictures to ui/screenshots; exit code 0."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        home = Home(Path(folder))
        index = open_index(home, IndexSettings(), create=True)
        ingest([ROOT / "corpus" / "reports"], index)
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        plot(home)
        app = launch(PageContext(Assistant(index), home, open_desk(home)), host="127.0.0.1", port=port)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for name in SHOTS:
                take(name, browser, address("127.0.0.1", port))
            browser.close()
        app.close(verbose=False)
    return 0


def plot(home: Home) -> None:
    """The picture of one series over time, by the command that users run."""
    command = [str(ROOT / ".venv" / "bin" / "rapporteur"), "figures", "digital economy share of GDP"]
    picture = PICTURES / "figures.png"
    subprocess.run([*command, "--plot", str(picture), "--home", str(home.folder)], check=True, capture_output=True)


def take(name: str, browser: Browser, site: str) -> None:
    """Ask the question of one picture and photograph the page."""
    question, size, scheme = SHOTS[name]
    page = browser.new_page(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page.goto(site)
    page.get_by_role("textbox", name="Question").wait_for()
    ask(page, question)
    if name == "source":
        page.locator(".card .open-source").first.click()
        page.locator("dialog mark").wait_for()
    else:
        page.locator("#next-1 .suggestion").first.wait_for()
    page.wait_for_timeout(500)  # the page scrolls to the answer
    page.screenshot(path=PICTURES / f"{name}.png")
    page.close()


if __name__ == "__main__":
    sys.exit(main())
