"""No command overwrites a file that senr-duck did not make, whatever names it."""

import os
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.support.command_line import AS_OF, RUN, senr_duck
from tests.support.stock import read_run_id, take_stock

pytestmark = pytest.mark.slow


def write_text(path: Path) -> None:
    path.write_text("mine", encoding="utf-8")


def write_database(path: Path) -> None:
    duckdb.connect(str(path)).execute("create table mine as select 1 as n").close()


def link_to_the_extract(path: Path) -> None:
    path.symlink_to("ods.txt")


def link_hard_to_the_extract(path: Path) -> None:
    os.link(path.parent / "ods.txt", path)


def link_to_nothing(path: Path) -> None:
    path.symlink_to("nowhere")


def copy_the_ledger(path: Path) -> None:
    path.write_bytes((path.parent / "senr.ledger.duckdb").read_bytes())


def make_folder(path: Path) -> None:
    path.mkdir()
    (path / "mine.txt").write_text("mine", encoding="utf-8")


FOREIGN: list[Callable[[Path], None]] = [
    write_text,
    write_database,
    link_to_the_extract,
    link_hard_to_the_extract,
    link_to_nothing,
    copy_the_ledger,
    make_folder,
]
SIDES = ("--ods", "ods.txt", "--sis", "sis.txt")
SIMULATE = ("simulate", "out/ZIP", "--ods", "ods.txt", "--as-of", "2026-03-02", "--write-ods")
COMMANDS: dict[str, tuple[str, ...]] = {
    "run --db": (*RUN, "--quiet", "--db"),
    "check --db": ("check", *RUN[1:], "--quiet", "--db"),
    "posted --db": ("posted", "2026-03-02", "--db"),
    "rejected --db": ("rejected", "rejected.txt", "--db"),
    "clean-runs --db": ("clean-runs", "--db"),
    "status --db": ("status", "--db"),
    "report --out": ("report", "--out"),
    "report of counts --out": ("report", "--no-student-data", "--out"),
    "init --out": ("init", *SIDES, *AS_OF[:2], "--out"),
    "simulate --write-ods": SIMULATE,
}


def call(folder: Path, name: str, path: str) -> tuple[int, str, str]:
    (archive,) = folder.glob("out/*/*.zip")
    zip_path = str(archive.relative_to(folder))
    parts = (zip_path if part == "out/ZIP" else part for part in COMMANDS[name])
    done = senr_duck(folder, *parts, path)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("occupy", FOREIGN, ids=lambda occupy: occupy.__name__)
@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_not_ours_stays_as_it_is(
    workspace_with_run: Path, name: str, occupy: Callable[[Path], None]
) -> None:
    folder = workspace_with_run
    occupy(folder / "theirs")
    before = take_stock(folder)
    status, output, errors = call(folder, name, "theirs")
    option = name.rpartition(" ")[2]
    assert (status, output) == (2, "")
    assert errors.startswith(f"error: {option}: theirs ")
    assert "; expected a new file" in errors
    assert f"hint: choose another path with {option}, or move theirs away\n" in errors
    assert take_stock(folder) == before


@pytest.mark.parametrize("name", ["run --db", "report --out", "simulate --write-ods"])
@pytest.mark.parametrize("path", ["ods.txt", "./ods.txt", "out/../ods.txt", "ABSOLUTE", "sis.txt"])
def test_an_output_is_never_an_input_however_it_is_written(
    workspace_with_run: Path, name: str, path: str
) -> None:
    folder = workspace_with_run
    before = take_stock(folder)
    status, _, errors = call(folder, name, path.replace("ABSOLUTE", str(folder / "ods.txt")))
    assert status == 2
    assert "; expected a new file" in errors
    assert take_stock(folder) == before


@pytest.mark.parametrize("name", COMMANDS)
def test_it_is_refused_before_anything_is_read(workspace_with_run: Path, name: str) -> None:
    folder = workspace_with_run
    for input_file in ("ods.txt", "sis.txt"):
        (folder / input_file).write_text("unreadable", encoding="utf-8")
    _, _, errors = call(folder, name, "ods.txt")
    assert "; expected a new file" in errors


@pytest.mark.parametrize("name", ["run --db", "check --db"])
def test_a_configuration_is_never_the_database(workspace_with_run: Path, name: str) -> None:
    (workspace_with_run / "senr.toml").write_text('lea = "1964733"\n', encoding="utf-8")
    status, _, errors = call(workspace_with_run, name, "senr.toml")
    assert (status, errors.partition("\n")[0]) == (
        2,
        "error: --db: senr.toml is not a database that senr-duck wrote; expected a new file, or a "
        "database of senr-duck",
    )


@pytest.mark.parametrize("name", ["run --db", "posted --db", "status --db"])
def test_the_ledger_is_never_the_database(workspace_with_run: Path, name: str) -> None:
    before = take_stock(workspace_with_run)
    status, _, errors = call(workspace_with_run, name, "senr.ledger.duckdb")
    assert status == 2
    assert "senr.ledger.duckdb is not a database that senr-duck wrote" in errors
    assert take_stock(workspace_with_run) == before


def test_the_database_is_never_the_report(workspace_with_run: Path) -> None:
    before = take_stock(workspace_with_run)
    status, _, errors = call(workspace_with_run, "report --out", "senr.duckdb")
    assert status == 2
    assert "senr.duckdb is not a report that senr-duck wrote" in errors
    assert take_stock(workspace_with_run) == before


def test_a_file_of_the_user_in_the_ledgers_place_stays(workspace: Path) -> None:
    write_text(workspace / "senr.ledger.duckdb")
    done = senr_duck(workspace, *RUN)
    assert done.returncode == 2
    assert "senr.ledger.duckdb cannot be opened as a ledger" in done.stderr
    assert (workspace / "senr.ledger.duckdb").read_text(encoding="utf-8") == "mine"
    assert not (workspace / "senr.duckdb").exists()


@pytest.mark.parametrize("name", ["report --out", "report of counts --out"])
def test_a_report_replaces_an_earlier_one_and_an_empty_file(
    workspace_with_run: Path, name: str
) -> None:
    folder = workspace_with_run
    (folder / "new.html").touch()
    assert call(folder, name, "new.html")[0] == 0
    first = (folder / "new.html").read_bytes()
    assert call(folder, name, "new.html")[0] == 0
    assert (folder / "new.html").read_bytes() == first
    (of_run,) = folder.glob("out/*/report.html")
    assert call(folder, "report of counts --out", str(of_run))[0] == 0


def test_a_run_replaces_its_database_while_a_session_writes_to_it(workspace_with_run: Path) -> None:
    folder = workspace_with_run
    first = read_run_id(folder)
    changed = (folder / "sis.txt").read_text(encoding="utf-8").replace("^07^", "^06^")
    (folder / "sis.txt").write_text(changed, encoding="utf-8", newline="")
    with duckdb.connect(str(folder / "senr.duckdb")):
        done = senr_duck(folder, *RUN, "--quiet")
    assert (done.returncode, done.stderr.count("error")) == (0, 0)
    assert read_run_id(folder) != first


def test_someone_elses_database_that_a_session_has_open_stays(workspace_with_run: Path) -> None:
    folder = workspace_with_run
    write_database(folder / "theirs.duckdb")
    before = take_stock(folder)
    with duckdb.connect(str(folder / "theirs.duckdb")):
        done = senr_duck(folder, *RUN, "--quiet", "--db", "theirs.duckdb")
    assert done.returncode == 2
    assert "theirs.duckdb is not a database that senr-duck wrote" in done.stderr
    assert take_stock(folder) == before


@pytest.mark.parametrize("whole", [20, 4096, 12_288, 1_000_000])
def test_a_damaged_database_with_its_ledger_is_replaced(
    workspace_with_run: Path, whole: int
) -> None:
    folder = workspace_with_run
    content = (folder / "senr.duckdb").read_bytes()
    (folder / "senr.duckdb").write_bytes(content[:whole] + b"\1" * (len(content) - whole))
    (run_id,) = (path.name for path in folder.glob("out/[!.]*"))
    assert senr_duck(folder, "status").returncode == 0
    assert senr_duck(folder, "posted", run_id, "--on", "2026-03-02", "--undo").returncode == 0
    done = senr_duck(folder, *RUN, "--quiet")
    assert done.returncode == 0, done.stderr
    assert read_run_id(folder) == run_id


def test_a_damaged_database_without_a_ledger_stays(workspace_with_run: Path) -> None:
    folder = workspace_with_run
    content = (folder / "senr.duckdb").read_bytes()
    (folder / "senr.duckdb").write_bytes(content[:4096])
    (folder / "senr.ledger.duckdb").unlink()
    done = senr_duck(folder, *RUN, "--quiet")
    assert done.returncode == 2
    assert "senr.duckdb is not a database that senr-duck wrote" in done.stderr
    assert (folder / "senr.duckdb").read_bytes() == content[:4096]


NAMES = ("keep.csv", "ods.txt", "schools.csv", "senr.toml", "sis.csv")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("occupy", [write_text, link_to_nothing, make_folder, Path.touch])
def test_a_sample_is_never_written_over_a_file(
    tmp_path: Path, name: str, occupy: Callable[[Path], None]
) -> None:
    occupy(tmp_path / name)
    before = [(path, path.lstat().st_ino) for path in sorted(tmp_path.rglob("*"))]
    done = senr_duck(
        tmp_path, "sample", "--district", "Exeter Unified", "--students", "20", "--out", "."
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"error: --out: {name} exists; expected a new file\n\n"
        f"hint: choose another path with --out, or move {name} away\n"
    )
    assert [(path, path.lstat().st_ino) for path in sorted(tmp_path.rglob("*"))] == before


def test_a_sample_may_go_into_a_folder_with_other_files(tmp_path: Path) -> None:
    write_text(tmp_path / "notes.txt")
    command = ("sample", "--district", "Exeter Unified", "--students", "20", "--out", ".")
    assert senr_duck(tmp_path, *command).returncode == 0
    assert {path.name for path in tmp_path.iterdir()} == {*NAMES, "notes.txt", ".sample.lock"}
    before = take_stock(tmp_path)
    assert senr_duck(tmp_path, *command).returncode == 2
    assert take_stock(tmp_path) == before
