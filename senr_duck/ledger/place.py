"""Where a database's ledger is, and how the ledger names the folders of runs."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.errors import InputError

if TYPE_CHECKING:
    import duckdb


def name_ledger(database: Path) -> Path:
    """Return the ledger's path: ``senr.ledger.duckdb`` next to ``senr.duckdb``.

    No two databases have the same ledger: that of ``senr`` is ``senr.ledger``.
    """
    return database.with_name(f"{database.stem}.ledger{database.suffix}")


def refuse_earlier_name(database: Path) -> None:
    """Raise InputError if the database's ledger still has the name that two could share."""
    path = name_ledger(database)
    earlier = path.with_name(f"{path.name}.duckdb")
    if not database.suffix and database.is_file() and not path.exists() and earlier.exists():
        raise InputError(
            f"{path} is missing, but {earlier.name} exists, which was the ledger of "
            f"{database.name} and of {database.name}.duckdb; expected one for each",
            f"copy {earlier.name} to {path.name}, so that what has posted is still known",
        )


def write_place(database: Path, folder: Path) -> str:
    """Return how the ledger writes the path of a run's folder: relative to that of the database.

    So a workspace can be moved and copied. On another drive of Windows, the path is absolute.
    """
    start = database.absolute().parent
    try:
        return Path(os.path.relpath(folder.absolute(), start)).as_posix()
    except ValueError:
        return folder.absolute().as_posix()


def read_place(database: Path, written: str) -> Path:
    """Return the path of a run's folder from what ``write_place`` wrote."""
    return database.parent / written


def read_run_folder(ledger: "duckdb.DuckDBPyConnection", database: Path, run_id: str) -> Path:
    """Return the folder of a run that the ledger knows; it may have been removed since."""
    [(written,)] = ledger.execute("select out_dir from run where run_id = ?", [run_id]).fetchall()
    return read_place(database, written)


def find_run_folder(
    ledger: "duckdb.DuckDBPyConnection", database: Path, run_id: str
) -> Path | None:
    """Return the folder of a run; None if the ledger does not know it, or it has been removed."""
    found = ledger.execute("select out_dir from run where run_id = ?", [run_id]).fetchall()
    folders = [read_place(database, written) for (written,) in found]
    return next((folder for folder in folders if folder.is_dir()), None)


def name_prepared(database: Path) -> Path:
    """Return the path of the ledger with a run whose folder is not published yet."""
    path = name_ledger(database)
    return path.with_name(f".{path.name}.next")
