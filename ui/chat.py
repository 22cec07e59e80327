"""The chat of the terminal: questions answered as they come, and kept on the desk.

A line that begins with / is a command (ui/chat_commands.py), any other a question. What is asked is
kept when its answer is complete. Knows nothing of how lines are read.

>>> # Chat(assistant, desk, Terminal.of(sys.stdout), is_interactive=True).answer_lines(lines)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from assistant.answer import Answer, Citation, Statement
from assistant.assistant import Assistant
from assistant.desk import Desk
from assistant.desk_answers import content_hashes
from assistant.desk_conversations import Conversation, StoredExchange
from assistant.exchange import Exchange
from assistant.progress import Found, Progress, Said
from corpus.errors import InputError, RapporteurError
from ui.answer_text import brief_answer_lines, read_as_lines, statement_lines
from ui.chat_background import BackgroundSteps
from ui.chat_text import exchange_lines, hint_line, looking_line
from ui.conversation_blocks import ExportedConversation
from ui.questions import check_question
from ui.terminal import Terminal, note

__all__ = ["Chat"]

ERASE_LINE = "\r\x1b[K"
SHOWN_AGAIN = 5  # of a conversation's questions, when it is taken up again
LAST_STEP_S = 3.0  # that the end waits for work that was interrupted


@dataclass
class Chat:
    """One chat: where its answers come from, where they are kept, and the conversation it is in."""

    assistant: Assistant
    desk: Desk
    terminal: Terminal
    is_interactive: bool  # whether somebody sees what is printed as it is printed
    user: str = ""
    within: str = ""  # id of the only document it is about; "" for the whole record

    def __post_init__(self) -> None:
        self.conversation: Conversation | None = None  # None until something is asked
        self.exchanges: list[StoredExchange] = []
        self.shown: list[Conversation] = []  # those that numbers refer to
        self._working: BackgroundSteps[object] | None = None
        self._is_something_for_now = False

    def warm_up(self) -> None:
        """Load the models while the first question is being typed."""

        def search() -> Iterator[object]:
            yield self.assistant.search("Which meetings are there?", count=1)

        if self.assistant.index.catalog.passage_count():
            self._working = BackgroundSteps(search())

    def take_up(self, conversation: Conversation) -> None:
        """Go on with a conversation that was kept."""
        self.exchanges = self.desk.conversations.exchanges(conversation.id, user=self.user)
        self.conversation, self.within = conversation, conversation.within
        shown = self.exchanges[-SHOWN_AGAIN:]
        if self.is_interactive and shown:
            left_out = len(self.exchanges) - len(shown)
            self.say([f"    … {left_out} before"] if left_out else [])
            self.say([*exchange_lines(shown, self.terminal), ""])

    def begin_anew(self) -> None:
        """Leave the conversation; the next question begins another."""
        self.conversation, self.exchanges = None, []

    def answer_lines(self, lines: Iterable[str]) -> int:
        """Answer each line; returns how many could not be answered, of which is told why."""
        from ui.chat_commands import run_command

        faults = 0
        for line in lines:
            text = line.strip()
            try:
                if text.startswith("/"):
                    if run_command(self, text) == "quit":
                        break
                elif text:
                    self.ask(text)
            except RapporteurError as error:
                faults += 1
                if self.is_interactive:
                    self.say([*self.terminal.wrapped(str(error)), ""])
                else:
                    note(str(error))
            self.terminal.stream.flush()
        if self._working:
            self._working.stop()
            self._working.wait(LAST_STEP_S)
        return faults

    def ask(self, question: str) -> None:
        """Answer a question, print the answer, and keep it. Ctrl+C stops the answer where somebody sees it."""
        question = check_question(question)
        try:
            answer = self._answered(question)
        except KeyboardInterrupt:
            if not self.is_interactive:
                raise
            self._say_for_now("")
            self.say(["Stopped; nothing is kept of this question.", ""])
            return
        if self.conversation is None:
            self.conversation = self.desk.conversations.begin(user=self.user, within=self.within)
        exchange = Exchange(question, answer.standalone_question, answer)
        hashes = content_hashes(answer, self.assistant.index.catalog)
        self.exchanges.append(self.desk.conversations.add(self.conversation.id, exchange, hashes, user=self.user))
        self.conversation = self.desk.conversations.get(self.conversation.id, user=self.user)

    def say(self, lines: list[str]) -> None:
        """Print lines."""
        self.terminal.write(lines)

    def hint(self, text: str) -> None:
        """Print what helps a person and would be in the way of a program."""
        if self.is_interactive and text:
            self.say([self.terminal.faint(line) for line in self.terminal.wrapped(text)])

    @property
    def last(self) -> StoredExchange:
        """The last question with its answer. Raises InputError when nothing was asked."""
        if not self.exchanges or self.exchanges[-1].exchange.answer is None:
            raise InputError("Nothing was asked in this conversation yet. Ask a question first.")
        return self.exchanges[-1]

    @property
    def last_answer(self) -> Answer:
        """The last answer. Raises as `last` does."""
        answer = self.last.exchange.answer
        assert answer is not None  # last has seen to it
        return answer

    def cited(self, number: int) -> Citation:
        """A citation of the last answer. Raises InputError when it has none with the number."""
        answer = self.last_answer
        citations = answer.nearest if answer.refused else answer.citations
        for citation in citations:
            if citation.number == number:
                return citation
        if not citations:
            raise InputError("The last answer has no sources.")
        numbers = ", ".join(str(citation.number) for citation in citations)
        raise InputError(f"The last answer has no source {number}. It has: {numbers}.")

    def exported(self) -> ExportedConversation:
        """The conversation, ready for export. Raises InputError when nothing was asked."""
        if self.conversation is None or not self.exchanges:
            raise InputError("Nothing was asked in this conversation yet; there is nothing to export.")
        return ExportedConversation(self.conversation.title, date.today(), self.exchanges, self.assistant.index.catalog)

    def _answered(self, question: str) -> Answer:
        """The answer, printed as it comes."""
        self._say_for_now(looking_line(None, self.terminal))
        if self._working:
            self._working.wait()  # one at a time: what was stopped is in its last step
        history = [stored.exchange for stored in self.exchanges]
        steps = BackgroundSteps(self.assistant.answering(question, history=history, within=self.within or None))
        self._working = steps  # type: ignore[assignment]  # of which kind the steps are does not matter there
        said: list[Statement] = []
        try:
            for step in steps:
                self._say_for_now("")
                if isinstance(step, Answer):
                    self._show(step, said)
                    return step
                self._show_progress(step, question, said)
        finally:
            steps.stop()
            self._say_for_now("")
        raise AssertionError("answering ends with an Answer")

    def _show_progress(self, step: Progress, question: str, said: list[Statement]) -> None:
        if isinstance(step, Found):
            self.say(read_as_lines(question, step.standalone_question, self.terminal))
            self._say_for_now(looking_line(step, self.terminal))
        elif isinstance(step, Said):
            said.append(step.statement)
            self.say([*statement_lines(step.statement, (), self.terminal), ""])
        self.terminal.stream.flush()

    def _show(self, answer: Answer, said: list[Statement]) -> None:
        self.say(brief_answer_lines(answer, self.terminal, already_said=said))
        self.hint(hint_line(answer))
        self.say([""])

    def _say_for_now(self, text: str) -> None:
        """Show a line until something else is shown, where somebody sees it; "" takes it away."""
        if self.is_interactive and (text or self._is_something_for_now):
            self.terminal.stream.write(f"{ERASE_LINE}{self.terminal.faint(text)}")
            self.terminal.stream.flush()
            self._is_something_for_now = bool(text)
