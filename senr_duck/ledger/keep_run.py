"""Add a run to the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck import __version__
from senr_duck.ledger.history import keep_history, save_history
from senr_duck.ledger.place import write_place
from senr_duck.ledger.store import prepare_ledger
from senr_duck.load.plain_file import quote_path
from senr_duck.reference.sql_tables import insert_rows, quote
from senr_duck.reference.tables import UPLOAD_COLUMNS

if TYPE_CHECKING:
    import duckdb

    from senr_duck.export.archive import UploadFile
    from senr_duck.load.extract import Extract

_UPLOAD = ", ".join(UPLOAD_COLUMNS)


@dataclass(frozen=True)
class FinishedRun:
    """What the ledger keeps about a run in addition to the records of its files.

    ``out_dir`` is the run's folder and ``ods_date`` the day up to which the ODS extract reaches.
    ``held_by_lea`` has the number of students on hold in each LEA of the run; ``held_students``
    also counts those whose LEA is unknown. ``files`` are in upload order, each with its name in the
    run's folder. ``scope`` is from ``name_scope``.
    """

    run_id: str
    scope: str
    out_dir: Path
    rules: str
    as_of: date
    ods: "Extract"
    ods_date: date | None
    sis: "Extract"
    held_students: int
    held_by_lea: Mapping[str, int]
    exceptions: int
    files: "Sequence[tuple[str, UploadFile]]"


def save_records(con: "duckdb.DuckDBPyConnection", folder: Path) -> None:
    """Save the run's records, holds, counts and posted files to a folder for ``prepare_run``."""
    lines = " union all ".join(
        f"select category, file_number, class, reason, {_UPLOAD} from recon.{category}"  # noqa: S608 - names of this module
        for category in ("removals", "exits", "updates")
    )
    _save(
        con,
        folder / "record.parquet",
        f"""
        select upload_file.name as file_name, line.class, line.reason, {_UPLOAD}
        from ({lines}) as line
        inner join reference.upload_file
            on
                line.reporting_lea = upload_file.lea
                and line.category = upload_file.category
                and line.file_number = upload_file.file_number
        """,  # noqa: S608 - columns of the layout
    )
    _save(
        con,
        folder / "finding.parquet",
        """
        select distinct ssid, rule
        from recon.exception
        where severity = 'fatal' and held = 'Y' and ssid is not null
        """,
    )
    save_history(con, folder)
    _save(con, folder / "posted.parquet", "select * from recon.posted_file where posted = 'BEFORE'")


def _save(con: "duckdb.DuckDBPyConnection", path: Path, query: str) -> None:
    con.execute(f"copy ({query}) to {quote(str(path.absolute()))} (format parquet)")


def prepare_run(database: Path, run: FinishedRun, folder: Path) -> None:
    """Prepare a ledger with the run and the records that ``save_records`` left in ``folder``.

    It becomes the ledger by ``settle_ledger``, when the run's folder is published.
    A run that the ledger already has keeps the states of its files. Earlier postings that the run's
    ODS extract shows are closed. The caller must hold the workspace lock.
    """
    with prepare_ledger(database) as ledger:
        ledger.begin()
        position = ledger.execute("select coalesce(max(position), 0) + 1 from run").fetchall()[0][0]
        known = ledger.execute("delete from run where run_id = ? returning 1", [run.run_id])
        is_new = not known.fetchall()
        _add_run(ledger, database, run, position)
        if is_new:
            _add_files(ledger, run, folder)
        keep_history(ledger, run.run_id, run.scope, folder)
        ledger.execute(
            f"""
            update file set
                closed_by = $sha256,
                shown_records = shown.shown_records,
                contradicted_records = shown.contradicted_records
            from read_parquet({quote_path(folder / "posted.parquet")}) as shown
            where file.posting = shown.posting and file.closed_by is null
            """,  # noqa: S608 - a path, quoted
            {"sha256": run.ods.sha256},
        )
        ledger.commit()


def _add_run(
    ledger: "duckdb.DuckDBPyConnection", database: Path, run: FinishedRun, position: int
) -> None:
    values = {
        "run_id": run.run_id,
        "position": position,
        "made_at": datetime.now().astimezone().isoformat(timespec="seconds"),
        "senr_duck": __version__,
        "rules": run.rules,
        "as_of": run.as_of,
        "ods_file": run.ods.file_name,
        "ods_sha256": run.ods.sha256,
        "ods_lines": run.ods.lines,
        "ods_date": run.ods_date,
        "sis_file": run.sis.file_name,
        "sis_sha256": run.sis.sha256,
        "sis_lines": run.sis.lines,
        "held_students": run.held_students,
        "exceptions": run.exceptions,
        "out_dir": write_place(database, run.out_dir),
    }
    insert_rows(ledger, "run", [values])


def _add_files(ledger: "duckdb.DuckDBPyConnection", run: FinishedRun, folder: Path) -> None:
    """Add the run's LEAs, files, records and findings; a statewide run has thousands of files."""
    run_id = run.run_id
    insert_rows(
        ledger,
        "run_lea",
        (
            {"run_id": run_id, "lea": lea, "held_students": held_students}
            for lea, held_students in run.held_by_lea.items()
        ),
    )
    insert_rows(
        ledger,
        "file",
        (
            {
                "run_id": run_id,
                "lea": file.lea,
                "position": position,
                "name": name,
                "records": file.records,
                "sha256": file.sha256,
                "is_unconfirmed": file.is_unconfirmed,
                "state": "written",
            }
            for position, (name, file) in enumerate(run.files, start=1)
        ),
    )
    for table in ("record", "finding"):
        ledger.execute(
            f"""
            insert into {table} by name
            select ? as run_id, * from read_parquet({quote_path(folder / f"{table}.parquet")})
            """,  # noqa: S608 - names of this module, a path, quoted
            [run_id],
        )
