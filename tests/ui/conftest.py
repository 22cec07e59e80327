"""A small record with a report, a transcript and a hostile text, indexed once for all tests of ui/."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from small_record import CALL, HOSTILE, REPORT, Finished, Record

from assistant.assistant import Assistant
from index.ingest import ingest
from index.settings import Home, IndexSettings
from index.store import open_index
from ui.cli import main


@pytest.fixture(scope="session")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """The three files in an index with the real model."""
    folder = tmp_path_factory.mktemp("record")
    files = folder / "files"
    files.mkdir()
    (files / "budget.txt").write_text(REPORT, encoding="utf-8")
    (files / "call.vtt").write_text(CALL, encoding="utf-8")
    (files / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    home = Home(folder / "home")
    index = open_index(home, IndexSettings(), create=True)
    report = ingest([files], index)
    assert not report.failed
    return Record(home, files, index)


@pytest.fixture(scope="session")
def assistant(record: Record) -> Assistant:
    """An assistant over the record."""
    return Assistant(record.index)


@pytest.fixture
def rapporteur(
    record: Record, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Finished]:
    """Run the command line in this process, in the record's home."""
    monkeypatch.setenv("RAPPORTEUR_HOME", str(record.home.folder))

    def run(*arguments: object) -> Finished:
        monkeypatch.setattr(sys, "argv", ["rapporteur", *map(str, arguments)])
        code = 0
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        written = capsys.readouterr()
        return Finished(code, written.out, written.err)

    return run
