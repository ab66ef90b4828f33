"""The database files that we write: which DuckDB can open them, and whether one can be replaced."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.errors import InputError
from senr_duck.files.disk import find_disk_fault
from senr_duck.privacy.shown_value import escape_controls

if TYPE_CHECKING:
    import duckdb

# Every DuckDB from this version on can open the files. The tools that people have (DBeaver, R,
# ODBC) often bring an older DuckDB than ours, which cannot read the default format of ours.
STORAGE_VERSION = "v1.2.0"
# What DuckDB says on Linux and macOS, and on Windows.
_LOCKED = re.compile(r"could not set lock|being used by another process", re.IGNORECASE)


@contextmanager
def explain_damage(path: Path, hint: str) -> Iterator[None]:
    """Raise InputError if the body cannot read a database because its file is damaged."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        if not is_of_damage(error) or find_disk_fault(str(error)):
            raise
        raise InputError(
            f"{escape_controls(path)} is damaged: DuckDB cannot read a part of it "
            f"({type(error).__name__}), expected a whole file",
            hint,
        ) from None


def is_of_damage(error: "duckdb.Error") -> bool:
    """Return whether DuckDB raises such an error for a damaged block, or for what a block says."""
    import duckdb

    # the first one itself, not those below it: a checksum that is wrong has no class of its own
    kinds = (duckdb.Error, duckdb.IOException, duckdb.SerializationException)
    return type(error) in (*kinds, duckdb.InternalException, duckdb.FatalException)


def refuse_locked(path: Path, error: "duckdb.Error") -> None:
    """Raise InputError if DuckDB cannot open a database because another program has it open."""
    if _LOCKED.search(str(error)):
        raise InputError(
            f"{escape_controls(path)} is open for writing in another program, which keeps it for "
            "itself; expected a file that nothing else is writing to",
            "close the session of that program, such as DBeaver, a notebook or the duckdb shell; "
            "there, open the file read-only, or a copy of it",
        ) from error


def name_journal(database: Path) -> Path:
    """Return where DuckDB keeps what a session has written and what is not in the file yet.

    We never leave one. Any DuckDB that opens the file applies the journal to it, although it may be
    of a session that still had the file's predecessor open: this storage version does not say to
    which file a journal belongs.
    """
    name, mark, rest = database.name.partition("?")  # DuckDB takes the rest for options
    return database.with_name(f"{name}.wal{mark}{rest}")


def refuse_question_mark(folder: Path) -> None:
    """Raise InputError for a folder in which DuckDB cannot write a database."""
    # the first part is the drive, which on Windows may have a question mark before it
    if any("?" in part for part in folder.absolute().parts[1:]):
        raise InputError(
            f"cannot write a database to {escape_controls(folder)}: DuckDB takes what follows the "
            "question mark for options",
            "use a folder without a question mark in its path",
        )


def check_replaceable(*paths: Path) -> None:
    """Raise InputError for a file that another program has open, which Windows never replaces.

    A file that is missing is fine. The folder of each file must be there and writable.
    """
    for path in paths:
        with explain_open_file(path):
            if path.is_file():
                path.rename(path)  # to its own name: needs the right to rename, changes nothing


@contextmanager
def explain_open_file(path: Path) -> Iterator[None]:
    """Raise InputError if the body may not replace the file, on Windows because it is open."""
    try:
        yield
    except PermissionError as error:
        raise InputError(
            f"{escape_controls(path)} cannot be replaced or removed: {error.strerror}",
            f"close what has {escape_controls(path.name)} open, then run again; if nothing has, "
            "give yourself the right to change it",
        ) from error
