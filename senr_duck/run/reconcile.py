"""Reconcile two extracts: load them, create the views, and read what the run needs from them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import duckdb

from senr_duck.database.everyday import create_everyday_views
from senr_duck.database.published import record_run
from senr_duck.database.schema import record_version, refuse_foreign_database, refuse_other_kind
from senr_duck.errors import DataStop
from senr_duck.export.upload_names import record_files
from senr_duck.files.database_file import check_replaceable
from senr_duck.files.disk import explain_disk_faults
from senr_duck.files.own_file import refuse_changes
from senr_duck.files.workspace import open_to_look, open_workspace
from senr_duck.ledger import (
    append_posted_records,
    name_ledger,
    name_scope,
    stage_history,
    stage_ledger,
)
from senr_duck.load.columns import read_columns
from senr_duck.load.extract import Extract
from senr_duck.load.extract_facts import find_leas, find_ods_date
from senr_duck.load.hanging_records import load_hanging_records
from senr_duck.reference.facts import fill_facts
from senr_duck.reference.file_types import SENR
from senr_duck.reference.layout import Layout, layout_on
from senr_duck.reference.tables import create_reference_tables
from senr_duck.run.both_sides import load_both, read_accounting
from senr_duck.run.engine import Engine, attach_database, configure
from senr_duck.run.guards import check_exits
from senr_duck.run.manifest import derive_run_id, describe_identity
from senr_duck.run.notices import find_notices
from senr_duck.run.stopped import leave_stopped
from senr_duck.run.stopped_run import STOPPED_RUN
from senr_duck.settings.tables import fill_settings_tables
from senr_duck.views.create import bind_views, create_views
from senr_duck.views.overlay import explain_overlay_faults
from senr_duck.views.prepare import PreparedRules, prepare_rules
from senr_duck.views.view import POSTED_LAYER

if TYPE_CHECKING:
    from senr_duck.settings.settings import Settings

_DUCKDB = Engine()


def _ignore_step(_: str) -> None:
    pass


@dataclass(frozen=True)
class Job:
    """Two extracts to reconcile, the settings, where the results go, and what the run may use.

    ``ods`` and ``sis`` are the files of each extract, in any order. Each run gets a folder under
    ``out``; ``database`` is the database to publish, and its ledger is in the same folder. ``wait``
    is how many seconds to wait for another run to end. ``report_step`` receives the name of each
    step when it begins. ``sprg_ods`` and ``sela_ods`` are the files of the ODS extracts of SPRG and
    SELA, if the run lists what of them depends on the enrollments that it changes.
    """

    ods: Sequence[Path]
    sis: Sequence[Path]
    settings: "Settings"
    out: Path
    database: Path
    engine: Engine = _DUCKDB
    wait: float = 0
    report_step: Callable[[str], None] = _ignore_step
    sprg_ods: Sequence[Path] = ()
    sela_ods: Sequence[Path] = ()


@dataclass(frozen=True)
class Reconciliation:
    """Two reconciled extracts in an open database; nothing is published yet.

    ``con`` is a connection to the database at ``new_database``; ``scratch`` is a private folder.
    ``settings`` name the run's LEAs, and ``ods_date`` is the day up to which the ODS extract
    reaches, or None if unknown. ``accounting`` has the number of lines of each side by class.
    ``identity`` is everything that decides what the run writes; ``run_id`` is derived from it.
    ``made_before`` is when the same run was last made (ISO 8601); runs of the same ``scope`` are
    compared.
    ``hanging`` are the files whose records hang on enrollments and that the run has read.
    """

    con: duckdb.DuckDBPyConnection
    scratch: Path
    new_database: Path
    settings: "Settings"
    layout: Layout
    ods: Extract
    sis: Extract
    ods_date: date | None
    accounting: dict[str, dict[str, int]]
    notices: tuple[str, ...]
    identity: dict[str, Any]
    run_id: str
    scope: str
    made_before: str | None
    hanging: tuple[str, ...]


@contextmanager
def reconcile(job: Job, *, leaves_stopped: bool = False) -> Iterator[Reconciliation]:
    """Load and reconcile the two extracts, and pass the result to the body.

    No other run can use the workspace until the body ends. Anything that the body has not published
    by then is removed, so a run that fails leaves nothing. With ``leaves_stopped``, one that a
    guard or the data stops leaves the folder ``stopped`` under ``job.out``, also if the body stops
    it; and a database or ledger that a program on Windows has open is refused at once. Without it,
    the body cannot publish anything, and ``job.out`` is not used. Raises
    InputError if something cannot be read or written, also in the body; UnreadableColumns for
    columns that cannot be read; DataStop for an ODS extract without exits; WorkspaceBusy if another
    run is still using the workspace after ``job.wait`` seconds.
    """
    refuse_foreign_database(job.database)
    refuse_other_kind(job.database, SENR)
    rules = prepare_rules(job.settings)
    with (
        explain_disk_faults(),
        explain_overlay_faults(rules.overlay),
        _open_place(job, leaves_stopped) as (scratch, new_database),
        duckdb.connect() as con,
    ):
        if leaves_stopped:  # a run, which replaces them at its end
            check_replaceable(job.database, name_ledger(job.database))
        configure(con, job.engine, scratch)
        attach_database(con, new_database)
        try:
            with refuse_changes(job.settings.keep_file, job.settings.school_list):
                reconciled = _reconcile(con, job, rules, scratch, new_database)
            yield reconciled
        except DataStop as stop:
            if leaves_stopped:
                leave_stopped(stop, con, new_database, scratch, job.out, STOPPED_RUN)
            raise


def _open_place(job: Job, is_run: bool) -> AbstractContextManager[tuple[Path, Path]]:
    if is_run:
        return open_workspace(job.out, job.database, job.wait)
    return open_to_look(job.database, job.wait)


def _reconcile(
    con: duckdb.DuckDBPyConnection,
    job: Job,
    rules: PreparedRules,
    scratch: Path,
    new_database: Path,
) -> Reconciliation:
    create_reference_tables(con)
    record_version(con)
    job.report_step("Loading both extracts")
    layout = layout_on(job.settings.as_of)
    ods, sis = load_both(con, job.ods, job.sis, job.settings, layout, scratch)
    hanging = load_hanging_records(con, job.sprg_ods, job.sela_ods, job.settings.as_of, scratch)
    columns = read_columns(con, job.settings.translate, _list_missing_leas(job.settings, sis))
    check_exits(con, job.settings.guards)
    settings = replace(job.settings, leas=find_leas(con, job.settings))
    ods_date = settings.ods_date or find_ods_date(con, settings.as_of)
    fill_facts(con, settings.as_of, settings.severities)
    fill_settings_tables(
        con,
        settings,
        layout,
        sis.columns_given,
        ods_date,
        # a view that is not ours may look at any student
        use_shortcut=job.engine.has_shortcut and not (rules.overlay or rules.changed),
    )
    stage_ledger(con, job.database, settings.leas, ods.sha256, ods_date)
    job.report_step("Reconciling")
    _create_posted_views(con, rules, settings.rules)
    append_posted_records(con, layout, ods)
    columns.apply(con)
    _create_other_views(con, rules, settings.rules, job.engine, scratch)
    accounting = read_accounting(con, "recon.accounting", ods, sis)
    record_files(con)
    create_everyday_views(con)
    of_hanging = (notice for extract in hanging.values() for notice in extract.notices)
    input_notices = (*ods.notices, *sis.notices, *of_hanging, *columns.notices)
    notices = (*input_notices, *rules.notices, *find_notices(con))
    identity = describe_identity(con, settings, ods, sis, rules, hanging)
    run_id = derive_run_id(identity, settings.as_of)
    record_run(con, run_id, notices, len(input_notices))
    scope = name_scope(settings.leas, settings.schools)
    made_before = stage_history(con, job.database, run_id, scope)
    return Reconciliation(
        con=con,
        scratch=scratch,
        new_database=new_database,
        settings=settings,
        layout=layout,
        ods=ods,
        sis=sis,
        ods_date=ods_date,
        accounting=accounting,
        notices=notices,
        identity=identity,
        run_id=run_id,
        scope=scope,
        made_before=made_before,
        hanging=tuple(hanging),
    )


def _list_missing_leas(settings: "Settings", sis: Extract) -> dict[str, str]:
    """Return the LEA of each SIS file that does not name it."""
    lacking = (file for file in sis.files if "reporting_lea" not in file.columns)
    return {file.file_name: settings.lea for file in lacking if settings.lea}


def _create_posted_views(
    con: duckdb.DuckDBPyConnection, rules: PreparedRules, version: str
) -> None:
    """Create the views that choose the posted records to add after the lines of the ODS extract."""
    views = [view for view in rules.views if view.layer == POSTED_LAYER]
    create_views(con, views, version, rules.overlay)


def _create_other_views(
    con: duckdb.DuckDBPyConnection,
    rules: PreparedRules,
    version: str,
    engine: Engine,
    scratch: Path,
) -> None:
    """Create all other views, with DuckDB or with Spark."""
    views = [view for view in rules.views if view.layer != POSTED_LAYER]
    if engine.spark_master is None:
        create_views(con, views, version, rules.overlay)
    else:
        from senr_duck.engines.spark import create_views_on_spark

        with TemporaryDirectory(prefix="spark-", dir=scratch) as folder:
            create_views_on_spark(con, views, version, engine.spark_master, Path(folder).absolute())
    bind_views(con)
