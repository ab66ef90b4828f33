"""What a stopped run leaves: its exceptions, and the report of what it would have done."""

from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.export.exceptions import write_exceptions
from senr_duck.report import write_report
from senr_duck.report.places import find_places
from senr_duck.run.stopped import Attempt

if TYPE_CHECKING:
    import duckdb

_DATABASE = "senr.duckdb"


def _write(con: "duckdb.DuckDBPyConnection", folder: Path, final: Path) -> None:
    write_exceptions(con, folder / "exceptions.csv")
    places = find_places(final / "report.html", final, final / _DATABASE)
    write_report(con, folder / "report.html", places=places)


STOPPED_RUN = Attempt(_DATABASE, _write)
