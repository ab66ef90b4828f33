"""One round with odd inputs: how it ends, and whether that is allowed."""

import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import FrameType
from zipfile import ZipFile

import duckdb

from senr_duck.errors import SenrError
from senr_duck.load.extract import load_extract
from senr_duck.load.headers import ColumnNames
from senr_duck.reference.layout import layout_on
from senr_duck.run.engine import Engine
from senr_duck.run.job import run_job
from senr_duck.run.reconcile import Job
from senr_duck.run.result import RunResult
from senr_duck.settings.keep_list import read_keep_list
from senr_duck.settings.school_list import read_school_list
from senr_duck.settings.settings import load_settings
from tests.support.canaries import CANARY
from tests.support.extracts import Record
from tests.support.odd_files import SIS_COLUMNS
from tests.support.odd_lines import list_records

DAY = date(2026, 3, 2)
# Seconds of a round, which takes less than two: of the processor, for work without an end; by the
# clock, for one thread that waits for another, on however busy a machine.
WORK_LIMIT, WAIT_LIMIT = 30, 600
# What a stopped run may leave.
LEFT = (".made-by-senr-duck", "exceptions.csv", "report.html", "senr.duckdb")
LONGEST_MESSAGE = 5_000  # characters


class Hung(BaseException):
    """A round that did not end; no handler in the code under test catches it."""


@dataclass(frozen=True)
class Inputs:
    """The bytes of everything that a run reads, by file name; ``names`` are the extracts'."""

    files: Mapping[str, bytes]
    ods: str = "ods.txt"
    sis: str = "sis.txt"

    def write(self, folder: Path) -> None:
        for name, content in self.files.items():
            (folder / name).write_bytes(content)


@contextmanager
def ends_in_time() -> Iterator[None]:
    """Raise Hung in the body if it works, or waits, longer than its limit."""

    def stop(number: int, _: FrameType | None) -> None:
        raise Hung(f"not done after {WORK_LIMIT} s of work, or {WAIT_LIMIT} s ({number})")

    timers = {
        signal.ITIMER_PROF: (signal.SIGPROF, WORK_LIMIT),
        signal.ITIMER_REAL: (signal.SIGALRM, WAIT_LIMIT),
    }
    before = [(sign, signal.signal(sign, stop)) for sign, _ in timers.values()]
    for timer, (_, limit) in timers.items():
        signal.setitimer(timer, limit)
    try:
        yield
    finally:
        for timer in timers:
            signal.setitimer(timer, 0)
        for sign, handler in before:
            signal.signal(sign, handler)


def load_round(con: duckdb.DuckDBPyConnection, side: str, path: Path) -> str:
    """Load an extract, and return how it ended: ``refused``, or ``loaded`` with nothing lost."""
    scratch = path.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    con.execute("create schema if not exists staging")
    con.execute(f"drop view if exists staging.{side}_raw")
    con.execute(f"drop table if exists staging.{side}_line")
    try:
        with ends_in_time():
            extract = load_extract(con, side, [path], ColumnNames(layout_on(DAY)), scratch)
    except SenrError as error:
        check_message(error)
        assert con.execute("select count(*) from duckdb_tables()").fetchone() == (0,)
        return "refused"
    finally:
        assert list(scratch.iterdir()) == []
    assert_all_landed(con, side, path)
    assert extract.lines == len(list_records(path, side))
    return "loaded"


def form_round(con: duckdb.DuckDBPyConnection, path: Path, records: Sequence[Record] | None) -> str:
    """Load a table whose ``records`` are known; None for a damaged one, which may be refused.

    Returns how it ended. Whatever was loaded has as many lines as the extract says, in order.
    """
    scratch = path.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    con.execute("create schema if not exists staging")
    con.execute("drop view if exists staging.sis_raw")
    con.execute("drop table if exists staging.sis_line")
    try:
        with ends_in_time():
            extract = load_extract(con, "sis", [path], ColumnNames(layout_on(DAY)), scratch)
    except SenrError as error:
        check_message(error)
        assert con.execute("select count(*) from duckdb_tables()").fetchone() == (0,)
        assert records is None
        return "refused"
    finally:
        assert list(scratch.iterdir()) == []
    names = ", ".join(f"coalesce({column}, '')" for column in SIS_COLUMNS)
    rows = con.execute(f"select {names} from staging.sis_raw order by line_number").fetchall()
    lines = con.execute("select line_number from staging.sis_raw order by line_number").fetchall()
    assert len(rows) == extract.lines == len(set(lines))
    if records is not None:
        assert rows == [tuple(one.get(name, "") for name in SIS_COLUMNS) for one in records]
    return "loaded"


def settings_round(config: Path) -> str:
    """Load settings and the files that they name; return ``refused`` or ``settled``."""
    try:
        with ends_in_time():
            settings = load_settings(config, {"as_of": DAY}, DAY)
            settings.described()
            if settings.keep_file:
                read_keep_list(settings.keep_file)
            if settings.school_list:
                read_school_list(settings.school_list)
    except SenrError as error:
        check_message(error)
        return "refused"
    return "settled"


def run_round(folder: Path, inputs: Inputs) -> str:
    """Run all of it; return ``published``, or ``stopped`` with nothing published."""
    inputs.write(folder)
    out, database = folder / "out", folder / "senr.duckdb"
    try:
        with ends_in_time():
            settings = load_settings(folder / "senr.toml", {"as_of": DAY}, DAY)
            job = Job(
                [folder / inputs.ods],
                [folder / inputs.sis],
                settings,
                out,
                database,
                Engine(threads=1),
            )
            result = run_job(job)
    except SenrError as error:
        check_message(error)
        made = {path.name for path in folder.rglob("*")} - set(inputs.files)
        left = {"stopped", *LEFT} if error.exit_status == 1 else set()
        assert made <= {"out", ".senr-duck.lock", ".senr.duckdb.lock", *left}, made
        assert not database.exists()
        return f"stopped {error.exit_status}"
    assert_published_whole(folder, inputs, result)
    return "published"


def check_message(error: SenrError) -> None:
    """A message for people: it contains no student's data, and is not too long."""
    assert error.exit_status in (1, 2)
    told = f"{error}\n{error.hint}"
    assert [value for value in CANARY if value in told] == []
    assert len(told) <= LONGEST_MESSAGE, f"{told[:200]} and so on"
    assert told.replace("\n", "").isprintable(), ascii(told)
    assert str(error)
    assert error.hint


def assert_all_landed(con: duckdb.DuckDBPyConnection, side: str, path: Path) -> None:
    """Every record of the file is in the raw view, unchanged and in the file's order."""
    expected = list_records(path, side)
    columns = list(expected[0])
    names = ", ".join(f"coalesce({column}, '')" for column in columns)
    found = con.execute(f"select {names} from staging.{side}_raw order by line_number").fetchall()
    assert found == [tuple(one[column] for column in columns) for one in expected]


def assert_published_whole(folder: Path, inputs: Inputs, result: RunResult) -> None:
    """The accounting adds up to the lines of the files, and the upload files are valid."""
    with duckdb.connect(str(result.database), read_only=True) as con:
        for side, name in (("ods", inputs.ods), ("sis", inputs.sis)):
            records = len(list_records(folder / name, side))
            lines, *classes = result.accounting[side].values()
            assert lines == sum(classes) == records, side
            assert_all_landed(con, side, folder / name)
    assert result.archive is not None
    with ZipFile(result.archive) as archive:
        for file in result.files:
            *lines, end = archive.read(file.name).split(b"\r\n")
            assert (len(lines), end) == (file.records, b"")
            assert all(line.count(b"^") == 34 and b"\n" not in line for line in lines)
    for notice in result.notices:
        assert [value for value in CANARY if value in notice] == []
        assert notice.isprintable(), ascii(notice)
        assert len(notice) <= LONGEST_MESSAGE
