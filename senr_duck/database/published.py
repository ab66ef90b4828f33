"""The published database: what it says of the run that made it, and how it is opened."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.errors import InputError

if TYPE_CHECKING:
    import duckdb

# No file but the database itself, no extension, no variable of this program as a table, nothing
# spilled to disk.
_CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_persistent_secrets": "false",
    "python_enable_replacements": "false",
    "temp_directory": "",
}
# Nothing printed between the rows; and from then on no setting can be changed.
_LOCK = "set enable_progress_bar = false; set lock_configuration = true"


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
        "create table reference.run_notice (position bigint, is_of_input boolean, notice varchar)"
    )
    con.execute(
        "comment on table reference.run_notice is "
        "'what the run told its user: one row per notice, in order'"
    )
    for position, notice in enumerate(notices, start=1):
        con.execute(
            "insert into reference.run_notice values (?, ?, ?)",
            [position, position <= of_input, notice],
        )


@contextmanager
def open_published(database: Path) -> "Iterator[duckdb.DuckDBPyConnection]":
    """Open the database that a run published, for reading and for nothing else.

    Whatever is executed on the connection can write nothing, reads no other file, and cannot lift
    these limits. Raises InputError for a file that is missing or that no run published, or beside
    which a session that wrote to its predecessor has left its journal.
    """
    import duckdb

    hint = "give the file that `senr-duck run` published with --db; default senr.duckdb"
    if not database.is_file():
        raise InputError(f"{database}: found no such file, expected a published database", hint)
    try:
        con = duckdb.connect(str(database), read_only=True, config=_CLOSED)
        con.execute(_LOCK)
    except duckdb.Error as error:
        reason = str(error).partition("\n")[0]
        journal = database.with_name(f"{database.name}.wal")
        if journal.exists() and "WAL" in reason:
            raise InputError(
                f"{database} cannot be opened: {journal.name} beside it belongs to the database "
                "that this one has replaced, to which a session has written since",
                f"close that session; if {journal.name} is still there then, move it away",
            ) from error
        raise InputError(f"{database} cannot be opened as a database: {reason}", hint) from error
    with con:
        try:
            con.execute("select run_id from reference.run limit 0")
            con.execute("select action_id from recon.planned_record limit 0")
        except duckdb.Error:
            raise InputError(
                f"{database} is a database, but not one that this version of senr-duck published: "
                "it lacks reference.run or recon.planned_record",
                hint,
            ) from None
        yield con
