"""What a run works out over the same rows is the same: the tests of a session do it once.

Hundreds of tests ask what a command does before and after it compares the two sides: what it reads,
prints and publishes, in which order, and what is left if it fails. Nearly all of them run on the
same few extracts. Each of these runs loads its inputs, checks its guards, and writes and publishes
its files. But from the second on, they take the views from a copy of a database that has them, and
the text of the report from a copy of it.

A copy is used only if everything that it was made from is the same: every row of the tables, in the
same order, the views, some of which name the extracts' files, and the engine's limits, or the
report's links.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import duckdb

from senr_duck.cli import main
from senr_duck.files.workspace import write_text
from senr_duck.report.places import Places
from senr_duck.run import job, reconcile
from senr_duck.run.engine import Engine, attach_database
from senr_duck.views.prepare import PreparedRules
from tests.support.command_line import REMEMBERED

CreateViews = Callable[[duckdb.DuckDBPyConnection, PreparedRules, str, Engine, Path], None]
WriteReport = Callable[..., None]


def remember() -> None:
    """Let this process take what its runs work out from the runs before them."""
    if REMEMBERED in os.environ:
        folder = Path(os.environ[REMEMBERED])
        reconcile._create_other_views = _remember_views(reconcile._create_other_views, folder)
        job.write_report = _remember_report(job.write_report, folder)


def _remember_views(create: CreateViews, folder: Path) -> CreateViews:
    def create_or_copy(
        con: duckdb.DuckDBPyConnection,
        rules: PreparedRules,
        version: str,
        engine: Engine,
        scratch: Path,
    ) -> None:
        views = [view.text for view in rules.views]
        name = _name(_describe(con), views, sorted(rules.overlay), version, engine)
        copied = folder / f"{name}.duckdb"
        if copied.exists():
            _replace_database(con, copied)
            return
        create(con, rules, version, engine, scratch)
        con.execute("checkpoint senr")
        _keep(_find_database(con), copied)

    return create_or_copy


def _remember_report(write: WriteReport, folder: Path) -> WriteReport:
    def write_or_copy(con: duckdb.DuckDBPyConnection, path: Path, *, places: Places) -> None:
        copied = folder / f"{_name(_describe(con), places)}.html"
        if copied.exists():
            write_text(path, copied.read_text(encoding="utf-8"))
            return
        write(con, path, places=places)
        _keep(path, copied)

    return write_or_copy


def _describe(con: duckdb.DuckDBPyConnection) -> object:
    """Return what tells two databases apart; what is in recon follows from the other schemas."""
    views = con.execute(
        "select sql from duckdb_views() where schema_name <> 'recon' and not internal order by all"
    ).fetchall()
    tables = con.execute(
        'select format(\'"{}"."{}"\', schema_name, table_name) from duckdb_tables() '
        "where schema_name <> 'recon' order by all"
    ).fetchall()
    hashes = ", ".join(
        f"(select bit_xor(hash(given, given.rowid)) from {table} as given)" for (table,) in tables
    )
    return views, tables, con.execute(f"select {hashes}").fetchall()


def _name(*given: object) -> str:
    return hashlib.sha256(repr(given).encode()).hexdigest()


def _keep(path: Path, copied: Path) -> None:
    """Copy a file so that another process finds all of it or nothing."""
    new = copied.with_suffix(f".{os.getpid()}")
    _copy(path, new)
    new.replace(copied)


def _copy(path: Path, target: Path) -> None:
    """Copy a file's bytes; those that are zero, as most of a small database, take no room."""
    with path.open("rb") as given, target.open("wb") as made:
        while block := given.read(4096):
            if block.count(0) < len(block):
                made.write(block)
            else:
                made.seek(len(block), os.SEEK_CUR)
        made.truncate()


def _find_database(con: duckdb.DuckDBPyConnection) -> Path:
    [(path,)] = con.execute(
        "select path from duckdb_databases() where database_name = 'senr'"
    ).fetchall()
    return Path(path)


def _replace_database(con: duckdb.DuckDBPyConnection, copied: Path) -> None:
    path = _find_database(con)
    con.execute("use memory")
    con.execute("detach senr")
    _copy(copied, path)  # into the same file, so that it stays as private as it is
    attach_database(con, path)


if __name__ == "__main__":
    remember()
    main()
