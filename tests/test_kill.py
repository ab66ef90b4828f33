"""A run that is killed, whenever, costs nothing: what was there is whole, the next run works."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import duckdb
import pytest

from tests.extracts import write_ods, write_sis
from tests.test_run import AS_OF, every_class, run, senr_duck

POINTS = 100
BATCHES = 10
OPTIONS = ("run", "--ods", "ods.txt", "--sis", "sis.txt", *AS_OF, "--quiet")
ROOT = Path(__file__).parent.parent


def run_and_die(folder: Path, at_line: int) -> int:
    """Return how the run ended: minus the signal, if it was killed."""
    return subprocess.run(
        [sys.executable, "-m", "tests.killed_run", str(at_line), *OPTIONS],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    ).returncode


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a workspace with one run published, whose SIS extract has changed since."""
    folder = tmp_path_factory.mktemp("prepared")
    ods, sis = every_class()
    write_ods(folder / "ods.txt", ods)
    write_sis(folder / "sis.txt", sis)
    done = run(folder, "--quiet")
    assert done.returncode == 0, done.stderr
    write_sis(folder / "sis.txt", [{**one, "grade_level_code": "06"} for one in sis])
    return folder


@pytest.fixture(scope="module")
def points(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> list[int]:
    """Give the numbers of lines to die at: each of publishing, and others all over the run."""
    counted = tmp_path_factory.mktemp("counted") / "w"
    shutil.copytree(prepared, counted)
    assert run_and_die(counted, 0) == 0
    reached = json.loads((counted / "lines.json").read_text(encoding="utf-8"))
    publishing = [
        number
        for number, module in enumerate(reached, start=1)
        if module == "workspace.py" or module.startswith("ledger/")
    ]
    chosen = spread(publishing, 60)
    rest = [number for number in range(1, len(reached) + 1) if number not in chosen]
    found = sorted({*chosen, *spread(rest, POINTS - len(chosen))})
    assert len(found) == POINTS
    return found


def spread(numbers: list[int], wanted: int) -> list[int]:
    """Return so many of the numbers, evenly spread, the last one included."""
    wanted = min(wanted, len(numbers))
    return [numbers[(place + 1) * len(numbers) // wanted - 1] for place in range(wanted)]


def take_stock(folder: Path) -> dict[str, str]:
    """Return the hash of every published file."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted([*folder.glob("out/[!.]*/*"), folder / "senr.duckdb"])
    }


def read_run_id(database: Path) -> str:
    with duckdb.connect(str(database), read_only=True) as con:
        (row,) = con.execute("select run_id from reference.run").fetchall()
    return str(row[0])


def list_hidden(folder: Path) -> set[str]:
    return {path.name for path in (*folder.glob(".*"), *folder.glob("out/.*"))}


def check_whole(folder: Path, run_folder: Path) -> None:
    manifest = json.loads((run_folder / "manifest.json").read_text(encoding="utf-8"))
    (archive,) = run_folder.glob("*.zip")
    with zipfile.ZipFile(archive) as opened:
        assert {
            name: hashlib.sha256(opened.read(name)).hexdigest() for name in opened.namelist()
        } == {file["name"]: file["sha256"] for file in manifest["files"]}
    status = json.loads(senr_duck(folder, "status", "--json").stdout)
    assert run_folder.name in {one["run_id"] for one in status["runs"]}


@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_run_killed_anywhere_leaves_all_whole_and_the_next_one_works(
    prepared: Path, points: list[int], batch: int, tmp_path: Path
) -> None:
    for point in points[batch::BATCHES]:
        folder = tmp_path / str(point)
        shutil.copytree(prepared, folder)
        before = take_stock(folder)
        assert run_and_die(folder, point) == -signal.SIGKILL
        after = take_stock(folder)
        old_run = {name: digest for name, digest in before.items() if name != "senr.duckdb"}
        assert old_run.items() <= after.items()
        read_run_id(folder / "senr.duckdb")
        for made in {Path(name).parent for name in after.keys() - before.keys()}:
            check_whole(folder, folder / made)
        again = run(folder, "--quiet")
        assert again.returncode == 0, again.stderr
        new_runs = {path.name for path in folder.glob("out/[!.]*")} - {
            Path(name).parent.name for name in old_run
        }
        assert new_runs == {read_run_id(folder / "senr.duckdb")}
        assert list_hidden(folder) <= {".senr.duckdb.lock", ".senr-duck.lock"}
        shutil.rmtree(folder)
