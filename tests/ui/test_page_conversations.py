"""The list of conversations as HTML."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from assistant.desk_conversations import Conversation
from ui.page_conversations import conversation_list

NOW = datetime(2024, 11, 28, 12, 0, tzinfo=UTC)


def conversation(name: str, title: str, days: int) -> Conversation:
    """One that was last added to some days ago."""
    moment = NOW - timedelta(days=days)
    return Conversation(name, title, moment, moment, "", exchanges=2)


def test_conversations_stand_under_their_age_with_the_open_one_marked() -> None:
    """In the order they are given in."""
    listed = [conversation("a", "One", 0), conversation("b", "Two", 1), conversation("c", "Old", 90)]
    shown = conversation_list(listed, "b", today=date(2024, 11, 28))
    assert re.findall(r"<h3>([^<]+)</h3>", shown) == ["Today", "Yesterday", "August 2024"]
    assert re.findall(r'<li data-id="(\w)"', shown) == ["a", "b", "c"]
    assert re.search(r'href="/ask\?c=b"[^>]* aria-current="true"', shown)


def test_a_title_is_text() -> None:
    """It is what somebody typed."""
    shown = conversation_list([conversation("a", '<img src=x onerror="alert(1)"> ${x}', 0)], "", today=NOW.date())
    assert "<img" not in shown
    assert "${" not in shown


def test_an_empty_list_says_why() -> None:
    """None yet, or none with these words."""
    assert "kept here" in conversation_list([], "", today=NOW.date())
    assert "None holds these words" in conversation_list([], "", today=NOW.date(), words="zebra")
