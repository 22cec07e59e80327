"""The People page in a real browser: users are added, changed and removed by an admin, and by nobody else."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from running_browser import CHROMIUM
from served import free_port

from assistant.assistant import Assistant
from assistant.desk import Desk
from index.settings import Home
from ui.listening import address
from ui.page_context import PageContext
from ui.users import Role, User
from ui.users_gate import COOKIE
from ui.users_passwords import hashed, verify
from ui.users_people import People

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists() and os.environ.get("CI") != "true",
    reason=f"{CHROMIUM} is not installed (apt-get install chromium)",
)
PASSWORD_HASH = hashed("correct horse battery")


@pytest.fixture
def people(tmp_path: Path) -> People:
    """An admin and a user whose name no rule of today would take."""
    people = People(Home(tmp_path / "home"))
    people.file.add(User("ada", frozenset({Role.ADMIN}), PASSWORD_HASH, "2026-11-28"))
    people.file.add(User("<img src=x onerror=window.hacked=1> ${window.hacked=2}", frozenset(), PASSWORD_HASH))
    return people


@pytest.fixture
def site(assistant: Assistant, people: People, tmp_path: Path) -> Iterator[str]:
    """The address of the app with these users."""
    from ui.app import launch

    desk = Desk(tmp_path / "home" / "desk.sqlite")
    port = free_port()
    app = launch(PageContext(assistant, Home(tmp_path / "home"), desk).among(people), host="127.0.0.1", port=port)
    yield address("127.0.0.1", port)
    app.close(verbose=False)
    desk.close()


@pytest.fixture
def opened(people: People, site: str, open_page: Callable[..., Page]) -> Callable[..., Page]:
    """The page as ada sees it."""

    def of_ada(**options: object) -> Page:
        token = people.sessions.begin("ada", PASSWORD_HASH)
        cookie = {
            "name": COOKIE,
            "value": token,
            "domain": "127.0.0.1",
            "path": "/",
            "expires": -1,
            "httpOnly": True,
            "secure": False,
            "sameSite": "Strict",
        }
        page = open_page("/people", storage_state={"cookies": [cookie], "origins": []}, **options)
        page.locator("#people tbody tr").first.wait_for()
        return page

    return of_ada


def test_users_are_kept_in_the_browser(opened: Callable[..., Page], people: People) -> None:
    """One more, other roles, another password, removed after being asked again."""
    page = opened()
    page.locator(".more [name=name]").fill("Ben")
    page.locator(".more [name=password]").fill("staple granite willow")
    page.locator(".more [value=reviewer]").check()
    page.get_by_role("button", name="Add").click()
    expect(page.locator("#people .told")).to_have_text("ben can sign in now.", timeout=30_000)
    assert people.file.all()["ben"].roles == {Role.STAFF, Role.REVIEWER}
    row = page.locator("tr[data-name=ben]")
    row.locator("[value=evaluator]").check()
    expect(page.locator("#people .told")).to_have_text("ben is evaluator, reviewer, staff now.")
    row.locator("[name=password]").fill("willow granite staple")
    row.get_by_role("button", name="Set").click()
    expect(page.locator("#people .told")).to_contain_text("another password", timeout=30_000)
    assert verify(people.file.all()["ben"].password_hash, "willow granite staple")
    row.get_by_role("button", name="Remove").click()
    assert "ben" in people.file.all()
    row.get_by_role("button", name="Remove for good?").click()
    expect(row).to_have_count(0)
    assert "ben" not in people.file.all()


def test_the_last_admin_stays(opened: Callable[..., Page], people: People) -> None:
    """Neither removed nor made less; the page shows what still holds."""
    page = opened()
    row = page.locator("tr[data-name=ada]")
    row.locator("[value=admin]").click()
    expect(page.locator("#people .problem")).to_contain_text("ada is the only admin")
    expect(row.locator("[value=admin]")).to_be_checked()
    row.get_by_role("button", name="Remove").click()
    row.get_by_role("button", name="Remove for good?").click()
    expect(page.locator("#people .problem")).to_contain_text("ada is the only admin")
    assert people.file.all()["ada"].roles == {Role.ADMIN}


def test_a_hostile_name_is_text(opened: Callable[..., Page]) -> None:
    """Whoever wrote it into the file."""
    page = opened()
    expect(page.locator("#people tbody")).to_contain_text("<img src=x onerror=window.hacked=1> ${window.hacked=2}")
    assert page.locator("#people img").count() == 0
    assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone_and_axe(opened: Callable[..., Page], scheme: str) -> None:
    """390 pixels, nothing cut at the side, no serious fault."""
    page = opened(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in {"serious", "critical"}] == []


def test_a_reviewer_changes_no_users(people: People, site: str) -> None:
    """Nor does a request that is not the page's."""
    people.file.add(User("rita", frozenset({Role.REVIEWER}), PASSWORD_HASH))
    own = {"X-Rapporteur-Page": "people"}
    change = {"act": "roles", "name": "rita", "roles": ["admin"]}
    for name, headers, status in (("rita", own, 403), ("ada", {}, 403), ("ada", own, 200)):
        with httpx.Client(base_url=site, trust_env=False) as client:
            client.cookies.set(COOKIE, people.sessions.begin(name, PASSWORD_HASH))
            assert client.post("/people/act", json=change, headers=headers).status_code == status
            if status == 403 and name == "rita":
                assert client.get("/people/list").status_code == 403
                assert people.file.all()["rita"].roles == {Role.REVIEWER}


def test_one_person_is_told_how_to_add_users(assistant: Assistant, tmp_path: Path) -> None:
    """The page is not in their navigation."""
    from ui.app import launch

    home = Home(tmp_path / "alone")
    desk = Desk(home.desk_file)
    port = free_port()
    app = launch(PageContext(assistant, home, desk).among(People(home)), host="127.0.0.1", port=port)
    with httpx.Client(base_url=address("127.0.0.1", port), trust_env=False) as client:
        assert "rapporteur users add" in client.get("/people/list").text
        told = client.get("/who").json()
        assert told["name"] == ""
        assert "/people" not in told["pages"]
        added = client.post(
            "/people/act",
            json={"act": "add", "name": "mallory", "password": "staple granite willow", "roles": ["admin"]},
            headers={"X-Rapporteur-Page": "people"},
        )
        assert added.status_code == 403
    app.close(verbose=False)
    desk.close()
