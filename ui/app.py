"""The app: one frame for all pages, with the address of each, the way between them, and one look.

It listens on this machine only and loads nothing from elsewhere. Each page is a file of its own,
`ui/app_NAME.py`; only those, this file and app_theme.py import gradio.

How a page is added:
1. `ui/app_NAME.py` with `build_NAME_page(context: PageContext) -> None`: it makes Gradio components, sets their
   events (`gr.on(triggers=None, …)` fires when the page is opened; a `request: gr.Request` parameter has
   `request.query_params`), and names `concurrency_limit`s. Its first component is a heading (`<h1>`).
2. Its HTML is made in `ui/page_*.py`, escaped by ui/markup.py; its styles are `ui/NAME.css`, in
   page.css's colours and inside `#NAME {…}`, the id of its outermost part, so that Gradio's rules come second.
3. One line in PAGES below, in the order of the navigation.
4. Addresses of its own, such as a download: a function that gives starlette routes, named in that line.
5. `tests/ui/test_app_NAME.py`, with `open_page("/NAME")` of tests/ui/conftest.py.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from assistant.assistant import Assistant
from assistant.desk import open_desk
from index.offline import stay_offline
from index.settings import Home
from index.store import Index
from ui.conversation_routes import conversation_routes
from ui.evaluation_routes import evaluation_routes
from ui.figure_routes import figure_routes
from ui.headers import RefusingHeaders
from ui.listening import LOCAL_NAMES, address, bypass_proxies, check_address, host_in_url, is_loopback
from ui.look import asset, style_link
from ui.page_context import PageContext
from ui.page_frame import NavigationLink, navigation
from ui.people_routes import people_routes
from ui.programs import for_programs
from ui.routes import own_routes
from ui.source_routes import source_routes
from ui.users import Role
from ui.users_gate import Gate
from ui.users_people import People
from ui.users_routes import users_routes

stay_offline()  # gradio asks its makers for news when it is imported
import gradio as gr  # noqa: E402
from gradio.components.navbar import Navbar  # noqa: E402
from starlette.middleware import Middleware  # noqa: E402
from starlette.middleware.trustedhost import TrustedHostMiddleware  # noqa: E402
from starlette.routing import BaseRoute  # noqa: E402

from ui.app_ask import build_ask_page  # noqa: E402
from ui.app_evaluation import build_evaluation_page  # noqa: E402
from ui.app_figures import build_figures_page  # noqa: E402
from ui.app_people import build_people_page  # noqa: E402
from ui.app_review import build_review_page  # noqa: E402
from ui.app_sources import build_sources_page  # noqa: E402
from ui.app_theme import house_theme  # noqa: E402

__all__ = ["PAGES", "AppPage", "build_app", "launch", "serve"]


@dataclass(frozen=True, slots=True)
class AppPage:
    """One page: its name in the navigation, its address, and what builds it."""

    name: str
    path: str  # without the leading slash
    build: Callable[[PageContext], None]
    styles: str = ""  # name of a .css file of this package
    routes: Callable[[PageContext], Sequence[BaseRoute]] | None = None  # addresses of its own
    role: Role = Role.STAFF  # whom it is for, where users sign in; its handlers get the context of that role

    @property
    def link(self) -> NavigationLink:
        """Its place in the navigation."""
        return NavigationLink(self.name, f"/{self.path}")


PAGES = (  # the first is the one opened at the start
    AppPage("Ask", "ask", build_ask_page, styles="ask.css", routes=conversation_routes),
    AppPage("Figures", "figures", build_figures_page, styles="figures.css", routes=figure_routes),
    AppPage("Sources", "sources", build_sources_page, styles="sources.css", routes=source_routes),
    AppPage("Review", "review", build_review_page, styles="review.css", role=Role.REVIEWER),
    AppPage(
        "Evaluation",
        "evaluation",
        build_evaluation_page,
        styles="evaluation.css",
        routes=evaluation_routes,
        role=Role.EVALUATOR,
    ),
    AppPage("People", "people", build_people_page, styles="people.css", routes=people_routes, role=Role.ADMIN),
)


def build_app(context: PageContext) -> gr.Blocks:
    """All pages over `context`; nothing listens yet."""
    app: gr.Blocks
    with gr.Blocks(title="Rapporteur", analytics_enabled=False, fill_width=True) as app:
        pass  # the address "/" leads to the first page
    for page in PAGES:
        with app.route(page.name, f"/{page.path}", show_in_navbar=False):
            Navbar(visible=False)  # Gradio's own; ours is the same on pages that are not Gradio's
            gr.HTML(
                navigation(_links(), page.link.address),
                elem_id="header",
                apply_default_css=False,
                js_on_load=f"document.title = {f'{page.name} · Rapporteur'!r};\n{asset('users.js')}",
            )
            page.build(context.for_role(page.role))
    return app


def launch(context: PageContext, *, host: str, port: int) -> gr.Blocks:
    """Listen on `host` and `port` and return; raises InputError when that cannot be."""
    people = context.people if isinstance(context.people, People) else None
    check_address(host, port, users=people is not None and people.must_sign_in)
    bypass_proxies(host)
    app = build_app(context)
    app.queue(max_size=64, api_open=False)
    # A page from elsewhere whose name was made to point at this machine must not read the record.
    # Where users sign in that page has no session, and the machine may have any name.
    names = ["*"] if people and people.must_sign_in else [*LOCAL_NAMES, host_in_url(host)]
    only_local = Middleware(TrustedHostMiddleware, allowed_hosts=names, www_redirect=False)
    programs = for_programs(context.assistant, context.turnstile, hosts=names, current_user=context.current_user)
    added = [route for page in PAGES if page.routes for route in page.routes(context.for_role(page.role))]
    roles = {page.link.address: page.role for page in PAGES}
    added += users_routes(context.people, roles)
    styles = [*(page.styles for page in PAGES if page.styles), "users.css"]
    gate = [Middleware(Gate, people=people, pages=roles)] if people else []
    routes = [*own_routes(context, _links(), styles), *added]
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
        blocked_paths=[str(context.home.folder.absolute())],
        favicon_path=str(Path(__file__).with_name("icon.svg")),
        theme=house_theme(),
        head="".join(map(style_link, ["page.css", *styles])),  # not `css`, whose selectors gradio rewrites
        app_kwargs={"middleware": [only_local, Middleware(RefusingHeaders), *gate], **programs.arguments(*routes)},
    )
    return app


def serve(index: Index, *, home: Home, host: str, port: int) -> None:
    """Serve the app over `index` until the process is interrupted."""
    people = People(home, alone=is_loopback(host))
    check_address(host, port, users=bool(people.file.all()))
    assistant = Assistant(index)
    if index.catalog.passage_count():
        assistant.search("Which meetings are there?", count=1)  # the first to ask does not wait for the model
    app = launch(PageContext(assistant, home, open_desk(home)).among(people), host=host, port=port)
    sys.stderr.write(f"Rapporteur is open at {address(host, port)} (stop it with Ctrl+C)\n")
    try:
        Event().wait()
    finally:
        app.close(verbose=False)


def _links() -> list[NavigationLink]:
    return [page.link for page in PAGES]
