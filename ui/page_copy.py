"""An answer as plain text for the clipboard: what is said, with each quote and where it stands.

Knows nothing of HTML and of Gradio.
"""

from __future__ import annotations

from assistant.answer import Answer, Citation
from ui.wording import REFUSED, dates, said_by, visible

__all__ = ["copied_text"]


def copied_text(answer: Answer) -> str:
    """The question, the answer and its sources."""
    lines = [answer.question, ""]
    if answer.refused:
        lines += [REFUSED, *([answer.reason] if answer.reason else [])]
    else:
        if answer.short_answer:
            lines += [answer.short_answer, ""]
        for statement in answer.statements:
            numbers = "".join(f" [{number}]" for number in statement.citations)
            lines.append(f"{statement.text}{numbers}")
        lines += ["", *map(_source, answer.citations)]
    return visible("\n".join(lines))


def _source(citation: Citation) -> str:
    origin = [citation.title, dates(citation), citation.place, said_by(citation), citation.document]
    return f"[{citation.number}] “{citation.quote}” ({', '.join(filter(None, dict.fromkeys(origin)))})"
