"""The folders of the package: what is at the top, and which way the imports point."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import senr_duck

PACKAGE = Path(senr_duck.__file__).parent
# Each folder imports only from those before it.
ORDER = (
    "privacy",
    "errors",
    "reference",
    "versions",
    "files",
    "settings",
    "export",
    "load",
    "extract",
    "student",
    "ledger",
    "work_lists",
    "causes",
    "views",
    "draft",
    "report",
    "database",
    "engines",
    "run",
    "compare",
    "rulebook",
    "simulate",
    "sample",
    "cli",
)
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE)


def test_only_three_modules_are_at_the_top() -> None:
    assert {path.name for path in PACKAGE.glob("*.py")} == {
        "__init__.py",
        "__main__.py",
        "errors.py",
    }


def test_every_folder_has_its_place_in_the_order() -> None:
    folders = {path.relative_to(PACKAGE).parts[0] for path in MODULES}
    assert folders == set(ORDER) - {"errors"}


def test_the_docstring_of_the_package_has_one_sentence_on_every_folder() -> None:
    listed = [
        line.split("``")[1] for line in (senr_duck.__doc__ or "").splitlines() if line[:4] == "- ``"
    ]
    assert sorted(listed) == sorted(set(ORDER) - {"errors"})


@pytest.mark.parametrize("folder", [name for name in ORDER if name != "errors"])
def test_a_folder_imports_only_from_those_before_it(folder: str) -> None:
    allowed = {*ORDER[: ORDER.index(folder)], folder}
    wrong = [
        f"{path.relative_to(PACKAGE)} imports senr_duck.{name}"
        for path in MODULES
        if path.relative_to(PACKAGE).parts[0] == folder
        for name in list_imports(path.read_text(encoding="utf-8"))
        if name not in allowed
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "imported"),
    [
        ("from senr_duck.run.result import RunResult", ["run"]),
        ("import senr_duck.views.lint", ["views"]),
        ("from senr_duck import cli", ["cli"]),
        ("from senr_duck import __version__", []),
        ("def late():\n    from senr_duck.cli.app import app", ["cli"]),
        ("import duckdb", []),
    ],
)
def test_imports_are_found_wherever_they_are_written(text: str, imported: list[str]) -> None:
    assert list(list_imports(text)) == imported


def list_imports(text: str) -> Iterator[str]:
    """Yield the folders of the package that a module's text imports from, at any depth."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module == "senr_duck":
            yield from (alias.name for alias in node.names if alias.name != "__version__")
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("senr_duck."):
            yield str(node.module).split(".")[1]
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith("senr_duck."):
                    yield alias.name.split(".")[1]
