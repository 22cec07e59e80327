"""Nothing reaches beyond this machine, unless the user has said where to.

Every command runs in a process of its own in which Python refuses, and writes down, each attempt to
look up a name or to reach an address that is not this machine's. The home and all caches are empty.
What a library does in machine code of its own (Chroma's and the tokenizers' Rust) Python cannot see.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]

# An audit hook sees what every library does with Python's sockets, asyncio's and httpx's too, and
# cannot be taken off again: https://docs.python.org/3/library/audit_events.html
GUARD = """
import ipaddress, os, sys

ATTEMPTS = os.environ["ATTEMPTS"]

def is_this_machine(host):
    if host in (None, "", b"", "localhost", b"localhost"):
        return True
    text = (host.decode() if isinstance(host, bytes) else str(host)).split("%")[0]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified

def guard(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # a path is a socket of this machine
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = arguments[0]
    else:
        return
    if not is_this_machine(host):
        with open(ATTEMPTS, "a") as log:
            log.write(f"{event} {arguments!r}\\n")
        raise PermissionError(f"the test refuses {event} {arguments!r}")

sys.addaudithook(guard)
"""

OPEN_THE_APP = """
import json, socket, sys, urllib.request
from assistant.assistant import Assistant
from assistant.desk import open_desk
from index.settings import Home, IndexSettings
from index.store import open_index
from ui.app import launch
from ui.page_context import PageContext

ASKED = {"question": "What was the rate of online dossiers in 2024?"}
CALLED = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "ask", "arguments": ASKED}}

with socket.socket() as listener:
    listener.bind(("127.0.0.1", 0))
    port = listener.getsockname()[1]
home = Home()
context = PageContext(Assistant(open_index(home, IndexSettings())), home, open_desk(home))
app = launch(context, host="127.0.0.1", port=port)
page = urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60).read()
assert b"Rapporteur" in page
for path, sent in (("api/ask", ASKED), ("mcp", CALLED)):
    headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    call = urllib.request.Request(f"http://127.0.0.1:{port}/{path}", json.dumps(sent).encode(), headers)
    assert b"45%" in urllib.request.urlopen(call, timeout=60).read()
app.close(verbose=False)
"""

REPORT = """Board adopts a budget

Hai Duong, 14 May 2024

A meeting of the board was held on May 13, 2024 in Hai Duong. Ms Adams chaired it.

The rate of online dossiers reached 45% in 2024. The new hall will open on 1 September 2025.
"""
CALL = "Chair: We begin. The rate was 45%.\nData lead: It was.\nChair: Thank you. We close.\nData lead: Good.\n"


class Workplace:
    """An empty machine: a home, caches and a guard in folders of their own."""

    def __init__(self, folder: Path) -> None:
        self.attempts_file = folder / "attempts"
        (folder / "guard").mkdir()
        (folder / "guard" / "sitecustomize.py").write_text(GUARD)
        (folder / "files").mkdir()
        (folder / "files" / "report.txt").write_text(REPORT, encoding="utf-8")
        (folder / "files" / "call.txt").write_text(CALL, encoding="utf-8")
        (folder / "user").mkdir()
        self.files = folder / "files"
        self.environment = {
            "PATH": os.environ.get("PATH", ""),
            "LANG": "C.UTF-8",
            "HOME": str(folder / "user"),
            "TMPDIR": str(folder),
            "RAPPORTEUR_HOME": str(folder / "home"),
            "ATTEMPTS": str(self.attempts_file),
            "PYTHONPATH": f"{folder / 'guard'}{os.pathsep}{REPOSITORY}",
        }

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """Run Python with these arguments, guarded."""
        return subprocess.run(
            [sys.executable, *map(str, arguments)],
            env=self.environment,
            cwd=self.files,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )

    def attempts(self) -> list[str]:
        """Each attempt to leave the machine."""
        return self.attempts_file.read_text().splitlines() if self.attempts_file.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Workplace:
    """A machine on which nothing has been run."""
    return Workplace(tmp_path)


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """A machine on which two files were ingested."""
    made = Workplace(tmp_path_factory.mktemp("offline"))
    run = made.run("-m", "ui", "ingest", made.files)
    assert run.returncode == 0, run.stderr
    return made


@pytest.mark.parametrize(
    "program",
    [
        "import urllib.request as r; r.urlopen('http://example.org', timeout=5)",
        "import urllib.request as r; r.urlopen('http://192.0.2.1', timeout=5)",
        "import httpx; httpx.get('http://192.0.2.1', timeout=5)",
        "import asyncio, httpx; asyncio.run(httpx.AsyncClient(timeout=5).get('https://example.org'))",
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
        "import socket; socket.socket().connect_ex(('192.0.2.1', 80))",
    ],
)
def test_the_guard_sees_an_attempt(machine: Workplace, program: str) -> None:
    """What tries to leave the machine is refused and written down, by whatever library."""
    assert machine.run("-c", program).returncode != 0
    assert machine.attempts()


def test_the_guard_lets_this_machine_speak_to_itself(machine: Workplace) -> None:
    """A connection on loopback is no attempt."""
    program = (
        "import socket; server = socket.create_server(('127.0.0.1', 0)); "
        "socket.create_connection(server.getsockname()); socket.getaddrinfo('localhost', 80)"
    )
    run = machine.run("-c", program)
    assert (run.returncode, machine.attempts()) == (0, []), run.stderr


def test_ingesting_stays_on_this_machine(indexed: Workplace) -> None:
    """The first ingestion, with nothing cached anywhere, calls nobody."""
    assert indexed.attempts() == []


def test_asking_stays_on_this_machine(indexed: Workplace) -> None:
    """A question is answered without calling anybody."""
    run = indexed.run("-m", "ui", "ask", "--json", "What was the rate of online dossiers in 2024?")
    assert run.returncode == 0, run.stderr
    assert "45%" in json.loads(run.stdout)["answer"]
    assert indexed.attempts() == []


def test_searching_stays_on_this_machine(indexed: Workplace) -> None:
    """A search calls nobody."""
    run = indexed.run("-m", "ui", "search", "--json", "online dossiers")
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["passages"]
    assert indexed.attempts() == []


def test_the_doctor_stays_on_this_machine(indexed: Workplace) -> None:
    """All checks are made, and are well, without calling anybody."""
    run = indexed.run("-m", "ui", "doctor")
    assert run.returncode == 0, run.stdout + run.stderr
    assert indexed.attempts() == []


def test_the_app_stays_on_this_machine(indexed: Workplace) -> None:
    """The app is opened, and asked for its page, by the API and by MCP, without calling anybody."""
    run = indexed.run("-c", OPEN_THE_APP)
    assert run.returncode == 0, run.stderr
    assert indexed.attempts() == []


def test_the_mcp_server_stays_on_this_machine(indexed: Workplace) -> None:
    """It starts, and ends with its standard input, without calling anybody."""
    run = indexed.run("-m", "ui", "mcp")
    assert (run.returncode, run.stdout) == (0, ""), run.stderr
    assert indexed.attempts() == []


def test_the_parts_for_llamaindex_stay_on_this_machine(indexed: Workplace) -> None:
    """LlamaIndex is imported with our parts without calling anybody."""
    run = indexed.run("-c", "import assistant.llamaindex, assistant.llamaindex_chat")
    assert run.returncode == 0, run.stderr
    assert indexed.attempts() == []


def test_an_unknown_model_is_not_looked_for_elsewhere(indexed: Workplace) -> None:
    """A model that is not on this machine is an error, not a download."""
    indexed.environment = {**indexed.environment, "RAPPORTEUR_EMBEDDING_MODEL": "nobody/no-such-model"}
    try:
        run = indexed.run("-m", "ui", "ingest", "--home", indexed.files.parent / "other", indexed.files)
    finally:
        del indexed.environment["RAPPORTEUR_EMBEDDING_MODEL"]
    assert run.returncode == 2, run.stderr
    assert "nobody/no-such-model" in run.stderr
    assert indexed.attempts() == []
