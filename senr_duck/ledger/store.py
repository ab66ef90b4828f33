"""The ledger's file: a small DuckDB database next to the published one."""

import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.errors import InputError, SenrError
from senr_duck.files.database_file import (
    STORAGE_VERSION,
    check_replaceable,
    explain_damage,
    explain_open_file,
    name_journal,
    refuse_locked,
    refuse_question_mark,
)
from senr_duck.files.own_folder import open_own_folder, remove_left
from senr_duck.files.regular_file import find_fault
from senr_duck.files.signals import hold_signals
from senr_duck.files.workspace import name_new
from senr_duck.files.workspace_lock import hold_workspace
from senr_duck.ledger.place import name_ledger, name_prepared, read_place, refuse_earlier_name
from senr_duck.ledger.schema import VERSION, create_ledger, migrate_ledger, read_version
from senr_duck.privacy.shown_value import escape_controls
from senr_duck.reference.sql_tables import quote

if TYPE_CHECKING:
    import duckdb


def refuse_missing_ledger(database: Path) -> None:
    """Raise InputError if no run has made the database's ledger."""
    refuse_earlier_name(database)
    path = name_ledger(database)
    if path.exists() or name_prepared(database).exists():
        return
    if database.exists():
        hint = (
            f"restore {path.name} from a backup; without one, request a new ODS extract and run "
            "again: the run begins a new ledger"
        )
    else:
        hint = "go to the folder of your runs, or name their database with --db"
    raise InputError(f"found no ledger {path}, expected the one that a run has made", hint)


@contextmanager
def read_ledger(database: Path) -> "Iterator[duckdb.DuckDBPyConnection]":
    """Open the ledger for reading; if there is none yet, the body gets an empty one.

    Raises InputError for a file that is not a ledger, or one of a newer senr-duck.
    """
    import duckdb

    refuse_earlier_name(database)
    path = name_ledger(database)
    if name_prepared(database).exists():
        # a run that is going on settles it itself, and one who may only read leaves it alone
        with suppress(SenrError), hold_workspace(database):
            settle_ledger(database)
    with duckdb.connect() as con:
        if path.exists():
            _attach_readable(con, path)
            con.execute("use ledger")
        else:
            con.execute("attach ':memory:' as ledger; use ledger")
            create_ledger(con)
        with _explain_damage(path):
            yield con


@contextmanager
def change_ledger(database: Path) -> "Iterator[duckdb.DuckDBPyConnection]":
    """Open a copy of the ledger for writing; the copy replaces the ledger when the body ends.

    Readers of the ledger therefore never wait and never see a half-finished change, and a body that
    fails changes nothing. What killed commands left next to the database is removed first, because
    it contains student data. The caller must hold the workspace lock. Raises InputError for a file
    that is not a ledger, for one that a program on Windows has open, or if the folder cannot be
    written to.
    """
    remove_left(database.absolute().parent, name_new(database))
    with _change_copy(database, name_ledger(database)) as con:
        yield con


@contextmanager
def prepare_ledger(database: Path) -> "Iterator[duckdb.DuckDBPyConnection]":
    """Open a copy of the ledger to add a run to; ``settle_ledger`` makes it the ledger.

    Otherwise as ``change_ledger``.
    """
    with _change_copy(database, name_prepared(database)) as con:
        yield con


def settle_ledger(database: Path) -> None:
    """Make the prepared ledger, if any, the ledger if its run's folder exists; else remove it.

    A run calls it when it has published its folder. If the run was killed, the next command that
    uses the ledger does. So every zip that can be found has its run in the ledger, and the ledger
    has no run without a folder. The caller must hold the workspace lock. Raises InputError if a
    program on Windows has the ledger open.
    """
    import duckdb

    refuse_earlier_name(database)
    prepared, path = name_prepared(database), name_ledger(database)
    if not prepared.exists():
        return
    with duckdb.connect() as con:
        _attach_readable(con, prepared)
        last = "select out_dir from ledger.run order by position desc limit 1"
        with _explain_damage(prepared):
            places = con.execute(last).fetchall()
        is_published = all(read_place(database, out_dir).is_dir() for (out_dir,) in places)
    if is_published:
        with explain_open_file(path):
            prepared.replace(path)
    else:
        prepared.unlink()


@contextmanager
def _change_copy(database: Path, final: Path) -> "Iterator[duckdb.DuckDBPyConnection]":
    """Open a copy of the ledger for writing; it is renamed to ``final`` when the body ends."""
    import duckdb

    settle_ledger(database)
    path = name_ledger(database)
    refuse_question_mark(path.parent)
    check_replaceable(path)
    _check_place(path)
    with open_own_folder(path.absolute().parent, name_new(database)) as folder:
        copy = folder / "ledger.duckdb"
        if path.exists():
            shutil.copyfile(path, copy)
        with duckdb.connect() as con, _explain_damage(path):
            _attach_writable(con, copy, path)
            yield con
            con.execute("checkpoint ledger")
        copy.chmod(0o600)
        with copy.open("rb+") as file:
            os.fsync(file.fileno())
        hold_signals()
        with explain_open_file(final):
            copy.replace(final)


@contextmanager
def attach_ledger(con: "duckdb.DuckDBPyConnection", database: Path) -> Iterator[bool]:
    """Attach the ledger as ``ledger`` for reading; the body gets False if there is none yet.

    The caller must hold the workspace lock. Raises InputError for a file that is not a ledger.
    """
    settle_ledger(database)
    path = name_ledger(database)
    if not path.exists():
        yield False
        return
    try:
        with _explain_damage(path):
            _attach_readable(con, path)
            yield True
    finally:
        con.execute("detach database if exists ledger")


def _attach_writable(con: "duckdb.DuckDBPyConnection", copy: Path, path: Path) -> None:
    """Attach a copy of the ledger at ``path`` as ``ledger``, in the current version, and use it.

    If there is no copy, it becomes an empty ledger.
    """
    is_new = not copy.exists()
    of_new_file = f"storage_version '{STORAGE_VERSION}'"
    _attach(con, copy, of_new_file if is_new else "read_only false", path)
    con.execute("use ledger")
    if is_new:
        create_ledger(con)
    else:
        migrate_ledger(con, _check_version(con, path))


def _attach_readable(con: "duckdb.DuckDBPyConnection", path: Path) -> None:
    """Attach the ledger at ``path`` as ``ledger`` for reading.

    Of an older one, which only a change to it migrates, it is a copy in memory.
    """
    _check_place(path)
    _attach(con, path, "read_only", path)
    version = _check_version(con, path)
    if version < VERSION:
        con.execute("detach ledger")
        con.execute(f"attach {quote(str(path.absolute()))} as older (read_only)")
        con.execute("attach ':memory:' as ledger")
        con.execute("copy from database older to ledger")
        con.execute("detach older")
        migrate_ledger(con, version)


def _attach(con: "duckdb.DuckDBPyConnection", file: Path, options: str, path: Path) -> None:
    """Attach a file, the ledger at ``path`` or a copy of it; raises InputError if it is none."""
    import duckdb

    try:
        con.execute(f"attach {quote(str(file.absolute()))} as ledger ({options})")
    except duckdb.Error as error:
        refuse_locked(path, error)
        raise _refuse(path, " cannot be opened as a ledger") from error


def _check_version(con: "duckdb.DuckDBPyConnection", path: Path) -> int:
    """Return the version of the attached ledger; raises InputError for none or a newer one."""
    version = read_version(con)
    if version is None:
        raise _refuse(path, " is a database, but not a ledger")
    if version > VERSION:
        raise InputError(
            f"{path} was written by a newer senr-duck: its version is {version}, and this one "
            f"knows ledgers up to version {VERSION}",
            "install the newer senr-duck again; an older one does not know what has posted",
        )
    return version


def _check_place(path: Path) -> None:
    """Raise InputError for what is not a file, and for a ledger next to which a journal is."""
    if path.exists() and (found := find_fault(path)):
        raise _refuse(path, f": found {found}, expected a ledger")
    journal = name_journal(path)
    if journal.exists():
        raise InputError(
            f"{path} cannot be opened: {journal.name} in the same folder has what a session has "
            "written, and only senr-duck writes to a ledger",
            f"close that session; if {journal.name} is still there then, move it away",
        )


def _refuse(path: Path, found: str) -> InputError:
    return InputError(f"{escape_controls(path)}{found}", _say_how_to_begin(path))


def _explain_damage(path: Path) -> AbstractContextManager[None]:
    """Return a context that raises InputError for the ledger at ``path`` if it is damaged."""
    return explain_damage(path, _say_how_to_begin(path))


def _say_how_to_begin(path: Path) -> str:
    return (
        f"restore {path.name} from a backup, or move it away to begin a new ledger; its record of "
        "posted files is then lost, so download a new ODS extract before the next run"
    )
