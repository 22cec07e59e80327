"""The app: a page to ask the record and to read each answer beside its evidence.

The one file that imports gradio. It listens on this machine only, loads nothing from elsewhere,
and keeps nothing: the conversation lives as long as the page is open.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from threading import Event

from assistant.assistant import LONGEST_QUESTION, Assistant
from corpus.errors import RapporteurError
from index.offline import stay_offline
from index.settings import Home
from index.store import Index
from ui.listening import LOCAL_NAMES, address, bypass_proxies, check_address, host_in_url
from ui.page import header, turn_answered, turn_failed, turn_waiting

stay_offline()  # gradio asks its makers for news when it is imported
import gradio as gr  # noqa: E402
from starlette.middleware import Middleware  # noqa: E402
from starlette.middleware.trustedhost import TrustedHostMiddleware  # noqa: E402

__all__ = ["EXAMPLES", "build_app", "launch", "serve"]

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
FONTS = ("-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "Arial", "sans-serif")
FIXED_FONTS = ("ui-monospace", "Consolas", "Liberation Mono", "monospace")
GREETING = """<div class="greeting"><h2>What does the record say?</h2>
<p>Every answer is copied from a report or a transcript and shown beside its source.
When the record does not say, you are told so.</p></div>"""


@dataclass(frozen=True, slots=True)
class _Turn:
    """A question of this conversation and how it is shown."""

    question: str
    shown: str  # HTML


_Turns = tuple[_Turn, ...]  # never changed in place: Gradio shares the first value of a state
_Shown = tuple[str, str, _Turns, dict[str, object], dict[str, object]]  # box, page, turns, examples, fresh


def build_app(assistant: Assistant) -> gr.Blocks:
    """The app over `assistant`; nothing listens yet."""
    documents = assistant.index.catalog.documents()

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

    app: gr.Blocks
    with gr.Blocks(title="Rapporteur", analytics_enabled=False, fill_width=True) as app:
        turns = gr.State(())
        gr.HTML(header(documents), elem_id="header", apply_default_css=False, js_on_load=None)
        page = gr.HTML(GREETING, elem_id="conversation", apply_default_css=False, js_on_load=_asset("page.js"))
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
            buttons = [
                gr.Button(question, elem_classes="example", size="sm")
                for question in examples_for([document.name for document in documents])
            ]
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
    return app


def examples_for(names: Sequence[str]) -> list[str]:
    """The example questions whose document is among `names`."""
    return [question for question, document in EXAMPLES if document in names]


def launch(assistant: Assistant, *, home: Home, host: str, port: int) -> gr.Blocks:
    """Listen on `host` and `port` and return; raises InputError when that cannot be."""
    check_address(host, port)
    bypass_proxies(host)
    app = build_app(assistant)
    app.queue(max_size=64, api_open=False)
    # A page from elsewhere whose name was made to point at this machine must not read the record.
    names = [*LOCAL_NAMES, host_in_url(host)]
    only_local = Middleware(TrustedHostMiddleware, allowed_hosts=names, www_redirect=False)
    app.launch(
        server_name=host_in_url(host),
        server_port=port,
        share=False,
        inbrowser=False,
        prevent_thread_lock=True,
        quiet=True,
        show_error=False,
        footer_links=[],
        run_history=False,  # gradio would keep each question in the browser
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        blocked_paths=[str(home.folder.absolute())],
        favicon_path=str(Path(__file__).with_name("icon.svg")),
        theme=gr.themes.Base(primary_hue="teal", neutral_hue="stone", font=FONTS, font_mono=FIXED_FONTS),
        css=_asset("page.css"),
        app_kwargs={"middleware": [only_local]},
    )
    return app


def serve(index: Index, *, home: Home, host: str, port: int) -> None:
    """Serve the app over `index` until the process is interrupted."""
    check_address(host, port)
    assistant = Assistant(index)
    if index.catalog.passage_count():
        assistant.search("Which meetings are there?", count=1)  # the first to ask does not wait for the model
    app = launch(assistant, home=home, host=host, port=port)
    sys.stderr.write(f"Rapporteur is open at {address(host, port)} (stop it with Ctrl+C)\n")
    try:
        Event().wait()
    finally:
        app.close(verbose=False)


def _shown(turns: _Turns, waiting: str = "") -> _Shown:
    """What the page shows of a conversation; `waiting` is a turn whose answer is on its way."""
    conversation = "".join([*(turn.shown for turn in turns), waiting])
    begun = bool(conversation)
    spoken = f'<div role="log" aria-label="Conversation">{conversation}</div>'
    return "", spoken if begun else GREETING, turns, gr.update(visible=not begun), gr.update(visible=begun)


def _asset(name: str) -> str:
    return files("ui").joinpath(name).read_text(encoding="utf-8")
