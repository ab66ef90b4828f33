"""Open the ledger of the runs that a command is about; a folder without runs is refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import duckdb

Database = Annotated[
    Path, typer.Option(help="The published database; its ledger is kept in the same folder.")
]

_WAIT = 30  # seconds to wait for another run to end: a person is waiting


@contextmanager
def read_runs(database: Path) -> "Iterator[duckdb.DuckDBPyConnection]":
    """Open the ledger for reading; raises InputError if no run has made one."""
    from senr_duck.database.schema import refuse_foreign_database
    from senr_duck.ledger import read_ledger, refuse_missing_ledger

    refuse_foreign_database(database)
    refuse_missing_ledger(database)
    with read_ledger(database) as ledger:
        yield ledger


@contextmanager
def change_runs(database: Path, *outs: Path) -> "Iterator[duckdb.DuckDBPyConnection]":
    """Open the ledger for writing while no run is using it, nor any of the folders for runs.

    Raises InputError if no run has made one.
    """
    from senr_duck.database.schema import refuse_foreign_database
    from senr_duck.files.disk import explain_disk_faults
    from senr_duck.files.workspace_lock import hold_workspace
    from senr_duck.ledger import change_ledger, refuse_missing_ledger

    refuse_foreign_database(database)
    refuse_missing_ledger(database)
    with (
        explain_disk_faults(),
        hold_workspace(database, *outs, wait=_WAIT),
        change_ledger(database) as ledger,
    ):
        yield ledger
