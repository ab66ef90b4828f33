"""The version of the published database's tables and views, and whether a database is ours."""

from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck import __version__
from senr_duck.errors import InputError
from senr_duck.files.own_file import refuse_foreign
from senr_duck.ledger import name_ledger
from senr_duck.reference.file_types import SENR
from senr_duck.reference.sql_tables import create_tables, insert_rows

if TYPE_CHECKING:
    import duckdb

# Increase it when a command reads from the database what an older one does not have.
VERSION = 2
_TABLES = {
    "reference.schema_version": (
        "which senr-duck made this database, and the version of its tables and views: one row",
        "version bigint, senr_duck varchar",
    )
}
_OF_EVERY_VERSION = "run_parameters"  # the table of the schema reference by which it is ours
_DUCKDB = b"DUCK"  # in each DuckDB file, behind a checksum of 8 bytes


def record_version(con: "duckdb.DuckDBPyConnection") -> None:
    """Create ``reference.schema_version``; the schema ``reference`` must be there."""
    create_tables(con, _TABLES)
    insert_rows(con, "reference.schema_version", [{"version": VERSION, "senr_duck": __version__}])


def read_version(con: "duckdb.DuckDBPyConnection") -> int | None:
    """Return the version of the connection's database; None for one that is not ours.

    The first version did not say its number.
    """
    found = con.execute(
        "select table_name from duckdb_tables()"
        " where database_name = current_database() and schema_name = 'reference'"
    ).fetchall()
    names = {name for (name,) in found}
    if _OF_EVERY_VERSION not in names:
        return None
    if "schema_version" not in names:
        return 1
    [(version,)] = con.execute("select max(version) from reference.schema_version").fetchall()
    return None if version is None else int(version)


def check_version(con: "duckdb.DuckDBPyConnection", database: Path, hint: str) -> None:
    """Raise InputError for a database that is not ours, is older, or is newer than this program."""
    version = read_version(con)
    if version is None:
        raise InputError(f"{database} is a database, but not one that senr-duck published", hint)
    if version > VERSION:
        raise _refuse_newer(database, version)
    if version < VERSION:
        raise InputError(
            f"{database} was published by an older senr-duck: its version is {version}, expected "
            f"{VERSION}",
            "run again with `senr-duck run`, which replaces it",
        )


def refuse_foreign_database(database: Path) -> None:
    """Raise InputError if ``--db`` names anything that this or an older senr-duck did not publish.

    A missing file is fine.
    """
    refuse_foreign(database, "--db", "a database", _is_ours)


def refuse_other_kind(database: Path, file_type: str) -> None:
    """Raise InputError if ``--db`` names a database of ours that is of another file.

    ``file_type`` is the code of the file: SENR for a run, or that of a comparison. A missing file
    is fine.
    """
    found = read_kind(database)
    if found in (None, file_type):
        return
    raise InputError(
        f"--db: {database} is of {_describe(str(found))}; expected a new file, or the database of "
        f"an earlier {'run' if file_type == SENR else f'comparison of {file_type}'}",
        "leave --db out, or name another file",
    )


def read_kind(database: Path) -> str | None:
    """Return the code of the file that a database of ours is of: SENR, or that of a comparison.

    None for a file that is missing or empty, or that cannot be read because a session has it open.
    """
    import duckdb

    if not database.exists() or not database.stat().st_size:
        return None
    try:
        with duckdb.connect(str(database.absolute()), read_only=True) as con:
            return find_kind(con)
    except duckdb.Error:  # then it cannot be replaced either
        return None


def is_comparison(database: Path) -> bool:
    """Return whether a database is of a comparison, as far as ``read_kind`` can tell."""
    return read_kind(database) not in (None, SENR)


def find_kind(con: "duckdb.DuckDBPyConnection") -> str:
    """Return what ``read_kind`` does, of a database that is open.

    A comparison that stopped early has the table of its file, but no row.
    """
    if not con.execute(
        "select 1 from duckdb_tables()"
        " where schema_name = 'reference' and table_name = 'compare_parameters'"
    ).fetchall():
        return SENR
    found = con.execute("select file_type from reference.compare_parameters").fetchall()
    return str(found[0][0]) if found else ""


def _describe(file_type: str) -> str:
    if file_type == SENR:
        return "a SENR run"
    return f"a comparison of {file_type}" if file_type else "a comparison that was stopped"


def _is_ours(database: Path) -> bool:
    import duckdb

    with database.open("rb") as file:
        if not file.read(12).endswith(_DUCKDB):
            return False
    try:
        with duckdb.connect(str(database.absolute()), read_only=True) as con:
            version = read_version(con)
    except duckdb.Error:
        # a session has it open or has left its journal, or it is damaged
        return name_ledger(database).is_file()
    if version is not None and version > VERSION:
        raise _refuse_newer(database, version)
    return version is not None


def _refuse_newer(database: Path, version: int) -> InputError:
    return InputError(
        f"{database} was published by a newer senr-duck: its version is {version}, expected "
        f"{VERSION}",
        "install the newer senr-duck again, or run again with another --db",
    )
