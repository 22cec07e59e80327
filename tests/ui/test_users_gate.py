"""What the app gives to whom: nothing without signing in, and to each what their role allows, at every address."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from running_browser import CHROMIUM
from served import free_port
from small_record import Record

from assistant.assistant import Assistant
from assistant.desk import Desk
from assistant.desk_answers import content_hashes
from assistant.exchange import Exchange
from index.settings import Home
from ui.listening import address
from ui.page_context import PageContext
from ui.users import Role, User
from ui.users_gate import COOKIE
from ui.users_lockout import MOST_HERE
from ui.users_passwords import hashed
from ui.users_people import People

PASSWORDS = {
    "stan": "correct horse battery",
    "rita": "staple granite willow",
    "eva": "lantern orbit pickle",
    "ada": "velvet canyon thimble",
}
ROLES = {"stan": Role.STAFF, "rita": Role.REVIEWER, "eva": Role.EVALUATOR, "ada": Role.ADMIN}
QUESTION = "How much is the harbour budget for 2024?"
in_a_browser = pytest.mark.skipif(
    not CHROMIUM.exists() and os.environ.get("CI") != "true",
    reason=f"{CHROMIUM} is not installed (apt-get install chromium)",
)


@dataclass(frozen=True, slots=True)
class Guarded:
    """An app with users, and what stands behind it."""

    site: str  # without the last slash
    people: People
    context: PageContext
    events: dict[int, tuple[str, int]]  # Gradio's: page and number of inputs
    conversation: str  # of stan


@pytest.fixture(scope="module")
def guarded(assistant: Assistant, record: Record, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    """Four users, one of each role, and a conversation of stan."""
    from ui.app import launch

    home = Home(tmp_path_factory.mktemp("guarded"))
    people = People(home)
    for name, password in PASSWORDS.items():
        people.file.add(User(name, frozenset({ROLES[name]}), hashed(password)))
    desk = Desk(home.desk_file)
    kept = desk.conversations.begin(user="stan")
    answer = assistant.ask(QUESTION)
    desk.conversations.add(
        kept.id, Exchange(QUESTION, "", answer), content_hashes(answer, assistant.index.catalog), user="stan"
    )
    context = PageContext(assistant, home, desk).among(people)
    port = free_port()
    app = launch(context, host="127.0.0.1", port=port)
    events = {number: (event.page, len(event.inputs)) for number, event in app.fns.items() if event.fn is not None}
    yield Guarded(address("127.0.0.1", port).rstrip("/"), people, context, events, kept.id)
    app.close(verbose=False)
    desk.close()


@pytest.fixture
def site(guarded: Guarded) -> str:
    """As `open_page` needs it."""
    return guarded.site + "/"


def signed_in(guarded: Guarded, name: str) -> httpx.Client:
    """A client with the session of that user, or of nobody."""
    client = httpx.Client(base_url=guarded.site, timeout=240, trust_env=False)
    if name:
        user = guarded.people.file.named(name)
        assert user is not None
        client.cookies.set(COOKIE, guarded.people.sessions.begin(name, user.password_hash))
    return client


def document_id(record: Record) -> str:
    """Of the report."""
    return record.index.document_named("budget.txt").id


ADDRESSES = [
    ("GET", "/"),
    ("GET", "/ask"),
    ("GET", "/review"),
    ("GET", "/evaluation"),
    ("GET", "/sources"),
    ("GET", "/config"),
    ("GET", "/gradio_api/info"),
    ("GET", "/gradio_api/queue/data?session_hash=x"),
    ("POST", "/gradio_api/queue/join"),
    ("POST", "/gradio_api/upload"),
    ("GET", "/gradio_api/file=pyproject.toml"),
    ("GET", "/gradio_api/app_id"),
    ("GET", "/source/DOCUMENT"),
    ("GET", "/conversation/CONVERSATION.md"),
    ("GET", "/figures/view"),
    ("GET", "/sources/list"),
    ("POST", "/sources/upload"),
    ("POST", "/sources/act"),
    ("GET", "/evaluation/run/any.json"),
    ("GET", "/who"),
    ("POST", "/sign-out"),
    ("GET", "/api/health"),
    ("GET", "/api/docs"),
    ("GET", "/api/openapi.json"),
    ("POST", "/api/ask"),
    ("GET", "/api/documents/budget.txt/text"),
    ("POST", "/mcp"),
    ("GET", "/no/such/address"),
]


@pytest.mark.parametrize(("method", "path"), ADDRESSES)
@pytest.mark.parametrize("cookie", ["", "made-up"])
def test_without_signing_in_nothing_is_given_out(
    guarded: Guarded, record: Record, method: str, path: str, cookie: str
) -> None:
    """No page, no queue, no file, no document, no API, no MCP: for nobody, and for a session that is made up."""
    asked = path.replace("DOCUMENT", document_id(record)).replace("CONVERSATION", guarded.conversation)
    with signed_in(guarded, "") as client:
        if cookie:
            client.cookies.set(COOKIE, cookie)
        answer = client.request(method, asked, json={"question": QUESTION} if method == "POST" else None)
        assert answer.status_code == 401
        assert "harbour" not in answer.text
        if method == "GET" and not asked.startswith(("/api", "/mcp")):
            page = client.get(asked, headers={"Accept": "text/html"})
            assert page.status_code == 303
            assert page.headers["location"].startswith("/sign-in?next=/")


def test_without_signing_in_there_is_the_sign_in_page_and_its_look(guarded: Guarded) -> None:
    """And nothing on them that is of the record."""
    with signed_in(guarded, "") as client:
        assert "Sign in" in client.get("/sign-in").text
        assert client.get("/look/page.css").status_code == 200
        assert client.get("/look/../ui/app.py").status_code in {401, 404}


PAGES_OF = {"/ask": set(ROLES), "/review": {"rita", "ada"}, "/evaluation": {"eva", "ada"}}


@pytest.mark.parametrize("name", ROLES)
def test_a_page_is_for_those_who_have_its_role(guarded: Guarded, name: str) -> None:
    """Others get neither the page nor what lies below it; what may be seen is told to the page."""
    with signed_in(guarded, name) as client:
        for page, allowed in PAGES_OF.items():
            assert (client.get(page).status_code == 200) is (name in allowed)
            assert (client.get(f"{page}/run/any.json").status_code != 403) is (name in allowed)
        told = client.get("/who").json()
        assert told["name"] == name
        assert {page for page in PAGES_OF if page in told["pages"]} == {
            page for page, allowed in PAGES_OF.items() if name in allowed
        }


def outcome(client: httpx.Client, event: int, inputs: int) -> str:
    """What Gradio's queue gives for an event that is sent to it directly."""
    session = f"direct{event}"
    sent = {"data": [""] * inputs, "fn_index": event, "session_hash": session, "event_data": {"run": "x"}}
    joined = client.post("/gradio_api/queue/join", json=sent)
    assert joined.status_code == 200, joined.text
    with client.stream("GET", f"/gradio_api/queue/data?session_hash={session}") as stream:
        for line in stream.iter_lines():
            if '"process_completed"' in line:
                return line
    raise AssertionError("the queue ended without an outcome")


@pytest.mark.parametrize("page", ["review", "evaluation"])
def test_each_event_of_a_page_asks_for_its_role(guarded: Guarded, page: str) -> None:
    """Sent to the queue directly by somebody who is signed in and never saw the page."""
    events = {number: inputs for number, (of, inputs) in guarded.events.items() if of == page}
    assert len(events) > 5
    with signed_in(guarded, "stan") as client:
        for number, inputs in events.items():
            told = json.loads(outcome(client, number, inputs).removeprefix("data: "))
            problem = json.dumps(told["output"])
            assert not told["success"] or "problem" in problem, problem
            assert QUESTION not in problem
            assert guarded.conversation not in problem
    with signed_in(guarded, {"review": "rita", "evaluation": "eva"}[page]) as client:
        answers = [outcome(client, number, inputs) for number, inputs in events.items()]
        assert any("This is for users with the role" not in answer for answer in answers)


@pytest.mark.parametrize("name", ["stan", "rita", "eva"])
def test_only_an_admin_changes_the_record(guarded: Guarded, record: Record, name: str) -> None:
    """Upload and removal are refused, also with the header that the page sends."""
    with signed_in(guarded, name) as client:
        for path in ("/sources/upload", "/sources/act"):
            sent = {"act": "remove", "id": document_id(record)}
            answer = client.post(path, json=sent, headers={"X-Rapporteur-Page": "sources"})
            assert answer.status_code in {403, 400}, answer.text
    assert record.index.document_named("budget.txt")


def test_users_see_their_own_conversations_only(guarded: Guarded) -> None:
    """Not even an admin gets another's by its id."""
    path = f"/conversation/{guarded.conversation}.md"
    with signed_in(guarded, "stan") as client:
        assert QUESTION in client.get(path).text
    for name in ("rita", "ada"):
        with signed_in(guarded, name) as client:
            answer = client.get(path)
            assert answer.status_code == 404
            assert QUESTION not in answer.text


def basic(name: str, password: str) -> dict[str, str]:
    """The header that a program sends."""
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


def test_a_program_says_who_it_is_with_each_request(guarded: Guarded) -> None:
    """By name and password, for the API and MCP and for nothing else."""
    with signed_in(guarded, "") as client:
        right = basic("stan", PASSWORDS["stan"])
        assert client.get("/api/health", headers=right).status_code == 200
        assert client.get("/api/health", headers=right).json()["ok"] is True
        call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
        takes = {"Accept": "application/json, text/event-stream"}
        assert client.post("/mcp", json=call, headers=right | takes).status_code == 200
        assert client.get("/ask", headers=right).status_code == 401
        assert client.get("/api/health", headers=basic("stan", "wrong")).status_code == 401
        assert client.get("/api/health", headers={"Authorization": "Basic ???"}).status_code == 401
        assert "www-authenticate" not in client.get("/api/health").headers  # a browser must not ask for it


@pytest.mark.parametrize(
    "said", [{"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "null"}]
)
@pytest.mark.parametrize("path", ["/gradio_api/queue/join", "/sources/act", "/sign-out", "/api/ask", "/mcp"])
def test_a_page_from_elsewhere_does_nothing_with_the_session(guarded: Guarded, path: str, said: dict[str, str]) -> None:
    """Though the browser were to send the cookie, as it does to another port of this machine."""
    with signed_in(guarded, "ada") as client:
        assert client.post(path, json={}, headers=said).status_code == 403


def test_signing_in_gives_a_cookie_that_scripts_and_sites_do_not_get(guarded: Guarded) -> None:
    """HttpOnly, SameSite=Strict, for this app; and it leads only to a place of this app."""
    with signed_in(guarded, "") as client:
        for wanted, place in (
            ("/review?show=all", "/review?show=all"),
            ("//evil.example", "/"),
            ("https://evil.example", "/"),
            ("/\\evil.example", "/"),
        ):
            form = {"name": "Stan ", "password": PASSWORDS["stan"], "next": wanted}
            answer = client.post("/sign-in", data=form)
            assert (answer.status_code, answer.headers["location"]) == (303, place)
        cookie = answer.headers["set-cookie"].lower()
        assert all(part in cookie for part in ("httponly", "samesite=strict", "path=/"))
        assert client.get("/who").json()["name"] == "stan"
        assert client.post("/sign-out").status_code == 303
        client.cookies.set(COOKIE, answer.headers["set-cookie"].partition("=")[2].partition(";")[0])
        assert client.get("/who").status_code == 401


def test_another_password_or_being_taken_out_ends_a_session(guarded: Guarded) -> None:
    """At once, on the next request; other roles count at once too."""
    file = guarded.people.file
    file.add(User("tom", frozenset({Role.REVIEWER}), hashed("marble teapot violin")))
    with signed_in(guarded, "tom") as client, signed_in(guarded, "tom") as other:
        assert client.get("/review").status_code == 200
        file.set_roles("tom", [Role.STAFF])
        assert client.get("/review").status_code == 403
        file.set_password("tom", hashed("violin marble teapot"))
        assert client.get("/who").status_code == 401
        file.remove("tom")
        assert other.get("/who").status_code == 401


def test_wrong_passwords_lock_without_telling_who_there_is(guarded: Guarded) -> None:
    """The same words for a name that exists and one that does not; then even the right one has to wait."""
    with signed_in(guarded, "") as client:
        told = {}
        for name in ("eva", "nobody"):
            tries = [client.post("/sign-in", data={"name": name, "password": f"wrong {n}"}) for n in range(MOST_HERE)]
            assert {one.status_code for one in tries} == {401}
            assert all("Name or password is wrong." in one.text for one in tries)
            last = client.post("/sign-in", data={"name": name, "password": PASSWORDS["eva"]})
            assert last.status_code == 401
            told[name] = "Too many wrong passwords. Try again in 15 minutes." in last.text
        assert told == {"eva": True, "nobody": True}
        guarded.people.lockout.succeeded("eva", "127.0.0.1")
        guarded.people.lockout.succeeded("nobody", "127.0.0.1")


@in_a_browser
def test_a_reviewer_signs_in_works_and_signs_out(
    guarded: Guarded, open_page: Callable[..., Page], browser: object
) -> None:
    """The address asked for comes after signing in; only their pages are in the navigation."""
    page = browser.new_page(reduced_motion="reduce")  # type: ignore[attr-defined]
    page.goto(f"{guarded.site}/review?show=all")
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in {"serious", "critical"}] == []
    page.get_by_label("Name").fill("rita")
    page.get_by_label("Password").fill("not this one")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Name or password is wrong.", timeout=60_000)
    page.get_by_label("Password").fill(PASSWORDS["rita"])
    page.keyboard.press("Enter")
    page.locator(".judging").wait_for(timeout=60_000)
    assert "/review?show=all" in page.url
    expect(page.locator(".bar .who")).to_contain_text("rita")
    expect(page.locator("nav a", has_text="Evaluation")).to_have_count(0)
    page.keyboard.press("1")
    expect(page.locator("#review .told")).to_contain_text("Kept")
    (review,) = guarded.context.desk.reviews.latest()
    assert review.author == "rita"
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("Password").wait_for()
    page.goto(f"{guarded.site}/review")
    assert "/sign-in" in page.url
    page.close()


@in_a_browser
def test_a_session_that_is_over_leads_back_to_signing_in(guarded: Guarded, browser: object) -> None:
    """In the middle of the work: the next key asks for the password, and the statement is there again."""
    context = browser.new_context(reduced_motion="reduce")  # type: ignore[attr-defined]
    user = guarded.people.file.named("ada")
    assert user is not None
    token = guarded.people.sessions.begin("ada", user.password_hash)
    context.add_cookies([{"name": COOKIE, "value": token, "url": guarded.site}])
    page = context.new_page()
    page.goto(f"{guarded.site}/review?show=all")
    page.locator(".judging").wait_for()
    guarded.people.sessions.end(token)
    page.keyboard.press("j")
    page.get_by_label("Password").wait_for(timeout=60_000)
    assert "next=/review" in page.url.replace("%2F", "/")
    context.close()


def test_one_person_at_this_machine_needs_no_name(tmp_path: Path) -> None:
    """Without users everything may be done, with the first user somebody has to be named."""
    people = People(Home(tmp_path))
    assert not people.must_sign_in
    assert people.require(None, Role.ADMIN) == ""
    people.file.add(User("anna", frozenset(), "hash"))
    assert people.must_sign_in
    assert People(Home(tmp_path / "empty"), alone=False).must_sign_in
