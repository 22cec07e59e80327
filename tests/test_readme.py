"""The README is a promise: its commands run and print what it shows.

`make readme` runs this file with README_REWRITE=1, which puts the real outputs and the tree in.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
REWRITE = bool(os.environ.get("README_REWRITE"))
CONSOLE = re.compile(r"```console\n\$ rapporteur (?P<command>[^\n]*)\n(?P<output>.*?)```", re.DOTALL)
CHAT = re.compile(r"(?<=```text\n)\$ rapporteur chat\n.*?(?=```)", re.DOTALL)
TREE = re.compile(r"```text\n(?P<tree>corpus/\n.*?)```", re.DOTALL)
FOLDERS = ("corpus", "index", "assistant", "evals", "evals/suites", "ui")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the bundled reports, as `make ask` makes it."""
    folder = tmp_path_factory.mktemp("readme")
    _run(f'ingest "{ROOT / "corpus" / "reports"}"', folder)
    return folder


def _run(command: str, home: Path, typed: str = "") -> str:
    finished = subprocess.run(
        f'"{sys.executable}" -m ui {command}',
        shell=True,
        cwd=ROOT,
        env={**os.environ, "RAPPORTEUR_HOME": str(home), "COLUMNS": "80"},
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def _chat(shown: str, home: Path) -> str:
    """The session with what each of its lines, typed in turn, really prints."""
    typed = re.findall(r"^> (.*)$", shown, re.MULTILINE)
    printed = [_run("chat", home, "".join(f"{line}\n" for line in typed[:count])) for count in range(len(typed) + 1)]
    answers = [whole.removeprefix(before).strip("\n") for before, whole in pairwise(printed)]
    return "$ rapporteur chat\n" + "".join(
        f"\n> {line}\n{answer}\n" for line, answer in zip(typed, answers, strict=True)
    )


def _without_scores(output: str) -> str:
    """Scores differ in the last digits between processors; order and words do not."""
    return re.sub(r"score \d+\.\d+", "score", output)


def _tree() -> str:
    """Each file of the five packages, and the suites, with the first line of its docstring."""
    lines = []
    for folder in FOLDERS:
        lines.append(f"{folder}/")
        for file in sorted((ROOT / folder).glob("*.py")):
            if file.stem not in {"__init__", "__main__"}:
                docstring = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
                first = docstring.splitlines()[0].rstrip(".")
                lines.append(f"    {file.name:<24}{first}")
    return "\n".join(lines) + "\n"


def test_each_command_prints_what_the_readme_shows(home: Path) -> None:
    """The shown output is the real output, character by character, the digits of scores apart."""
    text = README.read_text(encoding="utf-8")
    examples = list(CONSOLE.finditer(text))
    assert len(examples) >= 4
    if REWRITE:
        text = CONSOLE.sub(lambda m: f"```console\n$ rapporteur {m['command']}\n{_run(m['command'], home)}```", text)
        README.write_text(text, encoding="utf-8")
        return
    for example in examples:
        assert _without_scores(_run(example["command"], home)) == _without_scores(example["output"])


def test_the_chat_goes_as_the_readme_shows(home: Path) -> None:
    """Each line of the shown session, typed, prints what is shown below it."""
    text = README.read_text(encoding="utf-8")
    shown = CHAT.search(text)
    assert shown
    real = _chat(shown.group(), home)
    if REWRITE:
        README.write_text(text[: shown.start()] + real + text[shown.end() :], encoding="utf-8")
        return
    assert shown.group() == real


def test_the_tree_names_every_file_with_its_purpose() -> None:
    """A file that is added or renamed has to be in the README's tree."""
    text = README.read_text(encoding="utf-8")
    found = TREE.search(text)
    assert found
    if REWRITE:
        README.write_text(text[: found.start("tree")] + _tree() + text[found.end("tree") :], encoding="utf-8")
        return
    assert found["tree"] == _tree()


def test_every_make_target_that_is_named_exists() -> None:
    """`make …` in the README and in evals/README.md is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for document in (README, ROOT / "evals" / "README.md"):
        named = set(re.findall(r"(?:^|`)make ([a-z-]+)", document.read_text(encoding="utf-8"), re.MULTILINE))
        assert named <= targets


def test_the_pictures_are_there() -> None:
    """A picture that is shown is a file of the repository."""
    for name in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README.read_text(encoding="utf-8")):
        assert (ROOT / name).is_file()
