"""The main job: two extracts in, the numbered zip and the database out."""

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

import duckdb

from senr_duck.disk import explain_disk_faults
from senr_duck.errors import InputError
from senr_duck.exceptions import write_exceptions
from senr_duck.export import UploadFile, build_files, write_archive
from senr_duck.guards import check_exits, check_guards
from senr_duck.layout import Layout, layout_on
from senr_duck.ledger import append_posted_records, keep_run, save_records, stage_ledger
from senr_duck.load import Extract, load_extract
from senr_duck.manifest import derive_run_id, describe_identity, format_manifest
from senr_duck.notices import find_notices
from senr_duck.published import record_run
from senr_duck.reference import create_reference_tables, fill_reference_tables
from senr_duck.report import write_report
from senr_duck.views import POSTED_LAYER, View, create_views, order_views
from senr_duck.workspace import open_workspace, publish_database, publish_folder, write_text

if TYPE_CHECKING:
    from senr_duck.settings import Settings


_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")

# DuckDB hands a table's rows to its threads by such groups: with fewer than its default of 122,880
# a district's tables keep every thread at work.
_ROW_GROUP = 20_480


@dataclass(frozen=True)
class Engine:
    """What DuckDB may use, None leaves it to DuckDB; the Spark master if Spark runs the views."""

    memory_limit: str | None = None
    threads: int | None = None
    spark_master: str | None = None


@dataclass(frozen=True)
class RunResult:
    """What a finished run did; counts are records, except ``held_students``.

    ``archive`` is None for a run that only checked: nothing stands at ``out_dir`` then.
    ``ods_date`` is the day up to which the ODS extract reaches, None if nothing tells.
    """

    run_id: str
    out_dir: Path
    archive: Path | None
    database: Path
    settings: "Settings"
    ods_date: date | None
    files: tuple[UploadFile, ...]
    inputs: dict[str, Extract]
    accounting: dict[str, dict[str, int]]
    exceptions: dict[str, int]
    held_students: int
    notices: tuple[str, ...]
    seconds: float


def run_reconciliation(
    ods: Path,
    sis: Path,
    settings: "Settings",
    out: Path,
    database: Path,
    engine: Engine,
    report_step: Callable[[str], None],
    *,
    publish: bool = True,
    wait: float = 0,
) -> RunResult:
    """Reconcile the two extracts; publish the run's folder under ``out`` and the database.

    Both are made beside their final places and renamed at the end: a run that fails leaves nothing
    behind. Without ``publish`` nothing is kept at all, in the ledger neither. ``report_step`` is
    told what is being done. Raises InputError for what cannot be read or written, DataStop when a
    guard stops the run, WorkspaceBusy if another run still holds the workspace after ``wait``
    seconds.
    """
    started = time.monotonic()
    layout = layout_on(settings.as_of)
    with explain_disk_faults(), open_workspace(out, database, wait) as (scratch, new_database):
        with duckdb.connect() as con:
            _configure(con, engine, scratch)
            path = str(new_database).replace("'", "''")
            con.execute(f"attach '{path}' as senr (row_group_size {_ROW_GROUP})")
            con.execute("use senr")
            create_reference_tables(con)
            report_step("Loading both extracts")
            ods_extract, sis_extract = _load_both(con, ods, sis, layout, scratch)
            check_exits(con, settings.guards)
            settings = replace(settings, lea=settings.lea or _find_lea(con))
            lea = settings.lea or ""
            ods_date = settings.ods_date or _find_ods_date(con, settings.as_of)
            fill_reference_tables(con, settings, lea, layout, sis_extract.columns_given, ods_date)
            stage_ledger(con, database, lea, ods_extract.sha256, ods_date)
            report_step("Reconciling")
            views = order_views(settings.rules)
            of_posted = [view for view in views if view.layer == POSTED_LAYER]
            create_views(con, of_posted, settings.rules)
            append_posted_records(con, layout, ods_extract)
            rest = [view for view in views if view.layer != POSTED_LAYER]
            if engine.spark_master is None:
                create_views(con, rest, settings.rules)
            else:
                _create_on_spark(con, rest, settings.rules, engine.spark_master, scratch)
            accounting = _read_accounting(con, ods_extract, sis_extract)
            input_notices = (*ods_extract.notices, *sis_extract.notices)
            notices = (*input_notices, *find_notices(con))
            identity = describe_identity(con, settings, ods_extract, sis_extract, views)
            run_id = derive_run_id(identity, settings.as_of)
            record_run(con, run_id, notices, len(input_notices))
            report_step("Writing the files")
            folder = scratch / "run"
            folder.mkdir(mode=0o700)
            archive_name = f"SENR_{settings.lea}_{settings.as_of}.zip"
            if publish:
                with _start_beside(con, write_report, folder / "report.html") as reporting:
                    check_guards(con, settings.guards)
                    files = build_files(con, layout, settings.encoding)
                    write_archive(files, folder / archive_name)
                    write_exceptions(con, folder / "exceptions.csv")
                    manifest = format_manifest(run_id, identity, accounting, files)
                    write_text(folder / "manifest.json", manifest)
                    save_records(con, scratch)
                    con.execute("checkpoint senr")  # else closing does it, with nothing beside it
                    reporting.result()
            else:
                check_guards(con, settings.guards)
                files = build_files(con, layout, settings.encoding)
            exceptions = dict(
                con.execute(
                    "select rule, count(*) from recon.finding group by rule order by rule"
                ).fetchall()
            )
            held = con.execute("select count(*) from recon.held_student").fetchone()
        result = RunResult(
            run_id=run_id,
            out_dir=out / run_id,
            archive=out / run_id / archive_name if publish else None,
            database=database,
            settings=settings,
            ods_date=ods_date,
            files=files,
            inputs={"ods": ods_extract, "sis": sis_extract},
            accounting=accounting,
            exceptions=exceptions,
            held_students=held[0] if held else 0,
            notices=notices,
            seconds=0,
        )
        if publish:
            # Whoever finds a zip finds its run in the ledger, so that one comes first.
            keep_run(result, scratch)
            publish_database(new_database, database)
            publish_folder(folder, result.out_dir)
    return replace(result, seconds=time.monotonic() - started)


def _configure(con: duckdb.DuckDBPyConnection, engine: Engine, scratch: Path) -> None:
    con.execute("set temp_directory = ?", [str(scratch / "spill")])
    # Nothing is ever deleted; a checkpoint would only merge row groups, by writing them again.
    con.execute("set max_vacuum_tasks = 0")
    if engine.threads is not None:
        con.execute("set threads = ?", [engine.threads])
    if engine.memory_limit is not None:
        try:
            con.execute("set memory_limit = ?", [engine.memory_limit])
        except duckdb.Error as error:
            raise InputError(
                f"--memory-limit: found {engine.memory_limit!r}, expected a size such as 4GB",
                "give a number with KB, MB or GB",
            ) from error


def _create_on_spark(
    con: duckdb.DuckDBPyConnection, views: list[View], rules: str, master: str, scratch: Path
) -> None:
    from senr_duck.engines.spark import create_views_on_spark

    with TemporaryDirectory(prefix="spark-", dir=scratch) as folder:
        create_views_on_spark(con, views, rules, master, Path(folder).absolute())


def _load_both(
    con: duckdb.DuckDBPyConnection, ods: Path, sis: Path, layout: Layout, scratch: Path
) -> tuple[Extract, Extract]:
    """Load both extracts at the same time; what is wrong with the ODS extract is raised first."""
    with _start_beside(con, load_extract, "sis", sis, layout, scratch) as loading:
        return load_extract(con, "ods", ods, layout, scratch), loading.result()


@contextmanager
def _start_beside(
    con: duckdb.DuckDBPyConnection,
    work: "Callable[Concatenate[duckdb.DuckDBPyConnection, _Given], _Made]",
    *given: "_Given.args",
    **options: "_Given.kwargs",
) -> "Iterator[Future[_Made]]":
    """Do work on a second connection while the body goes on; it ends early if the body fails."""
    with con.cursor() as beside, ThreadPoolExecutor(max_workers=1) as pool:
        beside.execute("use senr")
        future = pool.submit(work, beside, *given, **options)
        try:
            yield future
        except BaseException:
            beside.interrupt()
            raise


def _find_lea(con: duckdb.DuckDBPyConnection) -> str:
    """Return the reporting LEA that the ODS extract names; raises InputError if not just one."""
    found = [
        str(row[0])
        for row in con.execute(
            """
            select distinct nullif(trim(reporting_lea), '') as reporting_lea
            from staging.ods_raw
            where nullif(trim(reporting_lea), '') is not null
            order by reporting_lea
            """
        ).fetchall()
    ]
    # anything else than a code may be a student's, and would name a file
    codes = [lea if re.fullmatch("[0-9]{7}", lea) else "not a code of 7 digits" for lea in found]
    if len(found) != 1 or codes != found:
        raise InputError(
            f"the ODS extract names {len(found)} reporting LEAs "
            f"({', '.join(dict.fromkeys(codes[:5]))}); expected one",
            "say which with --lea or with the key lea of the configuration",
        )
    return found[0]


def _find_ods_date(con: duckdb.DuckDBPyConnection, as_of: date) -> date | None:
    """Return the extract's newest upload or update date up to the as-of date; None without any.

    A later one is a mistyped date: one odd record must not make the extract newer than it is.
    """
    found = con.execute(
        """
        with written_days as (
            select distinct upload_date as day from staging.ods_raw
            union
            select distinct last_date_updated as day from staging.ods_raw
        ),
        days as (
            select cast(try_strptime(replace(trim(day), '-', ''), '%Y%m%d') as date) as day
            from written_days
        )
        select max(day) from days where day <= ?
        """,
        [as_of],
    ).fetchone()
    return found[0] if found else None


def _read_accounting(
    con: duckdb.DuckDBPyConnection, ods: Extract, sis: Extract
) -> dict[str, dict[str, int]]:
    """Return the lines per side and class; a sum that differs from the lines read is a bug."""
    accounting: dict[str, dict[str, int]] = {}
    for extract in (ods, sis):
        counts = dict(
            con.execute(
                "select class, lines from recon.accounting where side = ? order by class",
                [extract.side],
            ).fetchall()
        )
        if sum(counts.values()) != extract.lines:
            raise AssertionError(
                f"a bug in senr-duck: {extract.side} has {extract.lines} lines, "
                f"but its classes add up to {sum(counts.values())}; nothing was written"
            )
        accounting[extract.side] = {"lines": extract.lines, **counts}
    return accounting
