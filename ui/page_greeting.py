"""An empty conversation as HTML: what can be asked of this record, and questions to begin with.

Knows nothing of Gradio; which questions are offered is told to it.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.catalog import Catalog, StoredDocument
from ui.markup import safe
from ui.wording import counted, day

__all__ = ["EXAMPLES", "examples_for", "greeting", "suggested"]

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


def greeting(catalog: Catalog) -> str:
    """The page before anything is asked."""
    documents = catalog.documents()
    offered = suggested(examples_for([document.name for document in documents]))
    return (
        '<div class="greeting"><h2>What does the record say?</h2>'
        "<p>Every answer is copied from a report or a transcript and shown beside its source. "
        "When the record does not say, you are told so.</p>"
        f'<p class="held">{_held(documents)}</p><div class="next" id="next-0">{offered}</div></div>'
    )


def examples_for(names: Sequence[str]) -> list[str]:
    """The example questions whose document is among `names`."""
    return [question for question, document in EXAMPLES if document in names]


def suggested(questions: Sequence[str]) -> str:
    """Questions as buttons that ask them."""
    return "".join(f'<button class="suggestion" data-act="ask">{safe(question)}</button>' for question in questions)


def _held(documents: Sequence[StoredDocument]) -> str:
    """What the record holds."""
    if not documents:
        return "The record is empty. Add files with: <code>rapporteur ingest FOLDER</code>"
    days = sorted(document.held_on for document in documents if document.held_on)
    span = f", meetings from {day(days[0])} to {day(days[-1])}" if days and days[0] != days[-1] else ""
    return f"{counted(len(documents), 'document')}{span}"
