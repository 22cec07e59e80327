"""The commands of the chat: what each is called, what it takes, what it does.

>>> nearest("/sorce")
'/source'
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from assistant.standing import standing_of
from corpus.errors import InputError
from ui.answer_text import source_lines
from ui.chat_text import conversation_lines, figures_lines, source_passage_lines

if TYPE_CHECKING:
    from assistant.desk_conversations import Conversation
    from ui.chat import Chat

__all__ = ["COMMANDS", "Command", "conversation_named", "nearest", "run_command"]

LISTED = 20  # conversations
After: TypeAlias = Literal["quit"] | None


@dataclass(frozen=True, slots=True)
class Command:
    """One command; `argument` is how help writes what it takes."""

    name: str
    argument: str
    help: str
    run: Callable[[Chat, str], After]


def run_command(chat: Chat, line: str) -> After:
    """Do what a line that begins with / says. Raises InputError when it cannot be done."""
    name, _, argument = line.partition(" ")
    command = COMMANDS.get(name.lower())
    if command is None:
        likely = nearest(name)
        raise InputError(
            f"There is no {name}. Did you mean {likely}?" if likely else f"There is no {name}. See them with: /help"
        )
    if argument.strip() and not command.argument:
        raise InputError(f"{command.name} takes nothing after it. See what each takes with: /help")
    return command.run(chat, argument.strip())


def nearest(name: str) -> str:
    """The command that a mistyped one most likely means; "" where none is near."""
    from difflib import get_close_matches

    begun = [known for known in COMMANDS if known.startswith(name.lower())] if len(name) > 1 else []
    return next(iter([*begun, *get_close_matches(name.lower(), COMMANDS, n=1, cutoff=0.5)]), "")


def conversation_named(chat: Chat, name: str) -> Conversation:
    """A conversation by its number in the list, its id, or as "last". Raises InputError when there is none."""
    listed = chat.shown or chat.desk.conversations.listed(user=chat.user, count=LISTED)
    if name == "last":
        listed, name = chat.desk.conversations.listed(user=chat.user, count=1), "1"
    if not listed:
        raise InputError("No conversation is kept yet. Ask a question; it is kept with its answer.")
    if name.isdecimal() and len(name) < 4:
        if not 1 <= int(name) <= len(listed):
            raise InputError(f"There is no conversation {name}. There are {len(listed)}; see them with: /list")
        return chat.desk.conversations.get(listed[int(name) - 1].id, user=chat.user)
    return chat.desk.conversations.get(name, user=chat.user)


def _help(chat: Chat, _: str) -> None:
    width = max(len(f"{one.name} {one.argument}") for one in COMMANDS.values()) + 2
    for one in COMMANDS.values():
        first = f"{one.name} {one.argument}".ljust(width)
        chat.say(chat.terminal.wrapped(one.help, first=first, rest=" " * width))
    other = "Any other line is a question. Ctrl+C stops an answer, Ctrl+D ends the chat."
    chat.say(["", *chat.terminal.wrapped(other), ""])


def _source(chat: Chat, argument: str) -> None:
    answer = chat.last_answer
    first = next((one.number for one in (answer.nearest if answer.refused else answer.citations)), 1)
    number = argument.strip("[]")
    if number and not number.isdecimal():
        raise InputError(f"{argument!r} is no number of a source. Write for example: /source 2")
    citation = chat.cited(int(number) if number else first)
    catalog = chat.assistant.index.catalog
    standing = standing_of(citation, chat.last.content_hashes.get(citation.document_id, ""), catalog)
    passages = []
    if standing.document and standing.span:
        span = standing.span
        passages = [
            one for one in catalog.passages_of(standing.document.id) if one.start < span.end and span.start < one.end
        ]
    chat.say([*source_passage_lines(citation, standing, passages, chat.terminal), ""])


def _sources(chat: Chat, _: str) -> None:
    lines = source_lines(chat.last_answer, chat.terminal)
    chat.say([*(lines or ["The last answer has no sources."]), ""])


def _readings(chat: Chat, _: str) -> None:
    chat.say([*figures_lines(chat.last_answer, chat.terminal), ""])


def _export(chat: Chat, argument: str) -> None:
    from ui.conversation_export import FORMATS, write_export

    if not argument:
        raise InputError(f"Name the file to write, ending in {', '.join(FORMATS)}: /export notes.md")
    file = Path(argument.strip("\"'")).expanduser()
    write_export(chat.exported(), file)
    chat.hint(f"Written to {file}")


def _new(chat: Chat, _: str) -> None:
    chat.begin_anew()
    chat.hint("A new conversation.")


def _list(chat: Chat, _: str) -> None:
    chat.shown = chat.desk.conversations.listed(user=chat.user, count=LISTED)
    current = chat.conversation.id if chat.conversation else ""
    lines = conversation_lines(chat.shown, chat.terminal, current=current)
    chat.say([*(lines or ["No conversation is kept yet."]), ""])


def _open(chat: Chat, argument: str) -> None:
    if not argument:
        raise InputError("Name the conversation to open by its number in /list: /open 2")
    chat.take_up(conversation_named(chat, argument))


def _rename(chat: Chat, argument: str) -> None:
    current = _current(chat)
    if not argument:
        raise InputError("Write the new title: /rename Dossiers for the June meeting")
    chat.conversation = chat.desk.conversations.rename(current.id, argument, user=chat.user)
    chat.hint(f"Renamed to: {chat.conversation.title}")


def _delete(chat: Chat, argument: str) -> None:
    current = _current(chat)
    if argument != "yes":
        raise InputError(f"This deletes “{current.title}” with its answers for good. If that is meant: /delete yes")
    chat.desk.conversations.delete(current.id, user=chat.user)
    chat.begin_anew()
    chat.shown = []
    chat.hint("Deleted. The next question begins a new conversation.")


def _quit(_chat: Chat, _: str) -> After:
    return "quit"


def _current(chat: Chat) -> Conversation:
    if chat.conversation is None:
        raise InputError("Nothing was asked in this conversation yet. Open one that is kept: /list, then /open 1")
    return chat.conversation


COMMANDS: dict[str, Command] = {
    command.name: command
    for command in (
        Command("/source", "[N]", "the passage around quote N of the last answer", _source),
        Command("/sources", "", "all sources of the last answer", _sources),
        Command("/readings", "", "all figures of the last answer, with period, scope and kind", _readings),
        Command("/export", "FILE", "write the conversation to FILE: .md, .docx, .csv or .json", _export),
        Command("/new", "", "begin a new conversation", _new),
        Command("/list", "", "the conversations that are kept", _list),
        Command("/open", "N", "go on with conversation N of the list", _open),
        Command("/rename", "TITLE", "give this conversation a title", _rename),
        Command("/delete", "yes", "delete this conversation for good", _delete),
        Command("/help", "", "these commands", _help),
        Command("/quit", "", "end the chat", _quit),
    )
}
