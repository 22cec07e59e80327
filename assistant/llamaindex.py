"""Rapporteur's parts as LlamaIndex's: node parser, embedding, retriever and query engine.

What is written for LlamaIndex (evaluators, routers, agents, workflows) runs on them; the chat engine is
in llamaindex_chat.py. Importing this file takes as long as importing llama_index.core.

>>> # engine = RecordQueryEngine(assistant=Assistant(open_index(home, settings)))
>>> # print(engine.query("Who chaired the meeting?"))
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.base.response.schema import Response
from llama_index.core.bridge.pydantic import Field, PrivateAttr
from llama_index.core.node_parser.interface import NodeParser
from llama_index.core.query_engine import CustomQueryEngine
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import BaseNode, NodeRelationship, NodeWithScore, QueryBundle, TextNode

from assistant.answer import Answer, Citation, RankedPassage
from assistant.assistant import Assistant
from corpus.document import Document, content_hash
from index.chunking import cut_passages
from index.embedding import Embedder, PassageText
from index.passage import Passage
from index.settings import IndexSettings

__all__ = [
    "RecordEmbedding",
    "RecordNodeParser",
    "RecordQueryEngine",
    "RecordRetriever",
    "cited_nodes",
    "passage_nodes",
]


class RecordNodeParser(NodeParser):
    """Cuts LlamaIndex documents into our passages: whole sentences, sized in tokens, exact offsets."""

    chunk_tokens: int = Field(default=IndexSettings().chunk_tokens, ge=16)

    def _parse_nodes(self, nodes: Sequence[BaseNode], show_progress: bool = False, **kwargs: Any) -> list[BaseNode]:
        found: list[BaseNode] = []
        for source in nodes:
            for passage in self._passages(source):
                node = _node(passage, source.node_id)
                node.metadata = {**source.metadata, **node.metadata}
                node.relationships[NodeRelationship.SOURCE] = source.as_related_node_info()
                found.append(node)
        return found

    def _passages(self, source: BaseNode) -> list[Passage]:
        text = source.get_content()
        name = str(source.metadata.get("file_name", source.node_id))
        title = str(source.metadata.get("title", ""))
        document = Document(id=source.node_id, name=name, title=title, kind="article", text=text, source=name)
        return cut_passages(document, content_hash=content_hash(text.encode()), chunk_tokens=self.chunk_tokens)


class RecordEmbedding(BaseEmbedding):
    """Our embedder, so that another LlamaIndex index holds the same vectors."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder, **kwargs: Any) -> None:
        super().__init__(model_name=embedder.name, **kwargs)
        self._embedder = embedder

    def _get_query_embedding(self, query: str) -> list[float]:
        vector: list[float] = self._embedder.embed_query(query).tolist()
        return vector

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors = self._embedder.embed_passages([PassageText("", text, ()) for text in texts])
        return [vector.passage.tolist() for vector in vectors]


class RecordRetriever(BaseRetriever):
    """Our search as a retriever; a node's metadata name the document and the offsets in it."""

    def __init__(self, assistant: Assistant, *, count: int = 10, within: str | None = None) -> None:
        self._assistant = assistant
        self._count = count
        self._within = within  # only this document: its name, path or id
        super().__init__()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = self._assistant.search(query_bundle.query_str, count=self._count, within=self._within)
        return passage_nodes(found)

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


class RecordQueryEngine(CustomQueryEngine):
    """The assistant as a query engine: the response's text is the cited answer."""

    assistant: Assistant
    within: str | None = None  # only this document: its name, path or id

    def custom_query(self, query_str: str) -> Response:
        """The answer; `source_nodes` are its citations, `metadata["answer"]` the Answer itself."""
        answer = self.assistant.ask(query_str, within=self.within)
        return Response(response=answer.text, source_nodes=cited_nodes(answer), metadata={"answer": answer})

    async def acustom_query(self, query_str: str) -> Response:
        """The same, without holding up the loop."""
        return await asyncio.to_thread(self.custom_query, query_str)


def passage_nodes(passages: Sequence[RankedPassage]) -> list[NodeWithScore]:
    """Passages as nodes, in their order."""
    return [_scored(ranked) for ranked in passages]


def cited_nodes(answer: Answer) -> list[NodeWithScore]:
    """The quotes of an answer as nodes, in the order of their numbers."""
    return [NodeWithScore(node=_cited(citation), score=1.0) for citation in answer.citations]


def _node(passage: Passage, source_id: str) -> TextNode:
    return TextNode(
        id_=passage.id,
        text=passage.text,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        metadata={"header": passage.header, "document_id": source_id},
    )


def _scored(ranked: RankedPassage) -> NodeWithScore:
    node = _node(ranked.passage, ranked.passage.document_id)
    node.metadata["document"] = ranked.document
    return NodeWithScore(node=node, score=ranked.score)


def _cited(citation: Citation) -> TextNode:
    return TextNode(
        id_=f"{citation.document_id}:{citation.start}-{citation.end}",
        text=citation.quote,
        start_char_idx=citation.start,
        end_char_idx=citation.end,
        metadata={
            "document": citation.document,
            "document_id": citation.document_id,
            "title": citation.title,
            "held_on": citation.held_on.isoformat() if citation.held_on else "",
            "speaker": citation.speaker,
            "number": citation.number,
        },
    )
