"""The commands that put questions to the record: `ask` and `search`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import InputError
from ui.options import (
    ChromaOption,
    HomeOption,
    JsonOption,
    QuestionsOption,
    WithinOption,
    workplace,
)
from ui.questions import BadLine, check_question, open_questions, read_questions
from ui.terminal import Terminal, note

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.answer import RankedPassage
    from assistant.assistant import Assistant
    from assistant.wire import QuestionLine
    from index.store import Index

__all__ = ["ask", "search"]

QuestionArgument = Annotated[str | None, typer.Argument(metavar="QUESTION", help="The question, in quotation marks.")]


def ask(
    context: typer.Context,
    question: QuestionArgument = None,
    as_json: JsonOption = False,
    questions: QuestionsOption = None,
    within: WithinOption = None,
    home: HomeOption = None,
    chroma: ChromaOption = None,
) -> None:
    """Answer a question, each statement with its source."""
    asked = _one_of(question, questions)
    index = workplace(context, home, chroma).open()
    within_id = _document_id(index, within)
    assistant = _assistant(index)
    if questions is not None:

        def answered(line: QuestionLine) -> str:
            from assistant.wire import AnswerLine

            limit = _document_id(index, line.within) or within_id
            answer = assistant.ask(line.question, history=line.history, within=limit)
            return AnswerLine.of(answer, line.id).model_dump_json()

        _each_line(questions, answered)
        return
    answer = assistant.ask(asked, within=within_id)
    if as_json:
        from assistant.wire import AnswerLine

        sys.stdout.write(AnswerLine.of(answer).model_dump_json() + "\n")
        return
    from ui.answer_text import answer_lines

    terminal = Terminal.of(sys.stdout)
    terminal.write(answer_lines(answer, terminal))


def search(
    context: typer.Context,
    question: QuestionArgument = None,
    count: Annotated[int, typer.Option("--k", min=1, max=1000, help="How many passages.")] = 10,
    as_json: JsonOption = False,
    questions: QuestionsOption = None,
    within: WithinOption = None,
    home: HomeOption = None,
    chroma: ChromaOption = None,
) -> None:
    """Show the passages nearest to a question."""
    asked = _one_of(question, questions)
    index = workplace(context, home, chroma).open()
    within_id = _document_id(index, within)
    assistant = _assistant(index)
    if questions is not None:

        def found(line: QuestionLine) -> str:
            limit = _document_id(index, line.within) or within_id
            return _passages_line(assistant.search(line.question, count=count, within=limit), line.id)

        _each_line(questions, found)
        return
    passages = assistant.search(asked, count=count, within=within_id)
    if as_json:
        sys.stdout.write(_passages_line(passages) + "\n")
        return
    from ui.answer_text import passage_lines

    terminal = Terminal.of(sys.stdout)
    terminal.write(passage_lines(passages, terminal))


def _one_of(question: str | None, questions: Path | str | None) -> str:
    """The question, checked; empty where a file of questions is given instead."""
    if (question is None) == (questions is None):
        raise typer.BadParameter("Give either one question in quotation marks, or --questions FILE.jsonl.")
    return check_question(question) if question is not None else ""


def _assistant(index: Index) -> Assistant:
    from assistant.assistant import Assistant

    return Assistant(index)


def _document_id(index: Index, name: str | None) -> str | None:
    return index.document_named(name).id if name else None


def _passages_line(passages: Sequence[RankedPassage], question_id: str | int | None = None) -> str:
    from assistant.wire import PassageLine

    named = {} if question_id is None else {"id": question_id}
    return json.dumps(
        {**named, "passages": [PassageLine.of(ranked).model_dump() for ranked in passages]}, ensure_ascii=False
    )


def _each_line(file: str, answered: Callable[[QuestionLine], str]) -> None:
    """Answer the questions in `file` in order, each line printed at once; exit code 2 when one was bad."""
    bad = 0
    name = "standard input" if file == "-" else file
    with open_questions(file) as lines:
        for line in read_questions(lines):
            try:
                reason = line.reason if isinstance(line, BadLine) else ""
                if not isinstance(line, BadLine):
                    sys.stdout.write(answered(line.question) + "\n")
                    sys.stdout.flush()
            except InputError as error:
                reason = str(error)
            if reason:
                bad += 1
                note(f"{name} line {line.number}: {reason}")
    if bad:
        note(f"{bad} {'line' if bad == 1 else 'lines'} of {name} could not be answered; the rest is done.")
        raise typer.Exit(2)
