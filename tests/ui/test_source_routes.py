"""The addresses of the Sources page, asked as a program would: rights, sizes, names, and nothing given out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from fastapi import FastAPI
from served import Served

from assistant.assistant import Assistant
from assistant.desk import open_desk
from corpus.reading import FILE_BYTES_MAX
from index.settings import Home, IndexSettings
from index.store import open_index
from ui.page_context import PageContext
from ui.source_routes import source_routes

OWN = {"X-Rapporteur-Page": "sources"}
MINUTES = b"Minutes\n\nPort Newton, 14 May 2024\n\nThe council met on May 13, 2024.\n"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[SimpleNamespace]:
    """The routes over an empty record, without the pages: `site`, and the `home` behind it."""
    home = Home(tmp_path / "home")
    index = open_index(home, IndexSettings(), create=True)
    desk = open_desk(home)
    routes = source_routes(PageContext(Assistant(index), home, desk))
    with Served(FastAPI(routes=list(routes))) as site:
        yield SimpleNamespace(site=site, home=home)
    desk.close()


def post(address: str, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, str]]:
    """Status and JSON of the answer."""
    try:
        with urlopen(Request(address, data=body, headers=headers, method="POST")) as answer:
            return answer.status, json.load(answer)
    except HTTPError as error:
        return error.code, json.load(error)


def kept_in(home: Home) -> list[Path]:
    """All that lies in the home, without what open databases and locks add and take away."""
    return sorted(path for path in home.folder.rglob("*") if not path.name.endswith((".lock", "-wal", "-shm")))


def test_a_file_lands_below_the_uploads_folder_whatever_its_name(place: SimpleNamespace) -> None:
    """A name that leads elsewhere loses its folders."""
    name = quote("../../../outside.txt", safe="")
    status, answer = post(f"{place.site}/sources/upload", MINUTES, {**OWN, "X-File-Name": name})
    assert (status, answer["name"]) == (201, "outside.txt")
    kept = list(place.home.folder.rglob("outside.txt"))
    assert all(place.home.uploads_folder in path.parents for path in kept)
    assert len(kept) == 1
    assert not (place.home.folder.parent / "outside.txt").exists()


@pytest.mark.parametrize("declared", [True, False])
def test_a_file_that_is_too_large_is_refused_with_the_limit(place: SimpleNamespace, declared: bool) -> None:
    """Before it comes in where its length is declared, else as soon as it has more."""
    import http.client

    connection = http.client.HTTPConnection(place.site.removeprefix("http://"))
    headers = {**OWN, "X-File-Name": "large.txt"}
    if declared:
        connection.request("POST", "/sources/upload", headers={**headers, "Content-Length": str(FILE_BYTES_MAX + 1)})
    else:
        chunks = (b"x" * 1_000_000 for _ in range(FILE_BYTES_MAX // 1_000_000 + 1))
        connection.request("POST", "/sources/upload", body=chunks, headers=headers, encode_chunked=True)
    answer = connection.getresponse()
    assert answer.status == 413
    assert json.load(answer)["error"] == (
        "large.txt has more than the 20 MB that are read at once. Split it into smaller files."
    )
    connection.close()
    assert list((place.home.uploads_folder / ".waiting").iterdir()) == []


@pytest.mark.parametrize("path", ["upload", "act"])
@pytest.mark.parametrize(
    "headers", [{}, {**OWN, "Sec-Fetch-Site": "cross-site"}, {**OWN, "Sec-Fetch-Site": "same-site"}]
)
def test_a_page_from_elsewhere_changes_nothing(place: SimpleNamespace, path: str, headers: dict[str, str]) -> None:
    """Neither without our header, which it cannot set, nor where the browser tells where it is from."""
    body = json.dumps({"act": "remove", "id": "x"}).encode()
    status, answer = post(f"{place.site}/sources/{path}", body, {**headers, "X-File-Name": "a.txt"})
    assert status == 403
    assert "own pages" in answer["error"]
    assert list((place.home.uploads_folder / ".waiting").iterdir()) == []


@pytest.mark.parametrize(
    "body",
    [b"", b"no json", b"[]", b'{"act": 3}', b'{"act": "drop everything"}', b'{"act": "again", "id": "../.."}',
     b'{"act": "away", "id": ".."}', b'{"act": "replace", "id": "nothing"}'],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(place: SimpleNamespace, body: bytes) -> None:
    """With what to do; nothing below the home is touched."""
    before = kept_in(place.home)
    status, answer = post(f"{place.site}/sources/act", body, OWN)
    assert status == 400
    assert "Load the page again" in answer["error"]
    assert kept_in(place.home) == before


def test_an_empty_record_says_how_it_is_filled(place: SimpleNamespace) -> None:
    """On the page and on this machine."""
    with urlopen(f"{place.site}/sources/list?sort=nothing&down=maybe&q=%00") as answer:
        assert "rapporteur ingest FOLDER" in answer.read().decode()
