"""The commands around the program itself: `serve` and `mcp` open it to people and programs, `doctor` examines it."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from ui.options import ChromaOption, HomeOption, JsonOption, workplace
from ui.terminal import Terminal

__all__ = ["doctor", "mcp", "serve"]


def serve(
    context: typer.Context,
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; others than this machine's own need users.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen on.")] = 7860,
    home: HomeOption = None,
    chroma: ChromaOption = None,
) -> None:
    """Open the app in a browser on this machine; for programs, the REST API at /api and MCP at /mcp."""
    from ui.listening import check_address
    from ui.users_file import UsersFile

    place = workplace(context, home, chroma)
    check_address(host, port, users=bool(UsersFile(place.home.users_file).all()))
    index = place.open()
    from ui.app import serve as serve_app

    serve_app(index, home=place.home, host=host, port=port)


def mcp(context: typer.Context, home: HomeOption = None, chroma: ChromaOption = None) -> None:
    """Serve the record to a language model's program over standard input and output (MCP)."""
    index = workplace(context, home, chroma).open()
    from assistant.assistant import Assistant
    from ui.mcp_server import run_over_stdio

    run_over_stdio(Assistant(index))


def doctor(
    context: typer.Context, as_json: JsonOption = False, home: HomeOption = None, chroma: ChromaOption = None
) -> None:
    """Examine the install, the model and the index."""
    from ui.doctor import examine

    place = workplace(context, home, chroma)
    terminal = Terminal.of(sys.stdout)
    checks = []
    for check in examine(place.home, place.settings):
        checks.append(check)
        if not as_json:
            found = terminal.wrapped(f"{check.name}: {check.found}", first="      ", rest="      ")
            mark = terminal.good("ok  ") if check.ok else terminal.bad("FAIL")
            terminal.write([f"{mark}  {found[0].strip()}", *found[1:]])
            if not check.ok and check.advice:
                terminal.write(terminal.wrapped(f"→ {check.advice}", first="      ", rest="        "))
            sys.stdout.flush()
    well = all(check.ok for check in checks)
    if as_json:
        rows = [{"name": c.name, "ok": c.ok, "found": c.found, "advice": c.advice or None} for c in checks]
        sys.stdout.write(json.dumps({"ok": well, "checks": rows}, ensure_ascii=False) + "\n")
    if not well:
        raise typer.Exit(1)
