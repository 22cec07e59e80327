"""Other readers by name or folder: real transformers models, small and untrained, through the same door."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from transformers import (
    BertConfig,
    BertForQuestionAnswering,
    BertForSequenceClassification,
    PreTrainedTokenizerFast,
    RobertaConfig,
    RobertaForQuestionAnswering,
)

from assistant.assistant import Assistant
from assistant.reader import ModelReader, RerankingReader, open_reader
from assistant.trained_reader import MODEL_FOLDER, TOKENIZER_FILE, PassageInput, ReaderModelError
from assistant.transformers_reader import CrossEncoder, load_model
from corpus.document import Span
from index.store import Index

SMALL = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 64}
REPORT = "The session was chaired by Ann Keller. It lasted three hours."


@pytest.fixture
def saved(tmp_path: Path) -> Callable[..., str]:
    """Saves a model with a tokenizer to a folder."""

    def save(model: torch.nn.Module, **special: str) -> str:
        tokenizer = PreTrainedTokenizerFast(
            tokenizer_file=str(MODEL_FOLDER / TOKENIZER_FILE),
            **{"cls_token": "[CLS]", "sep_token": "[SEP]", "pad_token": "[PAD]", **special},
        )
        model.save_pretrained(tmp_path)
        tokenizer.save_pretrained(tmp_path)
        return str(tmp_path)

    return save


def small(kind: type, **more: int) -> torch.nn.Module:
    torch.manual_seed(1)
    return kind(BertConfig(**SMALL, **more))


def test_a_question_answering_model_names_spans_of_the_passage(saved: Callable[..., str]) -> None:
    """The words it names stand in the passage, never in question or header, one for each sentence."""
    reader = load_model(saved(small(BertForQuestionAnswering)))
    sentences = (Span(0, 38), Span(39, len(REPORT)))
    reading = reader.read("Who chaired it?", [PassageInput("Minutes", REPORT, sentences)])[0]
    assert reading.spans
    assert all(0 <= span.start < span.end <= len(REPORT) for span in reading.spans)
    best = [span.start if span else -1 for span in reading.in_sentences]
    assert sentences[0].start <= best[0] < sentences[0].end <= sentences[1].start <= best[1] < sentences[1].end


def test_a_model_without_types_is_read_too(saved: Callable[..., str]) -> None:
    """A model of the RoBERTa family, which knows no types of pieces, reads passages."""
    torch.manual_seed(1)
    reader = load_model(saved(RobertaForQuestionAnswering(RobertaConfig(**SMALL, vocab_size=30522))))
    assert reader.read("Who chaired it?", [PassageInput("", REPORT)])[0].spans


def test_a_cross_encoder_says_what_is_relevant_and_names_no_words(saved: Callable[..., str]) -> None:
    """Each passage gets the model's own score as a probability, in the order asked."""
    model = small(BertForSequenceClassification, num_labels=1)
    reader = load_model(saved(model))
    assert isinstance(reader, CrossEncoder)
    passages = [PassageInput("", REPORT), PassageInput("Minutes", "Nothing was decided.", (Span(0, 20),))]
    together = reader.read("Who chaired it?", passages)
    alone = [reader.read("Who chaired it?", [passage])[0] for passage in passages]
    assert [one.relevance for one in together] == pytest.approx([one.relevance for one in alone], abs=1e-5)
    assert all(0.0 < one.relevance < 1.0 and not one.spans for one in together)
    assert together[1].in_sentences == (None,)


def test_one_setting_chooses_it(saved: Callable[..., str], town: Index) -> None:
    """A cross-encoder's folder as the reader's setting: questions are answered with quotes, as with the bundled one."""
    folder = saved(small(BertForSequenceClassification, num_labels=1))
    reader = open_reader(folder)
    assert isinstance(reader, RerankingReader)
    answer = Assistant(town, reader=reader).ask("Which share of permits was requested online in 2024?")
    assert answer.citations or answer.refused


def test_a_folder_of_a_question_answering_model_is_a_reader(saved: Callable[..., str]) -> None:
    """The setting tells the kinds of models apart by themselves."""
    assert isinstance(open_reader(saved(small(BertForQuestionAnswering))), ModelReader)


def test_another_kind_of_model_is_refused(saved: Callable[..., str]) -> None:
    """A classifier of several classes is named, with what can be used instead."""
    folder = saved(small(BertForSequenceClassification, num_labels=3))
    with pytest.raises(ReaderModelError, match="cross-encoder"):
        load_model(folder)


def test_no_model_at_all(tmp_path: Path) -> None:
    """An empty folder is an error that says what to do."""
    with pytest.raises(ReaderModelError, match="RAPPORTEUR_READER"):
        open_reader(str(tmp_path))
