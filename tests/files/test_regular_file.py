"""A pipe, a device, a socket, or a folder in place of a file is refused at once, everywhere."""

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from senr_duck.files.regular_file import find_fault
from tests.support.command_line import AS_OF, RUN, senr_duck

pytestmark = pytest.mark.slow

ODD = {"pipe": "a pipe", "socket": "a socket", "folder": "a folder", "device": "a device"}


@pytest.fixture
def odd(workspace_with_run: Path) -> Iterator[Path]:
    """Give a folder with a published run, and with something odd under each name."""
    folder = workspace_with_run
    os.mkfifo(folder / "pipe")
    (folder / "folder").mkdir()
    (folder / "device").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(folder)  # because the path of a socket must be short
        listening.bind("socket")
        os.chdir(here)
        yield folder


@pytest.mark.parametrize("name", ODD)
def test_what_is_not_a_file_is_named_without_waiting(name: str, odd: Path) -> None:
    assert find_fault(odd / name) == ODD[name]


def test_a_file_that_can_be_read_has_no_fault(odd: Path) -> None:
    (odd / "link").symlink_to("ods.txt")
    assert [find_fault(odd / name) for name in ("ods.txt", "link")] == [None, None]
    assert find_fault(odd / "none") == "no such file"
    assert find_fault(odd / "ods.txt" / "none") == "no such file"
    assert find_fault(odd / "a\0b") == "a path that is not text in UTF-8"


def list_commands(folder: Path, name: str) -> list[tuple[str, ...]]:
    """Return commands that read the file ``name``, each by another option."""
    archive = str(next(folder.glob("out/2*/*.zip")).relative_to(folder))
    as_of = AS_OF[:2]
    for key in ("keep", "schools"):
        option = "file" if key == "keep" else "list"
        text = f'[{key}]\n{option} = "{name}"\n'
        (folder / f"{key}.toml").write_text(text, encoding="utf-8")
    own = folder / "own"
    own.mkdir(exist_ok=True)
    (own / "mine.sql").unlink(missing_ok=True)
    (own / "mine.sql").symlink_to(folder / name)
    return [
        ("run", "--ods", name, "--sis", "sis.txt", *AS_OF),
        ("run", "--ods", "ods.txt", "--sis", name, *AS_OF),
        ("run", "--ods", "ods.txt", "--ods", name, "--sis", "sis.txt", *AS_OF),
        (*RUN, "--config", name),
        (*RUN, "--config", "keep.toml"),
        (*RUN, "--config", "schools.toml"),
        (*RUN, "--sql-overlay", "own"),
        ("check", "--ods", name, "--sis", "sis.txt", *AS_OF),
        ("init", "--ods", "ods.txt", "--sis", name, *as_of),
        ("rejected", name),
        ("rejected", name, "--undo"),
        ("explain", "1000000002", "--db", name),
        ("spot-check", "--db", name),
        ("sql", "from recon.finding", "--db", name),
        ("report", "--db", name),
        ("simulate", name, "--ods", "ods.txt", *as_of),
        ("simulate", archive, "--ods", name, *as_of),
    ]


@pytest.mark.parametrize("name", ODD)
def test_a_command_refuses_at_once_what_is_not_a_file(name: str, odd: Path) -> None:
    for command in list_commands(odd, name):
        done = senr_duck(odd, *command)
        assert (command, done.returncode, done.stdout) == (command, 2, "")
        assert f"found {ODD[name]}, expected" in done.stderr, command
        assert "\n\nhint: " in done.stderr


@pytest.mark.parametrize("name", ["pipe", "socket", "folder"])
def test_a_ledger_that_is_not_a_file_is_refused_and_left_alone(name: str, odd: Path) -> None:
    ledger = odd / "senr.ledger.duckdb"
    ledger.unlink()
    shutil.move(odd / name, ledger)
    run_id = next(odd.glob("out/2*")).name
    for command in (("status",), ("posted", run_id), ("clean-runs",), RUN):
        done = senr_duck(odd, *command)
        assert (command, done.returncode) == (command, 2)
        assert f"senr.ledger.duckdb: found {ODD[name]}, expected a ledger" in done.stderr, command
    assert find_fault(ledger) == ODD[name]


def test_a_configuration_in_the_folder_that_is_a_pipe_is_refused(workspace: Path) -> None:
    os.mkfifo(workspace / "senr.toml")
    done = senr_duck(workspace, *RUN)
    assert done.returncode == 2
    assert done.stderr.startswith("error: senr.toml: found a pipe, expected a readable file\n")
