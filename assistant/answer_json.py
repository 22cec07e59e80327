"""Answers as JSON that can be read back: the whole Answer, equal to the one that was written.

What other programs get is the form in wire.py, which leaves out and renames; this one is for keeping.
A field that is new since an answer was written takes its default.

>>> # answer_from_json(answer_to_json(answer)) == answer
"""

from __future__ import annotations

import json
from datetime import date
from functools import cache

from pydantic import TypeAdapter, ValidationError

from assistant.answer import Answer
from corpus.errors import DeskFault

__all__ = ["answer_from_json", "answer_to_json"]


@cache
def _adapter() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)


def answer_to_json(answer: Answer) -> str:
    """The whole answer on one line; infinite numbers are written as Python's json does."""
    return json.dumps(_adapter().dump_python(answer), ensure_ascii=False, default=_written)


def answer_from_json(text: str) -> Answer:
    """The answer that was written. Raises DeskFault when it has a form that this program does not know."""
    try:
        return _adapter().validate_python(json.loads(text))
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(map(str, fault["loc"]))
        raise DeskFault(
            f"An answer that was kept cannot be read ({where}: {fault['msg']}). It was written by another version of "
            "Rapporteur: install that one, or export the conversation with it."
        ) from error


def _written(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} is no part of an answer")
