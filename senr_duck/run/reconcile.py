"""The main job: two extracts in, the numbered zip and the database out."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb

from senr_duck.database.published import record_run
from senr_duck.export.archive import build_files, write_archives
from senr_duck.export.exceptions import write_exceptions
from senr_duck.files.disk import explain_disk_faults
from senr_duck.files.workspace import open_workspace, publish_database, publish_folder, write_text
from senr_duck.ledger import append_posted_records, keep_run, save_records, stage_ledger
from senr_duck.load.extract import Extract, load_extract
from senr_duck.load.extract_facts import find_leas, find_ods_date
from senr_duck.reference.layout import Layout, layout_on
from senr_duck.reference.tables import create_reference_tables, fill_reference_tables
from senr_duck.report import write_report
from senr_duck.run.engine import Engine, attach_database, configure
from senr_duck.run.guards import check_exits, check_guards
from senr_duck.run.manifest import derive_run_id, describe_identity, format_manifest
from senr_duck.run.notices import find_notices
from senr_duck.run.parallel import start_beside
from senr_duck.run.result import RunResult, read_exceptions, read_held_students
from senr_duck.views.overlay import explain_overlay_faults
from senr_duck.views.prepare import prepare_rules
from senr_duck.views.views import POSTED_LAYER, View, create_views

if TYPE_CHECKING:
    from senr_duck.settings.settings import Settings


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
    visit: "Callable[[duckdb.DuckDBPyConnection], None] | None" = None,
) -> RunResult:
    """Reconcile the two extracts; publish the run's folder under ``out`` and the database.

    Both are made beside their final places and renamed at the end: a run that fails leaves nothing
    behind. Without ``publish`` nothing is kept at all, in the ledger neither. ``report_step`` is
    told what is being done, and ``visit`` is given the database before a guard may stop the run.
    Raises InputError for what cannot be read or written, DataStop when a guard stops the run,
    WorkspaceBusy if another run still holds the workspace after ``wait`` seconds.
    """
    started = time.monotonic()
    layout = layout_on(settings.as_of)
    rules = prepare_rules(settings)
    with (
        explain_disk_faults(),
        explain_overlay_faults(rules.overlay),
        open_workspace(out, database, wait) as (scratch, new_database),
    ):
        with duckdb.connect() as con:
            configure(con, engine, scratch)
            attach_database(con, new_database)
            create_reference_tables(con)
            report_step("Loading both extracts")
            ods_extract, sis_extract = _load_both(con, ods, sis, layout, scratch)
            check_exits(con, settings.guards)
            settings = replace(settings, leas=find_leas(con, settings))
            ods_date = settings.ods_date or find_ods_date(con, settings.as_of)
            fill_reference_tables(con, settings, layout, sis_extract.columns_given, ods_date)
            stage_ledger(con, database, settings.leas, ods_extract.sha256, ods_date)
            report_step("Reconciling")
            of_posted = [view for view in rules.views if view.layer == POSTED_LAYER]
            create_views(con, of_posted, settings.rules)
            append_posted_records(con, layout, ods_extract)
            rest = [view for view in rules.views if view.layer != POSTED_LAYER]
            if engine.spark_master is None:
                create_views(con, rest, settings.rules)
            else:
                _create_on_spark(con, rest, settings.rules, engine.spark_master, scratch)
            accounting = _read_accounting(con, ods_extract, sis_extract)
            input_notices = (*ods_extract.notices, *sis_extract.notices)
            notices = (*input_notices, *rules.notices, *find_notices(con))
            identity = describe_identity(con, settings, ods_extract, sis_extract, rules)
            run_id = derive_run_id(identity, settings.as_of)
            record_run(con, run_id, notices, len(input_notices))
            if visit is not None:
                visit(con)
            report_step("Writing the files")
            folder = scratch / "run"
            folder.mkdir(mode=0o700)
            if publish:
                with start_beside(con, write_report, folder / "report.html") as reporting:
                    check_guards(con, settings)
                    files = build_files(con, settings.leas, layout, settings.encoding)
                    write_archives(files, folder, settings.as_of)
                    write_exceptions(con, folder / "exceptions.csv")
                    manifest = format_manifest(run_id, identity, accounting, files)
                    write_text(folder / "manifest.json", manifest)
                    save_records(con, scratch)
                    con.execute("checkpoint senr")  # else closing does it, with nothing beside it
                    reporting.result()
            else:
                check_guards(con, settings)
                files = build_files(con, settings.leas, layout, settings.encoding)
            exceptions = read_exceptions(con)
            held = read_held_students(con, settings.lea)
        result = RunResult(
            run_id=run_id,
            out_dir=out / run_id,
            is_published=publish,
            database=database,
            settings=settings,
            ods_date=ods_date,
            files=files,
            inputs={"ods": ods_extract, "sis": sis_extract},
            accounting=accounting,
            exceptions=exceptions,
            held_students_by_lea=held,
            notices=notices,
            seconds=0,
        )
        if publish:
            # Whoever finds a zip finds its run in the ledger, so that one comes first.
            keep_run(result, scratch)
            publish_database(new_database, database)
            publish_folder(folder, result.out_dir)
    return replace(result, seconds=time.monotonic() - started)


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
    with start_beside(con, load_extract, "sis", sis, layout, scratch) as loading:
        return load_extract(con, "ods", ods, layout, scratch), loading.result()


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
