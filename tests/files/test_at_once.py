"""Several commands at once in one workspace: one works, others wait or say so, nobody sees half."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from tests.support.command_line import RUN
from tests.support.extracts import every_class, write_sis
from tests.support.once import make_once
from tests.support.places import ROOT
from tests.support.stock import read_run_id
from tests.support.workspaces import DAY, list_hidden, list_runs, make_workspace, see

pytestmark = pytest.mark.slow

ROUNDS = 2
BUSY = 75


def start(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", "from senr_duck.cli import main; main()", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def read_one_run(folder: Path) -> str:
    """Read the published run as a reader does who knows nothing of other commands."""
    run_id = read_run_id(folder)
    assert run_id in list_runs(folder)
    published = folder / "out" / run_id
    manifest = json.loads((published / "manifest.json").read_text(encoding="utf-8"))
    (archive,) = published.glob("*.zip")
    with zipfile.ZipFile(archive) as opened:
        found = {name: sha256(opened.read(name)).hexdigest() for name in opened.namelist()}
    assert found == {file["name"]: file["sha256"] for file in manifest["files"]}
    assert (published / "report.html").read_bytes().rstrip().endswith(b"</html>")
    return run_id


def test_of_commands_at_once_each_works_alone_or_is_refused_and_readers_see_whole_runs(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    made = make_once(tmp_path_factory, "three_runs", make_workspace)
    folder = Path(shutil.copytree(made, tmp_path / "w"))
    _, sis = every_class()
    seen = set()
    for number in range(ROUNDS):
        last = list_runs(folder)[-1]
        sides = []
        for grade in (f"{2 * number + 6:02}", f"{2 * number + 7:02}"):
            path = folder / f"sis_{grade}.txt"
            write_sis(path, [{**one, "grade_level_code": grade} for one in sis])
            sides.append(path.name)
        options = ("--as-of", DAY, "--allow-other-year", "--quiet", "--ods", "ods.txt", "--sis")
        working = {
            "a run": start(folder, "run", *options, sides[0]),
            "another run": start(folder, "run", *options, sides[1]),
            "a patient run": start(folder, *RUN, "--quiet", "--wait", "60"),
            "posted": start(folder, "posted", last, "--on", DAY),
            "clean-runs": start(folder, "clean-runs", "--keep", "5"),
            "report": start(folder, "report"),
            "status": start(folder, "status"),
        }
        while any(one.poll() is None for one in working.values()):
            seen.add(read_one_run(folder))
        for name, one in working.items():
            _, told = one.communicate()
            if one.returncode == BUSY:
                assert name in ("a run", "another run")
                assert told.startswith("error: another run is using ")
            else:
                assert (one.returncode, told) == (0, ""), (name, told)
        assert list_hidden(folder) == set()
    runs = {path.name for path in folder.glob("out/[!.]*")}
    assert runs <= set(list_runs(folder))
    assert runs == {Path(name).name for name in see(folder) if name.startswith("out/")}
    assert len(seen) > ROUNDS
