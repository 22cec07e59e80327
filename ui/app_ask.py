"""The page that answers: a conversation, and each answer beside its evidence.

The conversation lives as long as the page is open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import gradio as gr

from assistant.assistant import LONGEST_QUESTION
from corpus.errors import RapporteurError
from ui.page import turn_answered, turn_failed, turn_waiting
from ui.page_context import PageContext
from ui.routes import asset

__all__ = ["EXAMPLES", "build_ask_page", "examples_for"]

# Questions on the bundled reports, with the document that answers: shown where it is in the record.
EXAMPLES = (
    ("What was the online dossier rate in 2024?", "results-2024-and-tasks-2025-quang-binh.md"),
    ("What are the 5 focuses?", "2024-07-online-conference-hai-duong.txt"),
    (
        "How many databases are there in total?",
        "national-committee-eighth-session-nghe-an.txt",
    ),
    ("Who chaired the Hai Duong bridge point?", "2024-07-online-conference-hai-duong.txt"),
)
ASKED_AT_ONCE = 4  # questions in work; more than the cores only makes each slower
GREETING = """<div class="greeting"><h1>What does the record say?</h1>
<p>Every answer is copied from a report or a transcript and shown beside its source.
When the record does not say, you are told so.</p></div>"""


@dataclass(frozen=True, slots=True)
class _Turn:
    """A question of this conversation and how it is shown."""

    question: str
    shown: str  # HTML


_Turns = tuple[_Turn, ...]  # never changed in place: Gradio shares the first value of a state
_Shown = tuple[str, str, _Turns, dict[str, object], dict[str, object]]  # box, page, turns, examples, fresh


def build_ask_page(context: PageContext) -> None:
    """The page over the record of `context`."""
    assistant = context.assistant

    def ask(question: str, turns: _Turns) -> Iterator[_Shown]:
        """Show the question, then its answer; clears the box and hides the examples."""
        if not question.strip():
            yield _shown(turns)
            return
        number = len(turns) + 1
        yield _shown(turns, turn_waiting(number, question))
        try:
            answer = assistant.ask(question, history=[turn.question for turn in turns])
            shown = turn_answered(number, answer)
        except RapporteurError as error:
            shown = turn_failed(number, question, str(error))
        turns = (*turns, _Turn(question, shown))
        yield _shown(turns)

    turns = gr.State(())
    page = gr.HTML(GREETING, elem_id="conversation", apply_default_css=False, js_on_load=asset("ask.js"))
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
        fresh = gr.Button("New conversation", elem_id="fresh", size="sm", min_width=40, visible=False)
    with gr.Column(elem_id="examples", visible=True) as examples:
        names = [document.name for document in context.index.catalog.documents()]
        buttons = [gr.Button(question, elem_classes="example", size="sm") for question in examples_for(names)]
    outputs = [box, page, turns, examples, fresh]
    for asking, source in [(box.submit, box), *((button.click, button) for button in buttons)]:
        asked = asking(
            ask,
            [source, turns],
            outputs,
            show_progress="hidden",
            concurrency_limit=ASKED_AT_ONCE,
            concurrency_id="ask",
            api_visibility="private",
        )
        asked.failure(  # a fault of the program: no question is left waiting for ever
            _shown, turns, outputs, show_progress="hidden", api_visibility="private"
        )
    fresh.click(
        lambda: _shown(()),
        None,
        outputs,
        show_progress="hidden",
        api_visibility="private",
    )


def examples_for(names: Sequence[str]) -> list[str]:
    """The example questions whose document is among `names`."""
    return [question for question, document in EXAMPLES if document in names]


def _shown(turns: _Turns, waiting: str = "") -> _Shown:
    """What the page shows of a conversation; `waiting` is a turn whose answer is on its way."""
    conversation = "".join([*(turn.shown for turn in turns), waiting])
    begun = bool(conversation)
    spoken = f'<div role="log" aria-label="Conversation">{conversation}</div>'
    return "", spoken if begun else GREETING, turns, gr.update(visible=not begun), gr.update(visible=begun)
