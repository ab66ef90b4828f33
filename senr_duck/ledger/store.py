"""The ledger's file: a small DuckDB database next to the published one."""

import os
import shutil
import tempfile
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
)
from senr_duck.files.regular_file import find_fault
from senr_duck.files.signals import clean_up_at_signals, hold_signals
from senr_duck.files.workspace import name_new
from senr_duck.files.workspace_lock import hold_workspace
from senr_duck.load.plain_file import quote_path
from senr_duck.privacy.shown_value import escape_controls
from senr_duck.reference.layout import all_fields
from senr_duck.reference.sql_tables import create_tables

if TYPE_CHECKING:
    import duckdb

_UPLOAD = ", ".join(f"{f.column} varchar" for f in all_fields() if not f.number.startswith("R."))

# Each table's grain, and its columns. ``position`` and ``posting`` are never reused; they give the
# order in which things were recorded.
_TABLES = {
    "run": (
        "every run: one row, with the position of the last time it was made",
        """run_id varchar, position bigint, made_at varchar, senr_duck varchar, rules varchar,
        as_of date, ods_file varchar, ods_sha256 varchar, ods_lines bigint,
        ods_date date, sis_file varchar, sis_sha256 varchar, sis_lines bigint,
        held_students bigint, exceptions bigint, out_dir varchar""",
    ),
    "run_lea": (
        "the LEAs of every run: one row per run and LEA",
        "run_id varchar, lea varchar, held_students bigint",
    ),
    "file": (
        "every upload file: one row per run and file; state is written, posted or rejected",
        """run_id varchar, lea varchar, position bigint, name varchar, records bigint,
        sha256 varchar, is_unconfirmed boolean, state varchar, posting bigint, posted_on date,
        closed_by varchar, shown_records bigint, contradicted_records bigint""",
    ),
    "record": (
        "every record of the upload files, as uploaded: one row per run and action",
        f"run_id varchar, file_name varchar, class varchar, reason varchar, {_UPLOAD}",
    ),
    "finding": (
        "the fatal findings that a run held students for: one row per run, SSID, and rule",
        "run_id varchar, ssid varchar, rule varchar",
    ),
    "rejection": (
        "every line of the rejected-records extracts: one row per action and error",
        """run_id varchar, file_name varchar, action_id varchar, code varchar, severity varchar,
        description varchar, field varchar, value varchar, was_foreseen varchar,
        rejected_on date, source_sha256 varchar""",
    ),
}


def name_ledger(database: Path) -> Path:
    """Return the ledger's path: ``senr.ledger.duckdb`` next to ``senr.duckdb``."""
    return database.with_name(f"{database.stem}.ledger{database.suffix or '.duckdb'}")


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


def _name_prepared(database: Path) -> Path:
    """Return the path of the ledger with a run whose folder is not published yet."""
    path = name_ledger(database)
    return path.with_name(f".{path.name}.next")


@contextmanager
def read_ledger(database: Path) -> "Iterator[duckdb.DuckDBPyConnection]":
    """Open the ledger for reading; if there is none yet, the body gets an empty one.

    Raises InputError for a file that is not a ledger.
    """
    import duckdb

    path = name_ledger(database)
    if _name_prepared(database).exists():
        # a run that is going on settles it itself, and one who may only read leaves it alone
        with suppress(SenrError), hold_workspace(database):
            settle_ledger(database)
    if not path.exists():
        with duckdb.connect() as con:
            create_tables(con, _TABLES)
            yield con
        return
    with _explain_damage(path), _open(path, read_only=True) as con:
        yield con


@contextmanager
def change_ledger(database: Path) -> "Iterator[duckdb.DuckDBPyConnection]":
    """Open a copy of the ledger for writing; the copy replaces the ledger when the body ends.

    Readers of the ledger therefore never wait and never see a half-finished change, and a body that
    fails changes nothing. The caller must hold the workspace lock. Raises InputError for a file
    that is not a ledger, for one that a program on Windows has open, or if the folder cannot be
    written to.
    """
    with _change_copy(database, name_ledger(database)) as con:
        yield con


@contextmanager
def prepare_ledger(database: Path) -> "Iterator[duckdb.DuckDBPyConnection]":
    """Open a copy of the ledger to add a run to; ``settle_ledger`` makes it the ledger.

    Otherwise as ``change_ledger``.
    """
    with _change_copy(database, _name_prepared(database)) as con:
        yield con


def settle_ledger(database: Path) -> None:
    """Make the prepared ledger, if any, the ledger if its run's folder exists; else remove it.

    A run calls it when it has published its folder. If the run was killed, the next command that
    uses the ledger does. So every zip that can be found has its run in the ledger, and the ledger
    has no run without a folder. The caller must hold the workspace lock. Raises InputError if a
    program on Windows has the ledger open.
    """
    prepared, path = _name_prepared(database), name_ledger(database)
    if not prepared.exists():
        return
    with _explain_damage(prepared), _open(prepared, read_only=True) as con:
        last = "select out_dir from run order by position desc limit 1"
        is_published = all(
            read_place(database, out_dir).is_dir() for (out_dir,) in con.execute(last).fetchall()
        )
    if is_published:
        with explain_open_file(path):
            prepared.replace(path)
    else:
        prepared.unlink()


@contextmanager
def _change_copy(database: Path, final: Path) -> "Iterator[duckdb.DuckDBPyConnection]":
    """Open a copy of the ledger for writing; it is renamed to ``final`` when the body ends."""
    settle_ledger(database)
    path = name_ledger(database)
    _check_place(path)
    check_replaceable(path)
    clean_up_at_signals()
    folder = Path(tempfile.mkdtemp(prefix=name_new(database), dir=path.absolute().parent))
    try:
        copy = folder / path.name
        if path.exists():
            shutil.copyfile(path, copy)
        with _explain_damage(path), _open(copy, read_only=False) as con:
            yield con
        copy.chmod(0o600)
        with copy.open("rb+") as file:
            os.fsync(file.fileno())
        hold_signals()
        with explain_open_file(final):
            copy.replace(final)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def attach_ledger(con: "duckdb.DuckDBPyConnection", database: Path) -> Iterator[bool]:
    """Attach the ledger as ``ledger`` for reading; the body gets False if there is none yet.

    The caller must hold the workspace lock. Raises InputError for a file that is not a ledger.
    """
    import duckdb

    settle_ledger(database)
    path = name_ledger(database)
    if not path.exists():
        yield False
        return
    _check_place(path)
    try:
        con.execute(f"attach {quote_path(path)} as ledger (read_only)")
    except duckdb.Error as error:
        raise _refuse(path, " cannot be opened as a ledger") from error
    try:
        with _explain_damage(path):
            _check_tables(con, path, "ledger.")
            yield True
    finally:
        con.execute("detach ledger")


@contextmanager
def _open(path: Path, read_only: bool) -> "Iterator[duckdb.DuckDBPyConnection]":
    import duckdb

    is_new = not path.exists()
    _check_place(path)
    try:
        con = duckdb.connect(
            str(path),
            read_only=read_only,
            config={"storage_compatibility_version": STORAGE_VERSION},  # of a new file
        )
    except duckdb.Error as error:
        raise _refuse(path, " cannot be opened as a ledger") from error
    with con:
        if is_new:
            create_tables(con, _TABLES)
        _check_tables(con, path)
        yield con


def _check_tables(con: "duckdb.DuckDBPyConnection", path: Path, prefix: str = "") -> None:
    import duckdb

    try:
        for table in _TABLES:
            con.execute(f"select * from {prefix}{table} limit 0")  # noqa: S608 - names of this module
    except duckdb.Error:
        raise _refuse(path, " is a database, but not a ledger") from None


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
