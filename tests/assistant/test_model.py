"""The model's server: what it says arrives, and however it fails, the failure is told in time and without the key."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest
from scripted_server import Exchange, ScriptedServer, drip

from assistant.chat_model import Message, ModelFailure
from assistant.model import MOST_CHARACTERS, ServedModel
from assistant.model_settings import ModelSettings

HELLO = (Message("system", "Be brief."), Message("user", "Hello"))
KEY = "sk-secret-of-the-test"


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        yield running


def failure_of(server: ScriptedServer, *, seconds: float = 20.0) -> str:
    """Why nothing came; within twice the time that was set, and without the key."""
    started = time.monotonic()
    with pytest.raises(ModelFailure) as raised:
        list(ServedModel(server.settings(seconds=seconds)).write(HELLO))
    assert time.monotonic() - started < seconds * 2 + 5
    assert KEY not in repr(raised.value) + str(raised.value.__cause__) + str(raised.value.__context__)
    return str(raised.value)


def test_the_text_arrives_in_pieces(server):
    """As the server sends it, with the messages and the limit given to it."""
    server.says("The rate was 45%.", pieces=4)
    assert list(ServedModel(server.settings()).write(HELLO)) == ["The ", "rate", " was", " 45%", "."]
    (asked,) = server.requests
    assert [message["content"] for message in asked["messages"]] == ["Be brief.", "Hello"]
    assert (asked["model"], asked["stream"], asked["temperature"]) == ("scripted", True, 0.0)


def test_only_our_own_headers_are_sent(server, monkeypatch):
    """The environment's keys and names for OpenAI go to nobody."""
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_ADMIN_KEY"):
        monkeypatch.setenv(name, "another-secret")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Own: another-secret")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://192.0.2.1/v1")
    server.says("Yes.")
    list(ServedModel(server.settings()).write(HELLO))
    (headers,) = server.headers
    assert headers["authorization"] == f"Bearer {KEY}"
    assert "another-secret" not in str(headers)
    assert not [name for name in headers if name.startswith("x-")]


def test_no_key_is_no_key_of_the_environment(server, monkeypatch):
    """Where none is set, none is borrowed."""
    monkeypatch.setenv("OPENAI_API_KEY", "another-secret")
    server.says("Yes.")
    list(ServedModel(server.settings(key="")).write(HELLO))
    assert "another-secret" not in str(server.headers)


def test_a_proxy_does_not_hear_of_this_machine(server, monkeypatch):
    """A proxy in the environment is not asked for a server on loopback."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    server.says("Yes.")
    assert "".join(ServedModel(server.settings()).write(HELLO)) == "Yes."


@pytest.mark.parametrize(
    ("status", "told"),
    [(401, "refused the key"), (403, "refused the key"), (404, "no such model"), (500, "HTTP 500"), (502, "HTTP 502")],
)
def test_a_status_is_told(server, status, told):
    """In our own words: the server's may repeat the key."""
    server.does(lambda exchange: exchange.error(status, f"Incorrect API key provided: {KEY}"))
    assert told in failure_of(server)
    assert len(server.requests) == 1  # no retries


def test_a_server_that_asks_for_a_pause_gets_it(server):
    """429 with Retry-After: the next question does not go there at all."""
    server.does(lambda exchange: exchange.error(429, "slow down", Retry_After="40"))
    model = ServedModel(server.settings())
    with pytest.raises(ModelFailure, match="asks to wait 40 seconds"):
        list(model.write(HELLO))
    with pytest.raises(ModelFailure, match="left alone"):
        list(model.write(HELLO))
    assert len(server.requests) == 1


def test_a_prompt_that_is_too_long_is_told(server):
    """The protocol's code for it, and the sentence of servers without codes."""
    message = "This model's maximum context length is 4096 tokens."
    server.does(lambda exchange: exchange.error(400, message, "context_length_exceeded"))
    assert "too long" in failure_of(server)


def test_a_redirect_is_not_followed(server):
    """The key goes to nobody else."""
    with ScriptedServer() as other:
        other.says("Yes.")
        server.does(lambda exchange: exchange.head(307, Location=f"{other.url}/chat/completions"))
        assert "HTTP 307" in failure_of(server)
        assert not other.requests


def cut(exchange: Exchange) -> None:
    exchange.head()
    exchange.chunk("The rate was")


def reset(exchange: Exchange) -> None:
    exchange.head(Content_Length="5000")
    exchange.chunk("The rate was")


def web_page(exchange: Exchange) -> None:
    exchange.head(content="text/html")
    exchange.raw("<html>Welcome</html>")


def broken_json(exchange: Exchange) -> None:
    exchange.head()
    exchange.raw("data: {not json}\n\n")


def error_inside(exchange: Exchange) -> None:
    exchange.head()
    exchange.chunk("The")
    exchange.raw(f'data: {{"error": {{"message": "out of memory {KEY}", "code": 500}}}}\n\n')


def empty(exchange: Exchange) -> None:
    exchange.head()
    exchange.chunk("", "stop")
    exchange.raw("data: [DONE]\n\n")


def filtered(exchange: Exchange) -> None:
    exchange.head()
    exchange.chunk("The", "content_filter")


def strange(exchange: Exchange) -> None:
    exchange.head()
    exchange.raw('data: {"choices": "none", "delta": 4}\n\n')


@pytest.mark.parametrize(
    ("script", "told"),
    [
        (cut, "broke off"),
        (reset, "broke off"),
        (web_page, "nothing readable"),
        (broken_json, "OpenAI protocol"),
        (error_inside, "in the middle"),
        (empty, "wrote nothing"),
        (filtered, "content_filter"),
        (strange, ""),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_stream_that_is_none_is_told(server, script, told):
    """Cut, reset, no JSON, no event stream, empty, filtered: each is a failure with its cause."""
    server.does(script)
    assert told in failure_of(server)


def silent(exchange: Exchange) -> None:
    time.sleep(4)


def comments(exchange: Exchange) -> None:
    exchange.head()
    while True:
        exchange.raw(": still thinking\n\n")
        time.sleep(0.02)


def headers_without_end(exchange: Exchange) -> None:
    exchange.handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        exchange.raw("X-More: yes\r\n")
        time.sleep(0.2)


def slow(exchange: Exchange) -> None:
    exchange.head()
    drip(exchange, iter(lambda: "word ", None), pause_s=0.2)


@pytest.mark.parametrize("script", [silent, comments, headers_without_end, slow], ids=lambda script: script.__name__)
def test_nothing_hangs(server, script):
    """Silence, comments without end, headers without end, a word now and then: over when the time is over."""
    server.does(script)
    assert "0.6 seconds" in failure_of(server, seconds=0.6)


def test_an_endless_text_is_cut(server):
    """A server that heeds no limit is left after so many characters."""

    def endless(exchange: Exchange) -> None:
        exchange.head()
        while True:
            exchange.chunk("more and more " * 50)

    server.does(endless)
    assert "did not stop" in failure_of(server)
    assert server.gone.wait(5)
    assert MOST_CHARACTERS < 50_000


def test_nobody_there_is_told():
    """A port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings = ModelSettings(f"http://127.0.0.1:{taken.getsockname()[1]}", "m", seconds=5)
        with pytest.raises(ModelFailure, match="cannot be reached"):
            list(ServedModel(settings).write(HELLO))


def test_who_stops_listening_ends_the_request(server):
    """Closing the iterator shuts the connection: the server notices."""
    server.does(lambda exchange: (exchange.head(), drip(exchange, iter(lambda: "word ", None), pause_s=0.01)))
    pieces = ServedModel(server.settings()).write(HELLO)
    assert next(pieces) == "word "
    pieces.close()
    assert server.gone.wait(5)


def test_several_may_ask_at_once(server):
    """Each gets its own text."""
    server.says(lambda exchange: f"You said {exchange.body['messages'][-1]['content']}.")
    model, said = ServedModel(server.settings()), {}

    def ask(number: int) -> None:
        said[number] = "".join(model.write([Message("user", str(number))]))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert said == {number: f"You said {number}." for number in range(4)}
