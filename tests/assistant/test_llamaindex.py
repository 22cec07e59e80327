"""LlamaIndex code runs on our parts."""

from __future__ import annotations

from llama_index.core import Document as LlamaDocument
from llama_index.core import VectorStoreIndex
from llama_index.core.evaluation import RetrieverEvaluator

from assistant.assistant import Assistant
from assistant.llamaindex import RecordEmbedding, RecordNodeParser, RecordQueryEngine, RecordRetriever


def test_nodes_are_the_source_text_at_their_offsets() -> None:
    """The node parser keeps exact offsets."""
    text = "The council met. " * 60
    nodes = RecordNodeParser(chunk_tokens=40).get_nodes_from_documents([LlamaDocument(text=text)])
    assert len(nodes) > 1
    assert all(node.get_content() == text[node.start_char_idx : node.end_char_idx] for node in nodes)


def test_nodes_keep_their_source_and_its_metadata() -> None:
    """What deletes by source and filters by metadata goes on working."""
    source = LlamaDocument(text="The council met.", metadata={"file_name": "a.txt", "author": "B"})
    (node,) = RecordNodeParser().get_nodes_from_documents([source])
    assert node.ref_doc_id == source.node_id
    assert node.metadata["author"] == "B"


def test_a_vector_index_of_llamaindex_is_built_from_our_parts(assistant: Assistant) -> None:
    """Their index, our node parser and embedding: the fitting text comes first."""
    documents = [LlamaDocument(text="The bridge was opened in May."), LlamaDocument(text="The budget fell by 3%.")]
    index = VectorStoreIndex.from_documents(
        documents,
        transformations=[RecordNodeParser()],
        embed_model=RecordEmbedding(assistant.index.embedder),
    )
    found = index.as_retriever(similarity_top_k=1).retrieve("How much did the budget fall?")
    assert found[0].get_content() == "The budget fell by 3%."


def test_their_evaluator_measures_our_retriever(assistant: Assistant) -> None:
    """RetrieverEvaluator scores it as it scores their own."""
    retriever = RecordRetriever(assistant, count=5)
    question = "What share of permits was requested online in 2023?"
    expected = assistant.search(question)[0].passage.id
    evaluator = RetrieverEvaluator.from_metric_names(["mrr", "hit_rate"], retriever=retriever)
    assert evaluator.evaluate(query=question, expected_ids=[expected]).metric_vals_dict == {"mrr": 1.0, "hit_rate": 1.0}


def test_the_query_engine_answers_with_its_citations(assistant: Assistant) -> None:
    """The response is the cited answer, its nodes are the quotes."""
    response = RecordQueryEngine(assistant=assistant).query("What share of permits was requested online in 2024?")
    assert "44%" in str(response)
    assert "44%" in response.source_nodes[0].get_content()
