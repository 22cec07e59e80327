"""Reading: which sentences of the retrieved passages answer, and which of their words.

`Reader` is the seam: a trained model takes the place of `SentenceReader` without any other
change. A reader judges; it does not decide whether to answer (see assistant/decision.py).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from assistant.answer import Evidence
from assistant.evidence_measures import MOST_ODDS, ranking_measures, relevance_odds
from assistant.query_words import in_words_of
from assistant.question import Asked
from assistant.question_kinds import TYPED_KINDS
from assistant.retrieval import Retrieved
from assistant.spans import answer_span, fitting_span
from assistant.trained_reader import MODEL_FILE, MODEL_FOLDER, PassageInput, PassageReading, TrainedReader
from assistant.weights import weighted, weights_of
from corpus.document import Span
from corpus.glossary import Glossary
from index.passage import Passage

__all__ = ["ModelReader", "PassageReader", "Reader", "RerankingReader", "SentenceReader", "open_reader"]

MODEL_LANGUAGE = "en"  # what the trained reader has seen
PASSAGES_READ = 8  # by the trained reader
SHORT_ANSWER_WORDS = 18
READ_SENTENCES = 40  # best ones whose words are looked at
TYPE_BONUS = 0.15  # for a sentence that holds something of the asked kind


class Reader(Protocol):
    """Finds evidence in passages."""

    def read(self, asked: Asked, passages: Sequence[Retrieved]) -> list[Evidence]:
        """Sentences that may answer, best first; scores compare across passages and questions."""


class SentenceReader:
    """Ranks sentences by their retrieval scores and by whether they hold what is asked for."""

    def read(self, asked: Asked, passages: Sequence[Retrieved]) -> list[Evidence]:
        """Sentences that may answer, best first."""
        scored = sorted(
            ((sentence.score, retrieved, sentence) for retrieved in passages for sentence in retrieved.sentences),
            key=lambda item: -item[0],
        )
        evidence = []
        for score, retrieved, sentence in scored[:READ_SENTENCES]:
            passage = retrieved.passage
            found = answer_span(asked, passage.quote(sentence.span)) if asked.kind in TYPED_KINDS else None
            answer = Span(sentence.span.start + found.start, sentence.span.start + found.end) if found else None
            bonus = TYPE_BONUS if answer else 0.0
            evidence.append(Evidence(passage, sentence.span, answer, score + bonus, sentence.measures))
        return sorted(evidence, key=lambda item: -item.score)


class PassageReader(Protocol):
    """A model that reads passages: the bundled one, another of its kind, or a cross-encoder."""

    def read(self, question: str, passages: Sequence[PassageInput]) -> list[PassageReading]:
        """One reading for each passage, in their order."""


class _ReadByModel(ABC):
    """Passages put to a model, in the words of each; what its readings are worth is the subclass's to say."""

    def __init__(self, model: PassageReader, glossary: Glossary | None = None) -> None:
        self._model = model
        self._glossary = glossary or Glossary(())

    def read(self, asked: Asked, passages: Sequence[Retrieved]) -> list[Evidence]:
        """Sentences that may answer, best first; of a question in another language than the model's, as without it."""
        if asked.language != MODEL_LANGUAGE:
            return SentenceReader().read(asked, passages)
        read = passages[:PASSAGES_READ]
        return self._judged(asked, list(zip(read, _readings(self._model, asked, read, self._glossary), strict=True)))

    @abstractmethod
    def _judged(self, asked: Asked, read: Sequence[tuple[Retrieved, PassageReading]]) -> list[Evidence]:
        """The sentences of the passages that were read, best first."""


class ModelReader(_ReadByModel):
    """Sentences ranked by retrieval and by the trained reader together; it names the answering words."""

    def _judged(self, asked: Asked, read: Sequence[tuple[Retrieved, PassageReading]]) -> list[Evidence]:
        evidence = []
        for retrieved, reading in read:
            passage = retrieved.passage
            for sentence, best in zip(retrieved.sentences, reading.in_sentences, strict=True):
                odds = best.score if best else -MOST_ODDS
                span = Span(best.start + passage.start, best.end + passage.start) if best else None
                answer = _answering_words(asked, passage.quote(sentence.span), sentence.span.start, span)
                measures = replace(sentence.measures, span_odds=odds, relevance=reading.relevance)
                score = sentence.score + weighted(
                    "ranking", ranking_measures(asked, odds, reading.relevance, names_words=answer is not None)
                )
                evidence.append(Evidence(passage, sentence.span, answer, score, measures))
        return sorted(evidence, key=lambda item: -item.score)


class RerankingReader(_ReadByModel):
    """Passages ranked by retrieval and a model's relevance together; the answering words are found by rule."""

    def _judged(self, asked: Asked, read: Sequence[tuple[Retrieved, PassageReading]]) -> list[Evidence]:
        return SentenceReader().read(asked, [_raised(retrieved, reading.relevance) for retrieved, reading in read])


def open_reader(setting: str = "", glossary: Glossary | None = None) -> Reader:
    """The reader that `setting` names: "" the bundled model, "none" no model, else a model's name or folder.

    A folder with `model.onnx` is a reader of our own training; any other is a question-answering model or a
    cross-encoder of transformers (assistant/transformers_reader.py). Raises RapporteurError when there is no such
    model.
    """
    if setting == "none":
        return SentenceReader()
    if not setting or (Path(setting) / MODEL_FILE).is_file():
        return ModelReader(TrainedReader.load(Path(setting) if setting else MODEL_FOLDER), glossary)
    from assistant.transformers_reader import CrossEncoder, load_model

    model = load_model(setting)
    return RerankingReader(model, glossary) if isinstance(model, CrossEncoder) else ModelReader(model, glossary)


def _readings(
    model: PassageReader, asked: Asked, passages: Sequence[Retrieved], glossary: Glossary
) -> list[PassageReading]:
    """Each passage read for the question as that passage would word it."""
    worded = [in_words_of(asked.question, item.passage.text, glossary) for item in passages]
    readings: dict[int, PassageReading] = {}
    for wording in dict.fromkeys(worded):
        positions = [position for position, words in enumerate(worded) if words == wording]
        inputs = [_input(passages[at].passage) for at in positions]
        readings |= zip(positions, model.read(wording, inputs), strict=True)
    return [readings[position] for position in range(len(passages))]


def _raised(retrieved: Retrieved, relevance: float) -> Retrieved:
    sentences = tuple(
        replace(
            sentence,
            score=sentence.score + weights_of("ranking")["relevance_odds"] * relevance_odds(relevance),
            measures=replace(sentence.measures, relevance=relevance),
        )
        for sentence in retrieved.sentences
    )
    return replace(retrieved, sentences=sentences)


def _input(passage: Passage) -> PassageInput:
    sentences = [Span(span.start - passage.start, span.end - passage.start) for span in passage.sentences]
    return PassageInput(passage.header, passage.text, tuple(sentences))


def _answering_words(asked: Asked, sentence: str, offset: int, span: Span | None) -> Span | None:
    """The reader's span as a short answer: whole figures, the asked type, not a long clause."""
    if span is None or asked.kind == "yes_no" or asked.items:  # answered by sentences, not by a few words
        return None
    inside = Span(span.start - offset, span.end - offset)
    if asked.kind in TYPED_KINDS:
        fitting = fitting_span(asked, sentence, inside)
    else:
        fitting = inside if len(inside.of(sentence).split()) <= SHORT_ANSWER_WORDS else None
    return Span(fitting.start + offset, fitting.end + offset) if fitting else None
