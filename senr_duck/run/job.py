"""The whole job: reconcile two extracts, check the guards, publish the files and the database."""

import time
from dataclasses import replace
from pathlib import Path

from senr_duck.export.archive import UploadFile, build_files, write_archives
from senr_duck.export.exceptions import write_exceptions
from senr_duck.export.orphaned import write_orphaned
from senr_duck.files.signals import hold_signals
from senr_duck.files.workspace import (
    check_published,
    publish_database,
    publish_folder,
    write_text,
)
from senr_duck.ledger import FinishedRun, prepare_run, save_records, settle_ledger
from senr_duck.report import read_comparable, write_report
from senr_duck.report.places import find_places
from senr_duck.report.since_last_run import read_since_last_run
from senr_duck.run.guards import check_guards
from senr_duck.run.manifest import format_manifest
from senr_duck.run.parallel import start_in_parallel
from senr_duck.run.reconcile import Job, Reconciliation, reconcile
from senr_duck.run.result import (
    RunResult,
    read_exceptions,
    read_held_students,
    read_orphaned,
)
from senr_duck.run.stopped import remove_stopped
from senr_duck.run.stopped_run import STOPPED_RUN


def run_job(job: Job) -> RunResult:
    """Reconcile the two extracts; publish the run's folder under ``job.out`` and the database.

    A run that fails leaves nothing, except that one that a guard or the data stops leaves the
    folder ``stopped``; a run that is published removes it. Raises as ``reconcile`` does, and
    DataStop when a guard stops the run.
    """
    started = time.monotonic()
    with reconcile(job, leaves_stopped=True) as reconciled:
        job.report_step("Writing the files")
        folder = reconciled.scratch / "run"
        folder.mkdir(mode=0o700)
        out_dir = job.out / reconciled.run_id
        # The report takes as long as all the other files together.
        with start_in_parallel(
            reconciled.con,
            write_report,
            folder / "report.html",
            places=find_places(out_dir / "report.html", out_dir, job.database),
        ) as report:
            check_guards(reconciled.con, reconciled.settings)
            files = _write_files(reconciled, folder)
            report.result()
        result = _describe(job, reconciled, files, is_published=True)
        _publish(job, reconciled, folder, result)
    return replace(result, seconds=time.monotonic() - started)


def check_job(job: Job) -> RunResult:
    """Reconcile the two extracts without publishing anything; the ledger does not change either.

    Raises as ``run_job`` does.
    """
    started = time.monotonic()
    with reconcile(job) as reconciled:
        job.report_step("Writing the files")
        check_guards(reconciled.con, reconciled.settings)
        result = _describe(job, reconciled, _build_files(reconciled), is_published=False)
    return replace(result, seconds=time.monotonic() - started)


def _build_files(reconciled: Reconciliation) -> tuple[UploadFile, ...]:
    settings = reconciled.settings
    return build_files(reconciled.con, settings.leas, reconciled.layout, settings.encoding)


def _write_files(reconciled: Reconciliation, folder: Path) -> tuple[UploadFile, ...]:
    """Write all files of the run except the report, and what the ledger will keep."""
    con = reconciled.con
    files = _build_files(reconciled)
    write_archives(files, folder, reconciled.settings.as_of)
    write_exceptions(con, folder / "exceptions.csv")
    if reconciled.hanging:
        write_orphaned(con, folder / "orphaned_programs.csv")
    manifest = format_manifest(reconciled.run_id, reconciled.identity, reconciled.accounting, files)
    write_text(folder / "manifest.json", manifest)
    save_records(con, reconciled.scratch)
    con.execute(
        "checkpoint senr"
    )  # otherwise closing the database would do this, with nothing else running in parallel
    return files


def _describe(
    job: Job, reconciled: Reconciliation, files: tuple[UploadFile, ...], *, is_published: bool
) -> RunResult:
    return RunResult(
        run_id=reconciled.run_id,
        out_dir=job.out / reconciled.run_id,
        is_published=is_published,
        database=job.database,
        settings=reconciled.settings,
        files=files,
        accounting=reconciled.accounting,
        exceptions=read_exceptions(reconciled.con),
        held_students_by_lea=read_held_students(reconciled.con, reconciled.settings.lea),
        notices=reconciled.notices,
        made_before=reconciled.made_before,
        since_last_run=read_since_last_run(reconciled.con),
        seconds=0,
        orphaned=read_orphaned(reconciled.con, reconciled.hanging),
    )


def _publish(job: Job, reconciled: Reconciliation, folder: Path, result: RunResult) -> None:
    """Publish the folder, the ledger and the database, in this order; remove what is outdated.

    If this stops between the folder and the ledger, the next command completes the ledger. This way
    every zip that can be found has its run in the ledger, and every run in the ledger its zip.
    """
    hold_signals()
    reconciled.con.close()  # from here on the file contains the whole database
    check_published(folder, result.out_dir, read_comparable)
    prepare_run(job.database, _choose_kept(reconciled, result), reconciled.scratch)
    try:
        publish_folder(folder, result.out_dir)
    finally:
        settle_ledger(job.database)
    publish_database(reconciled.new_database, job.database)
    remove_stopped(job.out, STOPPED_RUN.database)


def _choose_kept(reconciled: Reconciliation, result: RunResult) -> FinishedRun:
    return FinishedRun(
        run_id=result.run_id,
        scope=reconciled.scope,
        out_dir=result.out_dir,
        rules=reconciled.settings.rules,
        as_of=reconciled.settings.as_of,
        ods=reconciled.ods,
        ods_date=reconciled.ods_date,
        sis=reconciled.sis,
        held_students=result.held_students,
        held_by_lea={one.lea: one.held_students for one in result.leas},
        exceptions=sum(result.exceptions.values()),
        files=result.named_files,
    )
