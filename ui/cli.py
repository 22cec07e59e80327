"""The command line `rapporteur`.

Every command is a function of its own module and imports what it needs when it runs: asking
loads no app, ingesting no reader. Here the commands are put together, and here, and only here,
an error that the user can mend becomes a line on standard error and an exit code.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from corpus.errors import RapporteurError
from ui.commands_ask import ask, search
from ui.commands_chat import chat
from ui.commands_eval import run, suites
from ui.commands_eval_check import check
from ui.commands_eval_runs import compare, gate, report, runs
from ui.commands_figures import figures
from ui.commands_serve import doctor, mcp, serve
from ui.commands_sources import ingest, show, sources
from ui.commands_users import add as users_add
from ui.commands_users import list_users
from ui.commands_users import password as users_password
from ui.commands_users import remove as users_remove
from ui.commands_users import roles as users_roles
from ui.options import ChromaOption, HomeOption, remember_workplace
from ui.terminal import note, prepare_streams

__all__ = ["app", "main"]

app = typer.Typer(
    name="rapporteur",
    help="Answers questions about meetings from the written record. Every answer is copied from a source.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # rich takes longer to import than an answer takes to find
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from ui.version import program_version

        typer.echo(f"rapporteur {program_version() or '(run from its folder, not installed)'}")
        raise typer.Exit


@app.callback()
def common(
    context: typer.Context,
    home: HomeOption = None,
    chroma: ChromaOption = None,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Answers questions about meetings from the written record. Every answer is copied from a source."""
    remember_workplace(context, home, chroma)


for command in (ingest, ask, chat, search, figures, show, sources, serve, mcp, doctor):
    app.command()(command)

evaluation = typer.Typer(
    name="eval",
    help="Measure the answers with gold questions; compare two runs.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
for evaluating in (suites, check, run, runs, report, compare, gate):
    evaluation.command()(evaluating)
app.add_typer(evaluation)

users = typer.Typer(
    name="users",
    help="Keep the users who may sign in, where more than one person works with the app.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
for keeping in (users_add, users_roles, users_password, users_remove):
    users.command()(keeping)
users.command("list")(list_users)
app.add_typer(users)


def main() -> None:
    """Run the command that the arguments name; does not return."""
    prepare_streams()
    try:
        try:
            app(prog_name="rapporteur")
        finally:
            sys.stdout.flush()
    except RapporteurError as error:
        note(str(error))
        sys.exit(error.exit_code)
    except BrokenPipeError:  # the reader of the output, such as head, has left
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
