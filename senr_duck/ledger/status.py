"""Read from the ledger where the last runs stand."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class LedgerFile:
    """An upload file; ``state`` is written, posted or rejected.

    ``is_closed``: an ODS extract made after the posting was compared since, and it shows
    ``contradicted_records`` otherwise than posted. ``errors`` are the fatal codes of the rejected
    records, each with the number of records.
    """

    name: str
    records: int
    state: str
    posted_on: date | None
    is_closed: bool
    contradicted_records: int
    errors: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class LedgerRun:
    """A run with its files in upload order; ``next_file`` is what to upload now, if anything is.

    Only an LEA's last run has a next file: an older one was made from an older comparison.
    """

    run_id: str
    made_at: str
    lea: str
    as_of: date
    ods_file: str
    ods_date: date | None
    held_students: int
    out_dir: str
    files: tuple[LedgerFile, ...]
    next_file: str | None


def read_status(ledger: "duckdb.DuckDBPyConnection", runs: int) -> tuple[LedgerRun, ...]:
    """Return the last runs, the newest first."""
    listed = ledger.execute(
        """
        select
            run_id, made_at, lea, as_of, ods_file, ods_date, held_students, out_dir,
            position = max(position) over (partition by lea) as is_last
        from run
        order by position desc
        limit ?
        """,
        [runs],
    ).fetchall()
    return tuple(
        LedgerRun(*(*row[:-1], files, _find_next(files) if row[-1] else None))
        for row in listed
        for files in [_read_files(ledger, row[0])]
    )


def _read_files(ledger: "duckdb.DuckDBPyConnection", run_id: str) -> tuple[LedgerFile, ...]:
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
    return tuple(
        LedgerFile(*(*row, tuple(errors.get(row[0], ()))))
        for row in ledger.execute(
            """
            select
                name, records, state, posted_on, closed_by is not null,
                coalesce(contradicted_records, 0)
            from file where run_id = ? order by position
            """,
            [run_id],
        ).fetchall()
    )


def _find_next(files: tuple[LedgerFile, ...]) -> str | None:
    for file in files:
        if file.state == "rejected":
            return None
        if file.state == "written" and file.records:
            return file.name
    return None
