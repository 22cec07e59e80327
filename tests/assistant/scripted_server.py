"""A language model's server that says what a test tells it to: real HTTP on loopback, in the OpenAI protocol.

>>> # with ScriptedServer() as server: server.says("The rate was 45% [k].", pieces=5)
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from assistant.model_settings import ModelSettings

Body = dict[str, Any]  # of a request
Send = Callable[["Exchange"], None]


class Exchange:
    """One request and what may be sent back."""

    def __init__(self, handler: BaseHTTPRequestHandler, body: Body) -> None:
        self.handler = handler
        self.body = body

    def head(self, status: int = 200, content: str = "text/event-stream", **headers: str) -> None:
        """The status line and the headers."""
        self.handler.send_response(status)
        self.handler.send_header("Content-Type", content)
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()

    def raw(self, text: str) -> None:
        """Characters as they are."""
        self.handler.wfile.write(text.encode())
        self.handler.wfile.flush()

    def chunk(self, text: str, reason: str | None = None) -> None:
        """One piece of the answer."""
        choice = {"index": 0, "delta": {"content": text}, "finish_reason": reason}
        told = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": [choice]}
        self.raw(f"data: {json.dumps(told)}\n\n")

    def error(self, status: int, message: str, code: str = "", **headers: str) -> None:
        """An error in the protocol's form."""
        self.head(status, "application/json", **headers)
        self.raw(json.dumps({"error": {"message": message, "type": "error", "code": code or None}}))

    @property
    def prompt(self) -> str:
        """All that the model was told."""
        return "\n".join(message["content"] for message in self.body["messages"])

    @property
    def sources(self) -> dict[str, str]:
        """The sentences that were given, by their keys."""
        given = json.loads(self.body["messages"][-1]["content"])
        return {one["key"]: one["text"] for source in given["sources"] for one in source["sentences"]}

    def key(self, words: str) -> str:
        """The key of the first sentence given that holds `words`."""
        return next(key for key, text in self.sources.items() if words in text)


class ScriptedServer:
    """The server; `requests` holds the bodies, `headers` the headers of what it was asked, `gone` who hung up."""

    def __init__(self) -> None:
        self.requests: list[Body] = []
        self.headers: list[dict[str, str]] = []
        self.gone = threading.Event()
        self._script: Send = lambda exchange: None
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.requests.append(body)
                outer.headers.append({name.lower(): value for name, value in self.headers.items()})
                try:
                    outer._script(Exchange(self, body))
                except OSError:
                    outer.gone.set()

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def __enter__(self) -> ScriptedServer:
        return self

    def __exit__(self, *raised: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def settings(self, *, seconds: float = 20.0, key: str = "sk-secret-of-the-test") -> ModelSettings:
        """How it is spoken to."""
        return ModelSettings(self.url, "scripted", key, seconds)

    def does(self, script: Send) -> None:
        """Answer each request so."""
        self._script = script

    def says(self, text: str | Callable[[Exchange], str], *, pieces: int = 7, reason: str = "stop") -> None:
        """Write `text` in pieces of so many characters; a function is given the exchange and makes it."""

        def script(exchange: Exchange) -> None:
            said = text if isinstance(text, str) else text(exchange)
            exchange.head()
            for piece in _pieces(said, pieces):
                exchange.chunk(piece)
            exchange.chunk("", reason)
            exchange.raw("data: [DONE]\n\n")

        self.does(script)


def _pieces(text: str, size: int) -> Iterator[str]:
    yield from (text[start : start + size] for start in range(0, len(text), size))


def drip(exchange: Exchange, pieces: Iterable[str], *, pause_s: float) -> None:
    """Send one piece after the other, with a pause before each."""
    for piece in pieces:
        time.sleep(pause_s)
        exchange.chunk(piece)
