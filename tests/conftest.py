"""What all tests share: the real embedding model, loaded once, and Hypothesis on slow machines."""

from __future__ import annotations

import os
import signal

import pytest
from hypothesis import HealthCheck, settings

from index.embedding import SentenceTransformerEmbedder
from index.settings import BUNDLED_MODEL

# A job in the background of a shell ignores Ctrl+C, and so would the programs that the tests start and interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine is no failure, and a law that failed once is told with what repeats it.
settings.register_profile(
    "rapporteur",
    deadline=None,
    max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "30")),
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("rapporteur")


@pytest.fixture(scope="session")
def embedder() -> SentenceTransformerEmbedder:
    """The bundled model as ingestion uses it; loaded when the first passage is embedded."""
    return SentenceTransformerEmbedder(BUNDLED_MODEL)
