"""The command `chat`: a conversation in the terminal, or a script of questions from a pipe."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from ui.options import ChromaOption, HomeOption, WithinOption, workplace
from ui.terminal import Terminal

if TYPE_CHECKING:
    from ui.chat import Chat
    from ui.options import Workplace

__all__ = ["chat"]

REMEMBERED = 200  # questions that the arrow keys go back to


def chat(
    context: typer.Context,
    within: WithinOption = None,
    resume: Annotated[
        str | None,
        typer.Option("--resume", metavar="ID|N|last", help="Go on with a conversation that is kept; see --list."),
    ] = None,
    as_list: Annotated[bool, typer.Option("--list", help="List the conversations that are kept, and stop.")] = False,
    home: HomeOption = None,
    chroma: ChromaOption = None,
) -> None:
    """Ask in a conversation that is kept; a script of questions can be piped in."""
    place = workplace(context, home, chroma)
    if within and resume:
        raise typer.BadParameter("A conversation keeps to what it was begun with. Give either --within or --resume.")
    if as_list:
        _list_kept(place)
        return
    index = place.open()
    within_id = index.document_named(within).id if within else ""
    from assistant.assistant import Assistant
    from assistant.desk import open_desk
    from ui.chat import Chat
    from ui.chat_commands import COMMANDS, conversation_named
    from ui.chat_input import piped_lines, typed_lines

    terminal = Terminal.of(sys.stdout)
    is_interactive = sys.stdin.isatty() and terminal.is_terminal
    chatting = Chat(Assistant(index), open_desk(place.home), terminal, is_interactive, within=within_id)
    if not is_interactive:
        if resume:
            chatting.take_up(conversation_named(chatting, resume))
        if chatting.answer_lines(piped_lines()):
            raise typer.Exit(2)
        return
    chatting.warm_up()
    _greet(chatting, within)
    if resume:
        chatting.take_up(conversation_named(chatting, resume))
    asked = chatting.desk.conversations.questions(user=chatting.user, count=REMEMBERED)
    chatting.answer_lines(typed_lines(history=asked, words=tuple(COMMANDS)))


def _greet(chatting: Chat, within: str | None) -> None:
    documents = len(chatting.assistant.index.catalog.documents())
    where = f"only {within}" if within else "1 document" if documents == 1 else f"{documents:,} documents"
    chatting.hint(f"Rapporteur, over {where}. Ask a question; /help shows the commands, Ctrl+D ends.")
    chatting.say([""])


def _list_kept(place: Workplace) -> None:
    from assistant.desk import open_desk
    from ui.chat_commands import LISTED
    from ui.chat_text import conversation_lines

    terminal = Terminal.of(sys.stdout)
    kept = open_desk(place.home).conversations.listed(user="", count=LISTED) if place.home.desk_file.exists() else []
    lines = conversation_lines(kept, terminal, with_ids=True)
    terminal.write(lines or ["No conversation is kept yet. Begin one with: rapporteur chat"])
