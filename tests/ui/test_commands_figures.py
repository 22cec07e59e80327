"""The command `figures`: lists, series, files, and what it says when nothing fits."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from small_record import Finished, Record

from ui.figure_rows import FIELDS

Run = Callable[..., Finished]


def test_figures_lists_what_is_measured(rapporteur: Run) -> None:
    """Each indicator with its readings: value as written, period, kind and source."""
    done = rapporteur("figures")
    assert done.code == 0
    assert done.out.split()[:6] == ["value", "period", "scope", "kind", "source", "held"]
    line = next(line for line in done.out.splitlines() if "310,000" in line)
    assert line.split()[:2] == ["310,000", "2023"]
    assert "actual" in line
    assert "budget.txt" in line
    assert "2024-05-13" in line


def test_k_limits_the_list_and_says_what_is_left(rapporteur: Run) -> None:
    """Nobody takes the first for all."""
    done = rapporteur("figures", "--k", "1")
    assert "more indicators; see them with --k" in done.out


def test_words_give_the_series_with_quotes(rapporteur: Run) -> None:
    """The sentence stands under its figure, with its document and day."""
    done = rapporteur("figures", "ferry passengers")
    assert done.code == 0
    assert "310,000" in done.out
    assert "“Ferry traffic reached 310,000 passengers in 2023, the council heard.”" in " ".join(done.out.split())
    assert "budget.txt, held 13 May 2024" in done.out
    assert "18,500" not in done.out


def test_json_has_the_fields_of_the_contract(rapporteur: Run, record: Record) -> None:
    """Every field is there, and text and quote are the document's own."""
    done = rapporteur("figures", "ferry passengers", "--json")
    found = json.loads(done.out)
    assert set(found) == {"indicator", "unit", "readings"}
    (reading,) = found["readings"]
    assert list(reading) == FIELDS
    assert (reading["value"], reading["period"], reading["held_on"]) == (310000, "2023", "2024-05-13")
    text = record.index.document_named(reading["document"]).text
    assert text[reading["start"] : reading["end"]] == reading["text"]
    assert reading["quote"] in text


def test_json_of_all_is_one_object_a_line(rapporteur: Run, record: Record) -> None:
    """Together they hold every reading once."""
    lines = [json.loads(line) for line in rapporteur("figures", "--json", "--k", "1000").out.splitlines()]
    assert sum(len(line["readings"]) for line in lines) == record.index.catalog.readings.count()


def test_csv_can_be_read_back(rapporteur: Run, tmp_path: Path) -> None:
    """RFC 4180 in UTF-8, the same in a file as on standard output."""
    printed = rapporteur("figures", "ferry passengers", "--csv", "-")
    rows = list(csv.DictReader(io.StringIO(printed.out, newline="")))
    assert list(rows[0]) == ["series", *FIELDS]
    assert rows[0]["text"] == "310,000"
    assert printed.out.count("\r\n") == len(rows) + 1
    done = rapporteur("figures", "ferry passengers", "--csv", tmp_path / "ferry.csv")
    assert (tmp_path / "ferry.csv").read_bytes() == printed.out.encode()
    assert not done.out
    assert "1 reading" in done.err


@pytest.mark.parametrize(
    ("suffix", "begins"), [(".png", b"\x89PNG"), (".svg", b"<?xml"), (".HTML", b"<!doctype html>")]
)
def test_a_plot_is_written(rapporteur: Run, tmp_path: Path, suffix: str, begins: bytes) -> None:
    """The suffix decides what is drawn."""
    file = tmp_path / f"ferry{suffix}"
    done = rapporteur("figures", "ferry passengers", "--plot", file)
    assert done.code == 0, done.err
    assert file.read_bytes().startswith(begins)
    assert str(file) in done.err


def test_what_is_not_in_the_record_is_said(rapporteur: Run, tmp_path: Path) -> None:
    """Exit code 0, the nearest indicators by name, and no file."""
    done = rapporteur("figures", "passengers of the Mars railway shuttle", "--plot", tmp_path / "mars.svg")
    assert done.code == 0
    assert done.out.startswith(
        "The record does not say.\nIt has no figure for “passengers of the Mars railway shuttle”."
    )
    assert "assengers" in done.out.partition("Nearest")[2]
    assert not (tmp_path / "mars.svg").exists()


def test_what_is_not_in_the_record_is_said_to_programs(rapporteur: Run) -> None:
    """An object without readings that names the nearest."""
    found = json.loads(rapporteur("figures", "passengers of the Mars railway shuttle", "--json").out)
    assert found["readings"] == []
    assert found["nearest"]


def test_kind_and_scope_limit_the_readings(rapporteur: Run) -> None:
    """Only readings of that kind and place are shown."""
    kinds = [
        reading["kind"]
        for line in rapporteur("figures", "--json", "--k", "1000", "--kind", "actual").out.splitlines()
        for reading in json.loads(line)["readings"]
    ]
    assert set(kinds) == {"actual"}
    done = rapporteur("figures", "ferry passengers", "--scope", "Atlantis")
    assert "It has no figure for “ferry passengers” of Atlantis." in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["figures", "ferry", "--plot", "ferry.pdf"], "must end in .png, .svg or .html"),
        (["figures", "--plot", "all.png"], "Name the series"),
        (["figures", "   "], "empty"),
        (["figures", "--kind", "guess"], "--kind"),
        (["figures", "--k", "0"], "--k"),
        (["figures", "--json", "--csv", "-"], "Give one of them"),
        (["figures", "ferry passengers", "--csv", "no-such-folder/ferry.csv"], "cannot be written"),
    ],
)
def test_input_that_cannot_be_used_is_exit_code_2(rapporteur: Run, arguments: list[str], said: str) -> None:
    """The message names what is wrong, on standard error."""
    done = rapporteur(*arguments)
    assert done.code == 2
    assert said in " ".join(done.err.split())
    assert not done.out


def test_without_an_index_the_command_to_build_one_is_named(rapporteur: Run, tmp_path: Path) -> None:
    """As for the other commands."""
    done = rapporteur("figures", "--home", tmp_path / "empty")
    assert done.code == 1
    assert "rapporteur ingest" in done.err


def test_text_of_the_record_cannot_command_the_terminal(rapporteur: Run) -> None:
    """Escape sequences and marks that turn the writing's direction are not passed on."""
    done = rapporteur("figures", "--k", "1000")
    assert "\x1b" not in done.out
    assert "\u202e" not in done.out
