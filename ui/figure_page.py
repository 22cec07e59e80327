"""A drawn series as one page: the drawing, and below it every reading with its quote and source.

The page needs neither the network nor scripts; what documents hold is shown as text and never as
markup. Colours follow the reader's choice of light or dark. Knows nothing of how it is drawn.

>>> # page("Rate of online records", svg, rows)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from ui.figure_labels import COLOURS, INK, LINE, PAPER, SOFT
from ui.wording import day, one_line

if TYPE_CHECKING:
    from ui.figure_rows import SourcedReading

__all__ = ["page"]

VARIABLES = {INK: "--ink", SOFT: "--soft", LINE: "--line", PAPER: "--paper"} | {
    colour: f"--place-{number}" for number, colour in enumerate(COLOURS, start=1)
}
HEAD = ("Period", "Value", "Scope", "Kind", "In the record’s words")
STYLE = """
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1d1b18; --soft: #5d5850; --line: #e3dfd7;
  --place-1: #0072b2; --place-2: #d55e00; --place-3: #009e73; --place-4: #8f4f9e;
  --place-5: #8a7400; --place-6: #56595c; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #171614; --ink: #ece8e1; --soft: #a8a196; --line: #36332e;
    --place-1: #5ab0e8; --place-2: #f08a4b; --place-3: #3fc79a; --place-4: #c491d2;
    --place-5: #cdb53c; --place-6: #a3a6a9; }
}
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 60rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem; overflow-wrap: anywhere; }
figure { margin: 0 0 1.5rem; }
svg { display: block; width: 100%; height: auto; font-family: inherit; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
th, td { text-align: left; vertical-align: top; padding: .55rem .9rem .55rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; font-size: .8125rem; }
td:nth-child(2) { font-weight: 600; white-space: nowrap; font-variant-numeric: tabular-nums; }
td:last-child { min-width: 18rem; overflow-wrap: anywhere; }
q { quotes: "“" "”"; font-family: Charter, Georgia, "Noto Serif", serif; }
.source { display: block; color: var(--soft); font-size: .8125rem; margin-top: .2rem; }
"""
_TAG = re.compile(r"<[^<>]+>")
_FONT = re.compile(r"font-family: [^;\"]+; ?")
_SIZE = re.compile(r' (?:width|height)="[^"]*pt"')


def page(name: str, svg: str, rows: Sequence[SourcedReading]) -> str:
    """The whole file; `svg` is a drawing with the colours of ui/figure_labels.py."""
    title = escape(one_line(name))
    head = "".join(f'<th scope="col">{escape(word)}</th>' for word in HEAD)
    body = "\n".join(f"<tr>{_cells(row)}</tr>" for row in rows)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>{title}</h1>
<figure role="img" aria-label="{title}, drawn over time; the table below holds the same figures">
{_inline(svg)}
</figure>
<div class="wide">
<table>
<thead><tr>{head}</tr></thead>
<tbody>
{body}
</tbody>
</table>
</div>
</main>
</body>
</html>
"""


def _cells(row: SourcedReading) -> str:
    reading = row.reading
    held = f"held {day(row.held_on)}" if row.held_on else ""
    source = " · ".join(filter(None, dict.fromkeys([one_line(row.title), one_line(row.document), held])))
    quoted = f'<q>{escape(one_line(row.quote))}</q><span class="source">{escape(source)}</span>'
    period = one_line(reading.period.label) if reading.period else "–"
    cells = [
        escape(period),
        escape(one_line(reading.text)),
        escape(one_line(reading.scope) or "–"),
        reading.kind,
        quoted,
    ]
    return "".join(f"<td>{cell}</td>" for cell in cells)


def _inline(svg: str) -> str:
    """The drawing alone, in the page's colours and typeface."""

    def own(tag: re.Match[str]) -> str:
        text = _FONT.sub("", tag[0])
        for colour, variable in VARIABLES.items():
            text = text.replace(colour, f"var({variable})")
        return text

    svg = _SIZE.sub("", svg[svg.index("<svg") :], count=2)
    return _TAG.sub(own, svg).strip()
