"""What a stopped comparison leaves: its lists, and the report of what it has found."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.compare.write_files import write_files
from senr_duck.reference.compared_tables import name_database
from senr_duck.run.stopped import Attempt

if TYPE_CHECKING:
    import duckdb


def describe_attempt(file_type: str) -> Attempt:
    """Return what a comparison of a file leaves when a guard or the data stops it."""
    return Attempt(name_database(file_type), partial(_write, file_type))


def _write(file_type: str, con: "duckdb.DuckDBPyConnection", folder: Path, _final: Path) -> None:
    write_files(con, file_type, folder)
