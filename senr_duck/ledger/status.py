"""Read the state of the last runs from the ledger."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.ledger.place import read_place

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class LedgerFile:
    """An upload file; ``state`` is written, posted, or rejected.

    ``is_unconfirmed`` says that CALPADS does not document whether it accepts it. ``is_closed``
    means that a later run compared an ODS extract made after the posting; ``contradicted_records``
    is how many records differ in that extract. ``errors`` are the fatal codes of the rejected
    records, each with the number of records.
    """

    name: str
    records: int
    is_unconfirmed: bool
    state: str
    posted_on: date | None
    is_closed: bool
    contradicted_records: int
    errors: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class LedgerRun:
    """An LEA's part of a run, which may be ``is_of_several``, with its files in upload order.

    ``next_file`` is the file to upload now, if there is one. Only an LEA's last run has one,
    because older runs come from older comparisons.
    """

    run_id: str
    made_at: str
    lea: str
    as_of: date
    ods_file: str
    ods_date: date | None
    held_students: int
    out_dir: str
    is_of_several: bool
    files: tuple[LedgerFile, ...]
    next_file: str | None


def read_status(
    ledger: "duckdb.DuckDBPyConnection", database: Path, runs: int
) -> tuple[LedgerRun, ...]:
    """Return the last runs, newest first; a run of several LEAs gives one entry per LEA."""
    return _read_runs(ledger, database, "dense_rank() over (order by run.position desc) <= ?", runs)


def read_last_runs(ledger: "duckdb.DuckDBPyConnection", database: Path) -> tuple[LedgerRun, ...]:
    """Return the last run of each LEA, newest first."""
    return _read_runs(ledger, database, "is_last and ?", True)


def _read_runs(
    ledger: "duckdb.DuckDBPyConnection", database: Path, condition: str, value: int
) -> tuple[LedgerRun, ...]:
    listed = ledger.execute(
        f"""
        select
            run.run_id, run.made_at, run_lea.lea, run.as_of, run.ods_file, run.ods_date,
            run_lea.held_students, run.out_dir,
            run.position = max(run.position) over (partition by run_lea.lea) as is_last
        from run
        inner join run_lea on run.run_id = run_lea.run_id
        qualify {condition}
        order by run.position desc, run_lea.lea
        """,  # noqa: S608 - conditions of this module
        [value],
    ).fetchall()
    files = {run_id: _read_files(ledger, run_id) for run_id in dict.fromkeys(r[0] for r in listed)}
    return tuple(
        LedgerRun(
            *(
                *row[:-2],
                str(read_place(database, row[-2])),
                len(files[row[0]]) > 1,
                of_lea,
                _find_next(of_lea) if row[-1] else None,
            )
        )
        for row in listed
        for of_lea in [tuple(files[row[0]][row[2]])]
    )


def _read_files(ledger: "duckdb.DuckDBPyConnection", run_id: str) -> dict[str, list[LedgerFile]]:
    """Return a run's files by LEA, in upload order."""
    errors: dict[str, list[tuple[str, int]]] = {}
    for name, code, records in ledger.execute(
        """
        select file_name, code, count(distinct action_id)
        from rejection
        where run_id = ? and severity = 'fatal'
        group by file_name, code
        order by file_name, code
        """,
        [run_id],
    ).fetchall():
        errors.setdefault(name, []).append((code, records))
    files: dict[str, list[LedgerFile]] = {}
    for lea, *row in ledger.execute(
        """
        select
            lea, name, records, is_unconfirmed, state, posted_on, closed_by is not null,
            coalesce(contradicted_records, 0)
        from file where run_id = ? order by position
        """,
        [run_id],
    ).fetchall():
        files.setdefault(lea, []).append(LedgerFile(*(*row, tuple(errors.get(row[0], ())))))
    return files


def _find_next(files: tuple[LedgerFile, ...]) -> str | None:
    for file in files:
        if file.state == "rejected":
            return None
        if file.state == "written" and file.records:
            return file.name
    return None
