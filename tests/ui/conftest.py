"""A small record with a report, a transcript and a hostile text, indexed once for all tests of ui/."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright
from running_browser import CHROMIUM, FLAGS
from small_record import CALL, HOSTILE, REPORT, Finished, Record

from assistant.assistant import Assistant
from assistant.desk import Desk, open_desk
from index.ingest import ingest
from index.settings import Home, IndexSettings
from index.store import open_index
from ui.cli import main
from ui.listening import address
from ui.page_context import PageContext


@pytest.fixture(scope="session")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """The three files in an index with the real model."""
    folder = tmp_path_factory.mktemp("record")
    files = folder / "files"
    files.mkdir()
    (files / "budget.txt").write_text(REPORT, encoding="utf-8")
    (files / "call.vtt").write_text(CALL, encoding="utf-8")
    (files / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    home = Home(folder / "home")
    index = open_index(home, IndexSettings(), create=True)
    report = ingest([files], index)
    assert not report.failed
    return Record(home, files, index)


@pytest.fixture(scope="session")
def assistant(record: Record) -> Assistant:
    """An assistant over the record."""
    return Assistant(record.index)


@pytest.fixture
def rapporteur(
    record: Record, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Finished]:
    """Run the command line in this process, in the record's home."""
    monkeypatch.setenv("RAPPORTEUR_HOME", str(record.home.folder))

    def run(*arguments: object) -> Finished:
        monkeypatch.setattr(sys, "argv", ["rapporteur", *map(str, arguments)])
        code = 0
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        written = capsys.readouterr()
        return Finished(code, written.out, written.err)

    return run


@pytest.fixture(scope="session")
def desk(record: Record) -> Iterator[Desk]:
    """The desk of the record's home."""
    opened = open_desk(record.home)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def site(assistant: Assistant, record: Record, desk: Desk) -> Iterator[str]:
    """The address of the app over the small record."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    from ui.app import launch

    app = launch(PageContext(assistant, record.home, desk), host="127.0.0.1", port=port)
    yield address("127.0.0.1", port)
    app.close(verbose=False)


expect.set_options(timeout=30_000)  # a machine that is busy with other tests is slow, not wrong


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


def is_fault(message: ConsoleMessage) -> bool:
    """Whether the page found an error; that Gradio's requests end when a page is left is none."""
    left = any(words in message.text for words in ("AbortError", "Connection errored out"))
    return message.type == "error" and not left


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Open a page of the app; at the end, fail when the page asked another machine for anything or found a fault."""
    asked_for: list[str] = []
    faults: list[str] = []
    contexts = []

    def opened(path: str = "/ask", **options: object) -> Page:
        context = browser.new_context(reduced_motion="reduce", **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked_for.append(request.url))
        page.on("websocket", lambda opened_socket: asked_for.append(opened_socket.url))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if is_fault(message) else None)
        page.goto(site.rstrip("/") + path)
        page.locator(".bar nav").wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [url for url in asked_for if urlsplit(url).scheme not in {"data", "blob"} and not url.startswith(site)] == []
    assert faults == []
