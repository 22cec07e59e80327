"""LlamaIndex's own evaluators, routers, agents and engines run on the record, without a network.

Where they need a language model, a scripted one stands in for it: it works out its reply from what it is
given, by a rule that can be followed by hand.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from llama_index.core.agent.workflow import FunctionAgent
from llama_index.core.base.llms.types import ChatMessage, CompletionResponse, LLMMetadata, MessageRole, ToolCallBlock
from llama_index.core.chat_engine import CondenseQuestionChatEngine
from llama_index.core.evaluation import FaithfulnessEvaluator, RetrieverEvaluator
from llama_index.core.llms import CustomLLM
from llama_index.core.llms.callbacks import llm_completion_callback
from llama_index.core.llms.mock import MockFunctionCallingLLM, MockLLM
from llama_index.core.query_engine import RouterQueryEngine, SubQuestionQueryEngine
from llama_index.core.question_gen import LLMQuestionGenerator
from llama_index.core.response_synthesizers import ResponseMode, TreeSummarize, get_response_synthesizer
from llama_index.core.selectors import EmbeddingSingleSelector
from llama_index.core.tools import QueryEngineTool, RetrieverTool
from llama_index.core.workflow import StartEvent, StopEvent, Workflow, step
from pydantic import PrivateAttr

from assistant.assistant import Assistant
from assistant.llamaindex import RecordEmbedding, RecordQueryEngine, RecordRetriever

SHARE = "What share of permits was requested online in 2024?"
FIGURE = re.compile(r"\d[\d.,]*%")


class ScriptedLLM(CustomLLM):
    """A model whose reply to a prompt is worked out by a function."""

    _reply: Callable[[str], str] = PrivateAttr()

    def __init__(self, reply: Callable[[str], str]) -> None:
        super().__init__()
        self._reply = reply

    @property
    def metadata(self) -> LLMMetadata:
        """Nothing is known of it."""
        return LLMMetadata()

    @llm_completion_callback()
    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        """The reply in one piece."""
        return CompletionResponse(text=self._reply(prompt))

    @llm_completion_callback()
    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> Any:
        """The reply in one piece too."""
        yield CompletionResponse(text=self._reply(prompt), delta=self._reply(prompt))


def supported(prompt: str) -> str:
    """A judge: YES when every percentage of the last "Information:" stands in the last "Context:"."""
    _, _, judged = prompt.rpartition("Information:")
    information, _, context = judged.partition("Context:")
    figures = FIGURE.findall(information)
    return "YES" if figures and all(figure in context for figure in figures) else "NO"


def record_tool(assistant: Assistant, **named: Any) -> QueryEngineTool:
    return QueryEngineTool.from_defaults(
        RecordQueryEngine(assistant=assistant), name="record", description="Answers from the record.", **named
    )


def test_their_retriever_evaluator_awaits_our_retriever(assistant: Assistant) -> None:
    """Several questions at a time, as it evaluates a data set."""
    questions = [SHARE, "Who is mayor of Northfield?", "When does the Analyst send a plan?"]
    evaluator = RetrieverEvaluator.from_metric_names(["mrr"], retriever=RecordRetriever(assistant, count=3))

    async def evaluated() -> list[float]:
        found = []
        for question in questions:
            expected = assistant.search(question)[0].passage.id
            found.append(evaluator.aevaluate(query=question, expected_ids=[expected]))
        return [result.metric_vals_dict["mrr"] for result in await asyncio.gather(*found)]

    assert asyncio.run(evaluated()) == [1.0, 1.0, 1.0]


def test_a_retriever_is_held_to_one_document(assistant: Assistant) -> None:
    """Nothing comes from another."""
    nodes = RecordRetriever(assistant, within="2023.txt").retrieve(SHARE)
    assert {node.metadata["document"] for node in nodes} == {"2023.txt"}


def test_their_judge_finds_our_answer_faithful(assistant: Assistant) -> None:
    """FaithfulnessEvaluator reads the answer against its source nodes; a false figure it would find."""
    judge = FaithfulnessEvaluator(llm=ScriptedLLM(supported))
    response = RecordQueryEngine(assistant=assistant).query(SHARE)
    assert judge.evaluate_response(query=SHARE, response=response).passing
    quotes = [node.get_content() for node in response.source_nodes]
    assert not judge.evaluate(query=SHARE, response="It was 97%.", contexts=quotes).passing


def test_their_router_sends_a_question_to_the_fitting_record(assistant: Assistant, libraries: Assistant) -> None:
    """It chooses by our embedding, so that no model is needed."""
    tools = [
        QueryEngineTool.from_defaults(
            RecordQueryEngine(assistant=one), name=name, description=f"Answers questions about {name}"
        )
        for name, one in (("permits of the town council", assistant), ("libraries and e-books", libraries))
    ]
    router = RouterQueryEngine(
        EmbeddingSingleSelector(RecordEmbedding(assistant.index.embedder)),
        tools,
        llm=MockLLM(),
        summarizer=TreeSummarize(llm=MockLLM()),
    )
    assert "44%" in str(router.query(SHARE))
    books = "What share of libraries in Portugal lent e-books in 2024?"
    assert "47%" in str(asyncio.run(router.aquery(books)))


def test_their_condensing_engine_asks_our_engine(assistant: Assistant) -> None:
    """A model writes the standalone question, the record answers it."""
    condensing = CondenseQuestionChatEngine.from_defaults(
        RecordQueryEngine(assistant=assistant),
        llm=ScriptedLLM(lambda prompt: SHARE.replace("2024", "2023") if "And in 2023?" in prompt else "?"),
    )
    assert "44%" in str(condensing.chat(SHARE))
    assert "31%" in str(condensing.chat("And in 2023?"))


def test_their_engine_of_sub_questions_asks_each(assistant: Assistant) -> None:
    """A comparison is asked as two questions, and the answers to both reach the one who writes."""
    asked = [{"sub_question": SHARE.replace("2024", year), "tool_name": "record"} for year in ("2023", "2024")]
    written: list[str] = []

    def write(prompt: str) -> str:
        written.append(prompt)
        return ", ".join(FIGURE.findall(prompt)[:2])

    engine = SubQuestionQueryEngine.from_defaults(
        query_engine_tools=[record_tool(assistant)],
        llm=MockLLM(),
        question_gen=LLMQuestionGenerator.from_defaults(
            llm=ScriptedLLM(lambda prompt: f"```json\n{json.dumps({'items': asked})}\n```")
        ),
        response_synthesizer=get_response_synthesizer(
            llm=ScriptedLLM(write), response_mode=ResponseMode.COMPACT, use_async=False
        ),
        use_async=False,
        verbose=False,
    )
    engine.query("How did the share of permits requested online change from 2023 to 2024?")
    assert "31%" in written[0]
    assert "44%" in written[0]


def test_their_agent_uses_the_record_as_a_tool(assistant: Assistant) -> None:
    """A function-calling model calls the tool, and is given the cited answer to speak from."""

    def reply(messages: Sequence[ChatMessage], **kwargs: Any) -> ChatMessage:
        last = messages[-1]
        if last.role == MessageRole.TOOL:
            return ChatMessage(f"The record says: {last.content}", role=MessageRole.ASSISTANT)
        call = ToolCallBlock(tool_name="record", tool_kwargs={"input": last.content}, tool_call_id="1")
        return ChatMessage(role=MessageRole.ASSISTANT, blocks=[call])

    agent = FunctionAgent(
        tools=[record_tool(assistant)],
        llm=MockFunctionCallingLLM(response_generator=reply, is_chat_model=True),
        streaming=False,
    )

    async def said() -> Any:
        return await agent.run(SHARE)

    output = asyncio.run(said())
    assert str(output).startswith("The record says: ")
    assert "44%" in str(output)
    (call,) = output.tool_calls
    assert "44%" in call.tool_output.raw_output.source_nodes[0].get_content()


def test_a_workflow_of_theirs_retrieves_and_asks(assistant: Assistant) -> None:
    """Two steps, each awaiting one of our parts."""
    search = RetrieverTool.from_defaults(RecordRetriever(assistant, count=2), name="search", description="Searches.")
    ask = record_tool(assistant)

    class Look(Workflow):
        @step
        async def look(self, event: StartEvent) -> StopEvent:
            """Search and ask at the same time."""
            passages, answer = await asyncio.gather(search.acall(event.question), ask.acall(event.question))
            return StopEvent(result=(passages.raw_output, answer.content))

    async def looked() -> Any:
        return await Look().run(question=SHARE)

    passages, answer = asyncio.run(looked())
    assert len(passages) == 2
    assert "44%" in answer
