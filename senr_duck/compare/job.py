"""Compare both extracts of a file from the lock to the publish."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from senr_duck.compare.enrollments import SenrRun, copy_enrollments
from senr_duck.compare.guards import check_guards, describe_order, refuse_older_ods
from senr_duck.compare.identity import describe_identity, format_manifest
from senr_duck.compare.lines import create_lines
from senr_duck.compare.own_database import refuse_other_database
from senr_duck.compare.result import CompareResult
from senr_duck.compare.stopped import describe_attempt
from senr_duck.compare.write_files import write_files, write_sheets
from senr_duck.database.published import record_run
from senr_duck.database.schema import record_version
from senr_duck.errors import DataStop
from senr_duck.files.disk import explain_disk_faults
from senr_duck.files.own_file import refuse_changes
from senr_duck.files.signals import hold_signals
from senr_duck.files.workspace import (
    check_published,
    open_workspace,
    publish_database,
    publish_folder,
    write_text,
)
from senr_duck.load.columns import read_columns
from senr_duck.load.extract_facts import find_ods_date, find_one_lea
from senr_duck.load.plain_file import Side
from senr_duck.reference.compared_tables import create_compared_tables, fill_compared_facts
from senr_duck.reference.facts import fill_facts
from senr_duck.reference.file_types import file_types
from senr_duck.reference.layout import layout_on
from senr_duck.reference.sql_tables import insert_rows
from senr_duck.reference.tables import create_reference_tables
from senr_duck.report.compared import read_line_counts
from senr_duck.run.both_sides import load_both, read_accounting
from senr_duck.run.engine import Engine, attach_database, configure
from senr_duck.run.manifest import derive_run_id
from senr_duck.run.stopped import leave_stopped, remove_stopped
from senr_duck.settings.tables import fill_settings_tables
from senr_duck.versions.release import find_changes
from senr_duck.versions.release import refuse_changes as refuse_changed_views
from senr_duck.views.create import bind_views, create_views
from senr_duck.views.order import order_views

if TYPE_CHECKING:
    from senr_duck.settings.settings import Settings

_DUCKDB = Engine()


def _ignore_step(_: str) -> None:
    pass


@dataclass(frozen=True)
class CompareJob:
    """Both extracts of a file to compare, the settings, and where the results go.

    ``file_type`` is the code of the file. ``senr`` is the SENR run whose enrollments the records
    must fit, or None. ``ledger_of`` is the database next to which the ledger is. The other fields
    are those of a run's ``Job``.
    """

    file_type: str
    ods: Sequence[Path]
    sis: Sequence[Path]
    settings: "Settings"
    out: Path
    database: Path
    senr: SenrRun | None
    ledger_of: Path
    allow_no_meals: bool = False
    engine: Engine = _DUCKDB
    wait: float = 0
    report_step: Callable[[str], None] = _ignore_step


def compare_files(job: CompareJob) -> CompareResult:
    """Compare the two extracts; publish the folder with the lists and the report, and the database.

    Nothing is sent, and nothing is written that could be. A comparison that fails leaves nothing,
    except that one that a guard or the data stops leaves the folder ``stopped``, as a run does.
    Raises InputError if something cannot be read or written, UnreadableColumns for columns that
    cannot be read, DataStop when a guard stops the comparison, and WorkspaceBusy if another run is
    still using the workspace after ``job.wait`` seconds.
    """
    started = time.monotonic()
    senr = job.senr.database if job.senr else None
    refuse_other_database(job.database, senr, job.file_type)
    attempt = describe_attempt(job.file_type)
    name = job.file_type.lower()
    if not job.settings.allow_changed_rules:
        refuse_changed_views(name)
    with (
        explain_disk_faults(),
        open_workspace(job.out, job.database, job.wait) as (scratch, new_database),
        duckdb.connect() as con,
    ):
        configure(con, job.engine, scratch)
        attach_database(con, new_database)
        try:
            with refuse_changes(job.settings.keep_file, job.settings.school_list):
                result = _compare(con, job, scratch)
        except DataStop as stop:
            leave_stopped(stop, con, new_database, scratch, job.out, attempt)
            raise
        folder = scratch / "run"
        hold_signals()
        con.close()  # from here on the file contains the whole database
        check_published(folder, result.out_dir)
        publish_folder(folder, result.out_dir)
        publish_database(new_database, job.database)
        remove_stopped(job.out, attempt.database)
    return replace(result, seconds=time.monotonic() - started)


def _compare(con: duckdb.DuckDBPyConnection, job: CompareJob, scratch: Path) -> CompareResult:
    create_reference_tables(con)
    create_compared_tables(con)
    record_version(con)
    job.report_step("Loading both extracts")
    layout = layout_on(job.settings.as_of, job.file_type)
    ods, sis = load_both(con, job.ods, job.sis, job.settings, layout, scratch)
    readings = read_columns(con, job.settings.translate, file_type=job.file_type)
    # what a file shows of other LEAs says nothing about whose comparison this is
    side: Side = "sis" if file_types()[job.file_type].holds_other_leas else "ods"
    settings = replace(job.settings, leas=(find_one_lea(con, job.settings, side),))
    ods_date = settings.ods_date or find_ods_date(con, settings.as_of)
    senr_run = senr_year = None
    if job.senr is not None:
        senr_run, senr_year = copy_enrollments(con, job.senr, str(settings.lea))
    _fill_tables(con, job, settings, sis.columns_given, senr_run)
    create_lines(con, job.file_type, settings.translate, sis.columns_given)
    job.report_step("Comparing")
    name = job.file_type.lower()
    views = order_views(name)
    create_views(con, views, name, schema=name)
    bind_views(con)
    identity = describe_identity(job.file_type, settings, ods, sis, views, senr_run)
    run_id = f"{name}-{derive_run_id(identity, settings.as_of)}"
    input_notices = (*ods.notices, *sis.notices, *readings.notices)
    changed = find_changes(name) if settings.allow_changed_rules else []
    notices = (
        *input_notices,
        *(f"a view is not as released: {change}" for change in changed),
        *describe_order(job.file_type, ods_date, settings.school_year, senr_year),
    )
    record_run(con, run_id, notices, len(input_notices))
    refuse_older_ods(job.ledger_of, job.file_type, settings, ods_date)
    check_guards(con, job.file_type, settings, allow_no_meals=job.allow_no_meals)
    accounting = read_accounting(con, f"{name}.class_count", ods, sis)
    folder = scratch / "run"
    folder.mkdir(mode=0o700)
    job.report_step("Writing the lists")
    listed = write_files(con, job.file_type, folder)
    work_list = write_sheets(con, folder)
    write_text(folder / "manifest.json", format_manifest(run_id, identity, accounting))
    con.execute("checkpoint senr")
    return CompareResult(
        file_type=job.file_type,
        run_id=run_id,
        out_dir=job.out / run_id,
        database=job.database,
        settings=settings,
        counts=read_line_counts(con, job.file_type),
        accounting=accounting,
        listed=listed,
        work_list=None if work_list is None else job.out / run_id / work_list.name,
        senr_run=senr_run,
        notices=notices,
        seconds=0,
    )


def _fill_tables(
    con: duckdb.DuckDBPyConnection,
    job: CompareJob,
    settings: "Settings",
    columns_given: tuple[str, ...],
    senr_run: str | None,
) -> None:
    fill_facts(con, settings.as_of, settings.severities)
    fill_settings_tables(con, settings, layout_on(settings.as_of), ())
    fill_compared_facts(con, job.file_type, columns_given)
    insert_rows(
        con,
        "reference.compare_parameters",
        [
            {
                "file_type": job.file_type,
                "lea": settings.lea,
                "as_of": settings.as_of,
                "school_year": settings.school_year,
                "school_year_start": settings.school_year_start,
                "school_year_end": settings.school_year_end,
                "has_enrollments": job.senr is not None,
                "senr_run": senr_run,
                "holds_other_leas": file_types()[job.file_type].holds_other_leas,
            }
        ],
    )
