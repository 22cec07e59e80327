"""The shape of the house: which package may import which, and where heavy libraries come in."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
PACKAGES = ("ui", "evals", "assistant", "index", "corpus")  # each may import those that follow it
MODULES = sorted(path for package in PACKAGES for path in (REPOSITORY / package).rglob("*.py"))
LINES_MAX = 400

# Where a heavy library may be imported; a name that ends in "/" is a folder.
HOMES = {
    "chromadb": ("index/vectors.py",),
    "sentence_transformers": ("index/embedding.py", "evals/"),  # evals: baselines, benchmark, training
    "torch": ("index/embedding.py", "assistant/transformers_reader.py", "evals/"),
    "transformers": ("index/embedding.py", "assistant/transformers_reader.py", "evals/"),
    "gradio": tuple(f"ui/{path.name}" for path in MODULES if path.parent.name == "ui" and path.stem.startswith("app")),
    "llama_index": ("assistant/llamaindex.py", "assistant/llamaindex_chat.py", "assistant/model.py"),
    "openai": ("assistant/model.py",),
    "fastapi": ("ui/api.py", "ui/api_errors.py"),
    "mcp": ("ui/mcp_server.py",),
    "mcp_types": ("ui/mcp_server.py",),
    "docx": ("ui/export_word.py",),
}
NOT_AT_IMPORT = tuple(
    "torch transformers sentence_transformers onnxruntime gradio chromadb llama_index sklearn fastapi mcp docx"
    " openai".split()
)
# The app, the API and the MCP server are imported by the command that serves them, LlamaIndex's parts by
# who uses LlamaIndex; __main__ runs the program. The app's pages are files of their own, imported by ui/app.py.
APP = {f"ui.{path.stem}" for path in MODULES if path.parent.name == "ui" and path.stem.startswith("app")}
FOR_PROGRAMS = {"ui.api", "ui.api_errors", "ui.mcp_server", "assistant.llamaindex", "assistant.llamaindex_chat"}
LOADED_ALONE = {*APP, *FOR_PROGRAMS, "ui.__main__"}


def name_of(module: Path) -> str:
    """ "index/store.py" for the file of index.store."""
    return module.relative_to(REPOSITORY).as_posix()


def dotted(module: Path) -> str:
    """ "index.store" for its file."""
    return name_of(module).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def tree_of(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"), filename=str(module))


def imports_of(module: Path) -> Iterator[str]:
    """The full names of all modules that a file imports, anywhere in it, for types too."""
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(module)} imports relatively; full names say which package is meant"
            yield node.module or ""


def defined_in(module: Path) -> set[str]:
    """The names that a module binds at its top level."""
    names: set[str] = set()
    for node in tree_of(module).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)}
    return names


def exported_by(module: Path) -> list[str]:
    """The names in a module's `__all__`."""
    for node in tree_of(module).body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets):
            names: list[str] = ast.literal_eval(node.value)
            return names
    return []


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_imports_run_one_way(module: Path) -> None:
    """ui imports evals imports assistant imports index imports corpus, and never the other way."""
    own = PACKAGES.index(module.relative_to(REPOSITORY).parts[0])
    forbidden = {"tests", *PACKAGES[:own]}
    assert {name for name in imports_of(module) if name.split(".")[0] in forbidden} == set()


@pytest.mark.parametrize("library", HOMES)
def test_a_heavy_library_comes_in_at_one_place(library: str) -> None:
    """Each heavy library is imported where the design says, and nowhere else."""
    importing = {
        name_of(module) for module in MODULES if library in {name.split(".")[0] for name in imports_of(module)}
    }
    allowed = HOMES[library]
    assert {
        name
        for name in importing
        if not any(name == home or (home.endswith("/") and name.startswith(home)) for home in allowed)
    } == set()


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_module_says_what_it_is(module: Path) -> None:
    """Every module that holds anything has a docstring."""
    tree = tree_of(module)
    assert not tree.body or ast.get_docstring(tree)


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_exported_names_exist(module: Path) -> None:
    """Every name in `__all__` is defined, once."""
    exported = exported_by(module)
    assert set(exported) <= defined_in(module)
    assert len(set(exported)) == len(exported)


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_file_holds_one_concept(module: Path) -> None:
    """No file has more lines than can be read in one go."""
    assert len(module.read_text(encoding="utf-8").splitlines()) <= LINES_MAX


def test_importing_loads_nothing_heavy() -> None:
    """Importing every module of corpus, index, assistant and ui, two seams aside, loads no heavy library."""
    names = [dotted(module) for module in MODULES if not name_of(module).startswith("evals/")]
    program = (
        "import importlib, json, sys\n"
        f"for name in {sorted(set(names) - LOADED_ALONE)}: importlib.import_module(name)\n"
        f"print(json.dumps([name for name in {NOT_AT_IMPORT} if name in sys.modules]))"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == []


@pytest.mark.parametrize("alone", sorted(LOADED_ALONE))
def test_what_is_heavy_to_import_is_imported_when_needed(alone: str) -> None:
    """No module imports the app or LlamaIndex's parts at its top level."""
    importing = {
        dotted(module)
        for module in MODULES
        if dotted(module) not in LOADED_ALONE
        for node in tree_of(module).body
        if isinstance(node, ast.ImportFrom) and node.module == alone
    }
    assert importing == set()


def test_the_five_packages_are_installed() -> None:
    """pyproject.toml names the five packages and the suites, and what is installed imports no training code."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(project["tool"]["setuptools"]["packages"]) == {*PACKAGES, "evals.suites"}
    installed = [module for module in MODULES if len(module.relative_to(REPOSITORY).parts) == 2]
    importing = {name_of(module) for module in installed if any("training" in name for name in imports_of(module))}
    assert importing == set()
