"""What somebody tries first: -h, the version, completion, python -m, a console of Windows."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from senr_duck import __version__
from senr_duck.cli import app
from tests.support.command_line import Call, senr_duck, start, tell
from tests.support.places import ROOT

pytestmark = pytest.mark.slow

# Each takes about as long to import as the help takes to print.
HEAVY = ("duckdb", "filelock", "jinja2", "sqlglot", "python_calamine")


def list_commands() -> list[tuple[str, ...]]:
    """Return what to write for each group and command."""
    found: list[tuple[str, ...]] = [()]
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        found.append((name,))
        found += [(name, inner) for inner in getattr(command, "commands", ())]
    return found


def run_module(
    folder: Path, *arguments: str, **environment: str
) -> "subprocess.CompletedProcess[bytes]":
    """Run ``python -m senr_duck`` in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "senr_duck", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100", **environment},
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("command", list_commands(), ids=" ".join)
def test_every_command_has_h_for_help(command: tuple[str, ...], tmp_path: Path) -> None:
    short = tell(tmp_path, *command, "-h")
    assert " ".join(("Usage: senr-duck", *command)) in short
    assert short == tell(tmp_path, *command, "--help")


def test_the_module_runs_as_the_command_does(tmp_path: Path) -> None:
    done = run_module(tmp_path, "--version")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().split() == ["senr-duck", __version__]
    assert b"Usage: senr-duck run " in run_module(tmp_path, "run", "-h").stdout


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("senr-duck spot", "spot-check"),
        ("senr-duck rules lin", "lineage"),
        ("senr-duck run --lea 1964733 --max-h", "--max-held-share"),
        ("senr-duck run --as-of 2026-03-02 --as-of 2026-03-02 --max-h", "--max-held-share"),
    ],
)
def test_a_shell_completes_commands_and_options(typed: str, completed: str, tmp_path: Path) -> None:
    asked = {
        "_SENR_DUCK_COMPLETE": "complete_bash",
        "COMP_WORDS": typed,
        "COMP_CWORD": str(typed.count(" ")),
    }
    done = senr_duck(tmp_path, environment=asked)
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, [completed], "")


@pytest.mark.parametrize("arguments", [("--help",), ("run", "--help"), ("--show-completion",)])
def test_help_and_completion_import_nothing_heavy(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    program = (
        "import sys; from senr_duck.cli import main\n"
        f"sys.argv = ['senr-duck', *{arguments!r}]\n"
        "try:\n    main()\n"
        f"finally:\n    print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1",
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


def test_a_console_without_the_character_of_a_name_shows_its_number(
    workspace_with_run: Path,
) -> None:
    query = "select 'Ji' || chr(345) || chr(237) as name"
    done = run_module(workspace_with_run, "sql", query, PYTHONIOENCODING="cp1252")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode("cp1252").splitlines()[2] == "Ji\\u0159\u00ed"


@pytest.mark.parametrize(
    ("arguments", "before"),
    [
        (("--version",), ""),
        (("explain", "1000000001"), ""),
        (("run", "--ods", "none.txt", "--sis", "none.csv"), ""),
        (("--version",), "raise SystemExit(3)"),
    ],
)
def test_a_command_without_fork_ends_as_one_with_it(
    arguments: tuple[str, ...], before: str, workspace_with_run: Path
) -> None:
    call = Call(str(workspace_with_run), arguments, before=before)
    assert start(call) == senr_duck(workspace_with_run, *arguments, before=before)
