"""The list of conversations as HTML: by age, the open one marked, each to be renamed or deleted.

Decides nothing; titles are escaped. Knows nothing of Gradio and of the desk's file.

>>> # conversation_list(desk.conversations.listed(user=""), open_id, today=date.today())
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from assistant.desk_conversations import Conversation
from ui.markup import safe
from ui.wording import counted, one_line

__all__ = ["conversation_list"]

UNTITLED = "New conversation"
# Drawn, for not every machine has letters that look like these.
_SIGN = (
    '<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="none" stroke="currentColor" '
    'stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round"><path d="{}"/></svg>'
)
PENCIL = _SIGN.format("M3 13l.6-2.6 7.2-7.2 2 2-7.2 7.2zM9.6 4.4l2 2")
BIN = _SIGN.format("M3 4.5h10M6.5 4.5V3h3v1.5M4.3 4.5l.6 8.5h6.2l.6-8.5M6.8 7v3.8M9.2 7v3.8")


def conversation_list(conversations: Sequence[Conversation], open_id: str, *, today: date, words: str = "") -> str:
    """What stands at the left; `words` are those searched for, which leave the order to the search."""
    if words:
        groups = f"<ul>{_items(conversations, open_id)}</ul>"
    else:
        groups = "".join(
            f"<h3>{name}</h3><ul>{_items(group, open_id)}</ul>"
            for name, group in groupby(conversations, key=lambda one: _when(one.updated.astimezone().date(), today))
        )
    if not conversations:
        groups = f'<p class="none">{"None holds these words." if words else "What you ask is kept here."}</p>'
    return (
        '<nav class="conversations" aria-label="Conversations">'
        '<div class="drawer-top"><button class="strong" data-act="fresh">New conversation</button>'
        '<button class="quiet close" data-act="close" aria-label="Close the list">×</button></div>'
        '<label class="find"><span class="visually-hidden">Search conversations</span>'
        f'<input type="search" placeholder="Search" data-act="find" maxlength="200"></label>'
        f'<div class="list">{groups}</div></nav>'
    )


def _items(conversations: Iterable[Conversation], open_id: str) -> str:
    return "".join(_item(one, is_open=one.id == open_id) for one in conversations)


def _item(conversation: Conversation, *, is_open: bool) -> str:
    title = safe(one_line(conversation.title) or UNTITLED)
    here = ' aria-current="true"' if is_open else ""
    questions = counted(conversation.exchanges, "question")
    return (
        f'<li data-id="{safe(conversation.id)}">'
        f'<a href="/ask?c={safe(conversation.id)}" data-act="open" title="{title} ({questions})"{here}>{title}</a>'
        f'<button class="quiet" data-act="rename" aria-label="Rename {title}">{PENCIL}</button>'
        f'<button class="quiet" data-act="remove" aria-label="Delete {title}">{BIN}</button></li>'
    )


def _when(day: date, today: date) -> str:
    days = (today - day).days
    if days <= 0:
        return "Today"
    if days == 1:
        return "Yesterday"
    if days < 7:
        return "This week"
    return f"{day:%B %Y}"
