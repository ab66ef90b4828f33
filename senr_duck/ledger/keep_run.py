"""Keep a run in the ledger."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from senr_duck import __version__
from senr_duck.export.upload_names import create_file_table
from senr_duck.ledger.store import change_ledger
from senr_duck.load.plain_file import quote_path
from senr_duck.reference.tables import UPLOAD_COLUMNS

if TYPE_CHECKING:
    import duckdb

    from senr_duck.run.result import RunResult

_UPLOAD = ", ".join(UPLOAD_COLUMNS)


def save_records(con: "duckdb.DuckDBPyConnection", folder: Path) -> None:
    """Save the run's records, findings on them and posted files where ``keep_run`` finds them."""
    create_file_table(con)
    lines = " union all ".join(
        f"select '{category}' as category, file_number, {_UPLOAD} from recon.{category}"  # noqa: S608 - names of this module
        for category in ("removals", "exits", "updates")
    )
    _save(
        con,
        folder / "record.parquet",
        f"""
        select upload_file.name as file_name, planned.class, planned.reason, {_UPLOAD}
        from ({lines}) as line
        inner join upload_file
            on
                line.reporting_lea = upload_file.lea
                and line.category = upload_file.category
                and line.file_number = upload_file.number
        inner join (select action_id, class, reason from recon.planned_record) as planned
            on line.local_record_id = planned.action_id
        """,  # noqa: S608 - columns of the layout
    )
    _save(
        con,
        folder / "finding.parquet",
        """
        select distinct planned.action_id, finding.rule, finding.severity
        from recon.planned_record as planned
        inner join recon.finding as finding
            on
                planned.ods_line is not distinct from finding.ods_line
                and planned.sis_line is not distinct from finding.sis_line
        """,
    )
    _save(con, folder / "posted.parquet", "select * from recon.posted_file where posted = 'BEFORE'")


def _save(con: "duckdb.DuckDBPyConnection", path: Path, query: str) -> None:
    name = str(path.absolute()).replace("'", "''")
    con.execute(f"copy ({query}) to '{name}' (format parquet)")


def keep_run(run: "RunResult", folder: Path) -> None:
    """Keep the run in the ledger, with its records as ``save_records`` left them in ``folder``.

    A run that was made before keeps its files' states. What the run's ODS extract shows of earlier
    postings closes them. The caller holds the workspace.
    """
    ods, sis = run.inputs["ods"], run.inputs["sis"]
    with change_ledger(run.database) as ledger:
        ledger.begin()
        position = ledger.execute("select coalesce(max(position), 0) + 1 from run").fetchall()[0][0]
        known = ledger.execute("delete from run where run_id = ? returning 1", [run.run_id])
        is_new = not known.fetchall()
        ledger.execute(
            "insert into run values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [run.run_id, position, datetime.now().astimezone().isoformat(timespec="seconds")]
            + [__version__, run.settings.rules, run.settings.as_of]
            + [ods.file_name, ods.sha256, ods.lines, run.ods_date]
            + [sis.file_name, sis.sha256, sis.lines]
            + [run.held_students, sum(run.exceptions.values()), str(run.out_dir.absolute())],
        )
        if is_new:
            _add_files(ledger, run, folder)
        ledger.execute(
            f"""
            update file set
                closed_by = $sha256,
                shown_records = shown.shown_records,
                contradicted_records = shown.contradicted_records
            from read_parquet({quote_path(folder / "posted.parquet")}) as shown
            where file.posting = shown.posting and file.closed_by is null
            """,  # noqa: S608 - a path, quoted
            {"sha256": ods.sha256},
        )
        ledger.commit()


def _add_files(ledger: "duckdb.DuckDBPyConnection", run: "RunResult", folder: Path) -> None:
    _insert(
        ledger,
        "run_lea",
        run.run_id,
        {
            "lea": [one.lea for one in run.leas],
            "held_students": [one.held_students for one in run.leas],
        },
    )
    _insert(
        ledger,
        "file",
        run.run_id,
        {
            "lea": [file.lea for file in run.files],
            "position": list(range(1, len(run.files) + 1)),
            "name": [name for name, _ in run.named_files],
            "records": [file.records for file in run.files],
            "sha256": [file.sha256 for file in run.files],
            "is_unconfirmed": [file.is_unconfirmed for file in run.files],
            "state": ["written" for _ in run.files],
        },
    )
    for table in ("record", "finding"):
        ledger.execute(
            f"""
            insert into {table} by name
            select ? as run_id, * from read_parquet({quote_path(folder / f"{table}.parquet")})
            """,  # noqa: S608 - names of this module, a path, quoted
            [run.run_id],
        )


def _insert(
    ledger: "duckdb.DuckDBPyConnection", table: str, run_id: str, columns: dict[str, list[Any]]
) -> None:
    """Insert a run's rows, given by column, in one go: a state has thousands of files."""
    lists = ", ".join(f"unnest(${name}) as {name}" for name in columns)
    ledger.execute(
        f"insert into {table} by name select $run_id as run_id, {lists}",
        {"run_id": run_id, **columns},
    )
