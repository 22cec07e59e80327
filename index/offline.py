"""Keeps the libraries off the network: no telemetry, no update checks, no hub look-ups.

Every file that imports a library with a habit of calling home calls `stay_offline()` first;
what the user has set in the environment wins. tests/test_offline.py fails on any connection
that leaves the machine.
"""

from __future__ import annotations

import os

__all__ = ["stay_offline"]

SWITCHES = {
    "ANONYMIZED_TELEMETRY": "False",  # chromadb
    "DO_NOT_TRACK": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",  # not the network: silences a warning after fork
}


def stay_offline() -> None:
    """Set the libraries' own switches; call before importing them."""
    for name, value in SWITCHES.items():
        os.environ.setdefault(name, value)
