"""A run may be killed at any time: earlier results stay complete, and the next run works."""

import hashlib
import json
import shutil
import signal
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.support.command_line import RUN, Ended, senr_duck
from tests.support.extracts import every_class, write_sis
from tests.support.few_students import BEFORE
from tests.support.stock import read_run_id, take_stock

pytestmark = pytest.mark.slow

LINES = 90  # of the program, at which a run is killed
SIZES = 10  # of a file, at which the system kills it as it writes
BATCHES = 10


@pytest.fixture(scope="module")
def prepared(every_class_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with one published run, whose SIS extract has changed since."""
    folder = Path(shutil.copytree(every_class_run, tmp_path_factory.mktemp("prepared") / "w"))
    _, sis = every_class()
    write_sis(folder / "sis.txt", [{**one, "grade_level_code": "06"} for one in sis])
    return folder


@pytest.fixture(scope="module")
def states(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with what a kill would leave at each line, as ``line/``: each state once.

    A stopped process has written the same as one that is killed at that line.
    """
    made = tmp_path_factory.mktemp("states")
    stopped = tmp_path_factory.mktemp("stopped") / "w"
    shutil.copytree(prepared, stopped)
    done = run_few(stopped, states=str(made))
    assert done.returncode == 0, done.stderr
    (made / "lines.json").write_text(json.dumps(done.lines), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def lines(states: Path) -> list[int]:
    """Return the lines at which to kill: two thirds of them while something is published."""
    reached = json.loads((states / "lines.json").read_text(encoding="utf-8"))
    publishing = [
        number
        for number, module in enumerate(reached, start=1)
        if module == "files/workspace.py" or module.startswith("ledger/")
    ]
    rest = [number for number in range(1, len(reached) + 1) if number not in publishing]
    chosen = [*spread(publishing, LINES * 2 // 3), *spread(rest, LINES - LINES * 2 // 3)]
    assert len(set(chosen)) == LINES
    return chosen


def run_few(folder: Path, before: str = "", **what: Any) -> Ended:
    """Reconcile the folder's few students."""
    return senr_duck(folder, *RUN, "--quiet", before=BEFORE + before, **what)


def spread(numbers: list[int], wanted: int) -> list[int]:
    """Return this many of the numbers, evenly spread, including the last one."""
    return [numbers[(place + 1) * len(numbers) // wanted - 1] for place in range(wanted)]


def list_hidden(folder: Path) -> set[str]:
    return {path.name for path in (*folder.glob(".*"), *folder.glob("out/.*"))}


def take_published(folder: Path) -> dict[str, str]:
    return take_stock(folder, "out/[!.]*/*")


def check_whole(folder: Path, run_folder: Path) -> None:
    manifest = json.loads((run_folder / "manifest.json").read_text(encoding="utf-8"))
    (archive,) = run_folder.glob("*.zip")
    with zipfile.ZipFile(archive) as opened:
        assert {
            name: hashlib.sha256(opened.read(name)).hexdigest() for name in opened.namelist()
        } == {file["name"]: file["sha256"] for file in manifest["files"]}
    status = json.loads(senr_duck(folder, "status", "--json").stdout)
    assert run_folder.name in {one["run_id"] for one in status["runs"]}


def check_left(prepared: Path, folder: Path) -> None:
    """Check that what a killed run left is complete."""
    before, after = take_published(prepared), take_published(folder)
    assert before.items() <= after.items()
    read_run_id(folder)
    for made in {Path(name).parent for name in after.keys() - before.keys()}:
        check_whole(folder, folder / made)


def check_next_run(prepared: Path, folder: Path) -> None:
    """Check that the next run works without help and leaves only its own results."""
    before = take_published(prepared)
    again = run_few(folder)
    assert again.returncode == 0, again.stderr
    new_runs = {path.name for path in folder.glob("out/[!.]*")} - {
        Path(name).parent.name for name in before
    }
    assert new_runs == {read_run_id(folder)}
    check_whole(folder, folder / "out" / read_run_id(folder))
    assert list_hidden(folder) <= {".senr.duckdb.lock", ".senr-duck.lock"}


def count_published(folder: Path) -> tuple[int, int, int]:
    """Return how many runs the ledger knows, which one the database is of, how many folders."""
    with duckdb.connect(str(folder / "senr.ledger.duckdb"), read_only=True) as ledger:
        listed = ledger.execute("select run_id from run order by position").fetchall()
    known = [run_id for (run_id,) in listed]
    return len(known), known.index(read_run_id(folder)) + 1, len(list(folder.glob("out/[!.]*")))


def test_a_run_killed_at_any_line_leaves_complete_results_and_the_next_one_works(
    prepared: Path, states: Path
) -> None:
    found = [path for path in states.iterdir() if path.is_dir()]
    assert {count_published(path) for path in found} == {(1, 1, 1), (1, 1, 2), (2, 1, 2), (2, 2, 2)}
    for folder in found:
        check_left(prepared, folder)
        check_next_run(prepared, folder)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_run_that_is_truly_killed_at_a_line_is_no_worse(
    prepared: Path, lines: list[int], batch: int, tmp_path: Path
) -> None:
    for number, line in enumerate(lines[batch::BATCHES]):
        folder = tmp_path / str(line)
        shutil.copytree(prepared, folder)
        killed = run_few(folder, kill_at_line=line)
        assert killed.returncode == -signal.SIGKILL
        check_left(prepared, folder)
        if number == 0:  # the test above has the next run after every state there is
            check_next_run(prepared, folder)


@pytest.mark.parametrize("place", range(SIZES))
def test_a_run_killed_while_it_writes_a_file_is_no_worse(
    prepared: Path, place: int, tmp_path: Path
) -> None:
    folder = tmp_path / "w"
    shutil.copytree(prepared, folder)
    size = (folder / "senr.duckdb").stat().st_size * place // SIZES
    killed = run_few(folder, kill_at_size=size)
    assert killed.returncode == -signal.SIGXFSZ
    check_left(prepared, folder)
    check_next_run(prepared, folder)


BROKEN = """
import errno, senr_duck.run.job as run
publish = run.{name}
def broken(*given):
    {first}
    raise OSError(errno.ENOSPC, "No space left on device")
run.{name} = broken
"""


@pytest.mark.parametrize(
    "name", ["prepare_run", "publish_folder", "settle_ledger", "publish_database"]
)
@pytest.mark.parametrize("first", ["pass", "publish(*given)"], ids=["before", "after"])
def test_a_disk_that_fails_between_two_publications_is_reported_and_no_worse(
    prepared: Path, name: str, first: str, tmp_path: Path
) -> None:
    folder = tmp_path / "w"
    shutil.copytree(prepared, folder)
    failed = run_few(folder, BROKEN.format(name=name, first=first))
    assert failed.returncode == 2
    assert failed.stderr.startswith("error: cannot write to the disk: No space left on device\n")
    check_left(prepared, folder)
    check_next_run(prepared, folder)
