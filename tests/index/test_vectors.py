"""Vectors in a folder and on a Chroma server: the same tests against both."""

from __future__ import annotations

import http.server
import os
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexFault, InputError
from index.vectors import PAGE, ChromaVectors, VectorStore

DIM = 8


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real Chroma server on this machine."""
    folder = tmp_path_factory.mktemp("server")
    port = free_port()
    command = [Path(sys.executable).with_name("chroma"), "run", "--path", folder, "--host", "127.0.0.1"]
    environment = {**os.environ, "ANONYMIZED_TELEMETRY": "False", "HOME": str(folder)}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen([*command, "--port", str(port)], env=environment, stdout=log, stderr=log)
    try:
        wait_for(port, process, folder / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(port: int, process: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"chroma run did not start:\n{log.read_text()}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the persistent collections lie."""
    return tmp_path_factory.mktemp("chroma")


@pytest.fixture(params=["folder", "server"])
def vectors(request: pytest.FixtureRequest) -> Iterator[VectorStore]:
    """An empty collection, once in a folder and once on a server."""
    name = f"passages-{uuid.uuid4().hex[:12]}"
    if request.param == "server":
        opened = ChromaVectors.open(Path("unused"), name, request.getfixturevalue("server"))
    else:
        opened = ChromaVectors.open(request.getfixturevalue("folder"), name)
    yield opened
    opened.drop()


def axis(number: int, lean: float = 0.0) -> np.ndarray:
    """A unit vector along one axis, leaning towards the next."""
    vector = np.zeros(DIM, dtype=np.float32)
    vector[number], vector[(number + 1) % DIM] = 1.0, lean
    return vector / np.linalg.norm(vector)


def add(vectors: VectorStore, **rows: np.ndarray) -> None:
    """Add vectors named "document_number"."""
    vectors.add(list(rows), np.stack(list(rows.values())), [name.split("_")[0] for name in rows])


def names(vectors: VectorStore, vector: np.ndarray, count: int, within: str | None = None) -> list[str]:
    return [neighbour.passage_id for neighbour in vectors.nearest(vector, count, within)]


def test_an_empty_collection_has_nothing(vectors: VectorStore) -> None:
    """A new collection counts zero, lists nothing, finds nothing."""
    assert (vectors.count(), list(vectors.ids()), vectors.nearest(axis(0), 5)) == (0, [], [])


def test_what_is_added_is_there(vectors: VectorStore) -> None:
    """Added vectors are counted and listed."""
    add(vectors, a_0=axis(0), a_1=axis(1), b_0=axis(2))
    assert vectors.count() == 3
    assert sorted(vectors.ids()) == ["a_0", "a_1", "b_0"]


def test_the_nearest_come_first(vectors: VectorStore) -> None:
    """Neighbours come by falling cosine similarity, and as many as asked."""
    add(vectors, a_0=axis(0), a_1=axis(0, 0.5), a_2=axis(0, 2.0), b_0=axis(4))
    assert names(vectors, axis(0), 3) == ["a_0", "a_1", "a_2"]


def test_similarity_is_the_cosine(vectors: VectorStore) -> None:
    """The similarity told is the dot product of the unit vectors."""
    add(vectors, a_0=axis(0, 0.5), b_0=axis(4))
    first, last = vectors.nearest(axis(0), 2)
    assert first.similarity == pytest.approx(float(axis(0, 0.5) @ axis(0)), abs=1e-5)
    assert last.similarity == pytest.approx(0.0, abs=1e-5)


def test_more_than_there_are_are_all(vectors: VectorStore) -> None:
    """Asking for more than there are gives all."""
    add(vectors, a_0=axis(0), a_1=axis(1))
    assert names(vectors, axis(0), 50) == ["a_0", "a_1"]


@pytest.mark.parametrize("count", [0, -1])
def test_none_are_asked_for(vectors: VectorStore, count: int) -> None:
    """Asking for none gives none."""
    add(vectors, a_0=axis(0))
    assert vectors.nearest(axis(0), count) == []


def test_the_search_stays_within_a_document(vectors: VectorStore) -> None:
    """`within` finds only vectors of that document, though others are nearer."""
    add(vectors, a_0=axis(0), b_0=axis(0, 3.0), b_1=axis(4))
    assert names(vectors, axis(0), 5, "b") == ["b_0", "b_1"]
    assert names(vectors, axis(0), 5, "unknown") == []


def test_adding_again_overwrites(vectors: VectorStore) -> None:
    """An id that is there already gets the new vector and the new document."""
    add(vectors, a_0=axis(0))
    vectors.add(["a_0"], np.stack([axis(3)]), ["b"])
    assert vectors.count() == 1
    assert vectors.nearest(axis(3), 1)[0].similarity == pytest.approx(1.0, abs=1e-5)
    assert names(vectors, axis(3), 5, "a") == []
    assert names(vectors, axis(3), 5, "b") == ["a_0"]


def test_deleted_vectors_are_gone(vectors: VectorStore) -> None:
    """A deleted vector is not counted, listed or found; unknown ids are passed over."""
    add(vectors, a_0=axis(0), a_1=axis(1))
    vectors.delete(["a_0", "unknown"])
    assert (vectors.count(), list(vectors.ids()), names(vectors, axis(0), 5)) == (1, ["a_1"], ["a_1"])


def test_deleting_nothing_is_nothing(vectors: VectorStore) -> None:
    """Without ids nothing is deleted."""
    add(vectors, a_0=axis(0))
    vectors.delete([])
    assert vectors.count() == 1


def test_adding_nothing_is_nothing(vectors: VectorStore) -> None:
    """Without ids nothing is added."""
    vectors.add([], np.zeros((0, DIM), dtype=np.float32), [])
    assert vectors.count() == 0


def test_more_than_one_call_takes(vectors: VectorStore) -> None:
    """More vectors than go into one call are added, listed and deleted."""
    total = 2 * PAGE + 1
    ids = [f"a_{number}" for number in range(total)]
    vectors.add(ids, np.random.default_rng(0).normal(size=(total, DIM)).astype(np.float32), ["a"] * total)
    assert vectors.count() == total
    assert set(vectors.ids()) == set(ids)
    vectors.delete(ids[1:])
    assert list(vectors.ids()) == ["a_0"]


def test_a_collection_opens_again(server: str, folder: Path) -> None:
    """What was added is there when the same name is opened again; another name is another collection."""
    for place, address in [(folder, ""), (folder, server)]:
        add(ChromaVectors.open(place, "kept-here", address), a_0=axis(0))
        assert list(ChromaVectors.open(place, "kept-here", address).ids()) == ["a_0"]
        assert ChromaVectors.open(place, "other-name", address).count() == 0


def test_a_server_that_does_not_answer_is_told(tmp_path: Path) -> None:
    """Where no server listens, the message gives the address and how to start one."""
    address = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(InputError, match="chroma run") as raised:
        ChromaVectors.open(tmp_path, "passages", address)
    assert address in str(raised.value)


def test_a_server_of_another_kind_is_told(tmp_path: Path) -> None:
    """A web server that is no Chroma server is refused in the same words."""
    with http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        with pytest.raises(InputError, match="No Chroma server answers"):
            ChromaVectors.open(tmp_path, "passages", f"http://127.0.0.1:{other.server_port}")
        other.shutdown()


@pytest.mark.parametrize(
    "address", ["localhost:8000", "ftp://localhost", "http://", "http://localhost:99999", "http://[::1", "nonsense"]
)
def test_a_bad_address_is_told(tmp_path: Path, address: str) -> None:
    """What is no address is refused with what is expected, before anything is called."""
    with pytest.raises(InputError, match=r"Expected http://host:port") as raised:
        ChromaVectors.open(tmp_path, "passages", address)
    assert str(raised.value).startswith(repr(address))


def test_a_damaged_folder_is_told(tmp_path: Path) -> None:
    """A folder whose database is torn is named, with what to do."""
    (tmp_path / "chroma.sqlite3").write_text("hello " * 1000)
    with pytest.raises(IndexFault, match="rapporteur ingest") as raised:
        ChromaVectors.open(tmp_path, "passages")
    assert str(tmp_path) in str(raised.value)
