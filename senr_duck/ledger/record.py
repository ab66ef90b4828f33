"""Keep a run in the ledger."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck import __version__
from senr_duck.intake import quote_path
from senr_duck.ledger.store import change_ledger
from senr_duck.reference import UPLOAD_COLUMNS
from senr_duck.upload_names import list_files

if TYPE_CHECKING:
    import duckdb

    from senr_duck.run import RunResult

_UPLOAD = ", ".join(UPLOAD_COLUMNS)


def save_records(con: "duckdb.DuckDBPyConnection", folder: Path) -> None:
    """Save the run's records, findings on them and posted files where ``keep_run`` finds them."""
    con.execute(
        "create temporary table planned_file (category varchar, number bigint, name varchar)"
    )
    con.executemany(
        "insert into planned_file values (?, ?, ?)",
        [[file.category, file.number, file.name] for file in list_files(con)],
    )
    lines = " union all ".join(
        f"select '{category}' as category, file_number, {_UPLOAD} from recon.{category}"  # noqa: S608 - names of this module
        for category in ("removals", "exits", "updates")
    )
    _save(
        con,
        folder / "record.parquet",
        f"""
        select planned_file.name as file_name, planned.class, planned.reason, {_UPLOAD}
        from ({lines}) as line
        inner join planned_file
            on line.category = planned_file.category and line.file_number = planned_file.number
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
    con.execute("drop table planned_file")


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
            "insert into run values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [run.run_id, position, datetime.now().astimezone().isoformat(timespec="seconds")]
            + [__version__, run.settings.rules, run.settings.lea, run.settings.as_of]
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
    for position, file in enumerate(run.files, start=1):
        ledger.execute(
            """
            insert into file by name
            select
                ? as run_id, ? as position, ? as name, ? as records, ? as sha256,
                ? as is_unconfirmed, 'written' as state
            """,
            [run.run_id, position, file.name, file.records, file.sha256]
            + ["Y" if file.is_unconfirmed else "N"],
        )
    for table in ("record", "finding"):
        ledger.execute(
            f"""
            insert into {table} by name
            select ? as run_id, * from read_parquet({quote_path(folder / f"{table}.parquet")})
            """,  # noqa: S608 - names of this module, a path, quoted
            [run.run_id],
        )
