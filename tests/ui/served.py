"""A real HTTP server in a thread, and what the app serves to programs on one, without the pages."""

from __future__ import annotations

import socket
import threading
import time

import uvicorn
from fastapi import FastAPI

from assistant.assistant import Assistant
from ui.programs import for_programs
from ui.turnstile import Turnstile


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


class Served:
    """A server in a thread; inside the block it listens, at the address that the block is given."""

    def __init__(self, app: FastAPI) -> None:
        self._server = uvicorn.Server(uvicorn.Config(app, port=free_port(), log_level="error"))
        self._thread = threading.Thread(target=self._server.run)

    def __enter__(self) -> str:
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive()
            time.sleep(0.01)
        return f"http://127.0.0.1:{self._server.config.port}"

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join()


def programs_of(assistant: Assistant, turnstile: Turnstile, **options: object) -> Served:
    """The API and MCP alone, over this assistant."""
    programs = for_programs(assistant, turnstile, hosts=["127.0.0.1"], **options)  # type: ignore[arg-type]
    return Served(FastAPI(**programs.arguments()))
