"""The model's server: the one file that talks to it, through LlamaIndex's client for OpenAI-compatible servers.

The request runs in a thread of its own, because nothing else bounds all of it: a name that is never
resolved, headers that never end, one byte a second. Who waits for it waits until the time is over
and not longer; the socket is then shut. No retries: the record's own words are ready. Of the
environment's variables for OpenAI nothing is used or sent, and the headers are our own. Knows
nothing of questions, sources and what is done with the text.

>>> # "".join(ServedModel(ModelSettings("http://localhost:11434", "llama3.2")).write([Message("user", "Hello")]))
"""

from __future__ import annotations

import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

from assistant.chat_model import Message, ModelFailure
from assistant.model_settings import ModelSettings

if TYPE_CHECKING:
    import httpx
    from llama_index.llms.openai_like import OpenAILike
    from openai import APIError

__all__ = ["MOST_CHARACTERS", "MOST_TOKENS", "ServedModel", "model_of_environment"]

MOST_TOKENS = 700  # of a draft
MOST_CHARACTERS = 8 * MOST_TOKENS  # for servers that do not heed the limit on tokens
CONNECT_SECONDS = 5.0
LONGEST_REST = 600.0  # seconds that a server's Retry-After is heeded
_NO_KEY = "none"  # the client wants one; a server without keys ignores it
_SENT_HEADERS = frozenset(
    "host accept accept-encoding connection content-type content-length user-agent authorization".split()
)
_END = object()


class ServedModel:
    """A model behind a server; one for all questions, safe to use from several threads."""

    def __init__(self, settings: ModelSettings) -> None:
        self.settings = settings
        self._resting_until = 0.0  # on the monotonic clock: the server asked for a pause
        self._loading = threading.Thread(target=_load, name="loading the model's client", daemon=True)
        self._loading.start()

    def load(self) -> None:
        """Wait until the client is imported, which `write` does by itself and does not count as the server's time."""
        self._loading.join()

    def write(self, messages: Sequence[Message]) -> Iterator[str]:
        """The model's text as it comes; errors and closing as in `ChatModel.write`."""
        self.load()
        deadline = time.monotonic() + self.settings.seconds
        pause = self._resting_until - time.monotonic()
        if pause > 0:
            raise ModelFailure(f"the model's server asked to be left alone for {pause:.0f} seconds more")
        request = _Request(self.settings, messages, deadline)
        worker = threading.Thread(target=request.run, name="model request", daemon=True)
        worker.start()
        characters = 0
        try:
            while True:
                try:
                    item = request.pieces.get(timeout=max(0.0, deadline - time.monotonic()))
                except queue.Empty:
                    raise ModelFailure(f"the model was not done within {self.settings.seconds:g} seconds") from None
                if item is _END:
                    return
                if isinstance(item, _Pause):
                    self._resting_until = time.monotonic() + item.seconds
                elif isinstance(item, ModelFailure):
                    raise item
                else:
                    characters += len(item)
                    if characters > MOST_CHARACTERS:
                        raise ModelFailure("the model did not stop writing")
                    yield item
        finally:
            request.cancel()


def model_of_environment() -> ServedModel | None:
    """The model that RAPPORTEUR_MODEL_URL and RAPPORTEUR_MODEL name; None where they name none."""
    settings = ModelSettings.from_environment()
    return ServedModel(settings) if settings else None


def _load() -> None:
    """Import what takes seconds, while the index and the reader are opened."""
    import llama_index.llms.openai_like  # noqa: F401


class _Pause:
    """The server asks to wait."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds


class _Request:
    """One request; `run` is the thread's, everything else its waiter's."""

    def __init__(self, settings: ModelSettings, messages: Sequence[Message], deadline: float) -> None:
        self.pieces: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._settings = settings
        self._messages = messages
        self._deadline = deadline
        self._cancelled = threading.Event()
        self._sockets: list[socket.socket] = []

    def cancel(self) -> None:
        """End the request, wherever it is waiting."""
        self._cancelled.set()
        for one in list(self._sockets):
            _shut(one)

    def run(self) -> None:
        """Put the pieces, then a failure or the end, into the queue."""
        import httpx
        from openai import APIError

        try:
            self._stream()
            self.pieces.put(_END)
        except ModelFailure as failure:
            self.pieces.put(failure)
        except APIError as error:
            self._report(error)
        except (httpx.HTTPError, OSError):
            self.pieces.put(ModelFailure("the connection to the model's server broke off"))
        except Exception:  # whatever a strange server makes the client stumble over: its waiter must hear of it
            self.pieces.put(ModelFailure("the model's server did not answer in the OpenAI protocol"))

    def _stream(self) -> None:
        from llama_index.core.base.llms.types import ChatMessage, MessageRole

        roles = {"system": MessageRole.SYSTEM, "user": MessageRole.USER}
        written, reason = False, None
        with self._http() as http:
            messages = [ChatMessage(role=roles[one.role], content=one.text) for one in self._messages]
            for chunk in self._client(http).stream_chat(messages):
                if self._cancelled.is_set():
                    return
                for choice in getattr(chunk.raw, "choices", None) or ():
                    reason = choice.finish_reason or reason
                if chunk.delta:
                    written = True
                    self.pieces.put(chunk.delta)
        if reason is None:
            raise ModelFailure("the model's text broke off" if written else "the model's server sent nothing readable")
        if reason not in ("stop", "length"):
            raise ModelFailure(f"the model stopped with the reason {str(reason)[:30]!r}")
        if not written:
            raise ModelFailure("the model wrote nothing")

    def _client(self, http: httpx.Client) -> OpenAILike:
        from llama_index.llms.openai_like import OpenAILike

        settings = self._settings
        return OpenAILike(
            model=settings.name,
            api_base=settings.address,
            api_key=settings.key or _NO_KEY,
            is_chat_model=True,
            temperature=0.0,
            max_tokens=MOST_TOKENS,
            max_retries=0,
            timeout=self._left(),
            http_client=http,
        )

    def _http(self) -> httpx.Client:
        import httpx

        settings = self._settings
        return httpx.Client(
            timeout=httpx.Timeout(self._left(), connect=min(CONNECT_SECONDS, self._left())),
            trust_env=not settings.is_on_this_machine,
            follow_redirects=False,  # the key goes to the address that was set, and to no other
            verify=_certificates() if settings.is_secure else False,
            event_hooks={"request": [self._prepare]},
        )

    def _left(self) -> float:
        return max(0.001, self._deadline - time.monotonic())

    def _prepare(self, request: httpx.Request) -> None:
        """Send our own headers only, and remember the connection that is made."""
        for name in [name for name in request.headers if name.lower() not in _SENT_HEADERS]:
            del request.headers[name]
        request.headers["user-agent"] = "rapporteur"
        request.headers["authorization"] = f"Bearer {self._settings.key or _NO_KEY}"
        request.extensions["trace"] = self._remember

    def _remember(self, event: str, told: dict[str, Any]) -> None:
        """Called by httpcore: keep each socket, the one inside TLS too, so that `cancel` can shut it."""
        stream = told.get("return_value")
        if event.endswith((".connect_tcp.complete", ".start_tls.complete")) and stream is not None:
            made = stream.get_extra_info("socket")
            if isinstance(made, socket.socket):
                self._sockets.append(made)
                if self._cancelled.is_set():  # while it was being connected
                    _shut(made)

    def _report(self, error: APIError) -> None:
        """What a failed request means, in our own words."""
        from openai import APIConnectionError, APIStatusError, APITimeoutError

        if isinstance(error, APITimeoutError):
            self.pieces.put(ModelFailure("the model's server did not answer in time"))
        elif isinstance(error, APIConnectionError):
            self.pieces.put(ModelFailure("the model's server cannot be reached"))
        elif isinstance(error, APIStatusError):
            wait = _seconds(error.response.headers.get("retry-after", ""))
            if error.status_code in (429, 503) and wait:
                self.pieces.put(_Pause(min(wait, LONGEST_REST)))
            too_long = "context" in f"{error.code} {error.message}".lower() and error.status_code in (400, 413)
            self.pieces.put(ModelFailure(_told(error.status_code, wait, too_long=too_long)))
        else:
            self.pieces.put(ModelFailure("the model's server reported an error in the middle of its answer"))


def _shut(connection: socket.socket) -> None:
    with suppress(OSError):  # shut already, by the other side or by us
        connection.shutdown(socket.SHUT_RDWR)


@cache
def _certificates() -> ssl.SSLContext:
    """Made once: it takes longer than a request to a server nearby."""
    import httpx

    return httpx.create_ssl_context()


def _seconds(retry_after: str) -> float:
    return float(retry_after) if retry_after.isdecimal() else 0.0


def _told(status: int, wait: float, *, too_long: bool) -> str:
    if too_long or status == 413:
        return "the question and its passages are too long for the model"
    if status in (401, 403):
        return f"the model's server refused the key (HTTP {status}); check RAPPORTEUR_MODEL_KEY"
    if status == 404:
        return "the model's server knows no such model or address (HTTP 404); check RAPPORTEUR_MODEL and …_URL"
    if status == 429:
        asked = f" and asks to wait {wait:.0f} seconds" if wait else ""
        return f"the model's server has too much to do (HTTP 429){asked}"
    return f"the model's server answered with HTTP {status}"
