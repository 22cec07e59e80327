"""Conversations that are kept, each for its own user."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from generated_answers import answers, questions
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.desk import Desk
from assistant.desk_answers import content_hashes
from assistant.desk_conversations import Conversation
from assistant.desk_reviews import ReviewVerdict
from assistant.exchange import Exchange
from corpus.errors import InputError


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty desk."""
    opened = Desk(tmp_path / "desk.sqlite")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk for tests that begin a conversation of their own."""
    return Desk(tmp_path_factory.mktemp("desk") / "desk.sqlite")


def begun(desk: Desk, *asked: str, user: str = "anna") -> Conversation:
    """A conversation with these questions."""
    conversation = desk.conversations.begin(user=user)
    for question in asked:
        desk.conversations.add(conversation.id, Exchange(question), {}, user=user)
    return desk.conversations.get(conversation.id, user=user)


@given(
    exchange=st.builds(Exchange, questions, st.text(), st.none() | answers),
    hashes=st.dictionaries(st.text(), st.text(), max_size=2),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_kept_then_read_is_the_same_exchange(shared: Desk, exchange: Exchange, hashes: dict[str, str]) -> None:
    """Question, reading, answer and the content of the sources come back equal."""
    conversation = shared.conversations.begin(user="anna")
    stored = shared.conversations.add(conversation.id, exchange, hashes, user="anna")
    (read,) = shared.conversations.exchanges(conversation.id, user="anna")
    assert read == stored
    assert repr(read.exchange) == repr(exchange)
    assert read.content_hashes == (hashes if exchange.answer else {})


def test_a_real_answer_is_kept_with_the_content_of_its_sources(desk: Desk, assistant: Assistant) -> None:
    """After the desk is opened again the answer is the one that was given."""
    question = "What share of permits was requested online in 2024?"
    answer = assistant.ask(question)
    hashes = content_hashes(answer, assistant.index.catalog)
    conversation = desk.conversations.begin(user="")
    desk.conversations.add(conversation.id, Exchange(question, answer.standalone_question, answer), hashes, user="")
    again = Desk(desk._file.path)
    (read,) = again.conversations.exchanges(conversation.id, user="")
    assert read.exchange.answer == answer
    assert set(read.content_hashes) == {citation.document_id for citation in (*answer.citations, *answer.nearest)}


def test_exchanges_come_in_the_order_they_were_asked(desk: Desk) -> None:
    """Positions count from one."""
    conversation = begun(desk, "First?", "Second?", "Third?")
    read = desk.conversations.exchanges(conversation.id, user="anna")
    assert [(one.position, one.exchange.question) for one in read] == [(1, "First?"), (2, "Second?"), (3, "Third?")]


def test_the_title_is_the_first_question_until_it_is_renamed(desk: Desk) -> None:
    """An empty new name brings the question back."""
    conversation = begun(desk, "What was decided?", "By whom?")
    assert (conversation.title, conversation.is_renamed, conversation.exchanges) == ("What was decided?", False, 2)
    renamed = desk.conversations.rename(conversation.id, "  The   decision ", user="anna")
    assert (renamed.title, renamed.is_renamed) == ("The decision", True)
    assert desk.conversations.rename(conversation.id, "", user="anna").title == "What was decided?"


def test_the_conversation_last_added_to_is_listed_first(desk: Desk) -> None:
    """And a page of the list is what was asked for."""
    old, new = begun(desk, "Old?"), begun(desk, "New?")
    assert [one.id for one in desk.conversations.listed(user="anna")] == [new.id, old.id]
    desk.conversations.add(old.id, Exchange("Again?"), {}, user="anna")
    assert [one.id for one in desk.conversations.listed(user="anna")] == [old.id, new.id]
    assert [one.id for one in desk.conversations.listed(user="anna", count=1, offset=1)] == [new.id]


def test_the_last_questions_of_a_user_come_oldest_first(desk: Desk) -> None:
    """Over all conversations, and of nobody else."""
    begun(desk, "First?", "Second?")
    begun(desk, "Third?")
    begun(desk, "Not mine?", user="ben")
    assert desk.conversations.questions(user="anna", count=2) == ["Second?", "Third?"]


def test_a_limit_to_one_document_is_kept(desk: Desk) -> None:
    """A conversation about one document stays about it."""
    begun_within = desk.conversations.begin(user="", within="d1")
    assert desk.conversations.get(begun_within.id, user="") == begun_within


@pytest.mark.parametrize("words", ["budget", "BUDG", "harbour budget", "đà nẵng", "da nang", "Da Na"])
def test_search_finds_the_beginnings_of_words_without_their_accents(desk: Desk, words: str) -> None:
    """In the title as in any question."""
    wanted = begun(desk, "How large is the harbour budget?", "And in Đà Nẵng?")
    begun(desk, "Who chairs the council?")
    assert [one.id for one in desk.conversations.search(words, user="anna")] == [wanted.id]


def test_search_finds_a_new_title_and_no_longer_the_old(desk: Desk) -> None:
    """The full text follows a renaming; a deleted conversation is not found."""
    conversation = desk.conversations.rename(begun(desk, "Why?").id, "Quay works", user="anna")
    desk.conversations.rename(conversation.id, "Bridge works", user="anna")
    assert desk.conversations.search("quay", user="anna") == []
    assert [one.title for one in desk.conversations.search("bridge", user="anna")] == ["Bridge works"]
    desk.conversations.delete(conversation.id, user="anna")
    assert desk.conversations.search("bridge", user="anna") == []


@pytest.mark.parametrize("words", ["", "?!", '"', "a OR (", "title:x", "-how", "*"])
def test_search_takes_any_words(desk: Desk, words: str) -> None:
    """What the full text would read as an instruction is no more than words."""
    begun(desk, "Why?")
    assert desk.conversations.search(words, user="anna") == []


@pytest.mark.parametrize(
    "act",
    [
        lambda desk, kept: desk.conversations.get(kept, user="ben"),
        lambda desk, kept: desk.conversations.exchanges(kept, user="ben"),
        lambda desk, kept: desk.conversations.add(kept, Exchange("Mine?"), {}, user="ben"),
        lambda desk, kept: desk.conversations.rename(kept, "Mine", user="ben"),
        lambda desk, kept: desk.conversations.delete(kept, user="ben"),
    ],
    ids=["get", "exchanges", "add", "rename", "delete"],
)
def test_another_users_conversation_is_as_if_it_were_not_there(desk: Desk, act: Callable[[Desk, str], object]) -> None:
    """Nothing of it is told and nothing of it changes."""
    kept = begun(desk, "Secret?")
    with pytest.raises(InputError, match="No conversation has the id"):
        act(desk, kept.id)
    assert desk.conversations.get(kept.id, user="anna") == kept
    assert desk.conversations.listed(user="ben") == desk.conversations.search("secret", user="ben") == []


def test_ids_differ_and_are_long(desk: Desk) -> None:
    """An id has 128 bits that nobody can guess."""
    ids = {desk.conversations.begin(user="").id for _ in range(50)}
    assert len(ids) == 50
    assert min(map(len, ids)) >= 22


def test_a_deleted_conversation_leaves_no_answer(desk: Desk, assistant: Assistant) -> None:
    """Its answers go with it, but for those that a review rests on."""
    answer: Answer = assistant.ask("What share of permits was requested online in 2024?")
    conversation = desk.conversations.begin(user="anna")
    exchange = Exchange(answer.question, answer.standalone_question, answer)
    reviewed, other = (desk.conversations.add(conversation.id, exchange, {}, user="anna") for _ in range(2))
    assert reviewed.answer_id
    assert other.answer_id
    desk.reviews.add(reviewed.answer_id, 0, ReviewVerdict.SUPPORTED, author="ben")
    desk.conversations.delete(conversation.id, user="anna")
    assert desk.conversations.listed(user="anna") == []
    assert desk.answers.get(reviewed.answer_id).answer == answer
    with pytest.raises(InputError, match="No answer has the id"):
        desk.answers.get(other.answer_id)
