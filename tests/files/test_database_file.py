"""A database or ledger that another program has open: Windows never replaces it.

Linux does, so these tests refuse what Windows would.
"""

import json
from pathlib import Path

import pytest

from tests.support.command_line import RUN, run, senr_duck, tell
from tests.support.extracts import every_class, write_sis
from tests.support.stock import read_run_id, take_stock

pytestmark = pytest.mark.slow

# As Windows answers if another program has a file open that is to be replaced, or to be renamed to
# its own name; or a file in a folder that is to be renamed.
HOLD = """
from pathlib import Path

def refuse(method, names):
    plain = getattr(Path, method)
    def refusing(path, *given):
        if names & {{Path(given[0]).name, path.name if path.is_dir() else ""}}:
            raise PermissionError(13, "The process cannot access the file", str(path), 32)
        return plain(path, *given)
    setattr(Path, method, refusing)

for method in {methods}:
    refuse(method, {{"{name}"}})
"""


def change_the_sis_side(folder: Path) -> None:
    _, sis = every_class()
    write_sis(folder / "sis.txt", [{**one, "grade_level_code": "06"} for one in sis])


def say(name: str) -> str:
    return (
        f"error: {name} cannot be replaced or removed: The process cannot access the file\n\n"
        f"hint: close what has {name} open, then run again; if nothing has, "
        "give yourself the right to change it\n"
    )


@pytest.mark.parametrize("name", ["senr.duckdb", "senr.ledger.duckdb"])
def test_a_run_finds_an_open_file_before_it_reads_the_extracts(
    workspace_with_run: Path, name: str
) -> None:
    folder = workspace_with_run
    (folder / "sis.txt").write_text("unreadable", encoding="utf-8")
    before = take_stock(folder)
    done = senr_duck(
        folder,
        *("run", "--ods", "ods.txt", "--sis", "sis.txt"),
        before=HOLD.format(methods=("rename", "replace"), name=name),
    )
    assert (done.returncode, done.stdout, done.stderr) == (2, "", say(name))
    assert take_stock(folder) == before


def test_a_check_replaces_nothing_and_does_not_care(workspace_with_run: Path) -> None:
    held = HOLD.format(methods=("rename", "replace"), name="senr.duckdb")
    options = ("--as-of", "2026-03-02", "--allow-other-year")
    done = senr_duck(
        workspace_with_run,
        *("check", "--ods", "ods.txt", "--sis", "sis.txt", *options),
        before=held,
    )
    assert (done.returncode, done.stderr.count("error:")) == (1, 0)


def test_a_command_of_the_ledger_says_that_it_is_open(workspace_with_run: Path) -> None:
    folder = workspace_with_run
    before = take_stock(folder)
    done = senr_duck(
        folder,
        *("posted", read_run_id(folder)),
        before=HOLD.format(methods=("rename", "replace"), name="senr.ledger.duckdb"),
    )
    assert (done.returncode, done.stderr) == (2, say("senr.ledger.duckdb"))
    assert take_stock(folder) == before


def list_known(folder: Path) -> set[str]:
    return {one["run_id"] for one in json.loads(tell(folder, "status", "--json"))["runs"]}


def list_folders(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("out/[!.]*")}


@pytest.mark.parametrize("name", ["senr.duckdb", "senr.ledger.duckdb"])
def test_a_file_opened_during_a_run_costs_neither_the_folder_nor_its_place_in_the_ledger(
    workspace_with_run: Path, name: str
) -> None:
    folder = workspace_with_run
    change_the_sis_side(folder)
    first = read_run_id(folder)
    held = HOLD.format(methods=("replace",), name=name)
    done = senr_duck(folder, *RUN, "--quiet", before=held)
    assert (done.returncode, done.stderr) == (2, say(name))
    assert read_run_id(folder) == first
    assert len(list_folders(folder)) == 2
    assert list_known(folder) == list_folders(folder)  # status completes the ledger
    assert run(folder, "--quiet").returncode == 0
    assert {first, read_run_id(folder)} == list_folders(folder) == list_known(folder)


def test_the_ledger_has_no_run_whose_folder_could_not_be_published(
    workspace_with_run: Path,
) -> None:
    folder = workspace_with_run
    change_the_sis_side(folder)
    before = take_stock(folder)
    held = HOLD.format(methods=("rename",), name="run")  # the name of a run's unfinished folder
    assert senr_duck(folder, *RUN, "--quiet", before=held).returncode == 2
    assert take_stock(folder) == before
    assert list_known(folder) == list_folders(folder)


HOLD_FOLDER = """
import pathlib
rename = pathlib.Path.rename
def refuse(path, target):
    if path.parent.name == "out" and path.name.startswith("2026-"):
        raise PermissionError(13, "The process cannot access the file")
    return rename(path, target)
pathlib.Path.rename = refuse
"""


def test_a_folder_with_an_open_file_is_neither_removed_nor_forgotten(
    workspace_with_run: Path,
) -> None:
    folder = workspace_with_run
    first = read_run_id(folder)
    change_the_sis_side(folder)
    assert run(folder, "--quiet").returncode == 0
    before = take_stock(folder)
    done = senr_duck(folder, "clean-runs", "--keep", "1", before=HOLD_FOLDER)
    assert done.returncode == 2
    assert f"{first}: not removed: The process cannot access the file" in done.stderr
    assert take_stock(folder) == before
    assert len(list_known(folder)) == 2
