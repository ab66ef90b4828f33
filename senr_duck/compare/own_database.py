"""A comparison replaces only the database of an earlier comparison of the same file."""

from pathlib import Path

from senr_duck.database.schema import refuse_foreign_database, refuse_other_kind
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
    refuse_other_kind(database, file_type)
