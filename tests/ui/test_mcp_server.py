"""The MCP server as a model's program meets it: the SDK's own client, over HTTP in the real app and over pipes."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp import Client, StdioServerParameters
from served import programs_of
from small_record import Finished, Record

from assistant.assistant import LONGEST_QUESTION, Assistant
from ui.mcp_server import MOST_SHOWN
from ui.turnstile import Turnstile

REPOSITORY = Path(__file__).parents[2]
BUDGET = "How much is the harbour budget for 2024?"
INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}


def over_stdio(record: Record) -> StdioServerParameters:
    """The command as a model's program is told to start it."""
    return StdioServerParameters(
        command=sys.executable,
        args=["-m", "ui", "--home", str(record.home.folder), "mcp"],
        cwd=str(REPOSITORY),
    )


@pytest.fixture(params=["http", "stdio"])
def server(request: pytest.FixtureRequest, record: Record) -> Iterator[str | StdioServerParameters]:
    """Where the client finds the server: beside the pages of the app, or as a process of its own."""
    if request.param == "stdio":
        yield over_stdio(record)
    else:
        yield f"{request.getfixturevalue('site')}mcp"


def awaited(work: Coroutine[Any, Any, Any]) -> Any:
    """The result of `work`, in a thread of its own: Playwright has a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def called(server: str | StdioServerParameters, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """The results of these tool calls, in one session."""

    async def session() -> list[Any]:
        async with Client(server) as client:
            return [await client.call_tool(name, arguments) for name, arguments in calls]

    return awaited(session())


def without_time(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "elapsed_ms"}


def test_the_tools_say_what_they_promise(server: str | StdioServerParameters) -> None:
    """Four tools that only read, each with its arguments and its result described."""

    async def session() -> tuple[Any, str | None]:
        async with Client(server) as client:
            return (await client.list_tools()).tools, client.instructions

    tools, instructions = awaited(session())
    assert [tool.name for tool in tools] == ["ask", "search", "figures", "show"]
    for tool in tools:
        assert tool.annotations.read_only_hint
        assert tool.output_schema["properties"]
        assert "context" not in tool.input_schema["properties"]
    assert "exact" in tools[0].description
    assert "refused" in tools[0].description
    assert "A refusal is an answer" in (instructions or "")


def test_each_tool_gives_the_json_of_the_command_line(
    server: str | StdioServerParameters, rapporteur: Callable[..., Finished]
) -> None:
    """Structured and as text."""
    asked, searched, series, shown = called(
        server,
        ("ask", {"question": BUDGET}),
        ("search", {"question": BUDGET, "k": 2}),
        ("figures", {"indicator": "ferry passengers"}),
        ("show", {"document": "budget.txt"}),
    )
    assert without_time(asked.structured_content) == without_time(json.loads(rapporteur("ask", "--json", BUDGET).out))
    assert searched.structured_content == json.loads(rapporteur("search", "--json", "--k", "2", BUDGET).out)
    told = rapporteur("figures", "--json", "ferry passengers").out
    assert series.structured_content["figures"] == [json.loads(line) for line in told.splitlines()]
    assert shown.structured_content["text"] == rapporteur("show", "budget.txt").out
    for result in (asked, searched, series, shown):
        assert not result.is_error
        assert json.loads(result.content[0].text) == result.structured_content


def test_a_citation_can_be_read_at_its_place(server: str | StdioServerParameters) -> None:
    """The offsets of a citation cut its quote out of the document."""
    (asked,) = called(server, ("ask", {"question": BUDGET}))
    first = asked.structured_content["citations"][0]
    place = {"document": first["document_id"], "start": first["start"], "end": first["end"]}
    (shown,) = called(server, ("show", place))
    assert shown.structured_content["text"] == first["quote"]


def test_a_refusal_is_no_error(server: str | StdioServerParameters) -> None:
    """The model is told that the record does not say."""
    (result,) = called(server, ("ask", {"question": "What is the airport budget of Oslo in 1999?"}))
    assert not result.is_error
    assert result.structured_content["refused"] is True
    assert result.structured_content["reason"]


def test_what_the_model_can_mend_is_told(server: str | StdioServerParameters) -> None:
    """As an error of the tool, with the value; the session goes on."""
    *errors, last = called(
        server,
        ("show", {"document": "none.txt"}),
        ("ask", {"question": " "}),
        ("ask", {"question": "x" * (LONGEST_QUESTION + 1)}),
        ("search", {"question": BUDGET, "k": 101}),
        ("show", {"document": "budget.txt", "start": 999_999}),
        ("ask", {"question": BUDGET}),
    )
    told = [result.content[0].text for result in errors]
    assert all(result.is_error for result in errors)
    for text, value in zip(told, ["none.txt", "empty", f"{LONGEST_QUESTION}", "100", "budget.txt"], strict=True):
        assert value in text
    assert not last.is_error


def test_a_follow_up_is_read_with_its_history(server: str | StdioServerParameters) -> None:
    """The earlier questions are an argument."""
    (result,) = called(server, ("ask", {"question": "And in 2019?", "history": [BUDGET]}))
    assert "budget" in result.structured_content["standalone_question"]


def test_a_long_document_is_shown_in_parts(tmp_path: Path) -> None:
    """No call gives more than a model can take in; the parts make up the text."""
    from index.ingest import ingest
    from index.settings import Home, IndexSettings
    from index.store import open_index

    (tmp_path / "long.txt").write_text("The council met again in the harbour hall.\n" * 600, encoding="utf-8")
    index = open_index(Home(tmp_path / "home"), IndexSettings(), create=True)
    ingest([tmp_path / "long.txt"], index)
    text = index.document_named("long.txt").text
    assert len(text) > MOST_SHOWN
    with programs_of(Assistant(index), Turnstile()) as address:
        first, second = called(
            f"{address}/mcp",
            ("show", {"document": "long.txt"}),
            ("show", {"document": "long.txt", "start": MOST_SHOWN}),
        )
    assert first.structured_content["characters"] == len(text)
    assert first.structured_content["text"] + second.structured_content["text"] == text


def test_standard_output_carries_nothing_but_the_protocol(record: Record) -> None:
    """Every line is a message, from the first on."""
    server = over_stdio(record)
    messages = [
        INITIALIZE,
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {
            "jsonrpc": "2.0",
            "id": 2,
            "method": "tools/call",
            "params": {"name": "ask", "arguments": {"question": BUDGET}},
        },
    ]
    with subprocess.Popen(
        [server.command, *server.args], cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("".join(json.dumps(message) + "\n" for message in messages).encode())
        process.stdin.flush()
        replies = [json.loads(process.stdout.readline()) for _ in range(2)]
        process.stdin.close()
        rest = process.stdout.read()
        assert process.wait(timeout=60) == 0
    assert [reply["id"] for reply in replies] == [1, 2]
    assert all(reply["jsonrpc"] == "2.0" and "result" in reply for reply in replies)
    assert rest == b""


def test_a_home_without_an_index_is_told_on_standard_error(tmp_path: Path) -> None:
    """With what to do next, and nothing on standard output."""
    finished = subprocess.run(
        [sys.executable, "-m", "ui", "--home", str(tmp_path / "none"), "mcp"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        input="",
        check=False,
    )
    assert finished.returncode == 1
    assert finished.stdout == ""
    assert "rapporteur ingest" in finished.stderr


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://localhost:1"}, 403),
        ({"Host": "evil.example"}, 400),
        ({"Content-Type": "text/plain"}, 400),  # what a page may send without being asked first
    ],
)
def test_no_page_from_elsewhere_speaks_to_it(site: str, headers: dict[str, str], status: int) -> None:
    """Over HTTP it answers programs of this machine only."""
    sent = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json", **headers}
    reply = httpx.post(f"{site}mcp", content=json.dumps(INITIALIZE), headers=sent, trust_env=False)
    assert reply.status_code == status


def test_it_refuses_another_name_by_itself(assistant: Assistant) -> None:
    """Even where no server in front of it looks at the Host header."""
    with programs_of(assistant, Turnstile()) as address:
        sent = {"Accept": "application/json, text/event-stream", "Host": "evil.example"}
        reply = httpx.post(f"{address}/mcp", json=INITIALIZE, headers=sent, trust_env=False)
        assert reply.status_code == 421


def test_it_keeps_no_stream_open(site: str) -> None:
    """What is asked for with GET would be news from the server, and there is none."""
    reply = httpx.get(f"{site}mcp", headers={"Accept": "text/event-stream"}, trust_env=False)
    assert reply.status_code == 405
