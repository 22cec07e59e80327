"""Nearest passages by cosine similarity: the one file that imports chromadb.

Vectors live in a persistent collection in the home, or on a Chroma server when an address is
given; the same code talks to both. Knows passage ids and vectors, nothing of texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexFault, InputError
from index.offline import stay_offline

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

__all__ = ["ChromaVectors", "Neighbour", "VectorStore"]

Array = NDArray[np.float32]

# Of the true ten nearest among 10,000 passages these find .98 in 3 ms (see evals/results).
GRAPH: Any = {"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 24}
_OPENING = Lock()
PAGE = 2000  # ids or vectors in one call: below Chroma's limit of 5,461


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A passage near the question."""

    passage_id: str
    similarity: float  # cosine, higher is better


class VectorStore(Protocol):
    """Keeps one vector for each passage."""

    def add(self, ids: Sequence[str], vectors: Array, document_ids: Sequence[str]) -> None:
        """Store vectors (n, dim) under `ids`; an id that is there already is overwritten."""

    def delete(self, ids: Sequence[str]) -> None:
        """Remove `ids`; those that are not there are passed over."""

    def nearest(self, vector: Array, count: int, within: str | None = None) -> list[Neighbour]:
        """The `count` most similar passages, best first; `within` limits to one document id."""

    def ids(self) -> Iterator[str]:
        """All ids."""

    def count(self) -> int:
        """How many vectors there are."""


class ChromaVectors:
    """A Chroma collection with cosine distance."""

    def __init__(self, collection: Collection, client: ClientAPI) -> None:
        self._collection = collection
        self._client = client

    @classmethod
    def open(cls, folder: Path, name: str, address: str = "") -> ChromaVectors:
        """The collection `name` in `folder`, or on the Chroma server at `address`.

        Raises InputError for what is no address and when no server answers, IndexFault when the
        folder is damaged.
        """
        server = _server(address) if address else {}
        stay_offline()
        import chromadb
        from chromadb.api.client import Client
        from chromadb.config import Settings

        settings = Settings(anonymized_telemetry=False)
        try:
            client: ClientAPI
            if address:
                client = chromadb.HttpClient(**server, settings=settings)
                collection = _collection(client, name)
            else:
                # Chroma hands out one client for each path, and closing it would fail whoever searches at that
                # moment. So each opening has a client of its own; it goes when nobody holds it any more.
                with _OPENING:
                    Client.clear_system_cache()
                    client = chromadb.PersistentClient(str(folder), settings=settings)
                    collection = _collection(client, name)
                    Client.clear_system_cache()
        except Exception as error:  # Chroma raises bare ValueError, Rust panics and httpx errors alike
            if address:
                raise InputError(
                    f"No Chroma server answers at {address} ({_first_line(error)}). "
                    "Start one with: chroma run --path FOLDER, or leave --chroma out."
                ) from error
            # Chroma would hand out the same broken client again once the folder is mended.
            Client.clear_system_cache()
            raise IndexFault(
                f"The vectors in {folder} cannot be opened ({_first_line(error)}). "
                "Make the index anew with: rapporteur ingest --rebuild"
            ) from error
        return cls(collection, client)

    def add(self, ids: Sequence[str], vectors: Array, document_ids: Sequence[str]) -> None:
        """Store vectors (n, dim) under `ids`; an id that is there already is overwritten."""
        for start in range(0, len(ids), PAGE):
            page = slice(start, start + PAGE)
            metadatas: Any = [{"document": document_id} for document_id in document_ids[page]]
            self._collection.upsert(ids=list(ids[page]), embeddings=vectors[page], metadatas=metadatas)

    def delete(self, ids: Sequence[str]) -> None:
        """Remove `ids`; those that are not there are passed over."""
        for start in range(0, len(ids), PAGE):
            self._collection.delete(ids=list(ids[start : start + PAGE]))

    def nearest(self, vector: Array, count: int, within: str | None = None) -> list[Neighbour]:
        """The `count` most similar passages, best first; `within` limits to one document id."""
        if count <= 0:
            return []
        from chromadb.errors import ChromaError

        try:
            found = self._collection.query(
                query_embeddings=vector[np.newaxis],
                n_results=count,
                where={"document": within} if within else None,
                include=["distances"],
            )
        except ChromaError as error:  # made anew by another process at this moment
            raise IndexFault(f"The vectors cannot be searched ({_first_line(error)}). Ask again.") from error
        distances = found["distances"] or [[]]
        return [
            Neighbour(passage_id, 1.0 - float(distance))
            for passage_id, distance in zip(found["ids"][0], distances[0], strict=True)
        ]

    def ids(self) -> Iterator[str]:
        """All ids, fetched page by page."""
        offset = 0
        while True:
            page = self._collection.get(include=[], limit=PAGE, offset=offset)["ids"]
            if not page:
                return
            yield from page
            offset += len(page)

    def count(self) -> int:
        """How many vectors there are."""
        return int(self._collection.count())

    @staticmethod
    def forget_clients() -> None:
        """Make later openings read the folders anew; Chroma keeps a client for each path it has opened."""
        from chromadb.api.client import Client

        Client.clear_system_cache()

    def close(self) -> None:
        """Release the files or the connection."""
        client: Any = self._client  # close() is not in the interface that ClientAPI describes
        with _OPENING:
            client.close()

    def drop(self) -> None:
        """Delete the whole collection."""
        self._client.delete_collection(self._collection.name)


def _collection(client: ClientAPI, name: str) -> Collection:
    return client.get_or_create_collection(name, embedding_function=None, configuration={"hnsw": GRAPH})


def _server(address: str) -> dict[str, Any]:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:  # a port that is no number, a torn IPv6 address
        host = port = None
    if not host or parts.scheme not in {"http", "https"}:
        raise InputError(f"{address!r} is not an address of a Chroma server. Expected http://host:port")
    ssl = parts.scheme == "https"
    return {"host": host, "port": port or (443 if ssl else 8000), "ssl": ssl}


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]
