"""What is hashed is what is loaded: a file that changes while it is read stops the command."""

import gzip
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

import senr_duck.load.extract as loading
from senr_duck.errors import InputError
from senr_duck.load.extract import load_extract
from senr_duck.load.headers import ColumnNames
from senr_duck.load.plain_file import Side
from tests.load.test_load import (
    CRLF,
    LAYOUT,
    REQUIRED_HEADER,
    REQUIRED_VALUES,
    SIS_LINE,
    parquet_bytes,
    zip_bytes,
)
from tests.load.workbooks import workbook_bytes
from tests.support.command_line import AS_OF, RUN, senr_duck
from tests.support.stock import read_run_id, take_stock

pytestmark = pytest.mark.slow

CSV = f"{REQUIRED_HEADER}\n{REQUIRED_VALUES}\n"
QUOTED = CSV.replace("Ana", '"An\na"')
CELLS = [REQUIRED_HEADER.split(","), REQUIRED_VALUES.split(",")]
QUERY = "select " + ", ".join(
    f"'{value}' as \"{name}\"" for name, value in zip(*CELLS, strict=True)
)


def append(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"\n")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def touch(path: Path) -> None:
    about = path.stat()
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns + 1))


def replace_with_the_same(path: Path) -> None:
    """Replace the file with a copy of the same size and time, as a download does by renaming."""
    shutil.copy2(path, path.with_name("new"))
    path.with_name("new").replace(path)


def remove(path: Path) -> None:
    path.unlink()


CHANGES: list[Callable[[Path], None]] = [append, empty, touch, replace_with_the_same, remove]


def form_bytes(form: str, folder: Path) -> tuple[Side, bytes]:
    forms: dict[str, tuple[Side, Callable[[], bytes]]] = {
        "extract": ("ods", CRLF.encode),
        "extract, uneven": ("ods", lambda: CRLF.encode() + b"\r\n"),
        "extract, gzip": ("ods", lambda: gzip.compress(CRLF.encode())),
        "extract, zip": ("ods", lambda: zip_bytes("ods.txt", CRLF.encode())),
        "upload file": ("sis", lambda: f"{SIS_LINE}\r\n".encode()),
        "CSV": ("sis", CSV.encode),
        "CSV, quoted": ("sis", QUOTED.encode),
        "CSV, UTF-16": ("sis", lambda: CSV.encode("utf-16")),
        "CSV, gzip": ("sis", lambda: gzip.compress(CSV.encode())),
        "workbook": ("sis", lambda: workbook_bytes({"sheet": CELLS})),
        "Parquet": ("sis", lambda: parquet_bytes(folder, QUERY)),
        "Parquet, zip": ("sis", lambda: zip_bytes("a.parquet", parquet_bytes(folder, QUERY))),
    }
    side, make = forms[form]
    return side, make()


FORMS = (
    *("extract", "extract, uneven", "extract, gzip", "extract, zip", "upload file", "CSV"),
    *("CSV, quoted", "CSV, UTF-16", "CSV, gzip", "workbook", "Parquet", "Parquet, zip"),
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("step", ["unpack_file", "refuse_other_records"])
@pytest.mark.parametrize("form", FORMS)
def test_an_extract_that_changes_while_it_is_read_is_refused(
    form: str,
    step: str,
    change: Callable[[Path], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    side, content = form_bytes(form, tmp_path)
    path = tmp_path / "given"
    path.write_bytes(content)
    plain = getattr(loading, step)

    def then_change(*given: Any) -> Any:
        made = plain(*given)
        change(path)
        return made

    monkeypatch.setattr(loading, step, then_change)
    with duckdb.connect() as con:
        con.execute("create schema staging")
        with pytest.raises(InputError) as refused:
            load_extract(con, side, [path], ColumnNames(LAYOUT), tmp_path)
        assert str(refused.value) == "given changed while it was read"
        assert con.execute("from duckdb_tables()").fetchall() == []


@pytest.mark.parametrize("form", FORMS)
def test_an_extract_that_stays_as_it_is_is_loaded(form: str, tmp_path: Path) -> None:
    side, content = form_bytes(form, tmp_path)
    (tmp_path / "given").write_bytes(content)
    with duckdb.connect() as con:
        con.execute("create schema staging")
        loaded = load_extract(con, side, [tmp_path / "given"], ColumnNames(LAYOUT), tmp_path)
    assert loaded.lines == (3 if side == "ods" else 1)


def test_any_of_several_files_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = tmp_path / "1.txt", tmp_path / "2.txt"
    first.write_bytes(CRLF.encode())
    second.write_bytes(CRLF.replace("8000000", "8000001").encode())
    plain = loading.refuse_other_records

    def then_change(*given: Any) -> None:
        plain(*given)
        touch(first)

    monkeypatch.setattr(loading, "refuse_other_records", then_change)
    with duckdb.connect() as con:
        con.execute("create schema staging")
        with pytest.raises(InputError, match=r"1\.txt changed while it was read"):
            load_extract(con, "ods", [first, second], ColumnNames(LAYOUT), tmp_path)


# Changes a file after a function has read it, or between two of its readings.
THEN_CHANGE = """
import senr_duck.{module} as module
plain = module.{function}
def then_change(*given, **options):
    made = plain(*given, **options)
    with open("{file}", "a") as file:
        file.write("\\n")
    return made
module.{function} = then_change
"""
CONFIG = '[keep]\nfile = "keep.csv"\n\n[schools]\nlist = "schools.csv"\n'
KEEP = "ssid,school_of_attendance,enrollment_start_date,why\n"
SCHOOLS = "CDSCode\n19647331930650\n"
SIDES = ("--ods", "ods.txt", "--sis", "sis.txt")
CHECK = ("check", *RUN[1:])
INIT = ("init", *SIDES, *AS_OF[:2], "--out", "new.toml")
TRY = ("rules", "try", "--overlay", "own", *SIDES, *AS_OF)


@pytest.mark.parametrize(
    ("command", "file", "module", "function"),
    [
        (RUN, "ods.txt", "load.extract", "unpack_file"),
        (CHECK, "sis.txt", "load.extract", "unpack_file"),
        (RUN, "keep.csv", "run.reconcile", "fill_settings_tables"),
        (CHECK, "keep.csv", "run.reconcile", "fill_settings_tables"),
        (RUN, "schools.csv", "run.reconcile", "fill_settings_tables"),
        (INIT, "sis.txt", "draft.gather", "suggest_names"),
        (INIT, "ods.txt", "draft.gather", "suggest_names"),
        (TRY, "ods.txt", "rulebook.trial", "_plan"),
        (TRY, "sis.txt", "rulebook.trial", "_plan"),
        (("rejected", "rejected.txt"), "rejected.txt", "ledger.rejection", "read_rejected_file"),
        (
            ("rejected", "rejected.txt", "--undo"),
            "rejected.txt",
            "ledger.rejection",
            "read_rejected_file",
        ),
    ],
)
def test_a_command_stops_and_changes_nothing_else(
    workspace_with_run: Path, command: tuple[str, ...], file: str, module: str, function: str
) -> None:
    folder = workspace_with_run
    (folder / "senr.toml").write_text(CONFIG, encoding="utf-8")
    (folder / "keep.csv").write_text(KEEP, encoding="utf-8")
    (folder / "schools.csv").write_text(SCHOOLS, encoding="utf-8")
    (folder / "rejected.txt").write_text("SENR-E" + "^" * 39 + "\r\n", encoding="utf-8")
    (folder / "own").mkdir()
    view = senr_duck(folder, "views", "finding").stdout
    (folder / "own" / "finding.sql").write_text(view, encoding="utf-8")
    before, run_id = take_stock(folder), read_run_id(folder)
    program = THEN_CHANGE.format(module=module, function=function, file=file)
    done = senr_duck(folder, *command, before=program)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"error: {file} changed while it was read\n" in done.stderr
    assert "hint: run again when nothing writes to the file any more\n" in done.stderr
    after = take_stock(folder)
    assert {name for name in before | after if before.get(name) != after.get(name)} == {file}
    assert read_run_id(folder) == run_id
