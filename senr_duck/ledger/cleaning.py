"""Remove the folders of old runs."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.files.database_file import explain_open_file

if TYPE_CHECKING:
    import duckdb


def clean_runs(ledger: "duckdb.DuckDBPyConnection", keep: int) -> tuple[Path, ...]:
    """Remove the folders of all but the last ``keep`` runs of each LEA; return the removed ones.

    A run that is only partly posted is kept too, because its zip is still needed. If nothing of a
    removed run was posted or rejected, the ledger forgets the run, so that it cannot be marked as
    posted later; otherwise the ledger keeps everything about it. Folders that the ledger does not
    know are left alone. Raises InputError if a program on Windows has one of a folder's files open.
    """
    removed = []
    for run_id, out_dir in ledger.execute(
        """
        with states as (
            select
                run_id,
                lea,
                count(case when state = 'posted' then 1 end) as posted,
                count(case when state = 'written' and records > 0 then 1 end) as written
            from file
            group by run_id, lea
        ),
        numbered as (
            select
                run.run_id, run_lea.lea, run.out_dir, run.position,
                row_number() over (partition by run_lea.lea order by run.position desc) as age
            from run
            inner join run_lea on run.run_id = run_lea.run_id
        )
        select numbered.run_id, numbered.out_dir
        from numbered
        inner join states on numbered.run_id = states.run_id and numbered.lea = states.lea
        group by numbered.run_id, numbered.out_dir, numbered.position
        having
            min(numbered.age) > ?
            and count(case when states.posted > 0 and states.written > 0 then 1 end) = 0
        order by numbered.position
        """,
        [keep],
    ).fetchall():
        folder = Path(out_dir)
        if folder.name != run_id or not folder.is_dir():
            continue
        with explain_open_file(folder):  # Excel may have its exceptions.csv
            shutil.rmtree(folder)
        removed.append(folder)
        _forget_run(ledger, run_id)
    return tuple(removed)


def _forget_run(ledger: "duckdb.DuckDBPyConnection", run_id: str) -> None:
    used = ledger.execute(
        "select 1 from file where run_id = ? and state <> 'written'", [run_id]
    ).fetchall()
    for table in () if used else ("run", "run_lea", "file", "record", "finding", "rejection"):
        ledger.execute(f"delete from {table} where run_id = ?", [run_id])  # noqa: S608 - names of this module
