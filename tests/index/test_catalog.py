"""The catalog: what is put comes back, full text is folded and stemmed, writes are all or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from generated_documents import documents
from hypothesis import given

from corpus.document import Document, Utterance
from corpus.errors import IndexFault
from index.catalog import Catalog
from index.chunking import cut_passages
from index.passage import Passage
from index.terms import terms

HASH = "0123456789abcdef"
DIM = 4


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    """An empty catalog."""
    opened = Catalog(tmp_path / "catalog.sqlite")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    """One catalog for all the documents that Hypothesis makes."""
    opened = Catalog(tmp_path_factory.mktemp("catalog") / "catalog.sqlite")
    yield opened
    opened.close()


def article(name: str, text: str, **known) -> Document:
    return Document(name.removesuffix(".txt"), name, known.pop("title", ""), "article", text, name, **known)


def vectors_for(passages: list[Passage]) -> list[np.ndarray]:
    """Different vectors for each sentence, exact in half precision."""
    return [
        np.arange(len(one.sentences) * DIM, dtype=np.float32).reshape(-1, DIM) / 8 + one.ordinal for one in passages
    ]


def put(catalog: Catalog, document: Document, content_hash: str = HASH) -> list[Passage]:
    passages = cut_passages(document, content_hash=content_hash, chunk_tokens=40)
    with catalog.transaction():
        catalog.put(
            document,
            path=f"/files/{document.name}",
            content_hash=content_hash,
            passages=passages,
            sentence_vectors=vectors_for(passages),
        )
    return passages


def found(catalog: Catalog, question: str, within: str | None = None) -> list[str]:
    """The documents that the words of `question` find, best first."""
    hits = catalog.search((term.word for term in terms(question)), 10, within)
    return list(dict.fromkeys(hit.passage_id.split(".")[0] for hit in hits))


@given(documents())
def test_what_is_put_comes_back(shared: Catalog, document: Document) -> None:
    """A document, its utterances included, and its passages are read as they were put."""
    passages = put(shared, document)
    assert shared.document(document.id) == document
    assert shared.passages_of(document.id) == passages
    assert shared.passages([one.id for one in passages]) == {one.id: one for one in passages}


@given(documents())
def test_sentence_vectors_come_back(shared: Catalog, document: Document) -> None:
    """Each passage has the vectors that were put with it, one for each sentence."""
    passages = put(shared, document)
    kept = shared.sentence_vectors([one.id for one in passages], DIM)
    for one, vectors in zip(passages, vectors_for(passages), strict=True):
        np.testing.assert_array_equal(kept[one.id], vectors)


@given(documents())
def test_putting_twice_is_putting_once(shared: Catalog, document: Document) -> None:
    """A document put again replaces itself."""
    put(shared, document)
    before = (shared.passage_count(), len(shared.documents()))
    put(shared, document)
    assert (shared.passage_count(), len(shared.documents())) == before


@given(documents())
def test_removing_leaves_nothing(shared: Catalog, document: Document) -> None:
    """A removed document is gone with its passages and its words."""
    passages = put(shared, document)
    with shared.transaction():
        shared.remove(document.id)
    assert shared.document(document.id) is None
    assert shared.passages_of(document.id) == []
    assert shared.passage_ids().isdisjoint(one.id for one in passages)
    words = [term.word for term in terms(document.text)][:20]
    assert all(hit.passage_id.split(".")[0] != document.id for hit in shared.search(words, 1000, document.id))


def test_stored_tells_what_is_listed(catalog: Catalog) -> None:
    """The list of documents has path, hash, dates, year, passages and length."""
    document = article("a.txt", "The board met. It was short.", title="Board", held_on=date(2024, 5, 4), place="Hue")
    passages = put(catalog, document)
    (stored,) = catalog.documents()
    assert stored == catalog.stored(["a", "unknown"])["a"]
    assert (stored.path, stored.content_hash, stored.name, stored.title) == ("/files/a.txt", HASH, "a.txt", "Board")
    assert (stored.held_on, stored.published_on, stored.year) == (date(2024, 5, 4), None, 2024)
    assert (stored.passages, stored.characters) == (len(passages), len(document.text))


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("The rates were rising.", "rate rise"),
        ("Information technologies were discussed.", "technology"),
        ("Hội nghị tại Hải Dương.", "hai duong"),
        ("The session in Hai Duong.", "Hải Dương"),
        ("Tổ công nghệ số cộng đồng.", "cong dong"),
        ("Cong dong is a community.", "cộng đồng"),
        ("Đà Nẵng held it.", "da nang"),
        ("It met in Da Nang.", "ĐÀ NẴNG"),
    ],
)
def test_words_are_found_stemmed_and_folded(catalog: Catalog, text: str, question: str) -> None:
    """A word is found whatever its ending, its case and its diacritics, "đ" included."""
    put(catalog, article("a.txt", text))
    put(catalog, article("b.txt", "Nobody spoke of anything."))
    assert found(catalog, question) == ["a"]


def test_the_title_is_searched_too(catalog: Catalog) -> None:
    """Words of the header find the passage, below a passage that says them."""
    put(catalog, article("a.txt", "They met again.", title="Ferry council"))
    put(catalog, article("b.txt", "A ferry came.", title=""))
    assert found(catalog, "ferry") == ["b", "a"]


def test_the_better_match_comes_first(catalog: Catalog) -> None:
    """More of the words asked for, more rarely said, rank higher; scores fall."""
    put(catalog, article("a.txt", "The board met about ferries."))
    put(catalog, article("b.txt", "The board met about the harbour budget."))
    hits = catalog.search(["board", "harbour", "budget"], 10)
    assert [hit.passage_id.split(".")[0] for hit in hits] == ["b", "a"]
    assert hits[0].score > hits[1].score > 0


def test_at_most_count_are_found(catalog: Catalog) -> None:
    """The search stops at the number asked for."""
    for number in range(5):
        put(catalog, article(f"{number}.txt", "The ferry came."))
    assert len(catalog.search(["ferry"], 3)) == 3


def test_a_search_stays_within_a_document(catalog: Catalog) -> None:
    """`within` finds only that document's passages, though others match better."""
    put(catalog, article("a.txt", "The ferry came. The ferry went. The ferry sank."))
    put(catalog, article("b.txt", "A boat, not quite a ferry, was seen by many people."))
    assert found(catalog, "ferry", within="b") == ["b"]
    assert found(catalog, "ferry", within="unknown") == []


@pytest.mark.parametrize("words", [[], ["nowhere"], ["NEAR"], ["and", "or", "not"], ["body:"]])
def test_words_that_are_nowhere_find_nothing(catalog: Catalog, words: list[str]) -> None:
    """No word, an unknown one, or one that means something to the full-text engine finds nothing."""
    put(catalog, article("a.txt", "The ferry came."))
    assert catalog.search(words, 10) == []


def test_frequencies_count_passages(catalog: Catalog) -> None:
    """A stem's frequency is the number of passages that hold it; unknown stems are left out."""
    put(catalog, article("a.txt", "Ferries and ferries."))
    put(catalog, article("b.txt", "Technologies on a ferry."))
    assert catalog.document_frequencies(["ferri", "technolog", "boat"]) == {"ferri": 2, "technolog": 1}


def test_frequencies_know_the_stems_of_terms(catalog: Catalog) -> None:
    """Every term read from a stored text has a frequency."""
    text = "The US technology assembly of Đà Nẵng possibly raised 80.44% of the µg rates by apologies in 2024."
    put(catalog, article("a.txt", text))
    stems = {term.stem for term in terms(text)}
    assert catalog.document_frequencies(stems) == dict.fromkeys(stems, 1)


def test_more_ids_than_one_statement_takes(catalog: Catalog) -> None:
    """Thousands of ids are looked up page by page."""
    passages = put(catalog, article("a.txt", "The ferry came."))
    wanted = [*(f"unknown{number}" for number in range(2000)), passages[0].id]
    assert list(catalog.passages(wanted)) == [passages[0].id]


def test_a_failed_transaction_leaves_everything_as_it_was(catalog: Catalog) -> None:
    """What fails in the middle of a write changes nothing."""
    before = put(catalog, article("a.txt", "The ferry came."))
    with pytest.raises(RuntimeError, match="stop"), catalog.transaction():
        catalog.remove("a")
        catalog.put(article("b.txt", "New."), path="/b", content_hash=HASH, passages=[], sentence_vectors=[])
        raise RuntimeError("stop")
    assert catalog.passages_of("a") == before
    assert catalog.document("b") is None
    assert found(catalog, "ferry") == ["a"]


def test_unequal_passages_and_vectors_are_refused(catalog: Catalog) -> None:
    """A passage without vectors is a mistake, and nothing of its document is kept."""
    document = article("a.txt", "The ferry came.")
    passages = cut_passages(document, content_hash=HASH, chunk_tokens=40)
    with pytest.raises(ValueError, match="zip"), catalog.transaction():
        catalog.put(document, path="/a", content_hash=HASH, passages=passages, sentence_vectors=[])
    assert catalog.documents() == []


def test_readers_see_what_is_committed(catalog: Catalog, tmp_path: Path) -> None:
    """Another connection sees a document only when its transaction is done, and is not locked out before."""
    other = Catalog(tmp_path / "catalog.sqlite")
    document = article("a.txt", "The ferry came.")
    with catalog.transaction():
        catalog.put(document, path="/a", content_hash=HASH, passages=[], sentence_vectors=[])
        assert other.document("a") is None
    assert other.document("a") == document
    other.close()


def test_version_changes_when_another_writes(catalog: Catalog, tmp_path: Path) -> None:
    """The version tells a reader that somebody else has written."""
    before = catalog.version()
    other = Catalog(tmp_path / "catalog.sqlite")
    put(other, article("a.txt", "The ferry came."))
    other.close()
    assert catalog.version() != before


def test_names_are_found_by_name_path_and_id(catalog: Catalog) -> None:
    """A document is named by its file, its path or its id; two files of one name are both told."""
    put(catalog, article("a.txt", "One."))
    with catalog.transaction():
        twin = Document("twin", "a.txt", "", "article", "Two.", "")
        catalog.put(twin, path="/other/a.txt", content_hash=HASH, passages=[], sentence_vectors=[])
    assert catalog.document_ids_named("a.txt") == ["a", "twin"]
    assert catalog.document_ids_named("/other/a.txt") == catalog.document_ids_named("twin") == ["twin"]
    assert catalog.document_ids_named("A.TXT") == []
    assert catalog.paths() == ["/files/a.txt", "/other/a.txt"]


def test_values_are_remembered(catalog: Catalog) -> None:
    """What the index remembers of itself is replaced, not doubled; the unknown is None."""
    assert catalog.remembered("collection") is None
    catalog.remember("collection", "one")
    catalog.remember("collection", "two")
    assert catalog.remembered("collection") == "two"


def test_utterances_without_times_come_back(catalog: Catalog) -> None:
    """A turn with unknown times has None, not 0."""
    turns = (Utterance("Chair", 7, 16), Utterance("", 17, 20, 0.0, 1.5))
    document = Document("a", "a.txt", "", "transcript", "Chair: We start.\nYes", "", utterances=turns)
    put(catalog, document)
    assert catalog.document("a").utterances == turns


def test_a_closed_catalog_opens_again(tmp_path: Path) -> None:
    """What was put is there when the file is opened again."""
    first = Catalog(tmp_path / "catalog.sqlite")
    passages = put(first, article("a.txt", "The ferry came."))
    first.close()
    second = Catalog(tmp_path / "catalog.sqlite")
    assert second.passages_of("a") == passages
    second.close()


@pytest.mark.parametrize("damage", ["not a database", "a torn header", "a folder"])
def test_a_damaged_file_is_told(tmp_path: Path, damage: str) -> None:
    """A file that is no catalog is named, with what to do."""
    file = tmp_path / "catalog.sqlite"
    if damage == "a folder":
        file.mkdir()
    elif damage == "a torn header":
        sqlite3.connect(file).execute("CREATE TABLE t (x)").connection.close()
        file.write_bytes(file.read_bytes()[:16] + b"\xff" * 4080)
    else:
        file.write_text("hello " * 1000)
    with pytest.raises(IndexFault, match="rapporteur ingest") as raised:
        Catalog(file)
    assert str(file) in str(raised.value)
