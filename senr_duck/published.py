"""The published database: what it says of the run that made it, and how it is opened."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.errors import InputError

if TYPE_CHECKING:
    import duckdb


def record_run(
    con: "duckdb.DuckDBPyConnection", run_id: str, notices: Sequence[str], of_input: int
) -> None:
    """Create ``reference.run`` and ``reference.run_notice``: the run's id, what it told the user.

    The first ``of_input`` of the notices speak of the files that were read, by name.
    """
    con.execute("create table reference.run (run_id varchar)")
    con.execute("comment on table reference.run is 'the run that made this database: one row'")
    con.execute("insert into reference.run values (?)", [run_id])
    con.execute(
        "create table reference.run_notice (position bigint, is_of_input varchar, notice varchar)"
    )
    con.execute(
        "comment on table reference.run_notice is "
        "'what the run told its user: one row per notice, in order'"
    )
    for position, notice in enumerate(notices, start=1):
        con.execute(
            "insert into reference.run_notice values (?, ?, ?)",
            [position, "Y" if position <= of_input else "N", notice],
        )


@contextmanager
def open_published(path: Path) -> "Iterator[duckdb.DuckDBPyConnection]":
    """Give a connection that only reads; raise InputError for what no run has published."""
    import duckdb

    if not path.is_file():
        raise InputError(
            f"{path} is not there; expected the database that a run publishes",
            "run senr-duck run first, or name the database with --db",
        )
    try:
        con = duckdb.connect(path, read_only=True)
    except duckdb.Error as error:
        raise InputError(
            f"{path} cannot be opened as a database of this DuckDB version",
            "name the database that a run published with --db, or run again",
        ) from error
    with con:
        known = con.execute(
            """
            select count(*) from duckdb_columns()
            where
                schema_name || '.' || table_name || '.' || column_name
                in ('reference.run.run_id', 'recon.planned_record.action_id')
            """
        ).fetchall()
        if known != [(2,)]:
            raise InputError(
                f"{path} is not a database that this version of senr-duck published",
                "run senr-duck run again, then this",
            )
        yield con
