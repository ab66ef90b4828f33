"""A comparison replaces only the database of an earlier comparison of the same file."""

from pathlib import Path

import duckdb

from senr_duck.database.schema import refuse_foreign_database
from senr_duck.errors import InputError

_HINT = "leave --db out, or name another file"


def refuse_other_database(database: Path, senr: Path | None, file_type: str) -> None:
    """Raise InputError if ``--db`` names anything but such a database, or a new file.

    ``senr`` is the database whose enrollments are read, or None. The name of the schema cannot be
    the name of the file, because a query could then mean either.
    """
    if senr is not None and senr.absolute() == database.absolute():
        raise InputError(f"--db: {database} is the database of --senr, expected another", _HINT)
    if database.stem.lower() == file_type.lower():
        raise InputError(
            f"--db: found {database}, expected another name: the views are in a schema "
            f"{file_type.lower()}, and a query could not tell it from the file",
            _HINT,
        )
    refuse_foreign_database(database)
    found = _read_file_type(database)
    if found not in (None, file_type):
        raise InputError(
            f"--db: {database} is {found}, expected a new file, or the database of an earlier "
            f"comparison of {file_type}",
            _HINT,
        )


def _read_file_type(database: Path) -> str | None:
    """Return which comparison a database of ours is of; None for one that is not there."""
    if not database.exists() or not database.stat().st_size:
        return None
    try:
        with duckdb.connect(str(database.absolute()), read_only=True) as con:
            found = con.execute("select file_type from reference.compare_parameters").fetchall()
    except duckdb.CatalogException:
        return "the database of a SENR run"
    except duckdb.Error:  # a session has it open, and then it cannot be replaced either
        return None
    return str(found[0][0]) if found else None
