"""Leave what a stopped run or comparison has found in the folder ``stopped``, to look at it."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from senr_duck.database.published import record_stop
from senr_duck.errors import DataStop
from senr_duck.export.exceptions import EXCEPTION_COLUMNS
from senr_duck.export.safe_csv import WITH_MARK, write_safe_csv
from senr_duck.files.own_folder import (
    is_own_folder,
    list_content,
    mark_folder,
    remove_own_folder,
)
from senr_duck.files.signals import hold_signals
from senr_duck.load.refused_columns import UnreadableColumns
from senr_duck.privacy.shown_value import escape_controls

_FOLDER = "stopped"
# The files that we leave: those of a run, and those of a comparison.
_NAME = re.compile(
    r"exceptions\.csv|report\.html|senr\.duckdb|compare_[a-z]+\.(csv|duckdb)|enter_in_sis\.csv"
)


@dataclass(frozen=True)
class Attempt:
    """A run or a comparison that may be stopped, and what it leaves then.

    ``database`` is the name of its database in the folder. ``write`` writes its lists and its
    report into the first folder, which is renamed to the second one.
    """

    database: str
    write: Callable[[duckdb.DuckDBPyConnection, Path, Path], None]


def leave_stopped(
    stop: DataStop,
    con: duckdb.DuckDBPyConnection,
    new_database: Path,
    scratch: Path,
    out: Path,
    attempt: Attempt,
) -> None:
    """Replace the folder ``stopped`` under ``out``, and name it in ``stop``.

    It has this attempt's database, and its lists and ``report.html``, if the extracts have been
    compared. Without a comparison, the database has the staging tables, and ``exceptions.csv`` has
    the first lines of each column that cannot be read. ``scratch`` is a private folder under
    ``out``; the connection ``con`` to the database is closed. A folder ``stopped`` that senr-duck
    did not make, or to which someone has added a file, stays as it is.
    """
    folder = scratch / _FOLDER
    folder.mkdir(mode=0o700)
    mark_folder(folder)
    final = out / _FOLDER
    if _is_compared(con):
        record_stop(con, stop.messages)
        attempt.write(con, folder, final)
    else:
        lines = stop.lines if isinstance(stop, UnreadableColumns) else ()
        rows = ([line.get(column) for column in EXCEPTION_COLUMNS] for line in lines)
        write_safe_csv(folder / "exceptions.csv", EXCEPTION_COLUMNS, rows, WITH_MARK)
    con.execute("checkpoint senr")
    con.close()  # from here on the file contains the whole database
    new_database.chmod(0o600)
    shutil.move(new_database, folder / attempt.database)
    hold_signals()
    names = [path.name for path in list_content(folder)]
    if _has_other_files(final):
        stop.hint += (
            f"\n      {escape_controls(final)} has files that senr-duck did not write: move it "
            "away, then run again to see what this run found"
        )
        return
    try:
        if final.exists():
            final.rename(scratch / "stopped-before")
        folder.rename(final)
    except OSError as error:  # on Windows, of a file that is open
        stop.hint += (
            f"\n      {escape_controls(final)} could not be replaced ({error.strerror}): close the "
            "programs that have its files open"
        )
        return
    stop.left = final
    stop.hint += f"\n      look at {', '.join(names)} in {escape_controls(final)}"


def remove_stopped(out: Path, database: str) -> None:
    """Remove the folder that an earlier attempt has left, as far as the system allows it.

    One of another kind, whose database does not have the name ``database``, stays as it is; so does
    one that senr-duck did not make, or to which someone has added a file.
    """
    folder = out / _FOLDER
    if (folder / database).exists() and not _has_other_files(folder):
        remove_own_folder(folder)


def _has_other_files(folder: Path) -> bool:
    """Return whether there is anything in place of the folder that we left, or added to it."""
    if not is_own_folder(folder):
        return folder.exists() or folder.is_symlink()
    return any(not _NAME.fullmatch(path.name) for path in list_content(folder))


def _is_compared(con: duckdb.DuckDBPyConnection) -> bool:
    [(tables,)] = con.execute(
        "select count(*) from duckdb_tables() where schema_name = 'reference'"
        " and table_name = 'run_stop'"
    ).fetchall()
    return bool(tables)
