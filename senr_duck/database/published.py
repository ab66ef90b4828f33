"""The published database: what it knows about the run that made it, and how to open it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.database.schema import check_version, find_kind
from senr_duck.errors import InputError
from senr_duck.files.database_file import explain_damage, name_journal, refuse_locked
from senr_duck.files.regular_file import find_fault
from senr_duck.reference.file_types import SENR
from senr_duck.reference.sql_tables import create_tables, insert_rows

if TYPE_CHECKING:
    import duckdb

# Each table's grain, and its columns.
_TABLES = {
    "reference.run": ("the run that made this database: one row", "run_id varchar"),
    "reference.run_notice": (
        "the notices that the run printed: one row per notice, in order",
        "position bigint, is_of_input boolean, notice varchar",
    ),
    "reference.run_stop": (
        "why the run was stopped and nothing published: one row per message, in order; none of a "
        "run that was published",
        "position bigint, message varchar",
    ),
}

# The connection may not read other files, load extensions, use this program's variables as tables,
# or write temporary files.
_CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_persistent_secrets": "false",
    "python_enable_replacements": "false",
    "temp_directory": "",
}
# No progress bar between the rows; and after this, no setting can be changed. DuckDB looks for a
# journal when it opens the database, so the access to other files ends only now.
_LOCK = (
    "set enable_external_access = false; set enable_progress_bar = false;"
    " set lock_configuration = true"
)
_REPLACE = "`senr-duck run` makes a new one, from the same extracts; the ledger is another file"
# The names of tables in these schemas do not need the schema. A run that stopped early has not made
# all of them.
_SEARCHED = ("recon", "sela", "sprg", "sinf", "staging", "reference")


def record_run(
    con: "duckdb.DuckDBPyConnection", run_id: str, notices: Sequence[str], of_input: int
) -> None:
    """Create ``reference.run`` and ``reference.run_notice``, and ``reference.run_stop`` empty.

    The first ``of_input`` notices are about the input files and contain their names.
    """
    create_tables(con, _TABLES)
    insert_rows(con, "reference.run", [{"run_id": run_id}])
    insert_rows(
        con,
        "reference.run_notice",
        (
            {
                "position": position,
                "is_of_input": position <= of_input,
                "notice": notice,
            }
            for position, notice in enumerate(notices, start=1)
        ),
    )


def record_stop(con: "duckdb.DuckDBPyConnection", messages: Sequence[str]) -> None:
    """Fill ``reference.run_stop`` with the messages of the guards that stopped the run."""
    insert_rows(
        con,
        "reference.run_stop",
        (
            {"position": position, "message": message}
            for position, message in enumerate(messages, start=1)
        ),
    )


def is_stopped(con: "duckdb.DuckDBPyConnection") -> bool:
    """Return whether a guard stopped the run that made the database."""
    [(messages,)] = con.execute("select count(*) from reference.run_stop").fetchall()
    return bool(messages)


@contextmanager
def open_published(
    database: Path, *, is_compared: bool = True
) -> "Iterator[duckdb.DuckDBPyConnection]":
    """Open the database that a run published, for reading only.

    Statements on the connection cannot write, cannot read other files, and cannot lift these
    limits. Without ``is_compared``, the database of a run that stopped before it had compared
    anything will do: it has the extracts alone. Raises InputError for a file that is missing, that
    no run published, or that an older or newer senr-duck did; and for one next to which a session
    that wrote to it, or to its predecessor, has left its journal.
    """
    import duckdb

    hint = "use --db to name the file that `senr-duck run` published; default: senr.duckdb"
    if found := find_fault(database):
        raise InputError(f"{database}: found {found}, expected a published database", hint)
    journal = name_journal(database)
    try:
        con = duckdb.connect(str(database.absolute()), read_only=True, config=_CLOSED)
    except duckdb.Error as error:
        reason = str(error).partition("\n")[0]
        if journal.exists() and "WAL" in reason:
            raise _refuse_journal(database, journal) from error
        refuse_locked(database, error)
        raise InputError(f"{database} cannot be opened as a database: {reason}", hint) from error
    if journal.exists():
        con.close()
        raise _refuse_journal(database, journal)
    with con, explain_damage(database, _REPLACE):
        check_version(con, database, hint)
        try:
            con.execute("select source_line from staging.sis_raw limit 0")
            if is_compared:
                con.execute("select run_id from reference.run limit 0")
                con.execute("select action_id from recon.planned_record limit 0")
        except (duckdb.BinderException, duckdb.CatalogException):
            if find_kind(con) != SENR:
                raise InputError(
                    f"{database} is of a comparison; expected one of a SENR run", hint
                ) from None
            raise InputError(
                f"{database} is not complete: it is of a run that stopped before it had compared "
                "the extracts",
                hint,
            ) from None
        made = con.execute("select schema_name from duckdb_schemas() where not internal").fetchall()
        searched = [schema for schema in _SEARCHED if (schema,) in made]
        con.execute("set search_path = ?", [",".join(searched)])
        con.execute(_LOCK)
        yield con


def _refuse_journal(database: Path, journal: Path) -> InputError:
    return InputError(
        f"{database} cannot be opened: {journal.name} in the same folder has what a session has "
        "written to this database, or to the one that it replaced",
        f"close that session; if {journal.name} is still there then, move it away",
    )
