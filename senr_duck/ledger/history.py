"""What the ledger keeps of every run so that a later one can say what has changed since."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.ledger.store import attach_ledger
from senr_duck.load.plain_file import quote_path
from senr_duck.reference.sql_tables import quote

if TYPE_CHECKING:
    import duckdb

# The view that fills each of the tables, all of which begin with the run's ID.
_SOURCES = {
    "run_total": "records_sent, students_held, findings_open from recon.run_total",
    "run_count": "kind, class, name, lines, students from recon.run_count",
    "open_finding": (
        "reporting_lea, student, rule, severity, local_student_id, school_of_attendance"
        " from recon.open_finding"
    ),
}


def name_scope(leas: Sequence[str], schools: Sequence[str]) -> str:
    """Return the text by which runs are comparable: their LEAs, and the schools asked for."""
    return " ".join([*sorted(leas), *(["schools", *sorted(schools)] if schools else [])])


def save_history(con: "duckdb.DuckDBPyConnection", folder: Path) -> None:
    """Save what the ledger keeps of this run to a folder for ``keep_history``."""
    for table, source in _SOURCES.items():
        name = quote(str(_name_file(folder, table).absolute()))
        con.execute(f"copy (select {source}) to {name} (format parquet)")


def keep_history(
    ledger: "duckdb.DuckDBPyConnection", run_id: str, scope: str, folder: Path
) -> None:
    """Put what ``save_history`` left in ``folder`` into the ledger, in place of an earlier one."""
    for table in _SOURCES:
        ledger.execute(f"delete from {table} where run_id = ?", [run_id])  # noqa: S608 - names of this module
        ledger.execute(
            f"""
            insert into {table} by name
            select $run_id as run_id, {"$scope as scope," if table == "run_total" else ""} *
            from read_parquet({quote_path(_name_file(folder, table))})
            """,  # noqa: S608 - names of this module, a path, quoted
            {"run_id": run_id} | ({"scope": scope} if table == "run_total" else {}),
        )


def stage_history(
    con: "duckdb.DuckDBPyConnection", database: Path, run_id: str, scope: str
) -> str | None:
    """Fill ``staging.earlier_run``, ``last_count`` and ``last_finding`` from the ledger.

    Only other runs of the same scope count. Returns when this very run was last made (ISO 8601), or
    None if it is new. The caller must hold the workspace lock.
    """
    with attach_ledger(con, database) as is_there:
        if not is_there:
            return None
        con.execute(
            """
            insert into staging.earlier_run
            select
                12 - row_number() over (order by run.position desc) as position,
                run.run_id,
                run.as_of,
                row_number() over (order by run.position desc) = 1 as is_last,
                total.records_sent,
                total.students_held,
                total.findings_open
            from ledger.run as run
            inner join ledger.run_total as total on run.run_id = total.run_id
            where total.scope = $scope and run.run_id <> $run_id
            qualify row_number() over (order by run.position desc) <= 11
            """,
            {"scope": scope, "run_id": run_id},
        )
        for table, kept in (("last_count", "run_count"), ("last_finding", "open_finding")):
            con.execute(
                f"""
                insert into staging.{table}
                select kept.* exclude (run_id)
                from ledger.{kept} as kept
                inner join staging.earlier_run as earlier
                    on kept.run_id = earlier.run_id and earlier.is_last
                """  # noqa: S608 - names of this module
            )
        made = con.execute("select made_at from ledger.run where run_id = ?", [run_id]).fetchall()
    return str(made[0][0]) if made else None


def _name_file(folder: Path, table: str) -> Path:
    return folder / f"{table}.parquet"
