"""The assistant as a LlamaIndex chat engine: it keeps what was asked and answered, so that a follow-up is understood.

A message of the history that is one of its own answers is known again, so that "and the target?" may refer
to what was answered; of any other history the questions count. An answer that is copied streams in one piece,
one that a model drafts sentence by sentence, each checked before it is given out.

>>> # engine = RecordChatEngine(Assistant(open_index(home, settings)))
>>> # print(engine.chat("What was the online dossier rate in 2024?"), engine.chat("And in 2023?"))
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
    ChatResponseAsyncGen,
    ChatResponseGen,
    MessageRole,
)
from llama_index.core.chat_engine.types import AgentChatResponse, BaseChatEngine, StreamingAgentChatResponse
from llama_index.core.tools import ToolOutput

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.exchange import Exchange
from assistant.llamaindex import cited_nodes, passage_nodes
from assistant.progress import Found, Said

__all__ = ["RecordChatEngine"]


class RecordChatEngine(BaseChatEngine):
    """One conversation with the record; the responses' `source_nodes` are the quotes."""

    def __init__(self, assistant: Assistant, *, within: str | None = None) -> None:
        self._assistant = assistant
        self._within = within  # only this document: its name, path or id
        self._exchanges: list[Exchange] = []

    @property
    def chat_history(self) -> list[ChatMessage]:
        """What was asked and answered, oldest first."""
        messages = []
        for exchange in self._exchanges:
            messages.append(ChatMessage(exchange.question, role=MessageRole.USER))
            if exchange.answer:
                messages.append(ChatMessage(exchange.answer.text, role=MessageRole.ASSISTANT))
        return messages

    def reset(self) -> None:
        """Forget the conversation."""
        self._exchanges = []

    def chat(self, message: str, chat_history: list[ChatMessage] | None = None) -> AgentChatResponse:
        """The cited answer; a `chat_history` that is given takes the place of the one that is kept."""
        self._recall(chat_history)
        answer = self._assistant.ask(message, history=self._exchanges, within=self._within)
        self._keep(message, answer)
        return AgentChatResponse(
            response=answer.text,
            sources=[_tool_output(message, answer)],
            source_nodes=cited_nodes(answer),
            metadata={"answer": answer},
        )

    async def achat(self, message: str, chat_history: list[ChatMessage] | None = None) -> AgentChatResponse:
        """The same, without holding up the loop."""
        return await asyncio.to_thread(self.chat, message, chat_history)

    def stream_chat(self, message: str, chat_history: list[ChatMessage] | None = None) -> StreamingAgentChatResponse:
        """The answer as it comes: its `source_nodes` are the passages found, and at the end the quotes."""
        self._recall(chat_history)
        response = StreamingAgentChatResponse(is_writing_to_memory=False)
        response.chat_stream = _chat_responses(self._pieces(message, response))
        return response

    async def astream_chat(
        self, message: str, chat_history: list[ChatMessage] | None = None
    ) -> StreamingAgentChatResponse:
        """The same, without holding up the loop."""
        self._recall(chat_history)
        response = StreamingAgentChatResponse(is_writing_to_memory=False)
        response.achat_stream = _async_chat_responses(self._pieces(message, response))
        return response

    def _pieces(self, message: str, response: StreamingAgentChatResponse) -> Iterator[str]:
        """The answer's text in pieces; what is known beside it is put into `response` on the way."""
        said = ""
        for step in self._assistant.answering(message, history=self._exchanges, within=self._within):
            if isinstance(step, Found):
                response.source_nodes = passage_nodes(step.passages)
            elif isinstance(step, Said):
                numbers = "".join(f" [{number}]" for number in step.statement.citations)
                piece = f"{' ' if said else ''}{step.statement.text}{numbers}"
                said += piece
                yield piece
            else:
                response.source_nodes = cited_nodes(step)
                response.sources = [_tool_output(message, step)]
                self._keep(message, step)
                yield _unsaid(step.text, said)
        response.is_done = True

    def _keep(self, message: str, answer: Answer) -> None:
        self._exchanges = [*self._exchanges, Exchange(message, answer.standalone_question, answer)]

    def _recall(self, chat_history: Sequence[ChatMessage] | None) -> None:
        """Go on from `chat_history`, where one is given."""
        if chat_history is None:
            return
        own = {(one.question, one.answer.text): one for one in self._exchanges if one.answer}
        recalled: list[Exchange] = []
        for message in chat_history:
            text = message.content or ""
            if message.role == MessageRole.USER and text.strip():
                recalled.append(Exchange(text))
            elif message.role == MessageRole.ASSISTANT and recalled:
                recalled[-1] = own.get((recalled[-1].question, text), recalled[-1])
        self._exchanges = recalled


def _unsaid(text: str, said: str) -> str:
    """What of the answer's text is still to be given out: the rest, or all of it where it reads otherwise."""
    if text.startswith(said):
        return text[len(said) :]
    return f"\n\n{text}"


def _tool_output(message: str, answer: Answer) -> ToolOutput:
    return ToolOutput(
        tool_name="record", content=answer.text, raw_input={"question": message}, raw_output=answer, is_error=False
    )


def _chat_responses(pieces: Iterator[str]) -> ChatResponseGen:
    text = ""
    for piece in pieces:
        text += piece
        yield ChatResponse(message=ChatMessage(text, role=MessageRole.ASSISTANT), delta=piece)


async def _async_chat_responses(pieces: Iterator[str]) -> ChatResponseAsyncGen:
    text = ""
    while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
        text += piece
        yield ChatResponse(message=ChatMessage(text, role=MessageRole.ASSISTANT), delta=piece)
