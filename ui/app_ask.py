"""The page that answers: conversations at the left, each answer beside its evidence.

It only joins Gradio's events to ui/asking.py and the desk. What the browser sends is a question, a
number of a turn or an id; the desk checks whose it is. The page's state is the id of the open
conversation and nothing else.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import gradio as gr

from assistant.assistant import LONGEST_QUESTION
from corpus.errors import RapporteurError
from ui.asking import Patch, asked, feedback, next_questions, opened
from ui.look import asset
from ui.page import turn_failed
from ui.page_context import PageContext
from ui.page_conversations import conversation_list
from ui.page_greeting import suggested

__all__ = ["build_ask_page"]

LISTED = 200  # conversations at the left
LONGEST_TEXT = 1000  # characters of a title, a search or a reason
# Filled by ask.js from patches: no text of a document goes through Gradio's templates.
LOG = (
    '<h1 class="visually-hidden">Ask the record</h1>'
    '<div class="turns" role="log" aria-label="Conversation"></div>'
    '<div class="take-away" hidden><span>Take this conversation away:</span> <a data-ending=".docx">Word</a> '
    '<a data-ending=".md">Markdown</a> <a data-ending=".csv">CSV</a> <a data-ending=".json">JSON</a></div>'
)
SCRIPTS = ("ask.js", "evidence.js", "selection.js")
FAULT = "Something went wrong in the program, and nothing was kept. Ask again; if it stays so, see the server's log."
_serial = itertools.count(1)  # so that no patch looks like the one before it


@dataclass(frozen=True, slots=True)
class _Shown:
    """What an event changes; None leaves a part as it is."""

    patch: dict[str, Any] | None = None
    conversations: str | None = None  # HTML
    open_id: str | None = None
    box: dict[str, Any] | None = None

    def outputs(self) -> list[Any]:
        """In the order of the page's outputs."""
        parts = (self.patch, self.conversations, self.open_id, self.box)
        return [gr.skip() if part is None else part for part in parts]


def build_ask_page(context: PageContext) -> None:
    """The page over the record and the desk of `context`."""
    open_id = gr.State("")
    with gr.Row(elem_id="ask"):
        listed = gr.HTML("", elem_id="conversations", apply_default_css=False, js_on_load=asset("conversations.js"))
        with gr.Column(elem_id="chat"):
            log = gr.HTML(
                None,
                html_template=LOG,
                elem_id="conversation",
                apply_default_css=False,
                js_on_load="\n".join(asset(name) for name in SCRIPTS),
            )
            nexts = gr.HTML(
                None,
                html_template="",
                elem_id="suggestions",
                apply_default_css=False,
                js_on_load=asset("suggestions.js"),
            )
            with gr.Row(elem_id="composer"):
                box = gr.Textbox(
                    placeholder="Ask about a meeting",
                    label="Question",
                    show_label=False,
                    container=False,
                    lines=1,
                    max_lines=6,
                    max_length=LONGEST_QUESTION,
                    autofocus=True,
                    submit_btn="Ask",
                    elem_id="question",
                )
    outputs = [log, listed, open_id, box]
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

    def ask(question: str, conversation: str, request: gr.Request) -> Iterator[list[Any]]:
        """Answer what stands in the box."""
        yield from _asking(context, request, question, conversation, None)

    def ask_again(event: gr.EventData, conversation: str, request: gr.Request) -> Iterator[list[Any]]:
        """Answer a suggestion, or a question that takes the place of an earlier one."""
        turn = event._data.get("turn")
        yield from _asking(
            context, request, _text(event, "question"), conversation, turn if isinstance(turn, int) else None
        )

    def suggest(conversation: str, request: gr.Request) -> Iterator[dict[str, Any]]:
        """What could be asked next, one after the other as it is known to be answered."""
        offered: list[str] = []
        for turn, question in next_questions(context, context.current_user(request), conversation):
            offered.append(question)
            yield {"serial": next(_serial), "turn": turn, "html": suggested(offered)}

    # How many are answered at once is the turnstile's to say; here they only wait for it.
    work: dict[str, Any] = {"concurrency_limit": None, "concurrency_id": "ask", "trigger_mode": "multiple", **quiet}
    asking = [box.submit(ask, [box, open_id], outputs, **work), log.ask(ask_again, [open_id], outputs, **work)]
    for event in asking:
        event.failure(lambda: _ended(FAULT), None, outputs, **quiet)
        event.then(suggest, [open_id], [nexts], concurrency_limit=1, concurrency_id="suggest", **quiet)
    box.stop(lambda: _ended("Stopped. Nothing was kept."), None, outputs, cancels=asking, queue=False, **quiet)

    def open_page(request: gr.Request) -> list[Any]:
        """The conversation and the question that the address names."""
        shown = _opening(context, request, str(request.query_params.get("c", "")))
        question = str(request.query_params.get("q", ""))[:LONGEST_QUESTION]
        return [*shown.outputs()[:3], gr.update(value=question) if question else gr.skip()]

    def open_one(event: gr.EventData, request: gr.Request) -> list[Any]:
        """Another conversation; "" is a new one."""
        return _opening(context, request, _text(event, "id")).outputs()

    def find(event: gr.EventData, conversation: str, request: gr.Request) -> list[Any]:
        """The conversations that hold some words."""
        words = _text(event, "words")
        return _Shown(conversations=_list(context, request, conversation, words)).outputs()

    def rename(event: gr.EventData, conversation: str, request: gr.Request) -> list[Any]:
        """Another title for a conversation."""
        named, title = _text(event, "id"), _text(event, "title")
        context.desk.conversations.rename(named, title, user=context.current_user(request))
        return _Shown(conversations=_list(context, request, conversation)).outputs()

    def remove(event: gr.EventData, conversation: str, request: gr.Request) -> list[Any]:
        """A conversation is deleted; when it was the open one, a new one is begun."""
        gone = _text(event, "id")
        context.desk.conversations.delete(gone, user=context.current_user(request))
        if gone == conversation:
            return _opening(context, request, "").outputs()
        return _Shown(conversations=_list(context, request, conversation)).outputs()

    def judge(event: gr.EventData, conversation: str, request: gr.Request) -> list[Any]:
        """What the user says of an answer."""
        turn, helpful = event._data.get("turn"), event._data.get("helpful")
        if isinstance(turn, int) and isinstance(helpful, bool):
            user = context.current_user(request)
            feedback(context, user, conversation, turn, helpful=helpful, reason=_text(event, "reason"))
        return _Shown({"serial": next(_serial), "told": "Thank you, it is noted.", "turn": turn}).outputs()

    loaded = gr.on(None, open_page, None, outputs, **quiet)
    loaded.then(suggest, [open_id], [nexts], concurrency_limit=1, concurrency_id="suggest", **quiet)
    opening = listed.open(_told(open_one), None, outputs, cancels=asking, **quiet)  # its answer would come elsewhere
    opening.then(suggest, [open_id], [nexts], concurrency_limit=1, concurrency_id="suggest", **quiet)
    listed.find(find, [open_id], outputs, trigger_mode="always_last", **quiet)
    listed.rename(_told(rename), [open_id], outputs, **quiet)
    listed.remove(_told(remove), [open_id], outputs, **quiet)
    log.feedback(_told(judge), [open_id], outputs, **quiet)


def _asking(
    context: PageContext, request: gr.Request, question: str, conversation: str, turn: int | None
) -> Iterator[list[Any]]:
    """Show a question, its evidence and its answer as they come."""
    if not question.strip():
        yield _Shown().outputs()
        return
    user = context.current_user(request)
    busy: dict[str, Any] = gr.update(value="", submit_btn=False, stop_btn="Stop")
    try:
        for patch in asked(context, user, conversation, question, turn=turn):
            if patch.done:
                conversation = patch.conversation
                listed = _list(context, request, conversation)
                yield _Shown(_patch(patch), listed, conversation, _ready()).outputs()
            else:
                yield _Shown(_patch(patch), box=busy).outputs()
            busy = gr.update(submit_btn=False, stop_btn="Stop")  # what is typed meanwhile stays
    except RapporteurError as error:
        failed = Patch(conversation, turn_failed(turn or 1, question, str(error)), turn or 1)
        yield _Shown(_patch(failed), box=_ready()).outputs()


def _opening(context: PageContext, request: gr.Request, conversation: str) -> _Shown:
    """A conversation on the page; where there is none with that id, a new one, and why."""
    user = context.current_user(request)
    try:
        patch = opened(context, user, conversation[:LONGEST_TEXT])
    except RapporteurError:
        patch = opened(context, user, "")
        problem = '<p class="problem" role="alert">This conversation is not among yours, or was deleted.</p>'
        patch = Patch("", problem + patch.html)
    return _Shown(_patch(patch), _list(context, request, patch.conversation), patch.conversation, _ready())


def _list(context: PageContext, request: gr.Request, open_id: str, words: str = "") -> str:
    """The conversations at the left, those that hold `words` where there are any."""
    conversations, user = context.desk.conversations, context.current_user(request)
    found = (
        conversations.search(words, user=user, count=LISTED)
        if words.strip()
        else conversations.listed(user=user, count=LISTED)
    )
    return conversation_list(found, open_id, today=date.today(), words=words.strip())


def _patch(patch: Patch) -> dict[str, Any]:
    """As ask.js reads it."""
    return {
        "serial": next(_serial),
        "conversation": patch.conversation,
        "turn": patch.turn,
        "html": patch.html,
        "done": patch.done,
    }


def _ended(why: str) -> list[Any]:
    """The question in work was given up."""
    return _Shown({"serial": next(_serial), "ended": why}, box=_ready()).outputs()


def _ready() -> dict[str, Any]:
    """The box as it is when nothing is in work."""
    update: dict[str, Any] = gr.update(submit_btn="Ask", stop_btn=False)
    return update


def _told(handler: Callable[..., list[Any]]) -> Callable[..., list[Any]]:
    """`handler`, whose errors are shown to the user."""

    import functools

    @functools.wraps(handler)
    def guarded(*given: Any) -> list[Any]:  # noqa: ANN401 - as Gradio calls it
        try:
            return handler(*given)
        except RapporteurError as error:
            gr.Warning(str(error))
            return _Shown().outputs()

    return guarded


def _text(event: gr.EventData, name: str) -> str:
    """A text that the browser sent; "" where it is none."""
    value = event._data.get(name) if isinstance(event._data, dict) else None
    return value[: max(LONGEST_TEXT, LONGEST_QUESTION + 1)] if isinstance(value, str) else ""
