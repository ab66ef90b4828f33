"""What runs the views, and what it may use of the machine."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.errors import InputError

if TYPE_CHECKING:
    import duckdb

# DuckDB hands a table's rows to its threads by such groups: with fewer than its default of 122,880
# a district's tables keep every thread at work.
_ROW_GROUP = 20_480


@dataclass(frozen=True)
class Engine:
    """What DuckDB may use, None leaves it to DuckDB; the Spark master if Spark runs the views."""

    memory_limit: str | None = None
    threads: int | None = None
    spark_master: str | None = None


def configure(con: "duckdb.DuckDBPyConnection", engine: Engine, scratch: Path) -> None:
    """Set the limits; what does not fit into memory is written into ``scratch``.

    Raises InputError for a memory limit that DuckDB does not understand.
    """
    import duckdb

    # DuckDB draws its progress on standard output, which holds the summary and nothing else.
    con.execute("set enable_progress_bar = false")
    con.execute("set temp_directory = ?", [str(scratch / "spill")])
    # Nothing is ever deleted; a checkpoint would only merge row groups, by writing them again.
    con.execute("set max_vacuum_tasks = 0")
    if engine.threads is not None:
        con.execute("set threads = ?", [engine.threads])
    if engine.memory_limit is not None:
        try:
            con.execute("set memory_limit = ?", [engine.memory_limit])
        except duckdb.Error as error:
            raise InputError(
                f"--memory-limit: found {engine.memory_limit!r}, expected a size such as 4GB",
                "give a number with KB, MB or GB",
            ) from error


def attach_database(con: "duckdb.DuckDBPyConnection", path: Path) -> None:
    """Create a database at ``path``, and let all statements that follow speak of it."""
    quoted = str(path).replace("'", "''")
    con.execute(f"attach '{quoted}' as senr (row_group_size {_ROW_GROUP})")
    con.execute("use senr")
