"""Two runs at once, sessions that read, a full disk: no result is ever half done."""

import errno
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from senr_duck.errors import InputError, WorkspaceBusy
from senr_duck.files.workspace import open_workspace, publish_new_file, write_text
from senr_duck.files.workspace_lock import hold_workspace
from tests.support.command_line import AS_OF, run, senr_duck
from tests.support.extracts import every_class, write_sis
from tests.support.places import ROOT
from tests.support.stock import read_run_id, take_stock

pytestmark = pytest.mark.slow

HOLD = """
import sys
from pathlib import Path
from senr_duck.files.workspace_lock import hold_workspace
with hold_workspace(Path("senr.duckdb"), Path("out")):
    print("held", flush=True)
    sys.stdin.readline()
"""
ANALYST = """
import sys
import duckdb
con = duckdb.connect("senr.duckdb")
con.execute("set checkpoint_threshold = '1GB'")
con.execute("create table mine as select 7 as seven")
print("open", flush=True)
sys.stdin.readline()
print(con.execute("select run_id from reference.run").fetchall()[0][0])
con.close()
"""
LATE_ANALYST = """
import sys
import duckdb
con = duckdb.connect("senr.duckdb")
print("open", flush=True)
sys.stdin.readline()
con.execute("create table mine as select 7 as seven")
print("written", flush=True)
sys.stdin.readline()
"""


def change_the_sis_side(folder: Path) -> None:
    _, sis = every_class()
    write_sis(folder / "sis.txt", [{**one, "grade_level_code": "06"} for one in sis])


def start(folder: Path, program: str, first_line: str) -> "subprocess.Popen[str]":
    """Start a program, and wait until it says that it is ready."""
    started = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert started.stdout is not None
    assert started.stdout.readline() == f"{first_line}\n"
    return started


def test_of_two_runs_at_once_one_wins_and_the_other_says_so(workspace: Path) -> None:
    (workspace / "out").mkdir()
    holder = start(workspace, HOLD, "held")
    second = run(workspace)
    assert second.returncode == 75
    assert second.stdout == ""
    assert second.stderr.startswith("error: another run is using ")
    assert "--wait SECONDS" in second.stderr
    assert run(workspace, "--wait", "0.05").returncode == 75
    assert senr_duck(workspace, "check", "--ods", "ods.txt", "--sis", "sis.txt", *AS_OF)
    holder.communicate("\n")
    assert run(workspace).returncode == 0


def test_the_lock_ends_with_a_process_that_is_killed(workspace: Path) -> None:
    (workspace / "out").mkdir()
    holder = start(workspace, HOLD, "held")
    holder.kill()
    holder.communicate()
    assert run(workspace).returncode == 0


def test_a_waiting_run_gets_the_workspace_when_the_other_ends(workspace: Path) -> None:
    (workspace / "out").mkdir()
    holder = start(workspace, HOLD, "held")
    database, out = workspace / "senr.duckdb", workspace / "out"
    with pytest.raises(WorkspaceBusy), hold_workspace(database, out):
        raise AssertionError("two hold it")
    got: list[bool] = []

    def wait_for_it() -> None:
        with hold_workspace(database, out, wait=60):
            got.append(True)

    waiting = threading.Thread(target=wait_for_it)
    waiting.start()
    holder.communicate("\n")
    waiting.join()
    assert got == [True]


def test_runs_with_other_folders_do_not_wait_for_each_other(workspace: Path) -> None:
    (workspace / "out").mkdir()
    holder = start(workspace, HOLD, "held")
    assert run(workspace, "--out", "other", "--db", "other.duckdb").returncode == 0
    holder.communicate("\n")


def test_an_analysts_session_neither_blocks_a_run_nor_sees_half_of_it(
    workspace_with_run: Path,
) -> None:
    workspace = workspace_with_run
    first = read_run_id(workspace)
    change_the_sis_side(workspace)
    analyst = start(workspace, ANALYST, "open")
    done = run(workspace, "--quiet")
    assert done.returncode == 0, done.stderr
    second = read_run_id(workspace)
    assert second != first
    assert analyst.communicate("\n")[0] == f"{first}\n"
    assert read_run_id(workspace) == second
    with duckdb.connect(str(workspace / "senr.duckdb"), read_only=True) as con:
        assert con.execute("from duckdb_tables() where table_name = 'mine'").fetchall() == []


def test_a_session_that_writes_to_a_replaced_database_is_reported_and_does_no_harm(
    workspace_with_run: Path,
) -> None:
    workspace = workspace_with_run
    change_the_sis_side(workspace)
    analyst = start(workspace, LATE_ANALYST, "open")
    assert run(workspace, "--quiet").returncode == 0
    assert analyst.stdin is not None
    assert analyst.stdout is not None
    analyst.stdin.write("\n")
    analyst.stdin.flush()
    assert analyst.stdout.readline() == "written\n"
    asked = ("sql", "--csv", "select count(*) as n from reference.run")
    refused = senr_duck(workspace, *asked)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == (
        "error: senr.duckdb cannot be opened: senr.duckdb.wal in the same folder has what a "
        "session has written to this database, or to the one that it replaced\n\n"
        "hint: close that session; if senr.duckdb.wal is still there then, move it away\n"
    )
    analyst.kill()
    analyst.communicate()
    assert senr_duck(workspace, *asked).returncode == 2
    (workspace / "senr.duckdb.wal").rename(workspace / "moved_away")
    assert senr_duck(workspace, *asked).stdout == "n\n1\n"


def limit_files_to(size: int) -> Callable[[], None]:
    """Return what makes each write beyond a size fail, as on a full disk."""
    import resource  # which Windows lacks

    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_a_full_disk_is_reported_and_changes_nothing(workspace_with_run: Path) -> None:
    workspace = workspace_with_run
    change_the_sis_side(workspace)
    before = take_stock(workspace)
    done = subprocess.run(
        [sys.executable, "-c", "from senr_duck.cli import main; main()"]
        + ["run", "--ods", "ods.txt", "--sis", "sis.txt", *AS_OF],
        cwd=workspace,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit_files_to(0),
    )
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert done.stderr.startswith("error: ")
    assert "\n\nhint: your last results are unchanged" in done.stderr
    assert "Traceback" not in done.stderr
    assert take_stock(workspace) == before
    assert run(workspace).returncode == 0


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("--out", "ods.txt"), "cannot write to ods.txt"),
        (("--out", "ods.txt/out"), "cannot write to ods.txt"),
        (("--db", "nowhere/senr.duckdb"), "cannot write to "),
        (
            ("--db", "folder"),
            "--db: folder is a folder; expected a new file, or a database of senr-duck",
        ),
        (("--config", "folder"), "folder: found a folder, expected a readable file"),
        (("--ods", "folder"), "folder: found a folder, expected a file"),
    ],
)
def test_what_cannot_be_written_or_read_is_reported_and_changes_nothing(
    workspace: Path, options: tuple[str, str], found: str
) -> None:
    (workspace / "folder").mkdir()
    before = take_stock(workspace)
    done = run(workspace, *options)
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: {found}")
    assert "\n\nhint: " in done.stderr
    assert take_stock(workspace) == before


LONG = "x" * 300


@pytest.mark.parametrize(
    ("out", "database", "place", "reason"),
    [
        ("out\udcff", "senr.duckdb", "out\\udcff", "its path is not text in UTF-8"),
        ("out", "senr\udcff.duckdb", "senr\\udcff.duckdb", "its path is not text in UTF-8"),
        (LONG, "senr.duckdb", LONG, "File name too long"),
        ("out", LONG, LONG, "File name too long"),
    ],
)
def test_a_path_that_no_file_can_have_is_refused(
    tmp_path: Path, out: str, database: str, place: str, reason: str
) -> None:
    with (
        pytest.raises(InputError) as refusal,
        open_workspace(tmp_path / out, tmp_path / database),
    ):
        pass
    assert str(refusal.value) == f"cannot write to {tmp_path}/{place}: {reason}"


def refuse_links(*_: object) -> None:
    raise OSError(errno.EPERM, "Operation not permitted")


@pytest.mark.parametrize("has_links", [True, False])
def test_a_new_file_gets_its_name_once_on_any_disk(
    has_links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_links:
        monkeypatch.setattr(os, "link", refuse_links)
    target = tmp_path / "senr.toml"
    for number, content in enumerate(("first", "second")):
        new = tmp_path / f"new_{number}"
        write_text(new, content)
        if number == 0:
            publish_new_file(new, target, "--out", "a configuration")
        else:
            with pytest.raises(InputError, match="expected a new file"):
                publish_new_file(new, target, "--out", "a configuration")
        assert target.read_text(encoding="utf-8") == "first"
