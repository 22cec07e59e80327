"""The assistant as LlamaIndex's chat engine."""

from __future__ import annotations

import asyncio

from llama_index.core.base.llms.types import ChatMessage, MessageRole

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.llamaindex_chat import RecordChatEngine

SHARE = "What share of permits was requested online in 2024?"
THEN = "And in 2023?"


def test_a_follow_up_is_understood_from_what_was_asked(assistant: Assistant) -> None:
    """It keeps the indicator and changes the year; the history holds both turns."""
    engine = RecordChatEngine(assistant)
    assert "44%" in str(engine.chat(SHARE))
    followed = engine.chat(THEN)
    assert "31%" in str(followed)
    assert "31%" in followed.source_nodes[0].get_content()
    roles = [message.role for message in engine.chat_history]
    assert roles == [MessageRole.USER, MessageRole.ASSISTANT] * 2
    assert engine.chat_history[2].content == THEN


def test_a_follow_up_may_refer_to_the_answer(assistant: Assistant) -> None:
    """The assistant is given the answers that were given, not the questions alone."""
    given: list[object] = []

    class Listening(Assistant):
        def answering(self, question, *, history=(), within=None):  # type: ignore[no-untyped-def]
            """Note the history that comes in."""
            given[:] = history
            return super().answering(question, history=history, within=within)

    engine = RecordChatEngine(Listening(assistant.index))
    first = engine.chat(SHARE)
    engine.chat(THEN)
    assert [exchange.answer.text for exchange in given] == [str(first)]  # type: ignore[attr-defined]
    engine.chat(THEN, chat_history=engine.chat_history[:2])
    assert [exchange.answer.text for exchange in given] == [str(first)]  # type: ignore[attr-defined]


def test_a_history_of_others_counts_by_its_questions(assistant: Assistant) -> None:
    """What another engine answered is not taken for an answer of the record."""
    engine = RecordChatEngine(assistant)
    engine.chat("Who chaired the last meeting of 2023?")
    history = [
        ChatMessage("You are a clerk.", role=MessageRole.SYSTEM),
        ChatMessage(SHARE, role=MessageRole.USER),
        ChatMessage("It was 99%.", role=MessageRole.ASSISTANT),
    ]
    followed = str(engine.chat(THEN, chat_history=history))
    assert "31%" in followed
    assert "99%" not in followed
    assert [message.content for message in engine.chat_history if message.role == MessageRole.USER] == [SHARE, THEN]


def test_a_conversation_can_be_forgotten(assistant: Assistant) -> None:
    """After a reset a follow-up has nothing to follow."""
    engine = RecordChatEngine(assistant)
    engine.chat(SHARE)
    engine.reset()
    assert engine.chat_history == []
    answer = engine.chat(THEN).metadata["answer"]  # type: ignore[index]
    assert answer.standalone_question == THEN


def test_a_streamed_answer_is_the_whole_answer(assistant: Assistant) -> None:
    """Piece by piece it gives the text of chat, then its quotes, and it is remembered."""
    whole = RecordChatEngine(assistant).chat(SHARE)
    engine = RecordChatEngine(assistant)
    streaming = engine.stream_chat(SHARE)
    assert "".join(streaming.response_gen) == str(whole)
    assert str(streaming) == str(whole)
    assert [node.node_id for node in streaming.source_nodes] == [node.node_id for node in whole.source_nodes]
    assert isinstance(streaming.sources[0].raw_output, Answer)
    assert [message.content for message in engine.chat_history] == [SHARE, str(whole)]


def test_it_works_in_a_loop(assistant: Assistant) -> None:
    """achat and astream_chat give the same, and the loop goes on meanwhile."""

    async def conversation() -> tuple[str, str, int]:
        engine = RecordChatEngine(assistant)
        ticks = 0

        async def tick() -> None:
            nonlocal ticks
            while True:
                ticks += 1
                await asyncio.sleep(0.001)

        ticking = asyncio.create_task(tick())
        first = await engine.achat(SHARE)
        streaming = await engine.astream_chat(THEN)
        second = "".join([piece async for piece in streaming.async_response_gen()])
        ticking.cancel()
        return str(first), second, ticks

    first, second, ticks = asyncio.run(conversation())
    assert "44%" in first
    assert "31%" in second
    assert ticks > 2


def test_it_can_be_held_to_one_document(assistant: Assistant) -> None:
    """Nothing is cited from another."""
    engine = RecordChatEngine(assistant, within="call.txt")
    assert {node.metadata["document"] for node in engine.chat(SHARE).source_nodes} == {"call.txt"}


def test_what_a_model_drafts_streams_sentence_by_sentence(assistant: Assistant) -> None:
    """Each checked sentence is a piece; together they are the answer's text."""
    from assistant.progress import Said

    class Drafting(Assistant):
        def answering(self, question, *, history=(), within=None):  # type: ignore[no-untyped-def]
            """The copied answer, said sentence by sentence as a drafted one is."""
            *steps, answer = super().answering(question, history=history, within=within)
            yield from steps
            yield from (Said(statement) for statement in answer.statements)
            yield answer

    engine = RecordChatEngine(Drafting(assistant.index))
    pieces = list(engine.stream_chat(SHARE).response_gen)
    (answered,) = [message.content for message in engine.chat_history if message.role == MessageRole.ASSISTANT]
    assert len(pieces) > 1
    assert "44" in pieces[0]
    assert "".join(pieces).endswith(answered or "")
