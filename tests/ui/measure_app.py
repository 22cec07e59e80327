"""How quick the app is in the browser: `python tests/ui/measure_app.py --passages 10000 --users 20 --out FILE`.

Over an index of real meetings and articles (as evals/bench.py makes them) it measures, from Enter to
what is on the screen, the first evidence and the whole answer of single questions, then of many users
who ask at once, each in a browser page of their own. Prints JSON. A test never asserts these.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from playwright.async_api import Browser, Page, async_playwright
from running_browser import CHROMIUM, FLAGS

from evals.bench_texts import questions, write_corpus
from evals.gold import load_gold
from index.settings import IndexSettings
from ui.listening import address

ROOT = Path(__file__).resolve().parents[2]
RAPPORTEUR = ROOT / ".venv" / "bin" / "rapporteur"
WARMED = 3  # first questions that are not counted
WAIT_MS = 120_000
# Marks the moment of Enter and those at which the page first shows evidence and the answer of a turn.
WATCH = """turn => {
  const at = { begun: 0, evidence: 0, answer: 0 };
  window.measured = at;
  document.querySelector("#question textarea").addEventListener("keydown", () => (at.begun = performance.now()),
    { once: true, capture: true });
  const look = () => requestAnimationFrame(() => {
    const shown = document.querySelector(`#turn-${turn}`);
    if (shown && !at.evidence && shown.querySelector(".card, .refusal")) at.evidence = performance.now();
    if (shown && !at.answer && shown.querySelector(".tools")) at.answer = performance.now();
    if (!at.answer) look();
  });
  look();
}"""


@dataclass(frozen=True, slots=True)
class Times:
    """Of one question, in milliseconds from Enter."""

    evidence_ms: float
    answer_ms: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python tests/ui/measure_app.py", description="How quick the app is.")
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--questions", type=int, default=40)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--home", type=Path, help="an index that is there already")
    parser.add_argument("--out", type=Path, help="write the JSON there too")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        home = given.home or _indexed(Path(folder), given.passages)
        asked = questions([one.question for one in load_gold(ROOT / "evals/gold/ask.jsonl")], None, given.questions)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [str(RAPPORTEUR), "serve", "--port", str(port), "--home", str(home)]
        served = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        try:
            assert served.stderr is not None
            while "is open at" not in (line := served.stderr.readline()):
                if not line:
                    raise RuntimeError("The app did not start.")
            result = asyncio.run(_measured(address("127.0.0.1", port), asked, given.users))
        finally:
            served.terminate()
            served.wait()
    text = json.dumps({"passages": given.passages, "load": os.getloadavg()[0], **result}, indent=2)
    sys.stdout.write(text + "\n")
    if given.out:
        given.out.write_text(text + "\n", encoding="utf-8")
    return 0


def _indexed(folder: Path, passages: int) -> Path:
    files = folder / "files"
    write_corpus(files, passages, IndexSettings().chunk_tokens, None)
    command = [str(RAPPORTEUR), "ingest", str(files), str(ROOT / "corpus" / "reports"), "--home", str(folder / "home")]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return folder / "home"


async def _measured(site: str, asked: Sequence[str], users: int) -> dict[str, object]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = await _opened(browser, site)
        alone = [await _ask(page, question, turn) for turn, question in enumerate(asked, start=1)][WARMED:]
        pages = [await _opened(browser, site) for _ in range(users)]
        began = time.perf_counter()
        together = await asyncio.gather(
            *(_ask(one, asked[number % len(asked)], 1) for number, one in enumerate(pages)), return_exceptions=True
        )
        took_s = time.perf_counter() - began
        answered = [times for times in together if isinstance(times, Times)]
        await browser.close()
    return {
        "one_user": _summary(alone),
        "users_at_once": {"users": users, "failed": users - len(answered), "all_s": took_s, **_summary(answered)},
    }


async def _opened(browser: Browser, site: str) -> Page:
    context = await browser.new_context(viewport={"width": 1280, "height": 860}, reduced_motion="reduce")
    page = await context.new_page()
    await page.goto(site)
    await page.locator(".greeting").wait_for(timeout=WAIT_MS)
    return page


async def _ask(page: Page, question: str, turn: int) -> Times:
    box = page.locator("#question textarea")
    await box.fill(question)
    await page.evaluate(WATCH, turn)
    await box.press("Enter")
    await page.wait_for_function("window.measured.answer > 0", timeout=WAIT_MS)
    at = await page.evaluate("window.measured")
    await page.get_by_role("button", name="Ask", exact=True).wait_for(timeout=WAIT_MS)
    return Times(at["evidence"] - at["begun"], at["answer"] - at["begun"])


def _summary(times: Sequence[Times]) -> dict[str, object]:
    if not times:
        return {"questions": 0}
    return {
        "questions": len(times),
        **{
            f"{name}_ms": {
                f"p{share}": round(float(np.percentile([getattr(one, f"{name}_ms") for one in times], share)), 1)
                for share in (50, 95)
            }
            for name in ("evidence", "answer")
        },
    }


if __name__ == "__main__":
    sys.exit(main())
