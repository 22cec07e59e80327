"""The README's section for programs is a promise too: its calls run against `rapporteur serve` and give what it shows.

`make readme` runs this file with README_REWRITE=1, which puts the real outputs in.
"""

from __future__ import annotations

import asyncio
import doctest
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from mcp import Client, StdioServerParameters
from served import free_port

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
REWRITE = bool(os.environ.get("README_REWRITE"))
SECTION = re.compile(r"^## For programs\n.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)
CURL = re.compile(r"(?<=```console\n)\$ curl.*?(?=```)", re.DOTALL)
PYTHON = re.compile(r"(?<=```pycon\n).*?(?=```)", re.DOTALL)
CONFIGURATION = re.compile(r"(?<=```json\n).*?(?=```)", re.DOTALL)
SHOWN_PORT = ":7860/"
# Runs the examples that it is given and tells what each has printed.
RUN_EXAMPLES = """
import contextlib, io, json, sys
names, printed = {"__name__": "__main__"}, []
for source in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(source, "README.md", "single"), names)
    printed.append(out.getvalue())
json.dump(printed, sys.stdout)
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Where the bundled reports are indexed, as `make ask` does it."""
    home = tmp_path_factory.mktemp("programs")
    environment = {**os.environ, "RAPPORTEUR_HOME": str(home), "PYTHONPATH": str(ROOT), "no_proxy": "127.0.0.1"}
    ingesting = [sys.executable, "-m", "ui", "ingest", str(ROOT / "corpus" / "reports")]
    subprocess.run(ingesting, cwd=ROOT, env=environment, check=True, capture_output=True)
    return environment


@pytest.fixture(scope="module")
def port(environment: dict[str, str]) -> Iterator[int]:
    """The port of `rapporteur serve` over the bundled reports."""
    number = free_port()
    serving = [sys.executable, "-m", "ui", "serve", "--port", str(number)]
    with subprocess.Popen(serving, cwd=ROOT, env=environment, stderr=subprocess.PIPE) as process:
        while not _answers(number):
            assert process.poll() is None, process.communicate()[1].decode()
            time.sleep(0.2)
        yield number
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/api/health", timeout=5):
            return True
    except URLError:
        return False


def _section() -> str:
    found = SECTION.search(README.read_text(encoding="utf-8"))
    assert found
    return found[0]


def _put(shown: str, real: str) -> None:
    """The same, or, where the README is being rewritten, put in."""
    if REWRITE:
        README.write_text(README.read_text(encoding="utf-8").replace(shown, real), encoding="utf-8")
        return
    assert real == shown


def test_each_curl_line_gives_what_is_shown(environment: dict[str, str], port: int) -> None:
    """Run by a shell, line by line."""
    blocks = CURL.findall(_section())
    assert blocks
    for block in blocks:
        real = ""
        for line in block.splitlines():
            if line.startswith("$ "):
                command = line.removeprefix("$ ").replace(SHOWN_PORT, f":{port}/")
                ran = subprocess.run(
                    ["bash", "-c", command], env=environment, capture_output=True, text=True, check=True, timeout=60
                )
                real += f"{line}\n{ran.stdout.rstrip()}\n"
        _put(block, real)


def test_each_python_example_gives_what_is_shown(environment: dict[str, str], port: int) -> None:
    """Each block in a Python of its own, as typed at its prompt."""
    blocks = PYTHON.findall(_section())
    assert len(blocks) >= 3
    for block in blocks:
        examples = doctest.DocTestParser().get_examples(block)
        sources = [example.source.replace(SHOWN_PORT, f":{port}/") for example in examples]
        ran = subprocess.run(
            [sys.executable, "-c", RUN_EXAMPLES],
            cwd=ROOT,
            env=environment,
            input=json.dumps(sources),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert ran.returncode == 0, ran.stderr
        printed = json.loads(ran.stdout)
        _put(
            block,
            "".join(_prompted(example.source) + out for example, out in zip(examples, printed, strict=True)),
        )


def _prompted(source: str) -> str:
    """The example as it is typed; a block of several lines ends with an empty prompt."""
    first, *rest = source.splitlines()
    lines = [f">>> {first}", *(f"... {line}" for line in rest), *(["..."] if rest else [])]
    return "".join(f"{line}\n" for line in lines)


def test_the_mcp_configuration_starts_the_server(environment: dict[str, str]) -> None:
    """A program that is configured so finds the four tools; the command is that of this checkout."""
    (block,) = CONFIGURATION.findall(_section())
    (server,) = json.loads(block)["mcpServers"].values()
    assert server["command"] == "rapporteur"
    started = StdioServerParameters(
        command=sys.executable, args=["-m", "ui", *server["args"]], cwd=str(ROOT), env=environment
    )

    async def tools() -> list[str]:
        async with Client(started) as client:
            return [tool.name for tool in (await client.list_tools()).tools]

    with ThreadPoolExecutor(1) as thread:  # another test may have left a loop in this one
        names = thread.submit(asyncio.run, tools()).result()
    assert names == ["ask", "search", "figures", "show"]
    assert all(f"`{name}`" in _section() for name in names)
