"""The chat, as a script of lines and as a person's."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from small_record import Finished

from assistant.answer import Answer, Statement
from assistant.assistant import Assistant
from assistant.desk import Desk
from assistant.exchange import Exchange
from assistant.progress import Found, Progress, Said
from index.ingest import ingest
from index.settings import Home, IndexSettings
from index.store import open_index
from ui.chat import Chat
from ui.chat_commands import COMMANDS, conversation_named, nearest
from ui.terminal import Terminal

BUDGET = "How much is the harbour budget for 2024?"
DREDGING = "How many tonnes of sediment did the dredging of the north channel remove?"
NOWHERE = "What is the airport budget of Oslo in 1999?"

Talk = Callable[..., str]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty desk."""
    opened = Desk(tmp_path / "desk.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def make_chat(assistant: Assistant, desk: Desk) -> Callable[..., Chat]:
    """Makes a chat over the record that prints into a string."""

    def make(*, width: int = 80, is_interactive: bool = False, answers: Assistant = assistant, user: str = "") -> Chat:
        terminal = Terminal(io.StringIO(), width, colours=False, is_terminal=is_interactive)
        return Chat(answers, desk, terminal, is_interactive, user=user)

    return make


@pytest.fixture
def chat(make_chat: Callable[..., Chat]) -> Chat:
    """A chat that reads a script."""
    return make_chat()


def told(chat: Chat, *lines: str) -> str:
    """What the chat prints for `lines`."""
    chat.terminal.stream.truncate(0)
    chat.terminal.stream.seek(0)
    assert chat.answer_lines(lines) == 0
    return printed(chat)


def printed(chat: Chat) -> str:
    """All that was printed."""
    assert isinstance(chat.terminal.stream, io.StringIO)
    return chat.terminal.stream.getvalue()


def test_a_script_gets_answers_with_their_quotes_and_nothing_else(chat: Chat) -> None:
    """No prompt, no hint, no line that is taken back, no source before it is asked for."""
    out = told(chat, BUDGET)
    assert out.startswith("4.2 million euros [1]\n")
    assert "“The council adopted a harbour budget of 4.2 million euros for 2024.” [1]" in " ".join(out.split())
    assert not [noise for noise in ("\x1b", "\r", "> ", "/source", "Looking", "budget.txt") if noise in out]


def test_a_follow_up_says_what_it_was_read_as(chat: Chat) -> None:
    """The conversation goes into it."""
    assert "Read as: How much is the harbour budget for 2023?" in " ".join(told(chat, BUDGET, "And for 2023?").split())


def test_what_was_asked_is_kept_with_its_answer(chat: Chat, desk: Desk) -> None:
    """In one conversation, until another is begun."""
    told(chat, BUDGET, "And for 2023?", "/new", DREDGING)
    second, first = desk.conversations.listed(user="")
    assert (first.title, first.exchanges, second.title, second.exchanges) == (BUDGET, 2, DREDGING, 1)
    kept = desk.conversations.exchanges(second.id, user="")[0]
    assert kept.exchange.answer
    assert kept.exchange.answer.citations[0].speaker == "Harbour master"
    assert kept.content_hashes


def test_a_source_is_shown_with_its_quote_marked(chat: Chat) -> None:
    """Who spoke and when, the document, and the text around."""
    out = told(chat, DREDGING, "/source 1")
    assert "Harbour master at 0:01:05" in out
    assert "call.vtt" in out
    assert ">>The dredging of the north channel removed 18,500 tonnes of sediment.<<" in " ".join(out.split())
    assert "We begin with the dredging" in out


def test_the_quote_is_in_bold_where_that_can_be_seen(make_chat: Callable[..., Chat]) -> None:
    """Also where it goes over several lines."""
    chat = make_chat(width=40)
    told(chat, DREDGING)
    chat.terminal = Terminal(io.StringIO(), 40, colours=True, is_terminal=True)
    out = told(chat, "/source")
    marked = out[out.index(">>") : out.index("<<")].splitlines()
    assert len(marked) > 1
    assert all(line.startswith("\x1b[1m") for line in marked[1:])


def test_sources_of_a_refusal_are_those_that_came_nearest(chat: Chat) -> None:
    """What the record does not say has sources too."""
    out = told(chat, NOWHERE, "/sources")
    assert out.startswith("The record does not say.")
    assert "budget.txt" not in out.partition("\n\n[1]")[0]
    assert "budget.txt" in out.partition("\n\n[1]")[2]


def test_readings_are_shown_as_a_table(chat: Chat) -> None:
    """Value, scope, period and kind."""
    out = told(chat, BUDGET, "/readings")
    assert "value" in out
    assert "4.2 million euros" in out.rpartition("value")[2]


@pytest.mark.parametrize("ending", ["md", "docx", "csv", "json"])
def test_the_conversation_is_exported(chat: Chat, tmp_path: Path, ending: str) -> None:
    """To a file whose name may hold spaces."""
    file = tmp_path / f"my notes.{ending}"
    assert told(chat, BUDGET, f'/export "{file}"').count("Written") == 0
    assert file.stat().st_size > 500
    if ending == "json":
        assert json.loads(file.read_bytes())["exchanges"][0]["answer"]["short_answer"] == "4.2 million euros"


def test_a_conversation_is_listed_renamed_opened_and_deleted(chat: Chat, desk: Desk) -> None:
    """By its number in the list; the one that is open has a mark."""
    told(chat, BUDGET, "/rename Harbour money", "/new", DREDGING)
    listing = told(chat, "/list")
    assert f"  1*{DREDGING}" in listing
    assert "  2 Harbour money" in listing
    told(chat, "/open 2", "/delete yes")
    assert [one.title for one in desk.conversations.listed(user="")] == [DREDGING]
    assert chat.conversation is None


def test_a_conversation_that_is_opened_goes_on(chat: Chat, make_chat: Callable[..., Chat]) -> None:
    """Another chat, later, takes its follow-up from what was asked before."""
    told(chat, BUDGET)
    later = make_chat()
    out = told(later, "/open 1", "And for 2023?", "/new")
    assert "Read as: How much is the harbour budget for 2023?" in out
    assert later.desk.conversations.listed(user="")[0].exchanges == 2


def test_number_id_and_last_lead_to_a_conversation(chat: Chat) -> None:
    """The number is that of the list, where the latest comes first."""
    told(chat, BUDGET, "/new", DREDGING)
    latest, earlier = chat.desk.conversations.listed(user="")
    assert [conversation_named(chat, name) for name in ("1", "2", "last", earlier.id)] == [
        latest,
        earlier,
        latest,
        earlier,
    ]


def test_a_conversation_keeps_to_what_it_was_begun_with(rapporteur: Callable[..., Finished]) -> None:
    """A limit that is given when it is resumed is an error."""
    done = rapporteur("chat", "--within", "call.vtt", "--resume", "last")
    assert done.code == 2
    assert "either --within or --resume" in done.err


def test_nobody_sees_anothers_conversations(chat: Chat, make_chat: Callable[..., Chat]) -> None:
    """Neither in the list nor by its id."""
    told(chat, BUDGET)
    assert chat.conversation
    other = make_chat(user="ben")
    assert "No conversation is kept yet." in told(other, "/list")
    assert other.answer_lines([f"/open {chat.conversation.id}"]) == 1


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["/sorce 2"], "There is no /sorce. Did you mean /source?"),
        (["/xyz"], "There is no /xyz. See them with: /help"),
        (["/source"], "Nothing was asked in this conversation yet"),
        ([BUDGET, "/source 99"], "The last answer has no source 99. It has: 1"),
        ([BUDGET, "/source two"], "'two' is no number of a source"),
        ([BUDGET, "/new now"], "/new takes nothing after it"),
        ([BUDGET, "/export"], "Name the file to write"),
        ([BUDGET, "/export x.pdf"], ".pdf is no format"),
        (["/export notes.md"], "there is nothing to export"),
        (["/open 1"], "No conversation is kept yet"),
        ([BUDGET, "/open 7"], "There is no conversation 7. There are 1"),
        ([BUDGET, "/open"], "Name the conversation to open"),
        ([BUDGET, "/open nobodys-id"], "No conversation has the id"),
        ([BUDGET, "/rename"], "Write the new title"),
        (["/delete"], "Nothing was asked"),
        ([BUDGET, "/delete"], "with its answers for good. If that is meant: /delete yes"),
        (["x" * 3000], "at most 2,000 are read"),
    ],
)
def test_what_cannot_be_done_is_told_and_the_rest_goes_on(
    chat: Chat, desk: Desk, capsys: pytest.CaptureFixture[str], lines: list[str], message: str
) -> None:
    """With what to do instead, on standard error; nothing is lost."""
    assert chat.answer_lines([*lines, DREDGING]) == 1
    assert message in capsys.readouterr().err
    assert "18,500 tonnes" in printed(chat)
    assert sum(one.exchanges for one in desk.conversations.listed(user="")) == len([*lines[:-1], DREDGING])


@pytest.mark.parametrize(
    ("typed", "meant"), [("/exprot", "/export"), ("/so", "/source"), ("/LIST", "/list"), ("/", "")]
)
def test_the_nearest_command_is_offered(typed: str, meant: str) -> None:
    """The one that begins so, else the one that is spelled most alike."""
    assert nearest(typed) == meant


def test_help_tells_every_command(chat: Chat) -> None:
    """With what it takes."""
    out = told(chat, "/help")
    assert all(f"{command.name} {command.argument}".rstrip() in out for command in COMMANDS.values())


def test_quit_ends_the_script(chat: Chat) -> None:
    """What stands after it is not read."""
    assert told(chat, "/quit", BUDGET) == ""


@pytest.mark.parametrize("width", [40, 60])
def test_no_line_is_wider_than_a_narrow_terminal(make_chat: Callable[..., Chat], tmp_path: Path, width: int) -> None:
    """Answers, sources, figures, lists, help and messages."""
    chat = make_chat(width=width, is_interactive=True)
    chat.answer_lines(
        [
            BUDGET,
            "And for 2023?",
            "/source 1",
            "/sources",
            "/readings",
            NOWHERE,
            DREDGING,
            "/source",
            "/list",
            "/open 1",
        ]
    )
    chat.answer_lines(["/help", "/nothing", "/delete", f"/rename {'A long title ' * 10}", "/list"])
    shown = [line.rpartition("\x1b[K")[2] for line in printed(chat).splitlines()]
    assert [line for line in shown if len(line) > width] == []


class Speaking(Assistant):
    """An assistant whose answers come sentence by sentence, as a language model's do."""

    printed: Callable[[], str]
    seen = ""  # what had been printed when the second sentence came

    def answering(self, question: str, **arguments: object) -> Iterator[Progress]:
        """The quote, another sentence when the quote can be read, and then the answer."""
        *_, answer = super().answering(question)
        assert isinstance(answer, Answer)
        first = answer.statements[0]
        second = Statement("The council heard more than that.", first.citations)
        yield Found(question, answer.passages)
        yield Said(first)
        for _ in range(3000):
            if "4.2 million euros for 2024" in " ".join(self.printed().split()):
                break
            time.sleep(0.01)
        self.seen = self.printed()
        yield Said(second)
        yield replace(answer, statements=(first, second), mode="generated")


def test_sentences_are_shown_as_they_come_and_once(assistant: Assistant, make_chat: Callable[..., Chat]) -> None:
    """The first can be read before there is a second, and the answer that comes last repeats none."""
    speaking = Speaking(assistant.index)
    chat = make_chat(answers=speaking)
    speaking.printed = lambda: printed(chat)
    out = told(chat, BUDGET)
    assert "The council adopted a harbour budget" in speaking.seen
    assert "The council heard more" not in speaking.seen
    assert out.count("The council adopted a harbour budget") == 1
    assert out.count("The council heard more than that. [1]") == 1
    assert "4.2 million euros [1]" in out


class Interrupted(Assistant):
    """An assistant that a person stops while it answers."""

    def answering(self, question: str, **arguments: object) -> Iterator[Progress]:
        """Ctrl+C comes before anything is found."""
        raise KeyboardInterrupt
        yield


def test_an_interruption_stops_the_answer_and_not_the_chat(
    assistant: Assistant, make_chat: Callable[..., Chat], desk: Desk
) -> None:
    """The next line is read, and nothing is kept of the question."""
    chat = make_chat(is_interactive=True, answers=Interrupted(assistant.index))
    assert chat.answer_lines([BUDGET, "/help"]) == 0
    assert "Stopped; nothing is kept" in printed(chat)
    assert "/export FILE" in printed(chat)
    assert desk.conversations.listed(user="") == []


def test_a_quote_is_shown_after_its_document_has_gone(tmp_path: Path) -> None:
    """What was told stays told, with a word on what became of the document."""
    files = tmp_path / "files"
    files.mkdir()
    (files / "quay.txt").write_text("Quay call\n\nThe quay cost 3 million euros in 2023.\n", encoding="utf-8")
    index = open_index(Home(tmp_path / "home"), IndexSettings(), create=True)
    ingest([files], index)
    terminal = Terminal(io.StringIO(), 80, colours=False, is_terminal=False)
    chat = Chat(Assistant(index), Desk(tmp_path / "desk.sqlite"), terminal, is_interactive=False)
    told(chat, "How much did the quay cost in 2023?")
    (files / "quay.txt").write_text("Quay call\n\nThe sum was withdrawn.\n", encoding="utf-8")
    ingest([files], index)
    out = told(chat, "/source")
    assert "The document has changed since, and no longer says this." in out
    assert ">>The quay cost 3 million euros in 2023.<<" in out


def test_an_exchange_without_an_answer_has_no_source(
    chat: Chat, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """A question that another program kept without an answer."""
    conversation = desk.conversations.begin(user="")
    desk.conversations.add(conversation.id, Exchange("Why?"), {}, user="")
    assert chat.answer_lines([f"/open {conversation.id}", "/source"]) == 1
    assert "Ask a question first." in capsys.readouterr().err
