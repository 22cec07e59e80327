"""Where a measurement comes from: revision, machine and time, kept with every result.

>>> sorted(machine())[:2]
['cores', 'load_1min']
"""

from __future__ import annotations

import functools
import hashlib
import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

__all__ = ["Revision", "libraries", "machine", "now", "revision", "source_hash"]

REPOSITORY = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Revision:
    """The commit the program was run from."""

    commit: str  # "" when this is not a git checkout
    dirty: bool  # whether tracked files differed from that commit


def revision() -> Revision:
    """The checkout's commit and whether its tracked files were changed."""
    commit = _git("rev-parse", "HEAD")
    return Revision(commit, bool(commit and _git("status", "--porcelain", "--untracked-files=no")))


@functools.cache
def source_hash() -> str:
    """SHA-256 over the program's own files: two runs with the same one were made by the same program.

    Unlike the revision it tells one uncommitted state from another. What is not used to answer
    (gold questions, results, training) and who shows it (ui/) are left out.
    """
    digest = hashlib.sha256()
    for package in ("corpus", "index", "assistant"):
        for file in sorted((REPOSITORY / package).rglob("*")):
            if file.is_file() and file.suffix not in {".pyc", ".md"} and "reports" not in file.parts:
                digest.update(f"{file.relative_to(REPOSITORY)}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", "--no-optional-locks", *arguments], cwd=REPOSITORY, capture_output=True, text=True, timeout=20
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def machine() -> dict[str, str]:
    """Processor, cores, memory, load at this moment, priority, system and Python."""
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "memory_gb": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9:.1f}",
        "load_1min": f"{os.getloadavg()[0]:.2f}",  # above 0.2 at the start, something else was running
        "nice": str(os.nice(0)),  # above 0 everything else comes first
        "system": platform.platform(),
        "python": sys.version.split()[0],
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def libraries() -> dict[str, str]:
    """Versions of the libraries that decide results and times."""
    return {name: _version(name) for name in ("torch", "sentence-transformers", "chromadb", "numpy", "tokenizers")}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def now() -> str:
    """The time in UTC, to the second: "2025-03-01T09:30:00+00:00"."""
    return datetime.now(UTC).isoformat(timespec="seconds")
