"""The REST API as programs meet it: over real HTTP, mounted in the real app."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser
from running_browser import CHROMIUM
from served import Served, programs_of
from small_record import Finished, Record

from assistant.assistant import LONGEST_QUESTION, Assistant
from assistant.progress import Progress
from ui.api_guard import LARGEST_BODY
from ui.turnstile import Turnstile

BUDGET = "How much is the harbour budget for 2024?"
NOWHERE = "What is the airport budget of Oslo in 1999?"


@pytest.fixture
def api(site: str) -> Iterator[httpx.Client]:
    """A client of the API of the app over the small record."""
    with httpx.Client(base_url=f"{site}api", trust_env=False, timeout=60) as client:
        yield client


def without_time(answer: dict[str, object]) -> dict[str, object]:
    """An answer as it is the second time too."""
    return {name: value for name, value in answer.items() if name != "elapsed_ms"}


def lines_of(response: httpx.Response) -> list[dict[str, object]]:
    return [json.loads(line) for line in response.text.splitlines()]


def test_a_question_is_answered_as_on_the_command_line(api: httpx.Client, rapporteur: Callable[..., Finished]) -> None:
    """The same JSON, field by field."""
    answered = api.post("/ask", json={"question": BUDGET}).json()
    assert "4.2 million" in answered["short_answer"]
    assert without_time(answered) == without_time(json.loads(rapporteur("ask", "--json", BUDGET).out))


def test_a_follow_up_is_read_with_its_history(api: httpx.Client) -> None:
    """The earlier questions are given, and what it was read as is told."""
    answered = api.post("/ask", json={"question": "And in 2019?", "history": [BUDGET]}).json()
    assert "budget" in answered["standalone_question"]


def test_a_refusal_is_an_answer(api: httpx.Client) -> None:
    """Status 200, refused, with its reason."""
    response = api.post("/ask", json={"question": NOWHERE})
    assert response.status_code == 200
    assert response.json()["refused"] is True
    assert response.json()["reason"]


def test_an_answer_is_followed_line_by_line(api: httpx.Client) -> None:
    """Evidence first, the answer last, the same as in one piece; by address or by header."""
    whole = api.post("/ask", json={"question": BUDGET}).json()
    for response in (
        api.post("/ask/stream", json={"question": BUDGET}),
        api.post("/ask", json={"question": BUDGET}, headers={"Accept": "application/x-ndjson"}),
    ):
        assert response.headers["content-type"].startswith("application/x-ndjson")
        first, *between, last = lines_of(response)
        assert first["found"]["standalone_question"] == BUDGET
        assert first["found"]["passages"]
        assert all(list(line) == ["said"] for line in between)
        assert without_time(last["answer"]) == without_time(whole)


def test_a_search_gives_what_the_command_line_gives(api: httpx.Client, rapporteur: Callable[..., Finished]) -> None:
    """The same passages, as many as asked for, in one document where that is asked for."""
    found = api.post("/search", json={"question": BUDGET, "k": 2}).json()
    assert found == json.loads(rapporteur("search", "--json", "--k", "2", BUDGET).out)
    assert len(found["passages"]) == 2
    within = api.post("/search", json={"question": BUDGET, "within": "call.vtt"}).json()
    assert {passage["document"] for passage in within["passages"]} == {"call.vtt"}


@pytest.mark.parametrize("words", ["ferry passengers", "airport runways", ""])
def test_figures_are_those_of_the_command_line(
    api: httpx.Client, rapporteur: Callable[..., Finished], words: str
) -> None:
    """A series, none with the nearest, or all: the same objects."""
    told = rapporteur("figures", "--json", *([words] if words else [])).out
    given = api.get("/figures", params={"indicator": words}).json()["figures"]
    assert given == [json.loads(line) for line in told.splitlines()]


def test_figures_are_limited_by_place_and_kind(api: httpx.Client) -> None:
    """Only readings of that kind; a kind that there is not is named as a fault."""
    given = api.get("/figures", params={"kind": "actual"}).json()["figures"]
    assert {reading["kind"] for series in given for reading in series["readings"]} == {"actual"}
    assert api.get("/figures", params={"kind": "guess"}).status_code == 422


def test_documents_are_listed_and_told_of(api: httpx.Client, rapporteur: Callable[..., Finished]) -> None:
    """As `sources --json` lists them; each by its name and by its id."""
    listed = api.get("/documents").json()
    assert listed == json.loads(rapporteur("sources", "--json").out)
    for document in listed["documents"]:
        assert api.get(f"/documents/{document['document']}").json() == document
        assert api.get(f"/documents/{document['document_id']}").json() == document


def test_every_quote_stands_in_the_text_that_is_given(api: httpx.Client, rapporteur: Callable[..., Finished]) -> None:
    """The text is the canonical one, and a citation's offsets cut its quote out of it."""
    assert api.get("/documents/budget.txt/text").text == rapporteur("show", "budget.txt").out
    answered = api.post("/ask", json={"question": BUDGET}).json()
    assert answered["citations"]
    for citation in answered["citations"]:
        cut = api.get(
            f"/documents/{citation['document_id']}/text", params={"start": citation["start"], "end": citation["end"]}
        )
        assert cut.text == citation["quote"]


def test_a_document_is_given_as_text_whatever_it_looks_like(api: httpx.Client) -> None:
    """A browser that opens it runs nothing of it."""
    hostile = api.get("/documents/hostile.txt/text")
    assert "<script>window.hacked=4</script>" in hostile.text
    assert hostile.headers["content-type"] == "text/plain; charset=utf-8"
    assert hostile.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in hostile.headers["content-security-policy"]


def test_health_counts_what_there_is(api: httpx.Client, record: Record) -> None:
    """Documents and passages of the record."""
    assert api.get("/health").json() == {
        "ok": True,
        "documents": len(record.index.catalog.documents()),
        "passages": record.index.catalog.passage_count(),
    }


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "told"),
    [
        ("POST", "/ask", {"question": "  "}, 400, "empty"),
        ("POST", "/ask", {"question": "x" * (LONGEST_QUESTION + 1)}, 400, f"{LONGEST_QUESTION:,}"),
        ("POST", "/ask/stream", {"question": "  "}, 400, "empty"),
        ("POST", "/ask", {"question": BUDGET, "history": ["x" * (LONGEST_QUESTION + 1)]}, 422, "history.0"),
        ("POST", "/ask", {"question": BUDGET, "history": [BUDGET] * 101}, 422, "history"),
        ("POST", "/ask", {"question": BUDGET, "histroy": []}, 422, "histroy"),
        ("POST", "/ask", {"question": BUDGET, "within": "none.txt"}, 404, "none.txt"),
        ("POST", "/ask/stream", {"question": BUDGET, "within": "none.txt"}, 404, "none.txt"),
        ("POST", "/ask", [], 422, "JSON object"),
        ("POST", "/search", {"question": BUDGET, "k": 101}, 422, "k"),
        ("POST", "/search", {"question": BUDGET, "k": 0}, 422, "k"),
        ("GET", "/documents/none.txt", None, 404, "none.txt"),
        ("GET", "/documents/none.txt/text", None, 404, "none.txt"),
        ("GET", "/documents/budget.txt/text?start=-1", None, 422, "start"),
        ("GET", "/documents/budget.txt/text?start=9&end=3", None, 400, "budget.txt"),
        ("GET", "/documents/budget.txt/text?start=999999", None, 400, "budget.txt"),
        ("GET", "/documents/..%2F..%2Fetc%2Fpasswd/text", None, 404, ""),
        ("GET", "/nothing", None, 404, "/api/docs"),
        ("GET", "/ask", None, 405, "GET"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(
    api: httpx.Client, method: str, path: str, body: object, status: int, told: str
) -> None:
    """A fitting status and {"error": …} that names the value; never a traceback."""
    response = api.request(method, path, json=body)
    assert response.status_code == status
    assert list(response.json()) == ["error"]
    assert told in response.json()["error"]
    assert "Traceback" not in response.text


def test_bytes_that_are_no_text_are_refused(api: httpx.Client) -> None:
    """A lone surrogate and a body that is no JSON, as errors of the caller."""
    for content, status in ((b'{"question": "a\\ud800"}', 400), (b"\xff\xfe{", 400), (b"question=x", 422)):
        response = api.post("/ask", content=content, headers={"Content-Type": "application/json"})
        assert response.status_code == status
        assert response.json()["error"]


def test_a_request_that_is_too_large_is_not_read(api: httpx.Client) -> None:
    """With its length declared or in pieces."""
    large = b" " * (LARGEST_BODY + 1)

    def pieces() -> Iterator[bytes]:
        yield large[: LARGEST_BODY // 2]
        yield large[LARGEST_BODY // 2 :]

    for content in (large, pieces()):
        response = api.post("/ask", content=content, headers={"Content-Type": "application/json"})
        assert response.status_code == 413
        assert f"{LARGEST_BODY:,}" in response.json()["error"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "http://localhost:1"},  # another server of this machine
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"},
    ],
)
def test_a_page_from_elsewhere_reads_nothing(api: httpx.Client, headers: dict[str, str]) -> None:
    """Whatever a page of another origin asks for through somebody's browser is refused."""
    for response in (
        api.post("/ask", json={"question": BUDGET}, headers=headers),
        api.get("/documents", headers=headers),
        api.get("/documents/budget.txt/text", headers=headers),
    ):
        assert response.status_code == 403
        assert "harbour" not in response.text


def test_a_name_that_was_made_to_point_here_reads_nothing(api: httpx.Client) -> None:
    """The Host header has to name this machine."""
    response = api.get("/documents", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "budget.txt" not in response.text


def test_a_page_of_the_app_itself_may_ask(api: httpx.Client, site: str) -> None:
    """The same origin is no other."""
    headers = {"Origin": site.rstrip("/"), "Sec-Fetch-Site": "same-origin"}
    assert api.post("/search", json={"question": BUDGET}, headers=headers).status_code == 200


@pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed (apt-get install chromium)")
def test_a_browser_keeps_a_page_from_elsewhere_out(browser: Browser, site: str) -> None:
    """A real page of another port of this machine gets neither an answer nor a document."""
    with Served(FastAPI()) as address:
        page = browser.new_context().new_page()
        page.goto(f"{address}/docs-that-are-not-there")
        for call in (f"fetch('{site}api/documents')", f"fetch('{site}api/documents', {{mode: 'no-cors'}})"):
            read = page.evaluate(f"{call}.then(r => r.text()).catch(() => '')")
            assert "budget.txt" not in read
        page.context.close()


@pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed (apt-get install chromium)")
def test_the_page_about_the_api_loads_nothing(browser: Browser, site: str) -> None:
    """It names every call, and the browser asks for the page alone."""
    page = browser.new_context().new_page()
    asked_for: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    page.on("console", lambda message: faults.append(message.text))
    page.goto(f"{site}api/docs", wait_until="networkidle")
    paths = httpx.get(f"{site}api/openapi.json", trust_env=False).json()["paths"]
    assert paths
    for path in paths:
        assert page.get_by_role("heading", name=f"/api{path}", exact=False).count() >= 1
    assert {urlsplit(url).path for url in asked_for} <= {"/api/docs", "/favicon.ico"}
    assert all(url.startswith(site) for url in asked_for)
    assert faults == []
    page.context.close()


def test_the_page_about_the_api_shows_lines_that_work(api: httpx.Client) -> None:
    """Each curl line of the page names an address that takes such a request."""
    text = re.sub(r"<[^>]+>", "", api.get("/docs").text).replace("&#x27;", "'").replace("&#39;", "'")
    addresses = re.findall(r"curl '([^']+)'( \\\n)?", text)
    assert len(addresses) >= 8
    for address, has_body in addresses:
        address = address.replace("DOCUMENT", "budget.txt")
        response = api.post(address, json={"question": BUDGET}) if has_body else api.get(address)
        assert response.status_code == 200, address


# What needs a server of its own: one whose user, pace or load is set by the test.


class Paused(Assistant):
    """An assistant that gives its answer only when the test lets it."""

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        self.begun = threading.Semaphore(0)
        self.may_go_on = threading.Event()
        self.ended_early = threading.Event()

    def answering(self, *arguments: object, **named: object) -> Iterator[Progress]:
        """Each step, held back behind it until the test lets it go on."""
        try:
            for step in super().answering(*arguments, **named):  # type: ignore[arg-type]
                yield step
                self.begun.release()
                assert self.may_go_on.wait(60)
        except GeneratorExit:
            self.ended_early.set()
            raise


def test_evidence_comes_before_the_answer_is_made(record: Record) -> None:
    """The line found is with the client while the answer is still being worked on."""
    paused = Paused(record.index)
    with (
        programs_of(paused, Turnstile()) as address,
        httpx.stream("POST", f"{address}/api/ask/stream", json={"question": BUDGET}, trust_env=False) as response,
    ):
        lines = response.iter_lines()
        assert "found" in json.loads(next(lines))
        paused.may_go_on.set()
        assert "answer" in json.loads(next(lines))


def test_a_client_that_leaves_ends_the_work(record: Record) -> None:
    """Nobody waits for the answer, so the work ends at its next step."""
    paused = Paused(record.index)
    with programs_of(paused, Turnstile(at_once=1)) as address:
        with httpx.stream("POST", f"{address}/api/ask/stream", json={"question": BUDGET}, trust_env=False) as response:
            next(response.iter_lines())
        time.sleep(0.2)  # until the server has seen it
        paused.may_go_on.set()
        assert httpx.post(f"{address}/api/search", json={"question": BUDGET}, trust_env=False).status_code == 200
        assert paused.ended_early.is_set()


def test_a_slow_client_holds_up_nobody(record: Record, assistant: Assistant) -> None:
    """One that does not read its answer has no turn meanwhile, be there but one."""
    with programs_of(assistant, Turnstile(at_once=1)) as address:
        host, port = urlsplit(address).hostname, urlsplit(address).port
        body = json.dumps({"question": BUDGET}).encode()
        head = f"POST /api/ask/stream HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
        with socket.create_connection((str(host), int(port or 0))) as slow:
            slow.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)  # and reads nothing
            answered = httpx.post(f"{address}/api/ask", json={"question": BUDGET}, trust_env=False, timeout=60)
            assert answered.status_code == 200


def test_too_many_questions_at_once_are_told_to_come_back(record: Record) -> None:
    """One works, one waits, the third is sent away at once with a status that says for how long."""
    paused = Paused(record.index)
    replies: list[int] = []

    def put(address: str) -> None:
        reply = httpx.post(f"{address}/api/ask", json={"question": BUDGET}, trust_env=False, timeout=60)
        replies.append(reply.status_code)

    turnstile = Turnstile(at_once=1, waiting=1)
    with programs_of(paused, turnstile) as address:
        asking = [threading.Thread(target=put, args=(address,)) for _ in range(2)]
        for thread in asking:
            thread.start()
        assert paused.begun.acquire(timeout=60)
        while turnstile.waiting == 0:
            time.sleep(0.01)
        refused = httpx.post(f"{address}/api/ask", json={"question": BUDGET}, trust_env=False)
        assert refused.status_code == 503
        assert refused.headers["retry-after"] == "1"
        assert "error" in refused.json()
        paused.may_go_on.set()
        for thread in asking:
            thread.join()
    assert replies == [200, 200]


def test_the_page_and_the_programs_take_turns(assistant: Assistant) -> None:
    """While a question of the page has the only turn, one of a program waits for it."""
    turnstile = Turnstile(at_once=1)
    with programs_of(assistant, turnstile) as address, httpx.Client(trust_env=False) as client:
        with turnstile.passing(), pytest.raises(httpx.ReadTimeout):
            client.post(f"{address}/api/search", json={"question": BUDGET}, timeout=0.5)
        assert client.post(f"{address}/api/search", json={"question": BUDGET}, timeout=60).status_code == 200


def test_each_call_asks_who_the_user_is(assistant: Assistant) -> None:
    """What the app's one function says of the request holds for every address of the record."""

    def nobody(request: object) -> str:
        raise PermissionError

    with programs_of(assistant, Turnstile(), current_user=nobody) as address:
        schema = httpx.get(f"{address}/api/openapi.json", trust_env=False).json()
        for path, methods in schema["paths"].items():
            for method in methods:
                url = f"{address}/api{path.replace('{document}', 'budget.txt')}"
                reply = httpx.request(
                    method, url, json={"question": BUDGET} if method == "post" else None, trust_env=False
                )
                assert reply.status_code == 500, path
                assert reply.json() == {"error": "A fault of the program; its log says more."}
