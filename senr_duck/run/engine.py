"""The engine that runs the views, and how much of the machine it may use."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.errors import InputError
from senr_duck.files.database_file import STORAGE_VERSION

if TYPE_CHECKING:
    import duckdb

# DuckDB gives a table's rows to its threads in groups of this size. The default, 122,880, is so
# large that a district's tables would not keep every thread busy.
_ROW_GROUP = 20_480
# Each column of a table takes a block at least. With the default, 262,144 bytes, the database of a
# small district is three times as large; that of a large one takes no less time.
_BLOCK = 65_536
# Of the compressions that this storage version has, these two take a fifth of a run's time for a
# twentieth of the file.
_NOT_WORTH_IT = "fsst,zstd"


# Without a journal, a commit does not wait for the disk.
_NO_JOURNAL = "recovery_mode 'no_wal_writes'"


@dataclass(frozen=True)
class Engine:
    """What DuckDB may use, where None is DuckDB's default; the Spark master if Spark is used.

    Without the shortcut, the views compare every student in full. The result is the same.
    """

    memory_limit: str | None = None
    threads: int | None = None
    spark_master: str | None = None
    has_shortcut: bool = True


def configure(con: "duckdb.DuckDBPyConnection", engine: Engine, scratch: Path) -> None:
    """Set the limits; data that does not fit into memory is written to ``scratch``.

    Raises InputError for a memory limit that DuckDB does not understand.
    """
    import duckdb

    # DuckDB prints its progress bar on standard output, which is only for the summary.
    con.execute("set enable_progress_bar = false")
    con.execute("set temp_directory = ?", [str(scratch / "spill")])
    # With this step, DuckDB plans some of the views ten times longer; no query is faster with it.
    con.execute("set disabled_optimizers = 'projection_placement'")
    # One checkpoint at the end: earlier ones would write some blocks twice.
    con.execute("set checkpoint_threshold = '1TB'")
    # Nothing is ever deleted, so vacuuming would only merge row groups by writing them again.
    con.execute("set max_vacuum_tasks = 0")
    if engine.threads is not None:
        con.execute("set threads = ?", [engine.threads])
    if engine.memory_limit is not None:
        refused = InputError(
            f"--memory-limit: found {engine.memory_limit!r}, expected a size such as 4GB",
            "write a number with KB, MB, or GB",
        )
        if engine.memory_limit.strip().startswith("-"):  # to DuckDB, this means without a limit
            raise refused
        try:
            con.execute("set memory_limit = ?", [engine.memory_limit])
        except duckdb.Error as error:
            raise refused from error


def attach_database(con: "duckdb.DuckDBPyConnection", path: Path) -> None:
    """Create a database at ``path`` and make it the default for all later statements.

    Every DuckDB from ``STORAGE_VERSION`` on can open the file. It is complete after a checkpoint;
    a run that is killed leaves no database anyway.
    """
    quoted = str(path).replace("'", "''")
    con.execute("set disabled_compression_methods = ?", [_NOT_WORTH_IT])
    con.execute(
        f"attach '{quoted}' as senr (block_size {_BLOCK}, row_group_size {_ROW_GROUP}, "
        f"storage_version '{STORAGE_VERSION}', {_NO_JOURNAL})"
    )
    con.execute("use senr")
