"""The page that explains the REST API: every call with its fields and a line to try, drawn from the OpenAPI schema.

One page of HTML without scripts, which loads nothing from anywhere. Knows nothing of the record.

>>> # api_page(api.openapi(), "http://127.0.0.1:7860/api")
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from ui.markup import safe

__all__ = ["api_page"]

Schema = dict[str, Any]
EXAMPLE_QUESTION = "What was decided?"


def api_page(openapi: Schema, address: str) -> str:
    """The page for an OpenAPI 3.1 document, as FastAPI makes it; `address` is where the API can be called."""
    info = openapi["info"]
    calls = [
        _call(openapi, address, path, method, call)
        for path, methods in openapi["paths"].items()
        for method, call in methods.items()
    ]
    shapes = [
        f'<section id="{safe(name)}"><h2>{safe(name)}</h2>{_prose(shape)}{_fields(shape)}</section>'
        for name, shape in openapi["components"]["schemas"].items()
        if shape.get("properties") and name not in {"HTTPValidationError", "ValidationError"}
    ]
    style = files("ui").joinpath("api_page.css").read_text(encoding="utf-8")
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{safe(info["title"])} for programs</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>{safe(info["title"])} for programs</h1>
<p>{safe(info["description"])}</p>
<p>What goes wrong is told as <code>{{"error": "…"}}</code>: 400 and 422 for a question that cannot be used,
404 for a document that is not in the record, 413 for a request that is too large, 503 when too many ask at once.
The schema for programs is <a href="openapi.json">openapi.json</a>.</p>
{"".join(calls)}
{"".join(shapes)}
</main>
</body>
</html>
"""


def _call(openapi: Schema, address: str, path: str, method: str, call: Schema) -> str:
    shown = urlsplit(address).path + path
    parts = [f'<h2><span class="method">{safe(method.upper())}</span>{safe(shown)}</h2>', _prose(call)]
    parameters = call.get("parameters", [])
    if parameters:
        rows = [(one["name"], _kind(one["schema"]), one.get("description", "")) for one in parameters]
        parts.append(_table(rows))
    body = _json_schema(call.get("requestBody", {}))
    if body:
        parts.append(_fields(_resolved(openapi, body)))
    answer = _json_schema(call["responses"].get("200", {}))
    if answer.get("$ref"):
        parts.append(f"<p>Gives {_kind(answer)}.</p>")
    parts.append(f"<pre><code>{safe(_curl(address + path, has_body=bool(body)))}</code></pre>")
    return f"<section>{''.join(parts)}</section>"


def _curl(url: str, *, has_body: bool) -> str:
    url = re.sub(r"\{(\w+)\}", lambda part: part[1].upper(), url)  # curl takes braces for a pattern
    if not has_body:
        return f"curl '{url}'"
    sent = json.dumps({"question": EXAMPLE_QUESTION})
    return f"curl '{url}' \\\n  -H 'Content-Type: application/json' \\\n  -d '{sent}'"


def _prose(described: Schema) -> str:
    paragraphs = [part for part in described.get("description", "").split("\n\n") if part]
    return "".join(f"<p>{safe(part)}</p>" for part in paragraphs)


def _json_schema(message: Schema) -> Schema:
    found: Schema = message.get("content", {}).get("application/json", {}).get("schema", {})
    return found


def _resolved(openapi: Schema, schema: Schema) -> Schema:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: Schema = openapi["components"]["schemas"][name] if name else schema
    return found


def _fields(schema: Schema) -> str:
    rows = [(name, _kind(field), field.get("description", "")) for name, field in schema["properties"].items()]
    return _table(rows)


def _table(rows: list[tuple[str, str, str]]) -> str:
    """Name, kind (HTML) and description of each field."""
    cells = "".join(
        f"<tr><td><code>{safe(name)}</code></td><td>{kind}</td><td>{safe(text)}</td></tr>" for name, kind, text in rows
    )
    return f'<div class="table"><table><tr><th>Field</th><th>Kind</th><th>Meaning</th></tr>{cells}</table></div>'


def _kind(schema: Schema) -> str:
    """What a field holds, as HTML: a word, or a link to the shape."""
    kinds = dict.fromkeys(_kinds(schema))
    if "number" in kinds:
        kinds.pop("integer", None)  # a number may be whole
    return " or ".join(kinds)


def _kinds(schema: Schema) -> Iterator[str]:
    if "$ref" in schema:
        name = safe(schema["$ref"].rpartition("/")[2])
        yield f'<a href="#{name}">{name}</a>'
    elif "anyOf" in schema:
        for one in schema["anyOf"]:
            yield from _kinds(one)
    elif "enum" in schema:
        yield " or ".join(safe(str(value)) for value in schema["enum"])
    elif schema.get("type") == "array":
        yield f"list of {_kind(schema['items'])}"
    else:
        yield safe(str(schema.get("type", "any")))
