"""The Sources page as HTML: the documents of the record, and what became of the files that were given.

Everything from a document or a file's name is escaped here. Knows nothing of Gradio; decides nothing.

>>> # sources_table(source_list(SourcesWanted(), catalog, FileStates()), may_change=True, owns=uploads.owns)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from corpus.document import Span
from corpus.reading import FILE_BYTES_MAX, SUFFIXES
from index.intake import Working
from index.uploads import Upload, UploadState
from ui.markup import safe
from ui.page_cards import source_address
from ui.source_list import FileState, ListedSource, SourceList, SourcesWanted
from ui.wording import counted, day, one_line

__all__ = ["given_files", "megabytes", "sources_frame", "sources_table"]

HEAD = (  # column of SourcesWanted, what it is called, and whether it sorts downwards first
    ("document", "Document", False),
    ("kind", "Kind", False),
    ("held", "Held", True),
    ("reported", "Reported", True),
    ("place", "Place", False),
    ("language", "Language", False),
    ("passages", "Passages", True),
    ("figures", "Figures", True),
)
TOLD: dict[UploadState, str] = {
    UploadState.WAITING: "waiting",
    UploadState.READING: "being read",
    UploadState.ADDED: "added",
    UploadState.CHANGED: "replaced the earlier one",
    UploadState.UNCHANGED: "already in the record",
    UploadState.ASKS: "same name, other content",
    UploadState.FAILED: "not read",
}
FINISHED = (UploadState.ADDED, UploadState.CHANGED, UploadState.UNCHANGED)
STATES: dict[FileState, str] = {
    FileState.CHANGED: "its file has changed since it was read: ingest it again",
    FileState.GONE: "its file is gone; the record keeps what was read",
    FileState.UNREADABLE: "its file may not be opened",
}
UNSAID = '<span class="unsaid">not said</span>'


def megabytes(size: int) -> str:
    """A size as a person reads it: "3 KB", "20 MB"."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000)):,} KB"
    return f"{size / 1_000_000:.3g} MB"


def sources_frame() -> str:
    """The parts of the page, empty: where files are given, what became of them, the list."""
    kinds = " ".join(SUFFIXES)
    return (
        '<h1 class="page-title">Sources</h1><div id="sources-page">'
        f'<form class="drop" data-most="{FILE_BYTES_MAX}" data-most-told="{megabytes(FILE_BYTES_MAX)}" hidden>'
        '<p><label class="choose">Add files<input type="file" multiple '
        f'accept="{",".join(SUFFIXES)}"></label> or drop them here</p>'
        f'<p class="kinds">Reports and transcripts: {kinds}, up to {megabytes(FILE_BYTES_MAX)} each</p></form>'
        '<ul class="sending" aria-label="Files on their way"></ul><section class="given" aria-live="polite"></section>'
        '<div class="sources-tools" role="search"><label class="visually-hidden" for="sources-words">Find documents'
        '</label><input id="sources-words" type="search" maxlength="200" autocomplete="off" '
        'placeholder="Find by title, file, place, date, kind"></div>'
        '<section class="listed" aria-live="polite"><p class="loading">Reading the list …</p></section>'
        '<dialog class="ask" aria-labelledby="ask-title"><h2 id="ask-title"></h2><p class="about"></p>'
        '<p class="problem" role="alert" hidden></p><div class="buttons">'
        '<button type="button" value="keep">Keep it</button><button type="button" class="danger" value="remove">'
        "Remove it</button></div></dialog></div>"
    )


def sources_table(listed: SourceList, *, may_change: bool, owns: Callable[[str], bool]) -> str:
    """The list; `owns` tells whether a path is that of a file that was given here."""
    if not listed.documents:
        add = "Add files above, or" if may_change else "Fill it with"
        return (
            f'<div class="empty"><h2>The record is empty</h2><p>{add} <code>rapporteur ingest FOLDER</code> on this '
            "machine.</p></div>"
        )
    total = [counted(listed.documents, "document"), counted(listed.passages, "passage")]
    total += [counted(listed.figures, "figure")] if listed.figures else []
    summary = " · ".join(total)
    if listed.wanted.words:
        summary = f"{listed.fitting:,} of {counted(listed.documents, 'document')}"
    if listed.fitting > len(listed.shown):
        summary += f" · the first {len(listed.shown):,} are shown; find others by their words"
    if not listed.shown:
        return (
            f'<p class="summary">{summary}</p><div class="empty"><h2>Nothing fits</h2><p>No document has '
            f"“{safe(one_line(listed.wanted.words))}” in its title, file name, place, date or kind. What a document "
            'says is found on the <a href="/ask">Ask</a> page.</p></div>'
        )
    head = "".join(_head(listed.wanted, *column) for column in HEAD)
    last = '<th scope="col"><span class="visually-hidden">Remove</span></th>' if may_change else ""
    body = "".join(_row(source, may_change=may_change, owned=owns(source.document.path)) for source in listed.shown)
    return (
        f'<p class="summary">{summary}</p><table class="documents"><caption class="visually-hidden">The documents of '
        f"the record</caption><thead><tr>{head}{last}</tr></thead><tbody>{body}</tbody></table>"
    )


def given_files(uploads: Sequence[Upload], working: Working, kept: Callable[[Upload], bool]) -> str:
    """What became of the files that were given; "" where there is none. `kept` tells whether a try may be repeated."""
    if not uploads:
        return ""
    items = "".join(_given(upload, working, kept) for upload in uploads)
    finished = any(upload.state in FINISHED for upload in uploads)
    away = '<button type="button" data-act="away-finished">Put away what is done</button>' if finished else ""
    counts = {
        state: sum(upload.state is state for upload in uploads)
        for state in (UploadState.ADDED, UploadState.CHANGED, UploadState.UNCHANGED, UploadState.FAILED)
    }
    told = " · ".join(f"{count} {TOLD[state]}" for state, count in counts.items() if count)
    return f'<div class="given-top"><h2>Given files</h2><span>{told}</span>{away}</div><ul>{items}</ul>'


def _given(upload: Upload, working: Working, kept: Callable[[Upload], bool]) -> str:
    told = TOLD[upload.state]
    buttons: list[tuple[str, str]] = []
    if upload.state is UploadState.READING and working.doing:
        told = safe(one_line(working.doing))
    elif upload.state is UploadState.ASKS:
        buttons = [("replace", "Replace"), ("both", "Keep both"), ("away", "Give up")]
    elif upload.state is UploadState.FAILED:
        buttons = [*([("again", "Try again")] if kept(upload) else []), ("away", "Put away")]
    name = safe(one_line(upload.name))
    if upload.document_id and upload.state in FINISHED:
        name = f'<a href="{safe(source_address(upload.document_id, Span(0, 0)))}">{name}</a>'
    by = f" · {safe(one_line(upload.author))}" if upload.author else ""
    why = f'<p class="why">{safe(one_line(upload.told))}</p>' if upload.told else ""
    shown = "".join(
        f'<button type="button" data-act="{act}" data-id="{safe(upload.id)}" aria-label="{label}: '
        f'{safe(one_line(upload.name))}">{label}</button>'
        for act, label in buttons
    )
    return (
        f'<li class="{upload.state.value}"><span class="name">{name}</span><span class="size">{megabytes(upload.bytes)}'
        f'{by}</span><span class="state">{told}</span><span class="buttons">{shown}</span>{why}</li>'
    )


def _head(wanted: SourcesWanted, column: str, name: str, downwards: bool) -> str:
    here = column == wanted.column
    order = f' aria-sort="{"descending" if wanted.descending else "ascending"}"' if here else ""
    then = not wanted.descending if here else downwards
    arrow = f'<i aria-hidden="true">{"↓" if wanted.descending else "↑"}</i>' if here else ""
    number = ' class="number"' if column in ("passages", "figures") else ""
    return (
        f'<th scope="col"{order}{number}><button type="button" data-sort="{column}" '
        f'data-down="{"yes" if then else ""}">{name}{arrow}</button></th>'
    )


def _row(source: ListedSource, *, may_change: bool, owned: bool) -> str:
    document = source.document
    title = safe(one_line(document.title or document.name))
    warning = f'<span class="warning">{STATES[source.state]}</span>' if source.state in STATES else ""
    given = '<span class="tag">given here</span>' if owned else ""
    cells = [
        f'<td data-label="Kind">{document.kind}</td>',
        f'<td data-label="Held">{_day(document.held_on)}</td>',
        f'<td data-label="Reported">{_day(document.published_on)}</td>',
        f'<td data-label="Place">{safe(one_line(document.place)) or UNSAID}</td>',
        f'<td data-label="Language">{safe(document.language)}</td>',
        f'<td class="number" data-label="Passages">{document.passages:,}</td>',
        f'<td class="number" data-label="Figures">{document.figures:,}</td>',
    ]
    if may_change:
        cells.append(
            f'<td class="remove"><button type="button" data-act="ask" data-id="{safe(document.id)}" '
            f'data-title="{title}" data-about="{_about(source, owned=owned)}" '
            f'aria-label="Remove {title}">Remove</button></td>'
        )
    address = safe(source_address(document.id, Span(0, 0)))
    return (
        f'<tr><th scope="row"><a href="{address}">{title}</a><span class="file">{safe(one_line(document.name))}</span>'
        f"{given}{warning}</th>{''.join(cells)}</tr>"
    )


def _about(source: ListedSource, *, owned: bool) -> str:
    """What removing it means."""
    document = source.document
    parts = [counted(document.passages, "passage")]
    parts += [counted(document.figures, "figure")] if document.figures else []
    file = (
        "The file that was given here is deleted too."
        if owned
        else f"Its file stays at {document.path}; ingesting that again brings it back."
    )
    if source.state is FileState.GONE:
        file = "Its file is gone already, so it cannot be read again."
    return safe(
        f"{one_line(document.name)} is dropped from the record, with {' and '.join(parts)}; no answer will be found in "
        f"it any more. {one_line(file)} Conversations that quote it keep their quotes."
    )


def _day(value: date | None) -> str:
    return f'<time datetime="{value.isoformat()}">{day(value)}</time>' if value else UNSAID
